/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-outbox.h"
#include "cs-store-private.h"

G_BEGIN_DECLS

/* Between the files that deal with what is signed and sent */

/* Of an entry o: a step whose outcome nobody knows, and no look since has told */
#define CS_OUTBOX_HAS_OPEN_STEP                                                          \
  "EXISTS (SELECT 1 FROM outbox_step s WHERE s.entry = o.id"                             \
  "          AND (s.outcome IS NULL OR s.outcome = 'unknown')"                           \
  "          AND NOT EXISTS (SELECT 1 FROM outbox_step l WHERE l.entry = s.entry AND l.id > s.id" \
  "                            AND " CS_OUTBOX_IS_LOOK ("l.step")                        \
  "                            AND l.outcome IN ('done', 'found', 'not-found')))"

/* Steps that only look: "look-up", "read-before", "read-back" */
#define CS_OUTBOX_IS_LOOK(column) "(" column " = 'look-up' OR " column " LIKE 'read-%')"

gboolean   cs_outbox_refuse_missing (GError **error);
CsListing *cs_outbox_read_listing (CsStmt  *stmt,
                                   int      hash,
                                   int      bytes,
                                   GError **error);

G_END_DECLS
