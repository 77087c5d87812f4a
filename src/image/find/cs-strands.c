/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cs-mask.h"
#include "cs-strands.h"

/* A dark string in a mat, a gap between planks: a network half takes such lines
 * for part of the dark thing that stands on them. A handle or a strap is thin,
 * too, but it is found well, or it begins and ends at the product. What is thin,
 * only half found, and does not hold on to one and the same thing in two places is
 * taken away.
 */
#define FOUND      25  /* of 255 */
#define SOLID      127
#define HALF_FOUND 150 /* mean of a strand that is not the product's */
#define THIN       160 /* parts of the matte's side that a strand is wide at most */
#define LONG       4   /* times as long as wide, at least */

typedef struct
{
  int    left, top, right, bottom;
  int    n;
  gint64 sum;
  int    piece;    /* of what is solid, that it touches; 0 for none */
  int    holds;    /* places where it touches that, as far as they are apart */
  int    at[2][2]; /* the first of them */
} Strand;

/* The largest (or least) of 2 × reach + 1 pixels along one direction */
static void
strands_spread_line (const guint8 *from,
                     guint8       *to,
                     int           n,
                     int           step,
                     int           reach,
                     gboolean      largest)
{
  for (int i = 0; i < n; i++)
    {
      guint8 value = largest ? 0 : 255;

      for (int k = MAX (i - reach, 0); k <= MIN (i + reach, n - 1); k++)
        value = largest ? MAX (value, from[(gsize) k * step]) : MIN (value, from[(gsize) k * step]);
      to[(gsize) i * step] = value;
    }
}

static void
strands_spread (guint8  *mask,
                int      width,
                int      height,
                int      reach,
                gboolean largest)
{
  g_autofree guint8 *between = g_new (guint8, (gsize) width * height);

  for (int y = 0; y < height; y++)
    strands_spread_line (mask + (gsize) y * width, between + (gsize) y * width, width, 1, reach, largest);
  for (int x = 0; x < width; x++)
    strands_spread_line (between + x, mask + x, height, width, reach, largest);
}

/* What is wider than a strand, and as much around it as blurs into it */
static guint8 *
strands_find_solid (const CsMatte *matte,
                    int            reach)
{
  gsize   n = (gsize) matte->width * matte->height;
  guint8 *solid = g_new (guint8, n);

  for (gsize i = 0; i < n; i++)
    solid[i] = matte->alpha[i] > SOLID ? 255 : 0;
  strands_spread (solid, matte->width, matte->height, reach, FALSE);
  strands_spread (solid, matte->width, matte->height, 2 * reach, TRUE);

  return solid;
}

/* The solid piece that is beside a pixel, or 0 */
static int
strands_touch (const int *pieces,
               int        width,
               int        height,
               int        x,
               int        y)
{
  for (int v = MAX (y - 1, 0); v <= MIN (y + 1, height - 1); v++)
    for (int u = MAX (x - 1, 0); u <= MIN (x + 1, width - 1); u++)
      if (pieces[(gsize) v * width + u] != 0)
        return pieces[(gsize) v * width + u];

  return 0;
}

static void
strand_hold (Strand *self,
             int     piece,
             int     x,
             int     y,
             int     apart)
{
  if (piece == 0 || (self->piece != 0 && self->piece != piece))
    return;

  self->piece = piece;
  for (int i = 0; i < MIN (self->holds, 2); i++)
    if (abs (x - self->at[i][0]) <= apart && abs (y - self->at[i][1]) <= apart)
      return;

  if (self->holds < 2)
    {
      self->at[self->holds][0] = x;
      self->at[self->holds][1] = y;
    }
  self->holds++;
}

static void
strand_add (Strand *self,
            int     x,
            int     y,
            guint8  alpha)
{
  self->left = self->n > 0 ? MIN (self->left, x) : x;
  self->top = self->n > 0 ? MIN (self->top, y) : y;
  self->right = MAX (self->right, x);
  self->bottom = MAX (self->bottom, y);
  self->sum += alpha;
  self->n++;
}

static gboolean
strand_is_loose (const Strand *self,
                 int           reach)
{
  int length = MAX (self->right - self->left, self->bottom - self->top) + 1;

  return self->n > 0 && self->holds < 2 && self->sum < (gint64) HALF_FOUND * self->n &&
         self->n <= length * (2 * reach + 1) && length >= LONG * reach;
}

void
cs_strands_drop (CsMatte *matte)
{
  int                width = matte->width, height = matte->height;
  int                reach = MAX (1, (MAX (width, height) + THIN / 2) / THIN);
  g_autofree guint8 *solid = strands_find_solid (matte, reach);
  g_autofree guint8 *thin = g_new (guint8, (gsize) width * height);
  g_autofree int    *labels = g_new (int, (gsize) width * height);
  g_autofree int    *pieces = g_new (int, (gsize) width * height);
  g_autofree Strand *strands = NULL;
  g_autoptr (GArray) sizes = NULL;
  g_autoptr (GArray) solid_sizes = cs_mask_label (solid, pieces, width, height);

  for (int i = 0; i < width * height; i++)
    thin[i] = matte->alpha[i] > FOUND && solid[i] == 0 ? 255 : 0;
  sizes = cs_mask_label (thin, labels, width, height);
  strands = g_new0 (Strand, sizes->len);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int     i = y * width + x;
        Strand *strand = &strands[labels[i]];

        if (labels[i] == 0)
          continue;
        strand_add (strand, x, y, matte->alpha[i]);
        strand_hold (strand, strands_touch (pieces, width, height, x, y), x, y, 4 * reach);
      }

  for (int i = 0; i < width * height; i++)
    if (labels[i] != 0 && strand_is_loose (&strands[labels[i]], reach))
      matte->alpha[i] = 0;
}
