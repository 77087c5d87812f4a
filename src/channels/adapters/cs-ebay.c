/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-channel-html.h"
#include "cs-channel-json.h"
#include "cs-ebay-private.h"
#include "cs-json.h"
#include "cs-listing-variants.h"
#include "cs-text.h"

/* eBay, by its Inventory API 1.18.4, Account, Taxonomy and Media APIs (their
 * OpenAPI documents of 2025-12, and developer.ebay.com).
 *
 * What is sold is an inventory item, known by its SKU and put whole; where it is
 * sold is an offer, which is published. The item is what "create" makes; putting
 * it again is harmless, and it is looked up before all the same, so that no
 * other thing with that SKU is written over. An offer is made in the bulk form,
 * since that tells, within a 2xx, of one that is there already and names it
 * (error 25002): so this step, "place", may be told twice, and is how an update
 * learns the number of its offer.
 *
 * A product in variants is a group of items: see cs-ebay-group.c.
 *
 * Pictures go to eBay's own picture service, on a host of its own. Prices are
 * strings. A listing may be changed 250 times a day.
 */

#define NAME          "eBay"
#define SHOWN_UNITS   300
#define OFFER_EXISTS  25002

G_DEFINE_FINAL_TYPE (CsEbay, cs_ebay, CS_TYPE_CHANNEL)

static const CsEbayCountry countries[] = {
  { "EBAY_US", "en-US", "USD", "www.ebay.com" },
  { "EBAY_AT", "de-AT", "EUR", "www.ebay.at" },
  { "EBAY_AU", "en-AU", "AUD", "www.ebay.com.au" },
  { "EBAY_BE", "nl-BE", "EUR", "www.ebay.be" },
  { "EBAY_CA", "en-CA", "CAD", "www.ebay.ca" },
  { "EBAY_CH", "de-CH", "CHF", "www.ebay.ch" },
  { "EBAY_DE", "de-DE", "EUR", "www.ebay.de" },
  { "EBAY_ES", "es-ES", "EUR", "www.ebay.es" },
  { "EBAY_FR", "fr-FR", "EUR", "www.ebay.fr" },
  { "EBAY_GB", "en-GB", "GBP", "www.ebay.co.uk" },
  { "EBAY_HK", "zh-HK", "HKD", "www.ebay.com.hk" },
  { "EBAY_IE", "en-IE", "EUR", "www.ebay.ie" },
  { "EBAY_IT", "it-IT", "EUR", "www.ebay.it" },
  { "EBAY_NL", "nl-NL", "EUR", "www.ebay.nl" },
  { "EBAY_PL", "pl-PL", "PLN", "www.ebay.pl" },
};

const CsEbayCountry *
cs_ebay_find_country (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      if (g_strcmp0 (countries[i].id, id) == 0)
        return &countries[i];
    }

  return &countries[0];
}

gboolean
cs_ebay_is_sandbox (CsChannel *channel)
{
  const char *address = cs_channel_get_account (channel)->address;

  return address != NULL && g_str_has_prefix (address, "https://api.sandbox.ebay.com");
}

char *
cs_ebay_dup_description (CsListing *listing)
{
  g_autofree char *text = cs_channel_html_from_text (listing->description);
  g_autofree char *list = cs_channel_html_from_list (listing->bullets);

  return g_strconcat (text, list, NULL);
}

static CsChannelStep *
make_step (CsListing  *listing,
           const char *name)
{
  CsChannelStep *step = cs_channel_step_make (name);

  /* These answer 204, with nothing in it */
  step->bare = g_str_equal (name, "create") || g_str_equal (name, "item") || g_str_equal (name, "update");
  /* These change nothing of what stands there */
  if (g_str_equal (name, "find") || g_str_equal (name, "place"))
    step->writes = FALSE;
  step->reads = g_str_equal (name, "find");

  return step;
}

static gboolean
was_live (CsListing *listing)
{
  return listing->remote_version != NULL && g_str_has_prefix (listing->remote_version, "live.");
}

static const char *
name_last (CsListing *listing)
{
  if (listing->live)
    return was_live (listing) ? NULL : "publish";

  return was_live (listing) ? "unpublish" : NULL;
}

static CsChannelStep *
cs_ebay_next_step (CsChannel *channel,
                   CsListing *listing,
                   CsJournal *journal)
{
  const char *creation[] = { "create", "place", NULL, NULL, NULL };
  const char *change[] = { "item", "place", "update", NULL, NULL };
  const char *taking[] = { "find", "withdraw", NULL };
  const char *offering[] = { "find", "offer", NULL };
  const char **names;

  if (cs_ebay_is_group (listing))
    return cs_ebay_group_next_step (listing, journal);

  names = listing->operation == CS_OPERATION_WITHDRAW ? taking
          : listing->operation == CS_OPERATION_OFFER  ? offering
          : listing->operation == CS_OPERATION_CREATE ? creation
                                                      : change;

  if (names == creation || names == change)
    {
      for (guint i = 0; i < listing->pictures->len; i++)
        {
          g_autofree char *name = g_strdup_printf ("picture.%u", i);

          if (!cs_journal_is_done (journal, name))
            return make_step (listing, name);
        }
    }

  /* An offer that was there already has old terms */
  if (names == creation)
    {
      creation[2] = cs_json_bool (cs_journal_get_detail (journal, "place"), "existed", FALSE) ? "update" : name_last (listing);
      creation[3] = g_strcmp0 (creation[2], "update") == 0 ? name_last (listing) : NULL;
    }
  else if (names == change)
    change[3] = name_last (listing);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!cs_journal_is_done (journal, names[i]))
        return make_step (listing, names[i]);
    }

  return NULL;
}

static JsonObject *
parse_object (const char *json,
              JsonNode  **node)
{
  *node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;

  return cs_json_node_object (*node);
}

static void
add_value (JsonArray  *list,
           const char *value)
{
  if (value != NULL && value[0] != '\0')
    json_array_add_string_element (list, value);
}

/* "aspect.Color": "Red", or a list of them */
void
cs_ebay_set_aspects (JsonObject *product,
                     CsListing  *listing)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *attributes = parse_object (listing->attributes, &node);
  g_autoptr (GList) members = attributes != NULL ? json_object_get_members (attributes) : NULL;
  JsonObject *aspects = json_object_new ();

  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *name = g_str_has_prefix (l->data, "aspect.") ? (const char *) l->data + strlen ("aspect.") : "";
      JsonArray  *several = cs_json_array (attributes, l->data);
      JsonArray  *values = json_array_new ();

      add_value (values, cs_json_string (attributes, l->data, NULL));
      for (guint i = 0; several != NULL && i < json_array_get_length (several); i++)
        add_value (values, cs_json_array_string (several, i));
      if (name[0] != '\0' && json_array_get_length (values) > 0)
        json_object_set_array_member (aspects, name, json_array_ref (values));
      json_array_unref (values);
    }

  if (listing->brand != NULL && listing->brand[0] != '\0' && !json_object_has_member (aspects, "Brand"))
    {
      JsonArray *values = json_array_new ();

      json_array_add_string_element (values, listing->brand);
      json_object_set_array_member (aspects, "Brand", values);
    }

  json_object_set_object_member (product, "aspects", aspects);
}

void
cs_ebay_set_pictures (JsonObject *object,
                      CsListing  *listing,
                      CsJournal  *journal,
                      int         only)
{
  JsonArray *pictures = json_array_new ();

  for (guint i = 0; i < listing->pictures->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("picture.%u", i);

      if (only < 0 || only == (int) i)
        add_value (pictures, cs_json_string (cs_journal_get_detail (journal, name), "picture", NULL));
    }

  json_object_set_array_member (object, "imageUrls", pictures);
}

void
cs_ebay_fill_item (JsonObject *item,
                   JsonObject *product,
                   JsonObject *terms,
                   gint64      stock)
{
  JsonObject *availability = json_object_new ();
  JsonObject *ship = json_object_new ();

  json_object_set_int_member (ship, "quantity", stock);
  json_object_set_object_member (availability, "shipToLocationAvailability", ship);
  json_object_set_object_member (item, "availability", availability);
  json_object_set_string_member (item, "condition", cs_json_string (terms, "condition", "NEW"));
  json_object_set_object_member (item, "product", product);
}

static void
set_item (CsRequest  *request,
          CsListing  *listing,
          CsJournal  *journal,
          JsonObject *terms)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *item = cs_channel_json_make_root (&root);
  JsonObject *product = json_object_new ();

  cs_channel_json_set_string (product, "title", listing->title);
  cs_ebay_set_aspects (product, listing);
  cs_ebay_set_pictures (product, listing, journal, -1);
  cs_ebay_fill_item (item, product, terms, listing->stock);
  cs_request_set_json (request, root);
}

JsonObject *
cs_ebay_make_amount (const CsMoney *price)
{
  JsonObject      *amount = json_object_new ();
  g_autofree char *value = cs_money_to_decimal (price);

  json_object_set_string_member (amount, "value", value);
  json_object_set_string_member (amount, "currency", price->currency);

  return amount;
}

/* What an offer says, whether it is new or replaces one */
JsonObject *
cs_ebay_make_offer (CsListing     *listing,
                    JsonObject    *terms,
                    const CsMoney *price,
                    gint64         stock)
{
  JsonObject      *offer = json_object_new ();
  JsonObject      *policies = json_object_new ();
  JsonObject      *pricing = json_object_new ();

  cs_channel_json_set_string (policies, "fulfillmentPolicyId", cs_json_string (terms, "fulfillment_policy_id", NULL));
  cs_channel_json_set_string (policies, "paymentPolicyId", cs_json_string (terms, "payment_policy_id", NULL));
  cs_channel_json_set_string (policies, "returnPolicyId", cs_json_string (terms, "return_policy_id", NULL));
  json_object_set_object_member (pricing, "price", cs_ebay_make_amount (price));
  json_object_set_int_member (offer, "availableQuantity", stock);
  cs_channel_json_set_string (offer, "categoryId", listing->category_id);
  json_object_set_string_member (offer, "listingDuration", "GTC");
  json_object_set_object_member (offer, "listingPolicies", policies);
  cs_channel_json_set_string (offer, "merchantLocationKey", cs_json_string (terms, "location_key", NULL));
  json_object_set_object_member (offer, "pricingSummary", pricing);

  return offer;
}

static void
set_single (CsRequest  *request,
            JsonObject *one)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = cs_channel_json_make_root (&root);
  JsonArray  *requests = json_array_new ();

  json_array_add_object_element (requests, one);
  json_object_set_array_member (object, "requests", requests);
  cs_request_set_json (request, root);
}

static void
set_price_and_stock (CsRequest  *request,
                     CsListing  *listing,
                     const char *sku,
                     const char *offer_id)
{
  JsonObject *one = json_object_new ();
  JsonObject *offer = json_object_new ();
  JsonObject *ship = json_object_new ();
  JsonArray  *offers = json_array_new ();

  json_object_set_string_member (offer, "offerId", offer_id);
  if (listing->price.currency[0] != '\0')
    json_object_set_object_member (offer, "price", cs_ebay_make_amount (&listing->price));
  json_object_set_string_member (one, "sku", sku);
  if (listing->stock >= 0)
    {
      json_object_set_int_member (offer, "availableQuantity", listing->stock);
      json_object_set_int_member (ship, "quantity", listing->stock);
      json_object_set_object_member (one, "shipToLocationAvailability", ship);
    }
  else
    json_object_unref (ship);
  json_array_add_object_element (offers, offer);
  json_object_set_array_member (one, "offers", offers);
  set_single (request, one);
}

/* Pictures have a host of their own: api… → apim… */
static CsRequest *
build_picture (CsChannel        *channel,
               CsListingPicture *about,
               GBytes           *picture)
{
  const char      *base = cs_channel_get_address (channel);
  g_autofree char *host = g_str_has_prefix (base, "https://api.") ? g_strconcat ("https://apim.", base + strlen ("https://api."), NULL) : g_strdup (base);
  g_autofree char *address = g_strconcat (host, "/commerce/media/v1_beta/image/create_image_from_file", NULL);
  CsRequest       *request = cs_request_make ("POST", address);
  const CsFormPart parts[] = {
    { "image", about->name != NULL ? about->name : "picture.jpg", about->mime != NULL ? about->mime : "image/jpeg", picture },
  };

  cs_request_set_multipart (request, parts, G_N_ELEMENTS (parts));

  return request;
}

static CsRequest *
build_offer (CsChannel           *channel,
             CsListing           *listing,
             CsChannelStep       *step,
             CsJournal           *journal,
             JsonObject          *terms,
             const CsEbayCountry *country,
             const char          *sku)
{
  const char      *placed = cs_json_string (cs_journal_get_detail (journal, "place"), "offer", NULL);
  const char      *offer_id = placed != NULL ? placed : cs_json_string (cs_journal_get_detail (journal, "find"), "offer", "");
  g_autofree char *id = g_uri_escape_string (offer_id, NULL, FALSE);
  g_autofree char *escaped = g_uri_escape_string (sku, NULL, FALSE);
  g_autofree char *description = NULL;
  CsRequest       *request;
  JsonObject      *offer;

  if (g_str_equal (step->name, "find"))
    return cs_channel_make_request (channel, "GET", "/sell/inventory/v1/offer?sku=%s", escaped);

  if (g_str_equal (step->name, "publish"))
    return cs_channel_make_request (channel, "POST", "/sell/inventory/v1/offer/%s/publish", id);

  if (g_str_equal (step->name, "unpublish") || g_str_equal (step->name, "withdraw"))
    return cs_channel_make_request (channel, "POST", "/sell/inventory/v1/offer/%s/withdraw", id);

  if (g_str_equal (step->name, "offer"))
    {
      request = cs_channel_make_request (channel, "POST", "/sell/inventory/v1/bulk_update_price_quantity");
      set_price_and_stock (request, listing, sku, offer_id);
      return request;
    }

  description = cs_ebay_dup_description (listing);
  offer = cs_ebay_make_offer (listing, terms, &listing->price, listing->stock);
  json_object_set_string_member (offer, "listingDescription", description);
  if (g_str_equal (step->name, "update"))
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

      json_node_take_object (node, offer);
      request = cs_channel_make_request (channel, "PUT", "/sell/inventory/v1/offer/%s", id);
      cs_request_set_json (request, node);
      return request;
    }

  json_object_set_string_member (offer, "sku", sku);
  json_object_set_string_member (offer, "marketplaceId", country->id);
  json_object_set_string_member (offer, "format", "FIXED_PRICE");
  request = cs_channel_make_request (channel, "POST", "/sell/inventory/v1/bulk_create_offer");
  set_single (request, offer);

  return request;
}

static CsRequest *
cs_ebay_build (CsChannel     *channel,
               CsListing     *listing,
               CsChannelStep *step,
               CsJournal     *journal,
               GBytes        *picture,
               GError       **error)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject          *terms = parse_object (listing->terms, &node);
  const CsEbayCountry *country = cs_ebay_find_country (cs_json_string (terms, "marketplace", cs_channel_get_profile (channel, "marketplace")));
  const char          *sku = listing->remote_id != NULL ? listing->remote_id : listing->sku != NULL ? listing->sku : listing->key;
  g_autofree char     *escaped = g_uri_escape_string (sku, NULL, FALSE);
  CsRequest           *request;

  if (step->picture >= 0)
    return build_picture (channel, listing->pictures->pdata[step->picture], picture);

  if (cs_ebay_is_group (listing))
    {
      if ((request = cs_ebay_group_build (channel, listing, step, journal, terms, error)) && request->body != NULL)
        cs_request_set_header (request, "Content-Language", country->locale);
      return request;
    }

  if (cs_listing_variants_has_any (listing) || (listing->operation != CS_OPERATION_WITHDRAW && listing->operation != CS_OPERATION_OFFER &&
                                                (listing->stock < 0 || listing->price.currency[0] == '\0')))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           cs_listing_variants_has_any (listing)
                             ? _("On eBay this product has no variants, and it cannot get any there. Add it as a product of its own.")
                             : _("eBay wants a price and how many there are. Fill them in, then approve the product again."));
      return NULL;
    }

  if (step->creates || g_str_equal (step->name, "item"))
    {
      request = cs_channel_make_request (channel, "PUT", "/sell/inventory/v1/inventory_item/%s", escaped);
      set_item (request, listing, journal, terms);
    }
  else
    request = build_offer (channel, listing, step, journal, terms, country, sku);

  if (request->body != NULL)
    cs_request_set_header (request, "Content-Language", country->locale);

  return request;
}

/* The number of the offer, also where it was there already; NULL with the error where it was refused */
const char *
cs_ebay_find_placed (JsonObject  *response,
                     gboolean    *existed,
                     JsonObject **refusal)
{
  JsonArray  *errors = cs_json_array (response, "errors");
  const char *offer = cs_json_string (response, "offerId", NULL);

  *existed = FALSE;
  *refusal = NULL;
  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonObject *fault = cs_json_array_object (errors, i);
      JsonArray  *parameters = cs_json_array (fault, "parameters");

      *refusal = fault;
      for (guint k = 0; cs_json_int (fault, "errorId", 0) == OFFER_EXISTS && parameters != NULL && k < json_array_get_length (parameters); k++)
        {
          JsonObject *parameter = cs_json_array_object (parameters, k);

          if (g_str_equal (cs_json_string (parameter, "name", ""), "offerId"))
            {
              *existed = TRUE;
              *refusal = NULL;
              return cs_json_string (parameter, "value", NULL);
            }
        }
    }

  return *refusal == NULL ? offer : NULL;
}

static gboolean
take_detail (CsChannel     *channel,
             CsListing     *listing,
             CsChannelStep *step,
             JsonObject    *reply,
             JsonObject    *detail)
{
  const char *marketplace = cs_ebay_find_country (cs_channel_get_profile (channel, "marketplace"))->id;
  JsonObject *refusal;
  gboolean    existed;
  const char *text;

  if (step->picture >= 0)
    {
      text = cs_json_string (reply, "imageUrl", NULL);
      cs_channel_json_set_string (detail, "picture", text);
      return text != NULL && g_str_has_prefix (text, "https://");
    }

  if (g_str_equal (step->name, "place"))
    {
      text = cs_ebay_find_placed (cs_json_array_object (cs_json_array (reply, "responses"), 0), &existed, &refusal);
      cs_channel_json_set_string (detail, "offer", text);
      json_object_set_boolean_member (detail, "existed", existed);
      return text != NULL;
    }

  if (g_str_equal (step->name, "find"))
    {
      text = cs_json_string (cs_ebay_find_offer (reply, marketplace), "offerId", NULL);
      cs_channel_json_set_string (detail, "offer", text);
      return text != NULL;
    }

  cs_channel_json_set_string (detail, "remote_id",
                              listing->remote_id != NULL ? listing->remote_id : listing->sku != NULL ? listing->sku : listing->key);

  return step->bare || reply != NULL;
}

static JsonNode *
cs_ebay_parse (CsChannel     *channel,
               CsListing     *listing,
               CsChannelStep *step,
               CsReply       *reply,
               JsonNode      *json,
               GError       **error)
{
  g_autoptr (JsonNode) detail = NULL;
  JsonObject *members = cs_channel_json_make_root (&detail);

  if (step->picture < 0 && cs_ebay_is_group (listing))
    return cs_ebay_group_take (channel, listing, step, cs_json_node_object (json), members, error) ? g_steal_pointer (&detail) : NULL;

  if (!take_detail (channel, listing, step, cs_json_node_object (json), members))
    {
      if (g_str_equal (step->name, "find"))
        g_set_error (error, CS_ERROR, CS_ERROR_CONFLICT, _("%s has no offer for this product any more. Look at it there, then approve it again."), NAME);
      else
        g_set_error (error, CS_ERROR, CS_ERROR_UNKNOWN, _("%s gave an answer that cannot be read."), NAME);
      return NULL;
    }

  return g_steal_pointer (&detail);
}

/* {"errors": [{"errorId", "message", "longMessage", "parameters": [{"name", "value"}]}]} */
static char *
dup_message (JsonObject *fault)
{
  const char      *text = cs_json_string (fault, "longMessage", cs_json_string (fault, "message", NULL));
  g_autofree char *clean = cs_text_clean (text != NULL ? text : "", FALSE);
  g_autofree char *shown = cs_text_ellipsize (clean, SHOWN_UNITS);

  return shown[0] != '\0' ? g_strdup_printf (_("%s did not accept it: %s"), NAME, shown) : NULL;
}

static CsError
cs_ebay_classify (CsChannel     *channel,
                  CsChannelStep *step,
                  CsReply       *reply,
                  JsonNode      *json,
                  char         **sentence)
{
  CsError code = cs_channel_classify_status (step, reply);

  if (code == CS_ERROR_REFUSED)
    *sentence = dup_message (cs_json_array_object (cs_json_array (cs_json_node_object (json), "errors"), 0));

  return code;
}

/* Bulk answers are 2xx with an error for each that was refused */
static gboolean
cs_ebay_find_fault (CsChannel     *channel,
                    CsChannelStep *step,
                    JsonNode      *json,
                    CsError       *code,
                    char         **sentence)
{
  JsonObject *reply = cs_json_node_object (json);
  JsonArray  *responses = cs_json_array (reply, "responses");
  JsonObject *refusal = NULL;
  gboolean    existed = FALSE;

  if (step == NULL || responses == NULL)
    return FALSE;

  for (guint i = 0; i < json_array_get_length (responses) && refusal == NULL; i++)
    {
      JsonObject *response = cs_json_array_object (responses, i);

      if (g_str_equal (step->name, "place"))
        cs_ebay_find_placed (response, &existed, &refusal);
      else
        refusal = cs_json_array_object (cs_json_array (response, "errors"), 0);
    }

  if (refusal == NULL)
    return FALSE;

  *code = CS_ERROR_REFUSED;
  *sentence = dup_message (refusal);

  return TRUE;
}

static void
cs_ebay_class_init (CsEbayClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  channel_class->traits = (CsChannelTraits) {
    .kind = "ebay",
    .version = "ebay/1",
    .settle_seconds = 120,
    .finds_by_key = TRUE,
    .bears_key = TRUE,
    .has_drafts = TRUE,
    /* Compared by compare(): it holds the bullet points. The SKU is where it stands; less is what was sold meanwhile. */
    .rewrites = 1u << CS_FIELD_DESCRIPTION | 1u << CS_FIELD_SKU | 1u << CS_FIELD_STOCK,
    .per_second = 4,
    .burst = 4,
    .answer_seconds = 120,
  };
  channel_class->next_step = cs_ebay_next_step;
  channel_class->build = cs_ebay_build;
  channel_class->parse = cs_ebay_parse;
  channel_class->classify = cs_ebay_classify;
  channel_class->find_fault = cs_ebay_find_fault;
  channel_class->build_look_up = cs_ebay_build_look_up;
  channel_class->build_read = cs_ebay_build_read;
  channel_class->build_pull = cs_ebay_build_pull;
  channel_class->parse_listings = cs_ebay_parse_listings;
  channel_class->build_more = cs_ebay_build_more;
  channel_class->parse_more = cs_ebay_parse_more;
  channel_class->compare = cs_ebay_compare;
  channel_class->compare_created = cs_ebay_compare_created;
  channel_class->check = cs_ebay_check;
  channel_class->build_inquiry = cs_ebay_build_inquiry;
  channel_class->parse_inquiry = cs_ebay_parse_inquiry;
  channel_class->build_authorize = cs_ebay_build_authorize;
  channel_class->build_exchange = cs_ebay_build_exchange;
  channel_class->build_refresh = cs_ebay_build_refresh;
  channel_class->parse_tokens = cs_ebay_parse_tokens;
  channel_class->sign = cs_ebay_sign;
}

static void
cs_ebay_init (CsEbay *self)
{
}

static const CsChannelAsk asks[] = {
  { .name = "address", .label = N_("Address"), .help = N_("For trying things out: https://api.sandbox.ebay.com"), .standard = "https://api.ebay.com" },
  { .name = "profile.marketplace", .label = N_("eBay of which country"), .help = N_("EBAY_US, EBAY_DE, EBAY_GB, EBAY_FR, EBAY_IT, EBAY_ES, EBAY_AU, EBAY_CA …"), .standard = "EBAY_US" },
  { .name = "client_id", .label = N_("App ID (Client ID)") },
  { .name = "client_secret", .label = N_("Cert ID (Client Secret)"), .secret = TRUE },
  { .name = "runame", .label = N_("RuName (eBay Redirect URL name)") },
  { NULL },
};

static const char *const steps[] = {
  N_("Join eBay's developer program with your seller account. eBay looks at it, which takes about a day, and asks how you handle closed accounts: Countersign keeps nothing about buyers."),
  N_("Make a key set for production, and under “User Tokens” an eBay Redirect URL. Leave its addresses empty: the browser then ends at a page of eBay's."),
  N_("At eBay, turn on business policies, and make one each for shipping, payment and returns."),
  N_("Copy the keys here, sign in with the browser and allow it. Then copy the address of the page that you end at, and paste it here."),
  NULL,
};

const CsChannelKind cs_ebay_kind = {
  .kind = "ebay",
  .name = "eBay",
  .summary = N_("The marketplace and auction house, in many countries"),
  .address = "https://api.ebay.com",
  .way = CS_SIGN_IN_BROWSER,
  .asks = asks,
  .steps = steps,
  .verified = N_("Every request but those for pictures is checked against eBay's published description of December 2025. Not verified against the live service."),
  .page = "https://developer.ebay.com/my/keys",
};
