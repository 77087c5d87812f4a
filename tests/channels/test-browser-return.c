/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "cs-browser-return.h"
#include "cs-fiber.h"
#include "cs-test-knock.h"
#include "cs-test.h"

#define STATE "s3cret-state"

static CsBrowserReturn *
listen_for (const char *state)
{
  CsBrowserReturn *self = cs_browser_return_new (state);
  g_autoptr (GError) error = NULL;

  g_assert_null (cs_browser_return_get_address (self));
  g_assert_true (cs_browser_return_listen (self, &error));
  g_assert_no_error (error);

  return self;
}

static guint16
get_port (CsBrowserReturn *self)
{
  g_autoptr (GUri) uri = g_uri_parse (cs_browser_return_get_address (self), G_URI_FLAGS_NONE, NULL);

  return g_uri_get_port (uri);
}

static char *
knock (CsBrowserReturn *self,
       const char      *method,
       const char      *host,
       const char      *target)
{
  g_autofree char *own = g_strdup_printf ("localhost:%u", get_port (self));
  g_autofree char *text = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: %s\r\n\r\n", method, target, host != NULL ? host : own);

  return cs_test_knock (get_port (self), text);
}

static void
assert_pending (CsBrowserReturn *self)
{
  g_autoptr (DexFuture) future = cs_browser_return_wait (self);

  g_assert_true (dex_future_is_pending (future));
}

static void
test_comes_back (void)
{
  g_autoptr (CsBrowserReturn) self = listen_for (STATE);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = knock (self, "GET", NULL, "/return?code=a%2Bb%20c&state=" STATE);
  g_autofree char *again = knock (self, "GET", NULL, "/return?code=other&state=" STATE);
  g_autofree char *late = knock (self, "GET", NULL, "/return?error=access_denied&state=" STATE);
  g_autofree char *code = NULL;
  g_autofree char *named = NULL;

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
  g_assert_nonnull (strstr (answer, "You can go back to Countersign."));
  g_assert_nonnull (strstr (answer, "Content-Security-Policy: default-src 'none'"));
  g_assert_nonnull (strstr (answer, "Referrer-Policy: no-referrer"));
  g_assert_nonnull (strstr (answer, "Cache-Control: no-store"));
  g_assert_null (strstr (answer, "a+b"));
  g_assert_true (g_str_has_prefix (again, "HTTP/1.1 200"));

  code = dex_await_string (cs_browser_return_wait (self), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, "a+b c");

  named = g_strdup_printf ("http://localhost:%u/return", get_port (self));
  g_assert_cmpstr (cs_browser_return_get_named_address (self), ==, named);
}

/* The usual port where it is free, another where it is not */
static void
test_ports (void)
{
  g_autoptr (CsBrowserReturn) first = listen_for (STATE);
  g_autoptr (CsBrowserReturn) second = listen_for ("another");
  g_autofree char *answer = NULL;

  g_assert_cmpuint (get_port (first), !=, get_port (second));
  answer = knock (first, "GET", NULL, "/return?code=a&state=another");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400"));
  assert_pending (first);
  assert_pending (second);
}

static void
test_hostile (void)
{
  static const struct
  {
    const char *method;
    const char *host;
    const char *target;
    guint       status;
  } knocks[] = {
    { "GET", NULL, "/", 404 },
    { "GET", NULL, "/favicon.ico", 404 },
    { "GET", NULL, "/return/?code=a&state=" STATE, 404 },
    { "GET", NULL, "/return/../return/x?code=a&state=" STATE, 404 },
    { "GET", "evil.example", "/return?code=a&state=" STATE, 421 },
    { "GET", "localhost", "/return?code=a&state=" STATE, 421 },
    { "GET", "127.0.0.1:1", "/return?code=a&state=" STATE, 421 },
    { "GET", "localhost.evil.example:18731", "/return?code=a&state=" STATE, 421 },
    { "POST", NULL, "/return?code=a&state=" STATE, 405 },
    { "HEAD", NULL, "/return?code=a&state=" STATE, 405 },
    { "OPTIONS", NULL, "/return?code=a&state=" STATE, 405 },
    { "GET", NULL, "/return", 400 },
    { "GET", NULL, "/return?", 400 },
    { "GET", NULL, "/return?code=a", 400 },
    { "GET", NULL, "/return?code=a&state=", 400 },
    { "GET", NULL, "/return?code=a&state=s3cret-stat", 400 },
    { "GET", NULL, "/return?code=a&state=s3cret-statf", 400 },
    { "GET", NULL, "/return?code=&state=" STATE, 400 },
    { "GET", NULL, "/return?state=" STATE, 400 },
    { "GET", NULL, "/return?error=access_denied&state=wrong", 400 },
    { "GET", NULL, "/return?error=&state=" STATE, 400 },
    { "GET", NULL, "/return?%ff%fe=%zz&&&=&code&state", 400 },
    { "GET", NULL, "/return?code=%3Cscript%3Ealert(1)%3C/script%3E&state=%3Cscript%3E", 400 },
  };
  g_autoptr (CsBrowserReturn) self = listen_for (STATE);

  for (guint i = 0; i < G_N_ELEMENTS (knocks); i++)
    {
      g_autofree char *answer = knock (self, knocks[i].method, knocks[i].host, knocks[i].target);
      g_autofree char *expected = g_strdup_printf ("HTTP/1.1 %u ", knocks[i].status);

      g_test_message ("%s %s", knocks[i].method, knocks[i].target);
      g_assert_true (g_str_has_prefix (answer, expected));
      g_assert_null (strstr (answer, "<script"));
      g_assert_null (strstr (answer, STATE));
      assert_pending (self);
    }
}

static void
test_hostile_bodies (void)
{
  g_autoptr (CsBrowserReturn) self = listen_for (STATE);
  g_autofree char *own = g_strdup_printf ("127.0.0.1:%u", get_port (self));
  g_autofree char *chunked = g_strdup_printf ("GET /return?code=a&state=" STATE " HTTP/1.1\r\nHost: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
                                              "5\r\nabcde\r\n0\r\n\r\n", own);
  g_autofree char *sized = g_strdup_printf ("GET /return?code=a&state=" STATE " HTTP/1.1\r\nHost: %s\r\nContent-Length: 5\r\n\r\nabcde", own);
  g_autofree char *no_host = g_strdup ("GET /return?code=a&state=" STATE " HTTP/1.0\r\n\r\n");
  g_autofree char *long_code = g_strnfill (9000, 'a');
  g_autofree char *long_target = g_strdup_printf ("/return?code=%s&state=" STATE, long_code);
  g_autofree char *first = cs_test_knock (get_port (self), chunked);
  g_autofree char *second = cs_test_knock (get_port (self), sized);
  g_autofree char *third = cs_test_knock (get_port (self), no_host);
  g_autofree char *fourth = cs_test_knock (get_port (self), "\x16\x03\x01 not http at all\r\n\r\n");
  g_autofree char *fifth = knock (self, "GET", NULL, long_target);

  g_assert_true (g_str_has_prefix (first, "HTTP/1.1 413"));
  g_assert_true (g_str_has_prefix (second, "HTTP/1.1 413"));
  g_assert_nonnull (strstr (third, " 421 "));
  g_assert_null (strstr (fourth, " 200 "));
  g_assert_true (g_str_has_prefix (fifth, "HTTP/1.1 400"));
  assert_pending (self);
}

static void
test_denied (void)
{
  g_autoptr (CsBrowserReturn) self = listen_for (STATE);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = knock (self, "GET", NULL, "/return?error=access_denied&error_description=%3Cb%3Eno&state=" STATE);
  g_autofree char *code = dex_await_string (cs_browser_return_wait (self), &error);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
  g_assert_nonnull (strstr (answer, "You are not signed in."));
  g_assert_null (code);
  g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (error->message, "You did not allow"));
}

static void
test_refused (void)
{
  g_autoptr (CsBrowserReturn) self = listen_for (STATE);
  g_autofree char *long_text = g_strnfill (3000, 'x');
  g_autofree char *target = g_strdup_printf ("/return?error=invalid_scope&error_description=bad%%0A%%1b%s&state=" STATE, long_text);
  g_autofree char *answer = knock (self, "GET", NULL, target);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = dex_await_string (cs_browser_return_wait (self), &error);

  g_assert_null (code);
  g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);
  g_assert_cmpuint (strlen (error->message), <, 300);
  g_assert_null (strpbrk (error->message, "\n\x1b"));
  g_assert_null (strstr (answer, "xxx"));
}

static void
test_nobody (void)
{
  g_autoptr (CsBrowserReturn) self = g_object_new (CS_TYPE_BROWSER_RETURN, "state", STATE, "seconds", 1, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  g_assert_true (cs_browser_return_listen (self, NULL));
  code = dex_await_string (cs_browser_return_wait (self), &error);
  g_assert_null (code);
  g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);
}

/* Letting it go closes the port and ends the waiting */
static void
test_let_go (void)
{
  CsBrowserReturn *self = listen_for (STATE);
  g_autoptr (DexFuture) future = cs_browser_return_wait (self);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  guint16 port = get_port (self);

  g_object_unref (self);
  code = dex_await_string (g_steal_pointer (&future), &error);
  g_assert_null (code);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  g_assert_null (connection);
}

static void
test_paste (void)
{
  static const char *strangers[] = {
    "", "hello", "https://shop.example/", "https://shop.example/?code=a", "https://shop.example/?code=a&state=other",
    "https://shop.example/#code=a&state=" STATE, "code=a&state=" STATE, "javascript:alert(1)", "https://[::bad/?code=a&state=" STATE,
    "https://shop.example/?code=&state=" STATE,
  };
  g_autoptr (CsBrowserReturn) self = cs_browser_return_new (STATE);
  g_autofree char *endless = g_strnfill (100000, 'a');
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_test_message ("%s", strangers[i]);
      g_assert_false (cs_browser_return_paste (self, strangers[i], &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
      g_clear_error (&error);
      assert_pending (self);
    }
  g_assert_false (cs_browser_return_paste (self, endless, NULL));

  /* As eBay's own page at the end of it has it */
  g_assert_true (cs_browser_return_paste (self, "  https://signin.ebay.com/ws/eBayISAPI.dll?ThirdPartyAuthSucessFailure&isAuthSuccessful=true"
                                                "&state=" STATE "&code=v%5E1.1%23i%5E1%23p%5E3&expires_in=299\n", &error));
  g_assert_no_error (error);
  code = dex_await_string (cs_browser_return_wait (self), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, "v^1.1#i^1#p^3");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/channels/browser-return/comes-back", test_comes_back);
  cs_test_add_fiber ("/channels/browser-return/ports", test_ports);
  cs_test_add_fiber ("/channels/browser-return/hostile", test_hostile);
  cs_test_add_fiber ("/channels/browser-return/hostile-bodies", test_hostile_bodies);
  cs_test_add_fiber ("/channels/browser-return/denied", test_denied);
  cs_test_add_fiber ("/channels/browser-return/refused", test_refused);
  cs_test_add_fiber ("/channels/browser-return/nobody", test_nobody);
  cs_test_add_fiber ("/channels/browser-return/let-go", test_let_go);
  cs_test_add_fiber ("/channels/browser-return/paste", test_paste);

  return g_test_run ();
}
