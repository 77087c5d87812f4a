/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-adapter-test.h"
#include "cs-json.h"
#include "cs-test.h"
#include "cs-vendure.h"

/* The replies as Vendure 3.7 gives them; the whole way to a real one is in
 * tests/sync/test-vendure.c
 */

#define ADDRESS "https://shop.example/dashboard/products"
#define KEY     "CS-0123456789ABCDEF"
#define PROFILE "{\"key_field\":\"countersignKey\",\"language\":\"de\",\"precision\":\"2\",\"prices_hold_tax\":\"true\"}"
#define NO_FIELD "{\"key_field\":\"none\",\"prices_hold_tax\":\"false\"}"
#define SECRETS "{\"access_token\":\"t\",\"password\":\"p\",\"user\":\"u\"}"

#define DESCRIPTION "<p>Woven by hand.</p>\\n<p>For &quot;fruit&quot;.</p><ul><li>Round</li><li>Light</li></ul>"
#define OPTION(group, id, name) "{\"id\":\"" id "\",\"name\":\"" name "\",\"group\":{\"id\":\"9\",\"name\":\"" group "\"}}"
#define VARIANT(id, sku, price, stock, allocated, options)                                                                 \
  "{\"id\":\"" id "\",\"sku\":\"" sku "\",\"name\":\"x\",\"enabled\":true,\"price\":4193,\"priceWithTax\":" price ",\"currencyCode\":\"EUR\"," \
  "\"trackInventory\":\"TRUE\",\"stockLevels\":[{\"stockOnHand\":" stock ",\"stockAllocated\":" allocated "}],\"options\":[" options "]}"
#define PRODUCT(enabled, assets, variants, groups)                                                                         \
  "{\"id\":\"4711\",\"name\":\"Bamboo basket <round> & light\",\"slug\":\"basket\",\"description\":\"" DESCRIPTION "\",\"enabled\":" enabled "," \
  "\"customFields\":{\"countersignKey\":\"" KEY "\"},\"assets\":[" assets "],\"facetValues\":[{\"id\":\"5\",\"name\":\"Own\",\"facet\":{\"name\":\"F\"}}]," \
  "\"optionGroups\":[" groups "],\"variants\":[" variants "]}"
#define ASSET  "{\"id\":\"1\",\"name\":\"CS-1-aaaaaaaaaaaa.jpg\",\"source\":\"https://shop.example/1.jpg\"}"
#define ASSETS ASSET ",{\"id\":\"2\",\"name\":\"CS-2-aaaaaaaaaaaa.jpg\",\"source\":\"https://shop.example/2.jpg\"}"
#define SIMPLE(enabled) PRODUCT (enabled, ASSETS, VARIANT ("7", "B-1", "4990", "5", "2", ""), "")
#define COLOUR(more) "{\"id\":\"9\",\"name\":\"Color\",\"options\":[{\"id\":\"21\",\"name\":\"Red\"}" more "]}"
#define SIZE         "{\"id\":\"10\",\"name\":\"Size\",\"options\":[{\"id\":\"22\",\"name\":\"L\"}]}"

static const CsRecordedReply replies[] = {
  { "picture", "{\"data\":{\"createAssets\":[{\"__typename\":\"Asset\",\"id\":\"31\",\"name\":\"x\"}]}}" },
  { "create", "{\"data\":{\"createProduct\":" PRODUCT ("false", ASSETS, "", "") "}}" },
  { "variants", "{\"data\":{\"createProductVariants\":[{\"id\":\"7\"}]}}" },
  { "options", "{\"data\":{\"group0\":{\"id\":\"9\",\"name\":\"Color\",\"options\":[{\"id\":\"21\",\"name\":\"Red\"},{\"id\":\"23\",\"name\":\"Blue\"}]},"
               "\"group1\":" SIZE "}}" },
  { "attach", "{\"data\":{\"group0\":{\"id\":\"4711\"}}}" },
  { "shown", "{\"data\":{\"product\":" SIMPLE ("true") "}}" },
  { "made", "{\"data\":{\"product\":" SIMPLE ("false") "}}" },
  { "", "{\"data\":{\"updateProduct\":" SIMPLE ("true") ",\"last\":[{\"id\":\"7\",\"product\":" SIMPLE ("true") "}]}}" },
  { NULL },
};

/* One of two colours is there */
static const CsRecordedReply varied[] = {
  { "options", "{\"data\":{\"value0_1\":{\"id\":\"23\",\"name\":\"Blue\",\"group\":{\"id\":\"9\",\"name\":\"Color\"}}}}" },
  { "shown", "{\"data\":{\"product\":" PRODUCT ("true", ASSETS, VARIANT ("7", "B-1-R", "4990", "5", "0", OPTION ("Color", "21", "Red") "," OPTION ("Size", "22", "L")),
                                               COLOUR ("") "," SIZE) "}}" },
  { "", "{\"data\":{\"updateProduct\":" SIMPLE ("true") ",\"last\":[{\"id\":\"7\",\"product\":" SIMPLE ("true") "}]}}" },
  { NULL },
};

static CsChannel *
make_channel (const char *profile)
{
  return cs_adapter_test_make_channel (&cs_vendure_kind, ADDRESS, profile, SECRETS);
}

static CsListing *
make_listing (CsOperation operation,
              gboolean    live,
              gboolean    with_variants)
{
  CsListing *listing = cs_adapter_test_make_listing ("vendure", operation, live);

  listing->category_id = g_strdup ("6");
  if (with_variants)
    cs_adapter_test_add_variants (listing);
  cs_listing_freeze (listing);

  return listing;
}

static char *
play (CsOperation            operation,
      gboolean               live,
      gboolean               with_variants,
      const CsRecordedReply *recorded,
      gboolean               with_bodies)
{
  g_autoptr (CsChannel) channel = make_channel (PROFILE);
  g_autoptr (CsListing) listing = make_listing (operation, live, with_variants);

  return cs_adapter_test_play (channel, listing, recorded, with_bodies);
}

#define API "POST /admin-api\n"

static void
assert_plan (CsOperation            operation,
             gboolean               live,
             gboolean               with_variants,
             const CsRecordedReply *recorded,
             const char            *expected)
{
  g_autofree char *plan = play (operation, live, with_variants, recorded, FALSE);

  g_assert_cmpstr (plan, ==, expected);
}

static void
test_plans (void)
{
  assert_plan (CS_OPERATION_CREATE, TRUE, FALSE, replies,
               "picture.0: " API "picture.1: " API "create: " API "variants: POST /admin-api?languageCode=en\n" "made: " API "publish: " API);
  assert_plan (CS_OPERATION_CREATE, FALSE, TRUE, replies,
               "picture.0: " API "picture.1: " API "create: " API "options: " API "attach: " API "variants: POST /admin-api?languageCode=en\n");
  assert_plan (CS_OPERATION_UPDATE, TRUE, FALSE, replies, "shown: " API "update: " API "changed: " API "publish: " API);
  assert_plan (CS_OPERATION_UPDATE, FALSE, TRUE, varied, "shown: " API "options: " API "update: " API "changed: " API "added: " API "unpublish: " API);
  /* It had no variants: the one without options goes */
  assert_plan (CS_OPERATION_UPDATE, TRUE, TRUE, replies,
               "shown: " API "options: " API "attach: " API "update: " API "leaving: " API "added: " API "publish: " API);
  assert_plan (CS_OPERATION_OFFER, TRUE, FALSE, replies, "shown: " API "offer: " API);
  assert_plan (CS_OPERATION_WITHDRAW, FALSE, FALSE, replies, "withdraw: " API);
}

static void
assert_has (const char *text,
            const char *part)
{
  if (text == NULL || strstr (text, part) == NULL)
    g_error ("Not in it: %s\n%s", part, text);
}

static void
test_bodies (void)
{
  g_autofree char *created = play (CS_OPERATION_CREATE, TRUE, FALSE, replies, TRUE);
  g_autofree char *offered = play (CS_OPERATION_OFFER, TRUE, FALSE, replies, TRUE);
  g_autofree char *updated = play (CS_OPERATION_UPDATE, TRUE, TRUE, varied, TRUE);

  assert_has (created, "\"customFields\":{\"countersignKey\":\"" KEY "\"},\"enabled\":false");
  assert_has (created, "\"slug\":\"bamboo-basket-round-light\"");
  assert_has (created, "\"languageCode\":\"de\"");
  assert_has (created, "\"price\":4990,\"productId\":\"4711\",\"sku\":\"B-1\",\"stockOnHand\":3,\"trackInventory\":\"TRUE\"");
  /* Two are promised to customers already and lie there until they leave */
  assert_has (offered, "\"input\":[{\"id\":\"7\",\"price\":4990,\"stockOnHand\":5,\"trackInventory\":\"TRUE\"}]");
  assert_has (updated, "\"facetValueIds\":[\"5\",\"6\"]");
  assert_has (updated, "\"productOptionGroupId\":\"9\"");
  assert_has (updated, "\"optionIds\":[\"23\",\"22\"]");
  assert_has (updated, "\"price\":3995,\"productId\":\"4711\",\"sku\":\"B-1-B\"");
  assert_has (updated, "\"assetIds\":[\"1\",\"2\"]");
}

/* A shop that has no field for our key has it at the end of the address */
static void
test_no_field (void)
{
  g_autoptr (CsChannel) channel = make_channel (NO_FIELD);
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE, FALSE);
  g_autoptr (CsListing) chinese = cs_adapter_test_make_listing ("vendure", CS_OPERATION_CREATE, TRUE);
  g_autofree char *plan = cs_adapter_test_play (channel, listing, replies, TRUE);
  g_autofree char *other = NULL;
  g_autoptr (JsonNode) found = cs_adapter_test_json ("{\"data\":{\"products\":{\"totalItems\":1,\"items\":[{\"id\":\"1\",\"name\":\"x\",\"slug\":\"basket-cs-0123456789abcdef\",\"variants\":[]}]}}}");
  g_autoptr (CsRemotePage) page = CS_CHANNEL_GET_CLASS (channel)->parse_listings (channel, found, NULL);
  g_autoptr (CsRequest) look = CS_CHANNEL_GET_CLASS (channel)->build_look_up (channel, listing, 0);
  g_autofree char *asked = cs_adapter_test_describe (look, TRUE);

  assert_has (plan, "\"slug\":\"bamboo-basket-round-light-cs-0123456789abcdef\"");
  g_assert_null (strstr (plan, "customFields"));
  g_assert_cmpstr (((CsRemoteListing *) page->listings->pdata[0])->key, ==, KEY);
  assert_has (asked, "\"end\":\"cs-0123456789abcdef\"");

  g_set_str (&chinese->title, "竹编果篮");
  cs_listing_freeze (chinese);
  other = cs_adapter_test_play (channel, chinese, replies, TRUE);
  assert_has (other, "\"slug\":\"cs-0123456789abcdef\"");
}

static void
test_faults (void)
{
  const struct
  {
    const char *step; /* NULL: read */
    const char *reply;
    int         code; /* -1: no fault */
    const char *part;
  } cases[] = {
    { NULL, "{\"errors\":[{\"message\":\"You are not currently authorized to perform this action\",\"path\":[\"activeChannel\"],\"extensions\":{\"code\":\"FORBIDDEN\"}}],\"data\":null}", CS_ERROR_SIGN_IN, "not currently authorized" },
    { "create", "{\"errors\":[{\"message\":\"SqliteError: UNIQUE constraint failed: product.customFieldsCountersignkey\",\"path\":[\"createProduct\"]}],\"data\":null}", CS_ERROR_UNKNOWN, "has or had this product" },
    { "create", "{\"errors\":[{\"message\":\"SqliteError: disk I/O error\",\"path\":[\"createProduct\"]}],\"data\":null}", CS_ERROR_UNKNOWN, NULL },
    { NULL, "{\"errors\":[{\"message\":\"SqliteError: disk I/O error\"}],\"data\":null}", CS_ERROR_LATER, NULL },
    /* Made by a request that nobody saw the end of */
    { "variants", "{\"errors\":[{\"message\":\"A ProductVariant with the selected options already exists: x\",\"extensions\":{\"code\":\"USER_INPUT_ERROR\"}}],\"data\":null}", -1, NULL },
    { "variants", "{\"errors\":[{\"message\":\"optionIds must include one\",\"extensions\":{\"code\":\"USER_INPUT_ERROR\"}}],\"data\":null}", CS_ERROR_REFUSED, "optionIds" },
    { "added", "{\"errors\":[{\"message\":\"A ProductVariant with the selected options already exists: x\",\"extensions\":{\"code\":\"USER_INPUT_ERROR\"}}],\"data\":null}", CS_ERROR_REFUSED, "already exists" },
    { "update", "{\"errors\":[{\"message\":\"No Product with the id \\\"99\\\" could be found\",\"extensions\":{\"code\":\"ENTITY_NOT_FOUND\"}}],\"data\":null}", CS_ERROR_CONFLICT, NULL },
    { "picture.0", "{\"data\":{\"createAssets\":[{\"__typename\":\"MimeTypeError\",\"errorCode\":\"MIME_TYPE_ERROR\",\"message\":\"The MIME type was not accepted\"}]}}", CS_ERROR_REFUSED, "MIME type" },
    { "create", "{\"data\":{\"createProduct\":{\"id\":\"1\"}}}", -1, NULL },
    { "create", "{\"errors\":{},\"data\":7}", -1, NULL },
    { NULL, "[]", -1, NULL },
  };
  g_autoptr (CsChannel) channel = make_channel (PROFILE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsChannelStep) step = cases[i].step != NULL ? cs_channel_step_make (cases[i].step) : NULL;
      g_autoptr (JsonNode) json = cs_adapter_test_json (cases[i].reply);
      g_autofree char *sentence = NULL;
      CsError  code = CS_ERROR_REFUSED;
      gboolean found = CS_CHANNEL_GET_CLASS (channel)->find_fault (channel, step, json, &code, &sentence);

      g_assert_cmpint (found ? (int) code : -1, ==, cases[i].code);
      if (cases[i].part != NULL)
        assert_has (sentence, cases[i].part);
    }

  cs_adapter_test_assert_fault (channel, "create", 400, "{\"errors\":[{\"message\":\"Cannot query field\",\"extensions\":{\"code\":\"GRAPHQL_VALIDATION_FAILED\"}}]}", CS_ERROR_REFUSED, "Cannot query field");
  cs_adapter_test_assert_fault (channel, "create", 500, "", CS_ERROR_UNKNOWN, NULL);
  cs_adapter_test_assert_fault (channel, NULL, 503, "", CS_ERROR_LATER, NULL);
}

static void
assert_differs (const char *product,
                guint       n_differences)
{
  g_autoptr (CsChannel) channel = make_channel (PROFILE);
  g_autoptr (CsListing) listing = cs_adapter_test_make_listing ("vendure", CS_OPERATION_UPDATE, TRUE);
  g_autofree char *reply = g_strdup_printf ("{\"data\":{\"product\":%s}}", product);
  g_autoptr (JsonNode) json = cs_adapter_test_json (reply);
  g_autoptr (CsRemotePage) page = CS_CHANNEL_GET_CLASS (channel)->parse_listings (channel, json, NULL);
  g_autoptr (GPtrArray) differences = NULL;
  g_autofree char *text = NULL;

  cs_listing_freeze (listing);
  differences = cs_channel_compare (channel, listing, page->listings->pdata[0], TRUE);
  text = cs_adapter_test_join (differences);
  g_test_message ("%s", text);
  g_assert_cmpuint (differences->len, ==, n_differences);
}

static void
test_compare (void)
{
  assert_differs (SIMPLE ("true"), 0);
  assert_differs (SIMPLE ("false"), 1);
  /* One was sold; more than was said; another price; another SKU; one picture */
  assert_differs (PRODUCT ("true", ASSETS, VARIANT ("7", "B-1", "4990", "2", "0", ""), ""), 0);
  assert_differs (PRODUCT ("true", ASSETS, VARIANT ("7", "B-1", "4990", "4", "0", ""), ""), 1);
  assert_differs (PRODUCT ("true", ASSETS, VARIANT ("7", "B-1", "4991", "3", "0", ""), ""), 1);
  assert_differs (PRODUCT ("true", ASSETS, VARIANT ("7", "X", "4990", "3", "0", ""), ""), 1);
  assert_differs (PRODUCT ("true", ASSET, VARIANT ("7", "B-1", "4990", "3", "0", ""), ""), 1);
}

/* A create that was cut off has no variants yet */
static void
test_created (void)
{
  g_autoptr (CsChannel) channel = make_channel (PROFILE);
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE, FALSE);
  g_autoptr (JsonNode) json = cs_adapter_test_json ("{\"data\":{\"products\":{\"totalItems\":1,\"items\":[" PRODUCT ("false", ASSETS, "", "") "]}}}");
  g_autoptr (CsRemotePage) page = CS_CHANNEL_GET_CLASS (channel)->parse_listings (channel, json, NULL);
  g_autoptr (GPtrArray) created = cs_channel_compare_created (channel, listing, page->listings->pdata[0]);
  g_autoptr (GPtrArray) whole = cs_channel_compare (channel, listing, page->listings->pdata[0], FALSE);

  g_assert_cmpuint (created->len, ==, 0);
  g_assert_cmpuint (whole->len, >, 0);
}

static void
test_listings (void)
{
  g_autoptr (CsChannel) channel = make_channel (PROFILE);
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  const char *const bad[] = { "{}", "[]", "{\"data\":{}}", "{\"data\":{\"product\":7}}", "{\"data\":{\"products\":{\"items\":[7]}}}", "{\"data\":{\"products\":{\"items\":[{\"id\":\"1\"}]}}}" };
  g_autoptr (JsonNode) none = cs_adapter_test_json ("{\"data\":{\"product\":null}}");
  g_autoptr (JsonNode) some = cs_adapter_test_json ("{\"data\":{\"product\":" SIMPLE ("true") "}}");
  g_autoptr (CsRemotePage) empty = klass->parse_listings (channel, none, NULL);
  g_autoptr (CsRemotePage) page = klass->parse_listings (channel, some, NULL);
  CsRemoteListing *remote = page->listings->pdata[0];

  g_assert_cmpuint (empty->listings->len, ==, 0);
  g_assert_cmpstr (remote->key, ==, KEY);
  /* With tax, as the seller means it, and without what is promised */
  g_assert_cmpstr (remote->price, ==, "49.90 EUR");
  g_assert_cmpint (remote->stock, ==, 3);
  g_assert_true (remote->live);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) node = cs_adapter_test_json (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (klass->parse_listings (channel, node, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_LATER);
    }
}

static void
test_sign_in (void)
{
  g_autoptr (CsChannel) channel = make_channel (PROFILE);
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsRequest) refresh = klass->build_refresh (channel);
  g_autoptr (JsonObject) secrets = json_object_new ();
  g_autoptr (CsReply) good = cs_adapter_test_reply (200, "vendure-auth-token: new", "{\"data\":{\"login\":{\"__typename\":\"CurrentUser\"}}}");
  g_autoptr (CsReply) bad = cs_adapter_test_reply (200, "vendure-auth-token: none", "{\"data\":{\"login\":{\"__typename\":\"InvalidCredentialsError\",\"errorCode\":\"INVALID_CREDENTIALS_ERROR\"}}}");

  g_assert_cmpstr (refresh->address, ==, "https://shop.example/admin-api");
  klass->sign (channel, refresh, 0);
  g_assert_cmpstr (soup_message_headers_get_one (refresh->headers, "Authorization"), ==, "Bearer t");
  g_assert_false (klass->parse_token_reply (channel, bad, 0, secrets, NULL));
  g_assert_true (klass->parse_token_reply (channel, good, 0, secrets, NULL));
  g_assert_cmpstr (cs_json_string (secrets, "access_token", NULL), ==, "new");
}

static void
test_hostile (void)
{
  g_autoptr (CsChannel) channel = make_channel (PROFILE);
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE, TRUE);

  cs_adapter_test_assert_hostile (channel, listing);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/channels/vendure/plans", test_plans);
  cs_test_add_fiber ("/channels/vendure/bodies", test_bodies);
  cs_test_add_fiber ("/channels/vendure/no-field", test_no_field);
  cs_test_add_fiber ("/channels/vendure/faults", test_faults);
  cs_test_add_fiber ("/channels/vendure/compare", test_compare);
  cs_test_add_fiber ("/channels/vendure/created", test_created);
  cs_test_add_fiber ("/channels/vendure/listings", test_listings);
  cs_test_add_fiber ("/channels/vendure/sign-in", test_sign_in);
  cs_test_add_fiber ("/channels/vendure/hostile", test_hostile);

  return g_test_run ();
}
