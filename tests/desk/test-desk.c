/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-test-desk.h"

#define NOTE "手工竹编果篮 直径28cm 四川"

static void
assert_value (Fixture    *self,
              gint64      product,
              CsField     field,
              const char *expected)
{
  g_autoptr (CsProduct) loaded = await_boxed (cs_desk_get_product (self->desk, product));

  g_assert_cmpstr (loaded->values[field], ==, expected);
}

static void
test_values (void)
{
  g_auto (Fixture) self = { 0 };
  gint64 product;

  fixture_init (&self);
  product = make_product (&self, "basket", NULL);

  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_PRICE, "12,50 €"));
  assert_value (&self, product, CS_FIELD_PRICE, "12.50 EUR");
  assert_refused (cs_desk_set_value (self.desk, product, CS_FIELD_PRICE, "cheap"), CS_ERROR_REFUSED);
  assert_refused (cs_desk_set_value (self.desk, product, CS_FIELD_PRICE, "-5 EUR"), CS_ERROR_REFUSED);
  assert_value (&self, product, CS_FIELD_PRICE, "12.50 EUR");

  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_STOCK, " 12 "));
  assert_value (&self, product, CS_FIELD_STOCK, "12");
  assert_refused (cs_desk_set_value (self.desk, product, CS_FIELD_STOCK, "-1"), CS_ERROR_REFUSED);
  assert_refused (cs_desk_set_value (self.desk, product, CS_FIELD_STOCK, "1.5"), CS_ERROR_REFUSED);
  assert_refused (cs_desk_set_value (self.desk, product, CS_FIELD_STOCK, "a few"), CS_ERROR_REFUSED);

  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_SKU, "ZB\033-028\n"));
  assert_value (&self, product, CS_FIELD_SKU, "ZB-028");
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_SKU, ""));
  assert_value (&self, product, CS_FIELD_SKU, NULL);

  assert_refused (cs_desk_set_value (self.desk, product, CS_FIELD_PICTURE, "x"), CS_ERROR_REFUSED);
  assert_refused (cs_desk_set_value (self.desk, product + 99, CS_FIELD_NOTE, "x"), CS_ERROR_NOT_FOUND);
}

static void
test_suggestions_rest_on_facts (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GPtrArray) items = NULL;
  CsItem *title;
  gint64  product;

  fixture_init (&self);
  product = make_product_of (&self, "DCIM", NOTE, 1);
  items = await_boxed (cs_desk_get_items (self.desk, product));
  title = find_item (items, CS_FIELD_TITLE);
  g_assert_cmpint (title->state, ==, CS_ITEM_PENDING);
  g_assert_nonnull (strstr (((CsSuggestion *) title->suggestions->pdata[0])->text, "竹编"));
  g_assert_cmpint (find_item (items, CS_FIELD_PICTURE)->suggestions->len, >, 0);
}

/* What no engine looks at, or is the same again, is not suggested for a second time */
static void
test_nothing_twice (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  gint64 product;

  fixture_init (&self);
  product = make_product (&self, "basket", NOTE);
  before = await_boxed (cs_desk_get_items (self.desk, product));
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_NOTE, "x"));
  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_NOTE, NOTE));
  g_assert_cmpuint (await_uint (cs_desk_suggest (self.desk, &product, 1)), ==, 1);
  after = await_boxed (cs_desk_get_items (self.desk, product));
  g_assert_cmpstr (((CsSuggestion *) find_item (before, CS_FIELD_TITLE)->suggestions->pdata[0])->text, ==,
                   ((CsSuggestion *) find_item (after, CS_FIELD_TITLE)->suggestions->pdata[0])->text);
  g_assert_cmpuint (await_uint (cs_desk_suggest (self.desk, NULL, 0)), ==, 0);
}

/* No facts: a question stands there, and it cannot be accepted */
static void
test_questions (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GPtrArray) items = NULL;
  CsSuggestion *question;
  CsItem       *title;
  gint64        product;

  fixture_init (&self);
  product = make_product_of (&self, "DCIM", NULL, 1);
  items = await_boxed (cs_desk_get_items (self.desk, product));
  title = find_item (items, CS_FIELD_TITLE);
  g_assert_cmpint (title->state, ==, CS_ITEM_OPEN);
  g_assert_cmpuint (title->suggestions->len, ==, 1);
  question = title->suggestions->pdata[0];
  g_assert_true (question->is_question);
  assert_refused (cs_desk_decide (self.desk, title, question, CS_VERDICT_ACCEPT, NULL, "window"), CS_ERROR_REFUSED);
}

static void
test_refusals (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (CsSuggestion) other = NULL;
  CsItem *title;
  CsItem *picture;
  gint64  product;

  fixture_init (&self);
  product = make_product (&self, "basket", NOTE);
  items = await_boxed (cs_desk_get_items (self.desk, product));
  title = find_item (items, CS_FIELD_TITLE);
  picture = find_item (items, CS_FIELD_PICTURE);

  assert_refused (cs_desk_decide (self.desk, title, NULL, CS_VERDICT_ACCEPT, NULL, "window"), CS_ERROR_REFUSED);
  assert_refused (cs_desk_decide (self.desk, title, NULL, CS_VERDICT_EDIT, " \n ", "window"), CS_ERROR_REFUSED);
  assert_refused (cs_desk_decide (self.desk, title, NULL, CS_VERDICT_EDIT, NULL, "window"), CS_ERROR_REFUSED);
  assert_refused (cs_desk_decide (self.desk, picture, picture->suggestions->pdata[0], CS_VERDICT_EDIT, "x", "window"),
                  CS_ERROR_REFUSED);

  /* What contradicts the seller's own facts is never accepted as it is */
  other = cs_suggestion_new ();
  other->id = ((CsSuggestion *) title->suggestions->pdata[0])->id;
  other->text = g_strdup ("plastic");
  other->hash = g_strdup (((CsSuggestion *) title->suggestions->pdata[0])->hash);
  other->evidence = cs_evidence_new ();
  cs_evidence_add_phrase (other->evidence, 0, 7, CS_PHRASE_CONTRADICTS, NULL);
  assert_refused (cs_desk_decide (self.desk, title, other, CS_VERDICT_ACCEPT, NULL, "window"), CS_ERROR_REFUSED);
}

static void
test_stale_decision (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  CsItem *title;
  gint64  product;

  fixture_init (&self);
  product = make_product (&self, "basket", NOTE);
  before = await_boxed (cs_desk_get_items (self.desk, product));
  title = find_item (before, CS_FIELD_TITLE);

  await_ok (cs_desk_set_value (self.desk, product, CS_FIELD_NOTE, "手工竹编菜篮 直径30cm 浙江"));
  g_assert_cmpuint (await_uint (cs_desk_suggest (self.desk, &product, 1)), ==, 1);
  assert_refused (cs_desk_decide (self.desk, title, title->suggestions->pdata[0], CS_VERDICT_ACCEPT, NULL, "window"),
                  CS_ERROR_STALE);

  after = await_boxed (cs_desk_get_items (self.desk, product));
  title = find_item (after, CS_FIELD_TITLE);
  await_ok (cs_desk_decide (self.desk, title, title->suggestions->pdata[0], CS_VERDICT_ACCEPT, NULL, "window"));

  /* The same screen twice */
  assert_refused (cs_desk_decide (self.desk, title, title->suggestions->pdata[0], CS_VERDICT_REJECT, NULL, "window"),
                  CS_ERROR_STALE);
}

static void
test_undo_after_reopen (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) grounded = NULL;
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GPtrArray) nothing = NULL;
  guint  n;
  gint64 product;

  fixture_init (&self);
  product = make_product (&self, "basket", NOTE);
  items = await_boxed (cs_desk_get_items (self.desk, product));
  n = await_uint (cs_desk_accept_grounded (self.desk, items, "window"));
  g_assert_cmpuint (n, >, 1);

  fixture_close (&self);
  fixture_open (&self);
  undone = await_boxed (cs_desk_undo (self.desk, "window"));
  g_assert_cmpuint (undone->len, ==, n);
  nothing = await_boxed (cs_desk_undo (self.desk, "window"));
  g_assert_cmpuint (nothing->len, ==, 0);

  grounded = await_boxed (cs_desk_get_items (self.desk, product));
  g_assert_cmpint (find_item (grounded, CS_FIELD_TITLE)->state, ==, CS_ITEM_PENDING);
}

static void
test_picture_switches (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (CsSuggestion) suggestion = NULL;
  CsItem *picture;
  gint64  product;

  fixture_init (&self);
  product = make_product (&self, "basket", NOTE);
  before = await_boxed (cs_desk_get_items (self.desk, product));
  picture = find_item (before, CS_FIELD_PICTURE);

  suggestion = await_boxed (cs_desk_suggest_picture (self.desk, product, picture->photo,
                                                     "{\"square\":false,\"crop\":false,\"straighten\":false}"));
  g_assert_cmpstr (suggestion->picture, !=, ((CsSuggestion *) picture->suggestions->pdata[0])->picture);
  assert_refused (cs_desk_decide (self.desk, picture, picture->suggestions->pdata[0], CS_VERDICT_ACCEPT, NULL, "window"),
                  CS_ERROR_STALE);

  /* What the person set stays when the product is suggested anew */
  g_assert_cmpuint (await_uint (cs_desk_suggest (self.desk, &product, 1)), ==, 1);
  after = await_boxed (cs_desk_get_items (self.desk, product));
  picture = find_item (after, CS_FIELD_PICTURE);
  g_assert_cmpint (((CsSuggestion *) picture->suggestions->pdata[0])->id, ==, suggestion->id);
  await_ok (cs_desk_decide (self.desk, picture, suggestion, CS_VERDICT_ACCEPT, NULL, "window"));

  assert_refused (cs_desk_suggest_picture (self.desk, product, picture->photo, "{}"), CS_ERROR_REFUSED);
  assert_refused (cs_desk_suggest_picture (self.desk, product, picture->photo, "nonsense"), CS_ERROR_REFUSED);
}

/* Beside the process that holds it: reads, and writes nothing */
static void
test_reading (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsDesk) reader = NULL;
  g_autoptr (CsDesk) second = NULL;
  g_autoptr (CsProduct) product = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  fixture_init (&self);
  id = make_product (&self, "basket", NOTE);

  second = cs_desk_open (self.library, CS_DESK_OPEN_FOR_ALL, &error);
  g_assert_null (second);
  g_assert_error (error, CS_ERROR, CS_ERROR_IN_USE);
  g_clear_error (&error);

  reader = cs_desk_open (self.library, CS_DESK_OPEN_FOR_READING, &error);
  g_assert_no_error (error);
  product = await_boxed (cs_desk_get_product (reader, id));
  g_assert_cmpstr (product->values[CS_FIELD_NOTE], ==, NOTE);
  assert_refused (cs_desk_set_value (reader, id, CS_FIELD_NOTE, "x"), CS_ERROR_IN_USE);
  assert_refused (cs_desk_import (reader, files), CS_ERROR_IN_USE);
  assert_refused (cs_desk_undo (reader, "window"), CS_ERROR_IN_USE);
  cs_desk_close (reader);
}

static void
count_cb (CsDesk      *desk,
          CsDeskChange what,
          gint64       product,
          guint       *n)
{
  if (what == CS_DESK_PRODUCT)
    (*n)++;
}

static void
test_arranging (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (CsProduct) one = NULL;
  g_autoptr (CsProduct) merged = NULL;
  g_autoptr (GArray) ids = NULL;
  guint  n_changes = 0;
  gint64 photo;
  gint64 basket;
  gint64 mug;
  gint64 split;

  fixture_init (&self);
  basket = make_product (&self, "basket", NOTE);
  mug = make_product (&self, "mug", "Blue mug");
  g_signal_connect (self.desk, "changed", G_CALLBACK (count_cb), &n_changes);

  one = await_boxed (cs_desk_get_product (self.desk, basket));
  photo = ((CsPhoto *) one->photos->pdata[1])->id;
  split = await_int64 (cs_desk_split_product (self.desk, &photo, 1));
  await_ok (cs_desk_merge_products (self.desk, mug, &split, 1));
  merged = await_boxed (cs_desk_get_product (self.desk, mug));
  g_assert_cmpuint (merged->photos->len, ==, 3);
  ids = await_boxed (cs_desk_list_products (self.desk, NULL, 0));
  g_assert_cmpuint (ids->len, ==, 2);
  await_ok (cs_desk_move_photo (self.desk, photo, basket, 0));
  g_clear_pointer (&one, cs_product_unref);
  one = await_boxed (cs_desk_get_product (self.desk, basket));
  g_assert_cmpint (((CsPhoto *) one->photos->pdata[0])->id, ==, photo);
  g_assert_cmpuint (n_changes, >, 0);
}

static void
test_examine (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GPtrArray) lines = NULL;
  gboolean works = FALSE;

  fixture_init (&self);
  lines = await_boxed (cs_desk_examine (self.desk));
  for (guint i = 0; i < lines->len; i++)
    {
      g_test_message ("%s", (char *) lines->pdata[i]);
      works |= g_str_equal (lines->pdata[i], "Picture helper: works");
    }
  g_assert_true (works);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/desk/values", test_values);
  cs_test_add_fiber ("/desk/suggestions-rest-on-facts", test_suggestions_rest_on_facts);
  cs_test_add_fiber ("/desk/nothing-twice", test_nothing_twice);
  cs_test_add_fiber ("/desk/questions", test_questions);
  cs_test_add_fiber ("/desk/refusals", test_refusals);
  cs_test_add_fiber ("/desk/stale-decision", test_stale_decision);
  cs_test_add_fiber ("/desk/undo-after-reopen", test_undo_after_reopen);
  cs_test_add_fiber ("/desk/picture-switches", test_picture_switches);
  cs_test_add_fiber ("/desk/reading", test_reading);
  cs_test_add_fiber ("/desk/arranging", test_arranging);
  cs_test_add_fiber ("/desk/examine", test_examine);

  return g_test_run ();
}
