/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-channel-json.h"
#include "cs-ebay-private.h"
#include "cs-json.h"
#include "cs-listing-variants.h"

/* A product that comes in variants (eBay's Inventory API 1.18.4, "Creating and
 * publishing an inventory item group"): an inventory item for each, put in bulk;
 * a group that names them, with the title, the text and what they vary by, which
 * is what "create" makes; an offer for each; and one publishing of them all. The
 * group's key is our own, so that it is known again.
 *
 * Putting an item writes over what has its SKU: so "seen" asks before whose these
 * are. All but publishing may be told twice.
 */

#define NAME "eBay"

gboolean
cs_ebay_is_group (CsListing *listing)
{
  return listing->remote_id != NULL ? g_str_has_prefix (listing->remote_id, CS_EBAY_GROUP) : cs_listing_variants_has_any (listing);
}

char *
cs_ebay_dup_group_id (CsListing *listing)
{
  return listing->remote_id != NULL ? g_strdup (listing->remote_id) : g_strconcat (CS_EBAY_GROUP, listing->key, NULL);
}

static CsChannelStep *
make_step (const char *name,
           gboolean    writes)
{
  static const char *const bare[] = { "create", "update", "unpublish", "withdraw", NULL };
  CsChannelStep *step = cs_channel_step_make (name);

  step->reads = g_str_equal (name, "seen") || g_str_has_prefix (name, "find.");
  step->writes = writes && !step->creates;
  step->bare = g_strv_contains (bare, name) || g_str_has_prefix (name, "update.");

  return step;
}

static CsChannelStep *
next_picture (CsListing *listing,
              CsJournal *journal)
{
  for (guint i = 0; i < listing->pictures->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);

      if (!cs_journal_is_done (journal, name))
        return make_step (name, FALSE);
    }

  return NULL;
}

static CsChannelStep *
next_numbered (CsJournal  *journal,
               const char *prefix,
               guint       n,
               gboolean    writes,
               JsonObject *only)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%u", prefix, i);
      g_autofree char *number = g_strdup_printf ("%u", i);

      if ((only == NULL || json_object_has_member (only, number)) && !cs_journal_is_done (journal, name))
        return make_step (name, writes);
    }

  return NULL;
}

/* Publishing is about those of the offers that are not on sale yet: new ones, and
 * those that an earlier try has left. Taking back is about all of them.
 */
static const char *
name_last (CsListing *listing,
           CsJournal *journal,
           guint      n)
{
  const char *version = listing->remote_version != NULL ? listing->remote_version : CS_EBAY_NONE_LIVE;
  JsonObject *seen = cs_journal_get_detail (journal, "seen");
  JsonObject *existed = cs_json_object (cs_journal_get_detail (journal, "place"), "existed");
  gboolean    is_whole = cs_json_int (seen, "known", 0) >= n && existed != NULL && json_object_get_size (existed) >= n;

  if (listing->live)
    return is_whole && g_str_has_prefix (version, CS_EBAY_ALL_LIVE) ? NULL : "publish";

  return g_str_has_prefix (version, CS_EBAY_NONE_LIVE) ? NULL : "unpublish";
}

/* Each change moves what a person would see as the version, so that after each it
 * is read what it came to: else a shop that is busy in between would look like
 * one that was changed by somebody else
 */
CsChannelStep *
cs_ebay_group_next_step (CsListing *listing,
                         CsJournal *journal)
{
  gboolean          creates = listing->operation == CS_OPERATION_CREATE;
  const char *const names[] = { "seen", "items", creates ? "create" : "update", "place" };
  g_autoptr (GPtrArray) variants = cs_listing_variants_read (listing, NULL);
  guint             n = variants != NULL ? variants->len : 0;
  JsonObject       *existed;
  CsChannelStep    *step;
  const char       *last;

  if (listing->operation == CS_OPERATION_WITHDRAW)
    return cs_journal_is_done (journal, "withdraw") ? NULL : make_step ("withdraw", TRUE);

  if (listing->operation == CS_OPERATION_OFFER)
    {
      if ((step = next_numbered (journal, "find", n, FALSE, NULL)))
        return step;
      return cs_journal_is_done (journal, "offer") ? NULL : make_step ("offer", TRUE);
    }

  if ((step = next_picture (listing, journal)))
    return step;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gboolean writes = !creates && (g_str_equal (names[i], "items") || g_str_equal (names[i], "update"));

      if (!cs_journal_is_done (journal, names[i]))
        return make_step (names[i], writes);
    }

  /* An offer that was there already has old terms */
  existed = cs_json_object (cs_journal_get_detail (journal, "place"), "existed");
  if ((!creates || existed != NULL) && (step = next_numbered (journal, "update", n, !creates, creates ? existed : NULL)))
    return step;

  last = name_last (listing, journal, n);

  return last != NULL && !cs_journal_is_done (journal, last) ? make_step (last, TRUE) : NULL;
}

static void
set_requests (CsRequest *request,
              JsonArray *requests)
{
  g_autoptr (JsonNode) root = NULL;

  json_object_set_array_member (cs_channel_json_make_root (&root), "requests", requests);
  cs_request_set_json (request, root);
}

static JsonObject *
make_sku (CsListingVariant *variant)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "sku", variant->sku);

  return object;
}

static JsonArray *
make_value (const char *value)
{
  JsonArray *array = json_array_new ();

  json_array_add_string_element (array, value);

  return array;
}

/* The group has the title: one of an item would stand in its place */
static JsonObject *
make_item (CsListing           *listing,
           CsListingVariant    *variant,
           CsJournal           *journal,
           JsonObject          *terms,
           const CsEbayCountry *country)
{
  JsonObject      *item = make_sku (variant);
  JsonObject      *product = json_object_new ();
  JsonObject      *aspects;
  g_autofree char *locale = g_strdelimit (g_strdup (country->locale), "-", '_');

  cs_ebay_set_aspects (product, listing);
  aspects = json_object_get_object_member (product, "aspects");
  for (guint i = 0; variant->names[i] != NULL; i++)
    json_object_set_array_member (aspects, variant->names[i], make_value (variant->values[i]));
  cs_ebay_set_pictures (product, listing, journal, variant->picture < (int) listing->pictures->len ? variant->picture : -1);
  json_object_set_string_member (item, "locale", locale);
  cs_ebay_fill_item (item, product, terms, variant->stock);

  return item;
}

static void
set_group (CsRequest *request,
           CsListing *listing,
           GPtrArray *variants,
           CsJournal *journal)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char  *description = cs_ebay_dup_description (listing);
  CsListingVariant *first = variants->pdata[0];
  JsonObject *group = cs_channel_json_make_root (&root);
  JsonObject *varies = json_object_new ();
  JsonArray  *specifications = json_array_new ();
  JsonArray  *skus = json_array_new ();

  for (guint i = 0; first->names[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) values = cs_listing_variants_get_values (variants, first->names[i]);
      JsonObject *specification = json_object_new ();
      JsonArray  *texts = json_array_new ();

      for (guint k = 0; k < values->len; k++)
        json_array_add_string_element (texts, values->pdata[k]);
      json_object_set_string_member (specification, "name", first->names[i]);
      json_object_set_array_member (specification, "values", texts);
      json_array_add_object_element (specifications, specification);
    }

  for (guint i = 0; i < variants->len; i++)
    json_array_add_string_element (skus, ((CsListingVariant *) variants->pdata[i])->sku);

  cs_ebay_set_aspects (group, listing);
  for (guint i = 0; first->names[i] != NULL; i++)
    json_object_remove_member (json_object_get_object_member (group, "aspects"), first->names[i]);
  cs_channel_json_set_string (group, "title", listing->title);
  json_object_set_string_member (group, "description", description);
  cs_ebay_set_pictures (group, listing, journal, -1);
  json_object_set_array_member (group, "variantSKUs", skus);
  json_object_set_array_member (varies, "specifications", specifications);
  json_object_set_object_member (group, "variesBy", varies);
  cs_request_set_json (request, root);
}

/* The number of a variant's offer, as it was placed or found */
static const char *
get_offer (CsJournal *journal,
           guint      n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *find = g_strdup_printf ("find.%u", n);
  const char      *found = cs_json_string (cs_journal_get_detail (journal, find), "offer", "");

  return cs_json_string (cs_json_object (cs_journal_get_detail (journal, "place"), "offers"), number, found);
}

static JsonObject *
make_numbers (CsListingVariant *variant,
              const char       *offer_id)
{
  JsonObject *one = make_sku (variant);
  JsonObject *ship = json_object_new ();
  JsonObject *offer = json_object_new ();
  JsonArray  *offers = json_array_new ();

  json_object_set_int_member (ship, "quantity", variant->stock);
  json_object_set_object_member (one, "shipToLocationAvailability", ship);
  json_object_set_string_member (offer, "offerId", offer_id);
  json_object_set_int_member (offer, "availableQuantity", variant->stock);
  json_object_set_object_member (offer, "price", cs_ebay_make_amount (&variant->price));
  json_array_add_object_element (offers, offer);
  json_object_set_array_member (one, "offers", offers);

  return one;
}

static CsRequest *
build_bulk (CsChannel           *channel,
            CsListing           *listing,
            CsChannelStep       *step,
            GPtrArray           *variants,
            CsJournal           *journal,
            JsonObject          *terms,
            const CsEbayCountry *country)
{
  gboolean    is_seen = g_str_equal (step->name, "seen");
  gboolean    is_items = g_str_equal (step->name, "items");
  gboolean    is_place = g_str_equal (step->name, "place");
  const char *path = is_seen ? "bulk_get_inventory_item" : is_items ? "bulk_create_or_replace_inventory_item"
                                                         : is_place ? "bulk_create_offer"
                                                                    : "bulk_update_price_quantity";
  CsRequest  *request = cs_channel_make_request (channel, "POST", "/sell/inventory/v1/%s", path);
  JsonArray  *requests = json_array_new ();

  for (guint i = 0; i < variants->len; i++)
    {
      CsListingVariant *variant = variants->pdata[i];
      JsonObject       *one;

      if (is_seen)
        one = make_sku (variant);
      else if (is_items)
        one = make_item (listing, variant, journal, terms, country);
      else if (is_place)
        {
          one = cs_ebay_make_offer (listing, terms, &variant->price, variant->stock);
          json_object_set_string_member (one, "sku", variant->sku);
          json_object_set_string_member (one, "marketplaceId", country->id);
          json_object_set_string_member (one, "format", "FIXED_PRICE");
        }
      else
        one = make_numbers (variant, get_offer (journal, i));
      json_array_add_object_element (requests, one);
    }

  set_requests (request, requests);

  return request;
}

static CsRequest *
build_state (CsChannel           *channel,
             CsListing           *listing,
             CsChannelStep       *step,
             const CsEbayCountry *country)
{
  g_autofree char *id = cs_ebay_dup_group_id (listing);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = cs_channel_json_make_root (&root);
  CsRequest  *request = cs_channel_make_request (channel, "POST", "/sell/inventory/v1/offer/%s_by_inventory_item_group",
                                                 g_str_equal (step->name, "publish") ? "publish" : "withdraw");

  json_object_set_string_member (object, "inventoryItemGroupKey", id + strlen (CS_EBAY_GROUP));
  json_object_set_string_member (object, "marketplaceId", country->id);
  cs_request_set_json (request, root);

  return request;
}

static CsRequest *
build_of_variant (CsChannel     *channel,
                  CsListing     *listing,
                  CsChannelStep *step,
                  GPtrArray     *variants,
                  CsJournal     *journal,
                  JsonObject    *terms)
{
  guint             n = MIN (g_ascii_strtoull (strchr (step->name, '.') + 1, NULL, 10), variants->len - 1);
  CsListingVariant *variant = variants->pdata[n];
  g_autofree char  *sku = g_uri_escape_string (variant->sku, NULL, FALSE);
  g_autofree char  *offer = g_uri_escape_string (get_offer (journal, n), NULL, FALSE);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  CsRequest        *request;

  if (step->reads)
    return cs_channel_make_request (channel, "GET", "/sell/inventory/v1/offer?sku=%s", sku);

  json_node_take_object (node, cs_ebay_make_offer (listing, terms, &variant->price, variant->stock));
  request = cs_channel_make_request (channel, "PUT", "/sell/inventory/v1/offer/%s", offer);
  cs_request_set_json (request, node);

  return request;
}

/* A number for each, and no more of them than go in one request */
static gboolean
check_variants (GPtrArray *variants,
                GError   **error)
{
  gboolean is_whole = variants->len > 0 && variants->len <= CS_EBAY_MOST_VARIANTS;

  for (guint i = 0; i < variants->len && is_whole; i++)
    {
      CsListingVariant *variant = variants->pdata[i];

      is_whole = variant->stock >= 0 && variant->price.currency[0] != '\0';
    }

  if (!is_whole)
    g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                 _("eBay wants a price and a stock for each of at most %d variants. Fill them in, then approve the product again."),
                 CS_EBAY_MOST_VARIANTS);

  return is_whole;
}

CsRequest *
cs_ebay_group_build (CsChannel     *channel,
                     CsListing     *listing,
                     CsChannelStep *step,
                     CsJournal     *journal,
                     JsonObject    *terms,
                     GError       **error)
{
  static const char *const states[] = { "publish", "unpublish", "withdraw", NULL };
  const CsEbayCountry *country = cs_ebay_find_country (cs_json_string (terms, "marketplace", cs_channel_get_profile (channel, "marketplace")));
  g_autoptr (GPtrArray) variants = NULL;
  g_autofree char *id = cs_ebay_dup_group_id (listing);
  g_autofree char *key = g_uri_escape_string (id + strlen (CS_EBAY_GROUP), NULL, FALSE);
  CsRequest       *request;

  if (g_strv_contains (states, step->name))
    return build_state (channel, listing, step, country);

  if (!(variants = cs_listing_variants_read (listing, error)) || !check_variants (variants, error))
    return NULL;

  if (strchr (step->name, '.') != NULL)
    return build_of_variant (channel, listing, step, variants, journal, terms);

  if (!step->creates && !g_str_equal (step->name, "update"))
    return build_bulk (channel, listing, step, variants, journal, terms, country);

  request = cs_channel_make_request (channel, "PUT", "/sell/inventory/v1/inventory_item_group/%s", key);
  set_group (request, listing, variants, journal);

  return request;
}

static gboolean
is_in_group (JsonObject *item,
             const char *key)
{
  JsonArray *keys = cs_json_array (item, "inventoryItemGroupKeys");

  for (guint i = 0; keys != NULL && i < json_array_get_length (keys); i++)
    {
      if (g_strcmp0 (cs_json_array_string (keys, i), key) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What has one of our SKUs, and is in no group or another one, is somebody else's */
static gboolean
take_seen (CsListing  *listing,
           JsonObject *reply,
           JsonObject *detail,
           GError    **error)
{
  g_autofree char *id = cs_ebay_dup_group_id (listing);
  JsonArray *responses = cs_json_array (reply, "responses");
  guint      n_known = 0;

  for (guint i = 0; responses != NULL && i < json_array_get_length (responses); i++)
    {
      JsonObject *response = cs_json_array_object (responses, i);
      JsonObject *item = cs_json_object (response, "inventoryItem");

      if (item == NULL)
        continue;

      if (is_in_group (item, id + strlen (CS_EBAY_GROUP)))
        {
          n_known++;
          continue;
        }

      g_set_error (error, CS_ERROR, CS_ERROR_CONFLICT,
                   _("Another product in %s has the SKU “%s”. Give this one another SKU, or remove the other one, then approve it again."),
                   NAME, cs_json_string (response, "sku", cs_json_string (item, "sku", "")));
      return FALSE;
    }

  if (responses == NULL)
    g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), NAME);

  json_object_set_int_member (detail, "known", n_known);

  return responses != NULL;
}

/* Answers bear the SKU that they are about */
static gboolean
take_placed (CsListing  *listing,
             JsonObject *reply,
             JsonObject *detail)
{
  g_autoptr (GPtrArray) variants = cs_listing_variants_read (listing, NULL);
  JsonArray  *responses = cs_json_array (reply, "responses");
  JsonObject *offers = json_object_new ();
  JsonObject *existed = json_object_new ();

  json_object_set_object_member (detail, "offers", offers);
  json_object_set_object_member (detail, "existed", existed);
  for (guint i = 0; variants != NULL && responses != NULL && i < variants->len; i++)
    {
      CsListingVariant *variant = variants->pdata[i];
      g_autofree char  *number = g_strdup_printf ("%u", i);

      for (guint k = 0; k < json_array_get_length (responses); k++)
        {
          JsonObject *response = cs_json_array_object (responses, k);
          JsonObject *refusal;
          gboolean    was_there;
          const char *offer = cs_ebay_find_placed (response, &was_there, &refusal);

          if (offer == NULL || g_strcmp0 (cs_json_string (response, "sku", NULL), variant->sku) != 0)
            continue;

          json_object_set_string_member (offers, number, offer);
          if (was_there)
            json_object_set_boolean_member (existed, number, TRUE);
        }
    }

  return variants != NULL && json_object_get_size (offers) == variants->len;
}

gboolean
cs_ebay_group_take (CsChannel     *channel,
                    CsListing     *listing,
                    CsChannelStep *step,
                    JsonObject    *reply,
                    JsonObject    *detail,
                    GError       **error)
{
  const char      *marketplace = cs_ebay_find_country (cs_channel_get_profile (channel, "marketplace"))->id;
  g_autofree char *id = cs_ebay_dup_group_id (listing);
  const char      *offer;

  if (g_str_equal (step->name, "seen"))
    return take_seen (listing, reply, detail, error);

  if (g_str_has_prefix (step->name, "find."))
    {
      offer = cs_json_string (cs_ebay_find_offer (reply, marketplace), "offerId", NULL);
      cs_channel_json_set_string (detail, "offer", offer);
      if (offer == NULL)
        g_set_error (error, CS_ERROR, CS_ERROR_CONFLICT, _("%s has no offer for this product any more. Look at it there, then approve it again."), NAME);
      return offer != NULL;
    }

  if (g_str_equal (step->name, "place") ? take_placed (listing, reply, detail) : step->bare || reply != NULL)
    {
      /* There is something to go back to once there is a group */
      if (!g_str_equal (step->name, "items"))
        json_object_set_string_member (detail, "remote_id", id);
      return TRUE;
    }

  g_set_error (error, CS_ERROR, CS_ERROR_UNKNOWN, _("%s gave an answer that cannot be read."), NAME);

  return FALSE;
}
