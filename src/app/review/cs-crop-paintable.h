/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CS_TYPE_CROP_PAINTABLE (cs_crop_paintable_get_type ())

/**
 * CsCropPaintable:
 *
 * The piece of a picture that a rectangle names, with some of what is around
 * it, and the rectangle drawn.
 */
G_DECLARE_FINAL_TYPE (CsCropPaintable, cs_crop_paintable, CS, CROP_PAINTABLE, GObject)

GdkPaintable *cs_crop_paintable_new (GdkTexture            *texture,
                                     const graphene_rect_t *fractions);
void          cs_crop_paintable_frame (const graphene_rect_t *fractions,
                                       double                 width,
                                       double                 height,
                                       graphene_rect_t       *frame);

G_END_DECLS
