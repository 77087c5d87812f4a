/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-compose.h"

static gboolean
is_small_word (const char *word)
{
  static const char *const small[] = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "but",
    "by",
    "for",
    "from",
    "in",
    "nor",
    "of",
    "on",
    "or",
    "per",
    "the",
    "to",
    "via",
    "with",
    "w/",
    "x",
    NULL,
  };

  return g_strv_contains (small, word);
}

/* Has a spelling of its own: iPhone, USB-C, 28cm, IKEA */
static gboolean
has_own_spelling (const char *word)
{
  gboolean all_upper = TRUE;
  gboolean inner_upper = FALSE;
  guint    letters = 0;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        return TRUE;
      if (!g_unichar_isalpha (c))
        continue;

      letters++;
      all_upper = all_upper && g_unichar_isupper (c);
      inner_upper = inner_upper || (letters > 1 && g_unichar_isupper (c));
    }

  /* A word that the lexicon knows is only shouted */
  if (letters > 2 && all_upper && strchr (word, '-') == NULL && strcmp (word, "RGB") != 0 &&
      (cs_lexicon_find (CS_SCRIPT_LATIN, word) & ~CS_ROLE_BIT (CS_ROLE_PLACE)) != 0)
    return FALSE;

  /* The V of a V neck */
  return inner_upper || (letters == 1 && all_upper && strcmp (word, "A") != 0);
}

static char *
capitalize (const char *word)
{
  GString *out = g_string_new (NULL);
  gboolean begin = TRUE;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (out, begin ? g_unichar_toupper (c) : g_unichar_tolower (c));
      begin = c == '-' || c == '/' || (begin && !g_unichar_isalpha (c));
    }

  return g_string_free_and_steal (out);
}

static gboolean
is_unit (const char *word)
{
  static const char *const units[] = {
    "cm",
    "mm",
    "m",
    "km",
    "in",
    "ft",
    "g",
    "kg",
    "mg",
    "oz",
    "lb",
    "lbs",
    "ml",
    "cl",
    "l",
    "w",
    "v",
    "a",
    "mah",
    "wh",
    "hz",
    "khz",
    "gb",
    "tb",
    "mb",
    NULL,
  };
  g_autofree char *lower = g_ascii_strdown (word, -1);

  return g_strv_contains (units, lower);
}

/* Is the word at @index the unit of the number before it? */
static gboolean
is_measure (char **words,
            guint  index)
{
  return index > 0 && is_unit (words[index]) && strpbrk (words[index - 1], "0123456789") != NULL;
}

/**
 * cs_compose_title_case:
 *
 * English title case. Only case changes, never a letter.
 */
char *
cs_compose_title_case (const char *text,
                       gboolean    first)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *lower = g_utf8_strdown (words[i], -1);
      g_autofree char *word = NULL;

      if (has_own_spelling (words[i]) || is_measure (words, i))
        word = g_strdup (words[i]);
      else if (is_small_word (lower) && !(first && i == 0))
        word = g_strdup (lower);
      else
        word = capitalize (words[i]);

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", word);
    }

  return g_string_free_and_steal (out);
}

/* Every word of @text in lower case, but for those with a spelling of their own */
char *
cs_compose_lower_case (CsFacts *facts,
                       CsTerm  *term)
{
  g_auto (GStrv) words = g_strsplit (cs_term_get_shown (term), " ", -1);

  gboolean known = cs_lexicon_find (CS_SCRIPT_LATIN, cs_term_get_shown (term)) != 0;

  if (facts->script == CS_SCRIPT_HAN || term->role == CS_ROLE_PLACE || term->role == CS_ROLE_BRAND || term->role == CS_ROLE_OTHER)
    return g_strdup (cs_term_get_shown (term));

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!has_own_spelling (words[i]) && (known || cs_lexicon_find (CS_SCRIPT_LATIN, words[i]) != 0))
        {
          g_autofree char *word = g_steal_pointer (&words[i]);

          words[i] = g_utf8_strdown (word, -1);
        }
    }

  return g_strjoinv (" ", words);
}

/* The same behind a label: for women, not for women's */
char *
cs_compose_listed (CsFacts *facts,
                   CsTerm  *term)
{
  char *lower = cs_compose_lower_case (facts, term);
  gsize length = strlen (lower);

  if (term->role != CS_ROLE_AUDIENCE || facts->script == CS_SCRIPT_HAN)
    return lower;

  if (g_str_has_suffix (lower, "'s"))
    lower[length - 2] = '\0';
  else if (g_str_has_suffix (lower, "s'") || g_str_has_suffix (lower, "mens"))
    lower[length - 1] = '\0';

  return lower;
}

void
cs_compose_capitalized (CsTextDraft *draft,
                        CsFacts     *facts,
                        CsTerm      *term)
{
  const char *shown = cs_term_get_shown (term);
  g_auto (GStrv) words = g_strsplit (shown, " ", 2);
  g_autoptr (GString) out = g_string_new (NULL);

  if (facts->script == CS_SCRIPT_HAN || *shown == '\0' || has_own_spelling (words[0]))
    {
      cs_text_draft_term (draft, term, shown);
      return;
    }

  g_string_append_unichar (out, g_unichar_toupper (g_utf8_get_char (shown)));
  g_string_append (out, g_utf8_next_char (shown));
  cs_text_draft_term (draft, term, out->str);
}

/* Does a space part it at the source from what is written before it? */
static gboolean
stands_apart (CsTextDraft *draft,
              CsTerm      *term)
{
  CsTerm *before = draft->said->len > 0 ? draft->said->pdata[draft->said->len - 1] : NULL;

  return before != NULL && before->kind == term->kind && term->spaced && before->end > 0 && before->end + 1 == term->start;
}

static gboolean
wants_space (CsTextDraft *draft,
             CsTerm      *term,
             CsScript     script)
{
  gunichar before;
  gunichar next = g_utf8_get_char (term->text);

  if (draft->text->len == 0)
    return FALSE;

  before = g_utf8_get_char (g_utf8_prev_char (draft->text->str + draft->text->len));
  if (before == ' ' || before == '\n')
    return FALSE;

  if (script == CS_SCRIPT_LATIN)
    return TRUE;

  /* "透明 iPhone 手机壳", but "纯棉T恤" */
  if (cs_text_is_han (before) && g_ascii_isalnum (term->text[0]) && g_ascii_isalnum (term->text[1]) && !g_ascii_isdigit (term->text[0]))
    return TRUE;

  if (!g_unichar_isalnum (before) || !g_unichar_isalnum (next) || (cs_text_is_han (before) && cs_text_is_han (next)))
    return FALSE;

  return stands_apart (draft, term) || (!cs_text_is_han (before) && !cs_text_is_han (next));
}

/**
 * cs_compose_name:
 * @name: (element-type CsTerm)
 *
 * Writes the terms of a name one after the other, each a phrase of its own.
 */
void
cs_compose_name (CsTextDraft *draft,
                 CsFacts     *facts,
                 GPtrArray   *name,
                 CsCase       letters)
{
  for (guint i = 0; i < name->len; i++)
    {
      CsTerm          *term = name->pdata[i];
      g_autofree char *cased = NULL;

      if (wants_space (draft, term, facts->script))
        cs_text_draft_glue (draft, " ");

      if (facts->script == CS_SCRIPT_LATIN && letters == CS_CASE_TITLE)
        cased = cs_compose_title_case (cs_term_get_shown (term), draft->text->len == 0);
      else if (letters == CS_CASE_LOWER)
        cased = cs_compose_lower_case (facts, term);

      cs_text_draft_term (draft, term, cased != NULL ? cased : cs_term_get_shown (term));
    }
}

/**
 * cs_compose_find_photo_colour:
 *
 * Returns: (nullable): the colour that at least half of the photos with a colour
 *   show, so that one odd photo does not colour the product
 */
CsTerm *
cs_compose_find_photo_colour (CsFacts *facts)
{
  CsTerm *best = NULL;
  guint   most = 0;
  guint   all = 0;

  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *term = facts->terms->pdata[i];
      guint   n = 0;

      if (term->kind != CS_FACT_COLOUR)
        continue;

      all++;
      for (guint j = 0; j < facts->terms->len; j++)
        {
          CsTerm *other = facts->terms->pdata[j];

          n += other->kind == CS_FACT_COLOUR && g_strcmp0 (other->word, term->word) == 0;
        }

      if (n > most)
        {
          most = n;
          best = term;
        }
    }

  return most * 2 > all || all == 1 ? best : NULL;
}

gboolean
cs_compose_names_material (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (cs_lexicon_find (CS_SCRIPT_LATIN, words[i]) & CS_ROLE_BIT (CS_ROLE_MATERIAL))
        return TRUE;
    }

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      guint mask = 0;

      if (cs_text_is_han (g_utf8_get_char (p)) && cs_lexicon_match (p, p + strlen (p), &mask) > 0 &&
          (mask & CS_ROLE_BIT (CS_ROLE_MATERIAL)))
        return TRUE;
    }

  return FALSE;
}

/* Is what @term says also said by another material, with more words? */
static gboolean
is_said_better (CsFacts *facts,
                CsTerm  *term)
{
  for (guint i = 0; i < facts->terms->len; i++)
    {
      CsTerm *other = facts->terms->pdata[i];
      g_autoptr (GPtrArray) one = g_ptr_array_new ();

      if (other == term || other->role != CS_ROLE_MATERIAL || strlen (other->text) <= strlen (term->text))
        continue;

      g_ptr_array_add (one, other);
      if (cs_facts_is_said (one, term->text))
        return TRUE;
    }

  return FALSE;
}

/* The first that is said outright, else one picked out of a sentence */
static CsTerm *
find_material (CsFacts   *facts,
               GPtrArray *name)
{
  for (guint quoted = 0; quoted < 2; quoted++)
    {
      for (guint i = 0; i < facts->terms->len; i++)
        {
          CsTerm *term = facts->terms->pdata[i];

          if (term->role == CS_ROLE_MATERIAL && !term->head && term->quoted == (gboolean) quoted &&
              !is_said_better (facts, term) && !cs_facts_is_said (name, term->text))
            return term;
        }
    }

  return NULL;
}

/* Keeps @material from being the only one: another, or a part of something else.
 * One in its own field only says again what is said elsewhere.
 */
static gboolean
competes (CsFacts *facts,
          CsTerm  *material,
          CsTerm  *term)
{
  if (term == material || term->head || term->kind == CS_FACT_FIELD ||
      (term->role != CS_ROLE_MATERIAL && term->role != CS_ROLE_FEATURE && term->role != CS_ROLE_OTHER) ||
      (term->role == CS_ROLE_MATERIAL && is_said_better (facts, term)))
    return FALSE;

  /* "檀木柄" beside "真丝" is a part of it, not what it is made of */
  if (facts->script == CS_SCRIPT_HAN && cs_lexicon_find (CS_SCRIPT_HAN, term->text) == 0)
    return FALSE;

  return cs_compose_names_material (term->text);
}

/* The one material that is named, if it is one and the name says none */
static CsTerm *
find_only_material (CsFacts   *facts,
                    GPtrArray *name)
{
  CsTerm *material = find_material (facts, name);

  for (guint i = 0; i < name->len; i++)
    {
      if (cs_compose_names_material (((CsTerm *) name->pdata[i])->text))
        return NULL;
    }

  for (guint i = 0; material != NULL && i < facts->terms->len; i++)
    {
      if (competes (facts, material, facts->terms->pdata[i]))
        return NULL;
    }

  return material;
}

/* The name, with a plain material in front of the noun where it has none */
GPtrArray *
cs_compose_dup_full_name (CsFacts *facts)
{
  GPtrArray *name = cs_facts_dup_name (facts);
  CsTerm    *material = find_only_material (facts, name);
  guint      noun = 0;

  while (noun < name->len && ((CsTerm *) name->pdata[noun])->role != CS_ROLE_PRODUCT)
    noun++;

  if (noun < name->len && material != NULL && material->kind != CS_FACT_TEXT && cs_lexicon_find (facts->script, material->text) != 0)
    g_ptr_array_insert (name, noun, material);

  return name;
}

const char *
cs_compose_size_label (CsTerm *term)
{
  if (g_regex_match_simple ("^(?:[2-6]?X*[SL]|M|均|EU|US|UK|eu|us|uk|[0-9]{1,2}(?:\\.5)?[-–~～]?[0-9]{0,2}码)(?![a-z])", term->text, 0, 0))
    return "尺码：";

  if (g_regex_match_simple ("cm|mm|inch|in\\b|ft\\b|厘米|毫米|公分|寸|[0-9]\\s*米|径|高|长|宽|圈口|围", term->text, 0, 0))
    return "尺寸：";

  return "规格：";
}
