/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-brush-dab.h"

/* The middle that a touch learns from and spreads from, in parts of its radius; pixels */
#define CORE       0.06
#define CORE_LEAST 1.0
#define CORE_MOST  6.0
/* From here on to the rim it grows softer */
#define HARD 0.6
/* A hand that slipped off a thin thing finds it again this far off */
#define REACH 0.3
/* What a step may cross: beyond so many times the grain it costs, this much is as far as it goes */
#define GRAIN_FREE  2.5f
#define GRAIN_LEAST 0.4f
#define EDGE        4.0f
#define STOPPED     1.0f
/* There and back, so often at most, for shapes that wind within one touch */
#define PASSES 6
/* Pixels beyond the border that may be mixed, and how far the pure ones are looked for */
#define BAND   4
#define WINDOW 6
/* Two sides nearer to each other than this cannot be told apart in a mixed pixel; squared */
#define SAME_SIDES 64.0f

#define OUTSIDE 255

struct _CsBrushDab
{
  CsPalette palette;
  gboolean  is_fresh;

  /* The box of the touch, with a border of one pixel all around */
  int      x;
  int      y;
  int      width;
  int      height;
  int      stride;
  gsize    size; /* pixels that there is room for */
  guint16 *sums;
  CsTint  *tints;  /* smoothed by 3 × 3 */
  float   *entry;  /* what it costs to be here at all */
  float   *edges;  /* four each: to the east, south-west, south, south-east */
  float   *costs;  /* of the cheapest way from the middle */
  guint8  *away;   /* pixels from what was reached; OUTSIDE beyond the circle */
  guint8  *cover;  /* without the border */
};

CsBrushDab *
cs_brush_dab_new (void)
{
  return g_new0 (CsBrushDab, 1);
}

static void
free_planes (CsBrushDab *self)
{
  g_clear_pointer (&self->sums, g_free);
  g_clear_pointer (&self->tints, g_free);
  g_clear_pointer (&self->entry, g_free);
  g_clear_pointer (&self->edges, g_free);
  g_clear_pointer (&self->costs, g_free);
  g_clear_pointer (&self->away, g_free);
  g_clear_pointer (&self->cover, g_free);
}

void
cs_brush_dab_free (CsBrushDab *self)
{
  free_planes (self);
  g_free (self);
}

void
cs_brush_dab_begin (CsBrushDab *self)
{
  self->palette = (CsPalette) { 0 };
  self->is_fresh = TRUE;
}

/* FALSE where the touch lies beside the photo */
static gboolean
place (CsBrushDab         *self,
       const CsBrushPhoto *photo,
       const CsBrushTouch *touch)
{
  int   left = MAX (floor (touch->x - touch->radius), 0);
  int   top = MAX (floor (touch->y - touch->radius), 0);
  int   right = MIN (ceil (touch->x + touch->radius) + 1, photo->width);
  int   bottom = MIN (ceil (touch->y + touch->radius) + 1, photo->height);
  gsize size;

  if (left >= right || top >= bottom)
    return FALSE;

  self->x = left;
  self->y = top;
  self->width = right - left;
  self->height = bottom - top;
  self->stride = self->width + 2;
  size = (gsize) self->stride * (self->height + 2);
  if (size > self->size)
    {
      free_planes (self);
      self->size = size;
      self->sums = g_new (guint16, size * 3);
      self->tints = g_new (CsTint, size);
      self->entry = g_new (float, size);
      self->edges = g_new (float, size * 4);
      self->costs = g_new (float, size);
      self->away = g_new (guint8, size);
      self->cover = g_new (guint8, size);
    }

  return TRUE;
}

static inline gsize
at (CsBrushDab *self,
    int         x,
    int         y)
{
  return (gsize) (y + 1) * self->stride + x + 1;
}

static inline const guint8 *
pixel (const CsBrushPhoto *photo,
       int                 x,
       int                 y)
{
  return photo->pixels + ((gsize) CLAMP (y, 0, photo->height - 1) * photo->width + CLAMP (x, 0, photo->width - 1)) * 3;
}

/* Sums of three beside each other, then the mean of three of those above each other */
static void
smooth (CsBrushDab         *self,
        const CsBrushPhoto *photo)
{
  for (int y = -1; y <= self->height; y++)
    for (int x = -1; x <= self->width; x++)
      {
        const guint8 *left = pixel (photo, self->x + x - 1, self->y + y);
        const guint8 *middle = pixel (photo, self->x + x, self->y + y);
        const guint8 *right = pixel (photo, self->x + x + 1, self->y + y);
        guint16      *sum = self->sums + at (self, x, y) * 3;

        for (guint i = 0; i < 3; i++)
          sum[i] = left[i] + middle[i] + right[i];
      }

  for (int y = -1; y <= self->height; y++)
    for (int x = -1; x <= self->width; x++)
      {
        const guint16 *above = self->sums + at (self, x, MAX (y - 1, -1)) * 3;
        const guint16 *middle = self->sums + at (self, x, y) * 3;
        const guint16 *below = self->sums + at (self, x, MIN (y + 1, self->height)) * 3;

        self->tints[at (self, x, y)] = cs_tint ((above[0] + middle[0] + below[0]) / 9.0f,
                                                (above[1] + middle[1] + below[1]) / 9.0f,
                                                (above[2] + middle[2] + below[2]) / 9.0f);
      }
}

static inline float
difference (CsBrushDab *self,
            gsize       a,
            gsize       b)
{
  return sqrtf (cs_tint_distance_squared (self->tints[a], self->tints[b]));
}

/* What the middle goes over */

/* Squared distance of a pixel of the box to the way of the touch */
static double
distance_to_way (CsBrushDab         *self,
                 const CsBrushTouch *touch,
                 int                 x,
                 int                 y)
{
  double dx = touch->x - touch->from_x;
  double dy = touch->y - touch->from_y;
  double length = dx * dx + dy * dy;
  double px = self->x + x - touch->from_x;
  double py = self->y + y - touch->from_y;
  double along = length > 0 ? CLAMP ((px * dx + py * dy) / length, 0, 1) : 0;

  px -= along * dx;
  py -= along * dy;

  return px * px + py * py;
}

static double
get_core (const CsBrushTouch *touch)
{
  return CLAMP (touch->radius * CORE, CORE_LEAST, CORE_MOST);
}

static void
learn (CsBrushDab         *self,
       const CsBrushTouch *touch)
{
  double core = get_core (touch);
  double travel = hypot (touch->x - touch->from_x, touch->y - touch->from_y);
  double left = self->is_fresh ? 0 : exp (-MAX (travel, 0.5) / MAX (touch->radius, 1));
  guint  n = 0;

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      n += distance_to_way (self, touch, x, y) <= core * core;
  if (n == 0)
    return;

  cs_palette_fade (&self->palette, left);
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      if (distance_to_way (self, touch, x, y) <= core * core)
        {
          gsize here = at (self, x, y);
          float grain = 0.5f * (difference (self, here, here + 1) + difference (self, here, here + self->stride));

          cs_palette_add (&self->palette, self->tints[here], grain, (1 - left) / n);
        }
  self->is_fresh = FALSE;
}

/* Spreading */

static void
measure_entry (CsBrushDab         *self,
               const CsBrushTouch *touch)
{
  double radius = (touch->radius + 0.5) * (touch->radius + 0.5);

  for (int y = -1; y <= self->height; y++)
    for (int x = -1; x <= self->width; x++)
      {
        double   dx = self->x + x - touch->x;
        double   dy = self->y + y - touch->y;
        gboolean is_border = x < 0 || y < 0 || x == self->width || y == self->height;

        if (is_border || dx * dx + dy * dy > radius)
          self->entry[at (self, x, y)] = INFINITY;
        else
          self->entry[at (self, x, y)] = cs_palette_strangeness (&self->palette, self->tints[at (self, x, y)]);
      }
}

static void
measure_edges (CsBrushDab *self)
{
  const int steps[4] = { 1, self->stride - 1, self->stride, self->stride + 1 };
  float     grain = MAX (self->palette.grain, GRAIN_LEAST);
  float     free_of_cost = GRAIN_FREE * grain;
  float     scale = 1 / (EDGE + EDGE * grain);

  for (int y = -1; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      for (guint i = 0; i < 4; i++)
        {
          gsize here = at (self, x, y);
          float crossed = difference (self, here, here + steps[i]) - free_of_cost;

          self->edges[here * 4 + i] = MAX (crossed, 0) * scale;
        }
}

static gboolean
sow (CsBrushDab         *self,
     const CsBrushTouch *touch,
     double              reach,
     float               most)
{
  gboolean any = FALSE;

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      if (self->entry[at (self, x, y)] < most && distance_to_way (self, touch, x, y) <= reach * reach)
        {
          self->costs[at (self, x, y)] = 0;
          any = TRUE;
        }

  return any;
}

static inline gboolean
relax (CsBrushDab *self,
       gsize       here,
       gsize       from,
       float       edge)
{
  float cost = self->costs[from] + edge + self->entry[here];

  if (cost >= self->costs[here] || cost >= STOPPED)
    return FALSE;

  self->costs[here] = cost;
  return TRUE;
}

static gboolean
sweep_down (CsBrushDab *self)
{
  const float *edges = self->edges;
  int          stride = self->stride;
  gboolean     changed = FALSE;

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        gsize here = at (self, x, y);

        if (self->costs[here] <= 0)
          continue;
        if (x > 0)
          changed |= relax (self, here, here - 1, edges[(here - 1) * 4]);
        changed |= relax (self, here, here - stride, edges[(here - stride) * 4 + 2]);
        if (x > 0)
          changed |= relax (self, here, here - stride - 1, edges[(here - stride - 1) * 4 + 3]);
        if (x + 1 < self->width)
          changed |= relax (self, here, here - stride + 1, edges[(here - stride + 1) * 4 + 1]);
      }

  return changed;
}

static gboolean
sweep_up (CsBrushDab *self)
{
  const float *edges = self->edges;
  int          stride = self->stride;
  gboolean     changed = FALSE;

  for (int y = self->height - 1; y >= 0; y--)
    for (int x = self->width - 1; x >= 0; x--)
      {
        gsize here = at (self, x, y);

        if (self->costs[here] <= 0)
          continue;
        changed |= relax (self, here, here + 1, edges[here * 4]);
        changed |= relax (self, here, here + stride - 1, edges[here * 4 + 1]);
        changed |= relax (self, here, here + stride, edges[here * 4 + 2]);
        changed |= relax (self, here, here + stride + 1, edges[here * 4 + 3]);
      }

  return changed;
}

static gboolean
spread (CsBrushDab         *self,
        const CsBrushTouch *touch)
{
  gsize    n = (gsize) self->stride * (self->height + 2);
  gboolean changed = TRUE;

  for (gsize i = 0; i < n; i++)
    self->costs[i] = INFINITY;
  if (!sow (self, touch, get_core (touch), 1) && !sow (self, touch, touch->radius * REACH, 0.5f))
    return FALSE;

  for (guint i = 0; changed && i < PASSES; i++)
    {
      changed = sweep_down (self);
      changed |= sweep_up (self);
    }

  return TRUE;
}

/* The border */

static void
measure_away (CsBrushDab *self)
{
  gsize n = (gsize) self->stride * (self->height + 2);
  int   stride = self->stride;

  for (gsize i = 0; i < n; i++)
    self->away[i] = self->costs[i] < STOPPED ? 0 : OUTSIDE - 1;
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        guint8 *away = self->away + at (self, x, y);
        guint8  least = MIN (MIN (away[-1], away[-stride]), MIN (away[-stride - 1], away[-stride + 1]));

        *away = MIN (*away, least + 1);
      }
  for (int y = self->height - 1; y >= 0; y--)
    for (int x = self->width - 1; x >= 0; x--)
      {
        guint8 *away = self->away + at (self, x, y);
        guint8  least = MIN (MIN (away[1], away[stride]), MIN (away[stride - 1], away[stride + 1]));

        *away = MIN (*away, least + 1);
      }
  for (gsize i = 0; i < n; i++)
    if (isinf (self->entry[i]))
      self->away[i] = OUTSIDE;
}

typedef struct
{
  CsTint sum;
  int    n;
} Side;

static inline void
side_add (Side  *self,
          CsTint tint)
{
  self->sum.y += tint.y;
  self->sum.u += tint.u;
  self->sum.v += tint.v;
  self->n++;
}

static inline CsTint
side_mean (const Side *self)
{
  return (CsTint) { self->sum.y / self->n, self->sum.u / self->n, self->sum.v / self->n };
}

static void
find_sides (CsBrushDab *self,
            int         x,
            int         y,
            Side       *reached,
            Side       *beyond)
{
  int right = MIN (x + WINDOW, self->width - 1);
  int bottom = MIN (y + WINDOW, self->height - 1);

  for (int v = MAX (y - WINDOW, 0); v <= bottom; v++)
    for (int u = MAX (x - WINDOW, 0); u <= right; u++)
      {
        gsize here = at (self, u, v);

        if (self->away[here] == 0)
          side_add (reached, self->tints[here]);
        else if (self->away[here] > BAND && self->away[here] != OUTSIDE)
          side_add (beyond, self->tints[here]);
      }
}

/* How much of a mixed pixel is what was reached */
static float
unmix (CsBrushDab         *self,
       const CsBrushPhoto *photo,
       int                 x,
       int                 y)
{
  const guint8 *rgb = pixel (photo, self->x + x, self->y + y);
  CsTint        tint = cs_tint (rgb[0], rgb[1], rgb[2]);
  Side          reached = { 0 };
  Side          beyond = { 0 };
  CsTint        to;
  CsTint        from;
  float         length;
  float         share;

  find_sides (self, x, y, &reached, &beyond);
  if (reached.n == 0 || beyond.n == 0)
    return 1 - self->entry[at (self, x, y)];

  to = side_mean (&reached);
  from = side_mean (&beyond);
  length = cs_tint_distance_squared (to, from);
  if (length < SAME_SIDES)
    return 0;

  /* By the light of the law of cosines: the metric is Euclidean in its scaled axes */
  share = 0.5f + 0.5f * (cs_tint_distance_squared (tint, from) - cs_tint_distance_squared (tint, to)) / length;

  return CLAMP (share, 0, 1);
}

static float
get_softness (CsBrushDab         *self,
              const CsBrushTouch *touch,
              int                 x,
              int                 y)
{
  double distance = hypot (self->x + x - touch->x, self->y + y - touch->y);
  double inside = (touch->radius + 0.5 - distance) / MAX (touch->radius * (1 - HARD), 1);
  double soft = CLAMP (inside, 0, 1);

  return soft * soft * (3 - 2 * soft);
}

static void
shade (CsBrushDab         *self,
       const CsBrushPhoto *photo,
       const CsBrushTouch *touch)
{
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        guint8 away = self->away[at (self, x, y)];
        float  share = 0;

        if (away == 0)
          share = 1;
        else if (away <= BAND)
          share = unmix (self, photo, x, y);
        if (share > 0)
          share *= get_softness (self, touch, x, y) * touch->strength;
        self->cover[(gsize) y * self->width + x] = share * 255 + 0.5f;
      }
}

const guint8 *
cs_brush_dab_cover (CsBrushDab         *self,
                    const CsBrushPhoto *photo,
                    const CsBrushTouch *touch,
                    int                *box)
{
  memset (box, 0, 4 * sizeof *box);
  if (!place (self, photo, touch))
    return NULL;

  smooth (self, photo);
  learn (self, touch);
  measure_entry (self, touch);
  measure_edges (self);
  if (!spread (self, touch))
    return NULL;

  measure_away (self);
  shade (self, photo, touch);
  box[0] = self->x;
  box[1] = self->y;
  box[2] = self->width;
  box[3] = self->height;

  return self->cover;
}
