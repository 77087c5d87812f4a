/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "cs-text.h"

gboolean
cs_text_is_han (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

/**
 * cs_text_script:
 *
 * What @text is mainly written in. One Chinese character says about as much as
 * five Latin letters, so a brand or a model name does not make a Chinese note
 * an English one.
 */
CsScript
cs_text_script (const char *text)
{
  guint n_han = 0;
  guint n_other = 0;

  g_return_val_if_fail (text != NULL, CS_SCRIPT_LATIN);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (cs_text_is_han (c))
        n_han++;
      else if (g_unichar_isalpha (c))
        n_other++;
    }

  return n_han > 0 && n_han * 5 >= n_other ? CS_SCRIPT_HAN : CS_SCRIPT_LATIN;
}

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Marks on one letter: what is written has a few, more of them are drawn over the lines above and below */
#define MOST_MARKS 8

/* Are joiners written behind this? Emoji and some scripts need them; in words of
 * others they cannot be seen, and would make two words of one.
 */
static gboolean
takes_joiner (gunichar before)
{
  switch ((int) g_unichar_get_script (before))
    {
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_GREEK:
    case G_UNICODE_SCRIPT_CYRILLIC:
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return FALSE;

    case G_UNICODE_SCRIPT_COMMON:
      return g_unichar_type (before) == G_UNICODE_OTHER_SYMBOL || g_unichar_type (before) == G_UNICODE_MODIFIER_SYMBOL;

    case G_UNICODE_SCRIPT_INHERITED:
      return before == 0xfe0f;

    default:
      return TRUE;
    }
}

static gboolean
is_mark (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_NON_SPACING_MARK || g_unichar_type (c) == G_UNICODE_ENCLOSING_MARK;
}

/* What cannot be seen must not be able to hide or reorder what can. The two
 * joiners are looked at with what is before them.
 */
static gboolean
is_invisible (gunichar c)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
      return TRUE;

    case G_UNICODE_FORMAT:
      return c != 0x200c && c != 0x200d;

    default:
      /* Fillers of Hangul are letters with nothing to see */
      return c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800;
    }
}

/**
 * cs_text_clean:
 * @text: any bytes
 * @keep_lines: keep line ends and single empty lines
 *
 * Text as it is kept: valid UTF-8, NFC, without control characters, marks that
 * reorder, and other invisible ones, white space folded to single spaces.
 */
char *
cs_text_clean (const char *text,
               gboolean    keep_lines)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  GString         *out = g_string_sized_new (strlen (composed));
  gboolean         space = FALSE;
  guint            lines = 0;
  guint            marks = 0;
  gunichar         before = ' ';

  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' && p[1] == '\n')
        continue;
      if ((c == 0x200c || c == 0x200d) && !takes_joiner (before))
        continue;

      marks = is_mark (c) ? marks + 1 : 0;
      if (marks > MOST_MARKS)
        continue;

      before = is_invisible (c) ? before : c;
      if (is_line_end (c) || c == '\t' || g_unichar_isspace (c))
        {
          space = TRUE;
          lines += is_line_end (c);
        }
      else if (!is_invisible (c))
        {
          if (out->len > 0 && keep_lines && lines > 0)
            g_string_append (out, lines > 1 ? "\n\n" : "\n");
          else if (out->len > 0 && space)
            g_string_append_c (out, ' ');

          g_string_append_unichar (out, c);
          space = FALSE;
          lines = 0;
        }
    }

  return g_string_free_and_steal (out);
}

/**
 * cs_text_fold:
 *
 * @text for comparing: full-width as half-width, without case.
 */
char *
cs_text_fold (const char *text)
{
  g_autofree char *compatible = NULL;
  g_autofree char *folded = NULL;
  char            *again;

  g_return_val_if_fail (text != NULL, NULL);

  if (!(compatible = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC)))
    return g_strdup ("");

  folded = g_utf8_casefold (compatible, -1);
  again = g_utf8_normalize (folded, -1, G_NORMALIZE_NFKC);

  return again;
}

static guint
character_units (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

/**
 * cs_text_units:
 *
 * How wide @text is, counted as the Chinese marketplaces count: a Chinese
 * character is two, a Latin letter one.
 */
guint
cs_text_units (const char *text)
{
  guint units = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    units += character_units (g_utf8_get_char (p));

  return units;
}

/* Opening one reads its rules and dictionary: once for each thread is enough */
static GPrivate word_breaker = G_PRIVATE_INIT ((GDestroyNotify) ubrk_close);

static UBreakIterator *
get_word_breaker (void)
{
  UBreakIterator *breaker = g_private_get (&word_breaker);
  UErrorCode      status = U_ZERO_ERROR;

  if (breaker == NULL)
    {
      breaker = ubrk_open (UBRK_WORD, "zh", NULL, 0, &status);
      if (U_FAILURE (status))
        g_error ("The rules for finding words are missing from ICU: %s", u_errorName (status));

      g_private_set (&word_breaker, breaker);
    }

  return breaker;
}

static GArray *
split (const char *text,
       gboolean    words_only)
{
  GArray         *spans = g_array_new (FALSE, FALSE, sizeof (CsSpan));
  UBreakIterator *breaker = get_word_breaker ();
  UErrorCode      status = U_ZERO_ERROR;
  UText           utext = UTEXT_INITIALIZER;

  utext_openUTF8 (&utext, text, -1, &status);
  ubrk_setUText (breaker, &utext, &status);

  if (U_SUCCESS (status))
    {
      int32_t start = ubrk_first (breaker);

      for (int32_t end = ubrk_next (breaker); end != UBRK_DONE; end = ubrk_next (breaker))
        {
          CsSpan span = { start, end };

          if (!words_only || ubrk_getRuleStatus (breaker) >= UBRK_WORD_NONE_LIMIT)
            g_array_append_val (spans, span);
          start = end;
        }
    }

  /* The iterator must not go on holding a text that is not ours */
  utext_close (&utext);
  status = U_ZERO_ERROR;
  utext_openUTF8 (&utext, "", 0, &status);
  ubrk_setUText (breaker, &utext, &status);
  utext_close (&utext);

  return spans;
}

GArray *
cs_text_words (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return split (text, TRUE);
}

GArray *
cs_text_segments (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return split (text, FALSE);
}

/* A mark that belongs to the character before it */
static gboolean
continues_character (gunichar c)
{
  return c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x1f3fb && c <= 0x1f3ff) ||
         g_unichar_ismark (c);
}

/**
 * cs_text_ellipsize:
 *
 * At most @max_units of @text, with "…" where something was left out; a Latin
 * word is not cut where there is a space not far back.
 */
char *
cs_text_ellipsize (const char *text,
                   guint       max_units)
{
  guint            units = 0;
  const char      *cut = text;
  const char      *space = NULL;
  g_autofree char *kept = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (cs_text_units (text) <= max_units)
    return g_strdup (text);

  if (max_units == 0)
    return g_strdup ("");

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!continues_character (c) && (p == text || g_utf8_get_char (g_utf8_prev_char (p)) != 0x200d))
        cut = p;
      if (c == ' ')
        space = p;
      units += character_units (c);
      if (units > max_units - 1)
        break;
    }

  if (*cut != ' ' && space != NULL && !cs_text_is_han (g_utf8_get_char (cut)) && (cut - space) * 3 < (cut - text))
    cut = space;

  kept = g_strchomp (g_strndup (text, cut - text));

  return g_strconcat (kept, "…", NULL);
}
