/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-backdrop.h"
#include "cs-image.h"
#include "cs-region.h"
#include "cs-wire.h"

G_BEGIN_DECLS

/* What is shown of a photo, in parts of its width and height; where it reaches
 * beyond 0 or 1, there is more background than in the photo.
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} CsFraming;

/* Where a product is that is given a new background */
typedef struct
{
  double   x0;
  double   y0;
  double   x1;
  double   y1;
  gboolean touches[CS_N_SIDES]; /* it goes on beyond the photo */
} CsStaged;

void     cs_framing_find (CsFraming      *self,
                          const CsFrame  *frame,
                          const CsRegion *region,
                          gboolean        crop,
                          CsShape         shape,
                          double          margin,
                          int             source_side,
                          CsWirePart     *parts);
void     cs_framing_stage (CsFraming      *self,
                           const CsStaged *product,
                           double          width,
                           double          height,
                           gboolean        crop,
                           CsShape         shape,
                           double          margin,
                           CsWirePart     *parts);
CsFrame *cs_framing_extend (CsFrame      *picture,
                            const CsRect *inside);

G_END_DECLS
