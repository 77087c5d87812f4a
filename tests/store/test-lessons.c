/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-lessons.h"
#include "cs-store-test.h"

static gint64
make (CsStore    *store,
      const char *suggested,
      CsVerdict   verdict,
      const char *decided)
{
  gint64 product = cs_test_make_product (store, 1);

  cs_test_suggest (store, product, "a", cs_test_make_suggestion (product, CS_FIELD_TITLE, 1, suggested), NULL);
  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, verdict, decided));

  return product;
}

static GPtrArray *
list (CsStore *store,
      guint    most)
{
  return cs_test_boxed (cs_lessons_list (store, most));
}

static void
test_verdicts (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   first = make (store, "Bamboo basket", CS_VERDICT_ACCEPT, NULL);
  gint64   second = make (store, "竹篮 高端", CS_VERDICT_EDIT, "竹篮");
  gint64   third = make (store, "Best basket", CS_VERDICT_REJECT, NULL);
  g_autoptr (GPtrArray) lessons = NULL;
  g_autoptr (GPtrArray) two = NULL;
  CsLesson *lesson;

  make (store, "Round basket", CS_VERDICT_LATER, NULL);
  cs_test_true (cs_products_set (store, second, CS_FIELD_BRAND, "青禾"));
  cs_test_true (cs_products_set (store, second, CS_FIELD_CATEGORY, "家居 > 果篮"));

  lessons = list (store, 100);
  g_assert_cmpuint (lessons->len, ==, 3);

  lesson = lessons->pdata[0];
  g_assert_cmpint (lesson->product, ==, third);
  g_assert_cmpint (lesson->field, ==, CS_FIELD_TITLE);
  g_assert_cmpstr (lesson->suggested, ==, "Best basket");
  g_assert_null (lesson->decided);

  lesson = lessons->pdata[1];
  g_assert_cmpint (lesson->product, ==, second);
  g_assert_cmpstr (lesson->suggested, ==, "竹篮 高端");
  g_assert_cmpstr (lesson->decided, ==, "竹篮");
  g_assert_cmpstr (lesson->language, ==, "zh");
  g_assert_cmpstr (lesson->brand, ==, "青禾");
  g_assert_cmpstr (lesson->kind, ==, "家居 > 果篮");

  lesson = lessons->pdata[2];
  g_assert_cmpint (lesson->product, ==, first);
  g_assert_cmpstr (lesson->suggested, ==, "Bamboo basket");
  g_assert_cmpstr (lesson->decided, ==, "Bamboo basket");
  g_assert_cmpstr (lesson->language, ==, "en");
  g_assert_cmpstr (lesson->kind, ==, "Bamboo basket");
  g_assert_cmpint (lesson->made_at, >, 0);

  two = list (store, 2);
  g_assert_cmpuint (two->len, ==, 2);
}

/* What was taken back is no lesson; what stands now is one */
static void
test_taken_back (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = make (store, "Bamboo basket", CS_VERDICT_EDIT, "Basket");
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) none = NULL;

  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_EDIT, "My basket"));
  first = list (store, 100);
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpstr (((CsLesson *) first->pdata[0])->decided, ==, "My basket");

  undone = cs_test_boxed (cs_decisions_undo (store, "window"));
  again = list (store, 100);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpstr (((CsLesson *) again->pdata[0])->decided, ==, "Basket");

  g_ptr_array_unref (undone);
  undone = cs_test_boxed (cs_decisions_undo (store, "window"));
  none = list (store, 100);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A question was no suggestion, and pictures teach nothing about words */
static void
test_other (void)
{
  CS_TEST_LIBRARY (library);
  CsStore *store = library.store;
  gint64   product = cs_test_make_product (store, 1);
  CsSuggestion *question = cs_test_make_suggestion (product, CS_FIELD_TITLE, 1, "What is it?");
  g_autoptr (GPtrArray) lessons = NULL;

  question->is_question = TRUE;
  cs_suggestion_seal (question);
  cs_test_suggest (store, product, "a", question, NULL);
  cs_test_true (cs_test_decide (store, product, CS_FIELD_TITLE, CS_VERDICT_EDIT, "Basket"));
  cs_test_true (cs_test_decide (store, product, CS_FIELD_KEYWORDS, CS_VERDICT_EDIT, "basket\nbamboo"));

  lessons = list (store, 100);
  g_assert_cmpuint (lessons->len, ==, 2);
  g_assert_cmpint (((CsLesson *) lessons->pdata[0])->field, ==, CS_FIELD_KEYWORDS);
  g_assert_null (((CsLesson *) lessons->pdata[0])->suggested);
  g_assert_null (((CsLesson *) lessons->pdata[1])->suggested);
  g_assert_cmpstr (((CsLesson *) lessons->pdata[1])->decided, ==, "Basket");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/lessons/verdicts", test_verdicts);
  cs_test_add_fiber ("/lessons/taken-back", test_taken_back);
  cs_test_add_fiber ("/lessons/other", test_other);

  return g_test_run ();
}
