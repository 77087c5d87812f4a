/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-fiber.h"
#include "cs-picture-loader.h"
#include "cs-review-queue.h"

/* Entries at hand: several times what a wide screen shows */
#define N_ENTRIES 400
/* A product that took longer was left lying: it says nothing about the pace */
#define LONGEST (3 * G_TIME_SPAN_MINUTE)

struct _CsQueueEntry
{
  GObject parent_instance;

  gint64        id;
  char         *title;
  GdkPaintable *picture;
  gboolean      done;
};

G_DEFINE_FINAL_TYPE (CsQueueEntry, cs_queue_entry, G_TYPE_OBJECT)

typedef enum
{
  ENTRY_PROP_TITLE = 1,
  ENTRY_PROP_PICTURE,
  ENTRY_PROP_DONE,
} CsQueueEntryProperty;

static GParamSpec *entry_properties[ENTRY_PROP_DONE + 1];

static void
cs_queue_entry_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CsQueueEntry *self = CS_QUEUE_ENTRY (object);

  switch ((CsQueueEntryProperty) prop_id)
    {
    case ENTRY_PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case ENTRY_PROP_PICTURE:
      g_value_set_object (value, self->picture);
      break;

    case ENTRY_PROP_DONE:
      g_value_set_boolean (value, self->done);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_queue_entry_finalize (GObject *object)
{
  CsQueueEntry *self = CS_QUEUE_ENTRY (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_object (&self->picture);

  G_OBJECT_CLASS (cs_queue_entry_parent_class)->finalize (object);
}

static void
cs_queue_entry_class_init (CsQueueEntryClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = cs_queue_entry_finalize;
  object_class->get_property = cs_queue_entry_get_property;
  entry_properties[ENTRY_PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  entry_properties[ENTRY_PROP_PICTURE] = g_param_spec_object ("picture", NULL, NULL, GDK_TYPE_PAINTABLE, flags);
  entry_properties[ENTRY_PROP_DONE] = g_param_spec_boolean ("done", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (entry_properties), entry_properties);
}

static void
cs_queue_entry_init (CsQueueEntry *self)
{
}

gint64
cs_queue_entry_get_id (CsQueueEntry *self)
{
  g_return_val_if_fail (CS_IS_QUEUE_ENTRY (self), 0);

  return self->id;
}

static void
entry_set_done (CsQueueEntry *self,
                gboolean      done)
{
  if (self->done == done)
    return;

  self->done = done;
  g_object_notify_by_pspec (G_OBJECT (self), entry_properties[ENTRY_PROP_DONE]);
}

static void
entry_fill (CsQueueEntry *self,
            CsDesk       *desk,
            CsProductRow *row)
{
  const char *hash = self->picture != NULL
                       ? cs_picture_paintable_get_hash (CS_PICTURE_PAINTABLE (self->picture))
                       : NULL;

  if (g_set_str (&self->title, row->title))
    g_object_notify_by_pspec (G_OBJECT (self), entry_properties[ENTRY_PROP_TITLE]);
  if (g_strcmp0 (hash, row->thumbnail) != 0)
    {
      g_clear_object (&self->picture);
      self->picture = cs_picture_paintable_new (desk, row->thumbnail, CS_PICTURE_THUMBNAIL);
      g_object_notify_by_pspec (G_OBJECT (self), entry_properties[ENTRY_PROP_PICTURE]);
    }
}

/* The queue */

struct _CsReviewQueue
{
  GObject parent_instance;

  CsDesk     *desk;
  GArray     *strip; /* gint64, in the order shown */
  GHashTable *done;  /* gint64 ids finished since the page was opened */
  guint       n_left;
  guint       stamp;

  GHashTable *entries; /* gint64 id → CsQueueEntry */
  GQueue      oldest;  /* keys of entries, oldest first */
  GArray     *asked;   /* ids of entries to be filled */
  guint       filling;

  GArray *pace; /* microseconds each finished product took, the last few */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsReviewQueue, cs_review_queue, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static gint64
get_id (CsReviewQueue *self,
        guint          position)
{
  return g_array_index (self->strip, gint64, position);
}

static gboolean
is_done (CsReviewQueue *self,
         gint64         product)
{
  return g_hash_table_contains (self->done, &product);
}

/* Filling: all that were asked for in one turn of the main loop, in one reading */

typedef struct
{
  CsReviewQueue *self;
  GArray        *ids;
} Fill;

static void
fill_free (Fill *fill)
{
  g_clear_object (&fill->self);
  g_clear_pointer (&fill->ids, g_array_unref);
  g_free (fill);
}

static DexFuture *
fill_fiber (gpointer data)
{
  Fill          *fill = data;
  CsReviewQueue *self = fill->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (!(rows = dex_await_boxed (cs_desk_get_rows (self->desk, (gint64 *) fill->ids->data, fill->ids->len), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < rows->len; i++)
    {
      CsProductRow *row = g_ptr_array_index (rows, i);
      CsQueueEntry *entry = row != NULL ? g_hash_table_lookup (self->entries, &row->id) : NULL;

      if (entry != NULL)
        entry_fill (entry, self->desk, row);
    }

  return dex_future_new_true ();
}

static gboolean
fill_cb (gpointer data)
{
  CsReviewQueue *self = data;
  Fill          *fill = g_new0 (Fill, 1);

  self->filling = 0;
  fill->self = g_object_ref (self);
  fill->ids = g_steal_pointer (&self->asked);
  self->asked = g_array_new (FALSE, FALSE, sizeof (gint64));
  dex_future_disown (cs_fiber_spawn (fill_fiber, fill, (GDestroyNotify) fill_free));

  return G_SOURCE_REMOVE;
}

static void
ask (CsReviewQueue *self,
     gint64         product)
{
  g_array_append_val (self->asked, product);
  if (self->filling == 0)
    self->filling = g_idle_add_full (G_PRIORITY_DEFAULT, fill_cb, self, NULL);
}

static gpointer
cs_review_queue_get_item (GListModel *model,
                          guint       position)
{
  CsReviewQueue *self = CS_REVIEW_QUEUE (model);
  CsQueueEntry  *entry;
  gint64         id;

  if (position >= self->strip->len)
    return NULL;

  id = get_id (self, position);
  if ((entry = g_hash_table_lookup (self->entries, &id)) != NULL)
    return g_object_ref (entry);

  if (self->oldest.length >= N_ENTRIES)
    {
      g_autofree gint64 *oldest = g_queue_pop_head (&self->oldest);

      g_hash_table_remove (self->entries, oldest);
    }
  entry = g_object_new (CS_TYPE_QUEUE_ENTRY, NULL);
  entry->id = id;
  entry->done = is_done (self, id);
  g_queue_push_tail (&self->oldest, g_memdup2 (&id, sizeof id));
  g_hash_table_insert (self->entries, g_memdup2 (&id, sizeof id), g_object_ref (entry));
  ask (self, id);

  return entry;
}

static GType
cs_review_queue_get_item_type (GListModel *model)
{
  return CS_TYPE_QUEUE_ENTRY;
}

static guint
cs_review_queue_get_n_items (GListModel *model)
{
  return CS_REVIEW_QUEUE (model)->strip->len;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item = cs_review_queue_get_item;
  iface->get_item_type = cs_review_queue_get_item_type;
  iface->get_n_items = cs_review_queue_get_n_items;
}

static void
cs_review_queue_finalize (GObject *object)
{
  CsReviewQueue *self = CS_REVIEW_QUEUE (object);

  g_clear_handle_id (&self->filling, g_source_remove);
  g_clear_pointer (&self->strip, g_array_unref);
  g_clear_pointer (&self->asked, g_array_unref);
  g_clear_pointer (&self->pace, g_array_unref);
  g_clear_pointer (&self->done, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_queue_clear_full (&self->oldest, g_free);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_review_queue_parent_class)->finalize (object);
}

static void
cs_review_queue_class_init (CsReviewQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_review_queue_finalize;
}

static void
cs_review_queue_init (CsReviewQueue *self)
{
  self->strip = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->asked = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->pace = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->done = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  g_queue_init (&self->oldest);
}

CsReviewQueue *
cs_review_queue_new (CsDesk *desk)
{
  CsReviewQueue *self = g_object_new (CS_TYPE_REVIEW_QUEUE, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

/**
 * cs_review_queue_merge:
 * @strip: (element-type gint64): what is shown
 * @waiting: (element-type gint64): what waits now, in its order
 * @done: ids finished meanwhile
 *
 * What is to be shown: @waiting in its own order, with what was finished where
 * it stood, so that the strip does not jump under the eye.
 */
GArray *
cs_review_queue_merge (GArray     *strip,
                       GArray     *waiting,
                       GHashTable *done)
{
  GArray *merged = g_array_sized_new (FALSE, FALSE, sizeof (gint64), waiting->len);
  guint   next = 0;

  for (guint i = 0; i < strip->len; i++)
    {
      gint64 id = g_array_index (strip, gint64, i);

      if (g_hash_table_contains (done, &id))
        {
          g_array_append_val (merged, id);
        }
      else if (next < waiting->len && g_array_index (waiting, gint64, next) == id)
        {
          g_array_append_val (merged, id);
          next++;
        }
    }
  if (next < waiting->len)
    g_array_append_vals (merged, &g_array_index (waiting, gint64, next), waiting->len - next);

  return merged;
}

static void
replace_strip (CsReviewQueue *self,
               GArray        *strip)
{
  g_autoptr (GArray) before = g_steal_pointer (&self->strip);
  guint head = 0;
  guint tail = 0;

  self->strip = g_array_ref (strip);
  while (head < before->len && head < strip->len &&
         g_array_index (before, gint64, head) == get_id (self, head))
    head++;
  while (tail < before->len - head && tail < strip->len - head &&
         g_array_index (before, gint64, before->len - tail - 1) == get_id (self, strip->len - tail - 1))
    tail++;
  if (head + tail < MAX (before->len, strip->len))
    g_list_model_items_changed (G_LIST_MODEL (self), head, before->len - head - tail, strip->len - head - tail);
}

/* What waits again was taken back: it is not finished any more */
static void
take_waiting (CsReviewQueue *self,
              GArray        *waiting)
{
  g_autoptr (GArray) merged = NULL;

  for (guint i = 0; i < waiting->len && g_hash_table_size (self->done) > 0; i++)
    {
      gint64        id = g_array_index (waiting, gint64, i);
      CsQueueEntry *entry;

      if (g_hash_table_remove (self->done, &id) && (entry = g_hash_table_lookup (self->entries, &id)) != NULL)
        entry_set_done (entry, FALSE);
    }
  merged = cs_review_queue_merge (self->strip, waiting, self->done);
  self->n_left = waiting->len;
  replace_strip (self, merged);
}

static DexFuture *
refresh_fiber (gpointer data)
{
  CsReviewQueue *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) waiting = NULL;
  guint stamp = ++self->stamp;

  if (!(waiting = dex_await_boxed (cs_desk_list_queue (self->desk), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (stamp == self->stamp)
    take_waiting (self, waiting);

  return dex_future_new_true ();
}

DexFuture *
cs_review_queue_refresh (CsReviewQueue *self)
{
  dex_return_error_if_fail (CS_IS_REVIEW_QUEUE (self));

  return cs_fiber_spawn (refresh_fiber, g_object_ref (self), g_object_unref);
}

void
cs_review_queue_refresh_entry (CsReviewQueue *self,
                               gint64         product)
{
  g_return_if_fail (CS_IS_REVIEW_QUEUE (self));

  if (g_hash_table_contains (self->entries, &product))
    ask (self, product);
}

/* microseconds: how long the person looked at it; 0 where that is not known */
void
cs_review_queue_set_done (CsReviewQueue *self,
                          gint64         product,
                          gint64         microseconds)
{
  CsQueueEntry *entry;

  g_return_if_fail (CS_IS_REVIEW_QUEUE (self));

  if (!g_hash_table_add (self->done, g_memdup2 (&product, sizeof product)))
    return;

  if (self->n_left > 0)
    self->n_left--;
  self->stamp++; /* a list read before this still has it */
  if ((entry = g_hash_table_lookup (self->entries, &product)) != NULL)
    entry_set_done (entry, TRUE);
  if (microseconds > 0 && microseconds < LONGEST)
    {
      if (self->pace->len >= 12)
        g_array_remove_index (self->pace, 0);
      g_array_append_val (self->pace, microseconds);
    }
}

guint
cs_review_queue_get_n_left (CsReviewQueue *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_QUEUE (self), 0);

  return self->n_left;
}

guint
cs_review_queue_get_n_done (CsReviewQueue *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_QUEUE (self), 0);

  return g_hash_table_size (self->done);
}

/* Position in the strip, or GTK_INVALID_LIST_POSITION */
guint
cs_review_queue_find (CsReviewQueue *self,
                      gint64         product)
{
  g_return_val_if_fail (CS_IS_REVIEW_QUEUE (self), GTK_INVALID_LIST_POSITION);

  for (guint i = 0; i < self->strip->len; i++)
    {
      if (get_id (self, i) == product)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/**
 * cs_review_queue_get_next:
 * @product: where to start, or 0
 * @step: 1 to the right, -1 to the left
 * @waiting_only: pass over what is finished, and go round at the end
 *
 * Returns: the product, or 0 where there is no other
 */
gint64
cs_review_queue_get_next (CsReviewQueue *self,
                          gint64         product,
                          int            step,
                          gboolean       waiting_only)
{
  guint  n;
  gint64 position;
  guint  found;

  g_return_val_if_fail (CS_IS_REVIEW_QUEUE (self), 0);

  n = self->strip->len;
  found = cs_review_queue_find (self, product);
  position = found != GTK_INVALID_LIST_POSITION ? (gint64) found : (step > 0 ? -1 : (gint64) n);
  for (guint i = 0; i < n; i++)
    {
      position += step;
      if (!waiting_only && (position < 0 || position >= n))
        return 0;

      position = (position + n) % n;
      if (get_id (self, position) != product && (!waiting_only || !is_done (self, get_id (self, position))))
        return get_id (self, position);
    }

  return 0;
}

static char *
dup_time_left (CsReviewQueue *self)
{
  gint64 sum = 0;
  gint64 minutes;

  if (self->pace->len < 2 || self->n_left == 0)
    return NULL;

  for (guint i = 0; i < self->pace->len; i++)
    sum += g_array_index (self->pace, gint64, i);
  minutes = (sum / self->pace->len * self->n_left + G_TIME_SPAN_MINUTE - 1) / G_TIME_SPAN_MINUTE;
  if (minutes < 2)
    return g_strdup (_ ("about a minute left"));
  if (minutes < 90)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %d min left", "about %d min left", minutes), (int) minutes);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %d hour left", "about %d hours left", (minutes + 30) / 60),
                          (int) ((minutes + 30) / 60));
}

/* "12 of 38 reviewed · about 4 min left" */
char *
cs_review_queue_dup_progress (CsReviewQueue *self)
{
  guint            n_done;
  g_autofree char *counts = NULL;
  g_autofree char *left = NULL;

  g_return_val_if_fail (CS_IS_REVIEW_QUEUE (self), NULL);

  n_done = g_hash_table_size (self->done);
  left = dup_time_left (self);
  counts = g_strdup_printf (_ ("%u of %u reviewed"), n_done, n_done + self->n_left);

  return left != NULL ? g_strdup_printf ("%s · %s", counts, left) : g_steal_pointer (&counts);
}
