/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-db.h"
#include "cs-suggestion.h"

G_BEGIN_DECLS

/* Rows of suggestion s joined with item i, for the query files of the review */

#define CS_SUGGESTIONS_COLUMNS                                                           \
  "s.id, i.product, i.photo, i.field, s.engine, s.variant, s.is_question, s.text, "      \
  "s.language, s.evidence, s.remarks, s.picture, s.settings, s.hash, s.input, s.made_at, "   \
  "s.receipt, s.mask, s.abstains, s.sent, "                                                \
  "(SELECT CASE t.state WHEN 'in-flight' THEN -1 ELSE t.cost END FROM sent t WHERE t.id = s.sent), " \
  "(SELECT t.currency FROM sent t WHERE t.id = s.sent), "                                  \
  "(SELECT count(DISTINCT m.item * 100 + m.variant) FROM suggestion m WHERE m.sent = s.sent) "

CsSuggestion *cs_suggestions_read (CsStmt  *stmt,
                                   int      first,
                                   GError **error);

G_END_DECLS
