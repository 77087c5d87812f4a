/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <stdlib.h>

#include "cs-blobs.h"
#include "cs-channel-kinds.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-publisher.h"
#include "cs-remotes.h"
#include "cs-sync-test.h"
#include "cs-test.h"

/* The whole way to a shop that is not ours: a Vendure server of the test's own,
 * and what its customers see through its public API. The server comes with
 * CS_TEST_SERVERS (see tests/node); without it all of this is skipped.
 *
 * The publisher is also killed, as often as CS_KILLS says: this program is that
 * publisher too, test-vendure --worker LIBRARY SESSION.
 */

#define N_PRODUCTS 6

#ifdef __SANITIZE_ADDRESS__
#define N_KILLS 3
#else
#define N_KILLS 8
#endif

#define SECRETS "{\"password\":\"superadmin\",\"user\":\"superadmin\"}"

/* A small brown picture; what follows a PNG's end is not read */
#define PICTURE "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mPYUqGBFTEMLQkAWbdVAYtX9p8AAAAASUVORK5CYII="

static const char  *program;
static GSubprocess *server;
static char        *server_folder;
static char        *server_address;

static char *
read_line (GSubprocess *process)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (process);
  GString      *line = g_string_new (NULL);
  char          c;

  while (g_input_stream_read (stream, &c, 1, NULL, NULL) == 1 && c != '\n')
    g_string_append_c (line, c);

  return g_string_free_and_steal (line);
}

static void
start_server (const char *servers)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *modules = g_build_filename (servers, "node_modules", NULL);
  g_autoptr (GError) error = NULL;

  server_folder = g_dir_make_tmp ("countersign-vendure-XXXXXX", NULL);
  g_subprocess_launcher_setenv (launcher, "NODE_PATH", modules, TRUE);
  server = g_subprocess_launcher_spawn (launcher, &error, "node", VENDURE_SERVER, server_folder, NULL);
  g_assert_no_error (error);
  server_address = read_line (server);
  g_assert_true (g_str_has_prefix (server_address, "http://127.0.0.1:"));
}

static void
stop_server (void)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (server), NULL, NULL);
  g_assert_true (g_subprocess_wait (server, NULL, NULL));
  g_clear_object (&server);
  cs_sync_test_remove (server_folder);
  g_clear_pointer (&server_folder, g_free);
  g_clear_pointer (&server_address, g_free);
}

/* Past our own code: what the shop itself answers */

static char *admin_token;

static JsonObject *
ask (const char *path,
     const char *query,
     JsonNode  **node)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autofree char *address = g_strconcat (server_address, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", address);
  g_autoptr (JsonNode) body_node = json_node_new (JSON_NODE_OBJECT);
  JsonObject      *body = json_object_new ();
  g_autofree char *text = NULL;
  g_autoptr (GBytes) sent = NULL;
  g_autoptr (GBytes) reply = NULL;
  g_autofree char *bearer = g_strconcat ("Bearer ", admin_token, NULL);
  const char      *token;

  json_node_take_object (body_node, body);
  json_object_set_string_member (body, "query", query);
  text = cs_json_canonical (body_node);
  sent = g_bytes_new (text, strlen (text));
  soup_message_set_request_body_from_bytes (message, "application/json", sent);
  if (admin_token != NULL && g_str_equal (path, "/admin-api"))
    soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
  reply = soup_session_send_and_read (session, message, NULL, NULL);
  g_assert_nonnull (reply);
  if ((token = soup_message_headers_get_one (soup_message_get_response_headers (message), "vendure-auth-token")) && g_str_equal (path, "/admin-api"))
    g_set_str (&admin_token, token);
  *node = cs_json_parse (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply), NULL);
  g_assert_null (cs_json_array (cs_json_node_object (*node), "errors"));

  return cs_json_object (cs_json_node_object (*node), "data");
}

static JsonObject *
ask_admin (const char *query,
           JsonNode  **node)
{
  if (admin_token == NULL)
    {
      g_autoptr (JsonNode) reply = NULL;

      ask ("/admin-api", "mutation { login(username: \"superadmin\", password: \"superadmin\") { __typename } }", &reply);
    }

  return ask ("/admin-api", query, node);
}

static void
assert_picture (const char *address,
                const char *hash)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GBytes) bytes = soup_session_send_and_read (session, message, NULL, NULL);
  g_autofree char *there = cs_hash_bytes (bytes);

  g_assert_cmpstr (there, ==, hash);
}

/* A customer: sees it as it was signed, or not at all */
static void
assert_customer_sees (const char *id,
                      CsListing  *listing)
{
  g_autofree char *query = g_strdup_printf ("{ product(id: \"%s\") { name description assets { source } facetValues { name }"
                                            " variants { sku priceWithTax currencyCode stockLevel } } }", id);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *product = cs_json_object (ask ("/shop-api", query, &node), "product");
  JsonArray  *assets = cs_json_array (product, "assets");
  JsonObject *variant = cs_json_array_object (cs_json_array (product, "variants"), 0);

  if (listing == NULL)
    {
      g_assert_null (product);
      return;
    }

  g_assert_cmpstr (cs_json_string (product, "name", NULL), ==, listing->title);
  g_assert_nonnull (strstr (cs_json_string (product, "description", ""), listing->description));
  g_assert_cmpint (cs_json_int (variant, "priceWithTax", 0), ==, listing->price.minor);
  g_assert_cmpstr (cs_json_string (variant, "currencyCode", NULL), ==, listing->price.currency);
  g_assert_true (g_str_equal (cs_json_string (variant, "stockLevel", ""), "OUT_OF_STOCK") == (listing->stock == 0));
  if (listing->variants == NULL)
    g_assert_cmpstr (cs_json_string (variant, "sku", NULL), ==, listing->sku);
  g_assert_cmpuint (json_array_get_length (assets), ==, listing->pictures->len);
  for (guint i = 0; i < listing->pictures->len; i++)
    assert_picture (cs_json_string (cs_json_array_object (assets, i), "source", ""),
                    ((CsListingPicture *) listing->pictures->pdata[i])->hash);
}

/* A library with an account at that shop */

typedef struct
{
  char        *folder;
  CsStore     *store;
  CsSecrets   *secrets;
  CsAccount   *account;
  CsPublisher *publisher;
} House;

static void
give_keys (CsSecrets *secrets,
           CsAccount *account,
           const char *keys)
{
  g_autofree char *name = g_strdup_printf ("channel/%" G_GINT64_FORMAT "@%s", account->id, account->keyring);

  cs_secrets_keep_for_session (secrets, name, keys);
}

static void
house_init (House *house)
{
  g_autoptr (CsChannel) channel = NULL;
  g_autoptr (CsInquiry) inquiry = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  *house = (House) { .folder = g_dir_make_tmp ("countersign-vendure-XXXXXX", NULL) };
  house->store = cs_sync_test_open (house->folder);
  house->secrets = cs_secrets_new ();
  house->account = cs_account_new ();
  house->account->channel = g_strdup ("vendure");
  house->account->name = g_strdup ("Baskets & Co");
  house->account->address = g_strdup_printf ("%s/admin-api/", server_address);
  house->account->currency = g_strdup ("EUR");
  id = dex_await_int64 (cs_accounts_put (house->store, house->account), &error);
  g_assert_no_error (error);
  cs_account_unref (house->account);
  house->account = dex_await_boxed (cs_accounts_get (house->store, id), &error);
  g_assert_no_error (error);
  give_keys (house->secrets, house->account, SECRETS);

  channel = cs_channel_kinds_make (house->account, house->secrets, &error);
  g_assert_no_error (error);
  inquiry = dex_await_boxed (cs_channel_inquire (channel, CS_INQUIRY_SHOP, NULL, NULL), &error);
  g_assert_no_error (error);
  g_set_str (&house->account->profile, inquiry->shop->profile);
  dex_await_int64 (cs_accounts_put (house->store, house->account), &error);
  g_assert_no_error (error);
  house->publisher = cs_publisher_new (house->store, house->secrets);
}

/* The library is another process's from here on */
static void
house_leave (House *house)
{
  g_clear_object (&house->publisher);
  if (house->store != NULL)
    cs_store_close (house->store);
  g_clear_object (&house->store);
}

static void
house_clear (House *house)
{
  house_leave (house);
  g_clear_object (&house->secrets);
  g_clear_pointer (&house->account, cs_account_unref);
  cs_sync_test_remove (house->folder);
  g_clear_pointer (&house->folder, g_free);
}

typedef struct
{
  CsOperation operation;
  gboolean    draft;
  const char *title;
  const char *sku;
  const char *variants;
  gint64      price;
  gint64      stock;
  guint       n_pictures;
} Wish;

static void
add_pictures (House     *house,
              CsListing *listing,
              guint      n)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      gsize length;
      g_autofree guchar *png = g_base64_decode (PICTURE, &length);
      g_autoptr (GByteArray) array = g_byte_array_new ();
      g_autofree char *tail = g_strdup_printf ("%s %u", listing->key, i);
      g_autofree char *name = g_strdup_printf ("%s-%u.png", listing->key, i + 1);
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *hash = NULL;

      g_byte_array_append (array, png, length);
      g_byte_array_append (array, (const guint8 *) tail, strlen (tail));
      bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
      hash = dex_await_string (cs_blobs_put_bytes (house->store, bytes), &error);
      g_assert_no_error (error);
      cs_listing_add_picture (listing, hash, "image/png", name, "A basket");
    }
}

static CsOutboxEntry *
sign (House      *house,
      gint64      product_id,
      const Wish *wish,
      CsListing **signed_listing)
{
  g_autoptr (CsProduct) product = dex_await_boxed (cs_products_get (house->store, product_id), NULL);
  g_autoptr (CsRemoteListing) remote = dex_await_boxed (cs_remotes_get (house->store, house->account->id, product_id), NULL);
  g_autoptr (CsListing) listing = cs_listing_new ();
  g_autoptr (GError) error = NULL;
  gint64 entry;

  listing->operation = wish->operation;
  listing->account = house->account->id;
  listing->channel = g_strdup ("vendure");
  listing->adapter = g_strdup ("vendure/1");
  listing->address = g_strdup (house->account->address);
  listing->key = g_strdup (product->key);
  listing->live = !wish->draft;
  listing->title = g_strdup (wish->title);
  listing->description = g_strdup ("Woven by hand");
  listing->bullets = g_strsplit ("round|light", "|", -1);
  listing->sku = g_strdup (wish->sku);
  listing->stock = wish->stock;
  listing->price.minor = wish->price;
  g_strlcpy (listing->price.currency, "EUR", sizeof listing->price.currency);
  listing->variants = g_strdup (wish->variants);
  listing->category_id = g_strdup ("1");
  if (wish->operation != CS_OPERATION_CREATE)
    {
      g_assert_nonnull (remote);
      listing->remote_id = g_strdup (remote->remote_id);
      listing->remote_version = g_strdup (remote->version);
    }
  if (wish->operation == CS_OPERATION_OFFER)
    listing->seen = g_strdup_printf ("{\"price\":\"%s\",\"stock\":%" G_GINT64_FORMAT "}", remote->price, remote->stock);
  add_pictures (house, listing, wish->n_pictures);
  cs_listing_freeze (listing);

  entry = dex_await_int64 (cs_outbox_approve (house->store, product_id, listing, listing->hash, "terminal"), &error);
  g_assert_no_error (error);
  *signed_listing = g_steal_pointer (&listing);

  return cs_sync_test_get (house->store, entry);
}

/* Resolves nothing: sends what is due, and says where the entry stands then */
static CsOutboxState
send (House         *house,
      CsOutboxEntry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsOutboxEntry) now = NULL;

  for (guint i = 0; i < 20; i++)
    {
      dex_await_uint (cs_publisher_run (house->publisher, 0, NULL), &error);
      g_assert_no_error (error);
      g_clear_pointer (&now, cs_outbox_entry_unref);
      now = cs_sync_test_get (house->store, entry->id);
      if (now->state != CS_OUTBOX_WAITING && now->state != CS_OUTBOX_UNKNOWN)
        break;
    }

  g_test_message ("%s", now->message != NULL ? now->message : "");

  return now->state;
}

static char *
dup_remote_id (House *house,
               gint64 product)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRemoteListing) remote = dex_await_boxed (cs_remotes_get (house->store, house->account->id, product), &error);

  g_assert_no_error (error);

  return g_strdup (remote->remote_id);
}

/* Signs, sends, and holds what a customer sees against it */
static void
assert_goes (House      *house,
             gint64      product,
             const Wish *wish,
             const char *journal)
{
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (CsOutboxEntry) entry = sign (house, product, wish, &listing);
  g_autofree char *steps = NULL;
  g_autofree char *id = NULL;
  CsOutboxState    state;

  state = send (house, entry);
  steps = cs_sync_test_dup_journal (house->store, entry->id);
  g_test_message ("%s", steps);
  g_assert_cmpint (state, ==, CS_OUTBOX_DONE);
  if (journal != NULL)
    g_assert_cmpstr (steps, ==, journal);
  id = dup_remote_id (house, product);
  assert_customer_sees (id, wish->operation != CS_OPERATION_WITHDRAW && listing->live ? listing : NULL);
}

static void
test_whole_way (void)
{
  House  house;
  gint64 product;

  house_init (&house);
  product = cs_sync_test_add_product (house.store, "Basket");
  assert_goes (&house, product, &(Wish){ CS_OPERATION_CREATE, FALSE, "竹编果篮 <b>", "B-1", NULL, 4990, 3, 2 },
               "picture.0:done picture.1:done look-up:not-found create:done variants:done made:done publish:done read-back:done");
  assert_goes (&house, product, &(Wish){ CS_OPERATION_OFFER, FALSE, "竹编果篮 <b>", "B-1", NULL, 4490, 7, 2 },
               "shown:done read-before:done offer:done read-back:done");
  /* The pictures are there already */
  assert_goes (&house, product, &(Wish){ CS_OPERATION_UPDATE, FALSE, "Bamboo basket", "B-1", NULL, 5290, 0, 2 },
               "shown:done read-before:done update:done changed:done publish:done read-back:done");
  /* Back to what it was, and one picture less */
  assert_goes (&house, product, &(Wish){ CS_OPERATION_UPDATE, FALSE, "竹编果篮 <b>", "B-1", NULL, 4990, 3, 1 }, NULL);
  assert_goes (&house, product, &(Wish){ CS_OPERATION_UPDATE, TRUE, "竹编果篮", "B-1", NULL, 4990, 3, 1 }, NULL);
  assert_goes (&house, product, &(Wish){ CS_OPERATION_UPDATE, FALSE, "竹编果篮", "B-1", NULL, 4990, 3, 1 }, NULL);
  assert_goes (&house, product, &(Wish){ CS_OPERATION_WITHDRAW, FALSE, "竹编果篮", "B-1", NULL, 4990, 3, 1 },
               "read-before:done withdraw:done read-back:done");
  house_clear (&house);
}

#define SMALL "{\"options\":{\"Colour\":\"brown\",\"Size\":\"S\"},\"picture\":0,\"price\":\"39.90\",\"sku\":\"V-S\",\"stock\":2}"
#define LARGE "{\"options\":{\"Colour\":\"brown\",\"Size\":\"L\"},\"price\":\"59.90\",\"sku\":\"V-L\",\"stock\":5}"

static void
test_variants (void)
{
  House  house;
  gint64 product;
  g_autofree char *id = NULL;
  g_autofree char *query = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *variants;

  house_init (&house);
  product = cs_sync_test_add_product (house.store, "Basket");
  assert_goes (&house, product, &(Wish){ CS_OPERATION_CREATE, FALSE, "Baskets", "V", "[" SMALL "]", 3990, 2, 1 },
               "picture.0:done look-up:not-found create:done options:done attach:done variants:done made:done publish:done read-back:done");
  /* Another size, which is a value that the group does not have yet */
  assert_goes (&house, product, &(Wish){ CS_OPERATION_UPDATE, FALSE, "Baskets", "V", "[" SMALL "," LARGE "]", 3990, 2, 1 },
               "shown:done options:done read-before:done update:done changed:done added:done publish:done read-back:done");
  assert_goes (&house, product, &(Wish){ CS_OPERATION_OFFER, FALSE, "Baskets", "V", "[" SMALL "," LARGE "]", 3990, 2, 1 }, NULL);

  id = dup_remote_id (&house, product);
  query = g_strdup_printf ("{ product(id: \"%s\") { variants { sku priceWithTax options { name } } } }", id);
  variants = cs_json_array (cs_json_object (ask ("/shop-api", query, &node), "product"), "variants");
  g_assert_cmpuint (json_array_get_length (variants), ==, 2);
  g_assert_cmpstr (cs_json_string (cs_json_array_object (variants, 1), "sku", NULL), ==, "V-L");
  g_assert_cmpint (cs_json_int (cs_json_array_object (variants, 1), "priceWithTax", 0), ==, 5990);
  house_clear (&house);
}

/* What the shop says where it is asked, and "not signed in" in a reply with status 200 */
static void
test_inquiries (void)
{
  House house;
  g_autoptr (CsChannel) stranger = NULL;
  g_autoptr (CsChannel) channel = NULL;
  g_autoptr (CsInquiry) shop = NULL;
  g_autoptr (CsInquiry) profile = NULL;
  g_autoptr (CsInquiry) categories = NULL;
  g_autoptr (CsSecrets) wrong = cs_secrets_new ();
  g_autoptr (GError) error = NULL;

  house_init (&house);
  give_keys (wrong, house.account, "{\"password\":\"guessed\",\"user\":\"superadmin\"}");
  stranger = cs_channel_kinds_make (house.account, wrong, NULL);
  g_assert_null (dex_await_boxed (cs_channel_inquire (stranger, CS_INQUIRY_SHOP, NULL, NULL), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);
  g_clear_error (&error);

  channel = cs_channel_kinds_make (house.account, house.secrets, NULL);
  shop = dex_await_boxed (cs_channel_inquire (channel, CS_INQUIRY_SHOP, NULL, NULL), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shop->shop->currency, ==, "EUR");
  g_assert_cmpstr (shop->shop->profile, ==,
                   "{\"key_field\":\"countersignKey\",\"language\":\"en\",\"precision\":\"2\",\"prices_hold_tax\":\"true\"}");
  profile = dex_await_boxed (cs_channel_inquire (channel, CS_INQUIRY_PROFILE, NULL, NULL), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cs_form_find (profile->form, "tax_category")->value, ==, "1");
  categories = dex_await_boxed (cs_channel_inquire (channel, CS_INQUIRY_CATEGORIES, NULL, "bask"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cs_form_find (categories->form, "category")->choices->len, ==, 1);
  house_clear (&house);
}

/* A stranger's product with our SKU is no product of ours, and a product that was
 * changed there is not overwritten
 */
static void
test_conflicts (void)
{
  House  house;
  gint64 product;
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (CsListing) changed = NULL;
  g_autoptr (CsOutboxEntry) entry = NULL;
  g_autoptr (CsOutboxEntry) second = NULL;
  g_autofree char *query = NULL;
  g_autofree char *steps = NULL;
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) made = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) edited = NULL;
  g_autofree char *edit = NULL;
  JsonObject *stranger;

  house_init (&house);
  stranger = cs_json_object (ask_admin ("mutation { createProduct(input: { enabled: true, translations: [{ languageCode: en,"
                                        " name: \"Mine\", slug: \"mine\", description: \"\" }] }) { id } }", &made),
                             "createProduct");
  query = g_strdup_printf ("mutation { createProductVariants(input: [{ productId: \"%s\", sku: \"TAKEN\", price: 1,"
                           " translations: [{ languageCode: en, name: \"Mine\" }] }]) { id } }", cs_json_string (stranger, "id", ""));
  ask_admin (query, &node);

  product = cs_sync_test_add_product (house.store, "Basket");
  entry = sign (&house, product, &(Wish){ CS_OPERATION_CREATE, FALSE, "Basket", "TAKEN", NULL, 4990, 3, 1 }, &listing);
  g_assert_cmpint (send (&house, entry), ==, CS_OUTBOX_CONFLICT);
  steps = cs_sync_test_dup_journal (house.store, entry->id);
  g_assert_null (strstr (steps, "create"));

  product = cs_sync_test_add_product (house.store, "Bowl");
  assert_goes (&house, product, &(Wish){ CS_OPERATION_CREATE, FALSE, "Bowl", "FREE", NULL, 4990, 3, 1 }, NULL);
  id = dup_remote_id (&house, product);
  edit = g_strdup_printf ("mutation { updateProduct(input: { id: \"%s\", translations: [{ languageCode: en, name: \"Theirs\" }] }) { id } }", id);
  ask_admin (edit, &edited);
  second = sign (&house, product, &(Wish){ CS_OPERATION_UPDATE, FALSE, "Bowl, new", "FREE", NULL, 4990, 3, 1 }, &changed);
  g_assert_cmpint (send (&house, second), ==, CS_OUTBOX_CONFLICT);
  house_clear (&house);
}

/* Sold between approving and sending: neither stock is set back */
static void
test_sold_meanwhile (void)
{
  House  house;
  gint64 product;
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (CsOutboxEntry) entry = NULL;
  g_autofree char *id = NULL;
  g_autofree char *query = NULL;
  g_autofree char *sale = NULL;
  g_autoptr (JsonNode) found = NULL;
  g_autoptr (JsonNode) sold = NULL;
  g_autoptr (JsonNode) after = NULL;
  JsonObject *variant;

  house_init (&house);
  product = cs_sync_test_add_product (house.store, "Bowl");
  assert_goes (&house, product, &(Wish){ CS_OPERATION_CREATE, FALSE, "Bowl", "SOLD", NULL, 4990, 3, 1 }, NULL);
  id = dup_remote_id (&house, product);
  query = g_strdup_printf ("{ product(id: \"%s\") { variants { id stockLevels { stockOnHand } } } }", id);
  variant = cs_json_array_object (cs_json_array (cs_json_object (ask_admin (query, &found), "product"), "variants"), 0);
  sale = g_strdup_printf ("mutation { updateProductVariants(input: [{ id: \"%s\", stockOnHand: 2 }]) { id } }", cs_json_string (variant, "id", ""));
  entry = sign (&house, product, &(Wish){ CS_OPERATION_UPDATE, FALSE, "Bowl, new", "SOLD", NULL, 4990, 3, 1 }, &listing);
  ask_admin (sale, &sold);
  g_assert_cmpint (send (&house, entry), ==, CS_OUTBOX_CONFLICT);

  variant = cs_json_array_object (cs_json_array (cs_json_object (ask_admin (query, &after), "product"), "variants"), 0);
  g_assert_cmpint (cs_json_int (cs_json_array_object (cs_json_array (variant, "stockLevels"), 0), "stockOnHand", -1), ==, 2);
  house_clear (&house);
}

/* The publisher, as a process that is killed */

typedef struct
{
  const char *folder;
  const char *session; /* signed in already: else most kills would hit the signing in */
} Work;

/* What waits for a person does not move by itself; after a sign-in nothing would */
static gboolean
is_any_moving (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      CsOutboxEntry *entry = entries->pdata[i];

      g_assert_cmpint (entry->state, !=, CS_OUTBOX_SIGN_IN);
      if (entry->state <= CS_OUTBOX_WAITING)
        return TRUE;
    }

  return FALSE;
}

static DexFuture *
work_fiber (gpointer data)
{
  Work *work = data;
  g_autoptr (CsStore) store = cs_sync_test_open (work->folder);
  g_autoptr (CsSecrets) secrets = cs_secrets_new ();
  g_autoptr (CsPublisher) publisher = cs_publisher_new (store, secrets);
  g_autoptr (GPtrArray) accounts = dex_await_boxed (cs_accounts_list (store), NULL);
  g_autofree char *keys = g_strdup_printf ("{\"access_token\":\"%s\"}", work->session);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < accounts->len; i++)
    give_keys (secrets, accounts->pdata[i], keys);

  g_print ("ready\n");
  for (;;)
    {
      g_autoptr (GPtrArray) open = dex_await_boxed (cs_outbox_list (store, 0, TRUE), &error);

      g_assert_no_error (error);
      if (!is_any_moving (open))
        break;
      dex_await_uint (cs_publisher_run (publisher, 0, NULL), &error);
      g_assert_no_error (error);
    }
  cs_store_close (store);

  return dex_future_new_true ();
}

static int
worker_main (const char *folder,
             const char *session)
{
  Work work = { folder, session };
  g_autoptr (DexFuture) future = dex_scheduler_spawn (NULL, 0, work_fiber, &work, NULL);

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  return 0;
}

/* TRUE where it was killed before it came to its end */
static gboolean
run_worker (const char *folder,
            gint64      kill_after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) worker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--worker", folder, admin_token, NULL);
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  line = read_line (worker);
  g_assert_cmpstr (line, ==, "ready");
  if (kill_after >= 0)
    {
      g_usleep (kill_after);
      g_subprocess_send_signal (worker, SIGKILL);
    }
  g_assert_true (g_subprocess_wait (worker, NULL, NULL));
  if (!g_subprocess_get_if_exited (worker))
    return TRUE;
  g_assert_cmpint (g_subprocess_get_exit_status (worker), ==, 0);

  return FALSE;
}

/* Once, as signed */
static void
assert_once (CsListing *listing)
{
  g_autofree char *query = g_strdup_printf ("{ products(options: { filter: { sku: { eq: \"%s\" } } }) { totalItems items { id customFields { countersignKey } variants { id } } } }",
                                            listing->sku);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *list = cs_json_object (ask_admin (query, &node), "products");
  JsonObject *product = cs_json_array_object (cs_json_array (list, "items"), 0);

  g_assert_cmpint (cs_json_int (list, "totalItems", 0), ==, 1);
  g_assert_cmpstr (cs_json_string (cs_json_object (product, "customFields"), "countersignKey", NULL), ==, listing->key);
  g_assert_cmpuint (json_array_get_length (cs_json_array (product, "variants")), ==, 1);
  assert_customer_sees (cs_json_string (product, "id", ""), listing);
}

static void
assert_all_done (House *house)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = dex_await_boxed (cs_outbox_list (house->store, 0, FALSE), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len % N_PRODUCTS, ==, 0);
  for (guint i = 0; i < entries->len; i++)
    {
      CsOutboxEntry *entry = entries->pdata[i];

      if (entry->state != CS_OUTBOX_DONE)
        {
          g_autofree char *steps = cs_sync_test_dup_journal (house->store, entry->id);

          g_test_message ("%s: %s", steps, entry->message);
        }
      g_assert_cmpint (entry->state, ==, CS_OUTBOX_DONE);
    }
}

typedef struct
{
  House      house;
  gint64     products[N_PRODUCTS];
  GPtrArray *listings; /* as they are to stand there in the end */
  guint      n;        /* which batch this is */
} Batch;

static void
sign_batch (Batch      *batch,
            CsOperation operation)
{
  g_ptr_array_set_size (batch->listings, 0);
  for (guint i = 0; i < N_PRODUCTS; i++)
    {
      g_autofree char *sku = g_strdup_printf ("K-%u-%u", batch->n, i);
      g_autofree char *title = g_strdup_printf ("%s, %s", sku, cs_operation_get_name (operation));
      CsListing       *listing = NULL;

      if (operation == CS_OPERATION_CREATE)
        batch->products[i] = cs_sync_test_add_product (batch->house.store, sku);
      cs_outbox_entry_unref (sign (&batch->house, batch->products[i],
                                   &(Wish){ operation, FALSE, title, sku, NULL, 1990 + i + operation, 4 + operation, 2 }, &listing));
      g_ptr_array_add (batch->listings, listing);
    }
}

/* How often it was killed before all was there, once and as signed */
static guint
kill_batch (Batch *batch,
            guint  most,
            gint64 within)
{
  guint n_kills = 0;

  house_leave (&batch->house);
  while (n_kills < most && run_worker (batch->house.folder, g_random_double () * within))
    n_kills++;
  g_assert_false (run_worker (batch->house.folder, -1));

  batch->house.store = cs_sync_test_open (batch->house.folder);
  assert_all_done (&batch->house);
  for (guint i = 0; i < batch->listings->len; i++)
    assert_once (batch->listings->pdata[i]);

  return n_kills;
}

static void
test_kills (void)
{
  const char *wanted = g_getenv ("CS_KILLS");
  guint n_wanted = wanted != NULL ? atoi (wanted) : N_KILLS;
  guint n_kills = 0;
  Batch batch = { 0 };
  g_autoptr (JsonNode) me = NULL;

  ask_admin ("{ me { id } }", &me);
  for (; n_kills < n_wanted; batch.n++)
    {
      house_init (&batch.house);
      batch.listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_listing_unref);
      sign_batch (&batch, CS_OPERATION_CREATE);
      n_kills += kill_batch (&batch, (n_wanted - n_kills + 1) / 2, G_USEC_PER_SEC);
      sign_batch (&batch, CS_OPERATION_UPDATE);
      n_kills += kill_batch (&batch, n_wanted - n_kills, G_USEC_PER_SEC);
      g_clear_pointer (&batch.listings, g_ptr_array_unref);
      house_clear (&batch.house);
    }

  g_test_message ("%u kills in %u batches", n_kills, batch.n);
}

static void
test_skipped (void)
{
  g_test_skip ("CS_TEST_SERVERS is not set: there is no Vendure here (see tests/node)");
}

int
main (int   argc,
      char *argv[])
{
  const char *servers = g_getenv ("CS_TEST_SERVERS");
  int         status;

  program = argv[0];
  dex_init ();
  if (argc == 4 && g_str_equal (argv[1], "--worker"))
    return worker_main (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);
  if (servers == NULL || servers[0] == '\0')
    {
      g_test_add_func ("/sync/vendure", test_skipped);
      return g_test_run ();
    }

  start_server (servers);
  cs_test_add_fiber ("/sync/vendure/inquiries", test_inquiries);
  cs_test_add_fiber ("/sync/vendure/whole-way", test_whole_way);
  cs_test_add_fiber ("/sync/vendure/variants", test_variants);
  cs_test_add_fiber ("/sync/vendure/conflicts", test_conflicts);
  cs_test_add_fiber ("/sync/vendure/sold-meanwhile", test_sold_meanwhile);
  cs_test_add_fiber ("/sync/vendure/kills", test_kills);
  status = g_test_run ();
  stop_server ();
  g_free (admin_token);

  return status;
}
