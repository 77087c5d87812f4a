/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-ground-number.h"
#include "cs-ground-token.h"

/* Numbers as people write them: "1,200.5", "2 1/2", "½", "twenty-five", "三十二",
 * "一百二十", "3万", "10–12", "half a". Without what they count.
 */

static const struct
{
  const char *word;
  double      value;
} words[] = {
  { "zero", 0 }, { "one", 1 }, { "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 },
  { "seven", 7 }, { "eight", 8 }, { "nine", 9 }, { "ten", 10 }, { "eleven", 11 }, { "twelve", 12 },
  { "thirteen", 13 }, { "fourteen", 14 }, { "fifteen", 15 }, { "sixteen", 16 }, { "seventeen", 17 },
  { "eighteen", 18 }, { "nineteen", 19 }, { "twenty", 20 }, { "thirty", 30 }, { "forty", 40 }, { "fifty", 50 },
  { "single", 1 }, { "duo", 2 }, { "trio", 3 }, { "quartet", 4 }, { "twin", 2 }, { "sixty", 60 }, { "seventy", 70 }, { "eighty", 80 }, { "ninety", 90 },
};

/* "1,200" is a thousand, "1,5" one and a half, "1.200.000" a million */
static double
read_digits (const char *text,
             double     *step)
{
  g_autofree char *plain = g_strdup (text);
  const char *comma = strchr (text, ',');
  const char *dot = strchr (text, '.');
  char       *out = plain;
  char        decimal = 0;

  if (comma != NULL && dot != NULL)
    decimal = comma > dot ? ',' : '.';
  else if (comma != NULL && (strlen (comma + 1) != 3 || *text == '0') && strchr (comma + 1, ',') == NULL)
    decimal = ',';
  else if (dot != NULL && strchr (dot + 1, '.') == NULL)
    decimal = '.';

  *step = 1;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == decimal)
        *out++ = '.';
      else if (g_ascii_isdigit (*p))
        *out++ = *p;
    }
  *out = '\0';

  if (decimal != 0 && strchr (plain, '.') != NULL)
    *step = pow (10, -(double) strlen (strchr (plain, '.') + 1));

  return g_ascii_strtod (plain, NULL);
}

static double
scale_of (const char *word)
{
  if (strcmp (word, "十") == 0 || strcmp (word, "拾") == 0)
    return 10;
  if (strcmp (word, "廿") == 0 || strcmp (word, "卅") == 0)
    return strcmp (word, "廿") == 0 ? 20 : 30;
  if (strcmp (word, "百") == 0 || strcmp (word, "佰") == 0)
    return 100;
  if (strcmp (word, "千") == 0 || strcmp (word, "仟") == 0)
    return 1000;
  if (strcmp (word, "万") == 0)
    return 1e4;
  if (strcmp (word, "亿") == 0)
    return 1e8;

  return 0;
}

static int
digit_of (const char *word)
{
  static const char *const digits[] = { "〇零", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖" };

  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      if (strstr (digits[i], word) != NULL)
        return i;
    }

  return -1;
}

/* How many tokens of Chinese numerals stand there, and whether any is a power of ten */
static guint
count_han (GArray   *tokens,
           guint     first,
           gboolean *scaled)
{
  guint i = first;

  *scaled = FALSE;
  for (; i < tokens->len; i++)
    {
      CsGroundToken *token = get (tokens, i);
      double         scale = token->kind == CS_GROUND_HAN ? scale_of (token->word) : 0;

      if (token->kind != CS_GROUND_HAN || (scale == 0 && digit_of (token->word) < 0) || (i > first && token->spaced))
        break;
      /* "三两" are three of 50 g: after a digit the unit is meant, unless a power follows */
      if (i > first && strcmp (token->word, "两") == 0 && (get (tokens, i + 1) == NULL || scale_of (get (tokens, i + 1)->word) == 0))
        break;
      *scaled = *scaled || scale > 0;
    }

  return i - first;
}

/* "三十二", "一百零五", "一万两千"; "二〇二四" digit by digit */
static guint
match_han (GArray *tokens,
           guint   first,
           double *value,
           double *step)
{
  gboolean scaled;
  guint    n = count_han (tokens, first, &scaled);
  double   total = 0;
  double   section = 0;
  double   digit = -1;
  double   last = 0;

  *step = 1;
  for (guint i = first; i < first + n; i++)
    {
      const char *word = get (tokens, i)->word;
      double      scale = scale_of (word);

      last = scale > 0 ? scale : last;
      if (!scaled)
        section = section * 10 + digit_of (word);
      else if (scale >= 1e4)
        {
          total += (section + MAX (digit, 0) > 0 ? section + MAX (digit, 0) : 1) * scale;
          section = 0;
          digit = -1;
        }
      else if (scale > 0)
        {
          section += (digit < 0 ? 1 : digit) * scale;
          digit = -1;
        }
      else
        digit = digit_of (word);
    }
  /* "一百二" is 120, "一百零二" is 102 */
  if (n >= 3 && digit > 0 && scaled && last >= 100 && digit_of (get (tokens, first + n - 2)->word) < 0)
    {
      digit *= last / 10;
      *step = last / 10;
    }
  *value = total + section + (scaled ? MAX (digit, 0) : 0);

  return n;
}

/* "thirds", "fifths": of how many; else 0 */
static double
parts_of (GArray *tokens,
          guint   at)
{
  static const struct
  {
    const char *word;
    double      whole;
  } parts[] = { { "third", 3 }, { "fifth", 5 }, { "sixth", 6 }, { "seventh", 7 }, { "eighth", 8 }, { "ninth", 9 }, { "tenth", 10 } };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (is_word (tokens, at, parts[i].word) || (get (tokens, at) != NULL && strcmp (get (tokens, at)->stem, parts[i].word) == 0))
        return parts[i].whole;
    }

  return 0;
}

/* What may follow a number word: "two and a half", "three quarters of a", or a
 * quarter alone; where what follows begins
 */
static guint
match_latin_part (GArray *tokens,
                  guint   first,
                  guint   i,
                  double *value)
{
  /* "two and a half" */
  if (i > first && is_word (tokens, i, "and") && is_word (tokens, i + 1, "a") && is_word (tokens, i + 2, "half"))
    {
      *value += 0.5;
      i += 3;
    }

  /* "a quarter of an inch", "quarter pound", "a third of a metre" */
  if (i == first)
    {
      guint at = i + is_word (tokens, i, "a");

      if (is_word (tokens, at, "quarter") || (is_word (tokens, at, "third") && is_word (tokens, at + 1, "of")))
        {
          *value = is_word (tokens, at, "quarter") ? 0.25 : 1 / 3.0;
          at++;
          at += is_word (tokens, at, "-");
          return at + (is_word (tokens, at, "of") && (is_word (tokens, at + 1, "a") || is_word (tokens, at + 1, "an")) ? 2 : 0);
        }
    }

  /* "three quarters of a litre", "two-thirds cotton" */
  if (i > first)
    {
      guint    at = i + is_word (tokens, i, "-");
      gboolean quarter = is_word (tokens, at, "quarters") || is_word (tokens, at, "quarter");

      double   whole = quarter ? 4 : parts_of (tokens, at);

      if (whole > *value)
        {
          *value /= whole;
          i = at + 1;
          i += is_word (tokens, i, "of") && (is_word (tokens, i + 1, "a") || is_word (tokens, i + 1, "an")) ? 2 : 0;
        }
    }

  return i;
}

/* "twenty-five": what stands at index first, below a hundred */
static guint
match_tens (GArray *tokens,
            guint   first,
            double *value)
{
  guint i = first;

  for (guint w = 0; w < G_N_ELEMENTS (words); w++)
    {
      if (!is_word (tokens, i, words[w].word))
        continue;

      *value = words[w].value;
      i++;
      if (*value >= 20)
        {
          guint skip = is_word (tokens, i, "-");

          for (guint u = 1; u < 10; u++)
            {
              if (is_word (tokens, i + skip, words[u].word))
                {
                  *value += u;
                  i += skip + 1;
                  break;
                }
            }
        }
      break;
    }

  return i - first;
}

/* "one hundred and twenty", "two thousand"; where what follows begins */
static guint
match_scale (GArray *tokens,
             guint   first,
             guint   i,
             double *value)
{
  static const struct
  {
    const char *word;
    double      scale;
  } scales[] = { { "thousand", 1000 }, { "hundred", 100 } };
  double total = 0;

  for (guint s = 0; s < G_N_ELEMENTS (scales); s++)
    {
      double more = 0;
      guint  n;
      guint  skip;

      /* "two hundred thousand" */
      if (i > first && s == 0 && is_word (tokens, i, "hundred") && is_word (tokens, i + 1, "thousand"))
        {
          *value *= 100;
          i++;
        }
      if (i == first || !is_word (tokens, i, scales[s].word))
        continue;
      *value *= scales[s].scale;
      i++;
      skip = is_word (tokens, i, "and");
      if ((n = match_tens (tokens, i + skip, &more)) == 0)
        continue;
      if (is_word (tokens, i + skip + n, "hundred"))
        {
          total = *value;
          *value = more;
        }
      else
        *value += more;
      i += skip + n;
    }
  *value += total;

  return i;
}

static guint
match_latin (GArray *tokens,
             guint   first,
             double *value)
{
  guint i = first;

  if (is_word (tokens, i, "half"))
    {
      *value = 0.5;
      return is_word (tokens, i + 1, "a") || is_word (tokens, i + 1, "an") || is_word (tokens, i + 1, "-") ? 2 : 1;
    }

  i += match_tens (tokens, i, value);

  if (i == first && is_word (tokens, i, "the") && is_word (tokens, i + 1, "dozen"))
    {
      *value = 1;
      i++;
    }

  if (i == first && (is_word (tokens, i, "a") || is_word (tokens, i, "an")) &&
      (is_word (tokens, i + 1, "hundred") || is_word (tokens, i + 1, "thousand") || is_word (tokens, i + 1, "dozen") ||
       is_word (tokens, i + 1, "pair") || is_word (tokens, i + 1, "litre") || is_word (tokens, i + 1, "liter") ||
       is_word (tokens, i + 1, "kilo") || is_word (tokens, i + 1, "kilogram") || is_word (tokens, i + 1, "metre") ||
       is_word (tokens, i + 1, "meter") || is_word (tokens, i + 1, "ounce") || is_word (tokens, i + 1, "pound") ||
       is_word (tokens, i + 1, "euro") || is_word (tokens, i + 1, "dollar") || is_word (tokens, i + 1, "centimetre") || is_word (tokens, i + 1, "centimeter") || is_word (tokens, i + 1, "cm") || is_word (tokens, i + 1, "inch") || is_word (tokens, i + 1, "foot") || is_word (tokens, i + 1, "yard") ||
       is_word (tokens, i + 1, "hour") || is_word (tokens, i + 1, "gram") || is_word (tokens, i + 1, "mile") || is_word (tokens, i + 1, "decade") || is_word (tokens, i + 1, "fortnight") || is_word (tokens, i + 1, "quart") || is_word (tokens, i + 1, "gallon") || is_word (tokens, i + 1, "pint")))
    {
      *value = 1;
      i++;
    }

  /* "for a month", but not "once a month" */
  if (i == first && first > 0 && is_word (tokens, i, "a") && is_one_of (get (tokens, first - 1), "for,about,around,within,lasts,over,under,nearly,almost,last") &&
      is_one_of (get (tokens, i + 1), "year,month,week,day"))
    {
      *value = 1;
      i++;
    }

  i = match_scale (tokens, first, i, value);

  i = match_latin_part (tokens, first, i, value);
  if (i == first && is_word (tokens, i, "couple"))
    {
      *value = 2;
      i++;
    }

  return i - first;
}

/* "1/2", "2 1/2", "2½" */
static guint
match_fraction (GArray *tokens,
                guint   first,
                double *value,
                double *step)
{
  CsGroundToken *here = get (tokens, first);
  CsGroundToken *below = get (tokens, first + 2);
  double         unused;

  if (here == NULL || here->kind != CS_GROUND_DIGITS)
    return 0;

  if (here->part > 0)
    {
      *value = here->part;
      *step = 0.01;
      return 1;
    }

  /* "4 out of 5" is "4/5" */
  if (is_word (tokens, first + 1, "out") && is_word (tokens, first + 2, "of") && get (tokens, first + 3) != NULL &&
      get (tokens, first + 3)->kind == CS_GROUND_DIGITS)
    {
      double a = read_digits (here->word, &unused);
      double b = read_digits (get (tokens, first + 3)->word, &unused);

      if (a > 0 && a < b && b <= 10)
        {
          *value = a / b;
          *step = 0.01;
          return 4;
        }
    }

  if (is_word (tokens, first + 1, "/") && below != NULL && below->kind == CS_GROUND_DIGITS && !below->spaced)
    {
      double a = read_digits (here->word, &unused);
      double b = read_digits (below->word, &unused);

      if (a > 0 && a < b && (b == 2 || b == 3 || b == 4 || b == 5 || b == 8 || b == 10 || b == 16 || b == 32))
        {
          *value = a / b;
          *step = 0.01;
          return 3;
        }
    }

  return 0;
}

static guint
match_one (GArray *tokens,
           guint   first,
           double *value,
           double *step)
{
  CsGroundToken *token = get (tokens, first);
  double         part;
  guint          n;
  guint          more;

  *step = 1;
  if (token == NULL)
    return 0;

  if (token->kind == CS_GROUND_LATIN)
    {
      n = match_latin (tokens, first, value);
      /* "eight out of ten" is "8/10" */
      if (n > 0 && is_word (tokens, first + n, "out") && is_word (tokens, first + n + 1, "of") && (more = match_tens (tokens, first + n + 2, &part)) > 0 &&
          part > *value && part <= 10)
        {
          *value /= part;
          *step = 0.01;
          n += 2 + more;
        }
      return n;
    }

  if (token->kind == CS_GROUND_HAN)
    {
      if (strcmp (token->word, "半") == 0)
        {
          *value = 0.5;
          return 1;
        }
      /* "单孔", where a fact has another number of them */
      if (strcmp (token->word, "单") == 0 && get (tokens, first + 1) != NULL && !get (tokens, first + 1)->spaced &&
          strstr ("孔层门抽轮人", get (tokens, first + 1)->word) != NULL &&
          !is_one_of (get (tokens, first + 2), "高,重,长,宽,厚,承,容,约,限"))
        {
          *value = 1;
          return 1;
        }
      if (strcmp (token->word, "双") == 0 && get (tokens, first + 1) != NULL && !get (tokens, first + 1)->spaced && strstr ("孔层门抽轮人", get (tokens, first + 1)->word) != NULL)
        {
          *value = 2;
          return 1;
        }
      n = match_han (tokens, first, value, step);
      if (n > 0 && is_word (tokens, first + n, "点") && (more = match_han (tokens, first + n + 1, &part, step)) == 1)
        {
          *value += part / 10;
          *step = 0.1;
          n += 2;
        }
      return n;
    }

  if (token->kind != CS_GROUND_DIGITS)
    return 0;

  if ((n = match_fraction (tokens, first, value, step)) > 0)
    return n;

  *value = read_digits (token->word, step);
  if ((more = match_fraction (tokens, first + 1, &part, step)) > 0)
    {
      *value += part;
      return 1 + more;
    }

  n = 1;
  for (CsGroundToken *next; (next = get (tokens, first + n)) != NULL && next->kind == CS_GROUND_HAN && !next->spaced &&
                            scale_of (next->word) >= 100;
       n++)
    {
      *value *= scale_of (next->word);
      *step *= scale_of (next->word);
    }

  return n;
}

/* "三分之一", "百分之六十" */
static guint
match_parts (GArray *tokens,
             guint   at,
             double  whole,
             double *value)
{
  double part;
  double step;
  guint  n;

  if (!is_word (tokens, at, "分") || !is_word (tokens, at + 1, "之") || whole <= 0 ||
      (n = match_one (tokens, at + 2, &part, &step)) == 0)
    return 0;

  *value = whole == 100 ? part : part / whole;

  return 2 + n;
}

static gboolean
is_range_mark (GArray *tokens,
               guint   index)
{
  static const char *const marks[] = { "-", "~", "to", "至", "到", "～", "〜" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (is_word (tokens, index, marks[i]))
        return TRUE;
    }

  return FALSE;
}

guint
cs_ground_numeral_match (GArray   *tokens,
                         guint     first,
                         CsNumber *number)
{
  double high;
  double step;
  guint  n;
  guint  more;

  if (is_word (tokens, first, "百") && is_word (tokens, first + 1, "分") && is_word (tokens, first + 2, "百"))
    {
      number->low = number->high = 100;
      number->step = 1;
      number->percent = TRUE;
      return 3;
    }

  /* "羊毛占一半" */
  if (is_word (tokens, first, "一") && is_word (tokens, first + 1, "半") && first > 0)
    {
      number->low = number->high = 50;
      number->step = 10;
      number->percent = TRUE;
      return 2;
    }

  n = match_one (tokens, first, &number->low, &number->step);

  if (n == 0)
    return 0;

  more = match_parts (tokens, first + n, number->low, &number->low);
  number->step = more > 0 && number->low < 1 ? 0.01 : number->step;
  number->percent = more > 0 && number->low >= 1;
  /* "占四分之一" */
  if (more > 0 && number->low < 1 && first > 0 && is_one_of (get (tokens, first - 1), "占,约,近,有,含"))
    {
      number->low *= 100;
      number->step = 1;
      number->percent = TRUE;
    }
  n += more;
  number->high = number->low;

  /* "four- to five-year-olds" */
  if (is_word (tokens, first + n, "-") && is_word (tokens, first + n + 1, "to") && (more = match_one (tokens, first + n + 2, &high, &step)) > 0 && high > number->low)
    {
      number->high = high;
      return n + 2 + more;
    }

  /* "10–12", "three to five"; the hyphen of "two-year" is none */
  if ((is_range_mark (tokens, first + n) || (first > 0 && is_word (tokens, first - 1, "between") && is_word (tokens, first + n, "and"))) && (more = match_one (tokens, first + n + 1, &high, &step)) > 0 && high > number->low)
    {
      number->high = high;
      number->step = MAX (number->step, step);
      n += 1 + more;
    }

  /* A tolerance is taken, and not compared */
  if (is_word (tokens, first + n, "±") && get (tokens, first + n + 1) != NULL &&
      get (tokens, first + n + 1)->kind == CS_GROUND_DIGITS)
    n += 2;

  return n;
}
