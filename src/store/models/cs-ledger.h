/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-record.h"
#include "cs-sent.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* The list of everything that was ever sent to a model: the intent is on disk
 * before anything goes, the outcome and the reply before anything is shown.
 */

/* What is about to go */
typedef struct
{
  const char *engine;
  gint64      batch;   /* see cs-asked.h; or 0 */
  gint64      product; /* 0: words of our own, to try it */
  const char *key;
  gint64      bytes;
  guint       pictures;
  gint64      input;   /* tokens, estimated */
  gint64      output;  /* at most */
  guint       makes;
} CsIntent;

/* What became of it */
typedef struct
{
  CsSentState state;
  GBytes     *reply;   /* ANSWERED; or NULL */
  gint64      input;   /* tokens as the reply says; -1 where it did not */
  gint64      output;
  gint64      bytes;   /* of text that came, where that is more than the reply; or 0 */
  guint       made;
  const char *message;
} CsSettlement;

/* A reply that was kept */
typedef struct
{
  gint64  sent;
  GBytes *bytes;
} CsKeptReply;

#define CS_TYPE_KEPT_REPLY (cs_kept_reply_get_type ())

CS_DECLARE_RECORD (CsKeptReply, cs_kept_reply)

/* What some of it comes to */
typedef struct
{
  gint64   last;      /* the highest id that there is */
  guint    n;
  gint64   cost;      /* micros; what is in flight as its estimate */
  gboolean estimated;
  gboolean unknown;   /* of some of it nobody knows the price */
  char     currency[4];
} CsLedgerSum;

#define CS_TYPE_LEDGER_SUM (cs_ledger_sum_get_type ())

CS_DECLARE_RECORD (CsLedgerSum, cs_ledger_sum)

/* Writes the intent, having checked in the same transaction that a person agreed
 * to that address and that month's and batch's budget bear it, counting what is
 * in flight as its estimate. Resolves to the id (gint64); rejects with
 * CS_ERROR_NOT_ALLOWED or CS_ERROR_BUDGET, and then nothing may go.
 */
DexFuture *cs_ledger_begin (CsStore        *store,
                            const CsIntent *intent) G_GNUC_WARN_UNUSED_RESULT;
/* Books the outcome, once. Resolves to true. */
DexFuture *cs_ledger_end (CsStore            *store,
                          gint64              id,
                          const CsSettlement *settlement) G_GNUC_WARN_UNUSED_RESULT;
/* The reply to the very same request, whoever asked. Resolves to a CsKeptReply, or
 * rejects with CS_ERROR_NOT_FOUND.
 */
DexFuture *cs_ledger_find_reply (CsStore    *store,
                                 const char *key) G_GNUC_WARN_UNUSED_RESULT;
/* That of one row, the same way */
DexFuture *cs_ledger_get_reply (CsStore *store,
                                gint64   id) G_GNUC_WARN_UNUSED_RESULT;
/* Whoever holds the library knows that nobody else's requests are in flight: those
 * of a process that is gone are lost, and booked as estimated. Resolves to their
 * number as a guint.
 */
DexFuture *cs_ledger_settle_lost (CsStore *store) G_GNUC_WARN_UNUSED_RESULT;
/* What its month's budget is held against: all that was sent this month to its
 * address, or to its provider, by models of its kind, in the currency that it has
 * now. Resolves to micros (gint64).
 */
DexFuture *cs_ledger_get_spent (CsStore    *store,
                                const char *engine) G_GNUC_WARN_UNUSED_RESULT;
/* Of a batch, behind the id after. Resolves to a CsLedgerSum.
 */
DexFuture *cs_ledger_sum_batch (CsStore *store,
                                gint64   batch,
                                gint64   after) G_GNUC_WARN_UNUSED_RESULT;
/* The requests that stand behind the present suggestions of an engine for a
 * product. Resolves to a #GArray of gint64.
 */
DexFuture *cs_ledger_list_behind (CsStore    *store,
                                  const char *engine,
                                  gint64      product) G_GNUC_WARN_UNUSED_RESULT;
/* Newest first; before 0 or the id to go on below. Resolves to a #GPtrArray of CsSent. */
DexFuture *cs_ledger_list (CsStore *store,
                           gint64   before,
                           guint    most) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
