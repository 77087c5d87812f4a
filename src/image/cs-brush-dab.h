/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-brush-palette.h"

G_BEGIN_DECLS

/* A photo's pixels, three bytes each */
typedef struct
{
  const guint8 *pixels;
  int           width;
  int           height;
} CsBrushPhoto;

/* One touch of the brush, on its way from where the one before was */
typedef struct
{
  double from_x;
  double from_y;
  double x;
  double y;
  double radius;
  double strength; /* 0..1 */
} CsBrushTouch;

/**
 * CsBrushDab:
 *
 * How far one touch of the brush reaches. From what its middle passes over it
 * spreads to all sides as long as no edge is in the way: each step costs what
 * is crossed beyond the photo's own grain, and nothing where there is no edge.
 * At the border that it stops at, the share of what it spread over in each
 * mixed pixel is worked out from the colours on both sides.
 */
typedef struct _CsBrushDab CsBrushDab;

CsBrushDab   *cs_brush_dab_new (void);
void          cs_brush_dab_free (CsBrushDab *self);
/* What was seen is forgotten: another stroke */
void          cs_brush_dab_begin (CsBrushDab *self);
/* Tells the box that the touch reaches (x, y, width, height, within the photo),
 * and gives for each of its pixels how much it is covered; good until the next one
 */
const guint8 *cs_brush_dab_cover (CsBrushDab         *self,
                                  const CsBrushPhoto *photo,
                                  const CsBrushTouch *touch,
                                  int                *box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsBrushDab, cs_brush_dab_free)

G_END_DECLS
