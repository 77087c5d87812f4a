/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What scaling stands on, wherever it is done: weights in whole numbers, so that
 * the same photo gives the same bytes on every machine, and curves that need
 * nothing of libm, whose last digit differs.
 */
#define CS_KERNEL_BITS 14
#define CS_KERNEL_ONE  (1 << CS_KERNEL_BITS)

/* Catmull-Rom: sharp */
static inline double
cs_kernel_cubic (double x)
{
  x = x < 0 ? -x : x;

  if (x < 1)
    return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2)
    return ((-0.5 * x + 2.5) * x - 4) * x + 2;

  return 0;
}

/* Never rings: for masks, where what is all product stays so right up to the rim */
static inline double
cs_kernel_tent (double x)
{
  x = x < 0 ? -x : x;

  return x < 1 ? 1 - x : 0;
}

static inline guint8
cs_kernel_round (gint32 sum)
{
  sum = (sum + (CS_KERNEL_ONE / 2)) >> CS_KERNEL_BITS;

  return CLAMP (sum, 0, 255);
}

G_END_DECLS
