/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-parse.h"

/* A word that is not in the lexicon and ends with one of these names a thing */
static const char product_endings[] = "枣篮篓筐杯碗盘碟壶瓶罐锅刀勺裙裤衣衫鞋靴帽包袋巾毯垫被枕链镯戒坠簪钗扇灯桌椅凳柜架盒箱笔本册贴画钟表机器仪壳膜茶酒酱糖饼糕面粉油蜜肉皂霜膏琴鼓笛箫车伞镜梳刷皿盏盅钵缸炉盆窝";

static gboolean *
find_boundaries (const char *text,
                 guint       start,
                 guint       end)
{
  g_autofree char *clause = g_strndup (text + start, end - start);
  g_autoptr (GArray) segments = cs_text_segments (clause);
  gboolean *at = g_new0 (gboolean, end - start + 1);

  at[0] = TRUE;
  for (guint i = 0; i < segments->len; i++)
    at[g_array_index (segments, CsSpan, i).end] = TRUE;

  return at;
}

/* A lexicon entry inside another word is no match: a single character must be a
 * word of its own, a longer one at least begin or end where a word does
 */
static gboolean
fits (const char     *text,
      const gboolean *boundaries,
      guint           at,
      guint           length,
      gboolean        after_known)
{
  if (g_utf8_strlen (text, length) == 1)
    return (boundaries[at] || after_known) && boundaries[at + length];

  return boundaries[at] || boundaries[at + length] || after_known;
}

static CsRole
pick_role (guint mask)
{
  for (guint i = 0; i < CS_N_LEXICON_ROLES; i++)
    {
      if (mask & CS_ROLE_BIT (i))
        return i;
    }

  return CS_ROLE_OTHER;
}

/* Is it a piece that says nothing alone: one character that is not known? */
static gboolean
is_scrap (const char    *text,
          const CsToken *token)
{
  return token->role == CS_ROLE_OTHER &&
         g_utf8_strlen (text + token->start, token->end - token->start) == 1 &&
         cs_text_is_han (g_utf8_get_char (text + token->start));
}

static void
append (GArray     *tokens,
        const char *text,
        guint       start,
        guint       end,
        CsRole      role)
{
  CsToken *last = tokens->len > 0 ? &g_array_index (tokens, CsToken, tokens->len - 1) : NULL;
  CsToken  token = { .start = start, .end = end, .role = role };

  /* Two single characters of which one is not known are one unknown word */
  if (last != NULL && last->end == start && last->role == CS_ROLE_OTHER && role != CS_ROLE_PRODUCT &&
      g_utf8_strlen (text + start, end - start) == 1 && g_utf8_strlen (text + last->start, last->end - last->start) == 1)
    role = CS_ROLE_OTHER;

  if (last != NULL && last->end == start && last->role == role && (role == CS_ROLE_OTHER || role == CS_ROLE_PLACE))
    last->end = end;
  else
    g_array_append_val (tokens, token);
}

/* A single unknown character ("的", "款") goes with the word before it */
static void
merge_scraps (GArray     *tokens,
              const char *text)
{
  for (guint i = 1; i < tokens->len;)
    {
      CsToken *token = &g_array_index (tokens, CsToken, i);

      if (is_scrap (text, token) && token[-1].end == token->start && token[-1].role != CS_ROLE_HOT)
        {
          token[-1].end = token->end;
          g_array_remove_index (tokens, i);
        }
      else
        i++;
    }

  if (tokens->len > 1)
    {
      CsToken *first = &g_array_index (tokens, CsToken, 0);

      if (is_scrap (text, first) && first->end == first[1].start && first[1].role != CS_ROLE_HOT)
        {
          first[1].start = first->start;
          g_array_remove_index (tokens, 0);
        }
    }
}

/* "改良连衣裙" after the name: an unknown word right before a noun is part of it */
static void
join_nouns (GArray *tokens,
            guint   from)
{
  for (guint i = from; i + 1 < tokens->len; i++)
    {
      CsToken *token = &g_array_index (tokens, CsToken, i);

      if (token->role == CS_ROLE_OTHER && token[1].role == CS_ROLE_PRODUCT && token->end == token[1].start &&
          token->end - token->start <= 12)
        {
          token->end = token[1].end;
          token->role = CS_ROLE_PRODUCT;
          g_array_remove_index (tokens, i + 1);
        }
    }
}

static GArray *
tokenize (const char *text,
          guint       start,
          guint       end)
{
  GArray              *tokens = g_array_new (FALSE, TRUE, sizeof (CsToken));
  g_autofree gboolean *boundaries = find_boundaries (text, start, end);
  gboolean             known = TRUE;

  for (guint at = start; at < end;)
    {
      guint mask;
      guint length = cs_lexicon_match (text + at, text + end, &mask);

      while (length > 0 && !fits (text + at, boundaries, at - start, length, known))
        {
          const char *shorter = g_utf8_prev_char (text + at + length);

          length = shorter > text + at ? cs_lexicon_match (text + at, shorter, &mask) : 0;
        }

      known = length > 0;
      if (!known)
        length = g_utf8_next_char (text + at) - (text + at);

      append (tokens, text, at, at + length, known ? pick_role (mask) : CS_ROLE_OTHER);
      at += length;
    }

  merge_scraps (tokens, text);

  return tokens;
}

static gboolean
names_thing (const char    *text,
             const CsToken *token)
{
  const char      *last = g_utf8_prev_char (text + token->end);
  g_autofree char *character = g_strndup (last, text + token->end - last);

  return token->role == CS_ROLE_OTHER && cs_text_is_han (g_utf8_get_char (last)) &&
         strstr (product_endings, character) != NULL &&
         g_utf8_strlen (text + token->start, token->end - token->start) >= 2;
}

/* The index after the thing's name, 0 where the clause has none: up to the last
 * product word of the first run of them
 */
static guint
find_name_end (const char *text,
               GArray     *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      CsToken *token = &g_array_index (tokens, CsToken, i);

      if (names_thing (text, token))
        token->role = CS_ROLE_PRODUCT;

      if (token->role == CS_ROLE_PRODUCT)
        {
          /* "竹编茶盘茶具": a name of two things; "茶盘 手工": not */
          while (i + 1 < tokens->len && g_array_index (tokens, CsToken, i + 1).role == CS_ROLE_PRODUCT)
            i++;
          /* "真丝围巾披肩", "毛线编织帽": the noun may come last */
          for (guint j = i + 1; j < tokens->len; j++)
            {
              CsRole role = g_array_index (tokens, CsToken, j).role;

              if (role == CS_ROLE_PRODUCT)
                return j + 1;
              if (role != CS_ROLE_CRAFT && role != CS_ROLE_MATERIAL && role != CS_ROLE_OTHER)
                break;
            }
          return i + 1;
        }
    }

  return 0;
}

/* A short run of which a part is not known is one thing to say ("原矿紫泥",
 * "檀木柄", "中度烘焙"), not the pieces of it that are known
 */
static void
join_phrase (CsParser *self,
             GArray   *tokens,
             guint     from)
{
  gboolean unknown = FALSE;
  guint    n_characters = 0;
  CsToken *first;
  CsToken *last;

  if (tokens->len < from + 2)
    return;

  for (guint i = from; i < tokens->len; i++)
    {
      CsToken *token = &g_array_index (tokens, CsToken, i);

      if (token->role == CS_ROLE_HOT)
        return;
      unknown = unknown || token->role == CS_ROLE_OTHER;
      n_characters += g_utf8_strlen (self->text + token->start, token->end - token->start);
    }

  if (!unknown || n_characters > 8)
    return;

  first = &g_array_index (tokens, CsToken, from);
  last = &g_array_index (tokens, CsToken, tokens->len - 1);
  first->end = last->end;
  if (last->role == CS_ROLE_PRODUCT)
    first->role = CS_ROLE_PRODUCT;
  else if (last->role != CS_ROLE_MATERIAL && last->role != CS_ROLE_CRAFT && last->role != CS_ROLE_COLOUR && last->role != CS_ROLE_PATTERN)
    first->role = last->role == CS_ROLE_FEATURE ? CS_ROLE_FEATURE : CS_ROLE_OTHER;
  else
    first->role = last->role;
  g_array_set_size (tokens, from + 1);
}

/* "男T恤" after "T恤": only what it adds is new */
static gboolean
repeats_noun (CsParser *self,
              CsToken  *noun)
{
  for (guint i = 0; i < self->tokens->len; i++)
    {
      CsToken *token = &g_array_index (self->tokens, CsToken, i);

      if (token->head && token->role == CS_ROLE_PRODUCT && token->end - token->start == noun->end - noun->start &&
          memcmp (self->text + token->start, self->text + noun->start, noun->end - noun->start) == 0)
        return TRUE;
    }

  return FALSE;
}

void
cs_parse_clause_han (CsParser *self,
                     guint     start,
                     guint     end)
{
  g_autoptr (GArray) tokens = tokenize (self->text, start, end);
  guint    name_end = find_name_end (self->text, tokens);
  guint    with = cs_lexicon_match_with (self->text + start, self->text + end);
  CsToken *first = &g_array_index (tokens, CsToken, 0);

  if (with > 0 && first->role != CS_ROLE_HOT && (first->role == CS_ROLE_OTHER || first->end - start <= with) &&
      (self->has_head || name_end != tokens->len))
    {
      const char *word = self->text + start;
      gboolean    use = g_str_has_prefix (word, "适") || g_str_has_prefix (word, "用于") || g_str_has_prefix (word, "可用于");

      cs_parser_add (self, start, end, use ? CS_ROLE_USE : CS_ROLE_FEATURE);
      return;
    }

  if (name_end > 0 && !self->has_head)
    join_nouns (tokens, name_end);
  if (name_end == 0 || self->has_head)
    join_phrase (self, tokens, 0);
  else
    join_phrase (self, tokens, name_end);

  for (guint i = 0; i < tokens->len; i++)
    {
      CsToken *token = &g_array_index (tokens, CsToken, i);
      CsRole   role = token->role;

      if (role == CS_ROLE_PRODUCT && (self->has_head || i >= name_end))
        role = CS_ROLE_ALIAS;

      cs_parser_add (self, token->start, token->end, role);
      if (cs_parser_last (self) != NULL)
        cs_parser_last (self)->head = !self->has_head && i < name_end && role != CS_ROLE_HOT;
    }

  if (name_end > 0 && !self->has_head)
    self->has_head = TRUE;
  else if (name_end > 0 && repeats_noun (self, &g_array_index (tokens, CsToken, name_end - 1)))
    return;
  else if (name_end > 0 && tokens->len > 1 && name_end <= tokens->len)
    {
      /* Another name with its own modifiers: one piece, as it stands */
      gboolean plain = TRUE;

      for (guint i = 0; i < name_end; i++)
        plain = plain && g_array_index (tokens, CsToken, i).role != CS_ROLE_HOT;

      if (plain && self->tokens->len >= tokens->len)
        {
          guint from = self->tokens->len - tokens->len;

          g_array_index (self->tokens, CsToken, from).end = g_array_index (tokens, CsToken, name_end - 1).end;
          g_array_index (self->tokens, CsToken, from).role = CS_ROLE_ALIAS;
          if (name_end > 1)
            g_array_remove_range (self->tokens, from + 1, name_end - 1);
        }
    }
}

static guint
count_han (const char *text,
           guint       start,
           guint       end)
{
  guint n = 0;

  for (const char *p = text + start; p < text + end; p = g_utf8_next_char (p))
    n += cs_text_is_han (g_utf8_get_char (p));

  return n;
}

static gboolean
ends_with_known (const char *text,
                 guint       start,
                 guint       end)
{
  g_autoptr (GArray) tokens = tokenize (text, start, end);

  return tokens->len > 0 && g_array_index (tokens, CsToken, tokens->len - 1).role != CS_ROLE_OTHER;
}

gboolean
cs_parse_is_sentence_han (const char *text,
                          guint       start,
                          guint       end)
{
  g_autofree char *clause = g_strndup (text + start, end - start);
  g_autoptr (GArray) words = cs_text_words (clause);
  guint n_han = count_han (text, start, end);

  if (n_han < 3)
    return FALSE;

  /* English in a Chinese note that reads like a sentence is one, too */
  if (n_han * 5 < end - start - n_han * 3 && cs_parse_is_sentence_latin (text, start, end))
    return TRUE;

  for (guint i = 0; i < words->len; i++)
    {
      CsSpan          *span = &g_array_index (words, CsSpan, i);
      g_autofree char *word = g_strndup (clause + span->start, span->end - span->start);

      if (cs_lexicon_contains (CS_SCRIPT_HAN, CS_WORDS_SENTENCE, word))
        return TRUE;
    }

  if (n_han >= 4 && g_str_has_suffix (clause, "的") && !ends_with_known (text, start, end - strlen ("的")))
    return TRUE;

  /* A long run with no space in it and little that is known */
  if (n_han > 14 && strchr (clause, ' ') == NULL)
    {
      g_autoptr (GArray) tokens = tokenize (text, start, end);
      guint unknown = 0;

      for (guint i = 0; i < tokens->len; i++)
        {
          CsToken *token = &g_array_index (tokens, CsToken, i);

          if (token->role == CS_ROLE_OTHER)
            unknown += count_han (text, token->start, token->end);
        }

      return unknown * 2 > n_han;
    }

  return FALSE;
}

/* What comes after one of these is said not to be, or only to be like something:
 * where it stands, or @end
 */
static guint
find_qualifier (const char *text,
                guint       start,
                guint       end)
{
  static const char *const signs[] = { "不", "没", "无", "非", "未", "别", "像", "如", "似", "仿", "假", "替", "送", "配", "搭", "或", "而", NULL };

  for (guint i = 0; signs[i] != NULL; i++)
    {
      const char *sign = g_strstr_len (text + start, end - start, signs[i]);

      if (sign != NULL)
        end = sign - text;
    }

  return end;
}

static void
harvest_clause (CsParser *self,
                guint     start,
                guint     end)
{
  g_autoptr (GArray) tokens = NULL;

  end = find_qualifier (self->text, start, end);
  if (start >= end)
    return;

  tokens = tokenize (self->text, start, end);
  for (guint i = 0; i < tokens->len; i++)
    {
      CsToken *token = &g_array_index (tokens, CsToken, i);

      if (token->role == CS_ROLE_PRODUCT && !self->has_head)
        {
          guint from = i;

          while (from > 0 && g_array_index (tokens, CsToken, from - 1).role <= CS_ROLE_SEASON)
            from--;
          for (guint j = from; j <= i; j++)
            {
              CsToken *part = &g_array_index (tokens, CsToken, j);

              cs_parser_add (self, part->start, part->end, part->role);
              cs_parser_last (self)->head = TRUE;
            }
          self->has_head = TRUE;
        }
      else if (token->role == CS_ROLE_MATERIAL || token->role == CS_ROLE_CRAFT || token->role == CS_ROLE_COLOUR)
        {
          /* One that stands before the noun is taken with it */
          guint next = i + 1;

          while (next < tokens->len && g_array_index (tokens, CsToken, next).role <= CS_ROLE_SEASON &&
                 g_array_index (tokens, CsToken, next).role != CS_ROLE_PRODUCT)
            next++;

          if (next == tokens->len || g_array_index (tokens, CsToken, next).role != CS_ROLE_PRODUCT || self->has_head)
            {
              if (g_utf8_strlen (self->text + token->start, token->end - token->start) > 1)
                cs_parser_add (self, token->start, token->end, token->role);
            }
        }
    }
}

void
cs_parse_harvest_han (CsParser *self,
                      guint     start,
                      guint     end)
{
  guint from = start;

  for (const char *p = self->text + start; p < self->text + end; p = g_utf8_next_char (p))
    {
      if (cs_parser_is_separator (self, p, g_utf8_get_char (p)))
        {
          harvest_clause (self, from, p - self->text);
          from = g_utf8_next_char (p) - self->text;
        }
    }

  harvest_clause (self, from, end);
}
