/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a process of its own measures; each returns the exit status */

/* An empty window's first frame; prints, in a line each, microseconds since begun
 * (monotonic), those that it worked, and the peak of its memory in kB
 */
int cs_bench_window_open_empty (gint64 begun);
/* The program's window on a library: as above, then both times for the first products on the screen */
int cs_bench_window_open (const char *folder,
                          gint64      begun);
/* Searches, scrolls and reviews in the program's window and prints what it took */
int cs_bench_window_work (const char *folder);

G_END_DECLS
