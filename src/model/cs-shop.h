/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-record.h"

G_BEGIN_DECLS

/* What a shop says of itself when it is asked */
typedef struct
{
  char *name;
  char *currency; /* ISO 4217 */
  char *page;     /* where a customer sees it, or NULL */
  char *profile;  /* canonical JSON object that goes into the account's profile: the shop's
                   * own id at the marketplace, whether prices hold tax, units; or NULL */
  char *remark;   /* what the person should know, or NULL: "Prices in this shop are without tax." */
} CsShop;

#define CS_TYPE_SHOP (cs_shop_get_type ())

CS_DECLARE_RECORD (CsShop, cs_shop)

G_END_DECLS
