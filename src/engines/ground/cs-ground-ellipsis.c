/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-context.h"
#include "cs-ground-facts.h"

/* What a note leaves out, since what stands beside it tells: the unit in "31 cm with
 * trailer, 17 without", what is counted in "pages: 144", which side is which in
 * "口径/高: 7.2cm / 5cm", both ends of "100 g ± 5", how many are gone where "150, of which
 * 90 left".
 */

static CsGroundClaim *
number_at (GArray *claims,
           guint   index)
{
  CsGroundClaim *claim = index < claims->len ? &g_array_index (claims, CsGroundClaim, index) : NULL;

  return claim != NULL && claim->set == CS_GROUND_NUMBER && !claim->negated ? claim : NULL;
}

static CsGroundClaim *
add_copy (GArray *claims,
          guint   index)
{
  CsGroundClaim more = g_array_index (claims, CsGroundClaim, index);

  more.key = NULL;
  more.root = NULL;
  more.without = NULL;
  more.heads = NULL;
  more.end = more.start; /* it stands nowhere */
  g_array_append_val (claims, more);

  return &g_array_index (claims, CsGroundClaim, claims->len - 1);
}

static gboolean
begins_any (const char        *text,
            const char *const *words)
{
  while (*text == ' ')
    text++;
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (text, words[i], strlen (words[i])) == 0)
        return TRUE;
    }

  return FALSE;
}

/* "31 cm with trailer, 17 without" */
static void
lend_unit (GArray     *claims,
           const char *text)
{
  static const char *const turns[] = { "without", "with ", "closed", "open", "folded", "unfolded", "extended", "rolled", "alone", "inside", "outside", "at the", "laid flat", "fully", "stretched",
                                       "empty", "full", "assembled", "不含", "不带", "含", "带", "折叠", "展开", "收起", "拉开", "撑开", "合上", NULL };
  const CsUnit *unit = NULL;

  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim *claim = number_at (claims, i);

      if (claim == NULL || claim->end > strlen (text))
        continue;
      if (claim->number.unit != NULL)
        unit = claim->number.unit->dim == CS_DIM_LENGTH || claim->number.unit->dim == CS_DIM_WEIGHT ? claim->number.unit : NULL;
      else if (unit != NULL && !claim->number.chain && claim->number.low >= 2 && begins_any (text + claim->end, turns))
        {
          claim->number.unit = unit;
          claim->number.nouns[0] = '\0';
        }
    }
}

/* "Pages: 144": what the field's name counts */
static void
lend_noun (GArray     *claims,
           const char *text)
{
  static const char *const measures[] = { "size", "length", "width", "weight", "height", "colour", "color", "price", "dimension", "measurement", "note", "hour", "year", "age", "edition", "detail",
                                          "run", "fit", "serie", "series", "spec", "make", "hold", "measure", "weigh", "stand", NULL };
  const char    *colon = strstr (text, ": ");
  CsGroundToken *last;
  CsGroundClaim *first = NULL;
  const CsUnit  *unit;
  g_autofree char *key = NULL;
  g_autoptr (GArray) tokens = NULL;
  guint n = 0;

  if (colon == NULL || colon - text > 24)
    return;
  for (guint i = 0; i < claims->len && first == NULL; i++)
    {
      CsGroundClaim *claim = number_at (claims, i);

      if (claim != NULL && claim->start == (guint) (colon - text) + 2)
        first = claim;
    }
  if (first == NULL || first->number.unit != NULL || first->number.chain || first->number.nouns[0] != '\0')
    return;

  key = g_strndup (text, colon - text);
  tokens = cs_ground_tokens (key);
  if (tokens->len == 0)
    return;
  unit = cs_ground_unit_match (tokens, tokens->len - 1, &n);
  last = &g_array_index (tokens, CsGroundToken, tokens->len - 1);
  if (n == 1 && unit != NULL && unit->dim == CS_DIM_COUNT && unit->noun != NULL)
    cs_number_add_noun (&first->number, unit->noun);
  else if (tokens->len == 1 && unit == NULL && last->kind == CS_GROUND_LATIN && strcmp (last->word, last->stem) != 0 && !g_strv_contains (measures, last->stem))
    cs_number_add_noun (&first->number, last->stem);
}

/* "口径/高: 7.2cm / 5cm" */
static void
lend_sides (GArray     *claims,
            const char *text)
{
  const char *colon = strstr (text, ": ");
  g_autofree char *key = NULL;
  g_auto (GStrv) names = NULL;
  CsQuantity quantities[4] = { 0 };
  guint n_names;
  guint n = 0;

  if (colon == NULL || colon - text > 40)
    return;
  key = g_strndup (text, colon - text);
  g_strdelimit (key, "x*&+", '/');
  names = g_strsplit (key, "/", -1);
  n_names = g_strv_length (names);
  if (n_names < 2 || n_names > 4)
    return;
  for (guint i = 0; i < n_names; i++)
    {
      g_autoptr (GArray) tokens = cs_ground_tokens (names[i]);

      quantities[i] = tokens->len > 0 ? cs_ground_quantity_at (tokens, tokens->len - 1, TRUE) : CS_QUANTITY_ANY;
      if (!cs_quantity_is_length (quantities[i]))
        return;
    }

  for (guint i = 0; i < claims->len && n < n_names; i++)
    {
      CsGroundClaim *claim = number_at (claims, i);

      if (claim != NULL && claim->start > (guint) (colon - text) && (claim->number.unit == NULL || claim->number.unit->dim == CS_DIM_LENGTH))
        claim->number.quantity = quantities[n++];
    }
}

/* "100g±5" */
static void
add_tolerance (GArray     *claims,
               const char *text)
{
  guint n = claims->len;

  for (guint i = 0; i < n; i++)
    {
      CsGroundClaim *claim = number_at (claims, i);
      const char    *at = claim != NULL && claim->end > claim->start && claim->end <= strlen (text) ? text + claim->end : NULL;
      char          *end;
      double         room, low;

      while (at != NULL && *at == ' ')
        at++;
      if (at == NULL || claim->number.high != claim->number.low)
        continue;
      if (strncmp (at, "±", 2) == 0)
        at += 2;
      else if (strncmp (at, "+/-", 3) == 0)
        at += 3;
      else
        continue;
      room = g_ascii_strtod (at, &end);
      low = claim->number.low;
      if (end == at || room <= 0 || room >= (*end == '%' ? 50 : low))
        continue;
      room = *end == '%' ? low * room / 100 : room;
      for (guint k = 0; k < 3; k++)
        {
          CsGroundClaim *more = add_copy (claims, i);

          more->number.low = k == 2 ? low + room : low - room;
          more->number.high = k == 1 ? low - room : low + room;
        }
    }
}

/* "150, of which 90 left": sixty are gone */
static void
add_gone (GArray     *claims,
          const char *text)
{
  static const char *const words[] = { "left", "remain", "remaining", "still", "sold", "gone", "available", "剩", "还有", "已售", "卖出", "卖了", NULL };
  guint    n = claims->len;
  gboolean told = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    told = told || strstr (text, words[i]) != NULL;

  for (guint i = 0; told && i + 1 < n; i++)
    {
      CsGroundClaim *all = number_at (claims, i);
      CsGroundClaim *left = number_at (claims, i + 1);
      double         gone;

      if (all == NULL || left == NULL || !(all->number.unit == NULL || all->number.unit->dim == CS_DIM_COUNT) || !(left->number.unit == NULL || left->number.unit->dim == CS_DIM_COUNT) ||
          all->number.chain || left->number.low >= all->number.low || all->number.step < 1)
        continue;
      gone = all->number.low - left->number.low;
      all = add_copy (claims, i);
      all->number.low = gone;
      all->number.high = gone;
      all->number.nouns[0] = '\0';
    }
}

static void
add_share_of (GArray *claims,
              guint   material,
              guint   number)
{
  static const CsUnit percent = { "%", CS_DIM_PERCENT, 1 };
  CsGroundClaim *share = add_copy (claims, number);
  CsGroundEntry *meaning = &g_array_index (claims, CsGroundClaim, material).meaning;

  share->number.unit = &percent;
  share->number.quantity = CS_QUANTITY_ANY;
  share->number.nouns[0] = '\0';
  for (guint m = 0; m < meaning->n_senses; m++)
    {
      g_autofree char *id = g_strdup_printf ("#%u", meaning->senses[m]);

      cs_number_add_noun (&share->number, id);
    }
}

/* "95 copper / 5 tin" */
static void
add_parts (GArray *claims)
{
  guint n = claims->len;

  for (guint i = 0; i + 3 < n; i++)
    {
      CsGroundClaim *a = number_at (claims, i);
      CsGroundClaim *b = number_at (claims, i + 2);

      if (a == NULL || b == NULL || a->number.unit != NULL || b->number.unit != NULL || a->number.low + b->number.low != 100 ||
          g_array_index (claims, CsGroundClaim, i + 1).set != CS_GROUND_MATERIAL || g_array_index (claims, CsGroundClaim, i + 3).set != CS_GROUND_MATERIAL ||
          g_array_index (claims, CsGroundClaim, i + 1).start > a->end + 1 || g_array_index (claims, CsGroundClaim, i + 3).start > b->end + 1)
        continue;
      add_share_of (claims, i + 1, i);
      add_share_of (claims, i + 3, i + 2);
    }
}

/* Before anything is derived of the numbers */
void
cs_ground_fill (GArray     *claims,
                const char *text)
{
  lend_unit (claims, text);
  lend_noun (claims, text);
  lend_sides (claims, text);
  add_tolerance (claims, text);
  add_gone (claims, text);
  add_parts (claims);
}
