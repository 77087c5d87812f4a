/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-picture-sliders.h"

/* After the last key (ms) */
#define KEYS_SETTLE 400

typedef enum
{
  POLISH,
  AIR,
  N_SLIDERS
} Which;

static const struct
{
  const char *member;
  double      usual;
} sliders[N_SLIDERS] = {
  [POLISH] = { "polish", CS_PICTURE_RECIPE_POLISH },
  [AIR] = { "air", CS_PICTURE_RECIPE_AIR },
};

struct _CsPictureSliders
{
  AdwBin parent_instance;

  CsPictureRecipe *recipe;
  gboolean         is_updating;
  gboolean         is_held;    /* a pointer or finger is down on one */
  gboolean         is_pending; /* moved, and not settled yet */
  Which            moved;
  guint            settling;

  /* Template */
  GtkScale *polish;
  GtkScale *air;
};

G_DEFINE_FINAL_TYPE (CsPictureSliders, cs_picture_sliders, ADW_TYPE_BIN)

static GtkRange *
get_slider (CsPictureSliders *self,
            Which             which)
{
  return GTK_RANGE (which == POLISH ? self->polish : self->air);
}

static const char *
get_words (Which  which,
           double value)
{
  static const char *const words[N_SLIDERS][5] = {
    [POLISH] = {
      N_("True to life: the product exactly as in the photo"),
      N_("Close to true to life"),
      N_("As usual: only the light is set right"),
      N_("A little polished"),
      N_("Polished"),
    },
    [AIR] = {
      N_("Tight around the product"),
      N_("Rather tight"),
      N_("As usual around the product"),
      N_("Rather airy"),
      N_("Airy around the product"),
    },
  };
  double usual = sliders[which].usual;
  guint  word = 2;

  if (value < 0.005)
    word = 0;
  else if (value < usual - 0.07)
    word = 1;
  else if (value > 0.85)
    word = 4;
  else if (value > usual + 0.15)
    word = 3;

  return _ (words[which][word]);
}

static void
update_words (CsPictureSliders *self,
              Which             which)
{
  GtkRange   *slider = get_slider (self, which);
  const char *words = get_words (which, gtk_range_get_value (slider));

  gtk_accessible_update_property (GTK_ACCESSIBLE (slider), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (slider), words);
}

static void
settle (CsPictureSliders *self)
{
  g_clear_handle_id (&self->settling, g_source_remove);
  if (!self->is_pending)
    return;

  self->is_pending = FALSE;
  cs_picture_recipe_set_share (self->recipe, sliders[self->moved].member,
                               gtk_range_get_value (get_slider (self, self->moved)), TRUE);
}

static gboolean
keys_settled_cb (gpointer data)
{
  CsPictureSliders *self = data;

  self->settling = 0;
  settle (self);

  return G_SOURCE_REMOVE;
}

static void
value_changed_cb (CsPictureSliders *self,
                  GtkRange         *slider)
{
  Which which = slider == GTK_RANGE (self->polish) ? POLISH : AIR;

  update_words (self, which);
  if (self->is_updating || self->recipe == NULL)
    return;

  self->moved = which;
  self->is_pending = TRUE;
  g_clear_handle_id (&self->settling, g_source_remove);
  if (!self->is_held)
    self->settling = g_timeout_add (KEYS_SETTLE, keys_settled_cb, self);
  cs_picture_recipe_set_share (self->recipe, sliders[which].member, gtk_range_get_value (slider), FALSE);
}

static void
loaded_cb (CsPictureSliders *self)
{
  g_clear_handle_id (&self->settling, g_source_remove);
  self->is_pending = FALSE;
  self->is_updating = TRUE;
  for (Which which = 0; which < N_SLIDERS; which++)
    gtk_range_set_value (get_slider (self, which), cs_picture_recipe_get_share (self->recipe, sliders[which].member));
  self->is_updating = FALSE;
}

static void
reset (CsPictureSliders *self,
       GtkRange         *slider)
{
  Which which = slider == GTK_RANGE (self->polish) ? POLISH : AIR;

  gtk_range_set_value (slider, sliders[which].usual);
  settle (self);
}

/* Only looks on: the slider's own gestures do the moving */
static gboolean
event_cb (CsPictureSliders *self,
          GdkEvent         *event)
{
  switch ((guint) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      self->is_held = TRUE;
      break;

    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
    case GDK_GRAB_BROKEN:
      self->is_held = FALSE;
      settle (self);
      break;

    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
clicked_cb (CsPictureSliders *self,
            int               n_press,
            double            x,
            double            y,
            GtkGesture       *gesture)
{
  if (n_press != 2)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  reset (self, GTK_RANGE (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture))));
}

static gboolean
key_pressed_cb (CsPictureSliders      *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  if (keyval != GDK_KEY_BackSpace)
    return GDK_EVENT_PROPAGATE;

  reset (self, GTK_RANGE (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller))));

  return GDK_EVENT_STOP;
}

/* A wheel that turns over a slider scrolls the page; it is not to change the picture on the way */
static void
leave_scrolling (GtkWidget *slider)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (slider);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
add_controllers (CsPictureSliders *self,
                 GtkWidget        *slider)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  leave_scrolling (slider);
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (events, "event", G_CALLBACK (event_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (slider, events);
  gtk_widget_add_controller (slider, keys);
  gtk_widget_add_controller (slider, GTK_EVENT_CONTROLLER (click));
}

/* A screen reader looks at the sliders themselves */
static void
sensitive_cb (CsPictureSliders *self)
{
  for (Which which = 0; which < N_SLIDERS; which++)
    gtk_widget_set_sensitive (GTK_WIDGET (get_slider (self, which)), gtk_widget_get_sensitive (GTK_WIDGET (self)));
}

static void
cs_picture_sliders_dispose (GObject *object)
{
  CsPictureSliders *self = CS_PICTURE_SLIDERS (object);

  g_clear_handle_id (&self->settling, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PICTURE_SLIDERS);
  g_clear_object (&self->recipe);

  G_OBJECT_CLASS (cs_picture_sliders_parent_class)->dispose (object);
}

static void
cs_picture_sliders_class_init (CsPictureSlidersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_picture_sliders_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-picture-sliders.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPictureSliders, polish);
  gtk_widget_class_bind_template_child (widget_class, CsPictureSliders, air);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
}

static void
cs_picture_sliders_init (CsPictureSliders *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::sensitive", G_CALLBACK (sensitive_cb), NULL);
  for (Which which = 0; which < N_SLIDERS; which++)
    {
      gtk_scale_add_mark (GTK_SCALE (get_slider (self, which)), sliders[which].usual, GTK_POS_BOTTOM, NULL);
      add_controllers (self, GTK_WIDGET (get_slider (self, which)));
      update_words (self, which);
    }
}

void
cs_picture_sliders_set_recipe (CsPictureSliders *self,
                               CsPictureRecipe  *recipe)
{
  g_return_if_fail (CS_IS_PICTURE_SLIDERS (self));
  g_return_if_fail (self->recipe == NULL);

  self->recipe = g_object_ref (recipe);
  g_signal_connect_object (recipe, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  loaded_cb (self);
}
