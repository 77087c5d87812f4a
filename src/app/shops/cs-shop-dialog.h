/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_SHOP_DIALOG (cs_shop_dialog_get_type ())

/**
 * CsShopDialog:
 *
 * A shop is added, or looked after: pick the marketplace, paste its address and
 * keys or sign in with the browser, see who it is.
 */
G_DECLARE_FINAL_TYPE (CsShopDialog, cs_shop_dialog, CS, SHOP_DIALOG, AdwDialog)

/* A new one */
AdwDialog *cs_shop_dialog_new (CsDesk *desk);
AdwDialog *cs_shop_dialog_new_for (CsDesk    *desk,
                                   CsAccount *account);

/* The form that asks for its keys again */
AdwDialog *cs_shop_dialog_new_to_sign_in (CsDesk    *desk,
                                          CsAccount *account);

G_END_DECLS
