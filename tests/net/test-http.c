/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-error.h"
#include "cs-http.h"
#include "cs-test.h"

/* A server that misbehaves as its path says */
static void
serve_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           n_requests)
{
  *(guint *) n_requests += 1;
  soup_server_message_set_status (message, 200, NULL);

  if (g_str_equal (path, "/long"))
    {
      g_autofree char *text = g_strnfill (200000, 'x');

      soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, text, 200000);
    }
  else if (g_str_equal (path, "/moved"))
    soup_server_message_set_redirect (message, 307, "/elsewhere");
  else if (g_str_equal (path, "/cut"))
    g_object_unref (soup_server_message_steal_connection (message));
  else if (g_str_equal (path, "/silent"))
    soup_server_message_pause (message);
  else
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{\"a\":1}", 7);
}

typedef struct
{
  SoupServer *server;
  CsHttp     *http;
  guint       n_requests;
  int         port;
} Fixture;

static void
fixture_init (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  *self = (Fixture) { .server = soup_server_new (NULL, NULL), .http = cs_http_new () };
  soup_server_add_handler (self->server, NULL, serve_cb, &self->n_requests, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
fixture_clear (Fixture *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->http);
}

static CsReply *
send (Fixture    *self,
      const char *method,
      const char *path,
      GError    **error)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%d%s", self->port, path);
  g_autoptr (CsRequest) request = cs_request_make (method, address);
  g_autoptr (GBytes) body = g_bytes_new_static ("hello", 5);
  CsHttpLimits limits = { .bytes = 100000, .seconds = 1 };

  if (g_str_equal (method, "POST"))
    cs_request_set_body (request, "text/plain", body);

  return dex_await_boxed (cs_http_send (self->http, request, &limits), error);
}

static void
test_answer (void)
{
  Fixture fixture;
  g_autoptr (CsReply) reply = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture);
  reply = send (&fixture, "POST", "/", &error);
  g_assert_no_error (error);
  g_assert_true (cs_reply_is_success (reply));
  json = cs_reply_dup_json (reply, &error);
  g_assert_no_error (error);
  fixture_clear (&fixture);
}

static void
test_not_followed (void)
{
  Fixture fixture;
  g_autoptr (CsReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture);
  reply = send (&fixture, "GET", "/moved", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 307);
  g_assert_cmpuint (fixture.n_requests, ==, 1);
  fixture_clear (&fixture);
}

static void
assert_error (const char *method,
              const char *path,
              CsError     code)
{
  Fixture fixture;
  g_autoptr (CsReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture);
  reply = send (&fixture, method, path, &error);
  g_assert_null (reply);
  g_assert_error (error, CS_ERROR, (int) code);
  g_assert_cmpuint (fixture.n_requests, ==, 1);
  fixture_clear (&fixture);
}

/* Whatever happens once it was written, nobody knows if it arrived */
static void
test_unknown (void)
{
  assert_error ("POST", "/long", CS_ERROR_UNKNOWN);
  assert_error ("POST", "/cut", CS_ERROR_UNKNOWN);
  assert_error ("POST", "/silent", CS_ERROR_UNKNOWN);
  assert_error ("GET", "/silent", CS_ERROR_UNKNOWN);
}

/* Nothing that writes is sent a second time by the library beneath us */
static void
test_not_repeated (void)
{
  Fixture fixture;
  const char *const methods[] = { "POST", "PUT", "DELETE" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (CsReply) first = NULL;
      g_autoptr (CsReply) reply = NULL;
      g_autoptr (GError) error = NULL;

      fixture_init (&fixture);
      first = send (&fixture, "GET", "/", &error);
      g_assert_no_error (error);
      reply = send (&fixture, methods[i], "/cut", &error);
      g_assert_error (error, CS_ERROR, CS_ERROR_UNKNOWN);
      g_assert_cmpuint (fixture.n_requests, ==, 2);
      fixture_clear (&fixture);
    }
}

static void
test_unreachable (void)
{
  Fixture fixture;
  g_autoptr (CsReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture);
  soup_server_disconnect (fixture.server);
  reply = send (&fixture, "POST", "/", &error);
  g_assert_null (reply);
  g_assert_error (error, CS_ERROR, CS_ERROR_LATER);
  fixture_clear (&fixture);
}

static void
assert_address_refused (const char *address)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRequest) request = cs_request_make ("GET", address);
  g_autoptr (CsReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = dex_await_boxed (cs_http_send (http, request, NULL), &error);
  g_assert_null (reply);
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
}

static void
test_addresses (void)
{
  assert_address_refused ("http://shop.invalid/");
  assert_address_refused ("http://localhost.shop.invalid/");
  assert_address_refused ("http://127.0.0.1.shop.invalid/");
  assert_address_refused ("file:///etc/passwd");
  assert_address_refused ("shop");
  assert_address_refused ("");
}

static void
assert_loopback (const char *address,
                 gboolean    expected)
{
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);

  g_assert_cmpint (cs_http_is_loopback (uri), ==, expected);
}

static void
test_loopback (void)
{
  assert_loopback ("http://127.0.0.1:80/", TRUE);
  assert_loopback ("http://[::1]:80/", TRUE);
  assert_loopback ("http://localhost/", TRUE);
  assert_loopback ("http://10.0.0.1/", FALSE);
  assert_loopback ("http://127.0.0.1@shop.invalid/", FALSE);
}

/* Dropping the future takes the request back */
static void
test_dropped (void)
{
  Fixture fixture;
  g_autofree char *address = NULL;
  g_autoptr (CsRequest) request = NULL;

  fixture_init (&fixture);
  address = g_strdup_printf ("http://127.0.0.1:%d/silent", fixture.port);
  request = cs_request_make ("GET", address);
  g_assert_false (dex_await (dex_future_first (cs_http_send (fixture.http, request, NULL),
                                               dex_timeout_new_msec (50), NULL),
                             NULL));
  dex_await (dex_timeout_new_msec (50), NULL);
  g_assert_cmpuint (fixture.n_requests, ==, 1);
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/net/http/answer", test_answer);
  cs_test_add_fiber ("/net/http/not-followed", test_not_followed);
  cs_test_add_fiber ("/net/http/unknown", test_unknown);
  cs_test_add_fiber ("/net/http/not-repeated", test_not_repeated);
  cs_test_add_fiber ("/net/http/unreachable", test_unreachable);
  cs_test_add_fiber ("/net/http/addresses", test_addresses);
  cs_test_add_fiber ("/net/http/loopback", test_loopback);
  cs_test_add_fiber ("/net/http/dropped", test_dropped);

  return g_test_run ();
}
