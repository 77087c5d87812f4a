/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-claim.h"

/* Reads what a text says: numbers, words of the closed sets, names, and words of
 * no set. Chinese is cut by the longest known word, so a word that only looks like
 * one of a set ("铁观音") is in the data as one of its own.
 */

typedef struct
{
  GArray    *tokens;
  GPtrArray *names;
  GArray    *claims;
  GArray    *places; /* the token that each claim begins with, guint */
  guint      clause;
  gboolean   title_case;
} Reader;

static void
claim_clear (gpointer data)
{
  CsGroundClaim *claim = data;

  g_free (claim->key);
  g_free (claim->root);
  g_free (claim->without);
}

static CsGroundToken *
get (Reader *self,
     guint   index)
{
  return index < self->tokens->len ? &g_array_index (self->tokens, CsGroundToken, index) : NULL;
}

static gboolean
is_word (Reader     *self,
         guint       index,
         const char *word)
{
  CsGroundToken *token = get (self, index);

  return token != NULL && strcmp (token->word, word) == 0;
}

static gboolean
is_in (CsGroundToken     *token,
       const char *const *words)
{
  return token != NULL && (g_strv_contains (words, token->word) || g_strv_contains (words, token->stem));
}

static CsGroundClaim *
add (Reader     *self,
     CsGroundSet set,
     guint       first,
     guint       n,
     const char *key)
{
  CsGroundClaim claim = { .set = set, .clause = self->clause };

  claim.start = get (self, first)->start;
  claim.end = get (self, first + n - 1)->end;
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
match_name (Reader *self,
            guint   first,
            guint  *which)
{
  for (guint i = 0; self->names != NULL && i < self->names->len; i++)
    {
      GArray *name = self->names->pdata[i];
      guint   at = 0;

      while (at < name->len && get (self, first + at) != NULL &&
             is_same_word (get (self, first + at)->word, g_array_index (name, CsGroundToken, at).word))
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

static CsGroundManner
find_manner (Reader *self,
             guint   first,
             guint   end)
{
  static const char *const plated[] = { "plated", "plating", "filled", "dipped", "coated", "leaf", "foil", "vermeil", "veneer", "veneered", "贴", NULL };
  static const char *const like[] = { "tone", "toned", "look", "effect", "like", "style", "imitation", "inspired", "print", "printed", "pattern", NULL };
  static const char *const looks[] = { "faux", "fake", "imitation", "artificial", "simulated", "mock", "仿", "假", NULL };
  static const char *const scent[] = { "scented", "scent", "flavour", "flavor", "flavoured", "flavored", "fragrance", "味", NULL };
  guint next = end + (is_word (self, end, "-") ? 1 : 0);
  guint before = first > 1 && is_word (self, first - 1, "-") ? first - 2 : first - 1;

  if (is_in (get (self, next), plated) || (first > 0 && is_in (get (self, before), (const char *const[]) { "镀", "包", NULL })))
    return CS_GROUND_PLATED;
  if (is_in (get (self, next), like) || (first > 0 && is_in (get (self, before), looks)))
    return CS_GROUND_LIKE;
  if (is_in (get (self, next), scent))
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
find_part (Reader *self,
           guint   end)
{
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;

  if (get (self, end) == NULL)
    return 0;
  /* "a wooden crackling wick": a word that nobody knows may stand between */
  if (cs_ground_lexicon_match (self->tokens, end, &entry, &key) == 0 &&
      (get (self, end)->kind != CS_GROUND_LATIN || get (self, end)->line || get (self, end + 1) == NULL ||
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
find_part_before (Reader *self,
                  guint   first)
{
  static const char *const between[] = { "is", "are", ":", "in", "of", "made", "from", "是", "为", "用", "采", NULL };
  guint at = first;

  while (at > 0 && first - at < 4 && is_in (get (self, at - 1), between))
    at--;

  if (at == first || self->claims->len < 2)
    return 0;

  for (guint i = self->claims->len - 1; i-- > 0;)
    {
      CsGroundClaim *claim = &g_array_index (self->claims, CsGroundClaim, i);

      if (claim->end != get (self, at - 1)->end)
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
says_also (Reader *self,
           guint   first)
{
  static const char *const words[] = { "also", "available", "too", "option", "additionally", "另", "还", "亦", "兼", NULL };

  for (guint back = 1; back <= 4 && back <= first; back++)
    {
      if (is_in (get (self, first - back), words))
        return TRUE;
    }

  return FALSE;
}

/* Words of no closed set that carry a sentence; one Chinese character alone says
 * too little to be sure of it
 */
static gboolean
is_weak (Reader              *self,
         const CsGroundEntry *entry,
         guint                first,
         guint                n)
{
  gboolean alone = n == 1 && get (self, first)->kind == CS_GROUND_HAN;

  for (guint i = 0; i < entry->n_senses; i++)
    {
      if (cs_ground_concept_get_set (entry->senses[i]) != CS_GROUND_WORD ||
          (!alone && !cs_ground_concept_is_weak (entry->senses[i])))
        return FALSE;
    }

  return TRUE;
}

static void
add_entry (Reader              *self,
           const CsGroundEntry *entry,
           const char          *key,
           guint                first,
           guint                n)
{
  CsGroundSet    set = cs_ground_concept_get_set (entry->senses[0]);
  CsGroundClaim *claim;

  /* "GOTS" is no "got" */
  if (has_set (entry, CS_GROUND_SOFT) && !(set == CS_GROUND_CERTIFICATE && n == 1 && get (self, first)->shout))
    return;

  claim = add (self, set, first, n, key);
  claim->meaning = *entry;
  claim->part = find_part (self, first + n);
  if (claim->part == 0)
    claim->part = find_part_before (self, first);
  claim->also = says_also (self, first);
  claim->weak = is_weak (self, entry, first, n);
  if (has_set (entry, CS_GROUND_MATERIAL) || has_set (entry, CS_GROUND_WORD))
    claim->manner = find_manner (self, first, first + n);
  if (claim->manner == CS_GROUND_LIKE && has_set (entry, CS_GROUND_COLOUR))
    claim->manner = CS_GROUND_PLAIN;
}

/* ---- Codes: "XJ-200", "A7S" */

static gboolean
is_glued (Reader *self,
          guint   index)
{
  CsGroundToken *token = get (self, index);

  return token != NULL && !token->spaced;
}

static guint
match_code (Reader *self,
            guint   first)
{
  gboolean letters = FALSE;
  gboolean digits = FALSE;
  guint    i = first;

  for (CsGroundToken *token; (token = get (self, i)) != NULL && (i == first || !token->spaced); i++)
    {
      CsGroundToken *next = get (self, i + 1);

      if (token->kind == CS_GROUND_LATIN && strlen (token->word) <= 6)
        letters = TRUE;
      else if (token->kind == CS_GROUND_DIGITS && token->part == 0)
        digits = TRUE;
      else if (strcmp (token->word, "-") != 0 || i == first || !is_glued (self, i + 1) ||
               !(next->kind == CS_GROUND_DIGITS || (next->kind == CS_GROUND_LATIN && next->shout && strlen (next->word) <= 3)))
        break;
    }

  return letters && digits ? i - first : 0;
}

static void
add_code (Reader *self,
          guint   first,
          guint   n)
{
  g_autoptr (GString) key = g_string_new (NULL);

  for (guint i = first; i < first + n; i++)
    {
      if (get (self, i)->kind != CS_GROUND_MARK)
        g_string_append (key, get (self, i)->word);
    }

  add (self, CS_GROUND_NAME, first, n, key->str);
}

/* "Class II", "level C", "EN 407": which one is part of it */
static guint
take_grade (Reader *self,
            guint   first)
{
  guint n = cs_ground_grade_match (self->tokens, first);
  g_autofree char *key = n > 0 ? g_strdup_printf ("%s %s", get (self, first)->word, get (self, first + 1)->word) : NULL;

  if (n > 0)
    add (self, CS_GROUND_CERTIFICATE, first, n, key);

  return n;
}

/* ---- Words of no set */

static gboolean
follows_cue (Reader            *self,
             guint              first,
             const char *const *cues)
{
  for (guint back = 1; back <= 2 && back <= first; back++)
    {
      if (is_in (get (self, first - back), cues))
        return TRUE;
    }

  return FALSE;
}

static void
add_latin (Reader *self,
           guint   first)
{
  static const char *const makers[] = { "by", "brand", "designer", "maker", "artist", "author", "publisher", "for", "with", NULL };
  static const char *const places[] = { "in", "from", "of", "near", "at", NULL };
  CsGroundToken *token = get (self, first);
  gboolean       begins = first == 0 || token->line || is_in (get (self, first - 1), clause_marks);
  gboolean       common = cs_ground_is_common (token->stem) || cs_ground_is_common (token->word);
  CsGroundClaim *claim = add (self, CS_GROUND_WORD, first, 1, token->stem);

  claim->root = cs_ground_root (token->word);
  claim->without = cs_ground_denied_root (token->word);
  claim->maker = first > 0 && is_word (self, first - 1, "by");
  claim->weak = TRUE;

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
begins_known_han (Reader *self,
                  guint   index)
{
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;
  CsNumber number;

  return cs_ground_lexicon_match (self->tokens, index, &entry, &key) > 0 || cs_ground_is_negator (self->tokens, index) ||
         cs_ground_number_match (self->tokens, index, &number) > 0;
}

/* "柞蚕丝": what stands before a material at once tells which one */
static gboolean
begins_material (Reader *self,
                 guint   at)
{
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;

  return is_glued (self, at) && cs_ground_lexicon_match (self->tokens, at, &entry, &key) > 0 && has_set (entry, CS_GROUND_MATERIAL);
}

static guint
take_person (Reader *self,
             guint   first)
{
  g_autoptr (GString) name = g_string_new (NULL);
  guint n = get (self, first)->kind == CS_GROUND_HAN ? cs_ground_person_match (self->tokens, first) : 0;

  for (guint i = first; i < first + n; i++)
    g_string_append (name, get (self, i)->word);
  if (n > 0)
    add (self, CS_GROUND_NAME, first, n, name->str);

  return n;
}

static guint
add_han (Reader *self,
         guint   first)
{
  static const char *const makers[] = { "牌", "氏", "堂", "坊", "轩", "斋", "阁", NULL };
  g_autoptr (GString) run = g_string_new (NULL);
  CsGroundClaim *claim;
  guint          n = 0;

  do
    {
      g_string_append (run, get (self, first + n)->word);
      n++;
    }
  while (get (self, first + n) != NULL && get (self, first + n)->kind == CS_GROUND_HAN && !get (self, first + n)->spaced &&
         !begins_known_han (self, first + n));

  claim = add (self, CS_GROUND_WORD, first, n, run->str);
  claim->weak = n == 1;
  if (n <= 2 && begins_material (self, first + n))
    {
      claim->set = CS_GROUND_MATERIAL;
      claim->weak = FALSE;
    }
  else if (n > 1 && g_str_has_suffix (run->str, "色"))
    {
      claim->set = CS_GROUND_COLOUR;
      claim->weak = FALSE;
    }
  else if (is_in (get (self, first + n - 1), makers) || is_in (get (self, first + n), makers))
    {
      claim->set = CS_GROUND_NAME;
      claim->weak = FALSE;
    }

  return n;
}

/* ---- Sizes: "M", "2XL", "S–XL" */

static const char *const sizes[] = { "xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "xxxxl" };

static int
size_at (Reader *self,
         guint   at)
{
  CsGroundToken *token = get (self, at);
  CsGroundToken *next = get (self, at + 1);
  CsGroundToken *before = at > 0 ? get (self, at - 1) : NULL;

  if (token == NULL || token->kind != CS_GROUND_LATIN || !token->shout)
    return -1;

  /* A letter alone is one among others, after "size" or before 码 */
  if (strlen (token->word) == 1 && self->tokens->len > 1 && !(before != NULL && before->kind == CS_GROUND_MARK) &&
      !(next == NULL || next->kind == CS_GROUND_MARK || strcmp (next->word, "码") == 0 || strcmp (next->word, "to") == 0 ||
        (next->kind == CS_GROUND_LATIN && next->shout && strlen (next->word) < 4)) &&
      !(before != NULL && (strcmp (before->stem, "size") == 0 || strcmp (before->word, "码") == 0 || strcmp (before->word, "穿") == 0)))
    return -1;

  if (next != NULL && next->kind == CS_GROUND_DIGITS && !next->spaced)
    return -1;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      if (strcmp (token->word, sizes[i]) == 0)
        return i;
    }

  return -1;
}

static guint
take_size (Reader *self,
           guint   at)
{
  int   from = size_at (self, at);
  int   to;
  guint n = 1;

  /* "2XL" */
  if (from < 0 && get (self, at)->kind == CS_GROUND_DIGITS && strlen (get (self, at)->word) == 1 && is_word (self, at + 1, "xl") &&
      !get (self, at + 1)->spaced)
    {
      from = MIN (4 + (get (self, at)->word[0] - '0'), (int) G_N_ELEMENTS (sizes) - 1);
      n = 2;
    }
  if (from < 0)
    return 0;

  to = from;
  if (n == 1 && (is_word (self, at + 1, "-") || is_word (self, at + 1, "to") || is_word (self, at + 1, "~") || is_word (self, at + 1, "至") ||
                 is_word (self, at + 1, "到")) &&
      size_at (self, at + 2) > from)
    {
      to = size_at (self, at + 2);
      n = 3;
    }

  for (int i = from; i <= to; i++)
    add (self, CS_GROUND_SIZE, at, n, sizes[i]);

  return n;
}

/* ---- Superlatives by their form: "the grippiest", "most elegant", "最耐用" */

static gboolean
is_est (const char *word)
{
  static const char *const others[] = {
    "forest", "harvest", "interest", "request", "contest", "digest", "modest", "honest", "invest", "protest", "suggest",
    "earnest", "tempest", "conquest", "bequest", "everest", "budapest", "midwest", "southwest", "northwest", "chest", "guest",
    "crest", "quest", "wrest", "arrest", "attest", "detest", "amethyst", "headrest", "armrest", "backrest", "footrest", "manifest",
    "ingest", "behest", "retest", "latest", "palest x", NULL,
  };

  return strlen (word) >= 6 && g_str_has_suffix (word, "est") && !g_strv_contains (others, word);
}

/* "最大承重100kg" and "最长130厘米" are measures */
static gboolean
is_measured (Reader *self,
             guint   at)
{
  CsNumber number;

  for (guint i = at; i < at + 5 && get (self, i) != NULL; i++)
    {
      if ((get (self, i)->kind == CS_GROUND_MARK && strcmp (get (self, i)->word, ":") != 0) || is_word (self, i, "的"))
        return FALSE;
      if (get (self, i)->kind == CS_GROUND_DIGITS ||
          (i > at && cs_ground_number_match (self->tokens, i, &number) > 0 && number.unit != NULL && number.unit->dim != CS_DIM_COUNT))
        return TRUE;
    }

  return FALSE;
}

static guint
take_superlative (Reader *self,
                  guint   at)
{
  CsGroundToken *token = get (self, at);
  CsGroundToken *next = get (self, at + 1);
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;
  guint n_words = cs_ground_lexicon_match (self->tokens, at, &entry, &key);

  if (token->kind == CS_GROUND_HAN && strcmp (token->word, "最") == 0 && next != NULL && next->kind == CS_GROUND_HAN)
    {
      g_autofree char *said = g_strconcat ("最", next->word, NULL);

      if (is_measured (self, at + 1))
        return 2;
      if (n_words >= 2)
        return 0;
      add (self, CS_GROUND_SUPERLATIVE, at, 2, said);
      return 2;
    }

  if (n_words > 0 && !(n_words == 1 && (strcmp (token->word, "most") == 0 || strcmp (token->word, "least") == 0)))
    return 0;

  if (token->kind == CS_GROUND_LATIN && is_est (token->word))
    {
      add (self, CS_GROUND_SUPERLATIVE, at, 1, token->word);
      return 1;
    }

  if ((strcmp (token->word, "most") == 0 || strcmp (token->word, "least") == 0) && next != NULL && next->kind == CS_GROUND_LATIN &&
      !(at > 0 && (is_word (self, at - 1, "at") || is_word (self, at - 1, "fits") || is_word (self, at - 1, "for"))))
    {
      g_autofree char *said = g_strdup_printf ("%s %s", token->word, next->stem);

      add (self, CS_GROUND_SUPERLATIVE, at, 2, said);
      return 2;
    }

  return 0;
}

/* ---- Disguises: "G U C C I", "★★★★★" */

static guint
take_disguised (Reader *self,
                guint   at)
{
  g_autoptr (GString) word = g_string_new (NULL);
  CsGroundToken *token = get (self, at);
  const CsGroundEntry *entry;
  guint n = 0;

  if (token->kind == CS_GROUND_MARK && (strcmp (token->word, "★") == 0 || strcmp (token->word, "⭐") == 0))
    {
      while (get (self, at + n) != NULL && strcmp (get (self, at + n)->word, token->word) == 0)
        n++;
      add (self, CS_GROUND_SUPERLATIVE, at, n, token->word);
      return n;
    }

  while (get (self, at + n) != NULL && get (self, at + n)->kind == CS_GROUND_LATIN && get (self, at + n)->shout &&
         strlen (get (self, at + n)->word) == 1 && (n == 0 || get (self, at + n)->spaced))
    {
      g_string_append (word, get (self, at + n)->word);
      n++;
    }

  /* "S M L" are sizes */
  if (n < 2 || strspn (word->str, "smlx") == word->len)
    return 0;

  if ((entry = cs_ground_lexicon_find (word->str)) != NULL)
    add_entry (self, entry, word->str, at, n);
  else
    add (self, CS_GROUND_NAME, at, n, word->str);

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

static guint
take_known (Reader *self,
            guint   at)
{
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;
  CsNumber number;
  guint    which;
  guint    n_name = match_name (self, at, &which);
  guint    n_words = get (self, at)->kind != CS_GROUND_MARK ? cs_ground_lexicon_match (self->tokens, at, &entry, &key) : 0;
  guint    n_number;

  if (n_name > 0 && n_name >= n_words)
    {
      add (self, CS_GROUND_NAME, at, n_name, "")->name = which;
      return n_name;
    }

  n_number = cs_ground_number_match (self->tokens, at, &number);
  if (n_words > 0 && (n_number == 0 || n_words > n_number || (n_words == n_number && get (self, at)->kind != CS_GROUND_DIGITS) ||
                      (n_words > 1 && get (self, at)->kind == CS_GROUND_DIGITS)))
    {
      add_entry (self, entry, key, at, n_words);
      return n_words;
    }

  if (n_number > 0)
    {
      add (self, CS_GROUND_NUMBER, at, n_number, "")->number = number;
      return n_number;
    }

  return 0;
}

/* Letters with digits at once after them, which no longer word is known of: "A5",
 * "SK5", but not "H28cm"
 */
static gboolean
begins_code (Reader *self,
             guint   at)
{
  CsGroundToken *token = get (self, at);
  CsGroundToken *next = get (self, at + 1);
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;
  guint n_unit;
  guint n = match_code (self, at);

  if (n < 2 || next->spaced || cs_ground_lexicon_match (self->tokens, at, &entry, &key) > 1)
    return FALSE;

  /* "x5" of a dimension, "H28cm" and "L30" of one */
  if (next->kind == CS_GROUND_DIGITS && strlen (token->word) == 1 && strchr ("xhwldo", *token->word) != NULL &&
      (get (self, at + 2) == NULL || cs_ground_unit_match (self->tokens, at + 2, &n_unit) != NULL ||
       is_word (self, at + 2, "-") || is_word (self, at + 2, "l") || is_word (self, at + 2, "x") || is_word (self, at + 2, "*") || is_word (self, at + 2, "×") || *token->word == 'x' || *token->word == 'o'))
    return FALSE;

  return next->kind == CS_GROUND_DIGITS || (next->kind == CS_GROUND_MARK && get (self, at + 2)->kind == CS_GROUND_DIGITS && token->capital);
}

static guint
take (Reader *self,
      guint   at)
{
  CsGroundToken *token = get (self, at);
  guint          n;

  if (cs_ground_is_negator (self->tokens, at))
    {
      const CsGroundEntry *entry = NULL;
      g_autofree char *key = NULL;
      guint n_words = cs_ground_lexicon_match (self->tokens, at, &entry, &key);

      if (n_words <= 1)
        return 1;
      add_entry (self, entry, key, at, n_words);
      return n_words;
    }

  if ((n = take_disguised (self, at)) > 0 || (n = take_grade (self, at)) > 0 || (n = take_person (self, at)) > 0 || (n = take_size (self, at)) > 0 || (n = take_superlative (self, at)) > 0)
    return n;

  if (token->kind == CS_GROUND_LATIN && begins_code (self, at))
    {
      n = match_code (self, at);
      add_code (self, at, n);
      return n;
    }

  if ((n = take_known (self, at)) > 0)
    return n;

  if (token->kind == CS_GROUND_DIGITS && (n = match_code (self, at)) > 0)
    {
      add_code (self, at, n);
      return n;
    }

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
  Reader self = { tokens, names, g_array_new (FALSE, TRUE, sizeof (CsGroundClaim)), places, 0, find_title_case (tokens) };

  g_array_set_clear_func (self.claims, claim_clear);
  for (guint at = 0; at < tokens->len;)
    {
      CsGroundToken *token = get (&self, at);

      if (token->line || (token->kind == CS_GROUND_MARK && g_strv_contains (clause_marks, token->word)))
        self.clause++;
      at += take (&self, at);
    }

  cs_ground_deny (tokens, self.claims, places);

  return self.claims;
}
