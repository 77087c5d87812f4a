/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-entry-item.h"
#include "cs-entry-row.h"
#include "cs-fiber.h"
#include "cs-list-edit.h"
#include "cs-page-feed.h"
#include "cs-page-focus.h"
#include "cs-published-page.h"
#include "cs-trial-dialog.h"
#include "cs-window.h"

struct _CsPublishedPage
{
  AdwNavigationPage parent_instance;

  CsDesk     *desk;
  GListStore *entries; /* of CsEntryItem */
  CsPageFeed *feed;
  gint64      signed_out;      /* the first account that wants a sign-in, or 0 */
  char       *signed_out_name; /* its name */
  gboolean    waiting;         /* something is approved and not sent yet */

  /* Template */
  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (CsPublishedPage, cs_published_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_DESK = 1,
  PROP_ENTRIES,
  PROP_STATE,
  PROP_TROUBLE,
  PROP_SIGNED_OUT,
  PROP_SIGN_IN_TEXT,
} CsPublishedPageProperty;

static GParamSpec *properties[PROP_SIGN_IN_TEXT + 1];

static GArray *
dup_shown_ids (CsPublishedPage *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (CsEntryItem) item = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      g_array_append_val (ids, cs_entry_item_get_entry (item)->id);
    }

  return ids;
}

/* Rows that stay keep their place and change where they stand */
static void
show_entries (CsPublishedPage *self,
              GPtrArray       *entries)
{
  g_autoptr (GArray) before = dup_shown_ids (self);
  g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) edits = NULL;

  for (guint i = 0; i < entries->len; i++)
    g_array_append_val (after, ((CsOutboxEntry *) g_ptr_array_index (entries, i))->id);

  edits = cs_list_edit_compute ((const gint64 *) before->data, before->len, (const gint64 *) after->data, after->len);
  for (guint i = 0; i < edits->len; i++)
    {
      const CsListEdit *edit = &g_array_index (edits, CsListEdit, i);
      g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint j = 0; j < edit->added; j++)
        g_ptr_array_add (added, cs_entry_item_new (self->desk, g_ptr_array_index (entries, edit->position + j)));
      g_list_store_splice (self->entries, edit->position, edit->removed, added->pdata, added->len);
    }

  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (CsEntryItem) item = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      cs_entry_item_set_entry (item, g_ptr_array_index (entries, i));
    }
}

static DexFuture *
ask (GtkWidget *page,
     gboolean   anew)
{
  return cs_desk_list_outbox (CS_PUBLISHED_PAGE (page)->desk, 0);
}

static void
take (GtkWidget    *page,
      const GValue *answer)
{
  CsPublishedPage *self = CS_PUBLISHED_PAGE (page);
  GPtrArray       *entries = g_value_get_boxed (answer);

  show_entries (self, entries);
  self->signed_out = 0;
  self->waiting = FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      CsOutboxEntry *entry = g_ptr_array_index (entries, i);

      self->waiting = self->waiting || entry->state == CS_OUTBOX_READY || entry->state == CS_OUTBOX_WAITING ||
                      entry->state == CS_OUTBOX_SIGN_IN;
      if (entry->state != CS_OUTBOX_SIGN_IN || self->signed_out != 0)
        continue;
      self->signed_out = entry->account;
      g_set_str (&self->signed_out_name, entry->account_name);
    }
}

static void
update (GtkWidget *page)
{
  for (guint i = PROP_STATE; i <= PROP_SIGN_IN_TEXT; i++)
    g_object_notify_by_pspec (G_OBJECT (page), properties[i]);
  gtk_widget_action_set_enabled (page, "published.try", CS_PUBLISHED_PAGE (page)->waiting);
}

static const CsPageFeedFuncs funcs = { ask, take, update };

static void
desk_changed (CsPublishedPage *self,
              CsDeskChange     what,
              gint64           product)
{
  cs_page_feed_tell (self->feed);
}

/* The keys go to the list, where there is one */
static gboolean
cs_published_page_grab_focus (GtkWidget *widget)
{
  CsPublishedPage *self = CS_PUBLISHED_PAGE (widget);

  if (gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->view));

  return GTK_WIDGET_CLASS (cs_published_page_parent_class)->grab_focus (widget);
}

static DexFuture *
sync_fiber (gpointer data)
{
  CsPublishedPage *self = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_desk_sync (self->desk, 0), &error))
    cs_window_report (GTK_WIDGET (self), error);

  return dex_future_new_true ();
}

static void
sync_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  dex_future_disown (cs_fiber_spawn (sync_fiber, g_object_ref (widget), g_object_unref));
}

static void
sign_in_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  CsPublishedPage *self = CS_PUBLISHED_PAGE (widget);

  if (self->signed_out != 0)
    gtk_widget_activate_action (widget, "shop.sign-in", "x", self->signed_out);
}

static void
try_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  adw_dialog_present (cs_trial_dialog_new (CS_PUBLISHED_PAGE (widget)->desk, 0, NULL), widget);
}

/* Once more, after it failed */
static void
read_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  cs_page_feed_retry (CS_PUBLISHED_PAGE (widget)->feed);
}

static char *
dup_sign_in_text (CsPublishedPage *self)
{
  if (self->signed_out == 0)
    return g_strdup ("");

  return g_strdup_printf (_("“%s” wants you to sign in again. What you approved for it waits."),
                          self->signed_out_name != NULL ? self->signed_out_name : "");
}

static const char *
get_state (CsPublishedPage *self)
{
  const char *wait = self->feed != NULL ? cs_page_feed_get_wait (self->feed) : "loading";

  if (wait != NULL)
    return wait;

  return g_list_model_get_n_items (G_LIST_MODEL (self->entries)) > 0 ? "list" : "empty";
}

static void
cs_published_page_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  CsPublishedPage *self = CS_PUBLISHED_PAGE (object);

  switch ((CsPublishedPageProperty) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;

    case PROP_ENTRIES:
      g_value_set_object (value, self->entries);
      break;

    case PROP_STATE:
      g_value_set_string (value, get_state (self));
      break;

    case PROP_TROUBLE:
      g_value_set_string (value, self->feed != NULL ? cs_page_feed_get_trouble (self->feed) : NULL);
      break;

    case PROP_SIGNED_OUT:
      g_value_set_boolean (value, self->signed_out != 0);
      break;

    case PROP_SIGN_IN_TEXT:
      g_value_take_string (value, dup_sign_in_text (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_published_page_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  CsPublishedPage *self = CS_PUBLISHED_PAGE (object);

  if (prop_id == PROP_DESK)
    g_set_object (&self->desk, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cs_published_page_constructed (GObject *object)
{
  CsPublishedPage *self = CS_PUBLISHED_PAGE (object);

  G_OBJECT_CLASS (cs_published_page_parent_class)->constructed (object);

  g_signal_connect_object (self->desk, "changed", G_CALLBACK (desk_changed), self, G_CONNECT_SWAPPED);
  self->feed = cs_page_feed_new (GTK_WIDGET (self), &funcs);
  cs_page_feed_read (self->feed);
}

static void
cs_published_page_dispose (GObject *object)
{
  CsPublishedPage *self = CS_PUBLISHED_PAGE (object);

  if (self->feed != NULL)
    cs_page_feed_close (self->feed);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PUBLISHED_PAGE);

  G_OBJECT_CLASS (cs_published_page_parent_class)->dispose (object);
}

static void
cs_published_page_finalize (GObject *object)
{
  CsPublishedPage *self = CS_PUBLISHED_PAGE (object);

  g_clear_object (&self->feed);
  g_clear_object (&self->entries);
  g_clear_pointer (&self->signed_out_name, g_free);

  G_OBJECT_CLASS (cs_published_page_parent_class)->finalize (object);
}

static void
cs_published_page_class_init (CsPublishedPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = cs_published_page_constructed;
  object_class->dispose = cs_published_page_dispose;
  object_class->finalize = cs_published_page_finalize;
  object_class->get_property = cs_published_page_get_property;
  object_class->set_property = cs_published_page_set_property;
  widget_class->focus = cs_page_focus;
  widget_class->grab_focus = cs_published_page_grab_focus;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL,
                         CS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ENTRIES] =
    g_param_spec_object ("entries", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] =
    g_param_spec_string ("state", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TROUBLE] =
    g_param_spec_string ("trouble", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_SIGNED_OUT] =
    g_param_spec_boolean ("signed-out", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIGN_IN_TEXT] =
    g_param_spec_string ("sign-in-text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (CS_TYPE_ENTRY_ITEM);
  g_type_ensure (CS_TYPE_ENTRY_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-published-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPublishedPage, view);
  gtk_widget_class_install_action (widget_class, "published.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "published.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "published.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "published.try", NULL, try_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "published.sync", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "published.try", NULL);
}

static void
cs_published_page_init (CsPublishedPage *self)
{
  self->entries = g_list_store_new (CS_TYPE_ENTRY_ITEM);

  gtk_widget_init_template (GTK_WIDGET (self));
}
