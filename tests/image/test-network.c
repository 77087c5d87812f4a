/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "cs-error.h"
#include "cs-image.h"

#include "cs-image-test.h"
#include "cs-onnx-test.h"
#include "cs-test.h"

/* As far as the kernel tells names */
#define NETWORK "countersign-net"

/* For machines that are busy with much else */
#define PATIENCE_MSEC 200000

#define SIDE 64

static char *folder;
static char *thing;

/* A dark thing on pale paper, of which a quarter is the thing */
static char *
make_thing (void)
{
  g_autoptr (GdkPixbuf) paper = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 640, 480);
  g_autoptr (GdkPixbuf) dark = gdk_pixbuf_new_subpixbuf (paper, 160, 120, 320, 240);
  char *path = g_build_filename (folder, "dark-thing.png", NULL);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (paper, 0xf4f4f2ff);
  gdk_pixbuf_fill (dark, 0x20242cff);
  gdk_pixbuf_save (paper, path, "png", &error, NULL);
  g_assert_no_error (error);

  return path;
}

static CsImage *
new_image (int model)
{
  CsImage *image = cs_image_new ();

  cs_image_set_timeout (image, PATIENCE_MSEC);
  cs_image_set_network (image, model, NULL);

  return image;
}

static DexFuture *
ask_cut_out (CsImage *image)
{
  g_autofd int fd = open (thing, O_RDONLY | O_CLOEXEC);

  return cs_image_cut_out (image, fd, 320);
}

static CsCutout *
cut_out (CsImage *image,
         GError **error)
{
  return dex_await_boxed (ask_cut_out (image), error);
}

static GdkPixbuf *
read_mask (CsCutout *cutout)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (cutout->mask);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *mask = gdk_pixbuf_new_from_stream (stream, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (mask), ==, cutout->width);
  g_assert_cmpint (gdk_pixbuf_get_height (mask), ==, cutout->height);

  return mask;
}

static int
mask_at (GdkPixbuf *mask,
         double     x,
         double     y)
{
  return gdk_pixbuf_get_pixels (mask)[(int) (y * gdk_pixbuf_get_height (mask)) * gdk_pixbuf_get_rowstride (mask) +
                                      (int) (x * gdk_pixbuf_get_width (mask)) * gdk_pixbuf_get_n_channels (mask)];
}

static double
mask_share (GdkPixbuf *mask)
{
  int    width = gdk_pixbuf_get_width (mask), height = gdk_pixbuf_get_height (mask);
  double sum = 0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      sum += mask_at (mask, (x + 0.5) / width, (y + 0.5) / height) / 255.0;

  return sum / width / height;
}

static void
assert_thing (CsCutout *cutout)
{
  g_autoptr (GdkPixbuf) mask = read_mask (cutout);

  g_assert_true (cutout->sure);
  g_assert_cmpint (mask_at (mask, 0.5, 0.5), >, 240);
  g_assert_cmpint (mask_at (mask, 0.3, 0.3), >, 240);
  g_assert_cmpint (mask_at (mask, 0.1, 0.5), <, 15);
  g_assert_cmpint (mask_at (mask, 0.5, 0.9), <, 15);
  g_assert_cmpfloat_with_epsilon (mask_share (mask), 0.25, 0.02);
}

static void
test_cut_out (void)
{
  const CsOnnx good[] = { CS_ONNX_DARK, CS_ONNX_DARK_HALF, CS_ONNX_DARK_ANY };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (CsImage) image = new_image (cs_onnx_test_open (good[i], SIDE));
      g_autoptr (GError) error = NULL;
      g_autoptr (CsCutout) cutout = cut_out (image, &error);
      g_autoptr (CsCutout) again = cut_out (image, NULL);

      g_assert_no_error (error);
      g_assert_cmpint (cutout->width, ==, 320);
      g_assert_cmpint (cutout->height, ==, 240);
      assert_thing (cutout);
      g_assert_cmpstr (cutout->hash, ==, again->hash);
    }
}

/* What the profile tells counts more than what the model looks like */
static void
test_profile (void)
{
  g_autoptr (CsImage) image = new_image (cs_onnx_test_open (CS_ONNX_DARK_LOGITS, SIDE));
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCutout) refused = cut_out (image, &error);
  g_autoptr (CsCutout) cutout = NULL;

  g_assert_null (refused);
  g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);
  g_clear_error (&error);

  cs_image_set_network (image, cs_onnx_test_open (CS_ONNX_DARK_LOGITS, SIDE), "{\"output\":\"sigmoid\"}");
  cutout = cut_out (image, &error);
  g_assert_no_error (error);
  assert_thing (cutout);
}

/* Trousers on a floor, which shows between the legs */
static void
test_photo (void)
{
  g_autofree char *model = cs_image_test_shared ("models/u2netp.onnx");
  g_autofree char *photo = cs_image_test_shared ("photos/Pants_735b2cb6-8cd8-4103-8e8e-85888a6acb71.jpg");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsImage) image = NULL;
  g_autoptr (CsCutout) cutout = NULL;
  g_autoptr (GdkPixbuf) mask = NULL;
  g_autofd int fd = -1;

  if (model == NULL || photo == NULL)
    {
      g_test_skip ("no network and photos are shared beside this checkout");
      return;
    }

  fd = open (photo, O_RDONLY | O_CLOEXEC);
  image = new_image (open (model, O_RDONLY | O_CLOEXEC));
  cutout = dex_await_boxed (cs_image_cut_out (image, fd, 0), &error);
  g_assert_no_error (error);
  g_assert_true (cutout->sure);
  g_assert_null (cutout->sentence);

  mask = read_mask (cutout);
  g_test_message ("%d × %d, share %.3f", cutout->width, cutout->height, mask_share (mask));
  g_assert_cmpint (mask_at (mask, 0.6, 0.2), >, 240);
  g_assert_cmpint (mask_at (mask, 0.3, 0.8), >, 240);
  g_assert_cmpint (mask_at (mask, 0.77, 0.8), >, 240);
  g_assert_cmpint (mask_at (mask, 0.55, 0.8), <, 15);
  g_assert_cmpint (mask_at (mask, 0.02, 0.02), <, 15);
  g_assert_cmpint (mask_at (mask, 0.98, 0.5), <, 15);
  g_assert_cmpfloat (mask_share (mask), >, 0.25);
  g_assert_cmpfloat (mask_share (mask), <, 0.45);
}

/* What the process itself is told by the kernel; what it may do is tried in test-sandbox.c */
static void
test_closed_in (void)
{
  g_autoptr (CsImage) image = new_image (cs_onnx_test_open (CS_ONNX_DARK, SIDE));
  g_autoptr (CsCutout) cutout = cut_out (image, NULL);
  g_autoptr (GArray) pids = cs_image_test_helpers (NETWORK);
  g_autofree char *proc = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (cutout);
  g_assert_cmpuint (pids->len, ==, 1);
  proc = g_strdup_printf ("/proc/%d", g_array_index (pids, int, 0));

  path = g_build_filename (proc, "status", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "NoNewPrivs:\t1"));
  g_assert_nonnull (strstr (text, "Seccomp:\t2"));

#ifndef __SANITIZE_ADDRESS__ /* where there is no limit */
  {
    guint64     half = (guint64) sysconf (_SC_PHYS_PAGES) * sysconf (_SC_PAGESIZE) / 2;
    const char *line;

    g_clear_pointer (&path, g_free);
    g_clear_pointer (&text, g_free);
    path = g_build_filename (proc, "limits", NULL);
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_assert_nonnull (line = strstr (text, "Max data size"));
    g_assert_cmpuint (g_ascii_strtoull (line + strlen ("Max data size"), NULL, 10), >, 0);
    g_assert_cmpuint (g_ascii_strtoull (line + strlen ("Max data size"), NULL, 10), <=, MAX (half, 1u << 30));
  }
#endif
}

static void
test_none (void)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (cut_out (image, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

/* A file of the seller's, tried before it is taken */
static void
assert_refused (int         model,
                const char *what,
                const char *sentence)
{
  g_autoptr (CsImage) image = new_image (-1);
  g_autoptr (GError) error = NULL;
  g_autofd int fd = model;

  g_assert_false (dex_await (cs_image_try_network (image, fd, NULL), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);
  g_test_message ("%s: %s", what, error->message);
  g_assert_nonnull (strstr (error->message, sentence));
}

static int
open_bytes (gconstpointer data,
            gsize         length)
{
  int fd = memfd_create ("bytes", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, data, length), ==, length);

  return fd;
}

static void
test_try_good (void)
{
  const CsOnnx good[] = { CS_ONNX_DARK, CS_ONNX_DARK_HALF, CS_ONNX_DARK_ANY, CS_ONNX_PALE };
  g_autoptr (CsImage) image = new_image (-1);
  g_autofree char *shared = cs_image_test_shared ("models/u2netp.onnx");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofd int fd = cs_onnx_test_open (good[i], SIDE);

      g_assert_true (dex_await (cs_image_try_network (image, fd, NULL), &error));
      g_assert_no_error (error);
    }

  if (shared != NULL)
    {
      g_autofd int fd = open (shared, O_RDONLY | O_CLOEXEC);

      g_assert_true (dex_await (cs_image_try_network (image, fd, NULL), &error));
      g_assert_no_error (error);
    }
}

static void
test_try_bad (void)
{
  static const struct
  {
    CsOnnx      kind;
    const char *what;
  } bad[] = {
    { CS_ONNX_FLAT, "flat" },
    { CS_ONNX_COLOURS, "colours" },
    { CS_ONNX_NUMBERS, "numbers" },
    { CS_ONNX_GREY, "grey" },
    { CS_ONNX_TWO, "two" },
    { CS_ONNX_INTEGERS, "integers" },
    { CS_ONNX_NAN, "no number" },
  };
  static const char text[] = "This is a shopping list: eggs, milk, bread.";
  g_autoptr (GBytes) whole = cs_onnx_test_new (CS_ONNX_DARK, SIDE);
  const guint8 *data = g_bytes_get_data (whole, NULL);
  gsize         length = g_bytes_get_size (whole);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (cs_onnx_test_open (bad[i].kind, SIDE), bad[i].what, "finds products");
  assert_refused (cs_onnx_test_open (CS_ONNX_DARK, 4), "too small", "finds products");
  assert_refused (cs_onnx_test_open (CS_ONNX_DARK, 100000), "too large", "finds products");

  /* It would find its numbers there, were it let open the file */
  assert_refused (cs_onnx_test_open (CS_ONNX_OUTSIDE, SIDE), "outside", "not ONNX");

  assert_refused (open_bytes (text, sizeof text), "text", "not ONNX");
  assert_refused (open_bytes (NULL, 0), "empty", "not ONNX");
  assert_refused (open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "a folder", "not ONNX");
  assert_refused (open ("/dev/zero", O_RDONLY | O_CLOEXEC), "a device", "not ONNX");
  assert_refused (cs_image_test_open (folder, "good.jpg"), "a photo", "not ONNX");
  for (gsize part = 1; part < 8; part++)
    assert_refused (open_bytes (data, length * part / 8), "cut short", "not ONNX");
}

static void
test_try_cut_short (void)
{
  g_autofree char *path = cs_image_test_shared ("models/u2netp.onnx");
  g_autofree char *data = NULL;
  gsize            length;

  if (path == NULL)
    {
      g_test_skip ("no network is shared beside this checkout");
      return;
    }

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  assert_refused (open_bytes (data, length - 1000), "cut short", "not ONNX");
  assert_refused (open_bytes (data, length / 2), "cut short", "not ONNX");
}

/* Models that do harm: the time ends, or the memory, and the next photo is served */
static void
assert_survived (CsOnnx kind,
                 guint  msec)
{
  g_autoptr (CsImage) image = new_image (cs_onnx_test_open (kind, SIDE));
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCutout) cutout = NULL;
  g_autofd int fd = cs_onnx_test_open (kind, SIDE);
  gint64       begun = g_get_monotonic_time ();

  cs_image_set_timeout (image, msec);
  g_assert_null (cut_out (image, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);
  g_test_message ("%s", error->message);
  g_clear_error (&error);

  g_assert_false (dex_await (cs_image_try_network (image, fd, NULL), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);
  g_test_message ("%s", error->message);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 3 * (gint64) msec * 1000 + 20 * G_USEC_PER_SEC);
  g_clear_error (&error);

  cs_image_set_timeout (image, PATIENCE_MSEC);
  cs_image_set_network (image, cs_onnx_test_open (CS_ONNX_DARK, SIDE), NULL);
  cutout = cut_out (image, &error);
  g_assert_no_error (error);
  assert_thing (cutout);
}

static void
test_endless (void)
{
  assert_survived (CS_ONNX_ENDLESS, 5000);
}

static void
test_growing (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the checker wants more memory than a helper is let have");
#else
  struct rlimit before, little;

  /* Half of the machine's memory would take its time */
  g_assert_cmpint (getrlimit (RLIMIT_DATA, &before), ==, 0);
  little = before;
  little.rlim_cur = 1024 * 1024 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_DATA, &little), ==, 0);
  assert_survived (CS_ONNX_GROWING, PATIENCE_MSEC);
  g_assert_cmpint (setrlimit (RLIMIT_DATA, &before), ==, 0);
#endif
}

static void
test_huge (void)
{
  assert_survived (CS_ONNX_HUGE, PATIENCE_MSEC);
}

/* Killed at the second of four: that one is lost, and no other */
static void
test_killed (void)
{
  g_autoptr (CsImage) image = new_image (cs_onnx_test_open (CS_ONNX_DARK, SIDE));
  g_autoptr (CsCutout) first = cut_out (image, NULL);
  DexFuture *futures[3];
  guint      lost = 0;

  g_assert_nonnull (first);
  cs_image_test_signal_helpers (NETWORK, SIGSTOP);
  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    futures[i] = ask_cut_out (image);
  dex_await (dex_timeout_new_msec (2000), NULL);
  cs_image_test_signal_helpers (NETWORK, SIGKILL);

  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CsCutout) cutout = dex_await_boxed (futures[i], &error);

      if (cutout != NULL)
        {
          assert_thing (cutout);
          continue;
        }
      g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);
      g_test_message ("%s", error->message);
      lost++;
    }

  g_assert_cmpuint (lost, ==, 1);
}

static void
test_hung (void)
{
  g_autoptr (CsImage) image = new_image (cs_onnx_test_open (CS_ONNX_DARK, SIDE));
  g_autoptr (CsCutout) before = cut_out (image, NULL);
  g_autoptr (CsCutout) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (before);
  cs_image_set_timeout (image, 10000);
  cs_image_test_signal_helpers (NETWORK, SIGSTOP);
  g_assert_null (cut_out (image, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (error->message, "too long"));
  g_clear_error (&error);

  cs_image_set_timeout (image, PATIENCE_MSEC);
  after = cut_out (image, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after->hash, ==, before->hash);
}

/* Killed while it is idle: nobody notices */
static void
test_killed_idle (void)
{
  g_autoptr (CsImage) image = new_image (cs_onnx_test_open (CS_ONNX_DARK, SIDE));

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CsCutout) cutout = cut_out (image, &error);

      g_assert_no_error (error);
      assert_thing (cutout);
      cs_image_test_signal_helpers (NETWORK, SIGKILL);
      dex_await (dex_timeout_new_msec (100), NULL);
    }
}

/* A batch goes on under another network, or ends where there is none any more */
static void
test_switched (void)
{
  g_autoptr (CsImage) image = new_image (cs_onnx_test_open (CS_ONNX_DARK, SIDE));
  DexFuture *futures[9];
  g_autoptr (GError) error = NULL;
  guint dark = 0, pale = 0;

  for (guint i = 0; i + 1 < G_N_ELEMENTS (futures); i++)
    futures[i] = ask_cut_out (image);
  g_assert_true (dex_await (dex_ref (futures[0]), NULL));
  cs_image_set_network (image, cs_onnx_test_open (CS_ONNX_PALE, SIDE), NULL);
  /* On a busy machine all the others may be through by now */
  futures[G_N_ELEMENTS (futures) - 1] = ask_cut_out (image);

  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    {
      g_autoptr (CsCutout) cutout = dex_await_boxed (futures[i], &error);
      g_autoptr (GdkPixbuf) mask = NULL;

      g_assert_no_error (error);
      mask = read_mask (cutout);
      if (mask_at (mask, 0.5, 0.5) > 128)
        dark++;
      else
        pale++;
    }

  g_assert_cmpuint (dark, >, 0);
  g_assert_cmpuint (pale, >, 0);

  futures[0] = ask_cut_out (image);
  cs_image_set_network (image, -1, NULL);
  g_assert_null (dex_await_boxed (futures[0], &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

static void
test_dropped (void)
{
  g_autoptr (CsImage) image = new_image (cs_onnx_test_open (CS_ONNX_DARK, SIDE));
  g_autoptr (GError) error = NULL;
  DexFuture *futures[40];
  g_autoptr (CsCutout) last = NULL;
  guint before;

  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    futures[i] = ask_cut_out (image);
  dex_await (dex_timeout_new_msec (50), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    dex_unref (futures[i]);

  last = cut_out (image, &error);
  g_assert_no_error (error);
  assert_thing (last);

  /* What is left of them are neither descriptors nor helpers */
  before = cs_image_test_count_fds ();
  for (guint i = 0; i < 5; i++)
    {
      g_autofd int fd = cs_onnx_test_open (CS_ONNX_ENDLESS, SIDE);
      g_autoptr (DexFuture) trial = cs_image_try_network (image, fd, NULL);

      dex_await (dex_timeout_new_msec (200 * i), NULL);
    }
  for (guint i = 0; i < 100 && cs_image_test_count_helpers (NETWORK) > 1; i++)
    dex_await (dex_timeout_new_msec (50), NULL);
  g_assert_cmpuint (cs_image_test_count_helpers (NETWORK), <=, 1);
  g_assert_cmpuint (cs_image_test_count_fds (), <=, before + 1);

  g_clear_object (&image);
  cs_image_test_wait_until_no_helpers ();
}

static void
test_missing (void)
{
  g_autoptr (CsImage) image = new_image (cs_onnx_test_open (CS_ONNX_DARK, SIDE));
  g_autoptr (GError) error = NULL;
  g_autofree char *helper = g_strdup (g_getenv ("CS_NETWORK_HELPER"));
  g_autofree char *examined = NULL;
  const char      *wrong[] = { "/nonexistent/helper", "/bin/true" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_setenv ("CS_NETWORK_HELPER", wrong[i], TRUE);
      g_assert_null (cut_out (image, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
      g_clear_error (&error);
    }

  examined = dex_await_string (cs_image_examine (image), &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (examined, "\"network\":\"\""));
  g_setenv ("CS_NETWORK_HELPER", helper, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  folder = cs_image_test_make_files ();
  thing = make_thing ();

  cs_test_add_fiber ("/image/network/cut-out", test_cut_out);
  cs_test_add_fiber ("/image/network/profile", test_profile);
  cs_test_add_fiber ("/image/network/photo", test_photo);
  cs_test_add_fiber ("/image/network/closed-in", test_closed_in);
  cs_test_add_fiber ("/image/network/none", test_none);
  cs_test_add_fiber ("/image/network/try-good", test_try_good);
  cs_test_add_fiber ("/image/network/try-bad", test_try_bad);
  cs_test_add_fiber ("/image/network/try-cut-short", test_try_cut_short);
  cs_test_add_fiber ("/image/network/endless", test_endless);
  cs_test_add_fiber ("/image/network/growing", test_growing);
  cs_test_add_fiber ("/image/network/huge", test_huge);
  cs_test_add_fiber ("/image/network/killed", test_killed);
  cs_test_add_fiber ("/image/network/hung", test_hung);
  cs_test_add_fiber ("/image/network/killed-idle", test_killed_idle);
  cs_test_add_fiber ("/image/network/switched", test_switched);
  cs_test_add_fiber ("/image/network/dropped", test_dropped);
  cs_test_add_fiber ("/image/network/missing", test_missing);
  result = g_test_run ();

  cs_image_test_remove_files (folder);
  g_free (thing);

  return result;
}
