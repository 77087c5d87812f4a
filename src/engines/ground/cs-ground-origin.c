/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-ground-infer.h"

/* Which of several things is from where, and which of several sizes is the largest */

/* ---- "Rice from Niigata" of sencha from Shizuoka with rice from Niigata */

/* The word for what the place at start is said of, "rice from …", "eucalyptus grown in …";
 * folded to its root, or NULL
 */
static char *
dup_thing (const char *text,
           gsize       start)
{
  static const char *const links[] = { "from", "in", "at", "grown", "made", "sourced", "imported", "picked", "harvested", "sewn", "printed", "dyed", "woven", "of", "the", "is",
                                       "are", "was", "were", "comes", "come", "raised", "dug", "cut", "spun", "knitted", "roasted", "produced", "on", "our", "plot", NULL };
  g_autofree char *before = g_strndup (text, start);
  g_auto (GStrv)   words = NULL;
  gboolean         linked = FALSE;

  for (char *p = before + strlen (before); p > before; p--)
    {
      if (strchr (",.;(:/", p[-1]) != NULL)
        {
          memmove (before, p, strlen (p) + 1);
          break;
        }
    }
  words = g_strsplit (before, " ", -1);
  for (guint i = g_strv_length (words); i-- > 0;)
    {
      g_autofree char *word = cs_ground_fold (words[i]);

      if (*word == '\0')
        continue;
      if (g_strv_contains (links, word))
        {
          linked = TRUE;
          continue;
        }
      return linked && g_ascii_isalpha (*word) ? cs_ground_root (word) : NULL;
    }

  return NULL;
}

static gboolean
is_place (CsGroundClaim *claim,
          const char    *text)
{
  return claim->set == CS_GROUND_PLACE && !claim->negated && claim->end > claim->start && claim->end <= strlen (text);
}

/* "All grown here except the eucalyptus": does the fact leave out the thing, or anything
 * where all is said?
 */
static gboolean
leaves_out (CsGroundFact *fact,
            const char   *text,
            const char   *thing)
{
  static const char *const words[] = { "except", "apart from", "other than", "but not", NULL };
  g_autofree char *said = g_ascii_strdown (text, -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char      *at = strstr (fact->folded, words[i]);
      g_autofree char *rest = at != NULL ? g_strndup (at, strcspn (at, ".;")) : NULL;

      if (rest != NULL && ((thing != NULL && strlen (thing) > 2 && strstr (rest, thing) != NULL) || g_str_has_prefix (said, "all ") || strstr (said, " all ") != NULL))
        return TRUE;
    }

  return FALSE;
}

gboolean
cs_ground_comes_of_other (CsGroundFacts   *self,
                          const char      *text,
                          CsGroundClaim   *said,
                          CsGroundFinding *finding)
{
  g_autofree char *thing = NULL;
  CsFact  *other = NULL;
  gboolean else_of_it = FALSE;

  if (text == NULL || !is_place (said, text))
    return FALSE;

  thing = dup_thing (text, said->start);
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim   *known = &g_array_index (fact->claims, CsGroundClaim, j);
          g_autofree char *its = NULL;
          gboolean         kin;

          if (!is_place (known, fact->text))
            continue;
          kin = cs_ground_is_kin (said, known);
          if (kin && leaves_out (fact, text, thing))
            {
              cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, fact->fact);
              return TRUE;
            }
          its = thing != NULL ? dup_thing (fact->text, known->start) : NULL;
          if (kin && (its == NULL || strcmp (its, thing) == 0))
            return FALSE;
          else_of_it = else_of_it || kin;
          if (!kin && its != NULL && strcmp (its, thing) == 0)
            other = fact->fact;
        }
    }

  if (other == NULL || !else_of_it)
    return FALSE;

  cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, other);

  return TRUE;
}

/* ---- "The largest is 14 cm" of what is there in 10, 14 and 18 */

static int
find_extreme (const char *text)
{
  static const char *const most[] = { "largest", "biggest", "tallest", "longest", "最大", "最长", "最高", NULL };
  static const char *const least[] = { "smallest", "shortest", "littlest", "最小", "最短", "最矮", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  for (guint i = 0; most[i] != NULL; i++)
    {
      if (strstr (lower, most[i]) != NULL)
        return 1;
    }
  for (guint i = 0; least[i] != NULL; i++)
    {
      if (strstr (lower, least[i]) != NULL)
        return -1;
    }

  return 0;
}

/* Do both stand in one list, "10/14/18", "8x10, 11x14"? */
static gboolean
is_listed_with (CsGroundFact  *fact,
                CsGroundClaim *a,
                CsGroundClaim *b)
{
  return b->start >= a->end && b->start - a->end <= 4 && strspn (fact->text + a->end, " /x*,\xc3\x97\xe3\x80\x81") >= b->start - a->end;
}

gboolean
cs_ground_is_not_extreme (CsGroundFacts   *self,
                          const char      *text,
                          GArray          *claims,
                          CsGroundClaim   *said,
                          CsGroundFinding *finding)
{
  int extreme = text != NULL && said->set == CS_GROUND_NUMBER && said->number.unit != NULL && said->number.unit->dim == CS_DIM_LENGTH ? find_extreme (text) : 0;

  for (guint i = 0; extreme != 0 && i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint first = 0; first < fact->claims->len;)
        {
          guint    last = first;
          guint    best = first;
          gboolean ours = FALSE;
          gboolean told = FALSE;

          while (last + 1 < fact->claims->len && is_listed_with (fact, &g_array_index (fact->claims, CsGroundClaim, last), &g_array_index (fact->claims, CsGroundClaim, last + 1)) &&
                 g_array_index (fact->claims, CsGroundClaim, last).set == CS_GROUND_NUMBER && g_array_index (fact->claims, CsGroundClaim, last + 1).set == CS_GROUND_NUMBER)
            last++;
          for (guint j = first; last > first + 1 && j <= last; j++)
            {
              CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

              if (extreme * (known->number.low - g_array_index (fact->claims, CsGroundClaim, best).number.low) > 0)
                best = j;
              ours = ours || cs_ground_numbers_compare (&said->number, &known->number) == CS_AGREES;
            }
          for (guint c = 0; ours && c < claims->len; c++)
            {
              CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, c);

              told = told || (claim->set == CS_GROUND_NUMBER &&
                              cs_ground_numbers_compare (&claim->number, &g_array_index (fact->claims, CsGroundClaim, best).number) == CS_AGREES);
            }
          if (ours && !told)
            {
              cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, fact->fact);
              return TRUE;
            }
          first = last + 1;
        }
    }

  return FALSE;
}
