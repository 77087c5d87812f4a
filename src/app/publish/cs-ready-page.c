/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-account-item.h"
#include "cs-draft-item.h"
#include "cs-fiber.h"
#include "cs-id-list.h"
#include "cs-page-feed.h"
#include "cs-page-focus.h"
#include "cs-ready-ask.h"
#include "cs-ready-page.h"
#include "cs-ready-row.h"
#include "cs-sign-dialog.h"
#include "cs-terms-dialog.h"
#include "cs-trial-dialog.h"
#include "cs-window.h"

/* While the page is looked at, the chosen products are checked in the
 * background, a few at a time, as many as a person looks through: `drafts`
 * holds what came of it until a product changes. Signing does not rely on it:
 * the dialog prepares everything that is chosen anew.
 */
#define CHECKED_AT_ONCE 2
#define CHECKED_AT_MOST 300

struct _CsReadyPage
{
  AdwNavigationPage parent_instance;

  CsDesk     *desk;
  CsIdList   *list;
  GHashTable *seen;   /* set of gint64: new ones begin chosen */
  GHashTable *drafts; /* gint64 → CsDraft, for the account that is chosen */
  GListStore *accounts;
  CsPageFeed *feed;
  GArray     *fresh;    /* of those listed: ready, in no shop as they are; begin chosen */
  gboolean    checking;
  gboolean    offering; /* price and stock alone are looked at */

  /* Template */
  GtkDropDown *channel;
  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (CsReadyPage, cs_ready_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_DESK = 1,
  PROP_LIST,
  PROP_ACCOUNTS,
  PROP_STATE,
  PROP_TROUBLE,
  PROP_SUMMARY,
  PROP_KINDS,
  PROP_APPROVE_LABEL,
  PROP_ALL_MARKED,
  PROP_HAS_ITEMS,
} CsReadyPageProperty;

static GParamSpec *properties[PROP_HAS_ITEMS + 1];

static CsAccount *
get_account (CsReadyPage *self)
{
  gpointer item = gtk_drop_down_get_selected_item (self->channel);

  return item != NULL ? cs_account_item_get_account (item) : NULL;
}

static void
update (CsReadyPage *self)
{
  gboolean any = cs_id_list_get_n_marked (self->list) > 0 && get_account (self) != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ready.approve", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ready.preview", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ready.try", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ready.terms", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ready.offer", any && !self->offering);

  for (guint i = PROP_STATE; i <= PROP_HAS_ITEMS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/* Checking */

static void
dress (CsRowItem *item,
       gpointer   data)
{
  CsReadyPage     *self = data;
  gint64           id = cs_row_item_get_id (item);
  CsDraft         *draft = g_hash_table_lookup (self->drafts, &id);
  g_autofree char *findings = NULL;

  if (draft == NULL)
    {
      cs_row_item_set_finding (item, NULL, "quiet", NULL);
      return;
    }

  findings = cs_draft_dup_findings (draft);
  if (cs_draft_fits (draft))
    cs_row_item_set_finding (item, _("fits"), "success", NULL);
  else
    cs_row_item_set_finding (item, findings, "error", draft->lacks_terms ? _("Category…") : _("Fix"));
}

static void
keep_draft (CsReadyPage *self,
            CsDraft     *draft)
{
  CsRowItem *item;

  g_hash_table_insert (self->drafts, g_memdup2 (&draft->product, sizeof draft->product), cs_draft_ref (draft));

  if ((item = cs_id_list_peek (self->list, draft->product)) != NULL)
    dress (item, self);
}

static GArray *
take_unchecked (CsReadyPage *self)
{
  g_autoptr (GArray) marked = cs_id_list_dup_marked (self->list);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < marked->len && ids->len < CHECKED_AT_ONCE; i++)
    {
      gint64 id = g_array_index (marked, gint64, i);

      if (!g_hash_table_contains (self->drafts, &id))
        g_array_append_val (ids, id);
    }

  return ids;
}

static DexFuture *
check_fiber (gpointer data)
{
  CsReadyPage *self = data;

  while (self->desk != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         g_hash_table_size (self->drafts) < CHECKED_AT_MOST)
    {
      CsAccount *account = get_account (self);
      gint64     account_id = account != NULL ? account->id : 0;
      g_autoptr (GArray) ids = take_unchecked (self);
      g_autoptr (GPtrArray) drafts = NULL;

      if (account == NULL || ids->len == 0)
        break;

      drafts = dex_await_boxed (cs_desk_prepare (self->desk, account_id, (const gint64 *) ids->data, ids->len), NULL);
      if (drafts == NULL || drafts->len == 0)
        break; /* the dialog says why when it is asked for */

      account = self->desk != NULL ? get_account (self) : NULL;
      for (guint i = 0; account != NULL && account->id == account_id && i < drafts->len; i++)
        keep_draft (self, g_ptr_array_index (drafts, i));
      if (account != NULL)
        update (self);
    }

  self->checking = FALSE;

  return dex_future_new_true ();
}

static void
check (CsReadyPage *self)
{
  if (self->checking || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->checking = TRUE;
  dex_future_disown (cs_fiber_spawn (check_fiber, g_object_ref (self), g_object_unref));
}

/* Reading */

/* What went out of the list is new when it comes back, and sold there by then */
static void
forget_gone (CsReadyPage *self,
             GArray      *ids)
{
  g_autoptr (GHashTable) listed = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) marked = cs_id_list_dup_marked (self->list);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (listed, &g_array_index (ids, gint64, i));
  for (guint i = 0; i < marked->len; i++)
    {
      gint64 id = g_array_index (marked, gint64, i);

      if (!g_hash_table_contains (listed, &id))
        {
          g_array_append_val (gone, id);
          g_hash_table_remove (self->seen, &id);
        }
    }

  cs_id_list_mark (self->list, gone, FALSE);
}

/* What is sold elsewhere is chosen by hand */
static void
mark_new (CsReadyPage *self,
          GArray      *ids)
{
  g_autoptr (GArray) fresh = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (g_hash_table_add (self->seen, g_memdup2 (&id, sizeof id)))
        g_array_append_val (fresh, id);
    }

  cs_id_list_mark (self->list, fresh, TRUE);
}

static DexFuture *
ask (GtkWidget *page,
     gboolean   anew)
{
  CsReadyPage *self = CS_READY_PAGE (page);
  CsAccount   *account = get_account (self);

  if (anew)
    cs_id_list_refresh (self->list, 0);

  g_clear_pointer (&self->fresh, g_array_unref);
  self->fresh = g_array_new (FALSE, FALSE, sizeof (gint64));

  return cs_ready_ask (self->desk, account != NULL ? account->id : 0, self->fresh);
}

static void
take (GtkWidget    *page,
      const GValue *answer)
{
  CsReadyPage *self = CS_READY_PAGE (page);

  forget_gone (self, g_value_get_boxed (answer));
  cs_id_list_set_ids (self->list, g_value_get_boxed (answer));
  mark_new (self, self->fresh);
  check (self);
}

static void
update_page (GtkWidget *page)
{
  update (CS_READY_PAGE (page));
}

static const CsPageFeedFuncs funcs = { ask, take, update_page };

/* The channel that was chosen stays chosen when one is added or tells another state */
static void
keep_account (CsReadyPage *self,
              gint64       chosen)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (CsAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      if (cs_account_item_get_account (item)->id == chosen)
        gtk_drop_down_set_selected (self->channel, i);
    }
}

static DexFuture *
accounts_fiber (gpointer data)
{
  CsReadyPage *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 chosen;

  if (self->desk == NULL ||
      !(accounts = dex_await_boxed (cs_desk_list_accounts (self->desk), &error)) || self->desk == NULL)
    return dex_future_new_false ();

  chosen = get_account (self) != NULL ? get_account (self)->id : 0;
  for (guint i = 0; i < accounts->len; i++)
    g_ptr_array_add (items, cs_account_item_new (g_ptr_array_index (accounts, i)));
  g_list_store_splice (self->accounts, 0, g_list_model_get_n_items (G_LIST_MODEL (self->accounts)),
                       items->pdata, items->len);
  keep_account (self, chosen);
  update (self);
  check (self);

  return dex_future_new_true ();
}

static void
read_accounts (CsReadyPage *self)
{
  dex_future_disown (cs_fiber_spawn (accounts_fiber, g_object_ref (self), g_object_unref));
}

static void
forget_draft (CsReadyPage *self,
              gint64       product)
{
  CsRowItem *item;

  if (product == 0)
    {
      g_hash_table_remove_all (self->drafts);
      return;
    }

  g_hash_table_remove (self->drafts, &product);
  if ((item = cs_id_list_peek (self->list, product)) != NULL)
    dress (item, self);
}

static void
desk_changed (CsReadyPage *self,
              CsDeskChange what,
              gint64       product)
{
  if (what == CS_DESK_ACCOUNTS)
    read_accounts (self);
  if (what == CS_DESK_PRODUCT)
    forget_draft (self, product);

  cs_page_feed_tell (self->feed);
}

static void
marks_changed (CsReadyPage *self)
{
  update (self);
  check (self);
}

static void
channel_changed (CsReadyPage *self)
{
  g_hash_table_remove_all (self->drafts);
  update (self);
  if (self->feed != NULL)
    cs_page_feed_read (self->feed);
}

static void
row_activated (CsReadyPage *self,
               guint        position)
{
  GArray *ids = cs_id_list_get_ids (self->list);

  if (position < ids->len)
    gtk_widget_activate_action (GTK_WIDGET (self), "window.review-product", "x",
                                g_array_index (ids, gint64, position));
}

/* The keys go to the list, where there is one */
static gboolean
cs_ready_page_grab_focus (GtkWidget *widget)
{
  CsReadyPage *self = CS_READY_PAGE (widget);

  if (gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->view));

  return GTK_WIDGET_CLASS (cs_ready_page_parent_class)->grab_focus (widget);
}

static void
cs_ready_page_map (GtkWidget *widget)
{
  CsReadyPage *self = CS_READY_PAGE (widget);

  GTK_WIDGET_CLASS (cs_ready_page_parent_class)->map (widget);

  check (self);
}

/* Commands */

static void
show_dialog (CsReadyPage *self,
             gboolean     can_sign)
{
  g_autoptr (GArray) ids = cs_id_list_dup_marked (self->list);
  CsAccount *account = get_account (self);

  if (account != NULL && ids->len > 0)
    adw_dialog_present (cs_sign_dialog_new (self->desk, account, ids, can_sign), GTK_WIDGET (self));
}

static void
approve_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  show_dialog (CS_READY_PAGE (widget), TRUE);
}

static void
preview_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  show_dialog (CS_READY_PAGE (widget), FALSE);
}

static void
try_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CsReadyPage *self = CS_READY_PAGE (widget);
  g_autoptr (GArray) ids = cs_id_list_dup_marked (self->list);
  CsAccount *account = get_account (self);

  if (account != NULL && ids->len > 0)
    adw_dialog_present (cs_trial_dialog_new (self->desk, account->id, ids), widget);
}

static void
terms_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CsReadyPage *self = CS_READY_PAGE (widget);
  g_autoptr (GArray) ids = cs_id_list_dup_marked (self->list);
  CsAccount *account = get_account (self);

  if (account != NULL && ids->len > 0)
    adw_dialog_present (cs_terms_dialog_new (self->desk, account, ids), widget);
}

/* What the button of a row that is held does */
static void
fix_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CsReadyPage *self = CS_READY_PAGE (widget);
  gint64       id = g_variant_get_int64 (parameter);
  CsDraft     *draft = g_hash_table_lookup (self->drafts, &id);
  CsAccount   *account = get_account (self);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, id);
  if (draft != NULL && draft->lacks_terms && account != NULL)
    adw_dialog_present (cs_terms_dialog_new (self->desk, account, ids), widget);
  else
    gtk_widget_activate_action (widget, "window.show-product", "x", id);
}

static DexFuture *
offer_fiber (gpointer data)
{
  CsReadyPage *self = data;
  g_autoptr (CsAccount) account = cs_account_ref (get_account (self));
  g_autoptr (GArray) ids = cs_id_list_dup_marked (self->list);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts =
    dex_await_boxed (cs_shops_prepare_offers (cs_desk_get_shops (self->desk), account->id,
                                              (const gint64 *) (gpointer) ids->data, ids->len),
                     &error);

  self->offering = FALSE;
  if (self->desk == NULL)
    return dex_future_new_false ();

  update (self);
  if (drafts == NULL)
    cs_window_report (GTK_WIDGET (self), error);
  else if (drafts->len == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "window.toast", "s", _("Price and stock there are as they are here"));
  else
    adw_dialog_present (cs_sign_dialog_new_for_drafts (self->desk, drafts, account->name), GTK_WIDGET (self));

  return dex_future_new_true ();
}

static void
offer_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CsReadyPage *self = CS_READY_PAGE (widget);

  if (self->offering || get_account (self) == NULL)
    return;

  self->offering = TRUE;
  update (self);
  dex_future_disown (cs_fiber_spawn (offer_fiber, g_object_ref (self), g_object_unref));
}

static gboolean
is_all_marked (CsReadyPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  return n > 0 && cs_id_list_get_n_marked (self->list) == n;
}

static void
mark_all_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  CsReadyPage *self = CS_READY_PAGE (widget);

  cs_id_list_mark_all (self->list, !is_all_marked (self));
}

/* Once more, after it failed */
static void
read_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  cs_page_feed_retry (CS_READY_PAGE (widget)->feed);
}

/* The class */

static GPtrArray *
dup_marked_drafts (CsReadyPage *self)
{
  g_autoptr (GArray) marked = cs_id_list_dup_marked (self->list);
  GPtrArray *drafts = g_ptr_array_new ();

  for (guint i = 0; i < marked->len; i++)
    {
      CsDraft *draft = g_hash_table_lookup (self->drafts, &g_array_index (marked, gint64, i));

      if (draft != NULL)
        g_ptr_array_add (drafts, draft);
    }

  return drafts;
}

static char *
dup_summary (CsReadyPage *self)
{
  g_autoptr (GPtrArray) drafts = dup_marked_drafts (self);
  guint n = cs_id_list_get_n_marked (self->list);

  if (n == 0)
    return g_strdup (_("Nothing chosen"));
  if (drafts->len == n)
    return cs_drafts_dup_summary (drafts);

  return g_strdup_printf (ngettext ("%u chosen", "%u chosen", n), n);
}

static char *
dup_kinds (CsReadyPage *self)
{
  g_autoptr (GPtrArray) drafts = dup_marked_drafts (self);
  g_autofree char *kinds = cs_drafts_dup_kinds (drafts);
  guint            n = cs_id_list_get_n_marked (self->list);

  if (drafts->len < MIN (n, CHECKED_AT_MOST))
    /* Translators: listings are checked against the channel's rules: how many are done, of how many */
    return g_strdup_printf (_("Checking %u of %u · nothing leaves before you sign"), drafts->len, n);
  if (*kinds == '\0')
    return g_strdup (_("Nothing leaves before you sign"));

  return g_strdup_printf (_("%s · nothing leaves before you sign"), kinds);
}

static char *
dup_approve_label (CsReadyPage *self)
{
  guint n = cs_id_list_get_n_marked (self->list);

  return n > 0 ? g_strdup_printf (_("_Approve %u…"), n) : g_strdup (_("_Approve…"));
}

static const char *
get_state (CsReadyPage *self)
{
  const char *wait = self->feed != NULL ? cs_page_feed_get_wait (self->feed) : "loading";

  if (wait != NULL)
    return wait;

  return g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0 ? "list" : "empty";
}

static void
cs_ready_page_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CsReadyPage *self = CS_READY_PAGE (object);

  switch ((CsReadyPageProperty) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;

    case PROP_LIST:
      g_value_set_object (value, self->list);
      break;

    case PROP_ACCOUNTS:
      g_value_set_object (value, self->accounts);
      break;

    case PROP_STATE:
      g_value_set_string (value, get_state (self));
      break;

    case PROP_TROUBLE:
      g_value_set_string (value, self->feed != NULL ? cs_page_feed_get_trouble (self->feed) : NULL);
      break;

    case PROP_SUMMARY:
      g_value_take_string (value, self->list != NULL ? dup_summary (self) : NULL);
      break;

    case PROP_KINDS:
      g_value_take_string (value, self->list != NULL ? dup_kinds (self) : NULL);
      break;

    case PROP_APPROVE_LABEL:
      g_value_take_string (value, self->list != NULL ? dup_approve_label (self) : NULL);
      break;

    case PROP_ALL_MARKED:
      g_value_set_boolean (value, self->list != NULL && is_all_marked (self));
      break;

    case PROP_HAS_ITEMS:
      g_value_set_boolean (value, self->list != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_ready_page_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CsReadyPage *self = CS_READY_PAGE (object);

  if (prop_id == PROP_DESK)
    g_set_object (&self->desk, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cs_ready_page_constructed (GObject *object)
{
  CsReadyPage *self = CS_READY_PAGE (object);

  G_OBJECT_CLASS (cs_ready_page_parent_class)->constructed (object);

  self->list = cs_id_list_new (self->desk);
  cs_id_list_set_dress (self->list, dress, self);
  g_object_notify_by_pspec (object, properties[PROP_LIST]);
  g_signal_connect_object (self->list, "marks-changed", G_CALLBACK (marks_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "changed", G_CALLBACK (desk_changed), self, G_CONNECT_SWAPPED);
  self->feed = cs_page_feed_new (GTK_WIDGET (self), &funcs);
  update (self);
  read_accounts (self);
  cs_page_feed_read (self->feed);
}

static void
cs_ready_page_dispose (GObject *object)
{
  CsReadyPage *self = CS_READY_PAGE (object);

  if (self->feed != NULL)
    cs_page_feed_close (self->feed);
  if (self->list != NULL)
    cs_id_list_set_dress (self->list, NULL, NULL);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_READY_PAGE);

  G_OBJECT_CLASS (cs_ready_page_parent_class)->dispose (object);
}

static void
cs_ready_page_finalize (GObject *object)
{
  CsReadyPage *self = CS_READY_PAGE (object);

  g_clear_object (&self->feed);
  g_clear_object (&self->list);
  g_clear_object (&self->accounts);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
  g_clear_pointer (&self->fresh, g_array_unref);

  G_OBJECT_CLASS (cs_ready_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (CS_TYPE_ACCOUNT_ITEM);
  g_type_ensure (CS_TYPE_READY_ROW);
  g_type_ensure (CS_TYPE_ROW_ITEM);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-ready-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsReadyPage, channel);
  gtk_widget_class_bind_template_child (widget_class, CsReadyPage, view);
  gtk_widget_class_bind_template_callback (widget_class, channel_changed);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);

  gtk_widget_class_install_action (widget_class, "ready.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "ready.approve", NULL, approve_action);
  gtk_widget_class_install_action (widget_class, "ready.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "ready.try", NULL, try_action);
  gtk_widget_class_install_action (widget_class, "ready.terms", NULL, terms_action);
  gtk_widget_class_install_action (widget_class, "ready.fix", "x", fix_action);
  gtk_widget_class_install_action (widget_class, "ready.offer", NULL, offer_action);
  gtk_widget_class_install_action (widget_class, "ready.mark-all", NULL, mark_all_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "ready.mark-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "ready.preview", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "ready.try", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "ready.approve", NULL);
}

static void
cs_ready_page_class_init (CsReadyPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = cs_ready_page_constructed;
  object_class->dispose = cs_ready_page_dispose;
  object_class->finalize = cs_ready_page_finalize;
  object_class->get_property = cs_ready_page_get_property;
  object_class->set_property = cs_ready_page_set_property;
  widget_class->focus = cs_page_focus;
  widget_class->grab_focus = cs_ready_page_grab_focus;
  widget_class->map = cs_ready_page_map;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL,
                         CS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LIST] =
    g_param_spec_object ("list", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACCOUNTS] =
    g_param_spec_object ("accounts", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] =
    g_param_spec_string ("state", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TROUBLE] =
    g_param_spec_string ("trouble", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUMMARY] =
    g_param_spec_string ("summary", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_KINDS] =
    g_param_spec_string ("kinds", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_APPROVE_LABEL] =
    g_param_spec_string ("approve-label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ALL_MARKED] =
    g_param_spec_boolean ("all-marked", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HAS_ITEMS] =
    g_param_spec_boolean ("has-items", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  bind_template (widget_class);
}

static void
cs_ready_page_init (CsReadyPage *self)
{
  self->fresh = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->drafts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) cs_draft_unref);
  self->accounts = g_list_store_new (CS_TYPE_ACCOUNT_ITEM);

  gtk_widget_init_template (GTK_WIDGET (self));
}
