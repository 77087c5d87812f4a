/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-adapter-test.h"
#include "cs-json.h"
#include "cs-oauth1.h"
#include "cs-test.h"
#include "cs-woocommerce.h"
#include "woocommerce-replies.h"

static const CsRecordedReply replies[] = {
  { "shown", SIMPLE ("publish") },
  { "pictures", "[]" },
  { "picture.0", "{\"id\":901,\"source_url\":\"https://bamboo.example/1.jpg\"}" },
  { "picture.1", "{\"id\":902,\"source_url\":\"https://bamboo.example/2.jpg\"}" },
  { "category.new", "{\"create\":[{\"id\":22,\"name\":\"Baskets\"}]}" },
  { "category", "[{\"id\":20,\"name\":\"Basket weaving\"},{\"id\":21,\"name\":\"baskets\"}]" },
  { "tags", "{\"create\":[{\"id\":0,\"error\":{\"code\":\"term_exists\",\"message\":\"…\",\"data\":{\"status\":400,\"resource_id\":31}}},{\"id\":32,\"name\":\"竹编\"}]}" },
  { "variants.seen", "[]" },
  { "variants.done", VARIABLE ("draft") },
  { "variants", "{\"create\":[{\"id\":51},{\"id\":52}]}" },
  { "", SIMPLE ("draft") },
  { NULL },
};

static CsChannel *
make_channel (void)
{
  return cs_adapter_test_make_channel (&cs_woocommerce_kind, ADDRESS, NULL, PASSWORD);
}

static CsListing *
make_listing (CsOperation operation,
              gboolean    live,
              gboolean    varies)
{
  CsListing *listing = cs_adapter_test_make_listing ("woocommerce", operation, live);

  listing->category = g_strdup ("Kitchen > Baskets");
  listing->attributes = g_strdup ("{\"Care\":[\"Dry\",\"Cool\"],\"attribute-5\":\"Twill\"}");
  if (varies)
    cs_adapter_test_add_variants (listing);
  cs_listing_freeze (listing);

  return listing;
}

static void
assert_plan (CsOperation operation,
             gboolean    live,
             gboolean    varies,
             const char *expected)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (operation, live, varies);
  g_autofree char *plan = cs_adapter_test_play (channel, listing, replies, FALSE);

  g_assert_cmpstr (plan, ==, expected);
}

#define PREPARATION                                                              \
  "picture.0: POST " MEDIA "?slug=" SLUG "&alt_text=A%20basket\n"                \
  "picture.1: POST " MEDIA "?slug=" SLUG_2 "&alt_text=Its%20rim\n"                 \
  "category: GET " REST "/categories?per_page=100&search=Baskets\n"              \
  "tags: POST " REST "/tags/batch\n"
#define VARIANTS                                                                 \
  "variants.seen: GET " REST "/4711/variations?per_page=100&context=edit\n"      \
  "variants: POST " REST "/4711/variations/batch\n"                              \
  "variants.done: GET " REST "/4711?context=edit\n"

static void
test_plans (void)
{
  assert_plan (CS_OPERATION_CREATE, TRUE, FALSE, PREPARATION "create: POST " REST "\npublish: PUT " REST "/4711\n");
  assert_plan (CS_OPERATION_CREATE, FALSE, FALSE, PREPARATION "create: POST " REST "\n");
  assert_plan (CS_OPERATION_CREATE, TRUE, TRUE, PREPARATION "create: POST " REST "\n" VARIANTS "publish: PUT " REST "/4711\n");
  assert_plan (CS_OPERATION_UPDATE, FALSE, FALSE,
               "shown: GET " REST "/4711?context=edit\n"
               "pictures: GET " MEDIA "?per_page=100&slug=" SLUG "," SLUG_2 "\n" PREPARATION
               "update: PUT " REST "/4711\nunpublish: PUT " REST "/4711\n");
  assert_plan (CS_OPERATION_WITHDRAW, FALSE, TRUE, "withdraw: PUT " REST "/4711\n");
  assert_plan (CS_OPERATION_OFFER, TRUE, FALSE, "offer: PUT " REST "/4711\n");
  assert_plan (CS_OPERATION_UPDATE, TRUE, TRUE,
               "shown: GET " REST "/4711?context=edit\n"
               "pictures: GET " MEDIA "?per_page=100&slug=" SLUG "," SLUG_2 "\n" PREPARATION
               "update: PUT " REST "/4711\n" VARIANTS "publish: PUT " REST "/4711\n");
}

/* The n-th request of a run */
static char *
play_step (CsListing             *listing,
           const CsRecordedReply *recorded,
           const char            *step)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autofree char *plan = cs_adapter_test_play (channel, listing, recorded, TRUE);
  g_auto (GStrv) lines = g_strsplit (plan, "\n", -1);
  g_autofree char *prefix = g_strconcat (step, ": ", NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], prefix))
        return g_strdup (lines[i] + strlen (prefix));
    }

  return NULL;
}

static void
test_bodies (void)
{
  g_autoptr (CsListing) simple = make_listing (CS_OPERATION_CREATE, TRUE, FALSE);
  g_autoptr (CsListing) offer = make_listing (CS_OPERATION_OFFER, TRUE, FALSE);
  g_autofree char *create = play_step (simple, replies, "create");
  g_autofree char *publish = play_step (simple, replies, "publish");
  g_autofree char *tags = play_step (simple, replies, "tags");
  g_autofree char *change = play_step (offer, replies, "offer");
  g_autoptr (CsListing) draft = make_listing (CS_OPERATION_UPDATE, FALSE, FALSE);
  g_autoptr (CsListing) gone = make_listing (CS_OPERATION_WITHDRAW, TRUE, FALSE);
  g_autofree char *unpublish = play_step (draft, replies, "unpublish");
  g_autofree char *withdraw = play_step (gone, replies, "withdraw");

  g_assert_cmpstr (unpublish, ==, "PUT " REST "/4711 {\"status\":\"draft\"}");
  g_assert_cmpstr (withdraw, ==, "PUT " REST "/4711 {\"status\":\"draft\"}");
  g_assert_cmpstr (create, ==,
                   "POST " REST " {\"attributes\":["
                   "{\"name\":\"Care\",\"options\":[\"Dry\",\"Cool\"],\"position\":0,\"variation\":false,\"visible\":true},"
                   "{\"id\":5,\"options\":[\"Twill\"],\"position\":1,\"variation\":false,\"visible\":true},"
                   "{\"name\":\"Brand\",\"options\":[\"Bamboo & Co\"],\"position\":2,\"variation\":false,\"visible\":true},"
                   "{\"name\":\"Material\",\"options\":[\"bamboo, cotton\"],\"position\":3,\"variation\":false,\"visible\":true}],"
                   "\"categories\":[{\"id\":21}],"
                   "\"description\":\"<p>Woven by hand.</p>\\u000a<p>For \\\"fruit\\\".</p>\","
                   "\"images\":[{\"alt\":\"A basket\",\"id\":901},{\"alt\":\"Its rim\",\"id\":902}],\"manage_stock\":true,"
                   "\"meta_data\":[{\"key\":\"_countersign_key\",\"value\":\"CS-0123456789ABCDEF\"}],"
                   "\"name\":\"Bamboo basket &lt;round&gt; &amp; light\",\"regular_price\":\"49.90\","
                   "\"short_description\":\"<ul>\\u000a<li>Round</li>\\u000a<li>Light</li>\\u000a</ul>\",\"sku\":\"B-1\","
                   "\"status\":\"draft\",\"stock_quantity\":3,\"tags\":[{\"id\":31},{\"id\":32}],\"type\":\"simple\"}");
  g_assert_cmpstr (publish, ==, "PUT " REST "/4711 {\"status\":\"publish\"}");
  g_assert_cmpstr (tags, ==, "POST " REST "/tags/batch {\"create\":[{\"name\":\"bamboo basket\"},{\"name\":\"竹编\"}]}");
  g_assert_cmpstr (change, ==, "PUT " REST "/4711 {\"manage_stock\":true,\"regular_price\":\"49.90\",\"stock_quantity\":3}");
}

/* Nothing that only the shop has is lost: its other attributes, and its other categories */
static void
test_update (void)
{
  static const CsRecordedReply shown[] = {
    { "shown", "{\"id\":4711,\"categories\":[{\"id\":21},{\"id\":23}],\"attributes\":["
               "{\"id\":7,\"name\":\"Material\",\"options\":[\"Reed\"]},{\"id\":0,\"name\":\"Origin\",\"options\":[\"Anji\"]}]}" },
    { "pictures", "[{\"id\":801,\"slug\":\"" SLUG "\"},{\"id\":802,\"slug\":\"" SLUG_2 "-2\"},{\"id\":803,\"slug\":\"" SLUG_2 "\"}]" },
    { "category", "[{\"id\":21,\"name\":\"Baskets\"}]" },
    { "tags", "{\"create\":[{\"id\":31}]}" },
    { "", SIMPLE ("publish") },
    { NULL },
  };
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_UPDATE, TRUE, FALSE);
  g_autofree char *update = play_step (listing, shown, "update");
  g_autofree char *picture = play_step (listing, shown, "picture.0");

  g_assert_null (picture);
  g_assert_nonnull (strstr (update, "\"images\":[{\"alt\":\"A basket\",\"id\":801},{\"alt\":\"Its rim\",\"id\":803}]"));
  g_assert_null (strstr (update, "\"categories\""));
  g_assert_null (strstr (update, "\"status\""));
  g_assert_null (strstr (update, "\"type\""));
  g_assert_nonnull (strstr (update, "{\"id\":7,\"options\":[\"bamboo, cotton\"]"));
  g_assert_nonnull (strstr (update, "{\"id\":0,\"name\":\"Origin\",\"options\":[\"Anji\"]}"));
}

static void
test_category (void)
{
  static const CsRecordedReply none[] = {
    { "category.new", "{\"create\":[{\"id\":0,\"error\":{\"code\":\"term_exists\",\"data\":{\"resource_id\":44}}}]}" },
    { "category", "[{\"id\":20,\"name\":\"Basket weaving\"}]" },
    { "picture.", "{\"id\":901}" },
    { "tags", "{\"create\":[]}" },
    { "", SIMPLE ("draft") },
    { NULL },
  };
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, FALSE, FALSE);
  g_autoptr (CsListing) chosen = make_listing (CS_OPERATION_CREATE, FALSE, FALSE);
  g_autofree char *make = play_step (listing, none, "category.new");
  g_autofree char *create = play_step (listing, none, "create");
  g_autofree char *known = NULL;
  g_autofree char *look = NULL;

  g_assert_cmpstr (make, ==, "POST " REST "/categories/batch {\"create\":[{\"name\":\"Baskets\"}]}");
  g_assert_nonnull (strstr (create, "\"categories\":[{\"id\":44}]"));

  chosen->category_id = g_strdup ("77");
  cs_listing_freeze (chosen);
  look = play_step (chosen, none, "category");
  known = play_step (chosen, none, "create");
  g_assert_null (look);
  g_assert_nonnull (strstr (known, "\"categories\":[{\"id\":77}]"));
}

static void
test_variants (void)
{
  static const CsRecordedReply seen[] = {
    /* One of ours, one that was made by hand without a SKU, and one that is not ours any more */
    { "variants.seen", "[" RED "," VARIATION ("52", "", "1", "1", "blue", "publish") "," VARIATION ("53", "B-1-G", "1", "1", "Grey", "publish") "]" },
    { "variants.done", VARIABLE ("publish") },
    { "variants", "{\"update\":[{\"id\":51},{\"id\":52},{\"id\":53}]}" },
    { "offer", "{\"update\":[{\"id\":51},{\"id\":52}]}" },
    { "pictures", "[]" },
    { "tags", "{\"create\":[]}" },
    { "picture.", "{\"id\":901}" },
    { "category", "[{\"id\":21,\"name\":\"Baskets\"}]" },
    { "", SIMPLE ("publish") },
    { NULL },
  };
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE, TRUE);
  g_autoptr (CsListing) offer = make_listing (CS_OPERATION_OFFER, TRUE, TRUE);
  g_autofree char *create = play_step (listing, replies, "create");
  g_autofree char *batch = play_step (listing, replies, "variants");
  g_autofree char *change = play_step (offer, seen, "offer");
  g_autoptr (CsListing) whole = make_listing (CS_OPERATION_UPDATE, TRUE, TRUE);
  g_autofree char *update = NULL;

  g_test_message ("%s", create);
  g_assert_nonnull (strstr (create, "\"type\":\"variable\""));
  g_assert_nonnull (strstr (create, "{\"name\":\"Color\",\"options\":[\"Red\",\"Blue\"],\"position\":0,\"variation\":true,\"visible\":true}"));
  g_assert_null (strstr (create, "regular_price"));
  g_assert_null (strstr (create, "stock_quantity"));
  g_assert_cmpstr (batch, ==,
                   "POST " REST "/4711/variations/batch {\"create\":["
                   "{\"attributes\":[{\"name\":\"Color\",\"option\":\"Red\"},{\"name\":\"Size\",\"option\":\"L\"}],\"image\":{\"id\":901},"
                   "\"manage_stock\":true,\"regular_price\":\"49.90\",\"sku\":\"B-1-R\",\"status\":\"publish\",\"stock_quantity\":1},"
                   "{\"attributes\":[{\"name\":\"Color\",\"option\":\"Blue\"},{\"name\":\"Size\",\"option\":\"L\"}],"
                   "\"manage_stock\":true,\"regular_price\":\"39.95\",\"sku\":\"B-1-B\",\"status\":\"publish\",\"stock_quantity\":4}],"
                   "\"update\":[]}");
  update = play_step (whole, seen, "variants");
  g_assert_nonnull (strstr (update, "{\"id\":53,\"status\":\"private\"}"));
  g_assert_nonnull (strstr (update, "\"id\":52,"));
  g_assert_nonnull (strstr (update, "\"create\":[]"));
  g_assert_cmpstr (change, ==,
                   "POST " REST "/4711/variations/batch {\"create\":[],\"update\":["
                   "{\"id\":51,\"manage_stock\":true,\"regular_price\":\"49.90\",\"stock_quantity\":1},"
                   "{\"id\":52,\"manage_stock\":true,\"regular_price\":\"39.95\",\"stock_quantity\":4}]}");
}

/* A batch that was sent twice, and a SKU that is a stranger's */
static void
test_variants_again (void)
{
  static const CsRecordedReply doubt[] = {
    { "variants.seen", "[]" },
    { "variants.again", "[" RED "," BLUE "," GREY "]" },
    { "variants.rest", "{\"update\":[{\"id\":51},{\"id\":52}]}" },
    { "variants.done", VARIABLE ("draft") },
    { "variants", "{\"create\":[{\"id\":0,\"error\":{\"code\":\"product_invalid_sku\",\"message\":\"x\",\"data\":{\"resource_id\":51}}},{\"id\":52}]}" },
    { "picture.", "{\"id\":901}" },
    { "category", "[{\"id\":21,\"name\":\"Baskets\"}]" },
    { "tags", "{\"create\":[]}" },
    { "", SIMPLE ("draft") },
    { NULL },
  };
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE, TRUE);
  g_autofree char *rest = play_step (listing, doubt, "variants.rest");
  g_autoptr (CsChannelStep) again = cs_channel_step_make ("variants.again");
  g_autoptr (CsChannelStep) first = cs_channel_step_make ("variants");
  g_autoptr (JsonNode) stranger = cs_adapter_test_json ("[" RED "]");
  g_autoptr (JsonNode) refused = cs_adapter_test_json ("{\"create\":[{\"id\":0,\"error\":{\"code\":\"woocommerce_rest_invalid\",\"message\":\"No <b>such</b> thing\"}}]}");
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (strstr (rest, "\"create\":[]"));
  g_assert_nonnull (strstr (rest, "\"id\":51"));
  g_assert_null (strstr (rest, "private"));

  g_assert_null (CS_CHANNEL_GET_CLASS (channel)->parse (channel, listing, again, NULL, stranger, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "B-1-B"));
  g_clear_error (&error);

  g_assert_null (CS_CHANNEL_GET_CLASS (channel)->parse (channel, listing, first, NULL, refused, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "No such thing"));
}

static void
test_parse (void)
{
  static const struct
  {
    const char *step;
    const char *reply;
    const char *detail; /* NULL: no telling */
  } cases[] = {
    { "picture.0", "{\"id\":17,\"source_url\":\"x\"}", "{\"picture\":\"17\"}" },
    { "picture.0", "{\"id\":\"\"}", NULL },
    { "create", "{\"id\":0}", NULL },
    { "create", "{\"name\":\"x\"}", NULL },
    { "publish", "[]", NULL },
    { "tags", "[]", NULL },
    { "tags", "{\"create\":[{\"id\":0,\"error\":{\"code\":\"x\"}},{\"id\":4}]}", "{\"ids\":[\"4\"]}" },
    { "category", "{}", NULL },
    { "category", "[]", "{}" },
    { "pictures", "{}", NULL },
    { "pictures", "[{\"id\":3,\"slug\":\"other\"},7]", "{\"known\":{}}" },
    { "pictures", "[{\"id\":3,\"slug\":\"" SLUG "\"}]", "{\"known\":{\"" SLUG "\":\"3\"}}" },
    { "variants.seen", "{}", NULL },
    { "variants.seen", "[" RED "]", "{\"seen\":[{\"id\":\"51\",\"is\":\"color=red\\u000asize=l\\u000a\",\"sku\":\"B-1-R\"}]}" },
    { "variants", "[]", NULL },
    { "shown", "{}", NULL },
  };
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsChannelStep) step = cs_channel_step_make (cases[i].step);
      g_autoptr (JsonNode) reply = cs_adapter_test_json (cases[i].reply);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) detail = CS_CHANNEL_GET_CLASS (channel)->parse (channel, listing, step, NULL, reply, &error);
      g_autofree char *text = detail != NULL ? cs_json_canonical (detail) : NULL;

      g_test_message ("%s %s", cases[i].step, cases[i].reply);
      g_assert_cmpstr (text, ==, cases[i].detail);
      if (cases[i].detail == NULL)
        g_assert_error (error, CS_ERROR, CS_ERROR_UNKNOWN);
    }
}

#define WP_ERROR(code, message, status) "{\"code\":\"" code "\",\"message\":\"" message "\",\"data\":{\"status\":" #status "}}"

static void
test_faults (void)
{
  static const struct
  {
    const char *step; /* NULL: read */
    guint       status;
    const char *body;
    CsError     code;
    const char *part; /* of the sentence, or NULL for the base's own */
  } cases[] = {
    /* Whether it is there, only looking tells */
    { "create", 400, "{\"code\":\"product_invalid_sku\",\"message\":\"Invalid or duplicated SKU.\",\"data\":{\"status\":400,\"resource_id\":12,\"unique_sku\":\"B-1-1\"}}", CS_ERROR_UNKNOWN, NULL },
    { "create", 400, WP_ERROR ("woocommerce_rest_product_not_created", "The product with SKU (B-1) you are trying to insert is already present in the lookup table", 400), CS_ERROR_UNKNOWN, NULL },
    { "update", 400, WP_ERROR ("product_invalid_sku", "Invalid or duplicated SKU.", 400), CS_ERROR_REFUSED, "has this SKU" },
    { "create", 500, WP_ERROR ("internal_server_error", "<p>There has been a critical error on this website.</p>", 500), CS_ERROR_UNKNOWN, "plug-ins" },
    { NULL, 500, WP_ERROR ("internal_server_error", "<p>There has been a critical error on this website.</p>", 500), CS_ERROR_LATER, "plug-ins" },
    { "create", 500, "<html><body>There has been a critical error</body></html>", CS_ERROR_UNKNOWN, NULL },
    { "publish", 502, "<html>Bad gateway</html>", CS_ERROR_UNKNOWN, NULL },
    { NULL, 503, "<html>Briefly unavailable for scheduled maintenance.</html>", CS_ERROR_LATER, NULL },
    { "create", 429, "", CS_ERROR_LATER, NULL },
    { "create", 400, "{\"code\":\"rest_invalid_param\",\"message\":\"Invalid parameter(s): regular_price\",\"data\":{\"status\":400,\"params\":{\"regular_price\":\"regular_price is not of type string.\"}}}", CS_ERROR_REFUSED, "regular_price is not of type string." },
    { "create", 400, WP_ERROR ("rest_invalid_param", "Invalid parameter(s): status", 400), CS_ERROR_REFUSED, "Invalid parameter(s): status" },
    { "create", 400, WP_ERROR ("woocommerce_product_invalid_image_id", "#7 is an invalid image ID.", 400), CS_ERROR_REFUSED, "media library" },
    { "picture.0", 500, WP_ERROR ("rest_upload_sideload_error", "Sorry, you are not allowed to upload this file type.", 500), CS_ERROR_REFUSED, "not allowed to upload this file type" },
    { "picture.0", 413, "<html>413 Request Entity Too Large</html>", CS_ERROR_REFUSED, "so large" },
    { "picture.0", 403, WP_ERROR ("rest_cannot_create", "Sorry, you are not allowed to create posts as this user.", 403), CS_ERROR_SIGN_IN, "upload pictures" },
    { "create", 403, WP_ERROR ("woocommerce_rest_cannot_create", "Sorry, you are not allowed to create resources.", 403), CS_ERROR_SIGN_IN, "Read/Write" },
    { NULL, 401, WP_ERROR ("woocommerce_rest_cannot_view", "Sorry, you cannot list resources.", 401), CS_ERROR_SIGN_IN, "Authorization" },
    { NULL, 403, WP_ERROR ("woocommerce_rest_cannot_view", "Sorry, you cannot list resources.", 403), CS_ERROR_SIGN_IN, "shop manager" },
    { NULL, 501, WP_ERROR ("application_passwords_disabled", "Application passwords are not available.", 501), CS_ERROR_SIGN_IN, "switched off" },
    { NULL, 401, WP_ERROR ("woocommerce_rest_authentication_error", "Consumer key is invalid.", 401), CS_ERROR_SIGN_IN, "Make new ones" },
    { NULL, 401, WP_ERROR ("woocommerce_rest_authentication_error", "Invalid timestamp.", 401), CS_ERROR_SIGN_IN, "clock" },
    { NULL, 401, WP_ERROR ("incorrect_password", "The provided password is an invalid application password.", 401), CS_ERROR_SIGN_IN, "Make new ones" },
    { NULL, 401, "<html>401 Authorization Required</html>", CS_ERROR_SIGN_IN, "host" },
    { NULL, 403, "<html>Attention Required! | Cloudflare</html>", CS_ERROR_SIGN_IN, "security plug-in" },
    { "create", 406, "Not Acceptable! An appropriate representation could not be found. Mod_Security", CS_ERROR_SIGN_IN, "security plug-in" },
    /* Permalinks are "Plain", or the interface is switched off: no product is gone because of that */
    { NULL, 404, "<html>Page not found</html>", CS_ERROR_SIGN_IN, "Permalinks" },
    { "update", 404, "", CS_ERROR_SIGN_IN, "Permalinks" },
    { NULL, 404, WP_ERROR ("rest_no_route", "No route was found matching the URL and request method.", 404), CS_ERROR_SIGN_IN, "WooCommerce is not active" },
    { NULL, 404, WP_ERROR ("woocommerce_rest_product_invalid_id", "Invalid ID.", 404), CS_ERROR_NOT_FOUND, NULL },
    { NULL, 404, WP_ERROR ("something_else", "", 404), CS_ERROR_LATER, NULL },
    { "update", 400, WP_ERROR ("woocommerce_rest_product_invalid_id", "Invalid ID.", 400), CS_ERROR_NOT_FOUND, NULL },
    { "publish", 404, WP_ERROR ("woocommerce_rest_product_invalid_id", "Invalid ID.", 404), CS_ERROR_NOT_FOUND, NULL },
    { "create", 301, "", CS_ERROR_REFUSED, NULL },
    { "update", 400, "{\"code\":7,\"message\":{},\"data\":[]}", CS_ERROR_REFUSED, NULL },
  };
  g_autoptr (CsChannel) channel = make_channel ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    cs_adapter_test_assert_fault (channel, cases[i].step, cases[i].status, cases[i].body, cases[i].code, cases[i].part);
}

static void
test_sign (void)
{
  static const struct
  {
    const char *address;
    const char *secrets;
    const char *header; /* or NULL */
    const char *query;  /* how it begins, or NULL */
  } cases[] = {
    { ADDRESS, PASSWORD, "Basic c2VsbGVyOmFiY2QgZWZnaA==", NULL },
    { ADDRESS, KEYS, "Basic Y2s6Y3M=", NULL },
    { "http://127.0.0.1:8080", PASSWORD, "Basic c2VsbGVyOmFiY2QgZWZnaA==", NULL },
    { "http://127.0.0.1:8080", KEYS, NULL, "context=edit&oauth_consumer_key=ck&oauth_nonce=" },
    { ADDRESS, "{}", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsChannel) channel = cs_adapter_test_make_channel (&cs_woocommerce_kind, cases[i].address, NULL, cases[i].secrets);
      g_autoptr (CsRequest) request = CS_CHANNEL_GET_CLASS (channel)->build_read (channel, "7");
      const char *query;

      CS_CHANNEL_GET_CLASS (channel)->sign (channel, request, 1700000000);
      g_assert_cmpstr (soup_message_headers_get_one (request->headers, "Authorization"), ==, cases[i].header);
      query = strchr (request->address, '?') + 1;
      if (cases[i].query != NULL)
        g_assert_true (g_str_has_prefix (query, cases[i].query));
      else
        g_assert_cmpstr (query, ==, "context=edit");
    }
}

/* RFC 5849, 3.4.1.1; and a signature that was made with another implementation of HMAC */
static void
test_oauth1 (void)
{
  g_autofree char *base = cs_oauth1_dup_base_string ("POST", "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b"
                                                             "&oauth_consumer_key=9djdj82h48djs9d2&oauth_token=kkk9d7dh3k39sjv7"
                                                             "&oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201"
                                                             "&oauth_nonce=7d8f3e4a&c2&a3=2+q");
  g_autofree char *address = cs_oauth1_sign_address ("GET", "http://127.0.0.1:8080/wp-json/wc/v3/products?sku=B%201%2F%C3%A4&status=any",
                                                     "ck_0123", "cs_0123", "n1", 1700000000);

  g_assert_cmpstr (base, ==,
                   "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D"
                   "%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1"
                   "%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7");
  g_assert_cmpstr (address, ==,
                   "http://127.0.0.1:8080/wp-json/wc/v3/products?sku=B%201%2F%C3%A4&status=any&oauth_consumer_key=ck_0123&oauth_nonce=n1"
                   "&oauth_signature_method=HMAC-SHA256&oauth_timestamp=1700000000&oauth_signature=GCBUD6HHdgeNMNGfmzQUNbIucszRFtmtLQX3qTi1oZw%3D");
}

static void
test_addresses (void)
{
  static const char *const cases[] = {
    ADDRESS, ADDRESS "/", ADDRESS "//", ADDRESS "/wp-admin/", ADDRESS "/wp-json/wc/v3/", ADDRESS "/wp-login.php?redirect_to=x", ADDRESS "/?p=1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsChannel) channel = cs_adapter_test_make_channel (&cs_woocommerce_kind, cases[i], NULL, PASSWORD);

      g_assert_cmpstr (cs_channel_get_address (channel), ==, ADDRESS);
    }
}

static void
assert_finding (CsListing  *listing,
                const char *secrets,
                const char *part)
{
  g_autoptr (CsChannel) channel = cs_adapter_test_make_channel (&cs_woocommerce_kind, ADDRESS, NULL, secrets);
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *text = NULL;

  cs_listing_freeze (listing);
  findings = cs_channel_check (channel, listing);
  text = cs_adapter_test_join (findings);
  g_test_message ("%s", text);
  if (part == NULL)
    g_assert_cmpstr (text, ==, "");
  else
    g_assert_nonnull (strstr (text, part));
}

static void
test_check (void)
{
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE, TRUE);
  g_autoptr (CsChannel) keys = cs_adapter_test_make_channel (&cs_woocommerce_kind, ADDRESS, NULL, KEYS);
  g_autoptr (CsChannelStep) step = cs_channel_step_make ("picture.0");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (CsJournal) journal = cs_journal_new (none);
  g_autoptr (GError) error = NULL;

  assert_finding (listing, PASSWORD, NULL);
  assert_finding (listing, KEYS, "application password");
  g_assert_null (cs_channel_build (keys, listing, step, journal, bytes, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);

  g_set_str (&listing->variants, "[{\"options\":{\"Color\":\"Red\"},\"price\":\"?\",\"sku\":\"a\",\"stock\":1}]");
  assert_finding (listing, PASSWORD, "is not a price");
  g_set_str (&listing->variants, "[{\"options\":{\"Color\":\"Red\"},\"sku\":\"a\"},{\"options\":{\"Color\":\"Blue\"},\"sku\":\"a\"}]");
  assert_finding (listing, PASSWORD, "twice");
  g_set_str (&listing->variants, "[{\"options\":null,\"sku\":\"a\"}]");
  assert_finding (listing, PASSWORD, "what is different");
  g_clear_pointer (&listing->variants, g_free);
  assert_finding (listing, PASSWORD, NULL);
  g_strlcpy (listing->price.currency, "USD", sizeof listing->price.currency);
  assert_finding (listing, PASSWORD, "sells in EUR");
  listing->price.currency[0] = '\0';
  assert_finding (listing, PASSWORD, "price is missing");
  g_strlcpy (listing->price.currency, "EUR", sizeof listing->price.currency);
  g_set_str (&listing->title, "");
  assert_finding (listing, PASSWORD, "title is missing");
}

/* Asks until nothing more is asked, with these answers in their order */
static CsInquiry *
inquire (CsInquiryKind      kind,
         const char        *secrets,
         const char *const *answers,
         const char        *expected,
         GError           **error)
{
  g_autoptr (CsChannel) channel = cs_adapter_test_make_channel (&cs_woocommerce_kind, ADDRESS, NULL, secrets);
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (CsInquiry) inquiry = cs_inquiry_make (kind, NULL, NULL);
  g_autoptr (GString) asked = g_string_new (NULL);

  for (;; inquiry->n_answers++)
    {
      g_autoptr (CsRequest) request = klass->build_inquiry (channel, inquiry);
      g_autofree char *text = cs_adapter_test_describe (request, FALSE);
      g_autoptr (JsonNode) json = NULL;

      if (request == NULL)
        break;
      g_string_append_printf (asked, "%s\n", text);
      g_assert_nonnull (answers[inquiry->n_answers]);
      json = cs_adapter_test_json (answers[inquiry->n_answers]);
      if (!klass->parse_inquiry (channel, inquiry, json, error))
        return NULL;
    }

  if (expected != NULL)
    g_assert_cmpstr (asked->str, ==, expected);

  return g_steal_pointer (&inquiry);
}

#define INDEX    "{\"name\":\"Bamboo &amp; Co\",\"home\":\"https://bamboo.example/shop\",\"namespaces\":[\"wp/v2\",\"wc/v3\"]}"
#define GENERAL                                                                                                                 \
  "[{\"id\":\"woocommerce_currency\",\"value\":\"EUR\"},{\"id\":\"woocommerce_price_num_decimals\",\"value\":\"0\"},"         \
  "{\"id\":\"woocommerce_calc_taxes\",\"value\":\"yes\"}]"

static void
test_shop (void)
{
  static const char *const answers[] = { INDEX, GENERAL, "[{\"id\":\"woocommerce_prices_include_tax\",\"value\":\"yes\"}]",
                                         "{\"id\":1,\"capabilities\":{\"upload_files\":true}}" };
  static const char *const poor[] = { INDEX, GENERAL, "[]", "{\"id\":1,\"capabilities\":{}}" };
  static const char *const bare[] = { "{\"name\":\"A blog\",\"namespaces\":[\"wp/v2\"]}" };
  static const char *const odd[] = { "{\"name\":\"A blog\"}" };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsInquiry) inquiry = inquire (CS_INQUIRY_SHOP, PASSWORD, answers,
                                           "GET /shop/wp-json/?_fields=name,home,namespaces\n"
                                           "GET /shop/wp-json/wc/v3/settings/general\n"
                                           "GET /shop/wp-json/wc/v3/settings/tax\n"
                                           "GET /shop/wp-json/wp/v2/users/me?context=edit&_fields=id,capabilities\n",
                                           &error);
  g_autoptr (CsInquiry) keys = inquire (CS_INQUIRY_SHOP, KEYS, answers, NULL, NULL);
  g_autoptr (CsInquiry) user = inquire (CS_INQUIRY_SHOP, PASSWORD, poor, NULL, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (inquiry->shop->name, ==, "Bamboo & Co");
  g_assert_cmpstr (inquiry->shop->currency, ==, "EUR");
  g_assert_cmpstr (inquiry->shop->page, ==, "https://bamboo.example/shop");
  g_assert_cmpstr (inquiry->shop->profile, ==, "{\"prices_include_tax\":\"true\"}");
  g_assert_nonnull (strstr (inquiry->shop->remark, "rounded"));
  g_assert_nonnull (strstr (inquiry->shop->remark, "with tax"));
  g_assert_null (strstr (inquiry->shop->remark, "upload"));
  g_assert_nonnull (strstr (keys->shop->remark, "consumer key alone"));
  g_assert_nonnull (strstr (user->shop->remark, "may not upload"));

  g_assert_null (inquire (CS_INQUIRY_SHOP, PASSWORD, bare, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (inquire (CS_INQUIRY_SHOP, PASSWORD, odd, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_LATER);
}

static void
test_forms (void)
{
  static const char *const profile[] = { "[{\"id\":3,\"name\":\"Bulky &amp; heavy\",\"slug\":\"bulky\"}]",
                                         "[{\"slug\":\"standard\",\"name\":\"Standard rate\"},{\"slug\":\"reduced\",\"name\":\"Reduced\"}]" };
  static const char *const categories[] = { "[{\"id\":21,\"name\":\"Kitchen &amp; bath\",\"parent\":0},{\"id\":22,\"name\":\"Baskets\",\"parent\":21}]" };
  static const char *const attributes[] = { "[{\"id\":5,\"name\":\"Weave\",\"slug\":\"pa_weave\"},{\"id\":6,\"name\":\"Use\",\"slug\":\"pa_use\"}]",
                                            "[{\"id\":1,\"name\":\"Twill\"},{\"id\":2,\"name\":\"Plain\"}]", "[]" };
  g_autoptr (CsInquiry) about = inquire (CS_INQUIRY_PROFILE, PASSWORD, profile, NULL, NULL);
  g_autoptr (CsInquiry) tree = inquire (CS_INQUIRY_CATEGORIES, PASSWORD, categories,
                                        "GET " REST "/categories?per_page=100&page=1&orderby=name\n", NULL);
  g_autoptr (CsInquiry) asked = inquire (CS_INQUIRY_ATTRIBUTES, PASSWORD, attributes,
                                         "GET " REST "/attributes\n"
                                         "GET " REST "/attributes/5/terms?per_page=100\n"
                                         "GET " REST "/attributes/6/terms?per_page=100\n",
                                         NULL);
  CsFormField  *field = cs_form_find (tree->form, "category");
  CsFormChoice *choice = field->choices->pdata[1];

  g_assert_cmpstr (((CsFormChoice *) cs_form_find (about->form, "shipping_class")->choices->pdata[0])->value, ==, "bulky");
  g_assert_cmpuint (cs_form_find (about->form, "tax_class")->choices->len, ==, 2);
  g_assert_cmpint (cs_form_find (about->form, "brand_label")->kind, ==, CS_FORM_TEXT);
  g_assert_cmpstr (((CsFormChoice *) field->choices->pdata[0])->label, ==, "Kitchen & bath");
  g_assert_null (((CsFormChoice *) field->choices->pdata[0])->parent);
  g_assert_cmpstr (choice->value, ==, "22");
  g_assert_cmpstr (choice->parent, ==, "21");
  g_assert_cmpint (cs_form_find (asked->form, "attribute-5")->kind, ==, CS_FORM_CHOICES);
  g_assert_cmpint (cs_form_find (asked->form, "attribute-6")->kind, ==, CS_FORM_TEXT);
}

static void
test_hostile (void)
{
  static const char *const steps[] = { "shown", "pictures", "category", "category.new", "tags", "variants.seen", "variants",
                                       "variants.again", "variants.rest", "variants.done" };
  static const char *const junk[] = { "null", "[]", "{}", "7", "[null,7,[],{}]", "{\"create\":[7,null,{\"error\":7}],\"update\":{}}",
                                      "[{\"id\":{},\"slug\":7,\"name\":[],\"attributes\":[7,{}],\"sku\":null}]", "{\"id\":4,\"attributes\":[7],\"categories\":[7],\"tags\":7}" };
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_UPDATE, TRUE, TRUE);

  cs_adapter_test_assert_hostile (channel, listing);
  for (guint i = 0; i < G_N_ELEMENTS (junk); i++)
    {
      g_autoptr (JsonNode) json = cs_adapter_test_json (junk[i]);

      for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
        {
          g_autoptr (CsChannelStep) step = cs_channel_step_make (steps[k]);
          g_autoptr (GError) error = NULL;
          g_autoptr (JsonNode) detail = CS_CHANNEL_GET_CLASS (channel)->parse (channel, listing, step, NULL, json, &error);

          g_assert_true ((detail == NULL) == (error != NULL));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/channels/woocommerce/plans", test_plans);
  cs_test_add_fiber ("/channels/woocommerce/bodies", test_bodies);
  cs_test_add_fiber ("/channels/woocommerce/update", test_update);
  cs_test_add_fiber ("/channels/woocommerce/category", test_category);
  cs_test_add_fiber ("/channels/woocommerce/variants", test_variants);
  cs_test_add_fiber ("/channels/woocommerce/variants-again", test_variants_again);
  cs_test_add_fiber ("/channels/woocommerce/parse", test_parse);
  cs_test_add_fiber ("/channels/woocommerce/faults", test_faults);
  cs_test_add_fiber ("/channels/woocommerce/sign", test_sign);
  cs_test_add_fiber ("/channels/woocommerce/oauth1", test_oauth1);
  cs_test_add_fiber ("/channels/woocommerce/addresses", test_addresses);
  cs_test_add_fiber ("/channels/woocommerce/check", test_check);
  cs_test_add_fiber ("/channels/woocommerce/shop", test_shop);
  cs_test_add_fiber ("/channels/woocommerce/forms", test_forms);
  cs_test_add_fiber ("/channels/woocommerce/hostile", test_hostile);

  return g_test_run ();
}
