/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-kernel.h"
#include "cs-matte.h"

/* Alpha never rings: made smaller by the mean of what is covered, made larger
 * in straight lines, in whole numbers throughout.
 */

typedef struct
{
  int      n_taps;
  int     *first;
  guint16 *weights;
} Taps;

CsMatte *
cs_matte_new (int width,
              int height)
{
  CsMatte *self = g_new0 (CsMatte, 1);

  self->width = width;
  self->height = height;
  self->alpha = g_malloc0_n (width, height);

  return self;
}

void
cs_matte_free (CsMatte *self)
{
  g_free (self->alpha);
  g_free (self);
}

static void
taps_clear (Taps *self)
{
  g_free (self->first);
  g_free (self->weights);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taps, taps_clear)

/* A tent as wide as a pixel of the coarser of the two */
static void
taps_init (Taps *self,
           int   from,
           int   to)
{
  double             scale = (double) from / to;
  double             stretch = MAX (scale, 1.0);
  g_autofree double *values = NULL;

  self->n_taps = MIN ((int) (2 * stretch) + 2, from);
  self->first = g_new (int, to);
  self->weights = g_new0 (guint16, (gsize) to * self->n_taps);
  values = g_new (double, self->n_taps);

  for (int i = 0; i < to; i++)
    {
      double   centre = (i + 0.5) * scale - 0.5, sum = 0;
      int      first = CLAMP ((int) (centre - stretch + 1), 0, from - self->n_taps);
      guint16 *weights = self->weights + (gsize) i * self->n_taps;
      int      rest = CS_KERNEL_ONE, largest = 0;

      for (int t = 0; t < self->n_taps; t++)
        {
          values[t] = cs_kernel_tent ((first + t - centre) / stretch);
          sum += values[t];
        }
      for (int t = 0; t < self->n_taps; t++)
        {
          weights[t] = sum > 0 ? (guint16) (values[t] / sum * CS_KERNEL_ONE) : 0;
          rest -= weights[t];
          if (weights[t] > weights[largest])
            largest = t;
        }
      weights[largest] += rest;
      self->first[i] = first;
    }
}

CsMatte *
cs_matte_scale (const CsMatte *self,
                int            width,
                int            height)
{
  CsMatte            *to = cs_matte_new (width, height);
  g_autofree guint32 *sums = g_new (guint32, self->width);
  g_auto (Taps) across = { 0 };
  g_auto (Taps) down = { 0 };

  taps_init (&across, self->width, width);
  taps_init (&down, self->height, height);

  for (int y = 0; y < height; y++)
    {
      guint8 *out = cs_matte_at (to, 0, y);

      memset (sums, 0, self->width * sizeof *sums);
      for (int t = 0; t < down.n_taps; t++)
        {
          const guint8 *in = cs_matte_at (self, 0, down.first[y] + t);
          guint32       weight = down.weights[(gsize) y * down.n_taps + t];

          for (int x = 0; weight > 0 && x < self->width; x++)
            sums[x] += in[x] * weight;
        }

      for (int x = 0; x < width; x++)
        {
          const guint16 *weights = across.weights + (gsize) x * across.n_taps;
          const guint32 *in = sums + across.first[x];
          guint64        sum = 1u << (2 * CS_KERNEL_BITS - 1);

          for (int t = 0; t < across.n_taps; t++)
            sum += (guint64) in[t] * weights[t];
          out[x] = sum >> (2 * CS_KERNEL_BITS);
        }
    }

  return to;
}
