/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-form.h"

G_BEGIN_DECLS

#define CS_TYPE_FORM_ROW (cs_form_row_get_type ())

/**
 * CsFormRow:
 *
 * One thing that a marketplace asks: the row that it is answered in, and below
 * it what explains it and what is wrong with the answer.
 */
G_DECLARE_FINAL_TYPE (CsFormRow, cs_form_row, CS, FORM_ROW, GObject)

/* field: one of the form's */
CsFormRow *cs_form_row_new (CsForm      *form,
                            CsFormField *field);
/* Its widgets, at the end of a group */
void       cs_form_row_add_to (CsFormRow           *self,
                               AdwPreferencesGroup *group);
/* Sets the member, where there is an answer */
void       cs_form_row_write (CsFormRow  *self,
                              JsonObject *values);
/* Shows what is wrong; FALSE where something is */
gboolean   cs_form_row_check (CsFormRow *self);
void       cs_form_row_grab_focus (CsFormRow *self);

G_END_DECLS
