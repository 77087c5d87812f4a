/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-channel-form.h"
#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-ebay-private.h"
#include "cs-hash.h"
#include "cs-json.h"

/* eBay's own limit of variations in a listing */
#define MOST_SKUS 250

/* A group has the texts, its items what they vary by and how many there are, and
 * each item's offer the price. What was read of it so far is in the body:
 * {"group", "items": SKU → item, "offers": SKU → offer}.
 */

CsRequest *
cs_ebay_group_build_read (CsChannel  *channel,
                          const char *remote_id)
{
  g_autofree char *key = g_uri_escape_string (remote_id + strlen (CS_EBAY_GROUP), NULL, FALSE);

  return cs_channel_make_request (channel, "GET", "/sell/inventory/v1/inventory_item_group/%s", key);
}

static CsRemoteListing *
make_remote (const char *key)
{
  g_autofree char *id = g_strconcat (CS_EBAY_GROUP, key, NULL);
  CsRemoteListing *remote = cs_remote_listing_make (id);

  remote->key = cs_channel_form_is_key (key) ? g_strdup (key) : NULL;
  remote->body = g_strdup ("{}");

  return remote;
}

static char **
dup_strings (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      if (cs_json_array_string (array, i) != NULL)
        g_strv_builder_add (builder, cs_json_array_string (array, i));
    }

  return g_strv_builder_end (builder);
}

static void
put_body (CsRemoteListing *remote,
          JsonNode        *root)
{
  g_free (remote->body);
  remote->body = cs_json_canonical (root);
}

static void
take_group (CsRemoteListing *remote,
            JsonObject      *group)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = cs_channel_json_make_root (&root);

  g_set_str (&remote->title, cs_json_string (group, "title", NULL));
  g_free (remote->description);
  remote->description = cs_channel_html_to_text (cs_json_string (group, "description", ""));
  g_strfreev (remote->pictures);
  remote->pictures = dup_strings (cs_json_array (group, "imageUrls"));
  json_object_set_object_member (object, "group", json_object_ref (group));
  put_body (remote, root);
}

CsRemoteListing *
cs_ebay_group_parse (JsonNode *node)
{
  JsonObject      *group = cs_json_node_object (node);
  const char      *key = cs_json_string (group, "inventoryItemGroupKey", "");
  CsRemoteListing *remote;

  if (key[0] == '\0' || cs_json_array (group, "variantSKUs") == NULL)
    return NULL;

  remote = make_remote (key);
  take_group (remote, group);

  return remote;
}

CsRemoteListing *
cs_ebay_group_find (JsonObject *item)
{
  const char *key = cs_json_array_string (cs_json_array (item, "inventoryItemGroupKeys"), 0);

  return key != NULL && key[0] != '\0' ? make_remote (key) : NULL;
}

static const char *
get_sku (JsonObject *body,
         guint       n)
{
  JsonArray *skus = cs_json_array (cs_json_object (body, "group"), "variantSKUs");

  return skus != NULL && n < MIN (json_array_get_length (skus), MOST_SKUS) ? cs_json_array_string (skus, n) : NULL;
}

/* The first SKU that nothing is known of in a member of the body, or NULL */
static const char *
find_unread (JsonObject *body,
             const char *member)
{
  JsonObject *known = cs_json_object (body, member);
  const char *sku;

  for (guint i = 0; (sku = get_sku (body, i)); i++)
    {
      if (known == NULL || !json_object_has_member (known, sku))
        return sku;
    }

  return NULL;
}

static CsRequest *
build_items (CsChannel  *channel,
             JsonObject *body)
{
  CsRequest  *request = cs_channel_make_request (channel, "POST", "/sell/inventory/v1/bulk_get_inventory_item");
  JsonObject *known = cs_json_object (body, "items");
  JsonArray  *requests = json_array_new ();
  const char *sku;
  g_autoptr (JsonNode) root = NULL;

  for (guint i = 0; (sku = get_sku (body, i)) && json_array_get_length (requests) < CS_EBAY_MOST_VARIANTS; i++)
    {
      JsonObject *one;

      if (known != NULL && json_object_has_member (known, sku))
        continue;

      one = json_object_new ();
      json_object_set_string_member (one, "sku", sku);
      json_array_add_object_element (requests, one);
    }

  json_object_set_array_member (cs_channel_json_make_root (&root), "requests", requests);
  cs_request_set_json (request, root);

  return request;
}

CsRequest *
cs_ebay_group_build_more (CsChannel       *channel,
                          CsRemoteListing *remote)
{
  g_autoptr (JsonNode) node = cs_json_parse (remote->body, -1, NULL);
  JsonObject      *body = cs_json_node_object (node);
  const char      *unread = find_unread (body, "offers");
  g_autofree char *sku = unread != NULL ? g_uri_escape_string (unread, NULL, FALSE) : NULL;

  if (remote->version != NULL)
    return NULL;
  if (!json_object_has_member (body, "group"))
    return cs_ebay_group_build_read (channel, remote->remote_id);
  if (find_unread (body, "items") != NULL)
    return build_items (channel, body);

  return sku != NULL ? cs_channel_make_request (channel, "GET", "/sell/inventory/v1/offer?sku=%s", sku) : NULL;
}

/* What is read is not written to */
static JsonObject *
copy_members (JsonObject *from,
              JsonObject *to)
{
  g_autoptr (GList) names = from != NULL ? json_object_get_members (from) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    json_object_set_member (to, name->data, json_node_copy (json_object_get_member (from, name->data)));

  return to;
}

/* What is in the body, and this beside it; NULL for what is not there */
static void
note (JsonObject *body,
      const char *member,
      const char *sku,
      JsonObject *value)
{
  JsonObject *copy = copy_members (cs_json_object (body, member), json_object_new ());

  if (value != NULL)
    json_object_set_object_member (copy, sku, json_object_ref (value));
  else
    json_object_set_null_member (copy, sku);
  json_object_set_object_member (body, member, copy);
}

static void
note_items (JsonObject *body,
            JsonArray  *responses)
{
  const char *sku;

  for (guint i = 0; i < json_array_get_length (responses); i++)
    {
      JsonObject *response = cs_json_array_object (responses, i);
      JsonObject *item = cs_json_object (response, "inventoryItem");
      const char *about = cs_json_string (response, "sku", cs_json_string (item, "sku", NULL));

      if (about != NULL)
        note (body, "items", about, item);
    }

  /* What was not answered is not there */
  while ((sku = find_unread (body, "items")))
    note (body, "items", sku, NULL);
}

static JsonObject *
make_variant (JsonObject *body,
              const char *sku,
              gint64     *stock)
{
  JsonArray  *specifications = cs_json_array (cs_json_object (cs_json_object (body, "group"), "variesBy"), "specifications");
  JsonObject *item = cs_json_object (cs_json_object (body, "items"), sku);
  JsonObject *aspects = cs_json_object (cs_json_object (item, "product"), "aspects");
  JsonObject *amount = cs_json_object (cs_json_object (cs_json_object (cs_json_object (body, "offers"), sku), "pricingSummary"), "price");
  JsonObject *variant = json_object_new ();
  JsonObject *options = json_object_new ();
  g_autofree char *price = g_strdup_printf ("%s %s", cs_json_string (amount, "value", ""), cs_json_string (amount, "currency", ""));

  for (guint i = 0; specifications != NULL && i < json_array_get_length (specifications); i++)
    {
      const char *name = cs_json_string (cs_json_array_object (specifications, i), "name", NULL);
      const char *value = name != NULL ? cs_json_array_string (cs_json_array (aspects, name), 0) : NULL;

      if (value != NULL)
        json_object_set_string_member (options, name, value);
    }

  *stock = cs_json_int (cs_json_object (cs_json_object (item, "availability"), "shipToLocationAvailability"), "quantity", -1);
  json_object_set_object_member (variant, "options", options);
  json_object_set_string_member (variant, "sku", sku);
  json_object_set_string_member (variant, "price", amount != NULL ? price : "");
  json_object_set_int_member (variant, "stock", *stock);

  return variant;
}

/* A hash of what a person decides on; stock is left out, it moves with every sale */
static char *
dup_version (JsonObject *body)
{
  static const char *const members[] = { "categoryId", "listingPolicies", "merchantLocationKey", "pricingSummary", "status" };
  g_autoptr (JsonNode) root = NULL;
  JsonObject *seen = cs_channel_json_make_root (&root);
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;
  guint       n = 0, n_live = 0;
  const char *sku;

  if (cs_json_object (body, "group") != NULL)
    json_object_set_object_member (seen, "group", json_object_ref (cs_json_object (body, "group")));
  for (guint i = 0; (sku = get_sku (body, i)); i++)
    {
      JsonObject *item = cs_json_object (cs_json_object (body, "items"), sku);
      JsonObject *offer = cs_json_object (cs_json_object (body, "offers"), sku);
      JsonObject *one = json_object_new ();

      n++;
      n_live += g_str_equal (cs_json_string (offer, "status", ""), "PUBLISHED");
      json_object_set_object_member (seen, sku, one);
      if (item != NULL && json_object_has_member (item, "product"))
        json_object_set_member (one, "product", json_node_copy (json_object_get_member (item, "product")));
      for (guint k = 0; offer != NULL && k < G_N_ELEMENTS (members); k++)
        {
          if (json_object_has_member (offer, members[k]))
            json_object_set_member (one, members[k], json_node_copy (json_object_get_member (offer, members[k])));
        }
    }

  text = cs_json_canonical (root);
  hash = cs_hash_data (text, strlen (text));

  return g_strdup_printf ("%s%.16s", n_live == 0 ? CS_EBAY_NONE_LIVE : n_live < n ? CS_EBAY_SOME_LIVE : CS_EBAY_ALL_LIVE, hash);
}

/* All of it was read */
static void
finish (CsRemoteListing *remote,
        JsonObject      *body)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray  *variants = json_array_new ();
  const char *sku;

  json_node_take_array (node, variants);
  remote->stock = -1;
  for (guint i = 0; (sku = get_sku (body, i)); i++)
    {
      gint64 stock;

      json_array_add_object_element (variants, make_variant (body, sku, &stock));
      if (stock >= 0)
        remote->stock = MAX (remote->stock, 0) + MIN (stock, G_MAXINT32);
    }

  g_free (remote->variants);
  remote->variants = cs_json_canonical (node);
  g_free (remote->version);
  remote->version = dup_version (body);
}

gboolean
cs_ebay_group_parse_more (CsChannel       *channel,
                          CsRemoteListing *remote,
                          JsonNode        *reply,
                          GError         **error)
{
  const char *marketplace = cs_ebay_find_country (cs_channel_get_profile (channel, "marketplace"))->id;
  g_autoptr (JsonNode) node = cs_json_parse (remote->body, -1, NULL);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = cs_json_node_object (reply);
  JsonObject *body = copy_members (cs_json_node_object (node), cs_channel_json_make_root (&root));
  JsonArray  *responses = cs_json_array (object, "responses");
  gboolean    has_group = json_object_has_member (body, "group");
  gboolean    wants_items = has_group && find_unread (body, "items") != NULL;

  /* An item may still name a group that is not there any more */
  if (reply == NULL && !has_group)
    {
      finish (remote, body);
      return TRUE;
    }

  if ((reply != NULL && object == NULL) || (!has_group && cs_json_array (object, "variantSKUs") == NULL) ||
      (wants_items && responses == NULL))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), "eBay");
      return FALSE;
    }

  if (!has_group)
    {
      take_group (remote, object);
      return TRUE;
    }

  if (wants_items)
    note_items (body, responses);
  else
    {
      const char *sku = find_unread (body, "offers");
      JsonObject *offer = cs_ebay_find_offer (object, marketplace);

      if (sku != NULL)
        note (body, "offers", sku, offer);
      if (offer != NULL)
        cs_ebay_take_offer (channel, remote, offer);
    }

  put_body (remote, root);
  if (find_unread (body, "items") == NULL && find_unread (body, "offers") == NULL)
    finish (remote, body);

  return TRUE;
}
