/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "cs-fake-desk.h"
#include "cs-fake-workshop.h"
#include "cs-resources.h"
#include "cs-review-page-private.h"

/* The brush in the review: what it takes over, and what it gives back */

typedef struct
{
  CsDesk       *desk;
  GtkWindow    *window;
  CsReviewPage *page;
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
settle (Fixture *fixture)
{
  do
    spin (30);
  while (!cs_review_line_is_idle (fixture->page->line));
  spin (30);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->desk = cs_fake_desk_new ();
  cs_fake_desk_add (fixture->desk, "Round bamboo fruit basket, 28 cm", 2, NULL);
  cs_fake_desk_add (fixture->desk, "Bread basket", 1, NULL);
  fixture->page = g_object_new (CS_TYPE_REVIEW_PAGE, "desk", fixture->desk, NULL);
  fixture->window = g_object_new (ADW_TYPE_WINDOW, "content", fixture->page, "default-width", 1100,
                                  "default-height", 720, NULL);
  gtk_window_present (fixture->window);
  settle (fixture);
  g_assert_nonnull (fixture->page->sheet);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  CsReviewPage *page = fixture->page;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_destroy (fixture->window);
  g_object_unref (fixture->desk);
  spin (400);
  g_assert_null (page);
}

static gboolean
act (Fixture    *fixture,
     const char *action)
{
  GtkWidget *widget = g_str_has_prefix (action, "brush.") ? GTK_WIDGET (fixture->page->brush) : GTK_WIDGET (fixture->page);

  return gtk_widget_activate_action (widget, action, NULL);
}

static void
paint (Fixture *fixture)
{
  CsMaskEdit *edit = cs_fake_workshop_get_edit (fixture->desk);

  cs_mask_edit_begin_stroke (edit, CS_BRUSH_BRING_BACK, 0.1, 0.5, 0.5, 1);
  cs_mask_edit_end_stroke (edit);
}

static void
test_done (Fixture      *fixture,
           gconstpointer data)
{
  const char *log = cs_fake_desk_get_log (fixture->desk);

  g_assert_true (act (fixture, "review.brush"));
  g_assert_true (cs_review_brush_is_on (fixture->page));
  spin (50);
  g_assert_cmpstr (cs_fake_workshop_get_log (fixture->desk), ==, "edit:1\n");

  /* The rest of the page makes room */
  g_assert_false (gtk_widget_get_visible (fixture->page->bar));
  g_assert_false (gtk_widget_get_visible (fixture->page->side));
  g_assert_cmpstr (log, ==, "");

  paint (fixture);
  act (fixture, "brush.done");
  settle (fixture);
  log = cs_fake_desk_get_log (fixture->desk);
  g_assert_false (cs_review_brush_is_on (fixture->page));
  g_assert_true (gtk_widget_get_visible (fixture->page->bar));
  g_assert_true (gtk_widget_get_visible (fixture->page->side));
  g_assert_nonnull (strstr (log, "\"mask\":\"" CS_FAKE_MASK_HASH "\""));
  g_assert_nonnull (strstr (log, "\"straighten\":false"));
}

static void
test_cancelled (Fixture      *fixture,
                gconstpointer data)
{
  act (fixture, "review.brush");
  spin (50);
  paint (fixture);
  act (fixture, "brush.cancel");
  g_assert_false (cs_review_brush_is_on (fixture->page));

  /* Without a stroke there is nothing to keep */
  act (fixture, "review.brush");
  spin (50);
  act (fixture, "brush.done");
  spin (50);
  g_assert_false (cs_review_brush_is_on (fixture->page));
  g_assert_cmpstr (cs_fake_workshop_get_log (fixture->desk), ==, "edit:1\nedit:1\n");
  g_assert_cmpstr (cs_fake_desk_get_log (fixture->desk), ==, "");
}

static void
test_undo (Fixture      *fixture,
           gconstpointer data)
{
  CsMaskEdit *edit;

  act (fixture, "review.brush");
  spin (50);
  paint (fixture);
  edit = cs_fake_workshop_get_edit (fixture->desk);
  g_assert_true (cs_mask_edit_can_undo (edit));
  act (fixture, "brush.undo");
  g_assert_false (cs_mask_edit_can_undo (edit));
  act (fixture, "brush.redo");
  g_assert_true (cs_mask_edit_can_undo (edit));
  g_assert_cmpstr (cs_fake_desk_get_log (fixture->desk), ==, "");
}

/* What goes wrong is said; strokes are not lost by it */
static void
test_trouble (Fixture      *fixture,
              gconstpointer data)
{
  cs_fake_workshop_fail_next (fixture->desk, "This photo cannot be read.");
  act (fixture, "review.brush");
  spin (50);
  g_assert_cmpstr (cs_fake_desk_get_said (), ==, "This photo cannot be read.");
  g_assert_false (cs_review_brush_is_on (fixture->page));

  act (fixture, "review.brush");
  spin (50);
  paint (fixture);
  cs_fake_workshop_fail_next (fixture->desk, "The disk is full.");
  act (fixture, "brush.done");
  spin (50);
  g_assert_cmpstr (cs_fake_desk_get_said (), ==, "The disk is full.");
  g_assert_true (cs_review_brush_is_on (fixture->page));
  g_assert_true (cs_mask_edit_can_undo (cs_fake_workshop_get_edit (fixture->desk)));
  act (fixture, "brush.done");
  settle (fixture);
  g_assert_false (cs_review_brush_is_on (fixture->page));
}

/* Another product comes on the table: the brush is put away */
static void
test_put_away (Fixture      *fixture,
               gconstpointer data)
{
  act (fixture, "review.brush");
  spin (50);
  paint (fixture);
  cs_review_page_show_product (fixture->page, 2);
  settle (fixture);
  g_assert_false (cs_review_brush_is_on (fixture->page));
  g_assert_cmpstr (cs_fake_desk_get_log (fixture->desk), ==, "");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();
  g_resources_register (cs_resources_get_resource ());

  g_test_add ("/brush/done", Fixture, NULL, set_up, test_done, tear_down);
  g_test_add ("/brush/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/brush/undo", Fixture, NULL, set_up, test_undo, tear_down);
  g_test_add ("/brush/trouble", Fixture, NULL, set_up, test_trouble, tear_down);
  g_test_add ("/brush/put-away", Fixture, NULL, set_up, test_put_away, tear_down);

  return g_test_run ();
}
