/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "cs-ground-text.h"

G_BEGIN_DECLS

/* The closed sets, and two that are none */
typedef enum
{
  CS_GROUND_MATERIAL,
  CS_GROUND_COLOUR,
  CS_GROUND_PLACE,
  CS_GROUND_NAME,
  CS_GROUND_CERTIFICATE,
  CS_GROUND_SUPERLATIVE,
  CS_GROUND_SIZE,
  CS_GROUND_NUMBER,
  CS_GROUND_WORD, /* a word with a meaning in both languages: things, parts, features, uses */
  CS_GROUND_SOFT, /* a word that claims nothing */
  CS_GROUND_OWN,  /* stands for itself, so that no part of it is taken for a word of a set */
  CS_N_GROUND_SETS,
} CsGroundSet;

#define CS_GROUND_MAX_SENSES 6

/* What a run of tokens may mean: any of the senses */
typedef struct
{
  guint16 senses[CS_GROUND_MAX_SENSES];
  guint   n_senses;
} CsGroundEntry;

/* What stands at token index first, the longest; the number of tokens that it
 * takes, 0 where nothing does. The entry is static.
 */
guint       cs_ground_lexicon_match (GArray               *tokens,
                                     guint                 first,
                                     const CsGroundEntry **entry,
                                     char                **key);
const CsGroundEntry *cs_ground_lexicon_find (const char *word);
CsGroundSet cs_ground_concept_get_set (guint concept);
const char *cs_ground_concept_get_id (guint concept);
/* Is everything that is a also b? */
gboolean    cs_ground_concept_is (guint a,
                                  guint b);
/* A word that may carry a sentence without claiming anything */
gboolean    cs_ground_concept_is_weak (guint concept);
/* A part of a thing: a handle, a lid */
gboolean    cs_ground_concept_is_part (guint concept);
/* What it is a kind of; how many, CS_GROUND_MAX_SENSES at most */
guint       cs_ground_concept_get_parents (guint    concept,
                                           guint16 *parents);
/* Do they exclude each other, as "wired" and "wireless"? */
gboolean    cs_ground_concepts_oppose (guint a,
                                       guint b);
const char *cs_ground_set_get_name (CsGroundSet set);
/* A traditional character's simplified one */
gunichar    cs_ground_simplify (gunichar c);
/* A frequent English word, no name */
gboolean    cs_ground_is_common (const char *word);

G_END_DECLS
