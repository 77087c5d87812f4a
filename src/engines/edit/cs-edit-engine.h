/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-model-engine.h"

G_BEGIN_DECLS

/* Part of every input hash: raise it when the same photo and scene would be asked for differently */
#define CS_EDIT_ENGINE_VERSION "edit/1"

#define CS_TYPE_EDIT_ENGINE (cs_edit_engine_get_type ())

/**
 * CsEditEngine:
 *
 * Has a model paint a scene behind the real product (kind
 * %CS_ENGINE_PICTURES). The product is cut out and laid on a plain ground at
 * the geometry of the outgoing picture; that, a mask of what may be painted and
 * a description of the scene go out. What comes back is believed to be a
 * background and nothing else: it becomes the recipe's backdrop, and the
 * product's own pixels are laid over it from the photo, as with any other
 * background. How much the model had changed the product is measured and told.
 *
 * Whoever asks says which scene in the settings of the photo, as the member
 * "scene" of the recipe: words of their own, or the name of one in
 * data/prompts (see cs-edit-scenes.h).
 */
G_DECLARE_FINAL_TYPE (CsEditEngine, cs_edit_engine, CS, EDIT_ENGINE, CsModelEngine)

/* Without its parts: see cs_model_engine_set_parts() */
CsEngine *cs_edit_engine_new (void);

G_END_DECLS
