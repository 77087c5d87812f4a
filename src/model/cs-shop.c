/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-shop.h"

static void
cs_shop_clear (CsShop *self)
{
  g_free (self->name);
  g_free (self->currency);
  g_free (self->page);
  g_free (self->profile);
  g_free (self->remark);
}

CS_DEFINE_RECORD (CsShop, cs_shop)
