/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_TRIAL_PAGE (cs_trial_page_get_type ())

/* What sending one listing would change there, and what stands in its way */
G_DECLARE_FINAL_TYPE (CsTrialPage, cs_trial_page, CS, TRIAL_PAGE, AdwNavigationPage)

AdwNavigationPage *cs_trial_page_new (CsTrial *trial);

G_END_DECLS
