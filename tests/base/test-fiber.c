/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-fiber.h"

#define N_OTHERS   4
#define MOST_TURNS 10000

typedef struct
{
  DexPromise *awaited;
  gboolean    is_over;
  gboolean    was_stopped;
} Waiter;

static DexFuture *
wait_fiber (gpointer data)
{
  Waiter *self = data;
  g_autoptr (GError) error = NULL;

  self->was_stopped = !dex_await (dex_ref (self->awaited), &error);
  self->is_over = TRUE;

  return dex_future_new_true ();
}

static void
turn (guint n)
{
  while (n-- > 0)
    g_main_context_iteration (NULL, FALSE);
}

static gboolean
await_over (Waiter *waiter)
{
  for (guint i = 0; i < MOST_TURNS && !waiter->is_over; i++)
    {
      turn (1);
      if (i > 100)
        g_usleep (100);
    }

  return waiter->is_over;
}

static gpointer
resolve_thread (gpointer promise)
{
  dex_promise_resolve_boolean (promise, TRUE);

  return NULL;
}

/* Nobody waits for a fiber any more, and before it runs, and stops, what it had
 * been waiting for comes: all other fibers go on
 */
static void
drop (gboolean in_thread)
{
  g_autoptr (DexPromise) other = dex_promise_new ();
  Waiter     dropped = { dex_promise_new () };
  Waiter     waiters[N_OTHERS] = { 0 };
  DexFuture *futures[N_OTHERS];
  DexFuture *first;

  first = dex_future_first (cs_fiber_spawn (wait_fiber, &dropped, NULL), dex_ref (other), NULL);
  for (guint i = 0; i < N_OTHERS; i++)
    {
      waiters[i].awaited = dex_promise_new ();
      futures[i] = cs_fiber_spawn (wait_fiber, &waiters[i], NULL);
    }
  turn (10);

  dex_promise_resolve_boolean (other, TRUE);
  if (in_thread)
    g_thread_join (g_thread_new ("resolve", resolve_thread, dropped.awaited));
  else
    dex_promise_resolve_boolean (dropped.awaited, TRUE);

  g_assert_true (await_over (&dropped));
  for (guint i = 0; i < N_OTHERS; i++)
    {
      g_assert_false (waiters[i].is_over);
      dex_promise_resolve_boolean (waiters[i].awaited, TRUE);
      g_assert_true (await_over (&waiters[i]));
      g_assert_false (waiters[i].was_stopped);
      dex_unref (futures[i]);
      dex_unref (waiters[i].awaited);
    }
  dex_unref (first);
  dex_unref (dropped.awaited);
}

static void
test_dropped (void)
{
  drop (FALSE);
  drop (TRUE);
}

/* One that waits for what never comes is woken, to stop */
static void
test_stopped (void)
{
  g_autoptr (DexPromise) other = dex_promise_new ();
  Waiter     dropped = { dex_promise_new () };
  DexFuture *first = dex_future_first (cs_fiber_spawn (wait_fiber, &dropped, NULL), dex_ref (other), NULL);

  turn (10);
  g_assert_false (dropped.is_over);
  dex_promise_resolve_boolean (other, TRUE);
  g_assert_true (await_over (&dropped));
  g_assert_true (dropped.was_stopped);
  dex_unref (first);
  dex_unref (dropped.awaited);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/fiber/dropped", test_dropped);
  g_test_add_func ("/base/fiber/stopped", test_stopped);

  return g_test_run ();
}
