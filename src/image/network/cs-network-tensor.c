/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-network-tensor.h"

/* How far beyond 0..1 a finished output may lie by rounding */
#define ROUNDING 0.01f

/* A largest value below it is nothing found: stretching would make something of it */
#define NOTHING 0.5f

/* Where a pixel of the small picture lies in the large one */
typedef struct
{
  int    first;
  int    n;
  float *weights;
} Span;

static void
spans_free (Span *spans,
            int   n)
{
  for (int i = 0; i < n; i++)
    g_free (spans[i].weights);
  g_free (spans);
}

/* Each pixel is the mean of what it covers; where the photo is the smaller one,
 * of the two beside it
 */
static Span *
spans_new (int from,
           int to)
{
  double scale = (double) from / to;
  double reach = MAX (scale, 1.0) / 2;
  Span  *spans = g_new0 (Span, to);

  for (int i = 0; i < to; i++)
    {
      double middle = (i + 0.5) * scale;
      int    first = CLAMP ((int) floor (middle - reach), 0, from - 1);
      int    last = CLAMP ((int) ceil (middle + reach) - 1, first, from - 1);
      double sum = 0;

      spans[i].first = first;
      spans[i].n = last - first + 1;
      spans[i].weights = g_new (float, spans[i].n);

      for (int t = 0; t < spans[i].n; t++)
        {
          double begin = MAX (first + t, middle - reach);
          double end = MIN (first + t + 1, middle + reach);

          sum += spans[i].weights[t] = MAX (end - begin, 1e-6);
        }
      for (int t = 0; t < spans[i].n; t++)
        spans[i].weights[t] /= sum;
    }

  return spans;
}

/* One row of the photo, scaled across, three values a pixel, added to @sums */
static void
tensor_add_row (const guint8 *row,
                const Span   *spans,
                int           to,
                float         weight,
                float        *sums)
{
  for (int x = 0; x < to; x++)
    {
      const guint8 *in = row + (gsize) spans[x].first * 3;
      float         r = 0, g = 0, b = 0;

      for (int t = 0; t < spans[x].n; t++, in += 3)
        {
          r += in[0] * spans[x].weights[t];
          g += in[1] * spans[x].weights[t];
          b += in[2] * spans[x].weights[t];
        }

      sums[x * 3] += r * weight;
      sums[x * 3 + 1] += g * weight;
      sums[x * 3 + 2] += b * weight;
    }
}

static float *
tensor_scale (const guint8 *pixels,
              int           width,
              int           height,
              int           to_width,
              int           to_height)
{
  Span             *across = spans_new (width, to_width);
  Span             *down = spans_new (height, to_height);
  gsize             plane = (gsize) to_width * to_height;
  float            *result = g_new (float, plane * 3);
  g_autofree float *sums = g_new (float, (gsize) to_width * 3);

  for (int y = 0; y < to_height; y++)
    {
      memset (sums, 0, sizeof *sums * to_width * 3);
      for (int t = 0; t < down[y].n; t++)
        tensor_add_row (pixels + (gsize) (down[y].first + t) * width * 3, across, to_width,
                        down[y].weights[t], sums);

      for (int x = 0; x < to_width; x++)
        for (int c = 0; c < 3; c++)
          result[plane * c + (gsize) y * to_width + x] = sums[x * 3 + c];
    }

  spans_free (across, to_width);
  spans_free (down, to_height);

  return result;
}

/**
 * cs_network_tensor_new:
 * @pixels: RGB without padding
 *
 * Returns: the photo at the size that the network takes, plane after plane
 */
float *
cs_network_tensor_new (const CsNetworkProfile *profile,
                       const guint8           *pixels,
                       int                     width,
                       int                     height)
{
  float *result = tensor_scale (pixels, width, height, profile->width, profile->height);
  gsize  plane = (gsize) profile->width * profile->height;
  float  largest = 255;

  if (profile->divide_by_max)
    {
      largest = 1;
      for (gsize i = 0; i < plane * 3; i++)
        largest = MAX (largest, result[i]);
    }

  for (int c = 0; c < 3; c++)
    for (gsize i = plane * c; i < plane * (c + 1); i++)
      result[i] = (result[i] / largest - profile->mean[c]) / profile->deviation[c];

  return result;
}

static float
sigmoid (float x)
{
  return 1 / (1 + expf (-x));
}

/**
 * cs_network_tensor_to_mask:
 *
 * Returns: (nullable): a byte for each value, 255 for the product; %NULL where
 *   the values are no mask
 */
GBytes *
cs_network_tensor_to_mask (const CsNetworkProfile *profile,
                           const float            *values,
                           gsize                   n)
{
  g_autofree guint8 *mask = NULL;
  float              least = INFINITY, largest = -INFINITY;
  gboolean           finished, bend, stretch;

  for (gsize i = 0; i < n; i++)
    {
      if (!isfinite (values[i]))
        return NULL;
      least = MIN (least, values[i]);
      largest = MAX (largest, values[i]);
    }

  finished = least >= -ROUNDING && largest <= 1 + ROUNDING;
  bend = profile->output == CS_OUTPUT_SIGMOID || (profile->output == CS_OUTPUT_EITHER && !finished);
  stretch = profile->output == CS_OUTPUT_STRETCH && largest > least && !(finished && largest < NOTHING);
  if (!finished && !bend && !stretch)
    return NULL;

  mask = g_malloc (n);
  for (gsize i = 0; i < n; i++)
    {
      float value = bend ? sigmoid (values[i]) : stretch ? (values[i] - least) / (largest - least)
                                                         : values[i];

      mask[i] = (guint8) (CLAMP (value, 0, 1) * 255 + 0.5f);
    }

  return g_bytes_new_take (g_steal_pointer (&mask), n);
}

/* Half precision: a sign, five bits of exponent, ten of fraction */
void
cs_network_tensor_to_half (const float *from,
                           guint16     *to,
                           gsize        n)
{
  for (gsize i = 0; i < n; i++)
    {
      int    exponent;
      double fraction = frexp (fabsf (from[i]), &exponent);
      int    bits;

      if (fraction == 0)
        bits = 0;
      else if (exponent > 16)
        bits = 0x7bff;
      else if (exponent < -13)
        bits = (int) ldexp (fraction, exponent + 24);
      else
        bits = ((exponent + 14) << 10) + (int) (ldexp (fraction, 11) + 0.5) - 1024;

      to[i] = bits | (signbit (from[i]) ? 0x8000 : 0);
    }
}

void
cs_network_tensor_from_half (const guint16 *from,
                             float         *to,
                             gsize          n)
{
  for (gsize i = 0; i < n; i++)
    {
      int   exponent = from[i] >> 10 & 0x1f;
      int   fraction = from[i] & 0x3ff;
      float value;

      if (exponent == 0x1f)
        value = fraction != 0 ? NAN : INFINITY;
      else if (exponent == 0)
        value = ldexpf (fraction, -24);
      else
        value = ldexpf (fraction + 1024, exponent - 25);

      to[i] = (from[i] & 0x8000) ? -value : value;
    }
}
