/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-bench-series.h"

GArray *
cs_bench_series_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
cs_bench_series_add (GArray *series,
                     gint64  took)
{
  g_array_append_val (series, took);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const gint64 *first = a;
  const gint64 *second = b;

  return *first < *second ? -1 : *first > *second;
}

gint64
cs_bench_series_get (GArray *series,
                     guint   percent)
{
  g_array_sort (series, compare);

  return series->len > 0 ? g_array_index (series, gint64, (series->len - 1) * percent / 100) : 0;
}

void
cs_bench_series_print (const char *what,
                       GArray     *series,
                       GArray     *worked)
{
  gint64 middle = cs_bench_series_get (series, 50);
  gint64 most = cs_bench_series_get (series, 99);

  g_print ("%-34s p50 %7.2f ms   p99 %7.2f ms = %.2f frames", what, middle / 1000.0, most / 1000.0, most / CS_BENCH_FRAME_USEC);
  if (worked != NULL)
    g_print ("; at work p50 %.2f ms, p99 %.2f ms", cs_bench_series_get (worked, 50) / 1000.0, cs_bench_series_get (worked, 99) / 1000.0);
  g_print ("\n");
}
