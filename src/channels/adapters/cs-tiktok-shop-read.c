/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-json.h"
#include "cs-tiktok-shop-private.h"

JsonObject *
cs_tiktok_shop_get_data (JsonNode *json)
{
  return cs_json_object (cs_json_node_object (json), "data");
}

static char **
dup_picture_addresses (JsonObject *product)
{
  JsonArray *array = cs_json_array (product, "main_images");
  g_autoptr (GStrvBuilder) pictures = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonArray  *urls = cs_json_array (cs_json_array_object (array, i), "urls");
      const char *url = cs_json_array_string (urls, 0);

      g_strv_builder_add (pictures, url != NULL ? url : "");
    }

  return g_strv_builder_end (pictures);
}

static gint64
sum_inventory (JsonObject *sku)
{
  JsonArray *array = cs_json_array (sku, "inventory");
  gint64     sum = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    sum += cs_json_int (cs_json_array_object (array, i), "quantity", 0);

  return array != NULL ? sum : -1;
}

static char *
dup_price (JsonObject *sku)
{
  JsonObject *price = cs_json_object (sku, "price");
  const char *amount = cs_json_string (price, "tax_exclusive_price", cs_json_string (price, "amount", NULL));

  return amount != NULL ? g_strdup_printf ("%s %s", amount, cs_json_string (price, "currency", "")) : NULL;
}

static void
fill_variants (CsRemoteListing *remote,
               JsonArray       *skus)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *variants = json_array_new ();

  json_node_take_array (node, variants);
  for (guint i = 0; i < json_array_get_length (skus); i++)
    {
      JsonObject      *sku = cs_json_array_object (skus, i);
      JsonArray       *attributes = cs_json_array (sku, "sales_attributes");
      JsonObject      *variant = json_object_new ();
      JsonObject      *options = json_object_new ();
      g_autofree char *price = dup_price (sku);

      for (guint k = 0; attributes != NULL && k < json_array_get_length (attributes); k++)
        cs_channel_json_set_string (options, cs_json_string (cs_json_array_object (attributes, k), "name", ""),
                                    cs_json_string (cs_json_array_object (attributes, k), "value_name", ""));
      json_object_set_object_member (variant, "options", options);
      cs_channel_json_set_string (variant, "sku", cs_json_string (sku, "seller_sku", NULL));
      cs_channel_json_set_string (variant, "price", price);
      json_object_set_int_member (variant, "stock", sum_inventory (sku));
      json_array_add_object_element (variants, variant);
    }
  remote->variants = cs_json_canonical (node);
}

/* A search shows less than the product itself; then the body stays empty until the rest was read */
static CsRemoteListing *
parse_product (JsonObject *product)
{
  g_autofree char *id = cs_channel_json_dup_id (product, "id");
  JsonArray       *skus = cs_json_array (product, "skus");
  JsonObject      *first = skus != NULL ? cs_json_array_object (skus, 0) : NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  CsRemoteListing *remote;

  if (id == NULL)
    return NULL;

  json_node_set_object (node, product);
  remote = cs_remote_listing_make (id);
  remote->key = g_strdup (cs_json_string (product, "external_product_id", NULL));
  remote->sku = g_strdup (cs_json_string (first, "seller_sku", NULL));
  remote->live = g_strcmp0 (cs_json_string (product, "status", NULL), "ACTIVATE") == 0;
  remote->title = g_strdup (cs_json_string (product, "title", NULL));
  remote->description = cs_channel_html_to_text (cs_json_string (product, "description", NULL));
  remote->price = dup_price (first);
  remote->stock = sum_inventory (first);
  remote->pictures = dup_picture_addresses (product);
  if (skus != NULL && json_array_get_length (skus) > 1)
    fill_variants (remote, skus);
  if (json_object_has_member (product, "main_images"))
    remote->body = cs_json_canonical (node);
  remote->version = cs_channel_json_dup_id (product, "update_time");

  return remote;
}

CsRemotePage *
cs_tiktok_shop_parse_listings (CsChannel *channel,
                               JsonNode  *reply,
                               GError   **error)
{
  JsonObject      *data = cs_tiktok_shop_get_data (reply);
  JsonArray       *array = cs_json_array (data, "products");
  CsRemotePage    *page = cs_remote_page_new ();
  const char      *next = cs_json_string (data, "next_page_token", NULL);
  CsRemoteListing *remote;

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  page->next = next != NULL && next[0] != '\0' ? g_strdup (next) : NULL;
  if (array == NULL && (remote = parse_product (data)))
    g_ptr_array_add (page->listings, remote);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      if ((remote = parse_product (cs_json_array_object (array, i))))
        g_ptr_array_add (page->listings, remote);
    }

  return page;
}

gboolean
cs_tiktok_shop_parse_more (CsChannel       *channel,
                           CsRemoteListing *remote,
                           JsonNode        *reply,
                           GError         **error)
{
  g_autoptr (CsRemoteListing) whole = parse_product (cs_tiktok_shop_get_data (reply));

  /* Whatever it said, it is not asked again */
  g_set_str (&remote->body, whole != NULL && whole->body != NULL ? whole->body : "{}");
  if (whole == NULL)
    return TRUE;

  g_set_str (&remote->key, whole->key);
  g_set_str (&remote->sku, whole->sku);
  g_set_str (&remote->description, whole->description);
  g_set_str (&remote->price, whole->price);
  g_set_str (&remote->variants, whole->variants);
  remote->stock = whole->stock;
  g_strfreev (remote->pictures);
  remote->pictures = g_strdupv (whole->pictures);

  return TRUE;
}
