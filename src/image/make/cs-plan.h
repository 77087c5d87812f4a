/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-scene.h"

G_BEGIN_DECLS

/* All that is decided about one picture before its pixels are touched */
typedef struct
{
  CsWireGeometry geometry;
  CsRect         inside;  /* of the picture: what shows the photo, where its background is kept */
  gboolean       replace; /* the background */
  gboolean       own;     /* by the seller's picture */
  gboolean       painted; /* which a model made */
  guint8         ground[3];
  CsWireLight    light; /* as strong as is wanted */
  double         clean; /* 0..1 */
  guint32        shadow; /* CsShadow */
  CsWirePart     parts[CS_WIRE_N_PARTS];
} CsPlan;

void cs_plan_make (CsPlan              *self,
                   CsScene             *scene,
                   const CsWireRequest *request,
                   int                  max_side);
void cs_plan_shrink (CsPlan *self,
                     int     max_side);

G_END_DECLS
