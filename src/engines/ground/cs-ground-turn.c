/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-infer.h"

/* What can be turned round without a word more or less: white on black, red within and
 * black without, 48 long and 52 high.
 */

typedef enum
{
  SIDE_NONE,
  SIDE_IN,
  SIDE_OUT,
} Side;

static const struct
{
  const char *word;
  Side        side;
} sides[] = {
  { "inside", SIDE_IN }, { "interior", SIDE_IN }, { "within", SIDE_IN }, { "inner", SIDE_IN }, { "lining", SIDE_IN }, { "lined", SIDE_IN },
  { "outside", SIDE_OUT }, { "exterior", SIDE_OUT }, { "outer", SIDE_OUT }, { "shell", SIDE_OUT },
  { "内壁", SIDE_IN }, { "内里", SIDE_IN }, { "内侧", SIDE_IN }, { "里面", SIDE_IN }, { "内部", SIDE_IN }, { "内层", SIDE_IN }, { "内", SIDE_IN }, { "里", SIDE_IN },
  { "外壁", SIDE_OUT }, { "外面", SIDE_OUT }, { "外侧", SIDE_OUT }, { "外部", SIDE_OUT }, { "外层", SIDE_OUT }, { "外", SIDE_OUT },
};

static Side
side_at (const char *text,
         gsize      *length)
{
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      gsize n = strlen (sides[i].word);

      if (g_ascii_strncasecmp (text, sides[i].word, n) == 0 && !((guchar) *text < 0x80 && g_ascii_isalpha (text[n])))
        {
          *length = n;
          return sides[i].side;
        }
    }

  return SIDE_NONE;
}

/* The side that stands between from and to, the nearest to the end or to the beginning */
static Side
find_side (const char *text,
           gsize       from,
           gsize       to,
           gboolean    last)
{
  Side found = SIDE_NONE;
  guint n_words = 0;

  for (gsize at = from; at < to;)
    {
      gsize length = 0;
      Side  side = at == 0 || !g_ascii_isalpha (text[at - 1]) ? side_at (text + at, &length) : SIDE_NONE;

      n_words += text[at] == ' ';
      if (side != SIDE_NONE && at + length <= to)
        {
          found = side;
          if (!last)
            return n_words <= 3 ? found : SIDE_NONE;
        }
      at += MAX (length, 1);
    }

  return found;
}

static gboolean
is_trait (CsGroundClaim *claim)
{
  return (claim->set == CS_GROUND_COLOUR || claim->set == CS_GROUND_MATERIAL) && claim->end > claim->start;
}

/* The side of a thing that a colour is said of: in a clause that begins with a side it
 * stands before, else after
 */
static Side
get_side (const char    *text,
          GArray        *claims,
          CsGroundClaim *claim)
{
  gsize begin = claim->start;
  gsize from;
  gsize to = claim->end;
  gsize first = G_MAXSIZE;

  while (begin > 0 && strchr (".;(!?\n", text[begin - 1]) == NULL && strncmp (text + begin - 1, "\xe3\x80\x82", 3) != 0)
    begin--;
  while (text[to] != '\0' && strchr (".;)!?\n", text[to]) == NULL && strncmp (text + to, "，", 3) != 0 && text[to] != ',')
    to++;
  from = begin;

  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim *other = &g_array_index (claims, CsGroundClaim, i);

      if (!is_trait (other) || other == claim)
        continue;
      if (other->start >= begin && other->start < first && other->end <= claim->start)
        first = other->start;
      if (other->end <= claim->start && other->end > from)
        from = other->end;
      if (other->start >= claim->end && other->start < to)
        to = other->start;
    }
  first = MIN (first, claim->start);

  if (find_side (text, begin, first, TRUE) != SIDE_NONE)
    return find_side (text, from, claim->start, TRUE);

  return find_side (text, claim->end, to, FALSE);
}

/* "Red outside" of what is red inside */
static gboolean
is_of_other_side (CsGroundFacts   *self,
                  const char      *text,
                  GArray          *claims,
                  CsGroundClaim   *said,
                  CsGroundFinding *finding)
{
  Side    side = get_side (text, claims, said);
  CsFact *other = NULL;

  for (guint i = 0; side != SIDE_NONE && i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);
          Side           its;

          if (!is_trait (known) || known->set != said->set || known->negated || known->end > strlen (fact->text) || !cs_ground_is_kin (said, known))
            continue;
          its = get_side (fact->text, fact->claims, known);
          if (its == side || its == SIDE_NONE)
            return FALSE;
          other = fact->fact;
        }
    }

  if (other != NULL)
    cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, other);

  return other != NULL;
}

/* The colour that claim stands on: "white on black", "white print on a black shirt" */
static CsGroundClaim *
get_ground (const char    *text,
            GArray        *claims,
            CsGroundClaim *claim)
{
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim   *other = &g_array_index (claims, CsGroundClaim, i);
      g_autofree char *between = NULL;
      gsize length;

      if (other->set != CS_GROUND_COLOUR || other->start <= claim->end || other->start - claim->end > 24 || other->end <= other->start)
        continue;
      between = g_ascii_strdown (text + claim->end, other->start - claim->end);
      length = strlen (between);
      if (strpbrk (between, ",.;/") == NULL &&
          (g_str_has_suffix (between, " on ") || g_str_has_suffix (between, " on a ") || g_str_has_suffix (between, " on an ") || g_str_has_suffix (between, " against ")) &&
          length <= 24)
        return other;
    }

  return NULL;
}

/* "Black on white" of what is white on black */
static gboolean
is_on_other_ground (CsGroundFacts   *self,
                    const char      *text,
                    GArray          *claims,
                    CsGroundClaim   *said,
                    CsGroundFinding *finding)
{
  CsGroundClaim *ground = said->set == CS_GROUND_COLOUR ? get_ground (text, claims, said) : NULL;
  CsFact        *other = NULL;

  for (guint i = 0; ground != NULL && i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);
          CsGroundClaim *its = known->set == CS_GROUND_COLOUR && known->end <= strlen (fact->text) && known->end > known->start ? get_ground (fact->text, fact->claims, known) : NULL;

          if (its == NULL)
            continue;
          if (cs_ground_is_kin (said, known))
            return FALSE;
          if (cs_ground_is_kin (said, its) && cs_ground_is_kin (ground, known))
            other = fact->fact;
        }
    }

  if (other != NULL)
    cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, other);

  return other != NULL;
}

/* "52 long" of what is 48 long and 52 high: does the same fact give that quantity
 * another value?
 */
gboolean
cs_ground_measures_other (CsGroundFact  *fact,
                          CsGroundClaim *known,
                          CsGroundClaim *said)
{
  CsQuantity quantity = said->number.quantity;
  gboolean   other = FALSE;

  if (said->set != CS_GROUND_NUMBER || quantity < CS_QUANTITY_HEIGHT || quantity > CS_QUANTITY_BASE || known->number.quantity == quantity ||
      known->number.quantity < CS_QUANTITY_HEIGHT || known->number.quantity > CS_QUANTITY_BASE)
    return FALSE;

  for (guint i = 0; i < fact->claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (fact->claims, CsGroundClaim, i);

      if (claim->set != CS_GROUND_NUMBER || claim->negated || claim->number.quantity != quantity)
        continue;
      if (cs_ground_numbers_compare (&said->number, &claim->number) == CS_AGREES)
        return FALSE;
      other = TRUE;
    }

  return other;
}

/**
 * cs_ground_is_turned:
 * @claims: all that text says
 *
 * Returns: whether the facts have the colour or material that is said, but on the other
 *   side, or as the ground of the other; then that fact is in finding
 */
gboolean
cs_ground_is_turned (CsGroundFacts   *self,
                     const char      *text,
                     GArray          *claims,
                     CsGroundClaim   *said,
                     CsGroundFinding *finding)
{
  if (text == NULL || !is_trait (said) || said->negated || said->end > strlen (text))
    return FALSE;

  return is_of_other_side (self, text, claims, said, finding) || is_on_other_ground (self, text, claims, said, finding);
}
