/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kind.h"
#include "cs-channel.h"

G_BEGIN_DECLS

#define CS_TYPE_VENDURE_CHANNEL (cs_vendure_channel_get_type ())

/* A shop with Vendure. Secrets: "user" and "password" of an administrator, or
 * "api_key"; "access_token" once signed in.
 */
G_DECLARE_FINAL_TYPE (CsVendureChannel, cs_vendure_channel, CS, VENDURE_CHANNEL, CsChannel)

extern const CsChannelKind cs_vendure_kind;

G_END_DECLS
