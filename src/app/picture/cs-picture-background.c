/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-picture-background.h"

#define N_SWATCHES 5

struct _CsPictureBackground
{
  AdwBin parent_instance;

  CsPictureRecipe *recipe;
  gboolean         is_updating;

  /* Template */
  GtkToggleButton *white;
  GtkToggleButton *grey;
  GtkToggleButton *product;
  GtkToggleButton *own;
  GtkToggleButton *keep;
  GtkToggleButton *mark;
  GtkLabel        *caption;
};

G_DEFINE_FINAL_TYPE (CsPictureBackground, cs_picture_background, ADW_TYPE_BIN)

enum
{
  CHOOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *choice;
  const char *words;
} backgrounds[N_SWATCHES] = {
  { "white", N_("White") },
  { "grey", N_("Soft grey") },
  { "product", N_("Colour of the product") },
  { "own", N_("Own picture") },
  { "keep", N_("As in the photo") },
};

static GtkToggleButton *
get_swatch (CsPictureBackground *self,
            guint                swatch)
{
  GtkToggleButton *swatches[N_SWATCHES] = { self->white, self->grey, self->product, self->own, self->keep };

  return swatches[swatch];
}

/* What a model painted says so, and which it was */
static void
update_painted (CsPictureBackground *self,
                const char          *choice)
{
  const char      *producer = cs_picture_recipe_get_choice (self->recipe, "producer");
  const char      *mark = cs_picture_recipe_get_choice (self->recipe, "mark");
  gboolean         painted = g_str_equal (choice, "own") && *producer != '\0';
  g_autofree char *words = painted ? g_strdup_printf (_("Painted by %s"), producer) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->mark), painted);
  gtk_toggle_button_set_active (self->mark, *mark != '\0' && !g_str_equal (mark, "off"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->caption), words);
  if (painted)
    gtk_label_set_label (self->caption, words);
}

static void
update (CsPictureBackground *self)
{
  const char *choice = cs_picture_recipe_get_choice (self->recipe, "background");

  self->is_updating = TRUE;
  for (guint i = 0; i < N_SWATCHES; i++)
    if (g_str_equal (backgrounds[i].choice, choice))
      {
        gtk_toggle_button_set_active (get_swatch (self, i), TRUE);
        gtk_label_set_label (self->caption, _ (backgrounds[i].words));
      }
  update_painted (self, choice);
  self->is_updating = FALSE;
}

static void
toggled_cb (CsPictureBackground *self,
            GtkToggleButton     *button)
{
  if (self->is_updating || self->recipe == NULL || !gtk_toggle_button_get_active (button))
    return;

  for (guint i = 0; i < N_SWATCHES; i++)
    if (get_swatch (self, i) == button)
      cs_picture_recipe_set_choice (self->recipe, "background", backgrounds[i].choice);
}

/* In the language that the seller reads */
static void
mark_toggled_cb (CsPictureBackground *self)
{
  const char *ours = g_str_has_prefix (g_get_language_names ()[0], "zh") ? "zh" : "en";

  if (!self->is_updating && self->recipe != NULL)
    cs_picture_recipe_set_choice (self->recipe, "mark", gtk_toggle_button_get_active (self->mark) ? ours : "off");
}

/* The one that was chosen before is taken up again; a click on it when it is shown asks for another */
static void
own_clicked_cb (CsPictureBackground *self)
{
  gboolean has_own = *cs_picture_recipe_get_choice (self->recipe, "backdrop") != '\0';
  gboolean is_own = g_str_equal (cs_picture_recipe_get_choice (self->recipe, "background"), "own");

  if (has_own && !is_own)
    {
      cs_picture_recipe_set_choice (self->recipe, "background", "own");
      return;
    }

  update (self);
  g_signal_emit (self, signals[CHOOSE], 0);
}

static void
cs_picture_background_dispose (GObject *object)
{
  CsPictureBackground *self = CS_PICTURE_BACKGROUND (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PICTURE_BACKGROUND);
  g_clear_object (&self->recipe);

  G_OBJECT_CLASS (cs_picture_background_parent_class)->dispose (object);
}

static void
cs_picture_background_class_init (CsPictureBackgroundClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_picture_background_dispose;
  signals[CHOOSE] = g_signal_new ("choose", CS_TYPE_PICTURE_BACKGROUND, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-picture-background.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPictureBackground, white);
  gtk_widget_class_bind_template_child (widget_class, CsPictureBackground, grey);
  gtk_widget_class_bind_template_child (widget_class, CsPictureBackground, product);
  gtk_widget_class_bind_template_child (widget_class, CsPictureBackground, own);
  gtk_widget_class_bind_template_child (widget_class, CsPictureBackground, keep);
  gtk_widget_class_bind_template_child (widget_class, CsPictureBackground, caption);
  gtk_widget_class_bind_template_child (widget_class, CsPictureBackground, mark);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, own_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, mark_toggled_cb);
}

static void
cs_picture_background_init (CsPictureBackground *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_picture_background_set_recipe (CsPictureBackground *self,
                                  CsPictureRecipe     *recipe)
{
  g_return_if_fail (CS_IS_PICTURE_BACKGROUND (self));
  g_return_if_fail (self->recipe == NULL);

  self->recipe = g_object_ref (recipe);
  g_signal_connect_object (recipe, "loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (recipe, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
