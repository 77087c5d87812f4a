/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-matte.h"
#include "cs-wire.h"

G_BEGIN_DECLS

/* The visible mark on a picture with generated parts: letters on a plate, at the
 * first corner of the picture that the product leaves free
 */
gboolean cs_mark_find_place (guint32       mark,
                             const guint8 *alpha,
                             int           width,
                             int           height,
                             CsRect       *plate,
                             CsHow        *corner);
gboolean cs_mark_fits (guint32               mark,
                       const CsWireGeometry *geometry,
                       const CsMatte        *mask);
void     cs_mark_draw (guint32       mark,
                       CsFrame      *picture,
                       const CsRect *plate);

G_END_DECLS
