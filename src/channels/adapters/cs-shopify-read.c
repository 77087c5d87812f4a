/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-graphql.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-listing-variants.h"
#include "cs-shopify-private.h"

#define VERSION_CHARS 16
#define HASH_CHARS    12

/* What is there */

JsonArray *
cs_shopify_get_nodes (JsonObject *object,
                      const char *member)
{
  return cs_json_array (cs_json_object (object, member), "nodes");
}

static void
drop (JsonObject *object,
      const char *member)
{
  if (object != NULL)
    json_object_remove_member (object, member);
}

/* A hash of what is shown. `updatedAt` moves by itself while pictures are worked
 * on, and so do their addresses. A sale moves it, so that an update that was
 * signed before does not set stock back.
 */
char *
cs_shopify_dup_version (JsonObject *product)
{
  g_autoptr (JsonNode) whole = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) copy = NULL;
  g_autofree char *text = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *hash = NULL;
  JsonObject      *object;
  JsonArray       *media;

  json_node_set_object (whole, product);
  text = cs_json_canonical (whole);
  copy = cs_json_parse (text, -1, NULL);
  object = cs_json_node_object (copy);
  drop (object, "collections");
  drop (object, "metafields");
  drop (object, "onlineStoreUrl");
  media = cs_shopify_get_nodes (object, "media");
  for (guint i = 0; media != NULL && i < json_array_get_length (media); i++)
    {
      drop (cs_json_array_object (media, i), "status");
      drop (cs_json_array_object (media, i), "image");
    }

  kept = cs_json_canonical (copy);
  hash = cs_hash_data (kept, strlen (kept));

  return g_strndup (hash, VERSION_CHARS);
}

static const char *
get_address (JsonObject *medium)
{
  return cs_json_string (cs_json_object (medium, "image"), "url", "");
}

gboolean
cs_shopify_is_our_medium (const char *key,
                          JsonObject *medium)
{
  return strstr (get_address (medium), key) != NULL;
}

gboolean
cs_shopify_is_picture (CsListing  *listing,
                       guint       n,
                       JsonObject *medium)
{
  CsListingPicture *picture = listing->pictures->pdata[n];
  g_autofree char  *mark = g_strdup_printf ("%s-%.*s", listing->key, HASH_CHARS, picture->hash);

  return strstr (get_address (medium), mark) != NULL;
}

/* The one variant that a product without options has */
gboolean
cs_shopify_is_default (JsonObject *variant)
{
  JsonArray *options = cs_json_array (variant, "selectedOptions");

  return options == NULL || json_array_get_length (options) == 0 ||
         (json_array_get_length (options) == 1 &&
          g_str_equal (cs_json_string (cs_json_array_object (options, 0), "name", ""), "Title") &&
          g_str_equal (cs_json_string (cs_json_array_object (options, 0), "value", ""), "Default Title"));
}

static gint64
get_stock (JsonObject *variant)
{
  if (!cs_json_bool (cs_json_object (variant, "inventoryItem"), "tracked", FALSE))
    return -1;

  return CLAMP (cs_json_int (variant, "inventoryQuantity", -1), -1, G_MAXINT32);
}

static char *
write_variants (JsonArray *variants)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *out = json_array_new ();

  json_node_take_array (node, out);
  for (guint i = 0; i < json_array_get_length (variants); i++)
    {
      JsonObject *variant = cs_json_array_object (variants, i);
      JsonArray  *selected = cs_json_array (variant, "selectedOptions");
      JsonObject *one = json_object_new ();
      JsonObject *options = json_object_new ();

      for (guint k = 0; selected != NULL && k < json_array_get_length (selected); k++)
        {
          JsonObject *option = cs_json_array_object (selected, k);

          json_object_set_string_member (options, cs_json_string (option, "name", ""), cs_json_string (option, "value", ""));
        }

      json_object_set_object_member (one, "options", options);
      cs_channel_json_set_string (one, "sku", cs_json_string (variant, "sku", NULL));
      cs_channel_json_set_string (one, "price", cs_json_string (variant, "price", NULL));
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
  JsonArray *media = cs_shopify_get_nodes (product, "media");

  for (guint i = 0; media != NULL && i < json_array_get_length (media); i++)
    {
      JsonObject *medium = cs_json_array_object (media, i);

      if (g_str_equal (cs_json_string (medium, "__typename", ""), "MediaImage"))
        g_strv_builder_add (addresses, get_address (medium));
    }

  return g_strv_builder_end (addresses);
}

static char **
dup_tags (JsonObject *product)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *tags = cs_json_array (product, "tags");

  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++)
    {
      if (cs_json_array_string (tags, i) != NULL)
        g_strv_builder_add (builder, cs_json_array_string (tags, i));
    }

  return g_strv_builder_end (builder);
}

/* FALSE where it is no product */
static gboolean
fill_remote (CsRemoteListing *remote,
             JsonObject      *product)
{
  JsonArray  *variants = cs_shopify_get_nodes (product, "variants");
  JsonObject *first = cs_json_array_object (variants, 0);
  const char *vendor = cs_json_string (product, "vendor", "");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  if (cs_json_string (product, "id", NULL) == NULL || variants == NULL)
    return FALSE;

  json_node_set_object (node, product);
  g_free (remote->body);
  remote->body = cs_json_canonical (node);
  g_free (remote->version);
  remote->version = cs_shopify_dup_version (product);
  g_set_str (&remote->key, cs_json_string (cs_json_object (product, "key"), "value", NULL));
  remote->live = g_str_equal (cs_json_string (product, "status", ""), "ACTIVE");
  g_set_str (&remote->url, cs_json_string (product, "onlineStoreUrl", NULL));
  g_set_str (&remote->title, cs_json_string (product, "title", NULL));
  g_free (remote->description);
  remote->description = cs_channel_html_to_text (cs_json_string (product, "descriptionHtml", ""));
  g_set_str (&remote->brand, vendor[0] != '\0' ? vendor : NULL);
  g_set_str (&remote->category, cs_json_string (cs_json_object (product, "category"), "fullName", NULL));
  g_set_str (&remote->category_id, cs_json_string (cs_json_object (product, "category"), "id", NULL));
  g_strfreev (remote->keywords);
  remote->keywords = dup_tags (product);
  g_strfreev (remote->pictures);
  remote->pictures = dup_pictures (product);
  g_set_str (&remote->sku, cs_json_string (first, "sku", NULL));
  g_set_str (&remote->price, cs_json_string (first, "price", NULL));
  remote->stock = get_stock (first);
  g_clear_pointer (&remote->variants, g_free);
  if (json_array_get_length (variants) > 1 || (first != NULL && !cs_shopify_is_default (first)))
    remote->variants = write_variants (variants);

  return TRUE;
}

static gboolean
refuse_reading (CsChannel *channel,
                GError   **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), cs_graphql_get_shop (channel));

  return FALSE;
}

static gboolean
add_product (CsChannel    *channel,
             CsRemotePage *page,
             JsonObject   *product,
             GError      **error)
{
  g_autoptr (CsRemoteListing) remote = cs_remote_listing_make (cs_json_string (product, "id", ""));

  if (!fill_remote (remote, product))
    return refuse_reading (channel, error);

  g_ptr_array_add (page->listings, g_steal_pointer (&remote));

  return TRUE;
}

static gboolean
is_null (JsonObject *data,
         const char *member)
{
  return data != NULL && json_object_has_member (data, member) && JSON_NODE_HOLDS_NULL (json_object_get_member (data, member));
}

/* {"product"} and {"byKey"}, null where there is none; {"bySku": {"nodes": [{"product"}]}};
 * {"products": {"nodes","pageInfo"}}
 */
static gboolean
fill_page (CsChannel    *channel,
           CsRemotePage *page,
           JsonNode     *reply,
           GError      **error)
{
  JsonObject *object = cs_json_node_object (reply);
  JsonObject *data = cs_graphql_get_data (reply, NULL);
  JsonObject *one = cs_json_object (data, "product");
  JsonObject *list = cs_json_object (data, "products");
  JsonArray  *by_sku = cs_shopify_get_nodes (data, "bySku");
  JsonArray  *nodes = cs_json_array (list, "nodes");

  /* Such a reply has an error that find_fault() took for "none" */
  if (is_null (data, "product") || is_null (data, "byKey") || (is_null (object, "data") && cs_json_array (object, "errors") != NULL))
    return TRUE;

  if (one == NULL)
    one = cs_json_object (data, "byKey");
  if (one != NULL)
    return add_product (channel, page, one, error);

  if (by_sku == NULL && nodes == NULL)
    return refuse_reading (channel, error);

  for (guint i = 0; by_sku != NULL && i < json_array_get_length (by_sku); i++)
    {
      if (!add_product (channel, page, cs_json_object (cs_json_array_object (by_sku, i), "product"), error))
        return FALSE;
    }

  for (guint i = 0; nodes != NULL && i < json_array_get_length (nodes); i++)
    {
      if (!add_product (channel, page, cs_json_array_object (nodes, i), error))
        return FALSE;
    }

  if (cs_json_bool (cs_json_object (list, "pageInfo"), "hasNextPage", FALSE))
    page->next = g_strdup (cs_json_string (cs_json_object (list, "pageInfo"), "endCursor", NULL));

  return TRUE;
}

CsRemotePage *
cs_shopify_parse_listings (CsChannel *channel,
                           JsonNode  *reply,
                           GError   **error)
{
  g_autoptr (CsRemotePage) page = cs_remote_page_new ();

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);

  return fill_page (channel, page, reply, error) ? g_steal_pointer (&page) : NULL;
}

/* A page of products shows only the first few of what each has */
static gboolean
is_cut_off (JsonObject *product,
            const char *member,
            guint       shown)
{
  JsonObject *list = cs_json_object (product, member);
  JsonArray  *nodes = cs_json_array (list, "nodes");

  return nodes != NULL && json_array_get_length (nodes) <= shown && cs_json_bool (cs_json_object (list, "pageInfo"), "hasNextPage", FALSE);
}

CsRequest *
cs_shopify_build_more (CsChannel       *channel,
                       CsRemoteListing *remote)
{
  g_autoptr (JsonNode) node = cs_json_parse (remote->body, -1, NULL);
  JsonObject *product = cs_json_node_object (node);

  if (!is_cut_off (product, "media", 10) && !is_cut_off (product, "variants", 10))
    return NULL;

  return CS_CHANNEL_GET_CLASS (channel)->build_read (channel, remote->remote_id);
}

gboolean
cs_shopify_parse_more (CsChannel       *channel,
                       CsRemoteListing *remote,
                       JsonNode        *reply,
                       GError         **error)
{
  return fill_remote (remote, cs_graphql_get_data (reply, "product")) || refuse_reading (channel, error);
}

static void
compare_description (CsListing  *listing,
                     JsonObject *product,
                     GPtrArray  *differences)
{
  g_autofree char *html = cs_shopify_write_description (listing);
  g_autofree char *text = cs_channel_html_to_text (html);

  if (!cs_channel_html_is_same (text, cs_json_string (product, "descriptionHtml", "")))
    g_ptr_array_add (differences, g_strdup (_("The description in the shop is not the one that you approved.")));
}

/* Each of ours; one that is still worked on shows no address yet, and may be it */
static void
compare_pictures (CsListing  *listing,
                  JsonObject *product,
                  GPtrArray  *differences)
{
  JsonArray *media = cs_shopify_get_nodes (product, "media");
  guint      n_media = media != NULL ? json_array_get_length (media) : 0;
  guint      n_found = 0;
  guint      n_open = 0;

  for (guint i = 0; i < n_media; i++)
    {
      JsonObject *medium = cs_json_array_object (media, i);

      n_open += get_address (medium)[0] == '\0' && !g_str_equal (cs_json_string (medium, "status", ""), "FAILED");
    }

  for (guint n = 0; n < listing->pictures->len; n++)
    {
      for (guint i = 0; i < n_media; i++)
        {
          if (cs_shopify_is_picture (listing, n, cs_json_array_object (media, i)))
            {
              n_found++;
              break;
            }
        }
    }

  if (n_found + n_open < listing->pictures->len)
    g_ptr_array_add (differences, g_strdup_printf (_("You approved %u pictures; the shop shows %u."), listing->pictures->len, n_found));
}

static void
compare_variant (CsListingVariant *variant,
                 JsonArray        *variants,
                 GPtrArray        *differences)
{
  JsonObject *there = NULL;
  CsMoney     price;

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

  if (variant->price.currency[0] != '\0' &&
      (!cs_channel_json_get_price (there, "price", variant->price.currency, &price) || price.minor != variant->price.minor))
    {
      g_autofree char *approved = cs_money_to_display (&variant->price);

      g_ptr_array_add (differences, g_strdup_printf (_("You approved the price %s; the shop shows %s."), approved,
                                                     cs_json_string (there, "price", _("nothing"))));
    }

  /* Less is what was sold meanwhile */
  if (variant->stock >= 0 && (get_stock (there) < 0 || get_stock (there) > variant->stock))
    g_ptr_array_add (differences, g_strdup (_("The stock in the shop is not what you approved.")));
}

static gboolean
has_tag (char      **tags,
         const char *tag)
{
  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (tags[i], tag) == 0)
        return TRUE;
    }

  return FALSE;
}

void
cs_shopify_compare (CsChannel       *channel,
                    CsListing       *listing,
                    CsRemoteListing *remote,
                    GPtrArray       *differences)
{
  g_autoptr (JsonNode) node = cs_json_parse (remote->body, -1, NULL);
  g_autoptr (GPtrArray) variants = cs_listing_variants_read_all (listing, NULL);
  JsonObject *product = cs_json_node_object (node);
  gboolean    has_all = TRUE;

  compare_description (listing, product, differences);
  compare_pictures (listing, product, differences);
  for (guint i = 0; variants != NULL && i < variants->len; i++)
    compare_variant (variants->pdata[i], cs_shopify_get_nodes (product, "variants"), differences);

  for (guint i = 0; listing->keywords != NULL && listing->keywords[i] != NULL; i++)
    has_all = has_all && has_tag (remote->keywords, listing->keywords[i]);
  if (!has_all)
    g_ptr_array_add (differences, g_strdup (_("The keywords in the shop are not those that you approved.")));
  if (listing->brand != NULL && listing->brand[0] != '\0' && g_strcmp0 (listing->brand, remote->brand) != 0)
    g_ptr_array_add (differences, g_strdup (_("The brand in the shop is not what you approved.")));
  if (listing->category_id != NULL && listing->category_id[0] != '\0' && g_strcmp0 (listing->category_id, remote->category_id) != 0)
    g_ptr_array_add (differences, g_strdup (_("The category in the shop is not what you approved.")));
}
