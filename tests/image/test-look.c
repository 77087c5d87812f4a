/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-image-look.h"

/* Where a network's mask is worth a second look, and what it is shown then */

static CsPixels *
make_pixels (int width,
             int height,
             int channels)
{
  CsPixels *pixels = cs_pixels_new ();

  pixels->width = width;
  pixels->height = height;
  pixels->stride = width * channels;
  pixels->has_alpha = channels == 4;
  pixels->bytes = g_bytes_new_take (g_malloc0_n (width * channels, height), (gsize) width * channels * height);

  return pixels;
}

static void
fill (CsPixels *pixels,
      int       channels,
      int       left,
      int       top,
      int       width,
      int       height)
{
  guint8 *bytes = (guint8 *) g_bytes_get_data (pixels->bytes, NULL);

  for (int y = top; y < top + height; y++)
    memset (bytes + (gsize) y * pixels->stride + left * channels, 255, width * channels);
}

static void
test_where (void)
{
  g_autoptr (CsPixels) photo = make_pixels (1024, 768, 3);
  g_autoptr (CsPixels) empty = make_pixels (320, 320, 1);
  g_autoptr (CsPixels) small = make_pixels (320, 320, 1);
  g_autoptr (CsPixels) large = make_pixels (320, 320, 1);
  g_autoptr (CsPixels) speck = make_pixels (320, 320, 1);
  CsWireCrop crop = { 0 };

  g_assert_false (cs_image_look_closer (empty, photo, &crop));
  fill (speck, 1, 10, 10, 4, 4);
  g_assert_false (cs_image_look_closer (speck, photo, &crop));
  fill (large, 1, 20, 20, 290, 290);
  g_assert_false (cs_image_look_closer (large, photo, &crop));

  fill (small, 1, 200, 100, 100, 80);
  g_assert_true (cs_image_look_closer (small, photo, &crop));
  g_assert_cmpfloat (crop.x, <, 200 / 320.0 - 0.02);
  g_assert_cmpfloat (crop.y, <, 100 / 320.0 - 0.02);
  g_assert_cmpfloat (crop.x + crop.width, >, 300 / 320.0 + 0.02);
  g_assert_cmpfloat (crop.x + crop.width, <=, 1);
  g_assert_cmpfloat (crop.y + crop.height, >, 180 / 320.0 + 0.02);
  g_assert_cmpfloat (crop.width * crop.height, <, 0.25);
}

static void
test_crop (void)
{
  for (int channels = 3; channels <= 4; channels++)
    {
      g_autoptr (CsPixels) photo = make_pixels (1000, 500, channels);
      g_autoptr (CsPixels) part = NULL;
      const guint8 *bytes;

      fill (photo, channels, 300, 100, 200, 150);
      part = cs_image_look_crop (photo, &(CsWireCrop) { 0.3, 0.2, 0.2, 0.3 });
      g_assert_cmpint (part->width, ==, 200);
      g_assert_cmpint (part->height, ==, 150);
      g_assert_cmpint (part->stride, ==, 200 * channels);
      bytes = g_bytes_get_data (part->bytes, NULL);
      g_assert_cmpint (g_bytes_get_size (part->bytes), ==, 200 * 150 * channels);
      for (gsize i = 0; i < g_bytes_get_size (part->bytes); i++)
        g_assert_cmpint (bytes[i], ==, 255);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/look/where", test_where);
  g_test_add_func ("/look/crop", test_crop);

  return g_test_run ();
}
