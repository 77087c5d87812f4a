/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-listing.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* What a channel told about its listings, as last pulled: replaces by account and remote id */
DexFuture *cs_remotes_put (CsStore         *store,
                           CsRemoteListing *remote,
                           gint64           product) G_GNUC_WARN_UNUSED_RESULT;
/* The channel says that it is not there any more: the next approval adds it anew */
DexFuture *cs_remotes_forget (CsStore    *store,
                              gint64      account,
                              const char *remote_id) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsRemoteListing, or rejects with CS_ERROR_NOT_FOUND */
DexFuture *cs_remotes_get (CsStore *store,
                           gint64   account,
                           gint64   product) G_GNUC_WARN_UNUSED_RESULT;
/* The same by its own id */
DexFuture *cs_remotes_get_one (CsStore    *store,
                               gint64      account,
                               const char *remote_id) G_GNUC_WARN_UNUSED_RESULT;
/* Says which listing of the account a product is; NULL for none. What was signed
 * for it and has not gone out is void.
 */
DexFuture *cs_remotes_link (CsStore    *store,
                            gint64      account,
                            gint64      product,
                            const char *remote_id) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsRemoteListing */
DexFuture *cs_remotes_list (CsStore *store,
                            gint64   account) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
