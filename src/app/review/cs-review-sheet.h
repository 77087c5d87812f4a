/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-review-item.h"

G_BEGIN_DECLS

#define CS_TYPE_REVIEW_SHEET (cs_review_sheet_get_type ())

/**
 * CsReviewSheet:
 *
 * One product as it lies on the table: the product and its items in the
 * review's order. Refreshing merges: what is shown, chosen and written stays.
 * Emits "changed" when the product or the set of items is different.
 */
G_DECLARE_FINAL_TYPE (CsReviewSheet, cs_review_sheet, CS, REVIEW_SHEET, GObject)

CsReviewSheet *cs_review_sheet_new (CsDesk *desk,
                                    gint64  product);
gint64         cs_review_sheet_get_id (CsReviewSheet *self);
CsDesk        *cs_review_sheet_get_desk (CsReviewSheet *self);
/* NULL until it was loaded */
CsProduct  *cs_review_sheet_get_product (CsReviewSheet *self);
GListModel *cs_review_sheet_get_items (CsReviewSheet *self);
/* Resolves to true when what is on disk now is on the sheet; calls made
 * meanwhile share the next reading
 */
DexFuture    *cs_review_sheet_refresh (CsReviewSheet *self) G_GNUC_WARN_UNUSED_RESULT;
CsReviewItem *cs_review_sheet_find (CsReviewSheet *self,
                                    CsField        field,
                                    gint64         photo);
CsReviewItem *cs_review_sheet_get_neighbour (CsReviewSheet *self,
                                             CsReviewItem  *from,
                                             int            step);
CsReviewItem *cs_review_sheet_get_next (CsReviewSheet *self,
                                        CsReviewItem  *after,
                                        gboolean       also_busy);
gboolean      cs_review_sheet_is_done (CsReviewSheet *self);
gboolean      cs_review_sheet_has_draft (CsReviewSheet *self);
char         *cs_review_sheet_dup_title (CsReviewSheet *self);
guint         cs_review_sheet_get_n_photos (CsReviewSheet *self);
CsPhoto      *cs_review_sheet_get_photo (CsReviewSheet *self,
                                         guint          index);
int           cs_review_sheet_find_photo (CsReviewSheet *self,
                                          gint64         photo);

/* Where the person was on it */
CsReviewItem *cs_review_sheet_get_focus (CsReviewSheet *self);
void          cs_review_sheet_set_focus (CsReviewSheet *self,
                                         CsReviewItem  *item);

G_END_DECLS
