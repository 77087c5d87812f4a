/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-delta.h"
#include "cs-lab.h"

/* How different two colours look: CIEDE2000. One is about the least that is
 * seen side by side.
 */

/* Of the light that sRGB is made for, by its own matrix, so that grey is grey */
#define WHITE_X 0.9504559f
#define WHITE_Z 1.0890577f

#define DEGREES ((float) (G_PI / 180))

static float
lab_curve (float t)
{
  return t > 216 / 24389.0f ? cbrtf (t) : (24389 / 27.0f * t + 16) / 116;
}

static CsDeltaLab
lab_from_linear (float r,
                 float g,
                 float b)
{
  float x = lab_curve ((0.4123908f * r + 0.3575843f * g + 0.1804808f * b) / WHITE_X);
  float y = lab_curve (0.2126390f * r + 0.7151687f * g + 0.0721923f * b);
  float z = lab_curve ((0.0193308f * r + 0.1191948f * g + 0.9505322f * b) / WHITE_Z);

  return (CsDeltaLab) { 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

CsDeltaLab
cs_delta_lab (const guint8 *rgb)
{
  return lab_from_linear (cs_lab_linear (rgb[0]), cs_lab_linear (rgb[1]), cs_lab_linear (rgb[2]));
}

static float
hue (float a,
     float b)
{
  float angle = a == 0 && b == 0 ? 0 : atan2f (b, a) / DEGREES;

  return angle < 0 ? angle + 360 : angle;
}

static float
mean_hue (float first,
          float second,
          float product)
{
  if (product == 0)
    return first + second;
  if (fabsf (first - second) <= 180)
    return (first + second) / 2;

  return first + second < 360 ? (first + second + 360) / 2 : (first + second - 360) / 2;
}

static float
power_7 (float x)
{
  float cube = x * x * x;

  return cube * cube * x;
}

static float
square (float x)
{
  return x * x;
}

/**
 * cs_delta_between:
 *
 * G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 Color-Difference Formula:
 * Implementation Notes, Supplementary Test Data, and Mathematical
 * Observations", 2005; equations (2) to (22)
 */
float
cs_delta_between (CsDeltaLab first,
                  CsDeltaLab second)
{
  float c7 = power_7 ((hypotf (first.a, first.b) + hypotf (second.a, second.b)) / 2);
  float g = 0.5f * (1 - sqrtf (c7 / (c7 + 6103515625.0f)));
  float a1 = (1 + g) * first.a, a2 = (1 + g) * second.a;
  float c1 = hypotf (a1, first.b), c2 = hypotf (a2, second.b);
  float h1 = hue (a1, first.b), h2 = hue (a2, second.b);
  float dl = second.l - first.l, dc = c2 - c1;
  float turn = c1 * c2 == 0 ? 0 : h2 - h1;
  float dh, l, c, h, t, theta, rc, sl, sc, sh;

  if (turn > 180)
    turn -= 360;
  else if (turn < -180)
    turn += 360;
  dh = 2 * sqrtf (c1 * c2) * sinf (turn / 2 * DEGREES);

  l = (first.l + second.l) / 2;
  c = (c1 + c2) / 2;
  h = mean_hue (h1, h2, c1 * c2);
  t = 1 - 0.17f * cosf ((h - 30) * DEGREES) + 0.24f * cosf (2 * h * DEGREES) +
      0.32f * cosf ((3 * h + 6) * DEGREES) - 0.20f * cosf ((4 * h - 63) * DEGREES);
  theta = 30 * expf (-square ((h - 275) / 25));
  c7 = power_7 (c);
  rc = 2 * sqrtf (c7 / (c7 + 6103515625.0f));
  sl = 1 + 0.015f * square (l - 50) / sqrtf (20 + square (l - 50));
  sc = 1 + 0.045f * c;
  sh = 1 + 0.015f * c * t;

  return sqrtf (MAX (0, square (dl / sl) + square (dc / sc) + square (dh / sh) -
                          sinf (2 * theta * DEGREES) * rc * (dc / sc) * (dh / sh)));
}

float
cs_delta_rgb (const guint8 *first,
              const guint8 *second)
{
  if (first[0] == second[0] && first[1] == second[1] && first[2] == second[2])
    return 0;

  return cs_delta_between (cs_delta_lab (first), cs_delta_lab (second));
}

static float
linear_mean (double sum,
             double n)
{
  double value = sum / n / 255;

  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

/**
 * cs_delta_means:
 * @first: sums of the red, green and blue values of @n pixels
 */
float
cs_delta_means (const double *first,
                const double *second,
                double        n)
{
  return cs_delta_between (lab_from_linear (linear_mean (first[0], n), linear_mean (first[1], n), linear_mean (first[2], n)),
                           lab_from_linear (linear_mean (second[0], n), linear_mean (second[1], n), linear_mean (second[2], n)));
}
