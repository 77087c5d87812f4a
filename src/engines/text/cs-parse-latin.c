/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-parse.h"

#define MAX_ENTRY_WORDS 4

static GArray *
split_words (const char *text,
             guint       start,
             guint       end)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (CsSpan));
  guint   from = start;

  for (guint at = start; at <= end; at++)
    {
      if (at == end || text[at] == ' ')
        {
          CsSpan word = { from, at };

          if (at > from)
            g_array_append_val (words, word);
          from = at + 1;
        }
    }

  return words;
}

static char *
dup_words (const char *text,
           GArray     *words,
           guint       from,
           guint       to)
{
  CsSpan *first = &g_array_index (words, CsSpan, from);
  CsSpan *last = &g_array_index (words, CsSpan, to - 1);

  return g_strndup (text + first->start, last->end - first->start);
}

/* How many words from @from on are one entry of the lexicon, 0 where none are */
static guint
match_words (const char *text,
             GArray     *words,
             guint       from,
             guint       end,
             guint      *mask)
{
  for (guint n = MIN (MAX_ENTRY_WORDS, end - from); n > 0; n--)
    {
      g_autofree char *key = dup_words (text, words, from, from + n);

      if ((*mask = cs_lexicon_find (CS_SCRIPT_LATIN, key)) != 0)
        return n;
    }

  return 0;
}

static gboolean
is_word (const char *text,
         GArray     *words,
         guint       index,
         const char *word)
{
  CsSpan *span = &g_array_index (words, CsSpan, index);

  return span->end - span->start == strlen (word) &&
         g_ascii_strncasecmp (text + span->start, word, strlen (word)) == 0;
}

static gboolean
is_any_word (const char        *text,
             GArray            *words,
             guint              index,
             const char *const *list)
{
  for (guint i = 0; list[i] != NULL; i++)
    {
      if (is_word (text, words, index, list[i]))
        return TRUE;
    }

  return FALSE;
}

static const char *const prepositions[] = {
  "with",
  "without",
  "for",
  "from",
  "in",
  "by",
  "on",
  "at",
  "to",
  "featuring",
  "includes",
  "including",
  "w/",
  NULL,
};

static const char *const articles[] = { "a", "an", "the", "one", "our", "my", "this", "these", "your", NULL };

typedef struct
{
  guint  from; /* words */
  guint  to;
  CsRole role;
} Piece;

static gboolean
is_capital (const char *text,
            GArray     *words,
            guint       index)
{
  return g_ascii_isupper (text[g_array_index (words, CsSpan, index).start]);
}

/* "Earl Grey": a known word that with the unknown one before it is a name. Where
 * every word has a capital this cannot be told.
 */
static gboolean
is_proper (const char *text,
           GArray     *words,
           guint       index,
           guint       from,
           guint       to)
{
  gboolean lower = FALSE;

  for (guint i = from; i < to; i++)
    lower = lower || g_ascii_islower (text[g_array_index (words, CsSpan, i).start]);

  return lower && is_capital (text, words, index) && is_capital (text, words, index - 1);
}

/* The words from..to as lexicon entries and runs of what is not known */
static GArray *
find_pieces (const char *text,
             GArray     *words,
             guint       from,
             guint       to)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));

  for (guint i = from; i < to;)
    {
      guint  mask = 0;
      guint  n = match_words (text, words, i, to, &mask);
      Piece  piece = { i, i + MAX (n, 1), CS_ROLE_OTHER };
      Piece *last = pieces->len > 0 ? &g_array_index (pieces, Piece, pieces->len - 1) : NULL;

      if (n > 0)
        {
          guint role = 0;

          /* "glass" is a product alone and a material before another noun */
          if ((mask & CS_ROLE_BIT (CS_ROLE_PRODUCT)) && mask != CS_ROLE_BIT (CS_ROLE_PRODUCT) && i + n < to)
            mask &= ~CS_ROLE_BIT (CS_ROLE_PRODUCT);
          while (!(mask & CS_ROLE_BIT (role)))
            role++;
          piece.role = role;
        }

      if (n == 1 && last != NULL && last->role == CS_ROLE_OTHER && is_proper (text, words, i, from, to))
        piece.role = CS_ROLE_OTHER;

      if (last != NULL && last->role == piece.role &&
          (piece.role == CS_ROLE_OTHER || piece.role == CS_ROLE_MATERIAL || piece.role == CS_ROLE_PLACE))
        last->to = piece.to;
      else
        g_array_append_val (pieces, piece);
      i = piece.to;
    }

  return pieces;
}

static void
add_piece (CsParser *self,
           GArray   *words,
           guint     from,
           guint     to,
           CsRole    role)
{
  cs_parser_add (self, g_array_index (words, CsSpan, from).start, g_array_index (words, CsSpan, to - 1).end, role);
}

static gboolean
has_role (const char *text,
          GArray     *words,
          guint       from,
          guint       to,
          CsRole      role)
{
  for (guint i = from; i < to; i++)
    {
      guint mask = 0;

      if (match_words (text, words, i, to, &mask) > 0 && (mask & CS_ROLE_BIT (role)))
        return TRUE;
    }

  return FALSE;
}

/* What begins with a preposition: "with a lid", "for the kitchen", "from Bali" */
static void
add_phrase (CsParser *self,
            GArray   *words,
            guint     from,
            guint     to)
{
  gboolean made = is_word (self->text, words, from, "made") || is_word (self->text, words, from, "crafted");
  guint    object = from + (made ? 2 : 1);
  gboolean of = made && from + 1 < to && (is_word (self->text, words, from + 1, "of") || is_word (self->text, words, from + 1, "from"));
  gboolean place;

  while (object < to && is_any_word (self->text, words, object, articles))
    object++;

  if (object >= to)
    return;

  place = has_role (self->text, words, object, to, CS_ROLE_PLACE);

  if (is_word (self->text, words, from, "for"))
    add_piece (self, words, from, to, CS_ROLE_USE);
  else if (of || (is_word (self->text, words, from, "from") && !place && has_role (self->text, words, object, to, CS_ROLE_MATERIAL)))
    add_piece (self, words, object, to, CS_ROLE_MATERIAL);
  else if (place && to - object <= 3 && (made || is_word (self->text, words, from, "from") || is_word (self->text, words, from, "in")))
    add_piece (self, words, object, to, CS_ROLE_PLACE);
  else if (is_word (self->text, words, from, "in") && to - object <= 3 && has_role (self->text, words, object, to, CS_ROLE_COLOUR))
    add_piece (self, words, object, to, CS_ROLE_COLOUR);
  else
    add_piece (self, words, from, to, CS_ROLE_FEATURE);
}

/* After the last product word of the first run of them; a word or two that are
 * not known and end the clause belong to it ("leather dog collar charm holder")
 */
static guint
find_name_end (GArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      if (g_array_index (pieces, Piece, i).role != CS_ROLE_PRODUCT)
        continue;

      while (i + 1 < pieces->len && g_array_index (pieces, Piece, i + 1).role == CS_ROLE_PRODUCT)
        i++;

      if (i + 2 == pieces->len && g_array_index (pieces, Piece, i + 1).role == CS_ROLE_OTHER &&
          g_array_index (pieces, Piece, i + 1).to - g_array_index (pieces, Piece, i + 1).from <= 2)
        i++;

      return i + 1;
    }

  return 0;
}

static gboolean
is_all_known (GArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      if (g_array_index (pieces, Piece, i).role == CS_ROLE_OTHER)
        return FALSE;
    }

  return TRUE;
}

static void
add_leading (CsParser *self,
             GArray   *words,
             guint     from,
             guint     to)
{
  g_autoptr (GArray) pieces = NULL;
  guint name_end;

  while (from < to && is_any_word (self->text, words, from, articles))
    from++;
  if (from >= to)
    return;

  pieces = find_pieces (self->text, words, from, to);
  name_end = find_name_end (pieces);

  if (name_end > 0 && !self->has_head)
    {
      for (guint i = 0; i < pieces->len; i++)
        {
          Piece *piece = &g_array_index (pieces, Piece, i);
          CsRole role = piece->role;

          /* Its last piece is the noun, known or not */
          if (i + 1 == name_end)
            role = CS_ROLE_PRODUCT;
          else if (i >= name_end && role == CS_ROLE_PRODUCT)
            role = CS_ROLE_ALIAS;
          else if (i >= name_end && role == CS_ROLE_OTHER)
            role = CS_ROLE_FEATURE;

          add_piece (self, words, piece->from, piece->to, role);
          if (cs_parser_last (self) != NULL)
            cs_parser_last (self)->head = i < name_end && role != CS_ROLE_HOT;
        }
      self->has_head = TRUE;
    }
  else if ((self->has_head || (self->flags & CS_PARSE_NAMED)) && (self->flags & CS_PARSE_SENTENCES) && !is_all_known (pieces))
    add_piece (self, words, from, to, CS_ROLE_FEATURE);
  else
    {
      for (guint i = 0; i < pieces->len; i++)
        {
          Piece *piece = &g_array_index (pieces, Piece, i);
          CsRole role = piece->role;

          if (role == CS_ROLE_PRODUCT)
            {
              role = CS_ROLE_ALIAS;
              /* With its modifiers: "woven fruit basket" */
              while (self->tokens->len > 0 && i > 0 &&
                     cs_parser_last (self)->start >= g_array_index (words, CsSpan, from).start &&
                     cs_parser_last (self)->role != CS_ROLE_HOT && cs_parser_last (self)->role != CS_ROLE_ALIAS)
                {
                  piece->from--;
                  while (piece->from > 0 && g_array_index (words, CsSpan, piece->from).start > cs_parser_last (self)->start)
                    piece->from--;
                  g_array_set_size (self->tokens, self->tokens->len - 1);
                }
            }
          add_piece (self, words, piece->from, piece->to, role);
        }
    }
}

static gboolean
begins_phrase (const char *text,
               GArray     *words,
               guint       i)
{
  if ((is_word (text, words, i, "made") || is_word (text, words, i, "crafted")) && i + 1 < words->len)
    return is_word (text, words, i + 1, "of") || is_word (text, words, i + 1, "from") || is_word (text, words, i + 1, "in");

  return is_any_word (text, words, i, prepositions);
}

static gboolean
keeps_together (const char *text,
                GArray     *words)
{
  if (words->len == 0 || begins_phrase (text, words, 0))
    return FALSE;

  for (guint i = 1; i < words->len; i++)
    {
      if (begins_phrase (text, words, i))
        return TRUE;
    }

  return FALSE;
}

void
cs_parse_clause_latin (CsParser *self,
                       guint     start,
                       guint     end)
{
  g_autoptr (GArray) words = split_words (self->text, start, end);
  guint    from = 0;
  gboolean phrase = FALSE;

  /* "oiled with food-safe oil" beside the name is one thing to say */
  if ((self->has_head || (self->flags & CS_PARSE_NAMED)) && (self->flags & CS_PARSE_SENTENCES) && keeps_together (self->text, words))
    {
      guint  mask = 0;
      CsRole role = match_words (self->text, words, 0, words->len, &mask) > 0 && (mask & CS_ROLE_BIT (CS_ROLE_CRAFT)) ? CS_ROLE_CRAFT : CS_ROLE_FEATURE;

      add_piece (self, words, 0, words->len, role);
      return;
    }

  for (guint i = 0; i <= words->len; i++)
    {
      if (i < words->len && !(begins_phrase (self->text, words, i) && !(phrase && i == from + 1)))
        continue;

      if (i > from && phrase)
        add_phrase (self, words, from, i);
      else if (i > from)
        add_leading (self, words, from, i);

      from = i;
      phrase = TRUE;
    }
}

gboolean
cs_parse_is_sentence_latin (const char *text,
                            guint       start,
                            guint       end)
{
  g_autoptr (GArray) words = split_words (text, start, end);

  if (words->len < 3)
    return FALSE;

  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *word = dup_words (text, words, i, i + 1);
      gsize            length = strlen (word);

      while (length > 0 && !g_ascii_isalnum (word[length - 1]) && (guchar) word[length - 1] < 0x80)
        word[--length] = '\0';

      if (cs_lexicon_contains (CS_SCRIPT_LATIN, CS_WORDS_SENTENCE, word))
        return TRUE;
    }

  return FALSE;
}

/* The first word after which nothing is said outright, or the number of words */
static guint
find_qualifier (const char *text,
                GArray     *words)
{
  static const char *const signs[] = {
    "not",
    "no",
    "never",
    "without",
    "like",
    "than",
    "instead",
    "faux",
    "imitation",
    "or",
    "unlike",
    "if",
    "free",
    "looks",
    "ignore",
    NULL,
  };

  for (guint i = 0; i < words->len; i++)
    {
      CsSpan *span = &g_array_index (words, CsSpan, i);

      if (is_any_word (text, words, i, signs) ||
          g_strstr_len (text + span->start, span->end - span->start, "n't") != NULL ||
          g_strstr_len (text + span->start, span->end - span->start, "n\u2019t") != NULL)
        return i;
    }

  return words->len;
}

static void
harvest_clause (CsParser *self,
                guint     start,
                guint     end)
{
  g_autoptr (GArray) words = split_words (self->text, start, end);
  g_autoptr (GArray) pieces = NULL;

  g_array_set_size (words, find_qualifier (self->text, words));
  if (words->len == 0)
    return;

  pieces = find_pieces (self->text, words, 0, words->len);
  for (guint i = 0; i < pieces->len; i++)
    {
      Piece *piece = &g_array_index (pieces, Piece, i);

      if (piece->role == CS_ROLE_PRODUCT && !self->has_head)
        {
          guint from = i;

          while (from > 0 && g_array_index (pieces, Piece, from - 1).role <= CS_ROLE_SEASON)
            from--;
          for (guint j = from; j <= i; j++)
            {
              Piece *part = &g_array_index (pieces, Piece, j);

              add_piece (self, words, part->from, part->to, part->role);
              if (cs_parser_last (self) != NULL)
                cs_parser_last (self)->head = TRUE;
            }
          self->has_head = TRUE;
        }
      else if ((piece->role == CS_ROLE_MATERIAL || piece->role == CS_ROLE_COLOUR) &&
               (self->has_head || i + 1 == pieces->len || g_array_index (pieces, Piece, i + 1).role > CS_ROLE_SEASON))
        add_piece (self, words, piece->from, piece->to, piece->role);
    }
}

void
cs_parse_harvest_latin (CsParser *self,
                        guint     start,
                        guint     end)
{
  guint from = start;

  for (const char *p = self->text + start; p < self->text + end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (cs_parser_is_separator (self, p, c) || c == '.')
        {
          harvest_clause (self, from, p - self->text);
          from = g_utf8_next_char (p) - self->text;
        }
    }

  harvest_clause (self, from, end);
}
