/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-parse.h"

/* How a note is read.
 *
 * Sellers write lists ("手工竹编果篮 直径28cm 四川", "Handmade basket, 28 cm,
 * from Sichuan") and sentences ("我奶奶一针一线缝的。"). A list is taken apart:
 * first numbers with their units, then "label: value" pairs, then clause by
 * clause, word by word with the lexicon; what is not known stays as it stands. A
 * sentence is kept whole, to be quoted, and only what is plain in it is picked
 * out besides. Every token is a stretch of the text: nothing is rewritten here.
 */

/* More than this of a note is quoted or left alone, not read word by word */
#define MAX_TOKENS 400

void
cs_parser_add (CsParser *self,
               guint     start,
               guint     end,
               CsRole    role)
{
  CsToken token = { .start = start, .end = end, .role = role };

  while (token.start < token.end && self->text[token.start] == ' ')
    token.start++;
  while (token.end > token.start && self->text[token.end - 1] == ' ')
    token.end--;

  if (token.start < token.end && self->tokens->len < MAX_TOKENS)
    g_array_append_val (self->tokens, token);
}

CsToken *
cs_parser_last (CsParser *self)
{
  return self->tokens->len > 0 ? &g_array_index (self->tokens, CsToken, self->tokens->len - 1) : NULL;
}

static gunichar
previous_char (const char *text,
               const char *at)
{
  return at > text ? g_utf8_get_char (g_utf8_prev_char (at)) : 0;
}

/* Ends a line of the note: what comes after is read on its own */
static gboolean
ends_sentence (const char *text,
               const char *at,
               gunichar    c)
{
  if (c == '\n' || c == 0x3002 /* 。 */ || c == 0xff01 /* ！ */ || c == 0xff1f /* ？ */ || c == '!' || c == '?' ||
      c == 0xff1b /* ； */ || c == ';')
    return TRUE;

  /* A point after a word of more than one letter: not in "No. 5", "12.5", "e.g." */
  if (c == '.')
    {
      gunichar next = at[1] != '\0' ? g_utf8_get_char (at + 1) : ' ';
      gunichar before = previous_char (text, at);
      gunichar before_that = before != 0 ? previous_char (text, g_utf8_prev_char (at)) : 0;

      return (next == ' ' || next == '\n') && g_unichar_isalnum (before) &&
             (g_unichar_isalnum (before_that) || before_that == '"');
    }

  return FALSE;
}

/* May stand within a word or a name */
static gboolean
joins_words (CsScript script,
             gunichar c)
{
  switch (c)
    {
    case '-':
    case '_':
    case '.':
    case '%':
    case '\'':
    case '&':
    case 0x2019:
    case 0xb0:
    case '#':
    case 0xb7:   /* · in foreign names */
    case 0x200d: /* joins emoji */
      return TRUE;

    case '/':
    case '+':
      return script == CS_SCRIPT_LATIN;

    default:
      return FALSE;
    }
}

gboolean
cs_parser_is_separator (CsParser   *self,
                        const char *at,
                        gunichar    c)
{
  gunichar before = previous_char (self->text, at);
  gunichar next = *at != '\0' ? g_utf8_get_char (g_utf8_next_char (at)) : 0;

  if (g_unichar_isalnum (c) || g_unichar_ismark (c))
    return FALSE;

  /* " - " between words is a separator, the hyphen of a word is not */
  if (joins_words (self->script, c))
    return c != '&' && c != '%' && c != '\'' &&
           !(g_unichar_isalnum (before) && g_unichar_isalnum (next)) &&
           !(c == '.' && g_unichar_isalnum (before)) &&
           !(c == '+' && g_unichar_isalnum (before));

  if (c == ' ')
    return self->script == CS_SCRIPT_HAN && (cs_text_is_han (before) || !g_unichar_isalnum (before) || !g_unichar_isalnum (next));

  return TRUE;
}

static const struct
{
  const char *names;
  CsRole      role;
} labels[] = {
  { "材质|材料|面料|成分|里料|鞋面|鞋底|填充物|填充|主料|material|materials|fabric|made of|composition", CS_ROLE_MATERIAL },
  { "颜色|色|花色|color|colour|colors|colours", CS_ROLE_COLOUR },
  { "尺寸|尺码|规格|大小|净含量|容量|重量|净重|size|sizes|dimensions|measurements|capacity|weight|volume", CS_ROLE_SIZE },
  { "产地|原产地|产自|origin|country of origin", CS_ROLE_PLACE },
  { "品牌|牌子|brand", CS_ROLE_BRAND },
  { "工艺|做法|technique|craft", CS_ROLE_CRAFT },
  { "适用|适用场景|适用人群|场景|用途|use|occasion|for", CS_ROLE_USE },
  { "人群|性别|gender", CS_ROLE_AUDIENCE },
  { "季节|season", CS_ROLE_SEASON },
  { "风格|style", CS_ROLE_STYLE },
  { "图案|花纹|pattern", CS_ROLE_PATTERN },
  { "货号|型号|款号|编号|item no\\.?|item number|model|sku|art\\. ?no\\.?", CS_ROLE_MODEL },
  { "价格|售价|单价|price", CS_ROLE_PRICE },
  { "数量|件数|quantity|qty", CS_ROLE_QUANTITY },
  { "特点|功能|卖点|features?", CS_ROLE_FEATURE },
  { "品名|名称|产品名称|商品名称|产品|name|product|item", CS_ROLE_PRODUCT },
};

/* Where the line begins with a known "label:", the start of its value, else 0 */
static guint
match_label (const char *text,
             guint       start,
             guint       end,
             CsRole     *role)
{
  static gsize   once;
  static GRegex *regexes[G_N_ELEMENTS (labels)];

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
        {
          g_autofree char *pattern = g_strdup_printf ("\\G\\s*(?:%s)\\s*[:：]\\s*", labels[i].names);

          regexes[i] = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
        }
      g_once_init_leave (&once, 1);
    }

  /* Most clauses hold no colon */
  if (memchr (text + start, ':', end - start) == NULL && g_strstr_len (text + start, end - start, "：") == NULL)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autoptr (GMatchInfo) match = NULL;
      int from;
      int to;

      if (g_regex_match_full (regexes[i], text, end, start, G_REGEX_MATCH_ANCHORED, &match, NULL))
        {
          g_match_info_fetch_pos (match, 0, &from, &to);
          *role = labels[i].role;
          return to;
        }
    }

  return 0;
}

static void
parse_clause (CsParser *self,
              guint     start,
              guint     end)
{
  while (start < end && self->text[start] == ' ')
    start++;
  while (end > start && self->text[end - 1] == ' ')
    end--;

  if (start >= end)
    return;

  if (self->script == CS_SCRIPT_HAN)
    cs_parse_clause_han (self, start, end);
  else
    cs_parse_clause_latin (self, start, end);
}

static gboolean
is_sentence (CsParser *self,
             guint     start,
             guint     end)
{
  if ((self->flags & CS_PARSE_SENTENCES) == 0)
    return FALSE;

  return self->script == CS_SCRIPT_HAN
           ? cs_parse_is_sentence_han (self->text, start, end)
           : cs_parse_is_sentence_latin (self->text, start, end);
}

/* A comma or the like: between the entries of a list */
static gboolean
is_comma (gunichar c)
{
  return c == ',' || c == 0xff0c || c == 0x3001 || c == '|';
}

static guint
find_comma (const char *text,
            guint       start,
            guint       end)
{
  CsRole role;

  for (const char *p = text + start; p < text + end; p = g_utf8_next_char (p))
    {
      if (is_comma (g_utf8_get_char (p)) &&
          !(*p == ',' && g_ascii_isdigit (p[1]) && p > text && g_ascii_isdigit (p[-1])))
        return p - text;

      /* "陶瓷杯 产地：景德镇": a label begins an entry of its own */
      if (*p == ' ' && match_label (text, p - text, end, &role) > 0)
        return p - text;
    }

  return end;
}

/* In Chinese the entries of a list may stand apart by spaces only, and a sentence
 * among them: where it begins, or @end
 */
static guint
find_sentence (CsParser *self,
               guint     start,
               guint     end)
{
  guint from = start;

  if (self->script == CS_SCRIPT_LATIN)
    return is_sentence (self, start, end) ? start : end;

  for (guint at = start; at <= end; at++)
    {
      if (at < end && self->text[at] != ' ')
        continue;

      if (at > from && is_sentence (self, from, at))
        return from;
      from = at + 1;
    }

  return is_sentence (self, start, end) && memchr (self->text + start, ' ', end - start) == NULL ? start : end;
}

/* One entry of a list: its measures, and the clauses between them */
static void
parse_entry (CsParser *self,
             guint     start,
             guint     end)
{
  g_autoptr (GArray) measures = NULL;
  CsRole role;
  guint  value = match_label (self->text, start, end, &role);
  guint  at;

  at = value > 0 ? value : start;
  if (value > 0 && role != CS_ROLE_PRODUCT)
    {
      /* Its value ends where in Chinese the next thing begins */
      for (at = value; at < end && !(self->script == CS_SCRIPT_HAN && self->text[at] == ' ' &&
                                     cs_parser_is_separator (self, self->text + at, ' '));)
        at = g_utf8_next_char (self->text + at) - self->text;
      cs_parser_add (self, value, at, role);
    }

  measures = cs_parse_measures (self->script, self->text, at, end);

  for (guint i = 0; i <= measures->len; i++)
    {
      CsToken *measure = i < measures->len ? &g_array_index (measures, CsToken, i) : NULL;
      guint    stop = measure != NULL ? measure->start : end;
      guint    from = at;

      for (const char *p = self->text + at; p < self->text + stop; p = g_utf8_next_char (p))
        {
          if (!cs_parser_is_separator (self, p, g_utf8_get_char (p)))
            continue;

          parse_clause (self, from, p - self->text);
          from = g_utf8_next_char (p) - self->text;
        }

      parse_clause (self, from, stop);
      if (measure != NULL)
        {
          cs_parser_add (self, measure->start, measure->end, measure->role);
          at = measure->end;
        }
    }
}

static void
parse_sentence (CsParser *self,
                guint     start,
                guint     end)
{
  guint first = self->tokens->len;
  g_autoptr (GArray) measures = cs_parse_measures (self->script, self->text, start, end);

  cs_parser_add (self, start, end, CS_ROLE_SENTENCE);
  first = self->tokens->len;

  for (guint i = 0; i < measures->len; i++)
    {
      CsToken *measure = &g_array_index (measures, CsToken, i);

      if (measure->role != CS_ROLE_PRICE)
        cs_parser_add (self, measure->start, measure->end, measure->role);
    }

  if (self->script == CS_SCRIPT_HAN)
    cs_parse_harvest_han (self, start, end);
  else
    cs_parse_harvest_latin (self, start, end);

  for (guint i = first; i < self->tokens->len; i++)
    g_array_index (self->tokens, CsToken, i).quoted = TRUE;
}

/* A line: the entries of a list, and from the first that reads like a sentence
 * on, one quotation
 */
static void
parse_line (CsParser *self,
            guint     start,
            guint     stop,
            guint     end)
{
  for (guint at = start; at < stop;)
    {
      guint comma = find_comma (self->text, at, stop);
      guint sentence = find_sentence (self, at, comma);

      parse_entry (self, at, sentence);
      if (sentence < comma)
        {
          parse_sentence (self, sentence, end);
          return;
        }

      at = comma < stop ? g_utf8_next_char (self->text + comma) - self->text : stop;
    }
}

/* Where nothing is known as a product: the likeliest word is the last one of the
 * first entry that says anything unknown
 */
static void
guess_product (CsParser *self)
{
  for (guint i = 0; i < self->tokens->len; i++)
    {
      CsToken *token = &g_array_index (self->tokens, CsToken, i);

      if (token->role != CS_ROLE_OTHER || token->quoted)
        continue;

      for (const char *p = self->text + token->start; p < self->text + token->end; p = g_utf8_next_char (p))
        {
          if (g_unichar_isalpha (g_utf8_get_char (p)))
            {
              token->role = CS_ROLE_PRODUCT;
              token->head = TRUE;
              token->guess = TRUE;
              self->has_head = TRUE;

              /* What stands directly before it belongs to the name */
              for (guint j = i; j-- > 0;)
                {
                  CsToken *before = &g_array_index (self->tokens, CsToken, j);

                  if (before->role > CS_ROLE_PATTERN || before->quoted || before->end + 1 < before[1].start ||
                      (before->end < before[1].start && self->script == CS_SCRIPT_HAN))
                    break;
                  before->head = TRUE;
                }
              return;
            }
        }
    }
}

/**
 * cs_parse:
 * @text: cleaned text
 *
 * Returns: (element-type CsToken): in the order of the text; what is found
 *   inside a sentence follows it
 */
GArray *
cs_parse (CsScript     script,
          const char  *text,
          CsParseFlags flags)
{
  CsParser self = { script, flags, text, g_array_new (FALSE, TRUE, sizeof (CsToken)), FALSE };
  guint    start = 0;

  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0 || ends_sentence (text, p, c))
        {
          guint stop = p - text;

          parse_line (&self, start, stop, c == 0 || c == '\n' ? stop : (guint) (g_utf8_next_char (p) - text));
          start = stop + (c != 0 ? g_utf8_next_char (p) - p : 0);
        }

      if (c == 0)
        break;
    }

  if (!self.has_head && (flags & CS_PARSE_NAME) != 0)
    guess_product (&self);

  return self.tokens;
}
