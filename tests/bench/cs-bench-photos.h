/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-image.h"

G_BEGIN_DECLS

/* Photos of the size and weight that phones and cameras write */
typedef struct
{
  const char *name;
  int         width;
  int         height;
  gsize       weight;
} CsBenchSize;

extern const CsBenchSize cs_bench_sizes[2];

char  *cs_bench_shared (const char *name);
char  *cs_bench_photos_folder (void);
char **cs_bench_photos_make (const CsBenchSize *size,
                             guint              n);
/* Seconds for libjpeg-turbo's 1/8 decode of them alone, on all cores */
double cs_bench_photos_decode (char **paths);
/* The same for looking at each of them; from a fiber */
double cs_bench_photos_inspect (CsImage *image,
                                char   **paths);
/* The most memory in megabytes that one of our child processes has had; what
 * its name begins with, or NULL
 */
double cs_bench_peak (const char *name);

G_END_DECLS
