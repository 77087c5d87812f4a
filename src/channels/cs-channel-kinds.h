/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel-kind.h"
#include "cs-channel.h"

G_BEGIN_DECLS

/* Every marketplace that there is an adapter for, in the order in which it is
 * offered. A new one is a line here.
 */
/* (element-type CsChannelKind) (transfer container): all of them */
GPtrArray           *cs_channel_kinds_list (void);
const CsChannelKind *cs_channel_kinds_find (const char *kind);
/* The channel of an account; NULL with CS_ERROR_REFUSED where its kind is not
 * known. secrets: where its keys are, or NULL.
 */
CsChannel           *cs_channel_kinds_make (CsAccount *account,
                                            CsSecrets *secrets,
                                            GError   **error);

G_END_DECLS
