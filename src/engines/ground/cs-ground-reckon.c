/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-ground-infer.h"

/* Numbers that a text reckons itself and says so: "11 g together" of what weighs 5.5 g
 * each, "18 off" between two prices, "seven for each of four".
 */

static gboolean
says_any (const char        *folded,
          const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *at = strstr (folded, words[i]);
      gsize       n = strlen (words[i]);

      for (; at != NULL; at = strstr (at + 1, words[i]))
        {
          if ((guchar) *words[i] >= 0x80 || ((at == folded || !g_ascii_isalpha (at[-1])) && !g_ascii_isalpha (at[n])))
            return TRUE;
        }
    }

  return FALSE;
}

/* A number with what it counts as one unit */
typedef struct
{
  double    value; /* in the unit of its dimension */
  CsDim     dim;   /* CS_DIM_COUNT without a unit */
  CsFact   *fact;  /* NULL of what the text says itself */
  CsCompare compare;
  double    step;
  gboolean  each;  /* it is said of one of several */
  gboolean  part;  /* layers and doors: no pieces of a set */
  gboolean  all;   /* it is said of the pair or the set */
} Amount;

static gboolean
take_amount (const CsGroundClaim *claim,
             Amount              *amount)
{
  const CsNumber *number = &claim->number;
  const CsUnit   *unit = number->unit;

  if (claim->set != CS_GROUND_NUMBER || claim->negated || number->high != number->low || number->low <= 0)
    return FALSE;

  amount->compare = number->compare;
  amount->part = unit != NULL && unit->noun != NULL && unit->dim == CS_DIM_COUNT && strstr (" layer door leg wheel setting season plate level generation ", unit->noun) != NULL;
  amount->step = number->step * (unit != NULL && unit->dim != CS_DIM_COUNT ? unit->factor : 1);
  amount->dim = unit != NULL ? unit->dim : CS_DIM_COUNT;
  /* "3支" may be yarn, and are brushes */
  if (unit != NULL && unit->dim == CS_DIM_YARN && unit->second_dim == CS_DIM_COUNT && number->low <= 24)
    amount->dim = CS_DIM_COUNT;
  amount->value = number->low * (unit != NULL && unit->dim != CS_DIM_COUNT ? unit->factor : 1);
  if (unit != NULL && unit->dim == CS_DIM_COUNT && unit->factor == 2)
    amount->value *= 2;

  return TRUE;
}

/* "单枚50克", "每泡8克", "8 g each", "5 m per roll" */
static gboolean
is_of_each (const char    *text,
            CsGroundClaim *claim)
{
  static const char *const before[] = { "单", "每", "一", "each", "per", NULL };
  static const char *const after[] = { " each", "/", "一", " apiece", " per ", "每", NULL };
  gsize from = claim->start > 12 ? claim->start - 12 : 0;
  g_autofree char *head = NULL;

  if (claim->end > strlen (text))
    return FALSE;
  while (from > 0 && ((guchar) text[from] & 0xc0) == 0x80)
    from--;
  head = g_ascii_strdown (text + from, claim->start - from);
  for (char *p = head; *p != '\0'; p++)
    {
      if (strchr (",;.", *p) != NULL || strncmp (p, "，", 3) == 0 || strncmp (p, "。", 3) == 0)
        memset (head, ' ', p - head + 1);
    }
  for (guint i = 0; before[i] != NULL; i++)
    {
      if (strstr (head, before[i]) != NULL)
        return TRUE;
    }
  for (guint i = 0; after[i] != NULL; i++)
    {
      if (g_str_has_prefix (text + claim->end, after[i]))
        return TRUE;
    }

  return FALSE;
}

/* (element-type Amount): what the facts have, without what was derived */
static GArray *
find_amounts (CsGroundFacts *self)
{
  GArray *amounts = g_array_new (FALSE, FALSE, sizeof (Amount));
  guint   end = 0;

  for (guint i = 0; i < self->facts->len && amounts->len < 40; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len && amounts->len < 40; j++)
        {
          CsGroundClaim *claim = &g_array_index (fact->claims, CsGroundClaim, j);
          Amount amount = { 0, CS_DIM_NONE, fact->fact, CS_COMPARE_IS, 0, FALSE, FALSE, FALSE };

          end = j == 0 ? 0 : end;
          if (claim->end <= claim->start || claim->start < end)
            continue;
          end = claim->end;
          if (!take_amount (claim, &amount) ||
              (claim->number.chain && !(claim->number.unit != NULL && (claim->number.unit->dim == CS_DIM_COUNT || is_of_each (fact->text, claim)))))
            continue;
          /* "除雾款+120" */
          if (claim->number.unit == NULL && claim->number.step >= 1 && claim->start > 0 && claim->start <= strlen (fact->text) && fact->text[claim->start - 1] == '+')
            amount.dim = CS_DIM_MONEY;
          amount.all = claim->number.scope == CS_SCOPE_ALL;
          amount.each = claim->number.scope == CS_SCOPE_EACH || (!amount.all && is_of_each (fact->text, claim));
          g_array_append_val (amounts, amount);
          /* Pairs are counted by the pair, too */
          if (claim->number.unit != NULL && claim->number.unit->dim == CS_DIM_COUNT && claim->number.unit->factor == 2)
            {
              amount.value /= 2;
              g_array_append_val (amounts, amount);
            }
        }
    }

  return amounts;
}

static gboolean
is_same (double a,
         double b)
{
  return fabs (a - b) <= fabs (b) * 0.006 + 1e-6;
}

/* As exactly as it is said: "under ninety", "about 10 g" */
static gboolean
is_about (const Amount *said,
          double        known)
{
  switch (said->compare)
    {
    case CS_COMPARE_OVER: return known >= said->value && known <= said->value * 1.25;
    case CS_COMPARE_UNDER:
    case CS_COMPARE_NEAR: return known <= said->value && known >= said->value * 0.8;
    case CS_COMPARE_ABOUT: return fabs (said->value - known) <= MAX (known * 0.05, MIN (said->step / 2, known * 0.08));
    case CS_COMPARE_IS:
    default: return is_same (said->value, known) || fabs (said->value - known) <= MIN (said->step / 2, known * 0.02);
    }
}

/* May so many be counted? */
static gboolean
is_count (const Amount *amount,
          double        most)
{
  return amount->dim == CS_DIM_COUNT && !amount->part && amount->value >= 2 && amount->value <= most && amount->value == floor (amount->value);
}

/* Of layers and doors there are so many where one of them is told of */
static gboolean
is_multiple (const Amount *count,
             const Amount *one)
{
  Amount plain = *count;

  plain.part = count->part && !one->each;

  return is_count (&plain, 200);
}

static gboolean
keep_all (CsGroundFinding *finding,
          const Amount    *a,
          const Amount    *b)
{
  if (a->fact != NULL)
    cs_ground_keep (finding, CS_PHRASE_GROUNDED, a->fact);
  if (b->fact != NULL)
    cs_ground_keep (finding, CS_PHRASE_GROUNDED, b->fact);

  return TRUE;
}

/* What is counted in the text beside said, "ten together 225" */
static void
add_said (GArray        *amounts,
          GArray        *claims,
          CsGroundClaim *said)
{
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, i);
      Amount amount = { 0, CS_DIM_NONE, NULL, CS_COMPARE_IS, 0, FALSE, FALSE, FALSE };

      if (claim != said && take_amount (claim, &amount) && is_count (&amount, 100))
        g_array_append_val (amounts, amount);
    }
}

/* "Ten sheets, 450 g": does the text count anything besides? */
static gboolean
counts_others (GArray        *claims,
               CsGroundClaim *said)
{
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, i);
      Amount amount = { 0, CS_DIM_NONE, NULL, CS_COMPARE_IS, 0, FALSE, FALSE, FALSE };

      if (claim != said && take_amount (claim, &amount) && is_count (&amount, 100))
        return TRUE;
    }

  return FALSE;
}

/* 3 whales, 5 clouds and 8 balls are sixteen */
static gboolean
is_sum (GArray          *amounts,
        const Amount    *said,
        CsGroundFinding *finding)
{
  for (guint i = 0; i < amounts->len; i++)
    {
      Amount *first = &g_array_index (amounts, Amount, i);
      double  sum = 0;

      for (guint j = i; j < amounts->len && j < i + 8; j++)
        {
          Amount *next = &g_array_index (amounts, Amount, j);

          if (next->dim != said->dim || next->fact != first->fact || next->fact == NULL)
            break;
          sum += next->value;
          if (j > i && is_same (said->value, sum))
            return keep_all (finding, first, next);
        }
    }

  return FALSE;
}

static gboolean
is_product (GArray          *amounts,
            const Amount    *said,
            gboolean         pair,
            gboolean         single, /* only of what is told of one */
            CsGroundFinding *finding)
{
  for (guint i = 0; i < amounts->len; i++)
    {
      Amount *one = &g_array_index (amounts, Amount, i);

      if (one->dim != said->dim || one->fact == NULL || one->part || one->all)
        continue;
      if (pair && is_same (said->value, 2 * one->value))
        return keep_all (finding, one, one);
      for (guint j = 0; j < amounts->len; j++)
        {
          Amount *count = &g_array_index (amounts, Amount, j);

          if (j != i && is_multiple (count, one) && is_about (said, one->value * count->value) && (!single || one->each))
            return keep_all (finding, one, count);
        }
    }

  return FALSE;
}

static gboolean
is_quotient (GArray          *amounts,
             const Amount    *said,
             CsGroundFinding *finding)
{
  for (guint i = 0; i < amounts->len; i++)
    {
      Amount *all = &g_array_index (amounts, Amount, i);

      for (guint j = 0; all->dim == said->dim && all->fact != NULL && j < amounts->len; j++)
        {
          Amount *count = &g_array_index (amounts, Amount, j);

          if (j != i && is_count (count, 200) && is_about (said, all->value / count->value))
            return keep_all (finding, all, count);
        }
    }

  return FALSE;
}

static gboolean
has_count (GArray *amounts,
           guint   n)
{
  for (guint i = 0; i < amounts->len; i++)
    {
      Amount *amount = &g_array_index (amounts, Amount, i);

      if (is_count (amount, 12) && amount->value == n)
        return TRUE;
    }

  return FALSE;
}

/* "18 off": between two prices, or between the price of three and three prices of one */
static gboolean
is_difference (GArray          *amounts,
               const Amount    *said,
               CsGroundFinding *finding)
{
  for (guint i = 0; i < amounts->len; i++)
    {
      Amount *a = &g_array_index (amounts, Amount, i);

      for (guint j = 0; a->dim == said->dim && a->fact != NULL && j < amounts->len; j++)
        {
          Amount *b = &g_array_index (amounts, Amount, j);

          if (j == i || b->dim != said->dim || b->fact == NULL)
            continue;
          for (guint n = 1; n <= 6; n++)
            {
              if ((n == 1 || has_count (amounts, n)) && is_same (said->value, n * a->value - b->value))
                return keep_all (finding, a, b);
            }
        }
    }

  return FALSE;
}

/* "£60 with engraving" of what costs £54, and £6 more with it */
static gboolean
is_dearer (GArray          *amounts,
           const Amount    *said,
           CsGroundFinding *finding)
{
  for (guint i = 0; i < amounts->len; i++)
    {
      Amount *a = &g_array_index (amounts, Amount, i);

      for (guint j = i + 1; a->dim == said->dim && j < amounts->len; j++)
        {
          Amount *b = &g_array_index (amounts, Amount, j);

          if (b->dim == said->dim && a->fact != b->fact && is_same (said->value, a->value + b->value))
            return keep_all (finding, a, b);
        }
    }

  return FALSE;
}

/* "Nine carat" of what a fact calls "9ct gold" */
static gboolean
is_carat (CsGroundFacts   *self,
          CsGroundClaim   *claim,
          CsGroundFinding *finding)
{
  static const char *const units[] = { "ct", " ct", "k", " k", "kt", " carat", "-carat", " karat", "-karat", NULL };
  const CsUnit *unit = claim->number.unit;

  if (unit == NULL || !(unit->dim == CS_DIM_KARAT || (unit->dim == CS_DIM_WEIGHT && unit->second_dim == CS_DIM_COUNT)) || claim->number.low < 8 || claim->number.low > 24)
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint u = 0; units[u] != NULL; u++)
        {
          g_autofree char *whole = g_strdup_printf ("%g%s", claim->number.low, units[u]);
          const char      *at = strstr (fact->folded, whole);

          if (at != NULL && !g_ascii_isalnum (at[strlen (whole)]) && (at == fact->folded || !g_ascii_isdigit (at[-1])))
            {
              cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              return TRUE;
            }
        }
    }

  return FALSE;
}

/**
 * cs_ground_is_reckoned:
 * @claims: all that text says
 *
 * Returns: whether the number comes of the facts' numbers in the way that text says
 */
gboolean
cs_ground_is_reckoned (CsGroundFacts   *self,
                       const char      *text,
                       GArray          *claims,
                       CsGroundClaim   *claim,
                       CsGroundFinding *finding)
{
  static const char *const totals[] = { "together", "total", "in all", "altogether", "combined", "in sum", "all told", "the set", "the pack", "the pair", "a pair", "both",
                                        "共", "合计", "总", "加起来", "一对", "一双", "全套", "整套", "整盒", "整箱", "一箱", "整提", "一提", "a case", "per case", "连", NULL };
  static const char *const pairs[] = { "pair", "both", "对", "双", NULL };
  static const char *const parts[] = { "each", "apiece", "per", "every", "a piece", "a day", "a week", "a month", "每", "平均", "单", NULL };
  static const char *const savings[] = { "off", "save", "saves", "saving", "savings", "less", "cheaper", "reduced", "discount", "reduction", "down", "省", "便宜", "减", "优惠",
                                         "降", "到手", "券后", "差价", "差", NULL };
  g_autofree char *folded = NULL;
  g_autoptr (GArray) amounts = NULL;
  gboolean rolled;
  static const char *const extras[] = { "with", "including", "incl", "plus", "engraved", "personalised", "personalized", "framed", "含", "加", "连", "带", "刻", "款", "版", NULL };
  static const char *const contents[] = { "净重", "净含量", "装", "net", "毛重", "全长", "长度", "weigh", "weight", "burn", "hours", "of", "时长", NULL };
  static const char *const singles[] = { "一个", "一颗", "一枚", "一只", "一片", "一包", "一袋", "一罐", "一盒", "一瓶", "一支", "一条", "一张", "一块", "一泡", "一粒", "一本", "一双", "一件", "一杯", "一碗", "a serving", "a bar",
                                         "a bath", "a cup", "a pack", "a bag", "a jar", "a bottle", "a head", "a sheet", "a tablet", "one ", "a pair", "a card", "a pop", "a portion", NULL };
  Amount said = { 0, CS_DIM_NONE, NULL, CS_COMPARE_IS, 0, FALSE, FALSE, FALSE };

  if (text == NULL || claim->number.chain || !take_amount (claim, &said) || (said.dim == CS_DIM_COUNT && said.value < 2))
    return FALSE;
  if (is_carat (self, claim, finding))
    return TRUE;

  folded = cs_ground_fold (text);
  /* "2.50 per card" of what costs 12.50, of whatever currency */
  if (said.dim == CS_DIM_COUNT && claim->number.step < 0.5 && claim->number.unit == NULL)
    said.dim = CS_DIM_MONEY;
  /* "每张三块二" */
  if (claim->number.unit != NULL && claim->number.unit->second_dim == CS_DIM_MONEY && claim->number.unit->dim == CS_DIM_COUNT && claim->number.step < 1)
    {
      said.dim = CS_DIM_MONEY;
      said.value = claim->number.low * claim->number.unit->second_factor;
    }
  if (!says_any (folded, totals) && !says_any (folded, parts) && !says_any (folded, singles) && !says_any (folded, savings) && !says_any (folded, contents) && !counts_others (claims, claim) && !((said.dim == CS_DIM_MONEY || said.dim == CS_DIM_LENGTH) && says_any (folded, extras)))
    return FALSE;

  amounts = find_amounts (self);
  if (said.dim == CS_DIM_MONEY && says_any (folded, savings) && is_difference (amounts, &said, finding))
    return TRUE;
  if ((said.dim == CS_DIM_MONEY || said.dim == CS_DIM_LENGTH) && says_any (folded, extras) && is_dearer (amounts, &said, finding))
    return TRUE;
  add_said (amounts, claims, claim);
  rolled = said.dim == CS_DIM_LENGTH && says_any (folded, (const char *const[]) { "roll", "rolls", "reels", "spools", "balls", "skeins", "hanks", "卷", "团", "绞", "轴", NULL });
  if (says_any (folded, totals) &&
      (is_sum (amounts, &said, finding) || (said.dim != CS_DIM_PERCENT && is_product (amounts, &said, says_any (folded, pairs), (said.dim == CS_DIM_LENGTH && !rolled) || said.dim == CS_DIM_DEGREE, finding))))
    return TRUE;
  if ((says_any (folded, contents) || (said.dim != CS_DIM_LENGTH && counts_others (claims, claim))) && (said.dim == CS_DIM_WEIGHT || said.dim == CS_DIM_VOLUME || said.dim == CS_DIM_LENGTH || said.dim == CS_DIM_TIME) &&
      is_product (amounts, &said, FALSE, TRUE, finding))
    return TRUE;

  return (says_any (folded, parts) || says_any (folded, singles)) && claim->number.quantity != CS_QUANTITY_LOAD &&
         (said.dim == CS_DIM_COUNT || said.dim == CS_DIM_MONEY || said.dim == CS_DIM_WEIGHT || said.dim == CS_DIM_VOLUME ||
          (said.dim == CS_DIM_LENGTH && strstr (folded, "every") != NULL)) && is_quotient (amounts, &said, finding);
}
