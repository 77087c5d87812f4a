/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>

#include "cs-blobs.h"
#include "cs-fault-shop.h"
#include "cs-json.h"
#include "cs-remotes.h"
#include "cs-store-private.h"
#include "cs-sync-test.h"
#include "cs-test.h"

/* Whatever a person does in whatever order, while things are on their way and
 * while the shop fails: each request that reaches the shop and could change
 * something there is the one that the adapter builds of a signed payload for
 * that step, its hash is in the journal, as often as it came, and none was begun
 * once its approval was void; no product is there twice.
 *
 * CS_ORDERS says how many orders are tried; the seed of a failing one is printed
 * (--seed).
 */

#define N_ORDERS   2
#define N_ACTIONS  60
#define N_PRODUCTS 4

typedef struct
{
  char         *folder;
  CsStore      *store;
  CsPublisher  *publisher;
  CsFaultShop  *shop;
  CsAccount    *account;
  DexFuture    *running; /* or NULL */
  GCancellable *cancellable;
  gint64        products[N_PRODUCTS];
  guint         n_titles;
  guint         n_approved;
} Order;

static void
order_init (Order *self)
{
  g_autofree char *address = NULL;

  *self = (Order){ .folder = g_dir_make_tmp ("countersign-orders-XXXXXX", NULL) };
  self->store = cs_sync_test_open (self->folder);
  self->publisher = cs_publisher_new (self->store, NULL);
  self->shop = cs_fault_shop_new (1);
  address = cs_fault_shop_dup_address (self->shop, 0);
  self->account = dex_await_boxed (cs_accounts_get (self->store, cs_sync_test_add_account (self->store, "woocommerce", address)), NULL);
  cs_fault_shop_join (self->publisher, self->account);
  for (guint i = 0; i < N_PRODUCTS; i++)
    self->products[i] = cs_sync_test_add_product (self->store, "Basket");
}

static void
order_clear (Order *self)
{
  g_clear_object (&self->publisher);
  g_clear_pointer (&self->shop, cs_fault_shop_free);
  g_clear_pointer (&self->account, cs_account_unref);
  g_clear_object (&self->cancellable);
  dex_clear (&self->running);
  cs_store_close (self->store);
  g_clear_object (&self->store);
  cs_sync_test_remove (self->folder);
  g_free (self->folder);
}

/* What a person may not do just now is refused; that is as it should be */
static void
approve (Order      *self,
         guint       which,
         CsOperation operation)
{
  g_autofree char *title = g_strdup_printf ("Basket %u", ++self->n_titles);
  g_autofree char *sku = g_strdup_printf ("S-%u", which);
  g_autofree char *price = g_strdup_printf ("%d.50", g_test_rand_int_range (1, 90));
  g_autofree char *seen = NULL;
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (CsRemoteListing) remote = dex_await_boxed (cs_remotes_get (self->store, self->account->id, self->products[which]), NULL);
  CsSigned what = { operation, g_test_rand_bit (), title, sku, NULL, NULL, g_test_rand_int_range (0, 3), price,
                    g_test_rand_int_range (1, 9), NULL };

  if (remote == NULL)
    what.operation = CS_OPERATION_CREATE;
  else
    {
      what.remote_id = remote->remote_id;
      what.remote_version = remote->version;
      if (operation == CS_OPERATION_CREATE)
        what.operation = CS_OPERATION_UPDATE;
    }
  if (what.operation == CS_OPERATION_OFFER)
    what.seen = seen = g_strdup_printf ("{\"price\":\"%s\",\"stock\":%d}", remote->price != NULL ? remote->price : "", (int) remote->stock);

  listing = cs_sync_test_make_listing (self->store, self->account, CS_FAULT_SHOP_ADAPTER, self->products[which], &what);
  self->n_approved += dex_await_int64 (cs_outbox_approve (self->store, self->products[which], listing, listing->hash, "terminal"), NULL) > 0;
}

static CsOutboxEntry *
pick_entry (Order *self)
{
  g_autoptr (GPtrArray) entries = dex_await_boxed (cs_outbox_list (self->store, self->account->id, FALSE), NULL);

  return entries->len > 0 ? cs_outbox_entry_ref (entries->pdata[g_test_rand_int_range (0, entries->len)]) : NULL;
}

/* What was there before, as a new signed listing */
static void
roll_back (Order *self)
{
  g_autoptr (CsOutboxEntry) entry = pick_entry (self);
  g_autoptr (CsListing) before = NULL;
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (CsRemoteListing) remote = NULL;

  if (entry == NULL || !(before = dex_await_boxed (cs_outbox_get_previous (self->store, entry->id), NULL)) ||
      !(remote = dex_await_boxed (cs_remotes_get (self->store, self->account->id, entry->product), NULL)))
    return;

  listing = cs_listing_parse (before->bytes, NULL);
  listing->operation = CS_OPERATION_UPDATE;
  g_set_str (&listing->remote_id, remote->remote_id);
  g_set_str (&listing->remote_version, remote->version);
  g_clear_pointer (&listing->seen, g_free);
  cs_listing_freeze (listing);
  self->n_approved += dex_await_int64 (cs_outbox_approve (self->store, entry->product, listing, listing->hash, "terminal"), NULL) > 0;
}

static void
await_running (Order *self)
{
  if (self->running != NULL)
    dex_await (dex_ref (self->running), NULL);
  dex_clear (&self->running);
}

static void
begin_sending (Order *self)
{
  if (self->running != NULL && dex_future_is_pending (self->running))
    return;

  dex_clear (&self->running);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->running = cs_publisher_run (self->publisher, 0, self->cancellable);
}

static void
fail_next (Order *self)
{
  static const char *const faults[] = {
    "reset-before", "reset-in-body", "reset-answer", "cut-answer", "500-after", "500", "429", "truncated", "invalid",
    "captive-after", "error-inside", "401", "hidden", "wrong-types"
  };

  cs_fault_shop_tell (self->shop, 0, "fault", "{\"fault\":\"%s\",\"at\":%d,\"seconds\":0.5}",
                      faults[g_test_rand_int_range (0, G_N_ELEMENTS (faults))], g_test_rand_int_range (1, 5));
}

static void
act (Order *self)
{
  static const CsOperation operations[] = { CS_OPERATION_CREATE, CS_OPERATION_UPDATE, CS_OPERATION_OFFER, CS_OPERATION_WITHDRAW };
  guint                    which = g_test_rand_int_range (0, N_PRODUCTS);
  g_autoptr (CsOutboxEntry) entry = NULL;
  g_autofree char *title = NULL;

  switch (g_test_rand_int_range (0, 12))
    {
    case 0:
      title = g_strdup_printf ("Basket %u", ++self->n_titles);
      g_assert_true (dex_await (cs_products_set (self->store, self->products[which], CS_FIELD_TITLE, title), NULL));
      break;

    case 1:
      if ((entry = pick_entry (self)))
        dex_await (cs_outbox_void (self->store, entry->id, NULL), NULL);
      break;

    case 2:
      dex_await (cs_outbox_retry_account (self->store, self->account->id), NULL);
      if ((entry = pick_entry (self)))
        dex_await (cs_outbox_retry (self->store, entry->id), NULL);
      break;

    case 3:
      roll_back (self);
      break;

    case 4:
      fail_next (self);
      break;

    case 5:
      if (self->cancellable != NULL)
        g_cancellable_cancel (self->cancellable);
      break;

    case 6:
      begin_sending (self);
      break;

    case 7:
      begin_sending (self);
      dex_await (dex_future_first (dex_ref (self->running), dex_timeout_new_seconds (2), NULL), NULL);
      break;

    default:
      approve (self, which, operations[g_test_rand_int_range (0, G_N_ELEMENTS (operations))]);
    }

  if (g_test_rand_bit ())
    dex_await (dex_timeout_new_msec (g_test_rand_int_range (1, 120)), NULL);
}

/* "METHOD path hash" → how often that may have been sent */
static void
allow (GHashTable *allowed,
       CsRequest  *request,
       const char *hash)
{
  g_autoptr (GUri) uri = g_uri_parse (request->address, SOUP_HTTP_URI_FLAGS, NULL);
  char *line = g_strdup_printf ("%s %s %s", request->method, g_uri_get_path (uri), hash);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (allowed, line));

  g_hash_table_insert (allowed, line, GUINT_TO_POINTER (n + 1));
}

static gboolean
use_up (GHashTable *allowed,
        const char *line)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (allowed, line));

  if (n > 0)
    g_hash_table_insert (allowed, g_strdup (line), GUINT_TO_POINTER (n - 1));

  return n > 0;
}

/* All that an entry's payload allows, as the adapter builds it again of the
 * payload and of what the steps before had yielded
 */
static void
build_again (Order      *self,
             gint64      id,
             GHashTable *allowed)
{
  g_autoptr (CsOutboxEntry) entry = cs_sync_test_get (self->store, id);
  g_autoptr (CsListing) listing = dex_await_boxed (cs_outbox_get_payload (self->store, entry->payload), NULL);
  g_autoptr (GPtrArray) steps = dex_await_boxed (cs_outbox_get_steps (self->store, id), NULL);
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  CsChannel *channel = cs_publisher_get_channel (self->publisher, self->account, NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      CsOutboxStep *step = steps->pdata[i];
      g_autoptr (CsJournal) journal = cs_journal_new (before);
      g_autoptr (CsChannelStep) wanted = cs_channel_next_step (channel, listing, journal);
      g_autoptr (CsRequest) request = NULL;
      g_autoptr (GBytes) picture = NULL;
      g_autofree char *hash = NULL;

      g_ptr_array_add (before, step);
      if (g_str_equal (step->step, "look-up") || g_str_has_prefix (step->step, "read-"))
        continue;

      g_assert_cmpstr (wanted->name, ==, step->step);
      if (wanted->picture >= 0)
        {
          CsListingPicture *about = listing->pictures->pdata[wanted->picture];
          g_autofree char  *path = cs_blobs_dup_path (self->store, about->hash);
          char             *bytes;
          gsize             length;

          g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
          picture = g_bytes_new_take (bytes, length);
        }
      request = cs_channel_build (channel, listing, wanted, journal, picture, NULL);
      g_assert_nonnull (request);
      hash = cs_request_dup_hash (request);
      g_assert_cmpstr (hash, ==, step->body);
      allow (allowed, request, hash);
    }
}

static guint
verify_requests (Order *self)
{
  g_autoptr (JsonNode) node = cs_fault_shop_ask (self->shop, 0, "requests", NULL);
  g_autoptr (GPtrArray) entries = dex_await_boxed (cs_outbox_list (self->store, self->account->id, FALSE), NULL);
  g_autoptr (GHashTable) allowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *requests = json_node_get_array (node);
  guint      n = 0;

  for (guint i = 0; i < entries->len; i++)
    build_again (self, ((CsOutboxEntry *) entries->pdata[i])->id, allowed);

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject      *request = cs_json_array_object (requests, i);
      const char      *method = cs_json_string (request, "method", "");
      const char      *body = cs_json_string (request, "body", NULL);
      g_autofree char *line = g_strdup_printf ("%s %s %s", method, cs_json_string (request, "path", ""), body);

      /* What broke off half-way was not read, and had no effect */
      if (g_str_equal (method, "GET") || body == NULL)
        continue;

      if (!use_up (allowed, line))
        g_error ("%s was not signed, or came more often than is written down", line);
      n++;
    }

  return n;
}

static DexFuture *
count_late_steps (CsDb    *db,
                  gpointer data)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT count(*) FROM outbox_step s JOIN outbox o ON o.id = s.entry"
                       "  JOIN approval_void v ON v.approval = o.approval"
                       "  WHERE s.begun_at > v.made_at AND s.step <> 'look-up' AND s.step NOT LIKE 'read-%'");
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  g_assert_true (cs_stmt_find_int64 (stmt, &n, 0, &error));

  return dex_future_new_for_int64 (n);
}

/* Looking is all that is done once an approval is void */
static void
verify_voided (Order *self)
{
  g_assert_cmpint (dex_await_int64 (cs_store_read (self->store, count_late_steps, NULL, NULL), NULL), ==, 0);
}

static void
verify_products (Order *self)
{
  g_autoptr (JsonNode) state = cs_fault_shop_ask (self->shop, 0, "state", NULL);
  JsonArray *products = cs_json_array (cs_json_node_object (state), "products");
  g_autoptr (GHashTable) skus = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (products); i++)
    g_assert_true (g_hash_table_add (skus, (gpointer) cs_json_string (cs_json_array_object (products, i), "sku", "")));
}

static void
test_orders (void)
{
  const char *wanted = g_getenv ("CS_ORDERS");
  guint       n_orders = wanted != NULL ? atoi (wanted) : N_ORDERS;
  guint       n_requests = 0;
  guint       n_approved = 0;

  for (guint i = 0; i < n_orders; i++)
    {
      Order order;

      order_init (&order);
      for (guint k = 0; k < N_ACTIONS; k++)
        act (&order);
      await_running (&order);
      cs_fault_shop_tell (order.shop, 0, "calm", "{}");
      begin_sending (&order);
      await_running (&order);
      n_requests += verify_requests (&order);
      n_approved += order.n_approved;
      verify_voided (&order);
      verify_products (&order);
      order_clear (&order);
    }

  g_assert_cmpuint (n_requests, >, n_orders * 5);
  g_test_message ("%u orders: %u approvals, %u requests, each of them signed", n_orders, n_approved, n_requests);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_fault_shop_hurry (1);
  cs_test_add_fiber ("/sync/orders/any", test_orders);

  return g_test_run ();
}
