/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "cs-fake-desk.h"
#include "cs-fake-engines.h"
#include "cs-resources.h"
#include "cs-review-page-private.h"
#include "cs-variant-button.h"
#include "cs-window.h"

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
  gint64 end = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  do
    spin (20);
  while (!cs_review_line_is_idle (fixture->page->line) && g_get_monotonic_time () < end);
  g_assert_true (cs_review_line_is_idle (fixture->page->line));
  spin (20);
}

static char *
dup_photo (void)
{
  const char      *shared = g_getenv ("CS_SHARED");
  g_autofree char *path = shared != NULL ? g_build_filename (shared, "photos", "Shoes_61bbb3a2-2ee0-47bd-b3f9-2675b3076302.jpg", NULL) : NULL;

  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *photo = dup_photo ();

  fixture->desk = cs_fake_desk_new ();
  cs_fake_desk_add (fixture->desk, "四川手工竹编果篮 圆形 直径28cm", 1, photo);
  cs_fake_desk_add (fixture->desk, "Round bamboo fruit basket, 28 cm", 2, photo);
  cs_fake_desk_add (fixture->desk, "竹编面包篮", 1, photo);
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
  CsDesk       *desk = fixture->desk;
  CsReviewPage *page = fixture->page;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_object_add_weak_pointer (G_OBJECT (desk), (gpointer *) &desk);
  gtk_window_destroy (fixture->window);
  g_object_unref (fixture->desk);
  spin (400);
  g_assert_null (page);
  g_assert_null (desk);
}

static void
act (Fixture    *fixture,
     const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), action, NULL);
}

static CsItemState
get_state (Fixture *fixture,
           gint64   product,
           CsField  field)
{
  return cs_fake_desk_find (fixture->desk, product, field, 0)->state;
}

static CsField
get_focus_field (Fixture *fixture)
{
  return cs_review_item_get_item (cs_review_sheet_get_focus (fixture->page->sheet))->field;
}

static gint64
get_shown (Fixture *fixture)
{
  return cs_review_sheet_get_id (fixture->page->sheet);
}

static void
test_walks_on (Fixture      *fixture,
               gconstpointer data)
{
  g_assert_cmpint (get_focus_field (fixture), ==, CS_FIELD_TITLE);
  act (fixture, "review.accept");
  settle (fixture);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_TITLE), ==, CS_ITEM_ACCEPTED);
  g_assert_cmpint (get_focus_field (fixture), ==, CS_FIELD_DESCRIPTION);
  act (fixture, "review.reject");
  settle (fixture);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_DESCRIPTION), ==, CS_ITEM_OPEN);
  act (fixture, "review.later");
  settle (fixture);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_BULLETS), ==, CS_ITEM_LATER);
  g_assert_cmpint (get_focus_field (fixture), ==, CS_FIELD_KEYWORDS);
  for (guint i = 0; i < 3; i++)
    {
      act (fixture, "review.accept");
      settle (fixture);
    }
  g_assert_cmpint (get_shown (fixture), ==, 2);
  g_assert_cmpint (get_focus_field (fixture), ==, CS_FIELD_TITLE);
}

/* Five keys within one decision: each is taken, each for its own item, none for what was not seen */
static void
test_fast_keys (Fixture      *fixture,
                gconstpointer data)
{
  cs_fake_desk_set_delay (fixture->desk, 60);
  act (fixture, "review.accept");
  act (fixture, "review.reject");
  act (fixture, "review.accept");
  act (fixture, "review.accept");
  g_assert_cmpint (get_focus_field (fixture), ==, CS_FIELD_TITLE);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_TITLE), ==, CS_ITEM_PENDING);
  settle (fixture);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_TITLE), ==, CS_ITEM_ACCEPTED);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_DESCRIPTION), ==, CS_ITEM_OPEN);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_BULLETS), ==, CS_ITEM_ACCEPTED);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_KEYWORDS), ==, CS_ITEM_ACCEPTED);

  for (guint i = 0; i < 8; i++)
    {
      act (fixture, "review.accept");
      spin (5);
      g_assert_cmpint (get_shown (fixture), ==, 1);
    }
  settle (fixture);
  g_assert_cmpint (get_shown (fixture), ==, 2);
  g_assert_cmpint (get_state (fixture, 2, CS_FIELD_TITLE), ==, CS_ITEM_PENDING);
  spin (300);
  g_assert_cmpuint (cs_review_queue_get_n_done (fixture->page->queue), ==, 1);
  g_assert_cmpuint (cs_review_queue_get_n_left (fixture->page->queue), ==, 2);
  g_assert_cmpuint (cs_id_list_get_ids (cs_review_queue_get_list (fixture->page->queue))->len, ==, 3);
}

static void
test_failure_stays (Fixture      *fixture,
                    gconstpointer data)
{
  cs_fake_desk_set_delay (fixture->desk, 30);
  cs_fake_desk_fail_next (fixture->desk, CS_ERROR_READ_ONLY);
  act (fixture, "review.accept");
  act (fixture, "review.accept");
  settle (fixture);
  g_assert_cmpstr (cs_fake_desk_get_said (), ==, "The disk is full.");
  g_assert_cmpint (get_focus_field (fixture), ==, CS_FIELD_TITLE);
  g_assert_cmpstr (cs_fake_desk_get_log (fixture->desk), ==, "");
  act (fixture, "review.accept");
  settle (fixture);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_TITLE), ==, CS_ITEM_ACCEPTED);
}

static void
test_undo (Fixture      *fixture,
           gconstpointer data)
{
  for (guint i = 0; i < 7; i++)
    {
      act (fixture, "review.accept");
      settle (fixture);
    }
  g_assert_cmpint (get_shown (fixture), ==, 2);
  g_assert_cmpuint (cs_review_queue_get_n_done (fixture->page->queue), ==, 1);
  for (guint i = 0; i < 50; i++)
    act (fixture, "review.undo");
  settle (fixture);
  g_assert_cmpint (get_shown (fixture), ==, 1);
  g_assert_cmpint (get_focus_field (fixture), ==, CS_FIELD_TITLE);
  g_assert_cmpuint (cs_review_queue_get_n_done (fixture->page->queue), ==, 0);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_TITLE), ==, CS_ITEM_PENDING);
}

/* What is being written outlives what arrives meanwhile, and a stale base is said and not lost */
static void
test_edit (Fixture      *fixture,
           gconstpointer data)
{
  CsReviewItem *item = cs_review_sheet_get_focus (fixture->page->sheet);

  act (fixture, "review.edit");
  spin (50);
  g_assert_nonnull (cs_review_item_get_draft (item));
  g_assert_true (GTK_IS_TEXT_VIEW (gtk_window_get_focus (fixture->window)));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (gtk_window_get_focus (fixture->window))), "我写的标题", -1);
  act (fixture, "review.accept");
  settle (fixture);
  g_assert_cmpstr (cs_fake_desk_get_log (fixture->desk), ==, "");

  cs_fake_desk_suggest_anew (fixture->desk, 1, "另一个标题");
  spin (300);
  g_assert_cmpstr (cs_review_item_get_draft (item), ==, "我写的标题");
  g_assert_true (GTK_IS_TEXT_VIEW (gtk_window_get_focus (fixture->window)));
  cs_review_page_decide (fixture->page, item, CS_VERDICT_EDIT, cs_review_item_get_draft (item));
  settle (fixture);
  g_assert_cmpstr (cs_fake_desk_get_log (fixture->desk), ==, "1:title:edit:我写的标题\n");
  g_assert_cmpint (get_focus_field (fixture), ==, CS_FIELD_DESCRIPTION);
}

static void
test_stale (Fixture      *fixture,
            gconstpointer data)
{
  cs_fake_desk_set_delay (fixture->desk, 60);
  act (fixture, "review.accept");
  cs_fake_desk_suggest_anew (fixture->desk, 1, "另一个标题");
  settle (fixture);
  g_assert_cmpstr (cs_fake_desk_get_said (), ==, "This has changed since it was shown.");
  g_assert_cmpint (get_focus_field (fixture), ==, CS_FIELD_TITLE);
  g_assert_cmpstr (cs_review_item_get_shown (cs_review_sheet_get_focus (fixture->page->sheet)), ==, "另一个标题");
}

static void
test_variant_and_accept_all (Fixture      *fixture,
                             gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "review.variant", "i", 3);
  g_assert_nonnull (strstr (cs_review_item_get_shown (cs_review_sheet_get_focus (fixture->page->sheet)), "真皮"));
  /* the variant on the screen has a phrase without a source: it is left */
  act (fixture, "review.accept-all");
  settle (fixture);
  spin (300);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_TITLE), ==, CS_ITEM_PENDING);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_DESCRIPTION), ==, CS_ITEM_ACCEPTED);
}

static void
test_photos (Fixture      *fixture,
             gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "review.product", "i", 1);
  settle (fixture);
  g_assert_cmpint (get_shown (fixture), ==, 2);
  for (guint i = 0; i < 5; i++)
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "review.item", "i", 1);
  g_assert_cmpint (get_focus_field (fixture), ==, CS_FIELD_ALT_TEXT);
  g_assert_cmpuint (cs_picture_pane_get_photo (fixture->page->picture), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "review.photo", "i", -1);
  g_assert_cmpuint (cs_picture_pane_get_photo (fixture->page->picture), ==, 0);
  g_assert_cmpint (cs_review_item_get_item (cs_review_sheet_get_focus (fixture->page->sheet))->photo, ==, 2);
}

/* A photo that nothing could be cut out of comes before the title, and stays there when it is decided */
static void
test_unsure_first (Fixture      *fixture,
                   gconstpointer data)
{
  cs_fake_desk_set_receipt (fixture->desk, 2, 3, NULL, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "review.product", "i", 1);
  settle (fixture);
  g_assert_cmpint (get_shown (fixture), ==, 2);
  g_assert_cmpint (get_focus_field (fixture), ==, CS_FIELD_PICTURE);
  g_assert_cmpuint (cs_picture_pane_get_photo (fixture->page->picture), ==, 1);
  act (fixture, "review.accept");
  settle (fixture);
  g_assert_cmpint (cs_fake_desk_find (fixture->desk, 2, CS_FIELD_PICTURE, 3)->state, ==, CS_ITEM_ACCEPTED);
  g_assert_cmpint (get_focus_field (fixture), ==, CS_FIELD_TITLE);
  g_assert_nonnull (cs_review_sheet_get_neighbour (fixture->page->sheet, cs_review_sheet_get_focus (fixture->page->sheet), -1));
}

/* The first of a type below a widget that is to be seen, whose accessible words are not asked */
static GtkWidget *
find_shown (GtkWidget *widget,
            GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_visible (child) ? find_shown (child, type) : NULL;

      if (found != NULL)
        return found;
    }

  return NULL;
}

static CsReviewItem *
get_title (Fixture *fixture)
{
  return cs_review_sheet_find (fixture->page->sheet, CS_FIELD_TITLE, 0);
}

static void
choose (Fixture *fixture,
        int      number)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "review.variant", "i", number);
}

/* What comes from another engine stands beside what is there: what the person
 * has before the eyes, and decides on, stays what it is
 */
static void
test_beside (Fixture      *fixture,
             gconstpointer data)
{
  CsReviewItem    *item = get_title (fixture);
  g_autofree char *shown = NULL;
  GtkWidget       *row = GTK_WIDGET (cs_review_page_get_row (fixture->page, item));

  choose (fixture, 2);
  shown = g_strdup (cs_review_item_get_shown (item));
  g_assert_null (find_shown (row, CS_TYPE_VARIANT_BUTTON));
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *text = g_strdup_printf ("模型写的标题 %u", i);

      cs_fake_desk_suggest_beside (fixture->desk, 1, CS_FIELD_TITLE, "qwen", text, CS_PHRASE_GROUNDED);
    }
  spin (300);
  g_assert_cmpuint (cs_review_item_get_n_variants (item), ==, 9);
  g_assert_cmpstr (cs_review_item_get_shown (item), ==, shown);
  g_assert_false (cs_review_item_is_unread (item));
  g_assert_nonnull (find_shown (row, CS_TYPE_VARIANT_BUTTON));

  choose (fixture, 9);
  g_assert_cmpstr (cs_review_item_get_shown (item), ==, "模型写的标题 5");
  act (fixture, "review.accept");
  settle (fixture);
  g_assert_cmpstr (cs_fake_desk_get_log (fixture->desk), ==, "1:title:accept:模型写的标题 5\n");
}

/* What says something else than the facts is told apart, and no key accepts it */
static void
test_contradicts (Fixture      *fixture,
                  gconstpointer data)
{
  CsReviewItem *item = get_title (fixture);

  cs_fake_desk_suggest_beside (fixture->desk, 1, CS_FIELD_TITLE, "qwen", "不锈钢果篮 直径30cm", CS_PHRASE_CONTRADICTS);
  spin (300);
  choose (fixture, 4);
  g_assert_false (cs_review_item_can_decide (item, CS_VERDICT_ACCEPT));
  act (fixture, "review.accept");
  settle (fixture);
  g_assert_cmpstr (cs_fake_desk_get_log (fixture->desk), ==, "");
  g_assert_cmpstr (cs_fake_desk_get_said (), ==, "The note says something else. Edit it (E), or reject it (R).");
  act (fixture, "review.accept-all");
  settle (fixture);
  g_assert_cmpint (get_state (fixture, 1, CS_FIELD_TITLE), ==, CS_ITEM_PENDING);
  g_assert_true (cs_review_item_can_decide (item, CS_VERDICT_EDIT));
  g_assert_true (cs_review_item_can_decide (item, CS_VERDICT_REJECT));
}

/* One that took the place of what was shown was not read yet: a key meant for the other is not taken for it */
static void
test_swapped (Fixture      *fixture,
              gconstpointer data)
{
  cs_fake_desk_suggest_anew (fixture->desk, 1, "另一个标题");
  spin (350);
  g_assert_cmpstr (cs_review_item_get_shown (get_title (fixture)), ==, "另一个标题");
  act (fixture, "review.accept");
  settle (fixture);
  g_assert_cmpstr (cs_fake_desk_get_log (fixture->desk), ==, "");
  spin (700);
  act (fixture, "review.accept");
  settle (fixture);
  g_assert_cmpstr (cs_fake_desk_get_log (fixture->desk), ==, "1:title:accept:另一个标题\n");
}

static gboolean
shows_text (GtkWidget  *widget,
            const char *words)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), words) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_get_visible (child) && shows_text (child, words))
        return TRUE;
    }

  return FALSE;
}

/* What a model is writing is seen, cannot be decided on, and goes when it is done */
static void
test_writing (Fixture      *fixture,
              gconstpointer data)
{
  CsDrafting *drafting = cs_fake_engines_draft (fixture->desk, 1);
  CsDrafting *other = cs_fake_engines_draft (fixture->desk, 2);
  GtkWidget  *fields = GTK_WIDGET (fixture->page->fields);

  cs_drafting_set_text (drafting, CS_FIELD_TITLE, 0, "模型正在写");
  cs_drafting_set_text (other, CS_FIELD_TITLE, 0, "别的商品");
  spin (300);
  g_assert_true (shows_text (fields, "模型正在写"));
  g_assert_false (shows_text (fields, "别的商品"));
  g_assert_cmpuint (cs_review_item_get_n_variants (get_title (fixture)), ==, 3);
  act (fixture, "review.accept");
  settle (fixture);
  g_assert_null (strstr (cs_fake_desk_get_log (fixture->desk), "模型正在写"));
  cs_drafting_finish (drafting);
  spin (300);
  g_assert_false (shows_text (fields, "模型正在写"));

  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "review.product", "i", 1);
  settle (fixture);
  g_assert_true (shows_text (fields, "别的商品"));
}

/* One model, one key: for this product; with Shift for all that wait */
static void
test_ask (Fixture      *fixture,
          gconstpointer data)
{
  act (fixture, "review.ask-usual");
  spin (50);
  g_assert_cmpstr (cs_fake_desk_get_said (), ==, "No model was added that could be asked.");
  cs_fake_engines_add (fixture->desk, "qwen", -1);
  cs_fake_engines_set_plan (fixture->desk, 0, 0, 3, NULL);
  spin (50);
  act (fixture, "review.ask-usual");
  spin (50);
  g_assert_true (g_str_has_suffix (cs_fake_engines_get_log (fixture->desk), "ask:qwen:1\n"));
  act (fixture, "review.ask-all");
  spin (50);
  g_assert_true (g_str_has_suffix (cs_fake_engines_get_log (fixture->desk), "ask:qwen:1:2:3\n"));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();
  g_resources_register (cs_resources_get_resource ());
#define ADD(name, func) g_test_add ("/app/review-page/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("walks-on", test_walks_on);
  ADD ("fast-keys", test_fast_keys);
  ADD ("failure-stays", test_failure_stays);
  ADD ("undo", test_undo);
  ADD ("edit", test_edit);
  ADD ("stale", test_stale);
  ADD ("variant-and-accept-all", test_variant_and_accept_all);
  ADD ("photos", test_photos);
  ADD ("unsure-first", test_unsure_first);
  ADD ("beside", test_beside);
  ADD ("contradicts", test_contradicts);
  ADD ("swapped", test_swapped);
  ADD ("writing", test_writing);
  ADD ("ask", test_ask);

  return g_test_run ();
}
