/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-text.h"

/* How text is made findable.
 *
 * The index is FTS5's with its tokenizer unicode61, which keeps a whole run of
 * Chinese as one token. So runs are written as overlapping pairs and their last
 * character ("竹编果篮" as 竹编 编果 果篮 篮): then any two neighbours are a
 * token, and any one character is the beginning of one. A word is written in its pieces, letters
 * and digits apart ("LX-0417" as lx 0417, "28cm" as 28 cm), and one with joints
 * also as a whole ("T-shirt" as t shirt tshirt): so it is found however it is
 * typed.
 *
 * The same pieces make the query: one quoted phrase for each run typed. Between
 * the quotes stand letters and digits only, so nothing typed can be syntax.
 */

#define MAX_QUERY_CHARACTERS 200

typedef enum
{
  RUN_CJK,
  RUN_WORD,
} RunKind;

typedef void (*RunFunc) (RunKind     kind,
                         const char *run,
                         gsize       length,
                         gpointer    data);

static gboolean
is_cjk (gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);

  return g_unichar_isalpha (c) &&
         (script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
          script == G_UNICODE_SCRIPT_KATAKANA);
}

static gboolean
is_word (gunichar c)
{
  return (g_unichar_isalnum (c) || g_unichar_ismark (c)) && !is_cjk (c);
}

static gboolean
is_joint (gunichar c)
{
  return c != 0 && (strchr ("-_./'+&", c < 0x80 ? (int) c : ' ') != NULL || c == 0x2019 || (c >= 0x2010 && c <= 0x2015));
}

/* The end of the word that begins at @p: joints are part of it between letters */
static const char *
find_word_end (const char *p)
{
  for (;;)
    {
      const char *next;

      while (*p != '\0' && is_word (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);

      if (*p == '\0' || !is_joint (g_utf8_get_char (p)))
        return p;

      next = g_utf8_next_char (p);
      if (*next == '\0' || !is_word (g_utf8_get_char (next)))
        return p;

      p = next;
    }
}

static void
foreach_run (const char *folded,
             RunFunc     func,
             gpointer    data)
{
  const char *p = folded;

  while (*p != '\0')
    {
      gunichar    c = g_utf8_get_char (p);
      const char *end = p;

      if (is_cjk (c))
        {
          while (*end != '\0' && is_cjk (g_utf8_get_char (end)))
            end = g_utf8_next_char (end);
          func (RUN_CJK, p, end - p, data);
        }
      else if (is_word (c))
        {
          end = find_word_end (p);
          func (RUN_WORD, p, end - p, data);
        }
      else
        end = g_utf8_next_char (p);

      p = end;
    }
}

static void
append_token (GString    *out,
              const char *token,
              gsize       length)
{
  if (out->len > 0 && out->str[out->len - 1] != ' ')
    g_string_append_c (out, ' ');
  g_string_append_len (out, token, length);
}

static void
append_pairs (GString    *out,
              const char *run,
              gsize       length,
              gboolean    with_last)
{
  const char *end = run + length;

  for (const char *p = run; p < end; p = g_utf8_next_char (p))
    {
      const char *second = g_utf8_next_char (p);

      if (second < end)
        append_token (out, p, g_utf8_next_char (second) - p);
      else if (with_last || p == run)
        append_token (out, p, second - p);
    }
}

static void
append_pieces (GString    *out,
               const char *run,
               gsize       length)
{
  const char *end = run + length;
  gboolean    begin = TRUE;
  gboolean    digit = FALSE;

  for (const char *p = run; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      gboolean mark = g_unichar_ismark (c);

      if (is_joint (c))
        {
          begin = TRUE;
          continue;
        }

      if (begin || (!mark && g_unichar_isdigit (c) != digit))
        append_token (out, "", 0);
      g_string_append_unichar (out, c);
      digit = mark ? digit : g_unichar_isdigit (c);
      begin = FALSE;
    }
}

static gboolean
has_joint (const char *run,
           gsize       length)
{
  for (const char *p = run; p < run + length; p = g_utf8_next_char (p))
    {
      if (is_joint (g_utf8_get_char (p)))
        return TRUE;
    }

  return FALSE;
}

static void
append_whole (GString    *out,
              const char *run,
              gsize       length)
{
  append_token (out, "", 0);

  for (const char *p = run; p < run + length; p = g_utf8_next_char (p))
    {
      if (!is_joint (g_utf8_get_char (p)))
        g_string_append_unichar (out, g_utf8_get_char (p));
    }
}

static void
append_terms (RunKind     kind,
              const char *run,
              gsize       length,
              gpointer    data)
{
  GString *out = data;

  if (kind == RUN_CJK)
    append_pairs (out, run, length, TRUE);
  else
    {
      append_pieces (out, run, length);
      if (has_joint (run, length))
        append_whole (out, run, length);
    }
}

/**
 * cs_text_search_terms:
 *
 * @text as tokens separated by spaces, for the index.
 */
char *
cs_text_search_terms (const char *text)
{
  g_autofree char *clean = cs_text_clean (text, FALSE);
  g_autofree char *folded = cs_text_fold (clean);
  GString         *out = g_string_new (NULL);

  foreach_run (folded, append_terms, out);

  return g_string_free_and_steal (out);
}

static void
append_phrase (RunKind     kind,
               const char *run,
               gsize       length,
               gpointer    data)
{
  GString *out = data;
  g_autoptr (GString) tokens = g_string_new (NULL);

  if (kind == RUN_CJK)
    append_pairs (tokens, run, length, FALSE);
  else
    append_pieces (tokens, run, length);

  if (out->len > 0)
    g_string_append (out, " AND ");
  g_string_append_printf (out, "\"%s\"", tokens->str);
}

/**
 * cs_text_search_query:
 * @typed: what a person typed, anything
 *
 * Returns: an FTS5 query for an index of cs_text_search_terms() that finds what
 *   has all of it, the last word being perhaps unfinished; %NULL where there is
 *   nothing to search for
 */
char *
cs_text_search_query (const char *typed)
{
  g_autofree char *clean = cs_text_clean (typed, FALSE);
  g_autofree char *folded = cs_text_fold (clean);
  g_autoptr (GString) out = g_string_new (NULL);

  if (g_utf8_strlen (folded, -1) > MAX_QUERY_CHARACTERS)
    *g_utf8_offset_to_pointer (folded, MAX_QUERY_CHARACTERS) = '\0';

  foreach_run (folded, append_phrase, out);

  if (out->len == 0)
    return NULL;

  g_string_append (out, " *");

  return g_strdup (out->str);
}
