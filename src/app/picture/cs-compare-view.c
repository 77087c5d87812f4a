/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cs-compare-draw.h"
#include "cs-compare-view.h"

#define GAP          10
#define HANDLE_REACH 16
#define WHEEL_FACTOR 1.25
#define CLOSER_LOOK  3.0
#define KEY_STEP     48

struct _CsCompareView
{
  GtkWidget parent_instance;

  GdkTexture *original;
  GdkTexture *suggestion;
  GdkTexture *changes;
  char       *note;
  guint       mode;
  gboolean    scroll_zooms;
  gboolean    swapped;
  gboolean    marked;
  double      wipe; /* 0..1, from the left */

  CsCompareLie    lie;
  CsCompareSpot   spot; /* of the original */
  graphene_rect_t original_pane;
  graphene_rect_t suggestion_pane;
  int             wanted_side;

  double   pointer_x;
  double   pointer_y;
  double   drag_x;
  double   drag_y;
  double   pinch_zoom;
  gboolean drags_handle;
  gboolean drags_suggestion;
};

G_DEFINE_FINAL_TYPE (CsCompareView, cs_compare_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_ORIGINAL = 1,
  PROP_SUGGESTION,
  PROP_CHANGES,
  PROP_NOTE,
  PROP_MODE,
  PROP_SCROLL_ZOOMS,
  PROP_ZOOM,
  PROP_WANTED_SIDE,
} CsCompareViewProperty;

static GParamSpec *properties[PROP_WANTED_SIDE + 1];

enum
{
  PANES_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
get_shape (GdkTexture *texture,
           double     *width,
           double     *height)
{
  *width = texture != NULL ? gdk_texture_get_width (texture) : 1;
  *height = texture != NULL ? gdk_texture_get_height (texture) : 1;
}

/* One picture over the other: the suggestion is in its place, and the original lies under it */
static gboolean
leads_suggestion (CsCompareView *self)
{
  return self->mode != CS_COMPARE_SIDE_BY_SIDE && self->suggestion != NULL && self->original != NULL;
}

static gboolean
is_of_suggestion (CsCompareView *self,
                  double         x,
                  double         y)
{
  return self->suggestion != NULL &&
         (leads_suggestion (self) || self->original == NULL ||
          graphene_rect_contains_point (&self->suggestion_pane, &GRAPHENE_POINT_INIT (x, y)));
}

/* What stands in the middle of a picture, by where the product is in each */
static CsCompareSpot
get_spot (CsCompareView *self,
          gboolean       is_suggestion)
{
  CsCompareSpot spot = self->spot;
  double        width;
  double        height;

  get_shape (self->original, &width, &height);
  if (is_suggestion && self->original != NULL)
    cs_compare_to_suggestion (&self->lie, width / height, &spot);

  return spot;
}

static void
set_spot (CsCompareView *self,
          CsCompareSpot  spot,
          gboolean       is_suggestion)
{
  double width;
  double height;

  get_shape (self->original, &width, &height);
  if (is_suggestion && self->original != NULL)
    cs_compare_to_original (&self->lie, width / height, &spot);
  self->spot = spot;
}

static void
get_place (CsCompareView         *self,
           const graphene_rect_t *pane,
           gboolean               is_suggestion,
           graphene_rect_t       *place)
{
  CsCompareSpot spot = get_spot (self, is_suggestion);
  double        width;
  double        height;

  get_shape (is_suggestion ? self->suggestion : self->original, &width, &height);
  cs_compare_place (pane, width, height, &spot, place);
}

static gboolean
marks_changes (CsCompareView *self)
{
  return self->mode == CS_COMPARE_CHANGES || self->marked;
}

static void
update_panes (CsCompareView *self)
{
  double least = MIN (self->lie.width, self->lie.height);
  double zoom = self->spot.zoom;
  double other_width;
  double other_height;
  double width;
  double height;
  int    wanted;

  /* Under a suggestion that shows a part of it the original is drawn larger */
  if (leads_suggestion (self) && least > 0.05 && least < 1)
    zoom /= least;
  get_shape (self->original != NULL ? self->original : self->suggestion, &width, &height);
  get_shape (self->suggestion != NULL ? self->suggestion : self->original, &other_width, &other_height);
  cs_compare_split (self->mode,
                    gtk_widget_get_width (GTK_WIDGET (self)),
                    gtk_widget_get_height (GTK_WIDGET (self)),
                    GAP,
                    sqrt (width / height * other_width / other_height),
                    &self->original_pane,
                    &self->suggestion_pane);
  wanted = cs_compare_wanted_side (&self->original_pane, width, height, zoom,
                                   gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  if (wanted != self->wanted_side)
    {
      self->wanted_side = wanted;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WANTED_SIDE]);
    }
  g_signal_emit (self, signals[PANES_MOVED], 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_cursor (CsCompareView *self,
               gboolean       over_handle)
{
  const char *name = NULL;

  if (over_handle)
    name = "col-resize";
  else if (self->spot.zoom > 1)
    name = "grab";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

static void
update_value (CsCompareView *self)
{
  g_autofree char *percent = g_strdup_printf (_("Zoom %d %%"), (int) (self->spot.zoom * 100 + 0.5));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, percent,
                                  -1);
}

static void
zoom_at (CsCompareView *self,
         double         x,
         double         y,
         double         zoom)
{
  gboolean      is_suggestion = is_of_suggestion (self, x, y);
  CsCompareSpot spot = get_spot (self, is_suggestion);
  double        width;
  double        height;

  get_shape (is_suggestion ? self->suggestion : self->original, &width, &height);
  cs_compare_zoom_at (&spot, is_suggestion ? &self->suggestion_pane : &self->original_pane, width, height, x, y, zoom);
  set_spot (self, spot, is_suggestion);
  update_panes (self);
  update_value (self);
  update_cursor (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

static void
pan_by (CsCompareView *self,
        double         dx,
        double         dy,
        gboolean       is_suggestion)
{
  CsCompareSpot spot = get_spot (self, is_suggestion);
  double        width;
  double        height;

  get_shape (is_suggestion ? self->suggestion : self->original, &width, &height);
  cs_compare_pan (&spot, is_suggestion ? &self->suggestion_pane : &self->original_pane, width, height, dx, dy);
  set_spot (self, spot, is_suggestion);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static double
get_wipe_x (CsCompareView *self)
{
  return self->original_pane.origin.x + self->wipe * self->original_pane.size.width;
}

static gboolean
is_at_handle (CsCompareView *self,
              double         x)
{
  return self->mode == CS_COMPARE_WIPE && ABS (x - get_wipe_x (self)) <= HANDLE_REACH;
}

static void
set_wipe (CsCompareView *self,
          double         wipe)
{
  self->wipe = CLAMP (wipe, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Drawing */

static void
snapshot_texture (CsCompareView         *self,
                  GtkSnapshot           *snapshot,
                  const graphene_rect_t *pane,
                  GdkTexture            *texture,
                  gboolean               is_suggestion)
{
  graphene_rect_t place;

  get_place (self, pane, is_suggestion, &place);
  cs_compare_draw_texture (snapshot, texture, &place, 0);
  if (is_suggestion && self->changes != NULL && marks_changes (self))
    cs_compare_draw_texture (snapshot, self->changes, &place, 0);
}

/* The original so that the product lies exactly over the suggestion's */
static void
snapshot_under (CsCompareView         *self,
                GtkSnapshot           *snapshot,
                const graphene_rect_t *pane)
{
  graphene_rect_t place;
  graphene_rect_t under;

  get_place (self, pane, TRUE, &place);
  cs_compare_lay_under (&self->lie, &place, &under);
  cs_compare_draw_texture (snapshot, self->original, &under, self->lie.turn);
}

static void
snapshot_pane (CsCompareView         *self,
               GtkSnapshot           *snapshot,
               const graphene_rect_t *pane,
               gboolean               is_suggestion)
{
  GdkTexture *texture = is_suggestion ? self->suggestion : self->original;

  if (pane->size.width <= 0 || pane->size.height <= 0)
    return;

  cs_compare_draw_ground (GTK_WIDGET (self), snapshot, pane);
  if (texture == NULL && is_suggestion)
    cs_compare_draw_note (GTK_WIDGET (self), snapshot, pane, self->note);
  else if (texture != NULL && !is_suggestion && leads_suggestion (self))
    snapshot_under (self, snapshot, pane);
  else if (texture != NULL)
    snapshot_texture (self, snapshot, pane, texture, is_suggestion);
  gtk_snapshot_pop (snapshot);
  cs_compare_draw_badge (GTK_WIDGET (self), snapshot, pane, is_suggestion ? _("Suggested") : _("Original"),
                         is_suggestion && self->mode == CS_COMPARE_WIPE);
}

static void
snapshot_wipe (CsCompareView *self,
               GtkSnapshot   *snapshot)
{
  const graphene_rect_t *pane = &self->original_pane;
  double                 split = self->swapped ? pane->size.width : self->wipe * pane->size.width;
  graphene_rect_t        left = GRAPHENE_RECT_INIT (0, 0, split, pane->size.height);
  graphene_rect_t        right = GRAPHENE_RECT_INIT (split, 0, pane->size.width - split, pane->size.height);

  gtk_snapshot_push_clip (snapshot, &right);
  snapshot_pane (self, snapshot, pane, TRUE);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_push_clip (snapshot, &left);
  snapshot_pane (self, snapshot, pane, FALSE);
  gtk_snapshot_pop (snapshot);
  if (!self->swapped)
    cs_compare_draw_handle (GTK_WIDGET (self), snapshot, pane, get_wipe_x (self));
}

static void
cs_compare_view_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  CsCompareView *self = CS_COMPARE_VIEW (widget);

  if (self->mode == CS_COMPARE_WIPE)
    {
      snapshot_wipe (self, snapshot);
      return;
    }

  if (self->mode == CS_COMPARE_SIDE_BY_SIDE)
    snapshot_pane (self, snapshot, &self->original_pane, FALSE);
  snapshot_pane (self, snapshot, &self->suggestion_pane, !self->swapped);
}

static void
cs_compare_view_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  update_panes (CS_COMPARE_VIEW (widget));
}

static void
cs_compare_view_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 420;
}

/* Pointing, touching, keys */

static void
dragged_begin_cb (CsCompareView  *self,
                  double          x,
                  double          y,
                  GtkGestureDrag *gesture)
{
  self->drags_handle = is_at_handle (self, x);
  self->drags_suggestion = is_of_suggestion (self, x, y);
  self->drag_x = 0;
  self->drag_y = 0;
  gtk_widget_grab_focus (GTK_WIDGET (self));

  /* At rest a drag is the page's: on a touch screen it scrolls */
  if (!self->drags_handle && self->spot.zoom <= 1)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
  else
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
dragged_cb (CsCompareView  *self,
            double          dx,
            double          dy,
            GtkGestureDrag *gesture)
{
  double start_x;
  double start_y;

  gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y);
  if (self->drags_handle && self->original_pane.size.width > 0)
    set_wipe (self, (start_x + dx - self->original_pane.origin.x) / self->original_pane.size.width);
  else
    pan_by (self, dx - self->drag_x, dy - self->drag_y, self->drags_suggestion);
  self->drag_x = dx;
  self->drag_y = dy;
}

static void
pressed_cb (CsCompareView   *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  if (n_press == 2 && !is_at_handle (self, x))
    zoom_at (self, x, y, self->spot.zoom > 1 ? 1 : CLOSER_LOOK);
  else if (self->mode == CS_COMPARE_BLINK)
    cs_compare_view_set_swapped (self, TRUE);
}

/* Whatever way a press ends: let go, dragged off, or taken by another gesture */
static void
press_ended_cb (CsCompareView    *self,
                GdkEventSequence *sequence,
                GtkGesture       *gesture)
{
  if (self->mode == CS_COMPARE_BLINK)
    cs_compare_view_set_swapped (self, FALSE);
}

static gboolean
scrolled_cb (CsCompareView            *self,
             double                    dx,
             double                    dy,
             GtkEventControllerScroll *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if (!self->scroll_zooms && (state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;

  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_SURFACE)
    dy /= 30;
  zoom_at (self, self->pointer_x, self->pointer_y,
           self->spot.zoom * (dy > 0 ? 1 / (1 + (WHEEL_FACTOR - 1) * dy) : 1 - (WHEEL_FACTOR - 1) * dy));
  return GDK_EVENT_STOP;
}

static void
moved_cb (CsCompareView *self,
          double         x,
          double         y)
{
  self->pointer_x = x;
  self->pointer_y = y;
  update_cursor (self, is_at_handle (self, x));
}

static void
pinch_begin_cb (CsCompareView    *self,
                GdkEventSequence *sequence,
                GtkGesture       *gesture)
{
  self->pinch_zoom = self->spot.zoom;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
pinched_cb (CsCompareView  *self,
            double          scale,
            GtkGestureZoom *gesture)
{
  double x;
  double y;

  if (gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    zoom_at (self, x, y, self->pinch_zoom * scale);
}

static gboolean
step (GtkWidget *widget,
      GVariant  *arguments,
      gpointer   data)
{
  CsCompareView *self = CS_COMPARE_VIEW (widget);
  int            x;
  int            y;

  g_variant_get (arguments, "(ii)", &x, &y);
  if (self->mode == CS_COMPARE_WIPE && x != 0 && self->original_pane.size.width > 0)
    set_wipe (self, self->wipe + x * 0.02);
  else if (self->spot.zoom > 1)
    pan_by (self, -x * KEY_STEP, -y * KEY_STEP, leads_suggestion (self));
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
cs_compare_view_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CsCompareView *self = CS_COMPARE_VIEW (object);

  switch ((CsCompareViewProperty) prop_id)
    {
    case PROP_ORIGINAL:
      g_value_set_object (value, self->original);
      break;

    case PROP_SUGGESTION:
      g_value_set_object (value, self->suggestion);
      break;

    case PROP_CHANGES:
      g_value_set_object (value, self->changes);
      break;

    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;

    case PROP_MODE:
      g_value_set_uint (value, self->mode);
      break;

    case PROP_SCROLL_ZOOMS:
      g_value_set_boolean (value, self->scroll_zooms);
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
set_mode (CsCompareView *self,
          guint          mode)
{
  if (self->mode == mode)
    return;

  self->mode = mode;
  self->swapped = FALSE;
  update_panes (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
}

static void
cs_compare_view_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  CsCompareView *self = CS_COMPARE_VIEW (object);
  gboolean       changed = FALSE;

  switch ((CsCompareViewProperty) prop_id)
    {
    case PROP_ORIGINAL:
      changed = g_set_object (&self->original, g_value_get_object (value));
      break;

    case PROP_SUGGESTION:
      changed = g_set_object (&self->suggestion, g_value_get_object (value));
      break;

    case PROP_CHANGES:
      changed = g_set_object (&self->changes, g_value_get_object (value));
      break;

    case PROP_NOTE:
      changed = g_set_str (&self->note, g_value_get_string (value));
      break;

    case PROP_MODE:
      set_mode (self, g_value_get_uint (value));
      break;

    case PROP_SCROLL_ZOOMS:
      self->scroll_zooms = g_value_get_boolean (value);
      break;

    case PROP_ZOOM:
    case PROP_WANTED_SIDE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }

  if (changed)
    {
      update_panes (self);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
cs_compare_view_dispose (GObject *object)
{
  CsCompareView *self = CS_COMPARE_VIEW (object);

  g_clear_object (&self->original);
  g_clear_object (&self->suggestion);
  g_clear_object (&self->changes);
  g_clear_pointer (&self->note, g_free);

  G_OBJECT_CLASS (cs_compare_view_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_ORIGINAL] = g_param_spec_object ("original", NULL, NULL, GDK_TYPE_TEXTURE, flags);
  properties[PROP_SUGGESTION] = g_param_spec_object ("suggestion", NULL, NULL, GDK_TYPE_TEXTURE, flags);
  properties[PROP_CHANGES] = g_param_spec_object ("changes", NULL, NULL, GDK_TYPE_TEXTURE, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  properties[PROP_MODE] = g_param_spec_uint ("mode", NULL, NULL, 0, CS_COMPARE_CHANGES, 0, flags);
  properties[PROP_SCROLL_ZOOMS] = g_param_spec_boolean ("scroll-zooms", NULL, NULL, TRUE, flags);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 1, CS_COMPARE_MAX_ZOOM, 1, told);
  properties[PROP_WANTED_SIDE] = g_param_spec_int ("wanted-side", NULL, NULL, 0, G_MAXINT, 0, told);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_compare_view_class_init (CsCompareViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_compare_view_dispose;
  object_class->get_property = cs_compare_view_get_property;
  object_class->set_property = cs_compare_view_set_property;
  widget_class->measure = cs_compare_view_measure;
  widget_class->size_allocate = cs_compare_view_size_allocate;
  widget_class->snapshot = cs_compare_view_snapshot;
  install_properties (object_class);
  signals[PANES_MOVED] = g_signal_new ("panes-moved", CS_TYPE_COMPARE_VIEW, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "compareview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, step, "(ii)", -1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, step, "(ii)", 1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, step, "(ii)", 0, -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, step, "(ii)", 0, 1);
}

static void
add_controllers (CsCompareView *self)
{
  GtkWidget          *widget = GTK_WIDGET (self);
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkGesture         *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (dragged_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (dragged_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (click, "end", G_CALLBACK (press_ended_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinched_cb), self);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_group (drag, click);
}

static void
cs_compare_view_init (CsCompareView *self)
{
  self->spot = CS_COMPARE_SPOT_FIT;
  self->lie = CS_COMPARE_LIE_SAME;
  self->wipe = 0.5;
  self->scroll_zooms = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_controllers (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (update_panes), NULL);
}

/* While a key or button is held: the original in the suggestion's place */
void
cs_compare_view_set_swapped (CsCompareView *self,
                             gboolean       swapped)
{
  g_return_if_fail (CS_IS_COMPARE_VIEW (self));

  if (self->swapped == swapped)
    return;

  self->swapped = swapped;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* While a key is held: what changed, over the suggestion */
void
cs_compare_view_set_marked (CsCompareView *self,
                            gboolean       marked)
{
  g_return_if_fail (CS_IS_COMPARE_VIEW (self));

  if (self->marked == marked)
    return;

  self->marked = marked;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* How the original lies in the suggestion */
void
cs_compare_view_set_lie (CsCompareView      *self,
                         const CsCompareLie *lie)
{
  g_return_if_fail (CS_IS_COMPARE_VIEW (self));

  self->lie = *lie;
  update_panes (self);
}

void
cs_compare_view_get_suggestion_pane (CsCompareView   *self,
                                     graphene_rect_t *pane)
{
  g_return_if_fail (CS_IS_COMPARE_VIEW (self));

  graphene_rect_init_from_rect (pane, &self->suggestion_pane);
}

void
cs_compare_view_zoom (CsCompareView *self,
                      double         factor)
{
  const graphene_rect_t *pane;

  g_return_if_fail (CS_IS_COMPARE_VIEW (self));

  pane = &self->original_pane;
  zoom_at (self,
           pane->origin.x + pane->size.width / 2,
           pane->origin.y + pane->size.height / 2,
           self->spot.zoom * factor);
}

void
cs_compare_view_reset (CsCompareView *self)
{
  g_return_if_fail (CS_IS_COMPARE_VIEW (self));

  self->spot = CS_COMPARE_SPOT_FIT;
  update_panes (self);
  update_value (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

int
cs_compare_view_get_wanted_side (CsCompareView *self)
{
  g_return_val_if_fail (CS_IS_COMPARE_VIEW (self), 0);

  return self->wanted_side;
}

double
cs_compare_view_get_zoom (CsCompareView *self)
{
  g_return_val_if_fail (CS_IS_COMPARE_VIEW (self), 1);

  return self->spot.zoom;
}
