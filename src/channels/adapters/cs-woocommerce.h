/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kind.h"
#include "cs-channel.h"

G_BEGIN_DECLS

#define CS_TYPE_WOOCOMMERCE_CHANNEL (cs_woocommerce_channel_get_type ())

/* A shop with WordPress and WooCommerce. Secrets: "user" and "password" (an
 * application password, which pictures need), or "key" and "secret".
 */
G_DECLARE_FINAL_TYPE (CsWoocommerceChannel, cs_woocommerce_channel, CS, WOOCOMMERCE_CHANNEL, CsChannel)

extern const CsChannelKind cs_woocommerce_kind;

G_END_DECLS
