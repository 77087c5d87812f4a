/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-region.h"
#include "cs-wire.h"

G_BEGIN_DECLS

/* What is shown of a photo, in parts of its width and height; where it reaches
 * beyond 0 or 1, the background is extended.
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} CsFraming;

void     cs_framing_find (CsFraming      *self,
                          const CsFrame  *frame,
                          const CsRegion *region,
                          guint32         switches,
                          double          margin,
                          int             source_side,
                          CsWirePart     *parts);
CsFrame *cs_framing_cut (const CsFraming *self,
                         const CsFrame   *frame,
                         gboolean         square);

G_END_DECLS
