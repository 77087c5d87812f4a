/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-account.h"

G_BEGIN_DECLS

#define CS_TYPE_ACCOUNT_ITEM (cs_account_item_get_type ())

/* A channel account in a list. Properties: name, state (in words), classes (of its dot), label. */
G_DECLARE_FINAL_TYPE (CsAccountItem, cs_account_item, CS, ACCOUNT_ITEM, GObject)

CsAccountItem *cs_account_item_new (CsAccount *account);
CsAccount     *cs_account_item_get_account (CsAccountItem *self);

/* Whether it is this account, and nothing of it that is shown has changed */
gboolean cs_account_item_shows (CsAccountItem *self,
                                CsAccount     *account);

G_END_DECLS
