/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-facts.h"
#include "cs-text.h"

/* Facts as they are compared with. What a field is called belongs to what it
 * says: "28 cm" under "height" is a height, "no" under "waterproof" denies.
 */

static void
fact_free (gpointer data)
{
  CsGroundFact *self = data;

  g_array_unref (self->claims);
  g_free (self->folded);
  g_free (self->text);
  g_free (self);
}

void
cs_ground_facts_free (CsGroundFacts *self)
{
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->names);
  g_free (self);
}

/* The last part of where a fact stands, or of its id: "attributes.height" */
static char *
dup_key (CsFact *fact)
{
  const char *name = fact->where != NULL && *fact->where != '\0' ? fact->where : fact->id;
  const char *dot = strrchr (name, '.');
  char       *key;

  if (fact->kind != CS_FACT_FIELD && fact->kind != CS_FACT_SHEET)
    return g_strdup ("");

  if (dot != NULL && g_ascii_isdigit (dot[1]))
    key = g_strndup (name, dot - name);
  else
    key = g_strdup (dot != NULL ? dot + 1 : name);
  g_strdelimit (key, "_", ' ');

  return key;
}

static gboolean
is_name_key (const char *key)
{
  static const char *const keys[] = {
    "brand", "brand name", "maker", "manufacturer", "vendor", "label", "designer", "artist", "author", "shop", "store",
    "publisher", "品牌", "牌子", "商标", "品牌名", "厂家", "制造商", "设计师", "作者", "店铺", "店名", "出版社", NULL,
  };
  g_autofree char *folded = cs_ground_fold (key);

  return g_strv_contains (keys, folded);
}

/* A name is taken whole, where it is one: not a sentence, nor "none" */
static gboolean
is_name (const char *text)
{
  static const char *const none[] = { "no", "none", "无", "n/a", "unbranded", "no brand", "无品牌", "handmade", "other", "其他", "-", "", NULL };
  g_autofree char *folded = cs_ground_fold (text);

  return strlen (folded) < 60 && !g_strv_contains (none, folded);
}

/* "陈怡君，台南" */
static gsize
find_name_end (const char *text)
{
  static const char *const ends[] = { ",", ";", "(", "，", "；", "（" };
  gsize length = strlen (text);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const char *at = strstr (text, ends[i]);

      if (at != NULL && (gsize) (at - text) < length)
        length = at - text;
    }

  return length;
}

/* What stands on a label is a name only where it is as short as one */
static gboolean
is_label_text (const char *key,
               const char *text)
{
  g_autofree char *folded = cs_ground_fold (key);

  return strcmp (folded, "label") == 0 && (strlen (text) > 24 || strpbrk (text, ",;.%0123456789") != NULL);
}

/* "A5_notebook_sage-green.jpg" */
static gboolean
is_file_name (CsFact *fact)
{
  static const char *const endings[] = { ".jpg", ".jpeg", ".png", ".webp", ".heic", ".tif", ".tiff", ".avif", ".gif", NULL };

  if (fact->kind == CS_FACT_FILE)
    return TRUE;

  for (guint i = 0; endings[i] != NULL; i++)
    {
      gsize length = strlen (fact->text);
      gsize n = strlen (endings[i]);

      if (length > n && g_ascii_strcasecmp (fact->text + length - n, endings[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Its words, without the ending */
static char *
dup_file_words (const char *text)
{
  const char *dot = strrchr (text, '.');
  char       *words = g_strndup (text, dot != NULL && strlen (dot) <= 5 ? (gsize) (dot - text) : strlen (text));

  return g_strdelimit (words, "_-.+", ' ');
}

static gboolean
is_price_key (const char *key)
{
  static const char *const keys[] = { "price", "cost", "unit price", "价格", "售价", "单价", "价", "定价", NULL };
  g_autofree char *folded = cs_ground_fold (key);

  return g_strv_contains (keys, folded);
}

/* "699" under "price" is money, of whatever currency */
static void
settle_price (GArray     *claims,
              const char *text)
{
  static const CsUnit money = { "", CS_DIM_MONEY, 1 };

  for (guint i = 0; i < claims->len; i++)
    {
      CsNumber *number = &g_array_index (claims, CsGroundClaim, i).number;
      guint     end = g_array_index (claims, CsGroundClaim, i).end;

      /* "$18 / 2 for $32" */
      if (number->step == 1 && number->low <= 24 && end < strlen (text) && g_str_has_prefix (text + end, " for "))
        continue;

      if (g_array_index (claims, CsGroundClaim, i).set == CS_GROUND_NUMBER && (number->unit == NULL || number->unit->dim == CS_DIM_YEAR))
        number->unit = &money;
    }
}

/* "Not incl: cable, hanger" */
static void
deny_listed (GArray     *claims,
             const char *key)
{
  static const char *const keys[] = { "not incl", "not included", "not including", "excluded", "excludes", "excl", "missing", "not supplied", "sold separately", "without", "缺", "缺少", "不含", "不包含", "不送", "不带", "另购", "另售", NULL };
  g_autofree char *folded = cs_ground_fold (key);

  for (guint i = 0; g_strv_contains (keys, folded) && i < claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, i);

      if (claim->set != CS_GROUND_NUMBER && claim->start >= strlen (key) + 2)
        claim->negated = claim->apart = TRUE;
    }
}

/* "釉: 无釉": what a field is called for is not there */
static void
deny_key (GArray     *claims,
          const char *key,
          const char *text)
{
  static const char *const denials[] = { "无", "没", "不", NULL };

  for (guint i = 0; i < claims->len && g_array_index (claims, CsGroundClaim, i).end <= strlen (key); i++)
    {
      CsGroundClaim *name = &g_array_index (claims, CsGroundClaim, i);

      for (guint j = 0; name->key != NULL && (guchar) *name->key >= 0xe0 && denials[j] != NULL; j++)
        {
          g_autofree char *denied = g_strconcat (denials[j], name->key, NULL);

          name->negated = name->negated || strstr (text, denied) != NULL;
        }
      for (guint j = i + 1; name->key != NULL && *name->key != '\0' && j < claims->len; j++)
        {
          CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, j);

          name->negated = name->negated || (claim->negated && g_strcmp0 (claim->key, name->key) == 0);
        }
    }
}

static void
add_fact (CsGroundFacts *self,
          CsFact        *fact)
{
  CsGroundFact    *held = g_new0 (CsGroundFact, 1);
  g_autofree char *key = dup_key (fact);
  g_autofree char *text = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *written = NULL;

  held->fact = fact;
  held->boast = fact->kind == CS_FACT_TITLE || fact->kind == CS_FACT_PHOTO || is_file_name (fact) ||
                fact->kind == CS_FACT_FOLDER;
  if (is_name_key (key) && is_name (fact->text) && !is_label_text (key, fact->text))
    {
      g_autofree char *first = g_strndup (fact->text, find_name_end (fact->text));
      GArray *name = cs_ground_tokens (is_name (first) ? first : fact->text);

      g_ptr_array_add (self->names, name);
      held->name = self->names->len;
    }

  written = held->name == 0 ? cs_ground_write_out (fact->text) : g_strdup (fact->text);
  text = *key != '\0' && held->name == 0 ? g_strdup_printf ("%s: %s", key, written) : g_strdup (written);
  if (is_file_name (fact))
    {
      g_free (text);
      text = dup_file_words (fact->text);
    }
  plain = cs_ground_without_denied (written);
  held->folded = cs_ground_fold (plain);
  held->claims = cs_ground_read_denied (text, held->name != 0 ? self->names : NULL);
  deny_listed (held->claims, key);
  deny_key (held->claims, key, text);
  if (is_price_key (key))
    settle_price (held->claims, text);
  cs_ground_derive (held->claims, text);
  if (cs_text_script (fact->text) == CS_SCRIPT_HAN)
    self->han = TRUE;
  else
    self->latin = TRUE;
  held->text = g_steal_pointer (&text);
  g_ptr_array_add (self->facts, held);
}

CsGroundFacts *
cs_ground_facts_new (CsEvidence *evidence)
{
  CsGroundFacts *self = g_new0 (CsGroundFacts, 1);

  self->facts = g_ptr_array_new_with_free_func (fact_free);
  self->names = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; evidence != NULL && evidence->facts != NULL && i < evidence->facts->len; i++)
    {
      CsFact *fact = evidence->facts->pdata[i];

      if (fact->text != NULL && *fact->text != '\0')
        add_fact (self, fact);
    }

  cs_ground_derive_totals (self);

  return self;
}
