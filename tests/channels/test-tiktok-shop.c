/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-adapter-test.h"
#include "cs-channel-json.h"
#include "cs-tiktok-shop.h"
#include "cs-json.h"
#include "cs-signature.h"
#include "cs-test.h"

#define ADDRESS "http://127.0.0.1:9"

static CsChannel *
make_channel (void)
{
  return cs_adapter_test_make_channel (&cs_tiktok_shop_kind, ADDRESS, "{\"shop_cipher\":\"c1\"}", "{\"app_key\":\"29a39d\",\"app_secret\":\"e59af819cc\",\"access_token\":\"t\"}");
}

static CsListing *
make_listing (CsOperation operation)
{
  CsListing *listing = cs_adapter_test_make_listing ("tiktok-shop", operation, TRUE);

  listing->category_id = g_strdup ("77");
  listing->attributes = g_strdup ("{\"12\":\"345\",\"13\":\"by hand\"}");
  listing->terms = g_strdup ("{\"warehouse_id\":\"w9\",\"package_weight\":\"1.5\",\"weight_unit\":\"KILOGRAM\"}");
  g_strlcpy (listing->price.currency, "CNY", sizeof listing->price.currency);

  return listing;
}

static const CsRecordedReply replies[] = {
  { "picture.", "{\"code\":0,\"data\":{\"uri\":\"u1\"}}" },
  { "shown", "{\"code\":0,\"data\":{\"id\":\"4711\",\"skus\":[{\"id\":\"s1\",\"seller_sku\":\"B-1\"}]}}" },
  { "", "{\"code\":0,\"data\":{\"product_id\":\"4711\"}}" },
  { NULL, NULL },
};

static void
assert_plan (CsOperation operation,
             const char *expected)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (operation);
  g_autofree char *plan = NULL;

  cs_listing_freeze (listing);
  plan = cs_adapter_test_play (channel, listing, replies, FALSE);
  g_assert_cmpstr (plan, ==, expected);
}

static void
test_plans (void)
{
  assert_plan (CS_OPERATION_CREATE,
               "picture.0: POST /product/202309/images/upload\n"
               "picture.1: POST /product/202309/images/upload\n"
               "create: POST /product/202309/products\n");
  assert_plan (CS_OPERATION_UPDATE,
               "picture.0: POST /product/202309/images/upload\n"
               "picture.1: POST /product/202309/images/upload\n"
               "shown: GET /product/202309/products/4711\n"
               "update: PUT /product/202309/products/4711\n");
  assert_plan (CS_OPERATION_OFFER,
               "shown: GET /product/202309/products/4711\n"
               "offer: POST /product/202309/products/4711/prices/update\n"
               "stock: POST /product/202309/products/4711/inventory/update\n");
  assert_plan (CS_OPERATION_WITHDRAW, "withdraw: POST /product/202309/products/deactivate\n");
}

static void
test_body (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE);
  g_autofree char *plan = NULL;

  cs_adapter_test_add_variants (listing);
  cs_listing_freeze (listing);
  plan = cs_adapter_test_play (channel, listing, replies, TRUE);
  g_assert_nonnull (strstr (plan, "\"idempotency_key\":\"CS-0123456789ABCDEF\""));
  g_assert_nonnull (strstr (plan, "\"category_id\":\"77\""));
  g_assert_nonnull (strstr (plan, "\"warehouse_id\":\"w9\""));
  g_assert_nonnull (strstr (plan, "\"seller_sku\":\"B-1-R\""));
  g_assert_nonnull (strstr (plan, "\"amount\":\"39.95\""));
  g_assert_nonnull (strstr (plan, "\"save_mode\":\"LISTING\""));
  g_assert_nonnull (strstr (plan, "{\"id\":\"345\"}"));
  g_assert_nonnull (strstr (plan, "{\"name\":\"by hand\"}"));
}

static void
test_read (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (JsonNode) json = cs_adapter_test_json ("{\"code\":0,\"data\":{\"id\":\"4711\",\"external_product_id\":\"CS-1\",\"title\":\"Basket\",\"description\":\"<p>x</p>\",\"status\":\"ACTIVATE\",\"main_images\":[{\"urls\":[\"https://a/1.jpg\"]}],\"skus\":[{\"id\":\"s1\",\"seller_sku\":\"B-1\",\"price\":{\"currency\":\"CNY\",\"tax_exclusive_price\":\"49.90\"},\"inventory\":[{\"quantity\":1},{\"quantity\":2}]}]}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRemotePage) page = CS_CHANNEL_GET_CLASS (channel)->parse_listings (channel, json, &error);
  CsRemoteListing *remote;

  g_assert_no_error (error);
  g_assert_cmpuint (page->listings->len, ==, 1);
  remote = page->listings->pdata[0];
  g_assert_cmpstr (remote->remote_id, ==, "4711");
  g_assert_cmpstr (remote->title, ==, "Basket");
  g_assert_cmpstr (remote->price, ==, "49.90 CNY");
  g_assert_cmpint (remote->stock, ==, 3);
  g_assert_true (remote->live);
  g_assert_cmpstr (remote->key, ==, "CS-1");
  g_assert_cmpstr (remote->sku, ==, "B-1");
  g_assert_cmpuint (g_strv_length (remote->pictures), ==, 1);
}

/* "code who" of replies that came with 200 */
static void
test_faults (void)
{
  static const struct
  {
    const char *reply;
    int         code; /* -1: none */
  } faults[] = {
    { "{\"code\":0,\"data\":{}}", -1 },
    { "{\"code\":105002,\"message\":\"expired\"}", CS_ERROR_SIGN_IN },
    { "{\"code\":36009004,\"message\":\"too many\"}", CS_ERROR_LATER },
    { "{\"code\":36009003,\"message\":\"internal\"}", CS_ERROR_UNKNOWN },
    { "{\"code\":12052217,\"message\":\"title too short\"}", CS_ERROR_REFUSED },
  };
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsChannelStep) step = cs_channel_step_make ("create");

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (JsonNode) json = cs_adapter_test_json (faults[i].reply);
      g_autofree char *sentence = NULL;
      CsError  code = CS_ERROR_REFUSED;
      gboolean found = CS_CHANNEL_GET_CLASS (channel)->find_fault (channel, step, json, &code, &sentence);

      g_assert_cmpint (found ? (int) code : -1, ==, faults[i].code);
    }
}

/* The published value: a request with nothing but what every one has */
static void
test_sign (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsRequest) request = cs_request_make ("GET", ADDRESS "/authorization/202309/shops");

  CS_CHANNEL_GET_CLASS (channel)->sign (channel, request, 1623812664);
  g_assert_nonnull (strstr (request->address, "sign=b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8"));
  g_assert_cmpstr (soup_message_headers_get_one (request->headers, "x-tts-access-token"), ==, "t");
}

static void
test_hostile (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE);

  cs_listing_freeze (listing);
  cs_adapter_test_assert_hostile (channel, listing);
}

static void
test_check (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsListing) listing = make_listing (CS_OPERATION_CREATE);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) worse = NULL;

  cs_listing_freeze (listing);
  findings = cs_channel_check (channel, listing);
  g_assert_cmpuint (findings->len, ==, 0);

  g_clear_pointer (&listing->category_id, g_free);
  g_clear_pointer (&listing->terms, g_free);
  g_set_str (&listing->title, "");
  cs_listing_freeze (listing);
  worse = cs_channel_check (channel, listing);
  g_assert_cmpuint (worse->len, >=, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/channels/tiktok-shop/plans", test_plans);
  cs_test_add_fiber ("/channels/tiktok-shop/body", test_body);
  cs_test_add_fiber ("/channels/tiktok-shop/read", test_read);
  cs_test_add_fiber ("/channels/tiktok-shop/faults", test_faults);
  cs_test_add_fiber ("/channels/tiktok-shop/sign", test_sign);
  cs_test_add_fiber ("/channels/tiktok-shop/hostile", test_hostile);
  cs_test_add_fiber ("/channels/tiktok-shop/check", test_check);

  return g_test_run ();
}
