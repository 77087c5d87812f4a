/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "cs-fake-desk.h"
#include "cs-fake-engines.h"
#include "cs-resources.h"
#include "cs-sent-item.h"
#include "cs-sent-page.h"
#include "cs-sent-sums.h"

typedef struct
{
  CsDesk     *desk;
  AdwWindow  *window;
  CsSentPage *page;
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
  cs_fake_desk_add (fixture->desk, "竹编面包篮", 0, NULL);
}

static void
show (Fixture *fixture)
{
  fixture->page = g_object_new (CS_TYPE_SENT_PAGE, "desk", fixture->desk, NULL);
  fixture->window = g_object_new (ADW_TYPE_WINDOW, "content", fixture->page, "default-width", 800, "default-height", 700, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  spin (200);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  CsSentPage *page = fixture->page;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->desk);
  spin (300);
  g_assert_null (page);
}

static void
assert_state (Fixture    *fixture,
              const char *state,
              guint       n,
              gboolean    more)
{
  g_autofree char *is = NULL;
  g_autoptr (GListModel) list = NULL;
  gboolean has_more;

  g_object_get (fixture->page, "state", &is, "list", &list, "has-more", &has_more, NULL);
  g_assert_cmpstr (is, ==, state);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n);
  g_assert_true (has_more == more);
}

static void
test_empty (Fixture      *fixture,
            gconstpointer data)
{
  show (fixture);
  assert_state (fixture, "empty", 0, FALSE);
}

/* A page at a time; the months' sums are of all there is */
static void
test_pages (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *months = NULL;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (CsSentItem) item = NULL;
  g_autofree char *product = NULL;
  g_autofree char *message = NULL;

  for (guint i = 0; i < 119; i++)
    cs_fake_engines_add_sent (fixture->desk, 1, 10000, 1, NULL);
  cs_fake_engines_add_sent (fixture->desk, 1, 0, 0, "The provider is down.");
  show (fixture);
  assert_state (fixture, "list", 50, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "sent.more", NULL);
  spin (100);
  assert_state (fixture, "list", 100, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "sent.more", NULL);
  spin (100);
  assert_state (fixture, "list", 120, FALSE);

  g_object_get (fixture->page, "months", &months, "list", &list, NULL);
  g_assert_nonnull (strstr (months, "120 requests · 1.19 CNY · 119 suggestions accepted, 0.010 CNY for each"));
  item = g_list_model_get_item (list, 0);
  g_object_get (item, "product", &product, "message", &message, NULL);
  g_assert_cmpstr (product, ==, "Product 1");
  g_assert_cmpstr (message, ==, "The provider is down.");
}

static CsSent *
make (gint64      made_at,
      const char *currency,
      gint64      cost,
      CsSentState state)
{
  CsSent *sent = cs_sent_new ();

  sent->engine = g_strdup ("qwen");
  sent->made_at = made_at;
  sent->cost = cost;
  sent->state = state;
  g_strlcpy (sent->currency, currency, sizeof sent->currency);

  return sent;
}

/* Currencies are not added to each other, what never left is not counted, what has no price is said */
static void
test_sums (void)
{
  g_autoptr (CsSentSums) sums = cs_sent_sums_new ();
  g_autoptr (GPtrArray) sent = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_sent_unref);
  const gint64 november = 1794484800; /* 2026-11-12 */
  const gint64 october = 1791806400;  /* 2026-10-12 */
  g_autofree char *text = NULL;

  sums->months = g_array_new (FALSE, TRUE, sizeof (CsSentMonth));
  sums->spent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sums->unpriced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (sent, make (november, "CNY", 1000000, CS_SENT_ANSWERED));
  g_ptr_array_add (sent, make (november, "CNY", 5000000, CS_SENT_REFUSED));
  g_ptr_array_add (sent, make (november, "USD", 250000, CS_SENT_LOST));
  g_ptr_array_add (sent, make (november, "CNY", CS_PRICE_UNKNOWN, CS_SENT_ANSWERED));
  g_ptr_array_add (sent, make (october, "CNY", 3000000, CS_SENT_ANSWERED));
  cs_sent_sums_add (sums, sent, november - 86400);

  g_assert_cmpuint (sums->months->len, ==, 3);
  g_assert_cmpint (g_array_index (sums->months, CsSentMonth, 0).cost, ==, 1000000);
  g_assert_cmpuint (g_array_index (sums->months, CsSentMonth, 0).n_sent, ==, 2);
  g_assert_true (g_array_index (sums->months, CsSentMonth, 0).unpriced);
  g_assert_cmpint (g_array_index (sums->months, CsSentMonth, 1).cost, ==, 250000);
  g_assert_cmpint (g_array_index (sums->months, CsSentMonth, 2).month, ==, 10);
  g_assert_cmpint (*(gint64 *) g_hash_table_lookup (sums->spent, "qwen"), ==, 1250000);
  text = cs_sent_month_to_text (&g_array_index (sums->months, CsSentMonth, 0));
  g_assert_cmpstr (text, ==, "November 2026 · 2 requests · 1.00 CNY · some of it has no price");
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();
  g_resources_register (cs_resources_get_resource ());
  g_test_add ("/app/sent-page/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/app/sent-page/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add_func ("/app/sent-page/sums", test_sums);

  return g_test_run ();
}
