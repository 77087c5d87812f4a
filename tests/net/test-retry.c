/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-retry.h"

static void
test_delay (void)
{
  g_assert_cmpuint (cs_retry_delay (1, 0), ==, 1);
  g_assert_cmpuint (cs_retry_delay (1, 1), ==, 2);
  g_assert_cmpuint (cs_retry_delay (5, 0), ==, 16);
  g_assert_cmpuint (cs_retry_delay (5, 1), ==, 32);
  g_assert_cmpuint (cs_retry_delay (0, 1), ==, 2);
  g_assert_cmpuint (cs_retry_delay (11, 1), ==, 2048);
  g_assert_cmpuint (cs_retry_delay (12, 1), ==, 3600);
  g_assert_cmpuint (cs_retry_delay (G_MAXUINT, 1), ==, 3600);
}

static void
test_after (void)
{
  const gint64 now = 784111777; /* Sun, 06 Nov 1994 08:49:37 GMT */

  g_assert_cmpint (cs_retry_after ("120", now), ==, 120);
  g_assert_cmpint (cs_retry_after ("0", now), ==, 0);
  g_assert_cmpint (cs_retry_after ("Sun, 06 Nov 1994 08:50:37 GMT", now), ==, 60);
  g_assert_cmpint (cs_retry_after ("Sun, 06 Nov 1994 08:00:00 GMT", now), ==, 0);
  g_assert_cmpint (cs_retry_after ("99999999999", now), ==, 24 * 60 * 60);
  g_assert_cmpint (cs_retry_after ("-5", now), ==, -1);
  g_assert_cmpint (cs_retry_after ("soon", now), ==, -1);
  g_assert_cmpint (cs_retry_after ("", now), ==, -1);
  g_assert_cmpint (cs_retry_after (NULL, now), ==, -1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/retry/delay", test_delay);
  g_test_add_func ("/net/retry/after", test_after);

  return g_test_run ();
}
