/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-text.h"

static void
assert_clean (const char *text,
              gboolean    keep_lines,
              const char *expected)
{
  g_autofree char *clean = cs_text_clean (text, keep_lines);

  g_assert_cmpstr (clean, ==, expected);
}

static void
test_clean (void)
{
  assert_clean (NULL, FALSE, "");
  assert_clean ("  a \t b\n\n", FALSE, "a b");
  assert_clean ("a\r\nb\n\n\n\nc  d", TRUE, "a\nb\n\nc d");
  assert_clean ("a\n b", FALSE, "a b");
  assert_clean ("竹\u3000篮", FALSE, "竹 篮");
  assert_clean ("e\u0301", FALSE, "é");
  assert_clean ("a\u202eb\u2066c\u200bd\ufeff\u00ad", FALSE, "abcd");
  assert_clean ("a\001\033[31mb\177", FALSE, "a[31mb");
  assert_clean ("👩\u200d👧", FALSE, "👩\u200d👧");
  assert_clean ("❤\ufe0f\u200d🔥", FALSE, "❤\ufe0f\u200d🔥");
  assert_clean ("می\u200cخواهم क्\u200dष", FALSE, "می\u200cخواهم क्\u200dष");
  assert_clean ("bam\u200dboo 竹\u200c篮\u200d\u200d 28\u200dcm \u200dx", FALSE, "bamboo 竹篮 28cm x");
  assert_clean ("q\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301n", FALSE,
                "q\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301n");
  assert_clean ("\xff\xfe", FALSE, "\ufffd\ufffd");
  assert_clean ("\U000e0041x", FALSE, "x");
}

static void
test_fold (void)
{
  g_autofree char *folded = cs_text_fold ("ＬＸ-０４１７ STRASSE ﬁ");
  g_autofree char *sharp = cs_text_fold ("Straße");

  g_assert_cmpstr (folded, ==, "lx-0417 strasse fi");
  g_assert_cmpstr (sharp, ==, "strasse");
}

static void
test_units (void)
{
  g_assert_cmpuint (cs_text_units (""), ==, 0);
  g_assert_cmpuint (cs_text_units ("手工 28cm"), ==, 9);
  g_assert_cmpuint (cs_text_units ("é"), ==, 1);
  g_assert_cmpuint (cs_text_units ("e\u0301"), ==, 1);
}

static char *
join (const char *text,
      GArray     *spans)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++)
    {
      CsSpan *span = &g_array_index (spans, CsSpan, i);

      g_string_append_printf (out, "%s%.*s", i > 0 ? "|" : "", (int) (span->end - span->start), text + span->start);
    }

  return g_string_free_and_steal (out);
}

static void
test_words (void)
{
  const char *text = "连衣裙 女 100% cotton, don't 28cm";
  g_autoptr (GArray) words = cs_text_words (text);
  g_autoptr (GArray) none = cs_text_words ("");
  g_autoptr (GArray) segments = cs_text_segments (text);
  g_autofree char *joined = join (text, words);
  guint            at = 0;

  g_assert_cmpstr (joined, ==, "连|衣裙|女|100|cotton|don't|28cm");
  g_assert_cmpuint (none->len, ==, 0);

  for (guint i = 0; i < segments->len; i++)
    {
      g_assert_cmpuint (g_array_index (segments, CsSpan, i).start, ==, at);
      at = g_array_index (segments, CsSpan, i).end;
    }
  g_assert_cmpuint (at, ==, strlen (text));
}

static void
test_script (void)
{
  g_assert_cmpint (cs_text_script ("Bamboo basket"), ==, CS_SCRIPT_LATIN);
  g_assert_cmpint (cs_text_script ("iPhone 15 Pro Max 手机壳"), ==, CS_SCRIPT_HAN);
  g_assert_cmpint (cs_text_script ("Handmade bamboo fruit basket 果篮"), ==, CS_SCRIPT_LATIN);
  g_assert_cmpint (cs_text_script ("12345"), ==, CS_SCRIPT_LATIN);
  g_assert_true (cs_text_is_han (0x7af9));
  g_assert_false (cs_text_is_han ('a'));
}

static void
assert_terms (const char *text,
              const char *expected)
{
  g_autofree char *terms = cs_text_search_terms (text);

  g_assert_cmpstr (terms, ==, expected);
}

static void
test_search_terms (void)
{
  assert_terms ("竹编果篮", "竹编 编果 果篮 篮");
  assert_terms ("LX-0417", "lx 0417 lx0417");
  assert_terms ("T-shirt 竹", "t shirt tshirt 竹");
  assert_terms ("直径28cm", "直径 径 28 cm");
  assert_terms (" \"'-* ", "");
  assert_terms (NULL, "");
  assert_terms ("Ａ１", "a 1");
}

static void
assert_query (const char *typed,
              const char *expected)
{
  g_autofree char *query = cs_text_search_query (typed);

  g_assert_cmpstr (query, ==, expected);
}

static void
test_search_query (void)
{
  assert_query ("果篮", "\"果篮\" *");
  assert_query ("竹编果篮", "\"竹编 编果 果篮\" *");
  assert_query ("篮", "\"篮\" *");
  assert_query ("bamboo bas", "\"bamboo\" AND \"bas\" *");
  assert_query ("LX-0417", "\"lx 0417\" *");
  assert_query ("28cm", "\"28 cm\" *");
  assert_query ("NEAR(a b) OR title:\"x\" -y * ^z", "\"near\" AND \"a\" AND \"b\" AND \"or\" AND \"title\" AND \"x\" AND \"y\" AND \"z\" *");
  assert_query ("  \"\"  ", NULL);
  assert_query ("😀", NULL);
  assert_query (NULL, NULL);
}

static void
assert_ellipsized (const char *text,
                   guint       units,
                   const char *expected)
{
  g_autofree char *cut = cs_text_ellipsize (text, units);

  g_assert_cmpstr (cut, ==, expected);
  g_assert_cmpuint (cs_text_units (cut), <=, units);
}

static void
test_ellipsize (void)
{
  assert_ellipsized ("short", 10, "short");
  assert_ellipsized ("手工竹编果篮", 7, "手工竹…");
  assert_ellipsized ("手工竹编果篮", 8, "手工竹…");
  assert_ellipsized ("Handmade bamboo basket", 20, "Handmade bamboo…");
  assert_ellipsized ("abc", 0, "");
  assert_ellipsized ("abc", 1, "…");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/clean", test_clean);
  g_test_add_func ("/base/text/fold", test_fold);
  g_test_add_func ("/base/text/units", test_units);
  g_test_add_func ("/base/text/words", test_words);
  g_test_add_func ("/base/text/script", test_script);
  g_test_add_func ("/base/text/search-terms", test_search_terms);
  g_test_add_func ("/base/text/search-query", test_search_query);
  g_test_add_func ("/base/text/ellipsize", test_ellipsize);

  return g_test_run ();
}
