/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

#define CS_TYPE_PRACTICE_SHOP (cs_practice_shop_get_type ())

/**
 * CsPracticeShop:
 *
 * A shop to practise with: a web server on this computer only, started when it
 * is first used. Customers' pages are open to any browser here; what writes
 * wants a token that is minted at each start and never leaves the process, so
 * that no web page and no other program can put things on the shelves.
 *
 * For customers: `/`, `/p/ID`, `/picture/HASH`. For the adapter, JSON with
 * `Authorization: Bearer TOKEN`:
 *
 * - `POST /api/pictures` (the bytes) → 201 `{"id"}`
 * - `POST /api/products` → 201, a draft; 409 where another product has the key or the SKU
 * - `PUT /api/products/ID`, `POST /api/products/ID/publish`, `…/withdraw`
 * - `GET /api/products/ID`, `GET /api/products?key=&sku=`, `GET /api/products?cursor=&limit=`
 */
G_DECLARE_FINAL_TYPE (CsPracticeShop, cs_practice_shop, CS, PRACTICE_SHOP, GObject)

/* folder: where it keeps its things */
CsPracticeShop *cs_practice_shop_new (const char *folder);
/* Resolves to its address as a string, once it serves */
DexFuture      *cs_practice_shop_start (CsPracticeShop *self) G_GNUC_WARN_UNUSED_RESULT;
void            cs_practice_shop_stop (CsPracticeShop *self);
/* NULL until it was started */
const char     *cs_practice_shop_get_address (CsPracticeShop *self);
const char     *cs_practice_shop_get_token (CsPracticeShop *self);

G_END_DECLS
