/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-desk.h"

G_BEGIN_DECLS

/* What can be approved for an account (0: for none yet): what is ready, and below
 * it what is in another shop and not in this one. fresh: (element-type gint64)
 * gets the former. Resolves to a #GArray of gint64.
 */
DexFuture *cs_ready_ask (CsDesk *desk,
                         gint64  account,
                         GArray *fresh) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
