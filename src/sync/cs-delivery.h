/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel.h"
#include "cs-outbox.h"

G_BEGIN_DECLS

/* Called whenever the entry's row has moved */
typedef void (*CsDeliveryFunc) (gint64   entry,
                                gpointer data);

/* In what cs_deliver() resolves to, beside the state: the shop could not be reached,
 * or gave no answer that can be read. Waiting for what it does not show yet is
 * none of these.
 */
#define CS_DELIVERY_NO_ANSWER (1u << 8)

/* Takes one entry of the outbox as far as it will go now: through its steps and
 * the reading back, or to where something or somebody must be waited for.
 * Once begun it runs to its end; cancelling stops it between two steps.
 * Resolves to the CsOutboxState in which it left the entry, as a guint, perhaps
 * with CS_DELIVERY_NO_ANSWER; rejects only where the library itself fails.
 */
DexFuture *cs_deliver (CsStore       *store,
                       CsChannel     *channel,
                       CsAccount     *account,
                       CsOutboxEntry *entry,
                       GCancellable  *cancellable,
                       CsDeliveryFunc changed,
                       gpointer       data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
