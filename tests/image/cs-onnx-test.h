/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Small ONNX models, written byte by byte: what a seller may have as a file, good and bad */
typedef enum
{
  CS_ONNX_DARK,        /* finds what is dark: 1 × 3 × side × side to 1 × 1 × side × side */
  CS_ONNX_DARK_LOGITS, /* the same before its sigmoid */
  CS_ONNX_DARK_HALF,   /* the same in half precision */
  CS_ONNX_DARK_ANY,    /* the same at any size */
  CS_ONNX_PALE,        /* finds what is pale */
  CS_ONNX_FLAT,        /* gives the same everywhere */
  CS_ONNX_COLOURS,     /* gives three planes */
  CS_ONNX_NUMBERS,     /* gives a row of numbers */
  CS_ONNX_GREY,        /* wants one plane */
  CS_ONNX_TWO,         /* wants two pictures */
  CS_ONNX_INTEGERS,    /* wants whole numbers */
  CS_ONNX_NAN,         /* gives what is no number */
  CS_ONNX_ENDLESS,     /* never comes to an end */
  CS_ONNX_GROWING,     /* doubles until the memory ends */
  CS_ONNX_HUGE,        /* asks for terabytes */
  CS_ONNX_OUTSIDE,     /* takes its numbers from a file of this computer */
  CS_N_ONNX,
} CsOnnx;

GBytes *cs_onnx_test_new (CsOnnx kind,
                          int    side);
int     cs_onnx_test_open (CsOnnx kind,
                           int    side);

G_END_DECLS
