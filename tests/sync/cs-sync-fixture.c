/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-practice-channel.h"
#include "cs-remotes.h"
#include "cs-sync-fixture.h"

void
cs_fixture_init (CsFixture *self)
{
  g_autofree char *address = NULL;
  g_autoptr (CsChannel) channel = NULL;

  self->folder = g_dir_make_tmp ("countersign-sync-XXXXXX", NULL);
  self->store = cs_sync_test_open (self->folder);
  self->account = cs_sync_test_get_account (self->store);
  self->shop = cs_careless_shop_new ();
  self->publisher = cs_publisher_new (self->store, NULL);
  address = cs_careless_shop_dup_address (self->shop);
  channel = cs_practice_channel_new_for_address (self->account, address, "t");
  CS_CHANNEL_GET_CLASS (channel)->traits.answer_seconds = 1;
  cs_publisher_set_channel (self->publisher, self->account->id, channel);
  self->product = cs_sync_test_add_product (self->store, "Basket");
}

void
cs_fixture_clear (CsFixture *self)
{
  g_clear_object (&self->publisher);
  g_clear_pointer (&self->shop, cs_careless_shop_free);
  cs_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->account, cs_account_unref);
  cs_sync_test_remove (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

gint64
cs_fixture_sign_create (CsFixture *self)
{
  return cs_sync_test_sign (self->store, self->product,
                            &(CsSigned){ CS_OPERATION_CREATE, TRUE, "Basket", "B-1", NULL, NULL, 1 });
}

gint64
cs_fixture_sign_update (CsFixture  *self,
                        const char *title)
{
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (GError) error = NULL;

  remote = dex_await_boxed (cs_remotes_get (self->store, self->account->id, self->product), &error);
  g_assert_no_error (error);

  return cs_sync_test_sign (self->store, self->product,
                            &(CsSigned){ CS_OPERATION_UPDATE, TRUE, title, "B-1", remote->remote_id, remote->version, 1 });
}

guint
cs_fixture_run (CsFixture *self)
{
  g_autoptr (GError) error = NULL;
  guint n = dex_await_uint (cs_publisher_run (self->publisher, 0, NULL), &error);

  g_assert_no_error (error);

  return n;
}

void
cs_fixture_assert_state (CsFixture    *self,
                         gint64        entry,
                         CsOutboxState state)
{
  g_autoptr (CsOutboxEntry) now = cs_sync_test_get (self->store, entry);

  g_test_message ("%s: %s", cs_outbox_state_get_name (now->state), now->message);
  g_assert_cmpstr (cs_outbox_state_get_name (now->state), ==, cs_outbox_state_get_name (state));
  /* Whatever is not well is said in words */
  g_assert_true (state == CS_OUTBOX_DONE || (now->message != NULL && strlen (now->message) > 20));
}

void
cs_fixture_assert_journal (CsFixture  *self,
                           gint64      entry,
                           const char *expected)
{
  g_autofree char *journal = cs_sync_test_dup_journal (self->store, entry);

  g_assert_cmpstr (journal, ==, expected);
}
