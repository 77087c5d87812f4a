/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kind.h"
#include "cs-channel.h"

G_BEGIN_DECLS

#define CS_TYPE_ETSY (cs_etsy_get_type ())

/* Etsy Open API v3 */
G_DECLARE_FINAL_TYPE (CsEtsy, cs_etsy, CS, ETSY, CsChannel)

extern const CsChannelKind cs_etsy_kind;

G_END_DECLS
