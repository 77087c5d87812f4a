/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-region.h"
#include "cs-wire.h"

G_BEGIN_DECLS

/* What is done to each channel, as a table */
typedef struct
{
  gboolean changes;
  guint8   table[3][256];
} CsLight;

void cs_light_find (CsWireLight    *light,
                    const CsFrame  *frame,
                    const CsRegion *region,
                    gboolean        masked,
                    CsWirePart     *balance,
                    CsWirePart     *exposure);
void cs_light_weaken (CsWireLight *self,
                      gboolean     balance,
                      gboolean     exposure,
                      double       strength);
void cs_light_from_wire (CsLight           *self,
                         const CsWireLight *wire);
void cs_light_apply (const CsLight *self,
                     CsFrame       *frame);

G_END_DECLS
