/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-id-list.h"

G_BEGIN_DECLS

#define CS_TYPE_REVIEW_QUEUE (cs_review_queue_get_type ())

/**
 * CsReviewQueue:
 *
 * What waits for review, and between it what was finished since the page was
 * opened: a CsIdList in which the finished are marked. Emits "changed".
 */
G_DECLARE_FINAL_TYPE (CsReviewQueue, cs_review_queue, CS, REVIEW_QUEUE, GObject)

CsReviewQueue *cs_review_queue_new (CsDesk *desk);
CsIdList      *cs_review_queue_get_list (CsReviewQueue *self);
/* Resolves to true when the queue is as on disk */
DexFuture *cs_review_queue_refresh (CsReviewQueue *self) G_GNUC_WARN_UNUSED_RESULT;
void       cs_review_queue_set_done (CsReviewQueue *self,
                                     gint64         product,
                                     gint64         microseconds);
/* The product on the table stays in the strip, whatever becomes of it meanwhile */
void    cs_review_queue_set_current (CsReviewQueue *self, gint64 product);
guint   cs_review_queue_get_n_left (CsReviewQueue *self);
guint   cs_review_queue_get_n_done (CsReviewQueue *self);
gint64  cs_review_queue_get_next (CsReviewQueue *self,
                                  gint64         product,
                                  int            step,
                                  gboolean       waiting_only);
char   *cs_review_queue_dup_progress (CsReviewQueue *self);
GArray *cs_review_queue_merge (GArray     *strip,
                               GArray     *waiting,
                               GHashTable *done,
                               gint64      current);

G_END_DECLS
