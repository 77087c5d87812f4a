/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-fiber-private.h"
#include "cs-fiber.h"

/**
 * cs_fiber_spawn:
 *
 * Runs @func as a fiber of the calling thread's main context. Dropping the
 * future stops it at its next await.
 */
DexFuture *
cs_fiber_spawn (DexFiberFunc   func,
                gpointer       data,
                GDestroyNotify data_destroy)
{
  cs_fiber_mend ();

  return dex_scheduler_spawn (NULL, 0, func, data, data_destroy);
}

/**
 * cs_fiber_spawn_disowned:
 *
 * As cs_fiber_spawn(), for what has an outside effect: once begun it runs to
 * its end, and dropping the future only means that nobody is waiting.
 */
DexFuture *
cs_fiber_spawn_disowned (DexFiberFunc   func,
                         gpointer       data,
                         GDestroyNotify data_destroy)
{
  DexFuture *future = cs_fiber_spawn (func, data, data_destroy);

  dex_future_disown (dex_ref (future));

  return future;
}

/**
 * cs_fiber_compute:
 *
 * Runs @func on threads that are there for what computes: hashing, diffs,
 * composing texts. libdex's own pool has one worker on two cores, and this one
 * stack is large enough for libraries that are generous with theirs. @data is
 * used and freed on that thread and must not hold a GObject of the main one.
 */
DexFuture *
cs_fiber_compute (DexFiberFunc   func,
                  gpointer       data,
                  GDestroyNotify data_destroy)
{
  static gsize         once;
  static DexScheduler *pool;

  if (g_once_init_enter (&once))
    {
      cs_fiber_mend ();
      pool = dex_thread_pool_scheduler_new ();
      g_once_init_leave (&once, 1);
    }

  return dex_scheduler_spawn (pool, 1024 * 1024, func, data, data_destroy);
}
