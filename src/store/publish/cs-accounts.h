/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-account.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* Resolves to a #GPtrArray of CsAccount; a new library has the practice shop */
DexFuture *cs_accounts_list (CsStore *store) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsAccount */
DexFuture *cs_accounts_get (CsStore *store,
                            gint64   id) G_GNUC_WARN_UNUSED_RESULT;
/* id 0 adds. Resolves to the id (gint64). */
DexFuture *cs_accounts_put (CsStore   *store,
                            CsAccount *account) G_GNUC_WARN_UNUSED_RESULT;
/* Why it is left alone, and until when (seconds since 1970, or 0); nothing else of it */
DexFuture *cs_accounts_set_pause (CsStore    *store,
                                  gint64      id,
                                  gint64      until,
                                  const char *message) G_GNUC_WARN_UNUSED_RESULT;
/* It is shown no more; what was sent to it stays, and what was
 * approved for it and has not gone out is void. Rejects with CS_ERROR_REFUSED
 * while something is under way there.
 */
DexFuture *cs_accounts_remove (CsStore *store,
                               gint64   id) G_GNUC_WARN_UNUSED_RESULT;
/* One that was only just put, and that nothing was ever about: as if it had never been */
DexFuture *cs_accounts_drop (CsStore *store,
                             gint64   id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
