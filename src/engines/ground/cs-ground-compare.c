/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-ground-lexicon.h"
#include "cs-ground-number.h"

/* Whether one number says what another does: converted, and as exactly as the
 * digits go that are written
 */

/* "70 % merino" is 70 % wool */
static gboolean
has_kind (const CsNumber *number,
          guint           concept)
{
  for (const char *at = strchr (number->nouns, '#'); at != NULL; at = strchr (at + 1, '#'))
    {
      if (cs_ground_concept_is (g_ascii_strtoull (at + 1, NULL, 10), concept))
        return TRUE;
    }

  return FALSE;
}

static gboolean
share_noun (const CsNumber *a,
            const CsNumber *b)
{
  g_auto (GStrv) list = g_strsplit (a->nouns, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autofree char *whole = g_strdup_printf (" %s ", list[i]);

      if (*list[i] != '\0' && strstr (b->nouns, whole) != NULL)
        return TRUE;
      if (*list[i] == '#' && has_kind (b, g_ascii_strtoull (list[i] + 1, NULL, 10)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_han_text (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if ((guchar) *p >= 0xe0)
        return TRUE;
    }

  return FALSE;
}

typedef enum
{
  NOUN_SAME,
  NOUN_OPEN, /* one of them says nothing of it */
  NOUN_OTHER,
} NounMatch;

static NounMatch
compare_nouns (const CsNumber *a,
               const CsNumber *b)
{
  if (a->nouns[0] == '\0' && b->nouns[0] == '\0')
    return NOUN_SAME;

  if (a->nouns[0] == '\0' || b->nouns[0] == '\0')
    return NOUN_OPEN;

  if (share_noun (a, b))
    return NOUN_SAME;

  /* In two languages, and not both are known */
  if (is_han_text (a->nouns) != is_han_text (b->nouns) && (strchr (a->nouns, '#') == NULL || strchr (b->nouns, '#') == NULL))
    return NOUN_OPEN;

  return NOUN_OTHER;
}

static gboolean
quantities_fit (CsQuantity a,
                CsQuantity b)
{
  const guint round = (1u << CS_QUANTITY_ACROSS) | (1u << CS_QUANTITY_WIDTH);
  const guint deep = (1u << CS_QUANTITY_DEPTH) | (1u << CS_QUANTITY_HEIGHT);

  if (a == CS_QUANTITY_ANY || b == CS_QUANTITY_ANY || a == b)
    return TRUE;

  if ((a == CS_QUANTITY_WAIST && b == CS_QUANTITY_WIDTH) || (a == CS_QUANTITY_WIDTH && b == CS_QUANTITY_WAIST))
    return TRUE;

  /* "底座直径260毫米" of a "底座26cm" */
  if ((a == CS_QUANTITY_BASE && b == CS_QUANTITY_ACROSS) || (b == CS_QUANTITY_BASE && a == CS_QUANTITY_ACROSS))
    return TRUE;

  return ((round >> a & 1) && (round >> b & 1)) || ((deep >> a & 1) && (deep >> b & 1));
}

/* Does what is said follow from what is known, as exactly as its digits go? In the
 * same unit only by rounding; in another one within half of its last digit, and
 * never by more than a twentieth.
 */
static gboolean
value_agrees (double    said,
              double    known,
              double    said_step,
              double    known_step,
              gboolean  same_unit,
              CsCompare compare)
{
  double most = fmax (fabs (known) * 0.06, 1e-9);
  double room = fmin (said_step / 2, most) * 1.0001;

  if (compare == CS_COMPARE_OVER)
    return known >= said - 1e-9 && known <= said * 1.5;
  if (compare == CS_COMPARE_UNDER)
    return known <= said + 1e-9 && known >= said * 0.6;

  if (compare == CS_COMPARE_NEAR && known <= said && known >= said * 0.82)
    return TRUE;
  if (compare == CS_COMPARE_NEAR)
    compare = CS_COMPARE_ABOUT;

  if (!same_unit)
    room = fmax (room, fmin (known_step / 2, fabs (known) * 0.03));
  if (compare == CS_COMPARE_ABOUT)
    room = fmax (fmax (room, fabs (known) * 0.06), fmin (said_step / 2, fabs (known) * 0.1));
  if (same_unit && said_step <= known_step && compare == CS_COMPARE_IS)
    room = fabs (known) * 1e-6;

  return fabs (said - known) <= room + 1e-9;
}

static gboolean
in_dim (const CsUnit *unit,
        CsDim         dim,
        guint         sense,
        double       *factor,
        double       *offset)
{
  *offset = 0;
  if (sense == 0 && unit->dim == dim)
    {
      *factor = unit->factor;
      *offset = unit->offset;
      return TRUE;
    }

  *factor = unit->second_factor;

  return sense == 1 && unit->second_dim == dim && unit->second_dim != CS_DIM_NONE;
}

/* "A ring of the seventies" of what is of 1978 */
static gboolean
is_of_decade (const CsNumber *said,
              const CsNumber *known)
{
  if (said->unit->dim != CS_DIM_YEAR || known->unit->dim != CS_DIM_YEAR)
    return FALSE;

  /* A car of 2021 among those of 2019 to 2023 */
  if (known->high > known->low && !(fmod (known->low, 10) == 0 && known->high == known->low + 9))
    return said->high > said->low ? said->low <= known->high && said->high >= known->low : said->low >= known->low && said->high <= known->high;

  return said->high > said->low && known->low >= said->low && known->high <= said->high;
}

static gboolean
ends_agree (const CsNumber *said,
            const CsNumber *known,
            double          f,
            double          fo,
            double          g,
            double          go)
{
  gboolean same = said->unit == known->unit || fabs (f - g) < 1e-12;
  double   a = said->low * f + fo;
  double   b = said->high * f + fo;
  double   c = known->low * g + go;
  double   d = known->high * g + go;
  double   s = said->step * f;
  double   t = known->step * g;

  /* "180 °C" converted is as rough as its last digit that is no nought */
  if (!same && known->low >= 100 && fmod (known->low, 10) == 0)
    t *= 10;

  /* "6,700 feet" is as rough as it is round */
  if (!same && said->low >= 1000 && fmod (said->low, 100) == 0)
    s *= 100;
  else if (!same && said->low >= 100 && fmod (said->low, 10) == 0)
    s *= 10;

  if (said->high > said->low)
    return value_agrees (a, c, s, t, same, CS_COMPARE_IS) && value_agrees (b, d, s, t, same, CS_COMPARE_IS);

  return value_agrees (a, c, s, t, same, said->compare) || value_agrees (a, d, s, t, same, said->compare);
}

static gboolean
is_piece (const CsNumber *number)
{
  return number->unit != NULL && number->unit->dim == CS_DIM_COUNT && g_str_has_prefix (number->unit->words, "pc,");
}

static CsAgreement
compare_counts (const CsNumber *said,
                const CsNumber *known)
{
  double    f = said->unit != NULL ? said->unit->factor : 1;
  double    g = known->unit != NULL ? known->unit->factor : 1;
  NounMatch nouns = compare_nouns (said, known);

  if (is_piece (known) && !is_piece (said) && (strstr (said->nouns, " colour ") != NULL || strstr (said->nouns, " size ") != NULL))
    return CS_UNRELATED;
  /* "7 pcs" are seven of what the thing is */
  if (nouns == NOUN_OTHER && is_piece (known) && (said->unit == NULL || said->unit->noun == NULL || said->unit->second_dim == CS_DIM_MONEY) && said->low >= 2 && said->low == known->low && said->high == known->high && g == 1 && f == 1)
    return CS_AGREES;
  if (nouns == NOUN_OTHER)
    return CS_UNRELATED;

  /* A side of "80 x 60" counts nothing, nor is it a temperature */
  if (known->chain && known->low > 24 && known->unit == NULL && !said->chain && said->quantity == CS_QUANTITY_ANY && said->nouns[0] == '\0')
    return CS_UNRELATED;

  /* "传承五代" of what five of are in the box */
  if (said->unit != NULL && said->unit->noun != NULL && strcmp (said->unit->noun, "generation") == 0 && known->unit != said->unit)
    return CS_UNRELATED;

  /* "Size 6" counts nothing */
  if (known->quantity == CS_QUANTITY_SIZE && said->quantity != CS_QUANTITY_SIZE && said->nouns[0] != '\0')
    return CS_UNRELATED;

  if (ends_agree (said, known, f, 0, g, 0) || (f == 2 && ends_agree (said, known, 1, 0, 1, 0)) || (g == 2 && ends_agree (said, known, 1, 0, 1, 0)))
    return CS_AGREES;

  if ((said->quantity == CS_QUANTITY_SIZE || known->quantity == CS_QUANTITY_SIZE) && said->low >= known->low && said->high <= known->high)
    return CS_AGREES;

  /* "One" and "a pair" deny only what is counted by the same noun */
  if (said->soft && (said->nouns[0] == '\0' || known->nouns[0] == '\0'))
    return CS_UNRELATED;

  return nouns == NOUN_SAME ? CS_DIFFERS : CS_UNRELATED;
}

static gboolean
is_counted (const CsNumber *number)
{
  return number->unit == NULL || number->unit->dim == CS_DIM_COUNT;
}

/* A number without a unit beside one with: "100 × 180" may be centimetres */
static CsAgreement
compare_bare (const CsNumber *said,
              const CsNumber *known)
{
  const CsNumber *bare = said->unit == NULL ? said : known;
  const CsNumber *other = said->unit == NULL ? known : said;
  const double    tries[] = { 10, 1 };
  const gboolean  named = said->quantity == known->quantity && said->quantity >= CS_QUANTITY_HEIGHT && said->quantity <= CS_QUANTITY_BASE;

  /* "sizes 92-128" */
  if (other->unit->dim == CS_DIM_LENGTH && bare == known && bare->quantity == CS_QUANTITY_SIZE && bare->low >= 44 && fabs (said->low - known->low) < 1e-9 &&
      fabs (said->high - known->high) < 1e-9)
    return CS_AGREES;

  if (!quantities_fit (said->quantity, known->quantity) ||
      (other->unit->dim != CS_DIM_MONTH && other->unit->dim != CS_DIM_DAY && bare->nouns[0] != '\0' && !bare->chain && !named))
    return CS_UNRELATED;

  /* "ages 2+" and "from two years" */
  if (other->unit->dim == CS_DIM_TIME && bare->quantity == CS_QUANTITY_AGE && said->low == known->low)
    return CS_AGREES;

  if (other->unit->dim == CS_DIM_MONTH || other->unit->dim == CS_DIM_DAY)
    return said->low == known->low ? CS_AGREES : CS_UNRELATED;

  /* "60" is a price where it is called one; sides have lengths only */
  if ((other->unit->dim == CS_DIM_MONEY && bare == said && bare->quantity != CS_QUANTITY_PRICE && bare->step >= 1 && !(bare->compare == CS_COMPARE_UNDER && bare->nouns[0] == '\0')) || (bare->chain && other->unit->dim != CS_DIM_LENGTH))
    return CS_UNRELATED;

  /* "down to -5" */
  if (other->unit->dim == CS_DIM_DEGREE && bare->low < 0)
    return ends_agree (said, known, said->unit != NULL ? said->unit->factor : 1, said->unit != NULL ? said->unit->offset : 0, known->unit != NULL ? known->unit->factor : 1,
                       known->unit != NULL ? known->unit->offset : 0)
             ? CS_AGREES
             : CS_UNRELATED;

  /* "Wash at 30" */
  if (other->unit->dim == CS_DIM_DEGREE && bare == known && bare->nouns[0] == '\0' && bare->quantity == CS_QUANTITY_ANY && bare->low >= 20 &&
      ends_agree (said, known, said->unit->factor, said->unit->offset, 1, 0))
    return CS_AGREES;

  if (other->unit->dim == CS_DIM_SHOE && bare == said && said->low >= known->low && said->high <= known->high)
    return CS_AGREES;
  if (other->unit->dim == CS_DIM_SHOE)
    return other->low >= bare->low && other->high <= bare->high ? CS_AGREES : CS_UNRELATED;

  /* "特价 260" */
  if (other->unit->dim == CS_DIM_MONEY && bare == known && known->quantity == CS_QUANTITY_PRICE && ends_agree (said, known, 1, 0, 1, 0))
    return CS_AGREES;

  /* "一百二以内" */
  if (other->unit->dim == CS_DIM_MONEY && bare == said && said->compare == CS_COMPARE_UNDER)
    return ends_agree (said, known, 1, 0, 1, 0) ? CS_AGREES : CS_UNRELATED;

  /* "Box of 40" tells no hours and no share */
  if (known->unit == NULL && (said->unit->dim == CS_DIM_TIME || said->unit->dim == CS_DIM_PERCENT || said->unit->dim == CS_DIM_MONEY))
    return CS_UNRELATED;

  if (fabs (said->low - known->low) < 1e-9 && fabs (said->high - known->high) < 1e-9 && (bare->chain || bare->low >= 10))
    return CS_AGREES;

  for (guint i = 0; other->unit->dim == CS_DIM_LENGTH && (bare->chain || bare->low >= 30 || named) && i < G_N_ELEMENTS (tries); i++)
    {
      double f = said->unit != NULL ? said->unit->factor : tries[i];
      double g = known->unit != NULL ? known->unit->factor : tries[i];

      if (ends_agree (said, known, f, 0, g, 0))
        return CS_AGREES;
    }

  return CS_UNRELATED;
}

/* A month is four weeks, or 30 days */
static gboolean
months_agree (const CsNumber *said,
              const CsNumber *known,
              double          f,
              double          g)
{
  const double month = 2629800;
  const double days[] = { 28 * 86400.0, 30 * 86400.0 };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      if (f == month && g < month && g >= 86400 && ends_agree (said, known, days[i], 0, g, 0))
        return TRUE;
      if (g == month && f < month && f >= 86400 && ends_agree (said, known, f, 0, days[i], 0))
        return TRUE;
    }

  return FALSE;
}

CsAgreement
cs_ground_numbers_compare (const CsNumber *said,
                           const CsNumber *known)
{
  CsAgreement found = CS_UNRELATED;

  if (is_counted (said) && is_counted (known))
    return compare_counts (said, known);

  if (said->unit == NULL || known->unit == NULL)
    return compare_bare (said, known);

  if (is_of_decade (said, known))
    return CS_AGREES;

  /* "3 g each" of what weighs 3 g the pair */
  if (said->scope != CS_SCOPE_OPEN && known->scope != CS_SCOPE_OPEN && said->scope != known->scope)
    return CS_UNRELATED;

  for (guint i = 0; i < 4; i++)
    {
      CsDim  dim = i & 1 ? said->unit->second_dim : said->unit->dim;
      double f, fo, g, go;

      if (dim == CS_DIM_NONE || !in_dim (said->unit, dim, i & 1, &f, &fo) || !in_dim (known->unit, dim, i >> 1, &g, &go))
        continue;

      if (dim == CS_DIM_MONEY && said->unit->noun != NULL && known->unit->noun != NULL && strcmp (said->unit->noun, known->unit->noun) != 0 &&
          !(strcmp (said->unit->noun, "cny") == 0 && (strcmp (known->unit->noun, "twd") == 0 || strcmp (known->unit->noun, "hkd") == 0)))
        continue;
      if (dim == CS_DIM_PERCENT && compare_nouns (said, known) == NOUN_OTHER)
        continue;
      if ((dim == CS_DIM_FACTOR || dim == CS_DIM_SHOE) && said->unit != known->unit)
        continue;

      if (!quantities_fit (said->quantity, known->quantity))
        {
          /* The other quantity has this value: "28 cm wide" of what is 28 cm high */
          continue;
        }

      if (said->quantity == CS_QUANTITY_THICKNESS && known->quantity == CS_QUANTITY_ANY && known->broad)
        {
          found = CS_DIFFERS;
          continue;
        }

      if (ends_agree (said, known, f, fo, g, go) || (dim == CS_DIM_TIME && months_agree (said, known, f, g)))
        return CS_AGREES;
      if (dim == CS_DIM_SHOE && known->high > known->low && said->low >= known->low && said->high <= known->high)
        return CS_AGREES;
      found = CS_DIFFERS;
    }

  return found;
}
