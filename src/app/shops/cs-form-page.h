/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-form.h"

G_BEGIN_DECLS

#define CS_TYPE_FORM_PAGE (cs_form_page_get_type ())

/**
 * CsFormPage:
 *
 * A form of a marketplace with a button that keeps it. Emits "save" (string
 * values) once nothing is wrong with them, "category" where another is to be
 * chosen, and "again" to have the form read once more.
 */
G_DECLARE_FINAL_TYPE (CsFormPage, cs_form_page, CS, FORM_PAGE, AdwNavigationPage)

CsFormPage *cs_form_page_new (const char *title,
                              const char *hint);
/* The form came; NULL where nothing is asked */
void        cs_form_page_set_form (CsFormPage *self,
                                   CsForm     *form);
/* A row above the form; label: the one that is chosen, or NULL */
void        cs_form_page_set_category (CsFormPage *self,
                                       const char *label);
/* It is waited for */
void        cs_form_page_begin (CsFormPage *self);
/* Why there is no form */
void        cs_form_page_fail (CsFormPage   *self,
                               const GError *error);
/* Why it could not be kept, or NULL: over what is typed */
void        cs_form_page_say (CsFormPage *self,
                              const char *trouble);

G_END_DECLS
