/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-fiber.h"
#include "cs-page-feed.h"
#include "cs-page-focus.h"
#include "cs-sent-item.h"
#include "cs-sent-page.h"
#include "cs-sent-sums.h"
#include "cs-window.h"

/* Rows read at a time */
#define PAGE 50

struct _CsSentPage
{
  AdwNavigationPage parent_instance;

  CsDesk     *desk;
  CsEngines  *engines;
  GListStore *list; /* of CsSentItem */
  CsPageFeed *feed;
  char       *months;
  guint       wanted; /* rows */
  gboolean    more;   /* there are older ones */
};

G_DEFINE_FINAL_TYPE (CsSentPage, cs_sent_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_DESK = 1,
  PROP_LIST,
  PROP_MONTHS,
  PROP_STATE,
  PROP_TROUBLE,
  PROP_HAS_MORE,
} CsSentPageProperty;

static GParamSpec *properties[PROP_HAS_MORE + 1];

static void
update_page (GtkWidget *page)
{
  for (guint i = PROP_MONTHS; i <= PROP_HAS_MORE; i++)
    g_object_notify_by_pspec (G_OBJECT (page), properties[i]);
}

/* What the products are called; those that are gone have no name */
static GHashTable *
read_titles (CsSentPage *self,
             GPtrArray  *sent)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < sent->len; i++)
    {
      gint64 id = ((CsSent *) sent->pdata[i])->product;

      if (id != 0 && g_hash_table_insert (titles, g_memdup2 (&id, sizeof id), NULL))
        g_array_append_val (ids, id);
    }

  if (ids->len > 0)
    rows = dex_await_boxed (cs_desk_get_rows (self->desk, (const gint64 *) ids->data, ids->len), NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      CsProductRow *row = g_ptr_array_index (rows, i);

      g_hash_table_insert (titles, g_memdup2 (&row->id, sizeof row->id), g_strdup (row->title));
    }

  return g_steal_pointer (&titles);
}

static DexFuture *
read_fiber (gpointer data)
{
  CsSentPage *self = data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) titles = NULL;
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (GError) error = NULL;

  /* One more than is shown tells whether there are more */
  if (!(sent = dex_await_boxed (cs_engines_list_sent (self->engines, 0, self->wanted + 1), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  titles = read_titles (self, sent);
  self->more = sent->len > self->wanted;
  for (guint i = 0; i < MIN (sent->len, self->wanted); i++)
    {
      CsSent *one = g_ptr_array_index (sent, i);

      g_ptr_array_add (items, cs_sent_item_new (one, g_hash_table_lookup (titles, &one->product)));
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&items));
}

static DexFuture *
ask (GtkWidget *page,
     gboolean   anew)
{
  return cs_fiber_spawn (read_fiber, g_object_ref (page), g_object_unref);
}

static DexFuture *
sums_fiber (gpointer data)
{
  CsSentPage *self = data;
  g_autoptr (CsSentSums) sums = dex_await_boxed (cs_sent_sums_read (self->engines, FALSE), NULL);
  g_autoptr (GString) months = g_string_new (NULL);

  for (guint i = 0; sums != NULL && i < sums->months->len; i++)
    {
      g_autofree char *text = cs_sent_month_to_text (&g_array_index (sums->months, CsSentMonth, i));

      g_string_append_printf (months, "%s%s", i > 0 ? "\n" : "", text);
    }
  g_set_str (&self->months, months->str);
  update_page (GTK_WIDGET (self));

  return dex_future_new_true ();
}

static gboolean
is_same (CsSentItem *a,
         CsSentItem *b)
{
  CsSent *left = cs_sent_item_get_sent (a);
  CsSent *right = cs_sent_item_get_sent (b);

  return left->id == right->id && left->state == right->state && left->cost == right->cost &&
         left->n_accepted == right->n_accepted && left->n_suggestions == right->n_suggestions;
}

/* Replaces no more of the list than what is different, so that the rest keeps its place */
static void
take (GtkWidget    *page,
      const GValue *answer)
{
  CsSentPage *self = CS_SENT_PAGE (page);
  GPtrArray  *items = g_value_get_boxed (answer);
  guint       n_before = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint       head = 0;
  guint       tail = 0;

  while (head < n_before && head < items->len)
    {
      g_autoptr (CsSentItem) known = g_list_model_get_item (G_LIST_MODEL (self->list), head);

      if (!is_same (known, items->pdata[head]))
        break;
      head++;
    }
  while (tail < n_before - head && tail < items->len - head)
    {
      g_autoptr (CsSentItem) known = g_list_model_get_item (G_LIST_MODEL (self->list), n_before - tail - 1);

      if (!is_same (known, items->pdata[items->len - tail - 1]))
        break;
      tail++;
    }

  g_list_store_splice (self->list, head, n_before - head - tail, items->pdata + head, items->len - head - tail);
  dex_future_disown (cs_fiber_spawn (sums_fiber, g_object_ref (self), g_object_unref));
}

static const CsPageFeedFuncs funcs = { ask, take, update_page };

static void
read_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  cs_page_feed_retry (CS_SENT_PAGE (widget)->feed);
}

static void
more_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsSentPage *self = CS_SENT_PAGE (widget);

  self->wanted += PAGE;
  cs_page_feed_read (self->feed);
}

static const char *
get_state (CsSentPage *self)
{
  const char *wait = self->feed != NULL ? cs_page_feed_get_wait (self->feed) : "loading";

  if (wait != NULL)
    return wait;

  return g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0 ? "list" : "empty";
}

static void
cs_sent_page_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CsSentPage *self = CS_SENT_PAGE (object);

  switch ((CsSentPageProperty) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;

    case PROP_LIST:
      g_value_set_object (value, self->list);
      break;

    case PROP_MONTHS:
      g_value_set_string (value, self->months != NULL ? self->months : "");
      break;

    case PROP_STATE:
      g_value_set_string (value, get_state (self));
      break;

    case PROP_TROUBLE:
      g_value_set_string (value, self->feed != NULL ? cs_page_feed_get_trouble (self->feed) : NULL);
      break;

    case PROP_HAS_MORE:
      g_value_set_boolean (value, self->more);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_sent_page_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  if (prop_id == PROP_DESK)
    g_set_object (&CS_SENT_PAGE (object)->desk, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cs_sent_page_constructed (GObject *object)
{
  CsSentPage *self = CS_SENT_PAGE (object);

  G_OBJECT_CLASS (cs_sent_page_parent_class)->constructed (object);

  if (self->desk == NULL || cs_desk_get_engines (self->desk) == NULL)
    return;

  self->engines = g_object_ref (cs_desk_get_engines (self->desk));
  self->feed = cs_page_feed_new (GTK_WIDGET (self), &funcs);
  g_signal_connect_object (self->engines, "changed", G_CALLBACK (cs_page_feed_tell), self->feed, G_CONNECT_SWAPPED);
  cs_page_feed_read (self->feed);
}

static void
cs_sent_page_dispose (GObject *object)
{
  CsSentPage *self = CS_SENT_PAGE (object);

  if (self->feed != NULL)
    cs_page_feed_close (self->feed);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_SENT_PAGE);

  G_OBJECT_CLASS (cs_sent_page_parent_class)->dispose (object);
}

static void
cs_sent_page_finalize (GObject *object)
{
  CsSentPage *self = CS_SENT_PAGE (object);

  g_clear_object (&self->feed);
  g_clear_object (&self->engines);
  g_clear_object (&self->desk);
  g_clear_object (&self->list);
  g_clear_pointer (&self->months, g_free);

  G_OBJECT_CLASS (cs_sent_page_parent_class)->finalize (object);
}

static void
cs_sent_page_class_init (CsSentPageClass *klass)
{
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = cs_sent_page_constructed;
  object_class->dispose = cs_sent_page_dispose;
  object_class->finalize = cs_sent_page_finalize;
  object_class->get_property = cs_sent_page_get_property;
  object_class->set_property = cs_sent_page_set_property;
  widget_class->focus = cs_page_focus;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, CS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, G_TYPE_LIST_MODEL, told);
  properties[PROP_MONTHS] = g_param_spec_string ("months", NULL, NULL, NULL, told);
  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, told);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, told);
  properties[PROP_HAS_MORE] = g_param_spec_boolean ("has-more", NULL, NULL, FALSE, told);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (CS_TYPE_SENT_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-sent-page.ui");
  gtk_widget_class_install_action (widget_class, "sent.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "sent.more", NULL, more_action);
}

static void
cs_sent_page_init (CsSentPage *self)
{
  self->wanted = PAGE;
  self->list = g_list_store_new (CS_TYPE_SENT_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
}
