/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-fault-shop.h"
#include "cs-json.h"
#include "cs-remotes.h"
#include "cs-store-private.h"
#include "cs-sync-test.h"
#include "cs-test.h"

/* A product with variants takes several requests after it was made or changed.
 * Whichever of them goes wrong, and however: in the end it is there once, with
 * each variant once, as signed, and nobody had to be asked.
 */

#define SETTLE   2
#define MOST_AT  9
#define MOST_RUNS 12

static const char *const faults[] = { "reset-before", "reset-answer", "500", "500-after", "truncated" };

#define RED(price, stock) "{\"options\":{\"Color\":\"Red\"},\"picture\":-1,\"price\":\"" price "\",\"sku\":\"%1$s-R\",\"stock\":" stock "}"
#define BLUE              "{\"options\":{\"Color\":\"Blue\"},\"picture\":-1,\"price\":\"9.50\",\"sku\":\"%1$s-B\",\"stock\":4}"
#define GREEN             "{\"options\":{\"Color\":\"Green\"},\"picture\":-1,\"price\":\"7.00\",\"sku\":\"%1$s-G\",\"stock\":1}"

typedef struct
{
  CsStore     *store;
  CsPublisher *publisher;
  CsFaultShop *shops;
  CsOperation  operation;
} Batch;

typedef struct
{
  guint      shop;
  CsAccount *account;
  gint64     product;
  gint64     entry;
} Case;

static void
case_free (Case *self)
{
  g_clear_pointer (&self->account, cs_account_unref);
  g_free (self);
}

static char *
dup_variants (CsOperation operation,
              const char *sku)
{
  static const char *const formats[] = {
    [CS_OPERATION_CREATE] = "[" RED ("12.50", "2") "," BLUE "]",
    [CS_OPERATION_UPDATE] = "[" GREEN "," RED ("11.00", "5") "]",
    [CS_OPERATION_OFFER] = "[" RED ("10.00", "1") "," BLUE "]",
  };
  g_autoptr (GString) text = g_string_new (formats[operation]);

  g_string_replace (text, "%1$s", sku, 0);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
sign (Batch      *self,
      Case       *one,
      CsOperation operation)
{
  g_autofree char *sku = g_strdup_printf ("V-%u", one->shop);
  g_autoptr (CsRemoteListing) remote = dex_await_boxed (cs_remotes_get (self->store, one->account->id, one->product), NULL);
  CsSigned what = { operation, TRUE, "Basket", sku, NULL, NULL, 0, NULL, 0, NULL };
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (GError) error = NULL;

  if (operation != CS_OPERATION_CREATE)
    {
      what.remote_id = remote->remote_id;
      what.remote_version = remote->version;
    }
  listing = cs_sync_test_make_listing (self->store, one->account, CS_FAULT_SHOP_ADAPTER, one->product, &what);
  listing->variants = dup_variants (operation, sku);
  listing->stock = -1;
  if (operation == CS_OPERATION_OFFER)
    listing->seen = g_strdup_printf ("{\"price\":\"%s\",\"variants\":[{\"price\":\"12.50\",\"sku\":\"%s-R\",\"stock\":2}]}",
                                     remote->price, sku);
  cs_listing_freeze (listing);
  one->entry = dex_await_int64 (cs_outbox_approve (self->store, one->product, listing, listing->hash, "terminal"), &error);
  g_assert_no_error (error);
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
        {
          CsOutboxState state = ((CsOutboxEntry *) open->pdata[k])->state;

          left = left || state == CS_OUTBOX_READY || state == CS_OUTBOX_WAITING || state == CS_OUTBOX_UNKNOWN || state == CS_OUTBOX_SENDING;
        }
      if (!left)
        return;
    }
}

static void
assert_there (Batch *self,
              Case  *one)
{
  static const struct
  {
    const char *prices; /* of those that customers can choose, by SKU */
    guint       n_all;  /* with those that are switched off */
  } expected[] = {
    [CS_OPERATION_CREATE] = { "B:9.50 R:12.50 ", 2 },
    [CS_OPERATION_UPDATE] = { "G:7.00 R:11.00 ", 3 },
    [CS_OPERATION_OFFER] = { "B:9.50 R:10.00 ", 2 },
  };
  g_autoptr (CsOutboxEntry) entry = cs_sync_test_get (self->store, one->entry);
  g_autofree char *journal = cs_sync_test_dup_journal (self->store, one->entry);
  g_autoptr (JsonNode) state = cs_fault_shop_ask (self->shops, one->shop, "state", NULL);
  JsonArray  *products = cs_json_array (cs_json_node_object (state), "products");
  JsonObject *variants = cs_json_object (cs_json_array_object (products, 0), "variants");
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObjectIter iter;
  const char    *id;

  g_test_message ("shop %u: %s %s", one->shop, journal, entry->message != NULL ? entry->message : "");
  g_assert_cmpstr (cs_outbox_state_get_name (entry->state), ==, "done");
  g_assert_cmpuint (json_array_get_length (products), ==, 1);
  g_assert_cmpstr (cs_json_string (cs_json_array_object (products, 0), "status", NULL), ==, "publish");

  json_object_iter_init_ordered (&iter, variants);
  while (json_object_iter_next_ordered (&iter, &id, NULL))
    {
      JsonObject *variant = cs_json_object (variants, id);

      if (g_str_equal (cs_json_string (variant, "status", ""), "publish"))
        g_ptr_array_add (shown, g_strdup_printf ("%s:%s ", strrchr (cs_json_string (variant, "sku", "-"), '-') + 1,
                                                 cs_json_string (variant, "regular_price", "")));
    }
  g_ptr_array_sort_values (shown, (GCompareFunc) g_strcmp0);
  for (guint i = 0; i < shown->len; i++)
    g_string_append (text, shown->pdata[i]);
  g_assert_cmpstr (text->str, ==, expected[self->operation].prices);
  g_assert_cmpuint (json_object_get_size (variants), ==, expected[self->operation].n_all);
}

static void
add_cases (Batch     *self,
           GPtrArray *cases)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults) * MOST_AT; i++)
    {
      Case            *one = g_new0 (Case, 1);
      g_autofree char *address = cs_fault_shop_dup_address (self->shops, i);

      g_ptr_array_add (cases, one);
      one->shop = i;
      one->account = dex_await_boxed (cs_accounts_get (self->store, cs_sync_test_add_account (self->store, "woocommerce", address)), NULL);
      one->product = cs_sync_test_add_product (self->store, "Basket");
      cs_fault_shop_join (self->publisher, one->account);
      if (self->operation != CS_OPERATION_CREATE)
        sign (self, one, CS_OPERATION_CREATE);
    }
}

static void
play (CsOperation operation)
{
  g_autofree char *folder = g_dir_make_tmp ("countersign-variants-XXXXXX", NULL);
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func ((GDestroyNotify) case_free);
  Batch self = { .operation = operation };

  self.store = cs_sync_test_open (folder);
  self.publisher = cs_publisher_new (self.store, NULL);
  self.shops = cs_fault_shop_new (G_N_ELEMENTS (faults) * MOST_AT);
  add_cases (&self, cases);
  run (&self);

  for (guint i = 0; i < cases->len; i++)
    {
      cs_fault_shop_tell (self.shops, i, "fault", "{\"fault\":\"%s\",\"at\":%u,\"seconds\":1}", faults[i / MOST_AT], i % MOST_AT + 1);
      sign (&self, cases->pdata[i], operation);
    }
  run (&self);
  for (guint i = 0; i < cases->len; i++)
    assert_there (&self, cases->pdata[i]);

  g_clear_object (&self.publisher);
  g_clear_pointer (&self.shops, cs_fault_shop_free);
  cs_store_close (self.store);
  g_clear_object (&self.store);
  cs_sync_test_remove (folder);
}

static void
test_create (void)
{
  play (CS_OPERATION_CREATE);
}

static void
test_update (void)
{
  play (CS_OPERATION_UPDATE);
}

static void
test_offer (void)
{
  play (CS_OPERATION_OFFER);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_fault_shop_hurry (SETTLE);
  cs_test_add_fiber ("/sync/variants/create", test_create);
  cs_test_add_fiber ("/sync/variants/update", test_update);
  cs_test_add_fiber ("/sync/variants/offer", test_offer);

  return g_test_run ();
}
