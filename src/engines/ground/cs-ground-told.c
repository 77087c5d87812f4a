/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-infer.h"

/* Claims that a fact tells in other words: "hand-knotted" of what is "knotted by hand",
 * "a free pouch" of what comes with a pouch, walnut-coloured of what is of walnut.
 */

static gboolean
is_negated_at (const char *folded,
               const char *at)
{
  static const char *const before[] = { "no ", "not ", "non-", "without ", "不", "无", "未", "没", "非", NULL };

  for (guint i = 0; before[i] != NULL; i++)
    {
      gsize n = strlen (before[i]);

      if ((gsize) (at - folded) >= n && strncmp (at - n, before[i], n) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The fact that says any of words, between commas, without denying it; or NULL */
static CsFact *
find_said (CsGroundFacts *self,
           const char    *words)
{
  g_auto (GStrv) list = g_strsplit (words, ",", -1);

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; list[j] != NULL; j++)
        {
          for (const char *at = strstr (fact->folded, list[j]); at != NULL; at = strstr (at + 1, list[j]))
            {
              if (!is_negated_at (fact->folded, at) && ((guchar) *list[j] >= 0x80 || *list[j] == '-' || at == fact->folded || !g_ascii_isalpha (at[-1])))
                return fact->fact;
            }
        }
    }

  return NULL;
}

/* ---- Work by hand of some sort */

static gboolean
is_of_hand (const char *id)
{
  return g_str_has_prefix (id, "hand-") || strcmp (id, "handmade") == 0;
}

/* Has a fact the work by its root, and a hand with it? */
static CsFact *
find_latin_work (CsGroundFacts *self,
                 const char    *key)
{
  g_auto (GStrv) words = g_strsplit_set (key, " -", -1);

  for (guint w = 0; words[w] != NULL; w++)
    {
      g_autofree char *root = NULL;

      if (strlen (words[w]) < 4 || strcmp (words[w], "hand") == 0 || strcmp (words[w], "made") == 0 || strcmp (words[w], "mouth") == 0)
        continue;
      root = cs_ground_root (g_str_has_prefix (words[w], "hand") ? words[w] + 4 : words[w]);
      for (guint i = 0; strlen (root) > 2 && i < self->facts->len; i++)
        {
          CsGroundFact *fact = self->facts->pdata[i];
          const char   *at = strstr (fact->folded, root);

          if (at != NULL && (at == fact->folded || !g_ascii_isalpha (at[-1])) && strstr (fact->folded, "hand") != NULL && strstr (fact->folded, "machine") == NULL)
            return fact->fact;
        }
    }

  return NULL;
}

/* "手工拉坯" of what is "手拉坯", "师傅拉的坯" is another matter */
static CsFact *
find_han_work (CsGroundFacts *self,
               const char    *key)
{
  static const char *const starts[] = { "纯手工", "全手工", "手工", "人工", "亲手", "手", NULL };
  const char *work = key;

  for (guint i = 0; starts[i] != NULL && work == key; i++)
    {
      if (g_str_has_prefix (key, starts[i]))
        work = key + strlen (starts[i]);
    }
  if (strcmp (key, "手工") == 0 || strcmp (work, "制作") == 0 || strcmp (work, "制") == 0 || strcmp (work, "打造") == 0)
    return find_said (self, "手工,手作,亲手,手做,手缝,手编,手织,手绣,手打,手刻,手绘,手雕,手捏,手拉");
  if (work == key || *work == '\0')
    return NULL;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      const char   *at = strstr (fact->folded, work);

      if (at != NULL && !is_negated_at (fact->folded, at) && strstr (fact->folded, "手") != NULL && strstr (fact->folded, "机") == NULL)
        return fact->fact;
    }

  return NULL;
}

/* ---- Others */

static const struct
{
  const char *id;
  const char *key;   /* only where it is said so, or NULL */
  const char *words; /* folded, between commas */
} told[] = {
  { "gift-free", NULL, "送,赠,附,随,内含,配,incl,comes with,free ,supplied with" },
  { "limited-edition", "small batch", "batch" },
  { "limited-edition", "小批量", "批" },
  { "limited-edition", "edition of", "edition,one of ,pcs,numbered,limited,run of" },
  { "limited-edition", "limited to", "edition,one of ,pcs,numbered,limited,run of" },
  { "wash-temperature", NULL, "wash,洗" },
  { "local-origin", NULL, "local,our own field,our own garden,our garden,our farm,our land,next door,miles away,miles from,本地,当地,自家" },
  { "machine-wash", NULL, "superwash,wool cycle,delicate cycle,gentle cycle,machine" },
  { "hand-wash", NULL, "wash cool by hand,washed by hand,wash by hand,wash gently by hand,wash cold by hand,wash warm by hand" },
  { "washable", NULL, "wash ,wash,,washes,水洗,机洗" },
  { "one-of-a-kind", NULL, "each different,all different,each one different,every one different,no two,unique,各不相同,每件不同,都不一样,独一,孤品" },
  { "rechargeable", NULL, "nimh,ni-mh,li-ion,lipo,lithium,mah,充电,usb-c charg,usb charg" },
  { "award", NULL, "bronze 2,silver 2,gold 2,great taste,winner,medal,prize,award,奖" },
  { "battery", NULL, "aaa,aa ,lr44,lr6,lr03,cr20,mah,nimh,18650,li-ion,纽扣电" },
  { "one-of-a-kind", "独一无二", "不同" },
  { "undyed", NULL, "natural colour,natural color,undyed,no dye,not dyed,without dye,原色,本色,没染,不染" },
  { "collectible", NULL, "collector,收藏" },
  { "signed", "落款", "款" },
  { "signed", "signed", "signature,sign ,signs" },
  { "heat-resistant", NULL, "oven,hob,stove,boiling,borosilicate,耐热,高硼硅,明火,烤箱,耐高温,heatproof,heat-proof" },
  { "genuine", "genuine", "natural,real,solid,天然" },
  { "genuine", "authentic", "natural,real,original" },
  { "genuine", "正宗", "地道,正宗" },
  { "organic-cert", NULL, "-bio-,-oko-,-eko-,-eco-,-org-,oko-0,soil association,ecocert,sa certified,certified organic" },
  { "green-food", NULL, "绿标,绿色食品" },
  { "water-resistant", NULL, "atm,10 bar,5 bar,ipx,ip5,ip6" },
  { "eco", NULL, "水性,可降解,再生,e0,e1级,enf,f4星,recycl,biodegrad,compost,无甲醛,零甲醛" },
  { "made-to-order", NULL, "to order,定制,定做,预订,订做,your own photo,来图" },
  { "vintage-claim", "老物件", "老,旧,年代,民国" },
};

/* "胡桃木色" of what is of it */
static CsFact *
find_coloured (CsGroundFacts *self,
               CsGroundClaim *claim)
{
  g_autofree char     *bare = NULL;
  const CsGroundEntry *entry;

  if (claim->set != CS_GROUND_COLOUR || claim->key == NULL)
    return NULL;
  if (g_str_has_suffix (claim->key, "色") && g_utf8_strlen (claim->key, -1) >= 3)
    bare = g_strndup (claim->key, strlen (claim->key) - 3);
  else if (g_str_has_suffix (claim->key, " coloured") || g_str_has_suffix (claim->key, " colored"))
    bare = g_strndup (claim->key, strrchr (claim->key, ' ') - claim->key);
  else
    return NULL;

  entry = cs_ground_lexicon_find (bare);
  if (!g_str_has_suffix (bare, "木") && !(entry != NULL && cs_ground_concept_get_set (entry->senses[0]) == CS_GROUND_MATERIAL))
    return NULL;

  return find_said (self, bare);
}

/* "UKCA marked" of what has UKCA */
static CsFact *
find_attested (CsGroundFacts *self,
               CsGroundClaim *claim)
{
  static const char *const ends[] = { "marked", "mark", "certified", "certification", "certificate", "approved", "compliant", "tested", "listed", "label", "labelled", "labeled", "registered",
                                      "rated", "standard", "verified", "licensed", "认证", "证书", "标准", "标志", NULL };
  const CsGroundEntry *base = NULL;

  for (guint i = 0; claim->set == CS_GROUND_CERTIFICATE && base == NULL && ends[i] != NULL; i++)
    {
      g_autofree char *bare = g_str_has_suffix (claim->key, ends[i]) ? g_strndup (claim->key, strlen (claim->key) - strlen (ends[i])) : NULL;

      if (bare != NULL && *g_strstrip (bare) != '\0')
        base = cs_ground_lexicon_find (bare);
    }
  if (base == NULL || cs_ground_concept_get_set (base->senses[0]) != CS_GROUND_CERTIFICATE)
    return NULL;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          for (guint k = 0; !known->negated && k < known->meaning.n_senses; k++)
            {
              if (cs_ground_concept_is (known->meaning.senses[k], base->senses[0]))
                return fact->fact;
            }
        }
    }

  return NULL;
}

/* "Walnut from America" of American walnut, where no place is named by itself */
gboolean
cs_ground_is_named_after (CsGroundFacts   *self,
                          CsGroundClaim   *claim,
                          CsGroundFinding *finding)
{
  if (claim->set != CS_GROUND_PLACE || claim->negated)
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim       *known = &g_array_index (fact->claims, CsGroundClaim, j);
          const char          *space = known->set == CS_GROUND_MATERIAL && !known->negated && known->key != NULL ? strchr (known->key, ' ') : NULL;
          g_autofree char     *first = space != NULL ? g_strndup (known->key, space - known->key) : NULL;
          const CsGroundEntry *entry = first != NULL ? cs_ground_lexicon_find (first) : NULL;

          for (guint s = 0; entry != NULL && s < entry->n_senses; s++)
            {
              for (guint t = 0; t < claim->meaning.n_senses; t++)
                {
                  if (cs_ground_concept_get_set (entry->senses[s]) != CS_GROUND_PLACE || !cs_ground_concept_is (entry->senses[s], claim->meaning.senses[t]))
                    continue;
                  cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
                  return TRUE;
                }
            }
        }
    }

  return FALSE;
}

/* "Contains no lead" of what is "lead-free" */
static CsFact *
find_free (CsGroundFacts *self,
           CsGroundClaim *claim)
{
  static const char *const forms[] = { "%s-free", "%s free", "无%s", "不含%s", "零%s", "0%s", "%s-免", NULL };

  if (claim->key == NULL || strlen (claim->key) < 3 || (claim->set != CS_GROUND_MATERIAL && claim->set != CS_GROUND_WORD))
    return NULL;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; forms[j] != NULL; j++)
        {
          g_auto (GStrv)   sides = g_strsplit (forms[j], "%s", 2);
          g_autofree char *whole = g_strconcat (sides[0], claim->key, sides[1], NULL);
          const char      *at = strstr (fact->folded, whole);

          if (at != NULL && (at == fact->folded || !g_ascii_isalpha (at[-1])))
            return fact->fact;
        }
    }

  return NULL;
}

/**
 * cs_ground_is_told:
 *
 * Returns: whether a fact tells in other words what is claimed
 */
gboolean
cs_ground_is_told (CsGroundFacts   *self,
                   CsGroundClaim   *claim,
                   CsGroundFinding *finding)
{
  const char *id = claim->meaning.n_senses > 0 ? cs_ground_concept_get_id (claim->meaning.senses[0]) : "";
  CsFact     *fact = NULL;

  if (claim->key == NULL)
    return FALSE;
  if (claim->negated)
    {
      if ((fact = find_free (self, claim)) != NULL)
        cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact);
      return fact != NULL;
    }

  if (claim->set == CS_GROUND_CERTIFICATE && is_of_hand (id))
    fact = (guchar) *claim->key >= 0xe0 ? find_han_work (self, claim->key) : find_latin_work (self, claim->key);
  for (guint i = 0; fact == NULL && i < G_N_ELEMENTS (told); i++)
    {
      /* Those that are included are said so by themselves */
      if (strcmp (id, "battery") == 0 && !claim->needed)
        break;
      if (strcmp (id, told[i].id) == 0 && (told[i].key == NULL || strcmp (claim->key, told[i].key) == 0))
        fact = find_said (self, told[i].words);
    }
  if (fact == NULL)
    fact = find_attested (self, claim);
  if (fact == NULL)
    fact = find_coloured (self, claim);
  if (fact == NULL)
    return FALSE;

  cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact);

  return TRUE;
}

/* ---- "Oak rather than pine": pine is what it is not */

/* Settles what is only named to say that it is not so */
void
cs_ground_settle_contrast (GArray *claims,
                           GArray *findings)
{
  gboolean firm = FALSE;

  for (guint i = 0; i < claims->len; i++)
    firm = firm || (!g_array_index (claims, CsGroundClaim, i).contrast && g_array_index (findings, CsGroundFinding, i).state == CS_PHRASE_GROUNDED);

  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundFinding *finding = &g_array_index (findings, CsGroundFinding, i);

      if (!g_array_index (claims, CsGroundClaim, i).contrast)
        continue;
      if (finding->state == CS_PHRASE_GROUNDED)
        finding->state = CS_PHRASE_CONTRADICTS;
      else if (firm && (finding->state == CS_PHRASE_CONTRADICTS || finding->state == CS_PHRASE_UNSOURCED))
        finding->state = CS_PHRASE_GLUE;
    }
}
