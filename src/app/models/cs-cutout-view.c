/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cutout-view.h"
#include "cs-fiber.h"
#include "cs-gtk-future.h"
#include "cs-model-item.h"
#include "cs-model-row.h"
#include "cs-page-feed.h"
#include "cs-window.h"

struct _CsCutoutView
{
  AdwBin parent_instance;

  CsDesk     *desk;
  CsWorkshop *workshop;
  GListStore *models; /* of CsModelItem */
  CsPageFeed *feed;
  gboolean    adding; /* a file is being tried */

  /* Template */
  GtkListBox *list;
  GtkLabel   *add_trouble;
  GtkWidget  *add_spinner;
};

G_DEFINE_FINAL_TYPE (CsCutoutView, cs_cutout_view, ADW_TYPE_BIN)

typedef enum
{
  PROP_DESK = 1,
  PROP_STATE,
  PROP_TROUBLE,
  PROP_SUMMARY,
} CsCutoutViewProperty;

static GParamSpec *properties[PROP_SUMMARY + 1];

static void
update (CsCutoutView *self)
{
  for (guint i = PROP_STATE; i <= PROP_SUMMARY; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "models.add",
                                 self->feed != NULL && cs_page_feed_is_answered (self->feed) && !self->adding);
  gtk_widget_set_visible (self->add_spinner, self->adding);
}

static CsModelItem *
find_item (CsCutoutView *self,
           const char   *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->models)); i++)
    {
      g_autoptr (CsModelItem) item = g_list_model_get_item (G_LIST_MODEL (self->models), i);

      if (g_str_equal (cs_model_item_get_id (item), id))
        return item; /* the list holds it */
    }

  return NULL;
}

/* Reading */

/* Rows stay what they are, so that neither the focus nor a download loses its place */
static gboolean
is_same_list (CsCutoutView *self,
              GPtrArray    *models)
{
  if (models->len != g_list_model_get_n_items (G_LIST_MODEL (self->models)))
    return FALSE;

  for (guint i = 0; i < models->len; i++)
    {
      g_autoptr (CsModelItem) item = g_list_model_get_item (G_LIST_MODEL (self->models), i);

      if (!g_str_equal (cs_model_item_get_id (item), ((CsCutoutModel *) models->pdata[i])->id))
        return FALSE;
    }

  return TRUE;
}

static void
take_models (CsCutoutView *self,
             GPtrArray    *models)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < models->len; i++)
    {
      CsCutoutModel *model = models->pdata[i];
      CsModelItem   *item = find_item (self, model->id);

      if (item != NULL)
        cs_model_item_set_model (item, model);
      g_ptr_array_add (items, item != NULL ? g_object_ref (item) : cs_model_item_new (model));
    }

  if (!is_same_list (self, models))
    g_list_store_splice (self->models, 0, g_list_model_get_n_items (G_LIST_MODEL (self->models)),
                         items->pdata, items->len);
}

static DexFuture *
ask (GtkWidget *page,
     gboolean   anew)
{
  return cs_workshop_list_models (CS_CUTOUT_VIEW (page)->workshop);
}

static void
take (GtkWidget    *page,
      const GValue *answer)
{
  take_models (CS_CUTOUT_VIEW (page), g_value_get_boxed (answer));
}

static void
update_page (GtkWidget *page)
{
  update (CS_CUTOUT_VIEW (page));
}

static const CsPageFeedFuncs funcs = { ask, take, update_page };

static void
read_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  cs_page_feed_retry (CS_CUTOUT_VIEW (widget)->feed);
}

/* Doing something with one */

typedef struct
{
  CsCutoutView *page;
  CsWorkshop   *workshop;
  CsModelItem  *item; /* or NULL */
  CsJob        *job;
  GFile        *file;
  char         *action;
} Task;

static Task *
task_new (CsCutoutView *self,
          CsModelItem  *item)
{
  Task *task = g_new0 (Task, 1);

  task->page = g_object_ref (self);
  task->workshop = g_object_ref (self->workshop);
  task->item = item != NULL ? g_object_ref (item) : NULL;

  return task;
}

static void
task_free (Task *task)
{
  g_clear_object (&task->page);
  g_clear_object (&task->workshop);
  g_clear_object (&task->item);
  g_clear_object (&task->job);
  g_clear_object (&task->file);
  g_free (task->action);
  g_free (task);
}

static void
say (CsCutoutView *self,
     const char   *format,
     const char   *title)
{
  g_autofree char *sentence = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  sentence = g_strdup_printf (format, title);
#pragma GCC diagnostic pop
  gtk_widget_activate_action (GTK_WIDGET (self), "window.toast", "s", sentence);
}

static DexFuture *
download_fiber (gpointer data)
{
  Task *task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCutoutModel) model = NULL;

  cs_model_item_set_trouble (task->item, NULL);
  cs_model_item_set_job (task->item, task->job);
  model = dex_await_boxed (cs_workshop_download_model (task->workshop, cs_model_item_get_id (task->item), task->job),
                           &error);
  cs_job_finish (task->job);
  if (model == NULL && !cs_job_is_stopped (task->job))
    cs_model_item_set_trouble (task->item, error->message);
  dex_await (cs_page_feed_wait (task->page->feed), NULL);
  cs_model_item_set_job (task->item, NULL);
  if (model != NULL)
    say (task->page, model->in_use ? _("%s is here, and used from now on") : _("%s is here"), model->title);

  return dex_future_new_true ();
}

static void
download (CsCutoutView *self,
          const char   *id)
{
  CsModelItem *item = find_item (self, id);
  Task        *task;

  if (item == NULL || self->workshop == NULL || cs_model_item_get_job (item) != NULL)
    return;

  task = task_new (self, item);
  task->job = cs_job_new (cs_model_item_get_model (item)->title);
  dex_future_disown (cs_fiber_spawn (download_fiber, task, (GDestroyNotify) task_free));
}

static void
download_answered_cb (AdwAlertDialog *dialog,
                      const char     *response,
                      CsCutoutView   *self)
{
  if (g_str_equal (response, "download"))
    download (self, g_object_get_data (G_OBJECT (dialog), "model"));
}

/* What would leave this computer, and to whom, before it does */
static char *
dup_announcement (CsCutoutModel *model)
{
  g_autoptr (GUri) uri = g_uri_parse (model->address, G_URI_FLAGS_NONE, NULL);
  const char      *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *size = g_format_size (MAX (model->size - model->partial, 0));
  g_autofree char *licence = g_strdup (model->licence != NULL ? model->licence : "");

  /* Translators: size, computer's name, address, licence */
  return g_strdup_printf (_("%s will be asked of %s:\n%s\n\n%s\n\nOnly the file is asked for. No photo and nothing about you or your products is sent."),
                          size, host != NULL ? host : model->address, model->address, licence);
}

static void
download_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  CsCutoutView  *self = CS_CUTOUT_VIEW (widget);
  CsModelItem   *item = find_item (self, g_variant_get_string (parameter, NULL));
  CsCutoutModel *model = item != NULL ? cs_model_item_get_model (item) : NULL;
  AdwDialog     *dialog;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (model == NULL || model->address == NULL)
    return;

  heading = g_strdup_printf (model->commercial ? _("Download %s?") : _("Download %s, Not for Selling?"), model->title);
  body = dup_announcement (model);
  dialog = adw_alert_dialog_new (heading, body);
  g_object_set_data_full (G_OBJECT (dialog), "model", g_strdup (model->id), g_free);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel", _("_Cancel"), "download", _("_Download"), NULL);
  if (model->commercial)
    {
      adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "download", ADW_RESPONSE_SUGGESTED);
      adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "download");
    }
  g_signal_connect_object (dialog, "response", G_CALLBACK (download_answered_cb), self, 0);
  adw_dialog_present (dialog, widget);
}

static void
stop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsModelItem *item = find_item (CS_CUTOUT_VIEW (widget), g_variant_get_string (parameter, NULL));
  CsJob       *job = item != NULL ? cs_model_item_get_job (item) : NULL;

  if (job != NULL)
    cs_job_stop (job);
}

static DexFuture *
change (Task *task)
{
  const char *id = cs_model_item_get_id (task->item);

  if (g_str_equal (task->action, "models.use"))
    return cs_workshop_use_model (task->workshop, id);
  if (g_str_equal (task->action, "models.leave"))
    return cs_workshop_use_model (task->workshop, NULL);

  return cs_workshop_remove_model (task->workshop, id);
}

static DexFuture *
change_fiber (gpointer data)
{
  Task *task = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (change (task), &error))
    cs_model_item_set_trouble (task->item, error->message);
  dex_await (cs_page_feed_wait (task->page->feed), NULL);
  cs_model_item_set_busy (task->item, FALSE);

  return dex_future_new_true ();
}

static void
change_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CsCutoutView *self = CS_CUTOUT_VIEW (widget);
  CsModelItem  *item = find_item (self, g_variant_get_string (parameter, NULL));
  Task         *task;

  if (item == NULL || self->workshop == NULL)
    return;

  task = task_new (self, item);
  task->action = g_strdup (action_name);
  cs_model_item_set_trouble (item, NULL);
  cs_model_item_set_busy (item, TRUE);
  dex_future_disown (cs_fiber_spawn (change_fiber, task, (GDestroyNotify) task_free));
}

/* A file of one's own */

static void
set_add_trouble (CsCutoutView *self,
                 const char   *trouble)
{
  gtk_label_set_label (self->add_trouble, trouble != NULL ? trouble : "");
  gtk_widget_set_visible (GTK_WIDGET (self->add_trouble), trouble != NULL);
}

static DexFuture *
add_fiber (gpointer data)
{
  Task         *task = data;
  CsCutoutView *self = task->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCutoutModel) model = dex_await_boxed (cs_workshop_add_model (task->workshop, task->file), &error);

  if (model == NULL)
    set_add_trouble (self, error->message);
  dex_await (cs_page_feed_wait (self->feed), NULL);
  self->adding = FALSE;
  update (self);
  if (model != NULL)
    say (self, model->in_use ? _("%s is here, and used from now on") : _("%s is here"), model->title);

  return dex_future_new_true ();
}

void
cs_cutout_view_add_file (CsCutoutView *self,
                         GFile        *file)
{
  Task *task;

  g_return_if_fail (CS_IS_CUTOUT_VIEW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->adding || self->workshop == NULL)
    return;

  task = task_new (self, NULL);
  task->file = g_object_ref (file);
  self->adding = TRUE;
  set_add_trouble (self, NULL);
  update (self);
  dex_future_disown (cs_fiber_spawn (add_fiber, task, (GDestroyNotify) task_free));
}

static DexFuture *
choose_fiber (gpointer data)
{
  CsCutoutView *self = data;
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_title (dialog, _("Use a File"));
  gtk_file_dialog_set_accept_label (dialog, _("_Use"));
  /* Translators: ONNX is the format of these files */
  gtk_file_filter_set_name (filter, _("Models (ONNX)"));
  gtk_file_filter_add_suffix (filter, "onnx");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));

  files = dex_await_object (cs_gtk_choose_files (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL), &error);
  if (files == NULL)
    {
      if (!cs_gtk_is_dismissed (error))
        cs_window_report (GTK_WIDGET (self), error);
      return dex_future_new_false ();
    }

  if ((file = g_list_model_get_item (files, 0)) != NULL)
    cs_cutout_view_add_file (self, file);

  return dex_future_new_true ();
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  dex_future_disown (cs_fiber_spawn (choose_fiber, g_object_ref (widget), g_object_unref));
}

/* The class */

static GtkWidget *
make_row (gpointer item,
          gpointer data)
{
  return cs_model_row_new (item);
}

static const char *
get_state (CsCutoutView *self)
{
  const char *wait = self->feed != NULL ? cs_page_feed_get_wait (self->feed) : "loading";

  return wait != NULL ? wait : "list";
}

static char *
dup_summary (CsCutoutView *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->models)); i++)
    {
      g_autoptr (CsModelItem) item = g_list_model_get_item (G_LIST_MODEL (self->models), i);
      CsCutoutModel *model = cs_model_item_get_model (item);

      if (model->in_use)
        return g_strdup_printf (_("%s is used. Photos that are suggested from now on are cut out with it, on this computer."),
                                model->title);
    }

  return g_strdup (_("None is used yet, so backgrounds stay as they are. Everything else is done to your photos all the same."));
}

static gboolean
cs_cutout_view_grab_focus (GtkWidget *widget)
{
  CsCutoutView *self = CS_CUTOUT_VIEW (widget);

  if (gtk_widget_get_mapped (GTK_WIDGET (self->list)) &&
      gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD))
    return TRUE;

  return GTK_WIDGET_CLASS (cs_cutout_view_parent_class)->grab_focus (widget);
}

static void
cs_cutout_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CsCutoutView *self = CS_CUTOUT_VIEW (object);

  switch ((CsCutoutViewProperty) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;

    case PROP_STATE:
      g_value_set_string (value, get_state (self));
      break;

    case PROP_TROUBLE:
      g_value_set_string (value, self->feed != NULL ? cs_page_feed_get_trouble (self->feed) : NULL);
      break;

    case PROP_SUMMARY:
      g_value_take_string (value, self->models != NULL ? dup_summary (self) : NULL);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_cutout_view_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  CsCutoutView *self = CS_CUTOUT_VIEW (object);

  if (prop_id == PROP_DESK)
    g_set_object (&self->desk, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cs_cutout_view_constructed (GObject *object)
{
  CsCutoutView *self = CS_CUTOUT_VIEW (object);

  G_OBJECT_CLASS (cs_cutout_view_parent_class)->constructed (object);

  if (self->desk == NULL)
    return;

  g_set_object (&self->workshop, cs_desk_get_workshop (self->desk));
  self->feed = cs_page_feed_new (GTK_WIDGET (self), &funcs);
  g_signal_connect_object (self->workshop, "models-changed", G_CALLBACK (cs_page_feed_read), self->feed, G_CONNECT_SWAPPED);
  cs_page_feed_read (self->feed);
}

static void
cs_cutout_view_dispose (GObject *object)
{
  CsCutoutView *self = CS_CUTOUT_VIEW (object);

  if (self->feed != NULL)
    cs_page_feed_close (self->feed);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CUTOUT_VIEW);
  g_clear_object (&self->workshop);
  g_clear_object (&self->desk);
  g_list_store_remove_all (self->models);

  G_OBJECT_CLASS (cs_cutout_view_parent_class)->dispose (object);
}

static void
cs_cutout_view_finalize (GObject *object)
{
  CsCutoutView *self = CS_CUTOUT_VIEW (object);

  g_clear_object (&self->feed);
  g_clear_object (&self->models);

  G_OBJECT_CLASS (cs_cutout_view_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "models.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "models.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "models.download", "s", download_action);
  gtk_widget_class_install_action (widget_class, "models.stop", "s", stop_action);
  gtk_widget_class_install_action (widget_class, "models.use", "s", change_action);
  gtk_widget_class_install_action (widget_class, "models.leave", "s", change_action);
  gtk_widget_class_install_action (widget_class, "models.remove", "s", change_action);
}

static void
cs_cutout_view_class_init (CsCutoutViewClass *klass)
{
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = cs_cutout_view_constructed;
  object_class->dispose = cs_cutout_view_dispose;
  object_class->finalize = cs_cutout_view_finalize;
  object_class->get_property = cs_cutout_view_get_property;
  object_class->set_property = cs_cutout_view_set_property;
  widget_class->grab_focus = cs_cutout_view_grab_focus;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, CS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, told);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, told);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, told);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-cutout-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsCutoutView, list);
  gtk_widget_class_bind_template_child (widget_class, CsCutoutView, add_trouble);
  gtk_widget_class_bind_template_child (widget_class, CsCutoutView, add_spinner);
  install_actions (widget_class);
}

static void
cs_cutout_view_init (CsCutoutView *self)
{
  self->models = g_list_store_new (CS_TYPE_MODEL_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->models), make_row, NULL, NULL);
  update (self);
}
