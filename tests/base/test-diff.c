/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-diff.h"

/* "[-removed-]{+added+}same", after checking that both texts are covered */
static char *
render (const char *before,
        const char *after)
{
  g_autoptr (GArray) runs = cs_diff_words (before, after);
  g_autoptr (GString) old = g_string_new (NULL);
  g_autoptr (GString) new = g_string_new (NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const CsDiffRun *run = &g_array_index (runs, CsDiffRun, i);
      const char      *side = run->kind == CS_DIFF_REMOVED ? before : after;
      const char      *marks[] = { "%.*s", "[-%.*s-]", "{+%.*s+}" };
      int              length = run->end - run->start;

      g_assert_cmpuint (run->start, <, run->end);
      g_assert_cmpuint (run->end, <=, strlen (side));
      g_assert_cmpuint (run->start, ==, run->kind == CS_DIFF_REMOVED ? old->len : new->len);
      g_assert_true (g_utf8_validate (side + run->start, length, NULL));

      if (run->kind != CS_DIFF_ADDED)
        g_string_append_len (old, side + run->start, length);
      if (run->kind != CS_DIFF_REMOVED)
        g_string_append_len (new, side + run->start, length);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_string_append_printf (out, marks[run->kind], length, side + run->start);
#pragma GCC diagnostic pop
    }

  g_assert_cmpstr (old->str, ==, before);
  g_assert_cmpstr (new->str, ==, after);

  return g_string_free_and_steal (out);
}

static void
assert_diff (const char *before,
             const char *after,
             const char *expected)
{
  g_autofree char *rendered = render (before, after);

  g_assert_cmpstr (rendered, ==, expected);
}

static void
test_simple (void)
{
  assert_diff ("", "", "");
  assert_diff ("same", "same", "same");
  assert_diff ("", "new", "{+new+}");
  assert_diff ("old", "", "[-old-]");
  assert_diff ("A bamboo basket", "A round bamboo basket", "A {+round +}bamboo basket");
  assert_diff ("HOT SALE bamboo basket", "bamboo basket", "[-HOT SALE -]bamboo basket");
}

static void
test_chinese (void)
{
  assert_diff ("爆款 手工竹编果篮", "手工竹编果篮", "[-爆款 -]手工竹编果篮");
  assert_diff ("手工竹编果篮", "手工竹编果篮 直径28cm", "手工竹编果篮{+ 直径28cm+}");
  assert_diff ("红色连衣裙", "蓝色连衣裙", "[-红-]{+蓝+}色连衣裙");
  assert_diff ("纯棉T恤", "纯棉卫衣", "纯棉[-T恤-]{+卫衣+}");
}

static void
test_no_confetti (void)
{
  assert_diff ("red bag", "blue box", "[-red bag-]{+blue box+}");
  assert_diff ("basket", "baskets", "basket{+s+}");
  assert_diff ("cotton", "bamboo", "[-cotton-]{+bamboo+}");
  assert_diff ("Our lovely dress", "Some plain shoes", "[-Our lovely dress-]{+Some plain shoes+}");
}

static void
test_random (void)
{
  const char *words[] = { "竹编", "果篮", " ", "手工", "red", "basket", "28cm", "，", "é", "的", "👜", "x" };

  for (guint n = 0; n < 2000; n++)
    {
      g_autoptr (GString) a = g_string_new (NULL);
      g_autoptr (GString) b = g_string_new (NULL);

      for (int i = g_test_rand_int_range (0, 30); i > 0; i--)
        {
          const char *word = words[g_test_rand_int_range (0, G_N_ELEMENTS (words))];

          if (g_test_rand_int_range (0, 4) > 0)
            g_string_append (a, word);
          if (g_test_rand_int_range (0, 4) > 0)
            g_string_append (b, word);
        }

      g_free (render (a->str, b->str));
    }
}

static void
test_long (void)
{
  g_autoptr (GString) a = g_string_new (NULL);
  g_autoptr (GString) b = g_string_new (NULL);
  gint64 begun = g_get_monotonic_time ();

  for (guint i = 0; i < 3000; i++)
    {
      g_string_append_printf (a, "word%u ", g_test_rand_int_range (0, 500));
      g_string_append_printf (b, "word%u ", g_test_rand_int_range (0, 500));
    }
  g_free (render (a->str, b->str));

  g_assert_cmpint (g_get_monotonic_time () - begun, <, 10 * G_USEC_PER_SEC);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/diff/simple", test_simple);
  g_test_add_func ("/base/diff/chinese", test_chinese);
  g_test_add_func ("/base/diff/no-confetti", test_no_confetti);
  g_test_add_func ("/base/diff/random", test_random);
  g_test_add_func ("/base/diff/long", test_long);

  return g_test_run ();
}
