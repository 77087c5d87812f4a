/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <png.h>

#include "cs-mask-file.h"
#include "cs-wire.h"

/* Masks: as files, and from a network's rough one to the product's own outline */

static GBytes *
make_png (png_uint_32   format,
          int           width,
          int           height,
          gconstpointer pixels)
{
  png_image        image = { .version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = format };
  png_alloc_size_t length = 0;
  gpointer         file;

  g_assert_true (png_image_write_get_memory_size (image, length, FALSE, pixels, 0, NULL));
  file = g_malloc (length);
  g_assert_true (png_image_write_to_memory (&image, file, &length, FALSE, pixels, 0, NULL));

  return g_bytes_new_take (file, length);
}

static CsMatte *
read_bytes (GBytes  *bytes,
            GError **error)
{
  return cs_mask_file_read_data (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

static void
test_file_round_trip (void)
{
  const int sizes[][2] = { { 1, 1 }, { 1, 700 }, { 333, 2 }, { 640, 481 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (CsMatte) matte = cs_matte_new (sizes[i][0], sizes[i][1]);
      g_autoptr (CsMatte) read = NULL;
      g_autoptr (GBytes) file = NULL, again = NULL;
      g_autoptr (GError) error = NULL;

      for (int p = 0; p < matte->width * matte->height; p++)
        matte->alpha[p] = (p * 31 + p / 7) & 0xff;
      file = cs_mask_file_write (matte, &error);
      g_assert_no_error (error);
      again = cs_mask_file_write (matte, &error);
      g_assert_true (g_bytes_equal (file, again));

      read = read_bytes (file, &error);
      g_assert_no_error (error);
      g_assert_cmpint (read->width, ==, matte->width);
      g_assert_cmpint (read->height, ==, matte->height);
      g_assert_cmpmem (read->alpha, read->width * read->height, matte->alpha, matte->width * matte->height);
    }
}

/* What others write as masks */
static void
test_file_depths (void)
{
  const guint8  rgb[] = { 255, 255, 255, 0, 0, 0, 128, 128, 128 };
  const guint8  rgba[] = { 255, 255, 255, 255, 255, 255, 255, 0, 255, 255, 255, 128 };
  const guint16 deep[] = { 65535, 0, 65535 };
  struct
  {
    png_uint_32   format;
    gconstpointer pixels;
    guint8        expected[3];
  } cases[] = {
    { PNG_FORMAT_RGB, rgb, { 255, 0, 128 } },
    { PNG_FORMAT_RGBA, rgba, { 255, 0, 128 } },
    { PNG_FORMAT_LINEAR_Y, deep, { 255, 0, 255 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) file = make_png (cases[i].format, 3, 1, cases[i].pixels);
      g_autoptr (GError) error = NULL;
      g_autoptr (CsMatte) read = read_bytes (file, &error);

      g_assert_no_error (error);
      g_assert_cmpint (read->width, ==, 3);
      for (int x = 0; x < 3; x++)
        g_assert_cmpint (read->alpha[x], ==, cases[i].expected[x]);
    }
}

static void
assert_refused (const guint8 *data,
                gsize         length,
                int           problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMatte) matte = cs_mask_file_read_data (data, length, &error);

  g_assert_null (matte);
  g_assert_error (error, CS_PROBLEM_QUARK, problem);
}

static void
put_size (guint8 *png,
          guint32 width,
          guint32 height)
{
  guint32 big[2] = { GUINT32_TO_BE (width), GUINT32_TO_BE (height) };
  guint32 crc;

  memcpy (png + 16, big, sizeof big);
  /* The checksum of a header that lies is right */
  crc = 0xffffffff;
  for (int i = 12; i < 29; i++)
    {
      crc ^= png[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
    }
  crc = GUINT32_TO_BE (crc ^ 0xffffffff);
  memcpy (png + 29, &crc, sizeof crc);
}

static void
test_file_hostile (void)
{
  g_autoptr (CsMatte) matte = cs_matte_new (64, 64);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = cs_mask_file_write (matte, &error);
  gsize              length = g_bytes_get_size (file);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (file, NULL), length);
  g_autoptr (GRand) dice = g_rand_new_with_seed (7);

  assert_refused (data, 0, CS_PROBLEM_NOT_A_PHOTO);
  assert_refused ((const guint8 *) "<svg/> and more", 15, CS_PROBLEM_NOT_A_PHOTO);
  for (gsize n = 8; n + 12 < length; n++)
    assert_refused (data, n, CS_PROBLEM_DAMAGED);

  /* Bombs: refused by their header, before a row is there */
  put_size (data, 50000, 50000);
  assert_refused (data, length, CS_PROBLEM_DAMAGED);
  put_size (data, 20000, 20000);
  assert_refused (data, length, CS_PROBLEM_MEGAPIXELS);
  put_size (data, 0, 64);
  assert_refused (data, length, CS_PROBLEM_DAMAGED);

  /* Anything may come of the rest but a crash */
  for (int i = 0; i < 4000; i++)
    {
      g_autofree guint8 *broken = g_memdup2 (g_bytes_get_data (file, NULL), length);
      g_autoptr (CsMatte) read = NULL;

      for (int n = 0; n < 3; n++)
        broken[g_rand_int_range (dice, 8, length)] = g_rand_int (dice);
      read = cs_mask_file_read_data (broken, length, NULL);
    }
}

static void
test_scale (void)
{
  g_autoptr (CsMatte) matte = cs_matte_new (90, 60);
  g_autoptr (CsMatte) small = NULL, large = NULL, same = NULL;

  for (int i = 0; i < 90 * 60; i++)
    matte->alpha[i] = i % 90 < 45 ? 255 : 0;
  same = cs_matte_scale (matte, 90, 60);
  g_assert_cmpmem (same->alpha, 90 * 60, matte->alpha, 90 * 60);

  small = cs_matte_scale (matte, 9, 6);
  for (int y = 0; y < 6; y++)
    {
      g_assert_cmpint (*cs_matte_at (small, 0, y), ==, 255);
      g_assert_cmpint (*cs_matte_at (small, 4, y), >, 110);
      g_assert_cmpint (*cs_matte_at (small, 4, y), <, 145);
      g_assert_cmpint (*cs_matte_at (small, 8, y), ==, 0);
    }

  large = cs_matte_scale (matte, 1800, 1200);
  for (int x = 1; x < 1800; x++)
    g_assert_cmpint (*cs_matte_at (large, x, 600), <=, *cs_matte_at (large, x - 1, 600));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cutout/file/round-trip", test_file_round_trip);
  g_test_add_func ("/cutout/file/depths", test_file_depths);
  g_test_add_func ("/cutout/file/hostile", test_file_hostile);
  g_test_add_func ("/cutout/scale", test_scale);

  return g_test_run ();
}
