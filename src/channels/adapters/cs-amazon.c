/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-amazon-private.h"
#include "cs-channel-form.h"
#include "cs-channel-json.h"
#include "cs-json.h"
#include "cs-text.h"

/* Amazon, by its Listings Items API 2021-08-01 and Product Type Definitions
 * 2020-09-01 (the models that Amazon publishes, 2026-08-05), signed in with
 * "Login with Amazon" tokens.
 *
 * A listing is put at a seller and SKU, so putting it twice is putting it once;
 * it is looked up before all the same, so that no other thing with that SKU is
 * written over. What is there is changed attribute by attribute, so that what
 * we do not know of stays. "Accepted" is not "on sale": Amazon looks at it
 * afterwards, for minutes, and reading back tells what it found. There are no
 * drafts; what is withdrawn has a stock of none. The same requests with
 * mode=VALIDATION_PREVIEW change nothing and say what would be refused.
 *
 * Pictures are addresses that Amazon fetches; prices are numbers.
 */

#define NAME           "Amazon"
#define SHOWN_UNITS    300
#define TOKEN_ADDRESS  "https://api.amazon.com/auth/o2/token"
#define SETTLE_SECONDS 900

G_DEFINE_FINAL_TYPE (CsAmazon, cs_amazon, CS_TYPE_CHANNEL)

static const CsAmazonCountry countries[] = {
  { "A1PA6795UKMFR9", "de_DE", "EUR", "www.amazon.de" },
  { "A1F83G8C2ARO7P", "en_GB", "GBP", "www.amazon.co.uk" },
  { "A13V1IB3VIYZZH", "fr_FR", "EUR", "www.amazon.fr" },
  { "APJ6JRA9NG5V4", "it_IT", "EUR", "www.amazon.it" },
  { "A1RKKUPIHCS9HS", "es_ES", "EUR", "www.amazon.es" },
  { "A1805IZSGTT6HS", "nl_NL", "EUR", "www.amazon.nl" },
  { "A1C3SOZRARQ6R3", "pl_PL", "PLN", "www.amazon.pl" },
  { "A2NODRKZP88ZB9", "sv_SE", "SEK", "www.amazon.se" },
  { "ATVPDKIKX0DER", "en_US", "USD", "www.amazon.com" },
  { "A2EUQ1WTGCTBG2", "en_CA", "CAD", "www.amazon.ca" },
  { "A1AM78C64UM0Y8", "es_MX", "MXN", "www.amazon.com.mx" },
  { "A1VC38T7YXB528", "ja_JP", "JPY", "www.amazon.co.jp" },
  { "A39IBJ37TRP1C6", "en_AU", "AUD", "www.amazon.com.au" },
  { "A19VAU5U5O7RUS", "en_SG", "SGD", "www.amazon.sg" },
};

const CsAmazonCountry *
cs_amazon_find_country (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      if (g_strcmp0 (countries[i].id, id) == 0)
        return &countries[i];
    }

  return &countries[0];
}

const CsAmazonCountry *
cs_amazon_get_country (CsChannel *channel)
{
  return cs_amazon_find_country (cs_channel_get_profile (channel, "marketplace"));
}

const char *
cs_amazon_name_attribute (const char *field)
{
  static const char *const kinds[] = { "text.", "value.", "number.", "switch.", "raw." };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_has_prefix (field, kinds[i]) && field[strlen (kinds[i])] != '\0')
        return field + strlen (kinds[i]);
    }

  return NULL;
}

char *
cs_amazon_dup_picture_attribute (guint n)
{
  return n == 0 ? g_strdup ("main_product_image_locator") : g_strdup_printf ("other_product_image_locator_%u", n);
}

static CsChannelStep *
cs_amazon_next_step (CsChannel *channel,
                     CsListing *listing,
                     CsJournal *journal)
{
  const char *name = listing->operation == CS_OPERATION_WITHDRAW ? "withdraw"
                     : listing->operation == CS_OPERATION_OFFER  ? "offer"
                     : listing->operation == CS_OPERATION_CREATE ? "create"
                                                                 : "update";

  return cs_journal_is_done (journal, name) ? NULL : cs_channel_step_make (name);
}

/* An attribute is a list of what holds where; here it is one, for one country */
static JsonObject *
add_entry (JsonObject            *attributes,
           const char            *name,
           const CsAmazonCountry *country,
           gboolean               has_language)
{
  JsonArray  *list = cs_json_array (attributes, name);
  JsonObject *entry = json_object_new ();

  if (list == NULL)
    {
      list = json_array_new ();
      json_object_set_array_member (attributes, name, list);
    }
  json_object_set_string_member (entry, "marketplace_id", country->id);
  if (has_language)
    json_object_set_string_member (entry, "language_tag", country->language);
  json_array_add_object_element (list, entry);

  return entry;
}

static void
add_text (JsonObject            *attributes,
          const char            *name,
          const CsAmazonCountry *country,
          gboolean               has_language,
          const char            *text)
{
  if (text != NULL && text[0] != '\0')
    json_object_set_string_member (add_entry (attributes, name, country, has_language), "value", text);
}

static void
add_number (JsonObject            *attributes,
            const char            *name,
            const CsAmazonCountry *country,
            const char            *text)
{
  g_autoptr (JsonNode) number = cs_json_parse (text, -1, NULL);

  if (number != NULL && JSON_NODE_HOLDS_VALUE (number) && json_node_get_value_type (number) != G_TYPE_STRING)
    json_object_set_member (add_entry (attributes, name, country, FALSE), "value", g_steal_pointer (&number));
}

static void
add_picture (JsonObject            *attributes,
             const char            *field,
             const CsAmazonCountry *country,
             const char            *address)
{
  guint64          n = g_ascii_strtoull (field + strlen ("picture."), NULL, 10);
  g_autofree char *name = cs_amazon_dup_picture_attribute (MIN (n, CS_AMAZON_MOST_PICTURES - 1));

  if (g_str_has_prefix (address, "https://"))
    json_object_set_string_member (add_entry (attributes, name, country, FALSE), "media_location", address);
}

/* What the category wanted to know */
static void
add_asked (JsonObject            *attributes,
           CsListing             *listing,
           const CsAmazonCountry *country)
{
  g_autoptr (JsonNode) node = listing->attributes != NULL ? cs_json_parse (listing->attributes, -1, NULL) : NULL;
  JsonObject *asked = cs_json_node_object (node);
  g_autoptr (GList) members = asked != NULL ? json_object_get_members (asked) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *field = l->data;
      const char *value = cs_json_string (asked, field, "");
      const char *name = cs_amazon_name_attribute (field);

      if (value[0] == '\0')
        continue;

      if (g_str_has_prefix (field, "picture."))
        add_picture (attributes, field, country, value);
      else if (name == NULL)
        continue;
      else if (g_str_has_prefix (field, "raw."))
        cs_channel_json_set_tree (attributes, name, value);
      else if (g_str_has_prefix (field, "number."))
        add_number (attributes, name, country, value);
      else if (g_str_has_prefix (field, "switch."))
        json_object_set_boolean_member (add_entry (attributes, name, country, FALSE), "value", g_str_equal (value, "true"));
      else
        add_text (attributes, name, country, g_str_has_prefix (field, "text."), value);
    }
}

static void
add_stock (JsonObject *attributes,
           gint64      stock)
{
  JsonArray  *list = json_array_new ();
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "fulfillment_channel_code", "DEFAULT");
  json_object_set_int_member (entry, "quantity", stock);
  json_array_add_object_element (list, entry);
  json_object_set_array_member (attributes, "fulfillment_availability", list);
}

/* The price is text until the body is written, then it loses its quotes */
static void
add_offer (JsonObject            *attributes,
           CsListing             *listing,
           const CsAmazonCountry *country)
{
  g_autofree char *amount = cs_money_to_decimal (&listing->price);
  JsonObject      *offer, *price, *period;
  JsonArray       *prices, *schedule;

  if (listing->stock >= 0)
    add_stock (attributes, listing->stock);
  if (listing->price.currency[0] == '\0')
    return;

  offer = add_entry (attributes, "purchasable_offer", country, FALSE);
  price = json_object_new ();
  period = json_object_new ();
  prices = json_array_new ();
  schedule = json_array_new ();
  json_object_set_string_member (period, "value_with_tax", amount);
  json_array_add_object_element (schedule, period);
  json_object_set_array_member (price, "schedule", schedule);
  json_array_add_object_element (prices, price);
  json_object_set_string_member (offer, "currency", listing->price.currency);
  json_object_set_array_member (offer, "our_price", prices);
}

static JsonObject *
make_attributes (CsListing             *listing,
                 const CsAmazonCountry *country)
{
  g_autoptr (JsonNode) node = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;
  JsonObject      *attributes = json_object_new ();
  g_autofree char *keywords = listing->keywords != NULL ? g_strjoinv (", ", listing->keywords) : NULL;

  if (listing->operation == CS_OPERATION_WITHDRAW)
    {
      add_stock (attributes, 0);
      return attributes;
    }

  if (listing->operation != CS_OPERATION_OFFER)
    {
      add_asked (attributes, listing, country);
      add_text (attributes, "item_name", country, TRUE, listing->title);
      add_text (attributes, "brand", country, TRUE, listing->brand);
      add_text (attributes, "product_description", country, TRUE, listing->description);
      for (guint i = 0; listing->bullets != NULL && listing->bullets[i] != NULL; i++)
        add_text (attributes, "bullet_point", country, TRUE, listing->bullets[i]);
      add_text (attributes, "generic_keyword", country, TRUE, keywords);
      add_text (attributes, "condition_type", country, FALSE, cs_json_string (cs_json_node_object (node), "condition", "new_new"));
    }
  add_offer (attributes, listing, country);

  return attributes;
}

static void
set_patches (JsonObject *body,
             JsonObject *attributes)
{
  JsonArray     *patches = json_array_new ();
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  json_object_iter_init_ordered (&iter, attributes);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonObject      *patch = json_object_new ();
      g_autofree char *path = g_strconcat ("/attributes/", name, NULL);

      json_object_set_string_member (patch, "op", "replace");
      json_object_set_string_member (patch, "path", path);
      json_object_set_member (patch, "value", json_node_copy (value));
      json_array_add_object_element (patches, patch);
    }

  json_object_set_array_member (body, "patches", patches);
}

static CsRequest *
make_request (CsChannel  *channel,
              CsListing  *listing,
              const char *mode)
{
  g_autoptr (JsonNode) terms_node = listing->terms != NULL ? cs_json_parse (listing->terms, -1, NULL) : NULL;
  JsonObject            *terms = cs_json_node_object (terms_node);
  const CsAmazonCountry *country = cs_amazon_find_country (cs_json_string (terms, "marketplace", cs_channel_get_profile (channel, "marketplace")));
  const char            *seller_id = cs_json_string (terms, "seller_id", cs_channel_get_profile (channel, "seller_id"));
  g_autofree char       *seller = g_uri_escape_string (seller_id != NULL ? seller_id : "", NULL, FALSE);
  g_autofree char       *sku = g_uri_escape_string (listing->remote_id != NULL ? listing->remote_id : listing->sku != NULL ? listing->sku : listing->key, NULL, FALSE);
  gboolean               is_new = listing->operation == CS_OPERATION_CREATE;
  g_autoptr (JsonNode) root = NULL;
  JsonObject            *body = cs_channel_json_make_root (&root);
  JsonObject            *attributes = make_attributes (listing, country);
  CsRequest             *request = cs_channel_make_request (channel, is_new ? "PUT" : "PATCH", "/listings/2021-08-01/items/%s/%s?marketplaceIds=%s%s",
                                                            seller, sku, country->id, mode);

  /* For the price and stock of any type, PRODUCT stands for it */
  json_object_set_string_member (body, "productType", listing->category_id != NULL ? listing->category_id : "PRODUCT");
  if (is_new)
    {
      json_object_set_string_member (body, "requirements", "LISTING");
      json_object_set_object_member (body, "attributes", json_object_ref (attributes));
    }
  else
    set_patches (body, attributes);
  json_object_unref (attributes);
  cs_request_set_json (request, root);
  cs_channel_form_bare_decimals (request, "value_with_tax");

  return request;
}

static CsRequest *
cs_amazon_build (CsChannel     *channel,
                 CsListing     *listing,
                 CsChannelStep *step,
                 CsJournal     *journal,
                 GBytes        *picture,
                 GError       **error)
{
  const char *fault = NULL;

  if (listing->operation == CS_OPERATION_CREATE || listing->operation == CS_OPERATION_UPDATE)
    fault = !listing->live                   ? _("Amazon has no drafts. Nothing was sent.")
            : listing->variants != NULL      ? _("Products that come in several variants cannot be sent to Amazon from here.")
            : listing->category_id == NULL   ? _("Amazon wants a category. Choose one, then approve the product again.")
                                             : NULL;
  if (fault != NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, fault);
      return NULL;
    }

  return make_request (channel, listing, "");
}

static JsonNode *
cs_amazon_parse (CsChannel     *channel,
                 CsListing     *listing,
                 CsChannelStep *step,
                 CsReply       *reply,
                 JsonNode      *json,
                 GError       **error)
{
  JsonObject *object = cs_json_node_object (json);
  const char *sku = cs_json_string (object, "sku", NULL);
  const char *status = cs_json_string (object, "status", NULL);
  g_autoptr (JsonNode) detail = NULL;
  JsonObject *members = cs_channel_json_make_root (&detail);

  if (sku == NULL || g_strcmp0 (status, "ACCEPTED") != 0)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_UNKNOWN, _("%s gave an answer that cannot be read."), NAME);
      return NULL;
    }

  json_object_set_string_member (members, "remote_id", sku);
  cs_channel_json_set_string (members, "submission", cs_json_string (object, "submissionId", NULL));

  return g_steal_pointer (&detail);
}

static char *
join (GPtrArray *sentences)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (sentences->len, 5); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (char *) sentences->pdata[i]);

  return g_string_free_and_steal (text);
}

/* A submission that was not taken is a 200 */
static gboolean
cs_amazon_find_fault (CsChannel     *channel,
                      CsChannelStep *step,
                      JsonNode      *json,
                      CsError       *code,
                      char         **sentence)
{
  JsonObject *object = cs_json_node_object (json);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  if (step == NULL || g_strcmp0 (cs_json_string (object, "status", NULL), "INVALID") != 0)
    return FALSE;

  cs_amazon_add_issues (cs_json_array (object, "issues"), "ERROR", sentences);
  *code = CS_ERROR_REFUSED;
  *sentence = sentences->len > 0 ? join (sentences) : NULL;

  return TRUE;
}

/* {"errors": [{"code", "message", "details"}]} */
static CsError
cs_amazon_classify (CsChannel     *channel,
                    CsChannelStep *step,
                    CsReply       *reply,
                    JsonNode      *json,
                    char         **sentence)
{
  CsError          code = cs_channel_classify_status (step, reply);
  JsonObject      *fault = cs_json_array_object (cs_json_array (cs_json_node_object (json), "errors"), 0);
  const char      *details = cs_json_string (fault, "details", "");
  const char      *text = details[0] != '\0' ? details : cs_json_string (fault, "message", "");
  g_autofree char *clean = cs_text_clean (text, FALSE);
  g_autofree char *shown = cs_text_ellipsize (clean, SHOWN_UNITS);

  if (code == CS_ERROR_REFUSED && shown[0] != '\0')
    *sentence = g_strdup_printf (_("%s did not accept it: %s"), NAME, shown);

  return code;
}

static CsRequest *
cs_amazon_build_trial (CsChannel *channel,
                       CsListing *listing)
{
  if (listing->category_id == NULL || listing->variants != NULL || listing->operation == CS_OPERATION_WITHDRAW)
    return NULL;

  return make_request (channel, listing, "&mode=VALIDATION_PREVIEW");
}

static gboolean
cs_amazon_parse_trial (CsChannel *channel,
                       CsListing *listing,
                       JsonNode  *reply,
                       GPtrArray *findings,
                       GError   **error)
{
  JsonObject *object = cs_json_node_object (reply);

  if (cs_json_string (object, "status", NULL) == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s gave an answer that cannot be read."), NAME);
      return FALSE;
    }

  cs_amazon_add_issues (cs_json_array (object, "issues"), "WARNING", findings);

  return TRUE;
}

static CsRequest *
cs_amazon_build_refresh (CsChannel *channel)
{
  const char *token = cs_channel_get_secret (channel, "refresh_token");
  g_autoptr (GString) form = g_string_new (NULL);
  CsRequest  *request;

  if (token == NULL)
    return NULL;

  request = cs_request_make ("POST", TOKEN_ADDRESS);
  cs_channel_form_add (form, "grant_type", "refresh_token");
  cs_channel_form_add (form, "refresh_token", token);
  cs_channel_form_add (form, "client_id", cs_channel_get_secret (channel, "client_id"));
  cs_channel_form_add (form, "client_secret", cs_channel_get_secret (channel, "client_secret"));
  cs_channel_form_send (form, request);

  return request;
}

static gboolean
cs_amazon_parse_tokens (CsChannel  *channel,
                        JsonNode   *reply,
                        gint64      now,
                        JsonObject *secrets,
                        GError    **error)
{
  JsonObject      *object = cs_json_node_object (reply);
  const char      *access = cs_json_string (object, "access_token", NULL);
  gint64           seconds = cs_json_int (object, "expires_in", 3600);
  g_autofree char *expires = g_strdup_printf ("%" G_GINT64_FORMAT, now + CLAMP (seconds, 60, 86400));

  if (access == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_SIGN_IN, _("%s gave an answer that cannot be read."), NAME);
      return FALSE;
    }

  json_object_set_string_member (secrets, "access_token", access);
  json_object_set_string_member (secrets, "expires_at", expires);
  cs_channel_json_set_string (secrets, "refresh_token", cs_json_string (object, "refresh_token", NULL));

  return TRUE;
}

/* A product type's schema is at a host of its own, which is none of ours to sign in to */
static void
cs_amazon_sign (CsChannel *channel,
                CsRequest *request,
                gint64     now)
{
  g_autofree char *base = g_strconcat (cs_channel_get_address (channel), "/", NULL);
  const char      *token = cs_channel_get_secret (channel, "access_token");

  if (token != NULL && g_str_has_prefix (request->address, base))
    cs_request_set_header (request, "x-amz-access-token", token);
}

static void
cs_amazon_class_init (CsAmazonClass *klass)
{
  CsChannelClass *channel_class = CS_CHANNEL_CLASS (klass);

  channel_class->traits = (CsChannelTraits) {
    .kind = "amazon",
    .version = "amazon/1",
    .settle_seconds = SETTLE_SECONDS,
    .finds_by_key = TRUE,
    .bears_key = TRUE,
    /* It has those at the addresses that it was told, and fetches them when it likes */
    .rewrites = 1u << CS_FIELD_PICTURE,
    .per_second = 5,
    .burst = 5,
  };
  channel_class->next_step = cs_amazon_next_step;
  channel_class->build = cs_amazon_build;
  channel_class->parse = cs_amazon_parse;
  channel_class->classify = cs_amazon_classify;
  channel_class->find_fault = cs_amazon_find_fault;
  channel_class->build_look_up = cs_amazon_build_look_up;
  channel_class->build_read = cs_amazon_build_read;
  channel_class->build_pull = cs_amazon_build_pull;
  channel_class->parse_listings = cs_amazon_parse_listings;
  channel_class->compare = cs_amazon_compare;
  channel_class->check = cs_amazon_check;
  channel_class->build_trial = cs_amazon_build_trial;
  channel_class->parse_trial = cs_amazon_parse_trial;
  channel_class->build_inquiry = cs_amazon_build_inquiry;
  channel_class->parse_inquiry = cs_amazon_parse_inquiry;
  channel_class->build_refresh = cs_amazon_build_refresh;
  channel_class->parse_tokens = cs_amazon_parse_tokens;
  channel_class->sign = cs_amazon_sign;
}

static void
cs_amazon_init (CsAmazon *self)
{
}

static const CsChannelAsk asks[] = {
  { .name = "address", .label = N_("Address"), .help = N_("Europe: https://sellingpartnerapi-eu.amazon.com, America: …-na…, Far East: …-fe…"), .standard = "https://sellingpartnerapi-eu.amazon.com" },
  { .name = "profile.marketplace", .label = N_("Marketplace"), .help = N_("Amazon's name for the country: A1PA6795UKMFR9 is Germany, A1F83G8C2ARO7P the United Kingdom, ATVPDKIKX0DER the United States"), .standard = "A1PA6795UKMFR9" },
  { .name = "profile.seller_id", .label = N_("Merchant token"), .help = N_("In Seller Central, under “Account information”") },
  { .name = "client_id", .label = N_("Client identifier") },
  { .name = "client_secret", .label = N_("Client secret"), .secret = TRUE },
  { .name = "refresh_token", .label = N_("Refresh token"), .secret = TRUE },
  { NULL },
};

static const char *const steps[] = {
  N_("You need a professional selling plan at Amazon. In Seller Central, register as a developer for your own shop (“Develop Apps”); Amazon looks at it, which takes days."),
  N_("There, add an app client with the role “Product Listing”. Its “LWA credentials” are the client identifier and the client secret."),
  N_("Press “Authorize” at the app: that shows the refresh token."),
  NULL,
};

const CsChannelKind cs_amazon_kind = {
  .kind = "amazon",
  .name = "Amazon",
  .summary = N_("For sellers with a professional plan. Its pictures have to be on the web already."),
  .address = "https://sellingpartnerapi-eu.amazon.com",
  .way = CS_SIGN_IN_KEYS,
  .asks = asks,
  .steps = steps,
  .verified = N_("Every request is checked against Amazon's published models of August 2026. Not verified against the live service."),
  .page = "https://sellercentral.amazon.com/sellingpartner/developerconsole",
};
