/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-source.h"
#include "cs-wire.h"

G_BEGIN_DECLS

#define CS_GEOMETRY_WHOLE(w, h) ((CsWireGeometry) { .width = 1, .height = 1, .out_width = (w), .out_height = (h) })

void     cs_geometry_round (CsWireGeometry *self);
gboolean cs_geometry_is_sane (const CsWireGeometry *self);
CsFrame *cs_geometry_decode (const CsWireGeometry *self,
                             CsSource             *source,
                             GError              **error);
CsFrame *cs_geometry_apply (const CsWireGeometry *self,
                            const CsFrame        *photo);
guint8  *cs_geometry_apply_mask (const CsWireGeometry *self,
                                 const guint8         *mask,
                                 int                   width,
                                 int                   height);
void     cs_geometry_inside (const CsWireGeometry *self,
                             CsRect               *inside);

G_END_DECLS
