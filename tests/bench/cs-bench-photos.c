/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <jpeglib.h>

#include "cs-bench-photos.h"

#define N_MASTERS 4

typedef struct
{
  char **paths;
  int    n;
  int    next;
} Queue;

const CsBenchSize cs_bench_sizes[2] = {
  { "12 megapixels", 4000, 3000, 3900000 },
  { "24 megapixels", 6000, 4000, 4600000 },
};

/* Soft shapes with grain: what a camera sees, as far as a decoder is concerned */
static void
paint_row (guint8            *row,
           const CsBenchSize *size,
           int                y,
           double             grain,
           guint32           *seed)
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
make_photo (const CsBenchSize *size,
            int                height,
            double             grain,
            guint32            seed)
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
find_grain (const CsBenchSize *size)
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

/* They are kept beside the program that was built, since they take a while */
char *
cs_bench_photos_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *place = g_path_get_dirname (program);
  char            *folder = g_build_filename (place, "photos", NULL);

  g_mkdir_with_parents (folder, 0755);

  return folder;
}

static char *
photos_master (const CsBenchSize *size,
               const char        *folder,
               guint              number,
               double            *grain)
{
  char *path = g_strdup_printf ("%s/%d-%u.jpg", folder, size->width, number);
  g_autoptr (GBytes) photo = NULL;
  g_autoptr (GError) error = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;

  if (*grain < 0)
    *grain = find_grain (size);
  photo = make_photo (size, size->height, *grain, number + 1);
  if (!g_file_set_contents (path, g_bytes_get_data (photo, NULL), g_bytes_get_size (photo), &error))
    g_error ("%s", error->message);

  return path;
}

/* n photos, of which a few are different: nothing remembers one that it has seen */
char **
cs_bench_photos_make (const CsBenchSize *size,
                      guint              n)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_autofree char *folder = cs_bench_photos_folder ();
  double           grain = -1;

  for (guint i = 0; i < n; i++)
    g_strv_builder_take (paths, photos_master (size, folder, i % N_MASTERS, &grain));

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

  while ((i = g_atomic_int_add (&queue->next, 1)) < queue->n)
    decode_bare (queue->paths[i]);

  return NULL;
}

double
cs_bench_photos_decode (char **paths)
{
  Queue  queue = { paths, g_strv_length (paths), 0 };
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  for (guint i = 0; i < g_get_num_processors (); i++)
    g_ptr_array_add (threads, g_thread_new ("bare", bare_thread, &queue));
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);

  return (g_get_monotonic_time () - begun) / 1e6;
}

double
cs_bench_photos_inspect (CsImage *image,
                         char   **paths)
{
  guint                  n = g_strv_length (paths);
  g_autofree DexFuture **futures = g_new0 (DexFuture *, n);
  g_autofree int        *fds = g_new0 (int, n);
  gint64                 begun = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    {
      fds[i] = open (paths[i], O_RDONLY | O_CLOEXEC);
      futures[i] = cs_image_inspect (image, fds[i]);
    }

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!dex_await (futures[i], &error))
        g_error ("%s: %s", paths[i], error->message);
      close (fds[i]);
    }

  return (g_get_monotonic_time () - begun) / 1e6;
}

/* A file of the folder that CS_SHARED names, or NULL */
char *
cs_bench_shared (const char *name)
{
  const char      *folder = g_getenv ("CS_SHARED");
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;

  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

double
cs_bench_peak (const char *name)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *entry;
  double      peak = 0;

  while ((entry = g_dir_read_name (proc)))
    {
      g_autofree char *path = g_strdup_printf ("/proc/%s/status", entry);
      g_autofree char *parent = g_strdup_printf ("\nPPid:\t%d\n", getpid ());
      g_autofree char *status = NULL;
      const char      *line;

      if (g_file_get_contents (path, &status, NULL, NULL) && strstr (status, parent) != NULL &&
          (name == NULL || g_str_has_prefix (status + strlen ("Name:\t"), name)) &&
          (line = strstr (status, "\nVmHWM:")) != NULL)
        peak = MAX (peak, g_ascii_strtod (line + 7, NULL) / 1024);
    }

  return peak;
}
