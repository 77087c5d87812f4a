/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-meter.h"

static void
cs_permit_clear (CsPermit *self)
{
  g_clear_pointer (&self->reply, g_bytes_unref);
}

CS_DEFINE_RECORD (CsPermit, cs_permit)

G_DEFINE_INTERFACE (CsMeter, cs_meter, G_TYPE_OBJECT)

static void
cs_meter_default_init (CsMeterInterface *iface)
{
}

DexFuture *
cs_meter_begin (CsMeter         *self,
                const CsSending *sending)
{
  dex_return_error_if_fail (CS_IS_METER (self));
  dex_return_error_if_fail (sending != NULL && sending->key != NULL);

  return CS_METER_GET_IFACE (self)->begin (self, sending);
}

DexFuture *
cs_meter_end (CsMeter         *self,
              gint64           id,
              const CsOutcome *outcome)
{
  dex_return_error_if_fail (CS_IS_METER (self));
  dex_return_error_if_fail (outcome != NULL);

  return CS_METER_GET_IFACE (self)->end (self, id, outcome);
}

void
cs_meter_hold (CsMeter *self,
               gint64   until)
{
  g_return_if_fail (CS_IS_METER (self));

  CS_METER_GET_IFACE (self)->hold (self, until);
}
