/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-store-test.h"

static CsSuggestion *
title (gint64      product,
       const char *text)
{
  return cs_test_make_suggestion (product, CS_FIELD_TITLE, 1, text);
}

static void
test_verdicts (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 2);
  g_autoptr (CsItem) item = NULL;

  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_NEW);
  cs_test_suggest (store, product, "a", title (product, "Bamboo basket"),
                   cs_test_make_suggestion (product, CS_FIELD_TITLE, 2, "Basket of bamboo"),
                   cs_test_make_suggestion (product, CS_FIELD_DESCRIPTION, 1, "Woven by hand."),
                   cs_test_make_suggestion (product, CS_FIELD_BULLETS, 1, "28 cm"),
                   NULL);
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_REVIEW);

  item = cs_test_get_item (store, product, CS_FIELD_TITLE);
  g_assert_cmpint (item->state, ==, CS_ITEM_PENDING);
  g_assert_cmpint (item->suggestions->len, ==, 2);
  g_assert_cmpstr (((CsSuggestion *) item->suggestions->pdata[1])->text, ==, "Basket of bamboo");

  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_ACCEPT, NULL));
  cs_test_true (cs_test_decide (store, product, CS_FIELD_DESCRIPTION, CS_VERDICT_EDIT, "Woven by me."));
  cs_test_true (cs_test_decide (store, product, CS_FIELD_BULLETS, CS_VERDICT_LATER, NULL));

  g_clear_pointer (&item, cs_item_unref);
  item = cs_test_get_item (store, product, CS_FIELD_TITLE);
  g_assert_cmpint (item->state, ==, CS_ITEM_ACCEPTED);
  g_assert_cmpstr (item->value, ==, "Bamboo basket");
  g_clear_pointer (&item, cs_item_unref);
  item = cs_test_get_item (store, product, CS_FIELD_DESCRIPTION);
  g_assert_cmpint (item->state, ==, CS_ITEM_EDITED);
  g_assert_cmpstr (item->value, ==, "Woven by me.");
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_BULLETS), ==, CS_ITEM_LATER);
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_KEYWORDS), ==, CS_ITEM_EMPTY);
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_REVIEW);

  cs_test_true (cs_test_decide (store, product, CS_FIELD_BULLETS, CS_VERDICT_ACCEPT, NULL));
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_READY);
  cs_test_true (cs_store_check (store));
}

static void
test_reject (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (CsItem) item = NULL;

  cs_test_suggest (store, product, "a", title (product, "Bamboo basket"), NULL);
  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_REJECT, NULL));
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_TITLE), ==, CS_ITEM_OPEN);
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_BLOCKED);

  /* An original came: there is something to keep now */
  cs_test_true (cs_products_set (store, product, CS_FIELD_TITLE, "My basket"));
  item = cs_test_get_item (store, product, CS_FIELD_TITLE);
  g_assert_cmpint (item->state, ==, CS_ITEM_KEPT);
  g_assert_cmpstr (item->original, ==, "My basket");
  g_assert_cmpstr (item->value, ==, "My basket");
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_READY);

  cs_test_true (cs_products_set (store, product, CS_FIELD_TITLE, NULL));
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_TITLE), ==, CS_ITEM_OPEN);

  /* What comes after a rejection has not been rejected */
  cs_test_suggest (store, product, "b", title (product, "Round basket"), NULL);
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_TITLE), ==, CS_ITEM_PENDING);
}

static void
test_picture (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  CsSuggestion *suggestion = cs_suggestion_new ();
  g_autoptr (CsProduct) loaded = cs_test_boxed (cs_products_get (store, product));
  CsPhoto *photo = loaded->photos->pdata[0];
  g_autoptr (CsItem) item = NULL;
  g_autofree char *picture = cs_hash_data ("better", 6);

  suggestion->product = product;
  suggestion->photo = photo->id;
  suggestion->field = CS_FIELD_PICTURE;
  suggestion->engine = g_strdup ("text");
  suggestion->variant = 1;
  suggestion->text = g_strdup ("Straightened");
  suggestion->picture = g_strdup (picture);
  suggestion->receipt = cs_test_make_receipt (picture, TRUE);
  suggestion->remarks = g_strsplit ("Straightened by 2°\nBrighter", "\n", -1);
  cs_suggestion_seal (suggestion);
  cs_test_suggest (store, product, "a", suggestion, NULL);

  item = cs_test_get_item (store, product, CS_FIELD_PICTURE);
  g_assert_cmpstr (item->original, ==, photo->hash);
  g_assert_cmpstr (((CsSuggestion *) item->suggestions->pdata[0])->remarks[1], ==, "Brighter");
  g_clear_pointer (&item, cs_item_unref);

  cs_test_true (cs_test_decide (store, product, CS_FIELD_PICTURE, CS_VERDICT_ACCEPT, NULL));
  item = cs_test_get_item (store, product, CS_FIELD_PICTURE);
  g_assert_cmpstr (item->value, ==, picture);
  g_clear_pointer (&item, cs_item_unref);

  cs_test_true (cs_test_decide (store, product, CS_FIELD_PICTURE, CS_VERDICT_REJECT, NULL));
  item = cs_test_get_item (store, product, CS_FIELD_PICTURE);
  g_assert_cmpint (item->state, ==, CS_ITEM_KEPT);
  g_assert_cmpstr (item->value, ==, photo->hash);
}

static void
test_question (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  CsSuggestion *question = title (product, "What is it?");
  g_autoptr (GPtrArray) rows = NULL;

  question->is_question = TRUE;
  cs_suggestion_seal (question);
  cs_test_suggest (store, product, "a", question, NULL);
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_TITLE), ==, CS_ITEM_OPEN);
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_BLOCKED);
  cs_test_rejects (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_ACCEPT, NULL), CS_ERROR, CS_ERROR_REFUSED);

  rows = cs_test_boxed (cs_products_get_rows (store, &product, 1));
  g_assert_cmpstr (((CsProductRow *) rows->pdata[0])->message, ==, "What is it?");

  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_EDIT, "A mug"));
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_READY);
}

static void
test_stale (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (CsItem) before = NULL;
  g_autoptr (CsItem) other = NULL;
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);
  g_autoptr (GPtrArray) all = NULL;

  cs_test_suggest (store, product, "a", title (product, "Old"),
                   cs_test_make_suggestion (product, CS_FIELD_BULLETS, 1, "28 cm"), NULL);
  before = cs_test_get_item (store, product, CS_FIELD_TITLE);
  other = cs_test_get_item (store, product, CS_FIELD_BULLETS);
  cs_test_suggest (store, product, "b", title (product, "New"),
                   cs_test_make_suggestion (product, CS_FIELD_BULLETS, 1, "28 cm"), NULL);

  /* One stale decision refuses those beside it, too */
  g_ptr_array_add (decisions, cs_test_make_decision (other, CS_VERDICT_ACCEPT, NULL));
  g_ptr_array_add (decisions, cs_test_make_decision (before, CS_VERDICT_ACCEPT, NULL));
  cs_test_rejects (cs_decisions_add (store, decisions), CS_ERROR, CS_ERROR_STALE);
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_BULLETS), ==, CS_ITEM_PENDING);
  all = cs_test_boxed (cs_decisions_list (store, 0, 10));
  g_assert_cmpint (all->len, ==, 0);

  /* The same suggestion made again is the one that was shown */
  g_ptr_array_set_size (decisions, 1);
  cs_test_true (cs_decisions_add (store, decisions));

  /* A hash that is not that of what is stored */
  g_ptr_array_set_size (decisions, 0);
  g_clear_pointer (&before, cs_item_unref);
  before = cs_test_get_item (store, product, CS_FIELD_TITLE);
  g_ptr_array_add (decisions, cs_test_make_decision (before, CS_VERDICT_ACCEPT, NULL));
  g_set_str (&((CsDecision *) decisions->pdata[0])->shown, "0000");
  cs_test_rejects (cs_decisions_add (store, decisions), CS_ERROR, CS_ERROR_STALE);
}

/* What is accepted is what is stored, whatever the caller says it is */
static void
test_value_is_stored (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (CsItem) item = NULL;

  cs_test_suggest (store, product, "a", title (product, "True"), NULL);
  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_ACCEPT, "False"));
  item = cs_test_get_item (store, product, CS_FIELD_TITLE);
  g_assert_cmpstr (item->value, ==, "True");
}

static void
test_undo (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (CsItem) item = NULL;

  cs_test_suggest (store, product, "a", title (product, "Bamboo basket"), NULL);
  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_ACCEPT, NULL));
  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_EDIT, "Mine"));
  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_EDIT, "Mine, again"));

  cs_test_library_reopen (&library);
  store = library.store;

  undone = cs_test_boxed (cs_decisions_undo (store, "window"));
  g_assert_cmpint (undone->len, ==, 1);
  g_assert_cmpstr (((CsDecision *) undone->pdata[0])->value, ==, "Mine, again");
  item = cs_test_get_item (store, product, CS_FIELD_TITLE);
  g_assert_cmpstr (item->value, ==, "Mine");

  g_clear_pointer (&undone, g_ptr_array_unref);
  undone = cs_test_boxed (cs_decisions_undo (store, "window"));
  g_clear_pointer (&item, cs_item_unref);
  item = cs_test_get_item (store, product, CS_FIELD_TITLE);
  g_assert_cmpstr (item->value, ==, "Bamboo basket");
  g_assert_cmpint (item->state, ==, CS_ITEM_ACCEPTED);

  g_clear_pointer (&undone, g_ptr_array_unref);
  undone = cs_test_boxed (cs_decisions_undo (store, "window"));
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_TITLE), ==, CS_ITEM_PENDING);
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_REVIEW);

  g_clear_pointer (&undone, g_ptr_array_unref);
  undone = cs_test_boxed (cs_decisions_undo (store, "window"));
  g_assert_cmpint (undone->len, ==, 0);

  /* Nothing was deleted on the way */
  all = cs_test_boxed (cs_decisions_list (store, product, 100));
  g_assert_cmpint (all->len, ==, 6);
  g_assert_cmpint (((CsDecision *) all->pdata[0])->verdict, ==, CS_VERDICT_UNDO);

  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_LATER, NULL));
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_TITLE), ==, CS_ITEM_LATER);
}

/* Shift+A decides several at once, and one undo takes all back */
static void
test_undo_group (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) undone = NULL;

  cs_test_suggest (store, product, "a", title (product, "Bamboo basket"),
                   cs_test_make_suggestion (product, CS_FIELD_DESCRIPTION, 1, "Woven by hand."),
                   cs_test_make_suggestion (product, CS_FIELD_BULLETS, 1, "28 cm"), NULL);
  cs_test_true (cs_test_decide (store, product, CS_FIELD_BULLETS, CS_VERDICT_ACCEPT, NULL));

  items = cs_test_boxed (cs_items_list (store, product));
  g_ptr_array_add (decisions, cs_test_make_decision (items->pdata[0], CS_VERDICT_ACCEPT, NULL));
  g_ptr_array_add (decisions, cs_test_make_decision (items->pdata[1], CS_VERDICT_ACCEPT, NULL));
  cs_test_true (cs_decisions_add (store, decisions));
  g_assert_cmpint (cs_test_get_stage (store, product), ==, CS_STAGE_READY);

  undone = cs_test_boxed (cs_decisions_undo (store, "window"));
  g_assert_cmpint (undone->len, ==, 2);
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_TITLE), ==, CS_ITEM_PENDING);
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_DESCRIPTION), ==, CS_ITEM_PENDING);
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_BULLETS), ==, CS_ITEM_ACCEPTED);
}

/* The note changed: what is pending gets the new text, what is decided stays
 * until its decision is taken back
 */
static void
test_new_suggestions (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (CsItem) item = NULL;
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GArray) unsuggested = NULL;
  g_autofree char *input = NULL;

  unsuggested = cs_test_boxed (cs_items_list_unsuggested (store));
  g_assert_cmpint (unsuggested->len, ==, 1);
  cs_test_suggest (store, product, "a", title (product, "Old"),
                   cs_test_make_suggestion (product, CS_FIELD_DESCRIPTION, 1, "Old."),
                   cs_test_make_suggestion (product, CS_FIELD_BULLETS, 1, "Old"), NULL);
  g_clear_pointer (&unsuggested, g_array_unref);
  unsuggested = cs_test_boxed (cs_items_list_unsuggested (store));
  g_assert_cmpint (unsuggested->len, ==, 0);

  /* An engine that has not seen anything yet is missed all the same */
  cs_test_true (cs_suggestions_expect (store, (const char *[]) { "text", "picture", NULL }));
  g_clear_pointer (&unsuggested, g_array_unref);
  unsuggested = cs_test_boxed (cs_items_list_unsuggested (store));
  g_assert_cmpint (unsuggested->len, ==, 1);
  cs_test_true (cs_suggestions_put (store, product, cs_test_get_facts (store, product), "picture", "p", NULL));
  g_clear_pointer (&unsuggested, g_array_unref);
  unsuggested = cs_test_boxed (cs_items_list_unsuggested (store));
  g_assert_cmpint (unsuggested->len, ==, 0);
  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_ACCEPT, NULL));

  cs_test_true (cs_products_set (store, product, CS_FIELD_NOTE, "round"));
  g_clear_pointer (&unsuggested, g_array_unref);
  unsuggested = cs_test_boxed (cs_items_list_unsuggested (store));
  g_assert_cmpint (unsuggested->len, ==, 1);

  cs_test_suggest (store, product, "b", title (product, "New"),
                   cs_test_make_suggestion (product, CS_FIELD_DESCRIPTION, 1, "New."), NULL);
  input = cs_test_string (cs_suggestions_get_input (store, product, "text"));
  g_assert_cmpstr (input, ==, "b");

  item = cs_test_get_item (store, product, CS_FIELD_TITLE);
  g_assert_cmpint (item->state, ==, CS_ITEM_ACCEPTED);
  g_assert_cmpstr (item->value, ==, "Old");
  g_assert_cmpstr (((CsSuggestion *) item->suggestions->pdata[0])->text, ==, "Old");
  g_clear_pointer (&item, cs_item_unref);

  item = cs_test_get_item (store, product, CS_FIELD_DESCRIPTION);
  g_assert_cmpint (item->suggestions->len, ==, 1);
  g_assert_cmpstr (((CsSuggestion *) item->suggestions->pdata[0])->text, ==, "New.");
  g_clear_pointer (&item, cs_item_unref);

  /* The engine has nothing to say on it any more */
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_BULLETS), ==, CS_ITEM_EMPTY);

  undone = cs_test_boxed (cs_decisions_undo (store, "window"));
  item = cs_test_get_item (store, product, CS_FIELD_TITLE);
  g_assert_cmpint (item->state, ==, CS_ITEM_PENDING);
  g_assert_cmpint (item->suggestions->len, ==, 1);
  g_assert_cmpstr (((CsSuggestion *) item->suggestions->pdata[0])->text, ==, "New");
}

/* An engine that finds its input unchanged says so, and is not asked again */
static void
test_nothing_new (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  g_autoptr (GArray) unsuggested = NULL;

  cs_test_suggest (store, product, "a", title (product, "Old"), NULL);
  cs_test_true (cs_products_set (store, product, CS_FIELD_STOCK, "4"));
  cs_test_true (cs_suggestions_put (store, product, cs_test_get_facts (store, product), "text", "a", NULL));
  unsuggested = cs_test_boxed (cs_items_list_unsuggested (store));
  g_assert_cmpint (unsuggested->len, ==, 0);
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_TITLE), ==, CS_ITEM_PENDING);
}

/* What the seller wrote while an engine was at work it has not seen, whatever
 * becomes of the program before it asks again
 */
static void
test_moved_on (void)
{
  CS_TEST_LIBRARY (library);
  gint64 product = cs_test_make_product (library.store, 1);
  gint64 facts = cs_test_get_facts (library.store, product);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GArray) unsuggested = NULL;

  cs_test_true (cs_products_set (library.store, product, CS_FIELD_NOTE, "round"));
  cs_test_true (cs_suggestions_put (library.store, product, facts, "text", "a", none));
  cs_test_library_reopen (&library);
  unsuggested = cs_test_boxed (cs_items_list_unsuggested (library.store));
  g_assert_cmpint (unsuggested->len, ==, 1);
  g_clear_pointer (&unsuggested, g_array_unref);

  facts = cs_test_get_facts (library.store, product);
  cs_test_true (cs_suggestions_put (library.store, product, facts, "text", "b", none));
  unsuggested = cs_test_boxed (cs_items_list_unsuggested (library.store));
  g_assert_cmpint (unsuggested->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/decisions/verdicts", test_verdicts);
  cs_test_add_fiber ("/decisions/reject", test_reject);
  cs_test_add_fiber ("/decisions/picture", test_picture);
  cs_test_add_fiber ("/decisions/question", test_question);
  cs_test_add_fiber ("/decisions/stale", test_stale);
  cs_test_add_fiber ("/decisions/value-is-stored", test_value_is_stored);
  cs_test_add_fiber ("/decisions/undo", test_undo);
  cs_test_add_fiber ("/decisions/undo-group", test_undo_group);
  cs_test_add_fiber ("/decisions/new-suggestions", test_new_suggestions);
  cs_test_add_fiber ("/decisions/nothing-new", test_nothing_new);
  cs_test_add_fiber ("/decisions/moved-on", test_moved_on);

  return g_test_run ();
}
