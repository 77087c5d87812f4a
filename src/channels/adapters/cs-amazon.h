/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kind.h"
#include "cs-channel.h"

G_BEGIN_DECLS

#define CS_TYPE_AMAZON (cs_amazon_get_type ())

/* Amazon, by its Listings Items API */
G_DECLARE_FINAL_TYPE (CsAmazon, cs_amazon, CS, AMAZON, CsChannel)

extern const CsChannelKind cs_amazon_kind;

G_END_DECLS
