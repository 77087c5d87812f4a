/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "cs-delta.h"
#include "cs-difference.h"
#include "cs-measure.h"

/* How far two pictures of the same size differ where the product is. What is
 * equal costs next to nothing; of many pixels only those on a grid are looked
 * at, always the same ones.
 */
#define MOST_PIXELS 400000
#define FEW_PIXELS  40000 /* that all of them are looked at for the worst block */
#define MOST_EXACT  64   /* blocks that are looked at pixel by pixel for the worst one */
#define BINS        4000 /* of the histogram, each 0.02 wide */
#define BIN         0.02

/* ΔE is never more than this times what the three channels differ by, added up */
#define MOST_DELTA 1.5

static gsize
count_product (const guint8 *alpha,
               gsize         n)
{
  gsize count = 0;

  for (gsize i = 0; i < n; i++)
    count += alpha[i] >= CS_MEASURE_PRODUCT;

  return count;
}

static inline gboolean
is_equal (const guint8 *first,
          const guint8 *second)
{
  return first[0] == second[0] && first[1] == second[1] && first[2] == second[2];
}

/**
 * cs_difference_share:
 *
 * Returns: how many of the pixels differ at all, of all that count
 */
double
cs_difference_share (const CsFrame    *first,
                     const CsFrame    *second,
                     const guint8     *alpha,
                     CsDifferenceWhere where)
{
  gsize n = (gsize) first->width * first->height, n_all = 0, n_differ = 0;

  for (gsize i = 0; i < n; i++)
    {
      if ((alpha[i] >= CS_MEASURE_PRODUCT) != (where == CS_DIFFERENCE_PRODUCT))
        continue;
      n_all++;
      n_differ += !is_equal (first->data + i * 3, second->data + i * 3);
    }

  return n_all > 0 ? (double) n_differ / n_all : 0;
}

/**
 * cs_difference_block:
 * @step: 1 for all of its pixels
 *
 * Returns: the mean ΔE of a block's product pixels; 0 where it has hardly any
 */
double
cs_difference_block (const CsFrame *first,
                     const CsFrame *second,
                     const guint8  *alpha,
                     int            column,
                     int            row,
                     int            step)
{
  int    x0 = column * CS_DIFFERENCE_BLOCK, y0 = row * CS_DIFFERENCE_BLOCK;
  int    x1 = MIN (x0 + CS_DIFFERENCE_BLOCK, first->width), y1 = MIN (y0 + CS_DIFFERENCE_BLOCK, first->height);
  double sum = 0;
  int    n = 0;

  for (int y = y0 + step / 2; y < y1; y += step)
    for (int x = x0 + step / 2; x < x1; x += step)
      {
        gsize at = (gsize) y * first->width + x;

        if (alpha[at] < CS_MEASURE_PRODUCT)
          continue;
        sum += cs_delta_rgb (first->data + at * 3, second->data + at * 3);
        n++;
      }

  return n * step * step >= CS_DIFFERENCE_LEAST ? sum / n : 0;
}

/* What cs_difference_block() can come to at most, in a tenth of its time */
double
cs_difference_block_most (const CsFrame *first,
                          const CsFrame *second,
                          const guint8  *alpha,
                          int            column,
                          int            row)
{
  int x0 = column * CS_DIFFERENCE_BLOCK, y0 = row * CS_DIFFERENCE_BLOCK;
  int x1 = MIN (x0 + CS_DIFFERENCE_BLOCK, first->width), y1 = MIN (y0 + CS_DIFFERENCE_BLOCK, first->height);
  int sum = 0, n = 0;

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      {
        gsize         at = (gsize) y * first->width + x;
        const guint8 *a = first->data + at * 3, *b = second->data + at * 3;

        if (alpha[at] < CS_MEASURE_PRODUCT)
          continue;
        sum += abs (a[0] - b[0]) + abs (a[1] - b[1]) + abs (a[2] - b[2]);
        n++;
      }

  return n >= CS_DIFFERENCE_LEAST ? MOST_DELTA * sum / n : 0;
}

typedef struct
{
  int    column;
  int    row;
  double value;
} Block;

static int
compare_blocks (gconstpointer a,
                gconstpointer b)
{
  const Block *x = a, *y = b;

  if (x->value != y->value)
    return x->value < y->value ? 1 : -1;

  return x->row != y->row ? x->row - y->row : x->column - y->column;
}

/* A look at a few pixels of each block, then at all of those that stand out */
static double
find_worst (const CsFrame *first,
            const CsFrame *second,
            const guint8  *alpha,
            int            step)
{
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  int    columns = cs_difference_blocks (first->width), rows = cs_difference_blocks (first->height);
  double worst = 0;

  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++)
      {
        Block block = { column, row, cs_difference_block (first, second, alpha, column, row, step) };

        if (block.value > 0)
          g_array_append_val (blocks, block);
      }

  g_array_sort (blocks, compare_blocks);
  for (guint i = 0; i < blocks->len && i < MOST_EXACT; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);

      worst = MAX (worst, cs_difference_block (first, second, alpha, block->column, block->row, 1));
    }

  return worst;
}

/* Every block that could be the worst is looked at, pixel by pixel */
static double
find_worst_of_all (const CsFrame *first,
                   const CsFrame *second,
                   const guint8  *alpha,
                   const float   *allowed)
{
  int    columns = cs_difference_blocks (first->width), rows = cs_difference_blocks (first->height);
  double worst = 0;

  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++)
      {
        double may = allowed != NULL ? allowed[row * columns + column] : 0;

        if (cs_difference_block_most (first, second, alpha, column, row) - may > worst)
          worst = MAX (worst, cs_difference_block (first, second, alpha, column, row, 1) - may);
      }

  return worst;
}

/* Such that no more than MOST_PIXELS are looked at */
static int
find_step (const CsFrame *frame,
           const guint8  *alpha)
{
  gsize n = count_product (alpha, (gsize) frame->width * frame->height);
  int   step = 1;

  while (n / ((gsize) step * step) > MOST_PIXELS)
    step++;

  return step;
}

static void
find_mean (const CsFrame *first,
           const CsFrame *second,
           const guint8  *alpha,
           const float   *allowed,
           int            step,
           CsWireChange  *change)
{
  int columns = cs_difference_blocks (first->width);
  g_autofree guint32 *bins = g_new0 (guint32, BINS);
  guint64 n = 0, seen = 0;
  double  sum = 0;
  int     bin = BINS - 1;

  for (int y = step / 2; y < first->height; y += step)
    for (int x = step / 2; x < first->width; x += step)
      {
        gsize at = (gsize) y * first->width + x;
        float delta;

        if (alpha[at] < CS_MEASURE_PRODUCT)
          continue;
        delta = cs_delta_rgb (first->data + at * 3, second->data + at * 3);
        if (allowed != NULL && delta > 0)
          delta = MAX (0, delta - allowed[y / CS_DIFFERENCE_BLOCK * columns + x / CS_DIFFERENCE_BLOCK]);
        sum += delta;
        n++;
        bins[CLAMP ((int) ceil (delta / BIN), 0, BINS - 1)]++;
      }

  if (n == 0)
    return;

  /* The value that one in a hundred is above */
  while (bin > 0 && (seen += bins[bin]) <= n / 100)
    bin--;
  change->mean = sum / n;
  change->p99 = bin * BIN;
}

/**
 * cs_difference_find:
 * @alpha: of the product
 */
void
cs_difference_find (const CsFrame *first,
                    const CsFrame *second,
                    const guint8  *alpha,
                    CsWireChange  *change)
{
  int      step = find_step (first, alpha);
  gboolean few = count_product (alpha, (gsize) first->width * first->height) <= FEW_PIXELS;

  *change = (CsWireChange) { 0 };
  find_mean (first, second, alpha, NULL, step, change);
  change->worst = find_worst (first, second, alpha, step > 1 ? 4 : few ? 1 : 2);
}

/**
 * cs_difference_find_more:
 * @allowed: (nullable): how much a block's pixels may differ, ΔE, block by block
 *
 * By how much more than is allowed they differ; no block escapes
 */
void
cs_difference_find_more (const CsFrame *first,
                         const CsFrame *second,
                         const guint8  *alpha,
                         const float   *allowed,
                         CsWireChange  *change)
{
  *change = (CsWireChange) { 0 };
  find_mean (first, second, alpha, allowed, find_step (first, alpha), change);
  change->worst = find_worst_of_all (first, second, alpha, allowed);
}

/**
 * cs_difference_shift:
 *
 * Returns: the ΔE between the mean colours of the product: what goes up here and
 *   down there, as encoding does, is not in it
 */
double
cs_difference_shift (const CsFrame *first,
                     const CsFrame *second,
                     const guint8  *alpha)
{
  int    step = find_step (first, alpha);
  double sums[6] = { 0 };
  gsize  n = 0;

  for (int y = step / 2; y < first->height; y += step)
    for (int x = step / 2; x < first->width; x += step)
      {
        gsize at = (gsize) y * first->width + x;

        if (alpha[at] < CS_MEASURE_PRODUCT)
          continue;
        for (int c = 0; c < 3; c++)
          {
            sums[c] += first->data[at * 3 + c];
            sums[3 + c] += second->data[at * 3 + c];
          }
        n++;
      }

  return n > 0 ? cs_delta_means (sums, sums + 3, n) : 0;
}
