/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CS_TYPE_PRODUCT_CARD (cs_product_card_get_type ())

/**
 * CsProductCard:
 *
 * A product in the grid. Dragged onto another card it asks its page, with
 * "products.drop" (xx: into, dragged), to put the two together.
 * Property: item (a CsRowItem).
 */
G_DECLARE_FINAL_TYPE (CsProductCard, cs_product_card, CS, PRODUCT_CARD, AdwBin)

G_END_DECLS
