/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-matte.h"
#include "cs-wire.h"

G_BEGIN_DECLS

/* A shadow: how much darker the ground is, 0 not at all, 65535 black; small and
 * smooth, whatever the size of what it lies in
 */
typedef struct
{
  int      width;
  int      height;
  guint16 *dark;
} CsShade;

CsShade *cs_shade_find (const CsFrame *photo,
                        const CsMatte *mask);
CsShade *cs_shade_place (const CsShade        *self,
                         const CsWireGeometry *geometry);
CsShade *cs_shade_draw (const guint8 *alpha,
                        int           width,
                        int           height);
void     cs_shade_get_row (const CsShade *self,
                           int            width,
                           int            height,
                           int            y,
                           guint16       *row);
void     cs_shade_free (CsShade *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsShade, cs_shade_free)

G_END_DECLS
