/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-claim.h"
#include "cs-ground-token.h"

/* What is denied: "no plastic", "not for the dishwasher or the oven", "BPA-free",
 * "不含铅、镉", "waterproof: no". In English a denial goes on to the end of its
 * clause, in Chinese it takes what follows and what is joined to that.
 */

static const char *const latin[] = {
  "no", "not", "non", "never", "without", "isn't", "aren't", "doesn't", "don't", "didn't", "won't", "cannot", "can't",
  "neither", "nor", "lacks", "lacking", "w/o", "wasn't", "weren't", "hasn't", "avoid", "nothing", "none", "excluding", "excludes", NULL,
};
static const char *const han[] = { "不", "无", "非", "免", "未", "没", "零", "勿", "禁", "别", "莫", NULL };

gboolean
cs_ground_is_numbering (GArray *tokens,
                        guint   index)
{
  guint next = index + 1 + is_word (tokens, index + 1, ".");

  return is_word (tokens, index, "no") && get (tokens, next) != NULL && get (tokens, next)->kind == CS_GROUND_DIGITS && !get (tokens, next)->line;
}

gboolean
cs_ground_is_negator (GArray *tokens,
                      guint   index)
{
  CsGroundToken *token = get (tokens, index);

  /* "No. 8" is a number */
  if (cs_ground_is_numbering (tokens, index))
    return FALSE;

  /* "15 cm not counting the gap" */
  if (is_word (tokens, index, "not") && is_any (tokens, index + 1, (const char *const[]) { "counting", "counted", "just", "only", NULL }))
    return FALSE;

  if (token->kind == CS_GROUND_LATIN)
    return g_strv_contains (latin, token->word);

  return token->kind == CS_GROUND_HAN && g_strv_contains (han, token->word);
}

/* Is the negator at index part of a longer known word, "nonstick" or "无线"? Then it
 * was taken with it, and a claim or a soft word covers it
 */
static gboolean
is_covered (GArray *tokens,
            guint   index)
{
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;

  for (guint back = 0; back <= 3 && back <= index; back++)
    {
      guint n = cs_ground_lexicon_match (tokens, index - back, &entry, &key);

      if (n > back + (back == 0))
        return TRUE;
      g_clear_pointer (&key, g_free);
    }

  return FALSE;
}

static gboolean
ends_scope (GArray  *tokens,
            guint    index,
            gboolean is_han,
            gboolean wide)
{
  static const char *const marks[] = { ",", ".", ";", "!", "?", "。", "；", "！", "？", "，", "(", ")", "|", ":", NULL };
  static const char *const turns[] = { "but", "with", "yet", "while", "so", "just", "only", "because", "instead", "unless", "than", NULL };
  static const char *const starts[] = { "made", "comes", "come", "has", "have", "is", "are", "fits", "works", "with", "it", "this", "all", NULL };
  static const char *const han_turns[] = { "但", "而", "却", "仅", "只", "的", NULL };
  CsGroundToken *token = get (tokens, index);

  if (token->line || is_any (tokens, index, marks))
    return TRUE;

  if (is_han)
    return is_any (tokens, index, han_turns);

  /* "not registered with the …", "not lined with silk" */
  if (is_word (tokens, index, "with") && index > 0 && get (tokens, index - 1)->kind == CS_GROUND_LATIN && g_str_has_suffix (get (tokens, index - 1)->word, "ed"))
    return FALSE;
  if (wide && is_word (tokens, index, "and"))
    return is_any (tokens, index + 1, starts);

  return is_any (tokens, index, turns) || is_word (tokens, index, "and");
}

static gboolean
is_joined (GArray *tokens,
           guint   from,
           guint   to)
{
  static const char *const joints[] = { "、", "和", "或", "及", "与", "/", "以", "也", NULL };

  for (guint i = from; i < to; i++)
    {
      if (is_any (tokens, i, joints))
        return TRUE;
    }

  return FALSE;
}

static guint
find_claim (GArray *places,
            guint   token)
{
  guint i = 0;

  while (i < places->len && g_array_index (places, guint, i) < token)
    i++;

  return i;
}

/* Does the next claim follow at once? */
static gboolean
is_next (GArray *tokens,
         GArray *places,
         guint   claim)
{
  guint from = g_array_index (places, guint, claim);
  guint to = g_array_index (places, guint, claim + 1);

  for (guint i = from + 1; i <= to; i++)
    {
      CsGroundToken *token = get (tokens, i);

      if (token->kind == CS_GROUND_MARK || token->line || token->spaced || is_word (tokens, i, "的"))
        return FALSE;
    }

  return TRUE;
}

/* "Frame not included", "stand sold separately", "ropes included, stand not" */
static gboolean
leaves_out (GArray *tokens,
            guint   at)
{
  static const char *const done[] = { "included", "incl", "supplied", "provided", "include", "part", NULL };
  static const char *const ends[] = { ",", ".", ";", ")", NULL };

  if (is_word (tokens, at, "separately") || is_word (tokens, at, "excluded"))
    return TRUE;
  /* "鞋子需另购", "电池自备" */
  if ((is_word (tokens, at, "另") && is_any (tokens, at + 1, (const char *const[]) { "购", "售", "买", "配", NULL })) ||
      (is_word (tokens, at, "自") && is_word (tokens, at + 1, "备")) || (is_word (tokens, at, "除") && is_word (tokens, at + 1, "外")))
    return TRUE;
  if (!is_word (tokens, at, "not"))
    return FALSE;
  if (is_any (tokens, at + 1, done))
    return TRUE;

  return at > 0 && get (tokens, at - 1)->kind == CS_GROUND_LATIN && (get (tokens, at + 1) == NULL || is_any (tokens, at + 1, ends));
}

/* "Frame not included", "欧标没有": said after what it denies */
static gboolean
denies_before (GArray *tokens,
               guint   at)
{
  static const char *const done[] = { "necessary", "needed", "required", NULL };
  static const char *const gone[] = { "missing", "absent", "lacking", NULL };
  static const char *const ends[] = { ",", ".", ";", "，", "。", "；", ")", "）", NULL };
  guint after = at + 1;

  if (is_word (tokens, at, "not") && is_any (tokens, at + 1, done))
    return TRUE;
  if (leaves_out (tokens, at))
    return TRUE;
  /* "Dust jacket missing" */
  if (at > 0 && is_any (tokens, at, gone) && get (tokens, at - 1)->kind == CS_GROUND_LATIN && (get (tokens, after) == NULL || get (tokens, after)->line || is_any (tokens, after, ends)))
    return TRUE;
  /* "EN 407 no", "60° wash no, 30° yes" */
  if (at > 0 && !cs_ground_is_numbering (tokens, at) && (is_word (tokens, at, "no") || is_word (tokens, at, "none")) && get (tokens, at - 1)->kind != CS_GROUND_MARK &&
      (get (tokens, after) == NULL || get (tokens, after)->line || is_any (tokens, after, ends)))
    return TRUE;

  /* "陈皮没有加", "盒子没有" */
  if (is_word (tokens, at, "没") && is_word (tokens, at + 1, "有"))
    after = at + 2 + is_any (tokens, at + 2, (const char *const[]) { "加", "放", "用", "配", "带", "送", "附", "含", NULL });
  else if (!is_word (tokens, at, "无"))
    return FALSE;

  return get (tokens, after) == NULL || get (tokens, after)->line || is_any (tokens, after, ends);
}

static void
deny_before (GArray *tokens,
             GArray *claims,
             GArray *places,
             guint   at,
             guint   scope)
{
  static const char *const ends[] = { ",", ".", ";", "!", "?", "，", "。", "；", "、", "and", "but", NULL };
  guint upper = at;

  for (guint c = find_claim (places, at); c-- > 0;)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, c);

      for (guint t = g_array_index (places, guint, c); t < upper; t++)
        {
          if (is_any (tokens, t, ends) || (t > 0 && t > g_array_index (places, guint, c) && get (tokens, t)->line))
            return;
        }
      upper = g_array_index (places, guint, c);
      claim->negated = TRUE;
      claim->refused = claim->set == CS_GROUND_NUMBER && is_word (tokens, at, "no");
      claim->apart = leaves_out (tokens, at);
      claim->scope = scope;
      if (get (tokens, at)->kind == CS_GROUND_HAN && !claim->weak && !claim->apart)
        break;
    }
}

/* "Free of PVC, TPE": a material by itself after the comma */
static gboolean
goes_on (GArray *tokens,
         GArray *claims,
         guint   which,
         guint   comma,
         guint   at)
{
  CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, which);
  guint          after = at;

  if (!is_word (tokens, comma, ",") || at != comma + 1 || claim->set != CS_GROUND_MATERIAL)
    return FALSE;
  while (get (tokens, after) != NULL && get (tokens, after)->start < claim->end)
    after++;

  return get (tokens, after) == NULL || get (tokens, after)->kind == CS_GROUND_MARK;
}

static void
deny_from (GArray *tokens,
           GArray *claims,
           GArray *places,
           guint   negator,
           guint   scope)
{
  static const char *const wide_words[] = { "without", "no", "neither", "nor", "avoid", NULL };
  gboolean is_han = get (tokens, negator)->kind == CS_GROUND_HAN;
  gboolean wide = is_any (tokens, negator, wide_words) || (negator > 0 && is_word (tokens, negator - 1, "free"));
  guint    last = negator;
  guint    n_denied = 0;

  for (guint i = find_claim (places, negator + 1); i < claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, i);
      guint          at = g_array_index (places, guint, i);

      for (guint t = last + 1; t <= at; t++)
        {
          /* "不加糖、不浓缩" */
          if (is_han && t > last + 1 && t < at && i > 0 && n_denied > 0 && cs_ground_is_negator (tokens, t) && !is_covered (tokens, t))
            return;
          if (ends_scope (tokens, t, is_han, wide) && !(is_word (tokens, negator, "of") && goes_on (tokens, claims, i, t, at)))
            return;
        }

      if (is_han && n_denied > 0 && !is_joined (tokens, last, at))
        return;

      claim->negated = !claim->negated;
      claim->refused = at == negator + 1;
      claim->scope = scope;
      n_denied += (!claim->weak && !(is_han && claim->set == CS_GROUND_NUMBER && claim->number.low == 1)) || i + 1 == claims->len || !is_next (tokens, places, i);
      last = at;
    }
}

/* "BPA-free", "free of lead", "lead and cadmium free" */
static void
deny_free (GArray *tokens,
           GArray *claims,
           GArray *places,
           guint   at,
           guint   scope)
{
  guint next = find_claim (places, at + 1);
  guint before = find_claim (places, at);

  if (is_word (tokens, at + 1, "of") || is_word (tokens, at + 1, "from"))
    {
      deny_from (tokens, claims, places, at + 1, scope);
      return;
    }

  if (before == 0 || next == 0)
    return;

  /* "delivery in Jutland free" */
  if (g_array_index (claims, CsGroundClaim, before - 1).set == CS_GROUND_PLACE || g_array_index (claims, CsGroundClaim, before - 1).set == CS_GROUND_NUMBER)
    return;

  /* The word right before, with or without a hyphen */
  if (g_array_index (claims, CsGroundClaim, before - 1).end + 2 > get (tokens, at)->start)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, before - 1);

      claim->negated = TRUE;
      claim->scope = scope;
    }
}

/* "Oak rather than pine", "honey, not sugar": how many tokens say so, or 0 */
static guint
match_contrast (GArray *tokens,
                guint   at)
{
  static const char *const latin_pairs[][2] = { { "rather", "than" }, { "instead", "of" }, { "as", "opposed" }, { "opposed", "to" } };
  static const char *const han_words[] = { "而不是", "而非", "并非", "取代", "代替", "替代", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (latin_pairs); i++)
    {
      if (is_word (tokens, at, latin_pairs[i][0]) && is_word (tokens, at + 1, latin_pairs[i][1]))
        return 2;
    }
  if (is_word (tokens, at, "unlike"))
    return 1;

  for (guint i = 0; han_words[i] != NULL; i++)
    {
      guint n = 0;

      for (const char *p = han_words[i]; *p != '\0'; p = g_utf8_next_char (p), n++)
        {
          g_autofree char *one = g_strndup (p, g_utf8_next_char (p) - p);

          if (!is_word (tokens, at + n, one))
            break;
        }
      if (n == (guint) g_utf8_strlen (han_words[i], -1))
        return n;
    }

  return 0;
}

static void
mark_contrast (GArray *tokens,
               GArray *claims,
               GArray *places,
               guint   at)
{
  guint clause = G_MAXUINT;

  for (guint c = find_claim (places, at); c < claims->len; c++)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, c);

      clause = clause == G_MAXUINT ? claim->clause : clause;
      if (claim->clause != clause)
        return;
      claim->contrast = TRUE;
    }
}

/* "waterproof: no", "盖子：无": the answer to a key */
static gboolean
is_answer_no (GArray *tokens,
              guint   colon)
{
  static const char *const answers[] = { "no", "none", "false", "否", "无", "0", "没", "不", "never", "n", NULL };
  CsGroundToken *after = get (tokens, colon + 2);

  if (!is_word (tokens, colon, ":") || !is_any (tokens, colon + 1, answers))
    return FALSE;

  if (is_any (tokens, colon + 2, (const char *const[]) { "needed", "required", "included", "necessary", NULL }))
    return TRUE;

  return after == NULL || after->line || (after->kind == CS_GROUND_MARK && strcmp (after->word, "-") != 0) ||
         (colon + 3 >= tokens->len && is_one_of (after, "有,的,了,是,行,能,可,会,用,要,需,做,带,送,含,配,加"));
}

/* "Runs on a single AA battery", "you will need your own batteries" */
static void
find_needed (GArray *tokens,
             GArray *claims)
{
  static const char *const words[] = {
    "need", "needs", "needed", "require", "requires", "takes", "powered", "own", "use", "uses", "using", "suits", "fits", NULL,
  };
  static const char *const runs[] = { "runs", "works", "run", "work", NULL };
  gboolean needed = FALSE;

  for (guint i = 0; i + 1 < tokens->len && !needed; i++)
    needed = is_any (tokens, i, (const char *const[]) { "需", "用", "靠", NULL }) && !is_word (tokens, i + 1, "的");
  for (guint i = 0; i < tokens->len && !needed; i++)
    needed = is_any (tokens, i, words) || (i > 0 && is_word (tokens, i, "on") && is_any (tokens, i - 1, runs));

  for (guint i = 0; needed && i < claims->len; i++)
    g_array_index (claims, CsGroundClaim, i).needed = TRUE;
}

void
cs_ground_deny (GArray *tokens,
                GArray *claims,
                GArray *places)
{
  guint scope = 1;

  find_needed (tokens, claims);
  for (guint i = 0; i < tokens->len; i++)
    {
      guint n_contrast = i > 0 ? match_contrast (tokens, i) : 0;

      if (n_contrast > 0)
        {
          mark_contrast (tokens, claims, places, i + n_contrast);
          i += n_contrast - 1;
        }
      else if (is_answer_no (tokens, i))
        {
          guint first = find_claim (places, i);

          for (guint c = first; c-- > 0;)
            {
              CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, c);

              if (claim->clause != g_array_index (claims, CsGroundClaim, first - 1).clause)
                break;
              claim->negated = TRUE;
              claim->scope = scope;
            }
          scope++;
          i += 1;
        }
      else if (is_word (tokens, i, "but") && i > 0 && (is_word (tokens, i - 1, "anything") || is_word (tokens, i - 1, "everything")))
        deny_from (tokens, claims, places, i, scope++);
      else if (is_word (tokens, i, "以") && is_word (tokens, i + 1, "外"))
        deny_before (tokens, claims, places, i, scope++);
      else if (denies_before (tokens, i))
        deny_before (tokens, claims, places, i, scope++);
      else if (is_word (tokens, i, "free") && !is_covered (tokens, i))
        deny_free (tokens, claims, places, i, scope++);
      else if (cs_ground_is_negator (tokens, i) && !is_covered (tokens, i))
        deny_from (tokens, claims, places, i, scope++);
    }
}
