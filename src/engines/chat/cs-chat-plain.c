/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-chat-plain.h"
#include "cs-text.h"

#define MOST_BYTES  (16 * 1024)
#define MOST_TAG    400 /* bytes that a tag may have */
#define MOST_ROUNDS 8   /* of markup within markup */
#define MOST_MARKS  2   /* on one letter */

static const struct
{
  const char *name;
  const char *text;
} entities[] = {
  { "&lt;", "<" },    { "&gt;", ">" },     { "&quot;", "\"" }, { "&#39;", "'" }, { "&apos;", "'" },
  { "&nbsp;", " " },  { "&#x27;", "'" },   { "&#34;", "\"" },  { "&#60;", "<" }, { "&#62;", ">" },
  { "&#x3c;", "<" },  { "&#x3e;", ">" },   { "&amp;", "&" },
};

static void
decode_entities (GString *text)
{
  g_autoptr (GString) out = g_string_sized_new (text->len);

  for (const char *at = text->str; *at != '\0';)
    {
      guint i = G_N_ELEMENTS (entities);

      if (*at == '&')
        for (i = 0; i < G_N_ELEMENTS (entities); i++)
          if (g_ascii_strncasecmp (at, entities[i].name, strlen (entities[i].name)) == 0)
            break;

      if (i < G_N_ELEMENTS (entities))
        {
          g_string_append (out, entities[i].text);
          at += strlen (entities[i].name);
        }
      else
        g_string_append_c (out, *at++);
    }

  g_string_assign (text, out->str);
}

/* Length of the tag or comment that stands there, or 0: "<5cm" is none */
static gsize
measure_tag (const char *at)
{
  const char *end;

  if (g_str_has_prefix (at, "<!--"))
    {
      end = strstr (at, "-->");
      return end != NULL ? (gsize) (end + 3 - at) : strlen (at);
    }

  if (at[0] != '<' || !(g_ascii_isalpha (at[1]) || ((at[1] == '/' || at[1] == '!' || at[1] == '?') && g_ascii_isalpha (at[2]))))
    return 0;

  for (end = at + 1; *end != '\0' && *end != '<' && end - at < MOST_TAG; end++)
    if (*end == '>')
      return end + 1 - at;

  /* One that never ends is no text either, where it looks like one */
  return end - at < MOST_TAG && memchr (at, '=', end - at) != NULL ? (gsize) (end - at) : 0;
}

static gboolean
is_tag (const char *at,
        const char *name)
{
  at += at[1] == '/' ? 2 : 1;

  return g_ascii_strncasecmp (at, name, strlen (name)) == 0 && !g_ascii_isalnum (at[strlen (name)]);
}

/* What a tag leaves behind: lines stay lines */
static const char *
get_trace (const char *at)
{
  static const char *const lines[] = { "br", "p", "li", "div", "tr", "ul", "ol", "h1", "h2", "h3", "h4" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (is_tag (at, lines[i]))
      return "\n";

  return "";
}

/* Where a name in angle brackets, begun with </, is next; looked for no further than it is */
static gsize
find_closing (const char *at,
              const char *name)
{
  const char *found;

  for (found = strstr (at, "</"); found != NULL; found = strstr (found + 2, "</"))
    if (g_ascii_strncasecmp (found + 2, name, strlen (name)) == 0)
      return found - at;

  return strlen (at);
}

/* Where the content of what is no text ends */
static gsize
measure_hidden (const char *at)
{
  static const char *const hidden[] = { "script", "style" };

  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    if (at[1] != '/' && is_tag (at, hidden[i]))
      return find_closing (at, hidden[i]);

  return 0;
}

static void
strip_tags (GString *text)
{
  g_autoptr (GString) out = g_string_sized_new (text->len);

  for (const char *at = text->str; *at != '\0';)
    {
      gsize length = *at == '<' ? measure_tag (at) : 0;

      if (length == 0)
        {
          g_string_append_c (out, *at++);
          continue;
        }

      g_string_append (out, get_trace (at));
      at += MAX (length, measure_hidden (at));
    }

  g_string_assign (text, out->str);
}

/* "[here](http://…)" is "here", "![a basket](x.png)" is "a basket" */
static void
strip_links (GString *text)
{
  for (gsize at = 0; at < text->len; at++)
    {
      const char *open = text->str + at;
      const char *close = *open == '[' ? g_strstr_len (open, MOST_TAG, "](") : NULL;
      const char *end = close != NULL ? g_strstr_len (close, MOST_TAG, ")") : NULL;
      gboolean    picture = at > 0 && open[-1] == '!';

      if (end == NULL || memchr (open, '\n', end - open) != NULL)
        continue;

      g_string_erase (text, close - text->str, end + 1 - close);
      g_string_erase (text, at - picture, 1 + picture);
      at -= picture;
    }
}

static void
replace_all (GString    *text,
             const char *what)
{
  g_string_replace (text, what, "", 0);
}

/* Marks at the beginning of a line: "# ", "> ", "- " */
static char *
strip_line (const char *line)
{
  while (*line == ' ' || *line == '\t')
    line++;
  if (*line == '#')
    {
      const char *after = line + strspn (line, "#");

      if (*after == ' ')
        line = after + 1;
    }
  else if ((*line == '>' || *line == '*' || *line == '-' || *line == '+') && line[1] == ' ')
    line += 2;

  return g_strdup (line);
}

static void
strip_lines (GString *text)
{
  g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);

  g_string_truncate (text, 0);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = strip_line (lines[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
}

/* Marks that are piled up, joiners and what picks glyphs: nothing of a listing needs them */
static char *
strip_marks (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));
  guint    marks = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      marks = g_unichar_ismark (c) ? marks + 1 : 0;
      if (marks > MOST_MARKS || g_unichar_type (c) == G_UNICODE_FORMAT || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0000 && c <= 0xe0fff))
        continue;
      g_string_append_unichar (out, c);
    }

  return g_string_free_and_steal (out);
}

static char *
plain_once (const char *text,
            gboolean    keep_lines)
{
  g_autofree char *seen = strip_marks (text);
  g_autoptr (GString) plain = g_string_new (seen);

  decode_entities (plain);
  strip_tags (plain);
  strip_links (plain);
  replace_all (plain, "**");
  replace_all (plain, "`");
  replace_all (plain, "~~");
  strip_lines (plain);

  return cs_text_clean (plain->str, keep_lines);
}

/* What was made to come up again and again has nothing left to come up with */
static char *
blunt (const char *text)
{
  char *dull = g_strdup (text);

  return g_strdelimit (dull, "<>&[]()*`~#", ' ');
}

char *
cs_chat_plain (const char *text,
               gboolean    keep_lines)
{
  g_autofree char *bounded = g_strndup (text != NULL ? text : "", MOST_BYTES);
  g_autofree char *plain = g_utf8_make_valid (bounded, -1);

  /* Taking out one thing may leave another: until nothing is left to take out */
  for (guint i = 0; i < 3 * MOST_ROUNDS; i++)
    {
      g_autofree char *blunted = i >= MOST_ROUNDS ? blunt (plain) : NULL;
      g_autofree char *before = g_steal_pointer (&plain);

      plain = plain_once (blunted != NULL ? blunted : before, keep_lines);
      if (g_str_equal (plain, before))
        break;
    }

  return g_steal_pointer (&plain);
}

/* In lower case, wherever they stand */
static const char *const meta_words[] = {
  "as an ai", "as a language model", "as a large language model", "ai language model", "i'm sorry", "i’m sorry", "i am sorry",
  "sorry, i", "sorry, but i", "i cannot", "i can't", "i can’t", "i'm unable", "i’m unable", "i am unable", "i'm not able to",
  "i am not able to", "i won't be able", "i apologize", "my guidelines", "my instructions", "openai's policy", "system prompt",
  "作为一个ai", "作为ai", "作为一名ai", "作为一个人工智能", "作为人工智能", "作为一个语言模型", "作为语言模型", "作为一款ai",
  "大语言模型", "我无法", "我不能", "我没办法", "很抱歉", "非常抱歉", "对不起", "無法為您", "作為一個ai", "作為ai",
  "作為一個人工智慧", "作為人工智慧", "語言模型", "我無法", "無法協助", "无法为您", "无法为你", "无法提供", "无法协助", "系统提示词",
  NULL
};

/* In lower case, at the beginning */
static const char *const meta_starts[] = {
  "here is the", "here are the", "here's the", "here’s the", "sure,", "sure!", "certainly", "of course", "okay,",
  "以下是", "好的，", "好的,", "当然，", "當然，", "抱歉", "根据您提供", "根据你提供", "根據您提供",
  NULL
};

gboolean
cs_chat_is_meta (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autoptr (GString) close = g_string_new (lower);

  /* "作为一个 AI" and "作为一个AI" are the same */
  for (guint i = 0; meta_words[i] != NULL; i++)
    if (strstr (lower, meta_words[i]) != NULL)
      return TRUE;
  g_string_replace (close, " ", "", 0);
  for (guint i = 0; meta_words[i] != NULL; i++)
    if ((guchar) meta_words[i][0] >= 0x80 && strstr (close->str, meta_words[i]) != NULL)
      return TRUE;
  for (guint i = 0; meta_starts[i] != NULL; i++)
    if (g_str_has_prefix (lower, meta_starts[i]))
      return TRUE;

  return FALSE;
}

gboolean
cs_chat_is_lure (const char *text)
{
  static const char *const words[] = {
    "api key", "api-key", "apikey", "access key", "secret key", "password", "passphrase", "credit card", "bank account", "http:", "https:",
    "www.", "密码", "密碼", "密钥", "密鑰", "验证码", "驗證碼", "银行卡", "銀行卡", "信用卡", NULL
  };
  g_autofree char *folded = cs_text_fold (text);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (folded, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* A Chinese character is about a token, of other letters it takes about four [tiktoken] */
gint64
cs_chat_count_tenths (const char *text)
{
  gint64 tenths = 0;

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    tenths += g_utf8_get_char (p) < 0x250 ? 3 : 10;

  return tenths;
}
