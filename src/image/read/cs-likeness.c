/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-likeness.h"

/* The perceptual hash known as pHash: the signs of the 64 lowest frequencies
 * of a 32 × 32 grey picture around their median. Two photos whose hashes differ
 * in eight bits or fewer are the same picture, re-encoded, scaled or tinted.
 */
#define SIDE 32
#define LOW  8

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Grey means of the cells of a 32 × 32 grid over the picture */
static void
likeness_grid (const CsFrame *frame,
               double         grid[SIDE][SIDE])
{
  for (int gy = 0; gy < SIDE; gy++)
    for (int gx = 0; gx < SIDE; gx++)
      {
        int     x0 = gx * frame->width / SIDE, x1 = MAX (x0 + 1, (gx + 1) * frame->width / SIDE);
        int     y0 = gy * frame->height / SIDE, y1 = MAX (y0 + 1, (gy + 1) * frame->height / SIDE);
        guint64 sum = 0;

        for (int y = y0; y < y1; y++)
          {
            const guint8 *p = cs_frame_at (frame, x0, y);

            for (int x = x0; x < x1; x++, p += frame->channels)
              sum += 299 * p[0] + 587 * p[1] + 114 * p[2];
          }

        grid[gy][gx] = (double) sum / ((x1 - x0) * (y1 - y0)) / 1000;
      }
}

guint64
cs_likeness (const CsFrame *frame)
{
  static double cosines[LOW + 1][SIDE];
  double        grid[SIDE][SIDE], rows[SIDE][LOW + 1];
  double        low[LOW * LOW], sorted[LOW * LOW];
  guint64       hash = 0;

  if (cosines[0][0] == 0)
    for (int k = 0; k <= LOW; k++)
      for (int i = 0; i < SIDE; i++)
        cosines[k][i] = cos (G_PI * k * (2 * i + 1) / (2 * SIDE));

  likeness_grid (frame, grid);

  for (int y = 0; y < SIDE; y++)
    for (int k = 0; k <= LOW; k++)
      {
        rows[y][k] = 0;
        for (int x = 0; x < SIDE; x++)
          rows[y][k] += grid[y][x] * cosines[k][x];
      }

  /* Without the constant row and column, which only say how bright it is */
  for (int v = 1; v <= LOW; v++)
    for (int u = 1; u <= LOW; u++)
      {
        double sum = 0;

        for (int y = 0; y < SIDE; y++)
          sum += rows[y][u] * cosines[v][y];
        low[(v - 1) * LOW + u - 1] = sorted[(v - 1) * LOW + u - 1] = sum;
      }

  qsort (sorted, LOW * LOW, sizeof *sorted, compare_doubles);
  for (int i = 0; i < LOW * LOW; i++)
    if (low[i] > (sorted[LOW * LOW / 2 - 1] + sorted[LOW * LOW / 2]) / 2)
      hash |= G_GUINT64_CONSTANT (1) << i;

  return hash;
}
