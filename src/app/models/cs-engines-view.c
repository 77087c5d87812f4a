/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-engine-dialog.h"
#include "cs-engine-item.h"
#include "cs-engine-row.h"
#include "cs-engines-view.h"
#include "cs-fiber.h"
#include "cs-page-feed.h"
#include "cs-sent-sums.h"
#include "cs-window.h"

struct _CsEnginesView
{
  AdwBin parent_instance;

  CsDesk        *desk;
  CsEngines     *engines;
  CsEngineKind   kind;
  GListStore    *list; /* of CsEngineItem */
  CsPageFeed    *feed;
  CsEngineSetup *found;      /* answers on this computer and was not added, or NULL */
  char          *found_name; /* who runs it */
  gboolean       adding;

  /* Template */
  GtkListBox *rows;
  GtkWidget  *card;
  GtkWidget  *none_added;
};

G_DEFINE_FINAL_TYPE (CsEnginesView, cs_engines_view, ADW_TYPE_BIN)

typedef enum
{
  PROP_STATE = 1,
  PROP_TROUBLE,
  PROP_INTRO,
  PROP_FOUND,
} CsEnginesViewProperty;

static GParamSpec *properties[PROP_FOUND + 1];

static CsEngineItem *
get_item (CsEnginesView *self,
          guint          position)
{
  g_autoptr (CsEngineItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  return item; /* the list holds it */
}

static guint
get_n_items (CsEnginesView *self)
{
  return self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
}

static CsEngineItem *
find_item (CsEnginesView *self,
           const char    *id)
{
  for (guint i = 0; i < get_n_items (self); i++)
    {
      if (g_strcmp0 (cs_engine_item_get_id (get_item (self, i)), id) == 0)
        return get_item (self, i);
    }

  return NULL;
}

static void
update (CsEnginesView *self)
{
  for (guint i = PROP_STATE; i <= PROP_FOUND; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  gtk_widget_set_visible (self->card, self->found != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), get_n_items (self) > 0);
  gtk_widget_set_visible (self->none_added, get_n_items (self) == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "engines.use-found", self->found != NULL && !self->adding);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "engines.change-found", self->found != NULL && !self->adding);
}

/* Reading */

/* Rows stay what they are, so that the focus keeps its place */
static gboolean
is_same_list (CsEnginesView *self,
              GPtrArray     *setups)
{
  if (setups->len != get_n_items (self))
    return FALSE;

  for (guint i = 0; i < setups->len; i++)
    {
      if (g_strcmp0 (cs_engine_item_get_id (get_item (self, i)), ((CsEngineSetup *) setups->pdata[i])->id) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
take_setups (CsEnginesView *self,
             GPtrArray     *all)
{
  g_autoptr (GPtrArray) setups = g_ptr_array_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    {
      CsEngineSetup *setup = g_ptr_array_index (all, i);
      CsEngineItem  *item = find_item (self, setup->id);

      if (setup->kind != self->kind)
        continue;

      if (item != NULL)
        cs_engine_item_set_setup (item, setup);
      g_ptr_array_add (setups, setup);
      g_ptr_array_add (items, item != NULL ? g_object_ref (item) : cs_engine_item_new (setup));
      /* What was found and is added now is no news any more */
      if (self->found != NULL && g_strcmp0 (setup->address, self->found->address) == 0)
        g_clear_pointer (&self->found, cs_engine_setup_unref);
    }

  if (!is_same_list (self, setups))
    g_list_store_splice (self->list, 0, get_n_items (self), items->pdata, items->len);
}

static DexFuture *
sums_fiber (gpointer data)
{
  CsEnginesView *self = data;
  g_autoptr (CsSentSums) sums = dex_await_boxed (cs_sent_sums_read (self->engines, TRUE), NULL);

  for (guint i = 0; sums != NULL && self->feed != NULL && i < get_n_items (self); i++)
    {
      CsEngineItem *item = get_item (self, i);
      const char   *id = cs_engine_item_get_id (item);
      gint64       *spent = g_hash_table_lookup (sums->spent, id);

      cs_engine_item_set_spent (item, spent != NULL ? *spent : 0, g_hash_table_contains (sums->unpriced, id));
    }

  return dex_future_new_true ();
}

static DexFuture *
ask (GtkWidget *widget,
     gboolean   anew)
{
  return cs_engines_list (CS_ENGINES_VIEW (widget)->engines);
}

static void
take (GtkWidget    *widget,
      const GValue *answer)
{
  take_setups (CS_ENGINES_VIEW (widget), g_value_get_boxed (answer));
  dex_future_disown (cs_fiber_spawn (sums_fiber, g_object_ref (widget), g_object_unref));
}

static void
update_view (GtkWidget *widget)
{
  update (CS_ENGINES_VIEW (widget));
}

static const CsPageFeedFuncs funcs = { ask, take, update_view };

static void
read_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  cs_page_feed_retry (CS_ENGINES_VIEW (widget)->feed);
}

/* What is found by itself */

static gboolean
is_added (GPtrArray     *setups,
          CsEngineSetup *found)
{
  for (guint i = 0; i < setups->len; i++)
    {
      if (g_strcmp0 (((CsEngineSetup *) setups->pdata[i])->address, found->address) == 0)
        return TRUE;
    }

  return FALSE;
}

static char *
dup_provider_title (CsEnginesView *self,
                    const char    *id)
{
  g_autoptr (GPtrArray) providers = dex_await_boxed (cs_engines_list_providers (self->engines), NULL);

  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      CsProvider *provider = g_ptr_array_index (providers, i);

      if (g_strcmp0 (provider->id, id) == 0)
        return g_strdup (provider->title);
    }

  return NULL;
}

static DexFuture *
look_fiber (gpointer data)
{
  CsEnginesView *self = data;
  g_autoptr (GPtrArray) found = dex_await_boxed (cs_engines_look_around (self->engines), NULL);
  g_autoptr (GPtrArray) setups = found != NULL ? dex_await_boxed (cs_engines_list (self->engines), NULL) : NULL;

  for (guint i = 0; setups != NULL && i < found->len; i++)
    {
      CsEngineSetup   *setup = g_ptr_array_index (found, i);
      g_autofree char *name = NULL;

      if (setup->kind != self->kind || is_added (setups, setup))
        continue;

      name = dup_provider_title (self, setup->provider);
      if (self->feed == NULL)
        break;
      g_clear_pointer (&self->found, cs_engine_setup_unref);
      self->found = cs_engine_setup_ref (setup);
      g_set_str (&self->found_name, name != NULL ? name : setup->title);
      update (self);
      return dex_future_new_true ();
    }

  return dex_future_new_false ();
}

static void
cs_engines_view_map (GtkWidget *widget)
{
  CsEnginesView *self = CS_ENGINES_VIEW (widget);

  GTK_WIDGET_CLASS (cs_engines_view_parent_class)->map (widget);

  if (self->found == NULL && self->kind == CS_ENGINE_WRITES)
    dex_future_disown (cs_fiber_spawn (look_fiber, g_object_ref (self), g_object_unref));
}

/* Doing something with one */

typedef struct
{
  CsEnginesView *view;
  CsEngineItem  *item; /* or NULL */
  CsEngineSetup *setup;
} Task;

static void
task_free (Task *task)
{
  g_clear_object (&task->view);
  g_clear_object (&task->item);
  g_clear_pointer (&task->setup, cs_engine_setup_unref);
  g_free (task);
}

static void
run (CsEnginesView *self,
     DexFiberFunc   func,
     CsEngineItem  *item,
     CsEngineSetup *setup)
{
  Task *task = g_new0 (Task, 1);

  task->view = g_object_ref (self);
  task->item = item != NULL ? g_object_ref (item) : NULL;
  task->setup = setup != NULL ? cs_engine_setup_ref (setup) : NULL;
  if (item != NULL)
    {
      cs_engine_item_set_said (item, NULL, NULL);
      cs_engine_item_set_busy (item, TRUE);
    }
  dex_future_disown (cs_fiber_spawn (func, task, (GDestroyNotify) task_free));
}

static DexFuture *
test_fiber (gpointer data)
{
  Task *task = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = dex_await_string (cs_engines_try (task->view->engines, cs_engine_item_get_id (task->item), NULL), &error);

  cs_engine_item_set_busy (task->item, FALSE);
  cs_engine_item_set_said (task->item, said, said == NULL ? error->message : NULL);

  return dex_future_new_true ();
}

static void
test_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsEnginesView *self = CS_ENGINES_VIEW (widget);
  CsEngineItem  *item = find_item (self, g_variant_get_string (parameter, NULL));

  if (item != NULL)
    run (self, test_fiber, item, NULL);
}

static DexFuture *
put_fiber (gpointer data)
{
  Task *task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsEngineSetup) kept = dex_await_boxed (cs_engines_put (task->view->engines, task->setup, NULL, CS_SECRET_IN_KEYRING), &error);

  if (task->item != NULL)
    {
      cs_engine_item_set_busy (task->item, FALSE);
      if (kept == NULL)
        cs_engine_item_set_said (task->item, NULL, error->message);
      else
        cs_engine_item_set_setup (task->item, kept);
      return dex_future_new_true ();
    }

  task->view->adding = FALSE;
  if (kept == NULL)
    cs_window_report (GTK_WIDGET (task->view), error);
  else
    gtk_widget_activate_action (GTK_WIDGET (task->view), "window.toast", "s",
                                _("Added. Select products, or open the review, to ask it."));
  if (task->view->feed != NULL)
    dex_await (cs_page_feed_wait (task->view->feed), NULL);

  return dex_future_new_true ();
}

static void
never_photos_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  CsEnginesView *self = CS_ENGINES_VIEW (widget);
  CsEngineItem  *item;
  const char    *id;
  gboolean       never;
  g_autoptr (CsEngineSetup) setup = NULL;

  g_variant_get (parameter, "(&sb)", &id, &never);
  if ((item = find_item (self, id)) == NULL)
    return;

  setup = cs_engine_setup_copy (cs_engine_item_get_setup (item));
  setup->never_photos = never;
  run (self, put_fiber, item, setup);
}

static void
use_found_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  CsEnginesView *self = CS_ENGINES_VIEW (widget);

  if (self->found == NULL || self->adding)
    return;

  self->adding = TRUE;
  update (self);
  run (self, put_fiber, NULL, self->found);
}

static void
change_found_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  CsEnginesView *self = CS_ENGINES_VIEW (widget);

  if (self->found != NULL)
    adw_dialog_present (cs_engine_dialog_new_for (self->engines, self->found), widget);
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CsEnginesView *self = CS_ENGINES_VIEW (widget);

  adw_dialog_present (cs_engine_dialog_new (self->engines, self->kind), widget);
}

static void
change_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CsEnginesView *self = CS_ENGINES_VIEW (widget);
  CsEngineItem  *item = find_item (self, g_variant_get_string (parameter, NULL));

  if (item != NULL)
    adw_dialog_present (cs_engine_dialog_new_for (self->engines, cs_engine_item_get_setup (item)), widget);
}

static DexFuture *
remove_fiber (gpointer data)
{
  Task *task = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_engines_remove (task->view->engines, cs_engine_item_get_id (task->item)), &error))
    cs_engine_item_set_said (task->item, NULL, error->message);
  cs_engine_item_set_busy (task->item, FALSE);
  if (task->view->feed != NULL)
    dex_await (cs_page_feed_wait (task->view->feed), NULL);

  return dex_future_new_true ();
}

static void
remove_answered_cb (AdwAlertDialog *dialog,
                    const char     *response,
                    CsEnginesView  *self)
{
  CsEngineItem *item = find_item (self, g_object_get_data (G_OBJECT (dialog), "engine"));

  if (item != NULL && g_str_equal (response, "remove"))
    run (self, remove_fiber, item, NULL);
}

/* Its key is gone with it, and that cannot be undone here */
static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CsEnginesView   *self = CS_ENGINES_VIEW (widget);
  CsEngineItem    *item = find_item (self, g_variant_get_string (parameter, NULL));
  AdwDialog       *dialog;
  g_autofree char *body = NULL;

  if (item == NULL)
    return;

  body = g_strdup_printf ("%s\n%s", cs_engine_item_get_setup (item)->title,
                          _("Its key is forgotten. What it suggested stays, and so does the list of what it was sent."));
  dialog = adw_alert_dialog_new (_("Remove This Model?"), body);
  g_object_set_data_full (G_OBJECT (dialog), "engine", g_strdup (cs_engine_item_get_id (item)), g_free);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_answered_cb), self, 0);
  adw_dialog_present (dialog, widget);
}

/* The class */

static GtkWidget *
make_row (gpointer item,
          gpointer data)
{
  return cs_engine_row_new (item);
}

static const char *
get_intro (CsEnginesView *self)
{
  if (self->kind == CS_ENGINE_PICTURES)
    return _("A model can paint a background or a scene behind your product. The product itself is laid over it from your photo, and what changed is measured.");

  return _("Countersign drafts by itself, on this computer, and goes on doing so. A model is an extra: what it writes stands beside the other drafts, and nothing is taken up before you accept it.");
}

static char *
dup_found (CsEnginesView *self)
{
  if (self->found == NULL)
    return NULL;

  /* Translators: a program: Ollama */
  return g_strdup_printf (_("%s is running on this computer. Let it draft texts as well?"), self->found_name);
}

static gboolean
cs_engines_view_grab_focus (GtkWidget *widget)
{
  CsEnginesView *self = CS_ENGINES_VIEW (widget);

  if (gtk_widget_get_mapped (GTK_WIDGET (self->rows)) &&
      gtk_widget_child_focus (GTK_WIDGET (self->rows), GTK_DIR_TAB_FORWARD))
    return TRUE;

  return gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
cs_engines_view_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CsEnginesView *self = CS_ENGINES_VIEW (object);
  const char    *wait;

  switch ((CsEnginesViewProperty) prop_id)
    {
    case PROP_STATE:
      wait = self->feed != NULL ? cs_page_feed_get_wait (self->feed) : "loading";
      g_value_set_string (value, wait != NULL ? wait : "list");
      break;

    case PROP_TROUBLE:
      g_value_set_string (value, self->feed != NULL ? cs_page_feed_get_trouble (self->feed) : NULL);
      break;

    case PROP_INTRO:
      g_value_set_string (value, get_intro (self));
      break;

    case PROP_FOUND:
      g_value_take_string (value, dup_found (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_engines_view_dispose (GObject *object)
{
  CsEnginesView *self = CS_ENGINES_VIEW (object);

  if (self->feed != NULL)
    cs_page_feed_close (self->feed);
  g_clear_object (&self->feed);
  if (self->rows != NULL)
    gtk_list_box_bind_model (self->rows, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_ENGINES_VIEW);
  g_clear_object (&self->list);
  g_clear_object (&self->engines);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->found, cs_engine_setup_unref);
  g_clear_pointer (&self->found_name, g_free);

  G_OBJECT_CLASS (cs_engines_view_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "engines.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "engines.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "engines.use-found", NULL, use_found_action);
  gtk_widget_class_install_action (widget_class, "engines.change-found", NULL, change_found_action);
  gtk_widget_class_install_action (widget_class, "engines.test", "s", test_action);
  gtk_widget_class_install_action (widget_class, "engines.change", "s", change_action);
  gtk_widget_class_install_action (widget_class, "engines.remove", "s", remove_action);
  gtk_widget_class_install_action (widget_class, "engines.never-photos", "(sb)", never_photos_action);
}

static void
cs_engines_view_class_init (CsEnginesViewClass *klass)
{
  static const char *const names[] = { [PROP_STATE] = "state", [PROP_TROUBLE] = "trouble", [PROP_INTRO] = "intro", [PROP_FOUND] = "found" };
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_engines_view_dispose;
  object_class->get_property = cs_engines_view_get_property;
  widget_class->grab_focus = cs_engines_view_grab_focus;
  widget_class->map = cs_engines_view_map;

  for (guint i = PROP_STATE; i <= PROP_FOUND; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-engines-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsEnginesView, rows);
  gtk_widget_class_bind_template_child (widget_class, CsEnginesView, card);
  gtk_widget_class_bind_template_child (widget_class, CsEnginesView, none_added);
  install_actions (widget_class);
}

static void
cs_engines_view_init (CsEnginesView *self)
{
  self->list = g_list_store_new (CS_TYPE_ENGINE_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->rows, G_LIST_MODEL (self->list), make_row, NULL, NULL);
}

GtkWidget *
cs_engines_view_new (CsDesk      *desk,
                     CsEngineKind kind)
{
  CsEnginesView *self = g_object_new (CS_TYPE_ENGINES_VIEW, NULL);

  self->desk = g_object_ref (desk);
  self->engines = g_object_ref (cs_desk_get_engines (desk));
  self->kind = kind;
  self->feed = cs_page_feed_new (GTK_WIDGET (self), &funcs);
  g_signal_connect_object (self->engines, "changed", G_CALLBACK (cs_page_feed_tell), self->feed, G_CONNECT_SWAPPED);
  update (self);
  cs_page_feed_read (self->feed);

  return GTK_WIDGET (self);
}
