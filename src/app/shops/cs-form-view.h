/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-form.h"

G_BEGIN_DECLS

#define CS_TYPE_FORM_VIEW (cs_form_view_get_type ())

/**
 * CsFormView:
 *
 * What a marketplace asks, as rows: what it needs first, then what may stay
 * empty. Long lists of choices open as a page of their own, with a search, in
 * the AdwNavigationView around it. All texts are from outside and no markup.
 */
G_DECLARE_FINAL_TYPE (CsFormView, cs_form_view, CS, FORM_VIEW, GtkBox)

/* NULL for none */
void     cs_form_view_set_form (CsFormView *self,
                                CsForm     *form);
/* What stands in the rows: canonical JSON as cs_form_check() takes, what is empty left out */
char    *cs_form_view_dup_values (CsFormView *self);
/* Says at each field what is wrong with it, and goes to the first. FALSE where something is. */
gboolean cs_form_view_check (CsFormView *self);

G_END_DECLS
