/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-picture-recipe.h"

G_BEGIN_DECLS

#define CS_TYPE_PICTURE_SLIDERS (cs_picture_sliders_get_type ())

/**
 * CsPictureSliders:
 *
 * True to life ↔ polished, tight ↔ airy, over a recipe. A value is settled when
 * the pointer lets go, or a moment after the last key. A double click or
 * Backspace goes back to the usual.
 */
G_DECLARE_FINAL_TYPE (CsPictureSliders, cs_picture_sliders, CS, PICTURE_SLIDERS, AdwBin)

void cs_picture_sliders_set_recipe (CsPictureSliders *self,
                                    CsPictureRecipe  *recipe);

G_END_DECLS
