/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kind.h"
#include "cs-channel.h"

G_BEGIN_DECLS

#define CS_TYPE_TIKTOK_SHOP (cs_tiktok_shop_get_type ())

/* TikTok Shop, product API 202309 */
G_DECLARE_FINAL_TYPE (CsTiktokShop, cs_tiktok_shop, CS, TIKTOK_SHOP, CsChannel)

extern const CsChannelKind cs_tiktok_shop_kind;

G_END_DECLS
