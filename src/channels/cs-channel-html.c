/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-channel-html.h"

/* Deeper or longer than any description: what follows is not read */
#define LONGEST (1024 * 1024)

static const struct
{
  const char *name;
  const char *text;
} entities[] = {
  { "amp", "&" },
  { "lt", "<" },
  { "gt", ">" },
  { "quot", "\"" },
  { "apos", "'" },
  { "nbsp", " " },
  { "ndash", "–" },
  { "mdash", "—" },
  { "hellip", "…" },
  { "lsquo", "‘" },
  { "rsquo", "’" },
  { "ldquo", "“" },
  { "rdquo", "”" },
  { "bull", "•" },
  { "middot", "·" },
  { "deg", "°" },
  { "times", "×" },
  { "copy", "©" },
  { "reg", "®" },
  { "trade", "™" },
  { "euro", "€" },
  { "pound", "£" },
  { "yen", "¥" },
  { "szlig", "ß" },
  { "auml", "ä" },
  { "ouml", "ö" },
  { "uuml", "ü" },
  { "Auml", "Ä" },
  { "Ouml", "Ö" },
  { "Uuml", "Ü" },
  { "eacute", "é" },
  { "egrave", "è" },
  { "agrave", "à" },
  { "ccedil", "ç" },
  { "ntilde", "ñ" },
};

/* What begins a line of its own; "p" and its like an empty line too */
static const char *const paragraphs[] = { "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre", "div", NULL };
static const char *const lines[] = { "li", "tr", "dt", "dd", NULL };
static const char *const unread[] = { "script", "style", "template", NULL };

/* A backslash as a number: WordPress takes a bare one for the beginning of an escape and drops it */
char *
cs_channel_html_escape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    {
      if (*p == '&')
        g_string_append (out, "&amp;");
      else if (*p == '<')
        g_string_append (out, "&lt;");
      else if (*p == '>')
        g_string_append (out, "&gt;");
      else if (*p == '\\')
        g_string_append (out, "&#092;");
      else
        g_string_append_c (out, *p);
    }

  return g_string_free_and_steal (out);
}

char *
cs_channel_html_from_text (const char *text)
{
  GString *out = g_string_new (NULL);
  g_auto (GStrv) rows = g_strsplit (text != NULL ? text : "", "\n", -1);
  gboolean is_open = FALSE;

  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_autofree char *row = cs_channel_html_escape (g_strstrip (rows[i]));

      if (row[0] == '\0')
        {
          if (is_open)
            g_string_append (out, "</p>\n");
          is_open = FALSE;
          continue;
        }

      g_string_append (out, is_open ? "<br />\n" : "<p>");
      g_string_append (out, row);
      is_open = TRUE;
    }

  if (is_open)
    g_string_append (out, "</p>");
  else if (out->len > 0)
    g_string_truncate (out, out->len - 1);

  return g_string_free_and_steal (out);
}

char *
cs_channel_html_from_list (char **entries)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; entries != NULL && entries[i] != NULL; i++)
    {
      g_autofree char *entry = cs_channel_html_escape (entries[i]);

      g_string_append_printf (out, "%s<li>%s</li>\n", i == 0 ? "<ul>\n" : "", entry);
    }

  if (out->len > 0)
    g_string_append (out, "</ul>");

  return g_string_free_and_steal (out);
}

/* p stands on "&". Appends what it means and returns where to go on. */
static const char *
read_entity (const char *p,
             GString    *out)
{
  const char *end = p + 1;
  char       *stop;
  guint64     code;

  while (g_ascii_isalnum (*end) || *end == '#')
    end++;

  if (*end != ';' || end - p > 12)
    {
      g_string_append_c (out, '&');
      return p + 1;
    }

  if (p[1] == '#')
    {
      gboolean hex = g_ascii_tolower (p[2]) == 'x';

      code = g_ascii_strtoull (p + (hex ? 3 : 2), &stop, hex ? 16 : 10);
      if (stop == end && code >= 0x20 && code <= 0x10ffff && g_unichar_validate (code))
        g_string_append_unichar (out, code == 0xa0 ? ' ' : code);
      return end + 1;
    }

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      if (strlen (entities[i].name) == (gsize) (end - p - 1) && strncmp (p + 1, entities[i].name, end - p - 1) == 0)
        {
          g_string_append (out, entities[i].text);
          return end + 1;
        }
    }

  g_string_append_len (out, p, end + 1 - p);

  return end + 1;
}

static void
add_space (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != ' ' && out->str[out->len - 1] != '\n')
    g_string_append_c (out, ' ');
}

/* Ends the line with n line feeds in all */
static void
break_line (GString *out,
            guint    n)
{
  guint have = 0;

  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  while (have < out->len && out->str[out->len - 1 - have] == '\n')
    have++;

  for (; out->len > 0 && have < n; have++)
    g_string_append_c (out, '\n');
}

static const char *
skip_element (const char *p,
              const char *name)
{
  g_autofree char *end = g_strconcat ("</", name, NULL);

  for (; *p != '\0'; p++)
    {
      if (g_ascii_strncasecmp (p, end, strlen (end)) == 0)
        return p;
    }

  return p;
}

/* Where a tag ends; a ">" in quotes ends none */
static const char *
find_tag_end (const char *p)
{
  char quote = 0;

  for (; *p != '\0'; p++)
    {
      if (quote != 0)
        quote = *p == quote ? 0 : quote;
      else if (*p == '"' || *p == '\'')
        quote = *p;
      else if (*p == '>')
        return p + 1;
    }

  return p;
}

/* p stands on "<" */
static const char *
read_tag (const char *p,
          GString    *out)
{
  gboolean    closes = p[1] == '/';
  const char *from = p + 1 + closes;
  const char *to = from;
  const char *after;
  g_autofree char *name = NULL;

  if (g_str_has_prefix (p, "<!--"))
    {
      const char *end = strstr (p, "-->");

      return end != NULL ? end + 3 : p + strlen (p);
    }

  if (!g_ascii_isalpha (*from) && *from != '!' && *from != '?')
    {
      g_string_append_c (out, '<');
      return p + 1;
    }

  while (g_ascii_isalnum (*to))
    to++;
  name = g_ascii_strdown (from, to - from);
  after = find_tag_end (to);

  if (g_strv_contains (paragraphs, name))
    break_line (out, 2);
  else if (g_strv_contains (lines, name) || g_str_equal (name, "hr"))
    break_line (out, 1);
  else if (g_str_equal (name, "br"))
    g_string_append_c (out, '\n');
  else if (g_str_equal (name, "td") || g_str_equal (name, "th"))
    add_space (out);
  else if (!closes && g_strv_contains (unread, name))
    return skip_element (after, name);

  return after;
}

static char *
make_valid (const char *html)
{
  gsize length = html != NULL ? strnlen (html, LONGEST) : 0;

  return g_utf8_make_valid (html != NULL ? html : "", length);
}

char *
cs_channel_html_to_text (const char *html)
{
  g_autofree char *valid = make_valid (html);
  GString         *out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0';)
    {
      if (*p == '<')
        p = read_tag (p, out);
      else if (*p == '&')
        p = read_entity (p, out);
      else if (g_ascii_isspace (*p))
        {
          add_space (out);
          p++;
        }
      else
        g_string_append_c (out, *p++);
    }

  return g_strstrip (g_string_free_and_steal (out));
}

/* A text without tags has its own lines */
static char *
to_lines (const char *html)
{
  gboolean has_tags = strchr (html, '<') != NULL;
  g_autofree char *broken = NULL;
  GString         *out;

  if (has_tags)
    return cs_channel_html_to_text (html);

  out = g_string_new (html);
  g_string_replace (out, "\n", "<br>", 0);
  broken = g_string_free_and_steal (out);

  return cs_channel_html_to_text (broken);
}

char **
cs_channel_html_to_list (const char *html)
{
  g_autofree char *valid = make_valid (html);
  g_autofree char *text = to_lines (valid);
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; rows[i] != NULL; i++)
    {
      char *row = g_strstrip (rows[i]);

      if (g_str_has_prefix (row, "•"))
        row = g_strstrip (row + strlen ("•"));
      if (row[0] != '\0')
        g_strv_builder_add (builder, row);
    }

  return g_strv_builder_end (builder);
}

/* As one line, with the quotes and dashes that are typed */
static char *
flatten (const char *text)
{
  static const struct
  {
    const char *typeset;
    const char *typed;
  } same[] = {
    { "‘", "'" },
    { "’", "'" },
    { "“", "\"" },
    { "”", "\"" },
    { "″", "\"" },
    { "′", "'" },
    { "…", "..." },
    { "\u00a0", " " },
  };
  g_autoptr (GString) out = g_string_new (text);
  g_auto (GStrv) words = NULL;
  GString *flat = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    g_string_replace (out, same[i].typeset, same[i].typed, 0);

  words = g_strsplit_set (out->str, " \t\r\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] == '\0')
        continue;
      if (flat->len > 0)
        g_string_append_c (flat, ' ');
      g_string_append (flat, words[i]);
    }

  return g_string_free_and_steal (flat);
}

gboolean
cs_channel_html_is_same (const char *text,
                         const char *html)
{
  g_autofree char *read = cs_channel_html_to_text (html);
  g_autofree char *a = flatten (text != NULL ? text : "");
  g_autofree char *b = flatten (read);

  return g_str_equal (a, b);
}
