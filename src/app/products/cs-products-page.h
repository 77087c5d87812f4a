/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_PRODUCTS_PAGE (cs_products_page_get_type ())

/**
 * CsProductsPage:
 *
 * All products as cards: search as typed, open, put together, archive.
 */
G_DECLARE_FINAL_TYPE (CsProductsPage, cs_products_page, CS, PRODUCTS_PAGE, AdwNavigationPage)

G_END_DECLS
