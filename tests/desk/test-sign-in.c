/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../sync/cs-fault-shop.h"

#include "cs-accounts.h"
#include "cs-browser-return.h"
#include "cs-channel-kinds.h"
#include "cs-desk-private.h"
#include "cs-etsy.h"
#include "cs-json.h"
#include "cs-outbox.h"
#include "cs-secrets.h"
#include "cs-test-desk.h"
#include "cs-test-knock.h"
#include "cs-token-market.h"

/* Signing in as a whole: the browser goes to the marketplace and comes back to
 * this computer, where anybody may knock; what it brings becomes tokens, which
 * end, are made new, and are taken away.
 */

#define NOTE   "bamboo fruit basket, woven by hand, 28 cm"
#define SECRET "shared-secret-of-a-test"

static CsShops *
get_shops (Fixture *self)
{
  return cs_desk_get_shops (self->desk);
}

static JsonObject *
type_keys (CsTokenMarket *market)
{
  g_autofree char *address = cs_token_market_dup_address (market);
  JsonObject      *typed = json_object_new ();

  json_object_set_string_member (typed, "address", address);
  json_object_set_string_member (typed, "keystring", "keystring-of-a-test");
  json_object_set_string_member (typed, "shared_secret", SECRET);

  return typed;
}

/* Other tests on this computer may wait at the same port for a moment */
static CsSignIn *
begin (Fixture       *self,
       CsTokenMarket *market)
{
  g_autoptr (JsonObject) typed = type_keys (market);

  for (guint i = 0;; i++)
    {
      g_autoptr (GError) error = NULL;
      CsSignIn *sign_in = dex_await_object (cs_shops_begin_sign_in (get_shops (self), "etsy", typed), &error);

      if (sign_in != NULL)
        return sign_in;

      g_assert_error (error, CS_ERROR, CS_ERROR_LATER);
      g_assert_cmpuint (i, <, 100);
      dex_await (dex_timeout_new_msec (200), NULL);
    }
}

/* The browser opens an address of this computer; what it shows then */
static char *
browse (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *text = NULL;

  g_assert_cmpstr (g_uri_get_host (uri), ==, "localhost");
  text = g_strdup_printf ("GET %s?%s HTTP/1.1\r\nHost: localhost:%d\r\n\r\n", g_uri_get_path (uri), g_uri_get_query (uri),
                          g_uri_get_port (uri));

  return cs_test_knock (g_uri_get_port (uri), text);
}

static void
assert_browsed (const char *address,
                const char *status)
{
  g_autofree char *answer = browse (address);

  if (!g_str_has_prefix (answer, status))
    g_error ("%s: %s", address, answer);
}

/* What the seller has typed, with the tokens beside it */
static JsonNode *
sign_in_with_browser (Fixture       *self,
                      CsTokenMarket *market)
{
  g_autoptr (CsSignIn) sign_in = begin (self, market);
  g_autofree char *back = cs_token_market_allow (market, cs_sign_in_get_address (sign_in));
  g_autoptr (DexFuture) wait = cs_sign_in_wait (sign_in);

  assert_browsed (back, "HTTP/1.1 200");

  return await_boxed (g_steal_pointer (&wait));
}

static gint64
add_market (Fixture       *self,
            CsTokenMarket *market)
{
  g_autoptr (JsonNode) node = sign_in_with_browser (self, market);

  return await_int64 (cs_shops_add (get_shops (self), "etsy", json_node_get_object (node), FALSE));
}

static void
assert_port_free (void)
{
  for (guint i = 0;; i++)
    {
      g_autoptr (CsBrowserReturn) probe = cs_browser_return_new ("probe");

      g_assert_true (cs_browser_return_listen (probe, NULL));
      if (g_str_equal (cs_browser_return_get_named_address (probe), CS_BROWSER_RETURN_ADDRESS))
        return;

      g_assert_cmpuint (i, <, 100);
      dex_await (dex_timeout_new_msec (200), NULL);
    }
}

/* No file of the library holds a text */
static void
assert_nowhere (const char *path,
                const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *bytes = NULL;
  const char      *name;
  gsize            length = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      assert_nowhere (child, text);
    }

  if (dir == NULL && g_file_get_contents (path, &bytes, &length, NULL) && memmem (bytes, length, text, strlen (text)) != NULL)
    g_error ("%s holds %s", path, text);
}

/* What the keyring has of an account */
static JsonNode *
find_keys (Fixture *self,
           gint64   account)
{
  g_autoptr (CsAccount) found = await_boxed (cs_accounts_get (self->desk->store, account));
  g_autoptr (CsChannel) channel = cs_channel_kinds_make (found, self->desk->secrets, NULL);
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  address = dex_await_string (cs_channel_open (channel), &error);
  g_assert_no_error (error);
  json_node_take_object (node, cs_channel_dup_secrets (channel));

  return node;
}

static void
assert_kept (Fixture       *self,
             CsTokenMarket *market,
             gint64         account)
{
  g_autoptr (JsonNode) keys = find_keys (self, account);
  g_auto (GStrv) secrets = cs_token_market_dup_secrets (market);

  g_assert_cmpstr (cs_json_string (json_node_get_object (keys), "access_token", NULL), ==, secrets[0]);
  g_assert_cmpstr (cs_json_string (json_node_get_object (keys), "refresh_token", NULL), ==, secrets[1]);
  assert_nowhere (self->library, secrets[0]);
  assert_nowhere (self->library, secrets[1]);
  assert_nowhere (self->library, SECRET);
}

static void
test_comes_back (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsTokenMarket) market = cs_token_market_new ();
  g_autoptr (CsSignIn) sign_in = NULL;
  g_autoptr (DexFuture) wait = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (CsAccount) account = NULL;
  g_autofree char *back = NULL;
  g_autofree char *state = NULL;
  g_autofree char *method = NULL;
  g_autofree char *challenge = NULL;
  g_autofree char *second = NULL;
  gint64 id;

  fixture_init (&self);
  sign_in = begin (&self, market);
  g_assert_true (g_str_has_prefix (cs_sign_in_get_address (sign_in), "https://www.etsy.com/oauth/connect?"));
  g_assert_cmpstr (cs_sign_in_get_redirect (sign_in), ==, CS_BROWSER_RETURN_ADDRESS);
  state = cs_token_market_find_query (cs_sign_in_get_address (sign_in), "state");
  method = cs_token_market_find_query (cs_sign_in_get_address (sign_in), "code_challenge_method");
  challenge = cs_token_market_find_query (cs_sign_in_get_address (sign_in), "code_challenge");
  g_assert_cmpuint (strlen (state), >=, 32);
  g_assert_cmpuint (strlen (challenge), ==, 43);
  g_assert_cmpstr (method, ==, "S256");
  g_assert_null (strstr (cs_sign_in_get_address (sign_in), SECRET));

  back = cs_token_market_allow (market, cs_sign_in_get_address (sign_in));
  wait = cs_sign_in_wait (sign_in);
  assert_browsed (back, "HTTP/1.1 200");
  second = g_strdup_printf (CS_BROWSER_RETURN_ADDRESS "?code=another&state=%s", state);
  assert_browsed (second, "HTTP/1.1 200");
  assert_browsed (back, "HTTP/1.1 200");
  node = await_boxed (g_steal_pointer (&wait));
  g_assert_cmpuint (cs_token_market_get_talk (market)->n_exchanges, ==, 1);
  g_assert_cmpuint (cs_token_market_get_talk (market)->n_refused, ==, 0);
  g_clear_object (&sign_in);
  assert_port_free ();

  id = await_int64 (cs_shops_add (get_shops (&self), "etsy", json_node_get_object (node), FALSE));
  account = await_boxed (cs_accounts_get (self.desk->store, id));
  g_assert_cmpstr (account->name, ==, "BambooHouse");
  g_assert_cmpstr (account->currency, ==, "EUR");
  assert_kept (&self, market, id);
  assert_nowhere (self.library, "code-");
}

/* Whoever else comes to the port can neither end the waiting nor bring something */
static void
test_strangers (void)
{
  static const char *const knocks[] = {
    "GET /return?code=mine&state=wrong HTTP/1.1\r\nHost: localhost:18731\r\n\r\n",
    "GET /return?error=access_denied&state=wrong HTTP/1.1\r\nHost: localhost:18731\r\n\r\n",
    "GET /return?code=mine HTTP/1.1\r\nHost: localhost:18731\r\n\r\n",
    "GET /return?%ff=%zz&&& HTTP/1.1\r\nHost: localhost:18731\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost:18731\r\n\r\n",
    "POST /return HTTP/1.1\r\nHost: localhost:18731\r\nContent-Length: 4\r\n\r\ncode",
    "\x16\x03\x01\x02garbage\r\n\r\n",
  };
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsTokenMarket) market = cs_token_market_new ();
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) silent = NULL;
  g_autoptr (CsSignIn) sign_in = NULL;
  g_autoptr (DexFuture) wait = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *back = NULL;

  fixture_init (&self);
  sign_in = begin (&self, market);
  wait = cs_sign_in_wait (sign_in);
  back = cs_token_market_allow (market, cs_sign_in_get_address (sign_in));

  /* One that comes first, and says nothing and stays */
  silent = g_socket_client_connect_to_host (client, "127.0.0.1", CS_BROWSER_RETURN_PORT, NULL, NULL);
  g_assert_nonnull (silent);
  for (guint i = 0; i < G_N_ELEMENTS (knocks); i++)
    {
      g_autofree char *answer = cs_test_knock (CS_BROWSER_RETURN_PORT, knocks[i]);

      g_test_message ("%s", knocks[i]);
      g_assert_null (strstr (answer, " 200 "));
      g_assert_true (dex_future_is_pending (wait));
      g_assert_cmpuint (cs_token_market_get_talk (market)->n_refused, ==, 0);
    }

  assert_browsed (back, "HTTP/1.1 200");
  node = await_boxed (g_steal_pointer (&wait));
  g_assert_nonnull (cs_json_string (json_node_get_object (node), "refresh_token", NULL));
  g_assert_cmpuint (cs_token_market_get_talk (market)->n_exchanges, ==, 1);
}

static void
test_denied (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsTokenMarket) market = cs_token_market_new ();
  g_autoptr (CsSignIn) sign_in = NULL;
  g_autoptr (DexFuture) wait = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autofree char *state = NULL;
  g_autofree char *back = NULL;

  fixture_init (&self);
  sign_in = begin (&self, market);
  wait = cs_sign_in_wait (sign_in);
  state = cs_token_market_find_query (cs_sign_in_get_address (sign_in), "state");
  back = g_strdup_printf (CS_BROWSER_RETURN_ADDRESS "?error=access_denied&error_description=No&state=%s", state);
  assert_browsed (back, "HTTP/1.1 200");
  assert_refused (g_steal_pointer (&wait), CS_ERROR_SIGN_IN);
  g_assert_cmpuint (cs_token_market_get_talk (market)->n_exchanges + cs_token_market_get_talk (market)->n_refused, ==, 0);
  accounts = await_boxed (cs_desk_list_accounts (self.desk));
  g_assert_cmpuint (accounts->len, ==, 1);

  /* It can be begun again at once */
  g_assert_cmpint (add_market (&self, market), >, 0);
}

/* Left in the browser: who begins anew ends it, and letting it go closes the port */
static void
test_never (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsTokenMarket) market = cs_token_market_new ();
  g_autoptr (CsSignIn) left = NULL;
  g_autoptr (CsSignIn) next = NULL;
  g_autoptr (DexFuture) first = NULL;
  g_autoptr (DexFuture) second = NULL;
  g_autofree char *stale = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&self);
  left = begin (&self, market);
  first = cs_sign_in_wait (left);
  stale = cs_token_market_allow (market, cs_sign_in_get_address (left));
  next = begin (&self, market);
  g_assert_cmpstr (cs_sign_in_get_redirect (next), ==, CS_BROWSER_RETURN_ADDRESS);
  g_assert_false (dex_await (g_steal_pointer (&first), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* What is allowed of the one that was left is not the one that is waited for */
  second = cs_sign_in_wait (next);
  assert_browsed (stale, "HTTP/1.1 400");
  g_assert_true (dex_future_is_pending (second));

  g_clear_object (&next);
  g_assert_false (dex_await (g_steal_pointer (&second), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_port_free ();
}

/* The marketplace sends the browser to the address that the seller entered there:
 * while somebody else has that, nothing is begun
 */
static void
test_port_busy (void)
{
  static const char *const places[] = { "127.0.0.1", "::1" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_auto (Fixture) self = { 0 };
      g_autoptr (CsTokenMarket) market = cs_token_market_new ();
      g_autoptr (JsonObject) typed = type_keys (market);
      g_autoptr (GSocketListener) other = g_socket_listener_new ();
      g_autoptr (GSocketAddress) place = g_inet_socket_address_new_from_string (places[i], CS_BROWSER_RETURN_PORT);

      if (!g_socket_listener_add_address (other, place, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, NULL, NULL))
        {
          g_test_message ("no %s here", places[i]);
          continue;
        }

      fixture_init (&self);
      assert_refused (cs_shops_begin_sign_in (get_shops (&self), "etsy", typed), CS_ERROR_LATER);
      g_socket_listener_close (other);
      g_assert_cmpint (add_market (&self, market), >, 0);
    }
}

/* No tokens come of it: nothing is kept, and it is said why */
static void
test_no_tokens (void)
{
  static const struct
  {
    gboolean is_down;
    gboolean is_garbled;
    gboolean is_late;
    int      code;
  } cases[] = {
    { TRUE, FALSE, FALSE, CS_ERROR_LATER },
    { FALSE, TRUE, FALSE, CS_ERROR_SIGN_IN },
    { FALSE, FALSE, TRUE, CS_ERROR_SIGN_IN },
  };
  g_auto (Fixture) self = { 0 };

  fixture_init (&self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsTokenMarket) market = cs_token_market_new ();
      g_autoptr (CsSignIn) sign_in = begin (&self, market);
      g_autoptr (DexFuture) wait = cs_sign_in_wait (sign_in);
      g_autofree char *back = cs_token_market_allow (market, cs_sign_in_get_address (sign_in));
      g_autofree char *other = cases[i].is_late ? cs_token_market_allow (market, cs_sign_in_get_address (sign_in)) : NULL;

      cs_token_market_get_talk (market)->is_down = cases[i].is_down;
      cs_token_market_get_talk (market)->is_garbled = cases[i].is_garbled;
      assert_browsed (back, "HTTP/1.1 200");
      assert_refused (g_steal_pointer (&wait), cases[i].code);
      g_assert_cmpuint (cs_token_market_get_talk (market)->n_exchanges, ==, 0);
      g_assert_cmpuint (cs_token_market_get_talk (market)->n_requests, ==, 0);
    }
}

/* What several need at once is asked for once, and kept before it is used */
static void
test_ended (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsTokenMarket) market = cs_token_market_new ();
  CsTokenMarketTalk *talk = cs_token_market_get_talk (market);
  g_autoptr (DexFuture) first = NULL;
  g_autoptr (DexFuture) second = NULL;
  g_autoptr (DexFuture) third = NULL;
  gint64 account;

  fixture_init (&self);
  talk->lifetime = 60;
  account = add_market (&self, market);
  talk->lifetime = 3600;
  dex_await (dex_timeout_new_msec (1100), NULL);
  fixture_close (&self);
  fixture_open (&self);

  /* In time: the one that is about to end is not sent any more */
  first = cs_shops_check (get_shops (&self), account);
  second = cs_shops_check (get_shops (&self), account);
  third = cs_shops_check (get_shops (&self), account);
  await_ok (dex_ref (first));
  await_ok (dex_ref (second));
  await_ok (dex_ref (third));
  g_assert_cmpuint (talk->n_refreshes, ==, 1);
  g_assert_cmpuint (talk->n_turned_away, ==, 0);
  assert_kept (&self, market, account);

  /* Sooner than it was said to: turned away once, and asked again */
  fixture_close (&self);
  fixture_open (&self);
  cs_token_market_revoke (market, FALSE);
  await_ok (cs_shops_check (get_shops (&self), account));
  g_assert_cmpuint (talk->n_refreshes, ==, 2);
  g_assert_cmpuint (talk->n_turned_away, ==, 1);
  g_assert_cmpuint (talk->n_refused, ==, 0);
  assert_kept (&self, market, account);
}

/* The window and the command line have the same keys, of which one is for one use */
static void
test_two_programs (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsTokenMarket) market = cs_token_market_new ();
  CsTokenMarketTalk *talk = cs_token_market_get_talk (market);
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (CsChannel) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  gint64 id;

  fixture_init (&self);
  talk->lifetime = 60;
  id = add_market (&self, market);
  talk->lifetime = 3600;
  account = await_boxed (cs_accounts_get (self.desk->store, id));
  dex_await (dex_timeout_new_msec (1100), NULL);

  /* Another one makes them new first */
  other = cs_channel_kinds_make (account, self.desk->secrets, NULL);
  address = dex_await_string (cs_channel_open (other), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (talk->n_refreshes, ==, 1);

  await_ok (cs_shops_check (get_shops (&self), id));
  g_assert_cmpuint (talk->n_refused, ==, 0);
  g_assert_cmpuint (talk->n_turned_away, ==, 0);
  g_assert_cmpuint (talk->n_refreshes, ==, 1);
  assert_kept (&self, market, id);
}

/* Products that are signed for an account, and go nowhere yet */
static void
sign_products (Fixture    *self,
               gint64      account,
               guint       n,
               const char *category)
{
  g_autoptr (GPtrArray) drafts = NULL;
  gint64 products[8];

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (products));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *folder = g_strdup_printf ("basket %u", i);
      g_autofree char *sku = g_strdup_printf ("B-%u", i);

      products[i] = make_product_of (self, folder, NOTE, 1);
      await_ok (cs_desk_set_value (self->desk, products[i], CS_FIELD_PRICE, "89 EUR"));
      await_ok (cs_desk_set_value (self->desk, products[i], CS_FIELD_STOCK, "5"));
      await_ok (cs_desk_set_value (self->desk, products[i], CS_FIELD_SKU, sku));
      await_uint (cs_desk_suggest (self->desk, &products[i], 1));
      decide_all (self, products[i]);
    }

  if (category != NULL)
    await_ok (cs_shops_set_attributes (get_shops (self), account, products, n, category, "Baskets", "{}"));
  drafts = await_boxed (cs_desk_prepare (self->desk, account, products, n));
  g_assert_cmpuint (drafts->len, ==, n);
  for (guint i = 0; i < drafts->len; i++)
    {
      CsDraft *draft = drafts->pdata[i];

      for (guint k = 0; k < draft->findings->len; k++)
        g_test_message ("%s", (char *) draft->findings->pdata[k]);
      g_assert_cmpuint (draft->findings->len, ==, 0);
    }

  g_assert_cmpuint (await_uint (cs_desk_approve (self->desk, drafts, "window")), ==, n);
}

static guint
count_in (Fixture      *self,
          gint64        account,
          CsOutboxState state)
{
  g_autoptr (GPtrArray) entries = await_boxed (cs_outbox_list (self->desk->store, account, FALSE));
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      CsOutboxEntry *entry = entries->pdata[i];

      g_test_message ("%s: %s", cs_outbox_state_get_name (entry->state), entry->message != NULL ? entry->message : "");
      n += entry->state == state;
    }

  return n;
}

/* One has found that the shop wants a sign-in; it is said once, and the others
 * wait as they were signed
 */
static void
assert_waits (Fixture *self,
              gint64   account,
              guint    n)
{
  g_autoptr (CsAccount) found = await_boxed (cs_accounts_get (self->desk->store, account));

  g_assert_cmpuint (count_in (self, account, CS_OUTBOX_SIGN_IN), ==, 1);
  g_assert_cmpuint (count_in (self, account, CS_OUTBOX_READY), ==, n - 1);
  g_assert_nonnull (found->message);
}

static void
assert_goes_on (Fixture *self,
                gint64   account,
                guint    n)
{
  g_autoptr (CsAccount) found = NULL;

  /* It goes on by itself; asked again, who asks waits for the same */
  await_uint (cs_desk_sync (self->desk, account));
  g_assert_cmpuint (count_in (self, account, CS_OUTBOX_DONE), ==, n);
  found = await_boxed (cs_accounts_get (self->desk->store, account));
  g_assert_null (found->message);
}

static void
test_revoked (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsTokenMarket) market = cs_token_market_new ();
  CsTokenMarketTalk *talk = cs_token_market_get_talk (market);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (CsShop) shop = NULL;
  GPtrArray *listings = cs_token_market_get_listings (market);
  gint64 account;
  guint  n_requests;

  fixture_init (&self);
  account = add_market (&self, market);
  await_ok (cs_shops_set_profile (get_shops (&self), account,
                                  "{\"shipping_profile_id\":\"9\",\"who_made\":\"i_did\",\"when_made\":\"made_to_order\"}"));
  sign_products (&self, account, 3, "12");

  /* The seller took the program's right away at the marketplace */
  cs_token_market_revoke (market, TRUE);
  await_uint (cs_desk_sync (self.desk, account));
  assert_waits (&self, account, 3);
  g_assert_cmpuint (listings->len, ==, 0);
  g_assert_cmpuint (talk->n_refused, ==, 1);

  /* Nobody is asked again and again, after a restart neither */
  n_requests = talk->n_requests;
  await_uint (cs_desk_sync (self.desk, account));
  fixture_close (&self);
  fixture_open (&self);
  await_uint (cs_desk_sync (self.desk, account));
  g_assert_cmpuint (talk->n_requests, ==, n_requests);
  g_assert_cmpuint (talk->n_refused, ==, 1);
  assert_waits (&self, account, 3);

  node = sign_in_with_browser (&self, market);
  shop = await_boxed (cs_shops_sign_in_again (get_shops (&self), account, json_node_get_object (node), FALSE));
  g_assert_cmpstr (shop->name, ==, "BambooHouse");
  assert_goes_on (&self, account, 3);
  g_assert_cmpuint (listings->len, ==, 3);
  for (guint i = 0; i < listings->len; i++)
    g_assert_cmpstr (cs_json_string (listings->pdata[i], "state", NULL), ==, "active");
  assert_kept (&self, market, account);
}

/* The right is taken away between two requests of one listing */
static void
test_revoked_within (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsTokenMarket) market = cs_token_market_new ();
  GPtrArray *listings = cs_token_market_get_listings (market);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (CsShop) shop = NULL;
  g_autoptr (DexFuture) sync = NULL;
  gint64 account;

  fixture_init (&self);
  account = add_market (&self, market);
  await_ok (cs_shops_set_profile (get_shops (&self), account,
                                  "{\"shipping_profile_id\":\"9\",\"who_made\":\"i_did\",\"when_made\":\"made_to_order\"}"));
  sign_products (&self, account, 2, "12");
  sync = cs_desk_sync (self.desk, account);
  while (listings->len == 0)
    dex_await (dex_timeout_new_msec (1), NULL);
  cs_token_market_revoke (market, TRUE);
  await_ok (g_steal_pointer (&sync));
  assert_waits (&self, account, 2);
  g_assert_cmpuint (listings->len, ==, 1);

  node = sign_in_with_browser (&self, market);
  shop = await_boxed (cs_shops_sign_in_again (get_shops (&self), account, json_node_get_object (node), FALSE));
  assert_goes_on (&self, account, 2);
  g_assert_cmpuint (listings->len, ==, 2);
}

static JsonObject *
type_password (const char *address,
               const char *password)
{
  JsonObject *typed = json_object_new ();

  if (address != NULL)
    json_object_set_string_member (typed, "address", address);
  json_object_set_string_member (typed, "user", "seller");
  json_object_set_string_member (typed, "password", password);

  return typed;
}

static guint
count_products (CsFaultShop *shop,
                guint       *n_refused)
{
  g_autoptr (JsonNode) state = cs_fault_shop_ask (shop, 0, "state", NULL);
  g_autoptr (JsonNode) node = cs_fault_shop_ask (shop, 0, "requests", NULL);
  JsonArray *requests = json_node_get_array (node);

  *n_refused = 0;
  for (guint i = 0; i < json_array_get_length (requests); i++)
    *n_refused += cs_json_int (cs_json_array_object (requests, i), "status", 0) == 401;

  return json_array_get_length (cs_json_array (json_node_get_object (state), "products"));
}

/* The password is another one in the shop */
static void
test_password (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsFaultShop) shop = cs_fault_shop_new (1);
  g_autofree char *address = cs_fault_shop_dup_address (shop, 0);
  g_autoptr (JsonObject) typed = type_password (address, "abcd efgh ijkl mnop qrst uvwx");
  g_autoptr (JsonObject) wrong = type_password (NULL, "no longer good");
  g_autoptr (JsonObject) right = type_password (NULL, "zyxw vuts rqpo nmlk jihg fedc");
  g_autoptr (CsShop) again = NULL;
  gint64 account;
  guint  n_refused, n_later;

  fixture_init (&self);
  account = await_int64 (cs_shops_add (get_shops (&self), "woocommerce", typed, FALSE));
  sign_products (&self, account, 3, NULL);
  cs_fault_shop_tell (shop, 0, "config", "{\"password\":\"zyxw vuts rqpo nmlk jihg fedc\"}");
  await_uint (cs_desk_sync (self.desk, account));
  assert_waits (&self, account, 3);
  g_assert_cmpuint (count_products (shop, &n_refused), ==, 0);
  g_assert_cmpuint (n_refused, ==, 1);

  /* Asked again, it waits for the person */
  await_uint (cs_desk_sync (self.desk, account));
  count_products (shop, &n_later);
  g_assert_cmpuint (n_later, ==, n_refused);
  assert_refused (cs_shops_sign_in_again (get_shops (&self), account, wrong, FALSE), CS_ERROR_SIGN_IN);
  assert_waits (&self, account, 3);

  again = await_boxed (cs_shops_sign_in_again (get_shops (&self), account, right, FALSE));
  assert_goes_on (&self, account, 3);
  g_assert_cmpuint (count_products (shop, &n_refused), ==, 3);
  assert_nowhere (self.library, "zyxw vuts");
}

/* Two libraries of one person share a keyring, and number their shops alike */
static void
test_two_libraries (void)
{
  g_auto (Fixture) a = { 0 };
  g_auto (Fixture) b = { 0 };
  g_autoptr (CsTokenMarket) one = cs_token_market_new ();
  g_autoptr (CsTokenMarket) other = cs_token_market_new ();
  gint64 first, second;

  fixture_init (&a);
  fixture_init (&b);
  first = add_market (&a, one);
  second = add_market (&b, other);
  g_assert_cmpint (first, ==, second);
  fixture_close (&a);
  fixture_open (&a);
  assert_kept (&a, one, first);
  assert_kept (&b, other, second);
  await_ok (cs_shops_check (get_shops (&a), first));
  g_assert_cmpuint (cs_token_market_get_talk (one)->n_turned_away, ==, 0);

  await_ok (cs_shops_remove (get_shops (&b), second));
  assert_kept (&a, one, first);
}

static void
hurry (void)
{
  CsChannelTraits *traits = &CS_CHANNEL_CLASS (g_type_class_ref (CS_TYPE_ETSY))->traits;

  traits->per_second = traits->burst = 10000;
  traits->settle_seconds = 1;
  cs_fault_shop_hurry (1);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("cs-keyring-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "keyring", NULL);
  int status;

  dex_init ();
  g_test_init (&argc, &argv, NULL);

  /* A keyring of this test's own */
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "a test's", TRUE);
  hurry ();

  cs_test_add_fiber ("/sign-in/comes-back", test_comes_back);
  cs_test_add_fiber ("/sign-in/strangers", test_strangers);
  cs_test_add_fiber ("/sign-in/denied", test_denied);
  cs_test_add_fiber ("/sign-in/never", test_never);
  cs_test_add_fiber ("/sign-in/port-busy", test_port_busy);
  cs_test_add_fiber ("/sign-in/no-tokens", test_no_tokens);
  cs_test_add_fiber ("/sign-in/ended", test_ended);
  cs_test_add_fiber ("/sign-in/two-programs", test_two_programs);
  cs_test_add_fiber ("/sign-in/revoked", test_revoked);
  cs_test_add_fiber ("/sign-in/revoked-within", test_revoked_within);
  cs_test_add_fiber ("/sign-in/password", test_password);
  cs_test_add_fiber ("/sign-in/two-libraries", test_two_libraries);
  status = g_test_run ();
  remove_tree (folder);

  return status;
}
