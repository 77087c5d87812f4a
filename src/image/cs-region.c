/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cs-mask.h"
#include "cs-region.h"

/* What differs from the colours along the border, and hangs together, is taken
 * for the product. It errs to the large side: a shadow that stays in costs
 * nothing, a sleeve that is cut off costs the sale. Where the border is not a
 * background (a hand, a shelf, a pattern as strong as the product), it says that
 * it is not sure, and then nothing is cropped.
 */
#define PROXY_SIDE     192
#define N_CLUSTERS     4
#define N_ROUNDS       10
#define MIN_SHARE      0.06f /* of the border, for a colour to count as background */
#define MOSTLY         0.55f
#define EVEN_PAPER     0.012f
#define NEAR_PAPER     0.04f
#define WEAK_STEP      0.75f /* of the threshold */
#define LEAST_STEP     0.03f
#define ALIKE          0.6f /* of the threshold */
#define N_TERMS        6
#define FAR_FROM_PLANE 0.08
#define MAX_FALLOFF    0.15
#define LIGHT_WEIGHT   0.7f /* shadows change lightness more than colour */

typedef enum
{
  LEFT,
  TOP,
  RIGHT,
  BOTTOM,
  N_SIDES,
} Side;

typedef struct
{
  CsLab mean;
  float spread;
  float share;
  float on_side[N_SIDES]; /* of each side of the border */
} Cluster;

typedef struct
{
  int     width;
  int     height;
  int     band;   /* how wide the border is */
  guint8 *chosen; /* the pixels that colours are learnt from: the border, or the product */
  CsLab  *lab;
  float  *distance;
  Cluster clusters[N_CLUSTERS];
} Work;

static float
region_distance (CsLab a,
                 CsLab b)
{
  float dl = (a.l - b.l) * LIGHT_WEIGHT, da = a.a - b.a, db = a.b - b.b;

  return sqrtf (dl * dl + 4 * (da * da + db * db));
}

static gboolean
work_is_chosen (const Work *work,
                int         x,
                int         y)
{
  return work->chosen[y * work->width + x] != 0;
}

static void
work_choose_border (Work *work)
{
  for (int y = 0; y < work->height; y++)
    for (int x = 0; x < work->width; x++)
      work->chosen[y * work->width + x] =
        x < work->band || y < work->band || x >= work->width - work->band || y >= work->height - work->band;
}

static int
work_nearest (const Work *work,
              CsLab       lab,
              float      *distance)
{
  int nearest = -1;

  *distance = G_MAXFLOAT;
  for (int k = 0; k < N_CLUSTERS; k++)
    {
      float d;

      if (work->clusters[k].share <= 0)
        continue;
      d = region_distance (lab, work->clusters[k].mean);
      if (d < *distance)
        {
          *distance = d;
          nearest = k;
        }
    }

  return nearest;
}

/* Light falls off over a wall or a table: the border's lightness is fitted with
 * a curved plane, twice, the second time without what was far from the first,
 * and the plane is taken out of the whole photo.
 */
static gboolean
plane_solve (double m[N_TERMS][N_TERMS + 1])
{
  for (int i = 0; i < N_TERMS; i++)
    {
      if (fabs (m[i][i]) < 1e-9)
        return FALSE;
      for (int j = 0; j < N_TERMS; j++)
        {
          double factor = m[j][i] / m[i][i];

          for (int k = i; i != j && k <= N_TERMS; k++)
            m[j][k] -= factor * m[i][k];
        }
    }

  return TRUE;
}

static void
plane_terms (const Work *work,
             int         x,
             int         y,
             double      terms[N_TERMS])
{
  double u = 2.0 * x / work->width - 1, v = 2.0 * y / work->height - 1;

  terms[0] = 1;
  terms[1] = u;
  terms[2] = v;
  terms[3] = u * v;
  terms[4] = u * u;
  terms[5] = v * v;
}

static double
plane_at (const double terms[N_TERMS],
          const double plane[N_TERMS])
{
  double sum = 0;

  for (int i = 0; i < N_TERMS; i++)
    sum += terms[i] * plane[i];

  return sum;
}

static gboolean
work_fit_plane (const Work *work,
                double      plane[N_TERMS],
                double      near)
{
  double m[N_TERMS][N_TERMS + 1] = { 0 };
  double terms[N_TERMS];

  for (int y = 0; y < work->height; y++)
    for (int x = 0; x < work->width; x++)
      {
        double l = work->lab[y * work->width + x].l;

        if (!work_is_chosen (work, x, y))
          continue;
        plane_terms (work, x, y, terms);
        if (fabs (l - plane_at (terms, plane)) > near)
          continue;
        for (int i = 0; i < N_TERMS; i++)
          {
            for (int j = 0; j < N_TERMS; j++)
              m[i][j] += terms[i] * terms[j];
            m[i][N_TERMS] += terms[i] * l;
          }
      }

  for (int i = 0; i < N_TERMS; i++)
    m[i][i] += 0.5;
  if (!plane_solve (m))
    return FALSE;
  for (int i = 0; i < N_TERMS; i++)
    plane[i] = m[i][N_TERMS] / m[i][i];

  return TRUE;
}

/* Half of the border within a hair of one lightness: there is nothing to flatten */
static gboolean
work_is_even (const Work *work)
{
  int counts[101] = { 0 }, n = 0, most = 0;

  for (int y = 0; y < work->height; y++)
    for (int x = 0; x < work->width; x++)
      if (work_is_chosen (work, x, y))
        {
          counts[CLAMP ((int) (work->lab[y * work->width + x].l * 100), 0, 100)]++;
          n++;
        }

  for (int i = 0; i + 1 <= 100; i++)
    most = MAX (most, counts[i] + counts[i + 1]);

  return most * 2 > n;
}

static void
work_flatten (Work *work)
{
  double plane[N_TERMS] = { 0 }, terms[N_TERMS];

  if (work_is_even (work) || !work_fit_plane (work, plane, G_MAXDOUBLE) || !work_fit_plane (work, plane, FAR_FROM_PLANE))
    return;

  for (int y = 0; y < work->height; y++)
    for (int x = 0; x < work->width; x++)
      {
        plane_terms (work, x, y, terms);
        work->lab[y * work->width + x].l -= CLAMP (plane_at (terms, plane) - plane[0], -MAX_FALLOFF, MAX_FALLOFF);
      }
}

/* The first colour is the mean, each further one what is farthest from
 * those before
 */
static void
work_seed (Work *work)
{
  double sums[3] = { 0 };
  int    n = 0;

  for (int k = 0; k < N_CLUSTERS; k++)
    {
      CsLab farthest = { 0 };
      float most = -1;

      for (int y = 0; y < work->height; y++)
        for (int x = 0; x < work->width; x++)
          {
            CsLab lab = work->lab[y * work->width + x];
            float d;

            if (!work_is_chosen (work, x, y))
              continue;
            if (k == 0)
              {
                sums[0] += lab.l;
                sums[1] += lab.a;
                sums[2] += lab.b;
                n++;
                continue;
              }
            work_nearest (work, lab, &d);
            if (d > most)
              {
                most = d;
                farthest = lab;
              }
          }

      work->clusters[k].mean = k > 0 ? farthest : (CsLab) { sums[0] / n, sums[1] / n, sums[2] / n };
      work->clusters[k].share = 1;
    }
}

static void
work_settle (Work *work)
{
  double sums[N_CLUSTERS][5] = { 0 };
  int    on_side[N_CLUSTERS][N_SIDES] = { 0 };
  int    total = 0;

  for (int y = 0; y < work->height; y++)
    for (int x = 0; x < work->width; x++)
      {
        CsLab lab = work->lab[y * work->width + x];
        float d;
        int   k;

        if (!work_is_chosen (work, x, y))
          continue;
        k = work_nearest (work, lab, &d);
        sums[k][0] += lab.l;
        sums[k][1] += lab.a;
        sums[k][2] += lab.b;
        sums[k][3] += d;
        sums[k][4] += 1;
        on_side[k][LEFT] += x < work->band;
        on_side[k][TOP] += y < work->band;
        on_side[k][RIGHT] += x >= work->width - work->band;
        on_side[k][BOTTOM] += y >= work->height - work->band;
        total++;
      }

  for (int k = 0; k < N_CLUSTERS; k++)
    {
      double n = sums[k][4];

      work->clusters[k].share = n / total;
      for (Side side = 0; side < N_SIDES; side++)
        work->clusters[k].on_side[side] =
          (float) on_side[k][side] / (work->band * (side == LEFT || side == RIGHT ? work->height : work->width));
      if (n > 0)
        {
          work->clusters[k].mean = (CsLab) { sums[k][0] / n, sums[k][1] / n, sums[k][2] / n };
          work->clusters[k].spread = sums[k][3] / n;
        }
    }
}

/* Only on one side, and not most of the border */
static gboolean
cluster_is_one_sided (const Cluster *cluster)
{
  int n = 0;

  for (Side side = 0; side < N_SIDES; side++)
    n += cluster->on_side[side] >= 0.12f;

  return n == 1 && cluster->share < 0.35f;
}

/* A colour that the border has little of, or on one side only, is the product
 * reaching into it; and beside paper of one even colour, which has most of it,
 * any other colour is
 */
static void
work_drop_strangers (Work *work)
{
  const Cluster *main = &work->clusters[0];
  float          paper = 0;

  for (int k = 1; k < N_CLUSTERS; k++)
    if (work->clusters[k].share > main->share)
      main = &work->clusters[k];

  for (int k = 0; k < N_CLUSTERS; k++)
    if (region_distance (work->clusters[k].mean, main->mean) < NEAR_PAPER)
      paper += work->clusters[k].share;

  for (int k = 0; k < N_CLUSTERS; k++)
    if (work->clusters[k].share < MIN_SHARE || cluster_is_one_sided (&work->clusters[k]) ||
        (paper > MOSTLY && main->spread < EVEN_PAPER && region_distance (work->clusters[k].mean, main->mean) >= NEAR_PAPER))
      work->clusters[k].share = 0;
}

static void
work_learn (Work *work)
{
  work_seed (work);
  for (int round = 0; round < N_ROUNDS; round++)
    work_settle (work);
}

static int
compare_floats (gconstpointer a,
                gconstpointer b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

/* How far from its own colours the border gets: what is within is background */
static float
work_threshold (Work *work)
{
  g_autofree float *border = g_new (float, (gsize) work->width * work->height);
  float             share = 0;
  int               n = 0;

  for (int y = 0; y < work->height; y++)
    for (int x = 0; x < work->width; x++)
      {
        int i = y * work->width + x;

        work_nearest (work, work->lab[i], &work->distance[i]);
        if (work_is_chosen (work, x, y))
          border[n++] = work->distance[i];
      }

  for (int k = 0; k < N_CLUSTERS; k++)
    share += work->clusters[k].share;
  qsort (border, n, sizeof *border, compare_floats);

  return 1.25f * border[(int) ((n - 1) * MIN (share, 1) * 0.92f)] + 0.02f;
}

static void
region_measure_background (CsRegion   *self,
                           const Work *work)
{
  double sums[3] = { 0 }, apart = 0, tints = 0;
  int    n = 0;

  for (int i = 0; i < self->width * self->height; i++)
    if (self->mask[i] == 0)
      {
        sums[0] += work->lab[i].l;
        sums[1] += work->lab[i].a;
        sums[2] += work->lab[i].b;
        n++;
      }

  if (n == 0)
    {
      self->uneven = self->colourful = 1;
      return;
    }

  self->background = (CsLab) { sums[0] / n, sums[1] / n, sums[2] / n };
  for (int i = 0; i < self->width * self->height; i++)
    if (self->mask[i] == 0)
      {
        apart += cs_lab_distance (work->lab[i], self->background);
        tints += hypot (work->lab[i].a - self->background.a, work->lab[i].b - self->background.b);
      }

  self->uneven = apart / n;
  self->colourful = tints / n;
}

/* How much of the product's outline is where the photo ends */
static float
region_on_edge (const CsRegion *self)
{
  int n = 0;

  for (int x = 0; x < self->width; x++)
    n += (self->mask[x] != 0) + (self->mask[(self->height - 1) * self->width + x] != 0);
  for (int y = 0; y < self->height; y++)
    n += (self->mask[y * self->width] != 0) + (self->mask[y * self->width + self->width - 1] != 0);

  return n / (2.0f * (self->width + self->height));
}

static float
region_contrast (const CsRegion *self,
                 const Work     *work,
                 float           threshold)
{
  double sum = 0;
  int    n = 0;

  for (int i = 0; i < self->width * self->height; i++)
    if (self->mask[i] != 0)
      {
        sum += work->distance[i];
        n++;
      }

  return n > 0 ? sum / n / threshold : 0;
}

/* How much the colour steps from one side of the product's outline to the other */
static float
region_step (const CsRegion *self,
             const Work     *work,
             int             x,
             int             y)
{
  CsLab in = { 0 }, out = { 0 };
  int   n_in = 0, n_out = 0;

  for (int v = MAX (y - 3, 0); v <= MIN (y + 3, self->height - 1); v++)
    for (int u = MAX (x - 3, 0); u <= MIN (x + 3, self->width - 1); u++)
      {
        int    i = v * self->width + u;
        CsLab *sum = self->mask[i] != 0 ? &in : &out;

        sum->l += work->lab[i].l;
        sum->a += work->lab[i].a;
        sum->b += work->lab[i].b;
        *(self->mask[i] != 0 ? &n_in : &n_out) += 1;
      }

  if (n_in == 0 || n_out == 0)
    return G_MAXFLOAT;

  return region_distance ((CsLab) { in.l / n_in, in.a / n_in, in.b / n_in },
                          (CsLab) { out.l / n_out, out.a / n_out, out.b / n_out });
}

static gboolean
region_is_outline (const CsRegion *self,
                   int             x,
                   int             y)
{
  int i = y * self->width + x;

  return self->mask[i] != 0 &&
         ((x > 0 && self->mask[i - 1] == 0) || (x + 1 < self->width && self->mask[i + 1] == 0) ||
          (y > 0 && self->mask[i - self->width] == 0) || (y + 1 < self->height && self->mask[i + self->width] == 0));
}

/* A side of the box goes out to where the photo ends */
static void
region_open (CsRegion *self,
             Side      side)
{
  CsRect *box = &self->box;
  int     right = box->x + box->width, bottom = box->y + box->height;

  switch (side)
    {
    case LEFT:
      *box = (CsRect) { 0, box->y, right, box->height };
      break;

    case TOP:
      *box = (CsRect) { box->x, 0, box->width, bottom };
      break;

    case RIGHT:
      box->width = self->width - box->x;
      break;

    case BOTTOM:
      box->height = self->height - box->y;
      break;

    case N_SIDES:
    default:
      break;
    }
}

/* How much of what lies just outside a side of the box has the product's own
 * colours: then it may be the rest of it, where a background of much the same
 * colour took over
 */
static float
region_looks_on (const CsRegion *self,
                 Work           *product,
                 Side            side,
                 float           threshold)
{
  CsRect box = self->box;
  int    right = box.x + box.width, bottom = box.y + box.height;
  int    dx = MAX (2, box.width / 10), dy = MAX (2, box.height / 10);
  CsRect strip = side == LEFT    ? (CsRect) { box.x - dx, box.y, dx, box.height }
                 : side == TOP   ? (CsRect) { box.x, box.y - dy, box.width, dy }
                 : side == RIGHT ? (CsRect) { right, box.y, dx, box.height }
                                 : (CsRect) { box.x, bottom, box.width, dy };
  int    alike = 0, n = 0;

  for (int y = MAX (strip.y, 0); y < MIN (strip.y + strip.height, self->height); y++)
    for (int x = MAX (strip.x, 0); x < MIN (strip.x + strip.width, self->width); x++)
      {
        float d;

        work_nearest (product, product->lab[y * self->width + x], &d);
        alike += d < ALIKE * threshold;
        n++;
      }

  return n > 0 ? (float) alike / n : 0;
}

static int
region_open_like_sides (CsRegion   *self,
                        const Work *work,
                        float       threshold)
{
  Work               product = *work;
  CsRect             box = self->box;
  int                n = 0;
  g_autofree guint8 *chosen = g_memdup2 (self->mask, (gsize) self->width * self->height);

  product.chosen = chosen;
  work_learn (&product);
  for (int k = 0; k < N_CLUSTERS; k++)
    if (product.clusters[k].share < 0.15f)
      product.clusters[k].share = 0;

  for (Side side = 0; side < N_SIDES; side++)
    {
      CsRect opened = self->box;

      self->box = box;
      if (region_looks_on (self, &product, side, threshold) > 0.25f)
        {
          self->box = opened;
          region_open (self, side);
          n++;
          continue;
        }
      self->box = opened;
    }

  return n;
}

/* Where the outline is no more than a change of shade, the product may well go
 * on beyond it: on that side the box goes on to where the photo ends.
 *
 * Returns: on how many sides
 */
static int
region_open_weak_sides (CsRegion   *self,
                        const Work *work,
                        float       threshold)
{
  CsRect box = self->box;
  int    right = box.x + box.width, bottom = box.y + box.height;
  int    deep_x = MAX (2, box.width * 12 / 100), deep_y = MAX (2, box.height * 12 / 100);
  int    all[N_SIDES] = { 0 }, weak[N_SIDES] = { 0 }, n = 0;

  for (int y = box.y; y < bottom; y++)
    for (int x = box.x; x < right; x++)
      {
        gboolean at[N_SIDES] = { x < box.x + deep_x, y < box.y + deep_y, x >= right - deep_x, y >= bottom - deep_y };
        gboolean is_weak;

        if (!region_is_outline (self, x, y))
          continue;
        is_weak = region_step (self, work, x, y) < MAX (WEAK_STEP * threshold, LEAST_STEP);
        for (Side side = 0; side < N_SIDES; side++)
          {
            all[side] += at[side];
            weak[side] += at[side] && is_weak;
          }
      }

  for (Side side = 0; side < N_SIDES; side++)
    if (weak[side] > 0.35f * all[side])
      {
        region_open (self, side);
        n++;
      }

  return n;
}

static void
region_judge (CsRegion   *self,
              const Work *work,
              float       threshold,
              float       in_one_piece)
{
  int   n = cs_mask_box (self->mask, self->width, self->height, &self->box);
  float area = (float) n / (self->width * self->height);
  float fill = (float) n / (self->box.width * self->box.height);
  float dx = fabsf (self->box.x + self->box.width / 2.0f - self->width / 2.0f) / self->width;
  float dy = fabsf (self->box.y + self->box.height / 2.0f - self->height / 2.0f) / self->height;

  self->sure = area > 0.03f && area < 0.85f && fill > 0.25f && in_one_piece > 0.70f &&
               dx < 0.22f && dy < 0.22f && threshold < 0.20f &&
               region_contrast (self, work, threshold) > 1.2f + 4.5f * self->uneven && region_on_edge (self) < 0.12f;
  if (self->sure && region_open_like_sides (self, work, threshold) + region_open_weak_sides (self, work, threshold) > 3)
    self->sure = FALSE;
}

void
cs_region_find (CsRegion      *self,
                const CsFrame *frame)
{
  int   side = cs_frame_side (frame);
  int   width = MAX (1, MIN (frame->width, frame->width * PROXY_SIDE / side));
  int   height = MAX (1, MIN (frame->height, frame->height * PROXY_SIDE / side));
  int   n = width * height;
  float threshold, in_one_piece;
  g_autoptr (CsFrame) proxy = cs_frame_scale (frame, width, height);
  g_autofree CsLab  *lab = g_new (CsLab, n);
  g_autofree float  *distance = g_new (float, n);
  g_autofree guint8 *chosen = g_new (guint8, n);
  Work               work = { .width = width, .height = height, .lab = lab, .distance = distance, .chosen = chosen };

  work.band = MAX (1, MIN (width, height) * 4 / 100);
  for (int i = 0; i < n; i++)
    lab[i] = cs_lab_from_srgb (proxy->data + (gsize) i * 3);

  work_choose_border (&work);
  work_flatten (&work);
  work_learn (&work);
  work_drop_strangers (&work);
  threshold = work_threshold (&work);

  *self = (CsRegion) { .width = width, .height = height, .mask = g_new (guint8, n) };
  for (int i = 0; i < n; i++)
    self->mask[i] = distance[i] > threshold ? 255 : 0;

  cs_mask_smooth (self->mask, width, height, 5);
  in_one_piece = cs_mask_keep_pieces (self->mask, width, height);
  cs_mask_fill_holes (self->mask, width, height);
  region_measure_background (self, &work);
  region_judge (self, &work, threshold, in_one_piece);
}

/* How much each pixel of the mask says about the product: all of it where that
 * is known, else the middle more than the rim
 */
float *
cs_region_weights (const CsRegion *self)
{
  float *weights = g_new (float, (gsize) self->width * self->height);

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        float dx = (x + 0.5f) / self->width - 0.5f, dy = (y + 0.5f) / self->height - 0.5f;
        float middle = expf (-(dx * dx + dy * dy) * 8);
        int   i = y * self->width + x;

        weights[i] = self->sure ? (self->mask[i] != 0) : middle * (self->mask[i] != 0 ? 1 : 0.25f);
      }

  return weights;
}

void
cs_region_clear (CsRegion *self)
{
  g_clear_pointer (&self->mask, g_free);
}
