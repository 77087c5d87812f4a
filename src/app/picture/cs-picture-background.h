/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-picture-recipe.h"

G_BEGIN_DECLS

#define CS_TYPE_PICTURE_BACKGROUND (cs_picture_background_get_type ())

/**
 * CsPictureBackground:
 *
 * What stands behind the product, as swatches, over a recipe. Emits "choose"
 * when the person wants to choose a picture of their own.
 */
G_DECLARE_FINAL_TYPE (CsPictureBackground, cs_picture_background, CS, PICTURE_BACKGROUND, AdwBin)

void cs_picture_background_set_recipe (CsPictureBackground *self,
                                       CsPictureRecipe     *recipe);

G_END_DECLS
