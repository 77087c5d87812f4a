/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "cs-asking.h"
#include "cs-consent-dialog.h"
#include "cs-engine-form.h"
#include "cs-engine-row.h"
#include "cs-engines-view.h"
#include "cs-fake-desk.h"
#include "cs-fake-engines.h"
#include "cs-left-over-bar.h"
#include "cs-models-page.h"
#include "cs-resources.h"

typedef struct
{
  CsDesk       *desk;
  AdwWindow    *window;
  CsModelsPage *page;
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
show (Fixture *fixture)
{
  fixture->page = g_object_new (CS_TYPE_MODELS_PAGE, "desk", fixture->desk, NULL);
  fixture->window = g_object_new (ADW_TYPE_WINDOW, "content", fixture->page, "default-width", 800,
                                  "default-height", 700, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  spin (150);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->desk = cs_fake_desk_new ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  CsModelsPage *page = fixture->page;
  CsDesk       *desk = fixture->desk;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_object_add_weak_pointer (G_OBJECT (desk), (gpointer *) &desk);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->desk);
  spin (400);
  g_assert_null (page);
  g_assert_null (desk);
}

/* The first of a type below a widget that is to be seen */
static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child) ? find (child, type) : NULL;

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
get_row (Fixture *fixture)
{
  GtkWidget *row = find (GTK_WIDGET (fixture->page), CS_TYPE_ENGINE_ROW);

  g_assert_nonnull (row);

  return row;
}

static char *
dup_said (Fixture    *fixture,
          const char *property)
{
  g_autoptr (CsEngineItem) item = NULL;
  char *value;

  g_object_get (get_row (fixture), "item", &item, NULL);
  g_object_get (item, property, &value, NULL);

  return value;
}

static AdwDialog *
get_dialog (Fixture *fixture)
{
  return adw_window_get_visible_dialog (fixture->window);
}

static void
answer (Fixture    *fixture,
        const char *response)
{
  AdwDialog *dialog = get_dialog (fixture);

  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (dialog);
  spin (50);
}

static const char *
get_log (Fixture *fixture)
{
  return cs_fake_engines_get_log (fixture->desk);
}

static void
begin (Fixture *fixture,
       guint    n)
{
  g_autoptr (GArray) products = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 i = 1; i <= n; i++)
    g_array_append_val (products, i);
  dex_future_disown (cs_asking_begin (GTK_WIDGET (fixture->page), fixture->desk, "qwen", products, NULL));
  spin (300);
}

/* What answers on this computer is one press away, and no more than offered */
static void
test_found (Fixture      *fixture,
            gconstpointer data)
{
  GtkWidget       *view;
  g_autofree char *found = NULL;

  cs_fake_engines_run_here (fixture->desk);
  show (fixture);
  view = find (GTK_WIDGET (fixture->page), CS_TYPE_ENGINES_VIEW);
  g_object_get (view, "found", &found, NULL);
  g_assert_cmpstr (found, ==, "Ollama is running on this computer. Let it draft texts as well?");
  g_assert_cmpstr (get_log (fixture), ==, "");
  g_assert_true (gtk_widget_activate_action (view, "engines.use-found", NULL));
  spin (300);
  g_assert_cmpstr (get_log (fixture), ==, "put:new:gemma3:-:0:0:-1\n");
  get_row (fixture);
  g_clear_pointer (&found, g_free);
  g_object_get (view, "found", &found, NULL);
  g_assert_null (found);
}

static GtkWidget *
open_form (Fixture *fixture)
{
  GtkWidget *view = find (GTK_WIDGET (fixture->page), CS_TYPE_ENGINES_VIEW);
  GtkWidget *form;

  gtk_widget_activate_action (view, "engines.add", NULL);
  spin (100);
  g_signal_emit_by_name (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (adw_dialog_get_child (get_dialog (fixture)))),
                         "picked", "qwen");
  spin (300);
  form = find (GTK_WIDGET (get_dialog (fixture)), CS_TYPE_ENGINE_FORM);
  g_assert_nonnull (form);

  return form;
}

static char *
dup_form (GtkWidget  *form,
          const char *property)
{
  char *value;

  g_object_get (form, property, &value, NULL);

  return value;
}

/* A key pasted, and it is ready: kept in the keyring, tried at once */
static void
test_add (Fixture      *fixture,
          gconstpointer data)
{
  GtkWidget *form;
  g_autofree char *lack = NULL;
  g_autofree char *said = NULL;

  show (fixture);
  form = open_form (fixture);
  gtk_widget_activate_action (form, "form.save", NULL);
  spin (50);
  lack = dup_form (form, "trouble");
  g_assert_cmpstr (lack, ==, "Paste your key first.");
  g_assert_cmpstr (get_log (fixture), ==, "");

  gtk_editable_set_text (GTK_EDITABLE (find (form, ADW_TYPE_PASSWORD_ENTRY_ROW)), "sk-secret");
  gtk_widget_activate_action (form, "form.save", NULL);
  spin (200);
  said = dup_form (form, "said");
  g_assert_cmpstr (said, ==, "It answers and looks at photos.");
  g_assert_cmpstr (get_log (fixture), ==, "put:new:qwen3-vl-plus:sk-secret:0:0:20000000\ntry:qwen\n");
  gtk_widget_activate_action (form, "form.done", NULL);
  spin (300);
  g_assert_null (get_dialog (fixture));
  get_row (fixture);
}

/* No keyring: nothing is kept before the person chose, and then not on disk */
static void
test_no_keyring (Fixture      *fixture,
                 gconstpointer data)
{
  GtkWidget *form;
  g_autofree char *trouble = NULL;
  gboolean   offered;

  show (fixture);
  form = open_form (fixture);
  gtk_editable_set_text (GTK_EDITABLE (find (form, ADW_TYPE_PASSWORD_ENTRY_ROW)), "sk-secret");
  g_object_get (form, "no-keyring", &offered, NULL);
  g_assert_false (offered);
  cs_fake_engines_fail_next (fixture->desk, CS_ERROR_NO_KEYRING, "This desktop keeps no secrets.");
  gtk_widget_activate_action (form, "form.save", NULL);
  spin (100);
  trouble = dup_form (form, "trouble");
  g_assert_cmpstr (trouble, ==, "This desktop keeps no secrets.");
  g_object_get (form, "no-keyring", &offered, NULL);
  g_assert_true (offered);
  gtk_widget_activate_action (form, "form.save-for-session", NULL);
  spin (100);
  g_assert_true (g_str_has_suffix (get_log (fixture), "put:new:qwen3-vl-plus:sk-secret:1:0:20000000\ntry:qwen\n"));
  adw_dialog_force_close (get_dialog (fixture));
}

static void
test_row (Fixture      *fixture,
          gconstpointer data)
{
  g_autofree char *cost = NULL;
  g_autofree char *trouble = NULL;
  GtkWidget       *view;

  cs_fake_engines_add (fixture->desk, "qwen", 5000000);
  cs_fake_engines_add_sent (fixture->desk, 1, 1200000, 2, NULL);
  cs_fake_engines_add_sent (fixture->desk, 2, 50000, 0, NULL);
  show (fixture);
  cost = dup_said (fixture, "cost");
  g_assert_cmpstr (cost, ==, "1.25 CNY of 5.00 CNY this month");

  view = find (GTK_WIDGET (fixture->page), CS_TYPE_ENGINES_VIEW);
  gtk_widget_activate_action (view, "engines.never-photos", "(sb)", "qwen", TRUE);
  spin (50);
  g_assert_cmpstr (get_log (fixture), ==, "put:qwen:qwen3-vl-plus:-:0:1:5000000\n");

  cs_fake_engines_fail_next (fixture->desk, CS_ERROR_SIGN_IN, "The key is not valid.");
  gtk_widget_activate_action (get_row (fixture), "engine.test", NULL);
  spin (50);
  trouble = dup_said (fixture, "trouble");
  g_assert_cmpstr (trouble, ==, "The key is not valid.");

  gtk_widget_activate_action (get_row (fixture), "engine.remove", NULL);
  spin (50);
  answer (fixture, "cancel");
  get_row (fixture);
  gtk_widget_activate_action (get_row (fixture), "engine.remove", NULL);
  spin (50);
  answer (fixture, "remove");
  spin (100);
  g_assert_null (find (GTK_WIDGET (fixture->page), CS_TYPE_ENGINE_ROW));
}

/* Nothing goes before it was shown and agreed to; "texts only" lasts */
static void
test_consent (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *address = NULL;
  GtkTextBuffer   *buffer;
  GtkTextIter      start, end;
  g_autofree char *text = NULL;

  cs_fake_engines_add (fixture->desk, "qwen", -1);
  cs_fake_engines_set_plan (fixture->desk, 2, 2100, 0, NULL);
  show (fixture);
  begin (fixture, 1);
  g_assert_true (CS_IS_CONSENT_DIALOG (get_dialog (fixture)));
  g_object_get (get_dialog (fixture), "address", &address, NULL);
  g_assert_cmpstr (address, ==, "https://models.example/v1/chat/completions");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find (GTK_WIDGET (get_dialog (fixture)), GTK_TYPE_TEXT_VIEW)));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_assert_cmpstr (text, ==, "1. note: 竹编果篮 直径28cm");
  adw_dialog_force_close (get_dialog (fixture));
  spin (100);
  g_assert_cmpstr (get_log (fixture), ==, "plan:qwen:1\n");

  begin (fixture, 1);
  gtk_widget_activate_action (GTK_WIDGET (get_dialog (fixture)), "consent.texts", NULL);
  spin (300);
  g_assert_true (g_str_has_suffix (get_log (fixture), "allow:qwen:1:0\nput:qwen:qwen3-vl-plus:-:0:1:-1\nask:qwen:1\n"));

  /* Agreed to, one product, next to nothing: no question */
  begin (fixture, 1);
  g_assert_null (get_dialog (fixture));
  g_assert_true (g_str_has_suffix (get_log (fixture), "plan:qwen:1\nask:qwen:1\n"));
}

static void
test_confirmed (Fixture      *fixture,
                gconstpointer data)
{
  const char *body;

  cs_fake_engines_add (fixture->desk, "qwen", 5000000);
  cs_fake_engines_set_plan (fixture->desk, 0, 6300, 0, NULL);
  show (fixture);
  begin (fixture, 1);
  gtk_widget_activate_action (GTK_WIDGET (get_dialog (fixture)), "consent.texts", NULL);
  spin (300);

  /* Several: what it will cost and what is left of the budget, before it goes */
  begin (fixture, 3);
  body = adw_alert_dialog_get_body (ADW_ALERT_DIALOG (get_dialog (fixture)));
  g_assert_nonnull (strstr (body, "0.0063 CNY"));
  g_assert_nonnull (strstr (body, "of 5.00 CNY"));
  answer (fixture, "cancel");
  g_assert_true (g_str_has_suffix (get_log (fixture), "plan:qwen:3\n"));
  begin (fixture, 3);
  answer (fixture, "send");
  g_assert_true (g_str_has_suffix (get_log (fixture), "ask:qwen:1:2:3\n"));

  /* All known already: nothing leaves, nothing is asked */
  cs_fake_engines_set_plan (fixture->desk, 0, 0, 3, NULL);
  begin (fixture, 3);
  g_assert_null (get_dialog (fixture));

  /* A reason not to send is said, and nothing is sent */
  cs_fake_engines_set_plan (fixture->desk, 0, -1, 0, "A budget needs a price.");
  begin (fixture, 2);
  g_assert_null (get_dialog (fixture));
  g_assert_cmpstr (cs_fake_desk_get_said (), ==, "A budget needs a price.");
  g_assert_true (g_str_has_suffix (get_log (fixture), "plan:qwen:2\n"));

  /* A budget that is enough for some of it is said before they go, even for one */
  cs_fake_engines_set_plan (fixture->desk, 0, 6300, 0, "The month’s budget is not enough for all.");
  begin (fixture, 1);
  body = adw_alert_dialog_get_body (ADW_ALERT_DIALOG (get_dialog (fixture)));
  g_assert_nonnull (strstr (body, "not enough for all"));
  answer (fixture, "cancel");
}

static void
test_left_over (Fixture      *fixture,
                gconstpointer data)
{
  CsLeftOverBar *bar = g_object_ref_sink (g_object_new (CS_TYPE_LEFT_OVER_BAR, NULL));
  gboolean       revealed;
  g_autofree char *text = NULL;

  show (fixture);
  cs_left_over_bar_set_desk (bar, fixture->desk);
  g_object_get (bar, "reveal", &revealed, NULL);
  g_assert_false (revealed);
  cs_fake_engines_set_unfinished (fixture->desk, 7);
  cs_left_over_bar_set_reason (bar, "The month’s budget is used up.");
  g_object_get (bar, "reveal", &revealed, "text", &text, NULL);
  g_assert_true (revealed);
  g_assert_cmpstr (text, ==, "A model was not asked about 7 products. The month’s budget is used up.");
  gtk_widget_activate_action (GTK_WIDGET (bar), "left-over.leave", NULL);
  spin (50);
  g_object_get (bar, "reveal", &revealed, NULL);
  g_assert_false (revealed);
  cs_fake_engines_set_unfinished (fixture->desk, 2);
  gtk_widget_activate_action (GTK_WIDGET (bar), "left-over.go-on", NULL);
  spin (50);
  g_assert_cmpstr (get_log (fixture), ==, "drop\ngo-on\n");
  g_object_unref (bar);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();
  g_resources_register (cs_resources_get_resource ());
#define ADD(name, func) g_test_add ("/app/models-page/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("found", test_found);
  ADD ("add", test_add);
  ADD ("no-keyring", test_no_keyring);
  ADD ("row", test_row);
  ADD ("consent", test_consent);
  ADD ("confirmed", test_confirmed);
  ADD ("left-over", test_left_over);

  return g_test_run ();
}
