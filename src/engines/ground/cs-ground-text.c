/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-lexicon.h"
#include "cs-ground-text.h"
#include "cs-text.h"

static void
token_clear (gpointer data)
{
  CsGroundToken *token = data;

  g_free (token->word);
  g_free (token->stem);
}

/* Longest first; "dress", "bus" and "canvas" are no plurals */
char *
cs_ground_singular (const char *word)
{
  gsize length = strlen (word);

  if (length < 4 || word[length - 1] != 's' || g_str_has_suffix (word, "ss") || g_str_has_suffix (word, "us") ||
      g_str_has_suffix (word, "is") || g_str_has_suffix (word, "as"))
    return g_strdup (word);

  if (g_str_has_suffix (word, "ies") && length > 4)
    return g_strdup_printf ("%.*sy", (int) length - 3, word);

  if (g_str_has_suffix (word, "ves") && length > 4 && strchr ("lae", word[length - 4]) != NULL &&
      !g_str_has_suffix (word, "eves") && !g_str_has_suffix (word, "oves"))
    return g_strdup_printf ("%.*sf", (int) length - 3, word);

  if (g_str_has_suffix (word, "sses") || g_str_has_suffix (word, "shes") || g_str_has_suffix (word, "ches") ||
      g_str_has_suffix (word, "xes") || g_str_has_suffix (word, "zzes"))
    return g_strndup (word, length - 2);

  return g_strndup (word, length - 1);
}

static gboolean
has_vowel (const char *word,
           gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (strchr ("aeiouy", word[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

char *
cs_ground_root (const char *word)
{
  static const char *const suffixes[] = { "ings", "ing", "ed", "er", "ers", "ly", "en", "ness", "able", "y", "e" };
  char *stem = cs_ground_singular (word);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      gsize length = strlen (stem);
      gsize cut = strlen (suffixes[i]);

      if (length >= cut + 3 && g_str_has_suffix (stem, suffixes[i]) && has_vowel (stem, length - cut))
        {
          stem[length - cut] = '\0';
          length -= cut;
          if (length > 3 && stem[length - 1] == stem[length - 2] && strchr ("lsz", stem[length - 1]) == NULL)
            stem[length - 1] = '\0';
          if (length > 3 && stem[length - 1] == 'e')
            stem[length - 1] = '\0';
          break;
        }
    }

  return stem;
}

char *
cs_ground_denied_root (const char *word)
{
  gsize length = strlen (word);

  if (length >= 7 && g_str_has_prefix (word, "un") && !g_str_has_prefix (word, "under") && !g_str_has_prefix (word, "uni"))
    return cs_ground_root (word + 2);

  if (length >= 7 && g_str_has_suffix (word, "less"))
    {
      g_autofree char *what = g_strndup (word, length - 4);

      return cs_ground_root (what);
    }

  return NULL;
}

static double
fraction_value (gunichar c)
{
  switch (c)
    {
    case 0xbc: return 0.25;
    case 0xbd: return 0.5;
    case 0xbe: return 0.75;
    case 0x2153: return 1 / 3.0;
    case 0x2154: return 2 / 3.0;
    case 0x2155: return 0.2;
    case 0x215b: return 0.125;
    case 0x215c: return 0.375;
    case 0x215d: return 0.625;
    case 0x215e: return 0.875;
    default: return 0;
    }
}

/* One character, folded; what carries no meaning of its own is empty */
static void
fold_character (GString *out,
                gunichar c)
{
  char             buffer[8] = { 0 };
  g_autofree char *compatible = NULL;

  g_string_truncate (out, 0);
  if (c < 0x80)
    {
      g_string_append_c (out, g_ascii_tolower (c));
      return;
    }

  if (c >= 0x4e00 && c < 0xa000)
    {
      g_string_append_unichar (out, cs_ground_simplify (c));
      return;
    }

  g_unichar_to_utf8 (c, buffer);
  if (!(compatible = g_utf8_normalize (buffer, -1, G_NORMALIZE_NFKD)))
    return;

  for (const char *p = compatible; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar d = g_utf8_get_char (p);

      if (d == 0x2019 || d == 0x2018)
        d = '\'';
      else if (d == 0x2044)
        d = '/';
      else if ((d >= 0x2010 && d <= 0x2015) || d == 0x2212 || d == 0xad)
        d = '-';
      else if (d == 0xf8 || d == 0xd8)
        d = 'o';
      else if (d == 0x142 || d == 0x141)
        d = 'l';
      else if (d == 0x111 || d == 0x110)
        d = 'd';
      else if (d == 0x131)
        d = 'i';
      else if (d >= 0x80 && g_unichar_isdigit (d))
        d = '0' + g_unichar_digit_value (d);
      if (d >= 0x4e00 && d < 0xa000)
        d = cs_ground_simplify (d);
      if (!g_unichar_ismark (d) && g_unichar_type (d) != G_UNICODE_FORMAT && g_unichar_type (d) != G_UNICODE_CONTROL)
        g_string_append_unichar (out, g_unichar_tolower (d));
    }
}

typedef struct
{
  GArray  *tokens;
  gboolean spaced;
  gboolean line;
} Cutter;

static CsGroundToken *
append (Cutter           *self,
        CsGroundTokenKind kind,
        const char       *word,
        guint             start,
        guint             end)
{
  CsGroundToken token = { kind, start, end, g_strdup (word), NULL, self->spaced, self->line, FALSE, FALSE, 0 };

  g_array_append_val (self->tokens, token);
  self->spaced = FALSE;
  self->line = FALSE;

  return &g_array_index (self->tokens, CsGroundToken, self->tokens->len - 1);
}

static CsGroundToken *
get_open (Cutter           *self,
          CsGroundTokenKind kind)
{
  CsGroundToken *last = self->tokens->len > 0 ? &g_array_index (self->tokens, CsGroundToken, self->tokens->len - 1) : NULL;

  return last != NULL && !self->spaced && last->kind == kind && last->part == 0 ? last : NULL;
}

static void
extend (CsGroundToken *token,
        const char    *more,
        guint          end)
{
  char *word = g_strconcat (token->word, more, NULL);

  g_free (token->word);
  token->word = word;
  token->end = end;
}

static gboolean
is_digit_next (const char *p)
{
  gunichar c = g_utf8_get_char (p);

  return g_ascii_isdigit (c < 0x80 ? (char) c : 0) || (c >= 0xff10 && c <= 0xff19);
}

/* "15mmx5m": the x before a digit stands for itself */
static void
cut_times (Cutter *self,
           guint   start)
{
  static const char *const ends[] = { "mmx", "cmx", "mx", "inx", NULL };
  CsGroundToken *open = get_open (self, CS_GROUND_LATIN);

  if (open == NULL || self->tokens->len < 2 || open->spaced || !g_strv_contains (ends, open->word) ||
      g_array_index (self->tokens, CsGroundToken, self->tokens->len - 2).kind != CS_GROUND_DIGITS)
    return;

  open->word[strlen (open->word) - 1] = '\0';
  open->end = start - 1;
  append (self, CS_GROUND_LATIN, "x", start - 1, start);
}

/* p: the character after this one in the text as it was given */
static void
take (Cutter     *self,
      const char *folded,
      gunichar    c,
      guint       start,
      guint       end,
      const char *next)
{
  gunichar       d = g_utf8_get_char (folded);
  CsGroundToken *open;

  if (cs_text_is_han (d) || d == 0x3007)
    {
      append (self, CS_GROUND_HAN, folded, start, end);
    }
  else if (g_unichar_isalpha (d) || ((c == 0xb2 || c == 0xb3) && get_open (self, CS_GROUND_LATIN)))
    {
      if ((open = get_open (self, CS_GROUND_LATIN)))
        {
          open->shout = open->shout && !g_unichar_islower (c);
          extend (open, folded, end);
          return;
        }
      open = append (self, CS_GROUND_LATIN, folded, start, end);
      open->capital = g_unichar_isupper (c) || g_unichar_istitle (c);
      open->shout = open->capital;
    }
  else if (d == '\'' && (open = get_open (self, CS_GROUND_LATIN)) && g_unichar_isalpha (g_utf8_get_char (next)))
    {
      extend (open, "'", end);
    }
  else if (d < 0x80 && g_ascii_isdigit (d))
    {
      if ((open = get_open (self, CS_GROUND_DIGITS)))
        extend (open, folded, end);
      else
        {
          cut_times (self, start);
          append (self, CS_GROUND_DIGITS, folded, start, end);
        }
    }
  else if ((d == '.' || d == ',') && c != 0xff0c && (open = get_open (self, CS_GROUND_DIGITS)) && is_digit_next (next))
    {
      extend (open, folded, end);
    }
  else
    {
      append (self, CS_GROUND_MARK, folded, start, end);
    }
}

static void
finish (CsGroundToken *token)
{
  char *apostrophe;

  if (token->kind == CS_GROUND_LATIN && (apostrophe = strchr (token->word, '\'')) != NULL)
    {
      /* "women's" is "women"; "don't" stays what it is */
      if (g_strcmp0 (apostrophe, "'s") == 0 || apostrophe[1] == '\0')
        *apostrophe = '\0';
    }

  token->stem = token->kind == CS_GROUND_LATIN ? cs_ground_singular (token->word) : g_strdup (token->word);
}

GArray *
cs_ground_tokens (const char *text)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  Cutter self = { g_array_new (FALSE, TRUE, sizeof (CsGroundToken)), FALSE, FALSE };

  g_array_set_clear_func (self.tokens, token_clear);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar    c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);
      guint       start = p - text;
      guint       end = next - text;
      double      part = fraction_value (c);

      if (part > 0)
        {
          append (&self, CS_GROUND_DIGITS, "0", start, end)->part = part;
          continue;
        }

      if (g_unichar_isspace (c) || c == 0x3000)
        {
          self.spaced = TRUE;
          self.line = self.line || c == '\n' || c == '\r';
          continue;
        }

      fold_character (folded, c);
      for (const char *q = folded->str; *q != '\0'; q = g_utf8_next_char (q))
        {
          char one[8] = { 0 };

          memcpy (one, q, g_utf8_next_char (q) - q);
          if (g_unichar_isspace (g_utf8_get_char (q)))
            self.spaced = TRUE;
          else
            take (&self, one, c, start, end, next);
        }
    }

  for (guint i = 0; i < self.tokens->len; i++)
    finish (&g_array_index (self.tokens, CsGroundToken, i));

  return self.tokens;
}

char *
cs_ground_fold (const char *text)
{
  g_autoptr (GArray) tokens = cs_ground_tokens (text);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < tokens->len; i++)
    {
      CsGroundToken *token = &g_array_index (tokens, CsGroundToken, i);

      if (token->spaced && token->kind != CS_GROUND_HAN && out->len > 0)
        g_string_append_c (out, ' ');
      g_string_append (out, token->word);
    }

  return g_string_free_and_steal (out);
}
