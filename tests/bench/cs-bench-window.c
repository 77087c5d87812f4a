/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <locale.h>

#include "cs-application.h"
#include "cs-bench-frames.h"
#include "cs-bench-series.h"
#include "cs-bench-window.h"
#include "cs-bench-work.h"

#define APP_ID "app.countersign.Countersign.Bench"

typedef struct
{
  GApplication *application;
  GtkWidget    *window;
  DexFiberFunc  func;
  gint64        begun;
  int           status;
} Run;

static DexFuture *
run_fiber (gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (run->func (run), &error))
    {
      g_printerr ("%s\n", error->message);
      run->status = 1;
    }
  g_application_quit (run->application);

  return dex_future_new_true ();
}

/* From here on there is a frame clock, and no frame yet */
static void
realized (GtkWidget *window,
          Run       *run)
{
  run->window = window;
  dex_future_disown (dex_scheduler_spawn (NULL, 0, run_fiber, run, NULL));
}

static void
window_added (GtkApplication *application,
              GtkWindow      *window,
              Run            *run)
{
  if (run->window == NULL)
    g_signal_connect_after (window, "realize", G_CALLBACK (realized), run);
}

static int
run_application (Run        *run,
                 int         argc,
                 const char *argv[])
{
  int status;

  g_signal_connect (run->application, "window-added", G_CALLBACK (window_added), run);
  status = g_application_run (run->application, argc, (char **) argv);

  return status != 0 ? status : run->status;
}

static gboolean
await_first_frame (Run     *run,
                   GError **error)
{
  g_autoptr (CsBenchFrames) frames = cs_bench_frames_new (run->window);
  gint64 at = dex_await_int64 (cs_bench_frames_wait (frames, NULL, NULL), error);

  g_print ("%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%u\n", at - run->begun, cs_bench_frames_get_work (frames),
           cs_bench_work_get_peak ());

  return at != 0;
}

static DexFuture *
empty_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!await_first_frame (data, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_true ();
}

static void
present_empty (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
}

int
cs_bench_window_open_empty (gint64 begun)
{
  g_autoptr (AdwApplication) application = NULL;
  Run run = { .func = empty_fiber, .begun = begun };

  setlocale (LC_ALL, "");
  dex_init ();
  application = adw_application_new (APP_ID, G_APPLICATION_DEFAULT_FLAGS);
  run.application = G_APPLICATION (application);
  g_signal_connect (application, "activate", G_CALLBACK (present_empty), NULL);

  return run_application (&run, 0, NULL);
}

static DexFuture *
open_fiber (gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsBenchFrames) frames = NULL;
  gint64 at;

  if (!await_first_frame (run, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  frames = cs_bench_frames_new (run->window);
  if (!(at = dex_await_int64 (cs_bench_frames_wait (frames, cs_bench_work_shows_products, run->window), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  g_print ("%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n", at - run->begun, cs_bench_frames_get_work (frames));

  return dex_future_new_true ();
}

static int
run_program (const char  *folder,
             DexFiberFunc func,
             gint64       begun)
{
  g_autoptr (CsApplication) application = NULL;
  const char *argv[] = { "bench-library", "--library", folder, NULL };
  Run         run = { .func = func, .begun = begun };

  setlocale (LC_ALL, "");
  dex_init ();
  application = cs_application_new ();
  run.application = G_APPLICATION (application);

  return run_application (&run, 3, argv);
}

int
cs_bench_window_open (const char *folder,
                      gint64      begun)
{
  return run_program (folder, open_fiber, begun);
}

static DexFuture *
work_fiber (gpointer data)
{
  Run *run = data;

  return cs_bench_work (run->window, cs_application_open_desk (CS_APPLICATION (run->application), NULL));
}

int
cs_bench_window_work (const char *folder)
{
  return run_program (folder, work_fiber, 0);
}
