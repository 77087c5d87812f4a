/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-geometry.h"
#include "cs-light.h"

/* How a photo comes to lie in a picture, and the table that it is lit with */

/* Noise over a slope: every pixel says where it is from */
static CsFrame *
noisy (int width,
       int height)
{
  CsFrame *frame = cs_frame_new (width, height, 3);
  GRand   *random = g_rand_new_with_seed (width * 7919 + height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 3; c++)
        cs_frame_at (frame, x, y)[c] = (x * (c + 1) * 200 / width + y * 40 / height + g_rand_int_range (random, 0, 16)) & 0xff;
  g_rand_free (random);

  return frame;
}

/* Where nothing is scaled or turned, pixels are copied */
static void
test_geometry_copies (void)
{
  g_autoptr (CsFrame) photo = noisy (301, 199);
  CsWireGeometry whole = CS_GEOMETRY_WHOLE (301, 199);
  CsWireGeometry part = { 0, 40 / 301.0, 17 / 199.0, 200 / 301.0, 100 / 199.0, 200, 100 };
  CsWireGeometry beyond = { 0, -50 / 301.0, 0, 401 / 301.0, 1, 401, 199 };
  CsRect inside;

  {
    g_autoptr (CsFrame) same = cs_geometry_apply (&whole, photo);

    g_assert_cmpmem (same->data, 301 * 199 * 3, photo->data, 301 * 199 * 3);
  }
  {
    g_autoptr (CsFrame) cut = NULL;

    cs_geometry_round (&part);
    cut = cs_geometry_apply (&part, photo);
    for (int y = 0; y < 100; y++)
      g_assert_cmpmem (cs_frame_at (cut, 0, y), 200 * 3, cs_frame_at (photo, 40, 17 + y), 200 * 3);
  }
  {
    g_autoptr (CsFrame) wider = NULL;
    g_autofree guint8 *mask = NULL;

    cs_geometry_round (&beyond);
    wider = cs_geometry_apply (&beyond, photo);
    mask = cs_geometry_apply_mask (&beyond, NULL, 301, 199);
    cs_geometry_inside (&beyond, &inside);
    g_assert_cmpint (inside.x, ==, 50);
    g_assert_cmpint (inside.width, ==, 301);
    for (int y = 0; y < 199; y++)
      {
        g_assert_cmpmem (cs_frame_at (wider, 50, y), 301 * 3, cs_frame_at (photo, 0, y), 301 * 3);
        for (int x = 0; x < 401; x++)
          g_assert_cmpint (mask[y * 401 + x], ==, x >= 50 && x < 351 ? 255 : 0);
      }
  }
}

/* A mask that is full stays full, and an empty one empty, whatever the size;
 * what comes out lies where the photo's pixels do
 */
static void
test_geometry_mask (void)
{
  const double turns[] = { 0, 2.5, -4 };

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      CsWireGeometry     geometry = { turns[i], 0.1, 0.15, 0.7, 0.6, 333, 222 };
      g_autoptr (CsFrame) photo = cs_frame_new (600, 400, 3);
      g_autofree guint8 *half = g_malloc0 (300 * 200);
      g_autofree guint8 *mask = NULL;
      g_autoptr (CsFrame) picture = NULL;
      int n = 0;

      for (int y = 0; y < 400; y++)
        for (int x = 0; x < 600; x++)
          {
            memset (cs_frame_at (photo, x, y), hypot (x - 299.5, y - 199.5) < 90 ? 255 : 0, 3);
            half[y / 2 * 300 + x / 2] = hypot (x / 2 - 149.5, y / 2 - 99.5) < 45 ? 255 : 0;
          }

      picture = cs_geometry_apply (&geometry, photo);
      mask = cs_geometry_apply_mask (&geometry, half, 300, 200);
      for (int p = 0; p < 333 * 222; p++)
        {
          n += mask[p] >= 128;
          if (mask[p] == 255)
            g_assert_cmpint (picture->data[p * 3], >, 110);
          else if (mask[p] == 0)
            g_assert_cmpint (picture->data[p * 3], <, 145);
        }

      g_assert_cmpfloat_with_epsilon (n, G_PI * 90 * 90 * (333 / 420.0) * (222 / 240.0), 0.01 * n);
    }
}

static void
test_geometry_insane (void)
{
  const CsWireGeometry bad[] = {
    { 0 },
    { NAN, 0, 0, 1, 1, 10, 10 },
    { 0, 0, 0, INFINITY, 1, 10, 10 },
    { 0, 0, 0, -1, 1, 10, 10 },
    { 0, 0, 0, 1, 1, 40000, 10 },
    { 0, 0, 0, 1, 1, 30000, 30000 },
    { 170, 0, 0, 1, 1, 10, 10 },
    { 0, 1e9, 0, 1, 1, 10, 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (cs_geometry_is_sane (&bad[i]));
  g_assert_true (cs_geometry_is_sane (&CS_GEOMETRY_WHOLE (10, 10)));

  /* What passes can be applied, however odd */
  {
    const CsWireGeometry odd[] = {
      { 0, 60, 60, 0.001, 0.001, 7, 9 },
      { 45, -60, 3, 64, 64, 5, 3 },
      { -44, 0.5, 0.5, 0.00002, 0.00002, 20, 20 },
    };
    g_autoptr (CsFrame) photo = noisy (40, 30);

    for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
      {
        g_autoptr (CsFrame) picture = cs_geometry_apply (&odd[i], photo);
        g_autofree guint8 *mask = cs_geometry_apply_mask (&odd[i], NULL, 40, 30);
        CsRect             inside;

        g_assert_true (cs_geometry_is_sane (&odd[i]));
        cs_geometry_inside (&odd[i], &inside);
        g_assert_cmpint (inside.x + inside.width, <=, odd[i].out_width);
        g_assert_nonnull (mask);
      }
  }
}

/* No light changes nothing, and no light is what nonsense is taken for */
static void
test_light_table (void)
{
  const CsWireLight none = { { 1, 1, 1 }, 1 }, nonsense = { { NAN, -1, 1e9 }, INFINITY }, brighter = { { 1, 1, 1 }, 1.5 };
  CsLight light;

  cs_light_from_wire (&light, &none);
  g_assert_false (light.changes);
  for (int i = 0; i < 256; i++)
    g_assert_cmpint (light.table[1][i], ==, i);

  cs_light_from_wire (&light, &nonsense);
  g_assert_false (light.changes);

  cs_light_from_wire (&light, &brighter);
  g_assert_true (light.changes);
  g_assert_cmpint (light.table[0][128], >, 140);
  g_assert_cmpint (light.table[0][255], ==, 255);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/geometry/copies", test_geometry_copies);
  g_test_add_func ("/image/geometry/mask", test_geometry_mask);
  g_test_add_func ("/image/geometry/insane", test_geometry_insane);
  g_test_add_func ("/image/geometry/light-table", test_light_table);

  return g_test_run ();
}
