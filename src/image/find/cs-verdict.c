/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-mask.h"
#include "cs-region.h"
#include "cs-verdict.h"

/* Whether a rough mask can be right. Each limit was chosen by looking at some
 * three hundred photos that people took of what they sell: what the network
 * lost it mostly gave a faint, broad value; what it lost with full confidence
 * often differs from the background plainly, beyond where the mask ends; and a
 * second look at the product often tells otherwise.
 */
#define LEAST_MASS   0.004 /* of the photo, that a product has at least */
#define MUCH_FRAME   0.50  /* of the photo's edge, that no product covers */
#define SOFT         0.30  /* of what was found at all, that may be neither here nor there */
#define BROAD        0.060 /* the same, where it is no mere rim */
#define RIM          2     /* pixels */
#define FAINT        13    /* of 255: found at all */
#define WEAK         25
#define STRONG       230
#define MANY         8    /* pieces */
#define PIECE        0.02 /* of all, to count as one */
#define DISAGREE     0.75 /* overlap of two looks */
#define BEYOND       0.21 /* of what stands out, that lies outside of the mask's box */
#define TINT         0.025f
#define EVEN         0.03f /* a ground as paper is */
#define ALIKE        0.02f /* to it */
#define GROUND       0.70  /* of what was found, that is none of it */
#define BEYOND_START 0.04  /* of the box: shadows reach so far */

static double
verdict_on_frame (const CsMatte *rough)
{
  int n = 0;

  for (int x = 0; x < rough->width; x++)
    n += (*cs_matte_at (rough, x, 0) > 127) + (*cs_matte_at (rough, x, rough->height - 1) > 127);
  for (int y = 0; y < rough->height; y++)
    n += (*cs_matte_at (rough, 0, y) > 127) + (*cs_matte_at (rough, rough->width - 1, y) > 127);

  return n / (2.0 * (rough->width + rough->height));
}

static gboolean
verdict_is_broad (const CsMatte *rough,
                  int            x,
                  int            y)
{
  for (int v = y - RIM; v <= y + RIM; v++)
    for (int u = x - RIM; u <= x + RIM; u++)
      {
        guint8 value = *cs_matte_at (rough, u, v);

        if (value <= FAINT || value >= STRONG)
          return FALSE;
      }

  return TRUE;
}

static gboolean
verdict_is_soft (const CsMatte *rough)
{
  int found = 0, soft = 0, broad = 0;

  for (int y = 0; y < rough->height; y++)
    for (int x = 0; x < rough->width; x++)
      {
        guint8 value = *cs_matte_at (rough, x, y);

        found += value > WEAK;
        soft += value > WEAK && value < STRONG;
        if (value > FAINT && value < STRONG && x >= RIM && y >= RIM && x < rough->width - RIM && y < rough->height - RIM)
          broad += verdict_is_broad (rough, x, y);
      }

  return soft > SOFT * found || broad > BROAD * found;
}

/* A shadow is darker than the background and of its colour */
static gboolean
verdict_is_shadow (const CsRegion *region,
                   const guint8   *rgb)
{
  CsLab lab = cs_lab_from_srgb (rgb);

  return lab.l < region->background.l && hypotf (lab.a - region->background.a, lab.b - region->background.b) < TINT;
}

/* The colours along the photo's border tell a product by themselves, and part
 * of it lies where the mask has nothing
 */
static gboolean
verdict_ends_too_soon (const CsMatte *rough,
                       const CsFrame *frame)
{
  g_auto (CsRegion) region = { 0 };
  g_autoptr (CsMatte) small = NULL;
  g_autoptr (CsFrame) proxy = NULL;
  CsRect box;
  int    all = 0, beyond = 0, dx, dy;

  cs_region_find (&region, frame);
  if (!region.sure)
    return FALSE;

  small = cs_matte_scale (rough, region.width, region.height);
  proxy = cs_frame_scale (frame, region.width, region.height);
  for (int i = 0; i < region.width * region.height; i++)
    small->alpha[i] = small->alpha[i] > 127 ? 255 : 0;
  cs_mask_keep_pieces (small->alpha, region.width, region.height);
  cs_mask_box (small->alpha, region.width, region.height, &box);
  dx = MAX (2, box.width * BEYOND_START);
  dy = MAX (2, box.height * BEYOND_START);

  for (int y = 0; y < region.height; y++)
    for (int x = 0; x < region.width; x++)
      if (region.mask[y * region.width + x] != 0)
        {
          all++;
          if (verdict_is_shadow (&region, cs_frame_at (proxy, x, y)))
            continue;
          beyond += x < box.x - dx || y < box.y - dy || x >= box.x + box.width + dx || y >= box.y + box.height + dy;
        }

  return beyond > BEYOND * all;
}

/* On an even ground most of what was found is the ground itself: what a chain
 * or a ring encloses
 */
static gboolean
verdict_is_ground (const CsMatte *rough,
                   const CsFrame *frame)
{
  g_auto (CsRegion) region = { 0 };
  g_autoptr (CsMatte) small = NULL;
  g_autoptr (CsFrame) proxy = NULL;
  int all = 0, ground = 0;

  cs_region_from_mask (&region, frame, rough);
  if (region.uneven > EVEN)
    return FALSE;

  small = cs_matte_scale (rough, region.width, region.height);
  proxy = cs_frame_scale (frame, region.width, region.height);
  for (int i = 0; i < region.width * region.height; i++)
    if (small->alpha[i] > 200)
      {
        CsLab lab = cs_lab_from_srgb (proxy->data + (gsize) i * proxy->channels);

        all++;
        ground += cs_lab_distance (lab, region.background) < ALIKE + region.uneven;
      }

  return ground > GROUND * all;
}

/**
 * cs_verdict_find:
 * @frame: the photo
 * @agreement: of a second look with the first, 1 where there was none
 */
CsMaskVerdict
cs_verdict_find (const CsMatte *rough,
                 const CsFrame *frame,
                 double         agreement)
{
  int                n = rough->width * rough->height, half = 0;
  g_autofree guint8 *clear = g_new (guint8, n);

  for (int i = 0; i < n; i++)
    {
      clear[i] = rough->alpha[i] > 127 ? 255 : 0;
      half += clear[i] != 0;
    }

  if (half < LEAST_MASS * n)
    return CS_MASK_EMPTY;
  if (agreement < DISAGREE || verdict_is_soft (rough))
    return CS_MASK_SOFT;
  if (verdict_on_frame (rough) > MUCH_FRAME)
    return CS_MASK_FRAME;
  if (cs_mask_drop_specks (clear, rough->width, rough->height, PIECE) > MANY)
    return CS_MASK_PIECES;

  return verdict_ends_too_soon (rough, frame) || verdict_is_ground (rough, frame) ? CS_MASK_SOFT : CS_MASK_SURE;
}
