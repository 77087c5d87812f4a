/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-ground-infer.h"

/* How many there are by what goes into one: forty cups of 100 g at 2.5 g a cup, eight
 * screws for four hooks with two each, "two years running" of what 2023 and 2024 are
 * named for.
 */

static gboolean
is_plain_count (const CsGroundClaim *claim)
{
  return claim->set == CS_GROUND_NUMBER && !claim->negated && claim->number.high == claim->number.low && claim->number.step >= 1 &&
         (claim->number.unit == NULL || claim->number.unit->dim == CS_DIM_COUNT);
}

static gboolean
is_measured_in (const CsGroundClaim *claim,
                CsDim                dim)
{
  return claim->set == CS_GROUND_NUMBER && !claim->negated && claim->end > claim->start && claim->number.unit != NULL &&
         (claim->number.unit->dim == dim || (dim == CS_DIM_NONE && (claim->number.unit->dim == CS_DIM_WEIGHT || claim->number.unit->dim == CS_DIM_VOLUME)));
}

/* "2.5 g per cup", "2 per hook", "每泡5克": what it is that takes so much, folded; or NULL */
static char *
dup_one (CsGroundFact  *fact,
         CsGroundClaim *claim)
{
  static const char *const links[] = { " per ", " a ", " an ", " for each ", " for every ", " to a ", " each ", "/", " / ", NULL };
  const char *after;

  if (claim->end > strlen (fact->text) || claim->end <= claim->start)
    return NULL;
  after = fact->text + claim->end;
  for (guint i = 0; links[i] != NULL; i++)
    {
      g_autofree char *word = NULL;

      if (!g_str_has_prefix (after, links[i]))
        continue;
      after += strlen (links[i]);
      if ((guchar) *after >= 0xe4)
        return g_strndup (after, 3);
      word = g_strndup (after, strspn (after, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"));
      return strlen (word) >= 3 ? cs_ground_singular (word) : NULL;
    }
  for (gsize back = 6; back <= 9; back += 3)
    {
      const char *before = claim->start >= back ? fact->text + claim->start - back : NULL;

      if (before != NULL && (strncmp (before, "每", 3) == 0 || strncmp (before, "一", 3) == 0))
        return g_strndup (before + 3, 3);
    }

  return NULL;
}

/* Is that what the text counts? */
static gboolean
counts (const char    *text,
        CsGroundClaim *said,
        const char    *one)
{
  g_autofree char *noun = g_strdup_printf (" %s ", one);
  g_autofree char *near = NULL;

  if (strstr (said->number.nouns, noun) != NULL)
    return TRUE;
  if ((guchar) *one < 0xe4 || said->end > strlen (text))
    return FALSE;
  near = g_strndup (text + said->start, MIN (strlen (text + said->start), said->end - said->start + 6));

  return strstr (near, one) != NULL;
}

static gboolean
is_near (const CsNumber *said,
         double          known)
{
  switch (said->compare)
    {
    case CS_COMPARE_OVER: return known >= said->low && known <= said->low * 1.25;
    case CS_COMPARE_UNDER:
    case CS_COMPARE_NEAR: return known <= said->low && known >= said->low * 0.8;
    case CS_COMPARE_ABOUT: return fabs (said->low - known) <= known * 0.08;
    case CS_COMPARE_IS:
    default: return said->low == floor (known + 1e-6) || fabs (said->low - known) <= known * 0.01;
    }
}

/* "Around forty cups" */
static gboolean
goes_round (CsGroundFacts   *self,
            const char      *text,
            CsGroundClaim   *said,
            CsGroundFinding *finding)
{
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim   *portion = &g_array_index (fact->claims, CsGroundClaim, j);
          g_autofree char *one = is_measured_in (portion, CS_DIM_NONE) ? dup_one (fact, portion) : NULL;

          for (guint k = 0; one != NULL && counts (text, said, one) && k < self->facts->len; k++)
            {
              CsGroundFact *other = self->facts->pdata[k];

              for (guint l = 0; l < other->claims->len; l++)
                {
                  CsGroundClaim *all = &g_array_index (other->claims, CsGroundClaim, l);

                  if (all == portion || !is_measured_in (all, portion->number.unit->dim) || portion->number.low <= 0 ||
                      !is_near (&said->number, all->number.low * all->number.unit->factor / (portion->number.low * portion->number.unit->factor)))
                    continue;
                  cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
                  cs_ground_keep (finding, CS_PHRASE_GROUNDED, other->fact);
                  return TRUE;
                }
            }
        }
    }

  return FALSE;
}

/* Does the fact tell of what is counted? */
static gboolean
tells_of (CsGroundFact  *fact,
          CsGroundClaim *said)
{
  g_auto (GStrv)   nouns = g_strsplit (said->number.nouns, " ", -1);
  g_autofree char *folded = cs_ground_fold (fact->text);

  for (guint i = 0; nouns[i] != NULL; i++)
    {
      if (strlen (nouns[i]) >= 3 && *nouns[i] != '#' && strstr (folded, nouns[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* How many things there are, in a fact's claim: "set of 4", "x4"; 0 where it tells none */
static double
get_count (const CsGroundClaim *claim)
{
  if (claim->set == CS_GROUND_NAME && claim->key != NULL && *claim->key == 'x' && strspn (claim->key + 1, "0123456789") == strlen (claim->key) - 1)
    return g_ascii_strtod (claim->key + 1, NULL);

  return is_plain_count (claim) && !claim->number.chain && claim->end > claim->start ? claim->number.low : 0;
}

/* "Eight screws" of two per hook and four hooks */
static gboolean
is_in_all (CsGroundFacts   *self,
           CsGroundClaim   *said,
           CsGroundFinding *finding)
{
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim   *each = &g_array_index (fact->claims, CsGroundClaim, j);
          g_autofree char *one = is_plain_count (each) ? dup_one (fact, each) : NULL;

          for (guint k = 0; one != NULL && tells_of (fact, said) && k < self->facts->len; k++)
            {
              CsGroundFact *other = self->facts->pdata[k];

              for (guint l = 0; other != fact && l < other->claims->len; l++)
                {
                  double count = get_count (&g_array_index (other->claims, CsGroundClaim, l));

                  if (count < 2 || count > 200 || count * each->number.low != said->number.low)
                    continue;
                  cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
                  cs_ground_keep (finding, CS_PHRASE_GROUNDED, other->fact);
                  return TRUE;
                }
            }
        }
    }

  return FALSE;
}

/* "Two years running" of what is told of 2023 and of 2024 */
static gboolean
is_running (CsGroundFacts   *self,
            const char      *text,
            CsGroundClaim   *said,
            CsGroundFinding *finding)
{
  static const char *const words[] = { "running", "in a row", "consecutive", "straight", "连续", "接连", "连着", "蝉联", NULL };
  const CsUnit    *unit = said->number.unit;
  g_autofree char *folded = NULL;
  gboolean         told = FALSE;

  if (unit == NULL || unit->dim != CS_DIM_TIME || unit->factor < 31557600 || said->number.low < 2)
    return FALSE;
  folded = cs_ground_fold (text);
  for (guint i = 0; words[i] != NULL; i++)
    told = told || strstr (folded, words[i]) != NULL;

  for (guint i = 0; told && i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      guint         n = 0;
      double        last = 0;

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          if (known->set != CS_GROUND_NUMBER || known->end <= known->start || known->number.unit == NULL || known->number.unit->dim != CS_DIM_YEAR)
            continue;
          n += n == 0 || known->number.low == last + 1;
          last = known->number.low;
        }
      if (n == said->number.low)
        {
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * cs_ground_is_shared_out:
 *
 * Returns: whether the number follows from what goes into one
 */
gboolean
cs_ground_is_shared_out (CsGroundFacts   *self,
                         const char      *text,
                         CsGroundClaim   *said,
                         CsGroundFinding *finding)
{
  if (text == NULL || said->set != CS_GROUND_NUMBER || said->negated)
    return FALSE;
  if (is_running (self, text, said, finding))
    return TRUE;

  return is_plain_count (said) && said->number.low >= 3 && (goes_round (self, text, said, finding) || is_in_all (self, said, finding));
}
