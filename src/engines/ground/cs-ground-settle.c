/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-ground-facts.h"
#include "cs-text.h"

/* What is settled only by what stands beside it */

/* In "no chest pocket" it is the pocket that is denied */
static void
settle_scopes (GArray *claims,
               GArray *findings)
{
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim   *claim = &g_array_index (claims, CsGroundClaim, i);
      CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);

      if (claim->scope == 0 || claim->set != CS_GROUND_WORD ||
          (finding->state != CS_PHRASE_UNSOURCED && finding->state != CS_PHRASE_CONTRADICTS))
        continue;

      for (guint j = 0; j < claims->len; j++)
        {
          if (j != i && g_array_index (claims, CsGroundClaim, j).scope == claim->scope &&
              g_array_index (findings, CsGroundFinding, j).state == CS_PHRASE_GROUNDED)
            finding->state = CS_PHRASE_GLUE;
        }
    }
}

/* One or a pair is said of most things: only another number makes it a claim */
static void
settle_soft_numbers (GArray *claims,
                     GArray *findings)
{
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim   *claim = &g_array_index (claims, CsGroundClaim, i);
      CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);

      if (claim->set == CS_GROUND_NUMBER && claim->number.soft && finding->state == CS_PHRASE_UNSOURCED)
        finding->state = CS_PHRASE_GLUE;
    }
}

/* "128元一双": the price of one */
static void
settle_priced (GArray *claims,
               GArray *findings)
{
  for (guint i = 1; i < claims->len; i++)
    {
      CsGroundClaim   *claim = &g_array_index (claims, CsGroundClaim, i);
      CsGroundClaim   *before = &g_array_index (claims, CsGroundClaim, i - 1);
      CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);

      if (claim->set == CS_GROUND_NUMBER && claim->number.low == 1 && claim->number.unit != NULL && claim->number.unit->dim == CS_DIM_COUNT &&
          before->set == CS_GROUND_NUMBER && before->number.unit != NULL && before->number.unit->dim == CS_DIM_MONEY && before->end == claim->start)
        finding->state = CS_PHRASE_GLUE;
    }
}

/* "£5 per 100 g": of how much it is the price */
static void
settle_measures (const char *text,
                 GArray     *claims,
                 GArray     *findings)
{
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim   *claim = &g_array_index (claims, CsGroundClaim, i);
      CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);
      g_autofree char *before = NULL;
      gboolean         priced = FALSE;

      if (claim->set != CS_GROUND_NUMBER || claim->number.unit == NULL || finding->state == CS_PHRASE_GROUNDED ||
          !(claim->number.unit->dim == CS_DIM_WEIGHT || claim->number.unit->dim == CS_DIM_VOLUME || claim->number.unit->dim == CS_DIM_LENGTH))
        continue;
      for (guint j = 0; j < claims->len; j++)
        priced = priced || (g_array_index (claims, CsGroundClaim, j).set == CS_GROUND_NUMBER && g_array_index (findings, CsGroundFinding, j).state == CS_PHRASE_GROUNDED &&
                            g_array_index (claims, CsGroundClaim, j).number.unit != NULL && g_array_index (claims, CsGroundClaim, j).number.unit->dim == CS_DIM_MONEY);
      before = g_ascii_strdown (text, claim->start);
      g_strchomp (before);
      if (priced && (g_str_has_suffix (before, "per") || g_str_has_suffix (before, "/") || g_str_has_suffix (before, "每") || g_str_has_suffix (before, "every") ||
                     g_str_has_prefix (text + claim->start, "a ")))
        finding->state = CS_PHRASE_GLUE;
    }
}

/* "50 × 50 cm" of what is 50 × 75: each side stands for one */
static void
settle_sides (CsGroundFacts *self,
              GArray        *claims,
              GArray        *findings)
{
  for (guint i = 1; i < claims->len; i++)
    {
      CsGroundClaim   *claim = &g_array_index (claims, CsGroundClaim, i);
      CsGroundClaim   *before = &g_array_index (claims, CsGroundClaim, i - 1);
      CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);
      guint            most = 0;
      CsFact          *other = NULL;

      if (claim->set != CS_GROUND_NUMBER || before->set != CS_GROUND_NUMBER || !claim->number.chain || !before->number.chain || claim->number.low != before->number.low ||
          finding->state != CS_PHRASE_GROUNDED || claim->start - before->end > 4)
        continue;
      for (guint f = 0; f < self->facts->len; f++)
        {
          CsGroundFact *fact = self->facts->pdata[f];
          guint         n_same = 0;
          guint         n_chain = 0;

          for (guint j = 0; j < fact->claims->len; j++)
            {
              CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

              if (known->set != CS_GROUND_NUMBER || known->end <= known->start)
                continue;
              n_chain += known->number.chain;
              if (cs_ground_numbers_compare (&claim->number, &known->number) == CS_AGREES)
                n_same += known->number.chain ? 1 : 2;
            }
          if (n_same > 0 && n_chain >= 2)
            other = fact->fact;
          most = MAX (most, n_same);
        }
      if (most == 1 && other != NULL)
        {
          finding->state = CS_PHRASE_CONTRADICTS;
          g_ptr_array_set_size (finding->facts, 0);
          g_ptr_array_add (finding->facts, other);
        }
    }
}

/* "A warm brown", "a rich navy": how a colour is, that is there */
static void
settle_shades (GArray *claims,
               GArray *findings)
{
  static const char *const words[] = { "warm", "cool", "cold", "rich", "deep", "soft", "muted", "earthy", "dusty", "gentle", "subtle", "classic", "mellow", "vivid", "bold", "rustic", NULL };
  static const char *const real[] = { "natural", "genuine", "real", "authentic", "true", NULL };

  for (guint i = 0; i + 1 < claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, i);
      CsGroundClaim *next = &g_array_index (claims, CsGroundClaim, i + 1);

      /* "Natural sisal", "genuine sheepskin" of what is of it */
      if (claim->key != NULL && !claim->negated && g_strv_contains (real, claim->key) && next->set == CS_GROUND_MATERIAL && next->manner == CS_GROUND_PLAIN && next->start <= claim->end + 1 &&
          g_array_index (findings, CsGroundFinding, i + 1).state == CS_PHRASE_GROUNDED)
        g_array_index (findings, CsGroundFinding, i).state = CS_PHRASE_GLUE;
      if (claim->set == CS_GROUND_WORD && claim->key != NULL && g_strv_contains (words, claim->key) && next->set == CS_GROUND_COLOUR && next->start <= claim->end + 1 &&
          g_array_index (findings, CsGroundFinding, i + 1).state == CS_PHRASE_GROUNDED)
        g_array_index (findings, CsGroundFinding, i).state = CS_PHRASE_GLUE;
    }
}

/* "Caramel and black, two of them": counted in the phrase itself */
static void
settle_counted (GArray *claims,
                GArray *findings)
{
  guint n[CS_N_GROUND_SETS] = { 0 };

  for (guint i = 0; i < claims->len; i++)
    {
      if (g_array_index (findings, CsGroundFinding, i).state == CS_PHRASE_GROUNDED)
        n[g_array_index (claims, CsGroundClaim, i).set]++;
    }

  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);
      CsNumber        *number = &g_array_index (claims, CsGroundClaim, i).number;

      if (g_array_index (claims, CsGroundClaim, i).set == CS_GROUND_NUMBER && finding->state == CS_PHRASE_UNSOURCED && number->low >= 2 &&
          (number->unit == NULL || number->unit->dim == CS_DIM_COUNT) && (n[CS_GROUND_COLOUR] == number->low || n[CS_GROUND_SIZE] == number->low))
        finding->state = CS_PHRASE_GLUE;
    }
}

/* Words that nobody knows may only carry the sentence: beside as much that is
 * grounded they claim nothing, and in another language than the facts' they
 * cannot be looked for
 */
static void
settle_weak (CsGroundFacts *self,
             const char    *text,
             GArray        *claims,
             GArray        *findings)
{
  CsScript script = cs_text_script (text);
  gboolean foreign = script == CS_SCRIPT_HAN ? !self->han : !self->latin;
  guint    n_clauses = claims->len > 0 ? g_array_index (claims, CsGroundClaim, claims->len - 1).clause + 1 : 0;

  for (guint clause = 0; clause < n_clauses; clause++)
    {
      guint n_weak = 0;
      guint n_firm = 0;
      gboolean measured = FALSE;
      gboolean whole = claims->len <= 6;

      for (guint i = 0; i < claims->len; i++)
        {
          CsGroundClaim   *claim = &g_array_index (claims, CsGroundClaim, i);
          CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);

          if (claim->clause != clause && !whole)
            continue;
          if (finding->state == CS_PHRASE_GROUNDED)
            {
              /* A claim of a closed set carries more than a word or two */
              n_firm += claim->set < CS_GROUND_WORD ? 4 : 1;
              measured = measured || claim->set == CS_GROUND_NUMBER;
            }
          else if (claim->weak && finding->state == CS_PHRASE_UNSOURCED)
            n_weak++;
        }

      for (guint i = 0; i < claims->len && n_weak > 0 && n_firm >= (foreign ? 1 : n_weak); i++)
        {
          CsGroundClaim   *claim = &g_array_index (claims, CsGroundClaim, i);
          CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);

          if ((claim->clause == clause || whole) && claim->weak && !claim->proper && finding->state == CS_PHRASE_UNSOURCED &&
              (measured || !claim->strange))
            finding->state = CS_PHRASE_GLUE;
        }
    }
}

/* "Sold separately" of what nothing says comes along: it claims nothing */
static void
settle_apart (GArray *claims,
              GArray *findings)
{
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);

      if (g_array_index (claims, CsGroundClaim, i).apart && finding->state == CS_PHRASE_UNSOURCED && g_array_index (claims, CsGroundClaim, i).set == CS_GROUND_WORD)
        finding->state = CS_PHRASE_GLUE;
    }
}

void
cs_ground_settle (CsGroundFacts *self,
                  const char    *text,
                  GArray        *claims,
                  GArray        *findings)
{
  settle_scopes (claims, findings);
  cs_ground_settle_contrast (claims, findings);
  settle_apart (claims, findings);
  cs_ground_carry (claims, findings);
  settle_soft_numbers (claims, findings);
  settle_counted (claims, findings);
  settle_priced (claims, findings);
  settle_measures (text, claims, findings);
  settle_sides (self, claims, findings);
  settle_shades (claims, findings);
  settle_weak (self, text, claims, findings);
}
