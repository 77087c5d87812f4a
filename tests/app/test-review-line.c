/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-review-line.h"
#include "cs-test.h"

typedef struct
{
  GString *log;
  char     name;
  guint    delay; /* ms */
  gboolean fails;
  guint   *n_freed;
} Step;

static DexFuture *
step_fiber (gpointer data)
{
  Step *step = data;

  dex_await (dex_timeout_new_msec (step->delay), NULL);
  g_string_append_c (step->log, step->name);
  if (step->fails)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "on purpose");

  return dex_future_new_true ();
}

static void
step_free (gpointer data)
{
  Step *step = data;

  ++*step->n_freed;
  g_free (step);
}

static void
push (CsReviewLine *line,
      GString      *log,
      char          name,
      guint         delay,
      gboolean      fails,
      guint        *n_freed)
{
  Step *step = g_new0 (Step, 1);

  *step = (Step) { log, name, delay, fails, n_freed };
  cs_review_line_push (line, step_fiber, step, step_free);
}

static void
wait_for (CsReviewLine *line)
{
  while (!cs_review_line_is_idle (line))
    g_main_context_iteration (NULL, TRUE);
}

/* The slow one first: had they run side by side, the order would be another */
static void
test_order (void)
{
  g_autoptr (CsReviewLine) line = cs_review_line_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  guint n_freed = 0;

  push (line, log, 'a', 30, FALSE, &n_freed);
  push (line, log, 'b', 10, FALSE, &n_freed);
  push (line, log, 'c', 0, FALSE, &n_freed);
  g_assert_false (cs_review_line_is_idle (line));
  wait_for (line);
  g_assert_cmpstr (log->str, ==, "abc");
  g_assert_cmpuint (n_freed, ==, 3);
}

static void
test_failure_lets_go (void)
{
  g_autoptr (CsReviewLine) line = cs_review_line_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  guint n_freed = 0;

  push (line, log, 'a', 0, FALSE, &n_freed);
  push (line, log, 'b', 5, TRUE, &n_freed);
  push (line, log, 'c', 0, FALSE, &n_freed);
  wait_for (line);
  g_assert_cmpstr (log->str, ==, "ab");
  g_assert_cmpuint (n_freed, ==, 3);

  push (line, log, 'd', 0, FALSE, &n_freed);
  wait_for (line);
  g_assert_cmpstr (log->str, ==, "abd");
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/review-line/order", test_order);
  g_test_add_func ("/app/review-line/failure-lets-go", test_failure_lets_go);

  return g_test_run ();
}
