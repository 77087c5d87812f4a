/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_SHOP_FORM (cs_shop_form_get_type ())

/**
 * CsShopForm:
 *
 * What a marketplace wants typed, made from its kind: a row for each thing that
 * it asks. Tests at once and says whose shop it is. Emits "done".
 */
G_DECLARE_FINAL_TYPE (CsShopForm, cs_shop_form, CS, SHOP_FORM, AdwNavigationPage)

/* account: the one that is signed in to again, or NULL for a new one */
AdwNavigationPage *cs_shop_form_new (CsDesk              *desk,
                                     const CsChannelKind *kind,
                                     CsAccount           *account);

G_END_DECLS
