/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-facts.h"

/* What follows from another word of the same phrase that is grounded */

static gboolean
is_kind_of_any (guint              concept,
                const char *const *ids,
                guint              depth)
{
  guint16 parents[CS_GROUND_MAX_SENSES];
  guint   n = depth < 4 ? cs_ground_concept_get_parents (concept, parents) : 0;

  for (guint i = 0; i < n; i++)
    {
      if (g_strv_contains (ids, cs_ground_concept_get_id (parents[i])) || is_kind_of_any (parents[i], ids, depth + 1))
        return TRUE;
    }

  return FALSE;
}

/* A norm or a mark that somebody gives */
static gboolean
is_attested (CsGroundClaim     *claim,
             const char *const *general)
{
  if (claim->set != CS_GROUND_CERTIFICATE)
    return FALSE;

  for (guint i = 0; i < claim->meaning.n_senses; i++)
    {
      if (is_kind_of_any (claim->meaning.senses[i], general, 0))
        return TRUE;
    }

  return claim->meaning.n_senses == 0;
}

/* Does the fact tell that the first two characters of run are a place? */
static gboolean
is_somewhere (CsFact     *fact,
              const char *run)
{
  static const char *const after[] = { "镇", "村", "县", "乡", "街", "岛", "山", "寨", NULL };
  static const char *const before[] = { "在", "自", "于", NULL };
  g_autofree char *name = run != NULL && g_utf8_strlen (run, -1) >= 2 ? g_utf8_substring (run, 0, 2) : NULL;

  for (guint i = 0; name != NULL && after[i] != NULL; i++)
    {
      g_autofree char *whole = g_strconcat (name, after[i], NULL);

      if (strstr (fact->text, whole) != NULL)
        return TRUE;
    }
  for (guint i = 0; name != NULL && before[i] != NULL; i++)
    {
      g_autofree char *whole = g_strconcat (before[i], name, NULL);

      if (strstr (fact->text, whole) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Does what the other says carry this one? "Tested to EN 71" where a fact says only
 * "EN 71", "balsa wood" where it says "balsa", "Ceret, France" where it says "Ceret"
 */
static gboolean
is_carried (CsGroundClaim *claim,
            CsGroundClaim *other,
            CsFact        *fact)
{
  static const char *const general[] = { "certified", "tested", "approved", "appraisal", NULL };
  static const char *const heads[] = { "wood", "leather", "textile", "stone", "steel", "wool", "silk", "cotton", "glass", "paper", "wax", "oil", NULL };
  const char *id = claim->meaning.n_senses > 0 ? cs_ground_concept_get_id (claim->meaning.senses[0]) : "";
  gboolean follows = claim->start > other->end;
  gboolean follows_at_once = other->start > claim->end && other->start - claim->end <= 1;

  if (claim->negated || other->negated)
    return FALSE;

  if (claim->set == CS_GROUND_CERTIFICATE && g_strv_contains (general, id))
    return is_attested (other, general);

  /* "12.5 % alcohol" of what stands "12.5% vol" */
  if (claim->set == CS_GROUND_MATERIAL && strcmp (id, "alcohol") == 0)
    return other->set == CS_GROUND_NUMBER && other->number.unit != NULL &&
           (other->number.unit->dim == CS_DIM_PERCENT || other->number.unit->dim == CS_DIM_DEGREE) && ABS ((int) other->end - (int) claim->start) <= 4;

  /* "耐温230℃" of what stands "230度" */
  if (claim->set == CS_GROUND_CERTIFICATE && strcmp (id, "heat-resistant") == 0)
    return other->set == CS_GROUND_NUMBER && other->number.unit != NULL && other->number.unit->dim == CS_DIM_DEGREE;

  /* "Genuine Pyrex" of what is Pyrex */
  if (claim->set == CS_GROUND_CERTIFICATE && (strcmp (id, "genuine") == 0 || strcmp (id, "authentic") == 0))
    return other->set == CS_GROUND_NAME && follows_at_once;

  /* "两档可调", "adjusts from 36 to 46 cm" */
  if (g_str_has_prefix (id, "adjustable"))
    return other->set == CS_GROUND_NUMBER && (other->number.high > other->number.low || strstr (other->number.nouns, " setting ") != NULL);

  /* "国标GB/T 29606", "IPX4防水" */
  if ((strcmp (id, "national-standard") == 0 || strcmp (id, "guobiao") == 0) && (other->set == CS_GROUND_CERTIFICATE || other->set == CS_GROUND_NAME))
    return other->key != NULL && g_str_has_prefix (other->key, "gb");
  if ((strcmp (id, "waterproof") == 0 || strcmp (id, "water-resistant") == 0 || strcmp (id, "splash-proof") == 0) && (other->set == CS_GROUND_CERTIFICATE || other->set == CS_GROUND_NAME))
    return other->key != NULL && g_str_has_prefix (other->key, "ip");

  /* "The European norm EN 71" */
  if ((strcmp (id, "europe") == 0 || strcmp (id, "eu-standard") == 0) && other->set == CS_GROUND_CERTIFICATE)
    return other->key != NULL && (g_str_has_prefix (other->key, "en") || g_str_has_prefix (other->key, "ce"));

  if (claim->set == CS_GROUND_MATERIAL && g_strv_contains (heads, id))
    return (other->set == CS_GROUND_WORD || other->set == CS_GROUND_NAME) && other->meaning.n_senses == 0 && follows && claim->start - other->end <= 1;

  /* "苏州镇湖" of what is embroidered "在镇湖" */
  if (claim->set == CS_GROUND_PLACE && other->set == CS_GROUND_WORD && other->meaning.n_senses == 0 && other->start == claim->end && is_somewhere (fact, other->key))
    return TRUE;

  /* Nobody knows where a place is that is in no list */
  return claim->set == CS_GROUND_PLACE && other->set == CS_GROUND_PLACE && other->meaning.n_senses == 0 && follows &&
         claim->start - other->end <= 5;
}

void
cs_ground_carry (GArray *claims,
                 GArray *findings)
{
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);
      CsGroundClaim   *claim = &g_array_index (claims, CsGroundClaim, i);

      if (finding->state != CS_PHRASE_UNSOURCED && !(finding->state == CS_PHRASE_CONTRADICTS && (claim->set == CS_GROUND_PLACE || claim->set == CS_GROUND_MATERIAL)))
        continue;

      for (guint j = i > 8 ? i - 8 : 0; j < MIN (i + 8, claims->len); j++)
        {
          CsGroundFinding *carrier = &g_array_index (findings, CsGroundFinding, j);

          if (j == i || carrier->state != CS_PHRASE_GROUNDED || carrier->facts->len == 0 ||
              !is_carried (claim, &g_array_index (claims, CsGroundClaim, j), carrier->facts->pdata[0]))
            continue;
          finding->state = CS_PHRASE_GROUNDED;
          g_ptr_array_set_size (finding->facts, 0);
          g_ptr_array_add (finding->facts, carrier->facts->pdata[0]);
          break;
        }
    }
}
