/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-desk.h"
#include "cs-diff-text.h"

G_BEGIN_DECLS

#define CS_TYPE_REVIEW_ITEM (cs_review_item_get_type ())

/**
 * CsReviewItem:
 *
 * One thing to decide on as it stands on the screen: the record, which of its
 * variants is shown, and what the person is writing. It outlives a refresh, so
 * that an edit, the focus and the scroll position do too. Emits "changed".
 */
G_DECLARE_FINAL_TYPE (CsReviewItem, cs_review_item, CS, REVIEW_ITEM, GObject)

CsReviewItem *cs_review_item_new (CsItem *item);
CsItem       *cs_review_item_get_item (CsReviewItem *self);
gboolean      cs_review_item_set_item (CsReviewItem *self,
                                       CsItem       *item);
gboolean      cs_review_item_is (CsReviewItem *self,
                                 CsField       field,
                                 gint64        photo);

guint         cs_review_item_get_n_variants (CsReviewItem *self);
guint         cs_review_item_get_variant (CsReviewItem *self);
void          cs_review_item_set_variant (CsReviewItem *self,
                                          guint         variant);
CsSuggestion *cs_review_item_get_suggestion (CsReviewItem *self);
/* What this engine has for it now comes into view, where it has something; as anew */
void          cs_review_item_show_of (CsReviewItem *self,
                                      const char   *engine);
gboolean      cs_review_item_is_unread (CsReviewItem *self);
gboolean      cs_review_item_has_answer (CsReviewItem *self);
void          cs_review_item_prefer_answer (CsReviewItem *self);
char         *cs_review_item_dup_obstacle (CsReviewItem *self);
const char   *cs_suggestion_get_price (CsSuggestion *suggestion);

/* What is written but not saved; NULL while nothing is being edited */
const char *cs_review_item_get_draft (CsReviewItem *self);
void        cs_review_item_set_draft (CsReviewItem *self,
                                      const char   *draft);
/* Work is under way for it: a decision being saved, a picture being made */
gboolean cs_review_item_get_busy (CsReviewItem *self);
void     cs_review_item_set_busy (CsReviewItem *self,
                                  gboolean      busy);

gboolean     cs_review_item_is_pending (CsReviewItem *self);
gboolean     cs_review_item_is_question (CsReviewItem *self);
gboolean     cs_review_item_can_decide (CsReviewItem *self,
                                        CsVerdict     verdict);
const char  *cs_review_item_get_shown (CsReviewItem *self);
CsEvidence  *cs_review_item_get_evidence (CsReviewItem *self);
CsDiffLayout cs_review_item_get_layout (CsReviewItem *self);
const char  *cs_review_item_get_picture (CsReviewItem *self);

G_END_DECLS
