/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_CATEGORY_PAGE (cs_category_page_get_type ())

/**
 * CsCategoryPage:
 *
 * A marketplace's categories, level by level or by what is typed. Goes down in
 * the AdwNavigationView around it. Emits "picked" (string id, string label).
 */
G_DECLARE_FINAL_TYPE (CsCategoryPage, cs_category_page, CS, CATEGORY_PAGE, AdwNavigationPage)

CsCategoryPage *cs_category_page_new (CsDesk *desk,
                                      gint64  account);

G_END_DECLS
