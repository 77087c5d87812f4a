/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-adapter-test.h"
#include "cs-browser-return.h"
#include "cs-channel-private.h"
#include "cs-etsy.h"
#include "cs-json.h"
#include "cs-test.h"

#define PROFILE "{\"shop_id\":\"77\"}"
#define SECRETS "{\"keystring\":\"ks\",\"shared_secret\":\"sh\",\"access_token\":\"12.at\",\"refresh_token\":\"12.rt\"}"
#define TERMS                                                                                          \
  "{\"is_supply\":\"false\",\"readiness_state_id\":\"9\",\"return_policy_id\":\"5\",\"shipping_profile_id\":\"4\"," \
  "\"shop_id\":\"77\",\"when_made\":\"made_to_order\",\"who_made\":\"i_did\"}"

/* As Etsy answers, shortened */
#define LISTING                                                                                                                  \
  "{\"listing_id\":4711,\"shop_id\":77,\"title\":\"Bamboo basket &lt;round&gt; &amp; light\","                                     \
  "\"description\":\"Woven by hand.\\n\\nFor &quot;fruit&quot;.\\n\\n• Round\\n• Light\",\"state\":\"draft\",\"quantity\":3,"    \
  "\"url\":\"https://www.etsy.com/listing/4711\",\"tags\":[\"竹编\",\"Bamboo Basket\"],\"materials\":[\"bamboo\",\"cotton\"],"     \
  "\"price\":{\"amount\":4990,\"divisor\":100,\"currency_code\":\"EUR\"},\"taxonomy_id\":1234,\"has_variations\":false,"          \
  "\"skus\":[\"B-1\"],\"images\":[{\"listing_image_id\":1,\"url_fullxfull\":\"https://i.etsystatic.com/1.jpg\"},"                  \
  "{\"listing_image_id\":2,\"url_fullxfull\":\"https://i.etsystatic.com/2.jpg\"}]}"

static const CsRecordedReply replies[] = {
  { "picture.0", "{\"listing_id\":4711,\"listing_image_id\":801,\"rank\":1}" },
  { "picture.1", "{\"listing_id\":4711,\"listing_image_id\":802,\"rank\":2}" },
  { "inventory", "{\"products\":[],\"price_on_property\":[]}" },
  { "offer", "{\"products\":[],\"price_on_property\":[]}" },
  { "property.", "{\"property_id\":200}" },
  { "", LISTING },
  { NULL },
};

static CsChannel *
make_channel (void)
{
  return cs_adapter_test_make_channel (&cs_etsy_kind, "https://openapi.etsy.com", PROFILE, SECRETS);
}

static CsListing *
make_listing (CsOperation operation,
              gboolean    live)
{
  CsListing *listing = cs_adapter_test_make_listing ("etsy", operation, live);

  listing->category_id = g_strdup ("1234");
  listing->terms = g_strdup (TERMS);
  listing->attributes = g_strdup ("{\"property.200\":[\"1:Red\",\"2:Blue\"],\"weaver\":\"Li\"}");

  return listing;
}

static void
assert_plan (CsOperation operation,
             gboolean    live,
             const char *expected)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (operation, live);
  g_autofree char *plan = cs_adapter_test_play (channel, listing, replies, FALSE);

  g_assert_cmpstr (plan, ==, expected);
}

#define SHOP "/v3/application/shops/77/listings"

static void
test_plans (void)
{
  assert_plan (CS_OPERATION_CREATE, TRUE,
               "create: POST " SHOP "\n"
               "picture.0: POST " SHOP "/4711/images\n"
               "picture.1: POST " SHOP "/4711/images\n"
               "inventory: PUT /v3/application/listings/4711/inventory\n"
               "property.200: PUT " SHOP "/4711/properties/200\n"
               "publish: PATCH " SHOP "/4711\n");
  assert_plan (CS_OPERATION_CREATE, FALSE,
               "create: POST " SHOP "\n"
               "picture.0: POST " SHOP "/4711/images\n"
               "picture.1: POST " SHOP "/4711/images\n"
               "inventory: PUT /v3/application/listings/4711/inventory\n"
               "property.200: PUT " SHOP "/4711/properties/200\n");
  assert_plan (CS_OPERATION_UPDATE, TRUE,
               "picture.0: POST " SHOP "/4711/images\n"
               "picture.1: POST " SHOP "/4711/images\n"
               "inventory: PUT /v3/application/listings/4711/inventory\n"
               "property.200: PUT " SHOP "/4711/properties/200\n"
               "update: PATCH " SHOP "/4711\n"
               "publish: PATCH " SHOP "/4711\n");
  assert_plan (CS_OPERATION_WITHDRAW, FALSE, "withdraw: PATCH " SHOP "/4711\n");
  assert_plan (CS_OPERATION_OFFER, TRUE, "offer: PUT /v3/application/listings/4711/inventory\n");
}

/* A picture replaces what customers see, so what is there is looked at before */
static void
test_steps (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) update = make_listing (CS_OPERATION_UPDATE, TRUE);
  g_autoptr (CsListing) create = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (CsJournal) journal = cs_journal_new (none);
  g_autoptr (CsChannelStep) first = cs_channel_next_step (channel, update, journal);
  g_autoptr (CsChannelStep) second = cs_channel_next_step (channel, create, journal);

  g_assert_cmpstr (first->name, ==, "picture.0");
  g_assert_true (first->writes);
  g_assert_true (second->creates);
  g_assert_false (second->writes);
}

#define FIELDS                                                                                                                         \
  "title=Bamboo%20basket%20%3Cround%3E%20%26%20light&description=Woven%20by%20hand.%0A%0AFor%20%22fruit%22.%0A%0A%E2%80%A2%20Round"    \
  "%0A%E2%80%A2%20Light&taxonomy_id=1234&tags=bamboo%20basket%2C%E7%AB%B9%E7%BC%96&materials=bamboo%2Ccotton&shipping_profile_id=4"    \
  "&return_policy_id=5&who_made=i_did&when_made=made_to_order&is_supply=false"

static void
test_bodies (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (CsListing) changed = make_listing (CS_OPERATION_UPDATE, FALSE);
  g_autofree char *plan = cs_adapter_test_play (channel, listing, replies, TRUE);
  g_autofree char *change = cs_adapter_test_play (channel, changed, replies, TRUE);

  g_assert_cmpstr (plan, ==,
                   "create: POST " SHOP " " FIELDS "&price=49.90&quantity=3&type=physical&readiness_state_id=9\n"
                   "picture.0: POST " SHOP "/4711/images\n"
                   "picture.1: POST " SHOP "/4711/images\n"
                   "inventory: PUT /v3/application/listings/4711/inventory {\"price_on_property\":[],\"products\":[{\"offerings\":"
                   "[{\"is_enabled\":true,\"price\":49.90,\"quantity\":3,\"readiness_state_id\":9}],\"property_values\":[],\"sku\":\"B-1\"}],"
                   "\"quantity_on_property\":[],\"sku_on_property\":[]}\n"
                   "property.200: PUT " SHOP "/4711/properties/200 value_ids=1%2C2&values=Red%2CBlue\n"
                   "publish: PATCH " SHOP "/4711 state=active\n");
  g_assert_nonnull (strstr (change, "update: PATCH " SHOP "/4711 " FIELDS "&image_ids=801%2C802\n"));
  g_assert_null (strstr (change, "publish"));
}

static void
test_variants (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, FALSE);
  g_autofree char *plan = NULL;

  cs_adapter_test_add_variants (listing);
  plan = cs_adapter_test_play (channel, listing, replies, TRUE);
  g_assert_nonnull (strstr (plan, "&price=39.95&quantity=5&"));
  g_assert_nonnull (strstr (plan,
                            "{\"price_on_property\":[513,514],\"products\":[{\"offerings\":[{\"is_enabled\":true,\"price\":49.90,\"quantity\":1,"
                            "\"readiness_state_id\":9}],\"property_values\":[{\"property_id\":513,\"property_name\":\"Color\",\"value_ids\":[],"
                            "\"values\":[\"Red\"]},{\"property_id\":514,\"property_name\":\"Size\",\"value_ids\":[],\"values\":[\"L\"]}],"
                            "\"sku\":\"B-1-R\"},{\"offerings\":[{\"is_enabled\":true,\"price\":39.95,\"quantity\":4,\"readiness_state_id\":9}],"));
  g_assert_nonnull (strstr (plan, "\"quantity_on_property\":[513,514],\"sku_on_property\":[513,514]}"));
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
  g_assert_null (page->next);

  return cs_remote_listing_ref (page->listings->pdata[0]);
}

static void
test_read (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE, FALSE);
  g_autoptr (CsRemoteListing) remote = read_one (channel, LISTING);
  g_autoptr (CsRequest) more = CS_CHANNEL_GET_CLASS (channel)->build_more (channel, remote);
  g_autoptr (GPtrArray) same = cs_channel_compare (channel, listing, remote, TRUE);
  g_autoptr (GPtrArray) created = NULL;
  g_autoptr (GPtrArray) different = NULL;
  g_autofree char *text = cs_adapter_test_join (same);

  g_assert_cmpstr (text, ==, "");
  g_assert_null (more);
  g_assert_cmpstr (remote->remote_id, ==, "4711");
  g_assert_cmpstr (remote->title, ==, "Bamboo basket <round> & light");
  g_assert_cmpstr (remote->price, ==, "49.90 EUR");
  g_assert_cmpint (remote->stock, ==, 3);
  g_assert_cmpstr (remote->sku, ==, "B-1");
  g_assert_null (remote->key);
  g_assert_cmpstr (remote->category_id, ==, "1234");
  g_assert_cmpuint (g_strv_length (remote->pictures), ==, 2);
  g_assert_false (remote->live);

  /* As it is right after it was created */
  g_clear_pointer (&remote->pictures, g_strfreev);
  g_set_str (&remote->sku, "");
  created = cs_channel_compare_created (channel, listing, remote);
  g_assert_cmpuint (created->len, ==, 0);
  remote->pictures = g_strsplit ("a|b", "|", -1);

  g_set_str (&listing->description, "Other");
  g_set_str (&listing->category_id, "9");
  listing->price.minor = 1;
  listing->stock = 2;
  listing->live = TRUE;
  different = cs_channel_compare (channel, listing, remote, TRUE);
  g_assert_cmpuint (different->len, ==, 5);
}

/* Our key stands in for a missing SKU; what varies takes a second request */
static void
test_read_variants (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsRemoteListing) remote = read_one (channel, "{\"listing_id\":4711,\"title\":\"x\",\"has_variations\":true,\"skus\":[\"\",\"CS-0123456789ABCDEF\"]}");
  g_autoptr (CsRequest) more = CS_CHANNEL_GET_CLASS (channel)->build_more (channel, remote);
  g_autoptr (CsRequest) none = NULL;
  g_autofree char *text = cs_adapter_test_describe (more, FALSE);
  g_autoptr (JsonNode) json =
    cs_adapter_test_json ("{\"products\":[{\"sku\":\"A\",\"is_deleted\":false,\"offerings\":[{\"quantity\":2,\"price\":{\"amount\":5,\"divisor\":100,"
                          "\"currency_code\":\"EUR\"}}],\"property_values\":[{\"property_name\":\"Color\",\"values\":[\"Red\"]}]},{\"sku\":\"B\",\"is_deleted\":true}]}");
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (remote->key, ==, "CS-0123456789ABCDEF");
  g_assert_cmpstr (text, ==, "GET /v3/application/listings/4711/inventory");
  g_assert_true (CS_CHANNEL_GET_CLASS (channel)->parse_more (channel, remote, json, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (remote->variants, ==, "[{\"options\":{\"Color\":\"Red\"},\"price\":\"0.05 EUR\",\"sku\":\"A\",\"stock\":2}]");
  none = CS_CHANNEL_GET_CLASS (channel)->build_more (channel, remote);
  g_assert_null (none);
}

/* All states are gone through, drafts first */
static void
test_pull (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autoptr (GString) many = g_string_new ("{\"count\":150,\"results\":[");
  g_autoptr (JsonNode) full = NULL;
  g_autoptr (JsonNode) few = cs_adapter_test_json ("{\"count\":1,\"results\":[" LISTING "]}");
  g_autoptr (GString) asked = g_string_new (NULL);
  g_autofree char *cursor = NULL;

  for (guint i = 1; i <= 100; i++)
    g_string_append_printf (many, "%s{\"listing_id\":%u,\"skus\":[]}", i > 1 ? "," : "", i);
  g_string_append (many, "]}");
  full = cs_adapter_test_json (many->str);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (CsRequest) request = klass->build_pull (channel, cursor);
      g_autofree char *text = cs_adapter_test_describe (request, FALSE);
      g_autoptr (CsRemotePage) page = NULL;

      cs_channel_get_private (channel)->asked = request->address;
      page = klass->parse_listings (channel, i == 0 ? full : few, NULL);
      cs_channel_get_private (channel)->asked = NULL;
      g_string_append_printf (asked, "%s\n", text);
      g_set_str (&cursor, page->next);
      if (cursor == NULL)
        break;
    }

  /* A page of nobody knows what is no end of the list */
  g_assert_null (klass->parse_listings (channel, few, NULL));

#define PAGE(state, offset) \
  "GET " SHOP "?state=" state "&limit=100&offset=" offset "&sort_on=created&sort_order=asc&includes=Images\n"
  g_assert_cmpstr (asked->str, ==,
                   PAGE ("draft", "0") PAGE ("draft", "100") PAGE ("active", "0") PAGE ("inactive", "0")
                   PAGE ("sold_out", "0") PAGE ("expired", "0"));
}

static void
test_faults (void)
{
  g_autoptr (CsChannel) channel = make_channel ();

  cs_adapter_test_assert_fault (channel, "create", 400, "{\"error\":\"Invalid taxonomy_id\"}", CS_ERROR_REFUSED, "Invalid taxonomy_id");
  cs_adapter_test_assert_fault (channel, "create", 400, "[{\"path\":\"/title/1\",\"type\":\"invalid_characters\",\"message\":\"contains\\ninvalid\"}]",
                                CS_ERROR_REFUSED, "/title/1: contains invalid");
  cs_adapter_test_assert_fault (channel, "create", 401, "{\"error\":\"invalid_token\",\"error_description\":\"access token is expired\"}", CS_ERROR_SIGN_IN, NULL);
  cs_adapter_test_assert_fault (channel, "create", 403, "{\"error\":\"insufficient_scope\"}", CS_ERROR_SIGN_IN, NULL);
  cs_adapter_test_assert_fault (channel, "create", 429, "{\"error\":\"Exceeded rate limit\"}", CS_ERROR_LATER, NULL);
  cs_adapter_test_assert_fault (channel, "create", 500, "{\"error\":\"Server error\"}", CS_ERROR_UNKNOWN, NULL);
  cs_adapter_test_assert_fault (channel, "create", 503, NULL, CS_ERROR_UNKNOWN, NULL);
  cs_adapter_test_assert_fault (channel, "picture.0", 409, "{\"error\":\"conflict\"}", CS_ERROR_LATER, NULL);
  cs_adapter_test_assert_fault (channel, "inventory", 409, "{\"error\":\"conflict\"}", CS_ERROR_LATER, NULL);
  cs_adapter_test_assert_fault (channel, "update", 404, "{\"error\":\"Resource not found\"}", CS_ERROR_CONFLICT, NULL);
  cs_adapter_test_assert_fault (channel, NULL, 404, "{\"error\":\"Resource not found\"}", CS_ERROR_NOT_FOUND, NULL);
}

static void
test_quota (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsRateLimit) limit = cs_rate_limit_new (5, 5);
  g_autoptr (CsReply) some = cs_adapter_test_reply (200, "x-limit-per-day: 10000\nx-remaining-today: 12", "{}");
  g_autoptr (CsReply) none = cs_adapter_test_reply (200, "x-limit-per-day: 10000\nx-remaining-today: 0", "{}");
  g_autoptr (CsReply) odd = cs_adapter_test_reply (200, "x-remaining-today: soon", "{}");

  CS_CHANNEL_GET_CLASS (channel)->learn (channel, some, NULL, limit, 1000);
  CS_CHANNEL_GET_CLASS (channel)->learn (channel, odd, NULL, limit, 1000);
  g_assert_cmpint (cs_rate_limit_take (limit, 1000), ==, 0);
  CS_CHANNEL_GET_CLASS (channel)->learn (channel, none, NULL, limit, 1000);
  g_assert_cmpint (cs_rate_limit_take (limit, 1000), >=, 600 * G_USEC_PER_SEC);
}

static void
test_sign_in (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  CsChannelClass  *klass = CS_CHANNEL_GET_CLASS (channel);
  g_autofree char *address = klass->build_authorize (channel, "http://127.0.0.1:18731/return", "st/1", "ch-1");
  g_autoptr (CsRequest) exchange = klass->build_exchange (channel, "http://127.0.0.1:18731/return", "co de", "ver");
  g_autoptr (CsRequest) refresh = klass->build_refresh (channel);
  g_autoptr (CsRequest) request = cs_request_make ("GET", "https://openapi.etsy.com/v3/application/users/me");
  g_autofree char *exchanged = cs_adapter_test_describe (exchange, TRUE);
  g_autofree char *refreshed = cs_adapter_test_describe (refresh, TRUE);
  g_autoptr (JsonNode) tokens = cs_adapter_test_json ("{\"access_token\":\"12.a\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"refresh_token\":\"12.r\"}");
  g_autoptr (JsonObject) secrets = json_object_new ();

  g_assert_cmpstr (address, ==,
                   "https://www.etsy.com/oauth/connect?response_type=code&client_id=ks&redirect_uri=http%3A%2F%2Flocalhost%3A18731%2Freturn"
                   "&scope=listings_r%20listings_w%20shops_r&state=st%2F1&code_challenge=ch-1&code_challenge_method=S256");
  g_assert_cmpstr (exchanged, ==,
                   "POST /v3/public/oauth/token grant_type=authorization_code&redirect_uri=http%3A%2F%2Flocalhost%3A18731%2Freturn"
                   "&code=co%20de&code_verifier=ver&client_id=ks");
  g_assert_cmpstr (refreshed, ==, "POST /v3/public/oauth/token grant_type=refresh_token&refresh_token=12.rt&client_id=ks");

  klass->sign (channel, request, 0);
  g_assert_cmpstr (soup_message_headers_get_one (request->headers, "x-api-key"), ==, "ks:sh");
  g_assert_cmpstr (soup_message_headers_get_one (request->headers, "Authorization"), ==, "Bearer 12.at");

  g_assert_true (klass->parse_tokens (channel, tokens, 1000, secrets, NULL));
  g_assert_cmpstr (json_object_get_string_member (secrets, "access_token"), ==, "12.a");
  g_assert_cmpstr (json_object_get_string_member (secrets, "expires_at"), ==, "4600");

  /* What the seller is told to enter is where we listen */
  g_assert_nonnull (strstr (cs_etsy_kind.steps[1], CS_BROWSER_RETURN_ADDRESS));
}

/* The form of an inquiry, as "name label? choice=label…" */
static char *
inquire (CsChannel     *channel,
         CsInquiryKind  kind,
         const char    *search,
         const char   **answers,
         CsInquiry    **whole)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (channel);
  CsInquiry      *inquiry = cs_inquiry_make (kind, kind == CS_INQUIRY_ATTRIBUTES ? "12" : NULL, search);
  GString        *text = g_string_new (NULL);

  for (;; inquiry->n_answers++)
    {
      g_autoptr (CsRequest) request = klass->build_inquiry (channel, inquiry);
      g_autoptr (JsonNode) json = NULL;
      g_autoptr (GError) error = NULL;

      if (request == NULL)
        break;
      json = cs_adapter_test_json (answers[inquiry->n_answers]);
      g_assert_true (klass->parse_inquiry (channel, inquiry, json, &error));
      g_assert_no_error (error);
    }

  for (guint i = 0; i < inquiry->form->fields->len; i++)
    {
      CsFormField *field = inquiry->form->fields->pdata[i];

      g_string_append_printf (text, "%s%s", field->name, field->required ? "!" : "");
      for (guint k = 0; k < MIN (field->choices->len, 3); k++)
        {
          CsFormChoice *choice = field->choices->pdata[k];

          g_string_append_printf (text, " %s=%s", choice->value, choice->label);
        }
      g_string_append_c (text, '\n');
    }
  if (whole != NULL)
    *whole = inquiry;
  else
    cs_inquiry_unref (inquiry);

  return g_string_free_and_steal (text);
}

static void
test_inquiries (void)
{
  const char *shop_answers[] = { "{\"user_id\":1,\"shop_id\":77}", "{\"shop_id\":77,\"shop_name\":\"Bamboo\",\"currency_code\":\"EUR\",\"url\":\"https://www.etsy.com/shop/Bamboo\"}" };
  const char *profile_answers[] = {
    "{\"count\":1,\"results\":[{\"shipping_profile_id\":4,\"title\":\"Post\",\"is_deleted\":false},{\"shipping_profile_id\":6,\"title\":\"Old\",\"is_deleted\":true}]}",
    "{\"count\":1,\"results\":[{\"return_policy_id\":5,\"accepts_returns\":true,\"accepts_exchanges\":false,\"return_deadline\":30}]}",
    "{\"count\":1,\"results\":[{\"readiness_state_id\":9,\"processing_days_display_label\":\"3 - 5 days\"}]}",
  };
  const char *tree[] = { "{\"results\":[{\"id\":1,\"name\":\"Home\",\"children\":[{\"id\":2,\"name\":\"Baskets\",\"children\":[]}]},{\"id\":3,\"name\":\"Toys\",\"children\":[]}]}" };
  const char *properties[] = { "{\"results\":[{\"property_id\":200,\"display_name\":\"Color\",\"supports_attributes\":true,\"is_required\":true,\"is_multivalued\":true,"
                               "\"possible_values\":[{\"value_id\":1,\"name\":\"Red\"},{\"value_id\":2,\"name\":\"Blue\"}]},"
                               "{\"property_id\":100,\"display_name\":\"Size\",\"supports_attributes\":false,\"possible_values\":[]}]}" };
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsInquiry) shop = NULL;
  g_autofree char *none = inquire (channel, CS_INQUIRY_SHOP, NULL, shop_answers, &shop);
  g_autofree char *profile = inquire (channel, CS_INQUIRY_PROFILE, NULL, profile_answers, NULL);
  g_autofree char *roots = inquire (channel, CS_INQUIRY_CATEGORIES, NULL, tree, NULL);
  g_autofree char *found = inquire (channel, CS_INQUIRY_CATEGORIES, "bask", tree, NULL);
  g_autofree char *attributes = inquire (channel, CS_INQUIRY_ATTRIBUTES, NULL, properties, NULL);

  g_assert_cmpstr (shop->shop->name, ==, "Bamboo");
  g_assert_cmpstr (shop->shop->currency, ==, "EUR");
  g_assert_cmpstr (shop->shop->profile, ==, "{\"shop_id\":\"77\"}");
  g_assert_true (g_str_has_prefix (profile,
                                   "shipping_profile_id! 4=Post\nreturn_policy_id 5=Returns within 30 days\nreadiness_state_id 9=3 - 5 days\n"
                                   "who_made! i_did=I did"));
  g_assert_cmpstr (roots, ==, "category! 1=Home 3=Toys\n");
  g_assert_cmpstr (found, ==, "category! 2=Home › Baskets\n");
  g_assert_cmpstr (attributes, ==, "property.200! 1:Red=Red 2:Blue=Blue\n");
}

static void
test_check (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) good = make_listing (CS_OPERATION_CREATE, TRUE);
  g_autoptr (CsListing) bad = cs_listing_new ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *text = NULL;

  g_set_str (&good->title, "Bamboo basket, round & light");
  none = cs_channel_check (channel, good);
  g_assert_cmpuint (none->len, ==, 0);

  bad->title = g_strdup ("A & B & C $ 100%");
  bad->keywords = g_strsplit ("a|b|c|d|e|f|g|h|i|j|k|l|m|far too long for a keyword|a_b", "|", -1);
  bad->live = TRUE;
  bad->stock = 1000;
  bad->pictures = g_ptr_array_new ();
  findings = cs_channel_check (channel, bad);
  text = cs_adapter_test_join (findings);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (char *) findings->pdata[i]);
  g_assert_cmpuint (findings->len, ==, 12);
  g_assert_nonnull (strstr (text, "“$”"));
  g_assert_nonnull (strstr (text, "“&” only once"));
  g_assert_nonnull (strstr (text, "at most 13 keywords"));
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

  cs_test_add_fiber ("/channels/etsy/plans", test_plans);
  cs_test_add_fiber ("/channels/etsy/steps", test_steps);
  cs_test_add_fiber ("/channels/etsy/bodies", test_bodies);
  cs_test_add_fiber ("/channels/etsy/variants", test_variants);
  cs_test_add_fiber ("/channels/etsy/read", test_read);
  cs_test_add_fiber ("/channels/etsy/read-variants", test_read_variants);
  cs_test_add_fiber ("/channels/etsy/pull", test_pull);
  cs_test_add_fiber ("/channels/etsy/faults", test_faults);
  cs_test_add_fiber ("/channels/etsy/quota", test_quota);
  cs_test_add_fiber ("/channels/etsy/sign-in", test_sign_in);
  cs_test_add_fiber ("/channels/etsy/inquiries", test_inquiries);
  cs_test_add_fiber ("/channels/etsy/check", test_check);
  cs_test_add_fiber ("/channels/etsy/hostile", test_hostile);

  return g_test_run ();
}
