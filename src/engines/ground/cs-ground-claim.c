/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-ground-reader.h"
#include "cs-ground-token.h"

/* Reads what a text says: numbers, words of the closed sets, names, and words of
 * no set. Chinese is cut by the longest known word, so a word that only looks like
 * one of a set ("铁观音") is in the data as one of its own.
 */

static void
claim_clear (gpointer data)
{
  CsGroundClaim *claim = data;

  g_free (claim->key);
  g_free (claim->root);
  g_free (claim->without);
  g_free (claim->heads);
}

CsGroundClaim *
cs_ground_reader_add (CsGroundReader *self,
                      CsGroundSet     set,
                      guint           first,
                      guint           n,
                      const char     *key)
{
  CsGroundClaim claim = { .set = set, .clause = self->clause };

  claim.start = get (self->tokens, first)->start;
  claim.end = get (self->tokens, first + n - 1)->end;
  claim.key = g_strdup (key);
  g_array_append_val (self->claims, claim);
  g_array_append_val (self->places, first);

  return &g_array_index (self->claims, CsGroundClaim, self->claims->len - 1);
}

static const char *const clause_marks[] = { ",", ".", ";", "!", "?", "。", "；", "！", "？", "，", "|", "(", ")", "（", "）", "•", NULL };

/* ---- Names that were given */

/* "Holz & Co" is "Holz and Co" */
static gboolean
is_same_word (const char *a,
              const char *b)
{
  static const char *const joints[] = { "&", "and", "+", NULL };

  return strcmp (a, b) == 0 || (g_strv_contains (joints, a) && g_strv_contains (joints, b));
}

static guint
match_name (CsGroundReader *self,
            guint           first,
            guint          *which)
{
  for (guint i = 0; self->names != NULL && i < self->names->len; i++)
    {
      GArray *name = self->names->pdata[i];
      guint   at = 0;

      while (at < name->len && get (self->tokens, first + at) != NULL &&
             is_same_word (get (self->tokens, first + at)->word, g_array_index (name, CsGroundToken, at).word))
        at++;
      if (name->len > 0 && at == name->len)
        {
          *which = i + 1;
          return at;
        }
    }

  return 0;
}

/* ---- Words of sets */

static void add_latin (CsGroundReader *self,
                       guint           first);

static CsGroundManner
find_manner (CsGroundReader *self,
             guint           first,
             guint           end)
{
  static const char *const plated[] = { "plated", "plating", "filled", "dipped", "coated", "leaf", "foil", "vermeil", "veneer", "veneered", "贴", NULL };
  static const char *const like[] = { "tone", "toned", "look", "effect", "like", "style", "imitation", "inspired", "print", "printed", "pattern", NULL };
  static const char *const looks[] = { "faux", "fake", "imitation", "artificial", "simulated", "mock", "synthetic", "manmade", "仿", "假", NULL };
  static const char *const scent[] = { "scented", "scent", "flavour", "flavor", "flavoured", "flavored", "fragrance", "味", NULL };
  guint next = end + (is_word (self->tokens, end, "-") ? 1 : 0);
  guint before = first > 1 && is_word (self->tokens, first - 1, "-") ? first - 2 : first - 1;

  /* "镀18K白金" */
  while (before > 0 && before < first && (get (self->tokens, before)->kind == CS_GROUND_DIGITS || is_word (self->tokens, before, "k")))
    before--;

  if ((is_in (get (self->tokens, next), plated) && !is_one_of (get (self->tokens, next + 1), "with,in,by")) || (first > 0 && is_word (self->tokens, before, "镀")))
    return CS_GROUND_PLATED;
  /* "包金", not "包熟铁" */
  if (first > 0 && is_word (self->tokens, before, "包") && (before + 1 < first || get (self->tokens, first)->kind == CS_GROUND_DIGITS || is_one_of (get (self->tokens, first), "金,银,铜,铂,钯,白,玫,黄,浆,k")))
    return CS_GROUND_PLATED;
  if (first > 1 && ((is_word (self->tokens, first - 2, "合") && is_word (self->tokens, first - 1, "成")) || (is_word (self->tokens, first - 2, "人") && is_one_of (get (self->tokens, first - 1), "造,工"))))
    return CS_GROUND_LIKE;
  if (is_in (get (self->tokens, next), like) || (first > 0 && is_in (get (self->tokens, before), looks)))
    return CS_GROUND_LIKE;
  if (is_in (get (self->tokens, next), scent))
    return CS_GROUND_SCENT;

  return CS_GROUND_PLAIN;
}

static gboolean
has_set (const CsGroundEntry *entry,
         CsGroundSet          set)
{
  for (guint i = 0; i < entry->n_senses; i++)
    {
      if (cs_ground_concept_get_set (entry->senses[i]) == set)
        return TRUE;
    }

  return FALSE;
}

/* "a rattan handle", "藤提手": the part that follows at once, or 0 */
static guint
find_part (CsGroundReader *self,
           guint           end)
{
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;
  guint n;

  /* "gold filled 14k hooks" */
  while (get (self->tokens, end) != NULL && get (self->tokens, end)->kind != CS_GROUND_HAN && (n = cs_ground_lexicon_match (self->tokens, end, &entry, &key)) > 0 &&
         has_set (entry, CS_GROUND_MATERIAL) && !has_set (entry, CS_GROUND_WORD))
    end += n;
  if (get (self->tokens, end) == NULL)
    return 0;
  /* "a wooden crackling wick": a word that nobody knows may stand between */
  if (cs_ground_lexicon_match (self->tokens, end, &entry, &key) == 0 &&
      (get (self->tokens, end)->kind != CS_GROUND_LATIN || get (self->tokens, end)->line || get (self->tokens, end + 1) == NULL ||
       cs_ground_lexicon_match (self->tokens, end + 1, &entry, &key) == 0))
    return 0;

  for (guint i = 0; i < entry->n_senses; i++)
    {
      if (cs_ground_concept_is_part (entry->senses[i]))
        return entry->senses[i];
    }

  return 0;
}

/* "The lid is bamboo", "杯盖是PP": the part that was named right before */
static guint
find_part_before (CsGroundReader *self,
                  guint           first)
{
  static const char *const between[] = { "is", "are", ":", "in", "of", "made", "from", "是", "为", "用", "采", NULL };
  guint at = first;

  while (at > 0 && first - at < 4 && is_in (get (self->tokens, at - 1), between))
    at--;

  /* "Straps: veg tan bridle leather" */
  if (at == first && at > 0 && self->claims->len > 1)
    {
      CsGroundClaim *before = &g_array_index (self->claims, CsGroundClaim, self->claims->len - 2);

      if (before->part != 0 && before->end == get (self->tokens, first - 1)->end && (before->set == CS_GROUND_MATERIAL || before->set == CS_GROUND_COLOUR))
        return before->part;
    }

  /* "内胆316" */
  if ((at == first && !(get (self->tokens, first)->kind == CS_GROUND_DIGITS && is_glued (self->tokens, first))) || at == 0 || self->claims->len < 2)
    return 0;

  for (guint i = self->claims->len - 1; i-- > 0;)
    {
      CsGroundClaim *claim = &g_array_index (self->claims, CsGroundClaim, i);

      if (claim->end != get (self->tokens, at - 1)->end)
        return 0;
      for (guint j = 0; j < claim->meaning.n_senses; j++)
        {
          if (cs_ground_concept_is_part (claim->meaning.senses[j]))
            return claim->meaning.senses[j];
        }
    }

  return 0;
}

static gboolean
says_also (CsGroundReader *self,
           guint           first)
{
  static const char *const words[] = { "also", "available", "too", "option", "additionally", "另", "还", "亦", "兼", NULL };

  for (guint back = 1; back <= 4 && back <= first; back++)
    {
      if (is_in (get (self->tokens, first - back), words))
        return TRUE;
    }

  return FALSE;
}

/* Words of no closed set that carry a sentence; one Chinese character alone says
 * too little to be sure of it
 */
static gboolean
is_weak (CsGroundReader      *self,
         const CsGroundEntry *entry,
         guint                first,
         guint                n)
{
  gboolean alone = n == 1 && get (self->tokens, first)->kind == CS_GROUND_HAN;

  for (guint i = 0; i < entry->n_senses; i++)
    {
      if (cs_ground_concept_get_set (entry->senses[i]) != CS_GROUND_WORD ||
          (!alone && !cs_ground_concept_is_weak (entry->senses[i])))
        return FALSE;
    }

  return TRUE;
}

/* "The largest is 33 by 35 cm": of those that there are */
static gboolean
measures (CsGroundReader *self,
          guint           at)
{
  if (!is_one_of (get (self->tokens, at), "is,one,measures,has,weighs,stands,comes,holds"))
    return FALSE;

  for (guint i = at + 1; i < at + 5 && get (self->tokens, i) != NULL; i++)
    {
      if (get (self->tokens, i)->kind == CS_GROUND_DIGITS)
        return TRUE;
    }

  return FALSE;
}

/* "gold filled (14k)", "14K包金" */
static gboolean
is_plated_near (CsGroundReader *self,
                guint           first,
                guint           n)
{
  for (guint i = first > 4 ? first - 4 : 0; i < first + n + 3; i++)
    {
      CsGroundToken *token = get (self->tokens, i);

      if (is_one_of (token, "plated,plating,filled,vermeil,dipped,镀,包"))
        return TRUE;
      if (i >= first + n && token != NULL && strchr (",.;", *token->word) != NULL)
        return FALSE;
    }

  return FALSE;
}

/* "Solid gold" and "gold dust" tell no colour */
static void
keep_substance (CsGroundReader *self,
                CsGroundClaim  *claim,
                guint           first,
                guint           end)
{
  CsGroundEntry kept = { 0 };

  if (!(first > 0 && is_one_of (get (self->tokens, first - 1), "solid,real,genuine,actual,true,真,实")) &&
      !is_one_of (get (self->tokens, end), "dust,plate,plated,plating,leaf,foil,wire,filled,粉,箔,丝"))
    return;

  for (guint i = 0; i < claim->meaning.n_senses; i++)
    {
      if (cs_ground_concept_get_set (claim->meaning.senses[i]) == CS_GROUND_MATERIAL)
        kept.senses[kept.n_senses++] = claim->meaning.senses[i];
    }
  if (kept.n_senses == 0)
    return;

  claim->meaning = kept;
  claim->set = CS_GROUND_MATERIAL;
}

static gboolean
is_limit (CsGroundReader *self,
          guint           first,
          guint           n)
{
  CsNumber number;

  if (n != 2 || !is_word (self->tokens, first, "最") || !is_one_of (get (self->tokens, first + 1), "低,多,高,大,小,长,短,少,快,慢,厚,宽,重,深"))
    return FALSE;

  for (guint i = first + 2; i < first + 7 && get (self->tokens, i) != NULL && get (self->tokens, i)->kind != CS_GROUND_MARK && !is_word (self->tokens, i, "的"); i++)
    {
      if (cs_ground_number_match (self->tokens, i, &number) > 0 && !(number.low == 1 && number.soft))
        return TRUE;
    }

  return FALSE;
}

/* A frequent word without a capital, and no "in" before it */
static gboolean
is_plain_word (CsGroundReader *self,
               guint           at)
{
  CsGroundToken *token = get (self->tokens, at);

  return token->kind == CS_GROUND_LATIN && !token->capital && (cs_ground_is_common (token->word) || cs_ground_is_common (token->stem)) &&
         !(at > 0 && is_one_of (get (self->tokens, at - 1), "in,from,at,near,of"));
}

void
cs_ground_reader_add_entry (CsGroundReader      *self,
                            const CsGroundEntry *entry,
                            const char          *key,
                            guint                first,
                            guint                n)
{
  CsGroundSet    set = cs_ground_concept_get_set (entry->senses[0]);
  CsGroundClaim *claim;

  /* "GOTS" is no "got" */
  if (has_set (entry, CS_GROUND_SOFT) && !(set == CS_GROUND_CERTIFICATE && n == 1 && get (self->tokens, first)->shout))
    return;

  /* "Split leaves", "a nice mug": no towns */
  if (set == CS_GROUND_PLACE && n == 1 && is_plain_word (self, first))
    {
      add_latin (self, first);
      return;
    }

  /* "最低可测零下40度", "最多支持三个": a limit */
  if (set == CS_GROUND_SUPERLATIVE && is_limit (self, first, n))
    return;

  /* "The largest size" is one of those that there are */
  if (set == CS_GROUND_SUPERLATIVE && (is_one_of (get (self->tokens, first + n), "size,sizes,尺,码,号") || measures (self, first + n)))
    return;

  claim = cs_ground_reader_add (self, set, first, n, key);
  claim->meaning = *entry;
  keep_substance (self, claim, first, first + n);
  claim->part = find_part (self, first + n);
  if (claim->part == 0)
    claim->part = find_part_before (self, first);
  claim->also = says_also (self, first);
  claim->weak = is_weak (self, entry, first, n);
  /* "Aleppo type" tells no origin */
  if (set == CS_GROUND_PLACE && is_one_of (get (self->tokens, first + n + is_word (self->tokens, first + n, "-")), "type,style,inspired,look"))
    claim->manner = CS_GROUND_LIKE;
  if (has_set (entry, CS_GROUND_MATERIAL) || has_set (entry, CS_GROUND_WORD))
    claim->manner = find_manner (self, first, first + n);
  if (claim->manner == CS_GROUND_PLAIN && g_ascii_isdigit (*key) && strpbrk (key, "pf") == NULL && strstr (key, "镀") == NULL && strstr (key, "包") == NULL && has_set (entry, CS_GROUND_MATERIAL) && is_plated_near (self, first, n))
    claim->manner = CS_GROUND_PLATED;
  if (has_set (entry, CS_GROUND_MATERIAL))
    {
      claim->pure = first > 0 && is_one_of (get (self->tokens, first - 1), "纯,pure") && strncmp (cs_ground_concept_get_id (entry->senses[0]), "pure-", 5) != 0;
      claim->blend = is_one_of (get (self->tokens, first + n), "blend,blends,mix") ||
                     (is_word (self->tokens, first + n, "混") && is_word (self->tokens, first + n + 1, "纺"));
    }
  if (claim->manner == CS_GROUND_LIKE && has_set (entry, CS_GROUND_COLOUR))
    claim->manner = CS_GROUND_PLAIN;
}

/* ---- Words of no set */

static gboolean
follows_cue (CsGroundReader *self,
             guint           first,
             const char     *const *cues)
{
  for (guint back = 1; back <= 2 && back <= first; back++)
    {
      if (is_in (get (self->tokens, first - back), cues))
        return TRUE;
    }

  return FALSE;
}

/* "plastisol ink": a rare noun right before a substance tells which one */
static gboolean
tells_substance (CsGroundReader *self,
                 guint           first)
{
  static const char *const endings[] = { "ed", "ing", "ly", "y", "able", "al", "ish", "ous", "en", "ive", "ic", "ful", "less", "ent", "ant", NULL };
  const char    *word = get (self->tokens, first)->word;
  CsGroundToken *next = get (self->tokens, first + 1);
  g_autofree char *plain = NULL;

  if (next == NULL || next->line || strlen (word) < 4 ||
      !is_one_of (next, "ink,dye,glaze,oil,wax,thread,yarn,cord,cloth,leather,wood,steel,stone,lining,filling,varnish,lacquer,paint,powder,clay,glass,"
                        "veneer,wool,fibre,fiber,resin,seed,butter,extract,syrup,flour,salt,sugar,beads,bead,honey,jam,tea,coffee,cheese,chocolate,vinegar,petals,beans"))
    return FALSE;

  for (guint i = 0; endings[i] != NULL; i++)
    {
      if (g_str_has_suffix (word, endings[i]))
        return FALSE;
    }

  /* "Softer leather", but "clover honey" */
  plain = g_str_has_suffix (word, "er") ? cs_ground_root (word) : NULL;

  return plain == NULL || !cs_ground_is_common (plain);
}

static void
add_latin (CsGroundReader *self,
           guint           first)
{
  static const char *const makers[] = { "by", "brand", "designer", "maker", "artist", "author", "publisher", "for", "with", NULL };
  static const char *const places[] = { "in", "from", "of", "near", "at", NULL };
  CsGroundToken *token = get (self->tokens, first);
  gboolean       begins = first == 0 || token->line || is_in (get (self->tokens, first - 1), clause_marks);
  gboolean       common = cs_ground_is_common (token->stem) || cs_ground_is_common (token->word);
  CsGroundClaim *claim = cs_ground_reader_add (self, CS_GROUND_WORD, first, 1, token->stem);

  claim->root = cs_ground_root (token->word);
  claim->without = cs_ground_denied_root (token->word);
  claim->maker = first > 0 && is_word (self->tokens, first - 1, "by");
  claim->weak = common || !tells_substance (self, first);

  if (!token->capital || strlen (token->word) < 2)
    return;

  /* A capital within a sentence is a name's; in a title or at the beginning only
   * where no such word is known
   */
  if (claim->maker || (!begins && !self->title_case))
    {
      claim->set = first > 0 && follows_cue (self, first, places) && !follows_cue (self, first, makers) ? CS_GROUND_PLACE : CS_GROUND_NAME;
      claim->weak = common && !follows_cue (self, first, makers) && !follows_cue (self, first, places);
    }
  else if (!common)
    {
      claim->set = CS_GROUND_NAME;
      claim->weak = FALSE;
    }
}

static gboolean
begins_known_han (CsGroundReader *self,
                  guint           index)
{
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;
  CsNumber number;

  return cs_ground_lexicon_match (self->tokens, index, &entry, &key) > 0 || cs_ground_is_negator (self->tokens, index) ||
         cs_ground_number_match (self->tokens, index, &number) > 0;
}

/* "柞蚕丝": what stands before a material at once tells which one */
static gboolean
begins_material (CsGroundReader *self,
                 guint           at)
{
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;

  return is_glued (self->tokens, at) && cs_ground_lexicon_match (self->tokens, at, &entry, &key) > 0 && has_set (entry, CS_GROUND_MATERIAL);
}

guint
cs_ground_reader_take_person (CsGroundReader *self,
                              guint           first)
{
  g_autoptr (GString) name = g_string_new (NULL);
  guint n = get (self->tokens, first)->kind == CS_GROUND_HAN ? cs_ground_person_match (self->tokens, first) : 0;

  for (guint i = first; i < first + n; i++)
    g_string_append (name, get (self->tokens, i)->word);
  if (n > 0)
    cs_ground_reader_add (self, CS_GROUND_NAME, first, n, name->str);

  return n;
}

static guint
add_han (CsGroundReader *self,
         guint           first)
{
  static const char *const makers[] = { "牌", "氏", "堂", "坊", "轩", "斋", "阁", NULL };
  g_autoptr (GString) run = g_string_new (NULL);
  CsGroundClaim *claim;
  guint          n = 0;

  do
    {
      g_string_append (run, get (self->tokens, first + n)->word);
      n++;
    }
  while (get (self->tokens, first + n) != NULL && get (self->tokens, first + n)->kind == CS_GROUND_HAN && !get (self->tokens, first + n)->spaced &&
         !begins_known_han (self, first + n) && !is_word (self->tokens, first + n, "最") && cs_ground_person_match (self->tokens, first + n) == 0);

  claim = cs_ground_reader_add (self, CS_GROUND_WORD, first, n, run->str);
  claim->weak = n == 1;
  if (n >= 3 && (is_one_of (get (self->tokens, first + n - 1), "局,署") || g_str_has_suffix (run->str, "协会") || g_str_has_suffix (run->str, "学会") || g_str_has_suffix (run->str, "研究院")))
    {
      claim->set = CS_GROUND_NAME;
      claim->weak = FALSE;
    }
  else if (n <= 2 && begins_material (self, first + n) && !is_one_of (get (self->tokens, first + n - 1), "缠,包,裹,编,镶,嵌,贴,刷,涂,绣,染,配,衬,填,含,混,裱,绑,系,垫,铺,喷,抹,上,浸,扎,夹,挂,穿,串,钉,压,织,绕,加,用"))
    {
      claim->set = CS_GROUND_MATERIAL;
      claim->weak = FALSE;
    }
  else if (n > 1 && g_str_has_suffix (run->str, "色"))
    {
      claim->set = CS_GROUND_COLOUR;
      claim->weak = FALSE;
    }
  else if (n > 1 && n <= 4 && is_one_of (get (self->tokens, first + n - 1), "镇,村,县,乡"))
    {
      claim->set = CS_GROUND_PLACE;
      claim->weak = FALSE;
    }
  else if (is_in (get (self->tokens, first + n - 1), makers) || is_in (get (self->tokens, first + n), makers))
    {
      claim->set = CS_GROUND_NAME;
      claim->weak = FALSE;
    }

  return n;
}

/* ---- All of it */

static gboolean
find_title_case (GArray *tokens)
{
  guint n_lower = 0;

  for (guint i = 0; i < tokens->len; i++)
    {
      CsGroundToken *token = &g_array_index (tokens, CsGroundToken, i);

      if (token->kind == CS_GROUND_LATIN && !token->capital && strlen (token->word) > 3 &&
          !(i > 0 && g_array_index (tokens, CsGroundToken, i - 1).kind == CS_GROUND_DIGITS))
        n_lower++;
    }

  return n_lower == 0;
}

/* "红蓝绿黄" are four colours, and none of them 蓝绿 */
static gboolean
is_in_row (CsGroundReader *self,
           guint           at)
{
  static const char plain[] = "红,黄,蓝,绿,青,紫,黑,白,灰,粉,橙,棕";
  guint from = at;
  guint to = at;

  if (get (self->tokens, at)->kind != CS_GROUND_HAN)
    return FALSE;
  while (from > 0 && is_one_of (get (self->tokens, from - 1), plain) && is_glued (self->tokens, from))
    from--;
  while (get (self->tokens, to) != NULL && is_one_of (get (self->tokens, to), plain) && (to == at || is_glued (self->tokens, to)))
    to++;

  return to - from >= 3 && !is_word (self->tokens, to, "相");
}

static gboolean
is_steel_grade (CsGroundReader *self,
                guint           at)
{
  return (is_glued (self->tokens, at + 1) && is_one_of (get (self->tokens, at + 1), "内,外,材,食,杯,盖,滤,壶,钢,医")) ||
         (at > 0 && is_glued (self->tokens, at) && is_one_of (get (self->tokens, at - 1), "胆,壳,盖,身,网,钢,是,用"));
}

static guint
take_known (CsGroundReader *self,
            guint           at)
{
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;
  CsNumber number;
  guint    which;
  guint    n_name = match_name (self, at, &which);
  guint    n_words = get (self->tokens, at)->kind != CS_GROUND_MARK ? cs_ground_lexicon_match (self->tokens, at, &entry, &key) : 0;
  guint    n_number;

  if (n_name > 0 && n_name >= n_words)
    {
      cs_ground_reader_add (self, CS_GROUND_NAME, at, n_name, "")->name = which;
      return n_name;
    }

  if (n_words == 2 && is_in_row (self, at))
    {
      g_clear_pointer (&key, g_free);
      key = g_strdup (get (self->tokens, at)->word);
      entry = cs_ground_lexicon_find (key);
      n_words = entry != NULL;
    }

  /* "304内胆", "内胆316" */
  if (is_one_of (get (self->tokens, at), "304,316,430,201") && n_words <= 1 && is_steel_grade (self, at))
    {
      g_autofree char *steel = g_strconcat (get (self->tokens, at)->word, "不锈钢", NULL);

      if ((entry = cs_ground_lexicon_find (steel)) != NULL)
        {
          cs_ground_reader_add_entry (self, entry, steel, at, 1);
          return 1;
        }
    }

  n_number = cs_ground_number_match (self->tokens, at, &number);
  /* "A single ribbon" of what has two */
  if (n_number > 0 && n_words == 1 && number.soft && number.nouns[0] != '\0' && is_one_of (get (self->tokens, at), "one,single") &&
      !is_one_of (get (self->tokens, at + 1), "of,another,by,size,piece,side,time,day,way,end,hand,or,person,more,at,in"))
    n_words = 0;
  /* "一条书签带" of what has two */
  if (n_number >= 2 && n_words > 0 && n_words <= n_number && number.soft && number.nouns[0] != '\0' && is_word (self->tokens, at, "一") && has_set (entry, CS_GROUND_SOFT) &&
      is_one_of (get (self->tokens, at + 1), "条,个,只,枚,根,颗,支,把,块,双,张,本") && !is_one_of (get (self->tokens, at + 2), "重,高,长,宽,约,售,装,价,共,大,小,厚"))
    n_words = 0;
  if (n_words > 0 && (n_number == 0 || n_words > n_number || (n_words == n_number && get (self->tokens, at)->kind != CS_GROUND_DIGITS) ||
                      (n_words > 1 && get (self->tokens, at)->kind == CS_GROUND_DIGITS)))
    {
      cs_ground_reader_add_entry (self, entry, key, at, n_words);
      return n_words;
    }

  if (n_number > 0)
    {
      cs_ground_reader_add (self, CS_GROUND_NUMBER, at, n_number, "")->number = number;
      return n_number;
    }

  return 0;
}

static guint
take (CsGroundReader *self,
      guint           at)
{
  CsGroundToken *token = get (self->tokens, at);
  guint          n;

  cs_ground_reader_take_quoted (self, at);
  /* "No. 2", "No. 1142" */
  if (cs_ground_is_numbering (self->tokens, at))
    return 1 + is_word (self->tokens, at + 1, ".");
  /* "Handles sprockets of up to 42 teeth" */
  if (at == 0 && is_word (self->tokens, at, "handles") && get (self->tokens, 1) != NULL && get (self->tokens, 1)->kind == CS_GROUND_LATIN &&
      !is_one_of (get (self->tokens, 1), "are,is,in,with,of,and,made,for,wrapped,on,from,at,stitched,attached"))
    return 1;
  if (cs_ground_is_negator (self->tokens, at))
    {
      const CsGroundEntry *entry = NULL;
      g_autofree char *key = NULL;
      guint n_words = cs_ground_lexicon_match (self->tokens, at, &entry, &key);

      if (n_words <= 1)
        return 1;
      cs_ground_reader_add_entry (self, entry, key, at, n_words);
      return n_words;
    }

  if ((n = cs_ground_reader_take_form (self, at)) > 0)
    return n;

  if (token->kind == CS_GROUND_LATIN && cs_ground_begins_code (self, at))
    {
      n = cs_ground_code_match (self, at);
      cs_ground_reader_add_code (self, at, n);
      return n;
    }

  if ((n = take_known (self, at)) > 0)
    return n;

  if (token->kind == CS_GROUND_DIGITS && (n = cs_ground_code_match (self, at)) > 0)
    {
      cs_ground_reader_add_code (self, at, n);
      return n;
    }

  /* "纯桑蚕丝": the material tells it */
  if (strcmp (token->word, "纯") == 0 && begins_material (self, at + 1))
    return 1;

  if (token->kind == CS_GROUND_HAN)
    return add_han (self, at);

  if (token->kind == CS_GROUND_LATIN && strlen (token->word) > 1)
    add_latin (self, at);

  return 1;
}

GArray *
cs_ground_claims (const char *text,
                  GPtrArray  *names)
{
  g_autoptr (GArray) tokens = cs_ground_tokens (text);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  CsGroundReader self = { tokens, names, g_array_new (FALSE, TRUE, sizeof (CsGroundClaim)), places, 0, find_title_case (tokens) };

  g_array_set_clear_func (self.claims, claim_clear);
  for (guint at = 0; at < tokens->len;)
    {
      CsGroundToken *token = get (tokens, at);

      if (token->line || (token->kind == CS_GROUND_MARK && g_strv_contains (clause_marks, token->word)))
        self.clause++;
      at += take (&self, at);
    }

  cs_ground_reader_narrow (&self, text);
  cs_ground_find_heads (tokens, self.claims, places);
  cs_ground_deny (tokens, self.claims, places);

  return self.claims;
}
