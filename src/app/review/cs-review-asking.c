/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-asking.h"
#include "cs-engine-roster.h"
#include "cs-fiber.h"
#include "cs-review-page-private.h"
#include "cs-window.h"

/* Words come many times a second; the eye wants a few (ms) */
#define TICK 120

/* Watching a model write. What it writes stands below the fields, cannot be
 * decided on, and goes when what was stored takes its place among the variants.
 */

static CsDrafting *
find_drafting (CsReviewPage *self,
               CsItem       *record,
               const char  **text)
{
  for (guint i = 0; i < self->watched->len; i++)
    {
      CsDrafting *drafting = self->watched->pdata[i];

      *text = cs_drafting_is_finished (drafting) ? NULL : cs_drafting_get_text (drafting, record->field, record->photo);
      if (*text != NULL && **text != '\0')
        return drafting;
    }
  *text = NULL;

  return NULL;
}

static void
show_written (CsReviewPage *self)
{
  GListModel *items = self->sheet != NULL ? cs_review_sheet_get_items (self->sheet) : NULL;

  for (guint i = 0; items != NULL && i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (CsReviewItem) item = g_list_model_get_item (items, i);
      CsFieldRow *row = cs_review_page_get_row (self, item);
      const char *text;
      CsDrafting *drafting = find_drafting (self, cs_review_item_get_item (item), &text);

      if (row != NULL)
        cs_field_row_set_provisional (row, drafting != NULL ? cs_drafting_get_engine (drafting) : NULL, text);
    }
}

static gboolean
tick_cb (gpointer data)
{
  CsReviewPage *self = data;

  self->drafting_tick = 0;
  show_written (self);

  return G_SOURCE_REMOVE;
}

static void
written_cb (CsReviewPage *self)
{
  if (self->drafting_tick == 0)
    self->drafting_tick = g_timeout_add (TICK, tick_cb, self);
}

static void
finished_cb (CsReviewPage *self,
             GParamSpec   *pspec,
             CsDrafting   *drafting)
{
  g_autofree char *sentence = g_strdup_printf (_("%s is done writing"), cs_drafting_get_engine (drafting));

  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
  written_cb (self);
}

static void
unwatch (CsReviewPage *self,
         guint         index)
{
  CsDrafting *drafting = self->watched->pdata[index];

  g_signal_handlers_disconnect_by_func (drafting, written_cb, self);
  g_signal_handlers_disconnect_by_func (drafting, finished_cb, self);
  g_ptr_array_remove_index (self->watched, index);
}

static void
watch (CsReviewPage *self,
       CsDrafting   *drafting)
{
  g_autofree char *sentence = NULL;

  if (g_ptr_array_find (self->watched, drafting, NULL))
    return;

  g_ptr_array_add (self->watched, g_object_ref (drafting));
  g_signal_connect_object (drafting, "written", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drafting, "notify::finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);

  /* Said once, politely: nobody wants to hear a text come in word by word */
  sentence = g_strdup_printf (_("%s is writing…"), cs_drafting_get_engine (drafting));
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

/* Who writes about what lies on the table */
void
cs_review_asking_update (CsReviewPage *self)
{
  CsEngines  *engines = self->desk != NULL ? cs_desk_get_engines (self->desk) : NULL;
  GListModel *all = engines != NULL ? cs_engines_get_drafting (engines) : NULL;
  gint64      here = self->sheet != NULL ? cs_review_sheet_get_id (self->sheet) : 0;
  g_autoptr (GPtrArray) now = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->watched == NULL)
    return;

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (CsDrafting) drafting = g_list_model_get_item (all, i);

      if (here != 0 && cs_drafting_get_product (drafting) == here)
        g_ptr_array_add (now, g_steal_pointer (&drafting));
    }

  for (guint i = self->watched->len; i > 0; i--)
    {
      if (!g_ptr_array_find (now, self->watched->pdata[i - 1], NULL))
        unwatch (self, i - 1);
    }
  for (guint i = 0; i < now->len; i++)
    watch (self, now->pdata[i]);
  show_written (self);
}

/* Asking */

typedef struct
{
  CsReviewPage *page;
  char         *engine; /* NULL for the usual one */
  GArray       *products;
  gboolean      all;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_object_unref (ask->page);
  g_free (ask->engine);
  g_clear_pointer (&ask->products, g_array_unref);
  g_free (ask);
}

/* Who had a scene painted behind what lies on the table wants to see it. Where the
 * person is on the table stays: a key may be on its way.
 */
static void
show_painted (Ask *ask)
{
  CsReviewPage  *self = ask->page;
  CsEngineSetup *setup = cs_engine_roster_find (cs_engine_roster_get (cs_desk_get_engines (self->desk)), ask->engine);
  g_autoptr (CsReviewSheet) sheet = self->sheet != NULL ? g_object_ref (self->sheet) : NULL;
  GListModel    *items;

  if (setup == NULL || setup->kind != CS_ENGINE_PICTURES || sheet == NULL || ask->products->len == 0 ||
      cs_review_sheet_get_id (sheet) != g_array_index (ask->products, gint64, 0) ||
      !dex_await (cs_review_sheet_refresh (sheet), NULL))
    return;

  items = cs_review_sheet_get_items (sheet);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (CsReviewItem) item = g_list_model_get_item (items, i);

      if (cs_review_item_get_item (item)->field == CS_FIELD_PICTURE && cs_review_item_is_pending (item) && !cs_review_item_get_busy (item))
        cs_review_item_show_of (item, ask->engine);
    }
}

static DexFuture *
ask_fiber (gpointer data)
{
  Ask          *ask = data;
  CsReviewPage *self = ask->page;
  g_autoptr (GError) error = NULL;
  gboolean asked;

  if (ask->all && !(ask->products = dex_await_boxed (cs_desk_list_queue (self->desk), &error)))
    {
      cs_window_report (GTK_WIDGET (self), error);
      return dex_future_new_false ();
    }

  asked = dex_await_boolean (cs_asking_begin (GTK_WIDGET (self), self->desk, ask->engine, ask->products, NULL), NULL);
  if (asked && !ask->all)
    show_painted (ask);

  return dex_future_new_for_boolean (asked);
}

static void
offer_models (CsReviewPage *self,
              gboolean      that_paint)
{
  AdwToast *toast = adw_toast_new (that_paint ? _("No model was added that paints scenes.") : _("No model was added that could be asked."));

  adw_toast_set_button_label (toast, _("_Models"));
  adw_toast_set_action_name (toast, "window.models");
  adw_toast_set_action_target (toast, "s", that_paint ? "scenes" : "writing");
  cs_window_add_toast (GTK_WIDGET (self), toast);
}

static void
ask_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  CsReviewPage   *self = CS_REVIEW_PAGE (widget);
  CsEngineRoster *roster = self->desk != NULL ? cs_engine_roster_get (cs_desk_get_engines (self->desk)) : NULL;
  gboolean        paint = g_str_equal (name, "review.paint");
  CsEngineSetup  *usual = paint ? cs_engine_roster_get_painter (roster) : cs_engine_roster_get_usual (roster);
  const char     *id = parameter != NULL ? g_variant_get_string (parameter, NULL) : usual != NULL ? usual->id
                                                                                                  : NULL;
  gint64          here = self->sheet != NULL ? cs_review_sheet_get_id (self->sheet) : 0;
  Ask            *ask;

  if (id == NULL)
    {
      offer_models (self, paint);
      return;
    }

  ask = g_new0 (Ask, 1);
  ask->page = g_object_ref (self);
  ask->engine = g_strdup (id);
  ask->all = g_str_equal (name, "review.ask-all");
  if (!ask->all)
    {
      ask->products = g_array_new (FALSE, FALSE, sizeof (gint64));
      if (here != 0)
        g_array_append_val (ask->products, here);
    }
  cs_engine_roster_set_usual (roster, id);
  dex_future_disown (cs_fiber_spawn (ask_fiber, ask, ask_free));
}

static void
roster_changed_cb (CsReviewPage   *self,
                   CsEngineRoster *roster)
{
  cs_picture_pane_set_can_paint (self->picture, cs_engine_roster_get_painter (roster) != NULL);
}

void
cs_review_asking_set_desk (CsReviewPage *self)
{
  CsEngines      *engines = cs_desk_get_engines (self->desk);
  CsEngineRoster *roster = cs_engine_roster_get (engines);

  if (engines == NULL)
    return;

  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  cs_ask_button_set_desk (self->ask, self->desk);
  g_signal_connect_object (roster, "changed", G_CALLBACK (roster_changed_cb), self, G_CONNECT_SWAPPED);
  roster_changed_cb (self, roster);
  g_signal_connect_object (cs_engines_get_drafting (engines), "items-changed",
                           G_CALLBACK (cs_review_asking_update), self, G_CONNECT_SWAPPED);
}

void
cs_review_asking_clear (CsReviewPage *self)
{
  g_clear_handle_id (&self->drafting_tick, g_source_remove);
  while (self->watched != NULL && self->watched->len > 0)
    unwatch (self, self->watched->len - 1);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
}

void
cs_review_asking_install (GtkWidgetClass *widget_class)
{
  g_type_ensure (CS_TYPE_ASK_BUTTON);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, ask);
  gtk_widget_class_install_action (widget_class, "review.ask", "s", ask_action);
  gtk_widget_class_install_action (widget_class, "review.ask-usual", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "review.ask-all", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "review.paint", NULL, ask_action);
}
