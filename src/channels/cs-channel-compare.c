/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-private.h"
#include "cs-json.h"
#include "cs-text.h"

#define SHOWN_UNITS 60

/* White space at the ends and how lines are broken is no difference to a person */
static char *
plain (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", " \t\r\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] == '\0')
        continue;
      if (out->len > 0)
        g_string_append_c (out, ' ');
      g_string_append (out, words[i]);
    }

  return g_string_free_and_steal (out);
}

static char *
excerpt (const char *text)
{
  g_autofree char *flat = plain (text);

  return flat[0] == '\0' ? g_strdup (_("nothing")) : cs_text_ellipsize (flat, SHOWN_UNITS);
}

static gboolean
is_same (const char *signed_text,
         const char *there)
{
  g_autofree char *a = plain (signed_text);
  g_autofree char *b = plain (there);

  return g_str_equal (a, b);
}

/* Amounts are the same whatever their decimals are written like */
static gboolean
is_same_price (const char *there,
               const char *price,
               const char *currency)
{
  CsMoney a, b;

  if (there == NULL || price == NULL)
    return there == price;

  return cs_money_parse (there, currency, &a, NULL) && cs_money_parse (price, currency, &b, NULL) &&
         a.minor == b.minor && g_str_equal (a.currency, b.currency);
}

static void
compare_price (CsListing       *listing,
               CsRemoteListing *remote,
               GPtrArray       *differences)
{
  g_autofree char *amount = NULL;
  g_autofree char *shown = NULL;

  if (listing->price.currency[0] == '\0')
    return;

  amount = cs_money_to_decimal (&listing->price);
  if (is_same_price (remote->price, amount, listing->price.currency))
    return;

  shown = cs_money_to_display (&listing->price);
  g_ptr_array_add (differences,
                   g_strdup_printf (_("You approved the price %s; the shop shows %s."), shown,
                                    remote->price != NULL ? remote->price : _("nothing")));
}

static void
compare_pictures (CsListing       *listing,
                  CsRemoteListing *remote,
                  GPtrArray       *differences)
{
  guint n = remote->pictures != NULL ? g_strv_length (remote->pictures) : 0;

  if (n != listing->pictures->len)
    g_ptr_array_add (differences,
                     g_strdup_printf (_("You approved %u pictures; the shop shows %u."),
                                      listing->pictures->len, n));
}

static JsonArray *
parse_variants (const char *variants,
                JsonNode  **node)
{
  *node = variants != NULL ? cs_json_parse (variants, -1, NULL) : NULL;

  return *node != NULL && JSON_NODE_HOLDS_ARRAY (*node) ? json_node_get_array (*node) : NULL;
}

static JsonObject *
find_variant (JsonArray  *variants,
              const char *sku)
{
  for (guint i = 0; variants != NULL && sku != NULL && i < json_array_get_length (variants); i++)
    {
      JsonObject *variant = cs_json_array_object (variants, i);

      if (g_strcmp0 (cs_json_string (variant, "sku", NULL), sku) == 0)
        return variant;
    }

  return NULL;
}

static char *
describe_offer (const char *price,
                gint64      stock)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, stock);

  if (price == NULL && stock < 0)
    return g_strdup (_("nothing"));
  if (stock < 0)
    return g_strdup (price);
  if (price == NULL)
    return g_strdup_printf (_("%s in stock"), number);

  /* Translators: a price and how many there are: "12.50 EUR, 3 in stock" */
  return g_strdup_printf (_("%s, %s in stock"), price, number);
}

/* The first variant whose price or stock is not the one that stands in an array
 * like it, named by its SKU; NULL where there is none. What an array does not
 * say is not compared.
 */
static const char *
find_other_variant (JsonArray  *ours,
                    JsonArray  *theirs,
                    const char *currency,
                    gboolean    sold)
{
  for (guint i = 0; ours != NULL && i < json_array_get_length (ours); i++)
    {
      JsonObject *variant = cs_json_array_object (ours, i);
      const char *sku = cs_json_string (variant, "sku", NULL);
      const char *price = cs_json_string (variant, "price", NULL);
      gint64      stock = cs_json_int (variant, "stock", -1);
      JsonObject *there = find_variant (theirs, sku);
      gint64      left = cs_json_int (there, "stock", -1);

      if (sku == NULL || sku[0] == '\0')
        continue;

      if (price != NULL && price[0] == '\0')
        price = NULL;

      if (there == NULL || (price != NULL && !is_same_price (cs_json_string (there, "price", NULL), price, currency)) ||
          (stock >= 0 && left != stock && !(sold && left >= 0 && left < stock)))
        return sku;
    }

  return NULL;
}

static gboolean
is_price_as_seen (CsListing       *listing,
                  CsRemoteListing *remote)
{
  g_autoptr (JsonNode) node = listing->seen != NULL ? cs_json_parse (listing->seen, -1, NULL) : NULL;
  const char *currency = listing->price.currency[0] != '\0' ? listing->price.currency : NULL;

  return node != NULL &&
         is_same_price (remote->price, cs_json_string (cs_json_node_object (node), "price", NULL), currency);
}

/* A product with variants has no numbers of its own there: theirs are compared.
 * FALSE where it has none.
 */
static gboolean
compare_variants (CsListing       *listing,
                  CsRemoteListing *remote,
                  guint            rewrites,
                  GPtrArray       *differences)
{
  gboolean sold = (rewrites & (1u << CS_FIELD_STOCK)) != 0;
  g_autoptr (JsonNode) our_node = NULL;
  g_autoptr (JsonNode) their_node = NULL;
  JsonArray  *ours = parse_variants (listing->variants, &our_node);
  JsonArray  *theirs = parse_variants (remote->variants, &their_node);
  const char *other = find_other_variant (ours, theirs, listing->price.currency, sold);

  if (other != NULL)
    g_ptr_array_add (differences, g_strdup_printf (_("The price or the stock of %s in the shop is not the one that you approved."), other));

  return ours != NULL && json_array_get_length (ours) > 0;
}

void
cs_channel_compare_listing (CsListing       *listing,
                            CsRemoteListing *remote,
                            guint            rewrites,
                            GPtrArray       *differences)
{
  g_autofree char *approved_title = excerpt (listing->title);
  g_autofree char *remote_title = excerpt (remote->title);

  if (!(rewrites & (1u << CS_FIELD_TITLE)) && !is_same (listing->title, remote->title))
    g_ptr_array_add (differences,
                     g_strdup_printf (_("You approved the title “%s”; the shop shows “%s”."),
                                      approved_title, remote_title));

  if (!(rewrites & (1u << CS_FIELD_DESCRIPTION)) && !is_same (listing->description, remote->description))
    g_ptr_array_add (differences, g_strdup (_("The description in the shop is not the one that you approved.")));

  if (!(rewrites & (1u << CS_FIELD_SKU)) && listing->sku != NULL && !is_same (listing->sku, remote->sku))
    g_ptr_array_add (differences,
                     g_strdup_printf (_("You approved the SKU %s; the shop shows %s."), listing->sku,
                                      remote->sku != NULL ? remote->sku : _("nothing")));

  if (!(rewrites & (1u << CS_FIELD_PRICE)) && !(remote->variants != NULL && compare_variants (listing, remote, rewrites, differences)))
    compare_price (listing, remote, differences);

  if (!(rewrites & (1u << CS_FIELD_PICTURE)))
    compare_pictures (listing, remote, differences);
}

/* Price and stock alone */

void
cs_channel_compare_offer (CsListing       *listing,
                          CsRemoteListing *remote,
                          guint            rewrites,
                          GPtrArray       *differences)
{
  gboolean sold = (rewrites & (1u << CS_FIELD_STOCK)) != 0;

  if (compare_variants (listing, remote, rewrites, differences))
    return;

  /* Where the shop rounds or takes tax off, it is enough that the old one is gone */
  if (!(rewrites & (1u << CS_FIELD_PRICE)) || is_price_as_seen (listing, remote))
    compare_price (listing, remote, differences);

  if (listing->stock >= 0 && remote->stock != listing->stock &&
      !(sold && remote->stock >= 0 && remote->stock < listing->stock))
    {
      g_autofree char *approved = describe_offer (NULL, listing->stock);
      g_autofree char *there = describe_offer (NULL, remote->stock);

      g_ptr_array_add (differences, g_strdup_printf (_("You approved %s; the shop shows %s."), approved, there));
    }
}

char *
cs_channel_dup_offer (CsRemoteListing *remote)
{
  return describe_offer (remote->price, remote->stock);
}

char *
cs_channel_dup_seen_offer (CsListing *listing)
{
  g_autoptr (JsonNode) node = listing->seen != NULL ? cs_json_parse (listing->seen, -1, NULL) : NULL;
  JsonObject *seen = cs_json_node_object (node);

  return describe_offer (cs_json_string (seen, "price", NULL), cs_json_int (seen, "stock", -1));
}

/**
 * cs_channel_is_as_seen:
 *
 * Whether price and stock still stand there as they did when an offer was signed;
 * of variants, too, where they were noted down
 */
gboolean
cs_channel_is_as_seen (CsListing       *listing,
                       CsRemoteListing *remote)
{
  g_autoptr (JsonNode) node = listing->seen != NULL ? cs_json_parse (listing->seen, -1, NULL) : NULL;
  g_autoptr (JsonNode) their_node = NULL;
  JsonObject *seen = cs_json_node_object (node);
  JsonArray  *theirs = parse_variants (remote->variants, &their_node);

  return seen != NULL && is_price_as_seen (listing, remote) && remote->stock == cs_json_int (seen, "stock", -1) &&
         find_other_variant (cs_json_array (seen, "variants"), theirs, listing->price.currency, FALSE) == NULL;
}

/* Half of a change of our own */

static gboolean
is_one_of (const char *there,
           const char *before,
           const char *approved)
{
  return is_same (there, before) || is_same (there, approved);
}

static gboolean
is_price_one_of (const char *there,
                 const char *before,
                 const char *approved,
                 const char *currency)
{
  return is_same_price (there, before, currency) || is_same_price (there, approved, currency);
}

static gboolean
is_variant_half_changed (JsonObject *there,
                         JsonObject *before,
                         JsonObject *ours,
                         const char *currency)
{
  gint64 stock = cs_json_int (there, "stock", -1);

  return (before != NULL || ours != NULL) &&
         is_price_one_of (cs_json_string (there, "price", NULL), cs_json_string (before, "price", NULL),
                          cs_json_string (ours, "price", NULL), currency) &&
         ((before != NULL && stock == cs_json_int (before, "stock", -1)) ||
          (ours != NULL && stock == cs_json_int (ours, "stock", -1)));
}

static gboolean
are_variants_half_changed (CsListing       *listing,
                           CsRemoteListing *before,
                           CsRemoteListing *remote)
{
  g_autoptr (JsonNode) our_node = NULL;
  g_autoptr (JsonNode) their_node = NULL;
  g_autoptr (JsonNode) former_node = NULL;
  JsonArray *ours = parse_variants (listing->variants, &our_node);
  JsonArray *theirs = parse_variants (remote->variants, &their_node);
  JsonArray *former = parse_variants (before->variants, &former_node);

  for (guint i = 0; theirs != NULL && i < json_array_get_length (theirs); i++)
    {
      JsonObject *there = cs_json_array_object (theirs, i);
      const char *sku = cs_json_string (there, "sku", NULL);

      if (!is_variant_half_changed (there, find_variant (former, sku), find_variant (ours, sku), listing->price.currency))
        return FALSE;
    }

  return TRUE;
}

/* Of a product with variants, its own numbers are those of one of them */
static gboolean
is_offer_half_changed (CsListing       *listing,
                       CsRemoteListing *before,
                       CsRemoteListing *remote)
{
  g_autofree char *amount = cs_money_to_decimal (&listing->price);

  if (remote->variants != NULL)
    return are_variants_half_changed (listing, before, remote);

  return is_price_one_of (remote->price, before->price, amount, listing->price.currency) &&
         (remote->stock == before->stock || remote->stock == listing->stock) &&
         is_one_of (remote->sku, before->sku, listing->sku);
}

static gboolean
is_said (GPtrArray  *sentences,
         const char *sentence)
{
  return g_ptr_array_find_with_equal_func (sentences, sentence, g_str_equal, NULL);
}

/* Where texts are compared as the shop words them, what is not said is as it was signed */
static gboolean
is_text_half_changed (CsChannel       *self,
                      CsListing       *listing,
                      CsRemoteListing *before,
                      CsRemoteListing *remote,
                      GPtrArray       *now)
{
  gboolean is_compared = CS_CHANNEL_GET_CLASS (self)->compare != NULL ||
                         !(cs_channel_get_traits (self)->rewrites & (1u << CS_FIELD_DESCRIPTION));

  return is_one_of (remote->title, before->title, listing->title) &&
         is_one_of (remote->category_id, before->category_id, listing->category_id) &&
         (is_one_of (remote->description, before->description, listing->description) ||
          (is_compared && !is_said (now, _("The description in the shop is not the one that you approved."))));
}

/**
 * cs_channel_is_half_changed:
 *
 * A difference from what was signed that was not there before is somebody
 * else's; so is a text, a price or a stock that is neither the one from before
 * nor the one that was signed. What we have only just made there was nothing before.
 */
gboolean
cs_channel_is_half_changed (CsChannel       *self,
                            CsListing       *listing,
                            CsRemoteListing *before,
                            CsRemoteListing *remote)
{
  g_autoptr (GPtrArray) now = cs_channel_compare (self, listing, remote, FALSE);
  g_autoptr (GPtrArray) then = NULL;

  if (before == NULL || before->body == NULL)
    return now->len == 0 && listing->operation == CS_OPERATION_CREATE && is_same (remote->title, listing->title);

  then = cs_channel_compare (self, listing, before, FALSE);
  for (guint i = 0; i < now->len; i++)
    {
      if (!is_said (then, now->pdata[i]))
        return FALSE;
    }

  return is_text_half_changed (self, listing, before, remote, now) && is_offer_half_changed (listing, before, remote);
}
