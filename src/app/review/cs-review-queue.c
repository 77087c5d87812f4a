/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-fiber.h"
#include "cs-review-queue.h"

/* A product that took longer was left lying: it says nothing about the pace */
#define LONGEST (3 * G_TIME_SPAN_MINUTE)

struct _CsReviewQueue
{
  GObject parent_instance;

  CsDesk     *desk;
  CsIdList   *list;
  GHashTable *done; /* gint64 ids finished since the page was opened */
  GArray     *pace; /* microseconds each finished product took, the last few */
  gint64      current;
  guint       n_left;
  guint       stamp; /* an older list that comes late is dropped */
};

G_DEFINE_FINAL_TYPE (CsReviewQueue, cs_review_queue, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
cs_review_queue_finalize (GObject *object)
{
  CsReviewQueue *self = CS_REVIEW_QUEUE (object);

  g_clear_object (&self->list);
  g_clear_pointer (&self->pace, g_array_unref);
  g_clear_pointer (&self->done, g_hash_table_unref);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_review_queue_parent_class)->finalize (object);
}

static void
cs_review_queue_class_init (CsReviewQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_review_queue_finalize;
  signals[CHANGED] = g_signal_new ("changed", CS_TYPE_REVIEW_QUEUE, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_review_queue_init (CsReviewQueue *self)
{
  self->pace = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->done = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

CsReviewQueue *
cs_review_queue_new (CsDesk *desk)
{
  CsReviewQueue *self = g_object_new (CS_TYPE_REVIEW_QUEUE, NULL);

  self->desk = g_object_ref (desk);
  self->list = cs_id_list_new (desk);
  return self;
}

CsIdList *
cs_review_queue_get_list (CsReviewQueue *self)
{
  g_return_val_if_fail (CS_IS_REVIEW_QUEUE (self), NULL);

  return self->list;
}

/**
 * cs_review_queue_merge:
 * @strip: (element-type gint64): what is shown
 * @waiting: (element-type gint64): what waits now, in its order
 * @done: ids finished meanwhile
 * @current: the product on the table, or 0
 *
 * What is to be shown: @waiting in its own order, with what was finished where
 * it stood, so that the strip does not jump under the eye.
 */
GArray *
cs_review_queue_merge (GArray     *strip,
                       GArray     *waiting,
                       GHashTable *done,
                       gint64      current)
{
  GArray *merged = g_array_sized_new (FALSE, FALSE, sizeof (gint64), waiting->len);
  guint   next = 0;
  guint   n;

  for (n = 0; n < waiting->len && g_array_index (waiting, gint64, n) != current; n++)
    ;
  if (n < waiting->len)
    current = 0;

  for (guint i = 0; i < strip->len; i++)
    {
      gint64 id = g_array_index (strip, gint64, i);

      if (next < waiting->len && g_array_index (waiting, gint64, next) == id)
        next++;
      else if (id != current && !g_hash_table_contains (done, &id))
        continue;

      g_array_append_val (merged, id);
    }
  if (next < waiting->len)
    g_array_append_vals (merged, &g_array_index (waiting, gint64, next), waiting->len - next);

  return merged;
}

/* What waits again was taken back: it is not finished any more */
static void
take_waiting (CsReviewQueue *self,
              GArray        *waiting)
{
  g_autoptr (GArray) merged = NULL;

  for (guint i = 0; i < waiting->len && g_hash_table_size (self->done) > 0; i++)
    {
      gint64 id = g_array_index (waiting, gint64, i);

      if (g_hash_table_remove (self->done, &id))
        cs_id_list_set_marked (self->list, id, FALSE);
    }
  merged = cs_review_queue_merge (cs_id_list_get_ids (self->list), waiting, self->done, self->current);
  self->n_left = waiting->len;
  cs_id_list_set_ids (self->list, merged);
  g_signal_emit (self, signals[CHANGED], 0);
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

/* microseconds: how long the person looked at it; 0 where that is not known */
void
cs_review_queue_set_done (CsReviewQueue *self,
                          gint64         product,
                          gint64         microseconds)
{
  g_return_if_fail (CS_IS_REVIEW_QUEUE (self));

  if (!g_hash_table_add (self->done, g_memdup2 (&product, sizeof product)))
    return;

  if (self->n_left > 0)
    self->n_left--;
  self->stamp++; /* a list read before this still has it */
  cs_id_list_set_marked (self->list, product, TRUE);
  if (microseconds > 0 && microseconds < LONGEST)
    {
      if (self->pace->len >= 12)
        g_array_remove_index (self->pace, 0);
      g_array_append_val (self->pace, microseconds);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

void
cs_review_queue_set_current (CsReviewQueue *self,
                             gint64         product)
{
  g_return_if_fail (CS_IS_REVIEW_QUEUE (self));

  self->current = product;
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
  GArray *ids;
  gint64  position;
  guint   found;

  g_return_val_if_fail (CS_IS_REVIEW_QUEUE (self), 0);

  ids = cs_id_list_get_ids (self->list);
  if (cs_id_list_find (self->list, product, &found))
    position = found;
  else
    position = step > 0 ? -1 : (gint64) ids->len;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id;

      position += step;
      if (!waiting_only && (position < 0 || position >= ids->len))
        return 0;

      position = (position + ids->len) % ids->len;
      id = g_array_index (ids, gint64, position);
      if (id != product && (!waiting_only || !g_hash_table_contains (self->done, &id)))
        return id;
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
    return g_strdup (_("about a minute left"));
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
  counts = g_strdup_printf (_("%u of %u reviewed"), n_done, n_done + self->n_left);

  return left != NULL ? g_strdup_printf ("%s · %s", counts, left) : g_steal_pointer (&counts);
}
