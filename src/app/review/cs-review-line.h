/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

#define CS_TYPE_REVIEW_LINE (cs_review_line_get_type ())

/**
 * CsReviewLine:
 *
 * Keys are quicker than disks. What they ask for stands in line and is done
 * one after the other; each step carries what it is about from the moment the
 * key was pressed. When a step fails, those behind it were asked for in the
 * belief that it would not, and are let go. Emits "idle" when the line is empty.
 */
G_DECLARE_FINAL_TYPE (CsReviewLine, cs_review_line, CS, REVIEW_LINE, GObject)

CsReviewLine *cs_review_line_new (void);
void          cs_review_line_push (CsReviewLine  *self,
                                   DexFiberFunc   step,
                                   gpointer       data,
                                   GDestroyNotify data_destroy);
gboolean      cs_review_line_is_idle (CsReviewLine *self);
void          cs_review_line_clear (CsReviewLine *self);

G_END_DECLS
