/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A colour in CIE L*a*b*, D65 */
typedef struct
{
  float l; /* 0 black … 100 white */
  float a;
  float b;
} CsDeltaLab;

CsDeltaLab cs_delta_lab (const guint8 *rgb);
float      cs_delta_between (CsDeltaLab first,
                             CsDeltaLab second);
float      cs_delta_means (const double *first,
                           const double *second,
                           double        n);
float      cs_delta_rgb (const guint8 *first,
                         const guint8 *second);

G_END_DECLS
