/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-adapter-test.h"
#include "cs-ebay.h"
#include "cs-json.h"
#include "cs-test.h"

/* Products in variants at eBay: a group of items, each with an offer */

#define PROFILE "{\"marketplace\":\"EBAY_DE\"}"
#define SECRETS "{\"client_id\":\"ci\",\"client_secret\":\"cs\",\"runame\":\"ru\",\"access_token\":\"at\",\"refresh_token\":\"rt\"}"
#define TERMS                                                                                               \
  "{\"condition\":\"NEW\",\"fulfillment_policy_id\":\"61\",\"location_key\":\"home\",\"marketplace\":\"EBAY_DE\"," \
  "\"payment_policy_id\":\"62\",\"return_policy_id\":\"63\"}"

#define API   "/sell/inventory/v1"
#define KEY   "CS-0123456789ABCDEF"
#define GROUP "group:" KEY

static const CsRecordedReply replies[] = {
  { "picture.0", "{\"imageUrl\":\"https://i.ebayimg.com/0.jpg\"}" },
  { "picture.1", "{\"imageUrl\":\"https://i.ebayimg.com/1.jpg\"}" },
  { "seen", "{\"responses\":[{\"statusCode\":404,\"sku\":\"B-1-R\",\"errors\":[{\"errorId\":25710,\"message\":\"Not found\"}]},"
            "{\"statusCode\":200,\"sku\":\"B-1-B\",\"inventoryItem\":{\"inventoryItemGroupKeys\":[\"" KEY "\"]}}]}" },
  { "items", "{\"responses\":[{\"statusCode\":201,\"sku\":\"B-1-R\"},{\"statusCode\":200,\"sku\":\"B-1-B\"}]}" },
  { "place", "{\"responses\":[{\"statusCode\":400,\"sku\":\"B-1-B\",\"errors\":[{\"errorId\":25002,\"parameters\":[{\"name\":\"offerId\",\"value\":\"902\"}]}]},"
             "{\"statusCode\":200,\"sku\":\"B-1-R\",\"offerId\":\"901\"}]}" },
  { "find.0", "{\"offers\":[{\"offerId\":\"7\",\"marketplaceId\":\"EBAY_US\"},{\"offerId\":\"901\",\"marketplaceId\":\"EBAY_DE\"}]}" },
  { "find.1", "{\"offers\":[{\"offerId\":\"902\",\"marketplaceId\":\"EBAY_DE\"}]}" },
  { "offer", "{\"responses\":[{\"statusCode\":200,\"sku\":\"B-1-R\"},{\"statusCode\":200,\"sku\":\"B-1-B\"}]}" },
  { "publish", "{\"listingId\":\"110\"}" },
  { "", "" },
  { NULL },
};

#define SHOWN                                                                                                        \
  "{\"inventoryItemGroupKey\":\"" KEY "\",\"title\":\"Bamboo basket <round> & light\",\"description\":\"<p>Woven by hand.</p>"       \
  "<p>For &quot;fruit&quot;.</p><ul><li>Round</li><li>Light</li></ul>\",\"imageUrls\":[\"https://i.ebayimg.com/0.jpg\","     \
  "\"https://i.ebayimg.com/1.jpg\"],\"variantSKUs\":[\"B-1-R\",\"B-1-B\"],\"variesBy\":{\"specifications\":["               \
  "{\"name\":\"Color\",\"values\":[\"Red\",\"Blue\"]},{\"name\":\"Size\",\"values\":[\"L\"]}]}}"
#define ITEM(sku, color, stock)                                                                                        \
  "{\"sku\":\"" sku "\",\"inventoryItemGroupKeys\":[\"" KEY "\"],\"availability\":{\"shipToLocationAvailability\":{\"quantity\":" stock "}}," \
  "\"product\":{\"aspects\":{\"Color\":[\"" color "\"],\"Size\":[\"L\"]}}}"
#define ITEMS(red)                                                                                                    \
  "{\"responses\":[{\"statusCode\":200,\"sku\":\"B-1-R\",\"inventoryItem\":" ITEM ("B-1-R", "Red", red) "},"              \
  "{\"statusCode\":200,\"sku\":\"B-1-B\",\"inventoryItem\":" ITEM ("B-1-B", "Blue", "4") "}]}"
#define OFFER(id, price)                                                                                              \
  "{\"offers\":[{\"offerId\":\"" id "\",\"marketplaceId\":\"EBAY_DE\",\"format\":\"FIXED_PRICE\",\"categoryId\":\"20625\","   \
  "\"listingDescription\":\"\",\"status\":\"PUBLISHED\",\"listing\":{\"listingId\":\"110\"},"                              \
  "\"pricingSummary\":{\"price\":{\"value\":\"" price "\",\"currency\":\"EUR\"}}}]}"

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
  listing->attributes = g_strdup ("{\"aspect.Material\":\"Bambus\"}");
  g_set_str (&listing->key, KEY);
  g_set_str (&listing->remote_id, operation != CS_OPERATION_CREATE ? GROUP : NULL);
  if (operation != CS_OPERATION_WITHDRAW)
    cs_adapter_test_add_variants (listing);

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
#define BEGIN PICTURES "seen: POST " API "/bulk_get_inventory_item\nitems: POST " API "/bulk_create_or_replace_inventory_item\n"

static void
test_plans (void)
{
  assert_plan (CS_OPERATION_CREATE, TRUE, NULL,
               BEGIN "create: PUT " API "/inventory_item_group/" KEY "\nplace: POST " API "/bulk_create_offer\n"
                     "update.1: PUT " API "/offer/902\npublish: POST " API "/offer/publish_by_inventory_item_group\n");
  assert_plan (CS_OPERATION_CREATE, FALSE, NULL,
               BEGIN "create: PUT " API "/inventory_item_group/" KEY "\nplace: POST " API "/bulk_create_offer\n"
                     "update.1: PUT " API "/offer/902\n");
  assert_plan (CS_OPERATION_UPDATE, TRUE, "live.12",
               BEGIN "update: PUT " API "/inventory_item_group/" KEY "\nplace: POST " API "/bulk_create_offer\n"
                     "update.0: PUT " API "/offer/901\nupdate.1: PUT " API "/offer/902\n"
                     "publish: POST " API "/offer/publish_by_inventory_item_group\n");
  /* One of its variants is on sale, one is not */
  assert_plan (CS_OPERATION_UPDATE, FALSE, "part.12",
               BEGIN "update: PUT " API "/inventory_item_group/" KEY "\nplace: POST " API "/bulk_create_offer\n"
                     "update.0: PUT " API "/offer/901\nupdate.1: PUT " API "/offer/902\n"
                     "unpublish: POST " API "/offer/withdraw_by_inventory_item_group\n");
  assert_plan (CS_OPERATION_WITHDRAW, FALSE, NULL, "withdraw: POST " API "/offer/withdraw_by_inventory_item_group\n");
  assert_plan (CS_OPERATION_OFFER, TRUE, NULL,
               "find.0: GET " API "/offer?sku=B-1-R\nfind.1: GET " API "/offer?sku=B-1-B\noffer: POST " API "/bulk_update_price_quantity\n");
}

/* Nothing is published that is on sale already */
static void
test_all_there (void)
{
  CsRecordedReply again[G_N_ELEMENTS (replies)];
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_UPDATE, TRUE);
  g_autofree char *plan = NULL;

  memcpy (again, replies, sizeof replies);
  again[2].reply = "{\"responses\":[{\"sku\":\"B-1-R\",\"inventoryItem\":{\"inventoryItemGroupKeys\":[\"" KEY "\"]}},"
                   "{\"sku\":\"B-1-B\",\"inventoryItem\":{\"inventoryItemGroupKeys\":[\"" KEY "\"]}}]}";
  again[4].reply = "{\"responses\":[{\"sku\":\"B-1-R\",\"errors\":[{\"errorId\":25002,\"parameters\":[{\"name\":\"offerId\",\"value\":\"901\"}]}]},"
                   "{\"sku\":\"B-1-B\",\"errors\":[{\"errorId\":25002,\"parameters\":[{\"name\":\"offerId\",\"value\":\"902\"}]}]}]}";
  listing->remote_version = g_strdup ("live.12");
  plan = cs_adapter_test_play (channel, listing, again, FALSE);
  g_assert_true (g_str_has_suffix (plan, "update.1: PUT " API "/offer/902\n"));
}

static void
test_bodies (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (CsListing) offer = make_listing (CS_OPERATION_OFFER, TRUE);
  g_autofree char *plan = cs_adapter_test_play (channel, listing, replies, TRUE);
  g_autofree char *offered = cs_adapter_test_play (channel, offer, replies, TRUE);

  g_test_message ("%s", plan);
  g_assert_nonnull (strstr (plan, "seen: POST " API "/bulk_get_inventory_item {\"requests\":[{\"sku\":\"B-1-R\"},{\"sku\":\"B-1-B\"}]}\n"));
  /* The group has the title; the first variant has a picture of its own */
  g_assert_nonnull (strstr (plan,
                            "{\"requests\":[{\"availability\":{\"shipToLocationAvailability\":{\"quantity\":1}},\"condition\":\"NEW\",\"locale\":\"de_DE\","
                            "\"product\":{\"aspects\":{\"Brand\":[\"Bamboo & Co\"],\"Color\":[\"Red\"],\"Material\":[\"Bambus\"],\"Size\":[\"L\"]},"
                            "\"imageUrls\":[\"https://i.ebayimg.com/0.jpg\"]},\"sku\":\"B-1-R\"},"));
  g_assert_nonnull (strstr (plan,
                            "\"imageUrls\":[\"https://i.ebayimg.com/0.jpg\",\"https://i.ebayimg.com/1.jpg\"],\"title\":\"Bamboo basket <round> & light\","
                            "\"variantSKUs\":[\"B-1-R\",\"B-1-B\"],\"variesBy\":{\"specifications\":[{\"name\":\"Color\",\"values\":[\"Red\",\"Blue\"]},"
                            "{\"name\":\"Size\",\"values\":[\"L\"]}]}}\n"));
  g_assert_nonnull (strstr (plan, "create: PUT " API "/inventory_item_group/" KEY " {\"aspects\":{\"Brand\":[\"Bamboo & Co\"],\"Material\":[\"Bambus\"]},"
                                  "\"description\":\"<p>Woven by hand.</p>"));
  g_assert_nonnull (strstr (plan, "{\"currency\":\"EUR\",\"value\":\"39.95\"}},\"sku\":\"B-1-B\"}]}\n"));
  g_assert_null (strstr (plan, "listingDescription"));
  g_assert_nonnull (strstr (plan, "{\"inventoryItemGroupKey\":\"" KEY "\",\"marketplaceId\":\"EBAY_DE\"}\n"));
  g_assert_nonnull (strstr (offered,
                            "{\"offers\":[{\"availableQuantity\":4,\"offerId\":\"902\",\"price\":{\"currency\":\"EUR\",\"value\":\"39.95\"}}],"
                            "\"shipToLocationAvailability\":{\"quantity\":4},\"sku\":\"B-1-B\"}]}\n"));
}

/* What somebody else has under one of the SKUs is not written over */
static void
test_stranger (void)
{
  static const char *const strangers[] = { "{}", "{\"inventoryItemGroupKeys\":[\"another\"]}" };
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (CsChannelStep) step = cs_channel_step_make ("seen");
  g_autoptr (CsReply) reply = cs_adapter_test_reply (200, NULL, "");

  cs_listing_freeze (listing);
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"responses\":[{\"statusCode\":200,\"sku\":\"B-1-R\",\"inventoryItem\":%s}]}", strangers[i]);
      g_autoptr (JsonNode) json = cs_adapter_test_json (text);
      g_autoptr (GError) error = NULL;

      g_assert_null (CS_CHANNEL_GET_CLASS (channel)->parse (channel, listing, step, reply, json, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
      g_assert_nonnull (strstr (error->message, "B-1-R"));
    }
}

/* One that was refused among several */
static void
test_refused (void)
{
  static const char *const steps[] = { "items", "place", "offer" };
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (JsonNode) json = cs_adapter_test_json ("{\"responses\":[{\"statusCode\":200,\"sku\":\"B-1-R\",\"offerId\":\"1\"},{\"statusCode\":400,"
                                                    "\"sku\":\"B-1-B\",\"errors\":[{\"errorId\":25709,\"message\":\"m\",\"longMessage\":\"Invalid quantity\"}]}]}");

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (CsChannelStep) step = cs_channel_step_make (steps[i]);
      g_autofree char *sentence = NULL;
      CsError code = CS_ERROR_LATER;

      g_assert_true (CS_CHANNEL_GET_CLASS (channel)->find_fault (channel, step, json, &code, &sentence));
      g_assert_cmpint (code, ==, CS_ERROR_REFUSED);
      g_assert_nonnull (strstr (sentence, "Invalid quantity"));
    }
}

/* Takes the next part of what is shown */
static void
assert_more (CsChannel       *channel,
             CsRemoteListing *remote,
             const char      *asked,
             const char      *reply)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsRequest) request = klass->build_more (channel, remote);
  g_autofree char *text = cs_adapter_test_describe (request, TRUE);
  g_autoptr (JsonNode) json = reply != NULL ? cs_adapter_test_json (reply) : NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (text, ==, asked);
  g_assert_true (klass->parse_more (channel, remote, json, &error));
  g_assert_no_error (error);
}

static CsRemoteListing *
read_group (CsChannel  *channel,
            const char *items,
            const char *second)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (JsonNode) group = cs_adapter_test_json (SHOWN);
  g_autoptr (CsRemotePage) page = klass->parse_listings (channel, group, NULL);
  CsRemoteListing *remote = page->listings->pdata[0];

  g_assert_cmpuint (page->listings->len, ==, 1);
  assert_more (channel, remote, "POST " API "/bulk_get_inventory_item {\"requests\":[{\"sku\":\"B-1-R\"},{\"sku\":\"B-1-B\"}]}", items);
  assert_more (channel, remote, "GET " API "/offer?sku=B-1-R", OFFER ("901", "49.90"));
  g_assert_null (remote->version);
  assert_more (channel, remote, "GET " API "/offer?sku=B-1-B", second);
  g_assert_null (klass->build_more (channel, remote));

  return cs_remote_listing_ref (remote);
}

static void
test_read (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (CsRequest) look_up = klass->build_look_up (channel, listing, 0);
  g_autofree char *asked = cs_adapter_test_describe (look_up, FALSE);
  g_autoptr (CsRemoteListing) remote = read_group (channel, ITEMS ("1"), OFFER ("902", "39.95"));
  g_autoptr (CsRemoteListing) sold = read_group (channel, ITEMS ("0"), OFFER ("902", "39.95"));
  g_autoptr (CsRemoteListing) other = read_group (channel, ITEMS ("1"), OFFER ("902", "35.00"));
  g_autoptr (CsRemoteListing) lost = read_group (channel, ITEMS ("1"), NULL);
  g_autoptr (GPtrArray) same = cs_channel_compare (channel, listing, remote, TRUE);
  g_autoptr (GPtrArray) less = cs_channel_compare (channel, listing, sold, TRUE);
  g_autoptr (GPtrArray) dearer = cs_channel_compare (channel, listing, other, TRUE);
  g_autoptr (GPtrArray) gone = cs_channel_compare (channel, listing, lost, TRUE);
  g_autofree char *text = cs_adapter_test_join (same);

  g_assert_cmpstr (asked, ==, "GET " API "/inventory_item_group/" KEY);
  g_assert_null (klass->build_look_up (channel, listing, 1));
  g_assert_cmpstr (remote->remote_id, ==, GROUP);
  g_assert_cmpstr (remote->key, ==, KEY);
  g_assert_true (remote->live);
  g_assert_true (g_str_has_prefix (remote->version, "live."));
  g_assert_cmpstr (remote->url, ==, "https://www.ebay.de/itm/110");
  g_assert_cmpint (remote->stock, ==, 5);
  g_assert_cmpstr (remote->variants, ==,
                   "[{\"options\":{\"Color\":\"Red\",\"Size\":\"L\"},\"price\":\"49.90 EUR\",\"sku\":\"B-1-R\",\"stock\":1},"
                   "{\"options\":{\"Color\":\"Blue\",\"Size\":\"L\"},\"price\":\"39.95 EUR\",\"sku\":\"B-1-B\",\"stock\":4}]");
  g_assert_cmpstr (text, ==, "");

  /* What was sold meanwhile is no difference, and no other version */
  g_assert_cmpuint (less->len, ==, 0);
  g_assert_cmpstr (sold->version, ==, remote->version);
  g_assert_cmpuint (dearer->len, ==, 1);
  g_assert_cmpstr (other->version, !=, remote->version);
  /* Neither its price nor that it is on sale */
  g_assert_cmpuint (gone->len, ==, 2);
  g_assert_true (g_str_has_prefix (lost->version, "part."));
}

/* The items of a group come in as one listing, which is read by itself then */
static void
test_pull (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (JsonNode) json = cs_adapter_test_json ("{\"total\":3,\"inventoryItems\":[" ITEM ("B-1-R", "Red", "1") ",{\"sku\":\"B-2\"},"
                                                    ITEM ("B-1-B", "Blue", "4") "]}");
  g_autoptr (CsRemotePage) page = klass->parse_listings (channel, json, NULL);
  CsRemoteListing *remote = page->listings->pdata[0];

  g_assert_cmpuint (page->listings->len, ==, 2);
  g_assert_cmpstr (remote->remote_id, ==, GROUP);
  g_assert_cmpstr (((CsRemoteListing *) page->listings->pdata[1])->remote_id, ==, "B-2");
  assert_more (channel, remote, "GET " API "/inventory_item_group/" KEY, SHOWN);
  g_assert_cmpstr (remote->title, ==, "Bamboo basket <round> & light");
  assert_more (channel, remote, "POST " API "/bulk_get_inventory_item {\"requests\":[{\"sku\":\"B-1-R\"},{\"sku\":\"B-1-B\"}]}", ITEMS ("1"));
  assert_more (channel, remote, "GET " API "/offer?sku=B-1-R", OFFER ("901", "49.90"));
  assert_more (channel, remote, "GET " API "/offer?sku=B-1-B", OFFER ("902", "39.95"));
  g_assert_nonnull (remote->version);
}

/* An item that names a group that is not there any more does not hold up the others */
static void
test_stale_group (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (JsonNode) json = cs_adapter_test_json ("{\"total\":1,\"inventoryItems\":[" ITEM ("B-1-R", "Red", "1") "]}");
  g_autoptr (CsRemotePage) page = klass->parse_listings (channel, json, NULL);

  assert_more (channel, page->listings->pdata[0], "GET " API "/inventory_item_group/" KEY, NULL);
  g_assert_null (klass->build_more (channel, page->listings->pdata[0]));
}

static guint
count_findings (CsListing *listing)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (GPtrArray) findings = NULL;

  cs_listing_freeze (listing);
  findings = cs_channel_check (channel, listing);

  return findings->len;
}

static void
test_check (void)
{
  g_autoptr (CsListing) whole = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (CsListing) unknown = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (CsListing) single = make_listing (CS_OPERATION_UPDATE, TRUE);
  g_autoptr (CsListing) emptied = make_listing (CS_OPERATION_UPDATE, TRUE);
  g_autoptr (CsListing) many = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (GString) variants = g_string_new ("[");

  g_assert_cmpuint (count_findings (whole), ==, 0);
  g_set_str (&unknown->variants, "[{\"options\":{\"Size\":\"L\"},\"price\":\"9 EUR\",\"sku\":\"a\",\"stock\":-1}]");
  g_assert_cmpuint (count_findings (unknown), ==, 1);
  g_set_str (&single->remote_id, "B-1");
  g_assert_cmpuint (count_findings (single), ==, 1);
  g_clear_pointer (&emptied->variants, g_free);
  g_assert_cmpuint (count_findings (emptied), ==, 1);
  for (guint i = 0; i < 26; i++)
    g_string_append_printf (variants, "%s{\"options\":{\"Size\":\"%u\"},\"price\":\"9 EUR\",\"sku\":\"a-%u\",\"stock\":1}", i > 0 ? "," : "", i, i);
  g_string_append (variants, "]");
  g_set_str (&many->variants, variants->str);
  g_assert_cmpuint (count_findings (many), ==, 1);
}

static void
test_hostile (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
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

  cs_test_add_fiber ("/channels/ebay-group/plans", test_plans);
  cs_test_add_fiber ("/channels/ebay-group/all-there", test_all_there);
  cs_test_add_fiber ("/channels/ebay-group/bodies", test_bodies);
  cs_test_add_fiber ("/channels/ebay-group/stranger", test_stranger);
  cs_test_add_fiber ("/channels/ebay-group/refused", test_refused);
  cs_test_add_fiber ("/channels/ebay-group/read", test_read);
  cs_test_add_fiber ("/channels/ebay-group/pull", test_pull);
  cs_test_add_fiber ("/channels/ebay-group/stale-group", test_stale_group);
  cs_test_add_fiber ("/channels/ebay-group/check", test_check);
  cs_test_add_fiber ("/channels/ebay-group/hostile", test_hostile);

  return g_test_run ();
}
