/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "cs-careless-shop.h"
#include "cs-fault-shop.h"
#include "cs-json.h"
#include "cs-practice-channel.h"
#include "cs-publisher.h"
#include "cs-remotes.h"
#include "cs-sync-test.h"
#include "cs-test.h"

/* Kills the publisher at random points while a batch is on its way, as often
 * as CS_KILLS says, and sees that each product is in the shop once, as signed.
 *
 * The shop is another process that outlives the publisher and takes the same
 * product as often as it is sent; in the second test the practice shop inside
 * the publisher, which is killed with it; and in the third one that speaks as
 * WooCommerce does, where answers get lost besides, new products are not to be
 * found at first, and all of them are changed in the end. This program is all of them but the last: test-kill --shop,
 * test-kill --worker LIBRARY [ADDRESS].
 */

#define MOST_PRODUCTS 20
#define N_PICTURES 2

/* The sanitizers make each start several times as long */
#ifdef __SANITIZE_ADDRESS__
#define N_KILLS 8
#else
#define N_KILLS 40
#endif

/* Seconds until what was created is to be found, and the publisher's patience */
#define HIDDEN 0.3
#define SETTLE 1

/* Killed within so many microseconds: much of what comes later is waiting */
#define LONGEST_LIFE (G_USEC_PER_SEC / 2)

typedef enum
{
  SHOP_OUTSIDE,
  SHOP_INSIDE,
  SHOP_FAULTY,
} ShopKind;

static const char *program;

/* The shop */

static int
shop_main (void)
{
  g_autoptr (CsCarelessShop) shop = cs_careless_shop_new ();
  g_autofree char *address = cs_careless_shop_dup_address (shop);

  g_print ("%s\n", address);
  while (getchar () != EOF)
    ;

  return 0;
}

/* The publisher */

typedef struct
{
  const char *folder;
  const char *address;
} Work;

static gboolean
has_moving (CsStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = dex_await_boxed (cs_outbox_list (store, 0, TRUE), &error);

  g_assert_no_error (error);

  return open->len > 0;
}

static DexFuture *
work_fiber (gpointer data)
{
  Work *work = data;
  g_autoptr (CsStore) store = cs_sync_test_open (work->folder);
  g_autoptr (CsPublisher) publisher = cs_publisher_new (store, NULL);
  g_autoptr (GPtrArray) accounts = dex_await_boxed (cs_accounts_list (store), NULL);
  g_autoptr (GError) error = NULL;
  CsAccount *account = accounts->pdata[accounts->len - 1];

  if (g_str_equal (account->channel, "woocommerce"))
    cs_fault_shop_join (publisher, account);
  else if (work->address != NULL)
    {
      g_autoptr (CsChannel) channel = cs_practice_channel_new_for_address (account, work->address, "t");

      CS_CHANNEL_GET_CLASS (channel)->traits.settle_seconds = 0;
      cs_publisher_set_channel (publisher, account->id, channel);
    }

  g_print ("ready\n");
  while (has_moving (store))
    {
      dex_await_uint (cs_publisher_run (publisher, 0, NULL), &error);
      g_assert_no_error (error);
    }
  cs_store_close (store);

  return dex_future_new_true ();
}

static int
worker_main (const char *folder,
             const char *address)
{
  Work work = { folder, address };
  g_autoptr (DexFuture) future = NULL;

  cs_fault_shop_hurry (SETTLE);
  future = dex_scheduler_spawn (NULL, 0, work_fiber, &work, NULL);

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  return 0;
}

/* The test */

typedef struct
{
  ShopKind     kind;
  char        *folder;
  GSubprocess *shop;    /* OUTSIDE */
  CsFaultShop *faulty;  /* FAULTY */
  char        *address; /* NULL: the practice shop inside */
  gint64       products[MOST_PRODUCTS];
  guint        n_products;
  GPtrArray   *listings; /* as they are to stand there in the end */
  guint        n_signed; /* how often each was */
} Batch;

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
sign_one (Batch     *batch,
          CsStore   *store,
          CsAccount *account,
          guint      i)
{
  gboolean         is_new = batch->n_signed == 0;
  g_autofree char *title = g_strdup_printf (is_new ? "Product %u" : "Basket %u", i);
  g_autofree char *sku = g_strdup_printf ("S-%u", i);
  CsSigned         what = { is_new ? CS_OPERATION_CREATE : CS_OPERATION_UPDATE, TRUE, title, sku, NULL, NULL, N_PICTURES };
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (CsOutboxEntry) entry = NULL;

  if (is_new)
    batch->products[i] = cs_sync_test_add_product (store, title);
  else
    {
      remote = dex_await_boxed (cs_remotes_get (store, account->id, batch->products[i]), NULL);
      what.remote_id = remote->remote_id;
      what.remote_version = remote->version;
    }

  entry = cs_sync_test_get (store, cs_sync_test_sign_for (store, account, batch->kind == SHOP_FAULTY ? CS_FAULT_SHOP_ADAPTER : "practice/1",
                                                          batch->products[i], &what));
  g_ptr_array_add (batch->listings, dex_await_boxed (cs_outbox_get_payload (store, entry->payload), NULL));
}

/* To be added, and the second time to be changed */
static void
sign_batch (Batch *batch)
{
  g_autoptr (CsStore) store = cs_sync_test_open (batch->folder);
  g_autoptr (GPtrArray) accounts = NULL;

  if (batch->n_signed == 0 && batch->kind == SHOP_FAULTY)
    cs_sync_test_add_account (store, "woocommerce", batch->address);
  accounts = dex_await_boxed (cs_accounts_list (store), NULL);

  g_ptr_array_set_size (batch->listings, 0);
  for (guint i = 0; i < batch->n_products; i++)
    sign_one (batch, store, accounts->pdata[accounts->len - 1], i);

  batch->n_signed++;
  cs_store_close (store);
}

static void
open_faulty (Batch *batch)
{
  batch->faulty = cs_fault_shop_new (1);
  batch->address = cs_fault_shop_dup_address (batch->faulty, 0);
  cs_fault_shop_tell (batch->faulty, 0, "config", "{\"hidden\":%.1f}", HIDDEN);
  cs_fault_shop_tell (batch->faulty, 0, "fault", "{\"fault\":\"reset-answer\",\"about\":\"POST .*/products$\",\"times\":2}");
  cs_fault_shop_tell (batch->faulty, 0, "fault", "{\"fault\":\"500-after\",\"about\":\"POST .*/media$\",\"times\":2}");
}

static void
open_outside (Batch *batch)
{
  g_autoptr (GError) error = NULL;

  batch->shop = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                  program, "--shop", NULL);
  g_assert_no_error (error);
  batch->address = read_line (batch->shop);
}

static void
batch_init (Batch   *batch,
            ShopKind kind)
{
  *batch = (Batch){ .kind = kind, .folder = g_dir_make_tmp ("countersign-kill-XXXXXX", NULL) };
  batch->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_listing_unref);
  batch->n_products = kind == SHOP_OUTSIDE ? MOST_PRODUCTS : MOST_PRODUCTS / 2;
  if (kind == SHOP_OUTSIDE)
    open_outside (batch);
  else if (kind == SHOP_FAULTY)
    open_faulty (batch);
  sign_batch (batch);
}

static void
batch_clear (Batch *batch)
{
  if (batch->shop != NULL)
    {
      g_output_stream_close (g_subprocess_get_stdin_pipe (batch->shop), NULL, NULL);
      g_assert_true (g_subprocess_wait_check (batch->shop, NULL, NULL));
    }
  g_clear_object (&batch->shop);
  g_clear_pointer (&batch->faulty, cs_fault_shop_free);
  g_free (batch->address);
  g_ptr_array_unref (batch->listings);
  cs_sync_test_remove (batch->folder);
  g_free (batch->folder);
}

/* After how long it was killed, or -1 where it came to its end */
static gint64
work (Batch *batch,
      gint64 kill_after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) worker = NULL;
  g_autofree char *line = NULL;

  worker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                             program, "--worker", batch->folder, batch->address, NULL);
  g_assert_no_error (error);
  line = read_line (worker);
  g_assert_cmpstr (line, ==, "ready");
  if (kill_after >= 0)
    {
      g_usleep (kill_after);
      g_subprocess_send_signal (worker, SIGKILL);
    }

  g_assert_true (g_subprocess_wait (worker, NULL, NULL));
  if (g_subprocess_get_if_exited (worker))
    {
      g_assert_cmpint (g_subprocess_get_exit_status (worker), ==, 0);
      return -1;
    }
  g_assert_cmpint (g_subprocess_get_term_sig (worker), ==, SIGKILL);

  return kill_after;
}

/* What is there, from the shop itself and not from what the publisher thinks */
static JsonArray *
get_products (Batch *batch)
{
  JsonArray *products = json_array_new ();

  if (batch->address != NULL)
    {
      g_autofree char *address = g_strconcat (batch->address, "/api/products", NULL);
      g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
      g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
      g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, NULL);
      g_autoptr (JsonNode) node = cs_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
      JsonArray *shown = cs_json_array (cs_json_node_object (node), "products");

      for (guint i = 0; i < json_array_get_length (shown); i++)
        json_array_add_element (products, json_node_copy (json_array_get_element (shown, i)));
    }
  else
    {
      g_autofree char *path = g_build_filename (batch->folder, "practice-shop", "products", NULL);
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while ((name = g_dir_read_name (dir)))
        {
          g_autofree char *file = g_build_filename (path, name, NULL);
          g_autofree char *text = NULL;

          /* What a kill left half-written has another name and is never read */
          if (!g_str_has_suffix (name, ".json"))
            continue;
          g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
          json_array_add_element (products, cs_json_parse (text, -1, NULL));
        }
    }

  return products;
}

static void
assert_as_signed (JsonObject *product,
                  CsListing  *listing)
{
  JsonArray *pictures = cs_json_array (product, "pictures");

  g_assert_cmpstr (cs_json_string (product, "title", NULL), ==, listing->title);
  g_assert_cmpstr (cs_json_string (product, "description", NULL), ==, listing->description);
  g_assert_cmpstr (cs_json_string (product, "sku", NULL), ==, listing->sku);
  g_assert_cmpstr (cs_json_string (product, "state", NULL), ==, "live");
  g_assert_cmpuint (json_array_get_length (pictures), ==, listing->pictures->len);
  for (guint i = 0; i < listing->pictures->len; i++)
    g_assert_cmpstr (cs_json_string (cs_json_array_object (pictures, i), "id", NULL), ==,
                     ((CsListingPicture *) listing->pictures->pdata[i])->hash);
}

static void
verify_products (Batch *batch)
{
  g_autoptr (JsonArray) products = get_products (batch);

  g_assert_cmpuint (json_array_get_length (products), ==, batch->n_products);
  for (guint i = 0; i < batch->listings->len; i++)
    {
      CsListing *listing = batch->listings->pdata[i];
      guint      n = 0;

      for (guint j = 0; j < json_array_get_length (products); j++)
        {
          JsonObject *product = cs_json_array_object (products, j);

          if (g_strcmp0 (cs_json_string (product, "key", NULL), listing->key) != 0)
            continue;
          n++;
          assert_as_signed (product, listing);
        }
      g_assert_cmpuint (n, ==, 1);
    }
}

/* The same, of the shop that speaks as WooCommerce does: products by their SKU */
static void
verify_faulty (Batch *batch)
{
  g_autoptr (JsonNode) state = cs_fault_shop_ask (batch->faulty, 0, "state", NULL);
  JsonArray *products = cs_json_array (cs_json_node_object (state), "products");
  JsonArray *media = cs_json_array (cs_json_node_object (state), "media");

  g_assert_cmpuint (json_array_get_length (products), ==, batch->n_products);
  g_assert_cmpuint (json_array_get_length (media), ==, batch->n_products * N_PICTURES * batch->n_signed);
  for (guint i = 0; i < batch->listings->len; i++)
    {
      CsListing *listing = batch->listings->pdata[i];
      guint      n = 0;

      for (guint j = 0; j < json_array_get_length (products); j++)
        {
          JsonObject *product = cs_json_array_object (products, j);

          if (g_strcmp0 (cs_json_string (product, "sku", NULL), listing->sku) != 0)
            continue;
          n++;
          cs_fault_shop_assert_product (state, product, listing);
        }
      g_assert_cmpuint (n, ==, 1);
    }
}

static void
verify (Batch *batch)
{
  g_autoptr (CsStore) store = cs_sync_test_open (batch->folder);
  g_autoptr (GPtrArray) entries = NULL;

  if (batch->kind == SHOP_FAULTY)
    verify_faulty (batch);
  else
    verify_products (batch);

  entries = dex_await_boxed (cs_outbox_list (store, 0, FALSE), NULL);
  g_assert_cmpuint (entries->len, ==, batch->n_products * batch->n_signed);
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpint (((CsOutboxEntry *) entries->pdata[i])->state, ==, CS_OUTBOX_DONE);
  cs_store_close (store);
}

/* How often it was killed before all was there */
static guint
kill_batch (Batch *batch,
            guint  most,
            gint64 within)
{
  guint n_kills = 0;

  while (n_kills < most && work (batch, g_random_double () * within) >= 0)
    n_kills++;
  g_assert_cmpint (work (batch, -1), ==, -1);
  verify (batch);

  return n_kills;
}

static void
kill_again_and_again (ShopKind kind)
{
  const char *wanted = g_getenv ("CS_KILLS");
  guint       n_wanted = wanted != NULL ? atoi (wanted) : kind == SHOP_FAULTY ? N_KILLS / 2
                                                                              : N_KILLS;
  guint       n_kills = 0;
  guint       n_batches = 0;
  gint64      whole = 0;
  gint64      within = 0;

  while (n_kills < n_wanted || n_batches == 0)
    {
      Batch  batch;
      gint64 begun;

      batch_init (&batch, kind);
      begun = g_get_monotonic_time ();

      /* The first batch runs through, and tells how long that takes */
      if (n_batches == 0)
        {
          g_assert_cmpint (work (&batch, -1), ==, -1);
          whole = g_get_monotonic_time () - begun;
          within = MIN (whole / 3, LONGEST_LIFE);
        }

      n_kills += kill_batch (&batch, n_wanted - n_kills, within);
      if (kind == SHOP_FAULTY)
        {
          sign_batch (&batch);
          n_kills += kill_batch (&batch, n_wanted - n_kills, within);
        }
      batch_clear (&batch);
      n_batches++;
    }

  g_test_message ("%u kills in %u batches; a batch takes %" G_GINT64_FORMAT " ms", n_kills, n_batches, whole / 1000);
}

static void
test_other_process (void)
{
  kill_again_and_again (SHOP_OUTSIDE);
}

static void
test_same_process (void)
{
  kill_again_and_again (SHOP_INSIDE);
}

static void
test_fault_shop (void)
{
  kill_again_and_again (SHOP_FAULTY);
}

int
main (int   argc,
      char *argv[])
{
  program = argv[0];
  dex_init ();

  if (argc == 2 && g_str_equal (argv[1], "--shop"))
    return shop_main ();

  if (argc >= 3 && g_str_equal (argv[1], "--worker"))
    return worker_main (argv[2], argc > 3 ? argv[3] : NULL);

  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/sync/kill/other-process", test_other_process);
  cs_test_add_fiber ("/sync/kill/same-process", test_same_process);
  cs_test_add_fiber ("/sync/kill/fault-shop", test_fault_shop);

  return g_test_run ();
}
