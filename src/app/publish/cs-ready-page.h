/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_READY_PAGE (cs_ready_page_get_type ())

/**
 * CsReadyPage:
 *
 * What is decided and can be signed: chosen with checkboxes, checked for the
 * channel while it is looked at, read, and approved as a batch.
 */
G_DECLARE_FINAL_TYPE (CsReadyPage, cs_ready_page, CS, READY_PAGE, AdwNavigationPage)

G_END_DECLS
