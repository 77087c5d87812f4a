/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-ground-context.h"
#include "cs-ground-reader.h"
#include "cs-ground-token.h"

/* What is known by its form, whatever the words: codes ("XJ-200"), grades ("Class
 * II"), sizes ("2XL"), superlatives ("the grippiest"), and names and boasts in
 * disguise ("G U C C I").
 */

/* ---- Codes: "XJ-200", "A7S" */

guint
cs_ground_code_match (CsGroundReader *self,
                      guint           first)
{
  gboolean letters = FALSE;
  gboolean digits = FALSE;
  guint    i = first;

  for (CsGroundToken *token; (token = get (self->tokens, i)) != NULL && (i == first || !token->spaced); i++)
    {
      CsGroundToken *next = get (self->tokens, i + 1);

      if (token->kind == CS_GROUND_LATIN && strlen (token->word) <= 6)
        letters = TRUE;
      else if (token->kind == CS_GROUND_DIGITS && token->part == 0)
        digits = TRUE;
      else if (strcmp (token->word, "-") != 0 || i == first || !is_glued (self->tokens, i + 1) ||
               !(next->kind == CS_GROUND_DIGITS || (next->kind == CS_GROUND_LATIN && next->shout && strlen (next->word) <= 3)))
        break;
    }

  return letters && digits ? i - first : 0;
}

void
cs_ground_reader_add_code (CsGroundReader *self,
                           guint           first,
                           guint           n)
{
  g_autoptr (GString) key = g_string_new (NULL);
  const CsGroundEntry *licence;

  for (guint i = first; i < first + n; i++)
    {
      if (get (self->tokens, i)->kind != CS_GROUND_MARK)
        g_string_append (key, get (self->tokens, i)->word);
    }

  /* The number of a food licence is the licence */
  if (g_str_has_prefix (key->str, "sc") && strspn (key->str + 2, "0123456789") >= 8 && (licence = cs_ground_lexicon_find ("sc证")) != NULL)
    cs_ground_reader_add_entry (self, licence, key->str, first, n);
  else
    cs_ground_reader_add (self, CS_GROUND_NAME, first, n, key->str);
}

/* Letters with digits at once after them, which no longer word is known of: "A5",
 * "SK5", but not "H28cm"
 */
gboolean
cs_ground_begins_code (CsGroundReader *self,
                       guint           at)
{
  CsGroundToken *token = get (self->tokens, at);
  CsGroundToken *next = get (self->tokens, at + 1);
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;
  guint n_unit;
  guint n = cs_ground_code_match (self, at);

  if (n < 2 || next->spaced || cs_ground_lexicon_match (self->tokens, at, &entry, &key) > 1)
    return FALSE;

  /* "x5" of a dimension, "H28cm" and "L30" of one */
  if (next->kind == CS_GROUND_DIGITS && strlen (token->word) == 1 && strchr ("xhwldo", *token->word) != NULL &&
      (get (self->tokens, at + 2) == NULL || cs_ground_unit_match (self->tokens, at + 2, &n_unit) != NULL ||
       is_word (self->tokens, at + 2, "-") || is_word (self->tokens, at + 2, "l") || is_word (self->tokens, at + 2, "x") || is_word (self->tokens, at + 2, "*") || is_word (self->tokens, at + 2, "×") || *token->word == 'x' || *token->word == 'o'))
    return FALSE;

  return next->kind == CS_GROUND_DIGITS || (next->kind == CS_GROUND_MARK && get (self->tokens, at + 2)->kind == CS_GROUND_DIGITS && token->capital);
}

/* "Class II", "level C", "EN 407": which one is part of it */
static guint
take_grade (CsGroundReader *self,
            guint           first)
{
  guint n = cs_ground_grade_match (self->tokens, first);
  g_autofree char *key = n > 0 ? g_strdup_printf ("%s %s", get (self->tokens, first)->word, get (self->tokens, first + 1)->word) : NULL;

  if (n > 0)
    cs_ground_reader_add (self, CS_GROUND_CERTIFICATE, first, n, key);

  return n;
}

/* ---- Sizes: "M", "2XL", "S–XL" */

static const char *const sizes[] = { "xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "xxxxl", "xxxxxl", "xxxxxxl" };

/* "S 50 cm M 53 cm L 56 cm": three of them, one after another */
static gboolean
is_size_list (GArray *tokens)
{
  guint n = 0;
  guint n_sized = 0;
  int   least = -1;

  for (guint i = 0; i < tokens->len; i++)
    {
      CsGroundToken *token = get (tokens, i);

      for (int s = 0; token->kind == CS_GROUND_LATIN && token->shout && s < (int) G_N_ELEMENTS (sizes); s++)
        {
          if (strcmp (token->word, sizes[s]) == 0 && s > least)
            {
              least = s;
              n++;
              n_sized += get (tokens, i + 1) != NULL && get (tokens, i + 1)->kind == CS_GROUND_DIGITS;
            }
        }
    }

  return n >= 3 || n_sized >= 2;
}

static int
size_at (CsGroundReader *self,
         guint           at)
{
  CsGroundToken *token = get (self->tokens, at);
  CsGroundToken *next = get (self->tokens, at + 1);
  CsGroundToken *before = at > 0 ? get (self->tokens, at - 1) : NULL;

  if (token == NULL || token->kind != CS_GROUND_LATIN || !token->shout)
    return -1;

  /* A letter alone is one among others, after "size" or before 码 */
  if (strlen (token->word) == 1 && self->tokens->len > 1 && !is_size_list (self->tokens) && !(before != NULL && before->kind == CS_GROUND_MARK) &&
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

/* "4XL", or -1 */
static int
large_at (CsGroundReader *self,
          guint           at)
{
  CsGroundToken *token = get (self->tokens, at);

  if (token == NULL || token->kind != CS_GROUND_DIGITS || strlen (token->word) != 1 || !is_word (self->tokens, at + 1, "xl") || get (self->tokens, at + 1)->spaced)
    return -1;

  return MIN (4 + (token->word[0] - '0'), (int) G_N_ELEMENTS (sizes) - 1);
}

static guint
take_size (CsGroundReader *self,
           guint           at)
{
  int   from = size_at (self, at);
  int   to;
  guint n = 1;

  /* "2XL" */
  if (from < 0 && (from = large_at (self, at)) >= 0)
    n = 2;
  if (from < 0)
    return 0;

  to = from;
  if (n == 1 && (is_word (self->tokens, at + 1, "-") || is_word (self->tokens, at + 1, "to") || is_word (self->tokens, at + 1, "~") || is_word (self->tokens, at + 1, "至") ||
                 is_word (self->tokens, at + 1, "到")) &&
      MAX (size_at (self, at + 2), large_at (self, at + 2)) > from)
    {
      n = large_at (self, at + 2) > from ? 4 : 3;
      to = MAX (size_at (self, at + 2), large_at (self, at + 2));
    }

  for (int i = from; i <= to; i++)
    cs_ground_reader_add (self, CS_GROUND_SIZE, at, n, sizes[i]);

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
is_measured (CsGroundReader *self,
             guint           at)
{
  CsNumber number;

  for (guint i = at; i < at + 5 && get (self->tokens, i) != NULL; i++)
    {
      if ((get (self->tokens, i)->kind == CS_GROUND_MARK && strcmp (get (self->tokens, i)->word, ":") != 0) || is_word (self->tokens, i, "的"))
        return FALSE;
      if (get (self->tokens, i)->kind == CS_GROUND_DIGITS ||
          (i > at && cs_ground_number_match (self->tokens, i, &number) > 0 && number.unit != NULL && number.unit->dim != CS_DIM_COUNT))
        return TRUE;
    }

  return FALSE;
}

/* "the top board in America", not "the top of the box" */
static gboolean
is_top (CsGroundReader *self,
        guint           at)
{
  if (!is_word (self->tokens, at, "top") || at == 0 || !is_one_of (get (self->tokens, at - 1), "the,a,one") || get (self->tokens, at + 1) == NULL ||
      get (self->tokens, at + 1)->kind != CS_GROUND_LATIN || is_one_of (get (self->tokens, at + 1), "of,layer,half,part,edge,note,and,is,has,coat,rail,shelf,drawer,pocket,handle,side,with"))
    return FALSE;

  for (guint i = at + 2; i + 1 < self->tokens->len && i < at + 6; i++)
    {
      if (is_word (self->tokens, i, "in") && (get (self->tokens, i + 1)->capital || is_word (self->tokens, i + 1, "the")))
        return TRUE;
    }

  return FALSE;
}

static guint
take_superlative (CsGroundReader *self,
                  guint           at)
{
  CsGroundToken *token = get (self->tokens, at);
  CsGroundToken *next = get (self->tokens, at + 1);
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;
  guint n_words = cs_ground_lexicon_match (self->tokens, at, &entry, &key);

  if (token->kind == CS_GROUND_HAN && strcmp (token->word, "最") == 0 && next != NULL && next->kind == CS_GROUND_HAN)
    {
      g_autofree char *said = g_strconcat ("最", next->word, NULL);

      if (is_measured (self, at + 1))
        return 2;
      /* "最好吃" is no "最好" */
      if (n_words == 2 && strcmp (next->word, "好") == 0 && is_glued (self->tokens, at + 2) && is_one_of (get (self->tokens, at + 2), "吃,喝,看,用,听,闻,玩,写,穿"))
        {
          g_autofree char *more = g_strconcat (said, get (self->tokens, at + 2)->word, NULL);

          cs_ground_reader_add (self, CS_GROUND_SUPERLATIVE, at, 3, more);
          return 3;
        }
      if (n_words >= 2)
        return 0;
      cs_ground_reader_add (self, CS_GROUND_SUPERLATIVE, at, 2, said);
      return 2;
    }

  if (is_top (self, at))
    {
      cs_ground_reader_add (self, CS_GROUND_SUPERLATIVE, at, 1, "top");
      return 1;
    }

  if (n_words > 0 && !(n_words == 1 && (strcmp (token->word, "most") == 0 || strcmp (token->word, "least") == 0)))
    return 0;

  /* "The AeroNest 300" is a name */
  if (token->kind == CS_GROUND_LATIN && is_est (token->word) && !(token->capital && at > 0 && !token->line && !self->title_case && !cs_ground_is_common (token->word)))
    {
      cs_ground_reader_add (self, CS_GROUND_SUPERLATIVE, at, 1, token->word);
      return 1;
    }

  if ((strcmp (token->word, "most") == 0 || strcmp (token->word, "least") == 0) && next != NULL && next->kind == CS_GROUND_LATIN &&
      !(at > 0 && (is_word (self->tokens, at - 1, "at") || is_word (self->tokens, at - 1, "fits") || is_word (self->tokens, at - 1, "for"))))
    {
      g_autofree char *said = g_strdup_printf ("%s %s", token->word, next->stem);

      cs_ground_reader_add (self, CS_GROUND_SUPERLATIVE, at, 2, said);
      return 2;
    }

  return 0;
}

/* ---- Disguises: "G U C C I", "★★★★★" */

static guint
take_disguised (CsGroundReader *self,
                guint           at)
{
  g_autoptr (GString) word = g_string_new (NULL);
  CsGroundToken *token = get (self->tokens, at);
  const CsGroundEntry *entry;
  guint n = 0;

  if (token->kind == CS_GROUND_MARK && (strcmp (token->word, "★") == 0 || strcmp (token->word, "⭐") == 0))
    {
      while (get (self->tokens, at + n) != NULL && strcmp (get (self->tokens, at + n)->word, token->word) == 0)
        n++;
      cs_ground_reader_add (self, CS_GROUND_SUPERLATIVE, at, n, token->word);
      return n;
    }

  while (get (self->tokens, at + n) != NULL && get (self->tokens, at + n)->kind == CS_GROUND_LATIN && get (self->tokens, at + n)->shout &&
         strlen (get (self->tokens, at + n)->word) == 1 && (n == 0 || get (self->tokens, at + n)->spaced))
    {
      g_string_append (word, get (self->tokens, at + n)->word);
      n++;
    }

  /* "S M L" are sizes */
  if (n < 2 || strspn (word->str, "smlx") == word->len)
    return 0;

  if ((entry = cs_ground_lexicon_find (word->str)) != NULL)
    cs_ground_reader_add_entry (self, entry, word->str, at, n);
  else
    cs_ground_reader_add (self, CS_GROUND_NAME, at, n, word->str);

  return n;
}

/* ---- "Bend OR", "Portland, ME": a state after its town */

static guint
take_state (CsGroundReader *self,
            guint           at)
{
  static const char *const states[][2] = {
    { "al", "alabama" }, { "ak", "alaska" }, { "az", "arizona" }, { "ar", "arkansas" }, { "ca", "california" }, { "co", "colorado" }, { "ct", "connecticut" },
    { "de", "delaware" }, { "fl", "florida" }, { "ga", "georgia" }, { "hi", "hawaii" }, { "ia", "iowa" }, { "id", "idaho" }, { "il", "illinois" },
    { "in", "indiana" }, { "ks", "kansas" }, { "ky", "kentucky" }, { "la", "louisiana" }, { "ma", "massachusetts" }, { "md", "maryland" }, { "me", "maine" },
    { "mi", "michigan" }, { "mn", "minnesota" }, { "mo", "missouri" }, { "ms", "mississippi" }, { "mt", "montana" }, { "nc", "north carolina" },
    { "nd", "north dakota" }, { "ne", "nebraska" }, { "nh", "new hampshire" }, { "nj", "new jersey" }, { "nm", "new mexico" }, { "nv", "nevada" },
    { "ny", "new york" }, { "oh", "ohio" }, { "ok", "oklahoma" }, { "or", "oregon" }, { "pa", "pennsylvania" }, { "ri", "rhode island" },
    { "sc", "south carolina" }, { "sd", "south dakota" }, { "tn", "tennessee" }, { "tx", "texas" }, { "ut", "utah" }, { "va", "virginia" }, { "vt", "vermont" },
    { "wa", "washington" }, { "wi", "wisconsin" }, { "wv", "west virginia" }, { "wy", "wyoming" },
  };
  CsGroundToken *token = get (self->tokens, at);
  CsGroundToken *next = get (self->tokens, at + 1);
  CsGroundToken *town = at > 1 && is_word (self->tokens, at - 1, ",") ? get (self->tokens, at - 2) : at > 0 ? get (self->tokens, at - 1) : NULL;
  const CsGroundEntry *entry;

  if (token->kind != CS_GROUND_LATIN || !token->shout || strlen (token->word) != 2 || !token->spaced || self->title_case || town == NULL ||
      town->kind != CS_GROUND_LATIN || !town->capital || town->shout || (next != NULL && next->kind != CS_GROUND_MARK && !next->line))
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (strcmp (states[i][0], token->word) == 0 && (entry = cs_ground_lexicon_find (states[i][1])) != NULL)
        {
          cs_ground_reader_add_entry (self, entry, states[i][1], at, 1);
          return 1;
        }
    }

  return 0;
}

/* "Fourth-generation smiths", "a third generation of potters" */
static guint
take_generation (CsGroundReader *self,
                 guint           at)
{
  static const char *const ordinals[] = { "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth" };
  guint          next = at + 1 + is_word (self->tokens, at + 1, "-");
  CsGroundClaim *claim;
  guint          n_unit;

  if (get (self->tokens, next) == NULL || strcmp (get (self->tokens, next)->stem, "generation") != 0)
    return 0;
  for (guint i = 1; i < G_N_ELEMENTS (ordinals); i++)
    {
      if (!is_word (self->tokens, at, ordinals[i]))
        continue;
      claim = cs_ground_reader_add (self, CS_GROUND_NUMBER, at, next + 1 - at, "");
      claim->number.low = i + 1;
      claim->number.high = i + 1;
      claim->number.step = 1;
      claim->number.unit = cs_ground_unit_match (self->tokens, next, &n_unit);
      cs_number_add_noun (&claim->number, "generation");
      return next + 1 - at;
    }

  return 0;
}

/* The tokens that it takes, 0 where nothing at index at has such a form */
guint
cs_ground_reader_take_form (CsGroundReader *self,
                            guint           at)
{
  guint n;

  /* "f/2.8" is "f2.8" */
  if (is_word (self->tokens, at, "f") && is_word (self->tokens, at + 1, "/") && is_glued (self->tokens, at + 2) &&
      get (self->tokens, at + 2)->kind == CS_GROUND_DIGITS)
    {
      cs_ground_reader_add_code (self, at, 3);
      return 3;
    }

  if ((n = take_generation (self, at)) > 0)
    return n;
  /* "G调" */
  if (is_glued (self->tokens, at + 1) && is_word (self->tokens, at + 1, "调") && strlen (get (self->tokens, at)->word) == 1 && get (self->tokens, at)->shout &&
      get (self->tokens, at)->kind == CS_GROUND_LATIN)
    {
      g_autofree char *key = g_strconcat (get (self->tokens, at)->word, "调", NULL);

      cs_ground_reader_add (self, CS_GROUND_NAME, at, 2, key);
      return 2;
    }
  if ((n = take_state (self, at)) > 0 || (n = take_disguised (self, at)) > 0 || (n = take_grade (self, at)) > 0)
    return n;
  if ((n = cs_ground_reader_take_person (self, at)) > 0 || (n = take_size (self, at)) > 0)
    return n;

  return take_superlative (self, at);
}
