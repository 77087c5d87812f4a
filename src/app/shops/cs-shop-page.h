/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_SHOP_PAGE (cs_shop_page_get_type ())

/**
 * CsShopPage:
 *
 * One account: its state, and what can be done with it. Emits "sign-in" and
 * "profile" where the person wants to, and "done" where it is not there any more.
 */
G_DECLARE_FINAL_TYPE (CsShopPage, cs_shop_page, CS, SHOP_PAGE, AdwNavigationPage)

AdwNavigationPage *cs_shop_page_new (CsDesk    *desk,
                                     CsAccount *account);
CsAccount         *cs_shop_page_get_account (CsShopPage *self);

G_END_DECLS
