/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-amazon-private.h"
#include "cs-channel-form.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-text.h"

/* What is sent is "attributes", what became of it "summaries" and "issues":
 * customers see a listing once its status holds BUYABLE. A listing that Amazon
 * shows on a page of its catalog may have another title there; what is compared
 * is what we sent.
 */

#define PULL_LENGTH 20
#define PARTS       "summaries,attributes,issues,offers,fulfillmentAvailability"
#define SHOWN_UNITS 300

static const char *
get_seller (CsChannel *channel)
{
  const char *seller = cs_channel_get_profile (channel, "seller_id");

  return seller != NULL ? seller : "";
}

CsRequest *
cs_amazon_build_read (CsChannel  *channel,
                      const char *remote_id)
{
  g_autofree char *seller = g_uri_escape_string (get_seller (channel), NULL, FALSE);
  g_autofree char *sku = g_uri_escape_string (remote_id, NULL, FALSE);

  return cs_channel_make_request (channel, "GET", "/listings/2021-08-01/items/%s/%s?marketplaceIds=%s&includedData=" PARTS,
                                  seller, sku, cs_amazon_get_country (channel)->id);
}

/* Our key stands in for a missing SKU, so there is one name to ask for */
CsRequest *
cs_amazon_build_look_up (CsChannel *channel,
                         CsListing *listing,
                         guint      n)
{
  return n == 0 ? cs_amazon_build_read (channel, listing->sku != NULL ? listing->sku : listing->key) : NULL;
}

CsRequest *
cs_amazon_build_pull (CsChannel  *channel,
                      const char *cursor)
{
  g_autofree char *seller = g_uri_escape_string (get_seller (channel), NULL, FALSE);
  g_autofree char *token = g_uri_escape_string (cursor != NULL ? cursor : "", NULL, FALSE);

  return cs_channel_make_request (channel, "GET", "/listings/2021-08-01/items/%s?marketplaceIds=%s&includedData=" PARTS "&pageSize=%d%s%s",
                                  seller, cs_amazon_get_country (channel)->id, PULL_LENGTH, token[0] != '\0' ? "&pageToken=" : "", token);
}

static JsonObject *
get_first (JsonObject *object,
           const char *member)
{
  return cs_json_array_object (cs_json_array (object, member), 0);
}

static const char *
get_value (JsonObject *attributes,
           const char *name)
{
  return cs_json_string (get_first (attributes, name), "value", NULL);
}

static char **
dup_values (JsonObject *attributes,
            const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *values = cs_json_array (attributes, name);

  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    {
      const char *value = cs_json_string (cs_json_array_object (values, i), "value", NULL);

      if (value != NULL)
        g_strv_builder_add (builder, value);
    }

  return g_strv_builder_end (builder);
}

static char **
dup_pictures (JsonObject *attributes,
              JsonObject *summary)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *shown = cs_json_string (cs_json_object (summary, "mainImage"), "link", NULL);

  for (guint i = 0; i < CS_AMAZON_MOST_PICTURES; i++)
    {
      g_autofree char *name = cs_amazon_dup_picture_attribute (i);
      const char      *address = cs_json_string (get_first (attributes, name), "media_location", i == 0 ? shown : NULL);

      if (address != NULL)
        g_strv_builder_add (builder, address);
    }

  return g_strv_builder_end (builder);
}

/* Stock moves with every sale, and is no part of it */
static char *
dup_version (JsonObject *attributes)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject      *seen = json_object_new ();
  JsonObjectIter   iter;
  const char      *name;
  JsonNode        *value;
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;

  json_node_take_object (node, seen);
  if (attributes != NULL)
    {
      json_object_iter_init (&iter, attributes);
      while (json_object_iter_next (&iter, &name, &value))
        {
          if (!g_str_equal (name, "fulfillment_availability"))
            json_object_set_member (seen, name, json_node_copy (value));
        }
    }

  text = cs_json_canonical (node);
  hash = cs_hash_data (text, strlen (text));

  return g_strdup_printf ("%.16s", hash);
}

static gboolean
is_buyable (JsonObject *summary)
{
  JsonArray *status = cs_json_array (summary, "status");

  for (guint i = 0; status != NULL && i < json_array_get_length (status); i++)
    {
      if (g_strcmp0 (cs_json_array_string (status, i), "BUYABLE") == 0)
        return TRUE;
    }

  return FALSE;
}

/* An amount is a decimal in a string, or a number that was one */
static char *
dup_price (JsonObject *item,
           JsonObject *attributes)
{
  JsonObject      *money = cs_json_object (get_first (item, "offers"), "price");
  JsonObject      *offer = get_first (attributes, "purchasable_offer");
  JsonObject      *schedule = get_first (get_first (offer, "our_price"), "schedule");
  const char      *currency = cs_json_string (money, "currencyCode", cs_json_string (offer, "currency", ""));
  const char      *amount = cs_json_string (money, "amount", NULL);
  double           number = cs_json_double (money, "amount", cs_json_double (schedule, "value_with_tax", -1));
  char             buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (amount == NULL && number < 0)
    return NULL;

  return g_strdup_printf ("%s %s", amount != NULL ? amount : g_ascii_formatd (buffer, sizeof buffer, "%.2f", number), currency);
}

static CsRemoteListing *
parse_item (CsChannel *channel,
            JsonNode  *node)
{
  JsonObject      *item = cs_json_node_object (node);
  JsonObject      *attributes = cs_json_object (item, "attributes");
  JsonObject      *summary = get_first (item, "summaries");
  const char      *sku = cs_json_string (item, "sku", NULL);
  const char      *asin = cs_json_string (summary, "asin", NULL);
  const char      *keywords = get_value (attributes, "generic_keyword");
  CsRemoteListing *remote;

  if (sku == NULL || sku[0] == '\0')
    return NULL;

  remote = cs_remote_listing_make (sku);
  remote->sku = g_strdup (sku);
  remote->key = cs_channel_form_is_key (sku) ? g_strdup (sku) : NULL;
  remote->version = dup_version (attributes);
  remote->live = is_buyable (summary);
  remote->title = g_strdup (get_value (attributes, "item_name") != NULL ? get_value (attributes, "item_name") : cs_json_string (summary, "itemName", NULL));
  remote->description = g_strdup (get_value (attributes, "product_description"));
  remote->bullets = dup_values (attributes, "bullet_point");
  remote->keywords = keywords != NULL ? g_strsplit (keywords, ", ", -1) : NULL;
  remote->brand = g_strdup (get_value (attributes, "brand"));
  remote->price = dup_price (item, attributes);
  remote->stock = cs_json_int (get_first (item, "fulfillmentAvailability"), "quantity", -1);
  remote->category_id = g_strdup (cs_json_string (summary, "productType", NULL));
  remote->pictures = dup_pictures (attributes, summary);
  if (asin != NULL && asin[0] != '\0' && strspn (asin, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen (asin))
    remote->url = g_strdup_printf ("https://%s/dp/%s", cs_amazon_get_country (channel)->site, asin);
  remote->body = cs_json_canonical (node);

  return remote;
}

/* One item, or {"numberOfResults", "items": […], "pagination": {"nextToken"}} */
CsRemotePage *
cs_amazon_parse_listings (CsChannel *channel,
                          JsonNode  *reply,
                          GError   **error)
{
  JsonObject      *object = cs_json_node_object (reply);
  JsonArray       *items = cs_json_array (object, "items");
  CsRemoteListing *remote;
  g_autoptr (CsRemotePage) page = cs_remote_page_new ();

  page->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  page->next = g_strdup (cs_json_string (cs_json_object (object, "pagination"), "nextToken", NULL));
  if (items == NULL && (remote = parse_item (channel, reply)))
    {
      g_ptr_array_add (page->listings, remote);
      return g_steal_pointer (&page);
    }

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      if (!(remote = parse_item (channel, json_array_get_element (items, i))))
        break;
      g_ptr_array_add (page->listings, remote);
    }

  if (items == NULL || page->listings->len != json_array_get_length (items))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), "Amazon");
      return NULL;
    }

  return g_steal_pointer (&page);
}

static gboolean
is_grave (JsonObject *issue,
          const char *severity)
{
  const char *said = cs_json_string (issue, "severity", "");

  return g_str_equal (said, "ERROR") || g_str_equal (said, severity);
}

void
cs_amazon_add_issues (JsonArray  *issues,
                      const char *severity,
                      GPtrArray  *sentences)
{
  for (guint i = 0; issues != NULL && i < json_array_get_length (issues); i++)
    {
      JsonObject      *issue = cs_json_array_object (issues, i);
      g_autofree char *clean = cs_text_clean (cs_json_string (issue, "message", ""), FALSE);
      g_autofree char *message = cs_text_ellipsize (clean, SHOWN_UNITS);
      const char      *name = cs_json_array_string (cs_json_array (issue, "attributeNames"), 0);

      if (message[0] == '\0' || !is_grave (issue, severity))
        continue;

      /* Translators: a name of Amazon's for what it complains of, and its complaint */
      g_ptr_array_add (sentences, name != NULL ? g_strdup_printf (_("Amazon says of “%s”: %s"), name, message)
                                               : g_strdup_printf (_("Amazon says: %s"), message));
    }
}

static gboolean
is_same_list (char **approved,
              char **there)
{
  guint n = approved != NULL ? g_strv_length (approved) : 0;

  if (n != (there != NULL ? g_strv_length (there) : 0))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (approved[i], there[i]))
        return FALSE;
    }

  return TRUE;
}

/* What was accepted is not on sale yet; what stands in the way is said here */
void
cs_amazon_compare (CsChannel       *channel,
                   CsListing       *listing,
                   CsRemoteListing *remote,
                   GPtrArray       *differences)
{
  g_autoptr (JsonNode) node = remote->body != NULL ? cs_json_parse (remote->body, -1, NULL) : NULL;

  if (!is_same_list (listing->bullets, remote->bullets))
    g_ptr_array_add (differences, g_strdup (_("The bullet points in the shop are not those that you approved.")));

  /* Less is what was sold meanwhile */
  if (listing->stock >= 0 && remote->stock > listing->stock)
    g_ptr_array_add (differences, g_strdup (_("The stock in the shop is not what you approved.")));

  cs_amazon_add_issues (cs_json_array (cs_json_node_object (node), "issues"), "ERROR", differences);
}
