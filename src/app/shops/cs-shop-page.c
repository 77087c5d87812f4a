/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-account-item.h"
#include "cs-fiber.h"
#include "cs-shop-page.h"

struct _CsShopPage
{
  AdwNavigationPage parent_instance;

  CsDesk    *desk;
  CsAccount *account;
  gboolean   busy;
  char      *said;
  char      *trouble;

  /* Template */
  AdwActionRow *state;
  AdwActionRow *kind;
  AdwActionRow *address;
  AdwActionRow *currency;
  GtkWidget    *open;
  GtkWidget    *pull;
  GtkWidget    *test;
  GtkWidget    *sign_in;
  GtkWidget    *remove;
};

G_DEFINE_FINAL_TYPE (CsShopPage, cs_shop_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_SAID = 1,
  PROP_TROUBLE,
  PROP_BUSY,
} CsShopPageProperty;

enum
{
  SIGN_IN,
  PROFILE,
  DONE,
  N_SIGNALS
};

static GParamSpec *properties[PROP_BUSY + 1];
static guint       signals[N_SIGNALS];

static const CsChannelKind *
get_kind (CsShopPage *self)
{
  return cs_shops_find_kind (cs_desk_get_shops (self->desk), self->account->channel);
}

static void
say (CsShopPage *self,
     const char *said,
     const char *trouble)
{
  g_set_str (&self->said, said);
  g_set_str (&self->trouble, trouble);
  for (guint i = PROP_SAID; i <= PROP_BUSY; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/* What a shop calls itself is no markup */
static void
set_words (AdwActionRow *row,
           const char   *words)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (row, words);
}

static void
show_account (CsShopPage *self)
{
  const CsChannelKind *kind = get_kind (self);
  g_autoptr (CsAccountItem) item = cs_account_item_new (self->account);
  gboolean         is_package = kind != NULL && kind->way == CS_SIGN_IN_FOLDER;
  g_autofree char *folder = is_package ? g_filename_from_uri (self->account->address, NULL, NULL) : NULL;
  g_autofree char *state = NULL;
  g_autofree char *words = kind != NULL && kind->verified != NULL
                             ? g_strdup_printf ("%s\n%s", _(kind->name), _(kind->verified))
                             : g_strdup (kind != NULL ? _(kind->name) : self->account->channel);

  g_object_get (item, "state", &state, NULL);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), self->account->name);
  if (self->account->message != NULL && *self->account->message != '\0' && !g_str_equal (state, self->account->message))
    {
      g_autofree char *whole = g_strdup_printf ("%s\n%s", state, self->account->message);

      set_words (self->state, whole);
    }
  else
    set_words (self->state, state);
  set_words (self->kind, words);
  set_words (self->address, folder != NULL ? folder : self->account->address);
  set_words (self->currency, self->account->currency);
  gtk_widget_set_visible (GTK_WIDGET (self->address), *self->account->address != '\0');
  gtk_widget_set_visible (self->sign_in, kind != NULL && (kind->way == CS_SIGN_IN_KEYS || kind->way == CS_SIGN_IN_BROWSER));
  gtk_widget_set_visible (self->remove, kind != NULL);
  gtk_widget_set_visible (self->pull, !is_package);
  gtk_widget_set_visible (self->test, !is_package);
  if (is_package)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->address), _("Folder"));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->open), _("_Open the Package"));
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shop-page.pull", kind != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shop-page.test", kind != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shop-page.profile", kind != NULL);
}

static DexFuture *
read_fiber (gpointer data)
{
  CsShopPage *self = data;
  g_autoptr (GPtrArray) accounts = dex_await_boxed (cs_desk_list_accounts (self->desk), NULL);

  for (guint i = 0; accounts != NULL && self->state != NULL && i < accounts->len; i++)
    {
      CsAccount *account = g_ptr_array_index (accounts, i);

      if (account->id != self->account->id)
        continue;

      cs_account_unref (self->account);
      self->account = cs_account_ref (account);
      show_account (self);
    }

  return dex_future_new_true ();
}

static void
desk_changed (CsShopPage  *self,
              CsDeskChange what,
              gint64       product)
{
  if (what == CS_DESK_ACCOUNTS)
    dex_future_disown (cs_fiber_spawn (read_fiber, g_object_ref (self), g_object_unref));
}

static DexFuture *
test_fiber (gpointer data)
{
  CsShopPage *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsShop) shop = dex_await_boxed (cs_shops_check (cs_desk_get_shops (self->desk), self->account->id), &error);
  g_autofree char *said = shop != NULL ? g_strdup_printf (_("“%s” answers."), shop->name != NULL ? shop->name : self->account->name) : NULL;

  self->busy = FALSE;
  say (self, said, shop == NULL ? error->message : NULL);

  return dex_future_new_true ();
}

static void
test_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsShopPage *self = CS_SHOP_PAGE (widget);

  if (self->busy)
    return;

  self->busy = TRUE;
  say (self, NULL, NULL);
  dex_future_disown (cs_fiber_spawn (test_fiber, g_object_ref (self), g_object_unref));
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "shop.open", "x", CS_SHOP_PAGE (widget)->account->id);
}

static void
pull_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsShopPage *self = CS_SHOP_PAGE (widget);

  gtk_widget_activate_action (widget, "shop.pull", "x", self->account->id);
  g_signal_emit (self, signals[DONE], 0);
}

static void
sign_in_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGN_IN], 0);
}

static void
profile_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  g_signal_emit (widget, signals[PROFILE], 0);
}

static DexFuture *
remove_fiber (gpointer data)
{
  CsShopPage *self = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_shops_remove (cs_desk_get_shops (self->desk), self->account->id), &error))
    say (self, NULL, error->message);
  else
    g_signal_emit (self, signals[DONE], 0);

  return dex_future_new_true ();
}

static void
answered_cb (CsShopPage *self,
             const char *response)
{
  if (g_str_equal (response, "remove"))
    dex_future_disown (cs_fiber_spawn (remove_fiber, g_object_ref (self), g_object_unref));
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CsShopPage *self = CS_SHOP_PAGE (widget);
  AdwDialog  *dialog = adw_alert_dialog_new (NULL, _("What is in the shop stays there, and so does what was sent from here. The keys are forgotten."));

  adw_alert_dialog_format_heading (ADW_ALERT_DIALOG (dialog), _("Remove “%s”?"), self->account->name);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static gboolean
has_text (CsShopPage *self,
          const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_answered (CsShopPage *self,
             const char *said,
             const char *trouble,
             gboolean    busy)
{
  return busy || has_text (self, said) || has_text (self, trouble);
}

static void
cs_shop_page_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CsShopPage *self = CS_SHOP_PAGE (object);

  switch ((CsShopPageProperty) prop_id)
    {
    case PROP_SAID:
      g_value_set_string (value, self->said);
      break;

    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;

    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_shop_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_SHOP_PAGE);

  G_OBJECT_CLASS (cs_shop_page_parent_class)->dispose (object);
}

static void
cs_shop_page_finalize (GObject *object)
{
  CsShopPage *self = CS_SHOP_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->account, cs_account_unref);
  g_clear_pointer (&self->said, g_free);
  g_clear_pointer (&self->trouble, g_free);

  G_OBJECT_CLASS (cs_shop_page_parent_class)->finalize (object);
}

static void
cs_shop_page_class_init (CsShopPageClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_shop_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_shop_page_finalize;
  G_OBJECT_CLASS (klass)->get_property = cs_shop_page_get_property;
  properties[PROP_SAID] = g_param_spec_string ("said", NULL, NULL, NULL, flags);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
  signals[SIGN_IN] = g_signal_new ("sign-in", CS_TYPE_SHOP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROFILE] = g_signal_new ("profile", CS_TYPE_SHOP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", CS_TYPE_SHOP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-shop-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsShopPage, state);
  gtk_widget_class_bind_template_child (widget_class, CsShopPage, kind);
  gtk_widget_class_bind_template_child (widget_class, CsShopPage, address);
  gtk_widget_class_bind_template_child (widget_class, CsShopPage, currency);
  gtk_widget_class_bind_template_child (widget_class, CsShopPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, CsShopPage, remove);
  gtk_widget_class_bind_template_child (widget_class, CsShopPage, open);
  gtk_widget_class_bind_template_child (widget_class, CsShopPage, pull);
  gtk_widget_class_bind_template_child (widget_class, CsShopPage, test);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, is_answered);
  gtk_widget_class_install_action (widget_class, "shop-page.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "shop-page.pull", NULL, pull_action);
  gtk_widget_class_install_action (widget_class, "shop-page.test", NULL, test_action);
  gtk_widget_class_install_action (widget_class, "shop-page.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "shop-page.profile", NULL, profile_action);
  gtk_widget_class_install_action (widget_class, "shop-page.remove", NULL, remove_action);
}

static void
cs_shop_page_init (CsShopPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
cs_shop_page_new (CsDesk    *desk,
                  CsAccount *account)
{
  CsShopPage *self = g_object_new (CS_TYPE_SHOP_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->account = cs_account_ref (account);
  g_signal_connect_object (desk, "changed", G_CALLBACK (desk_changed), self, G_CONNECT_SWAPPED);
  show_account (self);

  return ADW_NAVIGATION_PAGE (self);
}

CsAccount *
cs_shop_page_get_account (CsShopPage *self)
{
  g_return_val_if_fail (CS_IS_SHOP_PAGE (self), NULL);

  return self->account;
}
