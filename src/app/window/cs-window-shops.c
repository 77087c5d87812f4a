/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-account-item.h"
#include "cs-fiber.h"
#include "cs-gtk-future.h"
#include "cs-shop-dialog.h"
#include "cs-window-private.h"

/* The shops: their pages in the browser, what is done with them here */

typedef struct
{
  CsWindow *window;
  gint64    account; /* whose front page, or 0 */
  gint64    entry;   /* whose listing, or 0 */
} Visit;

static void
visit_free (Visit *visit)
{
  g_clear_object (&visit->window);
  g_free (visit);
}

/* A package is a folder of this computer, which the seller chose */
static gboolean
is_in_package (CsWindow   *self,
               const char *address)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (CsAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      CsAccount *account = cs_account_item_get_account (item);

      if (g_str_has_prefix (account->channel, "package-") && g_str_has_prefix (account->address, "file:///") &&
          g_str_has_prefix (address, account->address) && strstr (address, "..") == NULL)
        return TRUE;
    }

  return FALSE;
}

static DexFuture *
visit_fiber (gpointer data)
{
  Visit  *visit = data;
  CsDesk *desk = visit->window->desk;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  const char      *scheme;

  address = dex_await_string (visit->entry != 0 ? cs_desk_get_listing_address (desk, visit->entry)
                                                : cs_desk_get_shop_address (desk, visit->account),
                              &error);
  scheme = address != NULL ? g_uri_peek_scheme (address) : NULL;

  /* A listing's address came from a shop's reply: nothing but a web page is opened, or what we wrote ourselves */
  if (address != NULL && g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0 &&
      !is_in_package (visit->window, address))
    g_set_error_literal (&error, CS_ERROR, CS_ERROR_REFUSED, _("The shop gave no address that can be opened"));

  if (error != NULL || !dex_await_boolean (cs_gtk_launch (address, GTK_WINDOW (visit->window)), &error))
    {
      if (!cs_gtk_is_dismissed (error))
        cs_window_report (GTK_WIDGET (visit->window), error);
      return dex_future_new_false ();
    }

  return dex_future_new_true ();
}

static void
begin_visit (CsWindow *self,
             gint64    account,
             gint64    entry)
{
  Visit *visit;

  if (self->desk == NULL)
    return;

  visit = g_new0 (Visit, 1);
  visit->window = g_object_ref (self);
  visit->account = account;
  visit->entry = entry;
  dex_future_disown (cs_fiber_spawn (visit_fiber, visit, (GDestroyNotify) visit_free));
}

static void
open_shop_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  begin_visit (CS_WINDOW (widget), g_variant_get_int64 (parameter), 0);
}

static void
open_listing_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  begin_visit (CS_WINDOW (widget), 0, g_variant_get_int64 (parameter));
}

static void
open_practice_shop_action (GtkWidget  *widget,
                           const char *action_name,
                           GVariant   *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (CsAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      CsAccount *account = cs_account_item_get_account (item);

      if (g_strcmp0 (account->channel, "practice") == 0)
        {
          begin_visit (self, account->id, 0);
          return;
        }
    }
}

static void
add_shop_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->desk != NULL)
    adw_dialog_present (cs_shop_dialog_new (self->desk), widget);
}

static CsAccount *
find_account (CsWindow *self,
              gint64    id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (CsAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      CsAccount *account = cs_account_item_get_account (item);

      if (account->id == id)
        return account;
    }

  return NULL;
}

/* The practice shop is looked at, a real one is looked after */
static void
show_shop_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  CsWindow  *self = CS_WINDOW (widget);
  CsAccount *account = find_account (self, g_variant_get_int64 (parameter));

  if (account == NULL)
    return;

  if (g_strcmp0 (account->channel, "practice") == 0)
    begin_visit (self, account->id, 0);
  else
    adw_dialog_present (cs_shop_dialog_new_for (self->desk, account), widget);
}

static void
sign_in_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  CsWindow  *self = CS_WINDOW (widget);
  CsAccount *account = find_account (self, g_variant_get_int64 (parameter));

  if (account != NULL)
    adw_dialog_present (cs_shop_dialog_new_to_sign_in (self->desk, account), widget);
}

static DexFuture *
pull_fiber (gpointer data)
{
  Visit *visit = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPullSummary) summary =
    dex_await_boxed (cs_shops_pull (cs_desk_get_shops (visit->window->desk), visit->account), &error);
  g_autofree char *text = NULL;

  if (summary == NULL)
    {
      cs_window_report (GTK_WIDGET (visit->window), error);
      return dex_future_new_false ();
    }

  text = cs_pull_summary_to_text (summary);
  gtk_widget_activate_action (GTK_WIDGET (visit->window), "window.toast", "s", text);

  return dex_future_new_true ();
}

static void
pull_shop_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  Visit *visit;

  if (CS_WINDOW (widget)->desk == NULL)
    return;

  visit = g_new0 (Visit, 1);
  visit->window = g_object_ref (CS_WINDOW (widget));
  visit->account = g_variant_get_int64 (parameter);
  dex_future_disown (cs_fiber_spawn (pull_fiber, visit, (GDestroyNotify) visit_free));
}

void
cs_window_class_init_shops (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "shop.add", NULL, add_shop_action);
  gtk_widget_class_install_action (widget_class, "shop.show", "x", show_shop_action);
  gtk_widget_class_install_action (widget_class, "shop.sign-in", "x", sign_in_action);
  gtk_widget_class_install_action (widget_class, "shop.pull", "x", pull_shop_action);
  gtk_widget_class_install_action (widget_class, "shop.open", "x", open_shop_action);
  gtk_widget_class_install_action (widget_class, "shop.open-listing", "x", open_listing_action);
  gtk_widget_class_install_action (widget_class, "shop.open-practice", NULL, open_practice_shop_action);
}
