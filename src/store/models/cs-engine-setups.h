/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine-setup.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* Models that the seller added, and what a person agreed that they be sent. Keys
 * are nowhere here: has_key says whether the desktop's keyring was given one.
 */

/* Resolves to a #GPtrArray of CsEngineSetup, those that were added, in that order */
DexFuture *cs_engine_setups_list (CsStore *store) G_GNUC_WARN_UNUSED_RESULT;
/* Also one that was removed. Resolves to a CsEngineSetup. */
DexFuture *cs_engine_setups_get (CsStore    *store,
                                 const char *id) G_GNUC_WARN_UNUSED_RESULT;
/* An id that was never used in this library, made of a provider's ("qwen", then
 * "qwen-2"). Resolves to a string.
 */
DexFuture *cs_engine_setups_find_id (CsStore    *store,
                                     const char *provider) G_GNUC_WARN_UNUSED_RESULT;
/* Adds or changes the one with its id. What was agreed to is not taken from
 * there: another address takes it back, face says through whom. Resolves to true.
 */
DexFuture *cs_engine_setups_put (CsStore       *store,
                                 CsEngineSetup *setup,
                                 const char    *face) G_GNUC_WARN_UNUSED_RESULT;
/* What it was sent and what it suggested stay. Resolves to true. */
DexFuture *cs_engine_setups_remove (CsStore    *store,
                                    const char *id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_engine_setups_set_learned (CsStore    *store,
                                         const char *id,
                                         const char *learned) G_GNUC_WARN_UNUSED_RESULT;
/* A person agreed that texts, or texts and photos, go to this very address, or
 * took it back. Rejects with CS_ERROR_STALE where it is another one by now.
 */
DexFuture *cs_engine_setups_allow (CsStore    *store,
                                   const char *id,
                                   const char *address,
                                   gboolean    texts,
                                   gboolean    photos,
                                   const char *face) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
