/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-fiber.h"
#include "cs-gtk-future.h"
#include "cs-window-private.h"

/* More lines than this help nobody */
#define MAX_FAILURES_SHOWN 200

typedef struct
{
  CsWindow  *window;
  GPtrArray *files; /* of GFile */
} Import;

static void
import_free (Import *import)
{
  g_clear_object (&import->window);
  g_clear_pointer (&import->files, g_ptr_array_unref);
  g_free (import);
}

/* What came of it */

static void
show_failures (AdwToast *toast,
               gpointer  data)
{
  CsWindow        *self = data;
  CsImportSummary *summary = g_object_get_data (G_OBJECT (toast), "summary");
  g_autoptr (GString) body = g_string_new (NULL);
  AdwDialog *dialog;

  for (guint i = 0; i < MIN (summary->failures->len, MAX_FAILURES_SHOWN); i++)
    g_string_append_printf (body, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (summary->failures, i));
  if (summary->failures->len > MAX_FAILURES_SHOWN)
    g_string_append (body, "\n…");

  dialog = adw_alert_dialog_new (_("These Could Not Be Read"), body->str);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
notify_if_away (CsWindow   *self,
                const char *title,
                const char *body)
{
  g_autoptr (GNotification) notification = NULL;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application == NULL || gtk_window_is_active (GTK_WINDOW (self)))
    return;

  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_application_send_notification (G_APPLICATION (application), "import", notification);
}

static void
show_summary (CsWindow        *self,
              CsImportSummary *summary)
{
  g_autofree char *text = cs_import_summary_to_text (summary);
  AdwToast        *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  if (summary->n_failed > 0 && summary->failures != NULL)
    {
      adw_toast_set_timeout (toast, 0);
      adw_toast_set_button_label (toast, _("Details"));
      g_object_set_data_full (G_OBJECT (toast), "summary", cs_import_summary_ref (summary),
                              (GDestroyNotify) cs_import_summary_unref);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (show_failures), self, 0);
    }

  cs_window_add_toast (GTK_WIDGET (self), toast);
  notify_if_away (self, _("Photos added"), text);
}

/* Awaits an import and tells what came of it; the suggestions follow by themselves */
static DexFuture *
finish_import (CsWindow  *self,
               DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsImportSummary) summary = dex_await_boxed (future, &error);

  if (summary == NULL)
    {
      cs_window_report (GTK_WIDGET (self), error);
      return dex_future_new_false ();
    }

  show_summary (self, summary);

  return dex_future_new_true ();
}

static DexFuture *
import_fiber (gpointer data)
{
  Import *import = data;

  return finish_import (import->window, cs_desk_import (import->window->desk, import->files));
}

void
cs_window_import (CsWindow  *self,
                  GPtrArray *files)
{
  Import *import;

  g_return_if_fail (CS_IS_WINDOW (self));
  g_return_if_fail (files != NULL);

  if (self->desk == NULL || files->len == 0)
    return;

  import = g_new0 (Import, 1);
  import->window = g_object_ref (self);
  import->files = g_ptr_array_ref (files);

  gtk_widget_activate_action (GTK_WIDGET (self), "window.show-page", "s", "products");
  dex_future_disown (cs_fiber_spawn (import_fiber, import, (GDestroyNotify) import_free));
}

static void
import_file_list (CsWindow    *self,
                  GdkFileList *list)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (list);
  g_autoptr (GPtrArray) array = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSList *iter = files; iter != NULL; iter = iter->next)
    g_ptr_array_add (array, g_object_ref (iter->data));

  cs_window_import (self, array);
}

static DexFuture *
import_texture (CsWindow   *self,
                GdkTexture *texture)
{
  g_autoptr (GBytes) bytes = gdk_texture_save_to_png_bytes (texture);
  g_autofree char *name = g_strdup_printf ("%s.png", _("Pasted picture"));

  return finish_import (self, cs_desk_import_bytes (self->desk, bytes, name));
}

/* Choosing */

static DexFuture *
choose_fiber (gpointer data)
{
  Import *import = data;
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GError) error = NULL;
  gboolean folders = import->files == NULL;

  gtk_file_dialog_set_title (dialog, folders ? _("Add Folders") : _("Add Photos"));
  gtk_file_dialog_set_accept_label (dialog, _("_Add"));
  gtk_file_filter_set_name (filter, _("Photos"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));

  if (folders)
    files = dex_await_object (cs_gtk_choose_folders (dialog, GTK_WINDOW (import->window)), &error);
  else
    files = dex_await_object (cs_gtk_choose_files (dialog, GTK_WINDOW (import->window)), &error);

  if (files == NULL)
    {
      if (!cs_gtk_is_dismissed (error))
        cs_window_report (GTK_WIDGET (import->window), error);
      return dex_future_new_false ();
    }

  g_clear_pointer (&import->files, g_ptr_array_unref);
  import->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (import->files, g_list_model_get_item (files, i));

  cs_window_import (import->window, import->files);

  return dex_future_new_true ();
}

static void
choose_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  Import *import;

  if (CS_WINDOW (widget)->desk == NULL)
    return;

  import = g_new0 (Import, 1);
  import->window = g_object_ref (CS_WINDOW (widget));
  if (g_str_equal (action_name, "photos.add"))
    import->files = g_ptr_array_new ();

  dex_future_disown (cs_fiber_spawn (choose_fiber, import, (GDestroyNotify) import_free));
}

/* Pasting: files if there are any, else the picture as the other program
 * offers it, else its pixels.
 */

static const char *const picture_types[] = { "image/jpeg", "image/webp", "image/tiff", "image/heif", "image/png", NULL };

static gboolean
offers_picture (GdkContentFormats *formats)
{
  for (guint i = 0; picture_types[i] != NULL; i++)
    {
      if (gdk_content_formats_contain_mime_type (formats, picture_types[i]))
        return TRUE;
    }

  return FALSE;
}

static DexFuture *
paste_picture (CsWindow     *self,
               GdkClipboard *clipboard)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (offers_picture (gdk_clipboard_get_formats (clipboard)) &&
      (bytes = dex_await_boxed (cs_gtk_read_picture (clipboard, picture_types), NULL)) != NULL &&
      g_bytes_get_size (bytes) > 0)
    return finish_import (self, cs_desk_import_bytes (self->desk, bytes, _("Pasted picture")));

  if ((texture = dex_await_object (cs_gtk_read_texture (clipboard), &error)) != NULL)
    return import_texture (self, texture);

  cs_window_report (GTK_WIDGET (self), error);

  return dex_future_new_false ();
}

static DexFuture *
paste_fiber (gpointer data)
{
  CsWindow          *self = data;
  GdkClipboard      *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  g_autoptr (GError) error = NULL;

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ||
      gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    {
      GdkFileList *list = dex_await_boxed (cs_gtk_read_files (clipboard), &error);

      if (list == NULL)
        {
          cs_window_report (GTK_WIDGET (self), error);
          return dex_future_new_false ();
        }

      import_file_list (self, list);
      g_boxed_free (GDK_TYPE_FILE_LIST, list);
      return dex_future_new_true ();
    }

  if (offers_picture (formats) || gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    return paste_picture (self, clipboard);

  gtk_widget_activate_action (GTK_WIDGET (self), "window.toast", "s",
                              _("There is no photo in the clipboard"));

  return dex_future_new_false ();
}

static void
paste_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  if (CS_WINDOW (widget)->desk != NULL)
    dex_future_disown (cs_fiber_spawn (paste_fiber, g_object_ref (widget), g_object_unref));
}

/* Samples */

static DexFuture *
samples_fiber (gpointer data)
{
  CsWindow *self = data;

  return finish_import (self, cs_desk_import_samples (self->desk));
}

static void
samples_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  if (CS_WINDOW (widget)->desk != NULL)
    dex_future_disown (cs_fiber_spawn (samples_fiber, g_object_ref (widget), g_object_unref));
}

/* Dropping */

static DexFuture *
dropped_texture_fiber (gpointer data)
{
  Import *import = data;

  return import_texture (import->window, g_ptr_array_index (import->files, 0));
}

static gboolean
dropped (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         CsWindow      *self)
{
  gtk_revealer_set_reveal_child (self->drop_hint, FALSE);

  if (self->desk == NULL)
    return FALSE;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      import_file_list (self, g_value_get_boxed (value));
    }
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      Import *import = g_new0 (Import, 1);

      import->window = g_object_ref (self);
      import->files = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (import->files, g_value_dup_object (value));
      dex_future_disown (cs_fiber_spawn (dropped_texture_fiber, import, (GDestroyNotify) import_free));
    }

  return TRUE;
}

static GdkDragAction
drag_entered (GtkDropTarget *target,
              double         x,
              double         y,
              CsWindow      *self)
{
  if (self->desk == NULL)
    return 0;

  gtk_revealer_set_reveal_child (self->drop_hint, TRUE);

  return GDK_ACTION_COPY;
}

static void
drag_left (GtkDropTarget *target,
           CsWindow      *self)
{
  gtk_revealer_set_reveal_child (self->drop_hint, FALSE);
}

void
cs_window_init_import (CsWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, (GType[]) { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE }, 2);
  /* Before a text entry under the pointer takes the files' names for text */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect (target, "drop", G_CALLBACK (dropped), self);
  g_signal_connect (target, "enter", G_CALLBACK (drag_entered), self);
  g_signal_connect (target, "leave", G_CALLBACK (drag_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
cs_window_class_init_import (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "photos.add", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "photos.add-folders", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "photos.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "photos.add-samples", NULL, samples_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "photos.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "photos.add-folders", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "photos.paste", NULL);
}
