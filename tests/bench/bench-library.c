/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "cs-bench-series.h"
#include "cs-bench-window.h"
#include "cs-blobs.h"
#include "cs-library-fill.h"
#include "cs-products.h"

/* bench-library [PRODUCTS [FOLDER]]: a library of so many products in the
 * program's own window, kept where its folder is named. Each measurement runs in
 * a process of its own, which is this program again: bench-library --empty TIME,
 * --open FOLDER TIME, --work FOLDER.
 */

#define PRODUCTS 100000
#define PICTURES 24
#define REVIEWED 150 /* products whose originals are there too */
#define OPENINGS 7

/* The library */

static char *
put_picture (CsStore *store,
             guint    i,
             int      width,
             int      height,
             GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GBytes) bytes = NULL;
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int     stride = gdk_pixbuf_get_rowstride (pixbuf);
  char   *data;
  gsize   length;

  for (int y = 0; y < height; y++)
    {
      for (int x = 0; x < width; x++)
        {
          pixels[y * stride + x * 3] = 255 * x / width;
          pixels[y * stride + x * 3 + 1] = 255 * y / height;
          pixels[y * stride + x * 3 + 2] = 10 * i + (x ^ y) % 16;
        }
    }

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "jpeg", error, "quality", "85", NULL))
    return NULL;
  bytes = g_bytes_new_take (data, length);

  return dex_await_string (cs_blobs_put_bytes (store, bytes), error);
}

/* Every photo has a picture of its own; that they look alike makes no difference */
static gboolean
link_originals (CsStore    *store,
                const char *picture,
                GError    **error)
{
  CsProductQuery   query = { .stages = 1u << CS_STAGE_REVIEW, .order = CS_ORDER_REVIEW };
  g_autofree char *from = cs_blobs_dup_path (store, picture);
  g_autoptr (GArray) ids = dex_await_boxed (cs_products_list (store, &query), error);

  for (guint i = 0; ids != NULL && i < MIN (REVIEWED, ids->len); i++)
    {
      g_autoptr (CsProduct) product = dex_await_boxed (cs_products_get (store, g_array_index (ids, gint64, i)), error);

      if (product == NULL)
        return FALSE;

      for (guint j = 0; j < product->photos->len; j++)
        {
          CsPhoto         *photo = product->photos->pdata[j];
          g_autofree char *path = cs_blobs_dup_path (store, photo->hash);
          g_autofree char *folder = g_path_get_dirname (path);

          if (g_mkdir_with_parents (folder, 0700) != 0 || link (from, path) != 0)
            {
              g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path, g_strerror (errno));
              return FALSE;
            }
        }
    }

  return ids != NULL;
}

typedef struct
{
  const char *folder;
  guint       n;
} Making;

static DexFuture *
make_fiber (gpointer data)
{
  Making *making = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStore) store = cs_store_open (making->folder, CS_STORE_WRITE, &error);
  char            *thumbnails[PICTURES + 1] = { NULL };
  g_autofree char *original = NULL;
  gboolean         is_made = store != NULL;

  for (guint i = 0; is_made && i < PICTURES; i++)
    is_made = (thumbnails[i] = put_picture (store, i, 512, 384, &error)) != NULL;

  is_made = is_made && (original = put_picture (store, PICTURES, 1600, 1200, &error)) != NULL &&
            dex_await (cs_library_fill (store, making->n, (const char *const *) thumbnails), &error) &&
            link_originals (store, original, &error);
  if (store != NULL)
    cs_store_close (store);
  for (guint i = 0; i < PICTURES; i++)
    g_free (thumbnails[i]);

  return is_made ? dex_future_new_true () : dex_future_new_for_error (g_steal_pointer (&error));
}

static gboolean
make_library (const char *folder,
              guint       n,
              GError    **error)
{
  Making making = { folder, n };
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (DexFuture) future = dex_scheduler_spawn (NULL, 0, make_fiber, &making, NULL);

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  if (!dex_future_get_value (future, error))
    return FALSE;

  g_print ("%-34s %.1f s\n", "Filled", (g_get_monotonic_time () - begun) / (double) G_USEC_PER_SEC);

  return TRUE;
}

/* The processes */

static gboolean
run_self (const char *mode,
          const char *folder, /* or NULL */
          char      **output, /* or NULL, where it prints itself */
          GError    **error)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", error);
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  g_autoptr (GSubprocess) process = NULL;

  if (self == NULL)
    return FALSE;

  process = g_subprocess_new (output != NULL ? G_SUBPROCESS_FLAGS_STDOUT_PIPE : G_SUBPROCESS_FLAGS_NONE, error,
                              self, mode, folder != NULL ? folder : now, folder != NULL ? now : NULL, NULL);
  if (process == NULL || (output != NULL && !g_subprocess_communicate_utf8 (process, NULL, NULL, output, NULL, error)))
    return FALSE;

  return g_subprocess_wait_check (process, NULL, error);
}

typedef struct
{
  GArray *took[2]; /* until the first frame, until the first products */
  GArray *worked[2];
  gint64  memory;
} Openings;

static void
openings_init (Openings *openings)
{
  for (guint i = 0; i < 2; i++)
    {
      openings->took[i] = cs_bench_series_new ();
      openings->worked[i] = cs_bench_series_new ();
    }
}

static void
openings_clear (Openings *openings)
{
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&openings->took[i], g_array_unref);
      g_clear_pointer (&openings->worked[i], g_array_unref);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Openings, openings_clear)

static gboolean
open_once (const char *mode,
           const char *folder,
           Openings   *openings,
           GError    **error)
{
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;

  if (!run_self (mode, folder, &output, error))
    return FALSE;

  lines = g_strsplit (output, "\n", -1);
  if (g_strv_length (lines) < 3)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s printed too little", mode);
      return FALSE;
    }

  cs_bench_series_add (openings->took[0], g_ascii_strtoll (lines[0], NULL, 10));
  cs_bench_series_add (openings->worked[0], g_ascii_strtoll (lines[1], NULL, 10));
  openings->memory = g_ascii_strtoll (lines[2], NULL, 10);
  if (g_strv_length (lines) < 5)
    return TRUE;

  cs_bench_series_add (openings->took[1], g_ascii_strtoll (lines[3], NULL, 10));
  cs_bench_series_add (openings->worked[1], g_ascii_strtoll (lines[4], NULL, 10));

  return TRUE;
}

static double
compare (GArray *series,
         GArray *other)
{
  return cs_bench_series_get (series, 50) / (double) MAX (1, cs_bench_series_get (other, 50));
}

/* By turns; one of each before, for the caches of the machine */
static gboolean
measure_opening (const char *folder,
                 GError    **error)
{
  g_auto (Openings) before = { 0 };
  g_auto (Openings) empty = { 0 };
  g_auto (Openings) full = { 0 };

  openings_init (&before);
  openings_init (&empty);
  openings_init (&full);

  for (guint i = 0; i <= OPENINGS; i++)
    {
      if (!open_once ("--empty", NULL, i == 0 ? &before : &empty, error) ||
          !open_once ("--open", folder, i == 0 ? &before : &full, error))
        return FALSE;
    }

  cs_bench_series_print ("First frame of an empty window", empty.took[0], empty.worked[0]);
  cs_bench_series_print ("First frame of the program's", full.took[0], full.worked[0]);
  cs_bench_series_print ("First products on the screen", full.took[1], full.worked[1]);
  g_print ("%-34s p50 %.2f, at work %.2f\n", "First frame against an empty one's",
           compare (full.took[0], empty.took[0]), compare (full.worked[0], empty.worked[0]));
  g_print ("%-34s p50 %.2f, at work %.2f\n", "First products against it",
           compare (full.took[1], empty.took[0]), compare (full.worked[1], empty.worked[0]));
  g_print ("%-34s %.0f MB, of an empty window %.0f MB\n", "Peak memory at the first frame",
           full.memory / 1024.0, empty.memory / 1024.0);

  return TRUE;
}

static gboolean
measure (const char *folder,
         guint       n,
         GError    **error)
{
  g_autofree char *path = g_build_filename (folder, "library.db", NULL);

  g_print ("%u products in %s\n", n, folder);

  return (g_file_test (path, G_FILE_TEST_EXISTS) || make_library (folder, n, error)) &&
         measure_opening (folder, error) &&
         run_self ("--work", folder, NULL, error);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static int
measure_all (guint       n,
             const char *folder)
{
  g_autofree char *base = g_build_filename (g_get_user_cache_dir (), "countersign-bench-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;

  dex_init ();
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  if (folder == NULL && g_mkdtemp (base) == NULL)
    return 1;

  if (!measure (folder != NULL ? folder : base, n, &error))
    g_printerr ("%s\n", error->message);
  if (folder == NULL)
    remove_folder (base);

  return error == NULL ? 0 : 1;
}

int
main (int    argc,
      char **argv)
{
  const char *mode = argc > 2 ? argv[1] : "";

  if (g_str_equal (mode, "--empty"))
    return cs_bench_window_open_empty (g_ascii_strtoll (argv[2], NULL, 10));
  if (g_str_equal (mode, "--open") && argc > 3)
    return cs_bench_window_open (argv[2], g_ascii_strtoll (argv[3], NULL, 10));
  if (g_str_equal (mode, "--work"))
    return cs_bench_window_work (argv[2]);

  return measure_all (argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : PRODUCTS, argc > 2 ? argv[2] : NULL);
}
