/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-facts.h"

/* File and folder names. "红色竹篮-正面.jpg" says something; "IMG_1234.jpg",
 * "微信图片_20240101.jpg", "新建文件夹 (2)" and "3f2a9c….png" are what a camera or
 * a file manager wrote and say nothing.
 */

static gboolean
is_real_word (const char *word)
{
  gsize    length = strlen (word);
  guint    consonants = 0;
  gboolean vowel = FALSE;

  if (length < 3 || length > 20)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = g_ascii_tolower (word[i]);

      if (!g_ascii_isalpha (c))
        return FALSE;

      if (strchr ("aeiouy", c) != NULL)
        {
          vowel = TRUE;
          consonants = 0;
        }
      else if (++consonants > 4)
        return FALSE;
    }

  /* A hash may be letters only; a keyboard is no word */
  return vowel && strspn (word, "abcdef") != length &&
         strstr ("asdfghjkl qwertyuiop zxcvbnm", word) == NULL;
}

static gboolean
has_digit (const char *word)
{
  return strpbrk (word, "0123456789") != NULL;
}

/* The hyphen of "T-Shirt" and "V-Neck": after one letter, within a known word */
static gboolean
is_hyphen (const char *stem,
           const char *at)
{
  gsize            length = strcspn (at + 1, " _-.");
  g_autofree char *word = NULL;

  if (*at != '-' || at == stem || !g_ascii_isalpha (at[-1]) || (at - stem > 1 && g_ascii_isalnum (at[-2])))
    return FALSE;

  word = g_strndup (at - 1, length + 2);

  return length > 0 && cs_lexicon_find (CS_SCRIPT_LATIN, word) != 0;
}

/* The stem of a file's name, words apart */
static char *
dup_stem (const char *name,
          gboolean    is_file)
{
  char       *stem = cs_text_clean (name, FALSE);
  const char *dot = is_file ? strrchr (stem, '.') : NULL;

  if (dot != NULL && dot > stem && strlen (dot) <= 6)
    stem[dot - stem] = '\0';

  for (char *p = stem; *p != '\0'; p++)
    {
      if (strchr ("_-.+~()[]{},;=@#!", *p) != NULL && !is_hyphen (stem, p))
        *p = ' ';
    }

  return stem;
}

static gboolean
is_camera_han (const char *text,
               gsize       length)
{
  g_autofree char *word = g_strndup (text, length);

  return cs_lexicon_contains (CS_SCRIPT_HAN, CS_WORDS_CAMERA, word);
}

/* Blanks the longest camera words in a run of Chinese, and what names a side */
static void
blank_camera_words (CsFacts *self,
                    char    *word,
                    CsPhoto *photo)
{
  gsize length = strlen (word);

  for (gsize at = 0; at < length;)
    {
      gsize       step = g_utf8_next_char (word + at) - (word + at);
      gsize       taken = 0;
      const char *view = NULL;

      for (gsize end = length; end > at && taken == 0; end = g_utf8_prev_char (word + end) - word)
        {
          g_autofree char *slice = g_strndup (word + at, end - at);

          view = cs_lexicon_view (CS_SCRIPT_HAN, slice);
          if (view != NULL || is_camera_han (word + at, end - at))
            {
              taken = end - at;
              if (view != NULL && photo != NULL && cs_lexicon_view (self->script, slice) != NULL)
                {
                  CsTerm *term = cs_facts_add (self, CS_FACT_FILE, CS_ROLE_VIEW, slice);

                  term->where = g_strdup (photo->name);
                  term->photo = photo->id;
                  term->word = cs_lexicon_view (self->script, slice);
                }
            }
        }

      if (taken > 0)
        memset (word + at, ' ', taken);
      at += taken > 0 ? taken : step;
    }
}

/* "t shirt": a letter that makes a known word with the next one */
static gboolean
begins_known (char **words,
              guint  i)
{
  g_autofree char *both = words[i + 1] != NULL ? g_strdup_printf ("%s %s", words[i], words[i + 1]) : NULL;

  return both != NULL && strlen (words[i]) == 1 && cs_lexicon_find (CS_SCRIPT_LATIN, both) != 0;
}

/* What cameras and file managers write. Some of it is also part of what things
 * are called: "apple juice", "night light", "large basket"; that counts only
 * with other words beside it.
 */
static gboolean
is_camera_latin (char **words,
                 guint  i)
{
  if (cs_lexicon_contains (CS_SCRIPT_LATIN, CS_WORDS_CAMERA, words[i]))
    return TRUE;

  if (!cs_lexicon_contains (CS_SCRIPT_LATIN, CS_WORDS_CAMERA_ALONE, words[i]))
    return FALSE;

  for (guint j = 0; words[j] != NULL; j++)
    {
      if (is_real_word (words[j]) && !cs_lexicon_contains (CS_SCRIPT_LATIN, CS_WORDS_CAMERA, words[j]) &&
          !cs_lexicon_contains (CS_SCRIPT_LATIN, CS_WORDS_CAMERA_ALONE, words[j]))
        return FALSE;
    }

  return TRUE;
}

/* What is left of a name when all that is not the seller's is taken away */
static char *
dup_meaning (CsFacts    *self,
             const char *name,
             CsPhoto    *photo)
{
  g_autofree char *stem = dup_stem (name, photo != NULL);
  g_auto (GStrv) words = g_strsplit (stem, " ", -1);
  g_autoptr (GString) out = g_string_new (NULL);
  CsScript script = cs_text_script (stem);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char    *word = words[i];
      gboolean latin = cs_text_script (word) == CS_SCRIPT_LATIN;

      if (*word == '\0' || is_camera_latin (words, i))
        continue;

      if (latin)
        {
          const char *view = cs_lexicon_view (self->script, word);

          if (view != NULL && photo != NULL)
            {
              CsTerm *term = cs_facts_add (self, CS_FACT_FILE, CS_ROLE_VIEW, word);

              term->where = g_strdup (photo->name);
              term->photo = photo->id;
              term->word = view;
            }
          if (view != NULL || cs_lexicon_view (CS_SCRIPT_LATIN, word) != NULL || has_digit (word) ||
              (cs_lexicon_find (CS_SCRIPT_LATIN, word) == 0 && !is_real_word (word) && !begins_known (words, i)))
            continue;
        }
      else
        {
          blank_camera_words (self, word, photo);
          /* Numbers that a file manager puts behind a name: 竹篮2, 竹篮 (3) */
          for (gsize n = strlen (word); n > 0 && (g_ascii_isdigit (word[n - 1]) || word[n - 1] == ' '); n--)
            word[n - 1] = '\0';
          g_strstrip (word);
          if (*word == '\0' || (g_utf8_strlen (word, -1) < 2 && cs_lexicon_find (CS_SCRIPT_HAN, word) == 0))
            continue;
        }

      /* One language: the other's words are not read by the same rules */
      if (latin != (script == CS_SCRIPT_LATIN))
        continue;

      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", word);
    }

  return g_strdup (out->str);
}

/* Two words that somebody wrote, though none is known: "Alpro Blueberry
 * Soyghurt", "月光宝盒"; not "YES", "HDR Pro" or "DXO"
 */
static gboolean
has_two_words (const char *meaning)
{
  g_auto (GStrv) words = g_strsplit (meaning, " ", -1);
  guint n = 0;

  if (cs_text_script (meaning) == CS_SCRIPT_HAN)
    return g_utf8_strlen (meaning, -1) >= 4;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *shouted = g_utf8_strup (words[i], -1);

      n += is_real_word (words[i]) && strcmp (words[i], shouted) != 0 &&
           (cs_lexicon_find (CS_SCRIPT_LATIN, words[i]) & CS_ROLE_BIT (CS_ROLE_HOT)) == 0;
    }

  return n >= 2;
}

static gboolean
has_known_product (GArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      CsToken *token = &g_array_index (tokens, CsToken, i);

      if (token->role == CS_ROLE_PRODUCT && !token->guess)
        return TRUE;
    }

  return FALSE;
}

/* Adds what @name says if it names a thing; @sure: only with a word that is known */
static gboolean
try_name (CsFacts    *self,
          CsFactKind  kind,
          const char *name,
          const char *meaning,
          CsPhoto    *photo,
          gboolean    sure)
{
  g_autoptr (GArray) tokens = NULL;
  guint first = self->terms->len;

  if (*meaning == '\0' || strlen (meaning) > 120 || cs_text_script (meaning) != self->script)
    return FALSE;

  tokens = cs_parse (self->script, meaning, CS_PARSE_NAME);
  if (sure ? !has_known_product (tokens) : !has_two_words (meaning))
    return FALSE;

  /* Of words that are not known, none can be told from the others */
  if (sure || self->script == CS_SCRIPT_HAN)
    cs_facts_add_text (self, kind, name, meaning, CS_PARSE_NAME);
  else
    {
      CsTerm *term = cs_facts_add (self, kind, CS_ROLE_PRODUCT, meaning);

      term->where = g_strdup (name);
      term->head = term->guess = TRUE;
    }

  for (guint i = first; i < self->terms->len; i++)
    {
      CsTerm *term = self->terms->pdata[i];

      term->start = term->end = 0;
      term->photo = photo != NULL ? photo->id : 0;
    }

  return cs_facts_has (self, CS_ROLE_PRODUCT);
}

/**
 * cs_facts_add_names:
 *
 * Which side a photo shows is always taken from its name; what the thing is
 * only where nothing else says it.
 */
void
cs_facts_add_names (CsFacts         *self,
                    CsEngineRequest *request)
{
  g_autoptr (GPtrArray) meanings = g_ptr_array_new_with_free_func (g_free);
  gboolean found = cs_facts_has (self, CS_ROLE_PRODUCT);

  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsPhoto *photo = ((CsEnginePhoto *) request->photos->pdata[i])->photo;

      g_ptr_array_add (meanings, dup_meaning (self, photo->name != NULL ? photo->name : "", photo));
    }

  for (guint pass = 0; pass < 2 && !found; pass++)
    {
      for (guint i = 0; i < meanings->len && !found; i++)
        {
          CsPhoto         *photo = ((CsEnginePhoto *) request->photos->pdata[i])->photo;
          g_autofree char *folder = dup_meaning (self, photo->folder != NULL ? photo->folder : "", NULL);

          found = try_name (self, CS_FACT_FILE, photo->name, meanings->pdata[i], photo, pass == 0) ||
                  try_name (self, CS_FACT_FOLDER, photo->folder, folder, NULL, pass == 0);
        }
    }
}
