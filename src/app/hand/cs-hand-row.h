/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-hand-item.h"

G_BEGIN_DECLS

#define CS_TYPE_HAND_ROW (cs_hand_row_get_type ())

/**
 * CsHandRow:
 *
 * A line of how the seller writes, with what can be done about it; the page does
 * it. Alt+Up and Alt+Down move what can be moved.
 */
G_DECLARE_FINAL_TYPE (CsHandRow, cs_hand_row, CS, HAND_ROW, GtkListBoxRow)

GtkWidget *cs_hand_row_new (CsHandItem *item);
/* On the button that was pressed, as long as there is more to do with it */
void       cs_hand_row_grab_button (CsHandRow *self,
                                    gboolean   rise);

G_END_DECLS
