/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-review-page-private.h"

/* For keys whose action takes no number */
#define NO_NUMBER G_MAXINT

/* Left and Right go from product to product, Up and Down from item to item,
 * Page Up and Page Down from photo to photo; where the focus is on the picture,
 * the arrows move the wipe and the zoomed picture first.
 */
static const struct
{
  guint           keyval;
  GdkModifierType modifiers;
  const char     *action;
  int             number;
  gboolean        repeats; /* while it is held */
} keys[] = {
  { GDK_KEY_a, 0, "review.accept", NO_NUMBER, FALSE },
  { GDK_KEY_e, 0, "review.edit", NO_NUMBER, FALSE },
  { GDK_KEY_r, 0, "review.reject", NO_NUMBER, FALSE },
  { GDK_KEY_s, 0, "review.later", NO_NUMBER, FALSE },
  { GDK_KEY_m, 0, "review.brush", NO_NUMBER, FALSE },
  { GDK_KEY_a, GDK_SHIFT_MASK, "review.accept-all", NO_NUMBER, FALSE },
  { GDK_KEY_z, GDK_CONTROL_MASK, "review.undo", NO_NUMBER, TRUE },
  { GDK_KEY_d, GDK_CONTROL_MASK, "review.same-on-all", NO_NUMBER, FALSE },
  { GDK_KEY_l, GDK_CONTROL_MASK, "review.same-as-last", NO_NUMBER, FALSE },
  { GDK_KEY_k, 0, "review.ask-usual", NO_NUMBER, FALSE },
  { GDK_KEY_k, GDK_SHIFT_MASK, "review.ask-all", NO_NUMBER, FALSE },
  { GDK_KEY_p, 0, "review.paint", NO_NUMBER, FALSE },
  { GDK_KEY_1, 0, "review.variant", 1, FALSE },
  { GDK_KEY_2, 0, "review.variant", 2, FALSE },
  { GDK_KEY_3, 0, "review.variant", 3, FALSE },
  { GDK_KEY_4, 0, "review.variant", 4, FALSE },
  { GDK_KEY_5, 0, "review.variant", 5, FALSE },
  { GDK_KEY_6, 0, "review.variant", 6, FALSE },
  { GDK_KEY_7, 0, "review.variant", 7, FALSE },
  { GDK_KEY_8, 0, "review.variant", 8, FALSE },
  { GDK_KEY_9, 0, "review.variant", 9, FALSE },
  { GDK_KEY_KP_1, 0, "review.variant", 1, FALSE },
  { GDK_KEY_KP_2, 0, "review.variant", 2, FALSE },
  { GDK_KEY_KP_3, 0, "review.variant", 3, FALSE },
  { GDK_KEY_KP_4, 0, "review.variant", 4, FALSE },
  { GDK_KEY_KP_5, 0, "review.variant", 5, FALSE },
  { GDK_KEY_KP_6, 0, "review.variant", 6, FALSE },
  { GDK_KEY_KP_7, 0, "review.variant", 7, FALSE },
  { GDK_KEY_KP_8, 0, "review.variant", 8, FALSE },
  { GDK_KEY_KP_9, 0, "review.variant", 9, FALSE },
  { GDK_KEY_Up, 0, "review.item", -1, TRUE },
  { GDK_KEY_Down, 0, "review.item", 1, TRUE },
  { GDK_KEY_Left, 0, "review.product", -1, TRUE },
  { GDK_KEY_Right, 0, "review.product", 1, TRUE },
  { GDK_KEY_Page_Up, 0, "review.photo", -1, TRUE },
  { GDK_KEY_Page_Down, 0, "review.photo", 1, TRUE },
  { GDK_KEY_plus, 0, "review.zoom-in", NO_NUMBER, TRUE },
  { GDK_KEY_plus, GDK_SHIFT_MASK, "review.zoom-in", NO_NUMBER, TRUE },
  { GDK_KEY_equal, 0, "review.zoom-in", NO_NUMBER, TRUE },
  { GDK_KEY_KP_Add, 0, "review.zoom-in", NO_NUMBER, TRUE },
  { GDK_KEY_minus, 0, "review.zoom-out", NO_NUMBER, TRUE },
  { GDK_KEY_KP_Subtract, 0, "review.zoom-out", NO_NUMBER, TRUE },
  { GDK_KEY_0, 0, "review.zoom-fit", NO_NUMBER, FALSE },
  { GDK_KEY_KP_0, 0, "review.zoom-fit", NO_NUMBER, FALSE },
};

static gboolean
is_typing (CsReviewPage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus);
}

/* Something lies over the page, or it is not the one in view, or the keys are the brush's */
static gboolean
is_covered (CsReviewPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return !gtk_widget_get_mapped (GTK_WIDGET (self)) || cs_review_brush_is_on (self) ||
         (ADW_IS_APPLICATION_WINDOW (root) &&
          adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)) != NULL);
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   data)
{
  CsReviewPage *self = CS_REVIEW_PAGE (widget);
  const char   *action;
  int           number;
  gboolean      repeats;

  g_variant_get (arguments, "(&sib)", &action, &number, &repeats);
  if (is_typing (self) || is_covered (self))
    return GDK_EVENT_PROPAGATE;

  /* A key that is held decides once */
  if (self->is_repeat && !repeats)
    return GDK_EVENT_STOP;

  return number == NO_NUMBER ? gtk_widget_activate_action (widget, action, NULL)
                             : gtk_widget_activate_action (widget, action, "i", number);
}

/* As long as B is held the original is seen, as long as C is, what changed */
static void
hold (CsReviewPage *self,
      guint         keyval,
      gboolean      held)
{
  if (gdk_keyval_to_lower (keyval) == GDK_KEY_b)
    cs_picture_pane_set_swapped (self->picture, held);
  else if (gdk_keyval_to_lower (keyval) == GDK_KEY_c)
    cs_picture_pane_set_marked (self->picture, held);
}

static gboolean
root_key_pressed_cb (CsReviewPage   *self,
                     guint           keyval,
                     guint           keycode,
                     GdkModifierType state)
{
  self->is_repeat = self->held_key == keycode;
  self->held_key = keycode;
  if ((state & gtk_accelerator_get_default_mod_mask ()) == 0 && !is_typing (self) && !is_covered (self))
    hold (self, keyval, TRUE);

  return GDK_EVENT_PROPAGATE;
}

static void
root_key_released_cb (CsReviewPage   *self,
                      guint           keyval,
                      guint           keycode,
                      GdkModifierType state)
{
  if (self->held_key == keycode)
    self->held_key = 0;
  hold (self, keyval, FALSE);
}

/* Watches what goes down and up in the whole window, and takes nothing away */
static void
watch_window (CsReviewPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->root_keys != NULL)
    gtk_widget_remove_controller (gtk_event_controller_get_widget (self->root_keys), self->root_keys);
  self->root_keys = NULL;
  if (root == NULL)
    return;

  self->root_keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->root_keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->root_keys, "key-pressed", G_CALLBACK (root_key_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->root_keys, "key-released", G_CALLBACK (root_key_released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (root), self->root_keys);
}

/* The keys work wherever the focus is in the window, as long as the page is in
 * view; inside of the page they come before the window's own use of the arrows.
 */
static void
add_window_keys (CsReviewPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].keyval, keys[i].modifiers),
                                                gtk_callback_action_new (key_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new ("(sib)", keys[i].action, keys[i].number, keys[i].repeats));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static gboolean
list_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  return key_cb (gtk_widget_get_ancestor (widget, CS_TYPE_REVIEW_PAGE), arguments, data);
}

/* The list would take these for its own: it turns pages with them */
static void
add_list_keys (CsReviewPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut;

      if (!g_str_equal (keys[i].action, "review.photo"))
        continue;

      shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].keyval, keys[i].modifiers),
                                   gtk_callback_action_new (list_key_cb, NULL, NULL));
      gtk_shortcut_set_arguments (shortcut, g_variant_new ("(sib)", keys[i].action, keys[i].number, keys[i].repeats));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self->fields), controller);
}

/* Beside the actions: their keys, for where the focus is in the page */
void
cs_review_keys_install (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].keyval, keys[i].modifiers, key_cb,
                                  "(sib)", keys[i].action, keys[i].number, keys[i].repeats);
}

void
cs_review_keys_attach (CsReviewPage *self)
{
  add_window_keys (self);
  add_list_keys (self);
  g_signal_connect (self, "notify::root", G_CALLBACK (watch_window), NULL);
}
