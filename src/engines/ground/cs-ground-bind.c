/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-ground-facts.h"

/* Which of several values a fact gives to which part: in "front 400 lm, rear 50 lm"
 * a number belongs to the words that stand with it between commas, and "the rear
 * light with 400 lumens" gives it to the other.
 */

/* The words that stand with the claim from start to end; (element-type utf8) */
static GPtrArray *
find_labels (const char *text,
             guint       start,
             guint       end)
{
  static const char *const none[] = { "and", "the", "with", "for", "at", "of", "in", "is", "are", "up", "to", "about", "on", "has", "about",
                                      "its", "each", "from", "light", "port", "power", "out", "max", "when", "just", "only", "yes", "which", "this", "that", NULL };
  GPtrArray       *labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *lower = g_utf8_strdown (text, -1);
  gsize            length = strlen (lower);
  gsize            first = start;
  gsize            last = end;
  g_autofree char *piece = NULL;
  g_auto (GStrv) words = NULL;

  /* Folding may change lengths: then nothing is told */
  if (length != strlen (text))
    return labels;

  while (first > 0 && strchr (",;|()!?0123456789", lower[first - 1]) == NULL && !(lower[first - 1] == '.' && lower[first] == ' ') &&
         !(first > 5 && strncmp (lower + first - 5, " and ", 5) == 0))
    first--;
  while (last < length && strchr (",;|()!?0123456789", lower[last]) == NULL && !(lower[last] == '.' && (last + 1 == length || lower[last + 1] == ' ')) &&
         strncmp (lower + last, " and ", 5) != 0)
    last++;

  memset (lower + start, ' ', end - start);
  piece = g_strndup (lower + first, last - first);
  words = g_strsplit_set (piece, " :/=", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strcmp (words[i], "full") == 0 || strcmp (words[i], "maximum") == 0)
        g_ptr_array_add (labels, g_strdup ("high"));
      else if (strlen (words[i]) > 2 && !g_ascii_isdigit (*words[i]) && !g_strv_contains (none, words[i]))
        g_ptr_array_add (labels, cs_ground_singular (words[i]));
    }

  return labels;
}

static gboolean
has_label (GPtrArray  *labels,
           const char *word)
{
  return g_ptr_array_find_with_equal_func (labels, word, g_str_equal, NULL);
}

/* Has said a word of a that b has not? */
static gboolean
names_only (GPtrArray *said,
            GPtrArray *a,
            GPtrArray *b)
{
  for (guint i = 0; i < a->len; i++)
    {
      if (!has_label (b, a->pdata[i]) && has_label (said, a->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_measure (CsGroundClaim *claim)
{
  return claim->set == CS_GROUND_NUMBER && claim->number.unit != NULL && claim->number.unit->dim != CS_DIM_COUNT &&
         claim->number.unit->dim != CS_DIM_MONEY && claim->number.unit->dim != CS_DIM_PERCENT && claim->end > claim->start;
}

/**
 * cs_ground_bound_elsewhere:
 *
 * Returns: whether fact gives said's value, known, to another part than text does.
 */
gboolean
cs_ground_bound_elsewhere (CsGroundFact  *fact,
                           CsGroundClaim *known,
                           const char    *text,
                           CsGroundClaim *said)
{
  g_autoptr (GPtrArray) labels = NULL;
  g_autoptr (GPtrArray) own = NULL;

  if (text == NULL || !is_measure (said) || !is_measure (known) || known->end > strlen (fact->text) || said->end > strlen (text))
    return FALSE;

  for (guint i = 0; i < fact->claims->len; i++)
    {
      CsGroundClaim *rival = &g_array_index (fact->claims, CsGroundClaim, i);
      g_autoptr (GPtrArray) others = NULL;

      if (rival == known || rival->negated || !is_measure (rival) || rival->number.unit->dim != known->number.unit->dim || rival->clause == known->clause ||
          rival->end > strlen (fact->text) ||
          fabs (rival->number.low * rival->number.unit->factor - known->number.low * known->number.unit->factor) < 1e-9)
        continue;

      /* "9 cm high" was never the diameter */
      if (said->number.quantity != CS_QUANTITY_ANY && said->number.quantity == known->number.quantity &&
          rival->number.quantity != known->number.quantity)
        continue;

      if (labels == NULL)
        {
          labels = find_labels (text, said->start, said->end);
          own = find_labels (fact->text, known->start, known->end);
        }
      others = find_labels (fact->text, rival->start, rival->end);
      if (names_only (own, own, others) && names_only (labels, others, own) && !names_only (labels, own, others))
        return TRUE;
    }

  return FALSE;
}

/* "Holds up to 10 kg" is said of a load, and what a thing weighs is none */
gboolean
cs_ground_takes_weight_for_load (CsGroundFact  *fact,
                                 const char    *text,
                                 CsGroundClaim *said)
{
  static const char *const loads[] = { "hold", "support", "bear", "carry", "load", NULL };
  g_autoptr (GPtrArray) labels = NULL;

  if (text == NULL || !is_measure (said) || said->number.unit->dim != CS_DIM_WEIGHT || said->number.unit->factor < 400 || said->end > strlen (text) ||
      !g_str_has_prefix (fact->text, "weight: ") || strstr (fact->text, "max") != NULL)
    return FALSE;

  labels = find_labels (text, said->start, said->end);
  for (guint i = 0; loads[i] != NULL; i++)
    {
      if (has_label (labels, loads[i]))
        return TRUE;
    }

  return FALSE;
}

/* ---- Where a thing is made, and where it was only thought out */

static gboolean
follows_verb (const char        *text,
              CsGroundClaim     *claim,
              const char *const *verbs)
{
  g_autofree char *before = g_strndup (text, claim->start);
  g_autofree char *lower = g_ascii_strdown (before, -1);
  const char      *clause = lower;

  for (const char *p = lower; *p != '\0'; p++)
    {
      if (strchr (",;.(", *p) != NULL)
        clause = p + 1;
    }

  for (guint i = 0; verbs[i] != NULL; i++)
    {
      const char *at = strstr (clause, verbs[i]);

      if (at != NULL && strlen (at) <= strlen (verbs[i]) + 8)
        return TRUE;
    }

  return FALSE;
}

/* "Made in Norway" of what was "designed in Bergen, sewn in Vietnam" */
gboolean
cs_ground_only_designed (CsGroundFact  *fact,
                         CsGroundClaim *known,
                         const char    *text,
                         CsGroundClaim *said)
{
  static const char *const made[] = { "made in", "sewn in", "woven in", "produced in", "manufactured in", "crafted in", "built in", "assembled in", NULL };
  static const char *const designed[] = { "designed in", "conceived in", "developed in", NULL };

  if (text == NULL || said->set != CS_GROUND_PLACE || known->set != CS_GROUND_PLACE || said->negated || said->end > strlen (text) || known->end > strlen (fact->text))
    return FALSE;

  return follows_verb (text, said, made) && follows_verb (fact->text, known, designed);
}
