/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "cs-changes.h"
#include "cs-difference.h"

/* What a picture changed, to be laid over it. Where the product is as it was,
 * but for the light, nothing is seen. Where it is not, the colour says by how
 * much: from light yellow to dark violet, which everybody tells apart by
 * lightness alone. A new background is hatched faintly: it is meant.
 */
#define LEAST_SEEN 0.7 /* ΔE that begins to show */
#define MOST       8.0 /* and that is as dark as it gets */

#define HATCH       14 /* pixels from line to line */
#define HATCH_WIDE  2
#define HATCH_GREY  96
#define HATCH_ALPHA 64
#define NEW_GROUND  8 /* of 255, a block's mean difference */

static const struct
{
  double at;
  guint8 rgba[4];
} scale[] = {
  { 0.0, { 255, 236, 120, 0 } },
  { 0.1, { 255, 226, 90, 150 } },
  { 0.4, { 246, 130, 50, 190 } },
  { 0.7, { 190, 40, 90, 215 } },
  { 1.0, { 62, 8, 96, 235 } },
};

static void
colour_of (double  value,
           guint8 *rgba)
{
  double t = CLAMP ((value - LEAST_SEEN) / (MOST - LEAST_SEEN), 0, 1);
  guint  i = 1;

  while (i < G_N_ELEMENTS (scale) - 1 && scale[i].at < t)
    i++;
  for (int c = 0; c < 4; c++)
    {
      double part = (t - scale[i - 1].at) / (scale[i].at - scale[i - 1].at);

      rgba[c] = scale[i - 1].rgba[c] + (scale[i].rgba[c] - scale[i - 1].rgba[c]) * part + 0.5;
    }
}

/* Between the middles of the blocks, so that the map has no corners */
static double
value_at (const float *blocks,
          int          columns,
          int          rows,
          double       x,
          double       y)
{
  double u = CLAMP (x / CS_DIFFERENCE_BLOCK - 0.5, 0, columns - 1), v = CLAMP (y / CS_DIFFERENCE_BLOCK - 0.5, 0, rows - 1);
  int    column = MIN ((int) u, MAX (columns - 2, 0)), row = MIN ((int) v, MAX (rows - 2, 0));
  int    right = MIN (column + 1, columns - 1), below = MIN (row + 1, rows - 1);

  u -= column;
  v -= row;

  return (blocks[row * columns + column] * (1 - u) + blocks[row * columns + right] * u) * (1 - v) +
         (blocks[below * columns + column] * (1 - u) + blocks[below * columns + right] * u) * v;
}

/* Where the ground is not the photo's any more, block by block */
static guint8 *
find_new_ground (const CsMeasure *self,
                 const CsFrame   *finished)
{
  int     columns = cs_difference_blocks (finished->width), rows = cs_difference_blocks (finished->height);
  guint8 *ground = g_new0 (guint8, (gsize) columns * rows);

  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++)
      {
        int sum = 0, n = 0;

        for (int y = row * CS_DIFFERENCE_BLOCK; y < MIN ((row + 1) * CS_DIFFERENCE_BLOCK, finished->height); y++)
          for (int x = column * CS_DIFFERENCE_BLOCK; x < MIN ((column + 1) * CS_DIFFERENCE_BLOCK, finished->width); x++)
            {
              gsize at = (gsize) y * finished->width + x;

              if (self->alpha[at] >= 128)
                continue;
              for (int c = 0; c < 3; c++)
                sum += abs (finished->data[at * 3 + c] - self->original->data[at * 3 + c]);
              n++;
            }
        ground[row * columns + column] = n > 0 && sum > NEW_GROUND * n * 3;
      }

  return ground;
}

static void
draw_pixel (const CsMeasure *self,
            const float     *blocks,
            const guint8    *ground,
            double           x,
            double           y,
            gboolean         on_line,
            guint8          *rgba)
{
  int      width = self->original->width, height = self->original->height;
  int      columns = cs_difference_blocks (width), rows = cs_difference_blocks (height);
  int      u = CLAMP ((int) x, 0, width - 1), v = CLAMP ((int) y, 0, height - 1);
  guint8   alpha = self->alpha[(gsize) v * width + u];
  gboolean is_new = ground[v / CS_DIFFERENCE_BLOCK * columns + u / CS_DIFFERENCE_BLOCK];

  if (alpha >= 128)
    {
      colour_of (value_at (blocks, columns, rows, x, y), rgba);
      return;
    }

  rgba[0] = rgba[1] = rgba[2] = HATCH_GREY;
  rgba[3] = is_new && on_line ? HATCH_ALPHA : 0;
}

/**
 * cs_changes_draw:
 *
 * Returns: (nullable): RGBA, of @finished's shape, at most @max_side
 */
CsFrame *
cs_changes_draw (const CsMeasure *self,
                 const CsFrame   *finished,
                 CsKind           kind,
                 int              max_side,
                 GError         **error)
{
  double   scale_down = MIN (1.0, (double) max_side / cs_frame_side (finished));
  int      width = MAX (1, finished->width * scale_down + 0.5), height = MAX (1, finished->height * scale_down + 0.5);
  gboolean fits = finished->width == self->original->width && finished->height == self->original->height;
  g_autofree float *blocks = fits ? cs_measure_map (self, finished, kind, error) : NULL;
  g_autofree guint8 *ground = fits ? find_new_ground (self, finished) : NULL;
  CsFrame *map;

  if (fits && blocks == NULL)
    return NULL;

  map = cs_frame_new (width, height, 4);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8  *rgba = cs_frame_at (map, x, y);
        gboolean on_line = (x + y) % HATCH < HATCH_WIDE;

        /* What is not even of the same size is another picture altogether */
        if (!fits)
          colour_of (MOST, rgba);
        else
          draw_pixel (self, blocks, ground, (x + 0.5) / scale_down, (y + 0.5) / scale_down, on_line, rgba);
      }

  return map;
}
