/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-picture-recipe.h"

G_BEGIN_DECLS

#define CS_TYPE_PICTURE_PARTS (cs_picture_parts_get_type ())

/**
 * CsPictureParts:
 *
 * The parts of the picture work as switches, its shape and its shadow, over a
 * recipe.
 */
G_DECLARE_FINAL_TYPE (CsPictureParts, cs_picture_parts, CS, PICTURE_PARTS, AdwBin)

void cs_picture_parts_set_recipe (CsPictureParts  *self,
                                  CsPictureRecipe *recipe);
/* Without one the shadow stays as it is */
void cs_picture_parts_set_has_mask (CsPictureParts *self,
                                    gboolean        has_mask);

G_END_DECLS
