/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-sniff.h"
#include "cs-wire.h"

G_BEGIN_DECLS

/* From here on (of 255) a pixel is the product's: whoever composes draws it with
 * nothing else in it, as if it were 255. Below is the rim, where the product and
 * what is behind it mix: it counts for neither.
 */
#define CS_MEASURE_PRODUCT 250

/* A picture and what it was made from, all of one size: that of the picture */
typedef struct
{
  const CsFrame  *original; /* the photo as the geometry shows it, not yet lit: see cs_geometry_decode() */
  const guint8   *alpha;    /* of the product: see cs_geometry_apply_mask() */
  gboolean        known;    /* a mask told where the product is; else alpha tells where the photo is */
  double          visible;  /* of the mask's product, what the geometry shows: 0..1 */
  double          aspect;   /* the photo's width by its height */
  CsWireGeometry  geometry;
  CsWireLight     light; /* rounded as a receipt says it: cs_measure_round_light() */
  CsWireSettings  settings;
} CsMeasure;

void   cs_measure_round_light (CsWireLight *light);
double cs_measure_visible (const CsWireGeometry *geometry,
                           const guint8         *mask,
                           int                   width,
                           int                   height);

/* What making a picture changed: for the maker, who has it before it is encoded.
 * @file: encoded from @made
 */
gboolean cs_measure_made (const CsMeasure *self,
                          const CsFrame   *made,
                          GBytes          *file,
                          CsWireReceipt   *receipt,
                          GError         **error);
/* The same for a finished file that may come from anywhere, with geometry and
 * light as they were claimed.
 */
gboolean cs_measure_finished (const CsMeasure *self,
                              const CsFrame   *finished,
                              CsKind           kind,
                              CsWireReceipt   *receipt,
                              GError         **error);
/* By how much more than encoding accounts for the product of a finished file
 * differs, ΔE, in blocks of %CS_DIFFERENCE_BLOCK pixels, row by row
 */
float   *cs_measure_map (const CsMeasure *self,
                         const CsFrame   *finished,
                         CsKind           kind,
                         GError         **error);

G_END_DECLS
