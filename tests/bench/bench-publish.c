/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cs-blobs.h"
#include "cs-fault-shop.h"
#include "cs-json.h"
#include "cs-sync-test.h"
#include "cs-woocommerce.h"

/* What publishing takes beyond the shop itself: listings with eight pictures each
 * go to a shop on this computer, and then the very same requests once more to
 * another one, from a bare loop that writes them and reads the answers. And how
 * many requests come within one second where the pace is limited.
 */

#define N_LISTINGS   40
#define N_PICTURES   8
#define PICTURE_SIZE (300 * 1024)

#define N_PACED    8
#define PER_SECOND 8
#define BURST      4

typedef struct
{
  CsFaultShop *shops;
  char        *folder;
  CsStore     *store;
  CsPublisher *publisher;
  CsAccount   *accounts[2];
} Bench;

static CsAccount *
add_account (Bench *self,
             guint  shop)
{
  g_autofree char *address = cs_fault_shop_dup_address (self->shops, shop);
  CsAccount       *account = dex_await_boxed (cs_accounts_get (self->store, cs_sync_test_add_account (self->store, "woocommerce", address)), NULL);

  cs_fault_shop_join (self->publisher, account);

  return account;
}

/* Pictures of a usual size; what is in them is nothing to the shop */
static void
add_pictures (Bench     *self,
              CsListing *listing,
              guint      n)
{
  for (guint i = 0; i < n; i++)
    {
      guint32         *noise = g_new (guint32, PICTURE_SIZE / sizeof (guint32));
      g_autofree char *hash = NULL;
      g_autoptr (GBytes) bytes = NULL;

      for (guint k = 0; k < PICTURE_SIZE / sizeof (guint32); k++)
        noise[k] = g_random_int ();
      bytes = g_bytes_new_take (noise, PICTURE_SIZE);
      hash = dex_await_string (cs_blobs_put_bytes (self->store, bytes), NULL);
      cs_listing_add_picture (listing, hash, "image/jpeg", "p.jpg", "");
    }
}

static void
sign (Bench     *self,
      CsAccount *account,
      guint      n_listings,
      guint      n_pictures)
{
  for (guint i = 0; i < n_listings; i++)
    {
      g_autofree char *title = g_strdup_printf ("Product %u", i);
      g_autofree char *sku = g_strdup_printf ("S-%u", i);
      gint64           product = cs_sync_test_add_product (self->store, title);
      g_autoptr (CsListing) listing = NULL;

      listing = cs_sync_test_make_listing (self->store, account, CS_FAULT_SHOP_ADAPTER, product,
                                           &(CsSigned){ CS_OPERATION_CREATE, TRUE, title, sku, NULL, NULL, 0, NULL, 0, NULL });
      add_pictures (self, listing, n_pictures);
      cs_listing_freeze (listing);
      g_assert_cmpint (dex_await_int64 (cs_outbox_approve (self->store, product, listing, listing->hash, "terminal"), NULL), >, 0);
    }
}

/* Seconds */
static double
publish (Bench     *self,
         CsAccount *account,
         guint      n_listings)
{
  gint64 begun = g_get_monotonic_time ();
  guint  n = dex_await_uint (cs_publisher_run (self->publisher, account->id, NULL), NULL);

  g_assert_cmpuint (n, ==, n_listings);

  return (g_get_monotonic_time () - begun) / (double) G_USEC_PER_SEC;
}

/* The bodies that went out, by their hash: built again of what was signed */
static GHashTable *
build_again (Bench     *self,
             CsAccount *account)
{
  GHashTable *requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cs_request_unref);
  CsChannel  *channel = cs_publisher_get_channel (self->publisher, account, NULL);
  g_autoptr (GPtrArray) entries = dex_await_boxed (cs_outbox_list (self->store, account->id, FALSE), NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      CsOutboxEntry *entry = entries->pdata[i];
      g_autoptr (CsListing) listing = dex_await_boxed (cs_outbox_get_payload (self->store, entry->payload), NULL);
      g_autoptr (GPtrArray) steps = dex_await_boxed (cs_outbox_get_steps (self->store, entry->id), NULL);
      g_autoptr (GPtrArray) before = g_ptr_array_new ();

      for (guint k = 0; k < steps->len; k++)
        {
          CsOutboxStep *step = steps->pdata[k];
          g_autoptr (CsJournal) journal = cs_journal_new (before);
          g_autoptr (CsChannelStep) wanted = cs_channel_next_step (channel, listing, journal);
          g_autoptr (GBytes) picture = NULL;

          g_ptr_array_add (before, step);
          if (wanted == NULL || !g_str_equal (wanted->name, step->step))
            continue;
          if (wanted->picture >= 0)
            {
              g_autofree char *path = cs_blobs_dup_path (self->store, ((CsListingPicture *) listing->pictures->pdata[wanted->picture])->hash);
              char            *bytes;
              gsize            length;

              g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
              picture = g_bytes_new_take (bytes, length);
            }
          g_hash_table_insert (requests, g_strdup (step->body),
                               cs_channel_build (channel, listing, wanted, journal, picture, NULL));
        }
    }

  return requests;
}

static int
open_door (guint port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int                one = 1;
  int                fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);

  return fd;
}

static void
write_all (int         fd,
           const char *bytes,
           gsize       length)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      g_assert_cmpint (n, >, 0);
      bytes += n;
      length -= n;
    }
}

/* Reads until the answer is whole; it has to be a good one */
static void
read_answer (int fd)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  gsize whole = G_MAXSIZE;
  char  buffer[16 * 1024];

  while (answer->len < whole)
    {
      gssize      n = read (fd, buffer, sizeof buffer);
      const char *end, *length;

      g_assert_cmpint (n, >, 0);
      g_string_append_len (answer, buffer, n);
      if (whole == G_MAXSIZE && (end = strstr (answer->str, "\r\n\r\n")))
        {
          length = strstr (answer->str, "Content-Length: ");
          whole = end + 4 - answer->str + g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10);
        }
    }

  g_assert_true (g_str_has_prefix (answer->str, "HTTP/1.1 20"));
}

static void
copy_header_cb (const char *name,
                const char *value,
                gpointer    head)
{
  g_string_append_printf (head, "%s: %s\r\n", name, value);
}

static void
note (int fd)
{
  static const char line[256] = "what is meant, and what came of it";

  if (fd < 0)
    return;

  write_all (fd, line, sizeof line);
  g_assert_cmpint (fdatasync (fd), ==, 0);
}

/* The same requests in the same order, to a shop that is as new as the first
 * was. Seconds, all told; only writing and reading is counted. journal: a file
 * that intent and outcome go to the disk in, or -1.
 */
static double
load_bare (Bench      *self,
           guint       shop,
           JsonArray  *log,
           GHashTable *requests,
           int         journal)
{
  g_autofree char *address = cs_fault_shop_dup_address (self->shops, shop);
  g_autofree char *code = g_base64_encode ((const guchar *) "seller:abcd efgh ijkl mnop qrst uvwx", 36);
  guint            port = g_ascii_strtoull (strrchr (address, ':') + 1, NULL, 10);
  gint64           took = 0;

  for (guint i = 0; i < json_array_get_length (log); i++)
    {
      JsonObject *entry = cs_json_array_object (log, i);
      const char *method = cs_json_string (entry, "method", "GET");
      CsRequest  *request = g_str_equal (method, "GET") ? NULL : g_hash_table_lookup (requests, cs_json_string (entry, "body", ""));
      gsize       length = 0;
      const char *body = request != NULL ? g_bytes_get_data (request->body, &length) : NULL;
      g_autoptr (GString) head = g_string_new (NULL);
      gint64 begun;
      int    fd;

      g_string_append_printf (head, "%s %s?%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                              method, cs_json_string (entry, "path", "/"), cs_json_string (entry, "query", ""), code, length);
      if (request != NULL)
        {
          soup_message_headers_foreach (request->headers, copy_header_cb, head);
          g_string_append_printf (head, "Content-Type: %s\r\n", request->content_type);
        }
      g_string_append (head, "\r\n");

      begun = g_get_monotonic_time ();
      note (journal);
      fd = open_door (port);
      write_all (fd, head->str, head->len);
      write_all (fd, body, length);
      read_answer (fd);
      close (fd);
      note (journal);
      took += g_get_monotonic_time () - begun;
    }

  return took / (double) G_USEC_PER_SEC;
}

static void
bench_speed (Bench *self)
{
  g_autoptr (JsonNode) log = NULL;
  g_autoptr (GHashTable) requests = NULL;
  g_autofree char *path = g_build_filename (self->folder, "journal", NULL);
  g_autofd int     journal = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  double           took, bare, durable;
  guint            n;

  sign (self, self->accounts[0], N_LISTINGS, N_PICTURES);
  took = publish (self, self->accounts[0], N_LISTINGS);
  log = cs_fault_shop_ask (self->shops, 0, "requests", NULL);
  n = json_array_get_length (json_node_get_array (log));
  requests = build_again (self, self->accounts[0]);
  bare = load_bare (self, 1, json_node_get_array (log), requests, -1);
  durable = load_bare (self, 2, json_node_get_array (log), requests, journal);

  g_print ("%u listings with %u pictures of %u KiB, %u requests:\n", N_LISTINGS, N_PICTURES, PICTURE_SIZE / 1024, n);
  g_print ("  published:  %5.1f listings a second (%.2f s)\n", N_LISTINGS / took, took);
  g_print ("  bare loop:  %5.1f listings a second (%.2f s)\n", N_LISTINGS / bare, bare);
  g_print ("  bare loop that writes down each intent and outcome: %.1f listings a second (%.2f s)\n", N_LISTINGS / durable, durable);
  g_print ("  published at %.0f %% of the bare loop's pace, %.0f %% of the one that writes down\n", 100 * bare / took, 100 * durable / took);
}

static void
bench_pace (Bench *self)
{
  CsChannelTraits *traits = &CS_CHANNEL_CLASS (g_type_class_peek (CS_TYPE_WOOCOMMERCE_CHANNEL))->traits;
  g_autoptr (JsonNode) state = NULL;
  JsonObject *counts;
  double      took;

  traits->per_second = PER_SECOND;
  traits->burst = BURST;
  self->accounts[1] = add_account (self, 3);
  cs_fault_shop_tell (self->shops, 3, "config", "{\"per_second\":%d}", PER_SECOND + BURST);
  sign (self, self->accounts[1], N_PACED, 2);
  took = publish (self, self->accounts[1], N_PACED);
  state = cs_fault_shop_ask (self->shops, 3, "state", NULL);
  counts = cs_json_node_object (state);
  g_print ("%d requests a second after %d at once allowed: %d in %.1f s, %d in the busiest second, %d over the limit\n",
           PER_SECOND, BURST, (int) cs_json_int (counts, "n_requests", 0), took,
           (int) cs_json_int (counts, "busiest", 0), (int) cs_json_int (counts, "too_many", 0));
}

static DexFuture *
bench_fiber (gpointer data)
{
  Bench self = { .shops = cs_fault_shop_new (4), .folder = g_dir_make_tmp ("countersign-bench-XXXXXX", NULL) };

  cs_fault_shop_hurry (1);
  CS_CHANNEL_CLASS (g_type_class_peek (CS_TYPE_WOOCOMMERCE_CHANNEL))->traits.answer_seconds = 60;
  self.store = cs_sync_test_open (self.folder);
  self.publisher = cs_publisher_new (self.store, NULL);
  self.accounts[0] = add_account (&self, 0);

  bench_speed (&self);
  bench_pace (&self);

  g_clear_object (&self.publisher);
  g_clear_pointer (&self.shops, cs_fault_shop_free);
  for (guint i = 0; i < G_N_ELEMENTS (self.accounts); i++)
    g_clear_pointer (&self.accounts[i], cs_account_unref);
  cs_store_close (self.store);
  g_clear_object (&self.store);
  cs_sync_test_remove (self.folder);
  g_free (self.folder);

  return dex_future_new_true ();
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (DexFuture) future = NULL;

  dex_init ();
  future = dex_scheduler_spawn (NULL, 0, bench_fiber, NULL, NULL);
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
