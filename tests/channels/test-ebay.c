/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-adapter-test.h"
#include "cs-ebay.h"
#include "cs-json.h"
#include "cs-test.h"

#define PROFILE "{\"marketplace\":\"EBAY_DE\"}"
#define SECRETS "{\"client_id\":\"ci\",\"client_secret\":\"cs\",\"runame\":\"Li-Bamboo-x\",\"access_token\":\"at\",\"refresh_token\":\"rt\"}"
#define TERMS                                                                                               \
  "{\"condition\":\"NEW\",\"fulfillment_policy_id\":\"61\",\"location_key\":\"home\",\"marketplace\":\"EBAY_DE\"," \
  "\"payment_policy_id\":\"62\",\"return_policy_id\":\"63\"}"

#define API  "/sell/inventory/v1"
#define HTML "<p>Woven by hand.</p><p>For &quot;fruit&quot;.</p><ul><li>Round</li><li>Light</li></ul>"

/* As eBay answers, shortened */
static const CsRecordedReply replies[] = {
  { "picture.0", "{\"imageUrl\":\"https://i.ebayimg.com/0.jpg\",\"expirationDate\":\"2027-01-01T00:00:00.000Z\"}" },
  { "picture.1", "{\"imageUrl\":\"https://i.ebayimg.com/1.jpg\"}" },
  { "place", "{\"responses\":[{\"statusCode\":200,\"offerId\":\"801\",\"sku\":\"B-1\",\"marketplaceId\":\"EBAY_DE\"}]}" },
  { "find", "{\"total\":1,\"offers\":[{\"offerId\":\"7\",\"marketplaceId\":\"EBAY_US\"},{\"offerId\":\"801\",\"marketplaceId\":\"EBAY_DE\",\"format\":\"FIXED_PRICE\"}]}" },
  { "publish", "{\"listingId\":\"110\"}" },
  { "unpublish", "{\"listingId\":\"110\"}" },
  { "withdraw", "{\"listingId\":\"110\"}" },
  { "offer", "{\"responses\":[{\"statusCode\":200,\"sku\":\"B-1\"}]}" },
  { "", "" },
  { NULL },
};

#define ITEM                                                                                                              \
  "{\"sku\":\"B-1\",\"condition\":\"NEW\",\"availability\":{\"shipToLocationAvailability\":{\"quantity\":2}},"             \
  "\"product\":{\"title\":\"Bamboo basket <round> & light\",\"aspects\":{\"Brand\":[\"Bamboo & Co\"]},"                     \
  "\"imageUrls\":[\"https://i.ebayimg.com/0.jpg\",\"https://i.ebayimg.com/1.jpg\"]}}"
#define OFFERS                                                                                                             \
  "{\"total\":1,\"offers\":[{\"offerId\":\"801\",\"sku\":\"B-1\",\"marketplaceId\":\"EBAY_DE\",\"format\":\"FIXED_PRICE\"," \
  "\"categoryId\":\"20625\",\"listingDescription\":\"" HTML "\",\"status\":\"PUBLISHED\",\"listing\":{\"listingId\":\"110\","   \
  "\"listingStatus\":\"ACTIVE\"},\"pricingSummary\":{\"price\":{\"value\":\"49.90\",\"currency\":\"EUR\"}}}]}"

static CsChannel *
make_channel (void)
{
  return cs_adapter_test_make_channel (&cs_ebay_kind, "https://api.ebay.com", PROFILE, SECRETS);
}

static CsListing *
make_listing (CsOperation operation,
              gboolean    live)
{
  CsListing *listing = cs_adapter_test_make_listing ("ebay", operation, live);

  listing->category_id = g_strdup ("20625");
  listing->terms = g_strdup (TERMS);
  listing->attributes = g_strdup ("{\"aspect.Farbe\":[\"Rot\",\"Blau\"],\"aspect.Material\":\"Bambus\",\"weaver\":\"Li\"}");
  g_set_str (&listing->remote_id, operation != CS_OPERATION_CREATE ? "B-1" : NULL);

  return listing;
}

static void
assert_plan (CsOperation operation,
             gboolean    live,
             const char *version,
             const char *expected)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (operation, live);
  g_autofree char *plan = NULL;

  listing->remote_version = g_strdup (version);
  plan = cs_adapter_test_play (channel, listing, replies, FALSE);
  g_assert_cmpstr (plan, ==, expected);
}

#define PICTURES                                                          \
  "picture.0: POST /commerce/media/v1_beta/image/create_image_from_file\n" \
  "picture.1: POST /commerce/media/v1_beta/image/create_image_from_file\n"

static void
test_plans (void)
{
  assert_plan (CS_OPERATION_CREATE, TRUE, NULL,
               PICTURES "create: PUT " API "/inventory_item/B-1\nplace: POST " API "/bulk_create_offer\npublish: POST " API "/offer/801/publish\n");
  assert_plan (CS_OPERATION_CREATE, FALSE, NULL,
               PICTURES "create: PUT " API "/inventory_item/B-1\nplace: POST " API "/bulk_create_offer\n");
  assert_plan (CS_OPERATION_UPDATE, TRUE, "live.12",
               PICTURES "item: PUT " API "/inventory_item/B-1\nplace: POST " API "/bulk_create_offer\nupdate: PUT " API "/offer/801\n");
  assert_plan (CS_OPERATION_UPDATE, TRUE, "draft.12",
               PICTURES "item: PUT " API "/inventory_item/B-1\nplace: POST " API "/bulk_create_offer\nupdate: PUT " API "/offer/801\n"
               "publish: POST " API "/offer/801/publish\n");
  assert_plan (CS_OPERATION_UPDATE, FALSE, "live.12",
               PICTURES "item: PUT " API "/inventory_item/B-1\nplace: POST " API "/bulk_create_offer\nupdate: PUT " API "/offer/801\n"
               "unpublish: POST " API "/offer/801/withdraw\n");
  assert_plan (CS_OPERATION_WITHDRAW, FALSE, NULL, "find: GET " API "/offer?sku=B-1\nwithdraw: POST " API "/offer/801/withdraw\n");
  assert_plan (CS_OPERATION_OFFER, TRUE, NULL, "find: GET " API "/offer?sku=B-1\noffer: POST " API "/bulk_update_price_quantity\n");
}

/* An offer that is there already is known by the error that names it, and gets the new terms */
static void
test_placed_before (void)
{
  const CsRecordedReply again[] = {
    replies[0], replies[1],
    { "place", "{\"responses\":[{\"statusCode\":400,\"sku\":\"B-1\",\"errors\":[{\"errorId\":25002,\"message\":\"Offer entity already exists.\","
               "\"parameters\":[{\"name\":\"offerId\",\"value\":\"900\"}]}]}]}" },
    { "publish", "{\"listingId\":\"110\"}" }, { "", "" }, { NULL },
  };
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autofree char *plan = cs_adapter_test_play (channel, listing, again, FALSE);
  g_autoptr (CsChannelStep) step = cs_channel_step_make ("place");
  g_autoptr (JsonNode) known = cs_adapter_test_json (again[2].reply);
  g_autoptr (JsonNode) refused = cs_adapter_test_json ("{\"responses\":[{\"statusCode\":400,\"errors\":[{\"errorId\":25709,\"message\":\"m\",\"longMessage\":\"Invalid value for categoryId\"}]}]}");
  g_autofree char *sentence = NULL;
  CsError code = CS_ERROR_LATER;

  g_assert_nonnull (strstr (plan, "place: POST " API "/bulk_create_offer\nupdate: PUT " API "/offer/900\npublish: POST " API "/offer/900/publish\n"));
  g_assert_false (CS_CHANNEL_GET_CLASS (channel)->find_fault (channel, step, known, &code, &sentence));
  g_assert_true (CS_CHANNEL_GET_CLASS (channel)->find_fault (channel, step, refused, &code, &sentence));
  g_assert_cmpint (code, ==, CS_ERROR_REFUSED);
  g_assert_nonnull (strstr (sentence, "Invalid value for categoryId"));
}

static void
test_bodies (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (CsListing) offer = make_listing (CS_OPERATION_OFFER, TRUE);
  g_autofree char *plan = cs_adapter_test_play (channel, listing, replies, TRUE);
  g_autofree char *offered = cs_adapter_test_play (channel, offer, replies, TRUE);

  g_assert_nonnull (strstr (plan,
                            "create: PUT " API "/inventory_item/B-1 {\"availability\":{\"shipToLocationAvailability\":{\"quantity\":3}},\"condition\":\"NEW\","
                            "\"product\":{\"aspects\":{\"Brand\":[\"Bamboo & Co\"],\"Farbe\":[\"Rot\",\"Blau\"],\"Material\":[\"Bambus\"]},"
                            "\"imageUrls\":[\"https://i.ebayimg.com/0.jpg\",\"https://i.ebayimg.com/1.jpg\"],\"title\":\"Bamboo basket <round> & light\"}}\n"));
  g_assert_nonnull (strstr (plan,
                            "place: POST " API "/bulk_create_offer {\"requests\":[{\"availableQuantity\":3,\"categoryId\":\"20625\",\"format\":\"FIXED_PRICE\","
                            "\"listingDescription\":\""));
  g_assert_nonnull (strstr (plan,
                            "\"listingDuration\":\"GTC\",\"listingPolicies\":{\"fulfillmentPolicyId\":\"61\",\"paymentPolicyId\":\"62\",\"returnPolicyId\":\"63\"},"
                            "\"marketplaceId\":\"EBAY_DE\",\"merchantLocationKey\":\"home\",\"pricingSummary\":{\"price\":{\"currency\":\"EUR\",\"value\":\"49.90\"}},"
                            "\"sku\":\"B-1\"}]}\n"));
  g_assert_nonnull (strstr (offered,
                            "{\"requests\":[{\"offers\":[{\"availableQuantity\":3,\"offerId\":\"801\",\"price\":{\"currency\":\"EUR\",\"value\":\"49.90\"}}],"
                            "\"shipToLocationAvailability\":{\"quantity\":3},\"sku\":\"B-1\"}]}\n"));
}

static void
test_hosts (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsChannel) sandbox = cs_adapter_test_make_channel (&cs_ebay_kind, "https://api.sandbox.ebay.com", PROFILE, SECRETS);
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (CsJournal) journal = cs_journal_new (none);
  g_autoptr (CsChannelStep) step = cs_channel_step_make ("picture.0");
  g_autoptr (GBytes) picture = g_bytes_new_static ("x", 1);
  g_autoptr (CsRequest) real = NULL;
  g_autoptr (CsRequest) tried = NULL;
  g_autofree char *authorize = CS_CHANNEL_GET_CLASS (sandbox)->build_authorize (sandbox, "http://127.0.0.1:1/", "s", "c");

  cs_listing_freeze (listing);
  real = cs_channel_build (channel, listing, step, journal, picture, NULL);
  tried = cs_channel_build (sandbox, listing, step, journal, picture, NULL);
  g_assert_true (g_str_has_prefix (real->address, "https://apim.ebay.com/commerce/"));
  g_assert_true (g_str_has_prefix (tried->address, "https://apim.sandbox.ebay.com/commerce/"));
  g_assert_true (g_str_has_prefix (authorize, "https://auth.sandbox.ebay.com/oauth2/authorize?"));
}

static void
test_refuses (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_UPDATE, TRUE);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (CsJournal) journal = cs_journal_new (none);
  g_autoptr (CsChannelStep) step = cs_channel_step_make ("item");
  g_autoptr (CsRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;

  cs_adapter_test_add_variants (listing);
  cs_listing_freeze (listing);
  request = cs_channel_build (channel, listing, step, journal, NULL, &error);
  g_assert_null (request);
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
  findings = cs_channel_check (channel, listing);
  g_assert_cmpuint (findings->len, ==, 1);
}

static void
test_read (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (JsonNode) item = cs_adapter_test_json (ITEM);
  g_autoptr (JsonNode) offers = cs_adapter_test_json (OFFERS);
  g_autoptr (CsRequest) look_up = klass->build_look_up (channel, listing, 0);
  g_autofree char *asked = cs_adapter_test_describe (look_up, FALSE);
  g_autoptr (CsRemotePage) page = klass->parse_listings (channel, item, NULL);
  CsRemoteListing *remote = page->listings->pdata[0];
  g_autoptr (CsRequest) more = klass->build_more (channel, remote);
  g_autofree char *rest = cs_adapter_test_describe (more, FALSE);
  g_autoptr (GPtrArray) differences = NULL;
  g_autofree char *text = NULL;
  g_autofree char *unsold = NULL;

  g_assert_cmpstr (asked, ==, "GET " API "/inventory_item/B-1");
  g_assert_cmpstr (rest, ==, "GET " API "/offer?sku=B-1");

  /* No offer is an answer, too */
  g_assert_true (klass->parse_more (channel, remote, NULL, NULL));
  g_assert_false (remote->live);
  g_assert_true (g_str_has_prefix (remote->version, "draft."));
  g_assert_null (klass->build_more (channel, remote));
  unsold = g_strdup (remote->version);

  g_assert_true (klass->parse_more (channel, remote, offers, NULL));
  g_assert_true (remote->live);
  g_assert_true (g_str_has_prefix (remote->version, "live."));
  g_assert_cmpstr (remote->version, !=, unsold);
  g_assert_cmpstr (remote->url, ==, "https://www.ebay.de/itm/110");
  g_assert_cmpstr (remote->price, ==, "49.90 EUR");
  g_assert_cmpint (remote->stock, ==, 2);
  g_assert_null (remote->key);
  differences = cs_channel_compare (channel, listing, remote, TRUE);
  text = cs_adapter_test_join (differences);
  g_assert_cmpstr (text, ==, "");

  g_set_str (&listing->description, "Other");
  g_set_str (&listing->category_id, "1");
  listing->stock = 1;
  g_clear_pointer (&differences, g_ptr_array_unref);
  differences = cs_channel_compare (channel, listing, remote, TRUE);
  g_assert_cmpuint (differences->len, ==, 3);
}

static void
test_pull (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsRequest) first = klass->build_pull (channel, NULL);
  g_autofree char *asked = cs_adapter_test_describe (first, FALSE);
  g_autoptr (JsonNode) json = cs_adapter_test_json ("{\"total\":101,\"size\":1,\"next\":\"" API "/inventory_item?limit=100&offset=1\",\"inventoryItems\":[" ITEM "]}");
  g_autoptr (JsonNode) last = cs_adapter_test_json ("{\"total\":101,\"inventoryItems\":[{\"sku\":\"CS-0123456789ABCDEF\"}]}");
  g_autoptr (JsonNode) empty = cs_adapter_test_json ("{\"total\":0,\"size\":0}");
  g_autoptr (JsonNode) broken = cs_adapter_test_json ("{\"total\":4}");
  g_autoptr (CsRemotePage) page = klass->parse_listings (channel, json, NULL);
  g_autoptr (CsRemotePage) last_page = klass->parse_listings (channel, last, NULL);
  g_autoptr (CsRemotePage) empty_page = klass->parse_listings (channel, empty, NULL);

  g_assert_cmpstr (asked, ==, "GET " API "/inventory_item?limit=100&offset=0");
  g_assert_cmpstr (page->next, ==, "1");
  g_assert_null (last_page->next);
  g_assert_cmpstr (((CsRemoteListing *) last_page->listings->pdata[0])->key, ==, "CS-0123456789ABCDEF");
  g_assert_cmpuint (empty_page->listings->len, ==, 0);
  g_assert_null (klass->parse_listings (channel, broken, NULL));
}

static void
test_faults (void)
{
  static const char fault[] = "{\"errors\":[{\"errorId\":25707,\"domain\":\"API_INVENTORY\",\"category\":\"REQUEST\",\"message\":\"Invalid sku.\","
                              "\"longMessage\":\"SKU should be between 1 and 50 characters\",\"parameters\":[{\"name\":\"sku\",\"value\":\"x\"}]}]}";
  g_autoptr (CsChannel) channel = make_channel ();

  cs_adapter_test_assert_fault (channel, "create", 400, fault, CS_ERROR_REFUSED, "SKU should be between 1 and 50 characters");
  cs_adapter_test_assert_fault (channel, "create", 401, "{\"errors\":[{\"errorId\":1001,\"message\":\"Invalid access token\"}]}", CS_ERROR_SIGN_IN, NULL);
  cs_adapter_test_assert_fault (channel, "create", 429, "{\"errors\":[{\"errorId\":2001,\"message\":\"Too many requests.\"}]}", CS_ERROR_LATER, NULL);
  cs_adapter_test_assert_fault (channel, "create", 500, "{\"errors\":[{\"errorId\":25001,\"message\":\"A system error has occurred.\"}]}", CS_ERROR_UNKNOWN, NULL);
  cs_adapter_test_assert_fault (channel, NULL, 404, "{\"errors\":[{\"errorId\":25710,\"message\":\"We didn't find the resource\"}]}", CS_ERROR_NOT_FOUND, NULL);
  cs_adapter_test_assert_fault (channel, "publish", 404, NULL, CS_ERROR_CONFLICT, NULL);
  cs_adapter_test_assert_fault (channel, "publish", 400, "<html>", CS_ERROR_REFUSED, NULL);
}

static void
test_sign_in (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autofree char *address = klass->build_authorize (channel, "http://127.0.0.1:18731/return", "st", "ch");
  g_autoptr (CsRequest) exchange = klass->build_exchange (channel, "http://127.0.0.1:18731/return", "v^1.1#i", "ver");
  g_autofree char *exchanged = cs_adapter_test_describe (exchange, TRUE);
  g_autoptr (JsonNode) refreshed = cs_adapter_test_json ("{\"access_token\":\"new\",\"expires_in\":7200,\"token_type\":\"User Access Token\"}");
  g_autoptr (JsonObject) secrets = json_object_new ();

  g_assert_true (g_str_has_prefix (address, "https://auth.ebay.com/oauth2/authorize?client_id=ci&redirect_uri=Li-Bamboo-x&response_type=code&scope=https%3A%2F%2Fapi.ebay.com%2Foauth%2Fapi_scope%20"));
  g_assert_true (g_str_has_suffix (address, "&state=st"));
  g_assert_cmpstr (exchanged, ==, "POST /identity/v1/oauth2/token grant_type=authorization_code&code=v%5E1.1%23i&redirect_uri=Li-Bamboo-x");
  g_assert_cmpstr (soup_message_headers_get_one (exchange->headers, "Authorization"), ==, "Basic Y2k6Y3M=");
  g_assert_true (klass->parse_tokens (channel, refreshed, 1000, secrets, NULL));
  g_assert_cmpstr (json_object_get_string_member (secrets, "expires_at"), ==, "8200");
  g_assert_false (json_object_has_member (secrets, "refresh_token"));
}

static void
test_hostile (void)
{
  g_autoptr (CsChannel) channel = cs_adapter_test_make_channel (&cs_ebay_kind, "https://api.ebay.com", PROFILE, "{\"client_id\":\"ci\"}");
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_UPDATE, TRUE);

  cs_listing_freeze (listing);
  cs_adapter_test_assert_hostile (channel, listing);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/channels/ebay/plans", test_plans);
  cs_test_add_fiber ("/channels/ebay/placed-before", test_placed_before);
  cs_test_add_fiber ("/channels/ebay/bodies", test_bodies);
  cs_test_add_fiber ("/channels/ebay/hosts", test_hosts);
  cs_test_add_fiber ("/channels/ebay/refuses", test_refuses);
  cs_test_add_fiber ("/channels/ebay/read", test_read);
  cs_test_add_fiber ("/channels/ebay/pull", test_pull);
  cs_test_add_fiber ("/channels/ebay/faults", test_faults);
  cs_test_add_fiber ("/channels/ebay/sign-in", test_sign_in);
  cs_test_add_fiber ("/channels/ebay/hostile", test_hostile);

  return g_test_run ();
}
