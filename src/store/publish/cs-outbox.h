/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-outbox-entry.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* Signed and sent: payloads, approvals and the outbox.
 *
 * cs_outbox_approve() is the only way in: it stores the frozen payload, the
 * approval over its hash and the outbox row in one job. shown is the hash that
 * the person saw; where it is not the payload's own, it is refused with
 * CS_ERROR_STALE. Resolves to the outbox row's id (gint64).
 */
DexFuture *cs_outbox_approve (CsStore    *store,
                              gint64      product,
                              CsListing  *listing,
                              const char *shown,
                              const char *face) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the CsListing that was signed, parsed from the stored payload */
DexFuture *cs_outbox_get_payload (CsStore    *store,
                                  const char *hash) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the hash of the payload last approved for the product and account and not voided, or a NULL string */
DexFuture *cs_outbox_get_approved (CsStore *store,
                                   gint64   product,
                                   gint64   account) G_GNUC_WARN_UNUSED_RESULT;

/* The one statement that lets anything out: recomputes the hash of the stored
 * payload, sees that its approval stands, marks the entry sending and resolves
 * to the payload as a CsListing. Rejects with CS_ERROR_NOT_SIGNED. It is asked
 * again before every step.
 */
DexFuture *cs_outbox_release (CsStore *store,
                              gint64   entry) G_GNUC_WARN_UNUSED_RESULT;
/* Intent before, outcome after. begin resolves to the step's id (gint64). */
DexFuture *cs_outbox_begin_step (CsStore    *store,
                                 gint64      entry,
                                 const char *step,
                                 const char *body) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_outbox_end_step (CsStore    *store,
                               gint64      step,
                               const char *outcome,
                               const char *detail) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsOutboxStep, in order */
DexFuture *cs_outbox_get_steps (CsStore *store,
                                gint64   entry) G_GNUC_WARN_UNUSED_RESULT;
/* Where the entry stands now; remote_id, url and message NULL leave what is there */
DexFuture *cs_outbox_settle (CsStore       *store,
                             gint64         entry,
                             CsOutboxState  state,
                             const char    *remote_id,
                             const char    *url,
                             const char    *message,
                             gint64         next_at) G_GNUC_WARN_UNUSED_RESULT;
/* A person asks for another try: FAILED, CONFLICT, SIGN_IN, WAITING become READY or UNKNOWN */
DexFuture *cs_outbox_retry (CsStore *store,
                            gint64   entry) G_GNUC_WARN_UNUSED_RESULT;
/* A person does not want it sent any more: its approval is void, the entry VOIDED.
 * Of one that has arrived only the message changes.
 */
DexFuture *cs_outbox_void (CsStore    *store,
                           gint64      entry,
                           const char *message) G_GNUC_WARN_UNUSED_RESULT;
/* The account works again: all of its SIGN_IN become READY or UNKNOWN. Resolves to how many, as a guint. */
DexFuture *cs_outbox_retry_account (CsStore *store,
                                    gint64   account) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsOutboxEntry, newest first; account 0 for all;
 * open_only: those that are not DONE, DIFFERS or VOIDED, in the order to be sent
 */
DexFuture *cs_outbox_list (CsStore *store,
                           gint64   account,
                           gboolean open_only) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_outbox_get (CsStore *store,
                          gint64   entry) G_GNUC_WARN_UNUSED_RESULT;
/* The last listing that went out DONE before the entry: what roll back returns to. Rejects with CS_ERROR_NOT_FOUND. */
DexFuture *cs_outbox_get_previous (CsStore *store,
                                   gint64   entry) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
