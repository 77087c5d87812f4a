/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-improve.h"

CsFrame *
cs_improve (CsSource            *source,
            const CsWireRequest *request,
            CsWirePart          *parts,
            GError             **error)
{
  for (CsPart part = 0; part < CS_WIRE_N_PARTS; part++)
    parts[part].outcome = request->switches & (1u << part) ? CS_OUTCOME_NOTHING : CS_OUTCOME_OFF;

  return cs_source_decode_at_least (source, request->max_side, error);
}
