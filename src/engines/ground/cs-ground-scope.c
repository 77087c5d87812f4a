/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-infer.h"

/* How far a praise goes: what sells best in one shop is not the best seller of a country,
 * and who was shortlisted for a prize has not won it. And what is solid wood: any wood
 * that is not made of chips.
 */

static gboolean
says_any (const char        *folded,
          const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      gsize n = strlen (words[i]);

      for (const char *at = strstr (folded, words[i]); at != NULL; at = strstr (at + 1, words[i]))
        {
          if ((guchar) *words[i] >= 0x80 || ((at == folded || !g_ascii_isalpha (at[-1])) && !g_ascii_isalpha (at[n])))
            return TRUE;
        }
    }

  return FALSE;
}

static const char *const ours[] = { "our", "ours", "we", "my", "i", "shop", "in store", "店", "本店", "我家", "我们", "自家", "家里", "店里", "咱", "小店", NULL };

/* Does what is praised reach as far as the text says? */
static gboolean
reaches_further (GArray       *claims,
                 CsGroundFact *fact,
                 const char   *folded)
{
  static const char *const wide[] = { "全网", "全国", "全球", "世界", "行业", "业内", "同类", "类目", "国内", "市场", "天下", "nationwide", "worldwide", "the market", "on etsy", "on amazon", "on ebay",
                                      "the country", "the world", "its kind", "its class", "anywhere", "online", "the industry", "category", NULL };

  for (guint i = 0; wide[i] != NULL; i++)
    {
      const char *const one[] = { wide[i], NULL };

      if (says_any (folded, one) && !says_any (fact->folded, one))
        return TRUE;
    }
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim *place = &g_array_index (claims, CsGroundClaim, i);

      if (place->set == CS_GROUND_PLACE && place->key != NULL && strstr (fact->folded, place->key) == NULL)
        return TRUE;
    }

  return FALSE;
}

/* "东北销量第一" of what sells best in its own shop */
gboolean
cs_ground_is_praised_further (CsGroundFacts   *self,
                              const char      *text,
                              GArray          *claims,
                              CsGroundClaim   *said,
                              CsGroundFinding *finding)
{
  g_autofree char *folded = NULL;

  if (text == NULL || said->set != CS_GROUND_SUPERLATIVE || said->negated || finding->facts->len == 0)
    return FALSE;

  folded = cs_ground_fold (text);
  if (says_any (folded, ours))
    return FALSE;
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      if (g_ptr_array_find (finding->facts, fact->fact, NULL) && !(says_any (fact->folded, ours) && reaches_further (claims, fact, folded)))
        return FALSE;
    }

  cs_ground_keep (finding, CS_PHRASE_UNSOURCED, NULL);
  g_ptr_array_set_size (finding->facts, 0);

  return TRUE;
}

/* ---- "Winner" of what was only shortlisted */

static const char *const lesser[] = { "shortlisted", "shortlist", "short-listed", "longlisted", "finalist", "finalists", "nominated", "nominee", "runner-up", "runner up", "commended", "entered for", "入围", "提名",
                                      "参展", "参加", "参评", "参赛", "没评奖", "没得奖", "没获奖", "未获奖", "didn't win", "did not win", "didnt win", NULL };

static gboolean
says_won (const char *folded)
{
  static const char *const wins[] = { "winner", "winners", "winning", "won", "award-winning", "awarded", "prize-winning", "prizewinning", "first prize", "gold medal", "获奖", "得奖", "金奖", "银奖", "一等奖", "二等奖",
                                      "三等奖", "冠军", "夺冠", "荣获", "摘得", NULL };
  static const char *const losses[] = { "no winner", "not won", "未获奖", "没获奖", "没得奖", "未得奖", "获奖无", NULL };

  return says_any (folded, wins) && !says_any (folded, losses);
}

gboolean
cs_ground_only_took_part (CsGroundFacts   *self,
                          const char      *text,
                          CsGroundClaim   *said,
                          CsGroundFinding *finding)
{
  const char *id = said->meaning.n_senses > 0 ? cs_ground_concept_get_id (said->meaning.senses[0]) : "";
  g_autofree char *folded = NULL;
  CsFact *other = NULL;

  if (text == NULL || said->negated || !(said->set == CS_GROUND_CERTIFICATE || said->set == CS_GROUND_WORD || said->set == CS_GROUND_SUPERLATIVE) ||
      (strstr (id, "award") == NULL && (said->root == NULL || strcmp (said->root, "win") != 0)))
    return FALSE;

  folded = cs_ground_fold (text);
  if (!says_won (folded) || says_any (folded, lesser))
    return FALSE;
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact    *fact = self->facts->pdata[i];
      g_autofree char *whole = cs_ground_fold (fact->text);

      if (says_any (whole, lesser))
        other = fact->fact;
      else if (says_won (whole))
        return FALSE;
    }
  if (other == NULL)
    return FALSE;

  cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, other);

  return TRUE;
}

/* "Silver medal" of what stands "awards: silver, Bath & West" */
gboolean
cs_ground_is_medal (CsGroundFacts   *self,
                    CsGroundClaim   *said,
                    CsGroundFinding *finding)
{
  static const char *const keys[] = { "award", "prize", "medal", "won:", "得奖", "奖项", "获奖", NULL };
  static const char *const metals[] = { "gold", "silver", "bronze", "金", "银", "铜", NULL };

  if (said->set != CS_GROUND_CERTIFICATE || said->negated || said->key == NULL)
    return FALSE;

  for (guint m = 0; metals[m] != NULL; m++)
    {
      const char *const metal[] = { metals[m], NULL };

      for (guint i = 0; g_str_has_prefix (said->key, metals[m]) && i < self->facts->len; i++)
        {
          CsGroundFact    *fact = self->facts->pdata[i];
          g_autofree char *whole = cs_ground_fold (fact->text);
          gboolean         prize = FALSE;

          for (guint k = 0; keys[k] != NULL; k++)
            prize = prize || g_str_has_prefix (whole, keys[k]);
          if (!prize || !says_any (whole, metal))
            continue;
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          return TRUE;
        }
    }

  return FALSE;
}

/* ---- Solid wood */

static gboolean
is_called (guint       concept,
           const char *id,
           guint       depth)
{
  guint16 parents[CS_GROUND_MAX_SENSES];
  guint   n;

  if (strcmp (cs_ground_concept_get_id (concept), id) == 0)
    return TRUE;
  n = depth < 6 ? cs_ground_concept_get_parents (concept, parents) : 0;
  for (guint i = 0; i < n; i++)
    {
      if (is_called (parents[i], id, depth + 1))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_solid_wood (CsGroundClaim *claim)
{
  return is_called (claim->meaning.senses[0], "wood", 0) && !is_called (claim->meaning.senses[0], "engineered-wood", 0) &&
         strstr (cs_ground_concept_get_id (claim->meaning.senses[0]), "veneer") == NULL;
}

gboolean
cs_ground_is_solid (CsGroundFacts   *self,
                    CsGroundClaim   *said,
                    CsGroundFinding *finding)
{
  CsFact  *wood = NULL;
  gboolean other = FALSE; /* what it is said of is of something else */
  gboolean same = FALSE;

  if (said->set != CS_GROUND_MATERIAL || said->negated || said->meaning.n_senses == 0 || strcmp (cs_ground_concept_get_id (said->meaning.senses[0]), "solid-wood") != 0)
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          if (known->set != CS_GROUND_MATERIAL || known->negated || known->manner != CS_GROUND_PLAIN || known->meaning.n_senses == 0)
            continue;
          if (said->heads != NULL && cs_ground_share_head (said->heads, known->heads))
            {
              same = same || is_solid_wood (known);
              other = other || !is_solid_wood (known);
            }
          if (is_called (known->meaning.senses[0], "engineered-wood", 0) || strstr (cs_ground_concept_get_id (known->meaning.senses[0]), "veneer") != NULL)
            {
              if (said->heads == NULL)
                return FALSE;
            }
          else if (is_called (known->meaning.senses[0], "wood", 0))
            wood = fact->fact;
        }
    }
  if (wood == NULL || (other && !same))
    return FALSE;

  cs_ground_keep (finding, CS_PHRASE_GROUNDED, wood);

  return TRUE;
}
