/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-delta.h"
#include "cs-ghost.h"

/* What a model that painted a scene did to the product that it was given. The
 * product itself is laid over the scene from the photo, so only what would be
 * seen beside it counts: the model's own product, where it lies elsewhere, is
 * larger, or stands there twice. It is looked for as one looks for a tracing:
 * moved and scaled until the pixels inside of it agree and there is an edge
 * along its outline.
 */
#define SIDE      256  /* pixels, of the copies that are compared */
#define MOST_MOVE 0.13 /* of the side, that counts as the same product moved */
#define SURE      0.03 /* so much better a moved one must fit, to be believed */

#define SEEN_AGREES 0.60
#define SEEN_EDGE   0.30

#define MOST_INSIDE  400 /* samples */
#define MOST_OUTLINE 240

#define SAME_COLOUR 14.0f /* ΔE2000: a pixel beside the product that is the product's */
#define LEAST_PEEK  0.004 /* of the product's pixels, seen beside it */

/* Within this a scene can be mended */
#define MEND_MOVE  0.06
#define MEND_SCALE 0.11

#define COPY_AGREES 0.80
#define OTHER_DELTA  24.0
#define OTHER_AGREES 0.35
#define OTHER_EDGE   0.12 /* nothing but scene has none */

typedef struct
{
  int   x;
  int   y;
  float nx; /* outwards, of the outline */
  float ny;
  float luma;
} Sample;

typedef struct
{
  int            width;
  int            height;
  CsFrame       *sent;
  CsFrame       *painted;
  CsMatte       *alpha;
  GArray        *inside;  /* Sample */
  GArray        *outline; /* Sample */
  double         cx; /* of the product */
  double         cy;
  double         extent; /* its shorter side */
  double         texture; /* 0 all of one brightness … 1 */
  gsize          n_product;
} Search;

typedef struct
{
  double dx;
  double dy;
  double scale;
} Move;

typedef struct
{
  double total;
  double agrees; /* -1..1: brightness inside */
  double edge;   /* 0..1 along the outline */
} Fit;

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->sent, cs_frame_free);
  g_clear_pointer (&self->painted, cs_frame_free);
  g_clear_pointer (&self->alpha, cs_matte_free);
  g_clear_pointer (&self->inside, g_array_unref);
  g_clear_pointer (&self->outline, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static float
luma (const guint8 *rgb)
{
  return 0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2];
}

static int
alpha_at (const Search *self,
          int           x,
          int           y)
{
  return x >= 0 && y >= 0 && x < self->width && y < self->height ? *cs_matte_at (self->alpha, x, y) : 0;
}

static gboolean
find_normal (const Search *self,
             Sample       *sample)
{
  float gx = 0, gy = 0, length;

  for (int j = -2; j <= 2; j++)
    for (int i = -2; i <= 2; i++)
      {
        int a = alpha_at (self, sample->x + i, sample->y + j);

        gx -= i * a;
        gy -= j * a;
      }

  length = hypotf (gx, gy);
  if (length < 1)
    return FALSE;
  sample->nx = gx / length;
  sample->ny = gy / length;

  return TRUE;
}

static gboolean
is_outline (const Search *self,
            int           x,
            int           y)
{
  return alpha_at (self, x, y) >= 128 &&
         (alpha_at (self, x - 1, y) < 128 || alpha_at (self, x + 1, y) < 128 ||
          alpha_at (self, x, y - 1) < 128 || alpha_at (self, x, y + 1) < 128);
}

static void
thin_out (GArray *samples,
          guint   most)
{
  guint n = samples->len;

  if (n <= most)
    return;
  for (guint i = 0; i < most; i++)
    g_array_index (samples, Sample, i) = g_array_index (samples, Sample, (guint64) i * n / most);
  g_array_set_size (samples, most);
}

static void
take_samples (Search *self)
{
  int    x0 = self->width, y0 = self->height, x1 = 0, y1 = 0;
  double sum = 0, squares = 0;

  self->inside = g_array_new (FALSE, FALSE, sizeof (Sample));
  self->outline = g_array_new (FALSE, FALSE, sizeof (Sample));
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        Sample sample = { x, y, 0, 0, luma (cs_frame_at (self->sent, x, y)) };

        if (alpha_at (self, x, y) >= 128)
          {
            self->n_product++;
            x0 = MIN (x0, x);
            x1 = MAX (x1, x);
            y0 = MIN (y0, y);
            y1 = MAX (y1, y);
          }
        if (alpha_at (self, x, y) >= 250)
          {
            g_array_append_val (self->inside, sample);
            sum += sample.luma;
            squares += (double) sample.luma * sample.luma;
          }
        if (is_outline (self, x, y) && find_normal (self, &sample))
          g_array_append_val (self->outline, sample);
      }

  if (self->inside->len > 0)
    {
      double mean = sum / self->inside->len;

      self->texture = CLAMP (sqrt (MAX (0, squares / self->inside->len - mean * mean)) / 20, 0, 1);
    }
  self->cx = (x0 + x1) / 2.0;
  self->cy = (y0 + y1) / 2.0;
  self->extent = MAX (1, MIN (x1 - x0, y1 - y0));
  thin_out (self->inside, MOST_INSIDE);
  thin_out (self->outline, MOST_OUTLINE);
}

static const guint8 *
painted_at (const Search *self,
            double        x,
            double        y)
{
  int column = (int) floor (x + 0.5), row = (int) floor (y + 0.5);

  return column >= 0 && row >= 0 && column < self->width && row < self->height ? cs_frame_at (self->painted, column, row) : NULL;
}

static void
move_point (const Search *self,
            const Move   *move,
            double        x,
            double        y,
            double       *to_x,
            double       *to_y)
{
  *to_x = self->cx + (x - self->cx) * move->scale + move->dx;
  *to_y = self->cy + (y - self->cy) * move->scale + move->dy;
}

/* How well the brightness inside agrees whatever the light, and how near the colours are */
static void
fit_inside (const Search *self,
            const Move   *move,
            double       *agrees,
            double       *near)
{
  double a = 0, b = 0, aa = 0, bb = 0, ab = 0, n = 0, close = 0;

  for (guint i = 0; i < self->inside->len; i++)
    {
      const Sample *sample = &g_array_index (self->inside, Sample, i);
      const guint8 *sent = cs_frame_at (self->sent, sample->x, sample->y), *painted;
      double        x, y, l, d = 0;

      move_point (self, move, sample->x, sample->y, &x, &y);
      if (!(painted = painted_at (self, x, y)))
        continue;

      l = luma (painted);
      a += sample->luma;
      b += l;
      aa += (double) sample->luma * sample->luma;
      bb += l * l;
      ab += sample->luma * l;
      n++;
      for (int c = 0; c < 3; c++)
        d += (sent[c] - painted[c]) * (sent[c] - painted[c]);
      close += exp (-d / (2 * 32 * 32));
    }

  *agrees = *near = 0;
  if (n < self->inside->len / 2.0 || n < 8)
    return;

  *near = close / n;
  *agrees = (ab - a * b / n) / sqrt (MAX (1e-6, (aa - a * a / n) * (bb - b * b / n)));
}

static double
fit_outline (const Search *self,
             const Move   *move)
{
  double sum = 0;

  for (guint i = 0; i < self->outline->len; i++)
    {
      const Sample *sample = &g_array_index (self->outline, Sample, i);
      const guint8 *in, *out;
      double        x, y, d = 0;

      move_point (self, move, sample->x, sample->y, &x, &y);
      in = painted_at (self, x - 2 * sample->nx, y - 2 * sample->ny);
      out = painted_at (self, x + 2 * sample->nx, y + 2 * sample->ny);
      if (in == NULL || out == NULL)
        continue;

      for (int c = 0; c < 3; c++)
        d += (in[c] - out[c]) * (in[c] - out[c]);
      sum += MIN (1, sqrt (d) / 90);
    }

  return self->outline->len > 0 ? sum / self->outline->len : 0;
}

static Fit
fit (const Search *self,
     const Move   *move)
{
  Fit    found = { 0 };
  double near;

  fit_inside (self, move, &found.agrees, &near);
  found.edge = fit_outline (self, move);
  found.total = 0.5 * self->texture * MAX (0, found.agrees) + (0.7 - 0.5 * self->texture) * near + 0.3 * found.edge;

  return found;
}

static void
try_around (const Search *self,
            double        reach,
            double        step,
            double        scale_reach,
            double        scale_step,
            Move         *best,
            Fit          *fits)
{
  Move from = *best;

  for (double s = from.scale - scale_reach; s <= from.scale + scale_reach + 1e-6; s += scale_step)
    for (double y = from.dy - reach; y <= from.dy + reach + 1e-6; y += step)
      for (double x = from.dx - reach; x <= from.dx + reach + 1e-6; x += step)
        {
          Move move = { x, y, s };
          Fit  now = fit (self, &move);

          if (now.total > fits->total)
            {
              *best = move;
              *fits = now;
            }
        }
}

/* The best place is not a good one where the product is not there at all */
static gboolean
is_seen (const Search *self,
         const Fit    *found)
{
  return self->texture >= 0.4 ? found->agrees >= SEEN_AGREES : found->edge >= SEEN_EDGE;
}

/* Where the model's own product lies; where it was, unless another place fits plainly better */
static Fit
find_move (const Search *self,
           Move         *best)
{
  Move   stays = { 0, 0, 1 };
  Fit    still = fit (self, &stays), found = still;
  double reach = MOST_MOVE * SIDE;

  *best = stays;
  try_around (self, floor (reach / 3) * 3, 3, 0.12, 0.04, best, &found);
  try_around (self, 2, 1, 0.03, 0.01, best, &found);
  if (found.total >= still.total + SURE && is_seen (self, &found))
    return found;

  *best = stays;

  return still;
}

/* A pixel beside the product where the model's one would be seen */
static gboolean
peeks_at (const Search *self,
          const Move   *move,
          int           x,
          int           y,
          int          *from_x,
          int          *from_y)
{
  for (int j = -1; j <= 1; j++)
    for (int i = -1; i <= 1; i++)
      if (alpha_at (self, x + i, y + j) > 0)
        return FALSE;

  *from_x = (int) floor (self->cx + (x - move->dx - self->cx) / move->scale + 0.5);
  *from_y = (int) floor (self->cy + (y - move->dy - self->cy) / move->scale + 0.5);

  return alpha_at (self, *from_x, *from_y) >= 200;
}

static double
find_peeks (const Search *self,
            const Move   *move)
{
  gsize n = 0;
  int   from_x, from_y;

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      n += peeks_at (self, move, x, y, &from_x, &from_y) &&
           cs_delta_rgb (cs_frame_at (self->painted, x, y), cs_frame_at (self->sent, from_x, from_y)) < SAME_COLOUR;

  return self->n_product > 0 ? (double) n / self->n_product : 0;
}

/* Once more, and not in the product's own place: told by its pattern, so that a
 * plain product is not found in every plain wall
 */
static double
find_copy (const Search *self)
{
  static const double scales[] = { 0.7, 0.85, 1, 1.15 };
  double least = MAX (MOST_MOVE * SIDE, 0.35 * self->extent), best = 0;

  if (self->texture < 0.4)
    return 0;

  for (guint s = 0; s < G_N_ELEMENTS (scales); s++)
    for (double y = -self->cy; y < self->height - self->cy; y += 2)
      for (double x = -self->cx; x < self->width - self->cx; x += 2)
        {
          Move   move = { x, y, scales[s] };
          double agrees, near;

          if (hypot (x, y) < least)
            continue;
          fit_inside (self, &move, &agrees, &near);
          if (agrees > best && near > 0.3)
            best = fit_outline (self, &move) > 0.25 ? agrees : best;
        }

  return best;
}

static double
find_difference (const Search *self,
                 const Move   *move)
{
  double sum = 0, n = 0;

  for (guint i = 0; i < self->inside->len; i++)
    {
      const Sample *sample = &g_array_index (self->inside, Sample, i);
      const guint8 *painted;
      double        x, y;

      move_point (self, move, sample->x, sample->y, &x, &y);
      if (!(painted = painted_at (self, x, y)))
        continue;
      sum += cs_delta_rgb (cs_frame_at (self->sent, sample->x, sample->y), painted);
      n++;
    }

  return n > 0 ? sum / n : 0;
}

static void
search_init (Search        *self,
             const CsStage *stage,
             const CsFrame *painted)
{
  int side = cs_frame_side (stage->canvas);

  self->width = MAX (1, stage->canvas->width * SIDE / side);
  self->height = MAX (1, stage->canvas->height * SIDE / side);
  self->sent = cs_frame_scale (stage->canvas, self->width, self->height);
  self->painted = cs_frame_scale (painted, self->width, self->height);
  self->alpha = cs_matte_scale (stage->alpha, self->width, self->height);
  take_samples (self);
}

static CsPaintedVerdict
judge (const Search        *self,
       const CsWirePainted *found,
       const Fit           *fits)
{
  if (found->copy >= COPY_AGREES)
    return CS_PAINTED_COPY;
  if (found->difference > OTHER_DELTA && fits->agrees < OTHER_AGREES && fits->edge > OTHER_EDGE)
    return CS_PAINTED_OTHER;
  if (found->peeks < LEAST_PEEK)
    return CS_PAINTED_GOOD;

  return hypot (found->dx, found->dy) <= MEND_MOVE && fabs (found->scale - 1) <= MEND_SCALE ? CS_PAINTED_MENDED : CS_PAINTED_COPY;
}

/**
 * cs_ghost_find:
 * @painted: what the model made of @stage, in any size of its shape
 * @found: (out)
 */
void
cs_ghost_find (const CsStage *stage,
               const CsFrame *painted,
               CsWirePainted *found)
{
  g_auto (Search) search = { 0 };
  Move move;
  Fit  fits;

  search_init (&search, stage, painted);
  fits = find_move (&search, &move);
  *found = (CsWirePainted) {
    .dx = move.dx / SIDE,
    .dy = move.dy / SIDE,
    .scale = move.scale,
    .difference = find_difference (&search, &move),
    .peeks = find_peeks (&search, &move),
    .copy = find_copy (&search),
  };
  found->verdict = judge (&search, found, &fits);
}

/* Half the size, of what is known only */
static void
pull (const float *from,
      int          width,
      int          height,
      float       *to)
{
  int w = (width + 1) / 2, h = (height + 1) / 2;

  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++)
      {
        float sum[4] = { 0 };

        for (int j = 2 * y; j < MIN (2 * y + 2, height); j++)
          for (int i = 2 * x; i < MIN (2 * x + 2, width); i++)
            for (int c = 0; c < 4; c++)
              sum[c] += from[((gsize) j * width + i) * 4 + c] * (c < 3 ? from[((gsize) j * width + i) * 4 + 3] : 1);

        for (int c = 0; c < 3; c++)
          to[((gsize) y * w + x) * 4 + c] = sum[3] > 0 ? sum[c] / sum[3] : 0;
        to[((gsize) y * w + x) * 4 + 3] = sum[3] > 0 ? 1 : 0;
      }
}

/* What is not known, from half the size, in straight lines */
static void
push (const float *from,
      float       *to,
      int          width,
      int          height)
{
  int w = (width + 1) / 2, h = (height + 1) / 2;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        float *pixel = to + ((gsize) y * width + x) * 4;
        float  fx = CLAMP ((x + 0.5f) / 2 - 0.5f, 0, w - 1), fy = CLAMP ((y + 0.5f) / 2 - 0.5f, 0, h - 1);
        int    x0 = (int) fx, y0 = (int) fy, x1 = MIN (x0 + 1, w - 1), y1 = MIN (y0 + 1, h - 1);

        if (pixel[3] > 0)
          continue;
        for (int c = 0; c < 3; c++)
          pixel[c] = (1 - (fy - y0)) * ((1 - (fx - x0)) * from[((gsize) y0 * w + x0) * 4 + c] + (fx - x0) * from[((gsize) y0 * w + x1) * 4 + c]) +
                     (fy - y0) * ((1 - (fx - x0)) * from[((gsize) y1 * w + x0) * 4 + c] + (fx - x0) * from[((gsize) y1 * w + x1) * 4 + c]);
        pixel[3] = 1;
      }
}

/* Holes are filled with what is around them, further out the deeper they are */
static void
fill (float *pixels,
      int    width,
      int    height)
{
  g_autofree float *half = NULL;

  if (width <= 1 && height <= 1)
    return;

  half = g_new (float, (gsize) ((width + 1) / 2) * ((height + 1) / 2) * 4);
  pull (pixels, width, height, half);
  fill (half, (width + 1) / 2, (height + 1) / 2);
  push (half, pixels, width, height);
}

/* Where the model's product is, or the real one will be, and a little around it */
static CsMatte *
make_hole (const CsStage       *stage,
           const CsWirePainted *found,
           int                  width,
           int                  height)
{
  g_autoptr (CsMatte) alpha = cs_matte_scale (stage->alpha, width, height);
  CsMatte *hole = cs_matte_new (width, height);
  int      spare = MAX (2, MAX (width, height) / (found->verdict == CS_PAINTED_MENDED ? 100 : 160));
  double   side = MAX (width, height), cx = 0, cy = 0, n = 0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (*cs_matte_at (alpha, x, y) >= 128)
        {
          cx += x;
          cy += y;
          n++;
        }
  cx /= MAX (1, n);
  cy /= MAX (1, n);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int from_x = (int) floor (cx + (x - found->dx * side - cx) / found->scale + 0.5);
        int from_y = (int) floor (cy + (y - found->dy * side - cy) / found->scale + 0.5);

        if ((from_x < 0 || from_y < 0 || from_x >= width || from_y >= height || *cs_matte_at (alpha, from_x, from_y) < 64) &&
            *cs_matte_at (alpha, x, y) < 250)
          continue;
        for (int j = MAX (0, y - spare); j <= MIN (height - 1, y + spare); j += spare)
          memset (cs_matte_at (hole, MAX (0, x - spare), j), 255, MIN (width, x + spare + 1) - MAX (0, x - spare));
      }

  return hole;
}

/**
 * cs_ghost_mend:
 * @painted: (transfer full)
 *
 * Returns: the scene with what is around in the place of the model's product, so
 *   that nothing of that is seen, also when the real one is made smaller later on
 */
CsFrame *
cs_ghost_mend (const CsStage       *stage,
               const CsWirePainted *found,
               CsFrame             *painted)
{
  g_autoptr (CsMatte) hole = make_hole (stage, found, painted->width, painted->height);
  gsize             n = (gsize) painted->width * painted->height;
  g_autofree float *pixels = g_new (float, n * 4);

  for (gsize i = 0; i < n; i++)
    {
      for (int c = 0; c < 3; c++)
        pixels[i * 4 + c] = painted->data[i * 3 + c];
      pixels[i * 4 + 3] = hole->alpha[i] == 0;
    }

  fill (pixels, painted->width, painted->height);
  for (gsize i = 0; i < n; i++)
    for (int c = 0; hole->alpha[i] != 0 && c < 3; c++)
      painted->data[i * 3 + c] = CLAMP ((int) (pixels[i * 4 + c] + 0.5f), 0, 255);

  return painted;
}
