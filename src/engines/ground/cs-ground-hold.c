/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-facts.h"

/* Holds what a text says against what is known. A fact that is more exact grounds
 * what is less so (oak is wood, navy is blue), never the other way. Where nothing
 * says it and a fact says something else of the same kind, it is contradicted.
 */

typedef enum
{
  NOTHING,
  AGREES,
  DENIES,
  DIFFERS, /* another of the same kind */
} Relation;

/* ---- Words of sets */

static Relation
relate_senses (CsGroundClaim *said,
               CsGroundClaim *known)
{
  Relation relation = NOTHING;

  if (said->manner != known->manner)
    return NOTHING;

  for (guint i = 0; i < said->meaning.n_senses; i++)
    {
      for (guint j = 0; j < known->meaning.n_senses; j++)
        {
          guint    s = said->meaning.senses[i];
          guint    t = known->meaning.senses[j];
          gboolean narrower = cs_ground_concept_is (t, s);
          gboolean wider = cs_ground_concept_is (s, t);

          if (said->negated == known->negated && (said->negated ? wider : narrower))
            return AGREES;
          if (said->negated && !known->negated && cs_ground_concepts_oppose (s, t))
            return AGREES;
          if (said->negated != known->negated && (said->negated ? narrower : wider))
            relation = DENIES;
          else if (relation == NOTHING && !said->negated && !known->negated && cs_ground_concepts_oppose (s, t))
            relation = DIFFERS;
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

static gboolean
is_kin (CsGroundClaim *said,
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

  if (said->set != known->set || said->negated || known->negated || (said->part && said->part != known->part) || said->also || is_kin (said, known))
    return FALSE;

  /* It may well be there */
  if (said->set == CS_GROUND_PLACE && known->meaning.n_senses == 0)
    return FALSE;

  return said->set == CS_GROUND_MATERIAL || said->set == CS_GROUND_COLOUR || said->set == CS_GROUND_PLACE || said->set == CS_GROUND_SIZE;
}

/* ---- Numbers */

static Relation
relate_numbers (CsGroundClaim *said,
                CsGroundClaim *known)
{
  /* "not 100 %" */
  if (known->refused && !said->negated)
    return cs_ground_numbers_compare (&said->number, &known->number) == CS_AGREES ? DENIES : NOTHING;

  switch (cs_ground_numbers_compare (&said->number, &known->number))
    {
    case CS_AGREES: return AGREES;
    case CS_DIFFERS: return DIFFERS;
    case CS_UNRELATED:
    default: return NOTHING;
    }
}

/* ---- Words of no set */

static gboolean
says_run (const char *folded,
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
static Relation
relate_denied (CsGroundClaim *said,
               CsGroundClaim *known)
{
  g_autofree char *root = NULL;
  const char      *a = said->without;
  const char      *b = known->without;

  if ((a == NULL) == (b == NULL))
    return NOTHING;

  if (a != NULL)
    root = known->root != NULL ? g_strdup (known->root) : known->key != NULL ? cs_ground_root (known->key) : NULL;
  else
    root = said->root != NULL ? g_strdup (said->root) : said->key != NULL ? cs_ground_root (said->key) : NULL;
  if (root == NULL || strlen (root) < 3 || strcmp (root, a != NULL ? a : b) != 0)
    return NOTHING;

  return said->negated == known->negated ? DENIES : AGREES;
}

static Relation
relate_words (CsGroundClaim *said,
              CsGroundClaim *known)
{
  gboolean same = FALSE;

  if (said->root != NULL && known->root != NULL)
    same = strcmp (said->root, known->root) == 0;
  else if (said->key != NULL && known->key != NULL && *said->key != '\0')
    same = strcmp (said->key, known->key) == 0;

  if (!same)
    return relate_denied (said, known);

  return said->negated == known->negated ? AGREES : DENIES;
}

static Relation
relate_apart (CsGroundClaim *said,
              CsGroundClaim *known)
{
  CsGroundClaim same = *known;

  same.negated = FALSE;
  if (relate_senses (said, &same) == AGREES || relate_words (said, &same) == AGREES)
    return AGREES;

  return NOTHING;
}

static Relation
relate (CsGroundClaim *said,
        CsGroundFact  *fact,
        CsGroundClaim *known)
{
  Relation relation;

  if (said->name != 0)
    return fact->name == said->name ? AGREES : NOTHING;

  if (said->set == CS_GROUND_NUMBER || known->set == CS_GROUND_NUMBER)
    return said->set == known->set ? relate_numbers (said, known) : NOTHING;

  if (fact->name != 0 && known->name != 0)
    return NOTHING;

  /* What is not included is needed all the same */
  if (known->apart && said->needed && !said->negated)
    return relate_apart (said, known);

  if (said->set == CS_GROUND_SUPERLATIVE && fact->boast)
    return NOTHING;

  if (has_its_colour (said, known))
    return AGREES;
  if ((relation = relate_senses (said, known)) != NOTHING)
    return relation;

  if (said->manner == known->manner && (relation = relate_words (said, known)) != NOTHING)
    return relation;

  return is_rival (said, known) ? DIFFERS : NOTHING;
}

static void
keep (CsGroundFinding *finding,
      CsPhraseState    state,
      CsFact          *fact)
{
  if (finding->state != state)
    {
      finding->state = state;
      g_ptr_array_set_size (finding->facts, 0);
    }

  if (!g_ptr_array_find (finding->facts, fact, NULL))
    g_ptr_array_add (finding->facts, fact);
}

static gboolean
has_character (CsGroundFacts *self,
               const char    *run,
               glong          index)
{
  g_autofree char *one = g_utf8_substring (run, index, index + 1);

  for (guint i = 0; i < self->facts->len; i++)
    {
      if (says_run (((CsGroundFact *) self->facts->pdata[i])->folded, one))
        return TRUE;
    }

  return FALSE;
}

/* A Chinese run that no word is known of: every character in a piece of two or
 * more that some fact has
 */
static gboolean
covers_run (CsGroundFacts   *self,
            CsGroundClaim   *claim,
            CsGroundFinding *finding)
{
  const char *run = claim->key;
  gboolean touched = FALSE;
  glong       n = g_utf8_strlen (run, -1);
  glong       covered = 0;
  glong       i = 0;

  while (i < n)
    {
      glong best = 0;

      for (guint f = 0; f < self->facts->len; f++)
        {
          CsGroundFact *fact = self->facts->pdata[f];

          for (glong length = n - i; length > best && length >= (n > 1 ? 2 : 1); length--)
            {
              g_autofree char *piece = g_utf8_substring (run, i, i + length);

              if (says_run (fact->folded, piece))
                {
                  best = length;
                  keep (finding, CS_PHRASE_GROUNDED, fact->fact);
                  break;
                }
            }
        }

      touched = touched || best > 0 || has_character (self, run, i);
      covered += best;
      i += MAX (best, 1);
    }

  if (covered == n || (n >= 4 && covered * 3 >= n * 2))
    return TRUE;

  keep (finding, CS_PHRASE_UNSOURCED, NULL);
  g_ptr_array_set_size (finding->facts, 0);

  /* Not one character of it is known: likely a name, or something else that is new */
  claim->weak = claim->set == CS_GROUND_WORD;
  claim->strange = !touched && n > 1;

  return FALSE;
}

/* A place or a thing that stands within a longer word: "和田" in "和田玉" */
static gboolean
stands_within (CsGroundFacts   *self,
               CsGroundClaim   *claim,
               CsGroundFinding *finding)
{
  gboolean han = claim->key != NULL && (guchar) *claim->key >= 0xe0;
  gboolean open = claim->set == CS_GROUND_PLACE || claim->set == CS_GROUND_WORD;
  gboolean found = FALSE;

  if (!han || !open || claim->negated || (!claim->weak && g_utf8_strlen (claim->key, -1) < 2))
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      if (says_run (fact->folded, claim->key))
        {
          keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          found = TRUE;
        }
    }

  return found;
}

/* "olive and coconut oils": a colour's word that is half of a longer one */
static gboolean
stands_beside (CsGroundFacts   *self,
               CsGroundClaim   *claim,
               CsGroundFinding *finding)
{
  g_autofree char *begin = NULL;
  gboolean         found = FALSE;

  if (claim->set != CS_GROUND_COLOUR || claim->negated || claim->key == NULL || (guchar) *claim->key >= 0xc0)
    return FALSE;

  for (guint i = 0; i < claim->meaning.n_senses; i++)
    {
      if (cs_ground_concept_get_set (claim->meaning.senses[i]) == CS_GROUND_MATERIAL)
        return FALSE;
    }

  begin = g_strconcat (claim->key, " ", NULL);
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          if (!known->negated && known->set == CS_GROUND_MATERIAL && known->key != NULL && g_str_has_prefix (known->key, begin))
            {
              keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              found = TRUE;
            }
        }
    }

  return found;
}

/* "wooden wick" of what has a cotton wick: another material of the same part */
static gboolean
differs_in_part (CsGroundFacts   *self,
                 CsGroundClaim   *claim,
                 CsGroundFinding *finding)
{
  CsFact *other = NULL;

  if (claim->part == 0 || claim->negated || (claim->set != CS_GROUND_MATERIAL && claim->set != CS_GROUND_COLOUR))
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          if (known->set != claim->set || known->negated || known->part != claim->part)
            continue;
          if (is_kin (claim, known))
            return FALSE;
          other = fact->fact;
        }
    }

  if (other != NULL)
    keep (finding, CS_PHRASE_CONTRADICTS, other);

  return other != NULL;
}

/* "Three sizes" of what is there in S, M and L, "two colours" of red and blue */
static gboolean
is_counted_out (CsGroundFacts   *self,
                CsGroundClaim   *claim,
                CsGroundFinding *finding)
{
  static const struct
  {
    const char *nouns;
    CsGroundSet set;
  } sorts[] = {
    { " colour shade 色 颜 ", CS_GROUND_COLOUR },
    { " size 码 尺 ", CS_GROUND_SIZE },
    { " material ingredient fabric fibre 材 料 ", CS_GROUND_MATERIAL },
  };

  if (claim->set != CS_GROUND_NUMBER || claim->number.low < 2 || claim->number.low > 12 || claim->number.high != claim->number.low)
    return FALSE;

  for (guint s = 0; s < G_N_ELEMENTS (sorts); s++)
    {
      g_auto (GStrv) nouns = g_strsplit (claim->number.nouns, " ", -1);
      gboolean named = FALSE;

      for (guint i = 0; nouns[i] != NULL; i++)
        {
          g_autofree char *whole = g_strdup_printf (" %s ", nouns[i]);

          named = named || (*nouns[i] != '\0' && strstr (sorts[s].nouns, whole) != NULL);
        }

      for (guint i = 0; named && i < self->facts->len; i++)
        {
          CsGroundFact *fact = self->facts->pdata[i];
          double        n = 0;

          for (guint j = 0; j < fact->claims->len; j++)
            {
              CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

              n += (known->set == sorts[s].set || (sorts[s].set == CS_GROUND_SIZE && known->set == CS_GROUND_NUMBER &&
                                                   (n > 0 || known->number.quantity == CS_QUANTITY_SIZE))) && !known->negated;
            }

          if (n == claim->number.low)
            {
              keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              return TRUE;
            }
        }
    }

  return FALSE;
}

/* "Pure wool" of what is "100% merino wool" */
static gboolean
is_pure (CsGroundFacts   *self,
         CsGroundClaim   *claim,
         CsGroundFinding *finding)
{
  guint16          parents[CS_GROUND_MAX_SENSES];
  gboolean         found = FALSE;

  if (claim->set != CS_GROUND_MATERIAL || claim->negated || claim->meaning.n_senses != 1 ||
      !g_str_has_prefix (cs_ground_concept_get_id (claim->meaning.senses[0]), "pure-") ||
      cs_ground_concept_get_parents (claim->meaning.senses[0], parents) == 0)
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      gboolean      whole = FALSE;
      gboolean      said = FALSE;

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          whole = whole || (known->set == CS_GROUND_NUMBER && known->number.low == 100 && known->number.unit != NULL &&
                            known->number.unit->dim == CS_DIM_PERCENT);
          for (guint k = 0; !known->negated && k < known->meaning.n_senses; k++)
            said = said || cs_ground_concept_is (known->meaning.senses[k], parents[0]);
        }

      if (whole && said)
        {
          keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          found = TRUE;
        }
    }

  return found;
}

/* Does any fact say it? Those that do are kept where finding is given */
static gboolean
is_said (CsGroundFacts   *self,
         guint            concept,
         CsGroundFinding *finding)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          for (guint k = 0; !known->negated && k < known->meaning.n_senses; k++)
            {
              if (cs_ground_concept_is (known->meaning.senses[k], concept))
                {
                  found = TRUE;
                  if (finding != NULL)
                    keep (finding, CS_PHRASE_GROUNDED, fact->fact);
                }
            }
        }
    }

  return found;
}

/* "hand-forged" is what is made by hand and forged */
static gboolean
is_put_together (CsGroundFacts   *self,
                 CsGroundClaim   *claim,
                 CsGroundFinding *finding)
{
  guint16 parents[CS_GROUND_MAX_SENSES];
  guint   n;
  guint   n_said = 0;

  if (claim->set != CS_GROUND_CERTIFICATE || claim->negated || claim->meaning.n_senses != 1 ||
      !g_str_has_prefix (cs_ground_concept_get_id (claim->meaning.senses[0]), "hand-") ||
      (n = cs_ground_concept_get_parents (claim->meaning.senses[0], parents)) < 2)
    return FALSE;

  for (guint i = 0; i < n; i++)
    n_said += is_said (self, parents[i], NULL);

  for (guint i = 0; n_said == n && i < n; i++)
    is_said (self, parents[i], finding);

  return n_said == n;
}

/* "Made by hand" of what is "hand cut" */
static gboolean
is_handwork (CsGroundFacts   *self,
             CsGroundClaim   *claim,
             CsGroundFinding *finding)
{
  static const char *const ends[] = { "ed", "en", "wn", "un", "und", "cut", "made", NULL };
  static const char *const workshops[] = { "in my workshop", "in our workshop", "in my studio", "in our studio", "in my own workshop", NULL };

  if (claim->set != CS_GROUND_CERTIFICATE || claim->negated || claim->meaning.n_senses != 1 ||
      strcmp (cs_ground_concept_get_id (claim->meaning.senses[0]), "handmade") != 0)
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      const char   *at = fact->boast ? NULL : strstr (fact->folded, "hand");

      for (guint w = 0; !fact->boast && workshops[w] != NULL; w++)
        {
          if (strstr (fact->folded, workshops[w]) != NULL)
            {
              keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              return TRUE;
            }
        }

      for (; at != NULL; at = strstr (at + 4, "hand"))
        {
          const char      *begin = at + 4 + (at[4] == ' ' || at[4] == '-');
          g_autofree char *word = g_strndup (begin, strspn (begin, "abcdefghijklmnopqrstuvwxyz"));

          for (guint e = 0; strlen (word) > 2 && ends[e] != NULL; e++)
            {
              if (g_str_has_suffix (word, ends[e]) && strcmp (word, "needed") != 0)
                {
                  keep (finding, CS_PHRASE_GROUNDED, fact->fact);
                  return TRUE;
                }
            }
        }
    }

  return FALSE;
}

/* "Drawers" of what has "6 drawers" */
static gboolean
is_counted (CsGroundFacts   *self,
            CsGroundClaim   *claim,
            CsGroundFinding *finding)
{
  g_autofree char *noun = NULL;
  gboolean         found = FALSE;

  if (claim->set != CS_GROUND_WORD || claim->negated || claim->key == NULL || *claim->key == '\0')
    return FALSE;

  noun = g_strdup_printf (" %s ", claim->key);
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          if (known->set == CS_GROUND_NUMBER && !known->negated &&
              (strstr (known->number.nouns, noun) != NULL ||
               (known->number.unit != NULL && known->number.unit->dim == CS_DIM_CHARGE && strcmp (claim->key, "battery") == 0)))
            {
              keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              found = TRUE;
            }
        }
    }

  return found;
}

/* "By Barbour" of what has another brand */
static void
name_rival (CsGroundFacts   *self,
            CsGroundClaim   *claim,
            CsGroundFinding *finding)
{
  if (claim->set != CS_GROUND_NAME || claim->negated || !(claim->maker || claim->meaning.n_senses > 0) || finding->state != CS_PHRASE_UNSOURCED)
    return;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      if (fact->name != 0)
        keep (finding, CS_PHRASE_CONTRADICTS, fact->fact);
    }
}

static void
hold_one (CsGroundFacts   *self,
          const char      *text,
          CsGroundClaim   *claim,
          CsGroundFinding *finding)
{
  Relation best = NOTHING;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);
          Relation       relation = relate (claim, fact, known);

          if (relation == AGREES && (cs_ground_bound_elsewhere (fact, known, text, claim) || cs_ground_only_designed (fact, known, text, claim) ||
                                     cs_ground_takes_weight_for_load (fact, text, claim)))
            relation = DIFFERS;

          if (relation == AGREES)
            {
              keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              best = AGREES;
            }
          else if (relation != NOTHING && best != AGREES)
            {
              keep (finding, CS_PHRASE_CONTRADICTS, fact->fact);
              best = best == DENIES ? DENIES : relation;
            }
        }
    }

  /* "新疆" of what is made elsewhere, of "新疆长绒棉" */
  if (best == DIFFERS && claim->set == CS_GROUND_PLACE && stands_within (self, claim, finding))
    return;

  if (best == AGREES && differs_in_part (self, claim, finding))
    return;

  if (best != AGREES && (is_pure (self, claim, finding) || is_counted_out (self, claim, finding)))
    return;

  if (best != NOTHING || stands_within (self, claim, finding) || stands_beside (self, claim, finding) ||
      is_counted (self, claim, finding) || is_handwork (self, claim, finding) ||
      is_put_together (self, claim, finding))
    return;

  if (claim->root == NULL && claim->meaning.n_senses == 0 && claim->set != CS_GROUND_NUMBER && claim->name == 0 &&
      claim->key != NULL && (guchar) *claim->key >= 0xe0 && !claim->negated)
    covers_run (self, claim, finding);

  name_rival (self, claim, finding);
}

static void
finding_clear (gpointer data)
{
  g_ptr_array_unref (((CsGroundFinding *) data)->facts);
}

GArray *
cs_ground_hold (CsGroundFacts *self,
                const char    *text,
                GArray        *claims)
{
  GArray *findings = g_array_new (FALSE, TRUE, sizeof (CsGroundFinding));

  g_array_set_clear_func (findings, finding_clear);
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundFinding finding = { CS_PHRASE_UNSOURCED, g_ptr_array_new () };

      hold_one (self, text, &g_array_index (claims, CsGroundClaim, i), &finding);
      g_array_append_val (findings, finding);
    }

  cs_ground_settle (self, text, claims, findings);

  return findings;
}
