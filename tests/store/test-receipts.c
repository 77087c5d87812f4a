/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "cs-cutouts.h"
#include "cs-db.h"
#include "cs-schema.h"
#include "cs-store-private.h"
#include "cs-store-test.h"

/* Suggested pictures with what was measured of them, and how a library of before
 * comes to have them.
 */

static gint64
get_photo (CsStore *store,
           gint64   product)
{
  g_autoptr (CsProduct) loaded = cs_test_boxed (cs_products_get (store, product));

  return ((CsPhoto *) loaded->photos->pdata[0])->id;
}

static CsSuggestion *
make_picture (CsStore    *store,
              gint64      product,
              const char *name,
              gboolean    abstains)
{
  CsSuggestion *suggestion = cs_suggestion_new ();

  suggestion->product = product;
  suggestion->photo = get_photo (store, product);
  suggestion->field = CS_FIELD_PICTURE;
  suggestion->engine = g_strdup ("picture");
  suggestion->variant = 1;
  suggestion->text = g_strdup ("Straightened");
  suggestion->picture = cs_hash_data (name, strlen (name));
  suggestion->settings = g_strdup_printf ("{\"name\":\"%s\"}", name);
  suggestion->receipt = cs_test_make_receipt (suggestion->picture, TRUE);
  suggestion->mask = cs_hash_data ("mask", 4);
  suggestion->abstains = abstains;
  cs_suggestion_seal (suggestion);

  return suggestion;
}

static void
put_picture (CsStore      *store,
             CsSuggestion *suggestion)
{
  g_autoptr (GPtrArray) suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);

  g_ptr_array_add (suggestions, suggestion);
  cs_test_true (cs_suggestions_put (store, suggestion->product, cs_test_get_facts (store, suggestion->product),
                                    "picture", "input", suggestions));
}

static GArray *
get_queue (CsStore *store)
{
  CsProductQuery query = { NULL, 1u << CS_STAGE_REVIEW, CS_ORDER_REVIEW };

  return cs_test_boxed (cs_products_list (store, &query));
}

static void
assert_queue (CsStore *store,
              gint64   first,
              gint64   second,
              gint64   third)
{
  g_autoptr (GArray) ids = get_queue (store);

  g_assert_cmpuint (ids->len, ==, 3);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, first);
  g_assert_cmpint (g_array_index (ids, gint64, 1), ==, second);
  g_assert_cmpint (g_array_index (ids, gint64, 2), ==, third);
}

/* All of it comes back as it went in, and none of it can be changed after */
static void
test_kept (void)
{
  CS_TEST_LIBRARY (library);
  gint64 product = cs_test_make_product (library.store, 1);
  g_autoptr (CsSuggestion) made = make_picture (library.store, product, "a", TRUE);
  g_autoptr (CsItem) item = NULL;
  g_autoptr (CsDb) db = NULL;
  g_autofree char *path = cs_test_library_dup_path (&library, "library.db");
  CsSuggestion    *kept;
  const char      *members[] = { "receipt = '{}'", "receipt = NULL", "mask = 'another'", "abstains = 0", "picture = 'x'" };

  put_picture (library.store, cs_suggestion_ref (made));
  cs_test_library_reopen (&library);
  item = cs_test_get_item (library.store, product, CS_FIELD_PICTURE);
  kept = item->suggestions->pdata[0];
  g_assert_cmpstr (kept->receipt, ==, made->receipt);
  g_assert_cmpstr (kept->mask, ==, made->mask);
  g_assert_cmpstr (kept->settings, ==, made->settings);
  g_assert_true (kept->abstains);
  g_assert_cmpstr (kept->hash, ==, made->hash);

  /* What was read is what was sealed */
  cs_suggestion_seal (kept);
  g_assert_cmpstr (kept->hash, ==, made->hash);

  cs_test_library_close (&library);
  db = cs_db_open (path, CS_DB_WRITE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE suggestion SET %s", members[i]);

      g_assert_false (cs_db_exec (db, sql, NULL));
    }
}

/* What nobody could be sure of comes first, until it is put off or decided, and
 * again after undo and after a restart
 */
static void
test_look_first (void)
{
  CS_TEST_LIBRARY (library);
  gint64 sure = cs_test_make_product (library.store, 1);
  gint64 unsure = cs_test_make_product (library.store, 1);
  gint64 last = cs_test_make_product (library.store, 1);
  g_autoptr (GPtrArray) undone = NULL;

  put_picture (library.store, make_picture (library.store, sure, "a", FALSE));
  put_picture (library.store, make_picture (library.store, unsure, "b", TRUE));
  put_picture (library.store, make_picture (library.store, last, "c", FALSE));
  cs_test_suggest (library.store, unsure, "input",
                   cs_test_make_suggestion (unsure, CS_FIELD_TITLE, 1, "Bamboo basket"), NULL);
  assert_queue (library.store, unsure, sure, last);
  cs_test_library_reopen (&library);
  assert_queue (library.store, unsure, sure, last);

  cs_test_true (cs_test_decide (library.store, unsure, CS_FIELD_PICTURE, CS_VERDICT_REJECT, NULL));
  assert_queue (library.store, sure, unsure, last);
  undone = cs_test_boxed (cs_decisions_undo (library.store, "window"));
  assert_queue (library.store, unsure, sure, last);

  cs_test_true (cs_test_decide (library.store, unsure, CS_FIELD_PICTURE, CS_VERDICT_LATER, NULL));
  assert_queue (library.store, sure, unsure, last);
  cs_test_true (cs_test_decide (library.store, unsure, CS_FIELD_TITLE, CS_VERDICT_LATER, NULL));
  assert_queue (library.store, sure, last, unsure);

  /* Made anew with a mask that a person brushed */
  put_picture (library.store, make_picture (library.store, last, "d", TRUE));
  assert_queue (library.store, last, sure, unsure);
  put_picture (library.store, make_picture (library.store, last, "e", FALSE));
  assert_queue (library.store, sure, last, unsure);
}

static void
test_cutouts (void)
{
  CS_TEST_LIBRARY (library);
  g_autoptr (CsKeptCutout) cutout = cs_kept_cutout_new ();
  g_autoptr (CsKeptCutout) other = cs_kept_cutout_new ();
  g_autoptr (CsKeptCutout) found = NULL;

  cutout->photo = g_strdup ("photo");
  cutout->network = g_strdup ("u2netp");
  cutout->mask = g_strdup ("mask");
  cutout->sentence = g_strdup ("Nothing was found.");
  other->photo = g_strdup ("photo");
  other->network = g_strdup ("another");
  other->mask = g_strdup ("other");
  other->sure = TRUE;

  cs_test_rejects (cs_cutouts_get (library.store, "photo", "u2netp"), CS_ERROR, CS_ERROR_NOT_FOUND);
  cs_test_true (cs_cutouts_put (library.store, cutout));
  cs_test_true (cs_cutouts_put (library.store, other));
  cs_test_library_reopen (&library);
  found = cs_test_boxed (cs_cutouts_get (library.store, "photo", "u2netp"));
  g_assert_cmpstr (found->mask, ==, "mask");
  g_assert_cmpstr (found->sentence, ==, "Nothing was found.");
  g_assert_false (found->sure);
  g_clear_pointer (&found, cs_kept_cutout_unref);
  found = cs_test_boxed (cs_cutouts_get (library.store, "photo", "another"));
  g_assert_cmpstr (found->mask, ==, "other");
  g_assert_null (found->sentence);
  g_assert_true (found->sure);
  g_clear_pointer (&found, cs_kept_cutout_unref);

  /* Found anew */
  g_set_str (&other->network, "u2netp");
  cs_test_true (cs_cutouts_put (library.store, other));
  found = cs_test_boxed (cs_cutouts_get (library.store, "photo", "u2netp"));
  g_assert_cmpstr (found->mask, ==, "other");
  g_assert_true (found->sure);
}

static void
test_last_settings (void)
{
  CS_TEST_LIBRARY (library);
  gint64 first = cs_test_make_product (library.store, 1);
  gint64 second = cs_test_make_product (library.store, 1);
  g_autofree char *none = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) undone = NULL;

  put_picture (library.store, make_picture (library.store, first, "a", FALSE));
  put_picture (library.store, make_picture (library.store, second, "b", FALSE));
  none = cs_test_string (cs_decisions_get_last_picture_settings (library.store));
  g_assert_null (none);

  cs_test_true (cs_test_decide (library.store, second, CS_FIELD_PICTURE, CS_VERDICT_ACCEPT, NULL));
  cs_test_true (cs_test_decide (library.store, first, CS_FIELD_PICTURE, CS_VERDICT_ACCEPT, NULL));
  before = cs_test_string (cs_decisions_get_last_picture_settings (library.store));
  g_assert_cmpstr (before, ==, "{\"name\":\"a\"}");

  undone = cs_test_boxed (cs_decisions_undo (library.store, "window"));
  after = cs_test_string (cs_decisions_get_last_picture_settings (library.store));
  g_assert_cmpstr (after, ==, "{\"name\":\"b\"}");
}

/* The last line: a picture that changes its product is not accepted, whoever asks */
static void
test_refused (void)
{
  CS_TEST_LIBRARY (library);
  gint64 product = cs_test_make_product (library.store, 1);
  g_autofree char *other = cs_test_make_receipt ("another", TRUE);
  g_autofree char *path = cs_test_library_dup_path (&library, "library.db");
  const char *receipts[] = { NULL, "", "nonsense", "{}", "[true]", other };
  g_autoptr (CsDb) db = NULL;

  for (guint i = 0; i <= G_N_ELEMENTS (receipts); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      CsSuggestion    *suggestion = make_picture (library.store, product, name, FALSE);
      g_autofree char *outside = cs_test_make_receipt (suggestion->picture, FALSE);
      g_autofree char *sql = NULL;
      g_autoptr (GError) error = NULL;

      g_set_str (&suggestion->receipt, i < G_N_ELEMENTS (receipts) ? receipts[i] : outside);
      cs_suggestion_seal (suggestion);
      put_picture (library.store, suggestion);
      cs_test_rejects (cs_test_decide (library.store, product, CS_FIELD_PICTURE, CS_VERDICT_ACCEPT, NULL), CS_ERROR, CS_ERROR_REFUSED);
      g_assert_cmpint (cs_test_get_state (library.store, product, CS_FIELD_PICTURE), ==, CS_ITEM_PENDING);

      /* Nor by any other statement */
      cs_test_library_close (&library);
      db = cs_db_open (path, CS_DB_WRITE, NULL);
      sql = g_strdup_printf ("INSERT INTO decision (item, product, photo, field, verdict, suggestion, press, face, made_at)"
                             "  SELECT item, %" G_GINT64_FORMAT ", 1, 'picture', 'accept', id, 1, 'window', 1 FROM suggestion"
                             "  WHERE standing = 'current'", product);
      g_assert_false (cs_db_exec (db, sql, &error));
      g_clear_pointer (&db, cs_db_close);
      cs_test_library_reopen (&library);
      g_assert_cmpint (cs_test_get_state (library.store, product, CS_FIELD_PICTURE), ==, CS_ITEM_PENDING);
    }

  /* It can still be put off and rejected */
  cs_test_true (cs_test_decide (library.store, product, CS_FIELD_PICTURE, CS_VERDICT_LATER, NULL));
  cs_test_true (cs_test_decide (library.store, product, CS_FIELD_PICTURE, CS_VERDICT_REJECT, NULL));
  g_assert_cmpint (cs_test_get_state (library.store, product, CS_FIELD_PICTURE), ==, CS_ITEM_KEPT);

  put_picture (library.store, make_picture (library.store, product, "true", FALSE));
  cs_test_true (cs_test_decide (library.store, product, CS_FIELD_PICTURE, CS_VERDICT_LATER, NULL));
}

/* Versions of before knew step 1 only, and wrote these rows into it */
static const char old_rows[] =
  "INSERT INTO product (id, key, made_at, changed_at) VALUES (1, 'cs-1', 1, 1), (2, 'cs-2', 2, 2);"
  "INSERT INTO photo (id, product, position, hash, name, mime, width, height, taken_at, likeness) VALUES"
  "  (1, 1, 0, 'photo-1', 'one.jpg', 'image/jpeg', 4000, 3000, 0, 1), (2, 2, 0, 'photo-2', 'two.jpg', 'image/jpeg', 4000, 3000, 0, 2);"
  "INSERT INTO engine VALUES ('text'), ('picture');"
  "INSERT INTO item (id, product, photo, field, state) VALUES (1, 1, 1, 'picture', 'pending'), (2, 2, 2, 'picture', 'pending');"
  "INSERT INTO suggestion (id, item, engine, variant, is_question, text, language, evidence, remarks,"
  "    picture, settings, hash, input, made_at, standing) VALUES"
  "  (1, 1, 'picture', 1, 0, 'Straightened', NULL, NULL, '[\"Straightened\"]', 'blob-1', '{}', 'hash-1', 'i', 7, 'current'),"
  "  (2, 2, 'picture', 1, 0, 'Brighter', NULL, NULL, NULL, 'blob-2', NULL, 'hash-2', 'i', 8, 'current');"
  "INSERT INTO decision (item, product, photo, field, verdict, suggestion, shown, value, press, face, made_at)"
  "  VALUES (2, 2, 2, 'picture', 'accept', 2, 'hash-2', 'blob-2', 1, 'window', 9);"
  "UPDATE item SET state = 'accepted', decision = 1 WHERE id = 2;"
  "UPDATE product SET stage = 1, queue = 0, n_pending = 1 WHERE id = 1;"
  "UPDATE product SET stage = 3, queue = 2 WHERE id = 2;"
  "INSERT INTO engine_run SELECT id, 'text', 'i', facts, 7 FROM product;"
  "INSERT INTO engine_run SELECT id, 'picture', 'i', facts, 7 FROM product;"
  "UPDATE product SET seen = 2;";

static void
make_old_library (CsTestLibrary *library)
{
  const char *const steps[] = { cs_schema_steps[0], NULL };
  g_autofree char  *path = cs_test_library_dup_path (library, "library.db");
  g_autofree char  *log = g_strconcat (path, "-wal", NULL);
  g_autofree char  *index = g_strconcat (path, "-shm", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDb) db = NULL;

  cs_test_library_close (library);
  g_remove (path);
  g_remove (log);
  g_remove (index);
  library->store = cs_store_open_with_steps (library->folder, CS_STORE_WRITE, steps, &error);
  g_assert_no_error (error);
  cs_test_library_close (library);

  db = cs_db_open (path, CS_DB_WRITE, &error);
  g_assert_no_error (error);
  cs_db_exec (db, old_rows, &error);
  g_assert_no_error (error);
}

/* A step that was released is never changed */
static void
test_first_step (void)
{
  g_autofree char *hash = cs_hash_data (cs_schema_steps[0], strlen (cs_schema_steps[0]));

  g_assert_cmpstr (hash, ==, "34abfbabd24a69be2654157dc3af0eb6ddcbf60d7508b9c3397c64bcfee5ad79");
}

static void
test_migrated (void)
{
  CS_TEST_LIBRARY (library);
  g_autoptr (CsItem) pending = NULL;
  g_autoptr (CsItem) accepted = NULL;
  g_autoptr (GArray) unsuggested = NULL;
  g_autoptr (GArray) queue = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *input = NULL;
  g_autofree char *text = NULL;
  CsSuggestion    *old;

  make_old_library (&library);
  cs_test_library_reopen (&library);
  cs_test_true (cs_store_check (library.store));

  pending = cs_test_get_item (library.store, 1, CS_FIELD_PICTURE);
  old = pending->suggestions->pdata[0];
  g_assert_cmpint (pending->state, ==, CS_ITEM_PENDING);
  g_assert_cmpstr (old->picture, ==, "blob-1");
  g_assert_cmpstr (old->remarks[0], ==, "Straightened");
  g_assert_null (old->receipt);
  g_assert_null (old->mask);
  g_assert_false (old->abstains);

  /* What was decided stays decided */
  accepted = cs_test_get_item (library.store, 2, CS_FIELD_PICTURE);
  g_assert_cmpint (accepted->state, ==, CS_ITEM_ACCEPTED);
  g_assert_cmpstr (accepted->value, ==, "blob-2");
  history = cs_test_boxed (cs_decisions_list (library.store, 2, 10));
  g_assert_cmpuint (history->len, ==, 1);
  queue = get_queue (library.store);
  g_assert_cmpuint (queue->len, ==, 1);

  /* The pictures, and they alone, are made anew */
  unsuggested = cs_test_boxed (cs_items_list_unsuggested (library.store));
  g_assert_cmpuint (unsuggested->len, ==, 2);
  input = cs_test_string (cs_suggestions_get_input (library.store, 1, "picture"));
  text = cs_test_string (cs_suggestions_get_input (library.store, 1, "text"));
  g_assert_null (input);
  g_assert_cmpstr (text, ==, "i");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/receipts/kept", test_kept);
  cs_test_add_fiber ("/receipts/look-first", test_look_first);
  cs_test_add_fiber ("/receipts/cutouts", test_cutouts);
  cs_test_add_fiber ("/receipts/last-settings", test_last_settings);
  cs_test_add_fiber ("/receipts/refused", test_refused);
  g_test_add_func ("/receipts/first-step", test_first_step);
  cs_test_add_fiber ("/receipts/migrated", test_migrated);

  return g_test_run ();
}
