/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CsBrush:
 *
 * Strokes on a mask that follow the edges in the photo: pixels under the brush
 * are taken as far as they look like what the stroke's middle went over. Plain
 * computation on pixels that the helper decoded; no file is read here. Each
 * stroke can be undone and done again.
 */
typedef struct _CsBrush CsBrush;

/* photo: width × height × 3 bytes of sRGB; mask: width × height bytes; both are copied by reference */
CsBrush      *cs_brush_new (GBytes *photo,
                            GBytes *mask,
                            int     width,
                            int     height);
void          cs_brush_free (CsBrush *self);
const guint8 *cs_brush_get_mask (CsBrush *self);
/* In pixels of the mask. What changed is told as a rectangle: x, y, width, height. */
void          cs_brush_begin (CsBrush *self,
                              gboolean bring_back,
                              double   radius,
                              double   x,
                              double   y,
                              double   pressure,
                              int     *changed);
void          cs_brush_move (CsBrush *self,
                             double   x,
                             double   y,
                             double   pressure,
                             int     *changed);
void          cs_brush_end (CsBrush *self);
guint         cs_brush_get_n_undo (CsBrush *self);
guint         cs_brush_get_n_redo (CsBrush *self);
gboolean      cs_brush_undo (CsBrush *self,
                             int     *changed);
gboolean      cs_brush_redo (CsBrush *self,
                             int     *changed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsBrush, cs_brush_free)

G_END_DECLS
