/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-brush-canvas.h"
#include "cs-compare-geometry.h"

G_BEGIN_DECLS

typedef enum
{
  CS_BRUSH_AT_REST,
  CS_BRUSH_PAINTING, /* with a pointer */
  CS_BRUSH_PAINTING_BY_KEYS,
  CS_BRUSH_PANNING,
} CsBrushDoing;

struct _CsBrushCanvas
{
  GtkWidget parent_instance;

  GdkTexture *photo;
  CsMaskEdit *edit;
  guint       kind;
  double      size;

  /* The mask as it is drawn: only what changed since the last frame is new */
  GdkTexture     *veil;
  cairo_region_t *changed; /* of the mask, or NULL */

  CsCompareSpot   spot;
  graphene_rect_t pane;
  int             wanted_side;

  CsBrushDoing doing;
  guint        stroke_kind; /* of the stroke under way */
  double       x;           /* of the brush, in parts of the photo */
  double       y;
  gboolean     is_over; /* the pointer is over the photo's pane */
  gboolean     by_keys; /* the brush was last moved by keys */
  gboolean     space;   /* is held */
  gboolean     shift;
  double       drag_x;
  double       drag_y;
  double       pinch_zoom;
  guint        resting;
};

/* cs-brush-canvas.c: places and drawing */
void cs_brush_canvas_get_shape (CsBrushCanvas *self,
                                double        *width,
                                double        *height);
void cs_brush_canvas_get_place (CsBrushCanvas   *self,
                                graphene_rect_t *place);
/* In parts of the photo's longer side */
double cs_brush_canvas_get_radius (CsBrushCanvas *self);
void   cs_brush_canvas_zoom_at (CsBrushCanvas *self,
                                double         x,
                                double         y,
                                double         zoom);
void   cs_brush_canvas_pan_by (CsBrushCanvas *self,
                               double         dx,
                               double         dy);

/* cs-brush-hand.c: pointing and keys */
void cs_brush_canvas_attach_hand (CsBrushCanvas *self);
void cs_brush_canvas_update_cursor (CsBrushCanvas *self);

G_END_DECLS
