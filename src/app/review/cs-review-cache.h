/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-review-sheet.h"

G_BEGIN_DECLS

#define CS_TYPE_REVIEW_CACHE (cs_review_cache_get_type ())

/**
 * CsReviewCache:
 *
 * The sheets last used and those that come next. A few are kept, and any on
 * which something is written but not saved.
 */
G_DECLARE_FINAL_TYPE (CsReviewCache, cs_review_cache, CS, REVIEW_CACHE, GObject)

CsReviewCache *cs_review_cache_new (CsDesk *desk);
/* Returns: (transfer full): the sheet, whether it is loaded or not */
CsReviewSheet *cs_review_cache_get (CsReviewCache *self,
                                    gint64         product);
/* Loads a sheet and the pictures of its first photo before they are asked for */
void cs_review_cache_prefetch (CsReviewCache *self,
                               gint64         product,
                               int            max_side);
/* The product is different now; 0 for all */
void cs_review_cache_invalidate (CsReviewCache *self,
                                 gint64         product);

G_END_DECLS
