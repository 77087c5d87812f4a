/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-geometry.h"
#include "cs-kernel.h"
#include "cs-measure.h"

/* How a photo's pixels come to lie in the picture: turned around the photo's
 * middle, cut, scaled. Whoever has the geometry and the photo gets the same
 * bytes again, and so can say which pixels of a picture are still the photo's.
 * All of it is in parts of the photo, so that it holds for a small copy and for
 * the mask as well. Computed in whole numbers. Where nothing is scaled, the
 * pixels are copied as they are.
 */
#define PHASES      256 /* between two pixels, when turning */
#define SNAP        0.02
#define MOST_TURN   45.0
#define MOST_SIDE   32767
#define MOST_PARTS  64.0
#define ALL_PRODUCT CS_MEASURE_PRODUCT /* of 255: nothing else is seen in it */

/* Whole numbers, so that the same comes out whatever the processor has */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define WIDE __attribute__ ((target_clones ("avx2", "default")))
#else
#define WIDE
#endif

/* For each pixel of a line which pixels it is made from, and how much of each.
 * What lies outside counts for the edge, or for nothing.
 */
typedef struct
{
  int     from; /* the pixels that are used at all: from … to - 1 */
  int     to;
  int     n_taps;
  int    *first;
  gint16 *weights;
} Axis;

static void
axis_clear (Axis *self)
{
  g_free (self->first);
  g_free (self->weights);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Axis, axis_clear)

/* In weights that add up to one; what falls outside of 0 … n - 1 goes to the
 * edge where the edge is repeated
 */
static void
axis_fill (Axis         *self,
           int           i,
           int           first,
           const double *values,
           int           n_values,
           double        sum,
           int           n,
           gboolean      repeat)
{
  gint16 *weights = self->weights + (gsize) i * self->n_taps;
  int     rest = CS_KERNEL_ONE, largest = -1;

  for (int t = 0; t < n_values; t++)
    {
      double value = values[t] / sum * CS_KERNEL_ONE;
      int    weight = (int) (value + (value < 0 ? -0.5 : 0.5));
      int    at = first + t;

      rest -= weight;
      if (!repeat && (at < 0 || at >= n))
        continue;

      at = CLAMP (at, 0, n - 1) - self->first[i];
      weights[at] += weight;
      if (largest < 0 || weights[at] > weights[largest])
        largest = at;
    }

  if (largest >= 0)
    weights[largest] += rest;
}

/* @size pixels of a line of @n, from @begin on @length of them */
static void
axis_init (Axis    *self,
           int      n,
           double   begin,
           double   length,
           int      size,
           gboolean sharp)
{
  double             scale = length / size, reach = (sharp ? 2 : 1) * MAX (scale, 1.0);
  int                n_values = (int) ceil (2 * reach) + 1;
  g_autofree double *values = g_new (double, n_values);

  self->n_taps = MIN (n_values, n);
  self->first = g_new (int, size);
  self->weights = g_new0 (gint16, (gsize) size * self->n_taps);
  self->from = n;
  self->to = 0;

  for (int i = 0; i < size; i++)
    {
      double centre = begin + (i + 0.5) * scale - 0.5, sum = 0;
      int    first = (int) floor (centre - reach) + 1;

      for (int t = 0; t < n_values; t++)
        sum += values[t] = sharp ? cs_kernel_cubic (2 * (first + t - centre) / reach) : cs_kernel_tent ((first + t - centre) / reach);

      self->first[i] = CLAMP (first, 0, n - self->n_taps);
      axis_fill (self, i, first, values, n_values, sum, n, sharp);
      self->from = MIN (self->from, self->first[i]);
      self->to = MAX (self->to, self->first[i] + self->n_taps);
    }
}

WIDE static void
scale_row (const CsFrame *frame,
           const Axis    *rows,
           const Axis    *columns,
           int            y,
           gint32        *sums,
           guint8        *out)
{
  gsize         n = (gsize) (columns->to - columns->from) * frame->channels;
  const gint16 *weights = rows->weights + (gsize) y * rows->n_taps;

  memset (sums, 0, n * sizeof *sums);
  for (int t = 0; t < rows->n_taps; t++)
    {
      const guint8 *in = cs_frame_at (frame, columns->from, rows->first[y] + t);
      const gint16  weight = weights[t];

      if (weight == CS_KERNEL_ONE)
        {
          memcpy (out, in, n);
          return;
        }
      if (weight == 0)
        continue;
      for (gsize i = 0; i < n; i++)
        sums[i] += (gint16) in[i] * weight;
    }

  for (gsize i = 0; i < n; i++)
    out[i] = cs_kernel_round (sums[i]);
}

/* Rows that lie beside each other in memory value by value, so that what is done
 * to one is done to all of them at once
 */
#define BESIDE 8

WIDE static void
put_beside (const guint8 *row,
            gint16       *beside,
            gsize         n,
            int           which)
{
  for (gsize i = 0; i < n; i++)
    beside[i * BESIDE + which] = row[i];
}

WIDE static void
scale_lines (const Axis   *columns,
             const gint16 *beside,
             int           channels,
             CsFrame      *to,
             int           y,
             int           n_rows)
{
  for (int x = 0; x < to->width; x++)
    {
      const gint16 *weights = columns->weights + (gsize) x * columns->n_taps;
      const gint16 *in = beside + (gsize) (columns->first[x] - columns->from) * channels * BESIDE;

      for (int c = 0; c < channels; c++)
        {
          gint32 sums[BESIDE] = { 0 };

          for (int t = 0; t < columns->n_taps; t++)
            for (int row = 0; row < BESIDE; row++)
              sums[row] += in[((gsize) t * channels + c) * BESIDE + row] * weights[t];

          for (int row = 0; row < n_rows; row++)
            cs_frame_at (to, x, y + row)[c] = cs_kernel_round (sums[row]);
        }
    }
}

/* Where nothing is scaled, a line of the picture is a line of the photo */
static void
snap (double *begin,
      double *length,
      int     size)
{
  if (fabs (*length - size) > SNAP)
    return;

  *length = size;
  if (fabs (*begin - floor (*begin + 0.5)) <= SNAP)
    *begin = floor (*begin + 0.5);
}

/* The part of @frame that begins at @x, @y, as @width × @height pixels */
static CsFrame *
cut_and_scale (const CsFrame *frame,
               double         x,
               double         y,
               double         wide,
               double         high,
               int            width,
               int            height)
{
  CsFrame *to = cs_frame_new (width, height, frame->channels);
  gboolean is_photo = frame->channels > 1;
  g_auto (Axis) rows = { 0 };
  g_auto (Axis) columns = { 0 };
  g_autofree guint8 *line = NULL;
  g_autofree gint32 *sums = NULL;
  g_autofree gint16 *beside = NULL;
  gsize              n;

  snap (&x, &wide, width);
  snap (&y, &high, height);
  axis_init (&rows, frame->height, y, high, height, is_photo);
  axis_init (&columns, frame->width, x, wide, width, is_photo);

  n = (gsize) (columns.to - columns.from) * frame->channels;
  line = g_new (guint8, n);
  sums = g_new (gint32, n);
  beside = g_new0 (gint16, n * BESIDE);

  for (int v = 0; v < height; v += BESIDE)
    {
      int n_rows = MIN (BESIDE, height - v);

      for (int i = 0; i < n_rows; i++)
        {
          scale_row (frame, &rows, &columns, v + i, sums, line);
          put_beside (line, beside, n, i);
        }
      scale_lines (&columns, beside, frame->channels, to, v, n_rows);
    }

  return to;
}

/* One pixel between sixteen; masks between four, so that nothing rings, and
 * what lies outside counts for nothing
 */
static inline void
turn_pixel (const CsFrame *from,
            gint64         fx,
            gint64         fy,
            gint16         weights[PHASES][4],
            guint8        *out,
            const int      channels)
{
  int           x = (int) (fx >> 16) - 1, y = (int) (fy >> 16) - 1;
  const gint16 *wx = weights[(fx >> 8) & 0xff];
  const gint16 *wy = weights[(fy >> 8) & 0xff];
  int           sums[3] = { 0 };

  /* Far from the edge, which is nearly everywhere */
  gboolean inside = x >= 0 && y >= 0 && x + 3 < from->width && y + 3 < from->height;

  for (int v = y; v < y + 4; v++)
    {
      int line[3] = { 0 };

      for (int u = x; u < x + 4; u++)
        {
          const guint8 *in;

          if (inside)
            in = from->data + ((gsize) v * from->width + u) * channels;
          else if (channels > 1 || (u >= 0 && v >= 0 && u < from->width && v < from->height))
            in = cs_frame_at (from, CLAMP (u, 0, from->width - 1), CLAMP (v, 0, from->height - 1));
          else
            continue;

          for (int c = 0; c < channels; c++)
            line[c] += in[c] * wx[u - x];
        }
      for (int c = 0; c < channels; c++)
        sums[c] += ((line[c] + (1 << 5)) >> 6) * wy[v - y];
    }

  for (int c = 0; c < channels; c++)
    out[c] = CLAMP ((sums[c] + (1 << 21)) >> 22, 0, 255);
}

static void
turn_weights (gint16   weights[PHASES][4],
              gboolean sharp)
{
  for (int phase = 0; phase < PHASES; phase++)
    {
      double t = phase / (double) PHASES;
      int    rest = CS_KERNEL_ONE;

      for (int i = 0; i < 4; i++)
        {
          double value = (sharp ? cs_kernel_cubic (i - 1 - t) : cs_kernel_tent (i - 1 - t)) * CS_KERNEL_ONE;

          weights[phase][i] = (int) (value + (value < 0 ? -0.5 : 0.5));
          rest -= weights[phase][i];
        }
      weights[phase][phase < PHASES / 2 ? 1 : 2] += rest;
    }
}

/* Those pixels of the turned photo that @window holds; it may reach out of it */
static CsFrame *
turn_window (const CsFrame *frame,
             double         degrees,
             const CsRect  *window)
{
  CsFrame *to = cs_frame_new (window->width, window->height, frame->channels);
  gint64   cosine = (gint64) floor (cos (degrees * G_PI / 180) * 65536 + 0.5);
  gint64   sine = (gint64) floor (sin (degrees * G_PI / 180) * 65536 + 0.5);
  gint16   weights[PHASES][4];

  turn_weights (weights, frame->channels > 1);

  for (int y = 0; y < to->height; y++)
    {
      guint8 *out = cs_frame_at (to, 0, y);

      for (int x = 0; x < to->width; x++, out += to->channels)
        {
          /* In half pixels, so that the middle is exact for even sides too */
          gint64 dx = 2 * ((gint64) x + window->x) + 1 - frame->width;
          gint64 dy = 2 * ((gint64) y + window->y) + 1 - frame->height;
          gint64 fx = (dx * cosine + dy * sine + ((gint64) frame->width - 1) * 65536) / 2;
          gint64 fy = (dy * cosine - dx * sine + ((gint64) frame->height - 1) * 65536) / 2;

          if (frame->channels == 1)
            turn_pixel (frame, fx, fy, weights, out, 1);
          else
            turn_pixel (frame, fx, fy, weights, out, 3);
        }
    }

  return to;
}

/* The pixels of the turned photo that are needed, and some beside; what is far
 * outside of the photo is not computed
 */
static CsRect
geometry_window (const CsWireGeometry *self,
                 int                   width,
                 int                   height)
{
  double far = MAX (width, height) / 2.0;
  double reach_x = 3 + 3 * self->width * width / self->out_width;
  double reach_y = 3 + 3 * self->height * height / self->out_height;
  int    x0 = (int) floor (CLAMP (self->x * width - reach_x, -far, width + far - 1));
  int    y0 = (int) floor (CLAMP (self->y * height - reach_y, -far, height + far - 1));
  int    x1 = (int) ceil (CLAMP ((self->x + self->width) * width + reach_x, -far, width + far));
  int    y1 = (int) ceil (CLAMP ((self->y + self->height) * height + reach_y, -far, height + far));

  return (CsRect) { x0, y0, MAX (1, x1 - x0), MAX (1, y1 - y0) };
}

/* Lets go of what is not needed any more as soon as it is turned: @mine is
 * @frame where the caller has no more use for it, else NULL
 */
static CsFrame *
geometry_apply (const CsWireGeometry *self,
                const CsFrame        *frame,
                CsFrame              *mine)
{
  g_autoptr (CsFrame) owned = mine;
  g_autoptr (CsFrame) turned = NULL;
  double x = self->x * frame->width, y = self->y * frame->height;
  double wide = self->width * frame->width, high = self->height * frame->height;

  if (self->turn != 0)
    {
      CsRect window = geometry_window (self, frame->width, frame->height);

      turned = turn_window (frame, self->turn, &window);
      g_clear_pointer (&owned, cs_frame_free);
      frame = turned;
      x -= window.x;
      y -= window.y;
    }

  return cut_and_scale (frame, x, y, wide, high, self->out_width, self->out_height);
}

static double
round_part (double value)
{
  return round (value * 1e6) / 1e6;
}

/**
 * cs_geometry_round:
 *
 * To what can be written down and read again: whoever decides on a geometry
 * rounds it before using it.
 */
void
cs_geometry_round (CsWireGeometry *self)
{
  self->turn = round_part (self->turn);
  self->x = round_part (self->x);
  self->y = round_part (self->y);
  self->width = round_part (self->width);
  self->height = round_part (self->height);
}

/**
 * cs_geometry_is_sane:
 *
 * Whether @self, which may come from anywhere, is one that can be applied
 */
gboolean
cs_geometry_is_sane (const CsWireGeometry *self)
{
  const double parts[] = { self->turn, self->x, self->y, self->width, self->height };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!isfinite (parts[i]))
      return FALSE;

  return fabs (self->turn) <= MOST_TURN &&
         fabs (self->x) <= MOST_PARTS && fabs (self->y) <= MOST_PARTS &&
         self->width > 1e-5 && self->width <= MOST_PARTS &&
         self->height > 1e-5 && self->height <= MOST_PARTS &&
         self->out_width > 0 && self->out_width <= MOST_SIDE &&
         self->out_height > 0 && self->out_height <= MOST_SIDE &&
         (double) self->out_width * self->out_height <= CS_WIRE_MAX_MEGAPIXELS * 1e6;
}

/**
 * cs_geometry_apply:
 * @photo: upright, three channels, at any size
 *
 * Returns: what @self shows of @photo, at @self's size; where it reaches out of
 *   the photo its edge is repeated
 */
CsFrame *
cs_geometry_apply (const CsWireGeometry *self,
                   const CsFrame        *photo)
{
  return geometry_apply (self, photo, NULL);
}

/**
 * cs_geometry_decode:
 *
 * The photo as @self shows it, before anything else is done to it: with the
 * same @self and the same file these are always the same bytes. No more of it
 * is decoded than that needs.
 */
CsFrame *
cs_geometry_decode (const CsWireGeometry *self,
                    CsSource             *source,
                    GError              **error)
{
  CsFrame *photo;
  double   side;

  /* The size at which what is shown has as many pixels as are wanted */
  side = MAX (self->out_width / self->width, self->out_height / self->height);
  if (source->sniff.width > 0 && source->sniff.height > 0)
    {
      gboolean swap = source->metadata.orientation >= 5;
      double   width = swap ? source->sniff.height : source->sniff.width;
      double   height = swap ? source->sniff.width : source->sniff.height;

      side = MAX (width, height) * MAX (self->out_width / (self->width * width), self->out_height / (self->height * height));
      side = MIN (side, MAX (width, height));
    }

  photo = cs_source_decode_no_smaller (source, (int) CLAMP (side - 0.5, 1, MOST_SIDE), error);

  return photo != NULL ? geometry_apply (self, photo, photo) : NULL;
}

/**
 * cs_geometry_apply_mask:
 * @mask: (nullable): of the photo, at any size; %NULL where all of it is product
 *
 * Returns: (transfer full): @mask as it lies in the picture, a byte a pixel; 0
 *   where there is no photo
 */
guint8 *
cs_geometry_apply_mask (const CsWireGeometry *self,
                        const guint8         *mask,
                        int                   width,
                        int                   height)
{
  g_autofree guint8 *whole = NULL;
  g_autoptr (CsFrame) applied = NULL;
  CsFrame frame = { width, height, 1, (guint8 *) mask, NULL, NULL };

  if (mask == NULL)
    {
      whole = g_malloc ((gsize) width * height);
      memset (whole, 255, (gsize) width * height);
      frame.data = whole;
    }

  applied = geometry_apply (self, &frame, NULL);
  for (gsize i = 0; i < (gsize) applied->width * applied->height; i++)
    applied->data[i] = applied->data[i] >= ALL_PRODUCT ? 255 : applied->data[i] <= 255 - ALL_PRODUCT ? 0 : applied->data[i];

  return g_steal_pointer (&applied->data);
}

/**
 * cs_geometry_inside:
 * @inside: (out): the pixels of the picture that show photo, where it is not turned
 */
void
cs_geometry_inside (const CsWireGeometry *self,
                    CsRect               *inside)
{
  int x0 = (int) floor (-self->x / self->width * self->out_width + 0.5);
  int y0 = (int) floor (-self->y / self->height * self->out_height + 0.5);
  int x1 = (int) floor ((1 - self->x) / self->width * self->out_width + 0.5);
  int y1 = (int) floor ((1 - self->y) / self->height * self->out_height + 0.5);

  x0 = CLAMP (x0, 0, self->out_width - 1);
  y0 = CLAMP (y0, 0, self->out_height - 1);
  *inside = (CsRect) { x0, y0, CLAMP (x1, x0 + 1, self->out_width) - x0, CLAMP (y1, y0 + 1, self->out_height) - y0 };
}
