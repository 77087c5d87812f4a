/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cs-backdrop.h"
#include "cs-mask.h"
#include "cs-region.h"

/* What differs from the colours along the border, and hangs together, is taken
 * for the product. It errs to the large side: a shadow that stays in costs
 * nothing, a sleeve that is cut off costs the sale. Where the border is not a
 * background (a hand, a shelf, a pattern as strong as the product), it says that
 * it is not sure, and then nothing is cropped.
 */
#define PROXY_SIDE 192
#define WEAK_STEP  0.75f /* of the threshold */
#define LEAST_STEP 0.03f
#define ALIKE      0.6f /* of the threshold */
#define RIM        16   /* of 255: with this much product in it a pixel is no background */

static void
region_measure_background (CsRegion         *self,
                           const CsBackdrop *backdrop)
{
  double sums[3] = { 0 }, apart = 0, tints = 0;
  int    n = 0;

  for (int i = 0; i < self->width * self->height; i++)
    if (self->mask[i] == 0)
      {
        sums[0] += backdrop->lab[i].l;
        sums[1] += backdrop->lab[i].a;
        sums[2] += backdrop->lab[i].b;
        n++;
      }

  /* With hardly any of it left there is nothing to tell from it */
  if (n <= self->width * self->height / 50)
    {
      self->uneven = self->colourful = 1;
      return;
    }

  self->background = (CsLab) { sums[0] / n, sums[1] / n, sums[2] / n };
  for (int i = 0; i < self->width * self->height; i++)
    if (self->mask[i] == 0)
      {
        apart += cs_lab_distance (backdrop->lab[i], self->background);
        tints += hypot (backdrop->lab[i].a - self->background.a, backdrop->lab[i].b - self->background.b);
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
region_contrast (const CsRegion   *self,
                 const CsBackdrop *backdrop,
                 float             threshold)
{
  double sum = 0;
  int    n = 0;

  for (int i = 0; i < self->width * self->height; i++)
    if (self->mask[i] != 0)
      {
        sum += backdrop->distance[i];
        n++;
      }

  return n > 0 ? sum / n / threshold : 0;
}

/* How much the colour steps from one side of the product's outline to the other */
static float
region_step (const CsRegion   *self,
             const CsBackdrop *backdrop,
             int               x,
             int               y)
{
  CsLab in = { 0 }, out = { 0 };
  int   n_in = 0, n_out = 0;

  for (int v = MAX (y - 3, 0); v <= MIN (y + 3, self->height - 1); v++)
    for (int u = MAX (x - 3, 0); u <= MIN (x + 3, self->width - 1); u++)
      {
        int    i = v * self->width + u;
        CsLab *sum = self->mask[i] != 0 ? &in : &out;

        sum->l += backdrop->lab[i].l;
        sum->a += backdrop->lab[i].a;
        sum->b += backdrop->lab[i].b;
        *(self->mask[i] != 0 ? &n_in : &n_out) += 1;
      }

  if (n_in == 0 || n_out == 0)
    return G_MAXFLOAT;

  return cs_backdrop_distance ((CsLab) { in.l / n_in, in.a / n_in, in.b / n_in },
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
             CsSide    side)
{
  CsRect *box = &self->box;
  int     right = box->x + box->width, bottom = box->y + box->height;

  switch (side)
    {
    case CS_SIDE_LEFT:
      *box = (CsRect) { 0, box->y, right, box->height };
      break;

    case CS_SIDE_TOP:
      *box = (CsRect) { box->x, 0, box->width, bottom };
      break;

    case CS_SIDE_RIGHT:
      box->width = self->width - box->x;
      break;

    case CS_SIDE_BOTTOM:
      box->height = self->height - box->y;
      break;

    case CS_N_SIDES:
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
                 CsBackdrop     *product,
                 CsSide          side,
                 float           threshold)
{
  CsRect box = self->box;
  int    right = box.x + box.width, bottom = box.y + box.height;
  int    dx = MAX (2, box.width / 10), dy = MAX (2, box.height / 10);
  CsRect strip = side == CS_SIDE_LEFT    ? (CsRect) { box.x - dx, box.y, dx, box.height }
                 : side == CS_SIDE_TOP   ? (CsRect) { box.x, box.y - dy, box.width, dy }
                 : side == CS_SIDE_RIGHT ? (CsRect) { right, box.y, dx, box.height }
                                         : (CsRect) { box.x, bottom, box.width, dy };
  int    alike = 0, n = 0;

  for (int y = MAX (strip.y, 0); y < MIN (strip.y + strip.height, self->height); y++)
    for (int x = MAX (strip.x, 0); x < MIN (strip.x + strip.width, self->width); x++)
      {
        float d;

        cs_backdrop_nearest (product, product->lab[y * self->width + x], &d);
        alike += d < ALIKE * threshold;
        n++;
      }

  return n > 0 ? (float) alike / n : 0;
}

static int
region_open_like_sides (CsRegion         *self,
                        const CsBackdrop *backdrop,
                        float             threshold)
{
  CsBackdrop         product = *backdrop;
  CsRect             box = self->box;
  int                n = 0;
  g_autofree guint8 *chosen = g_memdup2 (self->mask, (gsize) self->width * self->height);

  product.chosen = chosen;
  cs_backdrop_learn (&product);
  for (int k = 0; k < CS_BACKDROP_COLOURS; k++)
    if (product.colours[k].share < 0.15f)
      product.colours[k].share = 0;

  for (CsSide side = 0; side < CS_N_SIDES; side++)
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
region_open_weak_sides (CsRegion         *self,
                        const CsBackdrop *backdrop,
                        float             threshold)
{
  CsRect box = self->box;
  int    right = box.x + box.width, bottom = box.y + box.height;
  int    deep_x = MAX (2, box.width * 12 / 100), deep_y = MAX (2, box.height * 12 / 100);
  int    all[CS_N_SIDES] = { 0 }, weak[CS_N_SIDES] = { 0 }, n = 0;

  for (int y = box.y; y < bottom; y++)
    for (int x = box.x; x < right; x++)
      {
        gboolean at[CS_N_SIDES] = { x < box.x + deep_x, y < box.y + deep_y, x >= right - deep_x, y >= bottom - deep_y };
        gboolean is_weak;

        if (!region_is_outline (self, x, y))
          continue;
        is_weak = region_step (self, backdrop, x, y) < MAX (WEAK_STEP * threshold, LEAST_STEP);
        for (CsSide side = 0; side < CS_N_SIDES; side++)
          {
            all[side] += at[side];
            weak[side] += at[side] && is_weak;
          }
      }

  for (CsSide side = 0; side < CS_N_SIDES; side++)
    if (weak[side] > 0.35f * all[side])
      {
        region_open (self, side);
        n++;
      }

  return n;
}

static void
region_judge (CsRegion         *self,
              const CsBackdrop *backdrop,
              float             threshold,
              float             in_one_piece)
{
  int   n = cs_mask_box (self->mask, self->width, self->height, &self->box);
  float area = (float) n / (self->width * self->height);
  float fill = (float) n / (self->box.width * self->box.height);
  float dx = fabsf (self->box.x + self->box.width / 2.0f - self->width / 2.0f) / self->width;
  float dy = fabsf (self->box.y + self->box.height / 2.0f - self->height / 2.0f) / self->height;

  self->sure = area > 0.03f && area < 0.85f && fill > 0.25f && in_one_piece > 0.70f &&
               dx < 0.22f && dy < 0.22f && threshold < 0.20f &&
               region_contrast (self, backdrop, threshold) > 1.2f + 4.5f * self->uneven && region_on_edge (self) < 0.12f;
  if (self->sure && region_open_like_sides (self, backdrop, threshold) + region_open_weak_sides (self, backdrop, threshold) > 3)
    self->sure = FALSE;
}

/* The photo, small: one colour for each pixel of the mask */
static CsLab *
region_look (CsRegion      *self,
             const CsFrame *frame)
{
  int    side = cs_frame_side (frame);
  int    width = MAX (1, MIN (frame->width, frame->width * PROXY_SIDE / side));
  int    height = MAX (1, MIN (frame->height, frame->height * PROXY_SIDE / side));
  CsLab *lab = g_new (CsLab, (gsize) width * height);
  g_autoptr (CsFrame) proxy = cs_frame_scale (frame, width, height);

  *self = (CsRegion) { .width = width, .height = height, .mask = g_new (guint8, (gsize) width * height) };
  for (int i = 0; i < width * height; i++)
    lab[i] = cs_lab_from_srgb (proxy->data + (gsize) i * proxy->channels);

  return lab;
}

void
cs_region_find (CsRegion      *self,
                const CsFrame *frame)
{
  g_autofree CsLab  *lab = region_look (self, frame);
  int                n = self->width * self->height;
  g_autofree float  *distance = g_new (float, n);
  g_autofree guint8 *chosen = g_new (guint8, n);
  CsBackdrop         backdrop = { .width = self->width, .height = self->height, .lab = lab, .distance = distance, .chosen = chosen };
  float              threshold, in_one_piece;

  backdrop.band = MAX (1, MIN (self->width, self->height) * 4 / 100);
  cs_backdrop_choose_border (&backdrop);
  cs_backdrop_flatten (&backdrop);
  cs_backdrop_learn (&backdrop);
  cs_backdrop_drop_strangers (&backdrop);
  threshold = cs_backdrop_threshold (&backdrop);
  for (int i = 0; i < n; i++)
    self->mask[i] = distance[i] > threshold ? 255 : 0;

  cs_mask_smooth (self->mask, self->width, self->height, 5);
  in_one_piece = cs_mask_keep_pieces (self->mask, self->width, self->height);
  cs_mask_fill_holes (self->mask, self->width, self->height);
  region_measure_background (self, &backdrop);
  region_judge (self, &backdrop, threshold, in_one_piece);
}

/**
 * cs_region_from_mask:
 * @mask: where the product is in @frame, of any size
 *
 * As cs_region_find(), where something better knows already: the box holds what
 * is product at all, the background is what is none of it.
 */
void
cs_region_from_mask (CsRegion      *self,
                     const CsFrame *frame,
                     const CsMatte *mask)
{
  g_autofree CsLab  *lab = region_look (self, frame);
  int                n = self->width * self->height;
  g_autofree guint8 *chosen = g_new (guint8, n);
  CsBackdrop         backdrop = { .width = self->width, .height = self->height, .lab = lab, .chosen = chosen };
  g_autoptr (CsMatte) small = cs_matte_scale (mask, self->width, self->height);

  for (int i = 0; i < n; i++)
    {
      self->mask[i] = small->alpha[i] > RIM ? 255 : 0;
      chosen[i] = self->mask[i] == 0;
    }

  cs_backdrop_flatten (&backdrop);
  region_measure_background (self, &backdrop);
  self->sure = cs_mask_box (self->mask, self->width, self->height, &self->box) > 0;
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
