/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast photos come in: CsImage looking at each one (hash, thumbnail,
 * likeness, metadata) against the bare scaled decode by libjpeg-turbo, on as
 * many threads as there are cores. The photos are made here, of the size and
 * weight that phones and cameras write.
 */

#include "config.h"

#include "cs-bench-photos.h"

#define N_PHOTOS 40
#define N_ROUNDS 3

static void
bench_size (CsImage           *image,
            const CsBenchSize *size)
{
  g_auto (GStrv) paths = cs_bench_photos_make (size, N_PHOTOS);
  double import = G_MAXDOUBLE, bare = G_MAXDOUBLE;

  /* By turns, and the best of each: another program's work counts for neither */
  for (int round = 0; round < N_ROUNDS; round++)
    {
      bare = MIN (bare, cs_bench_photos_decode (paths));
      import = MIN (import, cs_bench_photos_inspect (image, paths));
    }

  g_print ("%s: %.1f photos a second, bare scaled decode %.1f: ratio %.2f\n",
           size->name, N_PHOTOS / import, N_PHOTOS / bare, import / bare);
}

static DexFuture *
bench_fiber (gpointer data)
{
  g_autoptr (CsImage) image = cs_image_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *started = dex_await_string (cs_image_examine (image), &error);

  if (started == NULL)
    g_error ("%s", error->message);

  for (guint i = 0; i < G_N_ELEMENTS (cs_bench_sizes); i++)
    bench_size (image, &cs_bench_sizes[i]);

  g_print ("largest helper: %.0f MB\n", cs_bench_peak (NULL));

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
