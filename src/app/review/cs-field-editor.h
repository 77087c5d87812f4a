/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CS_TYPE_FIELD_EDITOR (cs_field_editor_get_type ())

/**
 * CsFieldEditor:
 *
 * Where a text is edited in place. Ctrl+Enter emits "saved", Esc "left", but
 * neither while an input method is composing: then the keys are its own.
 * Emits "written" at each change of the text.
 */
G_DECLARE_FINAL_TYPE (CsFieldEditor, cs_field_editor, CS, FIELD_EDITOR, AdwBin)

void  cs_field_editor_begin (CsFieldEditor *self,
                             const char    *text,
                             const char    *name);
char *cs_field_editor_dup_text (CsFieldEditor *self);

G_END_DECLS
