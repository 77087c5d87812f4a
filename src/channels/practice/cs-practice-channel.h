/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel.h"
#include "cs-practice-shop.h"

G_BEGIN_DECLS

#define CS_TYPE_PRACTICE_CHANNEL (cs_practice_channel_get_type ())

/* The adapter of the practice shop. It talks to it as any adapter talks to any
 * shop: over HTTP, with credentials, through the same base.
 */
G_DECLARE_FINAL_TYPE (CsPracticeChannel, cs_practice_channel, CS, PRACTICE_CHANNEL, CsChannel)

CsChannel *cs_practice_channel_new (CsAccount      *account,
                                    CsPracticeShop *shop);
/* Of a practice shop that runs elsewhere on this computer */
CsChannel *cs_practice_channel_new_for_address (CsAccount  *account,
                                                const char *address,
                                                const char *token);

G_END_DECLS
