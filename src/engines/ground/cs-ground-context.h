/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-ground-number.h"

G_BEGIN_DECLS

/* What the words around a number tell of it */

gboolean      cs_quantity_is_length (CsQuantity quantity);
/* "x" between numbers */
gboolean      cs_ground_is_times (GArray *tokens,
                                  guint   index);
CsQuantity    cs_ground_quantity_before (GArray *tokens,
                                         guint   first);
/* n_tokens: what of it belongs to the number */
CsQuantity    cs_ground_quantity_after (GArray *tokens,
                                        guint   end,
                                        guint  *n_tokens);
/* "20 × 30 × 5 cm": the unit that stands at the end only, or NULL */
const CsUnit *cs_ground_shared_unit (GArray  *tokens,
                                     guint    end,
                                     gboolean length);
/* "24 cm long 18 wide": the unit that stood with the one before, or NULL */
const CsUnit *cs_ground_length_before (GArray *tokens,
                                       guint   first);
/* Is it said of each, or of all together? */
CsScope       cs_ground_scope_at (GArray *tokens,
                                  guint   first,
                                  guint   end);
CsCompare     cs_ground_compare_at (GArray *tokens,
                                    guint   first,
                                    guint   end);
void          cs_number_add_noun (CsNumber   *number,
                                  const char *noun);
void          cs_ground_read_nouns (GArray   *tokens,
                                    guint     end,
                                    CsNumber *number);
/* Do shares stand after what they are shares of? */
gboolean      cs_ground_shares_follow (GArray *tokens,
                                       guint   first);
void          cs_ground_read_nouns_before (GArray   *tokens,
                                           guint     first,
                                           CsNumber *number);

/* "the seventies", "1970s"; "28 March": how many tokens, or 0 */
guint         cs_ground_decade_match (GArray   *tokens,
                                      guint     first,
                                      CsNumber *number);
guint         cs_ground_month_match (GArray   *tokens,
                                     guint     first,
                                     CsNumber *number);

G_END_DECLS
