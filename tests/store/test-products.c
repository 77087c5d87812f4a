/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-store-test.h"

static GArray *
list (CsStore    *store,
      const char *search,
      guint       stages,
      CsOrder     order)
{
  CsProductQuery query = { .search = search, .stages = stages, .order = order };

  return cs_test_boxed (cs_products_list (store, &query));
}

static guint
count (CsStore    *store,
       const char *search)
{
  g_autoptr (GArray) ids = list (store, search, 0, CS_ORDER_NEWEST);

  return ids->len;
}

#define ID(ids, i) g_array_index ((ids), gint64, (i))

static void
test_values (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   id = cs_test_make_product (store, 0);
  g_autoptr (CsProduct) product = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  CsProductRow *row;

  g_assert_true (dex_await_boolean (cs_products_set (store, id, CS_FIELD_NOTE, "手工竹编果篮 直径28cm 四川"), NULL));
  g_assert_false (dex_await_boolean (cs_products_set (store, id, CS_FIELD_NOTE, "手工竹编果篮 直径28cm 四川"), NULL));
  cs_test_true (cs_products_set (store, id, CS_FIELD_TITLE, "Basket"));
  cs_test_true (cs_products_set (store, id, CS_FIELD_SKU, "LX-0417"));
  cs_test_true (cs_products_set (store, id, CS_FIELD_PRICE, "12.50 EUR"));
  cs_test_true (cs_products_set (store, id, CS_FIELD_BRAND, "Li"));
  cs_test_true (cs_products_set (store, id, CS_FIELD_BRAND, ""));

  product = cs_test_boxed (cs_products_get (store, id));
  g_assert_cmpstr (product->values[CS_FIELD_NOTE], ==, "手工竹编果篮 直径28cm 四川");
  g_assert_null (product->values[CS_FIELD_BRAND]);
  g_assert_true (g_str_has_prefix (product->key, "CS-"));
  g_assert_cmpint (product->photos->len, ==, 0);

  rows = cs_test_boxed (cs_products_get_rows (store, &id, 1));
  row = rows->pdata[0];
  g_assert_cmpstr (row->title, ==, "Basket");
  g_assert_cmpstr (row->sku, ==, "LX-0417");
  g_assert_cmpstr (row->price, ==, "12.50 EUR");

  cs_test_rejects (cs_products_set (store, 99, CS_FIELD_NOTE, "x"), CS_ERROR, CS_ERROR_NOT_FOUND);
  cs_test_rejects (cs_products_get (store, 99), CS_ERROR, CS_ERROR_NOT_FOUND);
}

static void
test_variants (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   id = cs_test_make_product (store, 1);
  g_autoptr (GPtrArray) variants = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_variant_free);
  g_autoptr (CsProduct) product = NULL;
  g_autoptr (CsProduct) again = NULL;
  CsVariant *variant = cs_variant_new ();

  variant->options = g_strdup ("{\"size\":\"M\"}");
  variant->sku = g_strdup ("TS-M");
  variant->stock = 3;
  g_ptr_array_add (variants, variant);
  variant = cs_variant_new ();
  variant->options = g_strdup ("{\"size\":\"L\"}");
  g_ptr_array_add (variants, variant);
  cs_test_true (cs_products_set_variants (store, id, variants));

  product = cs_test_boxed (cs_products_get (store, id));
  g_assert_cmpint (product->variants->len, ==, 2);
  variant = product->variants->pdata[0];
  g_assert_cmpstr (variant->sku, ==, "TS-M");
  g_assert_cmpint (((CsVariant *) product->variants->pdata[1])->stock, ==, -1);
  g_assert_cmpint (cs_test_int64 (cs_products_find (store, "TS-M")), ==, id);

  /* An id stays with its variant */
  variant->stock = 2;
  cs_test_true (cs_products_set_variants (store, id, product->variants));
  again = cs_test_boxed (cs_products_get (store, id));
  g_assert_cmpint (((CsVariant *) again->variants->pdata[0])->id, ==, variant->id);
  g_assert_cmpint (((CsVariant *) again->variants->pdata[0])->stock, ==, 2);
}

static void
test_find (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   first = cs_test_make_product (store, 0);
  gint64   second = cs_test_make_product (store, 0);
  g_autoptr (CsProduct) product = cs_test_boxed (cs_products_get (store, second));
  g_autofree char *lower = g_ascii_strdown (product->key, -1);

  g_assert_cmpint (cs_test_int64 (cs_products_find (store, "1")), ==, first);
  g_assert_cmpint (cs_test_int64 (cs_products_find (store, product->key)), ==, second);
  g_assert_cmpint (cs_test_int64 (cs_products_find (store, lower)), ==, second);
  cs_test_true (cs_products_set (store, second, CS_FIELD_SKU, "1"));
  g_assert_cmpint (cs_test_int64 (cs_products_find (store, " 1 ")), ==, second);
  cs_test_rejects (cs_products_find (store, "nothing"), CS_ERROR, CS_ERROR_NOT_FOUND);
  cs_test_rejects (cs_products_find (store, "'; DROP TABLE product"), CS_ERROR, CS_ERROR_NOT_FOUND);
}

static void
test_search (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   basket = cs_test_make_product (store, 1);
  gint64   mug = cs_test_make_product (store, 1);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (CsProduct) product = cs_test_boxed (cs_products_get (store, basket));

  cs_test_true (cs_products_set (store, basket, CS_FIELD_NOTE, "手工竹编果篮 直径28cm"));
  cs_test_true (cs_products_set (store, basket, CS_FIELD_SKU, "LX-0417"));
  cs_test_suggest (store, mug, "a",
                   cs_test_make_suggestion (mug, CS_FIELD_TITLE, 1, "Stoneware mug"),
                   cs_test_make_suggestion (mug, CS_FIELD_TITLE, 2, "Mug of stoneware"), NULL);

  ids = list (store, "竹编", 0, CS_ORDER_NEWEST);
  g_assert_cmpint (ids->len, ==, 1);
  g_assert_cmpint (ID (ids, 0), ==, basket);
  g_assert_cmpint (count (store, "果"), ==, 1);
  g_assert_cmpint (count (store, "lx-04"), ==, 1);
  g_assert_cmpint (count (store, product->key), ==, 1);
  g_assert_cmpint (count (store, "stonew"), ==, 1);
  g_assert_cmpint (count (store, "stoneware basket"), ==, 0);
  g_assert_cmpint (count (store, ""), ==, 2);
  g_assert_cmpint (count (store, "\"*^:-()NEAR"), ==, 0);

  /* In a stage, and in the review's order */
  g_clear_pointer (&ids, g_array_unref);
  ids = list (store, "mug", 1u << CS_STAGE_REVIEW, CS_ORDER_REVIEW);
  g_assert_cmpint (ids->len, ==, 1);
  g_clear_pointer (&ids, g_array_unref);
  ids = list (store, "mug", 1u << CS_STAGE_READY, CS_ORDER_NEWEST);
  g_assert_cmpint (ids->len, ==, 0);

  /* What was decided is found, what is no longer said is not */
  cs_test_true (cs_test_decide (store, mug, CS_FIELD_TITLE, CS_VERDICT_EDIT, "Beaker"));
  g_assert_cmpint (count (store, "beaker"), ==, 1);
  cs_test_true (cs_products_set (store, basket, CS_FIELD_NOTE, "草编"));
  g_assert_cmpint (count (store, "竹编"), ==, 0);
  g_assert_cmpint (count (store, "草编"), ==, 1);
}

static void
test_orders (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   ids[4];
  g_autoptr (GArray) newest = NULL;
  g_autoptr (GArray) queue = NULL;
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) counts = NULL;

  for (guint i = 0; i < 4; i++)
    ids[i] = cs_test_make_product (store, 1);
  for (guint i = 0; i < 3; i++)
    cs_test_suggest (store, ids[i], "a", cs_test_make_suggestion (ids[i], CS_FIELD_TITLE, 1, "Mug"), NULL);
  cs_test_true (cs_test_decide (store, ids[0], CS_FIELD_TITLE, CS_VERDICT_LATER, NULL));

  newest = list (store, NULL, 0, CS_ORDER_NEWEST);
  g_assert_cmpint (newest->len, ==, 4);
  g_assert_cmpint (ID (newest, 0), ==, ids[3]);
  queue = list (store, NULL, 1u << CS_STAGE_REVIEW, CS_ORDER_REVIEW);
  g_assert_cmpint (queue->len, ==, 3);
  g_assert_cmpint (ID (queue, 0), ==, ids[1]);
  g_assert_cmpint (ID (queue, 1), ==, ids[2]);
  g_assert_cmpint (ID (queue, 2), ==, ids[0]);
  all = list (store, "mug", 0, CS_ORDER_REVIEW);
  g_assert_cmpint (ID (all, 2), ==, ids[0]);

  counts = cs_test_boxed (cs_products_count (store));
  g_assert_cmpint (counts->len, ==, CS_N_STAGES);
  g_assert_cmpint (g_array_index (counts, guint, CS_STAGE_REVIEW), ==, 3);
  g_assert_cmpint (g_array_index (counts, guint, CS_STAGE_NEW), ==, 1);

  cs_test_true (cs_products_archive (store, ids + 3, 1, TRUE));
  g_clear_pointer (&counts, g_array_unref);
  counts = cs_test_boxed (cs_products_count (store));
  g_assert_cmpint (g_array_index (counts, guint, CS_STAGE_NEW), ==, 0);
  g_assert_cmpint (count (store, NULL), ==, 3);
  g_assert_cmpint (count (store, "mug"), ==, 3);
  cs_test_true (cs_products_archive (store, ids + 3, 1, FALSE));
  g_assert_cmpint (count (store, NULL), ==, 4);
}

static void
test_rows (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   first = cs_test_make_product (store, 2);
  gint64   second = cs_test_make_product (store, 1);
  gint64   ids[] = { second, 99, first };
  g_autoptr (GPtrArray) rows = NULL;
  CsProductRow *row;

  cs_test_suggest (store, first, "a", cs_test_make_suggestion (first, CS_FIELD_TITLE, 1, "Mug"), NULL);
  rows = cs_test_boxed (cs_products_get_rows (store, ids, 3));
  g_assert_cmpint (rows->len, ==, 2);
  row = rows->pdata[0];
  g_assert_cmpint (row->id, ==, second);
  g_assert_true (g_str_has_prefix (row->title, "photo-"));
  g_assert_false (g_str_has_suffix (row->title, ".jpg"));
  row = rows->pdata[1];
  g_assert_cmpstr (row->title, ==, "Mug");
  g_assert_cmpint (row->n_photos, ==, 2);
  g_assert_cmpint (row->n_pending, ==, 1);
  g_assert_nonnull (row->thumbnail);

  cs_test_true (cs_test_decide (store, first, CS_FIELD_TITLE, CS_VERDICT_REJECT, NULL));
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = cs_test_boxed (cs_products_get_rows (store, &first, 1));
  row = rows->pdata[0];
  g_assert_cmpint (row->stage, ==, CS_STAGE_BLOCKED);
  g_assert_nonnull (row->message);
}

static gint64
get_photo (CsStore *store,
           gint64   id,
           guint    position)
{
  g_autoptr (CsProduct) product = cs_test_boxed (cs_products_get (store, id));

  return ((CsPhoto *) product->photos->pdata[position])->id;
}

static void
suggest_picture (CsStore *store,
                 gint64   product,
                 gint64   photo)
{
  CsSuggestion *suggestion = cs_suggestion_new ();

  suggestion->product = product;
  suggestion->photo = photo;
  suggestion->field = CS_FIELD_PICTURE;
  suggestion->engine = g_strdup ("text");
  suggestion->variant = 1;
  suggestion->picture = cs_hash_data ("x", 1);
  suggestion->receipt = cs_test_make_receipt (suggestion->picture, TRUE);
  cs_suggestion_seal (suggestion);
  cs_test_suggest (store, product, "a", suggestion, NULL);
}

static void
test_split_and_move (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 3);
  gint64   photo = get_photo (store, product, 1);
  gint64   apart;
  g_autoptr (CsProduct) loaded = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) undone = NULL;

  suggest_picture (store, product, photo);

  /* Nothing is suggested for the first photo */
  cs_test_rejects (cs_test_decide (store, product, CS_FIELD_PICTURE, CS_VERDICT_LATER, NULL), CS_ERROR, CS_ERROR_REFUSED);
  {
    g_autoptr (GPtrArray) items = cs_test_boxed (cs_items_list (store, product));
    g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);

    /* Fields, alternative texts by photo, pictures by photo */
    g_assert_cmpint (items->len, ==, 4 + 3 + 3);
    g_assert_cmpint (((CsItem *) items->pdata[8])->photo, ==, photo);
    g_ptr_array_add (decisions, cs_test_make_decision (items->pdata[8], CS_VERDICT_ACCEPT, NULL));
    cs_test_true (cs_decisions_add (store, decisions));
  }

  apart = cs_test_int64 (cs_products_split (store, &photo, 1));
  g_assert_cmpint (cs_test_get_state (store, apart, CS_FIELD_PICTURE), ==, CS_ITEM_ACCEPTED);
  loaded = cs_test_boxed (cs_products_get (store, product));
  g_assert_cmpint (loaded->photos->len, ==, 2);
  g_assert_cmpint (((CsPhoto *) loaded->photos->pdata[1])->position, ==, 1);
  history = cs_test_boxed (cs_decisions_list (store, apart, 10));
  g_assert_cmpint (history->len, ==, 1);

  /* Undo finds it where it is now */
  undone = cs_test_boxed (cs_decisions_undo (store, "window"));
  g_assert_cmpint (undone->len, ==, 1);
  g_assert_cmpint (cs_test_get_state (store, apart, CS_FIELD_PICTURE), ==, CS_ITEM_PENDING);

  /* Back to the front; what is left has nothing, and goes */
  cs_test_true (cs_products_move_photo (store, photo, product, 0));
  g_assert_cmpint (get_photo (store, product, 0), ==, photo);
  g_assert_cmpint (count (store, NULL), ==, 1);
  cs_test_true (cs_products_move_photo (store, photo, product, 99));
  g_assert_cmpint (get_photo (store, product, 2), ==, photo);
  cs_test_rejects (cs_products_move_photo (store, 99, product, 0), CS_ERROR, CS_ERROR_NOT_FOUND);
}

static void
test_merge (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   into = cs_test_make_product (store, 1);
  gint64   other = cs_test_make_ready (store, "Mug");
  g_autoptr (CsProduct) product = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GArray) ids = NULL;
  gint64 photo = get_photo (store, other, 0);

  cs_test_true (cs_products_set (store, into, CS_FIELD_NOTE, "round"));
  cs_test_true (cs_products_set (store, other, CS_FIELD_NOTE, "blue"));
  cs_test_true (cs_products_set (store, other, CS_FIELD_SKU, "M-1"));
  cs_test_true (cs_products_merge (store, into, &other, 1));

  product = cs_test_boxed (cs_products_get (store, into));
  g_assert_cmpint (product->photos->len, ==, 2);
  g_assert_cmpint (((CsPhoto *) product->photos->pdata[1])->id, ==, photo);
  g_assert_cmpstr (product->values[CS_FIELD_NOTE], ==, "round\nblue");
  g_assert_cmpstr (product->values[CS_FIELD_SKU], ==, "M-1");
  history = cs_test_boxed (cs_decisions_list (store, into, 10));
  g_assert_cmpint (history->len, ==, 1);
  ids = list (store, NULL, 0, CS_ORDER_NEWEST);
  g_assert_cmpint (ids->len, ==, 1);
  cs_test_true (cs_store_check (store));
}

static void
test_imports (void)
{
  CS_TEST_LIBRARY (library);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_import_item_unref);
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (CsPhoto) photo = cs_photo_new ();
  CsStore *store = library.store;
  CsImportItem *item;
  gint64   batch;
  gint64   ids[4];

  for (guint i = 0; i < 4; i++)
    {
      item = cs_import_item_new ();
      /* A name that is no UTF-8, as an old memory card has them */
      item->path = g_strdup_printf ("/card/\xe4\xf6-%u.jpg", i);
      item->folder = i == 0 ? g_strdup ("baskets") : NULL;
      g_ptr_array_add (items, item);
    }
  batch = cs_test_int64 (cs_imports_begin (store, items));
  left = cs_test_boxed (cs_imports_list (store, batch));
  for (guint i = 0; i < 4; i++)
    ids[i] = ((CsImportItem *) left->pdata[i])->id;

  photo->hash = cs_hash_data ("one", 3);
  photo->name = g_strdup ("one.jpg");
  photo->likeness = G_MAXUINT64;
  g_assert_cmpuint (dex_await_uint (cs_imports_keep (store, ids[0], photo), NULL), ==, CS_KEPT_NEW);
  g_assert_cmpuint (dex_await_uint (cs_imports_keep (store, ids[0], photo), NULL), ==, CS_KEPT_NEW);
  g_assert_cmpuint (dex_await_uint (cs_imports_keep (store, ids[1], photo), NULL), ==, CS_KEPT_TWIN);
  cs_test_true (cs_imports_fail (store, ids[2], "The file is empty"));

  /* Goes on after a restart */
  cs_test_library_reopen (&library);
  store = library.store;
  g_clear_pointer (&left, g_ptr_array_unref);
  left = cs_test_boxed (cs_imports_list (store, 0));
  g_assert_cmpint (left->len, ==, 4);
  item = left->pdata[0];
  g_assert_cmpstr (item->state, ==, "kept");
  g_assert_cmpstr (item->path, ==, "/card/\xe4\xf6-0.jpg");
  g_assert_cmpstr (item->folder, ==, "baskets");
  g_assert_cmpuint (item->photo->likeness, ==, G_MAXUINT64);
  g_assert_cmpstr (((CsImportItem *) left->pdata[1])->state, ==, "twin");
  g_assert_cmpstr (((CsImportItem *) left->pdata[2])->reason, ==, "The file is empty");
  g_assert_cmpstr (((CsImportItem *) left->pdata[3])->state, ==, "pending");

  /* Half of it would be worse than nothing */
  cs_test_rejects (cs_imports_make_product (store, ids, 2), CS_ERROR, CS_ERROR_NOT_FOUND);
  g_assert_cmpint (count (store, NULL), ==, 0);
  cs_test_int64 (cs_imports_make_product (store, ids, 1));
  cs_test_true (cs_imports_fail (store, ids[3], "Gone"));
  none = cs_test_boxed (cs_imports_list (store, 0));
  g_assert_cmpint (none->len, ==, 0);
  g_assert_cmpint (count (store, NULL), ==, 1);
}

static void
test_reading (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  g_autofree char *hash = cs_hash_data ("one", 3);
  g_autofree char *none = cs_test_string (cs_products_get_reading (store, hash, 1));
  g_autofree char *reading = NULL;
  g_autofree char *newer = NULL;

  g_assert_null (none);
  cs_test_true (cs_products_put_reading (store, hash, 1, "{}"));
  reading = cs_test_string (cs_products_get_reading (store, hash, 1));
  g_assert_cmpstr (reading, ==, "{}");
  newer = cs_test_string (cs_products_get_reading (store, hash, 2));
  g_assert_null (newer);
}

static void
test_remotes (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (CsRemoteListing) remote = cs_remote_listing_new ();
  g_autoptr (CsRemoteListing) stored = NULL;
  g_autoptr (GPtrArray) all = NULL;

  remote->account = 1;
  remote->remote_id = g_strdup ("7");
  remote->title = g_strdup ("Mug");
  remote->live = TRUE;
  remote->pictures = g_strsplit ("a b", " ", -1);
  cs_test_rejects (cs_remotes_get (store, 1, product), CS_ERROR, CS_ERROR_NOT_FOUND);
  cs_test_true (cs_remotes_put (store, remote, product));

  /* Pulled again by somebody who does not know whose it is */
  g_set_str (&remote->title, "Mug, blue");
  cs_test_true (cs_remotes_put (store, remote, 0));
  stored = cs_test_boxed (cs_remotes_get (store, 1, product));
  g_assert_cmpstr (stored->title, ==, "Mug, blue");
  g_assert_cmpstr (stored->pictures[1], ==, "b");
  all = cs_test_boxed (cs_remotes_list (store, 1));
  g_assert_cmpint (all->len, ==, 1);
}

static void
test_accounts (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  g_autoptr (CsAccount) account = cs_test_boxed (cs_accounts_get (store, 1));
  g_autoptr (CsAccount) stored = NULL;

  g_set_str (&account->message, "Sign in again");
  account->paused_until = 77;
  g_assert_cmpint (cs_test_int64 (cs_accounts_put (store, account)), ==, 1);
  account->id = 0;
  g_assert_cmpint (cs_test_int64 (cs_accounts_put (store, account)), ==, 2);
  stored = cs_test_boxed (cs_accounts_get (store, 1));
  g_assert_cmpstr (stored->message, ==, "Sign in again");
  g_assert_cmpint (stored->paused_until, ==, 77);
  cs_test_rejects (cs_accounts_get (store, 9), CS_ERROR, CS_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/products/values", test_values);
  cs_test_add_fiber ("/products/variants", test_variants);
  cs_test_add_fiber ("/products/find", test_find);
  cs_test_add_fiber ("/products/search", test_search);
  cs_test_add_fiber ("/products/orders", test_orders);
  cs_test_add_fiber ("/products/rows", test_rows);
  cs_test_add_fiber ("/products/split-and-move", test_split_and_move);
  cs_test_add_fiber ("/products/merge", test_merge);
  cs_test_add_fiber ("/products/imports", test_imports);
  cs_test_add_fiber ("/products/reading", test_reading);
  cs_test_add_fiber ("/products/remotes", test_remotes);
  cs_test_add_fiber ("/products/accounts", test_accounts);

  return g_test_run ();
}
