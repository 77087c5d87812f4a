/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "cs-bench-frames.h"
#include "cs-bench-series.h"
#include "cs-bench-work.h"
#include "cs-product-card.h"
#include "cs-products-page.h"
#include "cs-review-page-private.h"
#include "cs-row-item.h"

#define DECISIONS    210
#define PAUSE        40 /* ms between two keys: the clock of the frames comes to rest */
#define REDRAWS      60
#define SMOOTH_STEPS 300 /* of a wheel */
#define SMOOTH_STEP  60.0
#define FAR_STEPS    300 /* of the scrollbar, from there to the end */

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

typedef struct
{
  GArray *took;
  GArray *worked; /* of this thread */
} Times;

static void
times_init (Times *times)
{
  times->took = cs_bench_series_new ();
  times->worked = cs_bench_series_new ();
}

static void
times_clear (Times *times)
{
  g_clear_pointer (&times->took, g_array_unref);
  g_clear_pointer (&times->worked, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Times, times_clear)

typedef struct
{
  GtkWidget     *window;
  CsDesk        *desk;
  CsBenchFrames *frames;
  gint64         begun; /* what is measured just now */
  gint64         work_begun;

  /* Products */
  GtkWidget *grid;
  Times      search;
  guint      n_answers; /* to what was typed */
  guint      n_cards;   /* on the screen, of all frames while scrolling */
  guint      n_filled;  /* of these */

  /* Review */
  CsReviewPage *page;
  CsReviewItem *before; /* lit up when the key was pressed */
} Work;

static void
begin (Work *work)
{
  work->begun = g_get_monotonic_time ();
  work->work_begun = cs_bench_frames_get_work_now ();
}

/* Until the first frame whose check is true. times: NULL where nobody wants to know */
static gboolean
end (Work              *work,
     CsBenchFramesCheck check,
     gpointer           data,
     Times             *times,
     GError           **error)
{
  gint64 at = dex_await_int64 (cs_bench_frames_wait (work->frames, check, data), error);

  if (at == 0)
    return FALSE;

  if (times != NULL)
    {
      cs_bench_series_add (times->took, at - work->begun);
      cs_bench_series_add (times->worked, cs_bench_frames_get_work (work->frames) - work->work_begun);
    }
  /* What comes next may begin here */
  work->begun = at;
  work->work_begun = cs_bench_frames_get_work (work->frames);

  return TRUE;
}

static gpointer
find (GtkWidget *root,
      GType      type)
{
  gpointer found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

static void
count_cards (GtkWidget *grid,
             guint     *n_cards,
             guint     *n_filled)
{
  for (GtkWidget *child = gtk_widget_get_first_child (grid); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *card = gtk_widget_get_first_child (child);
      g_autoptr (CsRowItem) item = NULL;

      if (!gtk_widget_get_mapped (child) || !CS_IS_PRODUCT_CARD (card))
        continue;

      g_object_get (card, "item", &item, NULL);
      *n_cards += item != NULL;
      *n_filled += item != NULL && cs_row_item_get_row (item) != NULL;
    }
}

gboolean
cs_bench_work_shows_products (gpointer window)
{
  GtkWidget *page = find (window, CS_TYPE_PRODUCTS_PAGE);
  GtkWidget *grid = page != NULL ? find (page, GTK_TYPE_GRID_VIEW) : NULL;
  guint      n_cards = 0;
  guint      n_filled = 0;

  if (grid == NULL || !gtk_widget_get_mapped (grid))
    return FALSE;

  count_cards (grid, &n_cards, &n_filled);

  return n_cards > 0 && n_filled == n_cards;
}

guint
cs_bench_work_get_peak (void)
{
  g_autofree char *status = NULL;
  const char      *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || !(line = strstr (status, "\nVmHWM:")))
    return 0;

  return (guint) g_ascii_strtoull (line + strlen ("\nVmHWM:"), NULL, 10);
}

/* Search */

static void
answered (Work *work)
{
  work->n_answers++;
}

static gboolean
is_answered (gpointer data)
{
  Work *work = data;
  guint n_cards = 0;
  guint n_filled = 0;

  if (work->n_answers == 0)
    return FALSE;

  count_cards (work->grid, &n_cards, &n_filled);

  return n_filled == n_cards;
}

/* One letter more */
static gboolean
type (Work       *work,
      GtkWidget  *search,
      const char *letter,
      GError    **error)
{
  int position = -1;

  work->n_answers = 0;
  begin (work);
  gtk_editable_insert_text (GTK_EDITABLE (search), letter, -1, &position);

  return end (work, is_answered, work, &work->search, error);
}

static gboolean
type_all (Work       *work,
          GtkWidget  *search,
          const char *text,
          GError    **error)
{
  for (const char *letter = text; *letter != '\0'; letter = g_utf8_next_char (letter))
    {
      g_autofree char *one = g_strndup (letter, g_utf8_next_char (letter) - letter);

      if (!type (work, search, one, error))
        return FALSE;
    }

  work->n_answers = 0;
  gtk_editable_set_text (GTK_EDITABLE (search), "");

  return end (work, is_answered, work, NULL, error);
}

static gboolean
measure_search (Work    *work,
                GError **error)
{
  GtkWidget *page = find (work->window, CS_TYPE_PRODUCTS_PAGE);
  GtkWidget *search = find (page, GTK_TYPE_SEARCH_ENTRY);
  guint      delay = gtk_search_entry_get_search_delay (GTK_SEARCH_ENTRY (search));

  times_init (&work->search);
  g_signal_connect_swapped (page, "notify::search-hint", G_CALLBACK (answered), work);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (typed); i++)
    {
      if (!type_all (work, search, typed[i % G_N_ELEMENTS (typed)], error))
        return FALSE;
    }
  g_signal_handlers_disconnect_by_data (page, work);

  cs_bench_series_print ("Search as typed, until drawn", work->search.took, work->search.worked);
  g_print ("%-34s longest at work %.2f ms; %u ms = %.2f frames of it wait for another letter\n", "",
           cs_bench_series_get (work->search.worked, 100) / 1000.0, delay, delay * 1000 / CS_BENCH_FRAME_USEC);

  return TRUE;
}

/* Scrolling */

static gboolean
scroll_to (Work          *work,
           GtkAdjustment *adjustment,
           double         value,
           Times         *times,
           GError       **error)
{
  gtk_adjustment_set_value (adjustment, value);
  if (!end (work, NULL, NULL, times, error))
    return FALSE;

  count_cards (work->grid, &work->n_cards, &work->n_filled);

  return TRUE;
}

/* The whole window anew, and nothing else */
static gboolean
redraw (Work    *work,
        Times   *times,
        GError **error)
{
  if (gtk_widget_has_css_class (work->window, "redrawn"))
    gtk_widget_remove_css_class (work->window, "redrawn");
  else
    gtk_widget_add_css_class (work->window, "redrawn");

  return end (work, NULL, NULL, times, error);
}

static gboolean
measure_redraws (Work    *work,
                 GError **error)
{
  g_auto (Times) bare = { 0 };

  times_init (&bare);
  begin (work);
  for (guint i = 0; i < REDRAWS; i++)
    {
      if (!redraw (work, &bare, error))
        return FALSE;
    }
  cs_bench_series_print ("A frame, the same window bare", bare.took, bare.worked);

  return TRUE;
}

static void
print_frames (Work       *work,
              const char *what,
              Times      *times)
{
  cs_bench_series_print (what, times->took, times->worked);
  g_print ("%-34s longest %.2f ms, at work %.2f ms; %u frames; %.0f%% of the %u cards on the screen were read\n", "",
           cs_bench_series_get (times->took, 100) / 1000.0, cs_bench_series_get (times->worked, 100) / 1000.0,
           times->took->len, 100.0 * work->n_filled / MAX (1, work->n_cards), work->n_cards);
  work->n_cards = work->n_filled = 0;
}

static gboolean
measure_scrolling (Work    *work,
                   GError **error)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (work->grid));
  double         value = 0;
  gint64         begun;
  g_auto (Times) smooth = { 0 };
  g_auto (Times) far = { 0 };

  times_init (&smooth);
  times_init (&far);
  begin (work);
  for (guint i = 1; i <= SMOOTH_STEPS; i++)
    {
      value = i * SMOOTH_STEP;
      if (!scroll_to (work, adjustment, value, &smooth, error))
        return FALSE;
    }
  print_frames (work, "A frame, scrolling with a wheel", &smooth);

  begin (work);
  for (guint i = 1; i <= FAR_STEPS; i++)
    {
      double last = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

      if (!scroll_to (work, adjustment, value + (last - value) * i / FAR_STEPS, &far, error))
        return FALSE;
    }
  print_frames (work, "A frame, from there to the end", &far);

  begun = work->begun;
  gtk_widget_queue_draw (work->grid);
  if (!end (work, cs_bench_work_shows_products, work->window, NULL, error))
    return FALSE;
  g_print ("%-34s %7.2f ms after it stopped\n", "The last products are there", (work->begun - begun) / 1000.0);

  return measure_redraws (work, error);
}

/* Review */

static gboolean
shows_item (gpointer data)
{
  CsReviewPage *page = ((Work *) data)->page;

  return page->sheet != NULL && cs_review_sheet_get_focus (page->sheet) != NULL &&
         cs_review_sheet_get_focus (page->sheet) != ((Work *) data)->before;
}

/* A rest between two keys, and what was under way is done */
static void
await_rest (Work *work)
{
  do
    dex_await (dex_timeout_new_msec (PAUSE), NULL);
  while (!cs_review_line_is_idle (work->page->line));
}

static gboolean
press (Work    *work,
       Times   *times,
       GError **error)
{
  await_rest (work);
  if (work->page->sheet == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_NOT_FOUND, "Nothing is left to review");
      return FALSE;
    }

  work->before = cs_review_sheet_get_focus (work->page->sheet);
  begin (work);
  gtk_widget_activate_action (GTK_WIDGET (work->page), "review.accept", NULL);

  return end (work, shows_item, work, times, error);
}

static goffset
get_log_size (Work *work)
{
  g_autofree char *path = g_build_filename (cs_desk_get_folder (work->desk), "library.db-wal", NULL);
  GStatBuf         status;

  return g_stat (path, &status) == 0 ? status.st_size : 0;
}

/* As many bytes on disk, then a frame: with is_whole every pixel of the window
 * anew, which is more than a decision changes; else what GTK finds to be redrawn
 * of a window that is the same, which is less
 */
static gboolean
write_and_redraw (Work    *work,
                  int      fd,
                  goffset  size,
                  gboolean is_whole,
                  Times   *times,
                  GError **error)
{
  g_autofree char *data = g_malloc0 (size);

  await_rest (work);
  begin (work);
  if (write (fd, data, size) != size || fsync (fd) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "A bare write failed");
      return FALSE;
    }

  if (is_whole)
    return redraw (work, times, error);

  gtk_widget_queue_draw (work->window);

  return end (work, NULL, NULL, times, error);
}

/* By turns, so that all see the same disk */
static gboolean
decide_by_turns (Work    *work,
                 int      fd,
                 Times   *decided,
                 Times   *whole,
                 Times   *bare,
                 GError **error)
{
  goffset size = 4096 * 8;

  for (guint i = 0; i < DECISIONS; i++)
    {
      goffset before = get_log_size (work);

      if (!press (work, decided, error))
        return FALSE;
      if (get_log_size (work) > before)
        size = get_log_size (work) - before;
      if (!write_and_redraw (work, fd, size, TRUE, whole, error) ||
          !write_and_redraw (work, fd, size, FALSE, bare, error))
        return FALSE;
    }

  return TRUE;
}

static void
print_ratio (const char *what,
             GArray     *series,
             GArray     *bare)
{
  g_print ("%-34s p50 %.2f, p99 %.2f\n", what,
           cs_bench_series_get (series, 50) / (double) MAX (1, cs_bench_series_get (bare, 50)),
           cs_bench_series_get (series, 99) / (double) MAX (1, cs_bench_series_get (bare, 99)));
}

static gboolean
measure_review (Work    *work,
                GError **error)
{
  g_autofree char *path = g_build_filename (cs_desk_get_folder (work->desk), "bare", NULL);
  g_autofd int     fd = g_open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  g_auto (Times) decided = { 0 };
  g_auto (Times) whole = { 0 };
  g_auto (Times) bare = { 0 };
  gint64   begun = g_get_monotonic_time ();
  gboolean is_done;

  times_init (&decided);
  times_init (&whole);
  times_init (&bare);
  gtk_widget_activate_action (work->window, "window.show-page", "s", "review");
  work->page = find (work->window, CS_TYPE_REVIEW_PAGE);
  if (!end (work, shows_item, work, NULL, error))
    return FALSE;
  g_print ("%-34s %7.2f ms\n", "The review opens", (work->begun - begun) / 1000.0);

  is_done = decide_by_turns (work, fd, &decided, &whole, &bare, error);
  g_unlink (path);
  if (!is_done)
    return FALSE;

  cs_bench_series_print ("Key to the next item drawn", decided.took, decided.worked);
  cs_bench_series_print ("Bare fsync, the same window", bare.took, bare.worked);
  cs_bench_series_print ("Bare fsync, all of it repainted", whole.took, whole.worked);
  print_ratio ("Key against the same window", decided.took, bare.took);
  print_ratio ("Key against all of it repainted", decided.took, whole.took);

  return TRUE;
}

/* So that all of the window's pixels differ a little with each redraw */
static void
add_style (GtkWidget *window)
{
  g_autoptr (GtkCssProvider) css = gtk_css_provider_new ();

  gtk_css_provider_load_from_string (css, "window.redrawn { background-color: rgb(251, 250, 249); }");
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (window), GTK_STYLE_PROVIDER (css),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);
}

/* CS_BENCH_PART names the only part that is wanted */
static gboolean
is_asked (const char *part)
{
  const char *asked = g_getenv ("CS_BENCH_PART");

  return asked == NULL || *asked == '\0' || g_str_equal (asked, part);
}

DexFuture *
cs_bench_work (GtkWidget *window,
               CsDesk    *desk)
{
  g_autoptr (CsBenchFrames) frames = cs_bench_frames_new (window);
  g_autoptr (GError) error = NULL;
  Work     work = { .window = window, .desk = desk, .frames = frames };
  gboolean is_done;

  add_style (window);
  if (!dex_await (cs_bench_frames_wait (frames, cs_bench_work_shows_products, window), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  work.grid = find (find (window, CS_TYPE_PRODUCTS_PAGE), GTK_TYPE_GRID_VIEW);
  is_done = (!is_asked ("search") || measure_search (&work, &error)) &&
            (!is_asked ("scroll") || measure_scrolling (&work, &error)) &&
            (!is_asked ("review") || measure_review (&work, &error));
  times_clear (&work.search);
  if (!is_done)
    return dex_future_new_for_error (g_steal_pointer (&error));

  g_print ("%-34s %.0f MB\n", "Peak memory", cs_bench_work_get_peak () / 1024.0);

  return dex_future_new_true ();
}
