/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kind.h"
#include "cs-channel.h"

G_BEGIN_DECLS

#define CS_TYPE_SHOPIFY_CHANNEL (cs_shopify_channel_get_type ())

/* A shop at Shopify. Secrets: "client_id" and "client_secret" of the seller's own
 * app, or "token" of one from before 2026; "access_token" and "expires_at" once
 * signed in.
 */
G_DECLARE_FINAL_TYPE (CsShopifyChannel, cs_shopify_channel, CS, SHOPIFY_CHANNEL, CsChannel)

extern const CsChannelKind cs_shopify_kind;

G_END_DECLS
