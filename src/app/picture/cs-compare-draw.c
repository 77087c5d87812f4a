/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-compare-draw.h"

#define CORNER        12
#define HANDLE_RADIUS 13

/* What a picture stands on, with round corners; gtk_snapshot_pop() ends it */
void
cs_compare_draw_ground (GtkWidget             *widget,
                        GtkSnapshot           *snapshot,
                        const graphene_rect_t *pane)
{
  GskRoundedRect outline;
  GdkRGBA        back;

  gtk_widget_get_color (widget, &back);
  back.alpha *= 0.07;
  gsk_rounded_rect_init_from_rect (&outline, pane, CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &back, pane);
}

/* The name of a picture, in its corner */
void
cs_compare_draw_badge (GtkWidget             *widget,
                       GtkSnapshot           *snapshot,
                       const graphene_rect_t *pane,
                       const char            *text,
                       gboolean               at_end)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  const GdkRGBA   back = { 0, 0, 0, 0.66 };
  const GdkRGBA   white = { 1, 1, 1, 1 };
  GskRoundedRect  outline;
  graphene_rect_t box;
  int             width;
  int             height;
  double          x;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (width + 36 > pane->size.width)
    return;

  x = at_end ? pane->origin.x + pane->size.width - width - 26 : pane->origin.x + 10;
  graphene_rect_init (&box, x, pane->origin.y + 10, width + 16, height + 4);
  gsk_rounded_rect_init_from_rect (&outline, &box, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &back, &box);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (box.origin.x + 8, box.origin.y + 2));
  gtk_snapshot_append_layout (snapshot, layout, &white);
  gtk_snapshot_restore (snapshot);
}

/* A sentence where there is no picture */
void
cs_compare_draw_note (GtkWidget             *widget,
                      GtkSnapshot           *snapshot,
                      const graphene_rect_t *pane,
                      const char            *note)
{
  g_autoptr (PangoLayout) layout = NULL;
  GdkRGBA color;
  int     height;

  if (note == NULL || pane->size.width < 48)
    return;

  layout = gtk_widget_create_pango_layout (widget, note);
  pango_layout_set_width (layout, (pane->size.width - 32) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_widget_get_color (widget, &color);
  color.alpha *= 0.7;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (pane->origin.x + 16,
                                                pane->origin.y + (pane->size.height - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

/* What the wipe is drawn by */
void
cs_compare_draw_handle (GtkWidget             *widget,
                        GtkSnapshot           *snapshot,
                        const graphene_rect_t *pane,
                        double                 x)
{
  const GdkRGBA  white = { 1, 1, 1, 1 };
  const GdkRGBA  shade = { 0, 0, 0, 0.35 };
  const GdkRGBA  ink = { 0.15, 0.15, 0.15, 1 };
  double         y = pane->origin.y + pane->size.height / 2;
  GskRoundedRect knob;
  g_autoptr (PangoLayout) arrows = gtk_widget_create_pango_layout (widget, "⇔");
  int width;
  int height;

  gtk_snapshot_append_color (snapshot, &shade, &GRAPHENE_RECT_INIT (x - 2, pane->origin.y, 4, pane->size.height));
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (x - 1, pane->origin.y, 2, pane->size.height));
  gsk_rounded_rect_init_from_rect (&knob,
                                   &GRAPHENE_RECT_INIT (x - HANDLE_RADIUS, y - HANDLE_RADIUS,
                                                        2 * HANDLE_RADIUS, 2 * HANDLE_RADIUS),
                                   HANDLE_RADIUS);
  gtk_snapshot_append_outset_shadow (snapshot, &knob, &shade, 0, 1, 1, 3);
  gtk_snapshot_push_rounded_clip (snapshot, &knob);
  gtk_snapshot_append_color (snapshot, &white, &knob.bounds);
  gtk_snapshot_pop (snapshot);
  pango_layout_get_pixel_size (arrows, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x - width / 2.0, y - height / 2.0));
  gtk_snapshot_append_layout (snapshot, arrows, &ink);
  gtk_snapshot_restore (snapshot);
}

/* Turned by degrees to the right about the place's middle */
void
cs_compare_draw_texture (GtkSnapshot           *snapshot,
                         GdkTexture            *texture,
                         const graphene_rect_t *place,
                         double                 degrees)
{
  GskScalingFilter filter = GSK_SCALING_FILTER_TRILINEAR;
  graphene_point_t middle;

  if (place->size.width <= 0 || place->size.height <= 0)
    return;

  if (place->size.width >= gdk_texture_get_width (texture))
    filter = GSK_SCALING_FILTER_LINEAR;
  graphene_rect_get_center (place, &middle);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &middle);
  gtk_snapshot_rotate (snapshot, degrees);
  gtk_snapshot_append_scaled_texture (snapshot, texture, filter,
                                      &GRAPHENE_RECT_INIT (-place->size.width / 2, -place->size.height / 2,
                                                           place->size.width, place->size.height));
  gtk_snapshot_restore (snapshot);
}
