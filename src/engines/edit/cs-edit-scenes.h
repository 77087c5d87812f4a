/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A plain scene to choose by name: see data/prompts/scenes.json */
typedef struct
{
  char *id;
  char *words; /* as the seller sees it, translated */
} CsEditScene;

/* (element-type CsEditScene) */
GPtrArray *cs_edit_scenes_list (void);
/* What the model is told. scene: the name of one of them, words of the seller's
 * own, or "" for the first.
 */
char      *cs_edit_scenes_make_prompt (const char *scene,
                                       const char *language);

G_END_DECLS
