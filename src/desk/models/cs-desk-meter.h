/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engines.h"
#include "cs-meter.h"
#include "cs-turns.h"

G_BEGIN_DECLS

#define CS_TYPE_DESK_METER (cs_desk_meter_get_type ())

/**
 * CsDeskMeter:
 *
 * The meter of one engine for one batch: nothing is sent that the store did not
 * let through (see cs_ledger_begin()), and no request is paid for whose answer
 * is kept, or on its way, already.
 */
G_DECLARE_FINAL_TYPE (CsDeskMeter, cs_desk_meter, CS, DESK_METER, GObject)

/* batch 0 and product 0: to try it, which is the only thing then that it lets through */
CsDeskMeter *cs_desk_meter_new (CsEngines    *engines,
                                const char   *engine,
                                gint64        batch,
                                CsTurns      *turns,
                                GCancellable *cancellable);
/* How many requests went for a product so far */
guint        cs_desk_meter_get_n_sent (CsDeskMeter *self,
                                       gint64       product);

G_END_DECLS
