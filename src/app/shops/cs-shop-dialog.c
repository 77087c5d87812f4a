/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-fiber.h"
#include "cs-form-page.h"
#include "cs-pick-page.h"
#include "cs-shop-dialog.h"
#include "cs-shop-form.h"
#include "cs-shop-page.h"

struct _CsShopDialog
{
  AdwDialog parent_instance;

  CsDesk     *desk;
  CsAccount  *account; /* whose dialog it is, or NULL */
  CsFormPage *profile; /* its page of what holds for all listings, or NULL */
  char       *values;  /* of that, to be kept */

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

/* What holds for all listings of an account */

static DexFuture *
profile_fiber (gpointer data)
{
  CsShopDialog *self = data;
  g_autoptr (CsFormPage) page = g_object_ref (self->profile);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsForm) form = NULL;

  cs_form_page_begin (page);
  form = dex_await_boxed (cs_shops_get_profile (cs_desk_get_shops (self->desk), self->account->id), &error);
  if (form != NULL)
    cs_form_page_set_form (page, form);
  else
    cs_form_page_fail (page, error);

  return dex_future_new_true ();
}

static void
read_profile (CsShopDialog *self)
{
  dex_future_disown (cs_fiber_spawn (profile_fiber, g_object_ref (self), g_object_unref));
}

static DexFuture *
save_profile_fiber (gpointer data)
{
  CsShopDialog *self = data;
  g_autoptr (CsFormPage) page = g_object_ref (self->profile);
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_shops_set_profile (cs_desk_get_shops (self->desk), self->account->id, self->values), &error))
    cs_form_page_say (page, error->message);
  else if (self->navigation != NULL)
    adw_navigation_view_pop (self->navigation);

  return dex_future_new_true ();
}

static void
save_profile_cb (CsShopDialog *self,
                 const char   *values)
{
  g_set_str (&self->values, values);
  dex_future_disown (cs_fiber_spawn (save_profile_fiber, g_object_ref (self), g_object_unref));
}

static void
profile_cb (CsShopDialog *self)
{
  CsFormPage *page = cs_form_page_new (_("Shipping, Returns and Tax"), _("It holds for everything that you approve for this shop from now on."));

  g_set_object (&self->profile, page);
  g_signal_connect_object (page, "save", G_CALLBACK (save_profile_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "again", G_CALLBACK (read_profile), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
  read_profile (self);
}

static void
cs_shop_dialog_dispose (GObject *object)
{
  CsShopDialog *self = CS_SHOP_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_SHOP_DIALOG);
  g_clear_object (&self->desk);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->account, cs_account_unref);
  g_clear_pointer (&self->values, g_free);

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
  self->account = cs_account_ref (account);
  page = cs_shop_page_new (desk, account);
  g_signal_connect_object (page, "sign-in", G_CALLBACK (sign_in_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "profile", G_CALLBACK (profile_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, page);

  return ADW_DIALOG (self);
}

AdwDialog *
cs_shop_dialog_new_to_sign_in (CsDesk    *desk,
                               CsAccount *account)
{
  const CsChannelKind *kind;
  CsShopDialog        *self;

  g_return_val_if_fail (CS_IS_DESK (desk), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  /* A kind that this version does not know has no form: its page says what there is */
  if (!(kind = cs_shops_find_kind (cs_desk_get_shops (desk), account->channel)))
    return cs_shop_dialog_new_for (desk, account);

  self = create (desk, account->name);
  show_form (self, kind, account);

  return ADW_DIALOG (self);
}
