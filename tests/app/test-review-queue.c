/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-review-queue.h"

static GArray *
ids (const char *text)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      gint64 id = g_ascii_strtoll (parts[i], NULL, 10);

      if (*parts[i] != '\0')
        g_array_append_val (array, id);
    }

  return array;
}

static void
assert_merged (const char *strip,
               const char *waiting,
               const char *done,
               gint64      current,
               const char *expected)
{
  g_autoptr (GArray) before = ids (strip);
  g_autoptr (GArray) now = ids (waiting);
  g_autoptr (GArray) finished = ids (done);
  g_autoptr (GArray) merged = NULL;
  g_autoptr (GHashTable) set = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < finished->len; i++)
    g_hash_table_add (set, &g_array_index (finished, gint64, i));
  merged = cs_review_queue_merge (before, now, set, current);
  for (guint i = 0; i < merged->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", g_array_index (merged, gint64, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_merge (void)
{
  assert_merged ("", "1 2 3", "", 0, "1 2 3");
  assert_merged ("1 2 3", "1 3", "2", 0, "1 2 3");
  /* put off: it goes to the end */
  assert_merged ("1 2 3 4", "3 4 1", "2", 0, "2 3 4 1");
  /* new ones come where they belong */
  assert_merged ("1 2 3", "1 5 2 3", "", 0, "1 5 2 3");
  /* gone without having been finished */
  assert_merged ("1 2 3", "3", "", 0, "3");
  assert_merged ("1 2", "", "1 2", 0, "1 2");
  /* on the table and just decided */
  assert_merged ("1 2 3", "1 3", "", 2, "1 2 3");
  assert_merged ("1 2 3", "1 3 2", "", 2, "1 3 2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/review-queue/merge", test_merge);

  return g_test_run ();
}
