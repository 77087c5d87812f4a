/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-adapter-test.h"
#include "cs-channel-json.h"
#include "cs-alibaba.h"
#include "cs-json.h"
#include "cs-signature.h"
#include "cs-test.h"

#define ADDRESS "http://127.0.0.1:9"

static CsChannel *
make_channel (void)
{
  return cs_adapter_test_make_channel (&cs_alibaba_kind, ADDRESS, NULL, "{\"app_key\":\"1000000\",\"app_secret\":\"test123\",\"access_token\":\"t\"}");
}

static CsListing *
make_listing (CsOperation operation)
{
  CsListing *listing = cs_adapter_test_make_listing ("1688", operation, TRUE);

  listing->category_id = g_strdup ("77");
  listing->attributes = g_strdup ("{\"12\":\"345\",\"13\":\"by hand\"}");
  listing->terms = g_strdup ("{\"album_id\":\"3\",\"least\":\"2\",\"unit\":\"个\"}");
  g_strlcpy (listing->price.currency, "CNY", sizeof listing->price.currency);

  return listing;
}

static const CsRecordedReply replies[] = {
  { "picture.", "{\"image\":{\"id\":1,\"url\":\"img/1.jpg\"}}" },
  { "shown", "{\"productInfo\":{\"productID\":4711,\"skuInfos\":[{\"skuId\":81,\"cargoNumber\":\"B-1\"}]}}" },
  { "", "{\"productID\":4711}" },
  { NULL, NULL },
};

static void
test_plans (void)
{
  g_autoptr (CsChannel) channel = make_channel ();

  cs_adapter_test_assert_plan (channel, make_listing (CS_OPERATION_CREATE), replies,
                               "picture.0: POST /openapi/param2/1/com.alibaba.product/alibaba.photobank.photo.add/1000000?albumID=3&name=CS-1.jpg&webSite=1688\n"
                               "picture.1: POST /openapi/param2/1/com.alibaba.product/alibaba.photobank.photo.add/1000000?albumID=3&name=CS-2.jpg&webSite=1688\n"
                               "create: POST /openapi/param2/1/com.alibaba.product/alibaba.product.add/1000000\n");
  cs_adapter_test_assert_plan (channel, make_listing (CS_OPERATION_OFFER), replies,
                               "shown: POST /openapi/param2/1/com.alibaba.product/alibaba.product.get/1000000\n"
                               "offer: POST /openapi/param2/1/com.alibaba.product/alibaba.product.modifyStock/1000000\n");
  cs_adapter_test_assert_plan (channel, make_listing (CS_OPERATION_WITHDRAW), replies,
                               "withdraw: POST /openapi/param2/1/com.alibaba.product/alibaba.product.expire/1000000\n");
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
  g_assert_nonnull (strstr (plan, "categoryID=77"));
  g_assert_nonnull (strstr (plan, "B-1-R"));
  g_assert_nonnull (strstr (plan, "39.95"));
  g_assert_nonnull (strstr (plan, "minOrderQuantity%22%3A2"));
  g_assert_nonnull (strstr (plan, "img%2F1.jpg"));
}

static void
test_read (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (JsonNode) json = cs_adapter_test_json ("{\"productInfo\":{\"productID\":4711,\"subject\":\"Basket\",\"status\":\"published\",\"image\":{\"images\":[\"img/1.jpg\"]},\"attributes\":[{\"attributeID\":3151,\"value\":\"B-1\"}],\"saleInfo\":{\"amountOnSale\":3,\"priceRanges\":[{\"startQuantity\":1,\"price\":49.9}]}}}");
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
  g_assert_cmpstr (remote->sku, ==, "B-1");
  g_assert_cmpstr (remote->pictures[0], ==, "https://cbu01.alicdn.com/img/1.jpg");
}

static void
test_faults (void)
{
  static const CsInnerFault faults[] = {
    { "{\"productID\":1,\"success\":true}", -1 },
    { "{\"error_code\":\"gw.InvalidAccessToken\",\"error_message\":\"x\"}", CS_ERROR_SIGN_IN },
    { "{\"error_code\":\"gw.QosAppFrequencyLimit\"}", CS_ERROR_LATER },
    { "{\"errorCode\":\"SYS_ERROR\"}", CS_ERROR_UNKNOWN },
    { "{\"result\":[{\"productId\":12,\"result\":false,\"desc\":\"no\"}]}", CS_ERROR_REFUSED },
    { "{\"success\":false,\"errorCode\":\"CHK_SUBJECT\",\"errorMsg\":\"subject\"}", CS_ERROR_REFUSED },
  };
  g_autoptr (CsChannel) channel = make_channel ();

  cs_adapter_test_assert_inner_faults (channel, faults, G_N_ELEMENTS (faults));
}

/* What is signed is the path, and everything but the file */
static void
test_sign (void)
{
  g_autoptr (CsChannel) channel = make_channel ();
  g_autoptr (CsRequest) request = cs_request_make ("POST", ADDRESS "/openapi/param2/1/system/currentTime/1000000?b=2");
  g_autoptr (GBytes) body = g_bytes_new_static ("a=1", 3);
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *expected = NULL;

  g_hash_table_insert (parameters, (gpointer) "a", (gpointer) "1");
  g_hash_table_insert (parameters, (gpointer) "b", (gpointer) "2");
  g_hash_table_insert (parameters, (gpointer) "access_token", (gpointer) "t");
  g_hash_table_insert (parameters, (gpointer) "_aop_timestamp", (gpointer) "7000");
  expected = cs_signature_make (CS_SIGNATURE_1688, "test123", "param2/1/system/currentTime/1000000", parameters, NULL);
  cs_request_set_body (request, "application/x-www-form-urlencoded", body);
  CS_CHANNEL_GET_CLASS (channel)->sign (channel, request, 7);
  g_assert_true (g_str_has_suffix (request->address, expected));
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

  cs_test_add_fiber ("/channels/1688/plans", test_plans);
  cs_test_add_fiber ("/channels/1688/body", test_body);
  cs_test_add_fiber ("/channels/1688/read", test_read);
  cs_test_add_fiber ("/channels/1688/faults", test_faults);
  cs_test_add_fiber ("/channels/1688/sign", test_sign);
  cs_test_add_fiber ("/channels/1688/hostile", test_hostile);
  cs_test_add_fiber ("/channels/1688/check", test_check);

  return g_test_run ();
}
