/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-form.h"
#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-channel-private.h"
#include "cs-graphql.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-listing-variants.h"
#include "cs-vendure-private.h"

#define VERSION_CHARS 16

/* What is there */

/* All that is read of a product, in braces */
char *
cs_vendure_dup_fields (CsChannel *channel)
{
  return g_strdup_printf ("{ id name slug description enabled%s"
                          " assets { id name source } facetValues { id name facet { name } }"
                          " optionGroups { id name options { id name } }"
                          " variants { id sku name enabled price priceWithTax currencyCode trackInventory"
                          " stockLevels { stockOnHand stockAllocated } options { id name group { id name } } } }",
                          cs_vendure_has_key_field (channel) ? " customFields { " CS_VENDURE_KEY_FIELD " }" : "");
}

static JsonArray *
get_variants (JsonObject *product)
{
  return cs_json_array (product, "variants");
}

/* A hash of what is shown: the shop's own dates count seconds, and do not move
 * with a variant. A sale moves it, so that an update that was signed before does
 * not set stock back. Options that no variant has yet are left out: they are made
 * before an update.
 */
char *
cs_vendure_dup_version (JsonObject *product)
{
  g_autoptr (JsonNode) whole = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) copy = NULL;
  g_autofree char *text = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *hash = NULL;

  json_node_set_object (whole, product);
  text = cs_json_canonical (whole);
  copy = cs_json_parse (text, -1, NULL);
  if (cs_json_node_object (copy) != NULL)
    json_object_remove_member (cs_json_node_object (copy), "optionGroups");

  kept = cs_json_canonical (copy);
  hash = cs_hash_data (kept, strlen (kept));

  return g_strndup (hash, VERSION_CHARS);
}

static gint64
count_stock (JsonObject *variant,
             const char *member)
{
  JsonArray *levels = cs_json_array (variant, "stockLevels");
  gint64     n = 0;

  for (guint i = 0; levels != NULL && i < json_array_get_length (levels); i++)
    n += CLAMP (cs_json_int (cs_json_array_object (levels, i), member, 0), -G_MAXINT32, G_MAXINT32);

  return n;
}

/* What can still be sold; -1 where that is not counted */
static gint64
get_stock (JsonObject *variant)
{
  gint64 left = count_stock (variant, "stockOnHand") - count_stock (variant, "stockAllocated");

  return g_str_equal (cs_json_string (variant, "trackInventory", ""), "FALSE") ? -1 : MAX (left, 0);
}

/* As the seller means it: with tax where the shop's prices hold it. `price` alone
 * reads back without.
 */
static char *
dup_price (CsChannel  *channel,
           JsonObject *variant)
{
  const char *member = cs_vendure_has_tax_in_prices (channel) ? "priceWithTax" : "price";
  const char *currency = cs_json_string (variant, "currencyCode", NULL);
  gint64      amount = cs_json_int (variant, member, -1);
  gint64      divisor = 1;
  g_autofree char *decimal = NULL;

  if (currency == NULL || amount < 0)
    return NULL;

  for (guint i = 0; i < cs_vendure_get_precision (channel); i++)
    divisor *= 10;

  decimal = cs_channel_form_dup_amount (amount, divisor);

  return decimal != NULL ? g_strdup_printf ("%s %s", decimal, currency) : NULL;
}

static char *
join_options (JsonObject *variant)
{
  JsonArray *options = cs_json_array (variant, "options");
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);
  GString   *values = g_string_new (NULL);

  for (guint i = 0; options != NULL && i < json_array_get_length (options); i++)
    {
      JsonObject *option = cs_json_array_object (options, i);

      g_ptr_array_add (pairs, g_strdup_printf ("%s\n%s", cs_json_string (cs_json_object (option, "group"), "name", ""),
                                               cs_json_string (option, "name", "")));
    }

  g_ptr_array_sort_values (pairs, (GCompareFunc) g_strcmp0);
  for (guint i = 0; i < pairs->len; i++)
    g_string_append_printf (values, "%s%s", i > 0 ? "\n" : "", strchr (pairs->pdata[i], '\n') + 1);

  return g_string_free_and_steal (values);
}

static gboolean
has_options (JsonObject *variant)
{
  JsonArray *options = cs_json_array (variant, "options");

  return options != NULL && json_array_get_length (options) > 0;
}

/* {"assets": {file name: id}, "facets": [id], "groups": […], "variants":
 * [{"id","sku","allocated","has_options","options"}]}
 */
JsonNode *
cs_vendure_describe (JsonObject *product)
{
  JsonNode   *detail;
  JsonObject *members = cs_channel_json_make_root (&detail);
  JsonObject *known = json_object_new ();
  JsonArray  *facets = json_array_new ();
  JsonArray  *variants = json_array_new ();
  JsonArray  *list = cs_json_array (product, "assets");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *asset = cs_json_array_object (list, i);

      json_object_set_string_member (known, cs_json_string (asset, "name", ""), cs_json_string (asset, "id", ""));
    }

  list = cs_json_array (product, "facetValues");
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    json_array_add_string_element (facets, cs_json_string (cs_json_array_object (list, i), "id", ""));

  list = get_variants (product);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject      *variant = cs_json_array_object (list, i);
      JsonObject      *one = json_object_new ();
      g_autofree char *options = join_options (variant);

      cs_channel_json_set_string (one, "id", cs_json_string (variant, "id", ""));
      cs_channel_json_set_string (one, "sku", cs_json_string (variant, "sku", ""));
      cs_channel_json_set_string (one, "options", options);
      json_object_set_boolean_member (one, "has_options", has_options (variant));
      json_object_set_int_member (one, "allocated", count_stock (variant, "stockAllocated"));
      json_array_add_object_element (variants, one);
    }

  json_object_set_object_member (members, "assets", known);
  json_object_set_array_member (members, "facets", facets);
  json_object_set_array_member (members, "variants", variants);
  if (cs_json_array (product, "optionGroups") != NULL)
    json_object_set_array_member (members, "groups", json_array_ref (cs_json_array (product, "optionGroups")));

  return detail;
}

/* Behind its address where the shop has no field for it; another product of the
 * same address has a number behind that
 */
static char *
dup_key (CsChannel  *channel,
         JsonObject *product)
{
  const char      *slug = cs_json_string (product, "slug", "");
  g_autofree char *upper = g_ascii_strup (slug, -1);
  const char      *end = g_strrstr (upper, "CS-");

  if (cs_vendure_has_key_field (channel))
    return g_strdup (cs_json_string (cs_json_object (product, "customFields"), CS_VENDURE_KEY_FIELD, NULL));

  return cs_channel_form_is_key (end) ? g_strdup (end) : NULL;
}

static char *
write_variants (CsChannel *channel,
                JsonArray *variants)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *out = json_array_new ();

  json_node_take_array (node, out);
  for (guint i = 0; i < json_array_get_length (variants); i++)
    {
      JsonObject      *variant = cs_json_array_object (variants, i);
      JsonObject      *one = json_object_new ();
      JsonObject      *options = json_object_new ();
      JsonArray       *list = cs_json_array (variant, "options");
      g_autofree char *price = dup_price (channel, variant);
      char            *blank = price != NULL ? strchr (price, ' ') : NULL;

      for (guint k = 0; list != NULL && k < json_array_get_length (list); k++)
        {
          JsonObject *option = cs_json_array_object (list, k);

          json_object_set_string_member (options, cs_json_string (cs_json_object (option, "group"), "name", ""),
                                         cs_json_string (option, "name", ""));
        }

      if (blank != NULL)
        *blank = '\0';
      json_object_set_object_member (one, "options", options);
      cs_channel_json_set_string (one, "sku", cs_json_string (variant, "sku", NULL));
      cs_channel_json_set_string (one, "price", price);
      if (get_stock (variant) >= 0)
        json_object_set_int_member (one, "stock", get_stock (variant));
      json_array_add_object_element (out, one);
    }

  return cs_json_canonical (node);
}

static char **
dup_pictures (JsonObject *product)
{
  g_autoptr (GStrvBuilder) addresses = g_strv_builder_new ();
  JsonArray *assets = cs_json_array (product, "assets");

  for (guint i = 0; assets != NULL && i < json_array_get_length (assets); i++)
    g_strv_builder_add (addresses, cs_json_string (cs_json_array_object (assets, i), "source", ""));

  return g_strv_builder_end (addresses);
}

static CsRemoteListing *
parse_product (CsChannel  *channel,
               JsonObject *product)
{
  JsonArray       *variants = get_variants (product);
  JsonObject      *first = cs_json_array_object (variants, 0);
  JsonObject      *facet = cs_json_array_object (cs_json_array (product, "facetValues"), 0);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  CsRemoteListing *remote;

  if (cs_json_string (product, "id", NULL) == NULL || variants == NULL)
    return NULL;

  remote = cs_remote_listing_make (cs_json_string (product, "id", NULL));
  json_node_set_object (node, product);
  remote->body = cs_json_canonical (node);
  remote->version = cs_vendure_dup_version (product);
  remote->key = dup_key (channel, product);
  remote->live = cs_json_bool (product, "enabled", FALSE);
  remote->title = g_strdup (cs_json_string (product, "name", NULL));
  remote->description = cs_channel_html_to_text (cs_json_string (product, "description", ""));
  remote->category = g_strdup (cs_json_string (facet, "name", NULL));
  remote->category_id = g_strdup (cs_json_string (facet, "id", NULL));
  remote->pictures = dup_pictures (product);
  if (first != NULL)
    {
      remote->sku = g_strdup (cs_json_string (first, "sku", NULL));
      remote->price = dup_price (channel, first);
      remote->stock = get_stock (first);
    }
  if (json_array_get_length (variants) > 1 || has_options (first))
    remote->variants = write_variants (channel, variants);

  return remote;
}

static CsRemotePage *
refuse_reading (CsChannel    *channel,
                CsRemotePage *page,
                GError      **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), cs_graphql_get_shop (channel));
  cs_remote_page_unref (page);

  return NULL;
}

/* {"product": …}, null where there is none, or {"products": {"items", "totalItems"}} */
CsRemotePage *
cs_vendure_parse_listings (CsChannel *channel,
                           JsonNode  *reply,
                           GError   **error)
{
  JsonObject      *data = cs_graphql_get_data (reply, NULL);
  JsonObject      *one = cs_json_object (data, "product");
  JsonObject      *list = cs_json_object (data, "products");
  JsonArray       *items = cs_json_array (list, "items");
  CsRemotePage    *page = cs_remote_page_new ();
  CsRemoteListing *remote;

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  if (data != NULL && json_object_has_member (data, "product") && JSON_NODE_HOLDS_NULL (json_object_get_member (data, "product")))
    return page;

  if (one == NULL && items == NULL)
    return refuse_reading (channel, page, error);

  for (guint i = 0; i < (one != NULL ? 1 : json_array_get_length (items)); i++)
    {
      if (!(remote = parse_product (channel, one != NULL ? one : cs_json_array_object (items, i))))
        return refuse_reading (channel, page, error);
      g_ptr_array_add (page->listings, remote);
    }

  return page;
}

/* A listing's description, its list and all, as a person reads it */
static void
compare_description (CsListing  *listing,
                     JsonObject *product,
                     GPtrArray  *differences)
{
  g_autofree char *html = cs_vendure_write_description (listing);
  g_autofree char *text = cs_channel_html_to_text (html);

  if (!cs_channel_html_is_same (text, cs_json_string (product, "description", "")))
    g_ptr_array_add (differences, g_strdup (_("The description in the shop is not the one that you approved.")));
}

static gboolean
is_same_price (CsChannel  *channel,
               CsListingVariant  *variant,
               JsonObject *there)
{
  g_autofree char *price = dup_price (channel, there);
  CsMoney          money;

  return variant->price.currency[0] == '\0' ||
         (price != NULL && cs_money_parse (price, variant->price.currency, &money, NULL) &&
          money.minor == variant->price.minor && g_str_equal (money.currency, variant->price.currency));
}

static void
compare_variant (CsChannel  *channel,
                 CsListingVariant  *variant,
                 JsonArray  *variants,
                 GPtrArray  *differences)
{
  JsonObject *there = NULL;
  gint64      stock;

  for (guint i = 0; variants != NULL && i < json_array_get_length (variants) && there == NULL; i++)
    {
      JsonObject *one = cs_json_array_object (variants, i);

      if (g_strcmp0 (cs_json_string (one, "sku", NULL), variant->sku) == 0)
        there = one;
    }

  if (there == NULL)
    {
      g_ptr_array_add (differences, g_strdup_printf (_("The shop does not show the SKU %s."), variant->sku));
      return;
    }

  stock = get_stock (there);
  if (!is_same_price (channel, variant, there))
    {
      g_autofree char *approved = cs_money_to_display (&variant->price);
      g_autofree char *shown = dup_price (channel, there);

      g_ptr_array_add (differences, g_strdup_printf (_("You approved the price %s; the shop shows %s."), approved,
                                                     shown != NULL ? shown : _("nothing")));
    }

  /* Less is what was sold meanwhile */
  if (variant->stock >= 0 && (stock < 0 || stock > variant->stock))
    g_ptr_array_add (differences, g_strdup (_("The stock in the shop is not what you approved.")));
}

void
cs_vendure_compare (CsChannel       *channel,
                    CsListing       *listing,
                    CsRemoteListing *remote,
                    GPtrArray       *differences)
{
  g_autoptr (JsonNode) node = cs_json_parse (remote->body, -1, NULL);
  g_autoptr (GPtrArray) variants = cs_listing_variants_read_all (listing, NULL);
  JsonObject *product = cs_json_node_object (node);

  compare_description (listing, product, differences);
  for (guint i = 0; variants != NULL && i < variants->len; i++)
    compare_variant (channel, variants->pdata[i], get_variants (product), differences);

  if (listing->category_id != NULL && listing->category_id[0] != '\0')
    {
      g_autoptr (JsonNode) known = cs_vendure_describe (product);
      JsonArray *facets = cs_json_array (cs_json_node_object (known), "facets");
      gboolean   is_there = FALSE;

      for (guint i = 0; i < json_array_get_length (facets); i++)
        is_there = is_there || g_strcmp0 (cs_json_array_string (facets, i), listing->category_id) == 0;
      if (!is_there)
        g_ptr_array_add (differences, g_strdup (_("The category in the shop is not what you approved.")));
    }
}

/* Variants come after it */
void
cs_vendure_compare_created (CsChannel       *channel,
                            CsListing       *listing,
                            CsRemoteListing *remote,
                            GPtrArray       *differences)
{
  g_autoptr (JsonNode) node = cs_json_parse (remote->body, -1, NULL);

  cs_channel_compare_listing (listing, remote, cs_channel_get_traits (channel)->rewrites, differences);
  compare_description (listing, cs_json_node_object (node), differences);
}
