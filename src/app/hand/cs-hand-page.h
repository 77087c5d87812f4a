/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_HAND_PAGE (cs_hand_page_get_type ())

/**
 * CsHandPage:
 *
 * How the seller writes: what was learned from decisions and what was set, both
 * visible and to be changed. Each change is kept at once.
 * Properties: desk, state ("loading", "failed" or "list"), trouble, in-use,
 * learning, order-learned, order-set.
 */
G_DECLARE_FINAL_TYPE (CsHandPage, cs_hand_page, CS, HAND_PAGE, AdwNavigationPage)

G_END_DECLS
