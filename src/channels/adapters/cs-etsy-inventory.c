/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-channel-form.h"
#include "cs-etsy-private.h"
#include "cs-json.h"

/* The custom properties that a listing can vary in, in Etsy's numbers (its
 * listings tutorial, "Listing inventory": 513, 514; a third needs the parameter
 * max_variations_supported)
 */
#define FIRST_PROPERTY 513
#define MOST_OPTIONS   2

char *
cs_etsy_dup_description (CsListing *listing)
{
  GString *text = g_string_new (listing->description);

  for (guint i = 0; listing->bullets != NULL && listing->bullets[i] != NULL; i++)
    g_string_append_printf (text, "%s• %s", i == 0 && text->len > 0 ? "\n\n" : i > 0 ? "\n" : "", listing->bullets[i]);

  return g_string_free_and_steal (text);
}

static JsonArray *
get_variants (JsonNode *node)
{
  JsonArray *variants = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  return variants != NULL && json_array_get_length (variants) > 0 ? variants : NULL;
}

static JsonNode *
parse_variants (CsListing *listing)
{
  return listing->variants != NULL ? cs_json_parse (listing->variants, -1, NULL) : NULL;
}

/* A variant without a price of its own has the listing's */
static gboolean
get_variant_price (CsListing  *listing,
                   JsonObject *variant,
                   CsMoney    *price)
{
  const char *text = cs_json_string (variant, "price", NULL);

  if (text != NULL && text[0] != '\0')
    return cs_money_parse (text, listing->price.currency, price, NULL);

  *price = listing->price;

  return price->currency[0] != '\0';
}

gboolean
cs_etsy_get_price (CsListing *listing,
                   CsMoney   *price)
{
  g_autoptr (JsonNode) node = parse_variants (listing);
  JsonArray *variants = get_variants (node);
  CsMoney    other;

  if (variants == NULL)
    {
      *price = listing->price;
      return price->currency[0] != '\0';
    }

  for (guint i = 0; i < json_array_get_length (variants); i++)
    {
      if (!get_variant_price (listing, cs_json_array_object (variants, i), &other))
        return FALSE;
      if (i == 0 || other.minor < price->minor)
        *price = other;
    }

  return TRUE;
}

gint64
cs_etsy_get_quantity (CsListing *listing)
{
  g_autoptr (JsonNode) node = parse_variants (listing);
  JsonArray *variants = get_variants (node);
  gint64     sum = 0;

  if (variants == NULL)
    return listing->stock;

  for (guint i = 0; i < json_array_get_length (variants); i++)
    {
      gint64 stock = cs_json_int (cs_json_array_object (variants, i), "stock", -1);

      if (stock < 0)
        return -1;
      sum += MIN (stock, G_MAXINT32);
    }

  return sum;
}

char **
cs_etsy_dup_options (CsListing *listing)
{
  g_autoptr (JsonNode) node = parse_variants (listing);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JsonArray     *variants = get_variants (node);
  JsonObject    *options = variants != NULL ? cs_json_object (cs_json_array_object (variants, 0), "options") : NULL;
  g_autoptr (GList) members = options != NULL ? json_object_get_members (options) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    g_strv_builder_add (names, l->data);

  return g_strv_builder_end (names);
}

static void
add_values (JsonObject *product,
            JsonObject *variant,
            char      **names)
{
  JsonObject *options = cs_json_object (variant, "options");
  JsonArray  *values = json_array_new ();

  for (guint i = 0; names[i] != NULL && i < MOST_OPTIONS; i++)
    {
      JsonObject *value = json_object_new ();
      JsonArray  *texts = json_array_new ();

      json_object_set_int_member (value, "property_id", FIRST_PROPERTY + i);
      json_object_set_string_member (value, "property_name", names[i]);
      json_object_set_array_member (value, "value_ids", json_array_new ());
      json_array_add_string_element (texts, cs_json_string (options, names[i], ""));
      json_object_set_array_member (value, "values", texts);
      json_array_add_object_element (values, value);
    }

  json_object_set_array_member (product, "property_values", values);
}

static void
add_product (JsonArray  *products,
             CsListing  *listing,
             JsonObject *variant,
             char      **names,
             JsonObject *terms)
{
  JsonObject      *product = json_object_new ();
  JsonObject      *offering = json_object_new ();
  JsonArray       *offerings = json_array_new ();
  const char      *sku = cs_json_string (variant, "sku", NULL);
  gint64           state = g_ascii_strtoll (cs_json_string (terms, "readiness_state_id", "0"), NULL, 10);
  CsMoney          price = listing->price;
  g_autofree char *amount = NULL;

  get_variant_price (listing, variant, &price);
  amount = cs_money_to_decimal (&price);
  json_object_set_string_member (offering, "price", amount);
  json_object_set_int_member (offering, "quantity",
                              variant != NULL ? cs_json_int (variant, "stock", 0) : listing->stock);
  json_object_set_boolean_member (offering, "is_enabled", TRUE);
  if (state > 0)
    json_object_set_int_member (offering, "readiness_state_id", state);
  else
    json_object_set_null_member (offering, "readiness_state_id");
  json_array_add_object_element (offerings, offering);

  json_object_set_string_member (product, "sku", sku != NULL && sku[0] != '\0' ? sku : listing->sku != NULL ? listing->sku : listing->key);
  add_values (product, variant, names);
  json_object_set_array_member (product, "offerings", offerings);
  json_array_add_object_element (products, product);
}

/* Which options a thing depends on: all of them, or none */
static void
set_dependence (JsonObject *inventory,
                const char *member,
                gboolean    depends,
                char      **names)
{
  JsonArray *ids = json_array_new ();

  for (guint i = 0; depends && names[i] != NULL && i < MOST_OPTIONS; i++)
    json_array_add_int_element (ids, FIRST_PROPERTY + i);
  json_object_set_array_member (inventory, member, ids);
}

static gboolean
differs (JsonArray  *variants,
         const char *member)
{
  for (guint i = 1; variants != NULL && i < json_array_get_length (variants); i++)
    {
      if (g_strcmp0 (cs_json_string (cs_json_array_object (variants, 0), member, NULL),
                     cs_json_string (cs_json_array_object (variants, i), member, NULL)) != 0)
        return TRUE;
    }

  return FALSE;
}

/* What is left out is taken away: all of it is sent, each time */
void
cs_etsy_set_inventory (CsRequest  *request,
                       CsListing  *listing,
                       JsonObject *terms)
{
  g_autoptr (JsonNode) variants_node = parse_variants (listing);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_auto (GStrv) names = cs_etsy_dup_options (listing);
  JsonArray  *variants = get_variants (variants_node);
  JsonObject *inventory = json_object_new ();
  JsonArray  *products = json_array_new ();

  json_node_take_object (node, inventory);
  if (variants == NULL)
    add_product (products, listing, NULL, names, terms);
  for (guint i = 0; variants != NULL && i < json_array_get_length (variants); i++)
    add_product (products, listing, cs_json_array_object (variants, i), names, terms);

  json_object_set_array_member (inventory, "products", products);
  set_dependence (inventory, "price_on_property", differs (variants, "price"), names);
  set_dependence (inventory, "quantity_on_property", variants != NULL, names);
  set_dependence (inventory, "sku_on_property", differs (variants, "sku"), names);
  cs_request_set_json (request, node);
  cs_channel_form_bare_decimals (request, "price");
}
