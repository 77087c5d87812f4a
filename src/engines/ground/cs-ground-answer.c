/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-facts.h"

/* What a seller's note asks and denies at once, "frost? no, bring it in", "40目？是80目",
 * and what it names before it denies it, "免洗不是的", "洗碗机不建议".
 */

typedef struct
{
  gsize    start;
  gsize    end;
  gboolean number; /* only the last number of it is denied */
  gboolean apart;  /* it does not come along */
} Span;

static gboolean
starts_with_any (const char        *text,
                 const char *const *words,
                 gsize             *length)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      gsize n = strlen (words[i]);

      if (strncmp (text, words[i], n) == 0)
        {
          *length = n;
          return TRUE;
        }
    }

  return FALSE;
}

static const char *const marks[] = { "，", "。", "；", "！", "？", "（", "）", ",", ";", "!", "?", "(", ")", "\n", NULL };

static gboolean
is_mark (const char *text,
         const char *at)
{
  gsize n;

  if (*at == '\0' || starts_with_any (at, marks, &n))
    return TRUE;

  return *at == '.' && (at[1] == ' ' || at[1] == '\0') && at > text && !g_ascii_isdigit (at[-1]);
}

/* Where the clause begins that ends at at; in Chinese a space parts, too */
static gsize
find_begin (const char *text,
            gsize       at)
{
  const char *p = text + at;

  while (p > text)
    {
      const char *before = g_utf8_prev_char (p);

      if (is_mark (text, before) || *before == ':' || strncmp (before, "：", 3) == 0)
        break;
      if (*before == ' ' && text + at - p >= 6 && (guchar) *p >= 0xe0)
        break;
      p = before;
    }
  while (*p == ' ')
    p++;

  return p - text;
}

/* Does the answer deny? blank: how much of it would deny what follows, too */
static gboolean
is_no (const char *answer,
       gsize      *blank)
{
  static const char *const han[] = { "不是", "没有", "不行", "不能", "不可", "没", "不", "否", "无", "非", NULL };
  static const char *const latin[] = { "nope", "none", "never", "nah", "no", NULL };
  static const char *const less[] = { "not really", "not yet", "not quite", "not at all", "not tested", "sorry no", "sorry, no", "afraid not", "i'm afraid not", "we have no ", "we don't", "we do not",
                                      "we haven't", "unknown", "untested", "don't", "can't", NULL };
  g_autofree char *start = g_strndup (answer, MIN (strlen (answer), 32));
  g_autofree char *lower = g_ascii_strdown (start, -1);
  gsize n;

  *blank = 0;
  if (starts_with_any (answer, han, &n) || starts_with_any (lower, less, &n))
    return TRUE;
  if (!starts_with_any (lower, latin, &n) || g_ascii_isalnum (answer[n]) || answer[n] == '\'')
    return FALSE;

  *blank = n;

  return TRUE;
}

/* "18颗？22颗", "40目？是80目" */
static gboolean
is_other_number (const char *text,
                 gsize       begin,
                 gsize       at,
                 const char *answer)
{
  gboolean asks = FALSE;

  for (gsize i = begin; i < at; i++)
    {
      asks = asks || g_ascii_isdigit (text[i]);
      if (text[i] == '/')
        return FALSE;
    }
  if (strncmp (answer, "是", 3) == 0)
    answer += 3;

  return asks && g_ascii_isdigit (*answer);
}

/* "From one tree at Bodnant? no - at Erddig": only what follows the same word is put right */
static gsize
find_corrected (const char *text,
                gsize       start,
                gsize       at,
                const char *answer)
{
  static const char *const words[] = { "at ", "in ", "from ", "by ", "of ", "with ", NULL };

  while (*answer == ' ' || *answer == '-' || *answer == ',' || *answer == '.' || strncmp (answer, "—", 3) == 0 || strncmp (answer, "–", 3) == 0)
    answer += (guchar) *answer >= 0x80 ? 3 : 1;
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *inside = g_strconcat (" ", words[i], NULL);
      g_autofree char *question = g_strndup (text + start, at - start);
      const char      *last = g_str_has_prefix (answer, words[i]) ? g_strrstr (question, inside) : NULL;

      if (last != NULL)
        return start + (last - question) + 1;
    }

  return start;
}

static void
add_question (GArray *spans,
              char   *text,
              gsize   at,
              gsize   length)
{
  Span  span = { find_begin (text, at), at, FALSE, FALSE };
  char *answer = text + at + length;
  gsize blank;

  while (*answer == ' ' || *answer == '-')
    answer++;
  if (is_no (answer, &blank))
    {
      memset (answer, ' ', blank);
      span.start = find_corrected (text, span.start, at, answer);
    }
  else if (is_other_number (text, span.start, at, answer))
    span.number = TRUE;
  else
    return;

  g_array_append_val (spans, span);
}

/* "免洗不是的，", "腰带+内衬衣不含。" */
static void
add_denied (GArray *spans,
            char   *text,
            gsize   at)
{
  static const char *const left[] = { "不含", "不包", "不送", "不带", "不配", "不附", "另买", "另购", "另售", "外买", "自备", NULL };
  static const char *const denied[] = { "不是", "不是的", "没有", "没有的", "不行", "不可以", "不能", "不了", "不建议", "不支持", "不推荐", "没做", "不做", "不适合", NULL };

  for (guint k = 0; k < 2; k++)
    {
      const char *const *words = k == 0 ? left : denied;

      for (guint i = 0; words[i] != NULL; i++)
        {
          gsize n = strlen (words[i]);
          Span  span = { 0, at, FALSE, k == 0 };

          if (at < n + 3 || strncmp (text + at - n, words[i], n) != 0)
            continue;
          span.start = find_begin (text, at);
          if (span.start < at - n)
            {
              g_array_append_val (spans, span);
              return;
            }
        }
    }
}

/* The parts of text that it denies; what answers them is blanked */
static GArray *
find_spans (char *text)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));
  gsize   length = strlen (text);

  for (gsize at = 0; at <= length; at++)
    {
      if (text[at] == '?')
        add_question (spans, text, at, 1);
      else if (strncmp (text + at, "？", 3) == 0)
        add_question (spans, text, at, 3);
      else if (text[at] == ' ' || is_mark (text, text + at))
        add_denied (spans, text, at);
    }

  return spans;
}

/**
 * cs_ground_without_denied:
 *
 * Returns: (transfer full): text, and blanks where it says what is not so
 */
char *
cs_ground_without_denied (const char *text)
{
  char *left = g_strdup (text);
  g_autoptr (GArray) spans = find_spans (left);

  for (guint i = 0; i < spans->len; i++)
    {
      Span *span = &g_array_index (spans, Span, i);

      if (!span->number && !span->apart)
        memset (left + span->start, ' ', span->end - span->start);
    }

  return left;
}

/* "Steel? I was told brass": what is asked, and answered with another of its kind */
static void
deny_asked (GArray     *claims,
            const char *plain)
{
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim *asked = &g_array_index (claims, CsGroundClaim, i);
      gsize          at = asked->end + strspn (plain + asked->end, " ");
      gboolean       other = FALSE;
      gboolean       same = FALSE;

      if (!(plain[at] == '?' || strncmp (plain + at, "？", 3) == 0) || asked->negated ||
          !(asked->set == CS_GROUND_MATERIAL || asked->set == CS_GROUND_COLOUR || asked->set == CS_GROUND_PLACE))
        continue;
      for (guint j = i + 1; j < claims->len; j++)
        {
          CsGroundClaim *answer = &g_array_index (claims, CsGroundClaim, j);

          if (answer->set != asked->set || answer->negated)
            continue;
          if (answer->key != NULL && g_strcmp0 (answer->key, asked->key) == 0)
            same = TRUE;
          else
            other = TRUE;
        }
      asked->negated = other && !same;
    }
}

/**
 * cs_ground_read_denied:
 *
 * Returns: the claims of a fact's text; what it asks and denies is denied
 */
GArray *
cs_ground_read_denied (const char *text,
                       GPtrArray  *names)
{
  g_autofree char *plain = g_strdup (text);
  g_autoptr (GArray) spans = find_spans (plain);
  GArray *claims = cs_ground_claims (plain, names);

  for (guint c = 0; c < claims->len; c++)
    g_array_index (claims, CsGroundClaim, c).negated ^= g_array_index (claims, CsGroundClaim, c).contrast;

  deny_asked (claims, plain);
  for (guint i = 0; i < spans->len; i++)
    {
      Span *span = &g_array_index (spans, Span, i);

      for (guint c = claims->len; c-- > 0;)
        {
          CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, c);

          if (claim->start < span->start || claim->end > span->end || (span->number && claim->set != CS_GROUND_NUMBER))
            continue;
          claim->negated = TRUE;
          claim->refused = claim->set == CS_GROUND_NUMBER;
          claim->apart = claim->apart || span->apart;
          if (span->number)
            break;
        }
    }

  return claims;
}
