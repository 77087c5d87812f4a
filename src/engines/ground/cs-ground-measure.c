/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-ground-infer.h"

/* What follows from measures and dates: how old a thing is, its area and volume, what
 * so much of it costs, and whether a sheet of paper goes in.
 */

/* ---- "Around forty years old" of what is from the eighties */

static int
get_year (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return now != NULL ? g_date_time_get_year (now) : 2026;
}

/* Does age follow from a time between first and last? */
static gboolean
is_age_of (const CsNumber *said,
           double          age,
           double          first,
           double          last)
{
  double most = get_year () - first + 1;
  double least = get_year () - last - 1;
  double room = MAX (age * 0.12, said->step / 2);

  if (said->compare == CS_COMPARE_OVER)
    return age <= most && age >= least * 0.6;
  if (said->compare == CS_COMPARE_UNDER || said->compare == CS_COMPARE_NEAR)
    return age >= least && age <= most * 1.35;

  return age >= least - room && age <= most + room;
}

static gboolean
says_age (const char *folded)
{
  static const char *const words[] = { "old", "ago", "history", "heritage", "tradition", "since", "for ", "experience", "历史", "年前", "年老", "老物件", "传承", "树龄", "年树", "年的", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strstr (folded, words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Times that are called by a name */
static const struct
{
  const char *words;
  double      first;
  double      last;
} eras[] = {
  { "民国", 1912, 1949 }, { "清末", 1860, 1911 }, { "晚清", 1850, 1911 }, { "清代", 1644, 1911 }, { "victorian", 1837, 1901 }, { "edwardian", 1901, 1914 },
  { "georgian silver", 1714, 1837 }, { "art deco", 1920, 1939 }, { "mid-century", 1945, 1969 }, { "mid century", 1945, 1969 },
};

static gboolean
is_of_era (CsGroundFacts   *self,
           const CsNumber  *said,
           double           age,
           CsGroundFinding *finding)
{
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint e = 0; e < G_N_ELEMENTS (eras); e++)
        {
          if (strstr (fact->folded, eras[e].words) == NULL || !is_age_of (said, age, eras[e].first, eras[e].last))
            continue;
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_aged (CsGroundFacts   *self,
         const char      *folded,
         CsGroundClaim   *claim,
         CsGroundFinding *finding)
{
  const CsUnit *unit = claim->number.unit;
  gboolean      told = says_age (folded);
  double        age = unit != NULL ? claim->number.low * unit->factor / 31557600 : 0;

  if (unit == NULL || unit->dim != CS_DIM_TIME || unit->factor < 31557600 || age < 3 || claim->number.quantity == CS_QUANTITY_WARRANTY)
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          if (known->set == CS_GROUND_NUMBER && !known->negated && known->number.unit != NULL && known->number.unit->dim == CS_DIM_YEAR && known->number.high > known->number.low &&
              age == known->number.high - known->number.low)
            {
              cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              return TRUE;
            }
          if (!told || known->set != CS_GROUND_NUMBER || known->negated || known->number.unit == NULL || known->number.unit->dim != CS_DIM_YEAR ||
              !is_age_of (&claim->number, age, known->number.low, known->number.high))
            continue;
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          return TRUE;
        }
    }

  return told && is_of_era (self, &claim->number, age, finding);
}

/* ---- "Sizes 35 to 46" of what is there in 35–38, 39–42 and 43–46 */

static gboolean
is_hull (CsGroundFacts   *self,
         CsGroundClaim   *claim,
         CsGroundFinding *finding)
{
  const CsNumber *said = &claim->number;

  if (said->high <= said->low)
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      gboolean begins = FALSE;
      gboolean ends = FALSE;
      gboolean sized = FALSE; /* each belongs to a size of its own */

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          sized = sized || known->set == CS_GROUND_SIZE;
          if (known->set != CS_GROUND_NUMBER || known->negated || known->end <= known->start || known->number.step != said->step ||
              (known->number.unit != NULL && said->unit != NULL && known->number.unit->dim != said->unit->dim))
            continue;
          begins = begins || known->number.low == said->low;
          ends = ends || (begins && known->number.high == said->high);
        }
      if (begins && ends && !sized)
        {
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          return TRUE;
        }
    }

  return FALSE;
}

/* ---- "0.72 m²" of what is 120 × 60 cm */

static gboolean
fits_value (const CsNumber *said,
            double          value)
{
  double known = value / said->unit->factor;

  switch (said->compare)
    {
    case CS_COMPARE_OVER:
      return known >= said->low * 0.999 && known <= said->low * 1.3;
    case CS_COMPARE_UNDER:
    case CS_COMPARE_NEAR:
      return known <= said->low * 1.001 && known >= said->low * 0.8;
    case CS_COMPARE_IS:
    case CS_COMPARE_ABOUT:
    default:
      return fabs (known - said->low) <= MAX (MIN (said->step / 2, known * 0.05), known * (said->compare == CS_COMPARE_ABOUT ? 0.06 : 0.006)) + 1e-9;
    }
}

/* (element-type double): lengths of a fact in mm, in the order that they stand in */
static GArray *
find_lengths (CsGroundFact *fact)
{
  GArray *lengths = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < fact->claims->len && lengths->len < 12; i++)
    {
      CsGroundClaim *claim = &g_array_index (fact->claims, CsGroundClaim, i);
      double         value;

      if (claim->set != CS_GROUND_NUMBER || claim->negated || claim->end <= claim->start ||
          !((claim->number.unit != NULL && claim->number.unit->dim == CS_DIM_LENGTH) || (claim->number.unit == NULL && claim->number.chain)))
        continue;
      value = claim->number.low * (claim->number.unit != NULL ? claim->number.unit->factor : 10);
      g_array_append_val (lengths, value);
    }

  return lengths;
}

static gboolean
is_spanned (CsGroundFacts   *self,
            CsGroundClaim   *claim,
            CsGroundFinding *finding)
{
  const CsUnit *unit = claim->number.unit;
  gboolean      area = unit != NULL && unit->dim == CS_DIM_AREA;

  if (!area && !(unit != NULL && unit->dim == CS_DIM_VOLUME && unit->factor >= 1000))
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      g_autoptr (GArray) lengths = find_lengths (fact);

      for (guint a = 0; a + 1 < lengths->len; a++)
        {
          double both = g_array_index (lengths, double, a) * g_array_index (lengths, double, a + 1);

          if ((area && fits_value (&claim->number, both)) ||
              (!area && a + 2 < lengths->len && fits_value (&claim->number, both * g_array_index (lengths, double, a + 2) / 1000)))
            {
              cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              return TRUE;
            }
        }
    }

  return FALSE;
}

/* ---- "£5 per 100 g" of 250 g for £12.50 */

static const struct
{
  const char *words; /* what may stand after "per", between commas */
  CsDim       dim;
  double      amount;
} measures[] = {
  { "per litre,a litre,per liter,a liter,/l,每升,一升", CS_DIM_VOLUME, 1000 },
  { "per kilo,a kilo,per kg,/kg,per kilogram,每公斤,一公斤,每千克", CS_DIM_WEIGHT, 1000 },
  { "per pound,a pound,per lb", CS_DIM_WEIGHT, 453.592 },
  { "per millilitre,per ml,per milliliter,a millilitre,每毫升,一毫升", CS_DIM_VOLUME, 1 },
  { "per gram,a gram,每克,一克", CS_DIM_WEIGHT, 1 },
  { "per ounce,an ounce,per oz", CS_DIM_WEIGHT, 28.3495 },
  { "每斤,一斤", CS_DIM_WEIGHT, 500 },
  { "每两,一两", CS_DIM_WEIGHT, 50 },
  { "per metre,a metre,per meter,a meter,每米,一米", CS_DIM_LENGTH, 1000 },
};

/* What the text names the price of: so much of which measure; 0 where it names none */
static double
find_measure (const char    *folded,
              GArray        *claims,
              CsGroundClaim *said,
              CsDim         *dim)
{
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, i);
      const CsUnit  *unit = claim->set == CS_GROUND_NUMBER ? claim->number.unit : NULL;

      if (claim == said || unit == NULL || !(unit->dim == CS_DIM_WEIGHT || unit->dim == CS_DIM_VOLUME || unit->dim == CS_DIM_LENGTH))
        continue;
      *dim = unit->dim;
      return claim->number.low * unit->factor;
    }

  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      g_auto (GStrv) words = g_strsplit (measures[i].words, ",", -1);

      for (guint j = 0; words[j] != NULL; j++)
        {
          const char *at = strstr (folded, words[j]);

          if (at == NULL || g_ascii_isalpha (at[strlen (words[j])]))
            continue;
          *dim = measures[i].dim;
          return measures[i].amount;
        }
    }

  return 0;
}

/* Of how much of dim a price is, by what stands after it: "per kg", "/斤"; or 0 */
static double
find_measure_after (const char *text,
                    CsDim       dim)
{
  static const char *const links[] = { "per ", "a ", "an ", "/", "每", "一", NULL };

  while (*text == ' ')
    text++;
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      g_auto (GStrv) words = g_strsplit (measures[i].words, ",", -1);

      for (guint j = 0; measures[i].dim == dim && words[j] != NULL; j++)
        {
          for (guint k = 0; links[k] != NULL; k++)
            {
              const char *unit = g_str_has_prefix (words[j], links[k]) ? words[j] + strlen (links[k]) : NULL;
              const char *rest = unit != NULL && g_str_has_prefix (text, links[k]) ? text + strlen (links[k]) : NULL;

              if (g_str_has_prefix (text, words[j]) && !g_ascii_isalpha (text[strlen (words[j])]))
                return measures[i].amount;
              if (rest != NULL && g_str_has_prefix (rest, unit) && !g_ascii_isalpha (rest[strlen (unit)]))
                return measures[i].amount;
              if (unit != NULL && *text == '/' && g_str_has_prefix (text + 1, unit) && !g_ascii_isalpha (text[1 + strlen (unit)]))
                return measures[i].amount;
            }
        }
    }

  return 0;
}

static gboolean
costs (const CsNumber *said,
       double          cost,
       double          known)
{
  if (said->compare == CS_COMPARE_UNDER || said->compare == CS_COMPARE_NEAR)
    return known <= cost && known >= cost * 0.8;
  if (said->compare == CS_COMPARE_OVER)
    return known >= cost && known <= cost * 1.25;

  return fabs (known - cost) <= cost * 0.01;
}

static gboolean
is_price_of_measure (CsGroundFacts   *self,
                     const char      *folded,
                     GArray          *claims,
                     CsGroundClaim   *claim,
                     CsGroundFinding *finding)
{
  CsDim  dim = CS_DIM_NONE;
  const CsUnit *unit = claim->number.unit;
  gboolean priced = unit == NULL || unit->dim == CS_DIM_MONEY || unit->second_dim == CS_DIM_MONEY;
  double cost = claim->number.low * (unit == NULL ? 1 : unit->dim == CS_DIM_MONEY ? unit->factor : unit->second_factor);
  double whole;
  double measure = priced ? find_measure (folded, claims, claim, &dim) : 0;

  for (guint i = 0; measure > 0 && i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *price = &g_array_index (fact->claims, CsGroundClaim, j);

          if (price->set != CS_GROUND_NUMBER || price->negated || price->end <= price->start || price->number.unit == NULL || price->number.unit->dim != CS_DIM_MONEY)
            continue;
          /* "£28 per kg" */
          if (price->end <= strlen (fact->text) && (whole = find_measure_after (fact->text + price->end, dim)) > 0 && costs (&claim->number, cost, price->number.low * measure / whole))
            {
              cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              return TRUE;
            }
          for (guint k = 0; k < self->facts->len; k++)
            {
              CsGroundFact *other = self->facts->pdata[k];

              for (guint l = 0; l < other->claims->len; l++)
                {
                  CsGroundClaim *all = &g_array_index (other->claims, CsGroundClaim, l);

                  if (all->set != CS_GROUND_NUMBER || all->negated || all->number.unit == NULL || all->number.unit->dim != dim || all->number.low <= 0 ||
                      !costs (&claim->number, cost, price->number.low * measure / (all->number.low * all->number.unit->factor)))
                    continue;
                  cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
                  cs_ground_keep (finding, CS_PHRASE_GROUNDED, other->fact);
                  return TRUE;
                }
            }
        }
    }

  return FALSE;
}

/* ---- "显色指数97" of what is "Ra97", "a water column of 3,000" of "PU3000" */

static gboolean
is_rated (CsGroundFacts   *self,
          const char      *folded,
          CsGroundClaim   *claim,
          CsGroundFinding *finding)
{
  static const char *const words[] = { "指数", "系数", "index", "rating", "cri", "hrc", "硬度", "蓬", "值", "score", "column", NULL };
  gboolean named = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    named = named || strstr (folded, words[i]) != NULL;
  if (!named || claim->number.high != claim->number.low || claim->number.low < 10 ||
      !(claim->number.unit == NULL || claim->number.unit->dim == CS_DIM_COUNT || claim->number.unit->dim == CS_DIM_FACTOR || claim->number.unit->dim == CS_DIM_YEAR ||
        claim->number.unit->dim == CS_DIM_DEGREE))
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (const char *p = fact->folded; *p != '\0'; p++)
        {
          char  *end;
          double value;

          if (!g_ascii_isdigit (*p) || (p > fact->folded && (g_ascii_isdigit (p[-1]) || p[-1] == '.')))
            continue;
          value = g_ascii_strtod (p, &end);
          if (!(p > fact->folded && g_ascii_isalpha (p[-1])) && !g_ascii_isalpha (*end))
            continue;
          if (value == claim->number.low || (claim->number.compare == CS_COMPARE_OVER && value >= claim->number.low && value <= claim->number.low * 1.25))
            {
              cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              return TRUE;
            }
        }
    }

  return FALSE;
}

/**
 * cs_ground_is_measured:
 * @claims: all that text says
 *
 * Returns: whether the number follows from the facts' measures and dates
 */
gboolean
cs_ground_is_measured (CsGroundFacts   *self,
                       const char      *text,
                       GArray          *claims,
                       CsGroundClaim   *claim,
                       CsGroundFinding *finding)
{
  g_autofree char *folded = NULL;

  if (text == NULL || claim->set != CS_GROUND_NUMBER || claim->negated)
    return FALSE;

  folded = cs_ground_fold (text);

  return is_aged (self, folded, claim, finding) || is_hull (self, claim, finding) || is_spanned (self, claim, finding) || is_rated (self, folded, claim, finding) || is_price_of_measure (self, folded, claims, claim, finding);
}

/* ---- "Fits A4" of what is 35 × 26 cm inside */

static gboolean
says_fits (const char *folded)
{
  static const char *const words[] = { "fit", "hold", "room for", "carr", "big enough", "large enough", "takes", "放", "装", "容", "收纳", "塞", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strstr (folded, words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

gboolean
cs_ground_takes_sheet (CsGroundFacts   *self,
                       const char      *text,
                       CsGroundClaim   *claim,
                       CsGroundFinding *finding)
{
  static const double heights[] = { 1189, 841, 594, 420, 297, 210, 148, 105 };
  g_autofree char *folded = NULL;
  guint which;

  if (text == NULL || claim->set != CS_GROUND_NAME || claim->negated || claim->key == NULL || *claim->key != 'a' || claim->key[1] < '0' || claim->key[1] > '7' || claim->key[2] != '\0')
    return FALSE;

  folded = cs_ground_fold (text);
  which = claim->key[1] - '0';
  for (guint i = 0; says_fits (folded) && i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      g_autoptr (GArray) lengths = find_lengths (fact);

      for (guint a = 0; a + 1 < lengths->len; a++)
        {
          double one = g_array_index (lengths, double, a);
          double other = g_array_index (lengths, double, a + 1);

          if (MAX (one, other) >= heights[which] * 1.01 && MIN (one, other) >= heights[which] / M_SQRT2 * 1.01)
            {
              cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              return TRUE;
            }
        }
    }

  return FALSE;
}
