/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "cs-straighten.h"

/* Lines that are nearly level or upright were meant to be: a shelf, a table's
 * edge, the boards of a floor, a box. They vote (as in Hough's transform) for
 * the angle by which the photo was held askew. Only a clear vote counts:
 * several long lines that agree.
 */
#define PROXY_SIDE 384
#define STEP       0.2 /* degrees */
#define REACH      6.0
#define N_ANGLES   61  /* from -REACH to +REACH */
#define MIN_EDGE   18  /* grey values, below it is noise or texture */
#define MIN_ANGLE  0.5 /* less is not worth the pixels it costs */

typedef struct
{
  int     width;
  int     height;
  guint8 *grey;
  double  votes[N_ANGLES];
  int     lines;
} Hough;

static void
hough_grey (Hough         *hough,
            const CsFrame *frame)
{
  for (int i = 0; i < frame->width * frame->height; i++)
    {
      const guint8 *p = frame->data + (gsize) i * frame->channels;

      hough->grey[i] = (77 * p[0] + 150 * p[1] + 29 * p[2]) >> 8;
    }
}

/* Whether the grey values step here, across @dx, @dy, and more than beside */
static gboolean
hough_is_edge (const Hough *hough,
               int          x,
               int          y,
               gboolean     level)
{
  const guint8 *p = hough->grey + y * hough->width + x;
  int           across = level ? hough->width : 1, along = level ? 1 : hough->width;
  int           step = abs (p[across] - p[-across]);

  return step >= MIN_EDGE &&
         step >= 3 * abs (p[along] - p[-along]) &&
         step >= abs (p[2 * across] - p[0]) && step >= abs (p[0] - p[-2 * across]);
}

/* The lines of one direction: each angle has a row of counters, one for each
 * distance; a counter that many edge pixels hit is a line
 */
static void
hough_count (Hough   *hough,
             gboolean level)
{
  int             along = level ? hough->width : hough->height, across = level ? hough->height : hough->width;
  int             least = along * 35 / 100;
  g_autofree int *counters = g_new0 (int, (gsize) N_ANGLES *across);

  for (int y = 4; y < hough->height - 4; y++)
    for (int x = 4; x < hough->width - 4; x++)
      {
        double u = level ? x - along / 2.0 : y - along / 2.0;
        int    v = level ? y : x;

        if (!hough_is_edge (hough, x, y, level))
          continue;

        for (int a = 0; a < N_ANGLES; a++)
          {
            double slope = tan ((a * STEP - REACH) * G_PI / 180);
            int    rho = (int) floor (level ? v - u * slope + 0.5 : v + u * slope + 0.5);

            if (rho >= 0 && rho < across)
              counters[a * across + rho]++;
          }
      }

  for (int a = 0; a < N_ANGLES; a++)
    for (int rho = 1; rho < across - 1; rho++)
      {
        int n = counters[a * across + rho];

        if (n < least || n < counters[a * across + rho - 1] || n < counters[a * across + rho + 1])
          continue;
        hough->votes[a] += (double) n * n / along / along;
        hough->lines++;
      }
}

/**
 * cs_straighten_find:
 * @degrees: (out): how far to turn the photo to the right
 *
 * Returns: whether that is clear; 0 is clear too where lines are straight already
 */
gboolean
cs_straighten_find (const CsFrame *frame,
                    double        *degrees)
{
  int side = cs_frame_side (frame);
  g_autoptr (CsFrame) proxy = cs_frame_scale (frame, MAX (16, MIN (frame->width, frame->width * PROXY_SIDE / side)),
                                              MAX (16, MIN (frame->height, frame->height * PROXY_SIDE / side)));
  g_autofree guint8 *grey = g_new (guint8, (gsize) proxy->width * proxy->height);
  Hough              hough = { .width = proxy->width, .height = proxy->height, .grey = grey };
  double             total = 0, near = 0, sum = 0;
  int                best = 0;

  *degrees = 0;
  hough_grey (&hough, proxy);
  hough_count (&hough, TRUE);
  hough_count (&hough, FALSE);

  for (int a = 0; a < N_ANGLES; a++)
    {
      total += hough.votes[a];
      if (hough.votes[a] > hough.votes[best])
        best = a;
    }

  for (int a = MAX (0, best - 3); a <= MIN (N_ANGLES - 1, best + 3); a++)
    {
      near += hough.votes[a];
      sum += hough.votes[a] * (a * STEP - REACH);
    }

  /* Most of the votes within little more than a degree, and enough of them */
  if (total < 0.5 || near < 0.7 * total)
    return FALSE;

  sum /= near;
  if (fabs (sum) > CS_STRAIGHTEN_MAX)
    return FALSE;
  if (fabs (sum) >= MIN_ANGLE)
    *degrees = -sum;

  return TRUE;
}

/**
 * cs_straighten_inside:
 * @inside: (out): the largest rectangle of the same shape that is free of the
 *   corners that turning brings in
 */
void
cs_straighten_inside (int     width,
                      int     height,
                      double  degrees,
                      CsRect *inside)
{
  double angle = fabs (degrees) * G_PI / 180;
  double w = width, h = height;
  double scale = MIN (w / (w * cos (angle) + h * sin (angle)), h / (h * cos (angle) + w * sin (angle)));

  inside->width = CLAMP ((int) (w * scale), 1, width);
  inside->height = CLAMP ((int) (h * scale), 1, height);
  inside->x = (width - inside->width) / 2;
  inside->y = (height - inside->height) / 2;
}
