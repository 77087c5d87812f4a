/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-engines.h"

G_BEGIN_DECLS

#define CS_TYPE_SCENE_DIALOG (cs_scene_dialog_get_type ())

/**
 * CsSceneDialog:
 *
 * Which scene a model is to paint behind these products: one of those that there
 * are, or the seller's own words; and what that would cost. The one that was asked
 * for last is chosen at first. Emits "answered" (boolean), once; closing it is a no.
 */
G_DECLARE_FINAL_TYPE (CsSceneDialog, cs_scene_dialog, CS, SCENE_DIALOG, AdwDialog)

AdwDialog  *cs_scene_dialog_new (CsEngines  *engines,
                                 const char *engine,
                                 const char *name,
                                 GArray     *products);
/* As cs_engines_ask() takes it */
char       *cs_scene_dialog_dup_settings (CsSceneDialog *self);
/* What was shown of what it costs; NULL where that was not known yet */
CsSendPlan *cs_scene_dialog_get_plan (CsSceneDialog *self);

G_END_DECLS
