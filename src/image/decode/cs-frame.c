/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-frame.h"
#include "cs-kernel.h"

typedef struct
{
  int     n_taps;
  int    *first;
  gint16 *weights;
} Kernel;

CsFrame *
cs_frame_new (int width,
              int height,
              int channels)
{
  CsFrame *self = g_new0 (CsFrame, 1);

  self->width = width;
  self->height = height;
  self->channels = channels;
  self->data = g_malloc_n ((gsize) width * height, channels);

  return self;
}

void
cs_frame_free (CsFrame *self)
{
  if (self->release != NULL)
    self->release (self->owner);
  else
    g_free (self->data);
  g_free (self);
}

static void
kernel_clear (Kernel *self)
{
  g_free (self->first);
  g_free (self->weights);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kernel, kernel_clear)

static void
kernel_fill (gint16       *weights,
             const double *values,
             int           n,
             double        sum)
{
  int rest = CS_KERNEL_ONE;
  int largest = 0;

  for (int i = 0; i < n; i++)
    {
      weights[i] = (gint16) (values[i] / sum * CS_KERNEL_ONE + (values[i] < 0 ? -0.5 : 0.5));
      rest -= weights[i];
      if (weights[i] > weights[largest])
        largest = i;
    }

  weights[largest] += rest;
}

static void
kernel_init (Kernel *self,
             int     from,
             int     to)
{
  double             scale = (double) from / to;
  double             stretch = MAX (scale, 1.0);
  int                reach = (int) (2 * stretch) + 1;
  g_autofree double *values = NULL;

  self->n_taps = MIN (2 * reach + 1, from);
  self->first = g_new (int, to);
  self->weights = g_new0 (gint16, (gsize) to * self->n_taps);
  values = g_new (double, self->n_taps);

  for (int i = 0; i < to; i++)
    {
      double centre = (i + 0.5) * scale - 0.5;
      int    first = CLAMP ((int) (centre + 1) - 1 - reach, 0, from - self->n_taps);
      double sum = 0;

      for (int t = 0; t < self->n_taps; t++)
        sum += values[t] = cs_kernel_cubic ((first + t - centre) / stretch);

      self->first[i] = first;
      kernel_fill (self->weights + (gsize) i * self->n_taps, values, self->n_taps, sum);
    }
}

static void
scale_rows (const CsFrame *from,
            CsFrame       *to)
{
  gsize              row = (gsize) from->width * from->channels;
  g_autofree gint32 *sums = g_new (gint32, row);
  g_auto (Kernel) kernel = { 0 };

  kernel_init (&kernel, from->height, to->height);

  for (int y = 0; y < to->height; y++)
    {
      const gint16 *weights = kernel.weights + (gsize) y * kernel.n_taps;
      guint8       *out = to->data + (gsize) y * row;

      memset (sums, 0, row * sizeof *sums);

      for (int t = 0; t < kernel.n_taps; t++)
        {
          const guint8 *in = from->data + (gsize) (kernel.first[y] + t) * row;
          const gint32  weight = weights[t];

          if (weight == 0)
            continue;
          for (gsize i = 0; i < row; i++)
            sums[i] += in[i] * weight;
        }

      for (gsize i = 0; i < row; i++)
        out[i] = cs_kernel_round (sums[i]);
    }
}

static void
scale_columns_3 (const CsFrame *from,
                 CsFrame       *to,
                 const Kernel  *kernel)
{
  for (int y = 0; y < to->height; y++)
    {
      const guint8 *row = cs_frame_at (from, 0, y);
      guint8       *out = cs_frame_at (to, 0, y);

      for (int x = 0; x < to->width; x++, out += 3)
        {
          const gint16 *weights = kernel->weights + (gsize) x * kernel->n_taps;
          const guint8 *in = row + (gsize) kernel->first[x] * 3;
          gint32        r = 0, g = 0, b = 0;

          for (int t = 0; t < kernel->n_taps; t++, in += 3)
            {
              r += in[0] * weights[t];
              g += in[1] * weights[t];
              b += in[2] * weights[t];
            }

          out[0] = cs_kernel_round (r);
          out[1] = cs_kernel_round (g);
          out[2] = cs_kernel_round (b);
        }
    }
}

static void
scale_columns_4 (const CsFrame *from,
                 CsFrame       *to,
                 const Kernel  *kernel)
{
  for (int y = 0; y < to->height; y++)
    {
      const guint8 *row = cs_frame_at (from, 0, y);
      guint8       *out = cs_frame_at (to, 0, y);

      for (int x = 0; x < to->width; x++, out += 4)
        {
          const gint16 *weights = kernel->weights + (gsize) x * kernel->n_taps;
          const guint8 *in = row + (gsize) kernel->first[x] * 4;
          gint32        sums[4] = { 0 };

          for (int t = 0; t < kernel->n_taps; t++, in += 4)
            for (int c = 0; c < 4; c++)
              sums[c] += in[c] * weights[t];

          for (int c = 0; c < 4; c++)
            out[c] = cs_kernel_round (sums[c]);
        }
    }
}

CsFrame *
cs_frame_scale (const CsFrame *self,
                int            width,
                int            height)
{
  g_autoptr (CsFrame) rows = cs_frame_new (self->width, height, self->channels);
  CsFrame *result = cs_frame_new (width, height, self->channels);
  g_auto (Kernel) kernel = { 0 };

  scale_rows (self, rows);
  kernel_init (&kernel, self->width, width);
  if (self->channels == 4)
    scale_columns_4 (rows, result, &kernel);
  else
    scale_columns_3 (rows, result, &kernel);

  return result;
}

/* Takes @self and returns it, made smaller where its longer side is above @max_side */
CsFrame *
cs_frame_fit (CsFrame *self,
              int      max_side)
{
  g_autoptr (CsFrame) from = self;
  int side = cs_frame_side (self);

  if (max_side <= 0 || side <= max_side)
    return g_steal_pointer (&from);

  return cs_frame_scale (from,
                         MAX (1, (int) (((gint64) from->width * max_side + side / 2) / side)),
                         MAX (1, (int) (((gint64) from->height * max_side + side / 2) / side)));
}

/* Takes @self and returns it as it is meant to be seen: EXIF orientation 1 to 8 */
CsFrame *
cs_frame_upright (CsFrame *self,
                  int      orientation)
{
  g_autoptr (CsFrame) from = self;
  gboolean swap = orientation >= 5;
  CsFrame *to;

  if (orientation < 2 || orientation > 8)
    return g_steal_pointer (&from);

  to = swap ? cs_frame_new (from->height, from->width, from->channels)
            : cs_frame_new (from->width, from->height, from->channels);

  for (int y = 0; y < to->height; y++)
    {
      guint8 *out = cs_frame_at (to, 0, y);

      for (int x = 0; x < to->width; x++, out += to->channels)
        {
          int sx = swap ? y : x;
          int sy = swap ? x : y;

          if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
            sx = from->width - 1 - sx;
          if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
            sy = from->height - 1 - sy;

          memcpy (out, cs_frame_at (from, sx, sy), to->channels);
        }
    }

  return to;
}

CsFrame *
cs_frame_crop (const CsFrame *self,
               const CsRect  *rect)
{
  CsFrame *to = cs_frame_new (rect->width, rect->height, self->channels);

  for (int y = 0; y < rect->height; y++)
    memcpy (cs_frame_at (to, 0, y),
            cs_frame_at (self, rect->x, rect->y + y),
            (gsize) rect->width * self->channels);

  return to;
}

static void
rotate_pixel (const CsFrame *from,
              gint64         fx,
              gint64         fy,
              guint8        *out)
{
  int x = CLAMP (fx >> 16, 0, from->width - 1);
  int y = CLAMP (fy >> 16, 0, from->height - 1);
  int x1 = MIN (x + 1, from->width - 1);
  int y1 = MIN (y + 1, from->height - 1);
  int ax = fx < 0 ? 0 : (fx >> 8) & 0xff;
  int ay = fy < 0 ? 0 : (fy >> 8) & 0xff;

  for (int c = 0; c < from->channels; c++)
    {
      int top = cs_frame_at (from, x, y)[c] * (256 - ax) + cs_frame_at (from, x1, y)[c] * ax;
      int bottom = cs_frame_at (from, x, y1)[c] * (256 - ax) + cs_frame_at (from, x1, y1)[c] * ax;

      out[c] = (top * (256 - ay) + bottom * ay + (1 << 15)) >> 16;
    }
}

/* Turned to the right around its middle, at the same size; what comes in from
 * outside repeats the edge, so whoever turns also cuts off the corners.
 */
CsFrame *
cs_frame_rotate (const CsFrame *self,
                 double         degrees)
{
  CsFrame *to = cs_frame_new (self->width, self->height, self->channels);
  gint64   cosine = (gint64) (cos (degrees * G_PI / 180) * 65536 + 0.5);
  gint64   sine = (gint64) floor (sin (degrees * G_PI / 180) * 65536 + 0.5);

  for (int y = 0; y < to->height; y++)
    {
      guint8 *out = cs_frame_at (to, 0, y);

      for (int x = 0; x < to->width; x++, out += to->channels)
        {
          /* In half pixels, so that the middle is exact for even sides too */
          gint64 dx = 2 * x + 1 - to->width;
          gint64 dy = 2 * y + 1 - to->height;
          gint64 fx = (dx * cosine + dy * sine + ((gint64) to->width - 1) * 65536) / 2;
          gint64 fy = (dy * cosine - dx * sine + ((gint64) to->height - 1) * 65536) / 2;

          rotate_pixel (self, fx, fy, out);
        }
    }

  return to;
}

/* Takes @self and returns it with three channels, what shines through being white */
CsFrame *
cs_frame_on_white (CsFrame *self)
{
  g_autoptr (CsFrame) from = self;
  gsize         n = (gsize) from->width * from->height;
  const guint8 *in = from->data;
  CsFrame      *to;
  guint8       *out;

  if (from->channels == 3)
    return g_steal_pointer (&from);

  to = cs_frame_new (from->width, from->height, 3);
  out = to->data;

  for (gsize i = 0; i < n; i++, in += 4, out += 3)
    for (int c = 0; c < 3; c++)
      out[c] = (in[c] * in[3] + 255 * (255 - in[3]) + 127) / 255;

  return to;
}

gboolean
cs_frame_is_opaque (const CsFrame *self)
{
  gsize n = (gsize) self->width * self->height;

  if (self->channels == 3)
    return TRUE;

  for (gsize i = 0; i < n; i++)
    if (self->data[i * 4 + 3] != 255)
      return FALSE;

  return TRUE;
}
