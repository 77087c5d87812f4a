/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-category-page.h"
#include "cs-fiber.h"
#include "cs-form-page.h"
#include "cs-json.h"
#include "cs-terms-dialog.h"

struct _CsTermsDialog
{
  AdwDialog parent_instance;

  CsDesk     *desk;
  gint64      account;
  GArray     *products;
  char       *category; /* the one that is shown, or NULL */
  char       *label;    /* of it */
  char       *values;   /* to be kept */
  guint       stamp;    /* of the last question */
  CsFormPage *page;

  /* Template */
  AdwNavigationView *navigation;
};

G_DEFINE_FINAL_TYPE (CsTermsDialog, cs_terms_dialog, ADW_TYPE_DIALOG)

static void
picked_cb (CsTermsDialog *self,
           const char    *value,
           const char    *label);

static void
choose_category (CsTermsDialog *self)
{
  CsCategoryPage *page = cs_category_page_new (self->desk, self->account);

  g_signal_connect_object (page, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

/* What was chosen before, where it is the same for all of them: FALSE where it is not,
 * since what is kept is kept for all
 */
static gboolean
await_chosen (CsTermsDialog *self)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, self->account);

  for (guint i = 0; i < self->products->len; i++)
    {
      g_autoptr (CsProduct) product = dex_await_boxed (cs_desk_get_product (self->desk, g_array_index (self->products, gint64, i)), NULL);
      g_autoptr (JsonNode) node = product != NULL && product->attributes != NULL ? cs_json_parse (product->attributes, -1, NULL) : NULL;
      JsonObject *chosen = cs_json_object (cs_json_node_object (node), name);
      const char *category = cs_json_string (chosen, "category", NULL);

      if (i > 0 && g_strcmp0 (category, self->category) != 0)
        {
          g_clear_pointer (&self->category, g_free);
          g_clear_pointer (&self->label, g_free);
          return FALSE;
        }

      g_set_str (&self->category, category);
      g_set_str (&self->label, cs_json_string (chosen, "label", category));
    }

  return TRUE;
}

static DexFuture *
read_fiber (gpointer data)
{
  CsTermsDialog *self = data;
  guint          stamp = ++self->stamp;
  gint64         first = g_array_index (self->products, gint64, 0);
  gboolean       alike;
  g_autoptr (CsForm) form = NULL;
  g_autoptr (GError) error = NULL;

  cs_form_page_begin (self->page);
  alike = self->category != NULL || await_chosen (self);
  if (alike)
    form = dex_await_boxed (cs_shops_get_attributes (cs_desk_get_shops (self->desk), self->account, first, self->category), &error);
  else
    g_set_error_literal (&error, CS_ERROR, CS_ERROR_NOT_FOUND, "");
  if (stamp != self->stamp || self->navigation == NULL)
    return dex_future_new_false ();

  cs_form_page_set_category (self->page, self->label);
  if (form != NULL || (self->category != NULL && g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND)))
    {
      /* A category that asks nothing can be kept all the same */
      g_autoptr (CsForm) none = cs_form_make ();

      cs_form_page_set_form (self->page, form != NULL ? form : none);
    }
  else if (self->category == NULL && g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
    {
      cs_form_page_set_form (self->page, NULL);
      choose_category (self);
    }
  else
    cs_form_page_fail (self->page, error);

  return dex_future_new_true ();
}

static void
read_form (CsTermsDialog *self)
{
  dex_future_disown (cs_fiber_spawn (read_fiber, g_object_ref (self), g_object_unref));
}

static void
picked_cb (CsTermsDialog *self,
           const char    *value,
           const char    *label)
{
  g_set_str (&self->category, value);
  g_set_str (&self->label, label);
  adw_navigation_view_pop_to_page (self->navigation, ADW_NAVIGATION_PAGE (self->page));
  read_form (self);
}

static DexFuture *
save_fiber (gpointer data)
{
  CsTermsDialog *self = data;
  g_autoptr (GError) error = NULL;

  if (dex_await (cs_shops_set_attributes (cs_desk_get_shops (self->desk), self->account,
                                          (const gint64 *) (gpointer) self->products->data, self->products->len,
                                          self->category, self->label, self->values),
                 &error))
    adw_dialog_force_close (ADW_DIALOG (self));
  else
    cs_form_page_say (self->page, error->message);

  return dex_future_new_true ();
}

static void
save_cb (CsTermsDialog *self,
         const char    *values)
{
  g_set_str (&self->values, values);
  dex_future_disown (cs_fiber_spawn (save_fiber, g_object_ref (self), g_object_unref));
}

static void
cs_terms_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_TERMS_DIALOG);

  G_OBJECT_CLASS (cs_terms_dialog_parent_class)->dispose (object);
}

static void
cs_terms_dialog_finalize (GObject *object)
{
  CsTermsDialog *self = CS_TERMS_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->page);
  g_clear_pointer (&self->products, g_array_unref);
  g_clear_pointer (&self->category, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->values, g_free);

  G_OBJECT_CLASS (cs_terms_dialog_parent_class)->finalize (object);
}

static void
cs_terms_dialog_class_init (CsTermsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_terms_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_terms_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-terms-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsTermsDialog, navigation);
}

static void
cs_terms_dialog_init (CsTermsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
cs_terms_dialog_new (CsDesk    *desk,
                     CsAccount *account,
                     GArray    *products)
{
  CsTermsDialog   *self;
  g_autofree char *hint = NULL;

  g_return_val_if_fail (CS_IS_DESK (desk), NULL);
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (products != NULL && products->len > 0, NULL);

  hint = products->len > 1
           ? g_strdup_printf (ngettext ("What “%s” wants to know. It is kept for %u product.",
                                        "What “%s” wants to know. It is kept for all %u products.", products->len),
                              account->name, products->len)
           : g_strdup_printf (_("What “%s” wants to know of it."), account->name);
  self = g_object_new (CS_TYPE_TERMS_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  self->account = account->id;
  self->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (self->products, products->data, products->len);
  self->page = g_object_ref_sink (cs_form_page_new (_("Category and Details"), hint));
  g_signal_connect_object (self->page, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "category", G_CALLBACK (choose_category), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "again", G_CALLBACK (read_form), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (self->page));
  read_form (self);

  return ADW_DIALOG (self);
}
