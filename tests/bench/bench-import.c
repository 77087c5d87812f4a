/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast photos come in: CsImage looking at each one (hash, thumbnail,
 * likeness, metadata) against the bare scaled decode by libjpeg-turbo, on as
 * many threads as there are cores. The photos are made here, of the size and
 * weight that phones and cameras write.
 */

#include "config.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <jpeglib.h>

#include "cs-image.h"

#define N_PHOTOS  40
#define N_MASTERS 4
#define N_ROUNDS  3

typedef struct
{
  const char *name;
  int         width;
  int         height;
  gsize       weight;
} Size;

static const Size sizes[] = {
  { "12 megapixels", 4000, 3000, 3900000 },
  { "24 megapixels", 6000, 4000, 4600000 },
};

typedef struct
{
  char **paths;
  int    next;
} Queue;

/* Soft shapes with grain: what a camera sees, as far as a decoder is concerned */
static void
paint_row (guint8     *row,
           const Size *size,
           int         y,
           double      grain,
           guint32    *seed)
{
  for (int x = 0; x < size->width * 3; x++)
    {
      double u = (double) (x / 3) / size->width, v = (double) y / size->height;
      double soft = 128 + 60 * sin (u * 9 + v * 5 + x % 3) + 40 * sin (v * 23) * sin (u * 31);

      *seed = *seed * 1664525 + 1013904223;
      row[x] = CLAMP (soft + grain * ((*seed >> 16) / 32768.0 - 1), 0, 255);
    }
}

static GBytes *
make_photo (const Size *size,
            int         height,
            double      grain,
            guint32     seed)
{
  struct jpeg_compress_struct jpeg = { 0 };
  struct jpeg_error_mgr       errors;
  g_autofree guint8          *row = g_malloc_n (size->width, 3);
  unsigned char              *data = NULL;
  unsigned long               length = 0;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &length);
  jpeg.image_width = size->width;
  jpeg.image_height = height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, 90, TRUE);
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height)
    {
      JSAMPROW rows[] = { row };

      paint_row (row, size, jpeg.next_scanline, grain, &seed);
      jpeg_write_scanlines (&jpeg, rows, 1);
    }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);

  return g_bytes_new_with_free_func (data, length, free, data);
}

/* The grain that gives the wanted weight, found on a strip */
static double
find_grain (const Size *size)
{
  double low = 0, high = 60;

  for (int i = 0; i < 8; i++)
    {
      double grain = (low + high) / 2;
      g_autoptr (GBytes) strip = make_photo (size, size->height / 16, grain, 1);

      if (g_bytes_get_size (strip) * 16 < size->weight)
        low = grain;
      else
        high = grain;
    }

  return low;
}

static char **
make_photos (const Size *size,
             const char *folder)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_autoptr (GPtrArray) masters = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  double grain = find_grain (size);

  for (guint i = 0; i < N_MASTERS; i++)
    g_ptr_array_add (masters, make_photo (size, size->height, grain, i + 1));

  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();
      g_autofree char *path = g_strdup_printf ("%s/%d-%u.jpg", folder, size->width, i);
      gsize            length;
      gconstpointer    data = g_bytes_get_data (masters->pdata[i % N_MASTERS], &length);

      /* What follows the end of the picture makes each file one of its own */
      g_byte_array_append (file, data, length);
      g_byte_array_append (file, (const guint8 *) &i, sizeof i);
      g_file_set_contents (path, (const char *) file->data, file->len, NULL);
      g_strv_builder_add (paths, path);
    }

  return g_strv_builder_end (paths);
}

static void
decode_bare (const char *path)
{
  struct jpeg_decompress_struct jpeg = { 0 };
  struct jpeg_error_mgr         errors;
  g_autofree char              *data = NULL;
  g_autofree guint8            *row = NULL;
  gsize                         length;

  g_file_get_contents (path, &data, &length, NULL);
  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_decompress (&jpeg);
  jpeg_mem_src (&jpeg, (const guint8 *) data, length);
  jpeg_read_header (&jpeg, TRUE);
  jpeg.scale_num = 1;
  jpeg.scale_denom = 8;
  jpeg_start_decompress (&jpeg);
  row = g_malloc_n (jpeg.output_width, 3);
  while (jpeg.output_scanline < jpeg.output_height)
    {
      JSAMPROW rows[] = { row };

      jpeg_read_scanlines (&jpeg, rows, 1);
    }
  jpeg_destroy_decompress (&jpeg);
}

static gpointer
bare_thread (gpointer data)
{
  Queue *queue = data;
  int    i;

  while ((i = g_atomic_int_add (&queue->next, 1)) < N_PHOTOS)
    decode_bare (queue->paths[i]);

  return NULL;
}

static double
measure_bare (char **paths)
{
  Queue  queue = { paths, 0 };
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  for (guint i = 0; i < g_get_num_processors (); i++)
    g_ptr_array_add (threads, g_thread_new ("bare", bare_thread, &queue));
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);

  return (g_get_monotonic_time () - begun) / 1e6;
}

/* The largest that a helper has been, in megabytes */
static double
peak_memory (void)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name;
  double      peak = 0;

  while ((name = g_dir_read_name (proc)))
    {
      g_autofree char *path = g_strdup_printf ("/proc/%s/status", name);
      g_autofree char *parent = g_strdup_printf ("\nPPid:\t%d\n", getpid ());
      g_autofree char *status = NULL;
      const char      *line;

      if (g_file_get_contents (path, &status, NULL, NULL) && strstr (status, parent) != NULL &&
          (line = strstr (status, "\nVmHWM:")) != NULL)
        peak = MAX (peak, g_ascii_strtod (line + 7, NULL) / 1024);
    }

  return peak;
}

static double
measure_import (CsImage *image,
                char   **paths)
{
  DexFuture *futures[N_PHOTOS];
  int        fds[N_PHOTOS];
  gint64     begun = g_get_monotonic_time ();

  for (guint i = 0; i < N_PHOTOS; i++)
    {
      fds[i] = open (paths[i], O_RDONLY | O_CLOEXEC);
      futures[i] = cs_image_inspect (image, fds[i]);
    }

  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!dex_await (futures[i], &error))
        g_error ("%s: %s", paths[i], error->message);
      close (fds[i]);
    }

  return (g_get_monotonic_time () - begun) / 1e6;
}

static void
bench_size (CsImage    *image,
            const Size *size,
            const char *folder)
{
  g_auto (GStrv) paths = make_photos (size, folder);
  double import = G_MAXDOUBLE, bare = G_MAXDOUBLE;

  /* By turns, and the best of each: another program's work counts for neither */
  for (int round = 0; round < N_ROUNDS; round++)
    {
      bare = MIN (bare, measure_bare (paths));
      import = MIN (import, measure_import (image, paths));
    }

  g_print ("%s: %.1f photos a second, bare scaled decode %.1f: ratio %.2f\n",
           size->name, N_PHOTOS / import, N_PHOTOS / bare, import / bare);

  for (guint i = 0; i < N_PHOTOS; i++)
    g_remove (paths[i]);
}

static DexFuture *
bench_fiber (gpointer data)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("countersign-bench-XXXXXX", &error);
  g_autofree char *started = dex_await_string (cs_image_examine (image), &error);

  if (started == NULL)
    g_error ("%s", error->message);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    bench_size (image, &sizes[i], folder);

  g_print ("largest helper: %.0f MB\n", peak_memory ());
  g_rmdir (folder);

  return dex_future_new_true ();
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (DexFuture) future = NULL;

  dex_init ();
  future = dex_scheduler_spawn (NULL, 0, bench_fiber, NULL, NULL);
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
