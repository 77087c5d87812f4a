/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <time.h>

#include "cs-bench-frames.h"

#define PATIENCE 30 /* seconds */

struct _CsBenchFrames
{
  GdkFrameClock     *clock;
  DexPromise        *promise; /* NULL where nobody waits */
  CsBenchFramesCheck check;
  gpointer           data;
  gboolean           is_painted; /* else the frame only laid out */
  gint64             work;
};

static void
paint (GdkFrameClock *clock,
       CsBenchFrames *self)
{
  self->is_painted = TRUE;
}

static void
after_paint (GdkFrameClock *clock,
             CsBenchFrames *self)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (DexPromise) promise = NULL;

  if (!self->is_painted)
    return;

  self->is_painted = FALSE;
  if (self->promise == NULL || (self->check != NULL && !self->check (self->data)))
    return;

  self->work = cs_bench_frames_get_work_now ();
  promise = g_steal_pointer (&self->promise);
  dex_promise_resolve_int64 (promise, now);
}

CsBenchFrames *
cs_bench_frames_new (GtkWidget *window)
{
  CsBenchFrames *self = g_new0 (CsBenchFrames, 1);

  self->clock = g_object_ref (gtk_widget_get_frame_clock (window));
  g_signal_connect (self->clock, "paint", G_CALLBACK (paint), self);
  g_signal_connect_after (self->clock, "after-paint", G_CALLBACK (after_paint), self);

  return self;
}

void
cs_bench_frames_free (CsBenchFrames *self)
{
  g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
  dex_clear (&self->promise);
  g_free (self);
}

DexFuture *
cs_bench_frames_wait (CsBenchFrames     *self,
                      CsBenchFramesCheck check,
                      gpointer           data)
{
  dex_clear (&self->promise);
  self->promise = dex_promise_new ();
  self->check = check;
  self->data = data;

  return dex_future_first (dex_ref (DEX_FUTURE (self->promise)), dex_timeout_new_seconds (PATIENCE), NULL);
}

gint64
cs_bench_frames_get_work_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

gint64
cs_bench_frames_get_work (CsBenchFrames *self)
{
  return self->work;
}
