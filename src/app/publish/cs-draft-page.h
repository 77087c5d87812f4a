/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-draft-item.h"

G_BEGIN_DECLS

#define CS_TYPE_DRAFT_PAGE (cs_draft_page_get_type ())

/**
 * CsDraftPage:
 *
 * One listing exactly as it would be sent: every field in words, the pictures
 * with their descriptions, and the very bytes with their hash.
 */
G_DECLARE_FINAL_TYPE (CsDraftPage, cs_draft_page, CS, DRAFT_PAGE, AdwNavigationPage)

AdwNavigationPage *cs_draft_page_new (CsDesk  *desk,
                                      CsDraft *draft);

G_END_DECLS
