/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-signature.h"

/* Values that platforms publish for their signatures, or that an implementation
 * of the algorithm gives where none is published
 */
typedef struct
{
  CsSignatureKind kind;
  const char     *secret;
  const char     *path;
  const char     *parameters; /* name, value, name, value … a line each */
  const char     *expected;
} Vector;

static const Vector vectors[] = {
  { CS_SIGNATURE_TAOBAO, "helloworld", NULL,
    "method\ntaobao.item.seller.get\napp_key\n12345678\nsession\ntest\ntimestamp\n2016-01-01 12:00:00\nformat\njson\n"
    "v\n2.0\nsign_method\nmd5\nfields\nnum_iid,title,nick,price,num\nnum_iid\n11223344",
    "66987CB115214E59E6EC978214934FB8" },
  { CS_SIGNATURE_JD, "yourappSecret", NULL,
    "360buy_param_json\n{\"end_date\":null,\"optional_fields\":null,\"order_state\":\"WAIT_SELLER_STOCK_OUT\",\"page\":\"1\","
    "\"page_size\":\"200\",\"start_date\":null}\naccess_token\nyourtoken\napp_key\nyourappkey\n"
    "method\njingdong.pop.order.search\ntimestamp\n2021-05-07 09:20:39.683+0800\nv\n2.0",
    "D70825340F4084360B9362B60DFD7930" },
  { CS_SIGNATURE_JD, "yourappSecret", NULL,
    "v\n2.0\nmethod\njingdong.innovation.product.write.createSkus\napp_key\nyourappkey\naccess_token\nyourtoken\n"
    "360buy_param_json\n{\"paramStrin\":\"abc\"}\ntimestamp\n2019-06-27 15:41:49\nformat\njson\nsign_method\nmd5",
    "E79CD3D49918172CA907A4CB493D9361" },
  { CS_SIGNATURE_TAOBAO, "testSecret", NULL,
    "access_token\nasd78172s8ds9a921j9qqwda12312w1w21211\nclient_id\n1\ndata_type\nXML\norder_status\n1\npage\n1\n"
    "page_size\n10\ntimestamp\n1480411125\ntype\npdd.order.number.list.get",
    "E4DE3ED21002510DED352819E7AE6775" },
  { CS_SIGNATURE_1688, "test123", "param2/1/system/currentTime/1000000", "b\n2\na\n1",
    "33E54F4F7B989E3E0E912D3FBD2F1A03CA7CCE88" },
  { CS_SIGNATURE_LAZADA, "helloworld", "/order/get",
    "access_token\ntest\napp_key\n123456\norder_id\n1234\nsign_method\nsha256\ntimestamp\n1517820392000",
    "4190D32361CFB9581350222F345CB77F3B19F0E31D162316848A2C1FFD5FAB4A" },
  { CS_SIGNATURE_TIKTOK_SHOP, "e59af819cc", "/authorization/202309/shops",
    "app_key\n29a39d\ntimestamp\n1623812664\naccess_token\nnot signed",
    "b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8" },
  { CS_SIGNATURE_DOUYIN, "secret1", NULL,
    "app_key\nkey1\nmethod\nproduct.addV2\nparam_json\n{\"a\":\"中文\",\"b\":1}\ntimestamp\n2026-07-10 12:00:00\nv\n2\n"
    "sign_method\nhmac-sha256\naccess_token\nnot signed",
    "1dfcd530378dae3a0e0c3ab71966b90bfe26cf1fa2c26d31dc8aa58c37f82067" },
};

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_auto (GStrv) lines = g_strsplit (vectors[i].parameters, "\n", -1);
      g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
      g_autofree char *signature = NULL;

      for (guint k = 0; lines[k] != NULL && lines[k + 1] != NULL; k += 2)
        g_hash_table_insert (parameters, lines[k], lines[k + 1]);
      signature = cs_signature_make (vectors[i].kind, vectors[i].secret, vectors[i].path, parameters, NULL);
      g_assert_cmpstr (signature, ==, vectors[i].expected);
    }
}

/* A body is signed where there is one */
static void
test_body (void)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autofree char *with = cs_signature_make (CS_SIGNATURE_TIKTOK_SHOP, "s", "/p", parameters, body);
  g_autofree char *without = cs_signature_make (CS_SIGNATURE_TIKTOK_SHOP, "s", "/p", parameters, NULL);
  g_autofree char *expected = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) "s", 1, "s/p{}s", -1);

  g_assert_cmpstr (with, ==, expected);
  g_assert_cmpstr (without, !=, with);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/channels/signature/vectors", test_vectors);
  g_test_add_func ("/channels/signature/body", test_body);

  return g_test_run ();
}
