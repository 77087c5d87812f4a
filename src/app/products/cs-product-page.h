/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_PRODUCT_PAGE (cs_product_page_get_type ())

/**
 * CsProductPage:
 *
 * One product: its photos, to be put in order or taken out, and what the
 * seller says of it.
 */
G_DECLARE_FINAL_TYPE (CsProductPage, cs_product_page, CS, PRODUCT_PAGE, AdwNavigationPage)

GtkWidget *cs_product_page_new (CsDesk *desk,
                                gint64  product);

G_END_DECLS
