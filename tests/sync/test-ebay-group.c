/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "cs-delivery.h"
#include "cs-ebay.h"
#include "cs-json.h"
#include "cs-publisher.h"
#include "cs-remotes.h"
#include "cs-sync-test.h"
#include "cs-test.h"

/* A product in variants on its way to a shop on this computer that speaks as eBay
 * does, and does what it is asked without saying so: at whichever request that
 * happens, in the end it is there once, as signed
 */

#define INVENTORY  "/sell/inventory/v1"
#define MOST_TRIES 40

typedef struct
{
  SoupServer *server;
  char       *address;
  JsonObject *items;
  JsonObject *groups;
  JsonObject *offers; /* by SKU */
  guint       n_changes; /* requests that change something */
  guint       silent_at; /* which of these is answered with 500 after it was done, or 0 */
} Market;

static void
say (SoupServerMessage *message,
     guint              status,
     JsonObject        *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (node, object);
  text = cs_json_canonical (node);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
say_nothing (SoupServerMessage *message,
             guint              status)
{
  g_autoptr (JsonObject) empty = json_object_new ();

  if (status == 204)
    soup_server_message_set_status (message, status, NULL);
  else
    say (message, status, empty);
}

static JsonObject *
make_response (JsonObject *one,
               guint       status)
{
  JsonObject *response = json_object_new ();

  json_object_set_string_member (response, "sku", cs_json_string (one, "sku", ""));
  json_object_set_int_member (response, "statusCode", status);

  return response;
}

/* The groups that name a SKU */
static JsonArray *
find_groups (Market     *self,
             const char *sku)
{
  g_autoptr (GList) keys = json_object_get_members (self->groups);
  JsonArray *found = json_array_new ();

  for (GList *key = keys; key != NULL; key = key->next)
    {
      JsonArray *skus = cs_json_array (json_object_get_object_member (self->groups, key->data), "variantSKUs");

      for (guint i = 0; i < json_array_get_length (skus); i++)
        {
          if (g_strcmp0 (cs_json_array_string (skus, i), sku) == 0)
            json_array_add_string_element (found, key->data);
        }
    }

  return found;
}

static JsonObject *
answer_seen (Market     *self,
             JsonObject *one)
{
  JsonObject *item = cs_json_object (self->items, cs_json_string (one, "sku", ""));
  JsonObject *response = make_response (one, item != NULL ? 200 : 404);

  if (item != NULL)
    {
      json_object_set_array_member (item, "inventoryItemGroupKeys", find_groups (self, cs_json_string (one, "sku", "")));
      json_object_set_object_member (response, "inventoryItem", json_object_ref (item));
    }

  return response;
}

static JsonObject *
copy (JsonObject *from)
{
  g_autoptr (GList) names = json_object_get_members (from);
  JsonObject *to = json_object_new ();

  for (GList *name = names; name != NULL; name = name->next)
    json_object_set_member (to, name->data, json_node_copy (json_object_get_member (from, name->data)));

  return to;
}

static JsonObject *
answer_place (Market     *self,
              JsonObject *one)
{
  const char      *sku = cs_json_string (one, "sku", "");
  JsonObject      *there = cs_json_object (self->offers, sku);
  JsonObject      *response = make_response (one, there != NULL ? 400 : 200);
  g_autofree char *id = g_strdup_printf ("9%u", json_object_get_size (self->offers));
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) errors = NULL;

  if (there == NULL)
    {
      there = copy (one);
      json_object_set_string_member (there, "offerId", id);
      json_object_set_string_member (there, "status", "UNPUBLISHED");
      json_object_set_object_member (self->offers, sku, there);
      json_object_set_string_member (response, "offerId", id);
      return response;
    }

  text = g_strdup_printf ("[{\"errorId\":25002,\"parameters\":[{\"name\":\"offerId\",\"value\":\"%s\"}]}]", cs_json_string (there, "offerId", ""));
  errors = cs_json_parse (text, -1, NULL);
  json_object_set_member (response, "errors", g_steal_pointer (&errors));

  return response;
}

static JsonObject *
answer_numbers (Market     *self,
                JsonObject *one)
{
  JsonObject *offer = cs_json_array_object (cs_json_array (one, "offers"), 0);
  JsonObject *there = cs_json_object (self->offers, cs_json_string (one, "sku", ""));
  JsonObject *item = cs_json_object (self->items, cs_json_string (one, "sku", ""));
  JsonObject *pricing = json_object_new ();
  JsonObject *availability = json_object_new ();

  g_assert_cmpstr (cs_json_string (offer, "offerId", ""), ==, cs_json_string (there, "offerId", NULL));
  json_object_set_object_member (pricing, "price", json_object_ref (cs_json_object (offer, "price")));
  json_object_set_object_member (there, "pricingSummary", pricing);
  json_object_set_object_member (availability, "shipToLocationAvailability", json_object_ref (cs_json_object (one, "shipToLocationAvailability")));
  json_object_set_object_member (item, "availability", availability);

  return make_response (one, 200);
}

static void
answer_bulk (Market            *self,
             SoupServerMessage *message,
             const char        *path,
             JsonObject        *body)
{
  g_autoptr (JsonObject) reply = json_object_new ();
  JsonArray *requests = cs_json_array (body, "requests");
  JsonArray *responses = json_array_new ();

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *one = cs_json_array_object (requests, i);

      if (g_str_has_suffix (path, "bulk_get_inventory_item"))
        json_array_add_object_element (responses, answer_seen (self, one));
      else if (g_str_has_suffix (path, "bulk_create_offer"))
        json_array_add_object_element (responses, answer_place (self, one));
      else if (g_str_has_suffix (path, "bulk_update_price_quantity"))
        json_array_add_object_element (responses, answer_numbers (self, one));
      else
        {
          json_object_set_object_member (self->items, cs_json_string (one, "sku", ""), copy (one));
          json_array_add_object_element (responses, make_response (one, 200));
        }
    }

  json_object_set_array_member (reply, "responses", responses);
  say (message, 200, reply);
}

static void
answer_group (Market            *self,
              SoupServerMessage *message,
              const char        *key,
              JsonObject        *body)
{
  JsonObject *group = cs_json_object (self->groups, key);

  if (body != NULL)
    {
      JsonArray *skus = cs_json_array (body, "variantSKUs");

      for (guint i = 0; i < json_array_get_length (skus); i++)
        g_assert_true (json_object_has_member (self->items, cs_json_array_string (skus, i)));
      group = copy (body);
      json_object_set_string_member (group, "inventoryItemGroupKey", key);
      json_object_set_object_member (self->groups, key, group);
      say_nothing (message, 204);
    }
  else if (group != NULL)
    say (message, 200, group);
  else
    say_nothing (message, 404);
}

static void
set_status (Market     *self,
            JsonObject *body,
            const char *status)
{
  JsonObject *group = cs_json_object (self->groups, cs_json_string (body, "inventoryItemGroupKey", ""));
  JsonArray  *skus = cs_json_array (group, "variantSKUs");

  g_assert_nonnull (skus);
  for (guint i = 0; i < json_array_get_length (skus); i++)
    json_object_set_string_member (cs_json_object (self->offers, cs_json_array_string (skus, i)), "status", status);
}

static void
answer_offer (Market            *self,
              SoupServerMessage *message,
              const char        *path,
              GHashTable        *query,
              JsonObject        *body)
{
  g_autoptr (JsonObject) reply = json_object_new ();
  JsonArray *found = json_array_new ();
  g_autoptr (GList) skus = json_object_get_members (self->offers);

  for (GList *sku = skus; sku != NULL; sku = sku->next)
    {
      JsonObject      *offer = cs_json_object (self->offers, sku->data);
      g_autofree char *place = g_strconcat (INVENTORY "/offer/", cs_json_string (offer, "offerId", ""), NULL);

      if (g_str_equal (path, place))
        {
          g_autoptr (GList) names = json_object_get_members (body);

          for (GList *name = names; name != NULL; name = name->next)
            json_object_set_member (offer, name->data, json_node_copy (json_object_get_member (body, name->data)));
        }
      else if (query != NULL && g_strcmp0 (g_hash_table_lookup (query, "sku"), sku->data) == 0)
        json_array_add_object_element (found, json_object_ref (offer));
    }

  json_object_set_array_member (reply, "offers", found);
  if (body != NULL)
    say_nothing (message, 204);
  else
    say (message, json_array_get_length (found) > 0 ? 200 : 404, reply);
}

static void
answer (Market            *self,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        JsonObject        *body)
{
  g_autoptr (JsonObject) reply = json_object_new ();

  if (strstr (path, "/bulk_") != NULL)
    answer_bulk (self, message, path, body);
  else if (g_str_has_prefix (path, INVENTORY "/inventory_item_group/"))
    answer_group (self, message, path + strlen (INVENTORY "/inventory_item_group/"), body);
  else if (g_str_has_suffix (path, "_by_inventory_item_group"))
    {
      gboolean publishes = strstr (path, "/publish") != NULL;

      set_status (self, body, publishes ? "PUBLISHED" : "UNPUBLISHED");
      json_object_set_string_member (reply, "listingId", "110");
      if (publishes)
        say (message, 200, reply);
      else
        say_nothing (message, 204);
    }
  else if (g_str_has_prefix (path, INVENTORY "/offer"))
    answer_offer (self, message, path, query, body);
  else
    {
      json_object_set_string_member (reply, "imageUrl", "https://i.ebayimg.com/0.jpg");
      say (message, 201, reply);
    }
}

static void
serve_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  Market *self = data;
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonNode) node = g_bytes_get_size (bytes) > 0 ? cs_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL) : NULL;

  g_test_message ("  %s %s", soup_server_message_get_method (message), path);
  answer (self, message, path, query, cs_json_node_object (node));
  if (g_str_equal (soup_server_message_get_method (message), "GET") || g_str_has_suffix (path, "/bulk_get_inventory_item") ||
      ++self->n_changes != self->silent_at)
    return;

  soup_message_body_truncate (soup_server_message_get_response_body (message));
  say_nothing (message, 500);
}

static void
market_init (Market *self)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->items = json_object_new ();
  self->groups = json_object_new ();
  self->offers = json_object_new ();
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, serve_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->address = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
market_clear (Market *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  json_object_unref (self->items);
  json_object_unref (self->groups);
  json_object_unref (self->offers);
  g_free (self->address);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Market, market_clear)

typedef struct
{
  char      *folder;
  CsStore   *store;
  CsChannel *channel;
  CsAccount *account;
  gint64     product;
} House;

static void
house_init (House  *self,
            Market *market)
{
  g_autoptr (JsonObject) secrets = json_object_new ();
  gint64 id;

  self->folder = g_dir_make_tmp ("cs-ebay-XXXXXX", NULL);
  self->store = cs_sync_test_open (self->folder);
  id = cs_sync_test_add_account (self->store, "ebay", market->address);
  self->account = dex_await_boxed (cs_accounts_get (self->store, id), NULL);
  g_set_str (&self->account->profile, "{\"marketplace\":\"EBAY_DE\"}");
  self->channel = g_object_new (CS_TYPE_EBAY, "account", self->account, NULL);
  json_object_set_string_member (secrets, "access_token", "at");
  cs_channel_set_secrets (self->channel, secrets);
  self->product = cs_sync_test_add_product (self->store, "Basket");
}

static void
house_clear (House *self)
{
  g_clear_object (&self->channel);
  g_clear_object (&self->store);
  cs_account_unref (self->account);
  cs_sync_test_remove (self->folder);
  g_free (self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (House, house_clear)

static void
changed_cb (gint64   entry,
            gpointer data)
{
}

/* As far as it goes, without waiting until it is due. FALSE where a person is asked. */
static gboolean
deliver (House *self,
         gint64 id)
{
  for (guint i = 0; i < MOST_TRIES; i++)
    {
      g_autoptr (CsOutboxEntry) entry = cs_sync_test_get (self->store, id);
      g_autofree char *journal = NULL;
      g_autoptr (GError) error = NULL;

      if (entry->state == CS_OUTBOX_DONE || entry->state == CS_OUTBOX_CONFLICT)
        return entry->state == CS_OUTBOX_DONE;

      if (entry->state == CS_OUTBOX_UNKNOWN || entry->state == CS_OUTBOX_WAITING)
        dex_await (dex_timeout_new_msec (200), NULL);
      else if (entry->state != CS_OUTBOX_READY)
        {
          journal = cs_sync_test_dup_journal (self->store, id);
          g_error ("%s: %s %s", cs_outbox_state_get_name (entry->state), entry->message, journal);
        }

      dex_await_uint (cs_deliver (self->store, self->channel, self->account, entry, NULL, changed_cb, NULL), &error);
      g_assert_no_error (error);
    }

  g_assert_not_reached ();
}

static gint64
sign (House      *self,
      CsOperation operation,
      const char *title,
      const char *variants)
{
  g_autoptr (CsRemoteListing) remote = dex_await_boxed (cs_remotes_get (self->store, self->account->id, self->product), NULL);
  CsSigned what = { operation, TRUE, title, "B-1", NULL, NULL, 1, NULL, 0, NULL };
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (GError) error = NULL;
  gint64 entry;

  if (operation != CS_OPERATION_CREATE)
    {
      what.remote_id = remote->remote_id;
      what.remote_version = remote->version;
    }
  listing = cs_sync_test_make_listing (self->store, self->account, "ebay/1", self->product, &what);
  listing->variants = g_strdup (variants);
  listing->stock = -1;
  listing->category_id = g_strdup ("20625");
  listing->terms = g_strdup ("{\"location_key\":\"home\",\"marketplace\":\"EBAY_DE\"}");
  if (operation == CS_OPERATION_OFFER)
    listing->seen = g_strdup_printf ("{\"price\":\"%s\",\"stock\":%" G_GINT64_FORMAT ",\"variants\":%s}", remote->price, remote->stock, remote->variants);
  cs_listing_freeze (listing);
  entry = dex_await_int64 (cs_outbox_approve (self->store, self->product, listing, listing->hash, "terminal"), &error);
  g_assert_no_error (error);

  return entry;
}

#define RED(price, stock)  "{\"options\":{\"Farbe\":\"Rot\"},\"picture\":0,\"price\":\"" price " EUR\",\"sku\":\"B-1-R\",\"stock\":" stock "}"
#define BLUE(price, stock) "{\"options\":{\"Farbe\":\"Blau\"},\"picture\":-1,\"price\":\"" price " EUR\",\"sku\":\"B-1-B\",\"stock\":" stock "}"
#define GREEN              "{\"options\":{\"Farbe\":\"Grün\"},\"picture\":-1,\"price\":\"7.00 EUR\",\"sku\":\"B-1-G\",\"stock\":6}"

static void
assert_there (Market     *market,
              const char *title,
              const char *skus,
              const char *red)
{
  g_autoptr (GList) keys = json_object_get_members (market->groups);
  JsonObject *group = json_object_get_object_member (market->groups, keys->data);
  JsonObject *offer = cs_json_object (market->offers, "B-1-R");
  g_autoptr (GString) named = g_string_new (NULL);
  JsonArray  *array = cs_json_array (group, "variantSKUs");

  g_assert_cmpuint (g_list_length (keys), ==, 1);
  g_assert_cmpstr (cs_json_string (group, "title", NULL), ==, title);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *sku = cs_json_array_string (array, i);

      g_string_append_printf (named, "%s ", sku);
      g_assert_cmpstr (cs_json_string (cs_json_object (market->offers, sku), "status", NULL), ==, "PUBLISHED");
    }
  g_assert_cmpstr (named->str, ==, skus);
  g_assert_cmpstr (cs_json_string (cs_json_object (cs_json_object (offer, "pricingSummary"), "price"), "value", NULL), ==, red);
}

/* at: the change that nobody hears the answer of, or 0. Returns: how many there were */
static guint
run_way (CsOperation operation,
         guint       at)
{
  g_auto (Market) market = { 0 };
  g_auto (House) house = { 0 };
  guint before;

  market_init (&market);
  house_init (&house, &market);
  market.silent_at = operation == CS_OPERATION_CREATE ? at : 0;
  g_assert_true (deliver (&house, sign (&house, CS_OPERATION_CREATE, "Basket", "[" RED ("12.50", "2") "," BLUE ("9.50", "4") "]")));
  assert_there (&market, "Basket", "B-1-R B-1-B ", "12.50");
  if (operation == CS_OPERATION_CREATE)
    return market.n_changes;

  before = market.n_changes;
  market.silent_at = at > 0 ? before + at : 0;
  if (operation == CS_OPERATION_UPDATE)
    {
      /* What was changed there while nobody knew by whom, a person looks at; signed again, it goes */
      if (!deliver (&house, sign (&house, operation, "Better basket", "[" GREEN "," RED ("11.00", "5") "]")))
        {
          g_assert_cmpuint (at, >, 0);
          g_assert_true (deliver (&house, sign (&house, operation, "Better basket", "[" GREEN "," RED ("11.00", "5") "]")));
        }
      assert_there (&market, "Better basket", "B-1-G B-1-R ", "11.00");
    }
  else
    {
      g_assert_true (deliver (&house, sign (&house, operation, "Basket", "[" RED ("10.00", "1") "," BLUE ("9.50", "4") "]")));
      assert_there (&market, "Basket", "B-1-R B-1-B ", "10.00");
    }

  return market.n_changes - before;
}

static void
test_ways (gconstpointer data)
{
  CsOperation operation = GPOINTER_TO_INT (data);
  guint       n = run_way (operation, 0);

  for (guint at = 1; at <= n; at++)
    {
      g_test_message ("silent at %u of %u", at, n);
      run_way (operation, at);
    }
}

static void
test_create (void)
{
  test_ways (GINT_TO_POINTER (CS_OPERATION_CREATE));
}

static void
test_update (void)
{
  test_ways (GINT_TO_POINTER (CS_OPERATION_UPDATE));
}

static void
test_offer (void)
{
  test_ways (GINT_TO_POINTER (CS_OPERATION_OFFER));
}

int
main (int   argc,
      char *argv[])
{
  CsChannelTraits *traits;

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  traits = &CS_CHANNEL_CLASS (g_type_class_ref (CS_TYPE_EBAY))->traits;
  traits->per_second = traits->burst = 10000;
  traits->settle_seconds = 0;
  cs_test_add_fiber ("/sync/ebay-group/create", test_create);
  cs_test_add_fiber ("/sync/ebay-group/update", test_update);
  cs_test_add_fiber ("/sync/ebay-group/offer", test_offer);

  return g_test_run ();
}
