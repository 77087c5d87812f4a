/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gexiv2/gexiv2.h>

#include "cs-error.h"
#include "cs-hash.h"
#include "cs-image.h"
#include "cs-json.h"

#include "cs-image-test.h"
#include "cs-test.h"

static char *folder;

static CsImageInfo *
inspect (CsImage    *image,
         const char *name,
         GError    **error)
{
  g_autofd int fd = cs_image_test_open (folder, name);

  return dex_await_boxed (cs_image_inspect (image, fd), error);
}

static void
test_closed_in (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *json = dex_await_string (cs_image_examine (image), &error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GArray) pids = cs_image_test_helpers (NULL);

  g_assert_no_error (error);
  g_test_message ("%s", json);
  node = cs_json_parse (json, -1, &error);
  g_assert_no_error (error);
  g_assert_true (cs_json_bool (cs_json_node_object (node), "seccomp", FALSE));
  g_assert_cmpuint (json_array_get_length (cs_json_array (cs_json_node_object (node), "formats")), >=, 5);
  g_assert_cmpstr (cs_json_string (cs_json_node_object (node), "network", ""), !=, "");

  /* One for photos, one for the network */
  g_assert_cmpuint (pids->len, ==, 2);
  for (guint i = 0; i < pids->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/status", g_array_index (pids, int, i));
      g_autofree char *status = NULL;

      g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
      g_assert_nonnull (strstr (status, "NoNewPrivs:\t1"));
      g_assert_nonnull (strstr (status, "Seccomp:\t2"));
    }

  g_assert_finalize_object (g_steal_pointer (&image));
  cs_image_test_wait_until_no_helpers ();
}

static void
test_inspect (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsImageInfo) info = inspect (image, "tagged.jpg", &error);
  g_autofree char *path = g_build_filename (folder, "tagged.jpg", NULL);
  g_autofree char *file = NULL;
  g_autofree char *hash = NULL;
  gsize            length;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &file, &length, NULL));
  hash = cs_hash_data (file, length);
  g_assert_cmpstr (info->hash, ==, hash);
  /* 2026-02-03 04:05:06, as if the camera were in Greenwich */
  g_assert_cmpint (info->taken_at, ==, 1770091506);
  g_assert_cmpstr (info->labels, ==,
                   "{\"digital_source_type\":\"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia\","
                   "\"tc260_aigc\":\"{\\\"AIGC\\\":{\\\"Label\\\":\\\"1\\\"}}\"}");
  g_assert_cmpmem (g_bytes_get_data (info->thumbnail, NULL), 3, "\xff\xd8\xff", 3);
}

static GExiv2Metadata *
read_tags (CsPicture *picture)
{
  GExiv2Metadata *tags = gexiv2_metadata_new ();
  g_autoptr (GError) error = NULL;
  gsize         length;
  const guint8 *data = g_bytes_get_data (picture->file, &length);

  gexiv2_metadata_open_buf (tags, data, length, &error);
  g_assert_no_error (error);

  return tags;
}

static void
assert_nothing_told (CsPicture *picture,
                     gboolean   labelled)
{
  g_autoptr (GExiv2Metadata) tags = read_tags (picture);
  g_auto (GStrv) exif = gexiv2_metadata_get_exif_tags (tags);
  g_auto (GStrv) iptc = gexiv2_metadata_get_iptc_tags (tags);
  g_auto (GStrv) xmp = gexiv2_metadata_get_xmp_tags (tags);

  g_assert_cmpuint (g_strv_length (exif), ==, 0);
  g_assert_cmpuint (g_strv_length (iptc), ==, 0);
  g_assert_cmpuint (g_strv_length (xmp), ==, labelled ? 2 : 0);

  if (labelled)
    {
      g_autofree char *source = gexiv2_metadata_try_get_tag_string (tags, "Xmp.iptcExt.DigitalSourceType", NULL);
      g_autofree char *aigc = gexiv2_metadata_try_get_tag_string (tags, "Xmp.TC260.AIGC", NULL);

      g_assert_cmpstr (source, ==, "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
      g_assert_cmpstr (aigc, ==, "{\"AIGC\":{\"Label\":\"1\"}}");
    }
}

static void
test_stripped (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = cs_image_test_open (folder, "tagged.jpg");
  g_autoptr (CsPicture) rendered = dex_await_boxed (cs_image_render (image, fd, 320, 90), &error);
  g_autoptr (CsPicture) improved = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (rendered->width, ==, 320);
  g_assert_cmpint (rendered->height, ==, 240);
  assert_nothing_told (rendered, TRUE);

  improved = dex_await_boxed (cs_image_improve (image, &(CsPictureInput) { fd, -1, -1 }, &settings), &error);
  g_assert_no_error (error);
  assert_nothing_told (improved, TRUE);
}

static void
test_phone_stripped (void)
{
  g_autofree char *path = cs_image_test_shared ("photos/jpg_hdr_iphone_hdr_YES.jpg");
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GExiv2Metadata) before = gexiv2_metadata_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPicture) picture = NULL;
  g_autofd int fd = -1;

  if (path == NULL)
    {
      g_test_skip ("no photos are shared beside this checkout");
      return;
    }

  gexiv2_metadata_open_path (before, path, &error);
  g_assert_no_error (error);
  g_assert_true (gexiv2_metadata_try_has_tag (before, "Exif.GPSInfo.GPSLatitude", NULL));

  fd = open (path, O_RDONLY | O_CLOEXEC);
  picture = dex_await_boxed (cs_image_render (image, fd, 2000, 90), &error);
  g_assert_no_error (error);
  g_assert_cmpint (picture->width, ==, 2000);
  assert_nothing_told (picture, FALSE);
}

static void
test_same_again (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  const char       *names[] = { "good.jpg", "cmyk.jpg", "turned-6.jpg", "picture.tiff" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofd int fd = cs_image_test_open (folder, names[i]);
      g_autoptr (CsPicture) once = dex_await_boxed (cs_image_improve (image, &(CsPictureInput) { fd, -1, -1 }, &settings), NULL);
      g_autoptr (CsPicture) twice = dex_await_boxed (cs_image_improve (image, &(CsPictureInput) { fd, -1, -1 }, &settings), NULL);
      g_autoptr (CsPicture) out = dex_await_boxed (cs_image_render (image, fd, 500, 90), NULL);
      g_autoptr (CsPicture) out_again = dex_await_boxed (cs_image_render (image, fd, 500, 90), NULL);

      g_assert_cmpstr (once->hash, ==, twice->hash);
      g_assert_true (g_bytes_equal (once->file, twice->file));
      g_assert_cmpstr (out->hash, ==, out_again->hash);
      g_assert_cmpuint (once->parts->len, ==, 9);
      g_assert_cmpuint (out->parts->len, ==, 0);
    }
}

/* A red thing on white paper */
static int
open_thing (void)
{
  g_autoptr (GdkPixbuf) paper = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 600, 600);
  g_autoptr (GdkPixbuf) thing = gdk_pixbuf_new_subpixbuf (paper, 180, 200, 240, 200);
  g_autofree char *path = g_build_filename (folder, "red-thing.png", NULL);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (paper, 0xf4f4f2ff);
  gdk_pixbuf_fill (thing, 0xd01818ff);
  gdk_pixbuf_save (paper, path, "png", &error, NULL);
  g_assert_no_error (error);

  return open (path, O_RDONLY | O_CLOEXEC);
}

static void
test_read (void)
{
  g_autofree char *path = cs_image_test_shared ("photos/samples_B07GTFSCHB_844a1cce.jpg");
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GError) error = NULL;
  g_autofd int     plain = cs_image_test_open (folder, "animated.gif");
  g_autofd int     thing = open_thing ();
  g_autofree char *none = NULL;
  g_autofree char *red = NULL;
  g_autofree char *label = NULL;
  g_autofd int     fd = -1;

  /* The machine that tests may be busy with much else */
  cs_image_set_timeout (image, 200000);
  red = dex_await_string (cs_image_read (image, thing), &error);
  g_assert_no_error (error);
  g_test_message ("%s", red);
  g_assert_nonnull (strstr (red, "\"name\":\"red\""));

  /* Nothing stands out: it may be the table's colour */
  none = dex_await_string (cs_image_read (image, plain), &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (none, "\"colours\":[]"));

  if (path == NULL)
    {
      g_test_skip ("no photos are shared beside this checkout");
      return;
    }

  fd = open (path, O_RDONLY | O_CLOEXEC);
  label = dex_await_string (cs_image_read (image, fd), &error);
  g_assert_no_error (error);
  g_test_message ("%s", label);
  g_assert_nonnull (strstr (label, "Vitamin E 268 mg"));
  g_assert_nonnull (strstr (label, "365 Capsules"));
}

/* A photo that is looked at again is at hand in the helper that had it before:
 * what is behind the descriptor is then not even opened
 */
static void
test_preview_at_hand (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = cs_image_test_open (folder, "good.jpg");
  g_autofd int other = cs_image_test_open (folder, "cmyk.jpg");
  g_autoptr (CsPixels) first = NULL;
  g_autoptr (DexFuture) beside = NULL;
  DexFuture *busy[6];

  /* All helpers are up, so that there is a wrong one to ask */
  for (guint i = 0; i < G_N_ELEMENTS (busy); i++)
    busy[i] = cs_image_render (image, fd, 640, 90);
  for (guint i = 0; i < G_N_ELEMENTS (busy); i++)
    g_assert_true (dex_await (busy[i], NULL));

  /* The helper that would be asked first is busy at first */
  beside = cs_image_render (image, fd, 640, 90);
  dex_await (dex_timeout_new_msec (2), NULL);
  first = dex_await_boxed (cs_image_preview (image, &(CsPictureInput) { fd, -1, -1, NULL, "good" }, &settings, 300), &error);
  g_assert_true (dex_await (g_steal_pointer (&beside), NULL));
  g_assert_no_error (error);
  g_assert_cmpint (MAX (first->width, first->height), <=, 300);

  for (int i = 0; i < 10; i++)
    {
      g_autoptr (CsPixels) again = NULL;

      again = dex_await_boxed (cs_image_preview (image, &(CsPictureInput) { other, -1, -1, NULL, "good" }, &settings, 300), &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (again->bytes, first->bytes));
    }

  g_clear_pointer (&first, cs_pixels_unref);
  first = dex_await_boxed (cs_image_preview (image, &(CsPictureInput) { other, -1, -1, NULL, "other" }, &settings, 300), &error);
  g_assert_no_error (error);
  g_assert_nonnull (first);
}

/* A helper that dies takes one photo with it, and the next one is served */
static void
test_killed (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsImageInfo) before = inspect (image, "good.jpg", NULL);
  g_autoptr (CsImageInfo) after = NULL;
  g_autoptr (DexFuture) lost = NULL;
  g_autofd int fd = cs_image_test_open (folder, "good.jpg");

  g_assert_nonnull (before);
  cs_image_test_signal_helpers (NULL, SIGSTOP);
  lost = cs_image_inspect (image, fd);
  dex_await (dex_timeout_new_msec (100), NULL);
  cs_image_test_signal_helpers (NULL, SIGKILL);
  g_assert_null (dex_await_boxed (dex_ref (lost), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);

  g_clear_error (&error);
  after = inspect (image, "good.jpg", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after->hash, ==, before->hash);
}

static void
test_hung (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsImageInfo) before = inspect (image, "good.jpg", NULL);
  g_autoptr (CsImageInfo) after = NULL;
  gint64 begun;

  g_assert_nonnull (before);
  cs_image_set_timeout (image, 300);
  cs_image_test_signal_helpers (NULL, SIGSTOP);
  begun = g_get_monotonic_time ();
  g_assert_null (inspect (image, "good.jpg", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (error->message, "too long"));
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 10 * G_USEC_PER_SEC);

  g_clear_error (&error);
  cs_image_set_timeout (image, 30000);
  after = inspect (image, "good.jpg", &error);
  g_assert_no_error (error);
}

/* Killed while they are idle: nobody notices */
static void
test_killed_idle (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (CsImageInfo) info = inspect (image, "good.jpg", &error);

      g_assert_no_error (error);
      g_assert_nonnull (info);
      cs_image_test_signal_helpers (NULL, SIGKILL);
      dex_await (dex_timeout_new_msec (100), NULL);
    }
}

static void
test_dropped (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GError) error = NULL;
  g_autofd int fd = cs_image_test_open (folder, "good.jpg");
  DexFuture   *futures[400];
  g_autoptr (CsImageInfo) last = NULL;
  gint64 begun;

  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    futures[i] = cs_image_render (image, fd, 640, 90);
  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    dex_unref (futures[i]);

  begun = g_get_monotonic_time ();
  last = inspect (image, "good.jpg", &error);
  g_assert_no_error (error);
  /* Each of them takes seconds */
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 20 * G_USEC_PER_SEC);
}

static void
test_disposed (void)
{
  CsImage     *image = cs_image_new ();
  g_autofd int fd = cs_image_test_open (folder, "good.jpg");
  DexFuture   *futures[50];
  guint        cancelled = 0;

  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    futures[i] = cs_image_render (image, fd, 640, 90);
  g_assert_true (dex_await (dex_ref (futures[0]), NULL));
  g_assert_finalize_object (image);

  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    {
      g_autoptr (GError) error = NULL;

      if (!dex_await (futures[i], &error))
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          cancelled++;
        }
    }

  g_assert_cmpuint (cancelled, >, 0);
  cs_image_test_wait_until_no_helpers ();
}

static void
test_missing (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *helper = g_strdup (g_getenv ("CS_IMAGE_HELPER"));

  g_setenv ("CS_IMAGE_HELPER", "/nonexistent/helper", TRUE);
  g_assert_null (inspect (image, "good.jpg", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);

  /* One that ends at once */
  g_clear_error (&error);
  g_setenv ("CS_IMAGE_HELPER", "/bin/true", TRUE);
  g_assert_null (inspect (image, "good.jpg", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);

  g_setenv ("CS_IMAGE_HELPER", helper, TRUE);
}

static void
test_nothing_left (void)
{
  guint before;

  cs_image_test_wait_until_no_helpers ();
  before = cs_image_test_count_fds ();

  for (int i = 0; i < 5; i++)
    {
      g_autoptr (CsImage) image = cs_image_new ();
      g_autoptr (CsImageInfo) info = inspect (image, "good.jpg", NULL);
      g_autoptr (CsImageInfo) bad = inspect (image, "lies.jpg", NULL);

      g_assert_nonnull (info);
      g_assert_null (bad);
    }

  cs_image_test_wait_until_no_helpers ();
  g_assert_cmpuint (cs_image_test_count_fds (), <=, before + 1);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  gexiv2_initialize ();
  gexiv2_metadata_try_register_xmp_namespace ("http://www.tc260.org.cn/ns/AIGC/1.0/", "TC260", NULL);
  folder = cs_image_test_make_files ();

  cs_test_add_fiber ("/image/image/closed-in", test_closed_in);
  cs_test_add_fiber ("/image/image/inspect", test_inspect);
  cs_test_add_fiber ("/image/image/stripped", test_stripped);
  cs_test_add_fiber ("/image/image/phone-stripped", test_phone_stripped);
  cs_test_add_fiber ("/image/image/same-again", test_same_again);
  cs_test_add_fiber ("/image/image/read", test_read);
  cs_test_add_fiber ("/image/image/preview-at-hand", test_preview_at_hand);
  cs_test_add_fiber ("/image/image/killed", test_killed);
  cs_test_add_fiber ("/image/image/hung", test_hung);
  cs_test_add_fiber ("/image/image/killed-idle", test_killed_idle);
  cs_test_add_fiber ("/image/image/dropped", test_dropped);
  cs_test_add_fiber ("/image/image/disposed", test_disposed);
  cs_test_add_fiber ("/image/image/missing", test_missing);
  cs_test_add_fiber ("/image/image/nothing-left", test_nothing_left);
  result = g_test_run ();

  cs_image_test_remove_files (folder);

  return result;
}
