/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cs-publisher.h"

G_BEGIN_DECLS

/* Shops of tests/channels/fault_shop.py, in a process of their own; the program
 * is named by CS_FAULT_SHOP. What is asked of them here blocks.
 */
typedef struct _CsFaultShop CsFaultShop;

#define CS_FAULT_SHOP_ADAPTER "woocommerce/1"

CsFaultShop *cs_fault_shop_new (guint n_shops);
void         cs_fault_shop_free (CsFaultShop *self);
/* The shop's process is ended and begun again on what it kept */
void         cs_fault_shop_restart (CsFaultShop *self);
char        *cs_fault_shop_dup_address (CsFaultShop *self,
                                        guint        shop);
/* Says something to the switchboard; format makes JSON, or NULL */
JsonNode    *cs_fault_shop_ask (CsFaultShop *self,
                                guint        shop,
                                const char  *verb,
                                const char  *format,
                                ...) G_GNUC_PRINTF (4, 5);
void         cs_fault_shop_tell (CsFaultShop *self,
                                 guint        shop,
                                 const char  *verb,
                                 const char  *format,
                                 ...) G_GNUC_PRINTF (4, 5);

/* WooCommerce's adapter, patient and hasty enough for tests; before the first channel is made */
void         cs_fault_shop_hurry (guint settle_seconds);
/* A channel with the keys that the shops know, given to the publisher for an account */
void         cs_fault_shop_join (CsPublisher *publisher,
                                 CsAccount   *account);

/* A product of a shop's "state" is what was signed, its pictures' bytes too, and customers see it */
void         cs_fault_shop_assert_product (JsonNode   *state,
                                           JsonObject *product,
                                           CsListing  *listing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsFaultShop, cs_fault_shop_free)

G_END_DECLS
