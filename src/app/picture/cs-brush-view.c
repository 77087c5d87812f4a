/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-brush-canvas.h"
#include "cs-brush-view.h"
#include "cs-compare-geometry.h"
#include "cs-fiber.h"
#include "cs-picture-loader.h"
#include "cs-window.h"

#define ZOOM_STEP 1.5
/* A bracket key, of the whole range of sizes */
#define SIZE_STEP 0.06

struct _CsBrushView
{
  AdwBin parent_instance;

  CsDesk     *desk;  /* of the photo under the brush, or NULL */
  CsMaskEdit *edit;  /* or NULL until it is there */
  char       *photo; /* hash */
  guint       stamp; /* of what was asked for last */
  gboolean    keeping;

  /* Template */
  CsBrushCanvas *canvas;
  GtkWidget     *spinner;
  GtkWidget     *tools;
  GtkLabel      *zoom;
};

G_DEFINE_FINAL_TYPE (CsBrushView, cs_brush_view, ADW_TYPE_BIN)

enum
{
  DONE,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
say (CsBrushView *self,
     const char  *sentence)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* The one place that says what can be done now */
static void
update_actions (CsBrushView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   ready = self->edit != NULL && !self->keeping;

  gtk_widget_action_set_enabled (widget, "brush.undo", ready && cs_mask_edit_can_undo (self->edit));
  gtk_widget_action_set_enabled (widget, "brush.redo", ready && cs_mask_edit_can_redo (self->edit));
  gtk_widget_action_set_enabled (widget, "brush.done", ready);
  gtk_widget_action_set_enabled (widget, "brush.cancel", self->desk != NULL && !self->keeping);
  gtk_widget_set_sensitive (self->tools, ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->canvas), !self->keeping);
  gtk_widget_set_visible (self->spinner, self->desk != NULL && !ready);
}

static void
let_go (CsBrushView *self)
{
  self->stamp++;
  self->keeping = FALSE;
  cs_brush_canvas_lift (self->canvas);
  g_object_set (self->canvas, "edit", NULL, "photo", NULL, NULL);
  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_func (self->edit, update_actions, self);
  g_clear_object (&self->edit);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->photo, g_free);
  update_actions (self);
}

void
cs_brush_view_cancel (CsBrushView *self)
{
  g_return_if_fail (CS_IS_BRUSH_VIEW (self));

  if (self->desk == NULL)
    return;

  let_go (self);
  g_signal_emit (self, signals[CANCELLED], 0);
}

/* The photo, as sharp as it is looked at */

typedef struct
{
  CsBrushView *self;
  CsDesk      *desk;
  CsMaskEdit  *edit;
  gint64       product;
  gint64       photo;
  guint        stamp;
} Wait;

static Wait *
wait_new (CsBrushView *self)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->self = g_object_ref (self);
  wait->desk = g_object_ref (self->desk);
  wait->stamp = self->stamp;

  return wait;
}

static void
wait_free (Wait *wait)
{
  g_clear_object (&wait->self);
  g_clear_object (&wait->desk);
  g_clear_object (&wait->edit);
  g_free (wait);
}

static gboolean
is_stale (Wait *wait)
{
  return wait->stamp != wait->self->stamp;
}

/* What is drawn may come blurred first, and stays where a sharper one does not come */
static DexFuture *
sharpen_fiber (gpointer data)
{
  Wait        *wait = data;
  CsBrushView *self = wait->self;
  int          side = cs_brush_canvas_get_wanted_side (self->canvas);
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *hash = g_strdup (self->photo);

  texture = dex_await_object (cs_picture_loader_load (cs_picture_loader_get (wait->desk), hash, side), NULL);
  if (texture != NULL && !is_stale (wait) && side == cs_brush_canvas_get_wanted_side (self->canvas))
    g_object_set (self->canvas, "photo", texture, NULL);

  return dex_future_new_true ();
}

static void
wanted_side_cb (CsBrushView *self)
{
  CsPictureLoader *loader;
  int              side = cs_brush_canvas_get_wanted_side (self->canvas);
  g_autoptr (GdkTexture) texture = NULL;

  if (self->desk == NULL || side == 0)
    return;

  loader = cs_picture_loader_get (self->desk);
  texture = cs_picture_loader_dup_cached (loader, self->photo, side);
  if (texture != NULL)
    g_object_set (self->canvas, "photo", texture, NULL);
  else
    dex_future_disown (cs_fiber_spawn (sharpen_fiber, wait_new (self), (GDestroyNotify) wait_free));
}

/* The best that is at hand, so that something is there in the first frame */
static void
show_at_hand (CsBrushView *self,
              const char  *thumbnail)
{
  CsPictureLoader *loader = cs_picture_loader_get (self->desk);
  g_autoptr (GdkTexture) texture = NULL;

  for (int side = CS_COMPARE_MAX_SIDE; side >= 512 && texture == NULL; side /= 2)
    texture = cs_picture_loader_dup_cached (loader, self->photo, side);
  if (texture == NULL && thumbnail != NULL)
    texture = cs_picture_loader_dup_cached (loader, thumbnail, CS_PICTURE_THUMBNAIL);
  if (texture != NULL)
    g_object_set (self->canvas, "photo", texture, NULL);
}

static DexFuture *
open_fiber (gpointer data)
{
  Wait        *wait = data;
  CsBrushView *self = wait->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMaskEdit) edit = dex_await_object (cs_desk_edit_mask (wait->desk, wait->product, wait->photo), &error);

  if (is_stale (wait))
    return dex_future_new_false ();

  if (edit == NULL)
    {
      cs_window_report (GTK_WIDGET (self), error);
      cs_brush_view_cancel (self);
      return dex_future_new_false ();
    }

  g_set_object (&self->edit, edit);
  g_signal_connect_object (edit, "notify", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_object_set (self->canvas, "edit", edit, NULL);
  update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  say (self, _("Brush. Arrow keys move it, Space puts it down and lifts it."));

  return dex_future_new_true ();
}

void
cs_brush_view_open (CsBrushView *self,
                    CsDesk      *desk,
                    gint64       product,
                    CsPhoto     *photo)
{
  Wait *wait;

  g_return_if_fail (CS_IS_BRUSH_VIEW (self));
  g_return_if_fail (photo != NULL);

  let_go (self);
  self->desk = g_object_ref (desk);
  self->photo = g_strdup (photo->hash);
  cs_brush_canvas_reset (self->canvas);
  g_object_set (self->canvas, "kind", CS_BRUSH_BRING_BACK, NULL);
  update_actions (self);
  show_at_hand (self, photo->thumbnail);
  wanted_side_cb (self);

  wait = wait_new (self);
  wait->product = product;
  wait->photo = photo->id;
  dex_future_disown (cs_fiber_spawn (open_fiber, wait, (GDestroyNotify) wait_free));
}

static DexFuture *
keep_fiber (gpointer data)
{
  Wait        *wait = data;
  CsBrushView *self = wait->self;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = dex_await_string (cs_desk_keep_mask (wait->desk, wait->edit), &error);

  if (is_stale (wait))
    return dex_future_new_false ();

  if (hash == NULL)
    {
      self->keeping = FALSE;
      update_actions (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
      cs_window_report (GTK_WIDGET (self), error);
      return dex_future_new_false ();
    }

  let_go (self);
  g_signal_emit (self, signals[DONE], 0, hash);

  return dex_future_new_true ();
}

/* Actions */

static void
done_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CsBrushView *self = CS_BRUSH_VIEW (widget);
  Wait        *wait;

  cs_brush_canvas_lift (self->canvas);
  if (!cs_mask_edit_can_undo (self->edit))
    {
      cs_brush_view_cancel (self);
      return;
    }

  self->keeping = TRUE;
  update_actions (self);
  wait = wait_new (self);
  wait->edit = g_object_ref (self->edit);
  dex_future_disown (cs_fiber_spawn (keep_fiber, wait, (GDestroyNotify) wait_free));
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  cs_brush_view_cancel (CS_BRUSH_VIEW (widget));
}

static void
stroke_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  CsBrushView *self = CS_BRUSH_VIEW (widget);
  gboolean     is_undo = g_str_equal (name, "brush.undo");

  cs_brush_canvas_lift (self->canvas);
  if (is_undo)
    cs_mask_edit_undo (self->edit);
  else
    cs_mask_edit_redo (self->edit);
  say (self, is_undo ? _("Stroke undone") : _("Stroke redone"));
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CsBrushView *self = CS_BRUSH_VIEW (widget);

  if (g_str_equal (name, "brush.zoom-fit"))
    cs_brush_canvas_reset (self->canvas);
  else
    cs_brush_canvas_zoom (self->canvas, g_str_equal (name, "brush.zoom-in") ? ZOOM_STEP : 1 / ZOOM_STEP);
}

static void
size_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CsBrushView *self = CS_BRUSH_VIEW (widget);
  double       size;

  g_object_get (self->canvas, "size", &size, NULL);
  g_object_set (self->canvas, "size", CLAMP (size + g_variant_get_int32 (parameter) * SIZE_STEP, 0, 1), NULL);
}

static void
kind_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CsBrushView *self = CS_BRUSH_VIEW (widget);
  guint        kind;

  g_object_get (self->canvas, "kind", &kind, NULL);
  g_object_set (self->canvas, "kind",
                kind == CS_BRUSH_BRING_BACK ? CS_BRUSH_TAKE_AWAY : CS_BRUSH_BRING_BACK, NULL);
}

/* What the canvas tells */

static void
zoom_changed_cb (CsBrushView *self)
{
  g_autofree char *percent = g_strdup_printf ("%d %%", (int) (cs_brush_canvas_get_zoom (self->canvas) * 100 + 0.5));

  gtk_label_set_label (self->zoom, percent);
}

static void
size_changed_cb (CsBrushView *self)
{
  double size;
  g_autofree char *sentence = NULL;

  g_object_get (self->canvas, "size", &size, NULL);
  sentence = g_strdup_printf (_("Size of the brush: %d %%"), (int) (size * 100 + 0.5));
  if (self->edit != NULL)
    say (self, sentence);
}

static void
kind_changed_cb (CsBrushView *self)
{
  guint kind;

  g_object_get (self->canvas, "kind", &kind, NULL);
  if (self->edit != NULL)
    say (self, kind == CS_BRUSH_BRING_BACK ? _("Bring back") : _("Take away"));
}

/* The class */

static void
cs_brush_view_dispose (GObject *object)
{
  CsBrushView *self = CS_BRUSH_VIEW (object);

  self->stamp++;
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_BRUSH_VIEW);
  g_clear_object (&self->edit);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->photo, g_free);

  G_OBJECT_CLASS (cs_brush_view_parent_class)->dispose (object);
}

/* Wherever the focus is in the window, as the keys of the review, for as long
 * as the brush is in the hand. Enter is left to what has the focus outside.
 */
static const struct
{
  guint           keyval;
  GdkModifierType modifiers;
  const char     *action;
  int             number;
  gboolean        within;
} keys[] = {
  { GDK_KEY_z, GDK_CONTROL_MASK, "brush.undo", 0, FALSE },
  { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "brush.redo", 0, FALSE },
  { GDK_KEY_Return, 0, "brush.done", 0, TRUE },
  { GDK_KEY_KP_Enter, 0, "brush.done", 0, TRUE },
  { GDK_KEY_Escape, 0, "brush.cancel", 0, FALSE },
  { GDK_KEY_x, 0, "brush.other-kind", 0, FALSE },
  { GDK_KEY_bracketleft, 0, "brush.size", -1, FALSE },
  { GDK_KEY_bracketright, 0, "brush.size", 1, FALSE },
  { GDK_KEY_plus, 0, "brush.zoom-in", 0, FALSE },
  { GDK_KEY_plus, GDK_SHIFT_MASK, "brush.zoom-in", 0, FALSE },
  { GDK_KEY_equal, 0, "brush.zoom-in", 0, FALSE },
  { GDK_KEY_KP_Add, 0, "brush.zoom-in", 0, FALSE },
  { GDK_KEY_minus, 0, "brush.zoom-out", 0, FALSE },
  { GDK_KEY_KP_Subtract, 0, "brush.zoom-out", 0, FALSE },
  { GDK_KEY_0, 0, "brush.zoom-fit", 0, FALSE },
  { GDK_KEY_KP_0, 0, "brush.zoom-fit", 0, FALSE },
};

static gboolean
is_covered (CsBrushView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return self->desk == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
         (ADW_IS_APPLICATION_WINDOW (root) &&
          adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)) != NULL);
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   data)
{
  const char *action;
  int         number;

  g_variant_get (arguments, "(&si)", &action, &number);
  if (is_covered (CS_BRUSH_VIEW (widget)))
    return GDK_EVENT_PROPAGATE;

  return number != 0 ? gtk_widget_activate_action (widget, action, "i", number)
                     : gtk_widget_activate_action (widget, action, NULL);
}

static void
add_keys (CsBrushView *self)
{
  GtkEventController *within = gtk_shortcut_controller_new ();
  GtkEventController *anywhere = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (anywhere), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].keyval, keys[i].modifiers),
                                                gtk_callback_action_new (key_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new ("(si)", keys[i].action, keys[i].number));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys[i].within ? within : anywhere), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), within);
  gtk_widget_add_controller (GTK_WIDGET (self), anywhere);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "brush.undo", NULL, stroke_action);
  gtk_widget_class_install_action (widget_class, "brush.redo", NULL, stroke_action);
  gtk_widget_class_install_action (widget_class, "brush.done", NULL, done_action);
  gtk_widget_class_install_action (widget_class, "brush.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "brush.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "brush.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "brush.zoom-fit", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "brush.size", "i", size_action);
  gtk_widget_class_install_action (widget_class, "brush.other-kind", NULL, kind_action);
}

static void
cs_brush_view_class_init (CsBrushViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_brush_view_dispose;
  signals[DONE] = g_signal_new ("done", CS_TYPE_BRUSH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CANCELLED] = g_signal_new ("cancelled", CS_TYPE_BRUSH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  g_type_ensure (CS_TYPE_BRUSH_CANVAS);
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-brush-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsBrushView, canvas);
  gtk_widget_class_bind_template_child (widget_class, CsBrushView, spinner);
  gtk_widget_class_bind_template_child (widget_class, CsBrushView, tools);
  gtk_widget_class_bind_template_child (widget_class, CsBrushView, zoom);
  gtk_widget_class_bind_template_callback (widget_class, wanted_side_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  install_actions (widget_class);
}

static void
cs_brush_view_init (CsBrushView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self);
  update_actions (self);
}
