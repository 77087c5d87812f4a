/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_PUBLISHED_PAGE (cs_published_page_get_type ())

/**
 * CsPublishedPage:
 *
 * Each listing on each channel, live: what is on its way, what is there, what
 * went wrong and how to mend it.
 */
G_DECLARE_FINAL_TYPE (CsPublishedPage, cs_published_page, CS, PUBLISHED_PAGE, AdwNavigationPage)

G_END_DECLS
