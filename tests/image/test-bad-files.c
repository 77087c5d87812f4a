/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "cs-error.h"
#include "cs-hash.h"
#include "cs-image.h"

#include "cs-image-test.h"
#include "cs-test.h"

static char    *folder;
static CsImage *image;

typedef struct
{
  const char *name;
  const char *error; /* part of the sentence; NULL for what is a photo */
  const char *mime;
  int         width;
  int         height;
  gboolean    cut_short;
} Expected;

static const Expected expected[] = {
  { "good.jpg", NULL, "image/jpeg", 640, 480 },
  { "cut-short.jpg", NULL, "image/jpeg", 640, 480, TRUE },
  { "cmyk.jpg", NULL, "image/jpeg", 60, 40 },
  { "wide-gamut.jpg", NULL, "image/jpeg", 60, 40 },
  { "tagged.jpg", NULL, "image/jpeg", 640, 480 },
  { "png-that-lies.jpg", NULL, "image/png", 60, 40 },
  { "clear.png", NULL, "image/png", 60, 40 },
  { "sixteen-bit.png", NULL, "image/png", 64, 48 },
  { "cut-short.png", NULL, "image/png", 64, 48, TRUE },
  { "labelled.png", NULL, "image/png", 16, 16 },
  { "picture.tiff", NULL, "image/tiff", 60, 40 },
  { "picture.bmp", NULL, "image/bmp", 60, 40 },
  { "animated.gif", NULL, "image/gif", 8, 8 },
  { "animated.webp", NULL, "image/webp", 8, 8 },
  { "two\nlines.jpg", NULL, "image/jpeg", 640, 480 },
  { "not-utf-8-\xff\xfe.jpg", NULL, "image/jpeg", 640, 480 },
  { "-rf.jpg", NULL, "image/jpeg", 640, 480 },
  { "right-to-left-\u202egpj.exe.jpg", NULL, "image/jpeg", 640, 480 },
  { "竹编果篮 直径28cm.jpg", NULL, "image/jpeg", 640, 480 },
  { "empty.jpg", "This file is empty" },
  { "text.jpg", "This is not a photo that can be read" },
  { "lies.jpg", "it says it is JPEG" },
  { "head-only.jpg", "it says it is JPEG" },
  { "many-scans.jpg", "it says it is JPEG" },
  { "giant.png", "more than 200 megapixels" },
  { "giant.jpg", "more than 200 megapixels" },
  { "drawing.svg", "SVG drawings are not photos" },
  { "drawing-that-lies.jpg", "SVG drawings are not photos" },
  { "pipe.jpg", "not a file with a photo" },
  { "folder.jpg", "a folder, not a photo" },
  { "zero.jpg", "could not be read from the disk" },
};

static void
test_each (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const Expected *e = &expected[i];
      g_autofd int    fd = cs_image_test_open (folder, e->name);
      g_autoptr (GError) error = NULL;
      g_autoptr (CsImageInfo) info = dex_await_boxed (cs_image_inspect (image, fd), &error);

      g_test_message ("%s: %s", e->name, error != NULL ? error->message : info->mime);
      if (e->error != NULL)
        {
          g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);
          g_assert_nonnull (strstr (error->message, e->error));
          continue;
        }

      g_assert_no_error (error);
      g_assert_cmpstr (info->mime, ==, e->mime);
      g_assert_cmpint (info->width, ==, e->width);
      g_assert_cmpint (info->height, ==, e->height);
      g_assert_cmpint (info->finding != NULL, ==, e->cut_short);
      g_assert_true (cs_hash_is_valid (info->hash));
    }
}

/* All at once: one bad file must not touch its neighbours */
static void
test_together (void)
{
  DexFuture *futures[G_N_ELEMENTS (expected)];
  int        fds[G_N_ELEMENTS (expected)];

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      fds[i] = cs_image_test_open (folder, expected[i].name);
      futures[i] = cs_image_inspect (image, fds[i]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CsImageInfo) info = dex_await_boxed (futures[i], &error);

      g_assert_cmpint (info == NULL, ==, expected[i].error != NULL);
      if (fds[i] != -1)
        close (fds[i]);
    }
}

/* As many pixels as are allowed, in 25 kB: slow, or too much, but never the end */
static void
test_bomb (void)
{
  g_autofd int fd = cs_image_test_open (folder, "bomb.png");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsImageInfo) info = dex_await_boxed (cs_image_inspect (image, fd), &error);

  if (info != NULL)
    g_assert_cmpint (info->width, ==, 14000);
  else
    g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);
}

static void
assert_near (const guint8 *pixel,
             int           r,
             int           g,
             int           b,
             int           tolerance)
{
  g_assert_cmpint (ABS (pixel[0] - r), <=, tolerance);
  g_assert_cmpint (ABS (pixel[1] - g), <=, tolerance);
  g_assert_cmpint (ABS (pixel[2] - b), <=, tolerance);
}

static void
assert_quarters (const CsPixels *pixels,
                 int             tolerance)
{
  const guint8 *data = g_bytes_get_data (pixels->bytes, NULL);
  int           w = pixels->width, h = pixels->height, s = pixels->stride;

  assert_near (data + h / 4 * s + w / 4 * 3, 220, 30, 30, tolerance);
  assert_near (data + h / 4 * s + w * 3 / 4 * 3, 30, 200, 30, tolerance);
  assert_near (data + h * 3 / 4 * s + w / 4 * 3, 30, 30, 220, tolerance);
  assert_near (data + h * 3 / 4 * s + w * 3 / 4 * 3, 240, 240, 240, tolerance);
}

static CsPixels *
decode (const char *name)
{
  g_autofd int fd = cs_image_test_open (folder, name);
  g_autoptr (GError) error = NULL;
  CsPixels *pixels = dex_await_boxed (cs_image_decode (image, fd, 100), &error);

  g_assert_no_error (error);

  return pixels;
}

static void
test_upright (void)
{
  for (int orientation = 1; orientation <= 8; orientation++)
    {
      g_autofree char *name = g_strdup_printf ("turned-%d.jpg", orientation);
      g_autoptr (CsPixels) pixels = decode (name);
      g_autofd int fd = cs_image_test_open (folder, name);
      g_autoptr (GError) error = NULL;
      g_autoptr (CsImageInfo) info = dex_await_boxed (cs_image_inspect (image, fd), &error);

      g_test_message ("%s", name);
      g_assert_no_error (error);
      g_assert_cmpint (info->width, ==, 60);
      g_assert_cmpint (info->height, ==, 40);
      g_assert_cmpint (pixels->width, ==, 60);
      g_assert_cmpint (pixels->height, ==, 40);
      assert_quarters (pixels, 6);
    }
}

static void
test_colours (void)
{
  const char *plain[] = { "cmyk.jpg", "png-that-lies.jpg", "picture.tiff", "picture.bmp", "good.jpg" };
  g_autoptr (CsPixels) sixteen = decode ("sixteen-bit.png");
  g_autoptr (CsPixels) wide = decode ("wide-gamut.jpg");
  g_autoptr (CsPixels) gif = decode ("animated.gif");
  g_autoptr (CsPixels) webp = decode ("animated.webp");
  const guint8 *data = g_bytes_get_data (wide->bytes, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      g_autoptr (CsPixels) pixels = decode (plain[i]);

      g_test_message ("%s", plain[i]);
      assert_quarters (pixels, 8);
    }

  assert_near (g_bytes_get_data (sixteen->bytes, NULL), 0xc0, 0x40, 0x20, 1);
  assert_near (g_bytes_get_data (gif->bytes, NULL), 220, 30, 30, 0);
  assert_near (g_bytes_get_data (webp->bytes, NULL), 220, 30, 30, 0);

  /* The same numbers in a wider space are a stronger green */
  data += 10 * wide->stride + 45 * 3;
  g_assert_cmpint (data[0], <, 12);
  g_assert_cmpint (data[1], >, 195);
}

/* Twice: the codecs have to be there still when the first picture is gone */
static void
test_avif (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = dex_await_string (cs_image_examine (image), &error);

  g_assert_no_error (error);
  if (strstr (json, "image/avif") == NULL)
    {
      g_test_skip ("no loader for AVIF is installed");
      return;
    }

  for (int i = 0; i < 2 * (int) g_get_num_processors (); i++)
    {
      g_autoptr (CsPixels) pixels = decode ("picture.avif");
      const guint8 *data = g_bytes_get_data (pixels->bytes, NULL);

      g_assert_cmpint (pixels->width, ==, 100);
      g_assert_cmpint (pixels->height, ==, 75);
      assert_near (data + 10 * pixels->stride + 10 * 3, 254, 0, 0, 4);
      assert_near (data + 10 * pixels->stride + 90 * 3, 0, 255, 1, 4);
    }
}

static void
test_alpha (void)
{
  g_autoptr (CsPixels) pixels = decode ("clear.png");
  g_autofd int fd = cs_image_test_open (folder, "clear.png");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPicture) picture = dex_await_boxed (cs_image_render (image, fd, 100, 95), &error);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  const guint8 *data = g_bytes_get_data (pixels->bytes, NULL);

  g_assert_true (pixels->has_alpha);
  g_assert_cmpint (pixels->stride, ==, 60 * 4);
  g_assert_cmpint (data[3], ==, 0);
  g_assert_cmpint (data[59 * 4 + 3], ==, 255);

  g_assert_no_error (error);
  stream = g_memory_input_stream_new_from_bytes (picture->file);
  pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);
  g_assert_no_error (error);
  assert_near (gdk_pixbuf_read_pixels (pixbuf), 255, 255, 255, 2);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  folder = cs_image_test_make_files ();
  image = cs_image_new ();
  /* The machine that tests may be busy with much else */
  cs_image_set_timeout (image, 60000);

  cs_test_add_fiber ("/image/bad-files/each", test_each);
  cs_test_add_fiber ("/image/bad-files/together", test_together);
  cs_test_add_fiber ("/image/bad-files/bomb", test_bomb);
  cs_test_add_fiber ("/image/bad-files/upright", test_upright);
  cs_test_add_fiber ("/image/bad-files/colours", test_colours);
  cs_test_add_fiber ("/image/bad-files/alpha", test_alpha);
  cs_test_add_fiber ("/image/bad-files/avif", test_avif);
  result = g_test_run ();

  g_assert_finalize_object (image);
  cs_image_test_remove_files (folder);

  return result;
}
