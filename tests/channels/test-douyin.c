/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-adapter-test.h"
#include "cs-channel-json.h"
#include "cs-douyin.h"
#include "cs-json.h"
#include "cs-signature.h"
#include "cs-test.h"

#define ADDRESS "http://127.0.0.1:9"

static CsChannel *
make_channel (void)
{
  return cs_adapter_test_make_channel (&cs_douyin_kind, ADDRESS, NULL, "{\"app_key\":\"key1\",\"app_secret\":\"secret1\",\"access_token\":\"t\",\"shop_id\":\"9\"}");
}

static CsListing *
make_listing (CsOperation operation)
{
  CsListing *listing = cs_adapter_test_make_listing ("douyin", operation, TRUE);

  listing->category_id = g_strdup ("77");
  listing->attributes = g_strdup ("{\"12\":\"345\",\"13\":\"by hand\"}");
  listing->terms = g_strdup ("{\"mobile\":\"13800000000\",\"freight_id\":\"5\",\"picture_base\":\"https://pictures.example/p/\"}");
  g_strlcpy (listing->price.currency, "CNY", sizeof listing->price.currency);

  return listing;
}

static const CsRecordedReply replies[] = {
  { "picture.0", "{\"code\":10000,\"data\":{\"material_id\":\"m1\",\"audit_status\":1}}" },
  { "picture.", "{\"code\":10000,\"data\":{\"material_id\":\"m2\",\"audit_status\":3,\"byte_url\":\"https://d/2.jpg\"}}" },
  { "material.", "{\"code\":10000,\"data\":{\"material_info\":{\"audit_status\":3,\"byte_url\":\"https://d/1.jpg\"}}}" },
  { "shown", "{\"code\":10000,\"data\":{\"product_id\":4711,\"spec_prices\":[{\"sku_id\":81,\"code\":\"B-1\"}]}}" },
  { "", "{\"code\":10000,\"data\":{\"product_id\":4711}}" },
  { NULL, NULL },
};

static void
test_plans (void)
{
  g_autoptr (CsChannel) channel = make_channel ();

  cs_adapter_test_assert_plan (channel, make_listing (CS_OPERATION_CREATE), replies,
                               "picture.0: POST /material/uploadImageSync\n"
                               "material.0: POST /material/queryMaterialDetail\n"
                               "picture.1: POST /material/uploadImageSync\n"
                               "create: POST /product/addV2\n"
                               "publish: POST /product/editV2\n");
  cs_adapter_test_assert_plan (channel, make_listing (CS_OPERATION_UPDATE), replies,
                               "picture.0: POST /material/uploadImageSync\n"
                               "material.0: POST /material/queryMaterialDetail\n"
                               "picture.1: POST /material/uploadImageSync\n"
                               "update: POST /product/editV2\n");
  cs_adapter_test_assert_plan (channel, make_listing (CS_OPERATION_OFFER), replies,
                               "shown: POST /product/detail\n"
                               "offer: POST /sku/editPrice\n"
                               "stock.0: POST /sku/syncStock\n");
  cs_adapter_test_assert_plan (channel, make_listing (CS_OPERATION_WITHDRAW), replies, "withdraw: POST /product/setOffline\n");
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
  g_assert_nonnull (strstr (plan, "\"commit\":false"));
  g_assert_nonnull (strstr (plan, "\"commit\":true"));
  g_assert_nonnull (strstr (plan, "\"outer_product_id\":\"CS-0123456789ABCDEF\""));
  g_assert_nonnull (strstr (plan, "\"pic\":\"https://d/1.jpg|https://d/2.jpg\""));
  g_assert_nonnull (strstr (plan, "\\\"price\\\":3995"));
  g_assert_nonnull (strstr (plan, "\"url\":\"https://pictures.example/p/CS-1.jpg\""));
  /* What its gateway escapes is escaped before it is signed */
  g_assert_null (strstr (plan, "<round>"));
  g_assert_nonnull (strstr (plan, "\\u003cround\\u003e"));
}

static void
test_read (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (JsonNode) json = cs_adapter_test_json ("{\"code\":10000,\"data\":{\"product_id\":4711,\"outer_product_id\":\"CS-1\",\"name\":\"Basket\",\"status\":0,\"check_status\":3,\"pic\":[\"https://d/1.jpg\"],\"spec_prices\":[{\"sku_id\":81,\"code\":\"B-1\",\"price\":4990,\"stock_num\":3}]}}");
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
}

static void
test_faults (void)
{
  static const CsInnerFault faults[] = {
    { "{\"code\":10000,\"data\":{}}", -1 },
    { "{\"code\":30001,\"sub_code\":\"isv.access-token-expired\"}", CS_ERROR_SIGN_IN },
    { "{\"code\":20000,\"sub_code\":\"isp.service-error\"}", CS_ERROR_UNKNOWN },
    { "{\"code\":80000,\"sub_code\":\"isv.app-call-limited\"}", CS_ERROR_LATER },
    { "{\"code\":40004,\"sub_msg\":\"title\"}", CS_ERROR_REFUSED },
  };
  g_autoptr (CsChannel) channel = make_channel ();

  cs_adapter_test_assert_inner_faults (channel, faults, G_N_ELEMENTS (faults));
}

/* A value that an implementation of the algorithm gives */
static void
test_sign (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsRequest) request = cs_request_make ("POST", ADDRESS "/product/addV2");
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"a\":\"中文\",\"b\":1}", strlen ("{\"a\":\"中文\",\"b\":1}"));

  /* 2026-07-10 12:00:00 in China */
  cs_request_set_body (request, "application/json", body);
  CS_CHANNEL_GET_CLASS (channel)->sign (channel, request, 1783656000);
  g_assert_nonnull (strstr (request->address, "timestamp=2026-07-10%2012%3A00%3A00"));
  g_assert_nonnull (strstr (request->address, "sign=1dfcd530378dae3a0e0c3ab71966b90bfe26cf1fa2c26d31dc8aa58c37f82067"));
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

  cs_test_add_fiber ("/channels/douyin/plans", test_plans);
  cs_test_add_fiber ("/channels/douyin/body", test_body);
  cs_test_add_fiber ("/channels/douyin/read", test_read);
  cs_test_add_fiber ("/channels/douyin/faults", test_faults);
  cs_test_add_fiber ("/channels/douyin/sign", test_sign);
  cs_test_add_fiber ("/channels/douyin/hostile", test_hostile);
  cs_test_add_fiber ("/channels/douyin/check", test_check);

  return g_test_run ();
}
