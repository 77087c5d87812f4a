/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ONNX Runtime as it comes, on one picture of noise: prints the seconds of its
 * best run and the megabytes that it took, for whoever has started this process
 */
int cs_bench_session (const char *model,
                      int         n_runs);

G_END_DECLS
