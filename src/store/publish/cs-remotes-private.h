/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-remotes.h"
#include "cs-store-private.h"

G_BEGIN_DECLS

/* Between the files that deal with what channels told */

#define CS_REMOTES_SELECT                                                                      \
  "SELECT account, remote_id, key, sku, version, url, live, title, description, price, body, " \
  "  pictures, pulled_at, stock, more FROM remote_listing "

/* Of a row that CS_REMOTES_SELECT yields */
CsRemoteListing *cs_remotes_read (CsStmt *stmt);
/* product 0 leaves what is linked */
gboolean         cs_remotes_write (CsDb            *db,
                                   CsRemoteListing *remote,
                                   gint64           product,
                                   GError         **error);

G_END_DECLS
