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

void cs_light_find (CsLight        *self,
                    const CsFrame  *frame,
                    const CsRegion *region,
                    guint32         switches,
                    CsWirePart     *parts);
void cs_light_from_wire (CsLight           *self,
                         const CsWireLight *wire);
void cs_light_apply (const CsLight *self,
                     CsFrame       *frame);

G_END_DECLS
