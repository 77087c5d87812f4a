/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A colour in OKLab, where distances are as large as they look */
typedef struct
{
  float l; /* 0 black … 1 white */
  float a;
  float b;
} CsLab;

CsLab  cs_lab_from_srgb (const guint8 *rgb);
CsLab  cs_lab_from_linear (const float *rgb);
float  cs_lab_linear (guint8 value);
guint8 cs_lab_encode (float linear);
float  cs_lab_chroma (CsLab lab);
float  cs_lab_hue (CsLab lab);
float  cs_lab_distance (CsLab a,
                        CsLab b);

G_END_DECLS
