/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "cs-http.h"
#include "cs-json.h"
#include "cs-practice-shop.h"
#include "cs-test.h"

#define JPEG "\xff\xd8\xff\xe0 not much of a picture"

typedef struct
{
  char           *folder;
  CsPracticeShop *shop;
  CsHttp         *http;
} Fixture;

static void
start (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;

  self->shop = cs_practice_shop_new (self->folder);
  address = dex_await_string (cs_practice_shop_start (self->shop), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (address, ==, cs_practice_shop_get_address (self->shop));
}

static void
stop (Fixture *self)
{
  cs_practice_shop_stop (self->shop);
  g_clear_object (&self->shop);
}

static void
fixture_init (Fixture *self)
{
  self->folder = g_dir_make_tmp ("countersign-shop-XXXXXX", NULL);
  self->http = cs_http_new ();
  start (self);
}

static void
fixture_clear (Fixture *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", self->folder);

  if (self->shop != NULL)
    stop (self);
  g_clear_object (&self->http);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (self->folder);
}

static CsRequest *
make_request (Fixture    *self,
              const char *method,
              const char *path,
              const char *body)
{
  g_autofree char *address = g_strconcat (cs_practice_shop_get_address (self->shop), path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", cs_practice_shop_get_token (self->shop), NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body != NULL ? body : "", body != NULL ? strlen (body) : 0);
  CsRequest *request = cs_request_make (method, address);

  cs_request_set_header (request, "Authorization", bearer);
  if (body != NULL)
    cs_request_set_body (request, "application/json", bytes);

  return request;
}

static guint
send (Fixture   *self,
      CsRequest *request,
      char     **text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsReply) reply = dex_await_boxed (cs_http_send (self->http, request, NULL), &error);

  g_assert_no_error (error);
  if (text != NULL)
    *text = g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));

  return reply->status;
}

static guint
ask (Fixture    *self,
     const char *method,
     const char *path,
     const char *body,
     char      **text)
{
  g_autoptr (CsRequest) request = make_request (self, method, path, body);

  return send (self, request, text);
}

static void
test_life (void)
{
  Fixture fixture;
  g_autofree char *created = NULL;
  g_autofree char *twice = NULL;
  g_autofree char *draft = NULL;
  g_autofree char *live = NULL;
  g_autofree char *front = NULL;
  g_autofree char *found = NULL;
  g_autofree char *one = NULL;
  g_autofree char *offered = NULL;

  fixture_init (&fixture);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products", "{\"key\":\"k\",\"title\":\"Basket\"}", &created), ==, 201);
  g_assert_cmpstr (created, ==, "{\"id\":\"1\",\"key\":\"k\",\"state\":\"draft\",\"title\":\"Basket\",\"url\":\"/p/1\",\"version\":1}");
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products", "{\"key\":\"k\",\"title\":\"Basket\"}", &twice), ==, 409);

  /* Customers do not see a draft */
  g_assert_cmpuint (ask (&fixture, "GET", "/p/1", NULL, &draft), ==, 404);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products/1/publish", NULL, NULL), ==, 200);
  g_assert_cmpuint (ask (&fixture, "GET", "/p/1", NULL, &live), ==, 200);
  g_assert_nonnull (strstr (live, "Basket"));
  g_assert_cmpuint (ask (&fixture, "GET", "/", NULL, &front), ==, 200);
  g_assert_nonnull (strstr (front, "/p/1"));

  g_assert_cmpuint (ask (&fixture, "PUT", "/api/products/1", "{\"key\":\"k\",\"title\":\"Mug\",\"nonsense\":1}", NULL), ==, 200);
  g_assert_cmpuint (ask (&fixture, "GET", "/api/products?key=k", NULL, &found), ==, 200);
  g_assert_cmpstr (found, ==, "{\"products\":[{\"id\":\"1\",\"key\":\"k\",\"state\":\"live\",\"title\":\"Mug\",\"version\":3}]}");
  g_assert_cmpuint (ask (&fixture, "GET", "/api/products/1", NULL, &one), ==, 200);
  g_assert_cmpstr (one, ==, "{\"id\":\"1\",\"key\":\"k\",\"state\":\"live\",\"title\":\"Mug\",\"url\":\"/p/1\",\"version\":3}");
  /* Price and stock alone leave the rest as it is */
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products/1/offer", "{\"stock\":4}", &offered), ==, 200);
  g_assert_cmpstr (offered, ==, "{\"id\":\"1\",\"key\":\"k\",\"state\":\"live\",\"stock\":4,\"title\":\"Mug\",\"url\":\"/p/1\",\"version\":4}");
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products/1/offer", "{\"title\":\"\"}", NULL), ==, 422);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products/1/withdraw", NULL, NULL), ==, 200);
  g_assert_cmpuint (ask (&fixture, "GET", "/p/1", NULL, NULL), ==, 404);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products/2/publish", NULL, NULL), ==, 404);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products", "{\"key\":\"k2\"}", NULL), ==, 422);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products", "[]", NULL), ==, 422);
  fixture_clear (&fixture);
}

static void
test_sku (void)
{
  Fixture fixture;

  fixture_init (&fixture);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products", "{\"key\":\"a\",\"sku\":\"s\",\"title\":\"A\"}", NULL), ==, 201);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products", "{\"key\":\"b\",\"sku\":\"s\",\"title\":\"B\"}", NULL), ==, 409);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products", "{\"key\":\"c\",\"sku\":\"\",\"title\":\"C\"}", NULL), ==, 201);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products", "{\"key\":\"d\",\"sku\":\"\",\"title\":\"D\"}", NULL), ==, 201);
  fixture_clear (&fixture);
}

/* What was said to be there is there after a restart, at the same address */
static void
test_restart (void)
{
  Fixture fixture;
  g_autofree char *before = NULL;
  g_autofree char *found = NULL;

  fixture_init (&fixture);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products", "{\"key\":\"k\",\"title\":\"Basket\"}", NULL), ==, 201);
  before = g_strdup (cs_practice_shop_get_address (fixture.shop));
  /* The port is kept beside, and does not hold the start up */
  dex_await (dex_timeout_new_msec (200), NULL);
  stop (&fixture);
  start (&fixture);
  g_assert_cmpstr (cs_practice_shop_get_address (fixture.shop), ==, before);
  g_assert_cmpuint (ask (&fixture, "GET", "/api/products?key=k", NULL, &found), ==, 200);
  g_assert_nonnull (strstr (found, "Basket"));
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products", "{\"key\":\"k\",\"title\":\"Basket\"}", NULL), ==, 409);
  fixture_clear (&fixture);
}

static void
test_damaged (void)
{
  Fixture fixture;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPracticeShop) shop = NULL;

  fixture_init (&fixture);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products", "{\"key\":\"k\",\"title\":\"Basket\"}", NULL), ==, 201);
  path = g_build_filename (fixture.folder, "products", "1.json", NULL);
  g_assert_true (g_file_set_contents (path, "{\"key", -1, NULL));
  shop = cs_practice_shop_new (fixture.folder);
  g_assert_false (dex_await (cs_practice_shop_start (shop), &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_set_contents (path, "{\"id\":\"1\",\"key\":\"k\"}", -1, NULL));
  /* Once it is mended, the same shop opens */
  g_assert_true (dex_await (cs_practice_shop_start (shop), NULL));
  fixture_clear (&fixture);
}

static void
test_pages (void)
{
  Fixture fixture;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  fixture_init (&fixture);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"key\":\"k%u\",\"title\":\"T%u\"}", i, i);

      g_assert_cmpuint (ask (&fixture, "POST", "/api/products", body, NULL), ==, 201);
    }
  g_assert_cmpuint (ask (&fixture, "GET", "/api/products?cursor=&limit=2", NULL, &first), ==, 200);
  g_assert_nonnull (strstr (first, "\"next\":\"2\""));
  g_assert_nonnull (strstr (first, "T2"));
  g_assert_null (strstr (first, "T0"));
  g_assert_cmpuint (ask (&fixture, "GET", "/api/products?cursor=2&limit=2", NULL, &second), ==, 200);
  g_assert_null (strstr (second, "next"));
  g_assert_nonnull (strstr (second, "T0"));
  g_assert_null (strstr (second, "T1"));
  fixture_clear (&fixture);
}

/* Whatever a product says, it stays text */
static void
test_escaped (void)
{
  Fixture fixture;
  g_autofree char *picture = NULL;
  g_autofree char *body = NULL;
  g_autofree char *page = NULL;
  g_autofree char *front = NULL;
  g_autoptr (JsonNode) node = NULL;
  const char *const evil = "</title><script>alert(1)</script><img src=x onerror=alert(1)>'\\\"&lt;";
  const char *id;

  fixture_init (&fixture);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/pictures", JPEG, &picture), ==, 201);
  node = cs_json_parse (picture, -1, NULL);
  id = cs_json_string (cs_json_node_object (node), "id", NULL);
  body = g_strdup_printf ("{\"key\":\"%s\",\"sku\":\"%s\",\"title\":\"%s\",\"description\":\"%s\",\"brand\":\"%s\","
                          "\"bullets\":[\"%s\"],\"attributes\":{\"%s\":\"%s\"},\"price\":{\"amount\":\"%s\"},"
                          "\"variants\":[{\"options\":{\"a\":\"%s\"},\"price\":\"%s\"}],"
                          "\"pictures\":[{\"id\":\"%s\",\"alt\":\"%s\"}]}",
                          evil, evil, evil, evil, evil, evil, evil, evil, evil, evil, evil, id, evil);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products", body, NULL), ==, 201);
  g_assert_cmpuint (ask (&fixture, "POST", "/api/products/1/publish", NULL, NULL), ==, 200);
  g_assert_cmpuint (ask (&fixture, "GET", "/p/1", NULL, &page), ==, 200);
  g_assert_cmpuint (ask (&fixture, "GET", "/", NULL, &front), ==, 200);
  g_assert_nonnull (strstr (page, "&lt;script&gt;"));
  g_assert_nonnull (strstr (page, "&amp;lt;"));
  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "<img src=x"));
  g_assert_null (strstr (page, "'\""));
  g_assert_null (strstr (front, "<script"));
  g_assert_null (strstr (front, "<img src=x"));
  fixture_clear (&fixture);
}

static void
test_headers (void)
{
  Fixture fixture;
  const char *const paths[] = { "/", "/style.css", "/nothing", "/api/products", "/api/nothing" };

  fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (CsRequest) request = make_request (&fixture, "GET", paths[i], NULL);
      g_autoptr (CsReply) reply = dex_await_boxed (cs_http_send (fixture.http, request, NULL), NULL);
      const char *policy = cs_reply_get_header (reply, "Content-Security-Policy");

      g_assert_true (g_str_has_prefix (policy, "default-src 'none'"));
      g_assert_null (strstr (policy, "unsafe"));
      g_assert_null (strstr (policy, "script"));
      g_assert_cmpstr (cs_reply_get_header (reply, "X-Content-Type-Options"), ==, "nosniff");
      g_assert_null (cs_reply_get_header (reply, "Access-Control-Allow-Origin"));
    }
  fixture_clear (&fixture);
}

/* Neither a web page elsewhere nor another program here gets to the shelves */
static void
test_strangers (void)
{
  Fixture fixture;
  const struct
  {
    const char *method;
    const char *path;
    const char *header;
    const char *value;
    guint       status;
  } cases[] = {
    { "GET", "/", "Host", "evil.invalid", 421 },
    { "GET", "/", "Host", "127.0.0.1", 421 },
    { "GET", "/api/products", "Host", "evil.invalid:80", 421 },
    { "GET", "/api/products", "Authorization", "", 401 },
    { "GET", "/api/products", "Authorization", "Bearer ", 401 },
    { "GET", "/api/products", "Authorization", "Bearer CP-0000000000000000", 401 },
    { "POST", "/api/products", "Authorization", "Basic x", 401 },
    { "POST", "/api/products", "Origin", "http://127.0.0.1", 403 },
    { "GET", "/api/products", "Origin", "null", 403 },
    { "POST", "/", "X-None", "1", 405 },
    { "DELETE", "/p/1", "X-None", "1", 405 },
    { "DELETE", "/api/products/1", "X-None", "1", 404 },
  };

  fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsRequest) request = make_request (&fixture, cases[i].method, cases[i].path,
                                                    g_str_equal (cases[i].method, "POST") ? "{\"key\":\"k\",\"title\":\"T\"}" : NULL);

      cs_request_set_header (request, cases[i].header, cases[i].value);
      g_assert_cmpuint (send (&fixture, request, NULL), ==, cases[i].status);
    }
  {
    g_autofree char *all = NULL;

    g_assert_cmpuint (ask (&fixture, "GET", "/api/products", NULL, &all), ==, 200);
    g_assert_cmpstr (all, ==, "{\"products\":[]}");
  }
  fixture_clear (&fixture);
}

static void
test_traversal (void)
{
  Fixture fixture;
  const char *const paths[] = {
    "/picture/../port", "/picture/..%2fport", "/picture/%2e%2e/port", "/picture//etc/passwd",
    "/picture/", "/p/../../port", "/p/..%2f..%2fport", "/p/-1", "/p/99999999999999999999", "/p/1.json", "/port",
  };
  const char *const pictures[] = { "../port", "../../products/1.json", "", "/etc/passwd" };

  fixture_init (&fixture);
  dex_await (dex_timeout_new_msec (100), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    g_assert_cmpuint (ask (&fixture, "GET", paths[i], NULL, NULL), >=, 400);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"key\":\"k\",\"title\":\"T\",\"pictures\":[{\"id\":\"%s\"}]}", pictures[i]);

      g_assert_cmpuint (ask (&fixture, "POST", "/api/products", body, NULL), ==, 422);
    }
  g_assert_cmpuint (ask (&fixture, "POST", "/api/pictures", "<svg onload=alert(1)>", NULL), ==, 422);
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/channels/practice-shop/life", test_life);
  cs_test_add_fiber ("/channels/practice-shop/sku", test_sku);
  cs_test_add_fiber ("/channels/practice-shop/restart", test_restart);
  cs_test_add_fiber ("/channels/practice-shop/damaged", test_damaged);
  cs_test_add_fiber ("/channels/practice-shop/pages", test_pages);
  cs_test_add_fiber ("/channels/practice-shop/escaped", test_escaped);
  cs_test_add_fiber ("/channels/practice-shop/headers", test_headers);
  cs_test_add_fiber ("/channels/practice-shop/strangers", test_strangers);
  cs_test_add_fiber ("/channels/practice-shop/traversal", test_traversal);

  return g_test_run ();
}
