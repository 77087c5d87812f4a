/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-diff-text.h"

G_BEGIN_DECLS

#define CS_TYPE_DIFF_LABEL (cs_diff_label_get_type ())

/**
 * CsDiffLabel:
 *
 * One side of a change, with what was removed or added marked, and with the
 * phrases that have no source. Pointing at a phrase emits "pointed" (int
 * phrase), -1 when none is pointed at any more.
 */
G_DECLARE_FINAL_TYPE (CsDiffLabel, cs_diff_label, CS, DIFF_LABEL, GtkWidget)

void     cs_diff_label_set_text (CsDiffLabel *self,
                                 const char  *before,
                                 const char  *after,
                                 CsDiffSide   side,
                                 CsDiffLayout layout,
                                 CsEvidence  *evidence);
void     cs_diff_label_set_pointed (CsDiffLabel *self,
                                    GArray      *phrases);
gboolean cs_diff_label_get_phrase (CsDiffLabel  *self,
                                   guint         phrase,
                                   GdkRectangle *place);

G_END_DECLS
