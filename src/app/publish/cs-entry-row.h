/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CS_TYPE_ENTRY_ROW (cs_entry_row_get_type ())

/* A listing's way to its channel, with what can be done about it. Property: item (a CsEntryItem). */
G_DECLARE_FINAL_TYPE (CsEntryRow, cs_entry_row, CS, ENTRY_ROW, AdwBin)

G_END_DECLS
