/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_TERMS_DIALOG (cs_terms_dialog_get_type ())

/**
 * CsTermsDialog:
 *
 * What a marketplace wants to know of products: their category there, and what
 * that asks. What is answered holds for all of them.
 */
G_DECLARE_FINAL_TYPE (CsTermsDialog, cs_terms_dialog, CS, TERMS_DIALOG, AdwDialog)

/* products: (element-type gint64), not empty */
AdwDialog *cs_terms_dialog_new (CsDesk    *desk,
                                CsAccount *account,
                                GArray    *products);

G_END_DECLS
