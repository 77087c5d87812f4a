/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "cs-crop-paintable.h"

struct _CsCropPaintable
{
  GObject parent_instance;

  GdkTexture     *texture;
  graphene_rect_t piece; /* pixels of the texture */
  graphene_rect_t frame; /* what is shown of it */
};

static void paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsCropPaintable, cs_crop_paintable, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

static int
cs_crop_paintable_get_intrinsic_width (GdkPaintable *paintable)
{
  return MAX (CS_CROP_PAINTABLE (paintable)->frame.size.width, 1);
}

static int
cs_crop_paintable_get_intrinsic_height (GdkPaintable *paintable)
{
  return MAX (CS_CROP_PAINTABLE (paintable)->frame.size.height, 1);
}

static GdkPaintableFlags
cs_crop_paintable_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_CONTENTS | GDK_PAINTABLE_STATIC_SIZE;
}

static void
cs_crop_paintable_snapshot (GdkPaintable *paintable,
                            GdkSnapshot  *snapshot,
                            double        width,
                            double        height)
{
  CsCropPaintable *self = CS_CROP_PAINTABLE (paintable);
  double           scale = width / MAX (self->frame.size.width, 1);
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  GskRoundedRect outline;

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_append_scaled_texture (snapshot, self->texture, GSK_SCALING_FILTER_TRILINEAR,
                                      &GRAPHENE_RECT_INIT (-self->frame.origin.x * scale,
                                                           -self->frame.origin.y * scale,
                                                           gdk_texture_get_width (self->texture) * scale,
                                                           gdk_texture_get_height (self->texture) * scale));
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((self->piece.origin.x - self->frame.origin.x) * scale - 2,
                                                        (self->piece.origin.y - self->frame.origin.y) * scale - 2,
                                                        self->piece.size.width * scale + 4,
                                                        self->piece.size.height * scale + 4),
                                   3);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 2, 2, 2, 2 },
                              (GdkRGBA[4]) { *accent, *accent, *accent, *accent });
  gtk_snapshot_pop (snapshot);
}

static void
paintable_init (GdkPaintableInterface *iface)
{
  iface->get_intrinsic_width = cs_crop_paintable_get_intrinsic_width;
  iface->get_intrinsic_height = cs_crop_paintable_get_intrinsic_height;
  iface->get_flags = cs_crop_paintable_get_flags;
  iface->snapshot = cs_crop_paintable_snapshot;
}

static void
cs_crop_paintable_finalize (GObject *object)
{
  g_clear_object (&CS_CROP_PAINTABLE (object)->texture);

  G_OBJECT_CLASS (cs_crop_paintable_parent_class)->finalize (object);
}

static void
cs_crop_paintable_class_init (CsCropPaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_crop_paintable_finalize;
}

static void
cs_crop_paintable_init (CsCropPaintable *self)
{
}

/* What is shown of a picture of width × height: the piece, and enough around it to know the spot again */
void
cs_crop_paintable_frame (const graphene_rect_t *fractions,
                         double                 width,
                         double                 height,
                         graphene_rect_t       *frame)
{
  double          around;
  graphene_rect_t piece;
  graphene_rect_t whole = GRAPHENE_RECT_INIT (0, 0, width, height);

  graphene_rect_init (&piece,
                      fractions->origin.x * width, fractions->origin.y * height,
                      fractions->size.width * width, fractions->size.height * height);
  around = MAX (MAX (piece.size.width, piece.size.height) * 0.3, MAX (width, height) * 0.04);
  graphene_rect_inset (&piece, -around, -around);
  if (!graphene_rect_intersection (&piece, &whole, frame))
    *frame = whole;
}

GdkPaintable *
cs_crop_paintable_new (GdkTexture            *texture,
                       const graphene_rect_t *fractions)
{
  CsCropPaintable *self;
  double           width;
  double           height;

  g_return_val_if_fail (GDK_IS_TEXTURE (texture), NULL);

  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  self = g_object_new (CS_TYPE_CROP_PAINTABLE, NULL);
  self->texture = g_object_ref (texture);
  graphene_rect_init (&self->piece,
                      fractions->origin.x * width, fractions->origin.y * height,
                      fractions->size.width * width, fractions->size.height * height);
  cs_crop_paintable_frame (fractions, width, height, &self->frame);

  return GDK_PAINTABLE (self);
}
