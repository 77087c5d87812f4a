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
test_plans (void)
{
  g_autoptr (CsChannel) channel = make_channel ();

  cs_adapter_test_assert_plan (channel, make_listing (CS_OPERATION_CREATE), replies,
                               "picture.0: POST /product/202309/images/upload\n"
                               "picture.1: POST /product/202309/images/upload\n"
                               "create: POST /product/202309/products\n");
  cs_adapter_test_assert_plan (channel, make_listing (CS_OPERATION_UPDATE), replies,
                               "picture.0: POST /product/202309/images/upload\n"
                               "picture.1: POST /product/202309/images/upload\n"
                               "shown: GET /product/202309/products/4711\n"
                               "update: PUT /product/202309/products/4711\n");
  cs_adapter_test_assert_plan (channel, make_listing (CS_OPERATION_OFFER), replies,
                               "shown: GET /product/202309/products/4711\n"
                               "offer: POST /product/202309/products/4711/prices/update\n"
                               "stock: POST /product/202309/products/4711/inventory/update\n");
  cs_adapter_test_assert_plan (channel, make_listing (CS_OPERATION_WITHDRAW), replies, "withdraw: POST /product/202309/products/deactivate\n");
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

static void
test_faults (void)
{
  static const CsInnerFault faults[] = {
    { "{\"code\":0,\"data\":{}}", -1 },
    { "{\"code\":105002,\"message\":\"expired\"}", CS_ERROR_SIGN_IN },
    { "{\"code\":36009004,\"message\":\"too many\"}", CS_ERROR_LATER },
    { "{\"code\":36009003,\"message\":\"internal\"}", CS_ERROR_UNKNOWN },
    { "{\"code\":12052217,\"message\":\"title too short\"}", CS_ERROR_REFUSED },
  };
  g_autoptr (CsChannel) channel = make_channel ();

  cs_adapter_test_assert_inner_faults (channel, faults, G_N_ELEMENTS (faults));
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

  cs_adapter_test_assert_check (channel, make_listing (CS_OPERATION_CREATE));
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
