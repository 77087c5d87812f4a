/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-lab.h"
#include "cs-mask.h"
#include "cs-shade.h"

/* What keeps a product from floating. A shadow is smooth, so a small map of it
 * does. The photo's own is what its ground has in light less than it would have
 * without the product: the ground is taken for a surface whose light changes
 * slowly, and where it is not (a carpet, boards, a hard edge), there is no
 * telling. One that is drawn lies where the product's lower outline may touch
 * the ground.
 */
#define SIDE       256
#define N_TERMS    6
#define ROUNDS     6
#define LEAST_DARK 0.03f /* less is not seen, or is grain */
#define MOST_DARK  0.45f
#define REACH      0.35f /* of the product's longer side, how far a shadow falls */
#define HIGHEST    0.40f /* of the product's height, above which what is dark is behind it */
#define MAX_GRAIN  0.009f
#define MAX_FAR    0.06f /* how uneven the ground may be where no shadow falls */
#define MAX_TINT   0.030f
#define MAX_STEP   0.10f /* from one cell to the next; more is an edge */
#define MAX_STEPS  0.06f /* of the cells with shadow */
#define MAX_SHARE  0.25f /* of the photo that lies in shadow */
#define LEAST_SIDE 0.20f /* of what is beside the product: there it is darkest */

typedef struct
{
  int       width;
  int       height;
  float    *light;    /* of the ground, linear */
  float    *dark;
  float    *distance; /* from the product, in cells */
  gboolean *ground;
  float     side; /* of the product */
  CsRect    box;
} Ground;

static CsShade *
shade_new (int width,
           int height)
{
  CsShade *self = g_new0 (CsShade, 1);

  self->width = width;
  self->height = height;
  self->dark = g_new0 (guint16, (gsize) width * height);

  return self;
}

void
cs_shade_free (CsShade *self)
{
  g_free (self->dark);
  g_free (self);
}

/* Runs of 2 × radius + 1, along rows or columns; outside counts for nothing */
static void
blur_line (const float *in,
           float       *out,
           int          n,
           int          step,
           int          radius)
{
  float sum = 0;

  for (int i = 0; i < MIN (radius, n); i++)
    sum += in[(gsize) i * step];

  for (int i = 0; i < n; i++)
    {
      if (i + radius < n)
        sum += in[(gsize) (i + radius) * step];
      if (i - radius - 1 >= 0)
        sum -= in[(gsize) (i - radius - 1) * step];
      out[(gsize) i * step] = sum / (2 * radius + 1);
    }
}

/* Three times a run is nearly a Gaussian of that radius */
static void
blur (float *map,
      int    width,
      int    height,
      int    radius_x,
      int    radius_y)
{
  g_autofree float *other = g_new (float, (gsize) width *height);

  for (int pass = 0; pass < 3; pass++)
    {
      for (int y = 0; y < height; y++)
        blur_line (map + (gsize) y * width, other + (gsize) y * width, width, 1, radius_x);
      for (int x = 0; x < width; x++)
        blur_line (other + x, map + x, height, width, radius_y);
    }
}

/* How far each cell is from the product, nearly (3-4 chamfer) */
static void
ground_measure_distance (Ground        *self,
                         const CsMatte *mask)
{
  int w = self->width, h = self->height;

  for (int i = 0; i < w * h; i++)
    self->distance[i] = mask->alpha[i] > 8 ? 0 : 1e6f;

  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++)
      {
        float *d = self->distance + y * w + x;

        if (x > 0)
          *d = MIN (*d, d[-1] + 1);
        if (y > 0)
          *d = MIN (*d, d[-w] + 1);
        if (x > 0 && y > 0)
          *d = MIN (*d, d[-w - 1] + 1.4f);
        if (x + 1 < w && y > 0)
          *d = MIN (*d, d[-w + 1] + 1.4f);
      }
  for (int y = h - 1; y >= 0; y--)
    for (int x = w - 1; x >= 0; x--)
      {
        float *d = self->distance + y * w + x;

        if (x + 1 < w)
          *d = MIN (*d, d[1] + 1);
        if (y + 1 < h)
          *d = MIN (*d, d[w] + 1);
        if (x + 1 < w && y + 1 < h)
          *d = MIN (*d, d[w + 1] + 1.4f);
        if (x > 0 && y + 1 < h)
          *d = MIN (*d, d[w - 1] + 1.4f);
      }
}

static void
terms_at (const Ground *self,
          int           x,
          int           y,
          double        terms[N_TERMS])
{
  double u = (x + 0.5) / self->width - 0.5, v = (y + 0.5) / self->height - 0.5;

  terms[0] = 1;
  terms[1] = u;
  terms[2] = v;
  terms[3] = u * u;
  terms[4] = u * v;
  terms[5] = v * v;
}

/* Gauss with pivots; what cannot be told apart counts for nothing */
static void
solve (double a[N_TERMS][N_TERMS + 1],
       double solution[N_TERMS])
{
  for (int i = 0; i < N_TERMS; i++)
    {
      int best = i;

      for (int k = i + 1; k < N_TERMS; k++)
        if (fabs (a[k][i]) > fabs (a[best][i]))
          best = k;
      for (int j = 0; j <= N_TERMS; j++)
        {
          double swap = a[i][j];

          a[i][j] = a[best][j];
          a[best][j] = swap;
        }
      if (fabs (a[i][i]) < 1e-9)
        continue;
      for (int k = 0; k < N_TERMS; k++)
        for (int j = N_TERMS; k != i && j >= i; j--)
          a[k][j] -= a[k][i] / a[i][i] * a[i][j];
    }

  for (int i = 0; i < N_TERMS; i++)
    solution[i] = fabs (a[i][i]) < 1e-9 ? 0 : a[i][N_TERMS] / a[i][i];
}

/* The light that the ground would have without the product: a smooth surface
 * through its lighter parts. What turns out darker counts less each time.
 */
static void
ground_fit (Ground *self,
            float  *surface)
{
  int    n = self->width * self->height;
  double terms[N_TERMS], solution[N_TERMS] = { 0 };

  for (int round = 0; round < ROUNDS; round++)
    {
      double a[N_TERMS][N_TERMS + 1] = { 0 };

      for (int i = 0; i < n; i++)
        {
          double weight;

          if (!self->ground[i])
            continue;
          weight = round == 0 ? 1 : self->light[i] < surface[i] * 0.97f ? 0.03 : 1;
          if (self->distance[i] < 0.15f * self->side)
            weight *= 0.3;
          terms_at (self, i % self->width, i / self->width, terms);
          for (int p = 0; p < N_TERMS; p++)
            {
              for (int q = 0; q < N_TERMS; q++)
                a[p][q] += weight * terms[p] * terms[q];
              a[p][N_TERMS] += weight * terms[p] * self->light[i];
            }
        }
      for (int p = 0; p < N_TERMS; p++)
        a[p][p] += 1e-3 * (p > 2 ? 10 : 1);

      solve (a, solution);
      for (int i = 0; i < n; i++)
        {
          double value = 0;

          terms_at (self, i % self->width, i / self->width, terms);
          for (int p = 0; p < N_TERMS; p++)
            value += solution[p] * terms[p];
          surface[i] = MAX (value, 0.02);
        }
    }
}

/* Whether what is darker is a soft shadow beside the product, and nothing else */
static gboolean
ground_is_plausible (const Ground *self)
{
  int    w = self->width, n = self->width * self->height;
  double grain = 0, far = 0, beside = 0;
  int    n_grain = 0, n_far = 0, n_steps = 0, n_dark = 0, n_beside = 0;

  for (int i = w; i < n - w; i++)
    {
      float mean, step;

      if (!self->ground[i] || !self->ground[i - 1] || !self->ground[i + 1] || !self->ground[i - w] || !self->ground[i + w])
        continue;

      mean = (self->dark[i - 1] + self->dark[i + 1] + self->dark[i - w] + self->dark[i + w]) / 4;
      step = MAX (fabsf (self->dark[i + 1] - self->dark[i - 1]), fabsf (self->dark[i + w] - self->dark[i - w])) / 2;
      grain += fabsf (self->dark[i] - mean);
      n_grain++;
      if (self->distance[i] > REACH * self->side)
        {
          far += fabsf (self->dark[i]);
          n_far++;
        }
      if (self->distance[i] < 0.06f * self->side)
        {
          beside += MAX (self->dark[i], 0) > 2 * LEAST_DARK;
          n_beside++;
        }
      if (self->dark[i] > 2 * LEAST_DARK)
        {
          n_dark++;
          n_steps += step > MAX_STEP;
        }
    }

  if (n_grain < n / 20)
    return FALSE;

  return grain / n_grain < MAX_GRAIN &&
         (n_far == 0 || far / n_far < MAX_FAR) &&
         n_dark > 0 && n_dark < MAX_SHARE * n && n_steps < MAX_STEPS * n_dark &&
         n_beside > 0 && beside / n_beside > LEAST_SIDE;
}

static float
smoothly (float t)
{
  t = CLAMP (t, 0, 1);

  return t * t * (3 - 2 * t);
}

/* What is dark and hangs together with what is dark beside the product: a stain,
 * or the corner of the room, is not its shadow
 */
static gboolean *
ground_reach (const Ground *self,
              const float  *dark)
{
  int                n = self->width * self->height, top = 0;
  gboolean          *reached = g_new0 (gboolean, n);
  g_autofree int    *stack = g_new (int, n);
  const int          steps[4] = { 1, -1, self->width, -self->width };

  for (int i = 0; i < n; i++)
    if (self->distance[i] <= 4)
      {
        reached[i] = TRUE;
        stack[top++] = i;
      }

  while (top > 0)
    {
      int i = stack[--top];

      for (int s = 0; s < 4; s++)
        {
          int j = i + steps[s];

          if (j < 0 || j >= n || (s < 2 && j / self->width != i / self->width) || reached[j] || dark[j] < 2 * LEAST_DARK)
            continue;
          reached[j] = TRUE;
          stack[top++] = j;
        }
    }

  return reached;
}

/* Means of what is ground, from near where there is some, else from further off */
static void
ground_spread (const Ground *self,
               float        *dark)
{
  int               w = self->width, h = self->height, n = w * h;
  int               near = MAX (1, (int) (self->side * 0.016f)), wide = MAX (2, (int) (self->side * 0.05f));
  g_autofree float *weights = g_new0 (float, n);
  g_autofree float *far = NULL;
  g_autofree float *far_weights = NULL;

  for (int i = 0; i < n; i++)
    {
      weights[i] = self->ground[i];
      dark[i] *= weights[i];
    }

  far = g_memdup2 (dark, n * sizeof *dark);
  far_weights = g_memdup2 (weights, n * sizeof *weights);
  blur (dark, w, h, near, near);
  blur (weights, w, h, near, near);
  blur (far, w, h, wide, wide);
  blur (far_weights, w, h, wide, wide);

  for (int i = 0; i < n; i++)
    dark[i] = weights[i] > 0.3f ? dark[i] / weights[i] : far_weights[i] > 0.01f ? far[i] / far_weights[i] : 0;
}

/* Dark cells only where they may be the product's shadow; below the product the
 * shadow goes on, for what of the ground shines through its rim
 */
static CsShade *
ground_to_shade (const Ground *self)
{
  int                  w = self->width, h = self->height, n = w * h;
  float                rim = 0.08f * MAX (w, h);
  CsShade             *shade = shade_new (w, h);
  g_autofree float    *dark = g_memdup2 (self->dark, n * sizeof *self->dark);
  g_autofree gboolean *reached = NULL;

  ground_spread (self, dark);
  reached = ground_reach (self, dark);

  for (int i = 0; i < n; i++)
    {
      int   x = i % w, y = i / w;
      float edge = MIN (MIN (x, w - 1 - x), MIN (y, h - 1 - y));
      float down = (y - self->box.y) / (float) self->box.height;
      float value = reached[i] ? MIN (dark[i], MOST_DARK) : 0;

      /* From nothing where it can hardly be seen, and may be a stain */
      value *= smoothly ((value - LEAST_DARK) / (3 * LEAST_DARK));
      dark[i] = value * smoothly (edge / rim) * smoothly (2 - 2 * self->distance[i] / (REACH * self->side)) *
                smoothly ((down - HIGHEST) * 4);
    }
  blur (dark, w, h, 1, 1);
  for (int i = 0; i < n; i++)
    shade->dark[i] = CLAMP (dark[i] * 65535, 0, 65535);

  return shade;
}

static void
ground_find_product (Ground        *self,
                     const CsMatte *mask)
{
  g_autofree guint8 *product = g_new (guint8, (gsize) mask->width * mask->height);

  for (int i = 0; i < mask->width * mask->height; i++)
    product[i] = mask->alpha[i] > 127 ? 255 : 0;
  cs_mask_box (product, mask->width, mask->height, &self->box);
  self->side = MAX (self->box.width, self->box.height);
}

static gboolean
ground_look (Ground        *self,
             const CsFrame *frame)
{
  int    n = self->width * self->height, count = 0;
  double l = 0, a = 0, b = 0, tint = 0;

  for (int pass = 0; pass < 2; pass++)
    for (int i = 0; i < n; i++)
      {
        const guint8 *p = frame->data + (gsize) i * 3;
        CsLab         lab;

        if (!self->ground[i])
          continue;
        lab = cs_lab_from_srgb (p);
        if (pass == 1)
          {
            tint += hypot (lab.a - a / count, lab.b - b / count);
            continue;
          }
        self->light[i] = 0.2126f * cs_lab_linear (p[0]) + 0.7152f * cs_lab_linear (p[1]) + 0.0722f * cs_lab_linear (p[2]);
        l += lab.l;
        a += lab.a;
        b += lab.b;
        count++;
      }

  return count > n / 20 && tint / count < MAX_TINT && l / count > 0.45;
}

/**
 * cs_shade_find:
 * @mask: of @photo, of the same size
 *
 * Returns: (nullable): the shadow in @photo; %NULL where it has none that is
 *   soft, or none that could be told from its ground
 */
CsShade *
cs_shade_find (const CsFrame *photo,
               const CsMatte *mask)
{
  int side = cs_frame_side (photo);
  int w = MAX (8, photo->width * SIDE / side), h = MAX (8, photo->height * SIDE / side), n = w * h;
  g_autoptr (CsFrame) frame = cs_frame_scale (photo, w, h);
  g_autoptr (CsMatte) small = cs_matte_scale (mask, w, h);
  g_autofree float    *light = g_new0 (float, n);
  g_autofree float    *dark = g_new0 (float, n);
  g_autofree float    *distance = g_new0 (float, n);
  g_autofree float    *surface = g_new0 (float, n);
  g_autofree gboolean *ground = g_new0 (gboolean, n);
  Ground self = { .width = w, .height = h, .light = light, .dark = dark, .distance = distance, .ground = ground };

  ground_find_product (&self, small);
  ground_measure_distance (&self, small);
  for (int i = 0; i < n; i++)
    ground[i] = distance[i] > 2;
  if (!ground_look (&self, frame))
    return NULL;

  ground_fit (&self, surface);
  for (int i = 0; i < n; i++)
    dark[i] = ground[i] ? 1 - light[i] / surface[i] : 0;

  return ground_is_plausible (&self) ? ground_to_shade (&self) : NULL;
}

static float
shade_sample (const CsShade *self,
              float          x,
              float          y)
{
  int   x0 = (int) floorf (x), y0 = (int) floorf (y);
  float fx = x - x0, fy = y - y0, sum = 0;

  for (int v = 0; v < 2; v++)
    for (int u = 0; u < 2; u++)
      if (x0 + u >= 0 && y0 + v >= 0 && x0 + u < self->width && y0 + v < self->height)
        sum += self->dark[(y0 + v) * self->width + x0 + u] * (u ? fx : 1 - fx) * (v ? fy : 1 - fy);

  return sum;
}

static void
shade_size (int  width,
            int  height,
            int *w,
            int *h)
{
  int side = MAX (width, height);

  *w = CLAMP ((int) ((gint64) width * SIDE / side), 1, width);
  *h = CLAMP ((int) ((gint64) height * SIDE / side), 1, height);
}

/**
 * cs_shade_place:
 *
 * Returns: a photo's shadow as it lies in the picture
 */
CsShade *
cs_shade_place (const CsShade        *self,
                const CsWireGeometry *geometry)
{
  double   cosine = cos (geometry->turn * G_PI / 180), sine = sin (geometry->turn * G_PI / 180);
  CsShade *to;
  float    rim;
  int      w, h;

  shade_size (geometry->out_width, geometry->out_height, &w, &h);
  rim = 0.05f * MAX (w, h);
  to = shade_new (w, h);

  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++)
      {
        double dx = (geometry->x + (x + 0.5) / w * geometry->width - 0.5) * self->width;
        double dy = (geometry->y + (y + 0.5) / h * geometry->height - 0.5) * self->height;
        double u = dx * cosine + dy * sine + self->width / 2.0 - 0.5;
        double v = dy * cosine - dx * sine + self->height / 2.0 - 0.5;

        /* It ends before the picture does, as if it were meant for it */
        to->dark[y * w + x] = shade_sample (self, u, v) * smoothly (MIN (MIN (x, w - 1 - x), MIN (y, h - 1 - y)) / rim);
      }

  return to;
}

/* The product's share of each cell */
static float *
reduce_alpha (const guint8 *alpha,
              int           width,
              int           height,
              int           w,
              int           h)
{
  float *cells = g_new0 (float, (gsize) w *h);

  for (int y = 0; y < h; y++)
    {
      int y0 = (gint64) y * height / h, y1 = MAX (y0 + 1, (int) ((gint64) (y + 1) * height / h));

      for (int x = 0; x < w; x++)
        {
          int    x0 = (gint64) x * width / w, x1 = MAX (x0 + 1, (int) ((gint64) (x + 1) * width / w));
          guint32 sum = 0;

          for (int v = y0; v < y1; v++)
            for (int u = x0; u < x1; u++)
              sum += alpha[(gsize) v * width + u];
          cells[y * w + x] = sum / 255.0f / ((y1 - y0) * (x1 - x0));
        }
    }

  return cells;
}

static void
scale_to_peak (float *map,
               int    n)
{
  float peak = 0;

  for (int i = 0; i < n; i++)
    peak = MAX (peak, map[i]);
  for (int i = 0; i < n && peak > 0; i++)
    map[i] /= peak;
}

/* One thing of those in the picture */
typedef struct
{
  int area;
  int top;
  int bottom;
} Thing;

/* Gives each cell the number of the thing that it belongs to, 0 for none */
static GArray *
find_things (const float *cells,
             int         *labels,
             int          w,
             int          h)
{
  GArray         *things = g_array_new (FALSE, TRUE, sizeof (Thing));
  g_autofree int *stack = g_new (int, (gsize) w *h);
  const int       steps[4] = { 1, -1, w, -w };

  memset (labels, 0, (gsize) w * h * sizeof *labels);
  g_array_set_size (things, 1);

  for (int start = 0; start < w * h; start++)
    {
      Thing thing = { 0, start / w, start / w };
      int   top = 0;

      if (cells[start] <= 0.5f || labels[start] != 0)
        continue;

      labels[start] = things->len;
      stack[top++] = start;
      while (top > 0)
        {
          int i = stack[--top];

          thing.area++;
          thing.bottom = MAX (thing.bottom, i / w);
          for (int s = 0; s < 4; s++)
            {
              int j = i + steps[s];

              if (j < 0 || j >= w * h || (s < 2 && j / w != i / w) || cells[j] <= 0.5f || labels[j] != 0)
                continue;
              labels[j] = things->len;
              stack[top++] = j;
            }
        }
      g_array_append_val (things, thing);
    }

  return things;
}

/* Along the lower outline of each thing, as far as that is near the ground */
static void
draw_contact (const float *cells,
              float       *contact,
              int          w,
              int          h,
              int          top,
              int          bottom)
{
  g_autofree int *labels = g_new (int, (gsize) w *h);
  g_autoptr (GArray) things = find_things (cells, labels, w, h);
  int thick = MAX (1, (bottom - top) / 50), all = 0;

  for (guint t = 1; t < things->len; t++)
    all += g_array_index (things, Thing, t).area;

  for (int x = 0; x < w; x++)
    for (int y = bottom; y >= top; y--)
      {
        const Thing *thing = &g_array_index (things, Thing, labels[y * w + x]);
        float        above;

        /* The lowest cell of its thing in this column, and no scrap that hangs in the air */
        if (labels[y * w + x] == 0 || (y < h - 1 && labels[(y + 1) * w + x] == labels[y * w + x]) ||
            thing->area < 0.02f * all || thing->bottom < top + 0.55f * (bottom - top))
          continue;

        above = (float) (thing->bottom - y) / (thing->bottom - thing->top + 1);
        for (int v = MAX (y - thick, 0); v <= y; v++)
          contact[v * w + x] = MAX (contact[v * w + x], powf (CLAMP (1 - above / 0.22f, 0, 1), 1.5f));
      }
}

/**
 * cs_shade_draw:
 * @alpha: of the product in the picture, a byte a pixel
 *
 * Returns: a contact shadow under it
 */
CsShade *
cs_shade_draw (const guint8 *alpha,
               int           width,
               int           height)
{
  int               w, h, top = -1, bottom = -1, left = G_MAXINT, right = -1, side;
  CsShade          *shade;
  g_autofree float *cells = NULL;
  g_autofree float *near = NULL;
  g_autofree float *far = NULL;

  shade_size (width, height, &w, &h);
  shade = shade_new (w, h);
  cells = reduce_alpha (alpha, width, height, w, h);

  for (int i = 0; i < w * h; i++)
    if (cells[i] > 0.5f)
      {
        top = top < 0 ? i / w : top;
        bottom = i / w;
        left = MIN (left, i % w);
        right = MAX (right, i % w);
      }

  /* Nothing there, or it goes on below the picture */
  if (top < 0 || bottom >= h - 1)
    return shade;

  side = MAX (bottom - top, right - left) + 1;
  near = g_new0 (float, (gsize) w *h);
  draw_contact (cells, near, w, h, top, bottom);
  far = g_memdup2 (near, (gsize) w * h * sizeof *near);
  blur (near, w, h, MAX (1, side / 90), MAX (1, side / 110));
  blur (far, w, h, MAX (1, side / 22), MAX (1, side / 36));
  scale_to_peak (near, w * h);
  scale_to_peak (far, w * h);

  for (int i = 0; i < w * h; i++)
    shade->dark[i] = 65535 * MIN (0.34f * near[i] + 0.20f * far[i], MOST_DARK);

  return shade;
}

/**
 * cs_shade_get_row:
 * @width: of the picture that the shadow lies in
 * @row: (out): how dark each of its pixels in line @y is
 */
void
cs_shade_get_row (const CsShade *self,
                  int            width,
                  int            height,
                  int            y,
                  guint16       *row)
{
  gint64         fy = CLAMP (((2 * (gint64) y + 1) * self->height * 32768) / height - 32768, 0, ((gint64) self->height - 1) << 16);
  int            y0 = fy >> 16, y1 = MIN (y0 + 1, self->height - 1), ay = (fy >> 8) & 0xff;
  const guint16 *above = self->dark + (gsize) y0 * self->width, *below = self->dark + (gsize) y1 * self->width;
  int            step = ((gint64) self->width << 16) / width, fx = step / 2 - 32768;
  guint32        line[SIDE + 1], any = 0;

  for (int x = 0; x < self->width; x++)
    any |= line[x] = (above[x] * (256u - ay) + below[x] * (guint32) ay) >> 8;
  line[self->width] = line[self->width - 1];

  for (int x = 0; any != 0 && x < width; x++, fx += step)
    {
      int     p = CLAMP (fx >> 16, 0, self->width - 1);
      guint32 ax = fx < 0 ? 0 : (fx >> 8) & 0xff;

      row[x] = (line[p] * (256 - ax) + line[p + 1] * ax) >> 8;
    }
  if (any == 0)
    memset (row, 0, width * sizeof *row);
}
