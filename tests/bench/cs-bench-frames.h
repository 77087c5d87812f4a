/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include <libdex.h>

G_BEGIN_DECLS

/* When what was asked for had been drawn: looks at each frame of a window once
 * it is painted. One wait at a time.
 */
typedef struct _CsBenchFrames CsBenchFrames;

typedef gboolean (*CsBenchFramesCheck) (gpointer data);

/* window: realized, and outlives it */
CsBenchFrames *cs_bench_frames_new (GtkWidget *window);
void           cs_bench_frames_free (CsBenchFrames *self);

/* Resolves to the monotonic time (gint64) at which the first frame ended whose
 * check is true; NULL for any frame. Rejects when there was none within 30 seconds.
 */
DexFuture *cs_bench_frames_wait (CsBenchFrames     *self,
                                 CsBenchFramesCheck check,
                                 gpointer           data) G_GNUC_WARN_UNUSED_RESULT;

/* How long this thread has worked until now, and until the end of the frame that
 * was waited for: the wait for a busy machine is not in it
 */
gint64 cs_bench_frames_get_work_now (void);
gint64 cs_bench_frames_get_work (CsBenchFrames *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsBenchFrames, cs_bench_frames_free)

G_END_DECLS
