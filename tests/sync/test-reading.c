/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-delivery.h"
#include "cs-fault-shop.h"
#include "cs-json.h"
#include "cs-remotes.h"
#include "cs-sync-test.h"
#include "cs-test.h"

/* A step that only reads changes nothing: whatever becomes of it, what is on sale
 * stays what it is, and it is asked again
 */

#define SHOWN "^GET /wp-json/wc/v3/products/[0-9]+$"

typedef struct
{
  char        *folder;
  CsStore     *store;
  CsPublisher *publisher;
  CsFaultShop *shop;
  CsAccount   *account;
  gint64       product;
  gint64       entry;
} House;

static void
house_clear (House *self)
{
  g_clear_object (&self->publisher);
  g_clear_object (&self->store);
  cs_account_unref (self->account);
  cs_fault_shop_free (self->shop);
  cs_sync_test_remove (self->folder);
  g_free (self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (House, house_clear)

/* On sale, and a change of it is signed */
static void
house_init (House *self)
{
  g_autofree char *address = NULL;
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  self->folder = g_dir_make_tmp ("cs-reading-XXXXXX", NULL);
  self->store = cs_sync_test_open (self->folder);
  self->publisher = cs_publisher_new (self->store, NULL);
  self->shop = cs_fault_shop_new (1);
  address = cs_fault_shop_dup_address (self->shop, 0);
  id = cs_sync_test_add_account (self->store, "woocommerce", address);
  self->account = dex_await_boxed (cs_accounts_get (self->store, id), &error);
  g_assert_no_error (error);
  cs_fault_shop_join (self->publisher, self->account);
  self->product = cs_sync_test_add_product (self->store, "Basket");
  cs_sync_test_sign_for (self->store, self->account, CS_FAULT_SHOP_ADAPTER, self->product,
                         &(CsSigned){ CS_OPERATION_CREATE, TRUE, "Basket", "B-1", NULL, NULL, 1 });
  g_assert_cmpuint (dex_await_uint (cs_publisher_run (self->publisher, id, NULL), &error), ==, 1);
  g_assert_no_error (error);
  remote = dex_await_boxed (cs_remotes_get (self->store, id, self->product), &error);
  g_assert_no_error (error);
  self->entry = cs_sync_test_sign_for (self->store, self->account, CS_FAULT_SHOP_ADAPTER, self->product,
                                       &(CsSigned){ CS_OPERATION_UPDATE, TRUE, "Basket of bamboo", "B-1", remote->remote_id,
                                                    remote->version, 1 });
}

static void
changed_cb (gint64   entry,
            gpointer data)
{
}

/* Once more, without waiting until it is due */
static CsOutboxState
deliver (House *self)
{
  g_autoptr (CsOutboxEntry) entry = cs_sync_test_get (self->store, self->entry);
  g_autoptr (GError) error = NULL;
  CsChannel *channel = cs_publisher_get_channel (self->publisher, self->account, NULL);
  guint      state = dex_await_uint (cs_deliver (self->store, channel, self->account, entry, NULL, changed_cb, NULL), &error);

  g_assert_no_error (error);

  return state & ~CS_DELIVERY_NO_ANSWER;
}

static void
assert_arrives (House *self)
{
  g_autoptr (JsonNode) state = NULL;
  JsonArray *products;

  cs_fault_shop_tell (self->shop, 0, "calm", "{}");
  g_assert_cmpint (deliver (self), ==, CS_OUTBOX_DONE);
  state = cs_fault_shop_ask (self->shop, 0, "state", NULL);
  products = cs_json_array (json_node_get_object (state), "products");
  g_assert_cmpuint (json_array_get_length (products), ==, 1);
  g_assert_cmpstr (cs_json_string (cs_json_array_object (products, 0), "name", NULL), ==, "Basket of bamboo");
}

static void
test_no_answer (void)
{
  static const char *const faults[] = { "500", "reset-answer", "truncated", "captive", "wrong-types", "empty" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_auto (House) self = { 0 };

      house_init (&self);
      cs_fault_shop_tell (self.shop, 0, "fault", "{\"fault\": \"%s\", \"about\": \"" SHOWN "\", \"times\": 100}", faults[i]);
      for (guint k = 0; k < 7; k++)
        {
          g_autofree char *journal = NULL;
          CsOutboxState    state = deliver (&self);

          journal = cs_sync_test_dup_journal (self.store, self.entry);
          g_test_message ("%s: %s %s", faults[i], cs_outbox_state_get_name (state), journal);
          g_assert_cmpint (state, ==, CS_OUTBOX_WAITING);
          g_assert_null (strstr (journal, "unknown"));
        }
      assert_arrives (&self);
    }
}

/* Killed while it read, again and again */
static void
test_killed (void)
{
  g_auto (House) self = { 0 };
  g_autoptr (GError) error = NULL;

  house_init (&self);
  cs_fault_shop_tell (self.shop, 0, "fault", "{\"fault\": \"500\", \"about\": \"" SHOWN "\", \"times\": 1}");
  g_assert_cmpint (deliver (&self), ==, CS_OUTBOX_WAITING);
  for (guint i = 0; i < 6; i++)
    {
      dex_await_int64 (cs_outbox_begin_step (self.store, self.entry, "shown", ""), &error);
      g_assert_no_error (error);
    }
  assert_arrives (&self);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_fault_shop_hurry (1);
  cs_test_add_fiber ("/sync/reading/no-answer", test_no_answer);
  cs_test_add_fiber ("/sync/reading/killed", test_killed);

  return g_test_run ();
}
