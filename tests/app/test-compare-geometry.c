/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "cs-compare-geometry.h"

#define EPSILON 0.01

static void
test_split (void)
{
  graphene_rect_t original;
  graphene_rect_t suggestion;

  cs_compare_split (CS_COMPARE_SIDE_BY_SIDE, 808, 400, 8, 1, &original, &suggestion);
  g_assert_cmpfloat_with_epsilon (original.size.width, 400, EPSILON);
  g_assert_cmpfloat_with_epsilon (suggestion.origin.x, 408, EPSILON);
  g_assert_cmpfloat_with_epsilon (suggestion.size.height, 400, EPSILON);

  /* A tall place shows two landscape pictures larger one above the other */
  cs_compare_split (CS_COMPARE_SIDE_BY_SIDE, 300, 608, 8, 1.5, &original, &suggestion);
  g_assert_cmpfloat_with_epsilon (original.size.width, 300, EPSILON);
  g_assert_cmpfloat_with_epsilon (suggestion.origin.y, 308, EPSILON);

  cs_compare_split (CS_COMPARE_WIPE, 300, 200, 8, 1, &original, &suggestion);
  g_assert_true (graphene_rect_equal (&original, &suggestion));
  g_assert_cmpfloat_with_epsilon (original.size.width, 300, EPSILON);

  /* No room at all is not a reason to fail */
  cs_compare_split (CS_COMPARE_SIDE_BY_SIDE, 0, 0, 8, 1, &original, &suggestion);
  g_assert_cmpfloat (original.size.width, ==, 0);
}

static void
test_fit (void)
{
  const graphene_rect_t pane = GRAPHENE_RECT_INIT (10, 20, 200, 100);
  const CsCompareSpot   fit = CS_COMPARE_SPOT_FIT;
  graphene_rect_t       place;

  cs_compare_place (&pane, 1000, 1000, &fit, &place);
  g_assert_cmpfloat_with_epsilon (place.size.width, 100, EPSILON);
  g_assert_cmpfloat_with_epsilon (place.origin.x, 60, EPSILON);
  g_assert_cmpfloat_with_epsilon (place.origin.y, 20, EPSILON);

  cs_compare_place (&pane, 0, 0, &fit, &place);
  g_assert_cmpfloat (place.size.width, ==, 0);
}

static void
test_zoom_keeps_the_point (void)
{
  const graphene_rect_t pane = GRAPHENE_RECT_INIT (0, 0, 400, 400);
  CsCompareSpot         spot = { 2.0, 0.5, 0.5 };
  graphene_rect_t       before;
  graphene_rect_t       after;
  const double          x = 150;
  const double          y = 260;

  cs_compare_place (&pane, 1000, 800, &spot, &before);
  cs_compare_zoom_at (&spot, &pane, 1000, 800, x, y, 5);
  cs_compare_place (&pane, 1000, 800, &spot, &after);
  g_assert_cmpfloat_with_epsilon ((x - before.origin.x) / before.size.width,
                                  (x - after.origin.x) / after.size.width,
                                  EPSILON);
  g_assert_cmpfloat_with_epsilon ((y - before.origin.y) / before.size.height,
                                  (y - after.origin.y) / after.size.height,
                                  EPSILON);

  cs_compare_zoom_at (&spot, &pane, 1000, 800, x, y, 1000);
  g_assert_cmpfloat (spot.zoom, ==, CS_COMPARE_MAX_ZOOM);
  cs_compare_zoom_at (&spot, &pane, 1000, 800, 399, 399, 0.01);
  g_assert_cmpfloat (spot.zoom, ==, 1);
  g_assert_cmpfloat_with_epsilon (spot.x, 0.5, EPSILON);
}

static void
test_pan_stops_at_the_edge (void)
{
  const graphene_rect_t pane = GRAPHENE_RECT_INIT (0, 0, 400, 400);
  CsCompareSpot         spot = { 4.0, 0.5, 0.5 };
  graphene_rect_t       place;

  cs_compare_pan (&spot, &pane, 1000, 1000, 100000, -100000);
  cs_compare_place (&pane, 1000, 1000, &spot, &place);
  g_assert_cmpfloat_with_epsilon (place.origin.x, 0, EPSILON);
  g_assert_cmpfloat_with_epsilon (place.origin.y + place.size.height, 400, EPSILON);

  /* and comes back at once: nothing was dragged beyond it */
  cs_compare_pan (&spot, &pane, 1000, 1000, -10, 0);
  cs_compare_place (&pane, 1000, 1000, &spot, &place);
  g_assert_cmpfloat_with_epsilon (place.origin.x, -10, EPSILON);

  /* The other picture, of another shape, is never shown beyond its own edge */
  cs_compare_place (&pane, 1000, 500, &spot, &place);
  g_assert_cmpfloat (place.origin.y + place.size.height, >=, 400 - EPSILON);
}

static void
test_wanted_side (void)
{
  const graphene_rect_t pane = GRAPHENE_RECT_INIT (0, 0, 500, 500);

  g_assert_cmpint (cs_compare_wanted_side (&pane, 6000, 4000, 1, 1), ==, 512);
  g_assert_cmpint (cs_compare_wanted_side (&pane, 6000, 4000, 1, 2), ==, 1024);
  g_assert_cmpint (cs_compare_wanted_side (&pane, 6000, 4000, 16, 2), ==, 8192);
  g_assert_cmpint (cs_compare_wanted_side (&pane, 1, 1, 100, 4), ==, CS_COMPARE_MAX_SIDE);
}

/* The photo is 4:3, turned by 90° to the right; the suggestion shows its middle, with air around */
static void
test_lies_over_itself (void)
{
  const CsCompareLie lie = { 90, 0.25, -0.25, 0.5, 1.5 };
  CsCompareSpot      spot = { 2, 0.5, 0.5 };

  cs_compare_to_suggestion (&lie, 4.0 / 3, &spot);
  g_assert_cmpfloat_with_epsilon (spot.x, 0.5, EPSILON);
  g_assert_cmpfloat_with_epsilon (spot.y, 0.5, EPSILON);

  /* What was at the left edge's middle is above the middle now, two thirds of the photo's height away */
  spot = (CsCompareSpot){ 2, 0, 0.5 };
  cs_compare_to_suggestion (&lie, 4.0 / 3, &spot);
  g_assert_cmpfloat_with_epsilon (spot.x, 0.5, EPSILON);
  g_assert_cmpfloat_with_epsilon (spot.y, (0.5 - 2.0 / 3 + 0.25) / 1.5, EPSILON);
  g_assert_cmpfloat (spot.zoom, ==, 2);

  cs_compare_to_original (&lie, 4.0 / 3, &spot);
  g_assert_cmpfloat_with_epsilon (spot.x, 0, EPSILON);
  g_assert_cmpfloat_with_epsilon (spot.y, 0.5, EPSILON);

  /* Geometry that cannot be is not divided by */
  cs_compare_to_suggestion (&(CsCompareLie){ 0 }, 1, &spot);
  g_assert_cmpfloat_with_epsilon (spot.y, 0.5, EPSILON);
}

/* Drawn under the suggestion, a point of the original falls where the suggestion has it */
static void
test_laid_under (void)
{
  const CsCompareLie    lie = { -7, 0.1, 0.2, 0.6, 0.9 };
  const graphene_rect_t place = GRAPHENE_RECT_INIT (30, 40, 400, 450);
  const double          aspect = 4.0 / 3;
  graphene_rect_t       under;
  graphene_matrix_t     turned;
  graphene_point_t      drawn;
  CsCompareSpot         spot = { 1, 0.3, 0.8 };

  cs_compare_lay_under (&lie, &place, &under);
  g_assert_cmpfloat_with_epsilon (under.size.width / under.size.height, aspect, EPSILON);
  graphene_matrix_init_translate (&turned, &GRAPHENE_POINT3D_INIT (-under.size.width / 2, -under.size.height / 2, 0));
  graphene_matrix_rotate_z (&turned, lie.turn);
  graphene_matrix_translate (&turned, &GRAPHENE_POINT3D_INIT (under.origin.x + under.size.width / 2,
                                                              under.origin.y + under.size.height / 2, 0));
  graphene_matrix_transform_point (&turned, &GRAPHENE_POINT_INIT (spot.x * under.size.width, spot.y * under.size.height), &drawn);
  cs_compare_to_suggestion (&lie, aspect, &spot);
  g_assert_cmpfloat_with_epsilon (drawn.x, 30 + spot.x * 400, 0.1);
  g_assert_cmpfloat_with_epsilon (drawn.y, 40 + spot.y * 450, 0.1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/compare-geometry/split", test_split);
  g_test_add_func ("/app/compare-geometry/fit", test_fit);
  g_test_add_func ("/app/compare-geometry/zoom-keeps-the-point", test_zoom_keeps_the_point);
  g_test_add_func ("/app/compare-geometry/pan-stops-at-the-edge", test_pan_stops_at_the_edge);
  g_test_add_func ("/app/compare-geometry/wanted-side", test_wanted_side);
  g_test_add_func ("/app/compare-geometry/lies-over-itself", test_lies_over_itself);
  g_test_add_func ("/app/compare-geometry/laid-under", test_laid_under);

  return g_test_run ();
}
