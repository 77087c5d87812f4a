/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "../engines/cs-grounding-set.h"

/* bench-grounding FOLDER [--misses]: for each labelled set in FOLDER, by category,
 * how many invented and contradicting phrases are marked, and how many true ones
 * are marked all the same. With --misses the phrases of the sets that may be
 * looked at, "dev-…", that came out wrong.
 */

static void
print_miss (const char *product,
            const char *phrase,
            const char *label,
            const char *category,
            const char *verdict)
{
  g_print ("    %s [%s, %s] “%s”: %s\n", product, label, category, phrase, verdict);
}

static double
share (guint part,
       guint whole)
{
  return whole > 0 ? (double) part / whole : 1.0;
}

static void
print_score (const char       *name,
             const CsSetScore *score)
{
  g_print ("  %-12s recall %.3f (%u of %u)   false alarms %.3f (%u of %u)   contradictions told as such %u of %u\n", name,
           share (score->n_caught, score->n_false), score->n_caught, score->n_false,
           score->n_true > 0 ? share (score->n_alarms, score->n_true) : 0.0, score->n_alarms, score->n_true, score->n_named,
           score->n_contradicting);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func (g_free);
  gboolean    misses = argc > 2 && strcmp (argv[2], "--misses") == 0;
  const char *name;
  int         status = 0;

  setlocale (LC_ALL, "");
  if (argc < 2 || !(folder = g_dir_open (argv[1], 0, NULL)))
    {
      g_printerr ("There is no folder of labelled sets.\n");
      return 2;
    }

  while ((name = g_dir_read_name (folder)))
    {
      if (g_str_has_suffix (name, ".json"))
        g_ptr_array_add (sets, g_strdup (name));
    }
  g_ptr_array_sort_values (sets, (GCompareFunc) strcmp);

  for (guint i = 0; i < sets->len; i++)
    {
      g_autofree char *path = g_build_filename (argv[1], sets->pdata[i], NULL);
      CsSetScore scores[CS_N_SETS] = { 0 };
      CsSetScore sum;
      gint64     begin = g_get_monotonic_time ();
      guint      n = cs_set_run (path, scores, misses && g_str_has_prefix (sets->pdata[i], "dev-") ? print_miss : NULL);
      double     seconds = (g_get_monotonic_time () - begin) / 1e6;

      if (n == 0)
        {
          status = 1;
          continue;
        }

      g_print ("%s: %u phrases, %.0f a second\n", (char *) sets->pdata[i], n, n / seconds);
      for (guint c = 0; c < CS_N_SETS; c++)
        print_score (cs_set_category_name (c), &scores[c]);
      sum = cs_set_sum (scores);
      print_score ("all but other", &sum);
    }

  return status;
}
