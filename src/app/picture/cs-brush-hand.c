/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-brush-canvas-private.h"

/* What a hand does on the canvas: with a mouse, a pen, a finger, or with keys */

#define WHEEL_FACTOR 1.25
/* One turn of the wheel, of the whole range of sizes */
#define SIZE_STEP 0.03
/* How far an arrow key moves the brush, in parts of its radius */
#define KEY_STEP      0.5
#define FINE_KEY_STEP 0.1
/* Where the brush is said once the keys rest for so long (ms) */
#define REST 500

/* What a screen reader tells */

static void
say (CsBrushCanvas *self,
     const char    *sentence)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static gboolean
stays (CsBrushCanvas *self)
{
  int width = cs_mask_edit_get_width (self->edit);
  int x = CLAMP (self->x * width, 0, width - 1);
  int y = CLAMP (self->y * cs_mask_edit_get_height (self->edit), 0, cs_mask_edit_get_height (self->edit) - 1);

  return cs_mask_edit_get_mask (self->edit)[(gsize) y * width + x] > 127;
}

static gboolean
rested_cb (gpointer data)
{
  CsBrushCanvas   *self = data;
  g_autofree char *sentence = NULL;

  self->resting = 0;
  if (self->edit == NULL)
    return G_SOURCE_REMOVE;

  /* Translators: where the brush is over the photo */
  sentence = g_strdup_printf (stays (self) ? _ ("%d %% from the left, %d %% from the top: stays")
                                           : _ ("%d %% from the left, %d %% from the top: goes away"),
                              (int) (self->x * 100 + 0.5), (int) (self->y * 100 + 0.5));
  say (self, sentence);

  return G_SOURCE_REMOVE;
}

/* Strokes */

static void
move_brush_to (CsBrushCanvas *self,
               double         x,
               double         y)
{
  graphene_rect_t place;

  cs_brush_canvas_get_place (self, &place);
  if (place.size.width <= 0 || place.size.height <= 0)
    return;

  self->x = (x - place.origin.x) / place.size.width;
  self->y = (y - place.origin.y) / place.size.height;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
begin_stroke (CsBrushCanvas *self,
              CsBrushDoing   doing,
              gboolean       inverse,
              double         pressure)
{
  guint kind = self->kind;

  if (inverse)
    kind = kind == CS_BRUSH_BRING_BACK ? CS_BRUSH_TAKE_AWAY : CS_BRUSH_BRING_BACK;
  self->doing = doing;
  self->stroke_kind = kind;
  cs_mask_edit_begin_stroke (self->edit, kind, cs_brush_canvas_get_radius (self), self->x, self->y, pressure);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cs_brush_canvas_update_cursor (CsBrushCanvas *self)
{
  const char *name = "none";

  if (self->edit == NULL)
    name = NULL;
  else if (self->doing == CS_BRUSH_PANNING)
    name = "grabbing";
  else if (self->space && !self->by_keys)
    name = "grab";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

void
cs_brush_canvas_lift (CsBrushCanvas *self)
{
  g_return_if_fail (CS_IS_BRUSH_CANVAS (self));

  if (self->edit != NULL && (self->doing == CS_BRUSH_PAINTING || self->doing == CS_BRUSH_PAINTING_BY_KEYS))
    cs_mask_edit_end_stroke (self->edit);
  self->doing = CS_BRUSH_AT_REST;
  cs_brush_canvas_update_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What a pen says of its pressure; everything else presses fully */
static double
get_pressure (GtkGesture *gesture)
{
  GdkEvent *event = gtk_gesture_get_last_event (gesture, gtk_gesture_get_last_updated_sequence (gesture));
  double    pressure;

  if (event != NULL && gdk_event_get_device_tool (event) != NULL &&
      gdk_event_get_axis (event, GDK_AXIS_PRESSURE, &pressure))
    return pressure;

  return 1;
}

static gboolean
is_eraser (GtkGesture *gesture)
{
  GdkEvent      *event = gtk_gesture_get_last_event (gesture, gtk_gesture_get_last_updated_sequence (gesture));
  GdkDeviceTool *tool = event != NULL ? gdk_event_get_device_tool (event) : NULL;

  return tool != NULL && gdk_device_tool_get_tool_type (tool) == GDK_DEVICE_TOOL_TYPE_ERASER;
}

static void
dragged_begin_cb (CsBrushCanvas  *self,
                  double          x,
                  double          y,
                  GtkGestureDrag *gesture)
{
  guint           button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gboolean        inverse;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->edit == NULL || button > GDK_BUTTON_SECONDARY)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  cs_brush_canvas_lift (self);
  self->by_keys = FALSE;
  self->is_over = TRUE;
  self->drag_x = 0;
  self->drag_y = 0;
  if (button == GDK_BUTTON_MIDDLE || self->space)
    {
      self->doing = CS_BRUSH_PANNING;
      cs_brush_canvas_update_cursor (self);
      return;
    }

  inverse = (button == GDK_BUTTON_SECONDARY) != ((state & GDK_SHIFT_MASK) != 0);
  move_brush_to (self, x, y);
  begin_stroke (self, CS_BRUSH_PAINTING, inverse || is_eraser (GTK_GESTURE (gesture)), get_pressure (GTK_GESTURE (gesture)));
}

static void
dragged_cb (CsBrushCanvas  *self,
            double          dx,
            double          dy,
            GtkGestureDrag *gesture)
{
  double x;
  double y;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (self->doing == CS_BRUSH_PANNING)
    {
      cs_brush_canvas_pan_by (self, dx - self->drag_x, dy - self->drag_y);
    }
  else if (self->doing == CS_BRUSH_PAINTING)
    {
      move_brush_to (self, x + dx, y + dy);
      cs_mask_edit_move_stroke (self->edit, self->x, self->y, get_pressure (GTK_GESTURE (gesture)));
    }
  self->drag_x = dx;
  self->drag_y = dy;
}

static void
dragged_end_cb (CsBrushCanvas *self)
{
  if (self->doing == CS_BRUSH_PAINTING || self->doing == CS_BRUSH_PANNING)
    cs_brush_canvas_lift (self);
}

/* Taken by another gesture, a pinch: what was painted until then was not meant */
static void
drag_cancelled_cb (CsBrushCanvas *self)
{
  gboolean was_painting = self->doing == CS_BRUSH_PAINTING;

  dragged_end_cb (self);
  if (was_painting && cs_mask_edit_can_undo (self->edit))
    cs_mask_edit_undo (self->edit);
}

static void
moved_cb (CsBrushCanvas            *self,
          double                    x,
          double                    y,
          GtkEventControllerMotion *motion)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (motion));

  if (self->doing == CS_BRUSH_PAINTING || self->doing == CS_BRUSH_PANNING)
    return;

  if (self->doing == CS_BRUSH_PAINTING_BY_KEYS)
    cs_brush_canvas_lift (self);
  self->by_keys = FALSE;
  self->is_over = TRUE;
  self->shift = (state & GDK_SHIFT_MASK) != 0;
  move_brush_to (self, x, y);
  cs_brush_canvas_update_cursor (self);
}

static void
left_cb (CsBrushCanvas *self)
{
  self->is_over = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
scrolled_cb (CsBrushCanvas            *self,
             double                    dx,
             double                    dy,
             GtkEventControllerScroll *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  graphene_rect_t place;

  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_SURFACE)
    dy /= 30;
  cs_brush_canvas_get_place (self, &place);
  if ((state & GDK_CONTROL_MASK) != 0)
    cs_brush_canvas_zoom_at (self,
                             place.origin.x + self->x * place.size.width,
                             place.origin.y + self->y * place.size.height,
                             self->spot.zoom * (dy > 0 ? 1 / (1 + (WHEEL_FACTOR - 1) * dy) : 1 - (WHEEL_FACTOR - 1) * dy));
  else
    g_object_set (self, "size", CLAMP (self->size - dy * SIZE_STEP, 0, 1), NULL);

  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (CsBrushCanvas    *self,
                GdkEventSequence *sequence,
                GtkGesture       *gesture)
{
  self->pinch_zoom = self->spot.zoom;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
pinched_cb (CsBrushCanvas  *self,
            double          scale,
            GtkGestureZoom *gesture)
{
  double x;
  double y;

  if (gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    cs_brush_canvas_zoom_at (self, x, y, self->pinch_zoom * scale);
}

/* Keys: arrows move the brush, Space puts it down and lifts it again. While the
 * pointer leads, holding Space is for dragging the photo.
 */

static void
keep_in_sight (CsBrushCanvas *self)
{
  graphene_rect_t place;
  double          x;
  double          y;

  cs_brush_canvas_get_place (self, &place);
  x = place.origin.x + self->x * place.size.width;
  y = place.origin.y + self->y * place.size.height;
  cs_brush_canvas_pan_by (self,
                          x < self->pane.size.width * 0.1   ? self->pane.size.width * 0.1 - x
                          : x > self->pane.size.width * 0.9 ? self->pane.size.width * 0.9 - x
                                                            : 0,
                          y < self->pane.size.height * 0.1   ? self->pane.size.height * 0.1 - y
                          : y > self->pane.size.height * 0.9 ? self->pane.size.height * 0.9 - y
                                                             : 0);
}

static void
step_brush (CsBrushCanvas *self,
            int            x,
            int            y,
            double         step)
{
  double width;
  double height;
  double by = MAX (cs_brush_canvas_get_radius (self) * step, 0.0015);

  cs_brush_canvas_get_shape (self, &width, &height);
  if (!self->by_keys && !self->is_over)
    self->x = self->y = 0.5;
  self->by_keys = TRUE;
  self->x = CLAMP (self->x + x * by * MAX (width, height) / width, 0, 1);
  self->y = CLAMP (self->y + y * by * MAX (width, height) / height, 0, 1);
  if (self->doing == CS_BRUSH_PAINTING_BY_KEYS)
    cs_mask_edit_move_stroke (self->edit, self->x, self->y, 1);
  keep_in_sight (self);

  g_clear_handle_id (&self->resting, g_source_remove);
  self->resting = g_timeout_add (REST, rested_cb, self);
}

static void
press_space (CsBrushCanvas *self,
             gboolean       inverse)
{
  if (!self->by_keys)
    {
      self->space = TRUE;
      cs_brush_canvas_update_cursor (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }

  if (self->doing == CS_BRUSH_PAINTING_BY_KEYS)
    {
      cs_brush_canvas_lift (self);
      say (self, _ ("Brush lifted"));
      return;
    }

  begin_stroke (self, CS_BRUSH_PAINTING_BY_KEYS, inverse, 1);
  say (self, self->stroke_kind == CS_BRUSH_BRING_BACK ? _ ("Brush down: bringing back") : _ ("Brush down: taking away"));
}

static gboolean
key_pressed_cb (CsBrushCanvas         *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  double          step = (modifiers & GDK_CONTROL_MASK) != 0 ? FINE_KEY_STEP : KEY_STEP;

  if (self->edit == NULL || self->doing == CS_BRUSH_PAINTING || self->doing == CS_BRUSH_PANNING)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      step_brush (self, -1, 0, step);
      return GDK_EVENT_STOP;

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      step_brush (self, 1, 0, step);
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      step_brush (self, 0, -1, step);
      return GDK_EVENT_STOP;

    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      step_brush (self, 0, 1, step);
      return GDK_EVENT_STOP;

    case GDK_KEY_space:
      if (!self->space)
        press_space (self, (modifiers & GDK_SHIFT_MASK) != 0);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
key_released_cb (CsBrushCanvas         *self,
                 guint                  keyval,
                 guint                  keycode,
                 GdkModifierType        state,
                 GtkEventControllerKey *controller)
{
  if (keyval != GDK_KEY_space)
    return;

  self->space = FALSE;
  cs_brush_canvas_update_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
modifiers_cb (CsBrushCanvas  *self,
              GdkModifierType state)
{
  self->shift = (state & GDK_SHIFT_MASK) != 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));

  return GDK_EVENT_PROPAGATE;
}

/* Another window, or the toolbar, has the keys now */
static void
focus_left_cb (CsBrushCanvas *self)
{
  self->space = FALSE;
  self->shift = FALSE;
  if (self->doing == CS_BRUSH_PAINTING_BY_KEYS)
    cs_brush_canvas_lift (self);
  self->by_keys = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
add_pointing (CsBrushCanvas *self)
{
  GtkWidget          *widget = GTK_WIDGET (self);
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkGesture         *pinch = gtk_gesture_zoom_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (left_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (dragged_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (dragged_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (dragged_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancelled_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinched_cb), self);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
}

static void
add_keys (CsBrushCanvas *self)
{
  GtkWidget          *widget = GTK_WIDGET (self);
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (key, "key-released", G_CALLBACK (key_released_cb), self);
  g_signal_connect_swapped (key, "modifiers", G_CALLBACK (modifiers_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (widget, key);
  gtk_widget_add_controller (widget, focus);
}

void
cs_brush_canvas_attach_hand (CsBrushCanvas *self)
{
  add_pointing (self);
  add_keys (self);
}
