/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-text.h"

G_BEGIN_DECLS

/**
 * CsRole:
 *
 * What a word says about a product. The words themselves are data
 * (data/lexicon): they help to read what the seller wrote, and no word gets
 * into a suggestion because it stands there.
 */
typedef enum
{
  CS_ROLE_PRODUCT,
  CS_ROLE_MATERIAL,
  CS_ROLE_CRAFT,
  CS_ROLE_COLOUR,
  CS_ROLE_PATTERN,
  CS_ROLE_STYLE,
  CS_ROLE_AUDIENCE,
  CS_ROLE_SEASON,
  CS_ROLE_FEATURE,
  CS_ROLE_USE,
  CS_ROLE_PLACE,
  CS_ROLE_HOT, /* stuffing: says nothing about the product */
  CS_N_LEXICON_ROLES,
  CS_ROLE_BRAND = CS_N_LEXICON_ROLES,
  CS_ROLE_SIZE,
  CS_ROLE_QUANTITY,
  CS_ROLE_MODEL,
  CS_ROLE_PRICE,
  CS_ROLE_ALIAS,    /* another name for the product */
  CS_ROLE_LABEL,    /* a line of a printed label */
  CS_ROLE_VIEW,     /* which side a photo shows */
  CS_ROLE_SENTENCE, /* the seller's own words, quoted whole */
  CS_ROLE_OTHER,
  CS_ROLE_DESCRIPTION_LINE, /* of the description so far */
  CS_ROLE_BULLET_LINE,      /* of the bullet points so far */
} CsRole;

#define CS_ROLE_BIT(role) (1u << (role))

typedef enum
{
  CS_WORDS_SENTENCE,   /* with one of these a clause is a sentence, not a list */
  CS_WORDS_WITH,       /* a clause that begins with one of these is kept whole */
  CS_WORDS_CAMERA,     /* what cameras and file managers call things */
  CS_WORDS_CAMERA_ALONE, /* the same where no other word is beside it */
  CS_WORDS_CONSUMABLE, /* things whose material nobody asks for */
  CS_WORDS_FOOD,       /* what is eaten, drunk or used up: a package has no colour to name */
  CS_WORDS_FIRST,      /* may stand in front of the name of any thing */
  CS_N_WORD_SETS,
} CsWordSet;

guint       cs_lexicon_find (CsScript    script,
                             const char *word);
guint       cs_lexicon_match (const char *text,
                              const char *end,
                              guint      *mask);
guint       cs_lexicon_match_with (const char *text,
                                   const char *end);
gboolean    cs_lexicon_contains (CsScript    script,
                                 CsWordSet   set,
                                 const char *word);
const char *cs_lexicon_colour (CsScript    script,
                               const char *key);
const char *cs_lexicon_view (CsScript    script,
                             const char *word);

G_END_DECLS
