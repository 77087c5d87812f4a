/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-rate-limit.h"

#define SECOND G_USEC_PER_SEC

static void
test_bucket (void)
{
  g_autoptr (CsRateLimit) limit = cs_rate_limit_new (2, 3);

  g_assert_cmpint (cs_rate_limit_take (limit, 100 * SECOND), ==, 0);
  g_assert_cmpint (cs_rate_limit_take (limit, 100 * SECOND), ==, 0);
  g_assert_cmpint (cs_rate_limit_take (limit, 100 * SECOND), ==, 0);
  g_assert_cmpint (cs_rate_limit_take (limit, 100 * SECOND), ==, SECOND / 2);
  g_assert_cmpint (cs_rate_limit_take (limit, 100 * SECOND), ==, SECOND);
  /* Two seconds bring four turns: two for those in line, and two more */
  g_assert_cmpint (cs_rate_limit_take (limit, 102 * SECOND), ==, 0);
  g_assert_cmpint (cs_rate_limit_take (limit, 102 * SECOND), ==, 0);
  g_assert_cmpint (cs_rate_limit_take (limit, 102 * SECOND), ==, SECOND / 2);
  /* A long rest does not save up more than the burst */
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (cs_rate_limit_take (limit, 900 * SECOND), ==, 0);
  g_assert_cmpint (cs_rate_limit_take (limit, 900 * SECOND), >, 0);
}

static void
test_learn (void)
{
  g_autoptr (CsRateLimit) limit = cs_rate_limit_new (8, 8);
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

  soup_message_headers_append (headers, "Retry-After", "7");
  cs_rate_limit_learn (limit, 429, headers, SECOND);
  g_assert_cmpfloat (cs_rate_limit_get_rate (limit), ==, 4);
  g_assert_cmpint (cs_rate_limit_take (limit, SECOND), ==, 7 * SECOND);

  soup_message_headers_clear (headers);
  for (guint i = 0; i < 10; i++)
    cs_rate_limit_learn (limit, 200, headers, SECOND);
  g_assert_cmpfloat (cs_rate_limit_get_rate (limit), ==, 8);

  soup_message_headers_append (headers, "X-RateLimit-Remaining", "0");
  soup_message_headers_append (headers, "X-RateLimit-Reset", "30");
  cs_rate_limit_learn (limit, 200, headers, 100 * SECOND);
  g_assert_cmpint (cs_rate_limit_take (limit, 100 * SECOND), ==, 30 * SECOND);

  /* However often it is refused, it does not stop for good */
  for (guint i = 0; i < 100; i++)
    cs_rate_limit_learn (limit, 429, NULL, SECOND);
  g_assert_cmpfloat (cs_rate_limit_get_rate (limit), >, 0);

  soup_message_headers_unref (headers);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/rate-limit/bucket", test_bucket);
  g_test_add_func ("/net/rate-limit/learn", test_learn);

  return g_test_run ();
}
