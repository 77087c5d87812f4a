/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-adapter-test.h"
#include "cs-json.h"
#include "cs-shopify.h"
#include "cs-test.h"

/* With --requests this program prints what the adapter would send, for
 * shopify_contract.js to hold against the marketplace's own schema.
 */

#define ADDRESS "myshop.myshopify.com/admin"
#define KEY     "CS-0123456789ABCDEF"
#define GID     "gid://shopify/Product/4711"
#define PROFILE "{\"location\":\"gid://shopify/Location/1\",\"publication\":\"gid://shopify/Publication/1\"}"
#define SECRETS "{\"access_token\":\"t\",\"client_id\":\"i\",\"client_secret\":\"s\"}"

/* A picture of ours is known by its file's name: our key and how its hash begins */
#define OUR_MEDIUM   "{\"__typename\":\"MediaImage\",\"id\":\"gid://shopify/MediaImage/1\",\"alt\":\"A basket\",\"status\":\"READY\"," \
                     "\"image\":{\"url\":\"https://cdn.example/files/" KEY "-aaaaaaaaaaaa.jpg?v=1\"}}"
#define THEIR_MEDIUM "{\"__typename\":\"Video\",\"id\":\"gid://shopify/Video/9\",\"alt\":\"\",\"status\":\"READY\"}"
#define VARIANT(id, sku, price, stock, options)                                                                              \
  "{\"id\":\"gid://shopify/ProductVariant/" id "\",\"sku\":\"" sku "\",\"price\":\"" price "\",\"inventoryQuantity\":" stock ",\"selectedOptions\":[" options \
  "],\"inventoryItem\":{\"id\":\"gid://shopify/InventoryItem/" id "\",\"tracked\":true,\"inventoryLevel\":{\"quantities\":[{\"quantity\":" stock "}]}}}"
#define OPTION(name, value) "{\"name\":\"" name "\",\"value\":\"" value "\"}"
#define LIST(nodes)         "{\"nodes\":[" nodes "],\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":null}}"
#define DESCRIPTION         "<p>Woven by hand.</p><p>For &quot;fruit&quot;.</p><ul><li>Round</li><li>Light</li></ul>"
#define PRODUCT(status, media, variants, options, rest)                                                                     \
  "{\"id\":\"" GID "\",\"title\":\"Bamboo basket <round> & light\",\"handle\":\"basket\",\"descriptionHtml\":\"" DESCRIPTION "\","  \
  "\"status\":\"" status "\",\"tags\":[\"bamboo basket\",\"seller's own\",\"竹编\"],\"vendor\":\"Bamboo & Co\",\"productType\":\"\","           \
  "\"onlineStoreUrl\":null,\"category\":{\"id\":\"gid://shopify/TaxonomyCategory/ha\",\"fullName\":\"Home\"},\"key\":{\"value\":\"" KEY "\"},"                   \
  "\"options\":[" options "],\"media\":" LIST (media) ",\"variants\":" LIST (variants) rest "}"
#define SIMPLE(status) PRODUCT (status, OUR_MEDIUM "," OUR_MEDIUM, VARIANT ("1", "B-1", "49.90", "3", OPTION ("Title", "Default Title")), \
                                "{\"id\":\"gid://shopify/ProductOption/1\",\"name\":\"Title\",\"optionValues\":[{\"id\":\"1\",\"name\":\"Default Title\"}]}", "")
#define COLLECTIONS LIST ("{\"id\":\"gid://shopify/Collection/1\",\"ruleSet\":null},{\"id\":\"gid://shopify/Collection/2\",\"ruleSet\":{\"appliedDisjunctively\":true}}")
#define METAFIELDS  LIST ("{\"namespace\":\"custom\",\"key\":\"care\",\"type\":\"single_line_text_field\",\"value\":\"dry\"}," \
                          "{\"namespace\":\"app--1\",\"key\":\"x\",\"type\":\"boolean\",\"value\":\"true\"}")
#define SHOWN       "{\"data\":{\"product\":" PRODUCT ("ACTIVE", OUR_MEDIUM "," THEIR_MEDIUM,                                                   \
                                                       VARIANT ("1", "B-1-R", "10.00", "2", OPTION ("Color", "Red") "," OPTION ("Size", "L")) "," \
                                                       VARIANT ("7", "THEIRS", "9.00", "5", OPTION ("Color", "Green") "," OPTION ("Size", "S")),    \
                                                       "{\"id\":\"1\",\"name\":\"Color\",\"optionValues\":[{\"id\":\"1\",\"name\":\"Red\"},{\"id\":\"2\",\"name\":\"Green\"}]}," \
                                                       "{\"id\":\"2\",\"name\":\"Size\",\"optionValues\":[{\"id\":\"3\",\"name\":\"L\"},{\"id\":\"4\",\"name\":\"S\"}]}",     \
                                                       ",\"collections\":" COLLECTIONS ",\"metafields\":" METAFIELDS) "}}"
#define SHOWN_SIMPLE "{\"data\":{\"product\":" PRODUCT ("ACTIVE", OUR_MEDIUM, VARIANT ("1", "B-1", "49.90", "3", OPTION ("Title", "Default Title")), \
                                                        "{\"id\":\"1\",\"name\":\"Title\",\"optionValues\":[{\"id\":\"1\",\"name\":\"Default Title\"}]}", \
                                                        ",\"collections\":" COLLECTIONS ",\"metafields\":" METAFIELDS) "}}"

static const CsRecordedReply replies[] = {
  { "definition", "{\"data\":{\"metafieldDefinitionCreate\":{\"createdDefinition\":null,\"userErrors\":[{\"code\":\"TAKEN\",\"field\":[\"definition\",\"key\"],\"message\":\"Key is in use\"}]}}}" },
  { "staged", "{\"data\":{\"stagedUploadsCreate\":{\"stagedTargets\":[{\"url\":\"https://uploads.example/\",\"resourceUrl\":\"https://uploads.example/tmp/a.jpg\","
              "\"parameters\":[{\"name\":\"policy\",\"value\":\"p\"},{\"name\":\"key\",\"value\":\"tmp/a.jpg\"}]}],\"userErrors\":[]}}}" },
  { "picture", "" },
  { "create", "{\"data\":{\"productSet\":{\"product\":" SIMPLE ("DRAFT") ",\"userErrors\":[]}}}" },
  { "update", "{\"data\":{\"productSet\":{\"product\":" SIMPLE ("ACTIVE") ",\"userErrors\":[]}}}" },
  { "shown", SHOWN },
  { "offer", "{\"data\":{\"productVariantsBulkUpdate\":{\"product\":" SIMPLE ("ACTIVE") ",\"userErrors\":[]}}}" },
  { "stock", "{\"data\":{\"inventorySetQuantities\":{\"inventoryAdjustmentGroup\":{\"id\":\"1\"},\"userErrors\":[]}}}" },
  { "publish", "{\"data\":{\"publishablePublish\":{\"userErrors\":[]},\"productUpdate\":{\"product\":" SIMPLE ("ACTIVE") ",\"userErrors\":[]}}}" },
  { "", "{\"data\":{\"productUpdate\":{\"product\":" SIMPLE ("DRAFT") ",\"userErrors\":[]}}}" },
  { NULL },
};

static const CsRecordedReply simple_replies[] = {
  { "shown", SHOWN_SIMPLE },
  { "offer", "{\"data\":{\"productVariantsBulkUpdate\":{\"product\":" SIMPLE ("ACTIVE") ",\"userErrors\":[]}}}" },
  { "stock", "{\"data\":{\"inventorySetQuantities\":{\"inventoryAdjustmentGroup\":{\"id\":\"1\"},\"userErrors\":[]}}}" },
  { NULL },
};

static CsChannel *
make_channel (void)
{
  return cs_adapter_test_make_channel (&cs_shopify_kind, ADDRESS, PROFILE, SECRETS);
}

static CsListing *
make_listing (CsOperation operation,
              gboolean    live,
              gboolean    with_variants)
{
  CsListing *listing = cs_adapter_test_make_listing ("shopify", operation, live);

  if (listing->remote_id != NULL)
    g_set_str (&listing->remote_id, GID);
  listing->category_id = g_strdup ("gid://shopify/TaxonomyCategory/ha");
  listing->attributes = g_strdup ("{\"custom.origin\":\"Anji\"}");
  if (with_variants)
    cs_adapter_test_add_variants (listing);
  cs_listing_freeze (listing);

  return listing;
}

static void
assert_plan (CsOperation operation,
             gboolean    live,
             gboolean    with_variants,
             const char *expected)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (operation, live, with_variants);
  g_autofree char *plan = cs_adapter_test_play (channel, listing, replies, FALSE);

  g_assert_cmpstr (plan, ==, expected);
}

#define GRAPHQL "POST /admin/api/2026-10/graphql.json\n"

static void
test_plans (void)
{
  assert_plan (CS_OPERATION_CREATE, TRUE, FALSE,
               "definition: " GRAPHQL "staged.0: " GRAPHQL "picture.0: POST /\n"
               "staged.1: " GRAPHQL "picture.1: POST /\n"
               "create: " GRAPHQL "publish: " GRAPHQL);
  assert_plan (CS_OPERATION_CREATE, FALSE, TRUE,
               "definition: " GRAPHQL "staged.0: " GRAPHQL "picture.0: POST /\n"
               "staged.1: " GRAPHQL "picture.1: POST /\n"
               "create: " GRAPHQL);
  /* Its pictures are there already */
  assert_plan (CS_OPERATION_UPDATE, TRUE, TRUE, "shown: " GRAPHQL "update: " GRAPHQL "publish: " GRAPHQL);
  assert_plan (CS_OPERATION_UPDATE, FALSE, TRUE, "shown: " GRAPHQL "update: " GRAPHQL "unpublish: " GRAPHQL);
  assert_plan (CS_OPERATION_WITHDRAW, FALSE, FALSE, "withdraw: " GRAPHQL);
}

static char *
play (CsOperation            operation,
      gboolean               with_variants,
      const CsRecordedReply *recorded)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (operation, TRUE, with_variants);

  return cs_adapter_test_play (channel, listing, recorded, TRUE);
}

static void
assert_has (const char *text,
            const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("Not in it: %s\n%s", part, text);
}

/* What is there and not ours goes along: what a list leaves out is deleted */
static void
test_keeps (void)
{
  g_autofree char *plan = play (CS_OPERATION_UPDATE, TRUE, replies);
  const char      *update = strstr (plan, "update: ");

  assert_has (update, "\"identifier\":{\"id\":\"" GID "\"}");
  assert_has (update, "\"collections\":[\"gid://shopify/Collection/1\"]");
  assert_has (update, "{\"key\":\"care\",\"namespace\":\"custom\",\"type\":\"single_line_text_field\",\"value\":\"dry\"}");
  assert_has (update, "{\"key\":\"origin\",\"namespace\":\"custom\",\"value\":\"Anji\"}");
  assert_has (update, "{\"key\":\"key\",\"namespace\":\"countersign\",\"type\":\"id\",\"value\":\"" KEY "\"}");
  g_assert_null (strstr (update, "app--1"));
  assert_has (update, "{\"id\":\"gid://shopify/Video/9\"}");
  assert_has (update, "{\"alt\":\"A basket\",\"id\":\"gid://shopify/MediaImage/1\"}");
  assert_has (update, "seller's own");
  /* Their variant is only named, with its options */
  assert_has (update, "{\"id\":\"gid://shopify/ProductVariant/7\",\"optionValues\":[{\"name\":\"Green\",\"optionName\":\"Color\"},{\"name\":\"S\",\"optionName\":\"Size\"}]}");
  assert_has (update, "\"name\":\"Size\",\"values\":[{\"name\":\"L\"},{\"name\":\"S\"}]");
  g_assert_null (strstr (update, "\"status\":\"DRAFT\""));
}

static void
test_bodies (void)
{
  g_autofree char *created = play (CS_OPERATION_CREATE, FALSE, replies);
  g_autofree char *offered = play (CS_OPERATION_OFFER, FALSE, simple_replies);

  assert_has (created, "\"identifier\":{\"customId\":{\"key\":\"key\",\"namespace\":\"countersign\",\"value\":\"" KEY "\"}}");
  assert_has (created, "\"status\":\"DRAFT\"");
  assert_has (created, "\"price\":\"49.90\",\"sku\":\"B-1\"");
  assert_has (created, "\"originalSource\":\"https://uploads.example/tmp/a.jpg\"");
  assert_has (created, "\"inventoryQuantities\":[{\"locationId\":\"gid://shopify/Location/1\",\"name\":\"available\",\"quantity\":3}]");
  assert_has (created, "<p>For \\\"fruit\\\".</p>");
  assert_has (offered, "\"variants\":[{\"id\":\"gid://shopify/ProductVariant/1\",\"price\":\"49.90\"}]");
  assert_has (offered, "@idempotent(key: $key)");
  assert_has (offered, "{\"changeFromQuantity\":3,\"inventoryItemId\":\"gid://shopify/InventoryItem/1\",\"locationId\":\"gid://shopify/Location/1\",\"quantity\":3}");
}

/* Replies with status 200 that are none */
static void
test_faults (void)
{
  const struct
  {
    const char *step; /* NULL: read */
    const char *reply;
    int         code; /* -1: no fault */
    const char *part; /* of the sentence, or NULL */
  } cases[] = {
    { "create", "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}]}", CS_ERROR_LATER, NULL },
    { NULL, "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}]}", CS_ERROR_LATER, NULL },
    { "create", "{\"errors\":[{\"message\":\"Access denied for productSet\",\"extensions\":{\"code\":\"ACCESS_DENIED\"}}],\"data\":null}", CS_ERROR_SIGN_IN, "Access denied" },
    { "create", "{\"errors\":[{\"message\":\"Field is not defined\",\"locations\":[]}]}", CS_ERROR_REFUSED, "not defined" },
    { "create", "{\"errors\":[{\"message\":\"Internal error\",\"extensions\":{\"code\":\"INTERNAL_SERVER_ERROR\"}}]}", CS_ERROR_UNKNOWN, NULL },
    { "create", "{\"errors\":[{\"message\":\"Timed out\"}],\"data\":{\"productSet\":null}}", CS_ERROR_UNKNOWN, NULL },
    { NULL, "{\"errors\":[{\"message\":\"Timed out\"}],\"data\":null}", CS_ERROR_LATER, NULL },
    /* Part of it was done */
    { "publish", "{\"errors\":[{\"message\":\"bad\",\"extensions\":{\"code\":\"BAD_USER_INPUT\"}}],\"data\":{\"publishablePublish\":{\"userErrors\":[]},\"productUpdate\":null}}", CS_ERROR_UNKNOWN, NULL },
    { "create", "{\"data\":{\"productSet\":{\"product\":null,\"userErrors\":[{\"code\":\"INVALID_INPUT\",\"field\":[\"input\",\"title\"],\"message\":\"Title is too long\"}]}}}", CS_ERROR_REFUSED, "(title): Title is too long" },
    { "update", "{\"data\":{\"productSet\":{\"product\":null,\"userErrors\":[{\"code\":\"PRODUCT_DOES_NOT_EXIST\",\"field\":null,\"message\":\"gone\"}]}}}", CS_ERROR_CONFLICT, NULL },
    { "stock", "{\"data\":{\"inventorySetQuantities\":{\"userErrors\":[{\"code\":\"CHANGE_FROM_QUANTITY_STALE\",\"field\":[],\"message\":\"stale\"}]}}}", CS_ERROR_CONFLICT, NULL },
    { "stock", "{\"data\":{\"inventorySetQuantities\":{\"userErrors\":[{\"code\":\"IDEMPOTENCY_CONCURRENT_REQUEST\",\"field\":[],\"message\":\"in progress\"}]}}}", CS_ERROR_LATER, NULL },
    { "definition", "{\"data\":{\"metafieldDefinitionCreate\":{\"userErrors\":[{\"code\":\"TAKEN\",\"message\":\"x\"}]}}}", -1, NULL },
    { "definition", "{\"data\":{\"metafieldDefinitionCreate\":{\"userErrors\":[{\"code\":\"RESERVED_NAMESPACE_KEY\",\"message\":\"x\"}]}}}", CS_ERROR_REFUSED, NULL },
    /* Nothing can have our key before there are keys; anything else there is an error */
    { NULL, "{\"errors\":[{\"message\":\"Metafield definition of type 'id' is required\",\"path\":[\"byKey\"]}],\"data\":{\"byKey\":null}}", -1, NULL },
    { NULL, "{\"errors\":[{\"message\":\"Something went wrong\",\"path\":[\"byKey\"]}],\"data\":{\"byKey\":null}}", CS_ERROR_LATER, NULL },
    { "create", "{\"data\":{\"productSet\":{\"product\":{},\"userErrors\":[]}}}", -1, NULL },
    { "create", "{\"errors\":7,\"data\":[]}", -1, NULL },
    { "create", "[]", -1, NULL },
  };
  g_autoptr (CsChannel) channel = make_channel ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsChannelStep) step = cases[i].step != NULL ? cs_channel_step_make (cases[i].step) : NULL;
      g_autoptr (JsonNode) json = cs_adapter_test_json (cases[i].reply);
      g_autofree char *sentence = NULL;
      CsError  code = CS_ERROR_REFUSED;
      gboolean found = CS_CHANNEL_GET_CLASS (channel)->find_fault (channel, step, json, &code, &sentence);

      g_test_message ("%u: %s", i, sentence);
      g_assert_cmpint (found ? (int) code : -1, ==, cases[i].code);
      if (cases[i].part != NULL)
        assert_has (sentence, cases[i].part);
    }

  cs_adapter_test_assert_fault (channel, "create", 401, "{\"errors\":\"[API] Invalid API key or access token\"}", CS_ERROR_SIGN_IN, NULL);
  cs_adapter_test_assert_fault (channel, "create", 402, "{}", CS_ERROR_SIGN_IN, "locked");
  cs_adapter_test_assert_fault (channel, "create", 429, "{}", CS_ERROR_LATER, NULL);
  cs_adapter_test_assert_fault (channel, "create", 502, "", CS_ERROR_UNKNOWN, NULL);
  cs_adapter_test_assert_fault (channel, NULL, 500, "", CS_ERROR_LATER, NULL);
}

static void
assert_found (CsChannel  *channel,
              const char *reply,
              guint       n,
              const char *key)
{
  g_autoptr (JsonNode) json = cs_adapter_test_json (reply);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRemotePage) page = CS_CHANNEL_GET_CLASS (channel)->parse_listings (channel, json, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->listings->len, ==, n);
  if (n > 0)
    g_assert_cmpstr (((CsRemoteListing *) page->listings->pdata[0])->key, ==, key);
}

static void
test_listings (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  const char *const bad[] = { "{}", "[]", "{\"data\":{}}", "{\"data\":{\"products\":{}}}", "{\"data\":{\"products\":{\"nodes\":[7]}}}", "{\"data\":{\"bySku\":{\"nodes\":[{}]}}}" };
  g_autoptr (JsonNode) page_reply = cs_adapter_test_json ("{\"data\":{\"products\":{\"nodes\":[" SIMPLE ("ARCHIVED") "],\"pageInfo\":{\"hasNextPage\":true,\"endCursor\":\"c\"}}}}");
  g_autoptr (CsRemotePage) page = klass->parse_listings (channel, page_reply, NULL);
  CsRemoteListing *remote;

  assert_found (channel, "{\"data\":{\"byKey\":" SIMPLE ("DRAFT") "}}", 1, KEY);
  assert_found (channel, "{\"data\":{\"byKey\":null}}", 0, NULL);
  assert_found (channel, "{\"data\":{\"bySku\":{\"nodes\":[]}}}", 0, NULL);
  assert_found (channel, "{\"data\":{\"bySku\":{\"nodes\":[{\"product\":" SIMPLE ("ARCHIVED") "}]}}}", 1, KEY);
  assert_found (channel, "{\"data\":{\"product\":null}}", 0, NULL);

  g_assert_cmpstr (page->next, ==, "c");
  remote = page->listings->pdata[0];
  g_assert_cmpstr (remote->price, ==, "49.90");
  g_assert_cmpint (remote->stock, ==, 3);
  g_assert_cmpstr (remote->sku, ==, "B-1");
  g_assert_false (remote->live);
  g_assert_null (remote->variants);
  g_assert_cmpuint (g_strv_length (remote->pictures), ==, 2);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) node = cs_adapter_test_json (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (klass->parse_listings (channel, node, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_LATER);
    }
}

static void
assert_differs (const char *reply,
                gboolean    with_variants,
                guint       n_differences)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_UPDATE, TRUE, with_variants);
  g_autoptr (JsonNode) json = cs_adapter_test_json (reply);
  g_autoptr (CsRemotePage) page = CS_CHANNEL_GET_CLASS (channel)->parse_listings (channel, json, NULL);
  g_autoptr (GPtrArray) differences = cs_channel_compare (channel, listing, page->listings->pdata[0], TRUE);
  g_autofree char *text = cs_adapter_test_join (differences);

  g_test_message ("%s", text);
  g_assert_cmpuint (differences->len, ==, n_differences);
}

static void
test_compare (void)
{
  assert_differs ("{\"data\":{\"product\":" SIMPLE ("ACTIVE") "}}", FALSE, 0);
  assert_differs ("{\"data\":{\"product\":" SIMPLE ("DRAFT") "}}", FALSE, 1);
  /* One was sold; another price; no picture; one that is still worked on */
  assert_differs ("{\"data\":{\"product\":" PRODUCT ("ACTIVE", OUR_MEDIUM, VARIANT ("1", "B-1", "49.9", "2", ""), "", "") "}}", FALSE, 0);
  assert_differs ("{\"data\":{\"product\":" PRODUCT ("ACTIVE", OUR_MEDIUM, VARIANT ("1", "B-1", "49.91", "4", ""), "", "") "}}", FALSE, 2);
  assert_differs ("{\"data\":{\"product\":" PRODUCT ("ACTIVE", THEIR_MEDIUM, VARIANT ("1", "B-1", "49.90", "3", ""), "", "") "}}", FALSE, 1);
  assert_differs ("{\"data\":{\"product\":" PRODUCT ("ACTIVE", "{\"__typename\":\"MediaImage\",\"id\":\"5\",\"status\":\"PROCESSING\",\"image\":null}", VARIANT ("1", "X", "49.90", "3", ""), "", "") "}}", FALSE, 2);
}

/* What is there is not known as a whole: then nothing is written */
static void
test_shown (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_UPDATE, TRUE, FALSE);
  g_autoptr (CsChannelStep) step = cs_channel_step_make ("shown");
  const struct
  {
    const char *reply;
    CsError     code;
  } cases[] = {
    { "{\"data\":{\"product\":null}}", CS_ERROR_CONFLICT },
    { "{\"data\":{\"product\":" SIMPLE ("ACTIVE") "}}", CS_ERROR_UNKNOWN }, /* without its collections */
    { "{\"data\":{\"product\":{\"id\":\"1\",\"media\":{\"nodes\":[],\"pageInfo\":{\"hasNextPage\":true}}}}}", CS_ERROR_REFUSED },
    { "{\"data\":{\"product\":" PRODUCT ("ACTIVE", "{\"status\":\"PROCESSING\"}", "", "", ",\"collections\":" COLLECTIONS ",\"metafields\":" METAFIELDS) "}}", CS_ERROR_LATER },
    { "{}", CS_ERROR_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) json = cs_adapter_test_json (cases[i].reply);
      g_autoptr (GError) error = NULL;

      g_assert_null (CS_CHANNEL_GET_CLASS (channel)->parse (channel, listing, step, NULL, json, &error));
      g_assert_error (error, CS_ERROR, (int) cases[i].code);
    }
}

static void
assert_wait (const char *reply,
             double      seconds)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsRateLimit) limit = cs_rate_limit_new (100, 100);
  g_autoptr (JsonNode) json = cs_adapter_test_json (reply);

  CS_CHANNEL_GET_CLASS (channel)->learn (channel, NULL, json, limit, 5 * G_USEC_PER_SEC);
  g_assert_cmpint (cs_rate_limit_take (limit, 5 * G_USEC_PER_SEC), ==, (gint64) (seconds * G_USEC_PER_SEC));
}

#define COST(wanted, most, left, fill) "{\"extensions\":{\"cost\":{\"requestedQueryCost\":" wanted ",\"throttleStatus\":{\"maximumAvailable\":" most \
                                       ",\"currentlyAvailable\":" left ",\"restoreRate\":" fill "}}}}"

static void
test_learn (void)
{
  assert_wait (COST ("50", "2000.0", "1900", "100.0"), 0);
  assert_wait (COST ("50", "2000.0", "20", "100.0"), 1);
  assert_wait (COST ("400", "2000.0", "100", "100.0"), 3);
  assert_wait (COST ("1e300", "1000", "0", "50"), 20);
  assert_wait (COST ("50", "2000", "-5", "100"), 0);
  assert_wait (COST ("50", "2000", "0", "0"), 0);
  assert_wait (COST ("\"50\"", "[]", "{}", "null"), 0);
  assert_wait ("[]", 0);
}

static void
test_sign_in (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsRequest) refresh = klass->build_refresh (channel);
  g_autofree char *shown = cs_adapter_test_describe (refresh, TRUE);
  g_autoptr (JsonObject) secrets = json_object_new ();
  g_autoptr (JsonNode) good = cs_adapter_test_json ("{\"access_token\":\"new\",\"scope\":\"\",\"expires_in\":86399}");
  g_autoptr (JsonNode) bad = cs_adapter_test_json ("{\"error\":\"shop_not_permitted\"}");
  g_autoptr (CsChannel) old = cs_adapter_test_make_channel (&cs_shopify_kind, "https://admin.shopify.com/store/myshop/products", NULL, "{\"token\":\"shpat\"}");
  g_autoptr (CsRequest) request = CS_CHANNEL_GET_CLASS (old)->build_read (old, GID);

  g_assert_cmpstr (shown, ==, "POST /admin/oauth/access_token grant_type=client_credentials&client_id=i&client_secret=s");
  g_assert_true (klass->parse_tokens (channel, good, 1000, secrets, NULL));
  g_assert_cmpstr (cs_json_string (secrets, "access_token", NULL), ==, "new");
  g_assert_cmpstr (cs_json_string (secrets, "expires_at", NULL), ==, "87399");
  g_assert_false (klass->parse_tokens (channel, bad, 1000, secrets, NULL));

  g_assert_null (CS_CHANNEL_GET_CLASS (old)->build_refresh (old));
  g_assert_cmpstr (request->address, ==, "https://myshop.myshopify.com/admin/api/2026-10/graphql.json");
  klass->sign (old, request, 0);
  g_assert_cmpstr (soup_message_headers_get_one (request->headers, "X-Shopify-Access-Token"), ==, "shpat");
}

static void
test_check (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) good = make_listing (CS_OPERATION_CREATE, TRUE, TRUE);
  g_autoptr (CsListing) bad = make_listing (CS_OPERATION_CREATE, TRUE, FALSE);
  g_autoptr (GPtrArray) none = cs_channel_check (channel, good);
  g_autoptr (GPtrArray) some = NULL;
  g_autoptr (CsChannel) bare = cs_adapter_test_make_channel (&cs_shopify_kind, ADDRESS, NULL, SECRETS);

  g_assert_cmpuint (none->len, ==, 0);
  g_free (bad->title);
  bad->title = g_strnfill (256, 'x');
  bad->price.currency[0] = '\0';
  g_set_str (&bad->variants, "[{\"options\":{\"Size\":\"\"}}]");
  some = cs_channel_check (bare, bad);
  g_assert_cmpuint (some->len, ==, 3);
}

static void
test_hostile (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE, TRUE);

  cs_adapter_test_assert_hostile (channel, listing);
}

/* For the contract with the schema */

static void
print_request (CsRequest *request)
{
  const char *text;
  gsize       length;

  if (request == NULL || request->body == NULL || !g_str_has_prefix (request->content_type, "application/json"))
    return;

  text = g_bytes_get_data (request->body, &length);
  g_print ("%.*s\n", (int) length, text);
}

static void
print_step (CsChannel     *channel,
            CsListing     *listing,
            CsChannelStep *step,
            CsRequest     *request,
            gpointer       user_data)
{
  print_request (request);
}

static void
print_inquiry (CsChannel    *channel,
               CsInquiryKind kind,
               const char   *category,
               const char   *search)
{
  g_autoptr (CsInquiry) inquiry = cs_inquiry_make (kind, category, search);
  g_autoptr (CsRequest) request = CS_CHANNEL_GET_CLASS (channel)->build_inquiry (channel, inquiry);

  print_request (request);
}

static void
print_requests (void)
{
  const CsOperation operations[] = { CS_OPERATION_CREATE, CS_OPERATION_UPDATE, CS_OPERATION_OFFER, CS_OPERATION_WITHDRAW };
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE, FALSE);
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsRequest) read = klass->build_read (channel, GID);
  g_autoptr (CsRequest) pull = klass->build_pull (channel, NULL);
  g_autoptr (CsRequest) next = klass->build_pull (channel, "cursor");
  g_autoptr (CsRequest) by_key = klass->build_look_up (channel, listing, 0);
  g_autoptr (CsRequest) by_sku = klass->build_look_up (channel, listing, 1);

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      for (guint k = 0; k < 4; k++)
        {
          g_autoptr (CsChannel) other = make_channel ();
          g_autoptr (CsListing) one = make_listing (operations[i], (k & 1) != 0, operations[i] == CS_OPERATION_UPDATE || (k & 2) != 0);
          gboolean simple = operations[i] == CS_OPERATION_OFFER;
          g_autofree char *plan = NULL;

          if (simple && one->variants != NULL)
            continue;
          plan = cs_adapter_test_play_with (other, one, simple ? simple_replies : replies, FALSE, print_step, NULL);
        }
    }

  print_request (read);
  print_request (pull);
  print_request (next);
  print_request (by_key);
  print_request (by_sku);
  print_inquiry (channel, CS_INQUIRY_SHOP, NULL, NULL);
  print_inquiry (channel, CS_INQUIRY_PROFILE, NULL, NULL);
  print_inquiry (channel, CS_INQUIRY_CATEGORIES, NULL, NULL);
  print_inquiry (channel, CS_INQUIRY_CATEGORIES, "gid://shopify/TaxonomyCategory/ha", NULL);
  print_inquiry (channel, CS_INQUIRY_CATEGORIES, NULL, "basket");
  print_inquiry (channel, CS_INQUIRY_ATTRIBUTES, "gid://shopify/TaxonomyCategory/ha", NULL);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  if (argc == 2 && g_str_equal (argv[1], "--requests"))
    {
      cs_test_run_fiber (print_requests);
      return 0;
    }

  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/channels/shopify/plans", test_plans);
  cs_test_add_fiber ("/channels/shopify/keeps", test_keeps);
  cs_test_add_fiber ("/channels/shopify/bodies", test_bodies);
  cs_test_add_fiber ("/channels/shopify/faults", test_faults);
  cs_test_add_fiber ("/channels/shopify/listings", test_listings);
  cs_test_add_fiber ("/channels/shopify/compare", test_compare);
  cs_test_add_fiber ("/channels/shopify/shown", test_shown);
  cs_test_add_fiber ("/channels/shopify/learn", test_learn);
  cs_test_add_fiber ("/channels/shopify/sign-in", test_sign_in);
  cs_test_add_fiber ("/channels/shopify/check", test_check);
  cs_test_add_fiber ("/channels/shopify/hostile", test_hostile);

  return g_test_run ();
}
