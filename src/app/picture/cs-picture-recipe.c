/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-json.h"
#include "cs-picture-recipe.h"

struct _CsPictureRecipe
{
  GObject parent_instance;

  JsonObject *members;
};

G_DEFINE_FINAL_TYPE (CsPictureRecipe, cs_picture_recipe, G_TYPE_OBJECT)

enum
{
  LOADED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *name;
  const char *choice;
} usual_choices[] = {
  { "background", "white" },
  { "shadow", "keep" },
  { "shape", "square" },
};

static const struct
{
  const char *name;
  double      share;
} usual_shares[] = {
  { "polish", CS_PICTURE_RECIPE_POLISH },
  { "air", CS_PICTURE_RECIPE_AIR },
};

static void
cs_picture_recipe_finalize (GObject *object)
{
  g_clear_pointer (&CS_PICTURE_RECIPE (object)->members, json_object_unref);

  G_OBJECT_CLASS (cs_picture_recipe_parent_class)->finalize (object);
}

static void
cs_picture_recipe_class_init (CsPictureRecipeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_picture_recipe_finalize;
  signals[LOADED] = g_signal_new ("loaded", CS_TYPE_PICTURE_RECIPE, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", CS_TYPE_PICTURE_RECIPE, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
cs_picture_recipe_init (CsPictureRecipe *self)
{
  self->members = json_object_new ();
}

CsPictureRecipe *
cs_picture_recipe_new (void)
{
  return g_object_new (CS_TYPE_PICTURE_RECIPE, NULL);
}

static JsonObject *
copy_members (JsonObject *object)
{
  JsonObject    *copy = json_object_new ();
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  if (object == NULL)
    return copy;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value))
    json_object_set_member (copy, name, json_node_copy (value));

  return copy;
}

/* NULL or what cannot be read stands for an empty recipe: all is as usual */
void
cs_picture_recipe_load (CsPictureRecipe *self,
                        const char      *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;

  g_return_if_fail (CS_IS_PICTURE_RECIPE (self));

  json_object_unref (self->members);
  self->members = copy_members (cs_json_node_object (node));
  g_signal_emit (self, signals[LOADED], 0);
}

char *
cs_picture_recipe_dup_json (CsPictureRecipe *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  g_return_val_if_fail (CS_IS_PICTURE_RECIPE (self), NULL);

  json_node_take_object (node, copy_members (self->members));

  return cs_json_canonical (node);
}

gboolean
cs_picture_recipe_get_switch (CsPictureRecipe *self,
                              const char      *name)
{
  g_return_val_if_fail (CS_IS_PICTURE_RECIPE (self), FALSE);

  return cs_json_bool (self->members, name, TRUE);
}

void
cs_picture_recipe_set_switch (CsPictureRecipe *self,
                              const char      *name,
                              gboolean         on)
{
  g_return_if_fail (CS_IS_PICTURE_RECIPE (self));

  json_object_set_boolean_member (self->members, name, on);
  g_signal_emit (self, signals[CHANGED], 0, TRUE);
}

const char *
cs_picture_recipe_get_choice (CsPictureRecipe *self,
                              const char      *name)
{
  const char *usual = "";

  g_return_val_if_fail (CS_IS_PICTURE_RECIPE (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (usual_choices); i++)
    if (g_str_equal (usual_choices[i].name, name))
      usual = usual_choices[i].choice;
  /* A recipe from before there were shapes */
  if (g_str_equal (name, "shape") && !cs_json_bool (self->members, "square", TRUE))
    usual = "photo";

  return cs_json_string (self->members, name, usual);
}

void
cs_picture_recipe_set_choice (CsPictureRecipe *self,
                              const char      *name,
                              const char      *value)
{
  g_return_if_fail (CS_IS_PICTURE_RECIPE (self));

  json_object_set_string_member (self->members, name, value);
  if (g_str_equal (name, "shape"))
    json_object_remove_member (self->members, "square");
  g_signal_emit (self, signals[CHANGED], 0, TRUE);
}

double
cs_picture_recipe_get_share (CsPictureRecipe *self,
                             const char      *name)
{
  double usual = 0;

  g_return_val_if_fail (CS_IS_PICTURE_RECIPE (self), 0);

  for (guint i = 0; i < G_N_ELEMENTS (usual_shares); i++)
    if (g_str_equal (usual_shares[i].name, name))
      usual = usual_shares[i].share;

  return CLAMP (cs_json_double (self->members, name, usual), 0, 1);
}

/* Rounded as the recipe is kept, so that the same place is the same recipe */
void
cs_picture_recipe_set_share (CsPictureRecipe *self,
                             const char      *name,
                             double           value,
                             gboolean         settled)
{
  g_return_if_fail (CS_IS_PICTURE_RECIPE (self));

  json_object_set_double_member (self->members, name, round (CLAMP (value, 0, 1) * 1000) / 1000);
  g_signal_emit (self, signals[CHANGED], 0, settled);
}

void
cs_picture_recipe_set_backdrop (CsPictureRecipe *self,
                                const char      *hash)
{
  g_return_if_fail (CS_IS_PICTURE_RECIPE (self));
  g_return_if_fail (hash != NULL);

  json_object_set_string_member (self->members, "backdrop", hash);
  /* Whoever painted the one before did not paint this one */
  json_object_remove_member (self->members, "producer");
  json_object_remove_member (self->members, "scene");
  cs_picture_recipe_set_choice (self, "background", "own");
}

void
cs_picture_recipe_set_mask (CsPictureRecipe *self,
                            const char      *hash)
{
  g_return_if_fail (hash != NULL);

  cs_picture_recipe_set_choice (self, "mask", hash);
}

/**
 * cs_picture_recipe_take_over:
 *
 * Takes over all of another picture's recipe but its mask, which is of that
 * picture's photo; as by the person's hand.
 */
void
cs_picture_recipe_take_over (CsPictureRecipe *self,
                             const char      *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  g_autofree char *mask = NULL;

  g_return_if_fail (CS_IS_PICTURE_RECIPE (self));

  if (cs_json_node_object (node) == NULL)
    return;

  mask = g_strdup (cs_json_string (self->members, "mask", NULL));
  json_object_unref (self->members);
  self->members = copy_members (cs_json_node_object (node));
  json_object_remove_member (self->members, "mask");
  if (mask != NULL)
    json_object_set_string_member (self->members, "mask", mask);
  g_signal_emit (self, signals[LOADED], 0);
  g_signal_emit (self, signals[CHANGED], 0, TRUE);
}
