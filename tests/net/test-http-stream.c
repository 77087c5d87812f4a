/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-error.h"
#include "cs-event-stream.h"
#include "cs-http.h"
#include "cs-model-server.h"
#include "cs-test.h"

#define BODY \
  "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"1. brand: Zhuli\\n2. size: 28 cm\"}]}"

static CsHttpStream *
open_stream (CsHttp        *http,
             CsModelServer *server,
             const char    *dialect,
             CsHttpLimits  *limits,
             GError       **error)
{
  g_autofree char *base = cs_model_server_dup_address (server, dialect);
  g_autofree char *address = g_strconcat (base, "/chat/completions", NULL);
  g_autoptr (CsRequest) request = cs_request_make ("POST", address);
  g_autoptr (GBytes) body = g_bytes_new_static (BODY, strlen (BODY));

  cs_request_set_header (request, "Authorization", "Bearer good");
  cs_request_set_body (request, "application/json", body);

  return dex_await_object (cs_http_open (http, request, limits), error);
}

/* Everything up to the end or the first error */
static GString *
read_all (CsHttpStream *stream,
          GError      **error)
{
  GString *text = g_string_new (NULL);

  for (;;)
    {
      g_autoptr (GBytes) bytes = dex_await_boxed (cs_http_stream_read (stream), error);

      if (bytes == NULL || g_bytes_get_size (bytes) == 0)
        return text;

      g_string_append_len (text, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
}

static GString *
fetch (CsModelServer *server,
       const char    *dialect,
       CsHttpLimits  *limits,
       GError       **error)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsHttpStream) stream = open_stream (http, server, dialect, limits, error);

  return stream != NULL ? read_all (stream, error) : NULL;
}

static void
test_whole (void)
{
  const char *const dialects[] = { "openai", "openai+bytes=1", "openai+unframed", "openai+gzip", "openai+crlf+lines" };
  g_autoptr (CsModelServer) server = cs_model_server_new ();

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      g_autoptr (CsEventStream) events = cs_event_stream_new (100000);
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) text = fetch (server, dialects[i], NULL, &error);
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;
      char *event;

      g_assert_no_error (error);
      cs_event_stream_push (events, text->str, text->len, &error);
      g_assert_no_error (error);
      cs_event_stream_end (events);
      first = cs_event_stream_pop (events);
      g_assert_nonnull (strstr (first, "\"role\": \"assistant\""));
      while ((event = cs_event_stream_pop (events)))
        {
          g_free (last);
          last = event;
        }
      g_assert_cmpstr (last, ==, "[DONE]");
    }
}

/* Whatever the status, there is a body to read */
static void
test_status (void)
{
  g_autoptr (CsModelServer) server = cs_model_server_new ();
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsHttpStream) stream = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;

  stream = open_stream (http, server, "openai+ratelimit=7", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cs_http_stream_get_status (stream), ==, 429);
  g_assert_cmpstr (soup_message_headers_get_one (cs_http_stream_get_headers (stream), "Retry-After"), ==, "7");
  text = read_all (stream, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text->str, "Rate limit reached"));

  /* At its end it stays */
  after = dex_await_boxed (cs_http_stream_read (stream), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (after), ==, 0);
}

static void
test_not_followed (void)
{
  g_autoptr (CsModelServer) server = cs_model_server_new ();
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsHttpStream) stream = NULL;
  g_autoptr (GError) error = NULL;

  stream = open_stream (http, server, "openai+redirect=ollama", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cs_http_stream_get_status (stream), ==, 307);
  g_assert_cmpuint (cs_model_server_count (server, NULL), ==, 1);
}

/* What is cut is never taken for whole; wherever it is cut */
static void
test_cut (void)
{
  g_autoptr (CsModelServer) server = cs_model_server_new ();
  g_autoptr (GError) whole_error = NULL;
  g_autoptr (GString) whole = fetch (server, "openai+piece=60", NULL, &whole_error);

  g_assert_no_error (whole_error);
  for (gsize at = 1; at < whole->len; at += g_test_slow () ? 1 : 37)
    {
      g_autofree char *dialect = g_strdup_printf ("openai+piece=60+cut=%" G_GSIZE_FORMAT, at);
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) text = fetch (server, dialect, NULL, &error);

      g_assert_error (error, CS_ERROR, CS_ERROR_UNKNOWN);
      g_assert_cmpuint (text->len, <=, at);
      g_assert_true (strncmp (text->str, whole->str, text->len) == 0);
    }
}

static void
assert_breaks (const char   *dialect,
               CsHttpLimits  limits,
               const char   *words)
{
  g_autoptr (CsModelServer) server = cs_model_server_new ();
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsHttpStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = NULL;

  stream = open_stream (http, server, dialect, &limits, &error);
  if (stream != NULL)
    {
      text = read_all (stream, &error);
      /* And does not go on */
      g_assert_null (dex_await_boxed (cs_http_stream_read (stream), NULL));
    }
  g_assert_error (error, CS_ERROR, CS_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_limits (void)
{
  assert_breaks ("openai+hang", (CsHttpLimits) { .seconds = 30, .silence = 1 }, "did not answer in time");
  assert_breaks ("openai+hang", (CsHttpLimits) { .seconds = 1, .silence = 30 }, "did not answer in time");
  assert_breaks ("openai+hang=300", (CsHttpLimits) { .seconds = 30, .silence = 1 }, "did not answer in time");
  assert_breaks ("openai+slow=300", (CsHttpLimits) { .seconds = 1, .silence = 30 }, "did not answer in time");
  assert_breaks ("openai", (CsHttpLimits) { .bytes = 500 }, "far too long");
  assert_breaks ("openai+huge=400", (CsHttpLimits) { .bytes = 300000 }, "far too long");
  assert_breaks ("openai+reset=300", (CsHttpLimits) { .seconds = 30 }, "broke off");
}

/* Slow is not silent */
static void
test_slow (void)
{
  g_autoptr (CsModelServer) server = cs_model_server_new ();
  CsHttpLimits limits = { .seconds = 30, .silence = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = fetch (server, "openai+slow=150+piece=50", &limits, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (text->str, "[DONE]"));
}

/* Waits until an answer has ended; whether the client was seen to leave */
static gboolean
wait_for_end (CsModelServer *server)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (JsonArray) ends = cs_model_server_dup_ends (server);

      if (json_array_get_length (ends) > 0)
        return json_object_get_boolean_member (json_array_get_object_element (ends, 0), "gone");

      dex_await (dex_timeout_new_msec (10), NULL);
    }

  return FALSE;
}

/* Letting it go closes the connection at once, wherever it stands */
static void
test_dropped (void)
{
  const char *const dialects[] = { "openai+hang", "openai+hang=300", "openai+slow=50+piece=1" };

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    for (guint how = 0; how < 3; how++)
      {
        g_autoptr (CsModelServer) server = cs_model_server_new ();
        g_autoptr (CsHttp) http = cs_http_new ();
        g_autoptr (CsHttpStream) stream = NULL;
        g_autofree char *base = cs_model_server_dup_address (server, dialects[i]);
        g_autofree char *address = g_strconcat (base, "/chat/completions", NULL);
        g_autoptr (CsRequest) request = cs_request_make ("POST", address);
        g_autoptr (GBytes) body = g_bytes_new_static (BODY, strlen (BODY));

        cs_request_set_header (request, "Authorization", "Bearer good");
        cs_request_set_body (request, "application/json", body);
        stream = dex_await_object (dex_future_first (cs_http_open (http, request, NULL),
                                                     dex_timeout_new_msec (i == 0 ? 150 : 10000), NULL), NULL);
        g_assert_true ((stream == NULL) == (i == 0));
        if (stream != NULL && how > 0)
          {
            g_autoptr (GBytes) bytes = dex_await_boxed (cs_http_stream_read (stream), NULL);

            g_assert_nonnull (bytes);
          }
        /* Also while it is being read */
        if (stream != NULL && how == 2)
          while (dex_await (dex_future_first (cs_http_stream_read (stream), dex_timeout_new_msec (20), NULL), NULL))
            ;
        g_clear_object (&stream);
        g_assert_true (wait_for_end (server));
      }
}

static void
test_unreachable (void)
{
  g_autoptr (CsModelServer) server = cs_model_server_new ();
  g_autofree char *address = cs_model_server_dup_address (server, "openai");
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRequest) request = cs_request_make ("POST", address);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&server, cs_model_server_free);
  g_assert_null (dex_await_object (cs_http_open (http, request, NULL), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_LATER);
}

static void
test_addresses (void)
{
  const char *const addresses[] = { "http://models.invalid/v1", "http://localhost.models.invalid/", "file:///etc/passwd", "ftp://127.0.0.1/", "models", "" };
  g_autoptr (CsHttp) http = cs_http_new ();

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (CsRequest) request = cs_request_make ("POST", addresses[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (dex_await_object (cs_http_open (http, request, NULL), &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
    }
}

/* More at once than a browser would have */
static void
test_many (void)
{
  g_autoptr (CsModelServer) server = cs_model_server_new ();
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GError) error = NULL;
      CsHttpStream *stream = open_stream (http, server, "openai+hang=300", NULL, &error);

      g_assert_no_error (error);
      g_ptr_array_add (streams, stream);
    }
  g_assert_cmpuint (cs_model_server_count (server, NULL), ==, 12);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/net/http-stream/whole", test_whole);
  cs_test_add_fiber ("/net/http-stream/status", test_status);
  cs_test_add_fiber ("/net/http-stream/not-followed", test_not_followed);
  cs_test_add_fiber ("/net/http-stream/cut", test_cut);
  cs_test_add_fiber ("/net/http-stream/limits", test_limits);
  cs_test_add_fiber ("/net/http-stream/slow", test_slow);
  cs_test_add_fiber ("/net/http-stream/dropped", test_dropped);
  cs_test_add_fiber ("/net/http-stream/unreachable", test_unreachable);
  cs_test_add_fiber ("/net/http-stream/addresses", test_addresses);
  cs_test_add_fiber ("/net/http-stream/many", test_many);

  return g_test_run ();
}
