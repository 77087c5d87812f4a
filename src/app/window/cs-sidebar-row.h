/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CS_TYPE_SIDEBAR_ROW (cs_sidebar_row_get_type ())

/**
 * CsSidebarRow:
 *
 * A page's row in the sidebar. Properties: page (its tag), icon-name, title,
 * count (0 shows none) and urgent (the count asks for the person).
 */
G_DECLARE_FINAL_TYPE (CsSidebarRow, cs_sidebar_row, CS, SIDEBAR_ROW, GtkListBoxRow)

const char *cs_sidebar_row_get_page (CsSidebarRow *self);

G_END_DECLS
