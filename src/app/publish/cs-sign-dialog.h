/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_SIGN_DIALOG (cs_sign_dialog_get_type ())

/**
 * CsSignDialog:
 *
 * What will leave the computer, to be read, and the button that signs it. What
 * is signed are the very drafts that are shown; where something moved since,
 * they are shown anew. Nothing else in the window approves anything.
 */
G_DECLARE_FINAL_TYPE (CsSignDialog, cs_sign_dialog, CS, SIGN_DIALOG, AdwDialog)

/* ids: (element-type gint64), prepared for account; can_sign FALSE is for reading only */
AdwDialog *cs_sign_dialog_new (CsDesk    *desk,
                               CsAccount *account,
                               GArray    *ids,
                               gboolean   can_sign);
/* A roll back or a withdrawal */
AdwDialog *cs_sign_dialog_new_for_draft (CsDesk     *desk,
                                         CsDraft    *draft,
                                         const char *account_name);
/* Drafts of one account: (element-type CsDraft), not empty */
AdwDialog *cs_sign_dialog_new_for_drafts (CsDesk     *desk,
                                          GPtrArray  *drafts,
                                          const char *account_name);

G_END_DECLS
