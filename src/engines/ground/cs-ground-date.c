/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-ground-context.h"
#include "cs-ground-token.h"

/* Decades and months, in figures and in words */

/* "the seventies", "1970s", "50s": years from and to */
guint
cs_ground_decade_match (GArray   *tokens,
                        guint     first,
                        CsNumber *number)
{
  static const CsUnit year = { "", CS_DIM_YEAR, 1 };
  static const char *const names[] = { "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties" };
  CsGroundToken *token = get (tokens, first);
  guint n = 0;

  for (guint i = 0; token != NULL && token->kind == CS_GROUND_LATIN && i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (token->word, names[i]) == 0)
        {
          number->low = 1920 + 10 * i;
          n = 1;
        }
    }
  if (token != NULL && token->kind == CS_GROUND_DIGITS && is_word (tokens, first + 1, "s") && !get (tokens, first + 1)->spaced && token->part == 0)
    {
      double value = g_ascii_strtod (token->word, NULL);

      if (fmod (value, 10) == 0 && ((strlen (token->word) == 2 && value >= 20) || (strlen (token->word) == 4 && value >= 1800 && value < 2030)))
        {
          number->low = value < 100 ? 1900 + value : value;
          n = 2;
        }
    }
  /* "七十年代" */
  if (n == 0 && token != NULL && token->kind == CS_GROUND_HAN && is_word (tokens, first + 1, "十") && is_word (tokens, first + 2, "年") && is_word (tokens, first + 3, "代"))
    {
      static const char digits[] = "二三四五六七八九";
      const char *at = strstr (digits, token->word);

      if (at != NULL)
        {
          number->low = 1920 + 10 * (double) ((at - digits) / 3);
          n = 4;
        }
    }
  if (n == 0 && token != NULL && token->kind == CS_GROUND_DIGITS && is_word (tokens, first + 1, "年") && is_word (tokens, first + 2, "代"))
    {
      double value = g_ascii_strtod (token->word, NULL);

      if (fmod (value, 10) == 0 && ((value >= 20 && value < 100) || (value >= 1800 && value < 2030)))
        {
          number->low = value < 100 ? 1900 + value : value;
          n = 3;
        }
    }
  if (n == 0)
    return 0;

  number->high = number->low + 9;
  number->step = 1;
  number->unit = &year;

  return n;
}

/* "March", "28 March", "August 2024" */
guint
cs_ground_month_match (GArray   *tokens,
                       guint     first,
                       CsNumber *number)
{
  static const CsUnit month = { "", CS_DIM_MONTH, 1 };
  static const char *const names[] = {
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
  };
  CsGroundToken *token = get (tokens, first);

  if (token == NULL || token->kind != CS_GROUND_LATIN || !token->capital || strlen (token->word) < 3)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (token->word, names[i]) == 0 || (i != 4 && strlen (token->word) == 3 && g_str_has_prefix (names[i], token->word) &&
                                                  get (tokens, first + 1) != NULL && (get (tokens, first + 1)->kind == CS_GROUND_DIGITS || is_word (tokens, first + 1, "-"))) ||
          (i != 4 && strlen (token->word) == 3 && g_str_has_prefix (names[i], token->word) && first > 1 && is_word (tokens, first - 1, "-") && get (tokens, first - 2)->capital))
        {
          /* "May" alone may be anything */
          if (i == 4 && !(get (tokens, first + 1) != NULL && get (tokens, first + 1)->kind == CS_GROUND_DIGITS) &&
              !(first > 0 && get (tokens, first - 1)->kind == CS_GROUND_DIGITS))
            return 0;
          number->low = number->high = i + 1;
          number->step = 1;
          number->unit = &month;
          return 1;
        }
    }

  return 0;
}
