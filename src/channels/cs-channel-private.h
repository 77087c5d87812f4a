/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel.h"

G_BEGIN_DECLS

/* Comparing what was signed with what a channel shows, apart from any
 * marketplace; see cs_channel_compare()
 */
void cs_channel_compare_listing (CsListing       *listing,
                                 CsRemoteListing *remote,
                                 guint            rewrites,
                                 GPtrArray       *differences);

G_END_DECLS
