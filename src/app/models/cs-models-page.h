/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_MODELS_PAGE (cs_models_page_get_type ())

/**
 * CsModelsPage:
 *
 * All models under one name: those that write, those that paint backgrounds
 * and those that cut products out. Property: desk.
 */
G_DECLARE_FINAL_TYPE (CsModelsPage, cs_models_page, CS, MODELS_PAGE, AdwNavigationPage)

/* view: "writing", "scenes" or "cutout" */
void cs_models_page_show_view (CsModelsPage *self,
                               const char   *view);

G_END_DECLS
