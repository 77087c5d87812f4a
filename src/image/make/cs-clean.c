/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cs-clean.h"

/* Noise and sharpness, gently. Noise in colour is what looks cheap, and eyes see
 * little detail in colour: it is evened out more than noise in brightness. Both
 * only among pixels of like brightness, so that edges stay where they are. What
 * is then sharpened is brightness alone, by no more than a few steps, and not
 * where there is nothing but grain.
 */
#define RADIUS       3
#define COLOUR_RANGE 24 /* of brightness; further apart is another thing */
#define LIGHT_RANGE  7
#define GRAIN        3 /* no sharpening below */
#define SHARPER      0.6
#define MOST_SHARPER 10

/* A line of pixels as brightness and two differences from it, with RADIUS more
 * on either side
 */
typedef struct
{
  gint16 *y;
  gint16 *u;
  gint16 *v;
} Line;

static int weights_colour[512];
static int weights_light[512];

static void
weights_fill (int *weights,
              int  range)
{
  for (int i = 0; i < 512; i++)
    {
      int apart = abs (i - 256);

      weights[i] = apart < range ? 16 * (range - apart) / range : 0;
    }
}

static void
line_filter (const gint16 *y,
             const gint16 *u,
             const gint16 *v,
             int           step,
             gint16       *out)
{
  int sums[3] = { 0 }, light = 0, colour = 0;

  for (int t = -RADIUS; t <= RADIUS; t++)
    {
      int apart = y[t * step] - y[0] + 256;
      int wl = weights_light[apart & 511], wc = weights_colour[apart & 511];

      sums[0] += y[t * step] * wl;
      sums[1] += u[t * step] * wc;
      sums[2] += v[t * step] * wc;
      light += wl;
      colour += wc;
    }

  out[0] = sums[0] / light;
  out[1] = sums[1] / colour;
  out[2] = sums[2] / colour;
}

static void
planes_filter (gint16 *planes[3],
               gint16 *to[3],
               int     width,
               int     height,
               gboolean across)
{
  int step = across ? 1 : width;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        gsize  i = (gsize) y * width + x;
        int    at = across ? x : y, most = across ? width : height;
        gint16 out[3] = { planes[0][i], planes[1][i], planes[2][i] };

        if (at >= RADIUS && at < most - RADIUS)
          line_filter (planes[0] + i, planes[1] + i, planes[2] + i, step, out);
        to[0][i] = out[0];
        to[1][i] = out[1];
        to[2][i] = out[2];
      }
}

/* What brightness gains where it differs from what is around it */
static int
sharpen (const gint16 *plane,
         gsize         i,
         int           width)
{
  const gint16 *p = plane + i;
  int around = 2 * (p[-1] + p[1] + p[-width] + p[width]) + p[-width - 1] + p[-width + 1] + p[width - 1] + p[width + 1] + 4 * p[0];
  int apart = p[0] - around / 16;

  if (abs (apart) < GRAIN)
    return 0;
  apart -= apart > 0 ? GRAIN : -GRAIN;

  return CLAMP ((int) (apart * SHARPER), -MOST_SHARPER, MOST_SHARPER);
}

/* A band of lines, so that little is held beside the picture */
static void
clean_band (const CsFrame *frame,
            CsFrame       *to,
            int            first,
            int            n_rows)
{
  int     y0 = MAX (first - RADIUS - 1, 0), y1 = MIN (first + n_rows + RADIUS + 1, frame->height);
  int     width = frame->width, height = y1 - y0;
  gsize   n = (gsize) width * height;
  g_autofree gint16 *memory = g_new (gint16, n * 6);
  gint16 *one[3] = { memory, memory + n, memory + 2 * n };
  gint16 *other[3] = { memory + 3 * n, memory + 4 * n, memory + 5 * n };

  for (gsize i = 0; i < n; i++)
    {
      const guint8 *p = cs_frame_at (frame, 0, y0) + i * 3;

      one[0][i] = (77 * p[0] + 150 * p[1] + 29 * p[2] + 128) >> 8;
      one[1][i] = p[0] - one[0][i];
      one[2][i] = p[2] - one[0][i];
    }
  planes_filter (one, other, width, height, TRUE);
  planes_filter (other, one, width, height, FALSE);

  for (int y = first; y < first + n_rows; y++)
    for (int x = 0; x < width; x++)
      {
        gsize    i = (gsize) (y - y0) * width + x;
        gboolean inner = x > 0 && x + 1 < width && y > y0 && y + 1 < y1;
        int      light = one[0][i] + (inner ? sharpen (one[0], i, width) : 0);
        int      r = light + one[1][i], b = light + one[2][i];
        guint8  *out = cs_frame_at (to, x, y);

        out[0] = CLAMP (r, 0, 255);
        out[1] = CLAMP (light - (77 * one[1][i] + 29 * one[2][i]) / 150, 0, 255);
        out[2] = CLAMP (b, 0, 255);
      }
}

/**
 * cs_clean:
 *
 * Returns: @frame with all that cleaning does
 */
CsFrame *
cs_clean (const CsFrame *frame)
{
  CsFrame *to = cs_frame_new (frame->width, frame->height, 3);
  int      rows = MAX (16, 256 * 1024 / frame->width);

  weights_fill (weights_colour, COLOUR_RANGE);
  weights_fill (weights_light, LIGHT_RANGE);
  for (int y = 0; y < frame->height; y += rows)
    clean_band (frame, to, y, MIN (rows, frame->height - y));

  return to;
}

/* @frame on its way to @clean: @strength 0 not at all, 1 all of it */
void
cs_clean_blend (CsFrame       *frame,
                const CsFrame *clean,
                double         strength)
{
  gsize n = (gsize) frame->width * frame->height * 3;
  int   part = CLAMP ((int) (strength * 256 + 0.5), 0, 256);

  for (gsize i = 0; i < n; i++)
    frame->data[i] += ((clean->data[i] - frame->data[i]) * part + 128) >> 8;
}
