/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-blobs.h"
#include "cs-sync-test.h"

CsStore *
cs_sync_test_open (const char *folder)
{
  g_autoptr (GError) error = NULL;
  CsStore *store = cs_store_open (folder, CS_STORE_WRITE, &error);

  g_assert_no_error (error);

  return store;
}

CsAccount *
cs_sync_test_get_account (CsStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = dex_await_boxed (cs_accounts_list (store), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, ==, 1);

  return cs_account_ref (accounts->pdata[0]);
}

gint64
cs_sync_test_add_product (CsStore    *store,
                          const char *title)
{
  g_autoptr (GError) error = NULL;
  gint64 product = dex_await_int64 (cs_products_add (store), &error);

  g_assert_no_error (error);
  dex_await (cs_products_set (store, product, CS_FIELD_TITLE, title), &error);
  g_assert_no_error (error);

  return product;
}

gint64
cs_sync_test_add_account (CsStore    *store,
                          const char *channel,
                          const char *address)
{
  g_autoptr (CsAccount) account = cs_account_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  account->channel = g_strdup (channel);
  account->name = g_strdup ("Shop");
  account->address = g_strdup (address);
  account->currency = g_strdup ("EUR");
  id = dex_await_int64 (cs_accounts_put (store, account), &error);
  g_assert_no_error (error);

  return id;
}

gint64
cs_sync_test_sign (CsStore        *store,
                   gint64          id,
                   const CsSigned *what)
{
  g_autoptr (CsAccount) account = cs_sync_test_get_account (store);

  return cs_sync_test_sign_for (store, account, "practice/1", id, what);
}

CsListing *
cs_sync_test_make_listing (CsStore        *store,
                           CsAccount      *account,
                           const char     *adapter,
                           gint64          id,
                           const CsSigned *what)
{
  g_autoptr (CsProduct) product = NULL;
  g_autoptr (CsListing) listing = cs_listing_new ();
  g_autoptr (GError) error = NULL;

  product = dex_await_boxed (cs_products_get (store, id), &error);
  g_assert_no_error (error);

  listing->operation = what->operation;
  listing->account = account->id;
  listing->channel = g_strdup (account->channel);
  listing->adapter = g_strdup (adapter);
  listing->address = g_strdup (account->address);
  listing->key = g_strdup (product->key);
  listing->remote_id = g_strdup (what->remote_id);
  listing->remote_version = g_strdup (what->remote_version);
  listing->live = what->live;
  listing->title = g_strdup (what->title);
  listing->description = g_strdup_printf ("%s, 手工", what->title);
  listing->bullets = g_strsplit ("round|light", "|", -1);
  listing->sku = g_strdup (what->sku);
  listing->stock = what->stock != 0 ? what->stock : 2;
  g_assert_true (cs_money_parse (what->price != NULL ? what->price : "12.50", "EUR", &listing->price, NULL));
  listing->seen = g_strdup (what->seen);
  for (guint i = 0; i < what->n_pictures; i++)
    {
      g_autofree char *text = g_strdup_printf ("\xff\xd8\xff\xe0 picture %u of %s", i, what->title);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autofree char *hash = dex_await_string (cs_blobs_put_bytes (store, bytes), &error);

      g_assert_no_error (error);
      cs_listing_add_picture (listing, hash, "image/jpeg", "p.jpg", what->title);
    }
  cs_listing_freeze (listing);

  return g_steal_pointer (&listing);
}

gint64
cs_sync_test_sign_for (CsStore        *store,
                       CsAccount      *account,
                       const char     *adapter,
                       gint64          id,
                       const CsSigned *what)
{
  g_autoptr (CsListing) listing = cs_sync_test_make_listing (store, account, adapter, id, what);
  g_autoptr (GError) error = NULL;
  gint64 entry;

  entry = dex_await_int64 (cs_outbox_approve (store, id, listing, listing->hash, "terminal"), &error);
  g_assert_no_error (error);

  return entry;
}

CsOutboxEntry *
cs_sync_test_get (CsStore *store,
                  gint64   id)
{
  g_autoptr (GError) error = NULL;
  CsOutboxEntry *entry = dex_await_boxed (cs_outbox_get (store, id), &error);

  g_assert_no_error (error);

  return entry;
}

char *
cs_sync_test_dup_journal (CsStore *store,
                          gint64   entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = dex_await_boxed (cs_outbox_get_steps (store, entry), &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < steps->len; i++)
    {
      CsOutboxStep *step = steps->pdata[i];

      g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "", step->step, step->outcome);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

void
cs_sync_test_remove (const char *folder)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}
