/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-delta.h"
#include "cs-difference.h"

/* ΔE2000 against the pairs of Sharma, Wu and Dalal (2005), table 1: they were
 * chosen to catch what implementations get wrong.
 */
static const struct
{
  float  first[3];
  float  second[3];
  double delta;
} pairs[] = {
  { { 50.0000, 2.6772, -79.7751 }, { 50.0000, 0.0000, -82.7485 }, 2.0425 },
  { { 50.0000, 3.1571, -77.2803 }, { 50.0000, 0.0000, -82.7485 }, 2.8615 },
  { { 50.0000, 2.8361, -74.0200 }, { 50.0000, 0.0000, -82.7485 }, 3.4412 },
  { { 50.0000, -1.3802, -84.2814 }, { 50.0000, 0.0000, -82.7485 }, 1.0000 },
  { { 50.0000, -1.1848, -84.8006 }, { 50.0000, 0.0000, -82.7485 }, 1.0000 },
  { { 50.0000, -0.9009, -85.5211 }, { 50.0000, 0.0000, -82.7485 }, 1.0000 },
  { { 50.0000, 0.0000, 0.0000 }, { 50.0000, -1.0000, 2.0000 }, 2.3669 },
  { { 50.0000, -1.0000, 2.0000 }, { 50.0000, 0.0000, 0.0000 }, 2.3669 },
  { { 50.0000, 2.4900, -0.0010 }, { 50.0000, -2.4900, 0.0009 }, 7.1792 },
  { { 50.0000, 2.4900, -0.0010 }, { 50.0000, -2.4900, 0.0010 }, 7.1792 },
  { { 50.0000, 2.4900, -0.0010 }, { 50.0000, -2.4900, 0.0011 }, 7.2195 },
  { { 50.0000, 2.4900, -0.0010 }, { 50.0000, -2.4900, 0.0012 }, 7.2195 },
  { { 50.0000, -0.0010, 2.4900 }, { 50.0000, 0.0009, -2.4900 }, 4.8045 },
  { { 50.0000, -0.0010, 2.4900 }, { 50.0000, 0.0010, -2.4900 }, 4.8045 },
  { { 50.0000, -0.0010, 2.4900 }, { 50.0000, 0.0011, -2.4900 }, 4.7461 },
  { { 50.0000, 2.5000, 0.0000 }, { 50.0000, 0.0000, -2.5000 }, 4.3065 },
  { { 50.0000, 2.5000, 0.0000 }, { 73.0000, 25.0000, -18.0000 }, 27.1492 },
  { { 50.0000, 2.5000, 0.0000 }, { 61.0000, -5.0000, 29.0000 }, 22.8977 },
  { { 50.0000, 2.5000, 0.0000 }, { 56.0000, -27.0000, -3.0000 }, 31.9030 },
  { { 50.0000, 2.5000, 0.0000 }, { 58.0000, 24.0000, 15.0000 }, 19.4535 },
  { { 50.0000, 2.5000, 0.0000 }, { 50.0000, 3.1736, 0.5854 }, 1.0000 },
  { { 50.0000, 2.5000, 0.0000 }, { 50.0000, 3.2972, 0.0000 }, 1.0000 },
  { { 50.0000, 2.5000, 0.0000 }, { 50.0000, 1.8634, 0.5757 }, 1.0000 },
  { { 50.0000, 2.5000, 0.0000 }, { 50.0000, 3.2592, 0.3350 }, 1.0000 },
  { { 60.2574, -34.0099, 36.2677 }, { 60.4626, -34.1751, 39.4387 }, 1.2644 },
  { { 63.0109, -31.0961, -5.8663 }, { 62.8187, -29.7946, -4.0864 }, 1.2630 },
  { { 61.2901, 3.7196, -5.3901 }, { 61.4292, 2.2480, -4.9620 }, 1.8731 },
  { { 35.0831, -44.1164, 3.7933 }, { 35.0232, -40.0716, 1.5901 }, 1.8645 },
  { { 22.7233, 20.0904, -46.6940 }, { 23.0331, 14.9730, -42.5619 }, 2.0373 },
  { { 36.4612, 47.8580, 18.3852 }, { 36.2715, 50.5065, 21.2231 }, 1.4146 },
  { { 90.8027, -2.0831, 1.4410 }, { 91.1528, -1.6435, 0.0447 }, 1.4441 },
  { { 90.9257, -0.5406, -0.9208 }, { 88.6381, -0.8985, -0.7239 }, 1.5381 },
  { { 6.7747, -0.2908, -2.4247 }, { 5.8714, -0.0985, -2.2286 }, 0.6377 },
  { { 2.0776, 0.0795, -1.1350 }, { 0.9033, -0.0636, -0.5514 }, 0.9082 },
};

static void
test_published (void)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (pairs) == 34);

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      CsDeltaLab first = { pairs[i].first[0], pairs[i].first[1], pairs[i].first[2] };
      CsDeltaLab second = { pairs[i].second[0], pairs[i].second[1], pairs[i].second[2] };

      g_test_message ("pair %u: %.4f", i + 1, cs_delta_between (first, second));
      g_assert_cmpfloat_with_epsilon (cs_delta_between (first, second), pairs[i].delta, 1e-4);
      g_assert_cmpfloat_with_epsilon (cs_delta_between (second, first), pairs[i].delta, 1e-4);
      g_assert_cmpfloat (cs_delta_between (first, first), ==, 0);
    }
}

/* sRGB's own corners, D65; the values of any colour calculator */
static void
test_lab (void)
{
  const struct
  {
    guint8 rgb[3];
    double lab[3];
  } colours[] = {
    { { 0, 0, 0 }, { 0, 0, 0 } },
    { { 255, 255, 255 }, { 100, 0, 0 } },
    { { 119, 119, 119 }, { 50.03, 0, 0 } },
    { { 255, 0, 0 }, { 53.24, 80.09, 67.20 } },
    { { 0, 255, 0 }, { 87.73, -86.18, 83.18 } },
    { { 0, 0, 255 }, { 32.30, 79.19, -107.86 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      CsDeltaLab lab = cs_delta_lab (colours[i].rgb);

      g_assert_cmpfloat_with_epsilon (lab.l, colours[i].lab[0], 0.02);
      g_assert_cmpfloat_with_epsilon (lab.a, colours[i].lab[1], 0.02);
      g_assert_cmpfloat_with_epsilon (lab.b, colours[i].lab[2], 0.02);
    }
}

/* What lets the search for the worst block pass by most of them */
static void
test_bound (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree guint8 *alpha = g_malloc (64);
  g_autoptr (CsFrame) first = cs_frame_new (8, 8, 3);
  g_autoptr (CsFrame) second = cs_frame_new (8, 8, 3);
  double closest = 0;

  memset (alpha, 255, 64);
  for (guint i = 0; i < 30000; i++)
    {
      int    far = g_rand_int_range (rand, 2, 40), of = 1 << g_rand_int_range (rand, 3, 9), grey = g_rand_int_range (rand, 0, 250);
      double most, is;

      for (guint p = 0; p < 8 * 8 * 3; p++)
        {
          /* Eyes are at their best with greys */
          first->data[p] = i % 2 ? grey : g_rand_int_range (rand, 0, of);
          second->data[p] = CLAMP (first->data[p] + (i % 4 == 1 ? 1 : g_rand_int_range (rand, 0, far)) * (i % 3 == p % 3), 0, 255);
        }
      most = cs_difference_block_most (first, second, alpha, 0, 0);
      is = cs_difference_block (first, second, alpha, 0, 0, 1);
      g_assert_cmpfloat (is, <=, most);
      closest = MAX (closest, is / most);
    }
  g_test_message ("at most %.2f of the bound", closest);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/delta/published", test_published);
  g_test_add_func ("/delta/lab", test_lab);
  g_test_add_func ("/delta/bound", test_bound);

  return g_test_run ();
}
