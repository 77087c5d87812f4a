/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-outline.h"

/* Where a matte is neither here nor there, the colours around say more: what
 * the product and the background look like within a small window, and which of
 * the two a pixel is nearer to. They are believed as far as the two differ, and
 * by as much as they differ more than each in itself.
 *
 * Sums over a window that slides down and across; whole numbers, so that they
 * come out the same wherever a window starts.
 */
enum
{
  SUM_WEIGHT,
  SUM_RED,
  SUM_GREEN,
  SUM_BLUE,
  SUM_SQUARES,
  N_SUMS,
};

typedef enum
{
  SIDE_OUT,
  SIDE_IN,
  N_SIDES,
} Side;

typedef struct
{
  guint32 of[N_SIDES][N_SUMS];
} Sums;

typedef struct
{
  float weight;
  float mean[3];
  float spread; /* variance, all channels together */
} Colour;

#define WINDOW     1.0f /* of the reach, to each side */
#define SPREADS    8.0f /* how much of what a side differs in itself counts against it */
#define FLOOR      1200 /* a difference of twenty steps in each channel */
#define SURE       128  /* of 255: from here on a pixel says what its side looks like */
#define MAX_WINDOW 16   /* pixels: the sums of larger ones would not fit */
#define RAMP       8    /* of 255: at the ends of the ramp the network knew */

static void
outline_add (Sums         *sums,
             const guint8  weights[N_SIDES][256],
             const guint8 *rgb,
             guint8        alpha,
             int           sign)
{
  guint32 squares = (rgb[0] * rgb[0] + rgb[1] * rgb[1] + rgb[2] * rgb[2]) >> 4;

  for (Side side = 0; side < N_SIDES; side++)
    {
      guint32 weight = weights[side][alpha] * sign;

      sums->of[side][SUM_WEIGHT] += weight;
      sums->of[side][SUM_RED] += weight * rgb[0];
      sums->of[side][SUM_GREEN] += weight * rgb[1];
      sums->of[side][SUM_BLUE] += weight * rgb[2];
      sums->of[side][SUM_SQUARES] += weight * squares;
    }
}

static void
outline_slide (Sums       *window,
               const Sums *column,
               int         sign)
{
  for (Side side = 0; side < N_SIDES; side++)
    for (int i = 0; i < N_SUMS; i++)
      window->of[side][i] += column->of[side][i] * sign;
}

static Colour
outline_colour (const guint32 *sums)
{
  Colour colour = { .weight = sums[SUM_WEIGHT] };
  float  squares = 0;

  if (sums[SUM_WEIGHT] == 0)
    return colour;

  for (int c = 0; c < 3; c++)
    {
      colour.mean[c] = sums[SUM_RED + c] / colour.weight;
      squares += colour.mean[c] * colour.mean[c];
    }
  colour.spread = MAX (0, sums[SUM_SQUARES] / colour.weight * 16 - squares);

  return colour;
}

static guint8
outline_decide (const Sums   *window,
                const guint8 *rgb,
                guint8        before)
{
  Colour in = outline_colour (window->of[SIDE_IN]), out = outline_colour (window->of[SIDE_OUT]);
  float  apart = 0, along = 0, off = 0, share, sure, band;

  if (in.weight < 64 || out.weight < 64)
    return before;

  for (int c = 0; c < 3; c++)
    {
      float step = in.mean[c] - out.mean[c];

      apart += step * step;
      along += (rgb[c] - out.mean[c]) * step;
    }
  share = CLAMP (along / MAX (apart, 1), 0, 1);
  for (int c = 0; c < 3; c++)
    {
      float miss = rgb[c] - out.mean[c] - share * (in.mean[c] - out.mean[c]);

      off += miss * miss;
    }

  sure = apart / (apart + SPREADS * (in.spread + out.spread) + off + FLOOR);
  share = CLAMP ((share - 0.12f) / 0.76f, 0, 1);
  band = MIN (1, MIN (before, 255 - before) / (float) RAMP);

  return before + band * sure * (share * 255 - before) + 0.5f;
}

static void
outline_weigh (guint8 weights[N_SIDES][256])
{
  const int rest = 255 - SURE;

  for (int i = 0; i < 256; i++)
    {
      int in = MAX (0, i - SURE), out = MAX (0, rest - i);

      weights[SIDE_IN][i] = in * in * 255 / (rest * rest);
      weights[SIDE_OUT][i] = out * out * 255 / (rest * rest);
    }
}

static void
outline_row (CsMatte       *matte,
             const CsFrame *frame,
             const Sums    *columns,
             int            y,
             int            reach)
{
  Sums window = { 0 };

  for (int x = -reach; x < matte->width; x++)
    {
      guint8 *alpha;

      if (x + reach < matte->width)
        outline_slide (&window, &columns[x + reach], 1);
      if (x - reach - 1 >= 0)
        outline_slide (&window, &columns[x - reach - 1], -1);
      if (x < 0)
        continue;

      alpha = cs_matte_at (matte, x, y);
      if (*alpha != 0 && *alpha != 255)
        *alpha = outline_decide (&window, cs_frame_at (frame, x, y), *alpha);
    }
}

/**
 * cs_outline_follow:
 * @matte: as large as @frame
 * @reach: pixels that one of the network's is wide
 */
void
cs_outline_follow (CsMatte       *matte,
                   const CsFrame *frame,
                   int            reach)
{
  guint8           weights[N_SIDES][256];
  g_autofree Sums *columns = g_new0 (Sums, matte->width);
  g_autoptr (CsMatte) before = cs_matte_scale (matte, matte->width, matte->height);

  reach = CLAMP (reach * WINDOW + 0.5f, 2, MAX_WINDOW);
  outline_weigh (weights);

  for (int y = -reach; y < matte->height; y++)
    {
      int enters = y + reach, leaves = y - reach - 1;

      for (int x = 0; x < matte->width; x++)
        {
          if (enters < matte->height)
            outline_add (&columns[x], weights, cs_frame_at (frame, x, enters), *cs_matte_at (before, x, enters), 1);
          if (leaves >= 0)
            outline_add (&columns[x], weights, cs_frame_at (frame, x, leaves), *cs_matte_at (before, x, leaves), -1);
        }
      if (y >= 0)
        outline_row (matte, frame, columns, y, reach);
    }
}
