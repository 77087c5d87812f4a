/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-mask-edit.h"

G_BEGIN_DECLS

#define CS_TYPE_BRUSH_CANVAS (cs_brush_canvas_get_type ())

/**
 * CsBrushCanvas:
 *
 * A photo, with what goes away of it under a chequered veil, and a brush that
 * brings back or takes away: with a mouse, a pen, a finger, or the arrow keys
 * and Space. Properties: photo (GdkTexture), edit (CsMaskEdit or NULL), kind
 * (CsBrushKind as uint), size (0..1), zoom, wanted-side (pixels on the longer
 * side that the photo takes to be sharp at this size and zoom).
 */
G_DECLARE_FINAL_TYPE (CsBrushCanvas, cs_brush_canvas, CS, BRUSH_CANVAS, GtkWidget)

void   cs_brush_canvas_zoom (CsBrushCanvas *self,
                             double         factor);
void   cs_brush_canvas_reset (CsBrushCanvas *self);
double cs_brush_canvas_get_zoom (CsBrushCanvas *self);
int    cs_brush_canvas_get_wanted_side (CsBrushCanvas *self);
/* Lets go of the brush, however it is held */
void   cs_brush_canvas_lift (CsBrushCanvas *self);

G_END_DECLS
