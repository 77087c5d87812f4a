/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-pick-page.h"
#include "cs-shop-dialog.h"
#include "cs-shop-form.h"
#include "cs-shop-page.h"

struct _CsShopDialog
{
  AdwDialog parent_instance;

  CsDesk *desk;

  /* Template */
  AdwNavigationView *navigation;
};

G_DEFINE_FINAL_TYPE (CsShopDialog, cs_shop_dialog, ADW_TYPE_DIALOG)

static void
done_cb (CsShopDialog *self)
{
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
show_form (CsShopDialog        *self,
           const CsChannelKind *kind,
           CsAccount           *account)
{
  AdwNavigationPage *form = cs_shop_form_new (self->desk, kind, account);

  g_signal_connect_object (form, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, form);
}

static void
picked_cb (CsShopDialog *self,
           const char   *id)
{
  const CsChannelKind *kind = cs_shops_find_kind (cs_desk_get_shops (self->desk), id);

  if (kind != NULL)
    show_form (self, kind, NULL);
}

static void
sign_in_cb (CsShopDialog *self,
            CsShopPage   *page)
{
  CsAccount           *account = cs_shop_page_get_account (page);
  const CsChannelKind *kind = cs_shops_find_kind (cs_desk_get_shops (self->desk), account->channel);

  if (kind != NULL)
    show_form (self, kind, account);
}

static void
cs_shop_dialog_dispose (GObject *object)
{
  CsShopDialog *self = CS_SHOP_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_SHOP_DIALOG);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_shop_dialog_parent_class)->dispose (object);
}

static void
cs_shop_dialog_class_init (CsShopDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_shop_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-shop-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsShopDialog, navigation);
}

static void
cs_shop_dialog_init (CsShopDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static CsShopDialog *
create (CsDesk     *desk,
        const char *title)
{
  CsShopDialog *self = g_object_new (CS_TYPE_SHOP_DIALOG, "title", title, NULL);

  self->desk = g_object_ref (desk);

  return self;
}

AdwDialog *
cs_shop_dialog_new (CsDesk *desk)
{
  CsShopDialog *self;
  CsPickPage   *who;
  g_autoptr (GPtrArray) kinds = NULL;

  g_return_val_if_fail (CS_IS_DESK (desk), NULL);

  self = create (desk, _("Add a Shop"));
  who = cs_pick_page_new (_("Add a Shop"), _("Where do you sell? Nothing is sent there but what you have approved."));
  kinds = cs_shops_list_kinds (cs_desk_get_shops (desk));
  for (guint i = 0; i < kinds->len; i++)
    {
      const CsChannelKind *kind = g_ptr_array_index (kinds, i);

      cs_pick_page_add (who, kind->kind, _(kind->name), _(kind->summary));
    }
  cs_pick_page_finish (who, NULL);
  g_signal_connect_object (who, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (who));

  return ADW_DIALOG (self);
}

AdwDialog *
cs_shop_dialog_new_for (CsDesk    *desk,
                        CsAccount *account)
{
  CsShopDialog      *self;
  AdwNavigationPage *page;

  g_return_val_if_fail (CS_IS_DESK (desk), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  self = create (desk, account->name);
  page = cs_shop_page_new (desk, account);
  g_signal_connect_object (page, "sign-in", G_CALLBACK (sign_in_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, page);

  return ADW_DIALOG (self);
}
