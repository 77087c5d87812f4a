/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <png.h>

#include "cs-cutout.h"
#include "cs-jpeg.h"
#include "cs-mask-file.h"
#include "cs-region.h"
#include "cs-strands.h"
#include "cs-work.h"

#include "cs-image-test.h"

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

/* A jug: a body, a thin handle with a hole, and a thread that hangs from it */
static gboolean
jug_has (double x,
         double y)
{
  double dx = x - 0.45, dy = y - 0.55, r = hypot ((x - 0.66) * 1.1, y - 0.5);

  return (dx * dx / 0.04 + dy * dy / 0.08 < 1) || (r > 0.115 && r < 0.13 && x > 0.5) ||
         (fabs (x - 0.3 - 0.05 * sin (y * 20)) < 0.004 && y > 0.1 && y < 0.6);
}

static CsMatte *
jug_alpha (int width,
           int height)
{
  CsMatte *matte = cs_matte_new (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int n = 0;

        for (int s = 0; s < 16; s++)
          n += jug_has ((x + (s % 4 + 0.5) / 4) / width, (y + (s / 4 + 0.5) / 4) / height);
        *cs_matte_at (matte, x, y) = n * 255 / 16;
      }

  return matte;
}

static CsFrame *
jug_photo (const CsMatte *alpha)
{
  const int product[] = { 150, 70, 40 }, ground[] = { 205, 200, 190 };
  CsFrame  *frame = cs_frame_new (alpha->width, alpha->height, 3);
  guint32   seed = 1;

  for (int i = 0; i < alpha->width * alpha->height; i++)
    for (int c = 0; c < 3; c++)
      {
        seed = seed * 1664525 + 1013904223;
        frame->data[i * 3 + c] = (product[c] * alpha->alpha[i] + ground[c] * (255 - alpha->alpha[i])) / 255 + (int) (seed >> 28) - 8;
      }

  return frame;
}

/* What a network makes of it: small, and a little out of focus */
static CsMatte *
make_rough (const CsMatte *alpha)
{
  g_autoptr (CsMatte) smaller = cs_matte_scale (alpha, 200, 200);

  return cs_matte_scale (smaller, 320, 320);
}

static void
compare (const CsMatte *matte,
         const CsMatte *truth,
         double        *error,
         double        *iou)
{
  gint64 apart = 0, both = 0, either = 0;
  int    n = truth->width * truth->height;

  for (int i = 0; i < n; i++)
    {
      gboolean has = matte->alpha[i] > 127, should = truth->alpha[i] > 127;

      apart += ABS (matte->alpha[i] - truth->alpha[i]);
      both += has && should;
      either += has || should;
    }
  *error = apart / 255.0 / n;
  *iou = (double) both / either;
}

static void
test_refine (void)
{
  g_autoptr (CsMatte) truth = jug_alpha (960, 720);
  g_autoptr (CsFrame) photo = jug_photo (truth);
  g_autoptr (CsMatte) rough = make_rough (truth);
  g_autoptr (CsMatte) plain = cs_matte_scale (rough, 960, 720);
  g_autoptr (CsMatte) made = NULL, again = NULL, small = NULL;
  CsMaskVerdict verdict;
  double        plain_error, plain_iou, error, iou;

  made = cs_cutout_make (&(CsCutoutLooks) { rough }, photo, 960, 720, &verdict);
  g_assert_cmpint (verdict, ==, CS_MASK_SURE);
  compare (plain, truth, &plain_error, &plain_iou);
  compare (made, truth, &error, &iou);
  g_test_message ("error %.4f → %.4f, overlap %.4f → %.4f", plain_error, error, plain_iou, iou);
  g_assert_cmpfloat (error, <, 0.45 * plain_error);
  g_assert_cmpfloat (1 - iou, <, 0.6 * (1 - plain_iou));

  again = cs_cutout_make (&(CsCutoutLooks) { rough }, photo, 960, 720, &verdict);
  g_assert_cmpmem (again->alpha, 960 * 720, made->alpha, 960 * 720);
  small = cs_cutout_make (&(CsCutoutLooks) { rough }, photo, 123, 77, &verdict);
  g_assert_cmpint (small->width, ==, 123);
  g_assert_cmpint (small->height, ==, 77);
}

/* A part of @alpha, looked at by itself */
static CsMatte *
look_at (const CsMatte    *alpha,
         const CsWireCrop *crop)
{
  int x = crop->x * alpha->width, y = crop->y * alpha->height;
  g_autoptr (CsMatte) part = cs_matte_new (crop->width * alpha->width, crop->height * alpha->height);

  for (int row = 0; row < part->height; row++)
    memcpy (cs_matte_at (part, 0, row), cs_matte_at (alpha, x, y + row), part->width);

  return make_rough (part);
}

static void
test_second_look (void)
{
  const CsWireCrop crop = { 0.2, 0.05, 0.65, 0.8 };
  g_autoptr (CsMatte) truth = jug_alpha (960, 720);
  g_autoptr (CsMatte) other = cs_matte_new (960, 720);
  g_autoptr (CsFrame) photo = jug_photo (truth);
  g_autoptr (CsMatte) rough = make_rough (truth);
  g_autoptr (CsMatte) closer = look_at (truth, &crop);
  g_autoptr (CsMatte) strange = look_at (other, &crop);
  g_autoptr (CsMatte) one = NULL, two = NULL, none = NULL;
  CsMaskVerdict verdict;
  double        one_error, two_error, iou;

  one = cs_cutout_make (&(CsCutoutLooks) { rough }, photo, 960, 720, &verdict);
  two = cs_cutout_make (&(CsCutoutLooks) { rough, closer, crop }, photo, 960, 720, &verdict);
  g_assert_cmpint (verdict, ==, CS_MASK_SURE);
  compare (one, truth, &one_error, &iou);
  compare (two, truth, &two_error, &iou);
  g_test_message ("error %.5f → %.5f", one_error, two_error);
  g_assert_cmpfloat (two_error, <, 0.9 * one_error);

  /* Two looks that see different things: the first stands, and nobody is sure */
  none = cs_cutout_make (&(CsCutoutLooks) { rough, strange, crop }, photo, 960, 720, &verdict);
  g_assert_cmpint (verdict, ==, CS_MASK_SOFT);
  compare (none, truth, &two_error, &iou);
  g_assert_cmpfloat (iou, >, 0.95);
}

static CsMaskVerdict
judge (const CsMatte *rough)
{
  g_autoptr (CsMatte) truth = jug_alpha (480, 360);
  g_autoptr (CsFrame) photo = jug_photo (truth);
  g_autoptr (CsMatte) made = NULL;
  CsMaskVerdict verdict = CS_N_MASK_VERDICTS;

  made = cs_cutout_make (&(CsCutoutLooks) { rough }, photo, 480, 360, &verdict);

  return verdict;
}

static void
test_verdicts (void)
{
  g_autoptr (CsMatte) truth = jug_alpha (320, 320);
  g_autoptr (CsMatte) empty = cs_matte_new (320, 320);
  g_autoptr (CsMatte) full = cs_matte_new (320, 320);
  g_autoptr (CsMatte) faint = cs_matte_scale (truth, 320, 320);
  g_autoptr (CsMatte) pieces = cs_matte_new (320, 320);
  g_autoptr (CsMatte) half = cs_matte_scale (truth, 320, 320);

  g_assert_cmpint (judge (truth), ==, CS_MASK_SURE);
  g_assert_cmpint (judge (empty), ==, CS_MASK_EMPTY);

  memset (full->alpha, 255, 320 * 320);
  g_assert_cmpint (judge (full), ==, CS_MASK_FRAME);

  /* Half of the product is hardly there */
  for (int i = 0; i < 320 * 320; i++)
    if (i / 320 > 200)
      faint->alpha[i] = faint->alpha[i] * 0.3;
  g_assert_cmpint (judge (faint), ==, CS_MASK_SOFT);

  for (int y = 0; y < 320; y++)
    for (int x = 0; x < 320; x++)
      *cs_matte_at (pieces, x, y) = x % 80 < 40 && y % 80 < 40 ? 255 : 0;
  g_assert_cmpint (judge (pieces), ==, CS_MASK_PIECES);

  /* Half of it is gone with full confidence, but plain to see */
  for (int i = 0; i < 320 * 320; i++)
    if (i % 320 > 140)
      half->alpha[i] = 0;
  g_assert_cmpint (judge (half), ==, CS_MASK_SOFT);
}

static void
test_specks (void)
{
  g_autoptr (CsMatte) truth = jug_alpha (480, 360);
  g_autoptr (CsFrame) photo = jug_photo (truth);
  g_autoptr (CsMatte) rough = cs_matte_scale (truth, 320, 320);
  g_autoptr (CsMatte) made = NULL;
  CsMaskVerdict verdict;

  for (int y = 10; y < 14; y++)
    memset (cs_matte_at (rough, 300, y), 200, 4);
  made = cs_cutout_make (&(CsCutoutLooks) { rough }, photo, 480, 360, &verdict);
  for (int y = 0; y < 30; y++)
    for (int x = 430; x < 480; x++)
      g_assert_cmpint (*cs_matte_at (made, x, y), ==, 0);
}

static void
test_region (void)
{
  g_autoptr (CsMatte) truth = jug_alpha (960, 720);
  g_autoptr (CsFrame) photo = jug_photo (truth);
  g_autoptr (CsMatte) empty = cs_matte_new (10, 10);
  g_auto (CsRegion) region = { 0 };
  g_auto (CsRegion) nothing = { 0 };

  cs_region_from_mask (&region, photo, truth);
  g_assert_true (region.sure);
  g_assert_cmpfloat_with_epsilon ((double) region.box.x / region.width, 0.25, 0.02);
  g_assert_cmpfloat_with_epsilon ((double) (region.box.x + region.box.width) / region.width, 0.78, 0.02);
  g_assert_cmpfloat_with_epsilon (region.background.l, cs_lab_from_srgb ((guint8[]) { 205, 200, 190 }).l, 0.02);
  g_assert_cmpfloat (region.uneven, <, 0.03);

  cs_region_from_mask (&nothing, photo, empty);
  g_assert_false (nothing.sure);
}

static int
make_memfd (gconstpointer data,
            gsize         length)
{
  int fd = memfd_create ("mask", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, data, length), ==, length);

  return fd;
}

static CsProblem
ask (CsWireRequest *request,
     int            photo,
     int            mask,
     CsMatte      **made)
{
  g_auto (CsWork) work = { 0 };

  request->magic = CS_WIRE_MAGIC;
  cs_work_do (&work, request, (int[CS_WIRE_MAX_FDS]) { photo, mask, -1, -1 });
  if (made != NULL)
    {
      g_assert_cmpint (work.answer.problem, ==, CS_PROBLEM_NONE);
      *made = read_bytes (work.payload, NULL);
      g_assert_nonnull (*made);
    }

  return work.answer.problem;
}

static void
test_ops (void)
{
  g_autoptr (CsMatte) truth = jug_alpha (640, 480);
  g_autoptr (CsFrame) photo = jug_photo (truth);
  g_autoptr (CsMatte) rough = make_rough (truth);
  g_autoptr (CsMatte) made = NULL, kept = NULL, small = NULL;
  g_autoptr (GBytes) jpeg = cs_jpeg_encode (photo, 90, NULL, NULL);
  g_autofd int photo_fd = make_memfd (g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg));
  g_autofd int mask_fd = make_memfd (rough->alpha, 320 * 320);

  ask (&(CsWireRequest) { .op = CS_OP_CUTOUT, .width = 320, .height = 320 }, photo_fd, mask_fd, &made);
  g_assert_cmpint (made->width, ==, 640);
  ask (&(CsWireRequest) { .op = CS_OP_CUTOUT, .width = 320, .height = 320, .max_side = 100 }, photo_fd, mask_fd, &small);
  g_assert_cmpint (small->width, ==, 100);
  g_assert_cmpint (small->height, ==, 75);

  /* What a person brushed is kept to the bit, and wants no photo */
  ask (&(CsWireRequest) { .op = CS_OP_MASK, .width = 320, .height = 320 }, -1, mask_fd, &kept);
  g_assert_cmpmem (kept->alpha, 320 * 320, rough->alpha, 320 * 320);

  g_assert_cmpint (ask (&(CsWireRequest) { .op = CS_OP_MASK, .width = 320, .height = 321 }, -1, mask_fd, NULL), ==, CS_PROBLEM_FILE);
  g_assert_cmpint (ask (&(CsWireRequest) { .op = CS_OP_MASK, .width = -320, .height = -320 }, -1, mask_fd, NULL), ==, CS_PROBLEM_REQUEST);
  g_assert_cmpint (ask (&(CsWireRequest) { .op = CS_OP_MASK, .width = 30000, .height = 30000 }, -1, mask_fd, NULL), ==, CS_PROBLEM_REQUEST);
  g_assert_cmpint (ask (&(CsWireRequest) { .op = CS_OP_CUTOUT, .width = 320, .height = 320 }, photo_fd, -1, NULL), ==, CS_PROBLEM_FILE);
  g_assert_cmpint (ask (&(CsWireRequest) { .op = CS_OP_CUTOUT, .width = 320, .height = 320, .closer = { 0, 0, 1, 1 } }, photo_fd, mask_fd, NULL), ==, CS_PROBLEM_FILE);
  g_assert_cmpint (ask (&(CsWireRequest) { .op = CS_OP_CUTOUT, .width = 320, .height = 160, .closer = { 0.5, 0, 1, 1 } }, photo_fd, mask_fd, NULL), ==, CS_PROBLEM_REQUEST);
  g_assert_cmpint (ask (&(CsWireRequest) { .op = CS_OP_CUTOUT, .width = 320, .height = 320 }, -1, mask_fd, NULL), ==, CS_PROBLEM_FILE);
}

static void
draw_line (CsMatte *matte,
           int      x0,
           int      y0,
           int      x1,
           int      y1,
           guint8   alpha)
{
  int n = MAX (ABS (x1 - x0), ABS (y1 - y0));

  for (int i = 0; i <= n; i++)
    for (int v = -1; v <= 1; v++)
      for (int u = -1; u <= 1; u++)
        {
          guint8 *at = cs_matte_at (matte, x0 + (x1 - x0) * i / n + u, y0 + (y1 - y0) * i / n + v);

          *at = MAX (*at, alpha);
        }
}

/* Strings of a mat go; a handle, a strap that was found well, and the product stay */
static void
test_strands (void)
{
  g_autoptr (CsMatte) matte = cs_matte_new (320, 320);
  g_autoptr (CsMatte) product = NULL;

  memset (matte->alpha, 0, 320 * 320);
  for (int y = 0; y < 320; y++)
    for (int x = 0; x < 320; x++)
      if (hypot (x - 160, y - 180) < 60 || hypot (x - 290, y - 290) < 15)
        *cs_matte_at (matte, x, y) = 255;
  draw_line (matte, 120, 140, 120, 60, 110); /* a faint handle */
  draw_line (matte, 120, 60, 200, 60, 110);
  draw_line (matte, 200, 60, 200, 140, 110);
  draw_line (matte, 100, 190, 20, 190, 230); /* a strap */
  product = cs_matte_scale (matte, 320, 320);

  draw_line (matte, 160, 236, 160, 310, 110); /* hangs on */
  draw_line (matte, 20, 20, 20, 120, 130);    /* lies about */
  draw_line (matte, 200, 220, 290, 280, 110); /* between two things */
  cs_strands_drop (matte);

  /* Stumps within what blurs into the product are left */
  for (int y = 0; y < 320; y++)
    for (int x = 0; x < 320; x++)
      if (hypot (x - 160, y - 180) > 68 && hypot (x - 290, y - 290) > 23)
        g_assert_cmpint (*cs_matte_at (matte, x, y), ==, *cs_matte_at (product, x, y));
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
  g_test_add_func ("/cutout/refine", test_refine);
  g_test_add_func ("/cutout/second-look", test_second_look);
  g_test_add_func ("/cutout/verdicts", test_verdicts);
  g_test_add_func ("/cutout/specks", test_specks);
  g_test_add_func ("/cutout/strands", test_strands);
  g_test_add_func ("/cutout/region", test_region);
  g_test_add_func ("/cutout/ops", test_ops);

  return g_test_run ();
}
