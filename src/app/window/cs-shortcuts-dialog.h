/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CS_TYPE_SHORTCUTS_DIALOG (cs_shortcuts_dialog_get_type ())

/* Every key of the program, in words: GTK's own shortcuts window is deprecated,
 * and libadwaita has one only since 1.8.
 */
G_DECLARE_FINAL_TYPE (CsShortcutsDialog, cs_shortcuts_dialog, CS, SHORTCUTS_DIALOG, AdwDialog)

AdwDialog *cs_shortcuts_dialog_new (void);

G_END_DECLS
