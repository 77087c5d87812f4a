/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-practice-channel.h"
#include "cs-remotes.h"
#include "cs-sync-fixture.h"
#include "cs-test.h"

/* What is held back until a person has looked: moved numbers, what merely looks
 * the same, keys that are not good any more
 */

static gint64
sign_offer (CsFixture  *self,
            const char *price,
            gint64      stock,
            const char *seen)
{
  g_autoptr (CsRemoteListing) remote = NULL;

  remote = dex_await_boxed (cs_remotes_get (self->store, self->account->id, self->product), NULL);

  return cs_sync_test_sign (self->store, self->product,
                            &(CsSigned){ CS_OPERATION_OFFER, TRUE, "Basket", "B-1", remote->remote_id, remote->version, 1,
                                         price, stock, seen });
}

#define SEEN "{\"price\":\"12.50 EUR\",\"stock\":2}"

/* Price and stock alone: what was seen there counts, whatever else was changed
 * there, and an outcome that nobody saw is looked at first
 */
static void
test_offer (void)
{
  const struct
  {
    CsFault     fault;
    const char *journal;
  } cases[] = {
    { CS_FAULT_NONE, "read-before:done offer:done read-back:done" },
    { CS_FAULT_CUT_AFTER, "read-before:done offer:unknown read-before:found read-back:done" },
    { CS_FAULT_CUT_BEFORE, "read-before:done offer:unknown read-before:not-found offer:done read-back:done" },
    { CS_FAULT_500_AFTER, "read-before:done offer:unknown read-before:found read-back:done" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CsFixture        fixture;
      gint64           entry;
      g_autofree char *product = NULL;

      cs_fixture_init (&fixture);
      cs_fixture_sign_create (&fixture);
      cs_fixture_run (&fixture);
      entry = sign_offer (&fixture, "13.00", 7, SEEN);
      cs_careless_shop_retitle (fixture.shop, "Changed by somebody");
      cs_careless_shop_fail (fixture.shop, "/offer", cases[i].fault, 1);
      cs_fixture_run (&fixture);
      cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
      cs_fixture_assert_journal (&fixture, entry, cases[i].journal);
      product = cs_careless_shop_dup_product (fixture.shop, 0);
      g_assert_nonnull (strstr (product, "\"amount\":\"13.00\""));
      g_assert_nonnull (strstr (product, "\"stock\":7"));
      g_assert_nonnull (strstr (product, "Changed by somebody"));
      cs_fixture_clear (&fixture);
    }
}

/* One was sold meanwhile: a number from before would oversell */
static void
test_offer_moved (void)
{
  CsFixture fixture;
  gint64    entry;
  g_autoptr (CsOutboxEntry) now = NULL;

  cs_fixture_init (&fixture);
  cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  entry = sign_offer (&fixture, "13.00", 2, SEEN);
  cs_careless_shop_sell (fixture.shop, 1);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_CONFLICT);
  now = cs_sync_test_get (fixture.store, entry);
  g_assert_nonnull (strstr (now->message, "12.50 EUR, 2 in stock"));
  g_assert_nonnull (strstr (now->message, "12.50 EUR, 1 in stock"));
  g_assert_cmpuint (cs_careless_shop_count_requests (fixture.shop, "/offer"), ==, 0);
  /* Seen and signed again, it goes */
  entry = sign_offer (&fixture, "13.00", 1, "{\"price\":\"12.50 EUR\",\"stock\":1}");
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  /* Nothing seen is nothing to go by */
  entry = sign_offer (&fixture, "14.00", 1, NULL);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_CONFLICT);
  cs_fixture_clear (&fixture);
}

/* Where a shop shows no keys, what only looks the same is never taken over and
 * never added a second time: a person says, once
 */
static void
test_alike (void)
{
  CsFixture        fixture;
  gint64           entry, id;
  CsChannelTraits *traits;
  g_autoptr (GError) error = NULL;

  cs_fixture_init (&fixture);
  traits = &CS_CHANNEL_CLASS (g_type_class_peek (CS_TYPE_PRACTICE_CHANNEL))->traits;
  traits->bears_key = FALSE;
  traits->finds_by_key = FALSE;
  cs_careless_shop_put (fixture.shop, "{\"title\":\"Basket\",\"state\":\"live\"}");
  entry = cs_fixture_sign_create (&fixture);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_CONFLICT);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 1);
  /* Tried again without an answer, it is asked again */
  dex_await (cs_outbox_retry (fixture.store, entry), &error);
  g_assert_no_error (error);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_CONFLICT);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 1);
  /* "It is not": it goes */
  id = dex_await_int64 (cs_outbox_begin_step (fixture.store, entry, "look-up", ""), &error);
  g_assert_no_error (error);
  dex_await (cs_outbox_end_step (fixture.store, id, "not-found", "{\"strangers\":[\"1\"]}"), &error);
  g_assert_no_error (error);
  dex_await (cs_outbox_retry (fixture.store, entry), &error);
  g_assert_no_error (error);
  cs_fixture_run (&fixture);
  traits->bears_key = TRUE;
  traits->finds_by_key = TRUE;
  cs_fixture_assert_state (&fixture, entry, CS_OUTBOX_DONE);
  g_assert_cmpuint (cs_careless_shop_count (fixture.shop), ==, 2);
  cs_fixture_clear (&fixture);
}

/* One of many finds that the keys are not good any more: it is said once, and the others wait unharmed */
static void
test_sign_in (void)
{
  CsFixture fixture;
  gint64    entries[3];
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  cs_fixture_init (&fixture);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *title = g_strdup_printf ("Product %u", i);
      gint64           product = cs_sync_test_add_product (fixture.store, title);

      entries[i] = cs_sync_test_sign (fixture.store, product, &(CsSigned){ CS_OPERATION_CREATE, TRUE, title, NULL, NULL, NULL, 1 });
    }
  cs_careless_shop_fail (fixture.shop, "POST", CS_FAULT_401, G_MAXUINT);
  cs_fixture_run (&fixture);
  cs_fixture_run (&fixture);
  cs_fixture_assert_state (&fixture, entries[0], CS_OUTBOX_SIGN_IN);
  for (guint i = 1; i < 3; i++)
    {
      g_autoptr (CsOutboxEntry) now = cs_sync_test_get (fixture.store, entries[i]);

      g_assert_cmpint (now->state, ==, CS_OUTBOX_READY);
      g_assert_null (now->message);
    }
  g_assert_cmpuint (cs_careless_shop_count_requests (fixture.shop, "/"), ==, 1);
  account = dex_await_boxed (cs_accounts_get (fixture.store, fixture.account->id), NULL);
  g_assert_nonnull (strstr (account->message, "Try again"));

  cs_careless_shop_calm (fixture.shop);
  dex_await (cs_outbox_retry (fixture.store, entries[0]), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cs_fixture_run (&fixture), ==, 3);
  g_clear_pointer (&account, cs_account_unref);
  account = dex_await_boxed (cs_accounts_get (fixture.store, fixture.account->id), NULL);
  g_assert_null (account->message);
  cs_fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/sync/held/offer", test_offer);
  cs_test_add_fiber ("/sync/held/offer-moved", test_offer_moved);
  cs_test_add_fiber ("/sync/held/alike", test_alike);
  cs_test_add_fiber ("/sync/held/sign-in", test_sign_in);

  return g_test_run ();
}
