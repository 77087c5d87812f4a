/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-compare-geometry.h"

/* Above each other must show that much more of two pictures than beside each
 * other: a line of words that comes or goes below is no reason to move them.
 */
#define BESIDE 1.25

static double
fit_scale (double pane_width,
           double pane_height,
           double width,
           double height)
{
  if (width <= 0 || height <= 0)
    return 0;

  return MIN (MAX (pane_width, 0) / width, MAX (pane_height, 0) / height);
}

/* Half of the pane in fractions of the picture: the spot keeps this far from
 * the edges, so that no empty margin is dragged in.
 */
static double
clamp_spot (double spot,
            double pane,
            double length)
{
  double half;

  if (length <= pane)
    return 0.5;

  half = pane / 2 / length;
  return CLAMP (spot, half, 1 - half);
}

static double
place_one (double origin,
           double pane,
           double length,
           double spot)
{
  return origin + pane / 2 - clamp_spot (spot, pane, length) * length;
}

/**
 * cs_compare_split:
 * @aspect: width by height of what is shown, on average of the two
 *
 * Where the two pictures go. Side by side, they stand beside or above each
 * other, whichever shows them larger; in the other modes both have it all.
 */
void
cs_compare_split (CsCompareMode    mode,
                  double           width,
                  double           height,
                  double           gap,
                  double           aspect,
                  graphene_rect_t *original,
                  graphene_rect_t *suggestion)
{
  double half_width = MAX ((width - gap) / 2, 0);
  double half_height = MAX ((height - gap) / 2, 0);

  if (mode != CS_COMPARE_SIDE_BY_SIDE)
    {
      graphene_rect_init (original, 0, 0, width, height);
      graphene_rect_init (suggestion, 0, 0, width, height);
    }
  else if (fit_scale (half_width, height, aspect, 1) * BESIDE >= fit_scale (width, half_height, aspect, 1))
    {
      graphene_rect_init (original, 0, 0, half_width, height);
      graphene_rect_init (suggestion, width - half_width, 0, half_width, height);
    }
  else
    {
      graphene_rect_init (original, 0, 0, width, half_height);
      graphene_rect_init (suggestion, 0, height - half_height, width, half_height);
    }
}

/* Where a picture of this size is drawn; what lies outside of the pane is clipped */
void
cs_compare_place (const graphene_rect_t *pane,
                  double                 width,
                  double                 height,
                  const CsCompareSpot   *spot,
                  graphene_rect_t       *place)
{
  double scale = fit_scale (pane->size.width, pane->size.height, width, height) * spot->zoom;

  graphene_rect_init (place,
                      place_one (pane->origin.x, pane->size.width, width * scale, spot->x),
                      place_one (pane->origin.y, pane->size.height, height * scale, spot->y),
                      width * scale,
                      height * scale);
}

/* Zooms so that what is under (x, y) stays there as far as the edges allow */
void
cs_compare_zoom_at (CsCompareSpot         *spot,
                    const graphene_rect_t *pane,
                    double                 width,
                    double                 height,
                    double                 x,
                    double                 y,
                    double                 zoom)
{
  graphene_rect_t before;
  double          scale;
  double          fx;
  double          fy;

  zoom = CLAMP (zoom, 1, CS_COMPARE_MAX_ZOOM);
  cs_compare_place (pane, width, height, spot, &before);
  spot->zoom = zoom;
  if (before.size.width <= 0 || before.size.height <= 0)
    return;

  fx = (x - before.origin.x) / before.size.width;
  fy = (y - before.origin.y) / before.size.height;
  scale = fit_scale (pane->size.width, pane->size.height, width, height) * zoom;
  spot->x = fx - (x - pane->origin.x - pane->size.width / 2) / (width * scale);
  spot->y = fy - (y - pane->origin.y - pane->size.height / 2) / (height * scale);
  cs_compare_pan (spot, pane, width, height, 0, 0);
}

/* Drags the picture by (dx, dy); the spot stops where the picture's edge meets the pane's */
void
cs_compare_pan (CsCompareSpot         *spot,
                const graphene_rect_t *pane,
                double                 width,
                double                 height,
                double                 dx,
                double                 dy)
{
  double scale = fit_scale (pane->size.width, pane->size.height, width, height) * spot->zoom;

  if (scale <= 0)
    return;

  spot->x = clamp_spot (spot->x - dx / (width * scale), pane->size.width, width * scale);
  spot->y = clamp_spot (spot->y - dy / (height * scale), pane->size.height, height * scale);
}

/**
 * cs_compare_wanted_side:
 * @scale: device pixels by logical pixel
 *
 * How many pixels the longer side needs to be sharp, in steps of doubling so
 * that a turn of the wheel does not load the picture anew each time. Width and
 * height give the shape only: a picture that has fewer pixels gives what it has.
 */
int
cs_compare_wanted_side (const graphene_rect_t *pane,
                        double                 width,
                        double                 height,
                        double                 zoom,
                        double                 scale)
{
  double fit = fit_scale (pane->size.width, pane->size.height, width, height);
  double side = MAX (width, height) * fit * zoom * scale;
  int    step = 512;

  while (step < side * 0.9 && step < CS_COMPARE_MAX_SIDE)
    step *= 2;

  return step;
}

/* Turns (x, y), in fractions of a picture, about its middle; the y axis points down */
static void
turn_point (double  degrees,
            double  aspect,
            double *x,
            double *y)
{
  double sine = sin (degrees * G_PI / 180);
  double cosine = cos (degrees * G_PI / 180);
  double dx = (*x - 0.5) * aspect;
  double dy = *y - 0.5;

  *x = 0.5 + (cosine * dx - sine * dy) / aspect;
  *y = 0.5 + sine * dx + cosine * dy;
}

/* The same spot of the product, from fractions of the original to those of the suggestion */
void
cs_compare_to_suggestion (const CsCompareLie *lie,
                          double              aspect,
                          CsCompareSpot      *spot)
{
  if (lie->width <= 0 || lie->height <= 0 || aspect <= 0)
    return;

  turn_point (lie->turn, aspect, &spot->x, &spot->y);
  spot->x = (spot->x - lie->x) / lie->width;
  spot->y = (spot->y - lie->y) / lie->height;
}

void
cs_compare_to_original (const CsCompareLie *lie,
                        double              aspect,
                        CsCompareSpot      *spot)
{
  if (lie->width <= 0 || lie->height <= 0 || aspect <= 0)
    return;

  spot->x = spot->x * lie->width + lie->x;
  spot->y = spot->y * lie->height + lie->y;
  turn_point (-lie->turn, aspect, &spot->x, &spot->y);
}

/**
 * cs_compare_lay_under:
 * @suggestion: where the suggestion is drawn
 * @original: (out): where the original is to be drawn, turned by @lie's degrees
 *   about this rectangle's middle, so that the product lies exactly over itself
 */
void
cs_compare_lay_under (const CsCompareLie    *lie,
                      const graphene_rect_t *suggestion,
                      graphene_rect_t       *original)
{
  double width;
  double height;

  graphene_rect_init_from_rect (original, suggestion);
  if (lie->width <= 0 || lie->height <= 0)
    return;

  width = suggestion->size.width / lie->width;
  height = suggestion->size.height / lie->height;
  graphene_rect_init (original,
                      suggestion->origin.x - lie->x * width,
                      suggestion->origin.y - lie->y * height,
                      width,
                      height);
}
