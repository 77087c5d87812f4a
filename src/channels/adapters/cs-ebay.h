/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kind.h"
#include "cs-channel.h"

G_BEGIN_DECLS

#define CS_TYPE_EBAY (cs_ebay_get_type ())

/* eBay, by its Inventory API */
G_DECLARE_FINAL_TYPE (CsEbay, cs_ebay, CS, EBAY, CsChannel)

extern const CsChannelKind cs_ebay_kind;

G_END_DECLS
