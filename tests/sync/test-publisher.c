/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "cs-blobs.h"
#include "cs-json.h"
#include "cs-practice-channel.h"
#include "cs-remotes.h"
#include "cs-sync-fixture.h"
#include "cs-test.h"

#define ALL_WELL "picture.0:done look-up:not-found create:done publish:done read-back:done"

static void
test_create (void)
{
  CsFixture        fixture;
  gint64           entry;
  g_autofree char *product = NULL;
  g_autoptr (CsRemoteListing) remote = NULL;

  cs_fixture_init (&fixture);
  entry = cs_fixture_sign_create (&fixture);
  g_assert_cmpuint (cs_fixture_run (&fixture), ==, 1);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  cs_fixture_assert_journal (&fixture, entry, ALL_WELL);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 1);
  product = cs_careless_shop_dup_product (fixture.shop, 0);
  g_assert_nonnull (strstr (product, "\"title\":\"Basket\""));
  g_assert_nonnull (strstr (product, "\"state\":\"live\""));
  remote = dex_await_boxed (cs_remotes_get (fixture.store, fixture.account->id, fixture.product), NULL);
  g_assert_cmpstr (remote->remote_id, ==, "1");
  g_assert_cmpstr (remote->version, ==, "2");
  g_assert_true (remote->live);
  /* Nothing is left to do */
  g_assert_cmpuint (cs_fixture_run (&fixture), ==, 0);
  cs_fixture_clear (&fixture);
}

/* One fault at one request, and the honest end of it: never two of the same */
static void
test_faults (void)
{
  const struct
  {
    const char   *about;
    CsFault       fault;
    CsOutboxState state;
    const char   *journal;
  } cases[] = {
    { "POST /api/pictures", CS_FAULT_CUT_BEFORE, CS_OUTBOX_DONE, "picture.0:unknown " ALL_WELL },
    { "POST /api/pictures", CS_FAULT_500_AFTER, CS_OUTBOX_DONE, "picture.0:unknown " ALL_WELL },
    { "POST /api/products", CS_FAULT_CUT_BEFORE, CS_OUTBOX_DONE,
      "picture.0:done look-up:not-found create:unknown look-up:not-found create:done publish:done read-back:done" },
    { "POST /api/products", CS_FAULT_CUT_AFTER, CS_OUTBOX_DONE,
      "picture.0:done look-up:not-found create:unknown look-up:found publish:done read-back:done" },
    { "POST /api/products", CS_FAULT_SILENT_AFTER, CS_OUTBOX_DONE,
      "picture.0:done look-up:not-found create:unknown look-up:found publish:done read-back:done" },
    { "POST /api/products", CS_FAULT_SILENT_BEFORE, CS_OUTBOX_DONE,
      "picture.0:done look-up:not-found create:unknown look-up:not-found create:done publish:done read-back:done" },
    { "POST /api/products", CS_FAULT_500_AFTER, CS_OUTBOX_DONE,
      "picture.0:done look-up:not-found create:unknown look-up:found publish:done read-back:done" },
    { "POST /api/products", CS_FAULT_500_BEFORE, CS_OUTBOX_DONE,
      "picture.0:done look-up:not-found create:unknown look-up:not-found create:done publish:done read-back:done" },
    { "POST /api/products", CS_FAULT_GARBAGE, CS_OUTBOX_DONE,
      "picture.0:done look-up:not-found create:unknown look-up:found publish:done read-back:done" },
    { "POST /api/products", CS_FAULT_429, CS_OUTBOX_DONE,
      "picture.0:done look-up:not-found create:later look-up:not-found create:done publish:done read-back:done" },
    { "POST /api/products", CS_FAULT_422, CS_OUTBOX_FAILED, "picture.0:done look-up:not-found create:refused" },
    { "POST /api/products", CS_FAULT_401, CS_OUTBOX_SIGN_IN, "picture.0:done look-up:not-found create:sign-in" },
    { "POST /api/products", CS_FAULT_CHANGE, CS_OUTBOX_DIFFERS,
      "picture.0:done look-up:not-found create:done publish:done read-back:too-early read-back:done" },
    { "/publish", CS_FAULT_CUT_AFTER, CS_OUTBOX_DONE,
      "picture.0:done look-up:not-found create:done publish:unknown read-before:found read-back:done" },
    { "/publish", CS_FAULT_CUT_BEFORE, CS_OUTBOX_DONE,
      "picture.0:done look-up:not-found create:done publish:unknown read-before:not-found publish:done read-back:done" },
    { "GET /api/products/1", CS_FAULT_429, CS_OUTBOX_DONE,
      "picture.0:done look-up:not-found create:done publish:done read-back:later read-back:done" },
    { "GET /api/products", CS_FAULT_GARBAGE, CS_OUTBOX_DONE, ALL_WELL },
    { "GET /api/products", CS_FAULT_500_BEFORE, CS_OUTBOX_DONE, ALL_WELL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CsFixture fixture;
      gint64    entry;

      g_test_message ("%s, fault %d", cases[i].about, cases[i].fault);
      cs_fixture_init (&fixture);
      cs_careless_shop_fail (fixture.shop, cases[i].about, cases[i].fault, 1);
      entry = cs_fixture_sign_create (&fixture);
      cs_fixture_run (&fixture);
      cs_fixture_assert_state (&fixture, entry, cases[i].state);
      cs_fixture_assert_journal (&fixture, entry, cases[i].journal);
      g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==,
                        cases[i].state == CS_OUTBOX_DONE || cases[i].state == CS_OUTBOX_DIFFERS ? 1 : 0);
      cs_fixture_clear (&fixture);
    }
}

/* "Not found" counts only once what was created must be to be found */
static void
test_hidden (void)
{
  CsFixture fixture;
  gint64    entry;

  cs_fixture_init (&fixture);
  cs_careless_shop_hide (fixture.shop, 900);
  cs_careless_shop_fail (fixture.shop, "POST /api/products", CS_FAULT_CUT_AFTER, 1);
  entry = cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 1);
  cs_fixture_clear (&fixture);
}

/* Killed between the intent and its outcome: the create is there, or is not,
 * and is not to be found at first
 */
static void
test_killed (void)
{
  const struct
  {
    gboolean    there;
    const char *journal;
  } cases[] = {
    { TRUE, "create:unknown look-up:too-early look-up:found publish:done read-back:done" },
    { FALSE, NULL }, /* how often the second create is looked for is a matter of time */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CsFixture fixture;
      gint64    entry;
      g_autoptr (CsListing) listing = NULL;
      g_autofree char *json = NULL;
      g_autoptr (GError) error = NULL;

      cs_fixture_init (&fixture);
      entry = cs_fixture_sign_create (&fixture);
      listing = dex_await_boxed (cs_outbox_release (fixture.store, entry), &error);
      g_assert_no_error (error);
      dex_await_int64 (cs_outbox_begin_step (fixture.store, entry, "create", listing->hash), &error);
      g_assert_no_error (error);
      cs_careless_shop_hide (fixture.shop, 800);
      json = g_strdup_printf ("{\"key\":\"%s\",\"sku\":\"B-1\",\"title\":\"Basket\",\"description\":\"Basket, 手工\","
                              "\"bullets\":[\"round\",\"light\"],\"stock\":2,\"price\":{\"amount\":\"12.50\",\"currency\":\"EUR\"},"
                              "\"pictures\":[{\"id\":\"%s\",\"alt\":\"Basket\"}]}",
                              listing->key, ((CsListingPicture *) listing->pictures->pdata[0])->hash);
      if (cases[i].there)
        cs_careless_shop_put (fixture.shop, json);
      cs_fixture_run (&fixture);
      cs_careless_shop_hide (fixture.shop, 0);
      cs_fixture_run (&fixture);
      cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
      if (cases[i].journal != NULL)
        cs_fixture_assert_journal (&fixture, entry, cases[i].journal);
      g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 1);
      cs_fixture_clear (&fixture);
    }
}

/* While nobody knows, that is what is shown, and nothing else is sent */
static void
test_unknown_shown (void)
{
  CsFixture fixture;
  gint64    entry;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) running = NULL;

  cs_fixture_init (&fixture);
  cs_careless_shop_fail (fixture.shop, "POST /api/products", CS_FAULT_CUT_AFTER, 1);
  entry = cs_fixture_sign_create (&fixture);
  running = cs_publisher_run (fixture.publisher, 0, cancellable);
  while (cs_careless_shop_count (fixture.shop) == 0)
    dex_await (dex_timeout_new_msec (10), NULL);
  dex_await (dex_timeout_new_msec (200), NULL);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_UNKNOWN);
  g_cancellable_cancel (cancellable);
  dex_await (dex_ref (running), NULL);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_UNKNOWN);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 1);
  cs_fixture_clear (&fixture);
}

static void
test_stranger (void)
{
  CsFixture fixture;
  gint64    entry;

  cs_fixture_init (&fixture);
  cs_careless_shop_put (fixture.shop, "{\"key\":\"OTHER\",\"sku\":\"B-1\",\"title\":\"Theirs\",\"state\":\"live\"}");
  entry = cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_CONFLICT);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 1);
  g_assert_cmpuint (cs_careless_shop_count_requests (fixture.shop, "POST /api/products"), ==, 0);
  g_assert_cmpuint (cs_careless_shop_count_requests (fixture.shop, "PUT"), ==, 0);
  cs_fixture_clear (&fixture);
}

static void
test_update (void)
{
  CsFixture        fixture;
  gint64           entry;
  g_autofree char *product = NULL;

  cs_fixture_init (&fixture);
  cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  entry = cs_fixture_sign_update (&fixture, "Round basket");
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  cs_fixture_assert_journal (&fixture, entry, "picture.0:done read-before:done update:done publish:done read-back:done");
  product = cs_careless_shop_dup_product (fixture.shop, 0);
  g_assert_nonnull (strstr (product, "Round basket"));
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 1);
  cs_fixture_clear (&fixture);
}

static void
test_update_unknown (void)
{
  const struct
  {
    CsFault     fault;
    const char *journal;
  } cases[] = {
    { CS_FAULT_CUT_AFTER,
      "picture.0:done read-before:done update:unknown read-before:found publish:done read-back:done" },
    { CS_FAULT_CUT_BEFORE,
      "picture.0:done read-before:done update:unknown read-before:not-found update:done publish:done read-back:done" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CsFixture fixture;
      gint64    entry;

      cs_fixture_init (&fixture);
      cs_fixture_sign_create (&fixture);
      cs_fixture_run (&fixture);
      cs_careless_shop_fail (fixture.shop, "PUT", cases[i].fault, 1);
      entry = cs_fixture_sign_update (&fixture, "Round basket");
      cs_fixture_run (&fixture);
      cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
      cs_fixture_assert_journal (&fixture, entry, cases[i].journal);
      cs_fixture_clear (&fixture);
    }
}

static void
test_update_conflict (void)
{
  CsFixture        fixture;
  gint64           entry;
  g_autofree char *product = NULL;

  cs_fixture_init (&fixture);
  cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  entry = cs_fixture_sign_update (&fixture, "Round basket");
  cs_careless_shop_retitle (fixture.shop, "Changed by somebody");
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_CONFLICT);
  g_assert_cmpuint (cs_careless_shop_count_requests (fixture.shop, "PUT"), ==, 0);
  product = cs_careless_shop_dup_product (fixture.shop, 0);
  g_assert_nonnull (strstr (product, "Changed by somebody"));
  /* Seen and signed again, it goes */
  entry = cs_fixture_sign_update (&fixture, "Round basket");
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  cs_fixture_clear (&fixture);
}

/* Deleted there: nothing is added behind the seller's back, and the next approval adds it anew */
static void
test_gone (void)
{
  CsFixture        fixture;
  gint64           entry;
  g_autofree char *address = NULL;
  g_autoptr (CsChannel) channel = NULL;
  g_autoptr (CsRemoteListing) remote = NULL;

  cs_fixture_init (&fixture);
  cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  entry = cs_fixture_sign_update (&fixture, "Round basket");
  g_clear_pointer (&fixture.shop, cs_careless_shop_free);
  fixture.shop = cs_careless_shop_new ();
  address = cs_careless_shop_dup_address (fixture.shop);
  channel = cs_practice_channel_new_for_address (fixture.account, address, "t");
  cs_publisher_set_channel (fixture.publisher, fixture.account->id, channel);
  dex_await (dex_timeout_new_seconds (2), NULL);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_CONFLICT);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 0);
  remote = dex_await_boxed (cs_remotes_get (fixture.store, fixture.account->id, fixture.product), NULL);
  g_assert_null (remote);
  entry = cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  cs_fixture_clear (&fixture);
}

static void
test_withdraw (void)
{
  CsFixture        fixture;
  gint64           entry;
  g_autofree char *product = NULL;
  g_autoptr (CsRemoteListing) remote = NULL;

  cs_fixture_init (&fixture);
  cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  remote = dex_await_boxed (cs_remotes_get (fixture.store, fixture.account->id, fixture.product), NULL);
  entry = cs_sync_test_sign (fixture.store, fixture.product,
                             &(CsSigned){ CS_OPERATION_WITHDRAW, TRUE, "Basket", "B-1", remote->remote_id, remote->version, 1 });
  cs_careless_shop_fail (fixture.shop, "/withdraw", CS_FAULT_CUT_AFTER, 1);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  product = cs_careless_shop_dup_product (fixture.shop, 0);
  g_assert_nonnull (strstr (product, "withdrawn"));
  cs_fixture_clear (&fixture);
}

/* An edit between the draft and its publishing holds the publishing back */
static void
test_voided (void)
{
  CsFixture        fixture;
  gint64           entry;
  g_autofree char *product = NULL;
  g_autoptr (CsOutboxEntry) now = NULL;
  g_autoptr (DexFuture) running = NULL;
  g_autoptr (CsRemoteListing) remote = NULL;

  cs_fixture_init (&fixture);
  cs_careless_shop_fail (fixture.shop, "/publish", CS_FAULT_429, 1);
  entry = cs_fixture_sign_create (&fixture);
  running = cs_publisher_run (fixture.publisher, 0, NULL);
  while (cs_careless_shop_count_requests (fixture.shop, "/publish") == 0)
    dex_await (dex_timeout_new_msec (10), NULL);
  g_assert_true (dex_await (cs_products_set (fixture.store, fixture.product, CS_FIELD_TITLE, "Edited"), NULL));
  dex_await (dex_ref (running), NULL);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_VOIDED);
  now = cs_sync_test_get (fixture.store, entry);
  g_assert_nonnull (strstr (now->message, "draft"));
  product = cs_careless_shop_dup_product (fixture.shop, 0);
  g_assert_nonnull (strstr (product, "\"state\":\"draft\""));
  g_assert_cmpuint (cs_careless_shop_count_requests (fixture.shop, "/publish"), ==, 1);
  /* The next approval changes the draft */
  remote = dex_await_boxed (cs_remotes_get (fixture.store, fixture.account->id, fixture.product), NULL);
  g_assert_cmpstr (remote->remote_id, ==, "1");
  entry = cs_fixture_sign_update (&fixture, "Edited");
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 1);
  cs_fixture_clear (&fixture);
}

/* Void, with a create that nobody saw the end of: it is found before it is let go */
static void
test_voided_unknown (void)
{
  CsFixture fixture;
  gint64    entry;
  g_autoptr (DexFuture) running = NULL;

  cs_fixture_init (&fixture);
  cs_careless_shop_fail (fixture.shop, "POST /api/products", CS_FAULT_CUT_AFTER, 1);
  entry = cs_fixture_sign_create (&fixture);
  running = cs_publisher_run (fixture.publisher, 0, NULL);
  while (cs_careless_shop_count (fixture.shop) == 0)
    dex_await (dex_timeout_new_msec (10), NULL);
  dex_await (dex_timeout_new_msec (100), NULL);
  g_assert_true (dex_await (cs_products_set (fixture.store, fixture.product, CS_FIELD_TITLE, "Edited"), NULL));
  dex_await (dex_ref (running), NULL);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_VOIDED);
  g_assert_cmpuint (cs_careless_shop_count_requests (fixture.shop, "/publish"), ==, 0);
  entry = cs_fixture_sign_update (&fixture, "Edited");
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 1);
  cs_fixture_clear (&fixture);
}

static void
test_edited_before (void)
{
  CsFixture fixture;
  gint64    entry;

  cs_fixture_init (&fixture);
  entry = cs_fixture_sign_create (&fixture);
  g_assert_true (dex_await (cs_products_set (fixture.store, fixture.product, CS_FIELD_TITLE, "Edited"), NULL));
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_VOIDED);
  g_assert_cmpuint (cs_careless_shop_count_requests (fixture.shop, "/"), ==, 0);
  cs_fixture_clear (&fixture);
}

/* An edit while a request waits for its turn, after its step was begun: it does not leave */
static void
test_edited_in_turn (void)
{
  CsFixture        fixture;
  gint64           entry;
  gboolean         waits = FALSE;
  CsChannelClass  *klass = g_type_class_ref (CS_TYPE_PRACTICE_CHANNEL);
  double           rate = klass->traits.per_second;
  double           burst = klass->traits.burst;
  g_autofree char *address = NULL;
  g_autoptr (CsChannel) slow = NULL;
  g_autoptr (DexFuture) running = NULL;

  cs_fixture_init (&fixture);
  address = cs_careless_shop_dup_address (fixture.shop);
  klass->traits.per_second = 0.5;
  klass->traits.burst = 1;
  slow = cs_practice_channel_new_for_address (fixture.account, address, "t");
  klass->traits.per_second = rate;
  klass->traits.burst = burst;
  cs_publisher_set_channel (fixture.publisher, fixture.account->id, slow);

  entry = cs_fixture_sign_create (&fixture);
  running = cs_publisher_run (fixture.publisher, 0, NULL);
  while (!waits)
    {
      g_autoptr (GPtrArray) steps = dex_await_boxed (cs_outbox_get_steps (fixture.store, entry), NULL);
      CsOutboxStep *last = steps->len > 0 ? steps->pdata[steps->len - 1] : NULL;

      waits = last != NULL && last->outcome == NULL && !g_str_equal (last->step, "look-up") && !g_str_has_prefix (last->step, "picture");
      dex_await (dex_timeout_new_msec (10), NULL);
    }

  g_assert_true (dex_await (cs_products_set (fixture.store, fixture.product, CS_FIELD_TITLE, "Edited"), NULL));
  dex_await (dex_ref (running), NULL);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_VOIDED);
  g_assert_cmpuint (cs_careless_shop_count_requests (fixture.shop, "POST /api/products"), ==, 0);
  g_type_class_unref (klass);
  cs_fixture_clear (&fixture);
}

/* Other bytes under a picture's name do not leave */
static void
test_changed_picture (void)
{
  CsFixture fixture;
  gint64    entry;
  g_autoptr (CsOutboxEntry) now = NULL;
  g_autoptr (CsListing) listing = NULL;
  g_autofree char *path = NULL;

  cs_fixture_init (&fixture);
  entry = cs_fixture_sign_create (&fixture);
  now = cs_sync_test_get (fixture.store, entry);
  listing = dex_await_boxed (cs_outbox_get_payload (fixture.store, now->payload), NULL);
  path = cs_blobs_dup_path (fixture.store, ((CsListingPicture *) listing->pictures->pdata[0])->hash);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_true (g_file_set_contents (path, "\xff\xd8\xff\xe0 something else", -1, NULL));
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_FAILED);
  g_assert_cmpuint (cs_careless_shop_count_requests (fixture.shop, "POST"), ==, 0);
  cs_fixture_clear (&fixture);
}

/* Signed for one address, it does not go to another */
static void
test_other_address (void)
{
  CsFixture fixture;
  gint64    entry;

  cs_fixture_init (&fixture);
  entry = cs_fixture_sign_create (&fixture);
  g_set_str (&fixture.account->address, "https://elsewhere.invalid");
  g_assert_true (dex_await (cs_accounts_put (fixture.store, fixture.account), NULL));
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_FAILED);
  g_assert_cmpuint (cs_careless_shop_count_requests (fixture.shop, "/"), ==, 0);
  cs_fixture_clear (&fixture);
}

/* A shop that is down is left alone, and nothing is lost */
static void
test_rest (void)
{
  CsFixture fixture;
  g_autoptr (CsAccount) account = NULL;
  guint n_requests;

  cs_fixture_init (&fixture);
  cs_careless_shop_fail (fixture.shop, "POST /api/pictures", CS_FAULT_500_BEFORE, G_MAXUINT);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *title = g_strdup_printf ("Product %u", i);
      gint64           product = cs_sync_test_add_product (fixture.store, title);

      cs_sync_test_sign (fixture.store, product, &(CsSigned){ CS_OPERATION_CREATE, TRUE, title, NULL, NULL, NULL, 1 });
    }
  cs_fixture_run (&fixture);
  n_requests = cs_careless_shop_count_requests (fixture.shop, "/");
  g_assert_cmpuint (n_requests, ==, 5);
  account = dex_await_boxed (cs_accounts_get (fixture.store, fixture.account->id), NULL);
  g_assert_cmpint (account->paused_until, >, g_get_real_time () / G_USEC_PER_SEC);
  g_assert_nonnull (account->message);
  cs_fixture_run (&fixture);
  g_assert_cmpuint (cs_careless_shop_count_requests (fixture.shop, "/"), ==, n_requests);

  /* Once the rest is over and the shop is up, all of it goes */
  cs_careless_shop_free (fixture.shop);
  fixture.shop = cs_careless_shop_new ();
  {
    g_autofree char *address = cs_careless_shop_dup_address (fixture.shop);
    g_autoptr (CsChannel) channel = cs_practice_channel_new_for_address (account, address, "t");

    cs_publisher_set_channel (fixture.publisher, account->id, channel);
  }
  account->paused_until = 0;
  g_assert_true (dex_await (cs_accounts_put (fixture.store, account), NULL));
  g_assert_cmpuint (cs_fixture_run (&fixture), ==, 8);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 8);
  g_clear_pointer (&account, cs_account_unref);
  account = dex_await_boxed (cs_accounts_get (fixture.store, fixture.account->id), NULL);
  g_assert_null (account->message);
  cs_fixture_clear (&fixture);
}

static void
test_stop (void)
{
  CsFixture fixture;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) running = NULL;
  gint64 begun, stopped;

  cs_fixture_init (&fixture);
  CS_CHANNEL_CLASS (g_type_class_peek (CS_TYPE_PRACTICE_CHANNEL))->traits.answer_seconds = 5;
  cs_careless_shop_fail (fixture.shop, "POST /api/products", CS_FAULT_SILENT_AFTER, 1);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *title = g_strdup_printf ("Product %u", i);
      gint64           product = cs_sync_test_add_product (fixture.store, title);

      cs_sync_test_sign (fixture.store, product, &(CsSigned){ CS_OPERATION_CREATE, TRUE, title, NULL, NULL, NULL, 1 });
    }
  running = cs_publisher_run (fixture.publisher, 0, cancellable);
  while (cs_careless_shop_count (fixture.shop) == 0)
    dex_await (dex_timeout_new_msec (10), NULL);
  begun = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  dex_await (dex_ref (running), NULL);
  stopped = g_get_monotonic_time ();
  g_assert_cmpint (stopped - begun, <, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 1);

  /* It goes on where it was: behind the request that is still being waited for */
  cs_fixture_run (&fixture);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 3);
  cs_fixture_clear (&fixture);
}

/* Each body that left is in the journal by its hash */
static void
test_bodies (void)
{
  CsFixture fixture;
  gint64    entry;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (CsOutboxEntry) now = NULL;
  g_autoptr (CsListing) listing = NULL;

  cs_fixture_init (&fixture);
  entry = cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  steps = dex_await_boxed (cs_outbox_get_steps (fixture.store, entry), NULL);
  now = cs_sync_test_get (fixture.store, entry);
  listing = dex_await_boxed (cs_outbox_get_payload (fixture.store, now->payload), NULL);
  /* The picture's body is the picture that was signed */
  g_assert_cmpstr (((CsOutboxStep *) steps->pdata[0])->body, ==, ((CsListingPicture *) listing->pictures->pdata[0])->hash);
  cs_fixture_clear (&fixture);
}

static void
test_pull (void)
{
  CsFixture fixture;
  g_autoptr (GPtrArray) remotes = NULL;
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (CsProduct) product = NULL;
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  cs_fixture_init (&fixture);
  product = dex_await_boxed (cs_products_get (fixture.store, fixture.product), NULL);
  json = g_strdup_printf ("{\"key\":\"%s\",\"title\":\"Ours\",\"state\":\"live\"}", product->key);
  cs_careless_shop_put (fixture.shop, json);
  cs_careless_shop_put (fixture.shop, "{\"key\":\"1\",\"title\":\"Theirs\",\"state\":\"live\"}");
  g_assert_cmpuint (dex_await_uint (cs_publisher_pull (fixture.publisher, fixture.account->id), &error), ==, 2);
  g_assert_no_error (error);
  remotes = dex_await_boxed (cs_remotes_list (fixture.store, fixture.account->id), NULL);
  g_assert_cmpuint (remotes->len, ==, 2);
  remote = dex_await_boxed (cs_remotes_get (fixture.store, fixture.account->id, fixture.product), NULL);
  g_assert_cmpstr (remote->title, ==, "Ours");
  cs_fixture_clear (&fixture);
}

/* The practice shop itself, as a new library has it */
static void
test_practice_shop (void)
{
  g_autofree char *folder = g_dir_make_tmp ("countersign-sync-XXXXXX", NULL);
  g_autoptr (CsStore) store = cs_sync_test_open (folder);
  g_autoptr (CsPublisher) publisher = cs_publisher_new (store, NULL);
  g_autofree char *shelf = g_build_filename (folder, "practice-shop", NULL);
  g_autoptr (CsOutboxEntry) entry = NULL;
  gint64 product = cs_sync_test_add_product (store, "Basket");
  gint64 id;

  /* It is not there until it is used */
  g_assert_cmpuint (dex_await_uint (cs_publisher_run (publisher, 0, NULL), NULL), ==, 0);
  g_assert_false (g_file_test (shelf, G_FILE_TEST_EXISTS));
  id = cs_sync_test_sign (store, product, &(CsSigned){ CS_OPERATION_CREATE, TRUE, "Basket", "B-1", NULL, NULL, 2 });
  g_assert_cmpuint (dex_await_uint (cs_publisher_run (publisher, 0, NULL), NULL), ==, 1);
  entry = cs_sync_test_get (store, id);
  g_assert_cmpint (entry->state, ==, CS_OUTBOX_DONE);
  g_assert_true (g_str_has_prefix (entry->url, "http://127.0.0.1:"));
  g_assert_true (g_str_has_suffix (entry->url, "/p/1"));
  g_assert_true (g_file_test (shelf, G_FILE_TEST_IS_DIR));
  cs_store_close (store);
  cs_sync_test_remove (folder);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/sync/publisher/create", test_create);
  cs_test_add_fiber ("/sync/publisher/faults", test_faults);
  cs_test_add_fiber ("/sync/publisher/hidden", test_hidden);
  cs_test_add_fiber ("/sync/publisher/killed", test_killed);
  cs_test_add_fiber ("/sync/publisher/unknown-shown", test_unknown_shown);
  cs_test_add_fiber ("/sync/publisher/stranger", test_stranger);
  cs_test_add_fiber ("/sync/publisher/update", test_update);
  cs_test_add_fiber ("/sync/publisher/update-unknown", test_update_unknown);
  cs_test_add_fiber ("/sync/publisher/update-conflict", test_update_conflict);
  cs_test_add_fiber ("/sync/publisher/gone", test_gone);
  cs_test_add_fiber ("/sync/publisher/withdraw", test_withdraw);
  cs_test_add_fiber ("/sync/publisher/voided", test_voided);
  cs_test_add_fiber ("/sync/publisher/voided-unknown", test_voided_unknown);
  cs_test_add_fiber ("/sync/publisher/edited-before", test_edited_before);
  cs_test_add_fiber ("/sync/publisher/edited-in-turn", test_edited_in_turn);
  cs_test_add_fiber ("/sync/publisher/changed-picture", test_changed_picture);
  cs_test_add_fiber ("/sync/publisher/other-address", test_other_address);
  cs_test_add_fiber ("/sync/publisher/rest", test_rest);
  cs_test_add_fiber ("/sync/publisher/stop", test_stop);
  cs_test_add_fiber ("/sync/publisher/bodies", test_bodies);
  cs_test_add_fiber ("/sync/publisher/pull", test_pull);
  cs_test_add_fiber ("/sync/publisher/practice-shop", test_practice_shop);

  return g_test_run ();
}
