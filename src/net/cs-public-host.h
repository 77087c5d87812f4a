/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-error.h"

G_BEGIN_DECLS

/* Whether an address that somebody else named leads out into the internet, and
 * not to a machine beside this one: routers and printers answer to anybody who
 * asks from inside. Resolves to true; rejects with CS_ERROR_REFUSED where it does
 * not, CS_ERROR_LATER where the name cannot be looked up.
 */
DexFuture *cs_public_host_check (GUri *uri) G_GNUC_WARN_UNUSED_RESULT;
/* One address of a host, as numbers */
gboolean   cs_public_host_is_public (GInetAddress *address);

G_END_DECLS
