/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "cs-cutout-view.h"
#include "cs-fake-desk.h"
#include "cs-fake-workshop.h"
#include "cs-model-item.h"
#include "cs-model-row.h"
#include "cs-resources.h"

typedef struct
{
  CsDesk       *desk;
  AdwWindow    *window;
  CsCutoutView *page;
} Fixture;

static void
spin (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->desk = cs_fake_desk_new ();
  fixture->page = g_object_new (CS_TYPE_CUTOUT_VIEW, "desk", fixture->desk, NULL);
  fixture->window = g_object_new (ADW_TYPE_WINDOW, "content", fixture->page, "default-width", 800,
                                  "default-height", 700, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  spin (100);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  CsCutoutView *page = fixture->page;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->desk);
  spin (300);
  g_assert_null (page);
}

/* The rows, wherever they are below a widget */
static GtkWidget *
find_row (GtkWidget  *widget,
          const char *id)
{
  if (CS_IS_MODEL_ROW (widget))
    {
      g_autoptr (CsModelItem) item = NULL;

      g_object_get (widget, "item", &item, NULL);
      return g_str_equal (cs_model_item_get_id (item), id) ? widget : NULL;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, id);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static CsModelItem *
get_item (Fixture    *fixture,
          const char *id)
{
  GtkWidget *row = find_row (GTK_WIDGET (fixture->page), id);
  CsModelItem *item;

  g_assert_nonnull (row);
  g_object_get (row, "item", &item, NULL);
  g_object_unref (item); /* the row holds it */

  return item;
}

static gboolean
is (Fixture    *fixture,
    const char *id,
    const char *property)
{
  gboolean value;

  g_object_get (get_item (fixture, id), property, &value, NULL);

  return value;
}

static char *
dup_text (Fixture    *fixture,
     const char *id,
     const char *property)
{
  char *value;

  g_object_get (get_item (fixture, id), property, &value, NULL);

  return value;
}

static void
act (Fixture    *fixture,
     const char *id,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (find_row (GTK_WIDGET (fixture->page), id), action, NULL));
}

static void
answer (Fixture    *fixture,
        const char *response)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (fixture->window);

  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (dialog);
  spin (20);
}

static void
test_asks_first (Fixture      *fixture,
                 gconstpointer data)
{
  AdwDialog  *dialog;
  const char *body;

  g_assert_true (is (fixture, "small", "can-download"));
  act (fixture, "small", "model.download");
  spin (50);
  g_assert_cmpstr (cs_fake_workshop_get_log (fixture->desk), ==, "");

  /* Who is asked, for how much, and under which licence */
  dialog = adw_window_get_visible_dialog (fixture->window);
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  body = adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog));
  g_assert_nonnull (strstr (body, "https://models.example/small.onnx"));
  g_assert_nonnull (strstr (body, "4.6"));
  g_assert_nonnull (strstr (body, "Apache 2.0"));

  answer (fixture, "cancel");
  g_assert_cmpstr (cs_fake_workshop_get_log (fixture->desk), ==, "");
  act (fixture, "small", "model.download");
  spin (50);
  answer (fixture, "download");
  spin (200);
  g_assert_cmpstr (cs_fake_workshop_get_log (fixture->desk), ==, "download:small\n");
  g_assert_true (is (fixture, "small", "in-use"));
  g_assert_true (is (fixture, "small", "can-remove"));
  g_assert_false (is (fixture, "small", "can-download"));
}

static void
test_stopped_and_gone_on_with (Fixture      *fixture,
                               gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *label = NULL;

  cs_fake_workshop_hold (fixture->desk, TRUE);
  act (fixture, "large", "model.download");
  answer (fixture, "download");
  spin (400);
  g_assert_true (is (fixture, "large", "is-loading"));
  before = dup_text (fixture, "large", "status");
  g_assert_nonnull (strstr (before, "89.0"));
  act (fixture, "large", "model.stop");
  spin (100);
  g_assert_false (is (fixture, "large", "is-loading"));
  g_assert_null (dup_text (fixture, "large", "trouble"));
  after = dup_text (fixture, "large", "status");
  g_assert_nonnull (strstr (after, "89.0"));
  label = dup_text (fixture, "large", "download-label");
  g_assert_cmpstr (label, ==, "_Go On Downloading…");

  cs_fake_workshop_hold (fixture->desk, FALSE);
  act (fixture, "large", "model.download");
  answer (fixture, "download");
  spin (200);
  g_assert_true (is (fixture, "large", "in-use"));
}

static void
test_failure_in_row (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char *trouble = NULL;

  cs_fake_workshop_fail_next (fixture->desk, "There is no connection.");
  act (fixture, "small", "model.download");
  answer (fixture, "download");
  spin (200);
  trouble = dup_text (fixture, "small", "trouble");
  g_assert_cmpstr (trouble, ==, "There is no connection.");
  g_assert_true (is (fixture, "small", "can-download"));

  act (fixture, "small", "model.download");
  answer (fixture, "download");
  spin (200);
  g_assert_null (dup_text (fixture, "small", "trouble"));
  g_assert_true (is (fixture, "small", "in-use"));
}

/* Marked, and never used by itself */
static void
test_not_for_selling (Fixture      *fixture,
                      gconstpointer data)
{
  AdwDialog       *dialog;
  g_autofree char *label = NULL;

  g_assert_true (is (fixture, "bound", "not-for-selling"));
  g_assert_false (is (fixture, "small", "not-for-selling"));
  label = dup_text (fixture, "bound", "label");
  g_assert_nonnull (strstr (label, "Not for selling"));

  act (fixture, "bound", "model.download");
  dialog = adw_window_get_visible_dialog (fixture->window);
  g_assert_nonnull (strstr (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (dialog)), "Not for Selling"));
  g_assert_null (adw_alert_dialog_get_default_response (ADW_ALERT_DIALOG (dialog)));
  answer (fixture, "download");
  spin (200);
  g_assert_false (is (fixture, "bound", "in-use"));
  g_assert_true (is (fixture, "bound", "can-use"));
  act (fixture, "bound", "model.use");
  spin (50);
  g_assert_true (is (fixture, "bound", "in-use"));
  act (fixture, "bound", "model.leave");
  spin (50);
  g_assert_false (is (fixture, "bound", "in-use"));
  act (fixture, "bound", "model.remove");
  spin (50);
  g_assert_true (is (fixture, "bound", "can-download"));
  g_assert_cmpstr (cs_fake_workshop_get_log (fixture->desk), ==, "download:bound\nuse:bound\nuse:none\nremove:bound\n");
}

static void
test_own_file (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/mine.onnx");
  g_autofree char *title = NULL;

  cs_fake_workshop_fail_next (fixture->desk, "This file is no model that finds products");
  cs_cutout_view_add_file (fixture->page, file);
  spin (50);
  g_assert_null (find_row (GTK_WIDGET (fixture->page), "own"));
  cs_cutout_view_add_file (fixture->page, file);
  spin (50);
  title = dup_text (fixture, "own", "title");
  g_assert_cmpstr (title, ==, "mine.onnx");
  g_assert_false (is (fixture, "own", "can-download"));
  g_assert_true (is (fixture, "own", "can-use"));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();
  g_resources_register (cs_resources_get_resource ());

  g_test_add ("/cutout/asks-first", Fixture, NULL, set_up, test_asks_first, tear_down);
  g_test_add ("/cutout/stopped-and-gone-on-with", Fixture, NULL, set_up, test_stopped_and_gone_on_with, tear_down);
  g_test_add ("/cutout/failure-in-row", Fixture, NULL, set_up, test_failure_in_row, tear_down);
  g_test_add ("/cutout/not-for-selling", Fixture, NULL, set_up, test_not_for_selling, tear_down);
  g_test_add ("/cutout/own-file", Fixture, NULL, set_up, test_own_file, tear_down);

  return g_test_run ();
}
