/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Adds a test that runs in a fiber, so that it may await. The main context is
 * iterated until it ends.
 */
static inline DexFuture *
cs_test_fiber (gpointer data)
{
  ((GTestFunc) data) ();

  return dex_future_new_true ();
}

static inline void
cs_test_run_fiber (gconstpointer data)
{
  g_autoptr (DexFuture) future = dex_scheduler_spawn (NULL, 0, cs_test_fiber, (gpointer) data, NULL);

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
}

static inline void
cs_test_add_fiber (const char *path,
                   GTestFunc   func)
{
  g_test_add_data_func (path, (gconstpointer) func, cs_test_run_fiber);
}

G_END_DECLS
