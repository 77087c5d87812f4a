/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-channel-form.h"
#include "cs-channel-html.h"
#include "cs-ebay-private.h"
#include "cs-hash.h"
#include "cs-json.h"

#define PULL_LENGTH 100

/* An item has the texts and pictures, its offer the price and whether it is on
 * sale. The item comes first, with its offer as the second part of it; one that
 * has none is not on sale.
 */

CsRequest *
cs_ebay_build_read (CsChannel  *channel,
                    const char *remote_id)
{
  g_autofree char *sku = g_uri_escape_string (remote_id, NULL, FALSE);

  if (g_str_has_prefix (remote_id, CS_EBAY_GROUP))
    return cs_ebay_group_build_read (channel, remote_id);

  return cs_channel_make_request (channel, "GET", "/sell/inventory/v1/inventory_item/%s", sku);
}

/* Our key stands in for a missing SKU, so there is one name to ask for */
CsRequest *
cs_ebay_build_look_up (CsChannel *channel,
                       CsListing *listing,
                       guint      n)
{
  g_autofree char *group = cs_ebay_is_group (listing) ? cs_ebay_dup_group_id (listing) : NULL;

  if (n > 0)
    return NULL;

  return cs_ebay_build_read (channel, group != NULL ? group : listing->sku != NULL ? listing->sku : listing->key);
}

CsRequest *
cs_ebay_build_pull (CsChannel  *channel,
                    const char *cursor)
{
  g_autofree char *offset = g_uri_escape_string (cursor != NULL ? cursor : "0", NULL, FALSE);

  return cs_channel_make_request (channel, "GET", "/sell/inventory/v1/inventory_item?limit=%d&offset=%s", PULL_LENGTH, offset);
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

static CsRemoteListing *
parse_item (JsonNode *node)
{
  JsonObject      *item = cs_json_node_object (node);
  JsonObject      *product = cs_json_object (item, "product");
  JsonObject      *aspects = cs_json_object (product, "aspects");
  const char      *sku = cs_json_string (item, "sku", NULL);
  CsRemoteListing *remote;
  g_autoptr (JsonNode) aspects_node = NULL;

  if (sku == NULL || sku[0] == '\0')
    return NULL;

  if ((remote = cs_ebay_group_find (item)))
    return remote;

  remote = cs_remote_listing_make (sku);
  remote->sku = g_strdup (sku);
  remote->key = cs_channel_form_is_key (sku) ? g_strdup (sku) : NULL;
  remote->title = g_strdup (cs_json_string (product, "title", NULL));
  remote->description = cs_channel_html_to_text (cs_json_string (product, "description", ""));
  remote->brand = g_strdup (cs_json_string (product, "brand", cs_json_array_string (cs_json_array (aspects, "Brand"), 0)));
  remote->stock = cs_json_int (cs_json_object (cs_json_object (item, "availability"), "shipToLocationAvailability"), "quantity", -1);
  remote->pictures = dup_strings (cs_json_array (product, "imageUrls"));
  if (aspects != NULL)
    {
      aspects_node = json_node_copy (json_object_get_member (product, "aspects"));
      remote->attributes = cs_json_canonical (aspects_node);
    }
  remote->body = cs_json_canonical (node);

  return remote;
}

/* "/sell/inventory/v1/inventory_item?limit=100&offset=1" → "1" */
static char *
dup_next (JsonObject *reply)
{
  const char *next = cs_json_string (reply, "next", "");
  const char *offset = strstr (next, "offset=");
  gsize       length = offset != NULL ? strspn (offset + strlen ("offset="), "0123456789") : 0;

  return length > 0 && length < 10 ? g_strndup (offset + strlen ("offset="), length) : NULL;
}

/* The items of a group are one listing */
static void
add_once (GPtrArray       *listings,
          CsRemoteListing *remote)
{
  for (guint i = 0; i < listings->len; i++)
    {
      if (g_strcmp0 (((CsRemoteListing *) listings->pdata[i])->remote_id, remote->remote_id) == 0)
        {
          cs_remote_listing_unref (remote);
          return;
        }
    }

  g_ptr_array_add (listings, remote);
}

/* One item, one group, or {"inventoryItems": […], "next"} */
CsRemotePage *
cs_ebay_parse_listings (CsChannel *channel,
                        JsonNode  *reply,
                        GError   **error)
{
  JsonObject      *object = cs_json_node_object (reply);
  JsonArray       *items = cs_json_array (object, "inventoryItems");
  CsRemoteListing *remote;
  guint            n_read = 0;
  g_autoptr (CsRemotePage) page = cs_remote_page_new ();

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  page->next = dup_next (object);
  if (items == NULL && ((remote = cs_ebay_group_parse (reply)) || (remote = parse_item (reply))))
    {
      g_ptr_array_add (page->listings, remote);
      return g_steal_pointer (&page);
    }

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      if (!(remote = parse_item (json_array_get_element (items, i))))
        break;
      add_once (page->listings, remote);
      n_read++;
    }

  /* A seller without items has a total and no list */
  if (items == NULL ? cs_json_int (object, "total", -1) != 0 : n_read != json_array_get_length (items))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), "eBay");
      return NULL;
    }

  return g_steal_pointer (&page);
}

CsRequest *
cs_ebay_build_more (CsChannel       *channel,
                    CsRemoteListing *remote)
{
  g_autofree char *sku = g_uri_escape_string (remote->remote_id, NULL, FALSE);

  if (g_str_has_prefix (remote->remote_id, CS_EBAY_GROUP))
    return cs_ebay_group_build_more (channel, remote);

  return remote->version == NULL ? cs_channel_make_request (channel, "GET", "/sell/inventory/v1/offer?sku=%s", sku) : NULL;
}

JsonObject *
cs_ebay_find_offer (JsonObject *reply,
                    const char *marketplace)
{
  JsonArray *offers = cs_json_array (reply, "offers");

  for (guint i = 0; offers != NULL && i < json_array_get_length (offers); i++)
    {
      JsonObject *offer = cs_json_array_object (offers, i);

      if (g_str_equal (cs_json_string (offer, "marketplaceId", ""), marketplace) &&
          g_str_equal (cs_json_string (offer, "format", "FIXED_PRICE"), "FIXED_PRICE") &&
          cs_json_string (offer, "offerId", NULL) != NULL)
        return offer;
    }

  return NULL;
}

void
cs_ebay_take_offer (CsChannel       *channel,
                    CsRemoteListing *remote,
                    JsonObject      *offer)
{
  const CsEbayCountry *country = cs_ebay_find_country (cs_channel_get_profile (channel, "marketplace"));
  JsonObject          *price = cs_json_object (cs_json_object (offer, "pricingSummary"), "price");
  const char          *html = cs_json_string (offer, "listingDescription", NULL);
  const char          *listing_id = cs_json_string (cs_json_object (offer, "listing"), "listingId", NULL);
  const char          *value = cs_json_string (price, "value", NULL);

  /* A group has the text itself, and is on sale where one of its items is */
  if (html != NULL && !g_str_has_prefix (remote->remote_id, CS_EBAY_GROUP))
    {
      g_free (remote->description);
      remote->description = cs_channel_html_to_text (html);
    }
  remote->live = remote->live || g_str_equal (cs_json_string (offer, "status", ""), "PUBLISHED");
  g_set_str (&remote->category_id, cs_json_string (offer, "categoryId", NULL));
  if (value != NULL && remote->price == NULL)
    remote->price = g_strdup_printf ("%s %s", value, cs_json_string (price, "currency", ""));
  if (remote->url == NULL && listing_id != NULL && strspn (listing_id, "0123456789") == strlen (listing_id))
    remote->url = g_strdup_printf ("https://%s/itm/%s", cs_ebay_is_sandbox (channel) ? "www.sandbox.ebay.com" : country->site, listing_id);
}

/* A hash of what a person decides on; stock is left out, it moves with every sale */
static char *
dup_version (CsRemoteListing *remote,
             JsonObject      *offer)
{
  static const char *const members[] = { "categoryId", "listingDescription", "listingPolicies", "merchantLocationKey", "pricingSummary", "status" };
  g_autoptr (JsonNode) item_node = cs_json_parse (remote->body, -1, NULL);
  JsonObject *item = cs_json_node_object (item_node);
  JsonObject *seen = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;

  json_node_take_object (node, seen);
  if (item != NULL && json_object_has_member (item, "product"))
    json_object_set_member (seen, "product", json_node_copy (json_object_get_member (item, "product")));
  json_object_set_string_member (seen, "condition", cs_json_string (item, "condition", ""));
  for (guint i = 0; offer != NULL && i < G_N_ELEMENTS (members); i++)
    {
      if (json_object_has_member (offer, members[i]))
        json_object_set_member (seen, members[i], json_node_copy (json_object_get_member (offer, members[i])));
    }

  text = cs_json_canonical (node);
  hash = cs_hash_data (text, strlen (text));

  return g_strdup_printf ("%s.%.16s", remote->live ? "live" : "draft", hash);
}

gboolean
cs_ebay_parse_more (CsChannel       *channel,
                    CsRemoteListing *remote,
                    JsonNode        *reply,
                    GError         **error)
{
  const CsEbayCountry *country = cs_ebay_find_country (cs_channel_get_profile (channel, "marketplace"));
  JsonObject          *offer = cs_ebay_find_offer (cs_json_node_object (reply), country->id);

  if (g_str_has_prefix (remote->remote_id, CS_EBAY_GROUP))
    return cs_ebay_group_parse_more (channel, remote, reply, error);

  if (reply != NULL && cs_json_node_object (reply) == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), "eBay");
      return FALSE;
    }

  if (offer != NULL)
    cs_ebay_take_offer (channel, remote, offer);
  g_free (remote->version);
  remote->version = dup_version (remote, offer);

  return TRUE;
}

/* The item alone: its offer comes later */
void
cs_ebay_compare_created (CsChannel       *channel,
                         CsListing       *listing,
                         CsRemoteListing *remote,
                         GPtrArray       *differences)
{
  g_autofree char *html = cs_ebay_dup_description (listing);

  if (g_strcmp0 (listing->title, remote->title) != 0)
    g_ptr_array_add (differences, g_strdup_printf (_("You approved the title “%s”; the shop shows “%s”."), listing->title,
                                                   remote->title != NULL ? remote->title : _("nothing")));

  /* A group has its text from the beginning */
  if (cs_ebay_is_group (listing) && !cs_channel_html_is_same (remote->description != NULL ? remote->description : "", html))
    g_ptr_array_add (differences, g_strdup (_("The description in the shop is not the one that you approved.")));
}

void
cs_ebay_compare (CsChannel       *channel,
                 CsListing       *listing,
                 CsRemoteListing *remote,
                 GPtrArray       *differences)
{
  g_autofree char *html = cs_ebay_dup_description (listing);

  if (!cs_channel_html_is_same (remote->description != NULL ? remote->description : "", html))
    g_ptr_array_add (differences, g_strdup (_("The description in the shop is not the one that you approved.")));
  if (g_strcmp0 (listing->category_id, remote->category_id) != 0)
    g_ptr_array_add (differences, g_strdup (_("The category in the shop is not what you approved.")));

  if (listing->live && remote->version != NULL && g_str_has_prefix (remote->version, CS_EBAY_SOME_LIVE))
    g_ptr_array_add (differences, g_strdup (_("You approved it to be on sale; customers do not see all of its variants yet.")));

  /* Less is what was sold meanwhile */
  if (remote->variants == NULL && listing->stock >= 0 && remote->stock > listing->stock)
    g_ptr_array_add (differences, g_strdup (_("The stock in the shop is not what you approved.")));
}
