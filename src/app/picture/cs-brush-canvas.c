/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cs-brush-canvas-private.h"

#define CORNER 12
#define SQUARE       8
/* Of the brush, in parts of the photo's longer side */
#define LEAST_RADIUS 0.002
#define MOST_RADIUS  0.13

G_DEFINE_FINAL_TYPE (CsBrushCanvas, cs_brush_canvas, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_PHOTO = 1,
  PROP_EDIT,
  PROP_KIND,
  PROP_SIZE,
  PROP_ZOOM,
  PROP_WANTED_SIDE,
} CsBrushCanvasProperty;

static GParamSpec *properties[PROP_WANTED_SIDE + 1];

/* Places */

void
cs_brush_canvas_get_shape (CsBrushCanvas *self,
                           double        *width,
                           double        *height)
{
  *width = 1;
  *height = 1;
  if (self->edit != NULL)
    {
      *width = cs_mask_edit_get_width (self->edit);
      *height = cs_mask_edit_get_height (self->edit);
    }
  else if (self->photo != NULL)
    {
      *width = gdk_texture_get_width (self->photo);
      *height = gdk_texture_get_height (self->photo);
    }
}

void
cs_brush_canvas_get_place (CsBrushCanvas   *self,
                           graphene_rect_t *place)
{
  double width;
  double height;

  cs_brush_canvas_get_shape (self, &width, &height);
  cs_compare_place (&self->pane, width, height, &self->spot, place);
}

/* In parts of the photo's longer side. The steps are finer where the brush is. */
double
cs_brush_canvas_get_radius (CsBrushCanvas *self)
{
  return LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * self->size * self->size;
}

/* In pixels of the screen */
static double
get_shown_radius (CsBrushCanvas *self)
{
  graphene_rect_t place;

  cs_brush_canvas_get_place (self, &place);

  return cs_brush_canvas_get_radius (self) * MAX (place.size.width, place.size.height);
}

static void
update_pane (CsBrushCanvas *self)
{
  double width;
  double height;
  int    wanted;

  graphene_rect_init (&self->pane, 0, 0,
                      gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  cs_brush_canvas_get_shape (self, &width, &height);
  wanted = cs_compare_wanted_side (&self->pane, width, height, self->spot.zoom,
                                   gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  if (wanted != self->wanted_side)
    {
      self->wanted_side = wanted;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WANTED_SIDE]);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cs_brush_canvas_zoom_at (CsBrushCanvas *self,
                         double         x,
                         double         y,
                         double         zoom)
{
  double width;
  double height;

  cs_brush_canvas_get_shape (self, &width, &height);
  cs_compare_zoom_at (&self->spot, &self->pane, width, height, x, y, zoom);
  update_pane (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

void
cs_brush_canvas_pan_by (CsBrushCanvas *self,
                        double         dx,
                        double         dy)
{
  double width;
  double height;

  cs_brush_canvas_get_shape (self, &width, &height);
  cs_compare_pan (&self->spot, &self->pane, width, height, dx, dy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Drawing */

/* A texture of the mask that shares with the one before what did not change */
static GdkTexture *
make_veil (CsBrushCanvas *self)
{
  g_autoptr (GdkMemoryTextureBuilder) builder = gdk_memory_texture_builder_new ();
  int width = cs_mask_edit_get_width (self->edit);
  int height = cs_mask_edit_get_height (self->edit);
  g_autoptr (GBytes) bytes = g_bytes_new (cs_mask_edit_get_mask (self->edit), (gsize) width * height);

  gdk_memory_texture_builder_set_bytes (builder, bytes);
  gdk_memory_texture_builder_set_format (builder, GDK_MEMORY_G8);
  gdk_memory_texture_builder_set_width (builder, width);
  gdk_memory_texture_builder_set_height (builder, height);
  gdk_memory_texture_builder_set_stride (builder, width);
  if (self->veil != NULL && self->changed != NULL)
    {
      gdk_memory_texture_builder_set_update_texture (builder, self->veil);
      gdk_memory_texture_builder_set_update_region (builder, self->changed);
    }

  return gdk_memory_texture_builder_build (builder);
}

static void
update_veil (CsBrushCanvas *self)
{
  GdkTexture *veil;

  if (self->edit == NULL || (self->veil != NULL && self->changed == NULL))
    return;

  veil = make_veil (self);
  g_clear_object (&self->veil);
  self->veil = veil;
  g_clear_pointer (&self->changed, cairo_region_destroy);
}

static void
snapshot_texture (GtkSnapshot           *snapshot,
                  GdkTexture            *texture,
                  const graphene_rect_t *place)
{
  GskScalingFilter filter = place->size.width >= gdk_texture_get_width (texture) ? GSK_SCALING_FILTER_LINEAR
                                                                                 : GSK_SCALING_FILTER_TRILINEAR;

  gtk_snapshot_append_scaled_texture (snapshot, texture, filter, place);
}

/* Light and dark squares, so that it shows on a photo of any colour, to any eye */
static void
snapshot_squares (GtkSnapshot           *snapshot,
                  const graphene_rect_t *bounds)
{
  const GdkRGBA light = { 1, 1, 1, 0.64 };
  const GdkRGBA dark = { 0.70, 0.70, 0.72, 0.64 };

  gtk_snapshot_push_repeat (snapshot, bounds, &GRAPHENE_RECT_INIT (0, 0, 2 * SQUARE, 2 * SQUARE));
  gtk_snapshot_append_color (snapshot, &light, &GRAPHENE_RECT_INIT (0, 0, SQUARE, SQUARE));
  gtk_snapshot_append_color (snapshot, &light, &GRAPHENE_RECT_INIT (SQUARE, SQUARE, SQUARE, SQUARE));
  gtk_snapshot_append_color (snapshot, &dark, &GRAPHENE_RECT_INIT (SQUARE, 0, SQUARE, SQUARE));
  gtk_snapshot_append_color (snapshot, &dark, &GRAPHENE_RECT_INIT (0, SQUARE, SQUARE, SQUARE));
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_photo (CsBrushCanvas *self,
                GtkSnapshot   *snapshot)
{
  graphene_rect_t place;
  graphene_rect_t shown;

  cs_brush_canvas_get_place (self, &place);
  if (self->photo != NULL)
    snapshot_texture (snapshot, self->photo, &place);

  update_veil (self);
  if (self->veil == NULL || !graphene_rect_intersection (&place, &self->pane, &shown))
    return;

  gtk_snapshot_push_mask (snapshot, GSK_MASK_MODE_INVERTED_LUMINANCE);
  snapshot_texture (snapshot, self->veil, &place);
  gtk_snapshot_pop (snapshot);
  snapshot_squares (snapshot, &shown);
  gtk_snapshot_pop (snapshot);
}

static guint
get_kind (CsBrushCanvas *self)
{
  if (self->doing == CS_BRUSH_PAINTING || self->doing == CS_BRUSH_PAINTING_BY_KEYS)
    return self->stroke_kind;
  if (self->shift)
    return self->kind == CS_BRUSH_BRING_BACK ? CS_BRUSH_TAKE_AWAY : CS_BRUSH_BRING_BACK;

  return self->kind;
}

/* White within black: seen on anything. The sign says what the brush does. */
static void
snapshot_brush (CsBrushCanvas *self,
                GtkSnapshot   *snapshot)
{
  const GdkRGBA   black = { 0, 0, 0, 0.7 };
  const GdkRGBA   white = { 1, 1, 1, 1 };
  double          radius = MAX (get_shown_radius (self), 2);
  graphene_rect_t place;
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) wide = gsk_stroke_new (3.5);
  g_autoptr (GskStroke) narrow = gsk_stroke_new (1.5);
  double x;
  double y;
  double sign;

  cs_brush_canvas_get_place (self, &place);
  x = place.origin.x + self->x * place.size.width;
  y = place.origin.y + self->y * place.size.height;
  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y), radius);
  sign = radius * G_SQRT2 / 2 + 9;
  gsk_path_builder_move_to (builder, x + sign - 4.5, y + sign);
  gsk_path_builder_line_to (builder, x + sign + 4.5, y + sign);
  if (get_kind (self) == CS_BRUSH_BRING_BACK)
    {
      gsk_path_builder_move_to (builder, x + sign, y + sign - 4.5);
      gsk_path_builder_line_to (builder, x + sign, y + sign + 4.5);
    }
  if (self->doing == CS_BRUSH_PAINTING_BY_KEYS)
    gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y), 1.5);
  path = gsk_path_builder_to_path (builder);
  gsk_stroke_set_line_cap (wide, GSK_LINE_CAP_ROUND);
  gsk_stroke_set_line_cap (narrow, GSK_LINE_CAP_ROUND);
  gtk_snapshot_append_stroke (snapshot, path, wide, &black);
  gtk_snapshot_append_stroke (snapshot, path, narrow, &white);
}

static void
cs_brush_canvas_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  CsBrushCanvas *self = CS_BRUSH_CANVAS (widget);
  GskRoundedRect outline;
  GdkRGBA        back;

  if (self->pane.size.width <= 0 || self->pane.size.height <= 0)
    return;

  gtk_widget_get_color (widget, &back);
  back.alpha *= 0.07;
  gsk_rounded_rect_init_from_rect (&outline, &self->pane, CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &back, &self->pane);
  snapshot_photo (self, snapshot);
  if (self->edit != NULL && self->doing != CS_BRUSH_PANNING && !(self->space && !self->by_keys) &&
      (self->is_over || self->by_keys))
    snapshot_brush (self, snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
cs_brush_canvas_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  update_pane (CS_BRUSH_CANVAS (widget));
}

static void
cs_brush_canvas_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 420;
}

/* The mask */

static void
mask_changed_cb (CsBrushCanvas *self,
                 int            x,
                 int            y,
                 int            width,
                 int            height)
{
  const cairo_rectangle_int_t rectangle = { x, y, width, height };

  if (self->changed == NULL)
    self->changed = cairo_region_create ();
  cairo_region_union_rectangle (self->changed, &rectangle);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_edit (CsBrushCanvas *self,
          CsMaskEdit    *edit)
{
  if (self->edit == edit)
    return;

  cs_brush_canvas_lift (self);
  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_func (self->edit, mask_changed_cb, self);
  g_set_object (&self->edit, edit);
  g_clear_object (&self->veil);
  g_clear_pointer (&self->changed, cairo_region_destroy);
  if (edit != NULL)
    g_signal_connect_object (edit, "changed", G_CALLBACK (mask_changed_cb), self, G_CONNECT_SWAPPED);
  update_pane (self);
  cs_brush_canvas_update_cursor (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDIT]);
}

static void
set_size (CsBrushCanvas *self,
          double         size)
{
  if (self->size == size)
    return;

  self->size = size;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

static void
set_kind (CsBrushCanvas *self,
          guint          kind)
{
  if (self->kind == kind)
    return;

  self->kind = kind;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
}

static void
cs_brush_canvas_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CsBrushCanvas *self = CS_BRUSH_CANVAS (object);

  switch ((CsBrushCanvasProperty) prop_id)
    {
    case PROP_PHOTO:
      g_value_set_object (value, self->photo);
      break;

    case PROP_EDIT:
      g_value_set_object (value, self->edit);
      break;

    case PROP_KIND:
      g_value_set_uint (value, self->kind);
      break;

    case PROP_SIZE:
      g_value_set_double (value, self->size);
      break;

    case PROP_ZOOM:
      g_value_set_double (value, self->spot.zoom);
      break;

    case PROP_WANTED_SIDE:
      g_value_set_int (value, self->wanted_side);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_brush_canvas_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  CsBrushCanvas *self = CS_BRUSH_CANVAS (object);

  switch ((CsBrushCanvasProperty) prop_id)
    {
    case PROP_PHOTO:
      if (g_set_object (&self->photo, g_value_get_object (value)))
        {
          update_pane (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;

    case PROP_EDIT:
      set_edit (self, g_value_get_object (value));
      break;

    case PROP_KIND:
      set_kind (self, g_value_get_uint (value));
      break;

    case PROP_SIZE:
      set_size (self, g_value_get_double (value));
      break;

    case PROP_ZOOM:
    case PROP_WANTED_SIDE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_brush_canvas_dispose (GObject *object)
{
  CsBrushCanvas *self = CS_BRUSH_CANVAS (object);

  g_clear_handle_id (&self->resting, g_source_remove);
  g_clear_object (&self->photo);
  g_clear_object (&self->edit);
  g_clear_object (&self->veil);
  g_clear_pointer (&self->changed, cairo_region_destroy);

  G_OBJECT_CLASS (cs_brush_canvas_parent_class)->dispose (object);
}

static void
cs_brush_canvas_class_init (CsBrushCanvasClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_brush_canvas_dispose;
  object_class->get_property = cs_brush_canvas_get_property;
  object_class->set_property = cs_brush_canvas_set_property;
  widget_class->measure = cs_brush_canvas_measure;
  widget_class->size_allocate = cs_brush_canvas_size_allocate;
  widget_class->snapshot = cs_brush_canvas_snapshot;

  properties[PROP_PHOTO] = g_param_spec_object ("photo", NULL, NULL, GDK_TYPE_TEXTURE, flags);
  properties[PROP_EDIT] = g_param_spec_object ("edit", NULL, NULL, CS_TYPE_MASK_EDIT, flags);
  properties[PROP_KIND] = g_param_spec_uint ("kind", NULL, NULL, 0, CS_BRUSH_TAKE_AWAY, 0, flags);
  properties[PROP_SIZE] = g_param_spec_double ("size", NULL, NULL, 0, 1, 0.45, flags);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 1, CS_COMPARE_MAX_ZOOM, 1, told);
  properties[PROP_WANTED_SIDE] = g_param_spec_int ("wanted-side", NULL, NULL, 0, G_MAXINT, 0, told);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "brushcanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cs_brush_canvas_init (CsBrushCanvas *self)
{
  self->spot = CS_COMPARE_SPOT_FIT;
  self->size = 0.45;
  self->x = 0.5;
  self->y = 0.5;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  cs_brush_canvas_attach_hand (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (update_pane), NULL);
}

void
cs_brush_canvas_zoom (CsBrushCanvas *self,
                      double         factor)
{
  graphene_rect_t place;

  g_return_if_fail (CS_IS_BRUSH_CANVAS (self));

  cs_brush_canvas_get_place (self, &place);
  if (self->is_over || self->by_keys)
    cs_brush_canvas_zoom_at (self, place.origin.x + self->x * place.size.width, place.origin.y + self->y * place.size.height,
                             self->spot.zoom * factor);
  else
    cs_brush_canvas_zoom_at (self, self->pane.size.width / 2, self->pane.size.height / 2, self->spot.zoom * factor);
}

void
cs_brush_canvas_reset (CsBrushCanvas *self)
{
  g_return_if_fail (CS_IS_BRUSH_CANVAS (self));

  self->spot = CS_COMPARE_SPOT_FIT;
  update_pane (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

double
cs_brush_canvas_get_zoom (CsBrushCanvas *self)
{
  g_return_val_if_fail (CS_IS_BRUSH_CANVAS (self), 1);

  return self->spot.zoom;
}

int
cs_brush_canvas_get_wanted_side (CsBrushCanvas *self)
{
  g_return_val_if_fail (CS_IS_BRUSH_CANVAS (self), 0);

  return self->wanted_side;
}
