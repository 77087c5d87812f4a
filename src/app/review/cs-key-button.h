/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CS_TYPE_KEY_BUTTON (cs_key_button_get_type ())

/**
 * CsKeyButton:
 *
 * A button with the key that does the same. Properties: caption, key, and
 * show-key, off where there is no room for it.
 */
G_DECLARE_FINAL_TYPE (CsKeyButton, cs_key_button, CS, KEY_BUTTON, GtkButton)

G_END_DECLS
