/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_TRIAL_DIALOG (cs_trial_dialog_get_type ())

/**
 * CsTrialDialog:
 *
 * The dry run: what sending would change in the shop, listing by listing.
 * Nothing is sent.
 */
G_DECLARE_FINAL_TYPE (CsTrialDialog, cs_trial_dialog, CS, TRIAL_DIALOG, AdwDialog)

/* products: (element-type gint64) that are ready; or NULL for all that is approved and waits */
AdwDialog *cs_trial_dialog_new (CsDesk *desk,
                                gint64  account,
                                GArray *products);

G_END_DECLS
