/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_QUEUE_ENTRY (cs_queue_entry_get_type ())

/* A product in the film strip. Properties: id, title, picture (GdkPaintable), done. */
G_DECLARE_FINAL_TYPE (CsQueueEntry, cs_queue_entry, CS, QUEUE_ENTRY, GObject)

gint64 cs_queue_entry_get_id (CsQueueEntry *self);

#define CS_TYPE_REVIEW_QUEUE (cs_review_queue_get_type ())

/**
 * CsReviewQueue:
 *
 * A #GListModel of CsQueueEntry: what waits for review, and between it what was
 * finished since the page was opened. Holds ids only; an entry is made when it
 * is asked for and fills itself.
 */
G_DECLARE_FINAL_TYPE (CsReviewQueue, cs_review_queue, CS, REVIEW_QUEUE, GObject)

CsReviewQueue *cs_review_queue_new (CsDesk *desk);
/* Resolves to true when the queue is as on disk */
DexFuture *cs_review_queue_refresh (CsReviewQueue *self) G_GNUC_WARN_UNUSED_RESULT;
void       cs_review_queue_refresh_entry (CsReviewQueue *self,
                                          gint64         product);
void       cs_review_queue_set_done (CsReviewQueue *self,
                                     gint64         product,
                                     gint64         microseconds);
guint      cs_review_queue_get_n_left (CsReviewQueue *self);
guint      cs_review_queue_get_n_done (CsReviewQueue *self);
gint64     cs_review_queue_get_next (CsReviewQueue *self,
                                     gint64         product,
                                     int            step,
                                     gboolean       waiting_only);
guint      cs_review_queue_find (CsReviewQueue *self,
                                 gint64         product);
char      *cs_review_queue_dup_progress (CsReviewQueue *self);
GArray    *cs_review_queue_merge (GArray     *strip,
                                  GArray     *waiting,
                                  GHashTable *done);

G_END_DECLS
