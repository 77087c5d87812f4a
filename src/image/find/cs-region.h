/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-lab.h"
#include "cs-matte.h"

G_BEGIN_DECLS

/* Where the product is in a photo, as far as that can be told. This is all
 * that framing, light and colour names know about it: whatever finds products
 * better fills in the same mask.
 */
typedef struct
{
  int      width; /* of the mask, which covers the whole photo */
  int      height;
  guint8  *mask;       /* 255 product, 0 background */
  gboolean sure;       /* the product stands out clearly, and box holds all of it */
  CsRect   box;        /* in pixels of the mask */
  CsLab    background; /* its mean */
  float    uneven;     /* mean distance of the background from that: 0 for paper */
  float    colourful;  /* the same, without lightness: shadows do not count */
} CsRegion;

void   cs_region_find (CsRegion      *self,
                       const CsFrame *frame);
void   cs_region_from_mask (CsRegion      *self,
                            const CsFrame *frame,
                            const CsMatte *mask);
float *cs_region_weights (const CsRegion *self);
void   cs_region_clear (CsRegion *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsRegion, cs_region_clear)

G_END_DECLS
