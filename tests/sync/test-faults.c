/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "cs-fault-shop.h"
#include "cs-json.h"
#include "cs-remotes.h"
#include "cs-sync-test.h"
#include "cs-test.h"
#include "cs-woocommerce.h"

/* Every fault that a shop can have, at every request of everything that is sent:
 * nothing is there twice, nothing is lost, nothing arrives that was not signed,
 * and what is shown is true.
 *
 * Each case has a shop and an account of its own, and many are sent at once: so
 * it is seen, too, that one that is down holds up none. CS_THOROUGH tries every
 * fault at every request, CS_FAULTS=429,drip these at every one; without them each
 * fault is tried at one request of SHARE, which ones the seed says (--seed).
 */

#define N_AT_ONCE  20
#define N_PICTURES 2
#define MOST_RUNS  12
#define SHARE      12
#define SETTLE     2

static const char *const faults[] = {
  "refused", "reset-before", "reset-in-body", "reset-after-body", "silent-before", "429", "429-seconds", "429-date",
  "500", "502", "503", "503-seconds", "401", "skew", "captive", "error-inside", "redirect-loop", "redirect-away",
  "reset-answer", "cut-answer", "silent-after", "drip", "500-after", "captive-after", "truncated", "invalid", "empty",
  "wrong-types", "huge", "bomb", "hidden"
};

static const CsOperation operations[] = {
  CS_OPERATION_CREATE, CS_OPERATION_UPDATE, CS_OPERATION_OFFER, CS_OPERATION_WITHDRAW
};

typedef struct
{
  CsOperation operation;
  const char *fault;   /* NULL: none */
  guint       at;      /* which request */
  guint       n_times; /* 0 for once */

  guint         shop;
  CsAccount    *account;
  gint64        product;
  gint64        entry;
  guint         n_before; /* requests that came before it */
  CsOutboxState first;    /* where it stood when nothing went on by itself */
  gboolean      by_itself;
} Case;

static void
case_free (Case *self)
{
  g_clear_pointer (&self->account, cs_account_unref);
  g_free (self);
}

static Case *
case_new (CsOperation operation,
          const char *fault,
          guint       at)
{
  Case *self = g_new0 (Case, 1);

  self->operation = operation;
  self->fault = fault;
  self->at = at;

  return self;
}

typedef struct
{
  char        *folder;
  CsStore     *store;
  CsPublisher *publisher;
  CsFaultShop *shops;
  GPtrArray   *cases; /* borrowed */
} Batch;

static void
batch_init (Batch     *self,
            GPtrArray *cases)
{
  self->folder = g_dir_make_tmp ("countersign-faults-XXXXXX", NULL);
  self->store = cs_sync_test_open (self->folder);
  self->publisher = cs_publisher_new (self->store, NULL);
  self->shops = cs_fault_shop_new (cases->len);
  self->cases = cases;

  for (guint i = 0; i < cases->len; i++)
    {
      Case            *one = cases->pdata[i];
      g_autofree char *address = cs_fault_shop_dup_address (self->shops, i);
      g_autofree char *title = g_strdup_printf ("Product %u", i);
      g_autoptr (GError) error = NULL;
      gint64 id = cs_sync_test_add_account (self->store, "woocommerce", address);

      one->shop = i;
      one->account = dex_await_boxed (cs_accounts_get (self->store, id), &error);
      g_assert_no_error (error);
      one->product = cs_sync_test_add_product (self->store, title);
      cs_fault_shop_join (self->publisher, one->account);
    }
}

static void
batch_clear (Batch *self)
{
  g_clear_object (&self->publisher);
  g_clear_pointer (&self->shops, cs_fault_shop_free);
  cs_store_close (self->store);
  g_clear_object (&self->store);
  cs_sync_test_remove (self->folder);
  g_free (self->folder);
}

static gint64
sign (Batch      *self,
      Case       *one,
      CsOperation operation)
{
  g_autofree char *title = g_strdup_printf (operation == CS_OPERATION_CREATE ? "Product %u" : "Basket %u", one->shop);
  g_autofree char *sku = g_strdup_printf ("S-%u", one->shop);
  g_autofree char *seen = NULL;
  g_autoptr (CsRemoteListing) remote = dex_await_boxed (cs_remotes_get (self->store, one->account->id, one->product), NULL);
  CsSigned what = { operation, TRUE, title, sku, NULL, NULL, N_PICTURES, NULL, 0, NULL };

  if (operation != CS_OPERATION_CREATE)
    {
      g_assert_nonnull (remote);
      what.remote_id = remote->remote_id;
      what.remote_version = remote->version;
    }
  if (operation == CS_OPERATION_OFFER)
    {
      seen = g_strdup_printf ("{\"price\":\"%s\",\"stock\":%d}", remote->price, (int) remote->stock);
      what.price = "14.25";
      what.stock = 9;
      what.seen = seen;
    }

  return cs_sync_test_sign_for (self->store, one->account, CS_FAULT_SHOP_ADAPTER, one->product, &what);
}

static CsOutboxEntry *
get_entry (Batch *self,
           Case  *one)
{
  return cs_sync_test_get (self->store, one->entry);
}

static gboolean
is_over (CsOutboxState state)
{
  return state == CS_OUTBOX_DONE || state == CS_OUTBOX_DIFFERS || state == CS_OUTBOX_FAILED ||
         state == CS_OUTBOX_SIGN_IN || state == CS_OUTBOX_CONFLICT || state == CS_OUTBOX_VOIDED;
}

/* Until nothing goes on by itself any more */
static void
run (Batch *self)
{
  for (guint i = 0; i < MOST_RUNS; i++)
    {
      g_autoptr (GPtrArray) open = NULL;
      g_autoptr (GError) error = NULL;
      gboolean left = FALSE;

      dex_await_uint (cs_publisher_run (self->publisher, 0, NULL), &error);
      g_assert_no_error (error);
      open = dex_await_boxed (cs_outbox_list (self->store, 0, TRUE), &error);
      g_assert_no_error (error);
      for (guint k = 0; k < open->len; k++)
        left = left || !is_over (((CsOutboxEntry *) open->pdata[k])->state);
      if (!left)
        return;
    }
}

static guint
count_requests (Batch *self,
                Case  *one)
{
  g_autoptr (JsonNode) state = cs_fault_shop_ask (self->shops, one->shop, "state", NULL);

  return cs_json_int (cs_json_node_object (state), "n_requests", 0);
}

/* Everything but a create is of something that is there */
static void
prepare (Batch *self)
{
  for (guint i = 0; i < self->cases->len; i++)
    {
      Case *one = self->cases->pdata[i];

      if (one->operation != CS_OPERATION_CREATE)
        one->entry = sign (self, one, CS_OPERATION_CREATE);
    }

  run (self);

  for (guint i = 0; i < self->cases->len; i++)
    {
      Case *one = self->cases->pdata[i];

      if (one->operation != CS_OPERATION_CREATE)
        {
          g_autoptr (CsOutboxEntry) entry = get_entry (self, one);

          g_assert_cmpstr (cs_outbox_state_get_name (entry->state), ==, "done");
        }

      one->n_before = count_requests (self, one);
      if (one->fault != NULL)
        cs_fault_shop_tell (self->shops, one->shop, "fault", "{\"fault\":\"%s\",\"at\":%u,\"seconds\":1}", one->fault, one->at);
      one->entry = sign (self, one, one->operation);
    }
}

/* What a person does who reads what is said: tries again, or approves what is there now */
static void
mend (Batch *self,
      Case  *one)
{
  g_autoptr (CsOutboxEntry) entry = get_entry (self, one);
  g_autoptr (GError) error = NULL;

  cs_fault_shop_tell (self->shops, one->shop, "calm", "{}");
  if (entry->state == CS_OUTBOX_CONFLICT || entry->state == CS_OUTBOX_DIFFERS)
    {
      g_autoptr (CsRemoteListing) remote = dex_await_boxed (cs_remotes_get (self->store, one->account->id, one->product), NULL);

      one->entry = sign (self, one, remote == NULL ? CS_OPERATION_CREATE : one->operation == CS_OPERATION_CREATE ? CS_OPERATION_UPDATE
                                                                                                                 : one->operation);
      return;
    }

  g_assert_true (dex_await (cs_outbox_retry (self->store, one->entry), &error));
  g_assert_no_error (error);
}

/* What is there, from the shop itself and not from what the publisher thinks */
static void
assert_there (Batch *self,
              Case  *one)
{
  g_autoptr (JsonNode) state = cs_fault_shop_ask (self->shops, one->shop, "state", NULL);
  JsonArray  *products = cs_json_array (cs_json_node_object (state), "products");
  JsonObject *product = cs_json_array_object (products, 0);
  g_autoptr (CsOutboxEntry) entry = get_entry (self, one);
  g_autoptr (CsListing) listing = dex_await_boxed (cs_outbox_get_payload (self->store, entry->payload), NULL);
  g_autofree char *price = cs_money_to_decimal (&listing->price);

  g_assert_cmpuint (json_array_get_length (products), ==, 1);
  if (one->operation == CS_OPERATION_CREATE || one->operation == CS_OPERATION_UPDATE)
    {
      cs_fault_shop_assert_product (state, product, listing);
      return;
    }

  g_assert_cmpstr (cs_json_string (product, "sku", NULL), ==, listing->sku);
  g_assert_cmpstr (cs_json_string (product, "status", NULL), ==, one->operation == CS_OPERATION_WITHDRAW ? "draft" : "publish");
  g_assert_cmpuint (json_array_get_length (cs_json_array (product, "image_ids")), ==, N_PICTURES);
  if (one->operation == CS_OPERATION_OFFER)
    {
      g_assert_cmpstr (cs_json_string (product, "regular_price", NULL), ==, price);
      g_assert_cmpint (cs_json_int (product, "stock_quantity", -1), ==, listing->stock);
    }
}

/* Each picture once, however often its upload broke off */
static guint
count_surplus (Batch *self,
               Case  *one)
{
  g_autoptr (JsonNode) state = cs_fault_shop_ask (self->shops, one->shop, "state", NULL);
  JsonArray *media = cs_json_array (cs_json_node_object (state), "media");
  g_autoptr (GHashTable) hashes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (media); i++)
    g_hash_table_add (hashes, (gpointer) cs_json_string (cs_json_array_object (media, i), "sha256", ""));

  return json_array_get_length (media) - g_hash_table_size (hashes);
}

/* Each body that arrived is in the journal of what was signed */
static void
assert_signed (Batch *self,
               Case  *one)
{
  g_autoptr (JsonNode) node = cs_fault_shop_ask (self->shops, one->shop, "requests", NULL);
  g_autoptr (GHashTable) bodies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) entries = dex_await_boxed (cs_outbox_list (self->store, one->account->id, FALSE), NULL);
  JsonArray *requests = json_node_get_array (node);
  guint      n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (GPtrArray) steps = dex_await_boxed (cs_outbox_get_steps (self->store, ((CsOutboxEntry *) entries->pdata[i])->id), NULL);

      for (guint k = 0; k < steps->len; k++)
        g_hash_table_add (bodies, g_strdup (((CsOutboxStep *) steps->pdata[k])->body));
    }

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = cs_json_array_object (requests, i);
      const char *body = cs_json_string (request, "body", NULL);

      if (g_str_equal (cs_json_string (request, "method", ""), "GET") || body == NULL)
        continue;

      g_assert_true (g_hash_table_contains (bodies, body));
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

static void
note_first (Batch *self,
            Case  *one)
{
  g_autoptr (CsOutboxEntry) entry = get_entry (self, one);
  g_autofree char *journal = cs_sync_test_dup_journal (self->store, one->entry);

  one->first = entry->state;
  one->by_itself = entry->state == CS_OUTBOX_DONE;
  if (one->by_itself)
    return;

  g_test_message ("%s, %s at %u: %s: %s [%s]", cs_operation_get_name (one->operation), one->fault, one->at,
                  cs_outbox_state_get_name (entry->state), entry->message, journal);
  /* Nothing is left lying, and what to do is said */
  g_assert_true (is_over (entry->state));
  g_assert_nonnull (entry->message);
  g_assert_cmpuint (strlen (entry->message), >, 20);
}

static void
try_batch (GPtrArray *cases,
           guint     *n_by_itself,
           guint     *n_surplus)
{
  Batch batch;
  g_autoptr (JsonNode) visitors = NULL;

  batch_init (&batch, cases);
  prepare (&batch);
  run (&batch);
  for (guint i = 0; i < cases->len; i++)
    {
      Case *one = cases->pdata[i];

      note_first (&batch, one);
      *n_by_itself += one->by_itself;
      if (!one->by_itself)
        mend (&batch, one);
    }

  run (&batch);
  for (guint i = 0; i < cases->len; i++)
    {
      Case *one = cases->pdata[i];
      g_autoptr (CsOutboxEntry) entry = get_entry (&batch, one);
      g_autofree char *journal = cs_sync_test_dup_journal (batch.store, one->entry);

      if (entry->state != CS_OUTBOX_DONE)
        g_test_message ("%s, %s at %u: %s [%s]", cs_operation_get_name (one->operation), one->fault, one->at, entry->message, journal);
      g_assert_cmpstr (cs_outbox_state_get_name (entry->state), ==, "done");
      assert_there (&batch, one);
      assert_signed (&batch, one);
      *n_surplus += count_surplus (&batch, one);
    }

  /* No credentials, and nothing else, went to where a reply pointed */
  visitors = cs_fault_shop_ask (batch.shops, 0, "visitors", NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (visitors)), ==, 0);
  batch_clear (&batch);
}

/* How many requests each operation takes where nothing fails */
static void
count_steps (guint *n_steps)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func ((GDestroyNotify) case_free);
  Batch batch;

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    g_ptr_array_add (cases, case_new (operations[i], NULL, 0));

  batch_init (&batch, cases);
  prepare (&batch);
  run (&batch);
  for (guint i = 0; i < cases->len; i++)
    {
      Case *one = cases->pdata[i];
      g_autoptr (CsOutboxEntry) entry = get_entry (&batch, one);
      g_autofree char *journal = cs_sync_test_dup_journal (batch.store, one->entry);

      n_steps[i] = count_requests (&batch, one) - one->n_before;
      g_test_message ("%s: %u requests [%s]", cs_operation_get_name (one->operation), n_steps[i], journal);
      g_assert_cmpstr (cs_outbox_state_get_name (entry->state), ==, "done");
      assert_there (&batch, one);
      assert_signed (&batch, one);
    }
  batch_clear (&batch);
}

/* Whose keys the shop does not take is the person's to say; all else mends itself */
static gboolean
wants_person (const char *fault)
{
  return g_str_equal (fault, "401") || g_str_equal (fault, "skew");
}

/* Every fault at every request, or some: those that the seed says */
static GPtrArray *
list_cases (const guint *n_steps)
{
  const char *wanted = g_getenv ("CS_FAULTS");
  g_auto (GStrv) names = g_strsplit (wanted != NULL ? wanted : "", ",", -1);
  GPtrArray  *cases = g_ptr_array_new_with_free_func ((GDestroyNotify) case_free);
  guint       turn = g_test_rand_int_range (0, SHARE);
  gboolean    all = wanted != NULL || g_getenv ("CS_THOROUGH") != NULL;

  /* Those that take as long are sent together */
  for (guint k = 0; k < G_N_ELEMENTS (faults); k++)
    {
      if (wanted != NULL && !g_strv_contains ((const char *const *) names, faults[k]))
        continue;

      for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
        for (guint at = 1; at <= n_steps[i]; at++)
          {
            if (all || turn++ % SHARE == 0)
              g_ptr_array_add (cases, case_new (operations[i], faults[k], at));
          }
    }

  return cases;
}

static void
test_matrix (void)
{
  guint  n_steps[G_N_ELEMENTS (operations)];
  guint  n_by_itself = 0, n_surplus = 0, n_asked = 0;
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GPtrArray) cases = NULL;

  count_steps (n_steps);
  cases = list_cases (n_steps);
  for (guint i = 0; i < cases->len; i += N_AT_ONCE)
    {
      g_autoptr (GPtrArray) some = g_ptr_array_new ();

      for (guint k = i; k < cases->len && k < i + N_AT_ONCE; k++)
        g_ptr_array_add (some, cases->pdata[k]);
      try_batch (some, &n_by_itself, &n_surplus);
    }

  g_assert_cmpuint (n_surplus, ==, 0);
  for (guint i = 0; i < cases->len; i++)
    {
      Case *one = cases->pdata[i];

      n_asked += wants_person (one->fault);
      g_assert_true (one->by_itself || wants_person (one->fault));
    }

  g_test_message ("%u cases, %u ended by themselves, %u wanted a person, %.1f s", cases->len, n_by_itself, n_asked,
                  (g_get_monotonic_time () - begun) / (double) G_USEC_PER_SEC);
}

static gint64
await_done (Batch *self,
            Case  *one)
{
  gint64 begun = g_get_monotonic_time ();

  for (;;)
    {
      g_autoptr (CsOutboxEntry) entry = get_entry (self, one);

      if (entry->state == CS_OUTBOX_DONE)
        return g_get_monotonic_time () - begun;
      dex_await (dex_timeout_new_msec (20), NULL);
    }
}

/* A shop that never answers holds up no other, and a stop does not wait for it */
static void
test_one_down (void)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func ((GDestroyNotify) case_free);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) running = NULL;
  CsChannelTraits *traits = &CS_CHANNEL_CLASS (g_type_class_peek (CS_TYPE_WOOCOMMERCE_CHANNEL))->traits;
  Batch  batch;
  gint64 begun;

  traits->answer_seconds = 30;
  g_ptr_array_add (cases, case_new (CS_OPERATION_CREATE, NULL, 0));
  g_ptr_array_add (cases, case_new (CS_OPERATION_CREATE, NULL, 0));
  batch_init (&batch, cases);
  prepare (&batch);
  cs_fault_shop_tell (batch.shops, 0, "fault", "{\"fault\":\"silent-before\",\"about\":\".\",\"times\":100}");
  running = cs_publisher_run (batch.publisher, 0, cancellable);
  g_assert_cmpint (await_done (&batch, cases->pdata[1]), <, 10 * G_USEC_PER_SEC);
  g_assert_true (dex_future_is_pending (running));
  begun = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  dex_await (dex_ref (running), NULL);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 2 * G_USEC_PER_SEC);
  traits->answer_seconds = 1;
  batch_clear (&batch);
}

/* A full disk on our side */

static int n_writes_left = G_MAXINT; /* until the disk is full */

static ssize_t
write_while_room (int         fd,
                  const void *data,
                  size_t      length,
                  off_t       at)
{
  if (g_atomic_int_add (&n_writes_left, -1) <= 0)
    {
      errno = ENOSPC;
      return -1;
    }

  return pwrite (fd, data, length, at);
}

/* As SQLite's own tests do it */
static void
watch_writes (void)
{
  static const char *const names[] = { "pwrite", "pwrite64" };
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    vfs->xSetSystemCall (vfs, names[i], (sqlite3_syscall_ptr) write_while_room);
}

/* With room for so many writes more: where nothing can be written down any more,
 * nothing more is sent; once there is room it goes on. Whether the disk was full.
 */
static gboolean
try_full (int room)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func ((GDestroyNotify) case_free);
  g_autoptr (GError) error = NULL;
  gboolean was_full;
  Batch    batch;

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    g_ptr_array_add (cases, case_new (operations[i], NULL, 0));
  batch_init (&batch, cases);
  prepare (&batch);
  g_atomic_int_set (&n_writes_left, room);
  dex_await_uint (cs_publisher_run (batch.publisher, 0, NULL), &error);
  was_full = g_atomic_int_get (&n_writes_left) < 0;
  if (error != NULL)
    g_assert_nonnull (strstr (error->message, "disk is full"));

  g_assert_true (was_full == (error != NULL));
  g_atomic_int_set (&n_writes_left, G_MAXINT);
  run (&batch);
  for (guint i = 0; i < cases->len; i++)
    {
      g_autoptr (CsOutboxEntry) entry = get_entry (&batch, cases->pdata[i]);

      g_assert_cmpstr (cs_outbox_state_get_name (entry->state), ==, "done");
      assert_there (&batch, cases->pdata[i]);
      assert_signed (&batch, cases->pdata[i]);
      g_assert_cmpuint (count_surplus (&batch, cases->pdata[i]), ==, 0);
    }
  batch_clear (&batch);

  return was_full;
}

/* The disk is full at one write after another */
static void
test_full_disk (void)
{
  guint step = g_getenv ("CS_THOROUGH") != NULL ? 2 : 60;
  guint n_full = 0;

  for (int room = g_test_rand_int_range (0, step); try_full (room); room += step)
    n_full++;

  g_test_message ("full %u times, %u writes apart", n_full, step);
  g_assert_cmpuint (n_full, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_fault_shop_hurry (SETTLE);
  watch_writes ();
  cs_test_add_fiber ("/sync/faults/one-down", test_one_down);
  cs_test_add_fiber ("/sync/faults/full-disk", test_full_disk);
  cs_test_add_fiber ("/sync/faults/matrix", test_matrix);

  return g_test_run ();
}
