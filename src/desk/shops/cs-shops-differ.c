/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-json.h"
#include "cs-listing-words.h"
#include "cs-shops-private.h"

/* A listing as it was, as it is there and as it was approved, field by field and
 * in words. What a channel does not tell is not known: it is NULL, and no
 * difference by itself.
 */

static void
difference_free (gpointer data)
{
  CsDifference *self = data;

  g_free (self->name);
  g_free (self->label);
  g_free (self->before);
  g_free (self->theirs);
  g_free (self->ours);
  g_free (self);
}

GPtrArray *
cs_shops_new_differences (void)
{
  return g_ptr_array_new_with_free_func (difference_free);
}

typedef enum
{
  TITLE,
  DESCRIPTION,
  BULLETS,
  KEYWORDS,
  SKU,
  PRICE,
  STOCK,
  BRAND,
  CATEGORY,
  VARIANTS,
  PICTURES,
  LIVE,
  N_PARTS,
} Part;

static const char *const names[N_PARTS] = {
  "title", "description", "bullets", "keywords", "sku", "price", "stock", "brand", "category", "variants", "pictures", "live",
};

static const char *
get_label (Part part)
{
  static const CsField fields[] = {
    CS_FIELD_TITLE, CS_FIELD_DESCRIPTION, CS_FIELD_BULLETS, CS_FIELD_KEYWORDS, CS_FIELD_SKU,
    CS_FIELD_PRICE, CS_FIELD_STOCK, CS_FIELD_BRAND, CS_FIELD_CATEGORY,
  };

  if (part < G_N_ELEMENTS (fields))
    return cs_field_get_label (fields[part]);

  return part == VARIANTS ? _("Variants") : part == PICTURES ? _("Pictures") : _("On sale");
}

static char *
dup_text (const char *text)
{
  return text != NULL && text[0] != '\0' ? g_strdup (text) : NULL;
}

static char *
dup_lines (char **list)
{
  return list != NULL && list[0] != NULL ? g_strjoinv ("\n", list) : NULL;
}

static char *
dup_stock (gint64 stock)
{
  return stock >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, stock) : NULL;
}

static char *
dup_money (const CsMoney *money)
{
  return money->currency[0] != '\0' ? cs_money_to_display (money) : NULL;
}

static char *
dup_number (guint n)
{
  return g_strdup_printf ("%u", n);
}

static char *
dup_live (gboolean live)
{
  return g_strdup (live ? _("yes") : _("no"));
}

/* Of what was signed */
static char *
dup_of_listing (CsListing *listing,
                Part       part)
{
  switch (part)
    {
    case TITLE:
      return dup_text (listing->title);
    case DESCRIPTION:
      return dup_text (listing->description);
    case BULLETS:
      return dup_lines (listing->bullets);
    case KEYWORDS:
      return dup_lines (listing->keywords);
    case SKU:
      return dup_text (listing->sku);
    case PRICE:
      return dup_money (&listing->price);
    case STOCK:
      return dup_stock (listing->stock);
    case BRAND:
      return dup_text (listing->brand);
    case CATEGORY:
      return dup_text (listing->category);
    case VARIANTS:
      return cs_listing_words_variants (listing->variants, listing->price.currency);
    case PICTURES:
      return dup_number (listing->pictures != NULL ? listing->pictures->len : 0);
    case LIVE:
      return dup_live (listing->live && listing->operation != CS_OPERATION_WITHDRAW);
    case N_PARTS:
    default:
      return NULL;
    }
}

/* As it stood there when price and stock alone were signed: later than any whole listing */
static char *
dup_of_seen (CsListing *ours,
             Part       part)
{
  g_autoptr (JsonNode) node = ours->seen != NULL ? cs_json_parse (ours->seen, -1, NULL) : NULL;
  JsonObject *seen = cs_json_node_object (node);
  JsonArray  *variants = cs_json_array (seen, "variants");
  g_autoptr (JsonNode) list = NULL;
  g_autofree char *text = NULL;

  if (part == PRICE)
    return cs_listing_words_price (cs_json_string (seen, "price", NULL), ours->price.currency);
  if (part == STOCK)
    return dup_stock (cs_json_int (seen, "stock", -1));
  if (part != VARIANTS || variants == NULL)
    return NULL;

  list = json_node_init_array (json_node_alloc (), variants);
  text = cs_json_canonical (list);

  return cs_listing_words_variants (text, ours->price.currency);
}

/* Of what a channel shows */
static char *
dup_of_remote (CsRemoteListing *remote,
               Part             part,
               const char      *currency)
{
  switch (part)
    {
    case TITLE:
      return dup_text (remote->title);
    case DESCRIPTION:
      return dup_text (remote->description);
    case BULLETS:
      return dup_lines (remote->bullets);
    case KEYWORDS:
      return dup_lines (remote->keywords);
    case SKU:
      return dup_text (remote->sku);
    case PRICE:
      return cs_listing_words_price (remote->price, currency);
    case STOCK:
      return dup_stock (remote->stock);
    case BRAND:
      return dup_text (remote->brand);
    case CATEGORY:
      return dup_text (remote->category);
    case VARIANTS:
      return cs_listing_words_variants (remote->variants, currency);
    case PICTURES:
      return dup_number (remote->pictures != NULL ? g_strv_length (remote->pictures) : 0);
    case LIVE:
      return dup_live (remote->live);
    case N_PARTS:
    default:
      return NULL;
    }
}

/* Of a product's originals */
static char *
dup_of_product (CsProduct *product,
                Part       part)
{
  static const CsField fields[] = {
    CS_FIELD_TITLE, CS_FIELD_DESCRIPTION, CS_FIELD_BULLETS, CS_FIELD_KEYWORDS, CS_FIELD_SKU,
    CS_FIELD_PRICE, CS_FIELD_STOCK, CS_FIELD_BRAND, CS_FIELD_CATEGORY,
  };

  return part < G_N_ELEMENTS (fields) ? dup_text (product->values[fields[part]]) : NULL;
}

/* How lines are broken is no difference to a person */
static gboolean
is_same (const char *a,
         const char *b)
{
  g_auto (GStrv) left = g_strsplit_set (a != NULL ? a : "", " \t\r\n", -1);
  g_auto (GStrv) right = g_strsplit_set (b != NULL ? b : "", " \t\r\n", -1);
  guint i = 0;
  guint k = 0;

  for (;; i++, k++)
    {
      while (left[i] != NULL && left[i][0] == '\0')
        i++;
      while (right[k] != NULL && right[k][0] == '\0')
        k++;
      if (left[i] == NULL || right[k] == NULL)
        return left[i] == right[k];
      if (!g_str_equal (left[i], right[k]))
        return FALSE;
    }
}

/* What an operation changes. What was not approved at all is not sent, and stays as it is there. */
static gboolean
is_part_of (CsOperation operation,
            Part        part,
            const char *mine)
{
  if (mine == NULL && (part == STOCK || part == BRAND || part == CATEGORY))
    return FALSE;

  switch (operation)
    {
    case CS_OPERATION_WITHDRAW:
      return part == LIVE;

    case CS_OPERATION_OFFER:
      return part == PRICE || part == STOCK || part == VARIANTS;

    case CS_OPERATION_CREATE:
    case CS_OPERATION_UPDATE:
    default:
      return TRUE;
    }
}

/* As it was last: seen there, sent from here, or read when it was taken in */
static char *
dup_was (CsListing *before,
         CsProduct *product,
         CsListing *ours,
         Part       part)
{
  if (ours->seen != NULL)
    return dup_of_seen (ours, part);
  if (before != NULL)
    return dup_of_listing (before, part);

  return product != NULL ? dup_of_product (product, part) : NULL;
}

GPtrArray *
cs_shops_compare (CsListing       *before,
                  CsProduct       *product,
                  CsRemoteListing *theirs,
                  CsListing       *ours)
{
  GPtrArray *differences = cs_shops_new_differences ();

  for (Part part = TITLE; part < N_PARTS; part++)
    {
      g_autofree char *mine = dup_of_listing (ours, part);
      g_autofree char *there = theirs != NULL ? dup_of_remote (theirs, part, ours->price.currency) : NULL;
      g_autofree char *was = dup_was (before, product, ours, part);
      CsDifference *difference;

      if (!is_part_of (ours->operation, part, mine) || is_same (there != NULL ? there : theirs != NULL ? was : NULL, mine))
        continue;

      difference = g_new0 (CsDifference, 1);
      difference->name = g_strdup (names[part]);
      difference->label = g_strdup (get_label (part));
      difference->before = g_steal_pointer (&was);
      difference->theirs = g_steal_pointer (&there);
      difference->ours = g_steal_pointer (&mine);
      g_ptr_array_add (differences, difference);
    }

  return differences;
}
