/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-context.h"
#include "cs-ground-facts.h"

/* What the facts' numbers come to: products and sums, what a set holds together,
 * the sides of a sheet of paper, leaves of pages. What was derived is held against
 * like what is written.
 */

/* ---- Within one fact */

static CsGroundClaim *
add_like (GArray *claims,
          guint   index,
          double  low,
          double  high)
{
  CsGroundClaim more = g_array_index (claims, CsGroundClaim, index);

  more.key = NULL;
  more.root = NULL;
  more.without = NULL;
  more.heads = NULL;
  more.end = more.start; /* it stands nowhere */
  more.number.low = low;
  more.number.high = high;
  g_array_append_val (claims, more);

  return &g_array_index (claims, CsGroundClaim, claims->len - 1);
}

static CsNumber *
get_number (GArray *claims,
            guint   index)
{
  CsGroundClaim *claim = index < claims->len ? &g_array_index (claims, CsGroundClaim, index) : NULL;

  return claim != NULL && claim->set == CS_GROUND_NUMBER && !claim->negated ? &claim->number : NULL;
}

static gboolean
is_dim (const CsNumber *number,
        CsDim           dim)
{
  return number != NULL && number->unit != NULL && number->unit->dim == dim;
}

/* The number after claim i, else the next claim */
static guint
next_number (GArray *claims,
             guint   i,
             guint   n)
{
  for (guint j = i + 1; j < n; j++)
    {
      if (g_array_index (claims, CsGroundClaim, j).set == CS_GROUND_NUMBER)
        return j;
    }

  return i + 1;
}

static gboolean
is_product_sign (const char *between)
{
  static const char *const signs[] = { "*", "x", "×", "X", "of", NULL };

  return g_strv_contains (signs, between);
}

/* "200g × 2", "six bottles of 25 cl": what they are together is known, too */
static void
add_products (GArray     *claims,
              const char *text)
{
  guint n = claims->len;

  for (guint i = 0; i + 1 < n; i++)
    {
      CsGroundClaim *a = &g_array_index (claims, CsGroundClaim, i);
      CsGroundClaim *b = &g_array_index (claims, CsGroundClaim, next_number (claims, i, n));
      g_autofree char *between = NULL;
      CsGroundClaim  together;
      gboolean       first;

      if (a->set != CS_GROUND_NUMBER || b->set != CS_GROUND_NUMBER || b->start < a->end)
        continue;

      between = g_strndup (text + a->end, b->start - a->end);
      g_strstrip (between);
      /* "20片×3盒" */
      first = a->number.unit != NULL && (a->number.unit->dim == CS_DIM_WEIGHT || a->number.unit->dim == CS_DIM_VOLUME ||
                                         (a->number.unit->dim == CS_DIM_COUNT && b->number.unit != NULL && b->number.unit->dim == CS_DIM_COUNT));
      if (!first && !(b->number.unit != NULL && (b->number.unit->dim == CS_DIM_WEIGHT || b->number.unit->dim == CS_DIM_VOLUME)))
        continue;
      if (!is_product_sign (between) && !(!first && g_str_has_suffix (between, " of")))
        continue;

      together = first ? *a : *b;
      together.key = NULL;
      together.root = NULL;
      together.number.low = a->number.low * b->number.low;
      together.number.high = a->number.high * b->number.high;
      g_array_append_val (claims, together);
    }
}

/* "43+5cm": a chain that can be lengthened */
static void
add_sums (GArray     *claims,
          const char *text)
{
  guint n = claims->len;

  for (guint i = 0; i + 1 < n; i++)
    {
      guint           next = next_number (claims, i, n);
      const CsNumber *b = get_number (claims, next);
      const CsNumber *a = get_number (claims, i);
      const CsUnit   *unit = b != NULL ? b->unit : NULL;
      g_autofree char *between = NULL;
      double low, more;

      if (a == NULL || !is_dim (b, CS_DIM_LENGTH) || (a->unit != NULL && a->unit != unit) ||
          g_array_index (claims, CsGroundClaim, next).start < g_array_index (claims, CsGroundClaim, i).end)
        continue;

      between = g_strndup (text + g_array_index (claims, CsGroundClaim, i).end,
                           g_array_index (claims, CsGroundClaim, next).start - g_array_index (claims, CsGroundClaim, i).end);
      g_strstrip (between);
      if (strcmp (between, "+") != 0 && strcmp (between, "＋") != 0 && strcmp (between, "plus") != 0 && strcmp (between, "加") != 0)
        continue;

      low = a->low;
      more = b->low;
      for (guint k = 0; k < 3; k++)
        {
          CsGroundClaim *sum = add_like (claims, i, k == 1 ? low + more : low, k == 0 ? low : low + more);

          sum->number.unit = unit;
          sum->number.quantity = CS_QUANTITY_ANY;
          sum->number.nouns[0] = '\0';
        }
    }
}

/* "32 pieces + 2 extra queens" */
static void
add_more (GArray     *claims,
          const char *text)
{
  guint n = claims->len;

  for (guint i = 0; i + 1 < n; i++)
    {
      guint           next = next_number (claims, i, n);
      const CsNumber *a = get_number (claims, i);
      const CsNumber *b = get_number (claims, next);
      guint           end = g_array_index (claims, CsGroundClaim, i).end;
      g_autofree char *between = NULL;

      if (a == NULL || b == NULL || !(a->unit == NULL || a->unit->dim == CS_DIM_COUNT) || !(b->unit == NULL || b->unit->dim == CS_DIM_COUNT) ||
          a->low < 1 || a->step != 1 || g_array_index (claims, CsGroundClaim, next).start < end)
        continue;
      between = g_strndup (text + end, g_array_index (claims, CsGroundClaim, next).start - end);
      if (strchr (between, '+') == NULL || strpbrk (between, ",.;") != NULL || strlen (between) > 24)
        continue;
      add_like (claims, i, a->low + b->low, a->high + b->high)->number.soft = FALSE;
    }
}

/* "3 g the pair": each is half of it */
static void
add_halves (GArray     *claims,
            const char *lower)
{
  guint n = strstr (lower, "pair") != NULL || strstr (lower, "一对") != NULL || strstr (lower, "一双") != NULL ? claims->len : 0;

  for (guint i = 0; i < n; i++)
    {
      const CsNumber *number = get_number (claims, i);

      if ((is_dim (number, CS_DIM_WEIGHT) || is_dim (number, CS_DIM_MONEY)) && number->scope == CS_SCOPE_ALL)
        {
          CsGroundClaim *half = add_like (claims, i, number->low / 2, number->high / 2);

          half->number.scope = CS_SCOPE_EACH;
          half->number.step /= 10;
        }
    }
}

/* "linen cotton 55/45": the shares of the two materials before */
static void
add_shares (GArray     *claims,
            const char *text)
{
  static const CsUnit percent = { "%", CS_DIM_PERCENT, 1 };
  guint n = claims->len;

  for (guint i = 2; i + 1 < n; i++)
    {
      const CsNumber *a = get_number (claims, i);
      const CsNumber *b = get_number (claims, i + 1);
      guint           end = g_array_index (claims, CsGroundClaim, i).end;

      if (a == NULL || b == NULL || a->unit != NULL || b->unit != NULL || a->low + b->low != 100 || text[end] != '/' ||
          g_array_index (claims, CsGroundClaim, i + 1).start != end + 1 || g_array_index (claims, CsGroundClaim, i - 1).set != CS_GROUND_MATERIAL ||
          g_array_index (claims, CsGroundClaim, i - 2).set != CS_GROUND_MATERIAL)
        continue;

      for (guint k = 0; k < 2; k++)
        {
          CsGroundClaim *share = add_like (claims, i + k, get_number (claims, i + k)->low, get_number (claims, i + k)->low);
          CsGroundEntry *meaning = &g_array_index (claims, CsGroundClaim, i - 2 + k).meaning;

          share->number.unit = &percent;
          share->number.nouns[0] = '\0';
          for (guint m = 0; m < meaning->n_senses; m++)
            {
              g_autofree char *id = g_strdup_printf ("#%u", meaning->senses[m]);

              cs_number_add_noun (&share->number, id);
            }
        }
    }
}

/* The share of the material that claim which names */
static void
add_share (GArray *claims,
           guint   which,
           guint   number)
{
  static const CsUnit percent = { "%", CS_DIM_PERCENT, 1 };
  CsGroundClaim *share = add_like (claims, number, g_array_index (claims, CsGroundClaim, number).number.low, g_array_index (claims, CsGroundClaim, number).number.low);
  CsGroundEntry *meaning = &g_array_index (claims, CsGroundClaim, which).meaning;

  share->number.unit = &percent;
  share->number.quantity = CS_QUANTITY_ANY;
  share->number.chain = FALSE;
  share->number.nouns[0] = '\0';
  for (guint m = 0; m < meaning->n_senses; m++)
    {
      g_autofree char *id = g_strdup_printf ("#%u", meaning->senses[m]);

      cs_number_add_noun (&share->number, id);
    }
}

static guint
next_material (GArray *claims,
               guint   from,
               guint   n)
{
  while (from < n && g_array_index (claims, CsGroundClaim, from).set != CS_GROUND_MATERIAL)
    from++;

  return from;
}

/* "75/25 merino/nylon", "棉60腈纶40": shares that nobody calls per cent, but that come to
 * a hundred
 */
static void
add_bare_shares (GArray     *claims,
                 const char *text)
{
  guint n = claims->len;

  for (guint i = 0; i + 2 < n; i++)
    {
      const CsNumber *a = get_number (claims, i);
      const CsNumber *b = get_number (claims, i + 1);
      CsGroundClaim  *claim = &g_array_index (claims, CsGroundClaim, i);

      if (a != NULL && b != NULL && a->unit == NULL && b->unit == NULL && a->low + b->low == 100 && text[claim->end] == '/' &&
          g_array_index (claims, CsGroundClaim, i + 1).start == claim->end + 1)
        {
          guint first = next_material (claims, i + 2, MIN (n, i + 5));
          guint second = next_material (claims, first + 1, MIN (n, i + 6));

          if (second < MIN (n, i + 6) && get_number (claims, i + 1)->chain == FALSE)
            {
              add_share (claims, first, i);
              add_share (claims, second, i + 1);
            }
        }
      else if (claim->set == CS_GROUND_MATERIAL && !claim->negated && i + 3 < n && b != NULL && get_number (claims, i + 3) != NULL && b->unit == NULL &&
          get_number (claims, i + 3)->unit == NULL && b->low + get_number (claims, i + 3)->low == 100 &&
          g_array_index (claims, CsGroundClaim, i + 1).start <= claim->end + 1 && g_array_index (claims, CsGroundClaim, i + 2).set == CS_GROUND_MATERIAL &&
          g_array_index (claims, CsGroundClaim, i + 3).start <= g_array_index (claims, CsGroundClaim, i + 2).end + 1)
        {
          add_share (claims, i, i + 1);
          add_share (claims, i + 2, i + 3);
        }
    }
}

/* "60 g per 100 g" is 60 % */
static void
add_per_hundred (GArray     *claims,
                 const char *lower)
{
  static const CsUnit percent = { "%", CS_DIM_PERCENT, 1 };
  guint n = claims->len;

  for (guint i = 0; i + 1 < n; i++)
    {
      guint            next = next_number (claims, i, n);
      const CsNumber  *a = get_number (claims, i);
      const CsNumber  *b = get_number (claims, next);
      guint            end = g_array_index (claims, CsGroundClaim, i).end;
      g_autofree char *between = NULL;

      if (a == NULL || b == NULL || a->unit == NULL || a->unit != b->unit || b->low != 100 || a->low >= 100 || g_array_index (claims, CsGroundClaim, next).start <= end)
        continue;
      between = g_strndup (lower + end, g_array_index (claims, CsGroundClaim, next).start - end);
      if (strstr (between, "per") == NULL && strstr (between, "/") == NULL && strstr (between, "每") == NULL)
        continue;
      add_like (claims, i, a->low, a->high)->number.unit = &percent;
    }
}

/* "160 pages" are 80 sheets */
static void
add_leaves (GArray *claims)
{
  guint n = claims->len;

  for (guint i = 0; i < n; i++)
    {
      const CsNumber *number = get_number (claims, i);
      CsGroundClaim  *more;
      gboolean pages;

      if (number == NULL || number->low < 2 || !(number->unit == NULL || number->unit->dim == CS_DIM_COUNT))
        continue;
      pages = strstr (number->nouns, " page ") != NULL;
      if (!pages && strstr (number->nouns, " sheet ") == NULL && strstr (number->nouns, " leaf ") == NULL)
        continue;

      more = pages ? add_like (claims, i, number->low / 2, number->high / 2) : add_like (claims, i, number->low * 2, number->high * 2);
      more->number.unit = NULL;
      g_strlcpy (more->number.nouns, pages ? " sheet leaf " : " page ", sizeof more->number.nouns);
    }
}

/* "Chest half 53 cm": all around it is twice as much */
static void
add_rounds (GArray     *claims,
            const char *lower)
{
  static const char *const halves[] = { "half", "pit to pit", "laid flat", "lying flat", "across the chest", "measure flat", "measured flat", "measurements flat", "when flat", "平铺", "半胸", NULL };
  guint    n = claims->len;
  gboolean half = FALSE;

  for (guint i = 0; halves[i] != NULL; i++)
    half = half || strstr (lower, halves[i]) != NULL;

  for (guint i = 0; half && i < n; i++)
    {
      const CsNumber *number = get_number (claims, i);

      if (!is_dim (number, CS_DIM_LENGTH) || number->low * number->unit->factor < 200)
        continue;
      if (number->quantity == CS_QUANTITY_BUST || number->quantity == CS_QUANTITY_WAIST || number->quantity == CS_QUANTITY_HIP)
        {
          add_like (claims, i, number->low * 2, number->high * 2);
          number = get_number (claims, i);
        }
      add_like (claims, i, number->low * 2, number->high * 2)->number.quantity = CS_QUANTITY_AROUND;
    }
}

/* "10 ATM", "10 bar": a hundred metres of water */
static void
add_depths (GArray *claims)
{
  static const CsUnit metre = { "m", CS_DIM_LENGTH, 1000 };
  guint n = claims->len;

  for (guint i = 0; i < n; i++)
    {
      const CsNumber *number = get_number (claims, i);
      CsGroundClaim  *more;

      if (!is_dim (number, CS_DIM_PRESSURE) || number->unit->factor != 1 || number->low < 3 || number->low > 100)
        continue;
      more = add_like (claims, i, number->low * 10, number->high * 10);
      more->number.unit = &metre;
      more->number.quantity = CS_QUANTITY_ANY;
    }
}

/* Binoculars of "8x25" magnify eight times */
static void
add_magnification (GArray     *claims,
                   const char *lower)
{
  static const char *const things[] = { "binocular", "monocular", "scope", "opera glass", "望远", NULL };
  g_autoptr (GArray) word = cs_ground_tokens ("x");
  gboolean found = FALSE;
  guint    n_unit;
  guint    n = claims->len;

  for (guint i = 0; things[i] != NULL; i++)
    found = found || strstr (lower, things[i]) != NULL;

  for (guint i = 0; found && i + 1 < n; i++)
    {
      const CsNumber *a = get_number (claims, i);
      const CsNumber *b = get_number (claims, i + 1);
      CsGroundClaim  *more;
      double          lens;

      if (a == NULL || b == NULL || !a->chain || !b->chain || a->low < 2 || a->low > 30 || b->low < 18 || b->low > 80)
        continue;
      /* What is added may move them */
      lens = b->low;
      more = add_like (claims, i, a->low, a->low);
      more->number.unit = cs_ground_unit_match (word, 0, &n_unit);
      more->number.chain = FALSE;
      more->number.nouns[0] = '\0';
      more = add_like (claims, i + 1, lens, lens);
      more->number.unit = NULL;
      more->number.chain = FALSE;
    }
}

/* Of "40 × 25 × 2.5" only the least is a thickness */
static void
mark_broad (GArray *claims)
{
  for (guint i = 0; i < claims->len;)
    {
      guint  end = i;
      double least = G_MAXDOUBLE;

      for (const CsNumber *number; (number = get_number (claims, end)) != NULL && number->chain; end++)
        least = MIN (least, number->low);
      for (guint j = i; j < end; j++)
        get_number (claims, j)->broad = end - i == 2 || get_number (claims, j)->low > least;
      i = MAX (end, i + 1);
    }
}

/* ---- Sheets of paper: A4 is 210 × 297 mm */

static gboolean
find_sheet (const char *key,
            double     *width,
            double     *height)
{
  static const double a[][2] = { { 841, 1189 }, { 594, 841 }, { 420, 594 }, { 297, 420 }, { 210, 297 }, { 148, 210 }, { 105, 148 }, { 74, 105 } };
  static const double b[][2] = { { 1000, 1414 }, { 707, 1000 }, { 500, 707 }, { 353, 500 }, { 250, 353 }, { 176, 250 }, { 125, 176 }, { 88, 125 } };
  const double *sheet;

  if ((*key != 'a' && *key != 'b') || key[1] < '0' || key[1] > '7' || key[2] != '\0')
    return FALSE;

  sheet = *key == 'a' ? a[key[1] - '0'] : b[key[1] - '0'];
  *width = sheet[0];
  *height = sheet[1];

  return TRUE;
}

static gboolean
has_length (GArray *claims,
            double  mm,
            double  room)
{
  for (guint i = 0; i < claims->len; i++)
    {
      const CsNumber *number = get_number (claims, i);

      if (is_dim (number, CS_DIM_LENGTH) && ABS (number->low * number->unit->factor - mm) < mm * room)
        return TRUE;
    }

  return FALSE;
}

static void
add_sheets (GArray *claims)
{
  static const CsUnit mm = { "mm", CS_DIM_LENGTH, 1 };
  guint n = claims->len;

  for (guint i = 0; i < n; i++)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, i);
      double width, height;

      if (claim->set != CS_GROUND_NAME || claim->negated || claim->key == NULL || !find_sheet (claim->key, &width, &height) ||
          (has_length (claims, width, 0.005) && has_length (claims, height, 0.005)))
        continue;

      for (guint k = 0; k < 2; k++)
        {
          CsGroundClaim *side = add_like (claims, i, k == 0 ? width : height, k == 0 ? width : height);

          side->set = CS_GROUND_NUMBER;
          side->number.step = 1;
          side->number.unit = &mm;
          side->number.chain = TRUE;
          side->number.broad = TRUE;
        }
    }
}

/* What is 210 × 297 mm may be called A4 */
static void
add_sheet_names (GArray *claims)
{
  for (char format = 'a'; format <= 'b'; format++)
    {
      for (char which = '0'; which <= '7'; which++)
        {
          const char     key[] = { format, which, '\0' };
          CsGroundClaim  name = { .set = CS_GROUND_NAME };
          double         width, height;

          if (!find_sheet (key, &width, &height) || !has_length (claims, width, 0.015) || !has_length (claims, height, 0.015))
            continue;
          name.key = g_strdup (key);
          g_array_append_val (claims, name);
        }
    }
}

void
cs_ground_derive (GArray     *claims,
                  const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  cs_ground_fill (claims, text);
  mark_broad (claims);
  add_products (claims, text);
  add_sums (claims, text);
  add_more (claims, text);
  add_shares (claims, text);
  add_bare_shares (claims, text);
  add_per_hundred (claims, lower);
  add_halves (claims, lower);
  add_leaves (claims);
  add_depths (claims);
  add_magnification (claims, lower);
  add_rounds (claims, lower);
  add_sheets (claims);
  add_sheet_names (claims);
}

/* ---- Of several facts together */

static gboolean
says_each (const char *folded)
{
  return strstr (folded, "each") != NULL || strstr (folded, "apiece") != NULL || strstr (folded, "每") != NULL ||
         strstr (folded, "单只") != NULL || strstr (folded, "单个") != NULL || strstr (folded, "/饼") != NULL ||
         strstr (folded, "/片") != NULL || strstr (folded, "/包") != NULL || strstr (folded, "/袋") != NULL || strstr (folded, "/盒") != NULL ||
         strstr (folded, "/瓶") != NULL || strstr (folded, "/支") != NULL;
}

/* "Trekking poles pair" */
static gboolean
says_pair (CsGroundFacts *self)
{
  for (guint i = 0; i < self->facts->len; i++)
    {
      static const char *const pairs[] = { "earring", "cufflink", "mittens", "gloves", "socks", "耳环", "耳钉", "耳坠", NULL };
      const char *folded = ((CsGroundFact *) self->facts->pdata[i])->folded;
      const char *at = strstr (folded, "pair");

      for (guint j = 0; pairs[j] != NULL; j++)
        {
          if (strstr (folded, pairs[j]) != NULL)
            return TRUE;
        }
      if (at != NULL && at[4] != 's' && !g_ascii_isalpha (at[4]))
        return TRUE;
    }

  return FALSE;
}

/* "£52 the set" of two: what one of them is */
static void
add_prices (CsGroundFacts *self)
{
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      guint         n = fact->claims->len;

      for (guint j = 0; j < n; j++)
        {
          const CsNumber *price = get_number (fact->claims, j);

          if (!is_dim (price, CS_DIM_MONEY) || price->scope != CS_SCOPE_ALL)
            continue;
          for (guint k = 0; k < self->facts->len; k++)
            {
              CsGroundFact *other = self->facts->pdata[k];

              for (guint l = 0; l < other->claims->len && (other != fact || l < n); l++)
                {
                  const CsNumber *count = get_number (other->claims, l);
                  double          each = get_number (fact->claims, j)->low;

                  if (count != NULL && count->low >= 2 && count->low <= 24 && count->step == 1 && (count->unit == NULL || is_dim (count, CS_DIM_COUNT)) &&
                      !count->chain)
                    add_like (fact->claims, j, each / count->low, each / count->low)->number.scope = CS_SCOPE_EACH;
                }
            }
        }
    }
}

static void
add_total (CsGroundFact  *fact,
           CsGroundClaim *one,
           double         count)
{
  CsGroundClaim together = *one;

  together.key = NULL;
  together.root = NULL;
  together.number.low *= count;
  together.number.high *= count;
  together.number.scope = CS_SCOPE_ALL;
  g_array_append_val (fact->claims, together);
}

/* "每盒12枚 共两盒": how many there are in all */
static void
add_contents (CsGroundFact *fact)
{
  guint n = fact->claims->len;

  for (guint i = 0; i < n; i++)
    {
      CsGroundClaim *one = &g_array_index (fact->claims, CsGroundClaim, i);
      const char    *each;
      g_autofree char *box = NULL;

      if (get_number (fact->claims, i) == NULL || !(one->number.unit == NULL || one->number.unit->dim == CS_DIM_COUNT) || one->start < 6 ||
          one->start > strlen (fact->text))
        continue;
      each = fact->text + one->start - 6;
      if (strncmp (each, "每", 3) != 0)
        continue;

      box = g_strndup (each + 3, 3);
      for (guint j = 0; j < n; j++)
        {
          CsGroundClaim *boxes = &g_array_index (fact->claims, CsGroundClaim, j);

          if (j != i && get_number (fact->claims, j) != NULL && boxes->end >= 3 && boxes->end <= strlen (fact->text) &&
              strncmp (fact->text + boxes->end - 3, box, 3) == 0)
            {
              add_total (fact, one, boxes->number.low);
              one = &g_array_index (fact->claims, CsGroundClaim, i);
            }
        }
    }
}

/* "Set of 4", "250 ml each": what they hold together is known, too */
void
cs_ground_derive_totals (CsGroundFacts *self)
{
  add_prices (self);
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      guint         n;

      add_contents (fact);
      n = says_each (fact->folded) ? fact->claims->len : 0;

      for (guint j = 0; j < n; j++)
        {
          const CsUnit *unit = g_array_index (fact->claims, CsGroundClaim, j).number.unit;

          if (g_array_index (fact->claims, CsGroundClaim, j).set != CS_GROUND_NUMBER || unit == NULL ||
              (unit->dim != CS_DIM_WEIGHT && unit->dim != CS_DIM_VOLUME && unit->dim != CS_DIM_TIME))
            continue;

          if (says_pair (self))
            add_total (fact, &g_array_index (fact->claims, CsGroundClaim, j), 2);

          for (guint k = 0; k < self->facts->len; k++)
            {
              CsGroundFact *other = self->facts->pdata[k];
              guint         m = other->claims->len;

              for (guint l = 0; l < m; l++)
                {
                  CsNumber *count = &g_array_index (other->claims, CsGroundClaim, l).number;

                  if (g_array_index (other->claims, CsGroundClaim, l).set == CS_GROUND_NUMBER && count->low >= 2 && count->low <= 200 &&
                      (count->unit == NULL || count->unit->dim == CS_DIM_COUNT))
                    add_total (fact, &g_array_index (fact->claims, CsGroundClaim, j), count->low);
                }
            }
        }
    }
}
