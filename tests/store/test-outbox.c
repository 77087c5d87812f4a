/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>

#include "cs-store-private.h"
#include "cs-store-test.h"

/* What was signed goes out, and nothing else does. Each way around that we could
 * think of is tried: through our own connection (a slip in our SQL) and through
 * another client.
 */

static const char *const attacks[] = {
  /* Decisions */
  "UPDATE decision SET value = 'other'",
  "UPDATE OR REPLACE decision SET id = id + 1",
  "DELETE FROM decision",
  "DELETE FROM decision WHERE id = 1",
  "INSERT INTO decision (id, item, product, photo, field, verdict, press, face, made_at)"
  "  VALUES (1, 1, 1, 0, 'title', 'edit', 1, 'window', 1)",
  "INSERT OR REPLACE INTO decision (id, item, product, photo, field, verdict, press, face, made_at)"
  "  VALUES (1, 1, 1, 0, 'title', 'edit', 1, 'window', 1)",
  "REPLACE INTO decision (id, item, product, photo, field, verdict, press, face, made_at)"
  "  VALUES (1, 1, 1, 0, 'title', 'edit', 1, 'window', 1)",
  "INSERT INTO decision (id, item, product, photo, field, verdict, press, face, made_at)"
  "  VALUES (1, 1, 1, 0, 'title', 'edit', 1, 'window', 1) ON CONFLICT (id) DO UPDATE SET value = 'other'",
  /* One undo takes a decision back; a second one must not remove the first */
  "INSERT OR REPLACE INTO decision (item, product, photo, field, verdict, undoes, press, face, made_at)"
  "  SELECT item, product, photo, field, 'undo', undoes, 9, 'window', 1 FROM decision WHERE undoes IS NOT NULL",
  /* Payloads */
  "UPDATE payload SET bytes = CAST ('{}' AS BLOB)",
  "DELETE FROM payload",
  "INSERT INTO payload VALUES ('0000', CAST ('{}' AS BLOB))",
  "INSERT OR REPLACE INTO payload SELECT hash, CAST ('{}' AS BLOB) FROM payload",
  "INSERT OR REPLACE INTO payload SELECT hash, bytes FROM payload",
  /* Approvals */
  "INSERT INTO approval (product, account, payload, revision, face, made_at)"
  "  SELECT product, account, payload, revision, 'window', 1 FROM approval",
  "INSERT OR REPLACE INTO approval SELECT * FROM approval",
  "UPDATE approval SET product = product",
  "UPDATE approval SET payload = (SELECT max (hash) FROM payload)",
  "DELETE FROM approval",
  /* What voids them */
  "DELETE FROM approval_void",
  "UPDATE approval_void SET reason = 'never mind'",
  "UPDATE approval_void SET approval = approval + 100",
  "INSERT OR REPLACE INTO approval_void SELECT approval, 'again', 1 FROM approval_void",
  /* The outbox */
  "INSERT INTO outbox (approval, account, product, payload, operation, state, changed_at)"
  "  SELECT id, account, product, payload, 'create', 'ready', 1 FROM approval",
  "INSERT INTO outbox (approval, account, product, payload, operation, state, changed_at)"
  "  SELECT 999, account, product, payload, 'create', 'ready', 1 FROM approval LIMIT 1",
  "INSERT OR REPLACE INTO outbox (approval, account, product, payload, operation, state, changed_at)"
  "  SELECT id, account, product, payload, 'create', 'ready', 1 FROM approval",
  "UPDATE outbox SET payload = (SELECT max (hash) FROM payload WHERE hash <> outbox.payload)",
  "UPDATE outbox SET approval = approval + 1 WHERE id = 1",
  "UPDATE outbox SET product = product + 1",
  "UPDATE outbox SET account = account + 1",
  "UPDATE outbox SET operation = 'withdraw'",
  "UPDATE OR REPLACE outbox SET id = 77 WHERE id = 1",
  "DELETE FROM outbox",
  /* Its journal */
  "UPDATE outbox_step SET outcome = 'done', ended_at = 1 WHERE outcome IS NOT NULL",
  "UPDATE outbox_step SET outcome = NULL, ended_at = 0",
  "UPDATE outbox_step SET body = 'other'",
  "UPDATE outbox_step SET entry = 1, outcome = 'done', ended_at = 1, step = 'other' WHERE outcome IS NULL",
  "DELETE FROM outbox_step",
  "INSERT OR REPLACE INTO outbox_step (id, entry, step, begun_at) SELECT id, entry, 'other', 1 FROM outbox_step",
  "INSERT INTO outbox_step (entry, step, begun_at, outcome, ended_at) VALUES (1, 'create', 1, 'done', 1)",
  /* What it all hangs on */
  "DELETE FROM product",
  "DELETE FROM photo",
  "UPDATE photo SET hash = '0000'",
  "INSERT OR REPLACE INTO photo (id, hash, width, height, taken_at, likeness) SELECT id, hash, 1, 1, 1, 1 FROM photo",
  "UPDATE suggestion SET text = 'other'",
};

/* These are harmless in themselves; another client has no business with them */
static const char *const foreign_attacks[] = {
  "INSERT INTO decision (item, product, photo, field, verdict, value, press, face, made_at)"
  "  SELECT item, product, photo, field, 'edit', 'Bought!', 99, 'window', 1 FROM decision LIMIT 1",
  "INSERT INTO approval_void SELECT id, 'edited', 1 FROM approval WHERE id NOT IN (SELECT approval FROM approval_void)",
  "UPDATE outbox SET state = 'ready'",
  "UPDATE outbox SET state = 'done'",
  "INSERT INTO outbox_step (entry, step, begun_at) VALUES (1, 'create', 1)",
  "UPDATE outbox_step SET outcome = 'done', ended_at = 1 WHERE outcome IS NULL",
};

static DexFuture *
run_attack (CsDb    *db,
            gpointer sql)
{
  g_autoptr (GError) error = NULL;

  return cs_store_settle (cs_db_exec (db, sql, &error), &error);
}

/* A library with a voided and a standing approval, steps with and without an
 * outcome, and a decision that was taken back. Returns the standing entry.
 */
static gint64
fill (CsStore *store)
{
  gint64 product = cs_test_make_ready (store, "Basket");
  gint64 entry = cs_test_approve (store, product, "Basket");
  gint64 step;
  g_autoptr (GPtrArray) undone = NULL;

  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_EDIT, "Other"));
  undone = cs_test_boxed (cs_decisions_undo (store, "window"));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_VOIDED);

  entry = cs_test_approve (store, product, "Basket of bamboo");
  step = cs_test_int64 (cs_outbox_begin_step (store, entry, "look-up", NULL));
  cs_test_true (cs_outbox_end_step (store, step, "not-found", NULL));
  cs_test_int64 (cs_outbox_begin_step (store, entry, "create", "abcd"));

  return entry;
}

static char *
dup_dump (CsTestLibrary *library)
{
  static const char *const tables[] = {
    "decision", "payload", "approval", "approval_void", "outbox", "outbox_step", "photo", "suggestion",
  };
  g_autofree char *path = cs_test_library_dup_path (library, "library.db");
  g_autoptr (GString) dump = g_string_new (NULL);
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", tables[i]);
      sqlite3_stmt *stmt;

      g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &stmt, NULL), ==, SQLITE_OK);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        {
          for (int column = 0; column < sqlite3_column_count (stmt); column++)
            g_string_append_printf (dump, "%s|", (const char *) sqlite3_column_text (stmt, column));
          g_string_append_c (dump, '\n');
        }
      sqlite3_finalize (stmt);
    }
  sqlite3_close (handle);

  return g_strdup (dump->str);
}

static void
test_own_connection (void)
{
  CS_TEST_LIBRARY (library);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fill (library.store);
  before = dup_dump (&library);
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_test_message ("%s", attacks[i]);
      cs_test_fails (cs_store_write (library.store, run_attack, (gpointer) attacks[i], NULL));
    }
  after = dup_dump (&library);
  g_assert_cmpstr (before, ==, after);
}

static void
run_foreign (sqlite3    *handle,
             const char *sql)
{
  g_test_message ("%s", sql);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), !=, SQLITE_OK);
}

/* With every setting that might let a trigger be passed by */
static void
test_other_client (void)
{
  static const char *const settings[] = {
    "PRAGMA recursive_triggers = ON",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA trusted_schema = ON",
  };
  CS_TEST_LIBRARY (library);
  g_autofree char *path = cs_test_library_dup_path (&library, "library.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  sqlite3 *handle;

  fill (library.store);
  before = dup_dump (&library);
  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_assert_cmpint (sqlite3_exec (handle, settings[i], NULL, NULL, NULL), ==, SQLITE_OK);
      for (guint j = 0; j < G_N_ELEMENTS (attacks); j++)
        run_foreign (handle, attacks[j]);
      for (guint j = 0; j < G_N_ELEMENTS (foreign_attacks); j++)
        run_foreign (handle, foreign_attacks[j]);
    }
  sqlite3_close (handle);
  after = dup_dump (&library);
  g_assert_cmpstr (before, ==, after);
}

static void
run_owner (CsTestLibrary *library,
           const char    *sql)
{
  g_autofree char *path = cs_test_library_dup_path (library, "library.db");
  g_autofree char *message = NULL;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  if (sqlite3_exec (handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
  sqlite3_close (handle);
}

/* Whoever owns the file can drop a trigger; the release believes none */
static void
test_tampered_payload (void)
{
  CS_TEST_LIBRARY (library);
  gint64 entry = cs_test_approve (library.store, cs_test_make_ready (library.store, "Basket"), "Basket");
  g_autoptr (CsListing) listing = NULL;

  run_owner (&library, "DROP TRIGGER payload_same;"
                       "UPDATE payload SET bytes = CAST (replace (CAST (bytes AS TEXT), 'Basket', 'Casket') AS BLOB)");
  cs_test_rejects (cs_outbox_release (library.store, entry), CS_ERROR, CS_ERROR_NOT_SIGNED);
  g_assert_cmpint (cs_test_get_outbox_state (library.store, entry), ==, CS_OUTBOX_READY);
  cs_test_rejects (cs_store_check (library.store), CS_ERROR, CS_ERROR_CORRUPT);

  /* And as it was it is released again */
  run_owner (&library, "UPDATE payload SET bytes = CAST (replace (CAST (bytes AS TEXT), 'Casket', 'Basket') AS BLOB)");
  listing = cs_test_boxed (cs_outbox_release (library.store, entry));
  g_assert_cmpstr (listing->title, ==, "Basket");
}

static void
test_tampered_outbox (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   first = cs_test_approve (store, cs_test_make_ready (store, "Basket"), "Basket");
  gint64   second = cs_test_approve (store, cs_test_make_ready (store, "Mug"), "Mug");
  g_autoptr (CsAccount) account = cs_account_new ();
  g_autofree char *sql = NULL;

  account->channel = g_strdup ("practice");
  account->name = g_strdup ("Another");
  account->id = cs_test_int64 (cs_accounts_put (store, account));

  /* The payload of another approval */
  sql = g_strdup_printf ("DROP TRIGGER outbox_same;"
                         "UPDATE outbox SET payload = (SELECT payload FROM outbox WHERE id = %d) WHERE id = %d",
                         (int) second, (int) first);
  run_owner (&library, sql);
  cs_test_rejects (cs_outbox_release (store, first), CS_ERROR, CS_ERROR_NOT_SIGNED);

  /* An approval for another account, with everything else in order */
  run_owner (&library, "UPDATE outbox SET payload = (SELECT payload FROM approval WHERE id = outbox.approval)");
  g_free (sql);
  sql = g_strdup_printf ("DROP TRIGGER approval_same; UPDATE approval SET account = %d; UPDATE outbox SET account = %d",
                         (int) account->id, (int) account->id);
  run_owner (&library, sql);
  cs_test_rejects (cs_outbox_release (store, first), CS_ERROR, CS_ERROR_NOT_SIGNED);
}

static void
test_approve (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_ready (store, "Basket");
  g_autoptr (CsListing) listing = cs_test_make_listing (store, product, "Basket");
  g_autoptr (CsListing) other = cs_test_make_listing (store, product, "Casket");
  g_autoptr (CsListing) released = NULL;
  g_autoptr (CsListing) stored = NULL;
  g_autofree char *none = cs_test_string (cs_outbox_get_approved (store, product, 1));
  g_autofree char *approved = NULL;
  gint64 entry;

  g_assert_null (none);

  /* What was shown is not what would be signed */
  cs_test_rejects (cs_outbox_approve (store, product, listing, other->hash, "window"), CS_ERROR, CS_ERROR_STALE);
  g_set_str (&other->hash, listing->hash);
  cs_test_rejects (cs_outbox_approve (store, product, other, listing->hash, "window"), CS_ERROR, CS_ERROR_STALE);
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_READY);

  entry = cs_test_int64 (cs_outbox_approve (store, product, listing, listing->hash, "window"));
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_APPROVED);
  approved = cs_test_string (cs_outbox_get_approved (store, product, 1));
  g_assert_cmpstr (approved, ==, listing->hash);
  stored = cs_test_boxed (cs_outbox_get_payload (store, listing->hash));
  g_assert_cmpstr (stored->title, ==, "Basket");

  released = cs_test_boxed (cs_outbox_release (store, entry));
  g_assert_true (g_bytes_equal (released->bytes, listing->bytes));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_SENDING);

  cs_test_true (cs_outbox_settle (store, entry, CS_OUTBOX_DONE, "7", "http://127.0.0.1/7", NULL, 0));
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_PUBLISHED);

  /* Done is done */
  cs_test_rejects (cs_outbox_release (store, entry), CS_ERROR, CS_ERROR_NOT_SIGNED);
  cs_test_rejects (cs_outbox_release (store, 99), CS_ERROR, CS_ERROR_NOT_SIGNED);
}

static void
test_edit_voids (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_ready (store, "Basket");
  gint64   entry = cs_test_approve (store, product, "Basket");
  g_autoptr (CsProduct) loaded = cs_test_boxed (cs_products_get (store, product));
  g_autofree char *none = NULL;
  g_autoptr (CsOutboxEntry) voided = NULL;

  cs_test_true (cs_products_set (store, product, CS_FIELD_PRICE, "12.50"));
  voided = cs_test_boxed (cs_outbox_get (store, entry));
  g_assert_cmpint (voided->state, ==, CS_OUTBOX_VOIDED);
  g_assert_nonnull (voided->message);
  none = cs_test_string (cs_outbox_get_approved (store, product, 1));
  g_assert_null (none);
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_READY);
  cs_test_rejects (cs_outbox_release (store, entry), CS_ERROR, CS_ERROR_NOT_SIGNED);
  cs_test_rejects (cs_outbox_retry (store, entry), CS_ERROR, CS_ERROR_NOT_SIGNED);

  /* Setting what is there already is no edit */
  entry = cs_test_approve (store, product, "Basket");
  g_assert_false (dex_await_boolean (cs_products_set (store, product, CS_FIELD_PRICE, "12.50"), NULL));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_READY);

  /* Each of the other edits */
  cs_test_true (cs_products_move_photo (store, ((CsPhoto *) loaded->photos->pdata[0])->id, product, 0));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_VOIDED);
  entry = cs_test_approve (store, product, "Basket");
  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_EDIT, "Mine"));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_VOIDED);
  entry = cs_test_approve (store, product, "Basket");
  g_clear_pointer (&loaded, cs_product_unref);
  loaded = cs_test_boxed (cs_products_get (store, product));
  cs_test_true (cs_products_set_variants (store, product, loaded->variants));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_VOIDED);
  entry = cs_test_approve (store, product, "Basket");
  cs_test_true (cs_products_merge (store, cs_test_make_product (store, 1), &product, 1));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_VOIDED);
}

/* It has begun to go out: its state stays, and the next step is refused */
static void
test_edit_while_sending (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_ready (store, "Basket");
  gint64   entry = cs_test_approve (store, product, "Basket");
  g_autoptr (CsListing) listing = cs_test_boxed (cs_outbox_release (store, entry));
  gint64   step = cs_test_int64 (cs_outbox_begin_step (store, entry, "create", NULL));

  cs_test_true (cs_products_set (store, product, CS_FIELD_NOTE, "round"));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_SENDING);
  cs_test_true (cs_outbox_end_step (store, step, "done", "{\"remote_id\":\"7\"}"));
  cs_test_rejects (cs_outbox_release (store, entry), CS_ERROR, CS_ERROR_NOT_SIGNED);
  cs_test_rejects (cs_outbox_begin_step (store, entry, "publish", NULL), CS_ERROR, CS_ERROR_NOT_SIGNED);

  /* Looking is always allowed */
  cs_test_int64 (cs_outbox_begin_step (store, entry, "look-up", NULL));

  /* A second approval waits for the first to be settled */
  g_clear_pointer (&listing, cs_listing_unref);
  listing = cs_test_make_listing (store, product, "Round basket");
  cs_test_rejects (cs_outbox_approve (store, product, listing, listing->hash, "window"), CS_ERROR, CS_ERROR_CONFLICT);
  cs_test_true (cs_outbox_settle (store, entry, CS_OUTBOX_CONFLICT, "7", NULL, "It is there half-way.", 0));
  cs_test_int64 (cs_outbox_approve (store, product, listing, listing->hash, "window"));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_VOIDED);
}

static void
test_void_under_the_sender (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_ready (store, "Basket");
  gint64   entry = cs_test_approve (store, product, "Basket");
  g_autoptr (CsListing) listing = cs_test_boxed (cs_outbox_release (store, entry));

  cs_test_true (cs_products_set (store, product, CS_FIELD_NOTE, "round"));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_VOIDED);
  cs_test_rejects (cs_outbox_begin_step (store, entry, "create", NULL), CS_ERROR, CS_ERROR_NOT_SIGNED);
  cs_test_true (cs_outbox_settle (store, entry, CS_OUTBOX_WAITING, NULL, NULL, "No network", 5));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_VOIDED);
}

static void
test_changed_after_publication (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_ready (store, "Basket");
  gint64   entry = cs_test_approve (store, product, "Basket");
  g_autoptr (CsListing) previous = NULL;
  g_autoptr (CsListing) withdrawal = NULL;
  gint64   second;

  cs_test_true (cs_outbox_settle (store, entry, CS_OUTBOX_DONE, "7", NULL, NULL, 0));
  cs_test_rejects (cs_outbox_get_previous (store, entry), CS_ERROR, CS_ERROR_NOT_FOUND);
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_PUBLISHED);
  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_EDIT, "Round basket"));
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_READY);
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_DONE);

  second = cs_test_approve (store, product, "Round basket");
  cs_test_true (cs_outbox_settle (store, second, CS_OUTBOX_FAILED, NULL, NULL, "The title is too short.", 0));
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_FAILED);
  cs_test_true (cs_outbox_retry (store, second));
  g_assert_cmpint (cs_test_get_outbox_state (store, second), ==, CS_OUTBOX_READY);
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_APPROVED);
  cs_test_true (cs_outbox_settle (store, second, CS_OUTBOX_DONE, NULL, NULL, NULL, 0));
  previous = cs_test_boxed (cs_outbox_get_previous (store, second));
  g_assert_cmpstr (previous->title, ==, "Basket");

  /* Withdrawn, it is no longer there */
  withdrawal = cs_test_make_listing (store, product, "Round basket");
  withdrawal->operation = CS_OPERATION_WITHDRAW;
  withdrawal->remote_id = g_strdup ("7");
  cs_listing_freeze (withdrawal);
  second = cs_test_int64 (cs_outbox_approve (store, product, withdrawal, withdrawal->hash, "terminal"));
  cs_test_true (cs_outbox_settle (store, second, CS_OUTBOX_DONE, NULL, NULL, NULL, 0));
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_READY);
}

static void
test_steps (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   entry = cs_test_approve (store, cs_test_make_ready (store, "Basket"), "Basket");
  gint64   step = cs_test_int64 (cs_outbox_begin_step (store, entry, "create", "abcd"));
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GPtrArray) open = NULL;
  CsOutboxStep *first;

  cs_test_true (cs_outbox_end_step (store, step, "unknown", NULL));
  cs_test_rejects (cs_outbox_end_step (store, step, "done", NULL), CS_ERROR, CS_ERROR_CONFLICT);
  steps = cs_test_boxed (cs_outbox_get_steps (store, entry));
  first = steps->pdata[0];
  g_assert_cmpstr (first->step, ==, "create");
  g_assert_cmpstr (first->body, ==, "abcd");
  g_assert_cmpstr (first->outcome, ==, "unknown");
  g_assert_cmpint (first->ended_at, >=, first->begun_at);

  /* Unknown is looked up before anything else */
  cs_test_true (cs_outbox_settle (store, entry, CS_OUTBOX_CONFLICT, NULL, NULL, "Which one is it?", 0));
  cs_test_true (cs_outbox_retry (store, entry));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_UNKNOWN);
  step = cs_test_int64 (cs_outbox_begin_step (store, entry, "look-up", NULL));
  cs_test_true (cs_outbox_end_step (store, step, "not-found", NULL));
  cs_test_true (cs_outbox_settle (store, entry, CS_OUTBOX_WAITING, NULL, NULL, "Later", 60));
  cs_test_true (cs_outbox_retry (store, entry));
  g_assert_cmpint (cs_test_get_outbox_state (store, entry), ==, CS_OUTBOX_READY);

  open = cs_test_boxed (cs_outbox_list (store, 0, TRUE));
  g_assert_cmpint (open->len, ==, 1);
  g_assert_cmpstr (((CsOutboxEntry *) open->pdata[0])->title, ==, "Basket");
  cs_test_true (cs_outbox_settle (store, entry, CS_OUTBOX_DONE, NULL, NULL, NULL, 0));
  g_clear_pointer (&open, g_ptr_array_unref);
  open = cs_test_boxed (cs_outbox_list (store, 1, TRUE));
  g_assert_cmpint (open->len, ==, 0);
}

/* No future of this folder but cs_outbox_approve() makes an approval: what an
 * engine suggests, however it is worded, stays a suggestion
 */
static void
test_only_approve_approves (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (GPtrArray) entries = NULL;

  cs_test_suggest (store, product, "a",
                   cs_test_make_suggestion (product, CS_FIELD_TITLE, 1, "'); INSERT INTO approval DEFAULT VALUES; --"), NULL);
  cs_test_true (cs_store_set_setting (store, "auto-approve", "true"));
  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_ACCEPT, NULL));
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_READY);
  entries = cs_test_boxed (cs_outbox_list (store, 0, FALSE));
  g_assert_cmpint (entries->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/outbox/own-connection", test_own_connection);
  cs_test_add_fiber ("/outbox/other-client", test_other_client);
  cs_test_add_fiber ("/outbox/tampered-payload", test_tampered_payload);
  cs_test_add_fiber ("/outbox/tampered-outbox", test_tampered_outbox);
  cs_test_add_fiber ("/outbox/approve", test_approve);
  cs_test_add_fiber ("/outbox/edit-voids", test_edit_voids);
  cs_test_add_fiber ("/outbox/edit-while-sending", test_edit_while_sending);
  cs_test_add_fiber ("/outbox/void-under-the-sender", test_void_under_the_sender);
  cs_test_add_fiber ("/outbox/changed-after-publication", test_changed_after_publication);
  cs_test_add_fiber ("/outbox/steps", test_steps);
  cs_test_add_fiber ("/outbox/only-approve-approves", test_only_approve_approves);

  return g_test_run ();
}
