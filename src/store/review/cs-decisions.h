/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-item.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* Suggestions come in, decisions of a person stand over them. */

/* Stores what one engine made of one product, in one job, and supersedes that
 * engine's former ones where no decision stands. A decided item stays decided;
 * what is new for it takes its place when the decision is taken back. One that
 * is as it was (by its hash) stays the same suggestion. suggestions NULL: the
 * input is what it was, and so is everything else; the product counts as seen.
 * facts: those of the CsProduct that the engine was given; where they changed
 * meanwhile it does not count as seen. input: as cs_engine_dup_input().
 * Resolves to true.
 */
DexFuture *cs_suggestions_put (CsStore    *store,
                               gint64      product,
                               gint64      facts,
                               const char *engine,
                               const char *input,
                               GPtrArray  *suggestions) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the input that the engine's stored suggestions were made from, or a NULL string */
DexFuture *cs_suggestions_get_input (CsStore    *store,
                                     gint64      product,
                                     const char *engine) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsSuggestion */
DexFuture *cs_suggestions_get (CsStore *store,
                               gint64   id) G_GNUC_WARN_UNUSED_RESULT;

/* Resolves to a #GPtrArray of CsItem in the review's order (fields, then alt
 * texts by photo, then pictures by photo), each with its current suggestions
 */
DexFuture *cs_items_list (CsStore *store,
                          gint64   product) G_GNUC_WARN_UNUSED_RESULT;
/* The engines that every product is shown to (ids, NULL-terminated): one that
 * was never heard of could not be missed. Resolves to true.
 */
DexFuture *cs_suggestions_expect (CsStore           *store,
                                  const char *const *engines) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GArray of gint64: products that an engine has not seen in their present form, oldest first */
DexFuture *cs_items_list_unsuggested (CsStore *store) G_GNUC_WARN_UNUSED_RESULT;

/* Appends decisions (element-type CsDecision) in one job: on disk when it
 * resolves. They are one key press: undo takes all of them back. Refuses all of them with CS_ERROR_STALE where one was made on a
 * suggestion that is not the current one or whose hash is not what was shown.
 * Voids approvals of the product that have not gone out. Resolves to true.
 */
DexFuture *cs_decisions_add (CsStore   *store,
                             GPtrArray *decisions) G_GNUC_WARN_UNUSED_RESULT;
/* Takes back the last key press that stands, by appending. Resolves to a
 * #GPtrArray of CsDecision: what was taken back; empty where nothing is left.
 */
DexFuture *cs_decisions_undo (CsStore    *store,
                              const char *face) G_GNUC_WARN_UNUSED_RESULT;
/* The recipe of the picture that was accepted last and still is, of any product.
 * Resolves to JSON, or a NULL string where there is none.
 */
DexFuture *cs_decisions_get_last_picture_settings (CsStore *store) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsDecision, newest first; product 0 for all */
DexFuture *cs_decisions_list (CsStore *store,
                              gint64   product,
                              guint    most) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
