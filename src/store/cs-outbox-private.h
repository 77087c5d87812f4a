/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-outbox.h"
#include "cs-store-private.h"

G_BEGIN_DECLS

/* Between the files that deal with what is signed and sent */

gboolean   cs_outbox_refuse_missing (GError **error);
CsListing *cs_outbox_read_listing (CsStmt  *stmt,
                                   int      hash,
                                   int      bytes,
                                   GError **error);

G_END_DECLS
