/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-infer.h"

/* Work by hand that a fact tells in other words: "hand cut", "my mother wove it",
 * "made at my bench", "徐师傅拉的坯".
 */

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
                    cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
                }
            }
        }
    }

  return found;
}

static gboolean
is_handmade (guint concept)
{
  return strcmp (cs_ground_concept_get_id (concept), "handmade") == 0;
}

/* "hand cut", "hand-thrown", but not "hand cream" */
static gboolean
tells_hand (const char *folded)
{
  static const char *const ends[] = { "ed", "en", "wn", "un", "und", "cut", "made", NULL };

  for (const char *at = strstr (folded, "hand"); at != NULL; at = strstr (at + 4, "hand"))
    {
      const char      *begin = at + 4 + (at[4] == ' ' || at[4] == '-');
      g_autofree char *word = g_strndup (begin, strspn (begin, "abcdefghijklmnopqrstuvwxyz"));

      for (guint e = 0; strlen (word) > 2 && ends[e] != NULL; e++)
        {
          if (g_str_has_suffix (word, ends[e]) && strcmp (word, "needed") != 0)
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
tells_machine (const char *folded)
{
  static const char *const words[] = { "machine", "factory", "mass", "机器", "机制", "工厂", "厂家", "流水线", "电脑绣", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strstr (folded, words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_making (const char *word)
{
  static const char *const verbs[] = { "make", "made", "making", "wove", "woven", "weave", "knit", "knitted", "sew", "sewn", "sewed", "throw", "thrown",
                                       "threw", "carve", "carved", "turn", "turned", "forge", "forged", "stitch", "stitched", "pour", "poured", "print",
                                       "printed", "dye", "dyed", "paint", "painted", "bake", "baked", "cast", "blow", "blown", "spin", "spun", "crochet",
                                       "crocheted", "felted", "mould", "moulded", "molded", "roll", "rolled", "braid", "braided", "knot", "knotted",
                                       "glaze", "glazed", "build", "built", "craft", "crafted", "embroider", "embroidered", "fire", "fired", "roast",
                                       "shape", "shaped", "cook", "cooked", "bind", "bound", "engrave", "engraved", "tied", "sanded", "assemble", NULL };
  g_autofree char *singular = cs_ground_singular (word);

  return g_strv_contains (verbs, word) || g_strv_contains (verbs, singular);
}

/* "I make", "my mother wove", "made by me and my aunt", "thrown at my wheel" */
static gboolean
tells_maker (const char *folded)
{
  static const char *const people[] = { "i", "we", "me", "us", "mother", "mum", "mom", "father", "dad", "aunt", "uncle", "grandma", "grandmother", "granny",
                                        "nan", "grandad", "grandfather", "wife", "husband", "sister", "brother", "daughter", "son", "cousin", "potter",
                                        "weaver", "weavers", "carver", "carvers", "blacksmith", "smith", "artisan", "artisans", "craftsman", "craftsmen",
                                        "seamstress", "tailor", "women", "cooperative", "silversmith", "goldsmith", "saddler", "cobbler", "bookbinder",
                                        "glassblower", "woodturner", "joiner", "neighbour", "neighbor", NULL };
  static const char *const rooms[] = { "bench", "kiln", "workshop", "studio", "shed", "kitchen", "garage", "wheel", "loom", "forge", "lathe", "atelier", "smithy", "barn", NULL };
  static const char *const owners[] = { "my", "our", "his", "her", "their", NULL };
  static const char *const crafts[] = { "forged", "thrown", "woven", "carved", "knitted", "knit", "sewn", "stitched", "turned", "blown", "painted", "crocheted",
                                        "embroidered", "spun", "engraved", NULL };
  g_auto (GStrv) words = g_strsplit_set (folded, " ,.;:!?()&/-", -1);
  guint n = g_strv_length (words);

  for (guint i = 0; i < n; i++)
    {
      gboolean owner = g_strv_contains (owners, words[i]);

      for (guint j = i + 1; owner && j < n && j <= i + 3; j++)
        {
          if (g_strv_contains (rooms, words[j]))
            return TRUE;
        }
      /* "forged by Pavel" */
      if (i > 0 && i + 1 < n && strcmp (words[i], "by") == 0 && g_strv_contains (crafts, words[i - 1]) && strcmp (words[i + 1], "hand") != 0)
        return TRUE;
      if (!g_strv_contains (people, words[i]))
        continue;
      for (guint j = i > 6 ? i - 6 : 0; j < n && j <= i + 3; j++)
        {
          /* "made by me", not "send me a note" */
          if (is_making (words[j]) && (j > i || (i > 0 && (strcmp (words[i - 1], "by") == 0 || strcmp (words[i - 1], "my") == 0 || (i > 1 && strcmp (words[i - 2], "by") == 0)))))
            return TRUE;
        }
    }

  return FALSE;
}

/* "徐师傅拉的坯", "奶奶缝的", "一针一线" */
static gboolean
tells_han_maker (const char *folded)
{
  static const char *const people[] = { "师傅", "师父", "老师", "阿姨", "大姐", "老伴", "老婆", "老公", "媳妇", "婆婆", "匠", "娘", "绣工", "笔工", "刀工", "我", "自己", "妈", "奶奶", "爷爷", "外婆", "外公", "姐", "父亲", "母亲", "爸",
                                        "老人", "艺人", "传人", "一针一线", "一刀一刀", "手把手", "亲手", "学员", "夫妻", "两口子", "工作室", "姑", "婶", "嫂", "女工", "师兄", NULL };
  static const char *const verbs[] = { "做", "打", "拉", "绣", "缝", "刻", "编", "织", "捏", "雕", "画", "炒", "染", "磨", "制", "烧", "熬", "酿", "包", "扎", "剪", "写",
                                       "裁", "钩", "揉", "锻", "凿", "漆", "糊", "裱", "砍", "削", "弹", "纺", "塑", NULL };
  static const char *const ends[] = { "，", "。", "；", ",", ".", ";", "！", "、", NULL };

  for (guint i = 0; people[i] != NULL; i++)
    {
      for (const char *at = strstr (folded, people[i]); at != NULL; at = strstr (at + 1, people[i]))
        {
          const char *p = at + strlen (people[i]);

          for (guint n = 0; *p != '\0' && n < 7; n++, p = g_utf8_next_char (p))
            {
              g_autofree char *one = g_strndup (p, g_utf8_next_char (p) - p);

              if (g_strv_contains (ends, one))
                break;
              if (g_strv_contains (verbs, one))
                return TRUE;
            }
        }
    }

  return FALSE;
}

/* The same of one clause, whatever another tells of machines */
static gboolean
tells_han_clause (const char *folded)
{
  g_autofree char *plain = g_strdup (folded);
  g_auto (GStrv)   clauses = NULL;

  for (char *p = plain; *p != '\0'; p++)
    {
      if (strchr (",.;", *p) != NULL)
        *p = '\n';
      else if (strncmp (p, "，", 3) == 0 || strncmp (p, "。", 3) == 0 || strncmp (p, "；", 3) == 0)
        memcpy (p, "\n\n\n", 3);
      else if (strchr ("()", *p) != NULL)
        *p = ' ';
    }
  clauses = g_strsplit (plain, "\n", -1);
  for (guint i = 0; clauses[i] != NULL; i++)
    {
      if (!tells_machine (clauses[i]) && tells_han_maker (clauses[i]))
        return TRUE;
    }

  return FALSE;
}

/* "Made by Ellie in Cornwall": by one person, by the first name alone or a name of two */
static gboolean
is_made_by (const char *text)
{
  static const char *const firms[] = { "ltd", "gmbh", "inc", "co", "works", "factory", "company", "mill", "mills", "industries", "group", "brand", "llc", "&", "and", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);
  const char      *at = strstr (lower, "made by ") != NULL ? strstr (lower, "made by ") : strstr (lower, "made: by ");
  const char      *name = at != NULL ? strstr (text + (at - lower), "y ") + 2 : NULL;
  g_auto (GStrv)   words = NULL;

  if (name == NULL || !g_ascii_isupper (*name) || !g_ascii_islower (name[1]))
    return FALSE;

  words = g_strsplit_set (name, " ,.;(", 4);
  for (guint i = 0; words[i] != NULL && i < 3; i++)
    {
      g_autofree char *word = g_ascii_strdown (words[i], -1);

      if (g_strv_contains (firms, word))
        return FALSE;
    }

  return TRUE;
}

/* A fact that tells of work by hand, or NULL */
static CsFact *
find_maker (CsGroundFacts *self)
{
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      if (!fact->boast && tells_han_clause (fact->folded))
        return fact->fact;
      if (fact->boast && !tells_machine (fact->folded) && tells_hand (fact->folded))
        return fact->fact;
      if (fact->boast || tells_machine (fact->folded))
        continue;
      if (is_made_by (fact->text))
        return fact->fact;
      if (tells_hand (fact->folded) || tells_maker (fact->folded) || tells_han_maker (fact->folded))
        return fact->fact;
    }

  return NULL;
}

/* "棉麻" of what is of both */
static gboolean
is_joined_of (CsGroundClaim *claim,
              guint16       *parents,
              guint          n)
{
  g_autofree char *id = n == 2 ? g_strdup_printf ("%s-%s", cs_ground_concept_get_id (parents[0]), cs_ground_concept_get_id (parents[1])) : NULL;

  return id != NULL && claim->set == CS_GROUND_MATERIAL && strcmp (id, cs_ground_concept_get_id (claim->meaning.senses[0])) == 0;
}

/* "hand-forged" is what is made by hand and forged */
gboolean
cs_ground_is_put_together (CsGroundFacts   *self,
                           CsGroundClaim   *claim,
                           CsGroundFinding *finding)
{
  guint16 parents[CS_GROUND_MAX_SENSES];
  guint   n;
  guint   n_said = 0;

  if (claim->negated || claim->meaning.n_senses != 1 || (n = cs_ground_concept_get_parents (claim->meaning.senses[0], parents)) < 2 ||
      !((claim->set == CS_GROUND_CERTIFICATE && g_str_has_prefix (cs_ground_concept_get_id (claim->meaning.senses[0]), "hand-")) || is_joined_of (claim, parents, n)))
    return FALSE;

  for (guint i = 0; i < n; i++)
    n_said += is_said (self, parents[i], NULL) || (is_handmade (parents[i]) && find_maker (self) != NULL);

  for (guint i = 0; n_said == n && i < n; i++)
    {
      if (!is_said (self, parents[i], finding))
        cs_ground_keep (finding, CS_PHRASE_GROUNDED, find_maker (self));
    }

  return n_said == n;
}

/* "Made by hand" of what is "hand cut", or what somebody made */
gboolean
cs_ground_is_handwork (CsGroundFacts   *self,
                       CsGroundClaim   *claim,
                       CsGroundFinding *finding)
{
  CsFact *maker;

  if (claim->set != CS_GROUND_CERTIFICATE || claim->negated || claim->meaning.n_senses != 1 || !is_handmade (claim->meaning.senses[0]) ||
      (maker = find_maker (self)) == NULL)
    return FALSE;

  cs_ground_keep (finding, CS_PHRASE_GROUNDED, maker);

  return TRUE;
}
