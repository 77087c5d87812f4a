/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-infer.h"

/* Holds what a text says against what is known. A fact that is more exact grounds
 * what is less so (oak is wood, navy is blue), never the other way. Where nothing
 * says it and a fact says something else of the same kind, it is contradicted.
 */

void
cs_ground_keep (CsGroundFinding *finding,
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
        cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, fact->fact);
    }
}

static gboolean
counts_same (CsGroundClaim *claim,
             CsGroundClaim *known)
{
  gsize first = 1 + strcspn (claim->number.nouns[0] != '\0' ? claim->number.nouns + 1 : "", " ");

  return claim->set == CS_GROUND_NUMBER && claim->number.nouns[0] != '\0' && !known->negated && claim->number.step == 1 &&
         strncmp (claim->number.nouns, known->number.nouns, first + 1) == 0 &&
         (claim->number.unit == NULL || claim->number.unit->dim == CS_DIM_COUNT) && (known->number.unit == NULL || known->number.unit->dim == CS_DIM_COUNT);
}

/* Does what no fact says as it is said follow from them? counted: one counts the same,
 * and otherwise
 */
static gboolean
follows (CsGroundFacts   *self,
         const char      *text,
         GArray          *claims,
         CsGroundClaim   *claim,
         gboolean         counted,
         CsGroundFinding *finding)
{
  return cs_ground_is_reckoned (self, text, claims, claim, finding) || cs_ground_is_measured (self, text, claims, claim, finding) ||
         cs_ground_takes_sheet (self, text, claim, finding) || cs_ground_is_pure (self, claim, finding) ||
         (!counted && cs_ground_is_counted_out (self, claim, finding)) || cs_ground_is_listed (self, text, claim, finding) ||
         cs_ground_is_other_than_whole (self, claim, finding) || cs_ground_is_of_colour_key (self, claim, finding) || cs_ground_is_graded (self, claim, finding) ||
         cs_ground_is_headed (self, claim, finding) || cs_ground_is_shared_out (self, text, claim, finding);
}

static void
hold_one (CsGroundFacts   *self,
          const char      *text,
          GArray          *claims,
          CsGroundClaim   *claim,
          CsGroundFinding *finding)
{
  CsGroundRelation best = CS_GROUND_NOTHING;
  gboolean         counted = FALSE; /* a fact counts the same, and otherwise */
  gboolean         firm = FALSE;    /* a fact agrees, and of the same */
  CsFact          *otherwise = NULL;

  if (claim->quoted)
    {
      cs_ground_is_quoted (self, claim, finding);
      return;
    }

  if (cs_ground_is_near_brand (self, text, claim, finding) || cs_ground_only_took_part (self, text, claim, finding) ||
      cs_ground_is_solid (self, claim, finding) || cs_ground_is_medal (self, claim, finding))
    return;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);
          CsGroundRelation       relation = cs_ground_relate (claim, fact, known);

          if (relation == CS_GROUND_AGREES && (cs_ground_bound_elsewhere (self, fact, known, text, claims, claim) || cs_ground_only_designed (fact, known, text, claim) ||
                                     cs_ground_takes_weight_for_load (fact, text, claim) || cs_ground_measures_other (fact, known, claim)))
            relation = CS_GROUND_DIFFERS;
          counted = counted || (relation == CS_GROUND_DIFFERS && claim->set == CS_GROUND_NUMBER && claim->number.nouns[0] != '\0' && known->number.nouns[0] != '\0');

          if (relation == CS_GROUND_DIFFERS && counts_same (claim, known))
            otherwise = fact->fact;
          firm = firm || (relation == CS_GROUND_AGREES && (known->number.nouns[0] != '\0' || known->number.unit != NULL));
          if (relation == CS_GROUND_AGREES)
            {
              cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              best = CS_GROUND_AGREES;
            }
          else if (relation != CS_GROUND_NOTHING && best != CS_GROUND_AGREES)
            {
              cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, fact->fact);
              best = best == CS_GROUND_DENIES ? CS_GROUND_DENIES : relation;
            }
        }
    }

  /* "Two pockets" of what has one, whatever else is two */
  if (best == CS_GROUND_AGREES && otherwise != NULL && !firm)
    {
      cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, otherwise);
      return;
    }

  /* "新疆" of what is made elsewhere, of "新疆长绒棉" */
  if (best == CS_GROUND_DIFFERS && claim->set == CS_GROUND_PLACE &&
      (cs_ground_stands_within (self, claim, finding) || cs_ground_is_named_after (self, claim, finding)))
    return;

  if (best == CS_GROUND_AGREES && (cs_ground_is_of_other_share (self, claim, finding) || cs_ground_differs_in_part (self, claim, finding) || cs_ground_said_of_other (self, claim, finding) ||
                                   cs_ground_is_turned (self, text, claims, claim, finding) || cs_ground_is_only_kin (self, text, claim, finding) ||
                                   cs_ground_is_not_extreme (self, text, claims, claim, finding) || cs_ground_comes_of_other (self, text, claim, finding) ||
                                   cs_ground_is_labelled_otherwise (self, text, claim, finding) || cs_ground_keeps_unopened (self, text, claim, finding) ||
                                   cs_ground_is_praised_further (self, text, claims, claim, finding)))
    return;

  if (best != CS_GROUND_AGREES && follows (self, text, claims, claim, counted, finding))
    return;

  if (best != CS_GROUND_NOTHING || cs_ground_stands_within (self, claim, finding) || cs_ground_stands_beside (self, claim, finding) ||
      cs_ground_is_counted (self, claim, finding) || cs_ground_is_handwork (self, claim, finding) || cs_ground_is_told (self, claim, finding) ||
      cs_ground_is_named_after (self, claim, finding) ||
      cs_ground_is_put_together (self, claim, finding))
    return;

  if (claim->root == NULL && claim->meaning.n_senses == 0 && claim->set != CS_GROUND_NUMBER && claim->name == 0 &&
      claim->key != NULL && (guchar) *claim->key >= 0xe0 && !claim->negated)
    cs_ground_covers_run (self, claim, finding);

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

      hold_one (self, text, claims, &g_array_index (claims, CsGroundClaim, i), &finding);
      g_array_append_val (findings, finding);
    }

  cs_ground_settle (self, text, claims, findings);

  return findings;
}
