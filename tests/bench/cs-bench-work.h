/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-desk.h"

G_BEGIN_DECLS

/* In a fiber: searches, scrolls and reviews as a person would, prints what each
 * took, and the peak of memory after all of it
 */
DexFuture *cs_bench_work (GtkWidget *window,
                          CsDesk    *desk) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the products that the grid of this window shows are read (a CsBenchFramesCheck) */
gboolean cs_bench_work_shows_products (gpointer window);
/* Of this process, in kB */
guint cs_bench_work_get_peak (void);

G_END_DECLS
