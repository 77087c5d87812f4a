/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "cs-json.h"
#include "cs-token-market.h"

#define KEYSTRING "keystring-of-a-test"
#define SHOP      "/v3/application/shops/77"

struct _CsTokenMarket
{
  SoupServer       *server;
  int               port;
  CsTokenMarketTalk talk;
  GPtrArray        *listings;
  char             *challenge; /* of the code that was given out last */
  char             *redirect;
  char             *code;
  char             *access;
  char             *refresh;
  guint             n_minted;
};

static void
say (SoupServerMessage *message,
     guint              status,
     const char        *type,
     const char        *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

static void
say_json (SoupServerMessage *message,
          guint              status,
          const char        *text)
{
  say (message, status, "application/json", text);
}

static void
say_object (SoupServerMessage *message,
            JsonObject        *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (node, object);
  text = cs_json_canonical (node);
  say_json (message, 200, text);
}

static GHashTable *
read_form (SoupServerMessage *message)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  return soup_form_decode (text);
}

static gboolean
has (GHashTable *form,
     const char *name,
     const char *value)
{
  return value != NULL && g_strcmp0 (g_hash_table_lookup (form, name), value) == 0;
}

/* RFC 7636, 4.6 */
static gboolean
is_verifier (CsTokenMarket *self,
             const char    *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize  length = sizeof digest;
  g_autofree char *text = NULL;

  if (verifier == NULL || strlen (verifier) < 43 || self->challenge == NULL)
    return FALSE;

  g_checksum_update (checksum, (const guchar *) verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);
  text = g_base64_encode (digest, length);
  g_strdelimit (g_strdelimit (text, "+", '-'), "/", '_');
  *strchr (text, '=') = '\0';

  return g_str_equal (text, self->challenge);
}

static void
mint (CsTokenMarket     *self,
      SoupServerMessage *message)
{
  g_autofree char *text = NULL;

  self->n_minted++;
  g_free (self->access);
  g_free (self->refresh);
  self->access = g_strdup_printf ("77.access-%u-%08x", self->n_minted, g_random_int ());
  self->refresh = g_strdup_printf ("77.refresh-%u-%08x", self->n_minted, g_random_int ());
  text = g_strdup_printf ("{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%u}",
                          self->access, self->refresh, self->talk.lifetime);
  say_json (message, 200, text);
}

static void
give_tokens (CsTokenMarket     *self,
             SoupServerMessage *message)
{
  g_autoptr (GHashTable) form = read_form (message);
  gboolean is_exchange = has (form, "grant_type", "authorization_code") && has (form, "code", self->code) &&
                         has (form, "redirect_uri", self->redirect) && is_verifier (self, g_hash_table_lookup (form, "code_verifier"));
  gboolean is_refresh = has (form, "grant_type", "refresh_token") && has (form, "refresh_token", self->refresh);

  if (self->talk.is_down)
    {
      say_json (message, 503, "{}");
      return;
    }

  if (self->talk.is_garbled)
    {
      say (message, 200, "text/html", "<html>Welcome to this network</html>");
      return;
    }

  if (!has (form, "client_id", KEYSTRING) || (!is_exchange && !is_refresh))
    {
      self->talk.n_refused++;
      say_json (message, 400, "{\"error\":\"invalid_grant\",\"error_description\":\"code or token is not good\"}");
      return;
    }

  self->talk.n_exchanges += is_exchange;
  self->talk.n_refreshes += is_refresh;
  g_clear_pointer (&self->code, g_free);
  mint (self, message);
}

static gboolean
is_welcome (CsTokenMarket     *self,
            SoupServerMessage *message)
{
  const char      *given = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  const char      *key = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "x-api-key");
  g_autofree char *good = self->access != NULL ? g_strconcat ("Bearer ", self->access, NULL) : NULL;

  return good != NULL && g_strcmp0 (given, good) == 0 && key != NULL && g_str_has_prefix (key, KEYSTRING ":");
}

static void
list_listings (CsTokenMarket     *self,
               SoupServerMessage *message,
               GHashTable        *query)
{
  g_autoptr (JsonObject) reply = json_object_new ();
  JsonArray *results = json_array_new ();

  for (guint i = 0; i < self->listings->len; i++)
    {
      JsonObject *listing = self->listings->pdata[i];

      if (has (query, "state", cs_json_string (listing, "state", "")) && g_strcmp0 (g_hash_table_lookup (query, "offset"), "0") == 0)
        json_array_add_object_element (results, json_object_ref (listing));
    }

  json_object_set_int_member (reply, "count", json_array_get_length (results));
  json_object_set_array_member (reply, "results", results);
  say_object (message, reply);
}

static JsonObject *
make_price (const char *decimal)
{
  JsonObject *price = json_object_new ();

  json_object_set_int_member (price, "amount", (gint64) (g_ascii_strtod (decimal != NULL ? decimal : "0", NULL) * 100 + 0.5));
  json_object_set_int_member (price, "divisor", 100);
  json_object_set_string_member (price, "currency_code", "EUR");

  return price;
}

static void
set_texts (JsonObject *listing,
           const char *member,
           const char *text)
{
  JsonArray     *array = json_array_new ();
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] != '\0')
        json_array_add_string_element (array, parts[i]);
    }

  json_object_set_array_member (listing, member, array);
}

static void
create (CsTokenMarket     *self,
        SoupServerMessage *message)
{
  g_autoptr (GHashTable) form = read_form (message);
  const char *category = g_hash_table_lookup (form, "taxonomy_id");
  const char *quantity = g_hash_table_lookup (form, "quantity");
  JsonObject *listing = json_object_new ();

  g_ptr_array_add (self->listings, listing);
  json_object_set_int_member (listing, "listing_id", 1000 + self->listings->len);
  json_object_set_string_member (listing, "title", g_hash_table_lookup (form, "title"));
  json_object_set_string_member (listing, "description", g_hash_table_lookup (form, "description"));
  json_object_set_string_member (listing, "state", "draft");
  json_object_set_int_member (listing, "taxonomy_id", category != NULL ? g_ascii_strtoll (category, NULL, 10) : 0);
  json_object_set_int_member (listing, "quantity", quantity != NULL ? g_ascii_strtoll (quantity, NULL, 10) : 0);
  json_object_set_object_member (listing, "price", make_price (g_hash_table_lookup (form, "price")));
  set_texts (listing, "tags", g_hash_table_lookup (form, "tags"));
  set_texts (listing, "skus", NULL);
  json_object_set_array_member (listing, "images", json_array_new ());
  json_object_set_boolean_member (listing, "has_variations", FALSE);
  say_object (message, listing);
}

static void
add_picture (CsTokenMarket     *self,
             SoupServerMessage *message,
             JsonObject        *listing)
{
  JsonObject      *image = json_object_new ();
  JsonArray       *images = json_object_get_array_member (listing, "images");
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%d/image/%u.jpg", self->port, json_array_get_length (images));

  json_object_set_int_member (image, "listing_image_id", 1 + json_array_get_length (images));
  json_object_set_string_member (image, "url_fullxfull", address);
  json_array_add_object_element (images, image);
  say_object (message, image);
}

static void
put_inventory (SoupServerMessage *message,
               JsonObject        *listing)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonNode) node = cs_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
  JsonObject *product = cs_json_array_object (cs_json_array (cs_json_node_object (node), "products"), 0);

  set_texts (listing, "skus", cs_json_string (product, "sku", NULL));
  say_object (message, cs_json_node_object (node));
}

static void
change (SoupServerMessage *message,
        JsonObject        *listing)
{
  g_autoptr (GHashTable) form = read_form (message);

  if (g_hash_table_lookup (form, "state") != NULL)
    json_object_set_string_member (listing, "state", g_hash_table_lookup (form, "state"));
  say_object (message, listing);
}

static JsonObject *
find_listing (CsTokenMarket *self,
              const char    *path)
{
  const char *name = strstr (path, "/listings/");
  gint64      id = name != NULL ? g_ascii_strtoll (name + strlen ("/listings/"), NULL, 10) : 0;

  return id > 1000 && id <= 1000 + (gint64) self->listings->len ? self->listings->pdata[id - 1001] : NULL;
}

static void
serve_listing (CsTokenMarket     *self,
               SoupServerMessage *message,
               const char        *path)
{
  const char *method = soup_server_message_get_method (message);
  JsonObject *listing = find_listing (self, path);

  if (listing == NULL)
    say_json (message, 404, "{\"error\":\"Resource not found\"}");
  else if (g_str_has_suffix (path, "/images"))
    add_picture (self, message, listing);
  else if (g_str_has_suffix (path, "/inventory") && g_str_equal (method, "PUT"))
    put_inventory (message, listing);
  else if (g_str_equal (method, "PATCH"))
    change (message, listing);
  else
    say_object (message, listing);
}

static void
serve (CsTokenMarket     *self,
       SoupServerMessage *message,
       const char        *path,
       GHashTable        *query)
{
  const char *method = soup_server_message_get_method (message);

  if (g_str_equal (path, "/v3/application/users/me"))
    say_json (message, 200, "{\"user_id\":5,\"shop_id\":77}");
  else if (g_str_equal (path, SHOP))
    say_json (message, 200, "{\"shop_id\":77,\"shop_name\":\"BambooHouse\",\"currency_code\":\"EUR\",\"url\":\"https://www.etsy.com/shop/BambooHouse\"}");
  else if (g_str_equal (path, SHOP "/shipping-profiles"))
    say_json (message, 200, "{\"count\":1,\"results\":[{\"shipping_profile_id\":9,\"title\":\"Post\"}]}");
  else if (g_str_has_prefix (path, SHOP "/policies") || g_str_has_prefix (path, SHOP "/readiness"))
    say_json (message, 200, "{\"count\":0,\"results\":[]}");
  else if (g_str_equal (path, SHOP "/listings") && g_str_equal (method, "GET"))
    list_listings (self, message, query);
  else if (g_str_equal (path, SHOP "/listings"))
    create (self, message);
  else
    serve_listing (self, message, path);
}

static void
serve_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  CsTokenMarket *self = data;

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  if (g_str_equal (path, "/v3/public/oauth/token"))
    {
      give_tokens (self, message);
      return;
    }

  self->talk.n_requests++;
  if (is_welcome (self, message))
    {
      serve (self, message, path, query);
      return;
    }

  self->talk.n_turned_away++;
  say_json (message, 401, "{\"error\":\"invalid_token\",\"error_description\":\"access token is expired\"}");
}

CsTokenMarket *
cs_token_market_new (void)
{
  CsTokenMarket *self = g_new0 (CsTokenMarket, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->talk.lifetime = 3600;
  self->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, serve_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return self;
}

void
cs_token_market_free (CsTokenMarket *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->listings);
  g_free (self->challenge);
  g_free (self->redirect);
  g_free (self->code);
  g_free (self->access);
  g_free (self->refresh);
  g_free (self);
}

char *
cs_token_market_dup_address (CsTokenMarket *self)
{
  return g_strdup_printf ("http://127.0.0.1:%d", self->port);
}

CsTokenMarketTalk *
cs_token_market_get_talk (CsTokenMarket *self)
{
  return &self->talk;
}

char *
cs_token_market_find_query (const char *address,
                            const char *name)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GHashTable) query = soup_form_decode (g_uri_get_query (uri));

  return g_strdup (g_hash_table_lookup (query, name));
}

char *
cs_token_market_allow (CsTokenMarket *self,
                       const char    *authorize)
{
  g_autofree char *state = cs_token_market_find_query (authorize, "state");

  g_free (self->challenge);
  g_free (self->redirect);
  g_free (self->code);
  self->challenge = cs_token_market_find_query (authorize, "code_challenge");
  self->redirect = cs_token_market_find_query (authorize, "redirect_uri");
  self->code = g_strdup_printf ("code-%08x%08x", g_random_int (), g_random_int ());

  return g_strdup_printf ("%s?code=%s&state=%s", self->redirect, self->code, state);
}

void
cs_token_market_revoke (CsTokenMarket *self,
                        gboolean       all)
{
  g_clear_pointer (&self->access, g_free);
  if (all)
    g_clear_pointer (&self->refresh, g_free);
}

char **
cs_token_market_dup_secrets (CsTokenMarket *self)
{
  const char *const secrets[] = { self->access, self->refresh, NULL };

  return g_strdupv ((char **) secrets);
}

GPtrArray *
cs_token_market_get_listings (CsTokenMarket *self)
{
  return self->listings;
}
