/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-ground-claim.h"
#include "cs-ground-context.h"
#include "cs-ground-lexicon.h"
#include "cs-ground-token.h"

/* A number with its unit: what stands between the numeral and the words around it */

static const CsUnit *
currency_at (GArray *tokens,
             guint   index,
             guint  *n_tokens)
{
  guint         n = 0;
  const CsUnit *unit = get (tokens, index) != NULL ? cs_ground_unit_match (tokens, index, &n) : NULL;

  *n_tokens = n;
  if (unit == NULL || get (tokens, index + n) == NULL || get (tokens, index + n)->kind != CS_GROUND_DIGITS)
    return NULL;

  return unit->dim == CS_DIM_MONEY || unit->dim == CS_DIM_SHOE ? unit : NULL;
}

/* "2024年" is a year, "3年" a time; so is "10g" of a memory none of a weight */
static const CsUnit *
settle_unit (const CsUnit   *unit,
             const CsNumber *number,
             gboolean        is_model)
{
  static const CsUnit year = { "", CS_DIM_YEAR, 1 };
  static const CsUnit percent = { "%", CS_DIM_PERCENT, 1 };

  if (number->percent)
    return &percent;

  if (unit == NULL && number->low >= 1800 && number->high < 2100 && number->step == 1 && !number->chain && (number->high == number->low || number->low >= 1900))
    return &year;

  /* "2021-2024款" */
  if (unit != NULL && unit->dim == CS_DIM_COUNT && number->low >= 1900 && number->high < 2100 && g_str_has_prefix (unit->words, "pc,") && number->step == 1 && is_model)
    return &year;

  if (unit != NULL && strcmp (unit->words, "年") == 0 && number->low >= 1800 && number->low < 2100)
    return &year;

  return unit;
}

/* "Since 1792" */
static const CsUnit *
settle_old_year (const CsNumber *number)
{
  static const CsUnit year = { "", CS_DIM_YEAR, 1 };

  return number->low >= 1300 && number->low < 1800 && number->step == 1 && number->high == number->low ? &year : NULL;
}

/* May letters that follow digits at once be a unit, and a Chinese numeral be one? */
static gboolean
is_number (GArray       *tokens,
           guint         first,
           guint         n,
           const CsUnit *unit,
           CsNumber     *number)
{
  CsGroundToken *token = get (tokens, first);
  CsGroundToken *next = get (tokens, first + n);

  /* "三十六泡": of what counts by no known word, too */
  if (token->kind == CS_GROUND_HAN)
    return unit != NULL || (n >= 2 && number->low >= 11 && number->low < 1000 && next != NULL && next->kind == CS_GROUND_HAN && !next->spaced);

  if (token->kind == CS_GROUND_LATIN && number->low < 1 && (number->low == 0.5 || number->low == 0.25))
    return unit != NULL;

  /* "28cm" yes, "28mx" no: that is a code */
  if (token->kind == CS_GROUND_DIGITS && unit == NULL && next != NULL && next->kind == CS_GROUND_LATIN && !next->spaced &&
      !cs_ground_is_times (tokens, first + n) && cs_ground_quantity_at (tokens, first + n, FALSE) == CS_QUANTITY_ANY)
    return FALSE;

  return TRUE;
}

/* "-20 °C", "minus 20 °C", "零下20度" */
static gboolean
is_below_zero (GArray *tokens,
               guint   begin)
{
  CsGroundToken *before = begin > 1 ? get (tokens, begin - 2) : NULL;

  if (begin == 0)
    return FALSE;

  if (is_word (tokens, begin - 1, "minus") || (is_word (tokens, begin - 1, "下") && begin > 1 && is_word (tokens, begin - 2, "零")))
    return TRUE;

  return is_word (tokens, begin - 1, "-") && !get (tokens, begin)->spaced &&
         (before == NULL || (before->kind != CS_GROUND_DIGITS && get (tokens, begin - 1)->spaced) || (get (tokens, begin - 1)->end == get (tokens, begin)->start && before->kind == CS_GROUND_HAN && !is_one_of (before, "至,约")));
}

/* "frost resistant to -5": degrees, without saying so */
static gboolean
is_frost (GArray *tokens,
          guint   begin)
{
  return begin > 1 && is_word (tokens, begin - 1, "-") && is_one_of (get (tokens, begin - 2), "to,at,below,min,minimum,until,till,at,到,至,零");
}

static gboolean
is_chained (GArray *tokens,
            guint   begin,
            guint   end)
{
  return (cs_ground_is_times (tokens, end) && get (tokens, end + 1)->kind == CS_GROUND_DIGITS) ||
         (begin > 1 && cs_ground_is_times (tokens, begin - 1) &&
          (get (tokens, begin - 2)->kind == CS_GROUND_DIGITS || (begin > 2 && get (tokens, begin - 3)->kind == CS_GROUND_DIGITS)));
}

static gboolean
is_measured (const CsUnit *unit)
{
  return unit->dim == CS_DIM_WEIGHT || unit->dim == CS_DIM_LENGTH || unit->dim == CS_DIM_TIME;
}

/* "79块9", "七十九块九" */
static guint
take_small_money (GArray   *tokens,
                  guint     end,
                  CsNumber *number)
{
  CsGroundToken *next = get (tokens, end);
  CsNumber       other = { 0 };
  guint          n_other = 0;
  guint          n;

  if (!is_one_of (get (tokens, end - 1), "块,元,块钱") || next == NULL || next->spaced || number->step < 1 ||
      (n = cs_ground_numeral_match (tokens, end, &other)) != 1 || other.low >= 100 || is_one_of (next, "半"))
    return 0;
  if (get (tokens, end + n) != NULL && (cs_ground_unit_match (tokens, end + n, &n_other) != NULL ||
                                        (get (tokens, end + n)->kind == CS_GROUND_HAN && !get (tokens, end + n)->spaced)))
    return 0;

  number->step = other.low < 10 ? 0.1 : 0.01;
  number->low += other.low * number->step;
  number->high = number->low;

  return n;
}

/* "5 foot 6", "5'6" */
static guint
take_inches (GArray   *tokens,
             guint     end,
             CsNumber *number)
{
  CsGroundToken *next = get (tokens, end);
  CsGroundToken *after = get (tokens, end + 1);
  double         inches = next != NULL && next->kind == CS_GROUND_DIGITS ? g_ascii_strtod (next->word, NULL) : 0;

  if (!is_one_of (get (tokens, end - 1), "',ft,foot") || inches < 1 || inches > 11 || inches != (int) inches)
    return 0;
  if (after != NULL && after->kind != CS_GROUND_MARK && !(after->kind == CS_GROUND_LATIN && after->spaced && !is_one_of (after, "x,by,ft,feet,foot")))
    return 0;
  if (after != NULL && is_one_of (after, "x,×,*,',/"))
    return 0;

  number->low += inches / 12;
  number->high = number->low;
  number->step = 1 / 12.0;

  return 1 + (after != NULL && is_one_of (after, "\""));
}

static guint
take_half (GArray   *tokens,
           guint     end,
           CsNumber *number)
{
  if (is_word (tokens, end, "半") && number->unit->dim != CS_DIM_MONEY)
    {
      number->low += 0.5;
      number->high = number->low;
      number->step = 0.5;
      return 1;
    }

  /* "a litre and a half" */
  if (is_word (tokens, end, "and") && is_word (tokens, end + 1, "a") && is_word (tokens, end + 2, "half"))
    {
      number->low += 0.5;
      number->high = number->low;
      number->step = 0.5;
      return 3;
    }

  return 0;
}

/* What goes on after the unit: "10cm–12cm", "一斤半" */
static guint
take_rest (GArray   *tokens,
           guint     end,
           CsNumber *number)
{
  CsNumber other = { 0 };
  guint    n_other = 0;
  guint    more;

  if (number->unit == NULL)
    return 0;

  if ((more = take_half (tokens, end, number)) > 0)
    return more;

  /* "12 euros 50" */
  if (number->unit->dim == CS_DIM_MONEY && get (tokens, end) != NULL && get (tokens, end)->kind == CS_GROUND_DIGITS &&
      get (tokens, end - 1)->kind == CS_GROUND_LATIN && strlen (get (tokens, end)->word) == 2 && number->step == 1 &&
      (get (tokens, end + 1) == NULL || cs_ground_unit_match (tokens, end + 1, &n_other) == NULL))
    {
      number->step = 0.01;
      number->low += g_ascii_strtod (get (tokens, end)->word, NULL) / 100;
      number->high = number->low;
      return 1;
    }

  /* "seven euros fifty" */
  if (number->unit->dim == CS_DIM_MONEY && get (tokens, end) != NULL && get (tokens, end)->kind == CS_GROUND_LATIN && number->step == 1 &&
      (more = cs_ground_numeral_match (tokens, end, &other)) > 0 && other.low >= 5 && other.low < 100 && other.step == 1 && get (tokens, end + more) == NULL)
    {
      number->step = 0.01;
      number->low += other.low / 100;
      number->high = number->low;
      return more;
    }

  if (is_word (tokens, end, "多"))
    {
      number->compare = CS_COMPARE_OVER;
      return 1;
    }

  if ((more = take_small_money (tokens, end, number)) > 0 || (more = take_inches (tokens, end, number)) > 0)
    return more;

  /* "四斤二两", "5 ft 2 in" */
  if (is_measured (number->unit) && get (tokens, end) != NULL &&
      (get (tokens, end)->kind == CS_GROUND_DIGITS || get (tokens, end)->kind == CS_GROUND_HAN) && !get (tokens, end)->line &&
      (more = cs_ground_numeral_match (tokens, end, &other)) > 0 && get (tokens, end + more) != NULL)
    {
      const CsUnit *smaller = cs_ground_unit_match (tokens, end + more, &n_other);

      if (smaller != NULL && smaller->dim == number->unit->dim && smaller->factor < number->unit->factor / 1.5)
        {
          number->low += other.low * smaller->factor / number->unit->factor;
          number->high = number->low;
          number->step = other.step * smaller->factor / number->unit->factor;
          return more + n_other;
        }
      n_other = 0;
    }

  /* "一米六八", "三两八" */
  if (is_one_of (get (tokens, end - 1), "米,斤,两") && get (tokens, end) != NULL && !get (tokens, end)->spaced &&
      (more = cs_ground_numeral_match (tokens, end, &other)) > 0 && other.low < 100 &&
      (get (tokens, end + more) == NULL || cs_ground_unit_match (tokens, end + more, &n_other) == NULL))
    {
      number->step = other.low < 10 && more == 1 ? 0.1 : 0.01;
      number->low += other.low * number->step;
      number->high = number->low;
      return more;
    }

  if (!is_word (tokens, end, "-") && !is_word (tokens, end, "~") && !is_word (tokens, end, "to") && !is_word (tokens, end, "至"))
    return 0;

  more = cs_ground_numeral_match (tokens, end + 1, &other);
  if (more == 0 || other.low <= number->low || get (tokens, end + 1 + more) == NULL ||
      cs_ground_unit_match (tokens, end + 1 + more, &n_other) != number->unit)
    return 0;

  number->high = other.low;

  return 1 + more + n_other;
}

/* "5 in stock", "one in sand", "3 in blue": no inches */
static gboolean
is_no_inch (GArray *tokens,
            guint   begin,
            guint   at)
{
  static const char others[] = "stock,total,all,one,the,a,an,each,every,our,this,that,these,your,my,its,his,her,their,hand,store,reserve,which,use,any,sand,"
                               "spring,summer,autumn,fall,winter,case,row,turn,between,front,place,particular,use,number,case,series";
  CsGroundToken *next = get (tokens, at + 1);
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;

  if (!is_word (tokens, at, "in") || next == NULL || next->kind == CS_GROUND_MARK || !get (tokens, at)->spaced)
    return FALSE;

  if (is_one_of (next, others))
    return TRUE;
  if (cs_ground_quantity_at (tokens, at + 1, FALSE) != CS_QUANTITY_ANY || cs_ground_is_times (tokens, at + 1))
    return FALSE;
  /* "two in oak" */
  if (get (tokens, begin)->kind == CS_GROUND_LATIN)
    return TRUE;
  /* "2 in 1" */
  if (next->kind == CS_GROUND_DIGITS)
    return strlen (next->word) == 1 && strlen (get (tokens, begin)->word) == 1;

  if (cs_ground_lexicon_match (tokens, at + 1, &entry, &key) == 0)
    return FALSE;
  for (guint i = 0; i < entry->n_senses; i++)
    {
      if (cs_ground_concept_get_set (entry->senses[i]) != CS_GROUND_COLOUR && cs_ground_concept_get_set (entry->senses[i]) != CS_GROUND_PLACE)
        return FALSE;
    }

  return TRUE;
}

/* "一个半月" are no month of the year */
static const CsUnit *
months (void)
{
  g_autoptr (GArray) word = cs_ground_tokens ("个月");
  guint n;

  return cs_ground_unit_match (word, 0, &n);
}

static const CsUnit *
denier (GArray *tokens,
        guint  *n_tokens)
{
  g_autoptr (GArray) word = cs_ground_tokens ("denier");

  return cs_ground_unit_match (word, 0, n_tokens);
}

/* "tog 10.5", "thread count 400": the unit that stands before, or NULL */
static const CsUnit *
unit_before (GArray *tokens,
             guint   begin)
{
  guint at = begin;
  guint n;

  while (at > 0 && (is_word (tokens, at - 1, "of") || is_word (tokens, at - 1, ":")))
    at--;
  if (at == 0 || !is_one_of (get (tokens, at - 1), "tog,denier,den,gsm,spf,count"))
    return NULL;
  if (!is_word (tokens, at - 1, "count"))
    return cs_ground_unit_match (tokens, at - 1, &n);

  return at > 1 && is_word (tokens, at - 2, "thread") ? cs_ground_unit_match (tokens, at - 2, &n) : NULL;
}

/* Are things counted by the "x" before token at? */
static gboolean
counts_times (GArray         *tokens,
              guint           at,
              const CsNumber *number)
{
  CsGroundToken *token = get (tokens, at);

  return token != NULL && token->kind == CS_GROUND_LATIN && token->spaced && !token->line && number->step >= 1 && number->low <= 200 &&
         !is_one_of (token, "magnification,zoom,optical,speed,more,faster,stronger,lens,loupe,brighter,digital,power,concentrate,concentrated,the,as,better,longer,a,magnifying,macro");
}

/* What may stand between a numeral and its unit: "三十小包", "一个半月", "三千多元"; how
 * many tokens
 */
static guint
take_between (GArray   *tokens,
              guint     end,
              CsNumber *number)
{
  guint n = 0;
  guint n_unit;

  /* "三十小包" */
  if (is_one_of (get (tokens, end + n), "小,大") && is_glued (tokens, end + n) && is_glued (tokens, end + n + 1) && is_one_of (get (tokens, end + n + 1), "包,袋,盒,瓶,罐,块,片,张,粒,颗,枚,支,卷"))
    n++;
  /* "一个半月" */
  if (is_word (tokens, end + n, "个") && is_word (tokens, end + n + 1, "半") && is_one_of (get (tokens, end + n + 2), "月,小,星,钟,世"))
    {
      number->low += 0.5;
      number->high = number->low;
      number->step = 0.5;
      n += 2;
    }
  /* "三千多元", "十余年", "六十来年" */
  if (is_one_of (get (tokens, end + n), "多,余,来") && is_glued (tokens, end + n) && get (tokens, end + n + 1) != NULL && get (tokens, end + n + 1)->kind == CS_GROUND_HAN &&
      cs_ground_unit_match (tokens, end + n + 1, &n_unit) != NULL)
    {
      number->compare = is_word (tokens, end + n, "来") ? CS_COMPARE_ABOUT : CS_COMPARE_OVER;
      n++;
    }

  return n;
}

/* "Two dozen pairs", "a dozen": what is counted after it, in tokens */
static guint
take_dozen (GArray   *tokens,
            guint     end,
            CsNumber *number)
{
  const CsUnit *counted;
  guint         n_unit = 0;

  if (number->unit == NULL || number->unit->dim != CS_DIM_COUNT || number->unit->factor != 12)
    return 0;

  counted = get (tokens, end) != NULL ? cs_ground_unit_match (tokens, end, &n_unit) : NULL;
  number->low *= 12;
  number->high *= 12;
  number->unit = counted != NULL && counted->dim == CS_DIM_COUNT ? counted : NULL;

  return number->unit != NULL ? n_unit : 0;
}

/* "19.9包邮" counts no packs, "H 98 W 66 D 80 cm" tells no watts */
static gboolean
is_no_unit (GArray *tokens,
            guint   begin,
            guint   end)
{
  if (is_word (tokens, end, "包") && is_word (tokens, end + 1, "邮"))
    return TRUE;

  return begin > 0 && is_one_of (get (tokens, begin - 1), "h,w,l,d") && is_one_of (get (tokens, end), "h,w,l,d") && get (tokens, end + 1) != NULL &&
         get (tokens, end + 1)->kind == CS_GROUND_DIGITS;
}

/* The unit after the numeral; where what follows begins */
static guint
take_unit (GArray   *tokens,
           guint     begin,
           guint     end,
           CsNumber *number)
{
  guint n_unit = 0;
  guint n_length;

  if (get (tokens, end) != NULL && !(cs_ground_is_times (tokens, end) && get (tokens, end + 1)->kind == CS_GROUND_DIGITS))
    {
      /* "4-piece" */
      guint joint = is_word (tokens, end, "-");

      end += take_between (tokens, end, number);
      /* "一整年", "28th" */
      if (is_word (tokens, end, "整") || (!get (tokens, end)->spaced && is_one_of (get (tokens, end), "st,nd,rd,th")))
        end++;
      if (get (tokens, end) == NULL)
        return end;

      /* "20+ hours" */
      if (is_word (tokens, end, "+"))
        {
          number->compare = CS_COMPARE_OVER;
          joint = 1;
        }
      number->unit = get (tokens, end + joint) != NULL ? cs_ground_unit_match (tokens, end + joint, &n_unit) : NULL;
      if (number->step == 0.5 && number->unit != NULL && number->unit->dim == CS_DIM_MONTH)
        number->unit = months ();
      /* A lone letter after a space is a size or a word: "2 a", "3 s" */
      if (number->unit != NULL && n_unit == 1 && joint == 0 && get (tokens, end)->spaced && strlen (get (tokens, end)->word) == 1 &&
          strchr ("asktxcfyn", *get (tokens, end)->word) != NULL && !(get (tokens, end)->shout && number->low >= 15 && strchr ("cf", *get (tokens, end)->word)))
        number->unit = NULL;
      if (number->unit != NULL && is_no_inch (tokens, begin, end + joint))
        number->unit = NULL;
      if (number->unit != NULL && is_no_unit (tokens, begin, end))
        number->unit = NULL;
      /* "100 x 30 x 35h cm" */
      if (is_one_of (get (tokens, end), "h,w,l,d") && !get (tokens, end)->spaced && get (tokens, end + 1) != NULL && cs_ground_unit_match (tokens, end + 1, &n_length) != NULL &&
          cs_ground_unit_match (tokens, end + 1, &n_length)->dim == CS_DIM_LENGTH)
        {
          number->unit = cs_ground_unit_match (tokens, end + 1, &n_length);
          return end + 1 + n_length;
        }
      /* "80x60 L 100x70": a size, no litres */
      if (number->unit != NULL && number->unit->dim != CS_DIM_LENGTH && get (tokens, end)->spaced && get (tokens, end)->shout && is_chained (tokens, begin, end))
        number->unit = NULL;
      /* "高9 口6.5": what is measured next */
      if (number->unit != NULL && joint == 0 && get (tokens, end)->spaced && get (tokens, end)->kind == CS_GROUND_HAN && is_glued (tokens, end + n_unit) &&
          get (tokens, end + n_unit)->kind == CS_GROUND_DIGITS)
        number->unit = NULL;
      /* "Ritza 25 thread" */
      if (number->unit != NULL && n_unit == 1 && is_word (tokens, end + joint, "thread") && number->low < 80)
        number->unit = NULL;
      /* "600D" */
      if (number->unit == NULL && number->low >= 15 && is_word (tokens, end, "d") && get (tokens, end)->shout && !get (tokens, end)->spaced)
        number->unit = denier (tokens, &n_unit);
      /* "48*74 两只": two of them, not 74 of 50 g */
      if (number->unit != NULL && get (tokens, end)->spaced && is_word (tokens, end, "两") && is_glued (tokens, end + 1) &&
          get (tokens, end + 1)->kind == CS_GROUND_HAN)
        number->unit = NULL;
      /* "2x USB-A" counts, "2x zoom" does not */
      if (number->unit != NULL && joint == 0 && is_word (tokens, end, "x") && counts_times (tokens, end + 1, number))
        {
          number->unit = NULL;
          end++;
        }
      if (number->unit != NULL)
        end += joint + n_unit;
      end += take_dozen (tokens, end, number);
    }

  number->chain = is_chained (tokens, begin, end);
  /* "50k hours" */
  if (number->unit != NULL && number->unit->dim == CS_DIM_KARAT && number->low > 24 && number->low < 1000 && strcmp (get (tokens, end - 1)->word, "k") == 0)
    {
      number->low *= 1000;
      number->high *= 1000;
      number->step *= 1000;
      number->unit = get (tokens, end) != NULL ? cs_ground_unit_match (tokens, end, &n_unit) : NULL;
      end += number->unit != NULL ? n_unit : 0;
    }

  return end;
}

/* "Three quarters wool" is 75 % */
static void
settle_share (GArray   *tokens,
              guint     end,
              CsNumber *number)
{
  static const CsUnit percent = { "%", CS_DIM_PERCENT, 1 };

  if (number->unit != NULL || number->low <= 0 || number->low >= 1 || (strchr (number->nouns, '#') == NULL && !(is_word (tokens, end, "of") && is_word (tokens, end + 1, "the"))))
    return;

  number->low *= 100;
  number->high *= 100;
  number->step = 1;
  number->unit = &percent;
}

/* "110 L x 35 D x 44 H cm", "85cm L x 70cm W": the letter that tells which side, or 0 */
static char
side_letter (GArray *tokens,
             guint   begin,
             guint   end)
{
  CsGroundToken *token = get (tokens, end);
  CsGroundToken *next = get (tokens, end + 1);
  guint n;

  if (token == NULL || token->kind != CS_GROUND_LATIN || token->word[1] != '\0' || strchr ("lwhd", *token->word) == NULL || (token->spaced && !token->shout))
    return 0;
  if (next != NULL && cs_ground_is_times (tokens, end + 1) && get (tokens, end + 2)->kind == CS_GROUND_DIGITS)
    return *token->word;
  if (begin < 3 || !cs_ground_is_times (tokens, begin - 1))
    return 0;
  if (next == NULL || next->kind == CS_GROUND_MARK || next->line)
    return *token->word;

  return cs_ground_unit_match (tokens, end + 1, &n) != NULL && cs_ground_unit_match (tokens, end + 1, &n)->dim == CS_DIM_LENGTH ? *token->word : 0;
}

/* Takes such a letter, and the unit after it; how many tokens */
static guint
take_side (GArray   *tokens,
           guint     begin,
           guint     end,
           CsNumber *number)
{
  char  letter = side_letter (tokens, begin, end);
  guint n = 0;

  if (letter == 0)
    return 0;

  number->quantity = letter == 'l' ? CS_QUANTITY_LENGTH : letter == 'w' ? CS_QUANTITY_WIDTH : letter == 'h' ? CS_QUANTITY_HEIGHT : CS_QUANTITY_DEPTH;
  number->chain = TRUE;
  if (number->unit == NULL && get (tokens, end + 1) != NULL && (number->unit = cs_ground_unit_match (tokens, end + 1, &n)) != NULL)
    {
      if (number->unit->dim == CS_DIM_LENGTH)
        return 1 + n;
      number->unit = NULL;
    }
  if (number->unit == NULL)
    number->unit = cs_ground_shared_unit (tokens, end + 1, TRUE);

  return 1;
}

/* What is counted or shared, after the number or before it */
static void
read_counted (GArray   *tokens,
              guint     first,
              guint     end,
              CsNumber *number)
{
  const CsUnit *unit = number->unit;

  /* "#2 core", "No. 2 steel": which one, not how many */
  if (unit == NULL && first > 0 && (is_word (tokens, first - 1, "#") || cs_ground_is_numbering (tokens, first - 1) || (first > 1 && is_word (tokens, first - 1, ".") && cs_ground_is_numbering (tokens, first - 2))))
    return;

  if (unit != NULL && unit->noun != NULL && unit->dim == CS_DIM_COUNT && unit->second_dim != CS_DIM_MONEY)
    {
      cs_number_add_noun (number, unit->noun);
      /* "12孔" and "12个孔" */
      if (end > first && get (tokens, end - 1)->kind == CS_GROUND_HAN)
        cs_number_add_noun (number, get (tokens, end - 1)->word);
    }
  if (unit == NULL || unit->dim == CS_DIM_COUNT || (unit->dim == CS_DIM_PERCENT && !cs_ground_shares_follow (tokens, first)))
    cs_ground_read_nouns (tokens, end, number);
  /* "开口器2个，" */
  if (unit != NULL && unit->dim == CS_DIM_COUNT && g_str_has_prefix (unit->words, "pc,") && number->nouns[0] == '\0' && first > 1 && end > first &&
      get (tokens, end - 1)->kind == CS_GROUND_HAN && get (tokens, first - 1)->kind == CS_GROUND_HAN && get (tokens, first - 2)->kind == CS_GROUND_HAN &&
      !get (tokens, first - 1)->spaced && (is_glued (tokens, first) || is_glued (tokens, first - 1)) && !is_one_of (get (tokens, first - 1), "共,有,含,每,装,各,约,送,配,附,的,了,第,是,到,总") && !is_one_of (get (tokens, first - 2), "一,二,两,三,四,五,六,七,八,九,十,每,整"))
    cs_number_add_noun (number, get (tokens, first - 1)->word);
  if (unit != NULL && unit->dim == CS_DIM_PERCENT && strchr (number->nouns, '#') == NULL)
    cs_ground_read_nouns_before (tokens, first, number);
}

/* "-20~60 °C" */
static void
turn_below_zero (GArray   *tokens,
                 guint     begin,
                 CsNumber *number)
{
  if (number->high == number->low || !is_word (tokens, begin - 1, "-"))
    number->high = -number->high;
  number->low = -number->low;
  if (number->high < number->low)
    {
      double swapped = number->low;

      number->low = number->high;
      number->high = swapped;
    }
}

/* The unit that stands with another number, "45 × 25 × 20 cm" */
static void
share_unit (GArray   *tokens,
            guint     first,
            guint     end,
            CsNumber *number)
{
  if (number->unit == NULL)
    number->unit = cs_ground_shared_unit (tokens, end, cs_quantity_is_length (number->quantity));
  if (number->unit == NULL && (cs_quantity_is_length (number->quantity) || (first > 1 && number->chain && is_word (tokens, first - 1, "by") && get (tokens, first - 2)->kind == CS_GROUND_LATIN)))
    number->unit = cs_ground_length_before (tokens, first);
  /* "Size: 45 × 25 × 20 cm" */
  if (number->quantity == CS_QUANTITY_SIZE && number->chain && number->unit != NULL && number->unit->dim == CS_DIM_LENGTH)
    number->quantity = CS_QUANTITY_ANY;
}

guint
cs_ground_number_match (GArray   *tokens,
                        guint     first,
                        CsNumber *number)
{
  guint         n_currency;
  const CsUnit *currency = currency_at (tokens, first, &n_currency);
  guint         begin = first + (currency != NULL ? n_currency : 0);
  guint         n;
  guint         n_after = 0;
  guint         n_side;
  guint         end;

  memset (number, 0, sizeof *number);
  if (cs_ground_month_match (tokens, first, number) > 0)
    return 1;
  if ((n = cs_ground_decade_match (tokens, first, number)) > 0)
    return n;

  if (get (tokens, begin) == NULL || (n = cs_ground_numeral_match (tokens, begin, number)) == 0)
    return 0;

  end = begin + n;
  if ((n_side = take_side (tokens, begin, end, number)) > 0)
    return end + n_side - first;
  end = take_unit (tokens, begin, end, number);
  if (number->unit != NULL && number->unit->dim == CS_DIM_LENGTH && (n_side = take_side (tokens, begin, end, number)) > 0)
    return end + n_side - first;
  if (currency != NULL)
    number->unit = currency;
  /* "1.950 €" */
  if (number->unit != NULL && number->unit->dim == CS_DIM_MONEY && fabs (number->step - 0.001) < 1e-9)
    {
      number->low *= 1000;
      number->high *= 1000;
      number->step = 1;
    }
  if (number->unit == NULL)
    number->unit = unit_before (tokens, begin);
  number->unit = settle_unit (number->unit, number, is_word (tokens, end - 1, "款"));
  if (number->unit == NULL && begin > 0 && is_one_of (get (tokens, begin - 1), "since,established,founded,est,dating,自"))
    number->unit = settle_old_year (number);
  if (((number->unit != NULL && number->unit->dim == CS_DIM_DEGREE) || (number->unit == NULL && is_frost (tokens, begin))) && is_below_zero (tokens, begin))
    turn_below_zero (tokens, begin, number);
  if (!is_number (tokens, begin, n, number->unit, number))
    return 0;

  end += take_rest (tokens, end, number);

  if (number->compare == CS_COMPARE_IS)
    number->compare = cs_ground_compare_at (tokens, first, end);
  number->quantity = cs_ground_quantity_before (tokens, first);
  /* "Size: 28 cm wide" */
  if (number->quantity == CS_QUANTITY_SIZE && number->unit != NULL && number->unit->dim != CS_DIM_SHOE)
    number->quantity = CS_QUANTITY_ANY;
  if (number->quantity == CS_QUANTITY_ANY || get (tokens, begin)->kind == CS_GROUND_LATIN)
    {
      CsQuantity after = cs_ground_quantity_after (tokens, end, &n_after);

      if (after != CS_QUANTITY_ANY)
        number->quantity = after;
    }

  /* "Max 60 W" tells no load */
  if (number->quantity == CS_QUANTITY_LOAD && number->unit != NULL && number->unit->dim != CS_DIM_WEIGHT)
    number->quantity = CS_QUANTITY_ANY;

  /* "长达12小时" tells no length */
  if (number->unit != NULL && cs_quantity_is_length (number->quantity) && number->unit->dim != CS_DIM_LENGTH && number->unit->dim != CS_DIM_COUNT)
    number->quantity = CS_QUANTITY_ANY;

  share_unit (tokens, first, end, number);

  read_counted (tokens, first, end, number);

  if (number->unit == NULL || number->unit->dim == CS_DIM_WEIGHT || number->unit->dim == CS_DIM_MONEY)
    number->scope = cs_ground_scope_at (tokens, first, begin + n);

  settle_share (tokens, end, number);
  number->soft = number->low == 1 && number->high == 1 && get (tokens, begin)->kind != CS_GROUND_DIGITS &&
                 (number->unit == NULL || (number->unit->dim == CS_DIM_COUNT && number->unit->factor <= 2)) &&
                 !(number->unit != NULL && number->unit->factor == 2 && number->nouns[0] == '\0');

  return end - first + n_after;
}
