/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "cs-fake-desk.h"
#include "cs-fiber.h"
#include "cs-picture-pane-private.h"
#include "cs-resources.h"

#define RECEIPT(within, changed)                                                                             \
  "{\"version\":1,\"known\":true,\"within\":" within ",\"share\":0.4,\"changed\":" changed ",\"outside\":1," \
  "\"polish\":0.35,\"geometry\":{\"turn\":-1.8,\"x\":0.1,\"y\":0.2,\"width\":0.5,\"height\":0.6,"            \
  "\"out_width\":2000,\"out_height\":2000},\"light\":{\"gains\":[1,1,1],\"lift\":1,\"stops\":0.3},"          \
  "\"product\":{\"mean\":0.9,\"p99\":2,\"worst\":3},\"beyond\":{},\"encoding\":{},\"limit\":{}}"

typedef struct
{
  CsDesk        *desk;
  CsReviewSheet *sheet;
  CsPicturePane *pane;
  GtkWindow     *window;
  char          *photo;
} Fixture;

/* A photo as a file: 4 by 3 pixels of nothing in particular */
static char *
make_photo (void)
{
  const guint8 pixels[4 * 3 * 3] = { 0x40 };
  g_autoptr (GBytes) bytes = g_bytes_new (pixels, sizeof pixels);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (4, 3, GDK_MEMORY_R8G8B8, bytes, 12);
  char *path = NULL;
  int   fd = g_file_open_tmp ("countersign-XXXXXX.png", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_close (fd, NULL));
  g_assert_true (gdk_texture_save_to_png (texture, path));

  return path;
}

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
  fixture->photo = make_photo ();
  cs_fake_desk_add (fixture->desk, "竹编果篮", 2, fixture->photo);
  fixture->sheet = cs_review_sheet_new (fixture->desk, 1);
  dex_future_disown (cs_review_sheet_refresh (fixture->sheet));
  spin (50);
  fixture->pane = g_object_new (CS_TYPE_PICTURE_PANE, NULL);
  fixture->window = g_object_new (ADW_TYPE_WINDOW, "content", fixture->pane, "default-width", 800,
                                  "default-height", 700, NULL);
  cs_picture_pane_set_sheet (fixture->pane, fixture->sheet);
  gtk_window_present (fixture->window);
  spin (100);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  CsDesk        *desk = fixture->desk;
  CsPicturePane *pane = fixture->pane;

  g_object_add_weak_pointer (G_OBJECT (desk), (gpointer *) &desk);
  g_object_add_weak_pointer (G_OBJECT (pane), (gpointer *) &pane);
  gtk_window_destroy (fixture->window);
  g_object_unref (fixture->sheet);
  g_object_unref (fixture->desk);
  spin (300);
  g_assert_null (pane);
  g_assert_null (desk);
  g_unlink (fixture->photo);
  g_free (fixture->photo);
}

static guint
count (Fixture    *fixture,
       const char *word)
{
  const char *at = cs_fake_desk_get_log (fixture->desk);
  guint       n = 0;

  while ((at = strstr (at, word)) != NULL)
    {
      n++;
      at++;
    }

  return n;
}

static GtkRange *
get_air (Fixture *fixture)
{
  GtkWidget *box = gtk_widget_get_last_child (adw_bin_get_child (ADW_BIN (fixture->pane->sliders)));

  return GTK_RANGE (gtk_widget_get_next_sibling (gtk_widget_get_first_child (box)));
}

/* Twenty steps within two previews: never two under way, the last one is made, once, and the item is free again */
static void
test_slider (Fixture      *fixture,
             gconstpointer data)
{
  CsReviewItem *item = fixture->pane->item;

  g_assert_cmpfloat (gtk_range_get_value (get_air (fixture)), ==, CS_PICTURE_RECIPE_AIR);
  cs_fake_desk_set_delay (fixture->desk, 60);
  for (guint i = 1; i <= 20; i++)
    {
      gtk_range_set_value (get_air (fixture), 0.25 + i * 0.0125);
      spin (5);
      g_assert_true (cs_review_item_get_busy (item));
      g_assert_false (cs_review_item_can_decide (item, CS_VERDICT_ACCEPT));
    }
  g_assert_cmpuint (count (fixture, "picture:"), ==, 0);
  spin (900);
  g_assert_cmpuint (cs_fake_desk_get_max_previews (fixture->desk), ==, 1);
  g_assert_cmpuint (count (fixture, "preview:"), >=, 2);
  g_assert_cmpuint (count (fixture, "preview:"), <, 10);
  g_assert_cmpuint (count (fixture, "picture:"), ==, 1);
  g_assert_cmpuint (count (fixture, "picture:{\"air\":0.5,"), ==, 1);
  g_assert_false (cs_review_item_get_busy (item));
  g_assert_false (fixture->pane->previews);
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (get_air (fixture)), 0.5, 0.0001);
}

/* Back where it was: nothing is made, and the suggestion stands again */
static void
test_back (Fixture      *fixture,
           gconstpointer data)
{
  gtk_range_set_value (get_air (fixture), 0.75);
  spin (50);
  g_assert_true (fixture->pane->previews);
  gtk_range_set_value (get_air (fixture), 0.2);
  spin (600);
  g_assert_cmpuint (count (fixture, "picture:"), ==, 0);
  g_assert_false (fixture->pane->previews);
  g_assert_false (cs_review_item_get_busy (fixture->pane->item));
}

static void
test_failure (Fixture      *fixture,
              gconstpointer data)
{
  CsPicturePane *pane = fixture->pane;

  cs_fake_desk_fail_next (fixture->desk, CS_ERROR_UNREADABLE);
  gtk_range_set_value (get_air (fixture), 0.75);
  spin (700);
  g_assert_true (gtk_widget_get_visible (pane->trouble_row));
  g_assert_cmpstr (gtk_label_get_label (pane->trouble), ==, "The photo could not be read.");
  g_assert_cmpfloat (gtk_range_get_value (get_air (fixture)), ==, CS_PICTURE_RECIPE_AIR);
  g_assert_false (cs_review_item_get_busy (pane->item));
  g_assert_false (pane->previews);

  /* and what was wanted is not lost */
  g_signal_emit_by_name (pane->try_again, "clicked");
  spin (200);
  g_assert_cmpuint (count (fixture, "picture:{\"air\":0.75,"), ==, 1);
  g_assert_false (gtk_widget_get_visible (pane->trouble_row));
}

/* Another photo while the hand has just let go: the first one is made all the same, and both are free */
static void
test_leaves (Fixture      *fixture,
             gconstpointer data)
{
  CsReviewItem *first = fixture->pane->item;

  cs_fake_desk_set_delay (fixture->desk, 50);
  gtk_range_set_value (get_air (fixture), 0.625);
  spin (10);
  cs_picture_pane_set_photo (fixture->pane, 1);
  g_assert_true (fixture->pane->item != first);
  g_assert_cmpfloat (gtk_range_get_value (get_air (fixture)), ==, CS_PICTURE_RECIPE_AIR);
  spin (800);
  g_assert_cmpuint (count (fixture, "picture:"), ==, 1);
  g_assert_cmpuint (count (fixture, "picture:{\"air\":0.625,"), ==, 1);
  g_assert_false (cs_review_item_get_busy (first));
  g_assert_false (cs_review_item_get_busy (fixture->pane->item));
}

static void
test_badge (Fixture      *fixture,
            gconstpointer data)
{
  CsPicturePane *pane = fixture->pane;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (pane->badge)));
  cs_fake_desk_set_receipt (fixture->desk, 1, 1, RECEIPT ("true", "0"), FALSE);
  dex_future_disown (cs_review_sheet_refresh (fixture->sheet));
  spin (100);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (pane->badge)));
  g_assert_true (cs_review_item_can_decide (pane->item, CS_VERDICT_ACCEPT));
  g_assert_false (gtk_widget_get_visible (pane->legend));
  g_object_set (pane->compare, "mode", CS_COMPARE_CHANGES, NULL);
  spin (100);
  g_assert_true (gtk_widget_get_visible (pane->legend));
  g_assert_cmpuint (count (fixture, "changes:"), ==, 1);

  cs_fake_desk_set_receipt (fixture->desk, 1, 1, RECEIPT ("false", "1"), FALSE);
  dex_future_disown (cs_review_sheet_refresh (fixture->sheet));
  spin (100);
  g_assert_false (cs_review_item_can_decide (pane->item, CS_VERDICT_ACCEPT));
  g_assert_true (cs_review_item_can_decide (pane->item, CS_VERDICT_REJECT));
}

static void
test_abstains (Fixture      *fixture,
               gconstpointer data)
{
  cs_fake_desk_set_receipt (fixture->desk, 1, 1, NULL, TRUE);
  dex_future_disown (cs_review_sheet_refresh (fixture->sheet));
  spin (100);
  g_assert_true (gtk_widget_get_visible (fixture->pane->why_row));
  g_assert_cmpstr (gtk_label_get_label (fixture->pane->why), ==, "Nothing stands out from the background.");
  g_assert_true (gtk_widget_get_visible (fixture->pane->no_model));
}

static void
test_same (Fixture      *fixture,
           gconstpointer data)
{
  cs_picture_pane_same_as_last (fixture->pane);
  spin (300);
  g_assert_cmpuint (count (fixture, "picture:{\"air\":0.75,\"polish\":0.125}"), ==, 1);
  cs_picture_pane_same_on_all (fixture->pane);
  spin (100);
  g_assert_cmpuint (count (fixture, "pictures:{\"air\":0.75,\"polish\":0.125}"), ==, 1);
}

static DexFuture *
decide_fiber (gpointer data)
{
  Fixture *fixture = data;
  CsItem  *item = cs_review_item_get_item (fixture->pane->item);

  dex_await (cs_desk_decide (fixture->desk, item, g_ptr_array_index (item->suggestions, 0), CS_VERDICT_ACCEPT, NULL, "window"), NULL);
  dex_await (cs_review_sheet_refresh (fixture->sheet), NULL);

  return dex_future_new_true ();
}

static void
test_decided (Fixture      *fixture,
              gconstpointer data)
{
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (fixture->pane->sliders)));
  dex_future_disown (cs_fiber_spawn (decide_fiber, fixture, NULL));
  spin (100);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (fixture->pane->sliders)));
  g_assert_true (gtk_widget_get_visible (fixture->pane->decided));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();
  g_resources_register (cs_resources_get_resource ());
#define ADD(name, func) g_test_add ("/app/picture-pane/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("slider", test_slider);
  ADD ("back", test_back);
  ADD ("failure", test_failure);
  ADD ("leaves", test_leaves);
  ADD ("badge", test_badge);
  ADD ("abstains", test_abstains);
  ADD ("same", test_same);
  ADD ("decided", test_decided);

  return g_test_run ();
}
