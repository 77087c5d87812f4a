/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_SENT_PAGE (cs_sent_page_get_type ())

/**
 * CsSentPage:
 *
 * Everything that was ever sent to a model, newest first, and what each month
 * came to. Properties: desk, list, months (a text, one a line), state
 * ("loading", "failed", "empty" or "list"), trouble, has-more.
 */
G_DECLARE_FINAL_TYPE (CsSentPage, cs_sent_page, CS, SENT_PAGE, AdwNavigationPage)

G_END_DECLS
