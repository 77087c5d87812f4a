/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-record.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* What a person asked a model for, product by product: a batch that was stopped,
 * killed, or ran into a budget is gone on with where it was.
 */
typedef struct
{
  gint64  id;
  char   *engine;
  gint64  budget;   /* micros, or -1 */
  char   *settings; /* of the pictures that are to be made, or NULL */
  GArray *products; /* (element-type gint64) those that are open, in order */
} CsAskedBatch;

#define CS_TYPE_ASKED_BATCH (cs_asked_batch_get_type ())

CS_DECLARE_RECORD (CsAskedBatch, cs_asked_batch)

typedef enum
{
  CS_ASKED_DONE,
  CS_ASKED_FAILED,
  CS_ASKED_DROPPED,
} CsAskedState;

/* Products that are open in an earlier batch of the same engine move to this one.
 * Resolves to the batch (gint64).
 */
DexFuture *cs_asked_begin (CsStore      *store,
                           const char   *engine,
                           const gint64 *products,
                           guint         n_products,
                           gint64        budget,
                           const char   *settings) G_GNUC_WARN_UNUSED_RESULT;
/* product 0 for all that are open. Resolves to true. */
DexFuture *cs_asked_settle (CsStore     *store,
                            gint64       batch,
                            gint64       product,
                            CsAskedState state,
                            const char  *message) G_GNUC_WARN_UNUSED_RESULT;
/* Those with open products whose engine is still there, oldest first; batch 0 for
 * all of them. Resolves to a #GPtrArray of CsAskedBatch.
 */
DexFuture *cs_asked_list_open (CsStore *store,
                               gint64   batch) G_GNUC_WARN_UNUSED_RESULT;
/* Products that a model was never asked about in their present form and that still
 * have something to be decided, oldest first: nobody pays for what is ready or published.
 * Resolves to a #GArray of gint64.
 */
DexFuture *cs_asked_list_unseen (CsStore    *store,
                                 const char *engine) G_GNUC_WARN_UNUSED_RESULT;
/* Models that wrote about a product when its facts were other ones. Resolves to a #GStrv. */
DexFuture *cs_asked_list_stale (CsStore *store,
                                gint64   product) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
