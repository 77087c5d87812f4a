/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CS_BENCH_FRAME_USEC 16667.0

/* Series of microseconds: (element-type gint64) */

GArray *cs_bench_series_new (void);
void    cs_bench_series_add (GArray *series,
                             gint64  took);
/* Sorts it; 100 for the longest */
gint64 cs_bench_series_get (GArray *series,
                            guint   percent);
/* One line: the median and the 99th percentile, in milliseconds and in frames.
 * worked: how much of it the processor worked for this, where that is known, else NULL.
 */
void cs_bench_series_print (const char *what,
                            GArray     *series,
                            GArray     *worked);

G_END_DECLS
