/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-infer.h"

/* What follows from the facts without standing in one of them as it is said: from
 * half of a longer word, from two facts together, from how many there are.
 */

static gboolean
has_character (CsGroundFacts *self,
               const char    *run,
               glong          index)
{
  g_autofree char *one = g_utf8_substring (run, index, index + 1);

  for (guint i = 0; i < self->facts->len; i++)
    {
      if (cs_ground_says_run (((CsGroundFact *) self->facts->pdata[i])->folded, one))
        return TRUE;
    }

  return FALSE;
}

/* "杨姓画师" is none of "杨柳青" */
static gboolean
names_person (CsGroundFact *fact,
              const char   *surname)
{
  if (fact->name != 0)
    return TRUE;

  for (guint i = 0; i < fact->claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (fact->claims, CsGroundClaim, i);

      if (claim->key != NULL && claim->meaning.n_senses == 0 && strstr (claim->key, surname) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* A Chinese run that no word is known of: every character in a piece of two or
 * more that some fact has
 */
gboolean
cs_ground_covers_run (CsGroundFacts   *self,
                      CsGroundClaim   *claim,
                      CsGroundFinding *finding)
{
  const char *run = claim->key;
  gboolean person = claim->set == CS_GROUND_NAME && g_utf8_strlen (run, -1) == 1;
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

              if (cs_ground_says_run (fact->folded, piece) && (!person || names_person (fact, piece)))
                {
                  best = length;
                  cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
                  break;
                }
            }
        }

      touched = touched || best > 0 || has_character (self, run, i);
      covered += best;
      i += MAX (best, 1);
    }

  /* "杜若染" of what 杜若 made */
  if (n == 3 && covered == 2 && strstr ("染制做绣绘刻织编打画写造", g_utf8_offset_to_pointer (run, 2)) != NULL)
    return TRUE;
  if (covered == n || (n >= 4 && covered * 3 >= n * 2))
    return TRUE;

  cs_ground_keep (finding, CS_PHRASE_UNSOURCED, NULL);
  g_ptr_array_set_size (finding->facts, 0);

  /* Not one character of it is known: likely a name, or something else that is new */
  claim->weak = claim->set == CS_GROUND_WORD && n <= 3;
  claim->strange = !touched && n > 1;

  return FALSE;
}

/* A place or a thing that stands within a longer word: "和田" in "和田玉" */
gboolean
cs_ground_stands_within (CsGroundFacts   *self,
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

      if (cs_ground_says_run (fact->folded, claim->key))
        {
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          found = TRUE;
        }
    }

  return found;
}

/* "olive and coconut oils": a colour's word that is half of a longer one */
gboolean
cs_ground_stands_beside (CsGroundFacts   *self,
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
              cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              found = TRUE;
            }
        }
    }

  return found;
}

/* "wooden wick" of what has a cotton wick: another material of the same part */
gboolean
cs_ground_differs_in_part (CsGroundFacts   *self,
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
          if (cs_ground_is_kin (claim, known))
            return FALSE;
          other = fact->fact;
        }
    }

  if (other != NULL)
    cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, other);

  return other != NULL;
}

/* "Pure wool" of what is "100% merino wool" */
gboolean
cs_ground_is_pure (CsGroundFacts   *self,
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
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          found = TRUE;
        }
    }

  return found;
}

static gboolean
is_whole (CsGroundClaim *claim)
{
  if (claim->set == CS_GROUND_NUMBER)
    return claim->number.low == 100 && claim->number.unit != NULL && claim->number.unit->dim == CS_DIM_PERCENT && !claim->negated;

  return claim->set == CS_GROUND_MATERIAL && !claim->negated && claim->meaning.n_senses > 0 &&
         g_str_has_prefix (cs_ground_concept_get_id (claim->meaning.senses[0]), "pure-");
}

/* "No synthetic fibres" in what is 100 % merino */
gboolean
cs_ground_is_other_than_whole (CsGroundFacts   *self,
                               CsGroundClaim   *claim,
                               CsGroundFinding *finding)
{
  if (claim->set != CS_GROUND_MATERIAL || !claim->negated || claim->meaning.n_senses == 0)
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      gboolean      whole = FALSE;
      gboolean      other = FALSE;

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          whole = whole || is_whole (known);
          if (known->set != CS_GROUND_MATERIAL || known->negated || known->meaning.n_senses == 0)
            continue;
          if (cs_ground_is_kin (claim, known))
            return FALSE;
          other = TRUE;
        }
      if (whole && other)
        {
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          return TRUE;
        }
    }

  return FALSE;
}

/* Of "豆沙色" 豆沙, of "forest green" forest; NULL of what tells too little */
static char *
dup_bare_colour (const char *key)
{
  static const char *const degrees[] = { "light", "dark", "pale", "deep", "bright", "soft", "off", "hot", "warm", "cool", "mid", "neon", "pastel", "matte", NULL };
  const char      *space = strchr (key, ' ');
  g_autofree char *first = space != NULL ? g_strndup (key, space - key) : NULL;

  if (g_str_has_suffix (key, "色") && strlen (key) >= 6)
    return g_strndup (key, strlen (key) - 3);

  return first != NULL && strlen (first) > 3 && strchr (space + 1, ' ') == NULL && !g_strv_contains (degrees, first) ? g_steal_pointer (&first) : NULL;
}

/* "灰、米、藕粉": does the one character stand between marks? */
static gboolean
stands_listed (const char *folded,
               const char *bare)
{
  static const char *const marks[] = { "、", "，", "：", "和", NULL };

  for (const char *at = strstr (folded, bare); at != NULL; at = strstr (at + 1, bare))
    {
      const char *end = at + strlen (bare);
      gboolean    before = at == folded || strchr (",/:+ ", at[-1]) != NULL;
      gboolean    after = *end == '\0' || strchr (",/:+ ", *end) != NULL;

      for (guint i = 0; marks[i] != NULL; i++)
        {
          before = before || (at - folded >= 3 && strncmp (at - 3, marks[i], 3) == 0);
          after = after || strncmp (end, marks[i], 3) == 0;
        }
      if (before && after)
        return TRUE;
    }

  return FALSE;
}

/* Does the fact name two colours or more? */
static gboolean
names_colours (CsGroundFact *fact)
{
  guint n = 0;

  for (guint i = 0; i < fact->claims->len; i++)
    n += g_array_index (fact->claims, CsGroundClaim, i).set == CS_GROUND_COLOUR;

  return n >= 2;
}

/* "豆沙色" of what is "豆沙" under "颜色", or "焦糖/黑" */
gboolean
cs_ground_is_of_colour_key (CsGroundFacts   *self,
                            CsGroundClaim   *claim,
                            CsGroundFinding *finding)
{
  static const char *const keys[] = { "颜色", "配色", "色:", "colour", "color", NULL };
  g_autofree char *bare = NULL;

  if (claim->set != CS_GROUND_COLOUR || claim->negated || claim->key == NULL || (bare = dup_bare_colour (claim->key)) == NULL)
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact    *fact = self->facts->pdata[i];
      g_autofree char *folded = strstr (fact->folded, bare) != NULL ? cs_ground_fold (fact->text) : g_strdup ("");

      for (guint k = 0; cs_ground_says_run (folded, bare) && keys[k] != NULL; k++)
        {
          if ((strstr (folded, keys[k]) != NULL || names_colours (fact)) && (strlen (bare) > 3 || stands_listed (folded, bare)))
            {
              cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              return TRUE;
            }
        }
    }

  return FALSE;
}

/* "羊毫加狼毫": is another material joined to claim which of the fact? */
static gboolean
is_joined (CsGroundFact *fact,
           guint         which)
{
  static const char *const joints[] = { "加", "混", "和", "与", "+", "＋", " and ", "/", NULL };

  for (guint i = MAX (which, 1) - 1; i <= which && i + 1 < fact->claims->len; i++)
    {
      CsGroundClaim   *a = &g_array_index (fact->claims, CsGroundClaim, i);
      CsGroundClaim   *b = &g_array_index (fact->claims, CsGroundClaim, i + 1);
      g_autofree char *between = NULL;

      if (a->set != CS_GROUND_MATERIAL || b->set != CS_GROUND_MATERIAL || b->start < a->end || b->start - a->end > 5 || cs_ground_is_kin (a, b))
        continue;
      between = g_strndup (fact->text + a->end, b->start - a->end);
      if (g_strv_contains (joints, between))
        return TRUE;
    }

  return FALSE;
}

/* "Pure cashmere" of a blend, "wool blend" of what is 100 % wool: does the fact that
 * names the material deny the share?
 */
gboolean
cs_ground_is_of_other_share (CsGroundFacts   *self,
                             CsGroundClaim   *claim,
                             CsGroundFinding *finding)
{
  CsFact *denies = NULL;

  if (claim->set != CS_GROUND_MATERIAL || claim->negated || !(claim->pure || claim->blend))
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      gboolean      said = FALSE;
      gboolean      mixed = FALSE;
      gboolean      whole = FALSE;

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          whole = whole || is_whole (known);
          mixed = mixed || known->blend ||
                  (known->set == CS_GROUND_NUMBER && known->number.unit != NULL && known->number.unit->dim == CS_DIM_PERCENT && known->number.low < 100);
          if (known->set != CS_GROUND_MATERIAL || known->negated || known->meaning.n_senses == 0)
            continue;
          said = said || cs_ground_is_kin (claim, known);
          mixed = mixed || (claim->pure && cs_ground_is_kin (claim, known) && is_joined (fact, j));
        }
      if (!said)
        continue;
      if (claim->pure ? (whole && !mixed) : mixed)
        return FALSE;
      if (claim->pure ? mixed : whole)
        denies = fact->fact;
    }

  if (denies != NULL)
    cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, denies);

  return denies != NULL;
}

/* "316不锈钢" of "不锈钢保温杯316": the grade stands apart from the steel */
gboolean
cs_ground_is_graded (CsGroundFacts   *self,
                     CsGroundClaim   *claim,
                     CsGroundFinding *finding)
{
  guint16     parents[CS_GROUND_MAX_SENSES];
  const char *grade;

  if (claim->set != CS_GROUND_MATERIAL || claim->negated || claim->meaning.n_senses != 1 ||
      !g_str_has_prefix (cs_ground_concept_get_id (claim->meaning.senses[0]), "stainless-") ||
      cs_ground_concept_get_parents (claim->meaning.senses[0], parents) == 0)
    return FALSE;

  grade = cs_ground_concept_get_id (claim->meaning.senses[0]) + strlen ("stainless-");
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; strstr (fact->folded, grade) != NULL && j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          if (known->set == CS_GROUND_MATERIAL && !known->negated && known->meaning.n_senses > 0 && known->meaning.senses[0] == parents[0])
            {
              cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              return TRUE;
            }
        }
    }

  return FALSE;
}
