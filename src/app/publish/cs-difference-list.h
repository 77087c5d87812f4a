/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CS_TYPE_DIFFERENCE_LIST (cs_difference_list_get_type ())

/**
 * CsDifferenceList:
 *
 * A listing field by field: as it was, as it is there now, and as it was
 * approved, word by word against what stands before it. A column that says
 * nothing anywhere is left out. Property: narrow, columns one below the other.
 */
G_DECLARE_FINAL_TYPE (CsDifferenceList, cs_difference_list, CS, DIFFERENCE_LIST, GtkBox)

/* differences: (element-type CsDifference); ours: what the last column is called */
void cs_difference_list_show (CsDifferenceList *self,
                              GPtrArray        *differences,
                              const char       *ours);

G_END_DECLS
