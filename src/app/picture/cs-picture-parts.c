/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-picture-parts.h"

static const char *const members[] = { "straighten", "crop", "white_balance", "exposure", "clean", "alike" };

#define N_PARTS G_N_ELEMENTS (members)

struct _CsPictureParts
{
  AdwBin parent_instance;

  CsPictureRecipe *recipe;
  gboolean         is_updating;

  /* Template */
  GtkCheckButton *straighten;
  GtkCheckButton *crop;
  GtkCheckButton *white_balance;
  GtkCheckButton *exposure;
  GtkCheckButton *clean;
  GtkCheckButton *alike;
  AdwToggleGroup *shape;
  AdwToggleGroup *shadow;
};

G_DEFINE_FINAL_TYPE (CsPictureParts, cs_picture_parts, ADW_TYPE_BIN)

static GtkCheckButton *
get_part (CsPictureParts *self,
          guint           part)
{
  GtkCheckButton *parts[N_PARTS] = { self->straighten, self->crop, self->white_balance, self->exposure, self->clean, self->alike };

  return parts[part];
}

static void
update (CsPictureParts *self)
{
  self->is_updating = TRUE;
  for (guint i = 0; i < N_PARTS; i++)
    gtk_check_button_set_active (get_part (self, i), cs_picture_recipe_get_switch (self->recipe, members[i]));
  adw_toggle_group_set_active_name (self->shape, cs_picture_recipe_get_choice (self->recipe, "shape"));
  adw_toggle_group_set_active_name (self->shadow, cs_picture_recipe_get_choice (self->recipe, "shadow"));
  self->is_updating = FALSE;
}

static void
switched_cb (CsPictureParts *self,
             GtkCheckButton *button)
{
  if (self->is_updating || self->recipe == NULL)
    return;

  for (guint i = 0; i < N_PARTS; i++)
    if (get_part (self, i) == button)
      cs_picture_recipe_set_switch (self->recipe, members[i], gtk_check_button_get_active (button));
}

static void
chosen_cb (CsPictureParts *self,
           GParamSpec     *pspec,
           AdwToggleGroup *group)
{
  const char *name = adw_toggle_group_get_active_name (group);

  if (!self->is_updating && self->recipe != NULL && name != NULL)
    cs_picture_recipe_set_choice (self->recipe, group == self->shape ? "shape" : "shadow", name);
}

static void
cs_picture_parts_dispose (GObject *object)
{
  CsPictureParts *self = CS_PICTURE_PARTS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PICTURE_PARTS);
  g_clear_object (&self->recipe);

  G_OBJECT_CLASS (cs_picture_parts_parent_class)->dispose (object);
}

static void
cs_picture_parts_class_init (CsPicturePartsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_picture_parts_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-picture-parts.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, straighten);
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, crop);
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, white_balance);
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, exposure);
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, clean);
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, alike);
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, shape);
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, shadow);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
cs_picture_parts_init (CsPictureParts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_picture_parts_set_recipe (CsPictureParts  *self,
                             CsPictureRecipe *recipe)
{
  g_return_if_fail (CS_IS_PICTURE_PARTS (self));
  g_return_if_fail (self->recipe == NULL);

  self->recipe = g_object_ref (recipe);
  g_signal_connect_object (recipe, "loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
cs_picture_parts_set_has_mask (CsPictureParts *self,
                               gboolean        has_mask)
{
  g_return_if_fail (CS_IS_PICTURE_PARTS (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->shadow), has_mask);
}
