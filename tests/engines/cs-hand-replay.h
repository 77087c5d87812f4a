/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cs-hand.h"

G_BEGIN_DECLS

/* A month of two sellers is replayed day by day: the engine drafts with the hand
 * that it has learned so far, the seller makes of it what they wanted (the file
 * says what, and was written before anything that learns), and that becomes a
 * lesson for the days that follow.
 */

#define CS_HAND_WEEKS 4

typedef struct
{
  guint n;
  guint n_untouched;
  guint n_edits; /* words taken out or put in */
} CsHandWeek;

GPtrArray *cs_hand_replay_new_lessons (void);
void cs_hand_replay_add_lesson (GPtrArray  *lessons,
                                gint64      product,
                                CsField     field,
                                const char *suggested,
                                const char *decided);
JsonObject *cs_hand_replay_load (const char *path,
                                 JsonNode  **root);
void cs_hand_replay_run (JsonObject *seller,
                         gboolean    on,
                         gboolean    pins,
                         CsHandWeek *weeks);
double cs_hand_replay_get_edits (CsHandWeek *week);
double cs_hand_replay_get_untouched (CsHandWeek *week);

G_END_DECLS
