/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture work, each part beside the least that it could take or the best
 * that there is otherwise, in the same run: thumbnails against libjpeg-turbo's
 * scaled decode alone and against vipsthumbnail, the cut-out against the bare
 * ONNX Runtime session, a slider's step against a bare redraw. The network and
 * a real product come from the folder that CS_SHARED names.
 */

#include "config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "cs-bench-photos.h"
#include "cs-bench-session.h"
#include "cs-fd.h"

#define N_PHOTOS 100
#define N_ROUNDS 5
#define N_RUNS   5
#define N_STEPS  20

/* As the program asks for them */
#define MASK_SIDE 1600
#define PANE_SIDE 1000

/* As far as the kernel tells names */
#define HELPER  "countersign-ima"
#define NETWORK "countersign-net"

typedef struct
{
  CsImage *image;
  char    *model; /* path, or NULL */
  int      photos[G_N_ELEMENTS (cs_bench_sizes)];
} Bench;

static double
seconds_since (gint64 begun)
{
  return (g_get_monotonic_time () - begun) / 1e6;
}

/* Both of an array are sorted by time: the middle one is not the machine's */
static int
compare_seconds (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *seconds,
        guint   n)
{
  qsort (seconds, n, sizeof *seconds, compare_seconds);

  return seconds[n / 2];
}

static gpointer
await_or_die (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  gpointer boxed = dex_await_boxed (future, &error);

  if (boxed == NULL)
    g_error ("%s", error->message);

  return boxed;
}

/* --- Thumbnails ---------------------------------------------------------- */

/* As many of them as there are cores, each with its part of the photos */
static double
measure_vips (char **paths)
{
  guint            n = g_strv_length (paths), n_cores = g_get_num_processors ();
  g_autofree char *folder = g_dir_make_tmp ("countersign-bench-XXXXXX", NULL);
  g_autofree char *output = g_strconcat (folder, "/%s.jpg", NULL);
  g_autoptr (GPtrArray) running = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 begun = g_get_monotonic_time ();

  for (guint core = 0; core < n_cores; core++)
    {
      g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
      g_autoptr (GPtrArray) argv = g_ptr_array_new ();
      GSubprocess *vips;

      g_ptr_array_add (argv, (gpointer) "vipsthumbnail");
      g_ptr_array_add (argv, (gpointer) "--size=512");
      g_ptr_array_add (argv, (gpointer) "-o");
      g_ptr_array_add (argv, output);
      for (guint i = core; i < n; i += n_cores)
        g_ptr_array_add (argv, paths[i]);
      g_ptr_array_add (argv, NULL);
      g_subprocess_launcher_setenv (launcher, "VIPS_CONCURRENCY", "1", TRUE);
      if (!(vips = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, NULL)))
        return 0;
      g_ptr_array_add (running, vips);
    }

  for (guint i = 0; i < running->len; i++)
    g_subprocess_wait (running->pdata[i], NULL, NULL);

  {
    g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", folder);
    double           seconds = seconds_since (begun);

    g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL);

    return seconds;
  }
}

/* By turns, a few photos at a time, and the middle of the ratios: what else the
 * machine does meets all three alike
 */
static void
bench_thumbnails (Bench             *bench,
                  const CsBenchSize *size)
{
  g_auto (GStrv) paths = cs_bench_photos_make (size, N_PHOTOS / N_ROUNDS);
  double of_bare[N_ROUNDS], of_vips[N_ROUNDS], ours[N_ROUNDS], vips = 0;

  for (int round = 0; round < N_ROUNDS; round++)
    {
      double bare = cs_bench_photos_decode (paths);

      ours[round] = cs_bench_photos_inspect (bench->image, paths);
      vips = measure_vips (paths);
      of_bare[round] = ours[round] / bare;
      of_vips[round] = ours[round] / vips;
    }

  g_print ("thumbnails, %d photos of %s: %.1f ms a photo; %.2f of the bare 1/8 decode (aim: 1.25)", N_PHOTOS, size->name,
           median (ours, N_ROUNDS) * 1000 * N_ROUNDS / N_PHOTOS, median (of_bare, N_ROUNDS));
  if (vips > 0)
    g_print (", %.2f of vipsthumbnail\n", median (of_vips, N_ROUNDS));
  else
    g_print ("; vipsthumbnail is not installed\n");
}

/* --- Cut-out ------------------------------------------------------------- */

static int
open_model (Bench *bench)
{
  return open (bench->model, O_RDONLY | O_CLOEXEC);
}

static double
measure_session (Bench  *bench,
                 double *peak)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *told = NULL;
  char            *end = NULL;
  double           seconds;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                              "/proc/self/exe", "--session", bench->model, "2", NULL);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &told, NULL, NULL) || *told == '\0')
    g_error ("the bare session failed");

  seconds = g_ascii_strtod (told, &end);
  *peak = g_ascii_strtod (end, NULL);

  return seconds;
}

static double
measure_cut_out (Bench *bench,
                 int    photo,
                 int    max_side)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (CsCutout) cutout = await_or_die (cs_image_cut_out (bench->image, photo, max_side));

  return seconds_since (begun);
}

/* By turns again, and each beside its own bare session */
static void
bench_cut_out_of (Bench *bench,
                  guint  which)
{
  double seconds[N_RUNS], of_bare[N_RUNS], full[N_RUNS], bares[N_RUNS], peak = 0;

  for (guint i = 0; i < N_RUNS; i++)
    {
      bares[i] = measure_session (bench, &peak);
      seconds[i] = measure_cut_out (bench, bench->photos[which], MASK_SIDE);
      full[i] = measure_cut_out (bench, bench->photos[which], 0);
      of_bare[i] = seconds[i] / bares[i];
    }

  g_print ("cut-out of %s, from the file to a mask of %d px: %.0f ms, %.2f of the bare session (%.0f ms, %.0f MB); at full size: %.0f ms\n",
           cs_bench_sizes[which].name, MASK_SIDE, median (seconds, N_RUNS) * 1000, median (of_bare, N_RUNS),
           median (bares, N_RUNS) * 1000, peak, median (full, N_RUNS) * 1000);
}

static void
bench_cut_out (Bench *bench)
{
  gint64 begun = g_get_monotonic_time ();

  cs_image_set_network (bench->image, open_model (bench), NULL);
  measure_cut_out (bench, bench->photos[0], MASK_SIDE);
  g_print ("the first cut-out, with starting the helper and taking the network in: %.0f ms\n", seconds_since (begun) * 1000);

  for (guint i = 0; i < G_N_ELEMENTS (cs_bench_sizes); i++)
    bench_cut_out_of (bench, i);
  g_print ("largest network helper: %.0f MB\n", cs_bench_peak (NETWORK));
}

/* --- The suggested picture ------------------------------------------------ */

static int
open_mask (Bench *bench,
           int    photo)
{
  g_autoptr (CsCutout) cutout = await_or_die (cs_image_cut_out (bench->image, photo, MASK_SIDE));

  return cs_fd_from_bytes (cutout->mask, NULL);
}

static void
bench_whole (Bench *bench)
{
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  double            seconds[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      gint64       begun = g_get_monotonic_time ();
      g_autofd int mask = open_mask (bench, bench->photos[1]);
      g_autoptr (CsPicture) picture = NULL;

      picture = await_or_die (cs_image_improve (bench->image, &(CsPictureInput){ bench->photos[1], mask, -1 }, &settings));
      seconds[i] = seconds_since (begun);
    }

  g_print ("a suggested picture of %s, cut out, lit, framed, saved and measured: %.0f ms\n",
           cs_bench_sizes[1].name, median (seconds, N_RUNS) * 1000);
}

/* --- Sliders --------------------------------------------------------------- */

/* Pixels on to a window's own: the least that a step of anything takes */
static double
measure_redraw (CsPixels *pixels)
{
  cairo_surface_t *window = cairo_image_surface_create (CAIRO_FORMAT_RGB24, pixels->width, pixels->height);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, pixels->width, pixels->height);
  int              channels = pixels->has_alpha ? 4 : 3;
  const guint8    *data = g_bytes_get_data (pixels->bytes, NULL);
  guint8          *out = cairo_image_surface_get_data (surface);
  gint64           begun = g_get_monotonic_time ();
  cairo_t         *cr = cairo_create (window);
  double           seconds;

  for (int y = 0; y < pixels->height; y++)
    {
      const guint8 *in = data + (gsize) y * pixels->stride;
      guint32      *row = (guint32 *) (gpointer) (out + (gsize) y * cairo_image_surface_get_stride (surface));

      for (int x = 0; x < pixels->width; x++, in += channels)
        row[x] = in[0] << 16 | in[1] << 8 | in[2];
    }
  cairo_surface_mark_dirty (surface);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_surface_flush (window);
  seconds = seconds_since (begun);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (window);

  return seconds;
}

static void
bench_sliders (Bench *bench)
{
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  g_autofd int      mask = open_mask (bench, bench->photos[0]);
  double            steps[N_STEPS], redraws[N_STEPS];
  gint64            begun = g_get_monotonic_time ();
  double            first = 0;

  for (guint i = 0; i <= N_STEPS; i++)
    {
      g_autoptr (CsPixels) pixels = NULL;

      settings.polish = (double) i / N_STEPS;
      settings.air = 1 - settings.polish;
      begun = g_get_monotonic_time ();
      pixels = await_or_die (cs_image_preview (bench->image,
                                               &(CsPictureInput){ bench->photos[0], mask, -1, NULL, "bench" },
                                               &settings, PANE_SIDE));
      if (i == 0)
        first = seconds_since (begun);
      else
        steps[i - 1] = seconds_since (begun);
      if (i > 0)
        redraws[i - 1] = measure_redraw (pixels);
    }

  g_print ("a slider's step on %s at %d px: %.1f ms (the first %.0f ms), %.1f of a bare redraw\n", cs_bench_sizes[0].name,
           PANE_SIDE, median (steps, N_STEPS) * 1000, first * 1000, median (steps, N_STEPS) / median (redraws, N_STEPS));
}

/* --- Memory ---------------------------------------------------------------- */

/* What one child or we ourselves hold now, in megabytes */
static double
held (const char *entry,
      gboolean   *is_helper)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", entry);
  g_autofree char *parent = g_strdup_printf ("\nPPid:\t%d\n", getpid ());
  g_autofree char *status = NULL;
  const char      *line;

  *is_helper = FALSE;
  if (!g_file_get_contents (path, &status, NULL, NULL) || !(line = strstr (status, "\nRssAnon:")))
    return 0;
  if (strstr (status, parent) == NULL && atoi (entry) != getpid ())
    return 0;

  *is_helper = g_str_has_prefix (status, "Name:\t" HELPER);

  return g_ascii_strtod (line + strlen ("\nRssAnon:"), NULL) / 1024;
}

/* One reading of all of us */
static void
sample (guint  *n_helpers,
        double *sum)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *entry;
  double      now = 0;
  guint       n = 0;

  while ((entry = g_dir_read_name (proc)))
    {
      gboolean is_helper;

      if (!g_ascii_isdigit (*entry))
        continue;
      now += held (entry, &is_helper);
      n += is_helper;
    }

  *n_helpers = MAX (*n_helpers, n);
  *sum = MAX (*sum, now);
}

static DexFuture *
picture_fiber (gpointer data)
{
  Bench            *bench = data;
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  g_autofd int      mask = open_mask (bench, bench->photos[1]);
  g_autoptr (CsPicture) picture = NULL;

  picture = await_or_die (cs_image_improve (bench->image, &(CsPictureInput){ bench->photos[1], mask, -1 }, &settings));

  return dex_future_new_true ();
}

/* Sixteen at once, as a batch asks. A helper holds the photo that it is at and
 * none else; what lies decoded for the network is counted by CsImage. So the
 * helpers are counted, and the memory of all is read while they work.
 */
static gboolean
bench_memory (Bench *bench)
{
  DexFuture *futures[16];
  double     sum = 0, photo = cs_bench_sizes[1].width * cs_bench_sizes[1].height * 3.0 / (1024 * 1024);
  guint      n_helpers = 0;

  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    futures[i] = dex_scheduler_spawn (NULL, 0, picture_fiber, bench, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    {
      while (dex_future_is_pending (futures[i]))
        {
          sample (&n_helpers, &sum);
          dex_await (dex_timeout_new_msec (10), NULL);
        }
      dex_unref (futures[i]);
    }

  g_print ("%zu pictures of %s asked for at once: %u helpers, so %u photos decoded at most, and %u on the way to the network"
           " (limit: 4 together); all of them held %.0f MB at most, the network with it (a decoded photo is %.0f MB)\n",
           G_N_ELEMENTS (futures), cs_bench_sizes[1].name, n_helpers, n_helpers, 4 - MIN (n_helpers, 4), sum, photo);
  g_print ("largest picture helper in all of this: %.0f MB\n", cs_bench_peak (HELPER));

  return n_helpers < 4;
}

/* --------------------------------------------------------------------------- */

/* A real product at the size of a camera's photo, with a camera's grain */
static int
open_product (const CsBenchSize *size)
{
  g_autofree char *from = cs_bench_shared ("photos/Pants_735b2cb6-8cd8-4103-8e8e-85888a6acb71.jpg");
  g_autofree char *folder = cs_bench_photos_folder ();
  g_autofree char *path = g_strdup_printf ("%s/product-%d.jpg", folder, size->width);
  g_autoptr (GdkPixbuf) small = NULL;
  g_autoptr (GdkPixbuf) large = NULL;
  guint32 seed = 1;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      if (from == NULL || !(small = gdk_pixbuf_new_from_file (from, NULL)))
        return -1;
      large = gdk_pixbuf_scale_simple (small, size->height, size->width, GDK_INTERP_BILINEAR);
      for (guint8 *p = gdk_pixbuf_get_pixels (large); p < gdk_pixbuf_get_pixels (large) + gdk_pixbuf_get_byte_length (large); p++)
        {
          seed = seed * 1664525 + 1013904223;
          *p = CLAMP (*p + (int) (seed >> 24) % 13 - 6, 0, 255);
        }
      gdk_pixbuf_save (large, path, "jpeg", NULL, "quality", "90", NULL);
    }

  return open (path, O_RDONLY | O_CLOEXEC);
}

static DexFuture *
bench_fiber (gpointer data)
{
  Bench   *bench = data;
  gboolean bounded = TRUE;
  g_autoptr (GError) error = NULL;
  g_autofree char *started = dex_await_string (cs_image_examine (bench->image), &error);

  if (started == NULL)
    g_error ("%s", error->message);

  for (guint i = 0; i < G_N_ELEMENTS (cs_bench_sizes); i++)
    bench_thumbnails (bench, &cs_bench_sizes[i]);
  g_print ("largest picture helper so far: %.0f MB\n", cs_bench_peak (HELPER));

  if (bench->model == NULL || bench->photos[0] < 0)
    {
      g_print ("no cut-outs: CS_SHARED names no folder with models/u2netp.onnx and photos\n");
      return dex_future_new_true ();
    }

  bench_cut_out (bench);
  bench_whole (bench);
  bench_sliders (bench);
  bounded = bench_memory (bench);

  return dex_future_new_for_boolean (bounded);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { 0 };
  g_autoptr (DexFuture) future = NULL;
  gboolean bounded;

  if (argc == 4 && g_str_equal (argv[1], "--session"))
    return cs_bench_session (argv[2], atoi (argv[3]));

  dex_init ();
  bench.image = cs_image_new ();
  bench.model = cs_bench_shared ("models/u2netp.onnx");
  for (guint i = 0; i < G_N_ELEMENTS (cs_bench_sizes); i++)
    bench.photos[i] = open_product (&cs_bench_sizes[i]);

  future = dex_scheduler_spawn (NULL, 0, bench_fiber, &bench, NULL);
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  bounded = dex_await_boolean (g_steal_pointer (&future), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cs_bench_sizes); i++)
    g_clear_fd (&bench.photos[i], NULL);
  g_clear_object (&bench.image);
  g_free (bench.model);

  return bounded ? 0 : 1;
}
