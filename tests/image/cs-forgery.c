/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-delta.h"
#include "cs-forgery.h"
#include "cs-measure.h"

static guint8 *
forgery_at (const CsForgery *self,
            int            x,
            int            y)
{
  return cs_frame_at (self->picture, x, y);
}

static gboolean
is_product (const CsForgery *self,
            int            x,
            int            y)
{
  return x >= 0 && y >= 0 && x < self->picture->width && y < self->picture->height &&
         self->alpha[(gsize) y * self->picture->width + x] >= CS_MEASURE_PRODUCT;
}

/* Somewhere with nothing but product for so many pixels to the right and below */
static gboolean
find_place (const CsForgery *self,
            int            wide,
            int            high,
            int           *x,
            int           *y)
{
  for (int try = 0; try < 4000; try++)
    {
      gboolean all = TRUE;

      *x = self->box.x + g_rand_int_range (self->rand, 0, MAX (1, self->box.width - wide));
      *y = self->box.y + g_rand_int_range (self->rand, 0, MAX (1, self->box.height - high));
      for (int i = 0; i <= 8 && all; i++)
        for (int j = 0; j <= 8 && all; j++)
          all = is_product (self, *x + wide * i / 8, *y + high * j / 8);
      if (all)
        return TRUE;
    }

  return FALSE;
}

static CsFrame *
copy_of (const CsFrame *frame)
{
  return cs_frame_crop (frame, &(CsRect) { 0, 0, frame->width, frame->height });
}

/* Whether a rectangle has come to look different, as far as anybody could see */
static gboolean
looks_different (const CsForgery *self,
                 const CsFrame *before,
                 CsRect         area,
                 double         least)
{
  double sum = 0;

  for (int y = area.y; y < area.y + area.height; y++)
    for (int x = area.x; x < area.x + area.width; x++)
      sum += cs_delta_rgb (cs_frame_at (before, x, y), forgery_at (self, x, y));

  return sum / (area.width * area.height) >= least;
}

/* A logo is painted over with the colour around it */
static gboolean
paint_out_logo (CsForgery *self)
{
  int wide = MAX (16, self->box.width / 8), high = MAX (16, self->box.height / 8);

  for (int try = 0; try < 40; try++)
    {
      g_autoptr (CsFrame) before = copy_of (self->picture);
      int x0, y0;

      if (!find_place (self, wide, high, &x0, &y0))
        return FALSE;
      for (int y = y0; y < y0 + high; y++)
        for (int x = x0; x < x0 + wide; x++)
          memcpy (forgery_at (self, x, y), cs_frame_at (before, x0, y0), 3);
      if (looks_different (self, before, (CsRect) { x0, y0, wide, high }, 3))
        return TRUE;
      memcpy (self->picture->data, before->data, (gsize) before->width * before->height * 3);
    }

  return FALSE;
}

/* A stain is gone that the photo has; or one is there that it has not: it is all the same */
static gboolean
remove_stain (CsForgery *self)
{
  int radius = MAX (9, MIN (self->box.width, self->box.height) / 40), x0, y0;

  if (!find_place (self, 2 * radius, 2 * radius, &x0, &y0))
    return FALSE;

  for (int y = -radius; y <= radius; y++)
    for (int x = -radius; x <= radius; x++)
      if (x * x + y * y <= radius * radius && is_product (self, x0 + radius + x, y0 + radius + y))
        for (int c = 0; c < 3; c++)
          {
            guint8 *p = forgery_at (self, x0 + radius + x, y0 + radius + y) + c;

            *p = *p > 60 ? *p * (c == 2 ? 76 : 84) / 100 : *p + 30;
          }

  return TRUE;
}

static void
shift_colour (guint8 *p,
              double  by)
{
  p[0] = CLAMP (p[0] + 6 * by, 0, 255);
  p[2] = CLAMP (p[2] - 6 * by, 0, 255);
}

/* Until it is as far as that, on average, over what has changed */
static void
recolour (CsForgery *self,
          CsRect   area,
          double   delta)
{
  g_autoptr (CsFrame) before = copy_of (self->picture);

  for (double by = 0.25; by < 40; by += 0.25)
    {
      double sum = 0;
      int    n = 0;

      for (int y = area.y; y < area.y + area.height; y++)
        for (int x = area.x; x < area.x + area.width; x++)
          {
            guint8 *p = forgery_at (self, x, y);

            if (!is_product (self, x, y))
              continue;
            memcpy (p, cs_frame_at (before, x, y), 3);
            shift_colour (p, by);
            sum += cs_delta_rgb (cs_frame_at (before, x, y), p);
            n++;
          }
      if (n == 0 || sum / n >= delta)
        return;
    }
}

static gboolean
recolour_by_4 (CsForgery *self)
{
  recolour (self, self->box, 4);

  return TRUE;
}

static gboolean
recolour_sleeve (CsForgery *self)
{
  recolour (self, (CsRect) { self->box.x, self->box.y, self->box.width / 3, self->box.height }, 10);

  return TRUE;
}

/* Slimmer by a fiftieth, around its middle */
static gboolean
warp_by_2_percent (CsForgery *self)
{
  g_autoptr (CsFrame) before = copy_of (self->picture);
  double middle = self->box.x + self->box.width / 2.0;

  for (int y = 0; y < before->height; y++)
    for (int x = 0; x < before->width; x++)
      {
        double from = CLAMP (middle + (x - middle) * 1.02, 0, before->width - 1.001);
        int    at = from;

        for (int c = 0; c < 3; c++)
          forgery_at (self, x, y)[c] = cs_frame_at (before, at, y)[c] * (1 - from + at) + cs_frame_at (before, at + 1, y)[c] * (from - at) + 0.5;
      }

  return TRUE;
}

static gboolean
clone_patch (CsForgery *self)
{
  for (int try = 0; try < 200; try++)
    {
      g_autoptr (CsFrame) before = copy_of (self->picture);
      int x0, y0, x1, y1;

      if (!find_place (self, 16, 16, &x0, &y0) || !find_place (self, 16, 16, &x1, &y1))
        return FALSE;
      for (int y = 0; y < 16; y++)
        memcpy (forgery_at (self, x0, y0 + y), cs_frame_at (before, x1, y1 + y), 16 * 3);
      if (looks_different (self, before, (CsRect) { x0, y0, 16, 16 }, 4))
        return TRUE;
      memcpy (self->picture->data, before->data, (gsize) before->width * before->height * 3);
    }

  return FALSE;
}

/* Every pixel the mean of those around it */
static gboolean
smooth (CsForgery *self)
{
  g_autoptr (CsFrame) before = copy_of (self->picture);

  for (int y = 3; y < before->height - 3; y++)
    for (int x = 3; x < before->width - 3; x++)
      for (int c = 0; is_product (self, x, y) && c < 3; c++)
        {
          int sum = 0;

          for (int v = -3; v <= 3; v++)
            for (int u = -3; u <= 3; u++)
              sum += cs_frame_at (before, x + u, y + v)[c];
          forgery_at (self, x, y)[c] = sum / 49;
        }

  return TRUE;
}

static gboolean
mirror (CsForgery *self)
{
  g_autoptr (CsFrame) before = copy_of (self->picture);

  for (int y = 0; y < before->height; y++)
    for (int x = 0; x < before->width; x++)
      memcpy (forgery_at (self, x, y), cs_frame_at (before, before->width - 1 - x, y), 3);

  return TRUE;
}

static gboolean
another_product (CsForgery *self)
{
  for (int y = 0; y < self->picture->height; y++)
    for (int x = 0; x < self->picture->width; x++)
      for (int c = 0; c < 3; c++)
        forgery_at (self, x, y)[c] = (x / 9 + y / 7 + c) % 5 * 40 + 30;

  return TRUE;
}

const struct CsForgeryKind cs_forgery_kinds[CS_N_FORGERIES] = {
  { "logo painted out", paint_out_logo, 0.5 },
  { "stain removed", remove_stain, 0.5 },
  { "sleeve of another colour", recolour_sleeve, 0.5 },
  { "warped by 2 %", warp_by_2_percent, 0.5 },
  { "patch cloned", clone_patch, 0.5 },
  { "recoloured by ΔE 4", recolour_by_4, 0.5 },
  { "smoothed", smooth, 0.5 },
  { "mirrored", mirror, 1 },
  { "another product", another_product, 1 },
};

CsRect
cs_forgery_find_box (const CsMade *made)
{
  int x0 = made->picture->width, y0 = made->picture->height, x1 = 0, y1 = 0;

  for (int y = 0; y < made->picture->height; y++)
    for (int x = 0; x < made->picture->width; x++)
      if (made->alpha[(gsize) y * made->picture->width + x] >= CS_MEASURE_PRODUCT)
        {
          x0 = MIN (x0, x);
          y0 = MIN (y0, y);
          x1 = MAX (x1, x + 1);
          y1 = MAX (y1, y + 1);
        }

  return (CsRect) { x0, y0, MAX (0, x1 - x0), MAX (0, y1 - y0) };
}
