/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-asking.h"
#include "cs-fiber.h"
#include "cs-json.h"
#include "cs-scene-dialog.h"
#include "cs-settings.h"

/* The name of the scene, or own words; and the own words that were used last */
#define SCENE "scene"
#define WORDS "scene-words"

/* A hand that goes over the scenes, or types, has come to rest (ms) */
#define REST 400

struct _CsSceneDialog
{
  AdwDialog parent_instance;

  CsEngines *engines;
  char      *engine;
  GArray    *products;
  GPtrArray *scenes;  /* CsSceneChoice */
  GPtrArray *buttons; /* GtkCheckButton, one for each scene; borrowed */
  GSettings *settings;

  /* What it would cost: one question at a time, and the last choice counts */
  CsSendPlan *plan; /* of what is chosen, or NULL */
  guint       rest;
  guint       stamp;
  gboolean    is_planning;

  gboolean yes;
  gboolean answered;

  /* Template */
  GtkBox         *choices;
  GtkLabel       *heading;
  GtkCheckButton *own;
  GtkEntry       *words;
  GtkLabel       *cost;
  GtkWidget      *spinner;
  GtkButton      *ask;
};

G_DEFINE_FINAL_TYPE (CsSceneDialog, cs_scene_dialog, ADW_TYPE_DIALOG)

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_own_words (CsSceneDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->words))));
}

/* "" where own words are chosen and there are none yet */
static char *
dup_scene (CsSceneDialog *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    {
      CsSceneChoice *scene = self->scenes->pdata[i];

      if (gtk_check_button_get_active (self->buttons->pdata[i]))
        return g_strdup (scene->name);
    }

  return dup_own_words (self);
}

static char *
make_settings (const char *scene)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "scene", scene);
  json_node_take_object (node, object);

  return cs_json_canonical (node);
}

char *
cs_scene_dialog_dup_settings (CsSceneDialog *self)
{
  g_autofree char *scene = NULL;

  g_return_val_if_fail (CS_IS_SCENE_DIALOG (self), NULL);

  scene = dup_scene (self);

  return make_settings (scene);
}

CsSendPlan *
cs_scene_dialog_get_plan (CsSceneDialog *self)
{
  g_return_val_if_fail (CS_IS_SCENE_DIALOG (self), NULL);

  return self->plan;
}

/* What it costs */

static gboolean
is_kept (CsSceneDialog *self)
{
  return self->plan != NULL && self->plan->n_kept == self->plan->n_products;
}

static const char *
get_ask_label (CsSceneDialog *self)
{
  if (is_kept (self))
    return _("_Use It");
  if (self->plan != NULL && (self->plan->wants_text || self->plan->wants_photos))
    return _("_Next");

  return _("_Have It Painted");
}

static char *
dup_cost (CsSceneDialog *self)
{
  guint            n = self->plan->n_products - self->plan->n_kept;
  g_autofree char *products = g_strdup_printf (ngettext ("%u product", "%u products", n), n);
  g_autofree char *estimate = NULL;

  if (is_kept (self))
    return g_strdup (_("This scene was painted before. Nothing is sent, and it costs nothing."));

  if (self->plan->blocked)
    return g_strdup (self->plan->finding);

  estimate = cs_asking_dup_estimate (self->plan);

  return self->plan->n_products > 1 ? g_strdup_printf ("%s · %s", products, estimate) : g_steal_pointer (&estimate);
}

static void
say_cost (CsSceneDialog *self,
          const char    *trouble)
{
  g_autofree char *scene = dup_scene (self);
  g_autofree char *cost = NULL;

  if (*scene == '\0')
    cost = g_strdup (_("Write what is to be seen around the product."));
  else if (self->plan != NULL)
    cost = dup_cost (self);
  else
    cost = g_strdup (trouble != NULL ? trouble : _("Looking what would be sent…"));

  gtk_label_set_label (self->cost, cost);
  gtk_widget_set_visible (self->spinner, *scene != '\0' && self->plan == NULL && trouble == NULL);
  gtk_button_set_label (self->ask, get_ask_label (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scene.ask",
                                 *scene != '\0' && trouble == NULL && !(self->plan != NULL && self->plan->blocked));
  if (self->plan != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), cost, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static DexFuture *
plan_fiber (gpointer data)
{
  CsSceneDialog *self = data;
  guint stamp;

  do
    {
      g_autofree char *settings = cs_scene_dialog_dup_settings (self);
      g_autoptr (CsSendPlan) plan = NULL;
      g_autoptr (GError) error = NULL;

      stamp = self->stamp;
      plan = dex_await_boxed (cs_engines_plan (self->engines, self->engine, (const gint64 *) self->products->data,
                                               self->products->len, settings),
                              &error);
      if (stamp != self->stamp || self->answered)
        continue;

      self->plan = g_steal_pointer (&plan);
      say_cost (self, error != NULL ? error->message : NULL);
    }
  while (stamp != self->stamp && !self->answered);
  self->is_planning = FALSE;

  return dex_future_new_true ();
}

static gboolean
rest_cb (gpointer data)
{
  CsSceneDialog   *self = data;
  g_autofree char *scene = dup_scene (self);

  self->rest = 0;
  if (!self->is_planning && !self->answered && *scene != '\0')
    {
      self->is_planning = TRUE;
      dex_future_disown (cs_fiber_spawn (plan_fiber, g_object_ref (self), g_object_unref));
    }

  return G_SOURCE_REMOVE;
}

static void
chosen_cb (CsSceneDialog *self)
{
  if (self->engines == NULL || self->answered)
    return;

  self->stamp++;
  g_clear_pointer (&self->plan, cs_send_plan_unref);
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add (REST, rest_cb, self);
  say_cost (self, NULL);
}

/* Both the one that is left and the one that is chosen tell */
static void
toggled_cb (CsSceneDialog  *self,
            GtkCheckButton *button)
{
  if (gtk_check_button_get_active (button))
    chosen_cb (self);
}

/* Who writes means their own words */
static void
words_changed_cb (CsSceneDialog *self)
{
  if (gtk_check_button_get_active (self->own))
    chosen_cb (self);
  else
    gtk_check_button_set_active (self->own, TRUE);
}

/* The answer */

static void
remember (CsSceneDialog *self)
{
  g_autofree char *scene = dup_scene (self);
  g_autofree char *words = dup_own_words (self);

  if (self->settings == NULL)
    return;

  g_settings_set_string (self->settings, SCENE, scene);
  if (*words != '\0')
    g_settings_set_string (self->settings, WORDS, words);
}

static void
ask_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CsSceneDialog *self = CS_SCENE_DIALOG (widget);

  remember (self);
  self->yes = TRUE;
  adw_dialog_close (ADW_DIALOG (self));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
cs_scene_dialog_closed (AdwDialog *dialog)
{
  CsSceneDialog *self = CS_SCENE_DIALOG (dialog);

  if (self->answered)
    return;

  self->answered = TRUE;
  g_signal_emit (self, signals[ANSWERED], 0, self->yes);
}

static void
cs_scene_dialog_dispose (GObject *object)
{
  CsSceneDialog *self = CS_SCENE_DIALOG (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_SCENE_DIALOG);

  G_OBJECT_CLASS (cs_scene_dialog_parent_class)->dispose (object);
}

static void
cs_scene_dialog_finalize (GObject *object)
{
  CsSceneDialog *self = CS_SCENE_DIALOG (object);

  g_clear_object (&self->engines);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->products, g_array_unref);
  g_clear_pointer (&self->scenes, g_ptr_array_unref);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->plan, cs_send_plan_unref);
  g_free (self->engine);

  G_OBJECT_CLASS (cs_scene_dialog_parent_class)->finalize (object);
}

static void
cs_scene_dialog_class_init (CsSceneDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_scene_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_scene_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = cs_scene_dialog_closed;
  signals[ANSWERED] = g_signal_new ("answered", CS_TYPE_SCENE_DIALOG, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-scene-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsSceneDialog, choices);
  gtk_widget_class_bind_template_child (widget_class, CsSceneDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, CsSceneDialog, own);
  gtk_widget_class_bind_template_child (widget_class, CsSceneDialog, words);
  gtk_widget_class_bind_template_child (widget_class, CsSceneDialog, cost);
  gtk_widget_class_bind_template_child (widget_class, CsSceneDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, CsSceneDialog, ask);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, words_changed_cb);
  gtk_widget_class_install_action (widget_class, "scene.ask", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "scene.cancel", NULL, cancel_action);
}

static void
cs_scene_dialog_init (CsSceneDialog *self)
{
  self->buttons = g_ptr_array_new ();
  self->scenes = cs_engines_list_scenes ();
  self->settings = cs_settings_dup (WORDS);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* One line for each, above the own words */
static void
add_scenes (CsSceneDialog *self)
{
  GtkWidget *before = NULL;

  for (guint i = 0; i < self->scenes->len; i++)
    {
      CsSceneChoice *scene = self->scenes->pdata[i];
      GtkWidget     *button = g_object_new (GTK_TYPE_CHECK_BUTTON, "label", scene->words, "group", self->own, NULL);

      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_insert_child_after (self->choices, button, before);
      g_ptr_array_add (self->buttons, button);
      before = button;
    }
}

/* The one of last time, else the first */
static void
choose (CsSceneDialog *self)
{
  g_autofree char *scene = self->settings != NULL ? g_settings_get_string (self->settings, SCENE) : g_strdup ("");
  g_autofree char *words = self->settings != NULL ? g_settings_get_string (self->settings, WORDS) : g_strdup ("");
  GtkCheckButton  *chosen = *scene != '\0' || self->buttons->len == 0 ? self->own : self->buttons->pdata[0];

  for (guint i = 0; i < self->buttons->len; i++)
    {
      CsSceneChoice *choice = self->scenes->pdata[i];

      if (g_str_equal (choice->name, scene))
        chosen = self->buttons->pdata[i];
    }

  gtk_editable_set_text (GTK_EDITABLE (self->words), chosen == self->own && *scene != '\0' ? scene : words);
  gtk_check_button_set_active (chosen, TRUE);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (chosen));
}

AdwDialog *
cs_scene_dialog_new (CsEngines  *engines,
                     const char *engine,
                     const char *name,
                     GArray     *products)
{
  CsSceneDialog   *self;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (CS_IS_ENGINES (engines), NULL);
  g_return_val_if_fail (engine != NULL && name != NULL, NULL);
  g_return_val_if_fail (products != NULL, NULL);

  self = g_object_new (CS_TYPE_SCENE_DIALOG, NULL);
  /* Translators: the name of a model */
  heading = g_strdup_printf (ngettext ("%s paints what is to be seen around the product. The product itself stays as it is in your photo.",
                                       "%s paints what is to be seen around the products. The products themselves stay as they are in your photos.",
                                       products->len),
                             name);
  gtk_label_set_label (self->heading, heading);
  self->engine = g_strdup (engine);
  self->products = g_array_copy (products);
  add_scenes (self);
  choose (self);
  self->engines = g_object_ref (engines);
  chosen_cb (self);

  return ADW_DIALOG (self);
}
