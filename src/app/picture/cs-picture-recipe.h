/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CS_TYPE_PICTURE_RECIPE (cs_picture_recipe_get_type ())

/**
 * CsPictureRecipe:
 *
 * What a picture is made with (JSON, see CsPictureSettings), as the controls
 * beside the picture show and change it. Members that nobody here knows stay
 * as they are. What is not said is as usual.
 *
 * Signals:
 * "loaded": another recipe; nobody's wish
 * "changed" (boolean settled): by the person's hand; not settled while it is
 *   still on its way
 */
G_DECLARE_FINAL_TYPE (CsPictureRecipe, cs_picture_recipe, CS, PICTURE_RECIPE, GObject)

/* Where the sliders stand at first */
#define CS_PICTURE_RECIPE_POLISH 0.35
#define CS_PICTURE_RECIPE_AIR    0.2

CsPictureRecipe *cs_picture_recipe_new (void);
void             cs_picture_recipe_load (CsPictureRecipe *self,
                                         const char      *json);
void             cs_picture_recipe_take_over (CsPictureRecipe *self,
                                              const char      *json);
char            *cs_picture_recipe_dup_json (CsPictureRecipe *self);
gboolean         cs_picture_recipe_get_switch (CsPictureRecipe *self,
                                               const char      *name);
void             cs_picture_recipe_set_switch (CsPictureRecipe *self,
                                               const char      *name,
                                               gboolean         on);
/* "" where it is not said and there is no usual one */
const char *cs_picture_recipe_get_choice (CsPictureRecipe *self,
                                          const char      *name);
void        cs_picture_recipe_set_choice (CsPictureRecipe *self,
                                          const char      *name,
                                          const char      *value);
double      cs_picture_recipe_get_share (CsPictureRecipe *self,
                                         const char      *name);
void        cs_picture_recipe_set_share (CsPictureRecipe *self,
                                         const char      *name,
                                         double           value,
                                         gboolean         settled);
/* The seller's own background: its kept picture's hash */
void cs_picture_recipe_set_backdrop (CsPictureRecipe *self,
                                     const char      *hash);
/* Where the product is, by the person's hand: a kept mask's hash */
void cs_picture_recipe_set_mask (CsPictureRecipe *self,
                                 const char      *hash);

G_END_DECLS
