/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-adapter-test.h"
#include "cs-amazon.h"
#include "cs-json.h"
#include "cs-test.h"

#define ADDRESS "https://sellingpartnerapi-eu.amazon.com"
#define PROFILE "{\"marketplace\":\"A1PA6795UKMFR9\",\"seller_id\":\"A1S\"}"
#define SECRETS "{\"client_id\":\"ci\",\"client_secret\":\"cs\",\"access_token\":\"Atza|x\",\"refresh_token\":\"Atzr|x\"}"
#define ITEMS   "/listings/2021-08-01/items/A1S"
#define HERE    "?marketplaceIds=A1PA6795UKMFR9"
#define PARTS   "&includedData=summaries,attributes,issues,offers,fulfillmentAvailability"

static const CsRecordedReply replies[] = {
  { "", "{\"sku\":\"B-1\",\"status\":\"ACCEPTED\",\"submissionId\":\"f1\",\"issues\":[]}" },
  { NULL },
};

/* As Amazon answers, shortened */
#define ITEM(status, issues)                                                                                                          \
  "{\"sku\":\"B-1\",\"summaries\":[{\"marketplaceId\":\"A1PA6795UKMFR9\",\"asin\":\"B0TEST1234\",\"productType\":\"BASKET\","             \
  "\"status\":[" status "],\"itemName\":\"As the catalog has it\",\"mainImage\":{\"link\":\"https://m.media-amazon.com/1.jpg\"}}],"       \
  "\"attributes\":{\"item_name\":[{\"value\":\"Bamboo basket <round> & light\"}],\"product_description\":[{\"value\":\"Woven by hand.\\n\\n" \
  "For \\\"fruit\\\".\"}],\"bullet_point\":[{\"value\":\"Round\"},{\"value\":\"Light\"}],\"generic_keyword\":[{\"value\":\"bamboo basket, " \
  "竹编\"}],\"main_product_image_locator\":[{\"media_location\":\"https://shop.example/0.jpg\"}],\"purchasable_offer\":[{\"currency\":\"EUR\"," \
  "\"our_price\":[{\"schedule\":[{\"value_with_tax\":49.90}]}]}],\"fulfillment_availability\":[{\"quantity\":2}]},"                       \
  "\"offers\":[{\"offerType\":\"B2C\",\"price\":{\"amount\":\"49.90\",\"currencyCode\":\"EUR\"}}],"                                       \
  "\"fulfillmentAvailability\":[{\"fulfillmentChannelCode\":\"DEFAULT\",\"quantity\":2}],\"issues\":[" issues "]}"
#define ISSUE "{\"code\":\"90220\",\"message\":\"'material' is required but not supplied.\",\"severity\":\"ERROR\",\"attributeNames\":[\"material\"]}"
#define WARNING "{\"code\":\"1\",\"message\":\"The image is small.\",\"severity\":\"WARNING\"}"

static CsChannel *
make_channel (void)
{
  return cs_adapter_test_make_channel (&cs_amazon_kind, ADDRESS, PROFILE, SECRETS);
}

static CsListing *
make_listing (CsOperation operation)
{
  CsListing *listing = cs_adapter_test_make_listing ("amazon", operation, TRUE);

  listing->category_id = g_strdup ("BASKET");
  listing->terms = g_strdup ("{\"condition\":\"new_new\",\"marketplace\":\"A1PA6795UKMFR9\",\"seller_id\":\"A1S\"}");
  listing->attributes = g_strdup ("{\"number.weight\":\"2\",\"picture.0\":\"https://shop.example/0.jpg\",\"picture.1\":\"http://no.example/1.jpg\","
                                  "\"raw.size\":\"[{\\\"a\\\":1}]\",\"switch.fragile\":\"true\",\"text.color\":\"Natur\",\"value.country\":\"CN\",\"weaver\":\"Li\"}");
  g_set_str (&listing->remote_id, operation != CS_OPERATION_CREATE ? "B-1" : NULL);

  return listing;
}

static char *
play (CsOperation operation)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (operation);

  return cs_adapter_test_play (channel, listing, replies, TRUE);
}

#define M "\"marketplace_id\":\"A1PA6795UKMFR9\""
#define L "\"language_tag\":\"de_DE\","

static void
test_bodies (void)
{
  g_autofree char *created = play (CS_OPERATION_CREATE);
  g_autofree char *changed = play (CS_OPERATION_UPDATE);
  g_autofree char *offered = play (CS_OPERATION_OFFER);
  g_autofree char *withdrawn = play (CS_OPERATION_WITHDRAW);

  g_assert_cmpstr (created, ==,
                   "create: PUT " ITEMS "/B-1" HERE " {\"attributes\":{\"brand\":[{" L M ",\"value\":\"Bamboo & Co\"}],"
                   "\"bullet_point\":[{" L M ",\"value\":\"Round\"},{" L M ",\"value\":\"Light\"}],\"color\":[{" L M ",\"value\":\"Natur\"}],"
                   "\"condition_type\":[{" M ",\"value\":\"new_new\"}],\"country\":[{" M ",\"value\":\"CN\"}],\"fragile\":[{" M ",\"value\":true}],"
                   "\"fulfillment_availability\":[{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":3}],"
                   "\"generic_keyword\":[{" L M ",\"value\":\"bamboo basket, 竹编\"}],\"item_name\":[{" L M ",\"value\":\"Bamboo basket <round> & light\"}],"
                   "\"main_product_image_locator\":[{" M ",\"media_location\":\"https://shop.example/0.jpg\"}],"
                   "\"product_description\":[{" L M ",\"value\":\"Woven by hand.\\u000a\\u000aFor \\\"fruit\\\".\"}],"
                   "\"purchasable_offer\":[{\"currency\":\"EUR\"," M ",\"our_price\":[{\"schedule\":[{\"value_with_tax\":49.90}]}]}],"
                   "\"size\":[{\"a\":1}],\"weight\":[{" M ",\"value\":2}]},\"productType\":\"BASKET\",\"requirements\":\"LISTING\"}\n");
  g_assert_true (g_str_has_prefix (changed, "update: PATCH " ITEMS "/B-1" HERE " {\"patches\":[{\"op\":\"replace\",\"path\":\"/attributes/"));
  g_assert_cmpstr (offered, ==,
                   "offer: PATCH " ITEMS "/B-1" HERE " {\"patches\":[{\"op\":\"replace\",\"path\":\"/attributes/fulfillment_availability\","
                   "\"value\":[{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":3}]},{\"op\":\"replace\",\"path\":\"/attributes/purchasable_offer\","
                   "\"value\":[{\"currency\":\"EUR\"," M ",\"our_price\":[{\"schedule\":[{\"value_with_tax\":49.90}]}]}]}],\"productType\":\"BASKET\"}\n");
  g_assert_cmpstr (withdrawn, ==,
                   "withdraw: PATCH " ITEMS "/B-1" HERE " {\"patches\":[{\"op\":\"replace\",\"path\":\"/attributes/fulfillment_availability\","
                   "\"value\":[{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":0}]}],\"productType\":\"BASKET\"}\n");
}

static CsRemoteListing *
read_one (CsChannel  *channel,
          const char *text)
{
  g_autoptr (JsonNode) json = cs_adapter_test_json (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRemotePage) page = CS_CHANNEL_GET_CLASS (channel)->parse_listings (channel, json, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->listings->len, ==, 1);

  return cs_remote_listing_ref (page->listings->pdata[0]);
}

/* Accepted is not on sale: what came of it is what is read back */
static void
test_read (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE);
  g_autoptr (CsRemoteListing) good = read_one (channel, ITEM ("\"DISCOVERABLE\",\"BUYABLE\"", WARNING));
  g_autoptr (CsRemoteListing) bad = read_one (channel, ITEM ("\"DISCOVERABLE\"", ISSUE "," WARNING));
  g_autoptr (GPtrArray) none = cs_channel_compare (channel, listing, good, TRUE);
  g_autoptr (GPtrArray) some = cs_channel_compare (channel, listing, bad, TRUE);
  g_autofree char *text = cs_adapter_test_join (none);
  g_autofree char *told = cs_adapter_test_join (some);
  g_autoptr (CsRequest) look_up = CS_CHANNEL_GET_CLASS (channel)->build_look_up (channel, listing, 0);
  g_autofree char *asked = cs_adapter_test_describe (look_up, FALSE);

  g_assert_cmpstr (text, ==, "");
  g_assert_true (good->live);
  g_assert_false (bad->live);
  g_assert_cmpstr (good->price, ==, "49.90 EUR");
  g_assert_cmpstr (good->url, ==, "https://www.amazon.de/dp/B0TEST1234");
  g_assert_cmpstr (good->category_id, ==, "BASKET");
  g_assert_cmpstr (good->version, ==, bad->version);
  g_assert_cmpstr (asked, ==, "GET " ITEMS "/B-1" HERE PARTS);
  g_assert_nonnull (strstr (told, "customers do not see it yet"));
  g_assert_nonnull (strstr (told, "“material”: 'material' is required but not supplied."));
  g_assert_null (strstr (told, "small"));
}

static void
test_pull (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (JsonNode) json = cs_adapter_test_json ("{\"numberOfResults\":2,\"items\":[{\"sku\":\"CS-0123456789ABCDEF\"},{\"sku\":\"b/2\"}],\"pagination\":{\"nextToken\":\"t k\"}}");
  g_autoptr (CsRemotePage) page = klass->parse_listings (channel, json, NULL);
  g_autoptr (CsRequest) next = klass->build_pull (channel, page->next);
  g_autoptr (CsRequest) read = klass->build_read (channel, "b/2");
  g_autofree char *asked = cs_adapter_test_describe (next, FALSE);
  g_autofree char *one = cs_adapter_test_describe (read, FALSE);

  g_assert_cmpuint (page->listings->len, ==, 2);
  g_assert_cmpstr (((CsRemoteListing *) page->listings->pdata[0])->key, ==, "CS-0123456789ABCDEF");
  g_assert_cmpstr (asked, ==, "GET " ITEMS HERE PARTS "&pageSize=20&pageToken=t%20k");
  g_assert_cmpstr (one, ==, "GET " ITEMS "/b%2F2" HERE PARTS);
}

static void
test_trial (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE);
  g_autoptr (CsRequest) trial = NULL;
  g_autoptr (JsonNode) json = cs_adapter_test_json ("{\"sku\":\"B-1\",\"status\":\"INVALID\",\"submissionId\":\"\",\"issues\":[" ISSUE "," WARNING "]}");
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *asked = NULL;

  cs_listing_freeze (listing);
  trial = klass->build_trial (channel, listing);
  asked = cs_adapter_test_describe (trial, FALSE);
  g_assert_cmpstr (asked, ==, "PUT " ITEMS "/B-1" HERE "&mode=VALIDATION_PREVIEW");
  g_assert_true (klass->parse_trial (channel, listing, json, findings, NULL));
  g_assert_cmpuint (findings->len, ==, 2);
}

static void
test_faults (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsChannelStep) step = cs_channel_step_make ("create");
  g_autoptr (JsonNode) invalid = cs_adapter_test_json ("{\"sku\":\"B-1\",\"status\":\"INVALID\",\"submissionId\":\"\",\"issues\":[" ISSUE "]}");
  g_autoptr (JsonNode) accepted = cs_adapter_test_json (replies[0].reply);
  g_autofree char *sentence = NULL;
  CsError code = CS_ERROR_LATER;

  g_assert_true (CS_CHANNEL_GET_CLASS (channel)->find_fault (channel, step, invalid, &code, &sentence));
  g_assert_cmpint (code, ==, CS_ERROR_REFUSED);
  g_assert_nonnull (strstr (sentence, "'material' is required"));
  g_assert_false (CS_CHANNEL_GET_CLASS (channel)->find_fault (channel, step, accepted, &code, &sentence));

  cs_adapter_test_assert_fault (channel, "create", 400, "{\"errors\":[{\"code\":\"InvalidInput\",\"message\":\"One or more parameters are wrong\",\"details\":\"'sku' is too long\"}]}",
                                CS_ERROR_REFUSED, "'sku' is too long");
  cs_adapter_test_assert_fault (channel, "create", 400, "{\"errors\":[{\"code\":\"InvalidInput\",\"message\":\"Wrong\",\"details\":\"\"}]}", CS_ERROR_REFUSED, "Wrong");
  cs_adapter_test_assert_fault (channel, "create", 403, "{\"errors\":[{\"code\":\"Unauthorized\",\"message\":\"Access to requested resource is denied.\",\"details\":\"\"}]}", CS_ERROR_SIGN_IN, NULL);
  cs_adapter_test_assert_fault (channel, "create", 429, "{\"errors\":[{\"code\":\"QuotaExceeded\",\"message\":\"You exceeded your quota\"}]}", CS_ERROR_LATER, NULL);
  cs_adapter_test_assert_fault (channel, "create", 500, "{\"errors\":[{\"code\":\"InternalFailure\",\"message\":\"x\"}]}", CS_ERROR_UNKNOWN, NULL);
  cs_adapter_test_assert_fault (channel, NULL, 404, "{\"errors\":[{\"code\":\"NOT_FOUND\",\"message\":\"SKU not found\"}]}", CS_ERROR_NOT_FOUND, NULL);
}

static void
assert_refused (CsListing *listing)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (CsJournal) journal = cs_journal_new (none);
  g_autoptr (CsChannelStep) step = cs_channel_step_make ("create");
  g_autoptr (CsRequest) request = NULL;
  g_autoptr (GPtrArray) findings = cs_channel_check (channel, listing);
  g_autoptr (GError) error = NULL;

  cs_listing_freeze (listing);
  request = cs_channel_build (channel, listing, step, journal, NULL, &error);
  g_assert_null (request);
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
  g_assert_cmpuint (findings->len, >, 0);
}

/* No drafts, no variants, no type: nothing is sent, and the seller is told before */
static void
test_refuses (void)
{
  g_autoptr (CsListing) draft = make_listing (CS_OPERATION_CREATE);
  g_autoptr (CsListing) varied = make_listing (CS_OPERATION_CREATE);
  g_autoptr (CsListing) untyped = make_listing (CS_OPERATION_CREATE);

  draft->live = FALSE;
  cs_adapter_test_add_variants (varied);
  g_clear_pointer (&untyped->category_id, g_free);
  assert_refused (draft);
  assert_refused (varied);
  assert_refused (untyped);
}

/* Pictures are fetched by Amazon, so their addresses have to be on the web */
static void
test_check (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE);
  g_autoptr (GPtrArray) wrong = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  g_autofree char *text = NULL;

  wrong = cs_channel_check (channel, listing);
  g_assert_cmpuint (wrong->len, ==, 1);
  g_set_str (&listing->attributes, "{\"picture.0\":\"https://shop.example/0.jpg\"}");
  none = cs_channel_check (channel, listing);
  g_assert_cmpuint (none->len, ==, 0);
  g_set_str (&listing->attributes, NULL);
  g_set_str (&listing->title, "A basket that is woven by hand out of bamboo, round, light, and good for fruit");
  missing = cs_channel_check (channel, listing);
  text = cs_adapter_test_join (missing);
  g_assert_cmpuint (missing->len, ==, 2);
  g_assert_nonnull (strstr (text, "at most 75 characters"));
  g_assert_nonnull (strstr (text, "use a folder for Amazon"));
}

/* The schema is at another host: it is asked without our token */
static void
test_attributes (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsInquiry) inquiry = cs_inquiry_make (CS_INQUIRY_ATTRIBUTES, "BASKET", NULL);
  g_autoptr (CsRequest) first = klass->build_inquiry (channel, inquiry);
  g_autoptr (CsRequest) second = NULL;
  g_autoptr (CsRequest) third = NULL;
  g_autofree char *asked = cs_adapter_test_describe (first, FALSE);
  g_autoptr (JsonNode) definition = cs_adapter_test_json ("{\"schema\":{\"link\":{\"resource\":\"https://selling-partner-definitions.example/basket.json?sig=1\",\"verb\":\"GET\"}}}");
  g_autoptr (JsonNode) plain = cs_adapter_test_json ("{\"schema\":{\"link\":{\"resource\":\"http://selling-partner-definitions.example/basket.json\"}}}");
  g_autoptr (JsonNode) schema =
    cs_adapter_test_json ("{\"required\":[\"color\",\"item_name\",\"dimensions\"],\"properties\":{"
                          "\"color\":{\"title\":\"Color\",\"items\":{\"properties\":{\"value\":{\"type\":\"string\",\"maxLength\":50},\"language_tag\":{\"type\":\"string\"}}}},"
                          "\"country\":{\"title\":\"Country\",\"items\":{\"properties\":{\"value\":{\"type\":\"string\",\"enum\":[\"CN\",\"VN\"],\"enumNames\":[\"China\",\"Vietnam\"]}}}},"
                          "\"weight\":{\"title\":\"Weight\",\"items\":{\"properties\":{\"value\":{\"type\":\"number\"}}}},"
                          "\"dimensions\":{\"title\":\"Size\",\"items\":{\"properties\":{\"height\":{\"type\":\"object\"}}}},"
                          "\"other_parts\":{\"title\":\"Parts\",\"items\":{\"properties\":{\"x\":{}}}},"
                          "\"item_name\":{\"title\":\"Title\",\"items\":{\"properties\":{\"value\":{\"type\":\"string\"}}}}}}");
  CsForm *form = inquiry->form;

  g_assert_cmpstr (asked, ==, "GET /definitions/2020-09-01/productTypes/BASKET" HERE "&requirements=LISTING&locale=de_DE&sellerId=A1S");
  g_assert_false (klass->parse_inquiry (channel, inquiry, plain, NULL));
  g_assert_true (klass->parse_inquiry (channel, inquiry, definition, NULL));
  inquiry->n_answers++;
  second = klass->build_inquiry (channel, inquiry);
  klass->sign (channel, first, 0);
  klass->sign (channel, second, 0);
  g_assert_cmpstr (soup_message_headers_get_one (first->headers, "x-amz-access-token"), ==, "Atza|x");
  g_assert_null (soup_message_headers_get_one (second->headers, "x-amz-access-token"));

  g_assert_true (klass->parse_inquiry (channel, inquiry, schema, NULL));
  inquiry->n_answers++;
  third = klass->build_inquiry (channel, inquiry);
  g_assert_null (third);
  g_assert_true (cs_form_find (form, "text.color")->required);
  g_assert_cmpuint (cs_form_find (form, "text.color")->longest, ==, 50);
  g_assert_cmpstr (((CsFormChoice *) cs_form_find (form, "value.country")->choices->pdata[1])->label, ==, "Vietnam");
  g_assert_cmpint (cs_form_find (form, "number.weight")->kind, ==, CS_FORM_NUMBER);
  g_assert_true (cs_form_find (form, "raw.dimensions")->required);
  g_assert_null (cs_form_find (form, "raw.other_parts"));
  g_assert_null (cs_form_find (form, "value.item_name"));
  g_assert_nonnull (cs_form_find (form, "picture.8"));
}

/* Many shops share an address: who and where tells them apart */
static void
test_shop (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsInquiry) inquiry = cs_inquiry_make (CS_INQUIRY_SHOP, NULL, NULL);
  g_autoptr (CsRequest) request = klass->build_inquiry (channel, inquiry);
  g_autofree char *asked = cs_adapter_test_describe (request, FALSE);
  g_autoptr (JsonNode) json = cs_adapter_test_json ("{\"numberOfResults\":0,\"items\":[]}");

  g_assert_cmpstr (asked, ==, "GET " ITEMS HERE "&pageSize=1");
  g_assert_true (klass->parse_inquiry (channel, inquiry, json, NULL));
  g_assert_cmpstr (inquiry->shop->name, ==, "amazon.de");
  g_assert_cmpstr (inquiry->shop->currency, ==, "EUR");
  g_assert_cmpstr (inquiry->shop->profile, ==, PROFILE);
}

static void
test_tokens (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsRequest) refresh = klass->build_refresh (channel);
  g_autofree char *text = cs_adapter_test_describe (refresh, TRUE);
  g_autoptr (JsonNode) json = cs_adapter_test_json ("{\"access_token\":\"Atza|new\",\"refresh_token\":\"Atzr|x\",\"token_type\":\"bearer\",\"expires_in\":3600}");
  g_autoptr (JsonObject) secrets = json_object_new ();

  g_assert_true (g_str_has_prefix (refresh->address, "https://api.amazon.com/"));
  g_assert_cmpstr (text, ==, "POST /auth/o2/token grant_type=refresh_token&refresh_token=Atzr%7Cx&client_id=ci&client_secret=cs");
  g_assert_true (klass->parse_tokens (channel, json, 1000, secrets, NULL));
  g_assert_cmpstr (json_object_get_string_member (secrets, "expires_at"), ==, "4600");
}

static void
test_hostile (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_UPDATE);

  cs_listing_freeze (listing);
  cs_adapter_test_assert_hostile (channel, listing);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/channels/amazon/bodies", test_bodies);
  cs_test_add_fiber ("/channels/amazon/read", test_read);
  cs_test_add_fiber ("/channels/amazon/pull", test_pull);
  cs_test_add_fiber ("/channels/amazon/trial", test_trial);
  cs_test_add_fiber ("/channels/amazon/faults", test_faults);
  cs_test_add_fiber ("/channels/amazon/refuses", test_refuses);
  cs_test_add_fiber ("/channels/amazon/check", test_check);
  cs_test_add_fiber ("/channels/amazon/attributes", test_attributes);
  cs_test_add_fiber ("/channels/amazon/shop", test_shop);
  cs_test_add_fiber ("/channels/amazon/tokens", test_tokens);
  cs_test_add_fiber ("/channels/amazon/hostile", test_hostile);

  return g_test_run ();
}
