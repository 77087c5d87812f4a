/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-infer.h"

/* How one thing that is said stands to one that is known. What is more exact grounds
 * what is less so (oak is wood, navy is blue), never the other way.
 */

/* ---- Words of sets */

static CsGroundRelation
relate_senses (CsGroundClaim *said,
               CsGroundClaim *known)
{
  CsGroundRelation relation = CS_GROUND_NOTHING;

  if (said->manner != known->manner)
    return CS_GROUND_NOTHING;

  for (guint i = 0; i < said->meaning.n_senses; i++)
    {
      for (guint j = 0; j < known->meaning.n_senses; j++)
        {
          guint    s = said->meaning.senses[i];
          guint    t = known->meaning.senses[j];
          gboolean narrower = cs_ground_concept_is (t, s);
          gboolean wider = cs_ground_concept_is (s, t);

          if (said->negated == known->negated && (said->negated ? wider : narrower))
            return CS_GROUND_AGREES;
          if (said->negated && !known->negated && cs_ground_concepts_oppose (s, t))
            return CS_GROUND_AGREES;
          if (said->negated != known->negated && (said->negated ? narrower : wider))
            relation = CS_GROUND_DENIES;
          else if (relation == CS_GROUND_NOTHING && !said->negated && !known->negated && cs_ground_concepts_oppose (s, t))
            relation = CS_GROUND_DIFFERS;
        }
    }

  return relation;
}

/* What is of gold, or plated with it, is gold-coloured */
static gboolean
has_its_colour (CsGroundClaim *said,
                CsGroundClaim *known)
{
  const char *colour = said->meaning.n_senses == 1 ? cs_ground_concept_get_id (said->meaning.senses[0]) : "";
  gsize       length = g_str_has_suffix (colour, "-colour") ? strlen (colour) - strlen ("-colour") : 0;

  if (length == 0 || said->set != CS_GROUND_COLOUR || known->negated || said->negated || known->manner > CS_GROUND_PLATED)
    return FALSE;

  for (guint i = 0; i < known->meaning.n_senses; i++)
    {
      const char *metal = cs_ground_concept_get_id (known->meaning.senses[i]);

      if (cs_ground_concept_get_set (known->meaning.senses[i]) == CS_GROUND_MATERIAL && strncmp (metal, colour, length) == 0 &&
          (metal[length] == '\0' || metal[length] == '-'))
        return TRUE;
    }

  return FALSE;
}

/* What is white may be called pure white, what is off-white may not */
static gboolean
is_plain_of_pure (CsGroundClaim *said,
                  CsGroundClaim *known)
{
  guint16 parents[CS_GROUND_MAX_SENSES];

  if (said->set != CS_GROUND_COLOUR || said->negated || known->negated || said->meaning.n_senses != 1 ||
      !g_str_has_prefix (cs_ground_concept_get_id (said->meaning.senses[0]), "pure-") ||
      cs_ground_concept_get_parents (said->meaning.senses[0], parents) == 0)
    return FALSE;

  for (guint i = 0; i < known->meaning.n_senses; i++)
    {
      if (known->meaning.senses[i] == parents[0])
        return TRUE;
    }

  return FALSE;
}

/* "Dusty rose" is a rose, as "burnt sienna" a sienna */
static gboolean
is_last_word (CsGroundClaim *said,
              CsGroundClaim *known)
{
  const char *space = known->set == CS_GROUND_COLOUR && known->key != NULL ? strrchr (known->key, ' ') : NULL;

  return space != NULL && said->set == CS_GROUND_COLOUR && said->key != NULL && !said->negated && !known->negated && strcmp (space + 1, said->key) == 0;
}

gboolean
cs_ground_is_kin (CsGroundClaim *said,
                  CsGroundClaim *known)
{
  for (guint i = 0; i < said->meaning.n_senses; i++)
    {
      for (guint j = 0; j < known->meaning.n_senses; j++)
        {
          if (cs_ground_concept_is (said->meaning.senses[i], known->meaning.senses[j]) ||
              cs_ground_concept_is (known->meaning.senses[j], said->meaning.senses[i]))
            return TRUE;
        }
    }

  return FALSE;
}

/* Is known another member of a set of which a thing has but one, or few? */
static gboolean
is_rival (CsGroundClaim *said,
          CsGroundClaim *known)
{
  /* Of a word that nobody knows it cannot be told what it is no kind of */
  if (said->meaning.n_senses == 0 && said->key != NULL && (guchar) *said->key >= 0xe0)
    return FALSE;

  if (said->set != known->set || said->negated || known->negated || (said->part && said->part != known->part) || said->also || cs_ground_is_kin (said, known))
    return FALSE;

  /* Nearly all may be called so */
  if (said->set == CS_GROUND_MATERIAL && said->meaning.n_senses > 0 && strcmp (cs_ground_concept_get_id (said->meaning.senses[0]), "natural-material") == 0)
    return FALSE;

  /* It may well be there */
  if (said->set == CS_GROUND_PLACE && known->meaning.n_senses == 0)
    return FALSE;

  return said->set == CS_GROUND_MATERIAL || said->set == CS_GROUND_COLOUR || said->set == CS_GROUND_PLACE || said->set == CS_GROUND_SIZE;
}

/* ---- Numbers */

static CsGroundRelation
relate_numbers (CsGroundClaim *said,
                CsGroundClaim *known)
{
  /* "not 100 %" */
  if (known->refused && !said->negated)
    return cs_ground_numbers_compare (&said->number, &known->number) == CS_AGREES ? CS_GROUND_DENIES : CS_GROUND_NOTHING;

  switch (cs_ground_numbers_compare (&said->number, &known->number))
    {
    case CS_AGREES: return CS_GROUND_AGREES;
    case CS_DIFFERS: return CS_GROUND_DIFFERS;
    case CS_UNRELATED:
    default: return CS_GROUND_NOTHING;
    }
}

/* ---- Words of no set */

gboolean
cs_ground_says_run (const char *folded,
                    const char *run)
{
  /* "掉色" is not said by "不掉色" */
  for (const char *at = strstr (folded, run); at != NULL; at = strstr (at + 1, run))
    {
      if (at - folded < 3 || strlen (run) < 6 || strstr ("不无未非没", (const char[]) { at[-3], at[-2], at[-1], 0 }) == NULL)
        return TRUE;
    }

  return FALSE;
}

/* "Not filtered" is "unfiltered" */
static CsGroundRelation
relate_denied (CsGroundClaim *said,
               CsGroundClaim *known)
{
  g_autofree char *root = NULL;
  const char      *a = said->without;
  const char      *b = known->without;

  if ((a == NULL) == (b == NULL))
    return CS_GROUND_NOTHING;

  if (a != NULL)
    root = known->root != NULL ? g_strdup (known->root) : known->key != NULL ? cs_ground_root (known->key) : NULL;
  else
    root = said->root != NULL ? g_strdup (said->root) : said->key != NULL ? cs_ground_root (said->key) : NULL;
  if (root == NULL || strlen (root) < 3 || strcmp (root, a != NULL ? a : b) != 0)
    return CS_GROUND_NOTHING;

  return said->negated == known->negated ? CS_GROUND_DENIES : CS_GROUND_AGREES;
}

/* "cured" and a known word, "cure" */
static gboolean
share_root (CsGroundClaim *said,
            CsGroundClaim *known)
{
  const char      *word = said->root != NULL ? known->key : said->key;
  const char      *root = said->root != NULL ? said->root : known->root;
  g_autofree char *other = NULL;

  if (root == NULL || *word != *root || strchr (word, ' ') != NULL || (guchar) *word >= 0x80)
    return FALSE;

  other = cs_ground_root (word);

  return strcmp (other, root) == 0;
}

static CsGroundRelation
relate_words (CsGroundClaim *said,
              CsGroundClaim *known)
{
  gboolean same = FALSE;

  if (said->root != NULL && known->root != NULL)
    same = strcmp (said->root, known->root) == 0;
  else if (said->key != NULL && known->key != NULL && *said->key != '\0')
    same = strcmp (said->key, known->key) == 0 || share_root (said, known);

  if (!same)
    return relate_denied (said, known);

  return said->negated == known->negated ? CS_GROUND_AGREES : CS_GROUND_DENIES;
}

static CsGroundRelation
relate_apart (CsGroundClaim *said,
              CsGroundClaim *known)
{
  CsGroundClaim same = *known;

  same.negated = FALSE;
  if (relate_senses (said, &same) == CS_GROUND_AGREES || relate_words (said, &same) == CS_GROUND_AGREES)
    return CS_GROUND_AGREES;

  return CS_GROUND_NOTHING;
}

static gboolean
comes_along (CsGroundFact  *fact,
             CsGroundClaim *known)
{
  static const char *const words[] = { "include", "comes with", "supplied", "with ", "plus ", "free ", "附", "含", "送", "带", "配", NULL };

  for (guint i = 0; !fact->boast && words[i] != NULL; i++)
    {
      if (strstr (fact->folded, words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

CsGroundRelation
cs_ground_relate (CsGroundClaim *said,
                  CsGroundFact  *fact,
                  CsGroundClaim *known)
{
  CsGroundRelation relation;

  if (said->name != 0)
    return fact->name == said->name ? CS_GROUND_AGREES : CS_GROUND_NOTHING;

  if (said->set == CS_GROUND_NUMBER || known->set == CS_GROUND_NUMBER)
    return said->set == known->set ? relate_numbers (said, known) : CS_GROUND_NOTHING;

  if (fact->name != 0 && known->name != 0)
    return CS_GROUND_NOTHING;

  /* What is not included is needed all the same */
  if (known->apart && said->needed && !said->negated)
    return relate_apart (said, known);

  if (known->set == CS_GROUND_PLACE && known->manner != said->manner)
    return CS_GROUND_NOTHING;

  /* "Pot sold separately" of a plant pot hanger: only what is said to come along denies it */
  if (said->apart && !known->apart && !known->negated && !comes_along (fact, known))
    return CS_GROUND_NOTHING;

  if (said->set == CS_GROUND_SUPERLATIVE && fact->boast)
    return CS_GROUND_NOTHING;

  if (has_its_colour (said, known) || is_plain_of_pure (said, known) || is_last_word (said, known))
    return CS_GROUND_AGREES;
  if ((relation = relate_senses (said, known)) != CS_GROUND_NOTHING)
    return relation;

  if (said->manner == known->manner && (relation = relate_words (said, known)) != CS_GROUND_NOTHING)
    return relation;

  return is_rival (said, known) ? CS_GROUND_DIFFERS : CS_GROUND_NOTHING;
}
