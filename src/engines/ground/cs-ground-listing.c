/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-infer.h"

/* How many there are of what a fact counts or lists: "three colours" of red, blue
 * and green, "three-piece set" of a teapot, a cup and a tray.
 */

/* "66 / 73 / 80" under "size", "EU 36-40 and 41-45" */
static gboolean
is_size (const CsNumber *number,
         double          n_before)
{
  return (n_before > 0 && (number->unit == NULL || number->unit->dim == CS_DIM_SHOE)) || number->quantity == CS_QUANTITY_SIZE ||
         (number->unit != NULL && number->unit->dim == CS_DIM_SHOE);
}

/* "M-XXL，XL衣长125": is the same size named before claim which? */
static gboolean
stands_before (CsGroundFact *fact,
               guint         which)
{
  CsGroundClaim *claim = &g_array_index (fact->claims, CsGroundClaim, which);

  for (guint i = 0; claim->set == CS_GROUND_SIZE && i < which; i++)
    {
      CsGroundClaim *other = &g_array_index (fact->claims, CsGroundClaim, i);

      if (other->set == CS_GROUND_SIZE && g_strcmp0 (other->key, claim->key) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_of_sizes (CsGroundFact *fact)
{
  return g_str_has_prefix (fact->text, "尺码") || g_str_has_prefix (fact->text, "码") || g_str_has_prefix (fact->text, "sizes") || g_str_has_prefix (fact->text, "Sizes");
}

/* "尺码: 11cm 12cm 13cm" */
static guint
count_lengths (CsGroundFact *fact)
{
  guint n = 0;

  for (guint i = 0; i < fact->claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (fact->claims, CsGroundClaim, i);

      n += claim->set == CS_GROUND_NUMBER && claim->end > claim->start && !claim->number.chain && claim->number.unit != NULL && claim->number.unit->dim == CS_DIM_LENGTH;
    }

  return n > 1 ? n : 0;
}

/* "8x10, 11x14, 16x20 inch" and "裙长97/100/103" are three each */
static guint
count_measures (CsGroundFact *fact)
{
  guint n_chains = 0;
  guint n_slashes = 0;
  gboolean within = FALSE;

  for (guint i = 0; i < fact->claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (fact->claims, CsGroundClaim, i);

      if (claim->set != CS_GROUND_NUMBER || claim->end <= claim->start)
        continue;
      n_chains += claim->number.chain && !within;
      within = claim->number.chain && !within;
      n_slashes += (fact->text[claim->end] == '/' && g_ascii_isdigit (fact->text[claim->end + 1])) || (n_slashes > 0 && claim->start > 0 && fact->text[claim->start - 1] == '/');
    }

  if (n_chains == 0 && n_slashes < 2 && is_of_sizes (fact))
    return count_lengths (fact);

  return n_slashes > 1 ? n_slashes : n_chains > 1 ? n_chains : 0;
}

/* "34-40码" are seven */
static gboolean
spans_sizes (CsGroundFact *fact,
             double        n)
{
  for (guint i = 0; i < fact->claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (fact->claims, CsGroundClaim, i);

      if (claim->set == CS_GROUND_NUMBER && claim->number.unit != NULL && claim->number.unit->dim == CS_DIM_SHOE && claim->number.step == 1 &&
          claim->number.high - claim->number.low + 1 == n)
        return TRUE;
    }

  return FALSE;
}

/* "EN/DE/FR" are three languages */
static gboolean
lists_languages (CsGroundFact *fact,
                 double        n)
{
  for (const char *p = fact->text; *p != '\0'; p++)
    {
      guint n_codes = 0;

      if (p > fact->text && g_ascii_isalnum (p[-1]))
        continue;
      while (g_ascii_isupper (p[0]) && g_ascii_isupper (p[1]) && !g_ascii_isalpha (p[2]))
        {
          n_codes++;
          p += 2;
          if (*p != '/' && *p != ',' && *p != '+')
            break;
          p += 1 + (p[1] == ' ');
        }
      if (n_codes >= 2 && n_codes == n)
        return TRUE;
      if (*p == '\0')
        return FALSE;
    }

  return FALSE;
}

/* "Three sizes" of what is there in S, M and L, "two colours" of red and blue */
gboolean
cs_ground_is_counted_out (CsGroundFacts   *self,
                          CsGroundClaim   *claim,
                          CsGroundFinding *finding)
{
  static const struct
  {
    const char *nouns;
    CsGroundSet set;
  } sorts[] = {
    { " colour shade 色 颜 款 种 way ", CS_GROUND_COLOUR },
    { " size 码 尺 长 码数 码 ", CS_GROUND_SIZE },
    { " material ingredient fabric fibre 材 料 ", CS_GROUND_MATERIAL },
  };

  if (claim->set != CS_GROUND_NUMBER || claim->number.low < 2 || claim->number.low > 12 || claim->number.high != claim->number.low)
    return FALSE;

  for (guint i = 0; strstr (claim->number.nouns, " language ") != NULL && i < self->facts->len; i++)
    {
      if (!lists_languages (self->facts->pdata[i], claim->number.low))
        continue;
      cs_ground_keep (finding, CS_PHRASE_GROUNDED, ((CsGroundFact *) self->facts->pdata[i])->fact);
      return TRUE;
    }

  for (guint s = 0; s < G_N_ELEMENTS (sorts); s++)
    {
      g_auto (GStrv) nouns = g_strsplit (claim->number.nouns, " ", -1);
      gboolean named = sorts[s].set == CS_GROUND_SIZE && claim->number.unit != NULL && claim->number.unit->dim == CS_DIM_SHOE;

      for (guint i = 0; nouns[i] != NULL; i++)
        {
          g_autofree char *whole = g_strdup_printf (" %s ", nouns[i]);

          named = named || (*nouns[i] != '\0' && strstr (sorts[s].nouns, whole) != NULL);
        }

      for (guint i = 0; named && i < self->facts->len; i++)
        {
          CsGroundFact *fact = self->facts->pdata[i];
          double n = 0;
          double n_numbers = 0;

          for (guint j = 0; j < fact->claims->len; j++)
            {
              CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

              n += known->set == sorts[s].set && !known->negated && !stands_before (fact, j);
              n_numbers += sorts[s].set == CS_GROUND_SIZE && known->set == CS_GROUND_NUMBER && !known->negated && is_size (&known->number, n + n_numbers);
            }
          n += n == claim->number.low ? 0 : n_numbers;
          n = sorts[s].set == CS_GROUND_SIZE && n != claim->number.low && spans_sizes (fact, claim->number.low) ? claim->number.low : n;
          if (sorts[s].set == CS_GROUND_SIZE && n != claim->number.low)
            n = count_measures (fact);

          if (n == claim->number.low)
            {
              cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              return TRUE;
            }
        }
    }

  return FALSE;
}

/* "Drawers" of what has "6 drawers" */
gboolean
cs_ground_is_counted (CsGroundFacts   *self,
                      CsGroundClaim   *claim,
                      CsGroundFinding *finding)
{
  g_autofree char *noun = NULL;
  gboolean         found = FALSE;

  if (claim->set != CS_GROUND_WORD || claim->negated || claim->key == NULL || *claim->key == '\0')
    return FALSE;

  noun = g_strdup_printf (" %s ", claim->key);
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        {
          CsGroundClaim *known = &g_array_index (fact->claims, CsGroundClaim, j);

          if (known->set == CS_GROUND_NUMBER && !known->negated &&
              (strstr (known->number.nouns, noun) != NULL ||
               (known->number.unit != NULL && known->number.unit->dim == CS_DIM_CHARGE && strcmp (claim->key, "battery") == 0)))
            {
              cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
              found = TRUE;
            }
        }
    }

  return found;
}

/* ---- What is listed one by one */

static gboolean
is_separator (const char *p,
              gsize      *length)
{
  static const char *const marks[] = { "、", "，", "＋", ",", "+", "&", " and ", "和", "/", NULL };

  for (guint i = 0; marks[i] != NULL; i++)
    {
      if (strncmp (p, marks[i], strlen (marks[i])) == 0)
        {
          *length = strlen (marks[i]);
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
ends_list (const char *p)
{
  static const char *const marks[] = { "。", "；", "！", "？", "（", ";", "!", "?", "(", "\n", ". ", " - ", " – ", " — ", NULL };

  for (guint i = 0; marks[i] != NULL; i++)
    {
      if (strncmp (p, marks[i], strlen (marks[i])) == 0)
        return TRUE;
    }

  return *p == '\0';
}

static gboolean
is_item (const char *begin,
         const char *end)
{
  g_autofree char *item = g_strndup (begin, end - begin);
  guint n_words = 0;

  g_strstrip (item);
  for (const char *p = item; *p != '\0'; p++)
    n_words += *p == ' ';

  return *item != '\0' && (n_words <= 3 && g_utf8_strlen (item, -1) <= ((guchar) *item >= 0xe0 ? 8 : 32));
}

/* "红辣椒 蚕豆 食盐" */
static gboolean
parts_han (const char *begin,
           const char *p,
           gsize      *length)
{
  *length = MAX (*length, 1);

  return *p == ' ' && p > begin && (guchar) p[-1] >= 0x80 && (guchar) p[1] >= 0xe4 && (guchar) p[1] <= 0xe9;
}

/* How many short things are listed from begin on */
static guint
count_list (const char *begin)
{
  const char *item = begin;
  guint n = 0;

  for (const char *p = begin;;)
    {
      gsize length = 0;
      gboolean cut = is_separator (p, &length) || parts_han (begin, p, &length);

      if (cut || ends_list (p))
        {
          if (is_item (item, p))
            n++;
          else if (item < p && n < 2)
            return 0;
          else if (item < p)
            return n;
          item = p + length;
        }
      if (!cut && ends_list (p))
        return n;
      p = cut ? p + length : g_utf8_next_char (p);
    }
}

static char *
dup_without_brackets (const char *text)
{
  GString *out = g_string_new (NULL);
  guint    depth = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gboolean opens = *p == '(' || strncmp (p, "（", 3) == 0;
      gboolean closes = *p == ')' || strncmp (p, "）", 3) == 0;

      depth += opens;
      if (depth == 0)
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
      depth -= closes && depth > 0;
    }

  return g_string_free_and_steal (out);
}

/* "Flowers (cosmos, fern, verbena)", "species: oak, ash, elm" */
static gboolean
lists_kinds (CsGroundFact *fact,
             guint         n)
{
  for (const char *p = fact->text; *p != '\0'; p++)
    {
      const char      *end = *p == '(' ? strchr (p, ')') : NULL;
      g_autofree char *inside = end != NULL ? g_strndup (p + 1, end - p - 1) : NULL;

      if (inside != NULL && count_list (inside) == n)
        return TRUE;
      if ((strncmp (p, ": ", 2) == 0 && count_list (p + 2) == n) || (strncmp (p, "：", 3) == 0 && count_list (p + 3) == n))
        return TRUE;
    }

  return FALSE;
}

/* Where a list may begin: after "set:", "ingredients:", "三件套 ", or with a fact
 * that is nothing but a list
 */
static gboolean
lists (CsGroundFact *fact,
       gboolean      ingredients,
       gboolean      colours,
       gboolean      sizes,
       guint         n)
{
  static const char *const sets[] = { "set", "kit", "bundle", "includes", "contains", "contents", "套", "装", "内含", "包含", "组合", "茶具", NULL };
  static const char *const stuffs[] = { "ingredients", "made of", "made from", "contains", "配料", "原料", "成分", "用料", "材料", NULL };
  static const char *const measures[] = { "sizes", "size", "weights", "volumes", "容量", "lengths", "widths", "尺码", "码数", "尺寸", "规格", NULL };
  static const char *const shades[] = { "colours", "colors", "colour", "color", "颜色", "配色", NULL };
  const char *const *cues = ingredients ? stuffs : colours ? shades : sizes ? measures : sets;
  g_autofree char *lower = g_utf8_strdown (fact->text, -1);
  const char      *colon = strstr (lower, ": ");

  /* "Oranges, cane sugar, lemon juice - that's it" */
  if (ingredients && !fact->boast)
    {
      g_autofree char *plain = dup_without_brackets (colon != NULL && colon - lower < 12 ? colon + 2 : lower);

      if (count_list (plain) == n)
        return TRUE;
    }

  for (guint i = 0; cues[i] != NULL; i++)
    {
      for (const char *at = strstr (lower, cues[i]); at != NULL; at = strstr (at + 1, cues[i]))
        {
          const char *begin = at + strlen (cues[i]);

          while (*begin == ':' || *begin == ' ' || strncmp (begin, "：", 3) == 0 || strncmp (begin, "of ", 3) == 0)
            begin += strncmp (begin, "：", 3) == 0 || strncmp (begin, "of ", 3) == 0 ? 3 : 1;
          if (count_list (begin) == n)
            return TRUE;
        }
    }

  return FALSE;
}

static guint
digit_at (const char *p)
{
  static const char digits[] = "一二三四五六七八九";
  const char *at = (guchar) *p >= 0xe0 ? g_strstr_len (digits, -1, ((const char[]) { p[0], p[1], p[2], '\0' })) : NULL;

  if (at != NULL)
    return 1 + (at - digits) / 3;

  return strncmp (p, "两", 3) == 0 ? 2 : 0;
}

/* "一壶四杯一茶盘": what its pieces come to */
static gboolean
adds_up (CsGroundFact *fact,
         double        n)
{
  guint sum = 0;
  guint n_parts = 0;
  guint length = 0; /* of the thing that is counted */

  for (const char *p = fact->text;; p = g_utf8_next_char (p))
    {
      guint digit = *p != '\0' ? digit_at (p) : 0;

      if (digit > 0 && (n_parts == 0 || (length >= 1 && length <= 3)))
        {
          sum += digit;
          n_parts++;
          length = 0;
          continue;
        }
      if (n_parts >= 2 && length >= 1 && sum == n && (digit > 0 || (guchar) *p < 0xe3 || length >= 2))
        return TRUE;
      if (*p == '\0')
        return FALSE;
      length++;
      if (digit > 0 || (guchar) *p < 0xe3 || length > 3)
        sum = n_parts = length = 0;
    }
}

/* "engine + 3 wagons", "四色+原木色": with how many there are of each */
static gboolean
adds_plus (CsGroundFact *fact,
           double        n)
{
  const char *begin = fact->text;
  double sum = 0;
  guint  n_parts = 0;

  for (const char *p = fact->text;; p++)
    {
      gboolean ends = *p == '\0' || strchr (",.;:()", *p) != NULL || (guchar) *p == 0xef || strncmp (p, "。", 3) == 0;

      if (*p == '+' || ends)
        {
          double part = 1;

          for (guint i = 0; i < fact->claims->len; i++)
            {
              CsGroundClaim *claim = &g_array_index (fact->claims, CsGroundClaim, i);

              if (claim->set == CS_GROUND_NUMBER && claim->start >= (guint) (begin - fact->text) && claim->end <= (guint) (p - fact->text) &&
                  (claim->number.unit == NULL || claim->number.unit->dim == CS_DIM_COUNT) && claim->number.low >= 1 && !claim->number.chain)
                {
                  part = claim->number.low;
                  break;
                }
            }
          sum += part;
          n_parts++;
          begin = p + 1;
        }
      if (ends && n_parts >= 2 && sum == n)
        return TRUE;
      if (ends)
        sum = n_parts = 0;
      if (*p == '\0')
        return FALSE;
    }
}

static gboolean
counts_any (const CsNumber    *number,
            const char *const *nouns)
{
  for (guint i = 0; nouns[i] != NULL; i++)
    {
      g_autofree char *whole = g_strdup_printf (" %s ", nouns[i]);

      if (strstr (number->nouns, whole) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Does the word before at name what is counted? */
static gboolean
counts_thing (const CsNumber *number,
              const char     *folded,
              const char     *at)
{
  const char *begin;
  g_autofree char *word = NULL;
  g_autofree char *singular = NULL;
  g_autofree char *whole = NULL;

  /* "Candles, pair" */
  while (at > folded && (at[-1] == ',' || at[-1] == ' '))
    at--;
  begin = at;
  while (begin > folded && g_ascii_isalpha (begin[-1]))
    begin--;
  word = g_strndup (begin, at - begin);
  singular = cs_ground_singular (word);
  whole = g_strdup_printf (" %s ", singular);

  return strstr (number->nouns, whole) != NULL;
}

/* "Sold as a pair", of nothing that is named */
static gboolean
is_only_pair (CsGroundClaim *claim)
{
  return claim->set == CS_GROUND_NUMBER && !claim->negated && claim->number.low == 1 && claim->number.nouns[0] == '\0' && claim->number.unit != NULL &&
         claim->number.unit->dim == CS_DIM_COUNT && claim->number.unit->factor == 2;
}

static gboolean
finds_pair (CsGroundFacts   *self,
            CsGroundFinding *finding)
{
  static const char *const words[] = { "pair", "一对", "一双", "1对", "1双", NULL };

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; words[j] != NULL; j++)
        {
          const char *at = strstr (fact->folded, words[j]);

          if (at == NULL || at[4] == 's')
            continue;
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          return TRUE;
        }
    }

  return FALSE;
}

/* "Two glasses" of a "glass pair" */
static gboolean
is_pair (CsGroundFacts   *self,
         CsGroundClaim   *claim,
         CsGroundFinding *finding)
{
  if (is_only_pair (claim))
    return finds_pair (self, finding);
  /* "Two people" of what is double */
  for (guint i = 0; claim->set == CS_GROUND_NUMBER && claim->number.low == 2 && strstr (claim->number.nouns, " person ") != NULL && i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      if (strstr (fact->folded, "double") == NULL && strstr (fact->folded, "双人") == NULL && strstr (fact->folded, "for two") == NULL)
        continue;
      cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
      return TRUE;
    }
  if (claim->set != CS_GROUND_NUMBER || claim->negated || claim->number.low != 2 || claim->number.high != 2 || claim->number.nouns[0] == '\0' ||
      !(claim->number.unit == NULL || claim->number.unit->dim == CS_DIM_COUNT))
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];
      const char   *at = strstr (fact->folded, " pair");

      if (at != NULL && !g_ascii_isalpha (at[5]) && counts_thing (&claim->number, fact->folded, at))
        {
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          return TRUE;
        }
    }

  return FALSE;
}

/* "三件套 褙子+吊带+裙" has told how many they are */
static gboolean
counts_set (CsGroundFact *fact)
{
  return strstr (fact->folded, "件套") != NULL || strstr (fact->folded, "-piece") != NULL || strstr (fact->folded, " piece ") != NULL;
}

/* "Three-piece set" of what is listed as three things, "just four ingredients" */
gboolean
cs_ground_is_listed (CsGroundFacts   *self,
                     const char      *text,
                     CsGroundClaim   *claim,
                     CsGroundFinding *finding)
{
  static const char *const stuffs[] = { "ingredient", "material", "component", "料", NULL };
  g_autofree char *folded = cs_ground_fold (text);
  gboolean ingredients = counts_any (&claim->number, stuffs) || strstr (folded, "配料") != NULL || strstr (folded, "原料") != NULL ||
                         strstr (folded, "成分") != NULL;
  gboolean set = strstr (folded, "set") != NULL || strstr (folded, "piece") != NULL || strstr (folded, "件") != NULL || strstr (folded, "套") != NULL ||
                 strstr (folded, "kit") != NULL;

  gboolean colours = strstr (folded, "colour") != NULL || strstr (folded, "color") != NULL || strstr (folded, "色") != NULL || strstr (folded, "shade") != NULL ||
                     strstr (folded, "hues") != NULL || strstr (folded, "finishes") != NULL;

  gboolean sizes = strstr (folded, " sizes") != NULL || strstr (folded, " lengths") != NULL || strstr (folded, " widths") != NULL;

  gboolean kinds = strstr (folded, "kinds") != NULL || strstr (folded, "types") != NULL || strstr (folded, "sorts") != NULL || strstr (folded, "varieties") != NULL ||
                   strstr (folded, "species") != NULL || strstr (folded, "keys") != NULL || strstr (folded, "flavours") != NULL || strstr (folded, "flavors") != NULL || strstr (folded, "scents") != NULL ||
                   strstr (folded, "designs") != NULL || strstr (folded, "blends") != NULL || strstr (folded, "patterns") != NULL || strstr (folded, "versions") != NULL || strstr (folded, "种") != NULL || strstr (folded, "样") != NULL || strstr (folded, "味") != NULL;

  if (is_pair (self, claim, finding))
    return TRUE;
  if (claim->set != CS_GROUND_NUMBER || claim->negated || claim->number.low < 2 || claim->number.low > 20 || claim->number.high != claim->number.low ||
      !(claim->number.unit == NULL || claim->number.unit->dim == CS_DIM_COUNT) || !(set || ingredients || colours || kinds || sizes))
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      if (((set || ingredients || colours || sizes) && lists (fact, ingredients, colours, sizes, claim->number.low)) || (kinds && !fact->boast && lists_kinds (fact, claim->number.low)) || (set && !ingredients && (guchar) *fact->folded >= 0xe0 && adds_up (fact, claim->number.low)) ||
          ((set || colours) && !ingredients && !counts_set (fact) && adds_plus (fact, claim->number.low)))
        {
          cs_ground_keep (finding, CS_PHRASE_GROUNDED, fact->fact);
          return TRUE;
        }
    }

  return FALSE;
}
