/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cs-framing.h"

/* Around the product with air on all sides, square if that can be had without
 * cutting into it. Background is only added where there is nothing in it but
 * one colour, so that the seam cannot be seen.
 */
#define LEAST_CUT     0.06 /* of the area; less is not worth a crop */
#define LEAST_MARGIN  0.015
#define LEAST_SIDE    1000  /* pixels that a crop leaves, where there are twice as many */
#define PLAIN_SPREAD  0.009 /* OKLab, along an edge that may be extended: from what is near */
#define PLAIN_RANGE   0.08  /* and from one end to the other */
#define NEARBY        8
#define LEAST_STAGED  500 /* the same where background can be added */
#define NEARLY_SQUARE 0.006
#define RIM           8 /* pixels of it that new background is made from */
#define MAX_GRAIN     3

/* In pixels of the region's mask */
typedef struct
{
  double x0;
  double y0;
  double x1;
  double y1;
} Box;

typedef struct
{
  const CsRegion *region;
  CsFrame        *proxy;
  double          width;
  double          height;
  double          side;   /* of the product, the longer */
  double          margin; /* around it */
  double          aspect; /* that is wanted: width by height */
  Box             product;
} Scene;

static CsLab
scene_rim_mean (const Scene *scene,
                CsRect       rim,
                int          middle)
{
  CsLab mean = { 0 };
  int   x0 = rim.x, y0 = rim.y, x1 = rim.x + rim.width, y1 = rim.y + rim.height, n;

  if (rim.width > rim.height)
    {
      x0 = MAX (x0, rim.x + middle - NEARBY);
      x1 = MIN (x1, rim.x + middle + NEARBY + 1);
    }
  else
    {
      y0 = MAX (y0, rim.y + middle - NEARBY);
      y1 = MIN (y1, rim.y + middle + NEARBY + 1);
    }

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      {
        CsLab lab = cs_lab_from_srgb (cs_frame_at (scene->proxy, x, y));

        mean.l += lab.l;
        mean.a += lab.a;
        mean.b += lab.b;
      }

  n = MAX (1, (x1 - x0) * (y1 - y0));

  return (CsLab) { mean.l / n, mean.a / n, mean.b / n };
}

/* Whether the rim along an edge is nothing but one colour, that may change
 * slowly along it, and not the product
 */
static gboolean
scene_rim_is_plain (const Scene *scene,
                    CsRect       rim)
{
  CsLab first = scene_rim_mean (scene, rim, 0);

  for (int y = rim.y; y < rim.y + rim.height; y++)
    for (int x = rim.x; x < rim.x + rim.width; x++)
      {
        CsLab lab = cs_lab_from_srgb (cs_frame_at (scene->proxy, x, y));
        CsLab near = scene_rim_mean (scene, rim, rim.width > rim.height ? x - rim.x : y - rim.y);

        if (scene->region->mask[y * scene->region->width + x] != 0 ||
            cs_lab_distance (lab, near) > PLAIN_SPREAD || cs_lab_distance (near, first) > PLAIN_RANGE)
          return FALSE;
      }

  return TRUE;
}

static gboolean
scene_may_extend (const Scene *scene,
                  const Box   *box)
{
  int w = scene->region->width, h = scene->region->height;
  int deep = MIN (3, MIN (w, h));

  return (box->x0 >= 0 || scene_rim_is_plain (scene, (CsRect) { 0, 0, deep, h })) &&
         (box->y0 >= 0 || scene_rim_is_plain (scene, (CsRect) { 0, 0, w, deep })) &&
         (box->x1 <= w || scene_rim_is_plain (scene, (CsRect) { w - deep, 0, deep, h })) &&
         (box->y1 <= h || scene_rim_is_plain (scene, (CsRect) { 0, h - deep, w, deep }));
}

/* @wide by @high around the product, moved into the photo as far as it fits */
static Box
scene_around (const Scene *scene,
              double       wide,
              double       high)
{
  double x = (scene->product.x0 + scene->product.x1 - wide) / 2;
  double y = (scene->product.y0 + scene->product.y1 - high) / 2;

  if (wide <= scene->width)
    x = CLAMP (x, 0, scene->width - wide);
  if (high <= scene->height)
    y = CLAMP (y, 0, scene->height - high);

  return (Box) { x, y, x + wide, y + high };
}

static Box
scene_crop (const Scene *scene,
            CsWirePart  *part)
{
  Box whole = { 0, 0, scene->width, scene->height };
  Box box = {
    MAX (scene->product.x0 - scene->margin, 0),
    MAX (scene->product.y0 - scene->margin, 0),
    MIN (scene->product.x1 + scene->margin, scene->width),
    MIN (scene->product.y1 + scene->margin, scene->height),
  };
  double kept = (box.x1 - box.x0) * (box.y1 - box.y0) / (scene->width * scene->height);

  if (!scene->region->sure)
    {
      part->outcome = CS_OUTCOME_UNSURE;
      return whole;
    }

  part->outcome = kept > 1 - LEAST_CUT ? CS_OUTCOME_NOTHING : CS_OUTCOME_DONE;

  return part->outcome == CS_OUTCOME_DONE ? box : whole;
}

static gboolean
scene_extend (const Scene *scene,
              double       high,
              Box         *box)
{
  Box around = scene_around (scene, high * scene->aspect, high);

  if (!scene_may_extend (scene, &around))
    return FALSE;

  *box = around;

  return TRUE;
}

static gboolean
box_is_whole (const Box   *box,
              const Scene *scene)
{
  return fabs (box->x0) < 0.5 && fabs (box->y0) < 0.5 &&
         fabs (box->x1 - scene->width) < 0.5 && fabs (box->y1 - scene->height) < 0.5;
}

/* How high a box of the wanted shape is that holds @wide by @high */
static double
scene_height_for (const Scene *scene,
                  double       wide,
                  double       high)
{
  return MAX (high, wide / scene->aspect);
}

static gboolean
scene_make_shape (const Scene *scene,
                  gboolean     crop,
                  Box         *box,
                  CsWirePart  *part)
{
  double wide = box->x1 - box->x0, high = box->y1 - box->y0;
  double most = MIN (scene->height, scene->width / scene->aspect);
  double whole = scene_height_for (scene, scene->width, scene->height);
  double product_wide = scene->product.x1 - scene->product.x0, product_high = scene->product.y1 - scene->product.y0;
  double wanted = crop ? scene_height_for (scene, product_wide + 2 * scene->margin, product_high + 2 * scene->margin) : whole;

  part->outcome = CS_OUTCOME_NOTHING;
  part->amount = scene->aspect;
  if (fabs (wide - high * scene->aspect) <= NEARLY_SQUARE * MAX (wide, high))
    return FALSE;

  part->outcome = CS_OUTCOME_UNSURE;
  if (!scene->region->sure)
    return FALSE;

  if (wanted > most)
    {
      /* With all the air that is wanted, or with what the photo has */
      if (scene_extend (scene, wanted, box) || scene_extend (scene, whole, box))
        {
          part->outcome = box_is_whole (box, scene) ? CS_OUTCOME_NOTHING : CS_OUTCOME_DONE;
          part->how = CS_HOW_PADDED;
          return TRUE;
        }

      /* With less, then, if at least the product fits */
      wanted = most;
      if (scene_height_for (scene, product_wide, product_high) + 2 * LEAST_MARGIN * scene->side > most)
        return FALSE;
    }

  *box = scene_around (scene, wanted * scene->aspect, wanted);
  part->outcome = CS_OUTCOME_DONE;
  part->how = CS_HOW_CUT;

  return TRUE;
}

static void
scene_init (Scene          *scene,
            const CsRegion *region,
            CsShape         shape,
            double          margin,
            int             source_side)
{
  double longer = MAX (region->width, region->height);
  double least = longer * MIN (0.5, (double) LEAST_SIDE / source_side);

  scene->region = region;
  scene->aspect = shape == CS_SHAPE_PORTRAIT ? 0.75 : 1;
  scene->width = region->width;
  scene->height = region->height;
  scene->product = (Box) {
    MAX (region->box.x - 1, 0),
    MAX (region->box.y - 1, 0),
    MIN (region->box.x + region->box.width + 1, region->width),
    MIN (region->box.y + region->box.height + 1, region->height),
  };
  scene->side = MAX (scene->product.x1 - scene->product.x0, scene->product.y1 - scene->product.y0);
  scene->margin = MAX (scene->side * MAX (margin, LEAST_MARGIN), (least - scene->side) / 2);
}

/**
 * cs_framing_find:
 * @source_side: the longer side of the photo as it is, in pixels
 */
void
cs_framing_find (CsFraming      *self,
                 const CsFrame  *frame,
                 const CsRegion *region,
                 gboolean        crop,
                 CsShape         shape,
                 double          margin,
                 int             source_side,
                 CsWirePart     *parts)
{
  g_autoptr (CsFrame) proxy = cs_frame_scale (frame, region->width, region->height);
  Scene scene = { .proxy = proxy };
  Box   box;

  scene_init (&scene, region, shape, margin, source_side);
  box = (Box) { 0, 0, scene.width, scene.height };

  if (crop)
    box = scene_crop (&scene, &parts[CS_PART_CROP]);
  if (shape != CS_SHAPE_PHOTO && scene_make_shape (&scene, crop, &box, &parts[CS_PART_SHAPE]) && crop)
    {
      double kept = MIN (box.x1 - box.x0, scene.width) * MIN (box.y1 - box.y0, scene.height) / (scene.width * scene.height);

      /* The shape may have given back what the crop took */
      parts[CS_PART_CROP].outcome = kept > 1 - LEAST_CUT ? CS_OUTCOME_NOTHING : CS_OUTCOME_DONE;
    }

  *self = (CsFraming) {
    box.x0 / scene.width,
    box.y0 / scene.height,
    (box.x1 - box.x0) / scene.width,
    (box.y1 - box.y0) / scene.height,
  };
}

/* The colours of the left rim, row by row, without their grain */
static double *
rim_colours (const CsFrame *frame,
             int            first)
{
  int                reach = MAX (2, cs_frame_side (frame) / 60);
  double            *colours = g_new0 (double, (gsize) frame->height * 3);
  g_autofree double *sums = g_new0 (double, ((gsize) frame->height + 1) * 3);

  for (int y = 0; y < frame->height; y++)
    for (int c = 0; c < 3; c++)
      {
        double sum = 0;

        for (int x = first; x < first + RIM; x++)
          sum += cs_frame_at (frame, x, y)[c];
        sums[(y + 1) * 3 + c] = sums[y * 3 + c] + sum / RIM;
      }

  for (int y = 0; y < frame->height; y++)
    {
      int y0 = MAX (y - reach, 0), y1 = MIN (y + reach + 1, frame->height);

      for (int c = 0; c < 3; c++)
        colours[y * 3 + c] = (sums[y1 * 3 + c] - sums[y0 * 3 + c]) / (y1 - y0);
    }

  return colours;
}

/* How much neighbouring pixels of the rim differ: the grain of the photo, without
 * which new background looks painted
 */
static double
rim_grain (const CsFrame *frame,
           int            first)
{
  double sum = 0;

  for (int y = 0; y < frame->height; y++)
    for (int x = first; x + 1 < first + RIM; x++)
      sum += abs (cs_frame_at (frame, x, y)[1] - cs_frame_at (frame, x + 1, y)[1]);

  return MIN (sum / ((double) frame->height * (RIM - 1)), MAX_GRAIN);
}

/* One pixel of new background: the rim's colour with grain that looks like
 * chance, and is the same every time
 */
static void
extend_pixel (guint8       *out,
              const double *colour,
              double        grain,
              guint32       x,
              guint32       y)
{
  guint32 hash = (x * 0x9e3779b1u) ^ (y * 0x85ebca77u);
  double  chance;

  hash = (hash ^ hash >> 15) * 0x2c1b3c6du;
  hash = (hash ^ hash >> 12) * 0x297a2d39u;
  hash ^= hash >> 15;
  chance = ((hash & 0xffff) + (hash >> 16)) / 65535.0 - 1;

  for (int c = 0; c < 3; c++)
    out[c] = CLAMP (colour[c] + grain * chance + 0.5, 0, 255);
}

/* Takes @frame and returns it with columns of background added on both sides */
static CsFrame *
extend_sides (CsFrame *frame,
              int      left,
              int      right)
{
  g_autoptr (CsFrame) from = frame;
  g_autofree double *left_colours = NULL;
  g_autofree double *right_colours = NULL;
  double             left_grain, right_grain;
  CsFrame           *to;

  if ((left <= 0 && right <= 0) || from->width < RIM)
    return g_steal_pointer (&from);

  to = cs_frame_new (left + from->width + right, from->height, 3);
  left_colours = rim_colours (from, 0);
  right_colours = rim_colours (from, from->width - RIM);

  left_grain = rim_grain (from, 0);
  right_grain = rim_grain (from, from->width - RIM);

  for (int y = 0; y < from->height; y++)
    {
      memcpy (cs_frame_at (to, left, y), cs_frame_at (from, 0, y), (gsize) from->width * 3);
      for (int x = 0; x < left; x++)
        extend_pixel (cs_frame_at (to, x, y), left_colours + y * 3, left_grain, x, y);
      for (int x = left + from->width; x < to->width; x++)
        extend_pixel (cs_frame_at (to, x, y), right_colours + y * 3, right_grain, x, y);
    }

  return to;
}

/**
 * cs_framing_extend:
 * @inside: what of @picture shows the photo
 *
 * Takes @picture and returns it with background that looks like the photo's
 * around @inside.
 */
CsFrame *
cs_framing_extend (CsFrame      *picture,
                   const CsRect *inside)
{
  g_autoptr (CsFrame) from = picture;
  int      right = from->width - inside->x - inside->width, bottom = from->height - inside->y - inside->height;
  CsFrame *result;

  if (inside->x <= 0 && inside->y <= 0 && right <= 0 && bottom <= 0)
    return g_steal_pointer (&from);
  if (inside->width < RIM || inside->height < RIM)
    return g_steal_pointer (&from);

  result = extend_sides (cs_frame_crop (from, inside), inside->x, right);
  if (inside->y <= 0 && bottom <= 0)
    return result;

  /* The other two sides are the same, lying down */
  result = cs_frame_upright (result, 5);
  result = extend_sides (result, inside->y, bottom);

  return cs_frame_upright (result, 5);
}

/* The air that is wanted on each side but those where the product goes on
 * beyond the photo: there the picture ends where the photo does
 */
static Box
stage_crop (const CsStaged *product,
            double          width,
            double          height,
            double          margin)
{
  double wide = (product->x1 - product->x0) * width, high = (product->y1 - product->y0) * height;
  double side = MAX (wide, high), longer = MAX (width, height);
  double air = MAX (side * margin, (MIN (longer * 0.5, LEAST_STAGED) - side) / 2);

  return (Box) {
    product->touches[CS_SIDE_LEFT] ? 0 : product->x0 * width - air,
    product->touches[CS_SIDE_TOP] ? 0 : product->y0 * height - air,
    product->touches[CS_SIDE_RIGHT] ? width : product->x1 * width + air,
    product->touches[CS_SIDE_BOTTOM] ? height : product->y1 * height + air,
  };
}

/* @more background on two sides, or on the one that can have some */
static gboolean
stage_grow (double  *low,
            double  *high,
            double   more,
            gboolean low_touches,
            gboolean high_touches)
{
  if (low_touches && high_touches)
    return more < 0.5;

  *low -= low_touches ? 0 : high_touches ? more : more / 2;
  *high += high_touches ? 0 : low_touches ? more : more / 2;

  return TRUE;
}

static gboolean
stage_shape (const CsStaged *product,
             double          aspect,
             Box            *box)
{
  double wide = box->x1 - box->x0, high = box->y1 - box->y0;
  double wanted_wide = MAX (wide, high * aspect), wanted_high = wanted_wide / aspect;
  Box    grown = *box;

  if (!stage_grow (&grown.x0, &grown.x1, wanted_wide - wide, product->touches[CS_SIDE_LEFT], product->touches[CS_SIDE_RIGHT]) ||
      !stage_grow (&grown.y0, &grown.y1, wanted_high - high, product->touches[CS_SIDE_TOP], product->touches[CS_SIDE_BOTTOM]))
    return FALSE;

  *box = grown;

  return TRUE;
}

/**
 * cs_framing_stage:
 * @product: where it is, in parts of the photo
 * @width: of the photo as it is, in pixels
 *
 * Framing where the background is replaced: any amount of it can be added.
 */
void
cs_framing_stage (CsFraming      *self,
                  const CsStaged *product,
                  double          width,
                  double          height,
                  gboolean        crop,
                  CsShape         shape,
                  double          margin,
                  CsWirePart     *parts)
{
  double aspect = shape == CS_SHAPE_SQUARE ? 1 : shape == CS_SHAPE_PORTRAIT ? 0.75 : width / height;
  Box    whole = { 0, 0, width, height };
  Box    box = crop ? stage_crop (product, width, height, margin) : whole;
  Box    before = box;
  gboolean shaped = stage_shape (product, aspect, &box);

  if (shape != CS_SHAPE_PHOTO)
    {
      gboolean is_so = fabs (before.x1 - before.x0 - aspect * (before.y1 - before.y0)) <= NEARLY_SQUARE * (before.x1 - before.x0);

      parts[CS_PART_SHAPE].outcome = !shaped ? CS_OUTCOME_UNSURE : is_so && !crop ? CS_OUTCOME_NOTHING : CS_OUTCOME_DONE;
      parts[CS_PART_SHAPE].how = shaped && (box.x0 < 0 || box.y0 < 0 || box.x1 > width || box.y1 > height) ? CS_HOW_PADDED : CS_HOW_CUT;
      parts[CS_PART_SHAPE].amount = aspect;
    }

  if (crop)
    {
      parts[CS_PART_CROP].outcome = CS_OUTCOME_DONE;
      parts[CS_PART_CROP].amount = MIN (1, MAX ((product->x1 - product->x0) * width / (box.x1 - box.x0),
                                                (product->y1 - product->y0) * height / (box.y1 - box.y0)));
    }

  *self = (CsFraming) { box.x0 / width, box.y0 / height, (box.x1 - box.x0) / width, (box.y1 - box.y0) / height };
}
