/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-review-sheet.h"

G_BEGIN_DECLS

#define CS_TYPE_FIELD_ROW (cs_field_row_get_type ())

/**
 * CsFieldRow:
 *
 * One item of the review: original, suggestion, where it comes from, and what
 * can be done with it. Emits "decided" (CsVerdict as int) for its own buttons,
 * "written" when an edit is to be saved, "answered" (string) for a question.
 */
G_DECLARE_FINAL_TYPE (CsFieldRow, cs_field_row, CS, FIELD_ROW, GtkListBoxRow)

GtkWidget    *cs_field_row_new (CsReviewSheet *sheet,
                                CsReviewItem  *item);
CsReviewItem *cs_field_row_get_item (CsFieldRow *self);
/* What a model is writing about it at this moment: to be seen, not to be decided
 * on. text NULL where none is.
 */
void          cs_field_row_set_provisional (CsFieldRow *self,
                                            const char *engine,
                                            const char *text);
void          cs_field_row_focus_editor (CsFieldRow *self);
void          cs_field_row_focus_answer (CsFieldRow *self);

G_END_DECLS
