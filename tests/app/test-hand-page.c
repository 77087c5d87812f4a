/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "cs-fake-desk.h"
#include "cs-fake-hand.h"
#include "cs-hand-item.h"
#include "cs-hand-page.h"
#include "cs-hand-row.h"
#include "cs-resources.h"

typedef struct
{
  CsDesk     *desk;
  AdwWindow  *window;
  CsHandPage *page;
} Fixture;

static void
spin (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static CsLesson *
make_lesson (const char *suggested,
             const char *decided)
{
  CsLesson *lesson = cs_lesson_new ();

  lesson->field = CS_FIELD_TITLE;
  lesson->language = g_strdup ("en");
  lesson->suggested = g_strdup (suggested);
  lesson->decided = g_strdup (decided);

  return lesson;
}

static CsHand *
make_hand (void)
{
  CsHand *hand = cs_hand_from_json ("{\"pinned\":[\"by Ann\"],\"never\":[\"cheap\",\"luxury\"],\"order\":[\"colour\",\"product\",\"size\"],"
                                    "\"learned\":[\"never:luxury\",\"offer:Made in Vermont\",\"order\"]}");

  hand->examples = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_lesson_unref);
  g_ptr_array_add (hand->examples, make_lesson ("Luxury Hat, Blue", "Blue Hat"));

  return hand;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (CsHand) hand = make_hand ();

  fixture->desk = cs_fake_desk_new ();
  if (data == NULL)
    cs_fake_hand_set (fixture->desk, hand);
  fixture->page = g_object_new (CS_TYPE_HAND_PAGE, "desk", fixture->desk, NULL);
  fixture->window = g_object_new (ADW_TYPE_WINDOW, "content", fixture->page, "default-width", 360,
                                  "default-height", 700, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  spin (100);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  CsHandPage *page = fixture->page;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->desk);
  spin (300);
  g_assert_null (page);
}

/* The row of a word, wherever it is below a widget; skips those before it */
static GtkWidget *
find_row (GtkWidget  *widget,
          CsHandPart  part,
          const char *word)
{
  if (CS_IS_HAND_ROW (widget))
    {
      g_autoptr (CsHandItem) item = NULL;

      g_object_get (widget, "item", &item, NULL);
      return cs_hand_item_get_part (item) == part && g_str_equal (cs_hand_item_get_word (item), word) ? widget : NULL;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, part, word);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
row (Fixture    *fixture,
     CsHandPart  part,
     const char *word)
{
  return find_row (GTK_WIDGET (fixture->page), part, word);
}

static gboolean
is (Fixture    *fixture,
    CsHandPart  part,
    const char *word,
    const char *property)
{
  g_autoptr (CsHandItem) item = NULL;
  gboolean value;

  g_object_get (row (fixture, part, word), "item", &item, NULL);
  g_object_get (item, property, &value, NULL);

  return value;
}

static void
act (Fixture    *fixture,
     CsHandPart  part,
     const char *word,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (row (fixture, part, word), action, NULL));
  spin (400);
}

static char *
dup_kept (Fixture *fixture)
{
  return cs_hand_to_json (cs_fake_hand_get (fixture->desk));
}

static void
enter (Fixture    *fixture,
       const char *name,
       const char *text)
{
  GtkWidget *entry = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (fixture->page), CS_TYPE_HAND_PAGE, name));

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "apply");
  spin (400);
}

static void
test_shown (Fixture      *fixture,
            gconstpointer data)
{
  g_assert_nonnull (row (fixture, CS_HAND_PINNED, "by Ann"));
  g_assert_nonnull (row (fixture, CS_HAND_OFFER, "Made in Vermont"));
  g_assert_nonnull (row (fixture, CS_HAND_EXAMPLE, "Blue Hat"));
  g_assert_true (is (fixture, CS_HAND_NEVER, "luxury", "learned"));
  g_assert_false (is (fixture, CS_HAND_NEVER, "cheap", "learned"));
  g_assert_false (is (fixture, CS_HAND_ORDER, "colour", "can-rise"));
  g_assert_true (is (fixture, CS_HAND_ORDER, "colour", "can-sink"));

  /* All that can stand in a title is there, also what the order does not name */
  for (guint i = 0; cs_hand_roles[i] != NULL; i++)
    g_assert_nonnull (row (fixture, CS_HAND_ORDER, cs_hand_roles[i]));

  /* And it fits the narrowest window */
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 360);
}

/* What was learned and taken out is not learned again; what was set just goes */
static void
test_taken_out (Fixture      *fixture,
                gconstpointer data)
{
  CsHand *kept;

  act (fixture, CS_HAND_NEVER, "luxury", "word.remove");
  g_assert_null (row (fixture, CS_HAND_NEVER, "luxury"));
  act (fixture, CS_HAND_NEVER, "cheap", "word.remove");
  act (fixture, CS_HAND_OFFER, "Made in Vermont", "word.remove");
  act (fixture, CS_HAND_PINNED, "by Ann", "word.remove");

  kept = cs_fake_hand_get (fixture->desk);
  g_assert_cmpuint (g_strv_length (kept->never), ==, 0);
  g_assert_cmpuint (g_strv_length (kept->pinned), ==, 0);
  g_assert_true (cs_hand_is_unlearned (kept, "never:luxury"));
  g_assert_false (cs_hand_is_unlearned (kept, "never:cheap"));
  g_assert_true (cs_hand_is_unlearned (kept, "offer:Made in Vermont"));
  g_assert_true (cs_hand_is_learned (kept, "order"));

  /* Said by the seller, it counts again */
  enter (fixture, "never_entry", "luxury");
  kept = cs_fake_hand_get (fixture->desk);
  g_assert_cmpstr (kept->never[0], ==, "luxury");
  g_assert_false (cs_hand_is_unlearned (kept, "never:luxury"));
  g_assert_false (is (fixture, CS_HAND_NEVER, "luxury", "learned"));
}

static void
test_put_in (Fixture      *fixture,
             gconstpointer data)
{
  CsHand *kept;

  act (fixture, CS_HAND_OFFER, "Made in Vermont", "word.pin");
  enter (fixture, "pinned_entry", " 匠人手作，cheap , ,by Ann");
  kept = cs_fake_hand_get (fixture->desk);
  g_assert_cmpuint (g_strv_length (kept->pinned), ==, 4);
  g_assert_cmpstr (kept->pinned[1], ==, "Made in Vermont");
  g_assert_cmpstr (kept->pinned[2], ==, "匠人手作");
  /* A word cannot be both */
  g_assert_cmpstr (kept->pinned[3], ==, "cheap");
  g_assert_cmpuint (g_strv_length (kept->never), ==, 1);

  enter (fixture, "tone_entry", "  Short and plain ");
  kept = cs_fake_hand_get (fixture->desk);
  g_assert_cmpstr (kept->tone, ==, "Short and plain");
  enter (fixture, "tone_entry", " ");
  g_assert_null (cs_fake_hand_get (fixture->desk)->tone);
}

static void
test_order (Fixture      *fixture,
            gconstpointer data)
{
  gboolean learned;
  CsHand  *kept;

  g_object_get (fixture->page, "order-learned", &learned, NULL);
  g_assert_true (learned);
  act (fixture, CS_HAND_ORDER, "size", "word.rise");
  kept = cs_fake_hand_get (fixture->desk);
  g_assert_cmpstr (kept->order[0], ==, "colour");
  g_assert_cmpstr (kept->order[1], ==, "size");
  g_assert_cmpstr (kept->order[2], ==, "product");
  g_assert_false (cs_hand_is_learned (kept, "order"));
  g_object_get (fixture->page, "order-learned", &learned, NULL);
  g_assert_false (learned);

  /* The focus goes along, so that it can be pressed again */
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), row (fixture, CS_HAND_ORDER, "size")));
  act (fixture, CS_HAND_ORDER, "size", "word.rise");
  g_assert_cmpstr (cs_fake_hand_get (fixture->desk)->order[0], ==, "size");
  g_assert_false (gtk_widget_activate_action (row (fixture, CS_HAND_ORDER, "size"), "word.rise", NULL) &&
                  g_strcmp0 (cs_fake_hand_get (fixture->desk)->order[0], "size") != 0);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "hand.usual-order", NULL));
  spin (400);
  kept = cs_fake_hand_get (fixture->desk);
  g_assert_cmpuint (g_strv_length (kept->order), ==, 0);
  g_assert_true (cs_hand_is_unlearned (kept, "order"));
}

static void
test_switches (Fixture      *fixture,
               gconstpointer data)
{
  g_object_set (fixture->page, "in-use", FALSE, NULL);
  spin (400);
  g_assert_true (cs_fake_hand_get (fixture->desk)->off);
  g_assert_cmpstr (cs_fake_hand_get (fixture->desk)->never[1], ==, "luxury");
  g_object_set (fixture->page, "in-use", TRUE, "learning", FALSE, NULL);
  spin (400);
  g_assert_false (cs_fake_hand_get (fixture->desk)->off);
  g_assert_true (cs_fake_hand_get (fixture->desk)->learning_off);
}

/* What could not be kept is not shown as if it were */
static void
test_not_kept (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *before = dup_kept (fixture);
  g_autofree char *after = NULL;

  cs_fake_hand_fail_next (fixture->desk, "The disk is full.");
  act (fixture, CS_HAND_NEVER, "cheap", "word.remove");
  after = dup_kept (fixture);
  g_assert_cmpstr (before, ==, after);
  g_assert_nonnull (row (fixture, CS_HAND_NEVER, "cheap"));
  g_assert_cmpstr (cs_fake_desk_get_said (), ==, "The disk is full.");
}

static void
test_empty (Fixture      *fixture,
            gconstpointer data)
{
  gboolean set;

  g_object_get (fixture->page, "order-set", &set, NULL);
  g_assert_false (set);
  g_assert_nonnull (row (fixture, CS_HAND_ORDER, "brand"));
  enter (fixture, "never_entry", "");
  enter (fixture, "never_entry", "cheap");
  g_assert_nonnull (row (fixture, CS_HAND_NEVER, "cheap"));
  act (fixture, CS_HAND_NEVER, "cheap", "word.remove");
  g_assert_cmpuint (g_strv_length (cs_fake_hand_get (fixture->desk)->unlearned), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();
  g_resources_register (cs_resources_get_resource ());

  g_test_add ("/hand-page/shown", Fixture, NULL, set_up, test_shown, tear_down);
  g_test_add ("/hand-page/taken-out", Fixture, NULL, set_up, test_taken_out, tear_down);
  g_test_add ("/hand-page/put-in", Fixture, NULL, set_up, test_put_in, tear_down);
  g_test_add ("/hand-page/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/hand-page/switches", Fixture, NULL, set_up, test_switches, tear_down);
  g_test_add ("/hand-page/not-kept", Fixture, NULL, set_up, test_not_kept, tear_down);
  g_test_add ("/hand-page/empty", Fixture, "empty", set_up, test_empty, tear_down);

  return g_test_run ();
}
