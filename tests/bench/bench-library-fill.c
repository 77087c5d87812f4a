/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <unistd.h>

#include "cs-bench-series.h"
#include "cs-decisions.h"
#include "cs-library-fill.h"
#include "cs-products.h"

/* bench-library-fill [FOLDER [PRODUCTS]]: fills a library that is kept when it
 * is named, and tells what the store alone takes: for a list and for a search
 * as typed in frames of 16.7 ms, for a decision against a bare write and fsync of
 * the same size in the same folder.
 */

#define PRODUCTS  100000
#define DECISIONS 1000

static const char *const typed[] = {
  "bamboo basket",
  "walnut tr",
  "LX-0417",
  "blue enamelled kettle",
  "手工竹编果篮",
  "胡桃木托盘",
  "四川",
  "28cm",
  "violet 33 cm",
};

static guint
list (CsStore    *store,
      const char *search,
      guint       stages,
      CsOrder     order,
      GArray     *series)
{
  CsProductQuery query = { .search = search, .stages = stages, .order = order };
  gint64         begun = g_get_monotonic_time ();
  g_autoptr (GArray) ids = dex_await_boxed (cs_products_list (store, &query), NULL);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_nonnull (ids);
  rows = dex_await_boxed (cs_products_get_rows (store, (gint64 *) ids->data, MIN (ids->len, 40)), NULL);
  g_assert_nonnull (rows);
  cs_bench_series_add (series, g_get_monotonic_time () - begun);

  return ids->len;
}

/* Letter by letter, as it is typed, the ids and the first screen of rows */
static void
bench_search (CsStore    *store,
              guint       stages,
              const char *what)
{
  g_autoptr (GArray) series = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint round = 0; round < 5; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
        {
          for (const char *end = g_utf8_next_char (typed[i]);; end = g_utf8_next_char (end))
            {
              g_autofree char *text = g_strndup (typed[i], end - typed[i]);
              gint64           begun = g_get_monotonic_time ();
              guint            n = list (store, text, stages, CS_ORDER_NEWEST, series);

              if (round == 0 && g_getenv ("CS_BENCH_ALL") != NULL)
                g_print ("  %-24s %6u found in %.2f ms\n", text, n, (g_get_monotonic_time () - begun) / 1000.0);
              if (*end == '\0')
                break;
            }
        }
    }

  cs_bench_series_print (what, series, NULL);
}

static void
bench_lists (CsStore *store)
{
  static const struct
  {
    const char *name;
    guint       stages;
    CsOrder     order;
  } lists[] = {
    { "All products", 0, CS_ORDER_NEWEST },
    { "Ready", 1u << CS_STAGE_READY, CS_ORDER_NEWEST },
    { "The review's queue", 1u << CS_STAGE_REVIEW, CS_ORDER_REVIEW },
  };
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GArray) series = g_array_new (FALSE, FALSE, sizeof (gint64));

      for (guint round = 0; round < 20; round++)
        list (store, NULL, lists[i].stages, lists[i].order, series);
      cs_bench_series_print (lists[i].name, series, NULL);
    }

  for (guint round = 0; round < 100; round++)
    {
      gint64 begun = g_get_monotonic_time ();
      g_autoptr (GArray) stages = dex_await_boxed (cs_products_count (store), NULL);

      g_assert_nonnull (stages);
      cs_bench_series_add (counts, g_get_monotonic_time () - begun);
    }
  cs_bench_series_print ("Counts by stage", counts, NULL);
}

static goffset
get_log_size (CsStore *store)
{
  g_autofree char *path = g_build_filename (cs_store_get_folder (store), "library.db-wal", NULL);
  GStatBuf         status;

  return g_stat (path, &status) == 0 ? status.st_size : 0;
}

static gboolean
decide_next (CsStore *store,
             gint64   product,
             GArray  *series)
{
  g_autoptr (GPtrArray) items = dex_await_boxed (cs_items_list (store, product), NULL);
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);
  CsItem       *item = items->pdata[0];
  CsDecision   *decision = cs_decision_new ();
  CsSuggestion *suggestion = item->suggestions->pdata[0];
  gint64        begun;

  decision->product = product;
  decision->field = item->field;
  decision->verdict = CS_VERDICT_ACCEPT;
  decision->suggestion = suggestion->id;
  decision->shown = g_strdup (suggestion->hash);
  decision->face = g_strdup ("window");
  g_ptr_array_add (decisions, decision);

  begun = g_get_monotonic_time ();
  if (!dex_await (cs_decisions_add (store, decisions), NULL))
    return FALSE;
  cs_bench_series_add (series, g_get_monotonic_time () - begun);

  return TRUE;
}

static void
write_bare (int     fd,
            goffset size,
            GArray *series)
{
  g_autofree char *data = g_malloc0 (size);
  gint64           begun = g_get_monotonic_time ();

  if (write (fd, data, size) != size || fsync (fd) != 0)
    g_error ("A bare write failed");
  cs_bench_series_add (series, g_get_monotonic_time () - begun);
}

static void
bench_decisions (CsStore *store)
{
  CsProductQuery query = { .stages = 1u << CS_STAGE_REVIEW, .order = CS_ORDER_REVIEW };
  g_autoptr (GArray) ids = dex_await_boxed (cs_products_list (store, &query), NULL);
  g_autoptr (GArray) decided = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *path = g_build_filename (cs_store_get_folder (store), "bare", NULL);
  g_autofd int     fd = g_open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  goffset          size = 4096 * 8;
  guint            n = MIN (DECISIONS, ids->len);

  /* In turns, so that both see the same disk */
  for (guint i = 0; i < n; i++)
    {
      goffset before = get_log_size (store);

      g_assert_true (decide_next (store, g_array_index (ids, gint64, i), decided));
      if (get_log_size (store) > before)
        size = get_log_size (store) - before;
      write_bare (fd, size, bare);
    }
  g_unlink (path);

  cs_bench_series_print ("A decision, on disk", decided, NULL);
  cs_bench_series_print ("A bare write and fsync", bare, NULL);
  g_print ("%-34s p50 %7.2f      p99 %7.2f   (%d bytes each)\n", "Decision against bare",
           cs_bench_series_get (decided, 50) / (double) MAX (1, cs_bench_series_get (bare, 50)),
           cs_bench_series_get (decided, 99) / (double) MAX (1, cs_bench_series_get (bare, 99)), (int) size);
}

typedef struct
{
  const char *folder;
  guint       n;
  gboolean    is_new;
} Options;

static DexFuture *
bench_fiber (gpointer data)
{
  Options *options = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStore) store = cs_store_open (options->folder, CS_STORE_WRITE, &error);
  gint64 begun = g_get_monotonic_time ();

  if (store == NULL || (options->is_new && !dex_await (cs_library_fill (store, options->n, NULL), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  g_print ("%-34s %.1f s\n", "Filled", (g_get_monotonic_time () - begun) / (double) G_USEC_PER_SEC);

  /* Opened as the program opens it */
  cs_store_close (store);
  g_clear_object (&store);
  begun = g_get_monotonic_time ();
  if (!(store = cs_store_open (options->folder, CS_STORE_WRITE, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  g_print ("%-34s %.2f ms\n", "Opening", (g_get_monotonic_time () - begun) / 1000.0);

  bench_lists (store);
  bench_search (store, 0, "Search as typed");
  bench_search (store, 1u << CS_STAGE_REVIEW | 1u << CS_STAGE_READY, "Search as typed, in stages");
  bench_decisions (store);
  cs_store_close (store);

  return dex_future_new_true ();
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *own = argc < 2 ? g_build_filename (g_get_user_cache_dir (), "countersign-bench-library", NULL) : NULL;
  Options          options = { .folder = argc > 1 ? argv[1] : own, .n = PRODUCTS };
  g_autoptr (DexFuture) future = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  dex_init ();
  if (argc > 2)
    options.n = (guint) g_ascii_strtoull (argv[2], NULL, 10);

  path = g_build_filename (options.folder, "library.db", NULL);
  options.is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
  g_print ("%u products in %s\n", options.n, options.folder);
  future = dex_scheduler_spawn (NULL, 0, bench_fiber, &options, NULL);
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  if (!dex_future_get_value (future, &error))
    g_printerr ("%s\n", error->message);

  return error == NULL ? 0 : 1;
}
