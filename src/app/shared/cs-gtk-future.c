/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-gtk-future.h"

/* The one file of the window with GAsyncReadyCallbacks: each settles a promise,
 * which it owns.
 */

/* What the clipboard gives at most: a 100-megapixel photo is well below */
#define MAX_PICTURE_BYTES (256 * 1024 * 1024)

static void
settle_object (DexPromise *promise,
               gpointer    object,
               GError     *error)
{
  if (object != NULL)
    dex_promise_resolve_object (promise, object);
  else
    dex_promise_reject (promise, error);

  dex_unref (promise);
}

static void
files_chosen (GObject      *dialog,
              GAsyncResult *result,
              gpointer      data)
{
  GError     *error = NULL;
  GListModel *files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (dialog), result, &error);

  settle_object (data, files, error);
}

DexFuture *
cs_gtk_choose_files (GtkFileDialog *dialog,
                     GtkWindow     *parent)
{
  DexPromise *promise = dex_promise_new ();

  gtk_file_dialog_open_multiple (dialog, parent, NULL, files_chosen, dex_ref (promise));

  return DEX_FUTURE (promise);
}

static void
folders_chosen (GObject      *dialog,
                GAsyncResult *result,
                gpointer      data)
{
  GError     *error = NULL;
  GListModel *files = gtk_file_dialog_select_multiple_folders_finish (GTK_FILE_DIALOG (dialog), result, &error);

  settle_object (data, files, error);
}

DexFuture *
cs_gtk_choose_folders (GtkFileDialog *dialog,
                       GtkWindow     *parent)
{
  DexPromise *promise = dex_promise_new ();

  gtk_file_dialog_select_multiple_folders (dialog, parent, NULL, folders_chosen, dex_ref (promise));

  return DEX_FUTURE (promise);
}

static void
file_chosen (GObject      *dialog,
             GAsyncResult *result,
             gpointer      data)
{
  GError *error = NULL;
  GFile  *file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (dialog), result, &error);

  settle_object (data, file, error);
}

DexFuture *
cs_gtk_choose_file (GtkFileDialog *dialog,
                    GtkWindow     *parent)
{
  DexPromise *promise = dex_promise_new ();

  gtk_file_dialog_open (dialog, parent, NULL, file_chosen, dex_ref (promise));

  return DEX_FUTURE (promise);
}

static void
folder_chosen (GObject      *dialog,
               GAsyncResult *result,
               gpointer      data)
{
  GError *error = NULL;
  GFile  *file = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (dialog), result, &error);

  settle_object (data, file, error);
}

DexFuture *
cs_gtk_choose_folder (GtkFileDialog *dialog,
                      GtkWindow     *parent)
{
  DexPromise *promise = dex_promise_new ();

  gtk_file_dialog_select_folder (dialog, parent, NULL, folder_chosen, dex_ref (promise));

  return DEX_FUTURE (promise);
}

static void
launched (GObject      *launcher,
          GAsyncResult *result,
          gpointer      data)
{
  DexPromise *promise = data;
  GError     *error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (launcher), result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, error);

  dex_unref (promise);
}

DexFuture *
cs_gtk_launch (const char *address,
               GtkWindow  *parent)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (address);
  DexPromise *promise = dex_promise_new ();

  gtk_uri_launcher_launch (launcher, parent, NULL, launched, dex_ref (promise));

  return DEX_FUTURE (promise);
}

static void
files_read (GObject      *clipboard,
            GAsyncResult *result,
            gpointer      data)
{
  DexPromise   *promise = data;
  GError       *error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (clipboard), result, &error);

  if (value != NULL)
    dex_promise_resolve (promise, value);
  else
    dex_promise_reject (promise, error);

  dex_unref (promise);
}

DexFuture *
cs_gtk_read_files (GdkClipboard *clipboard)
{
  DexPromise *promise = dex_promise_new ();

  gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                  files_read, dex_ref (promise));

  return DEX_FUTURE (promise);
}

static void
picture_spliced (GObject      *stream,
                 GAsyncResult *result,
                 gpointer      data)
{
  DexPromise *promise = data;
  GError     *error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (stream), result, &error) < 0)
    dex_promise_reject (promise, error);
  else if (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)) > MAX_PICTURE_BYTES)
    dex_promise_reject (promise, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "Too large"));
  else
    dex_promise_resolve_boxed (promise, G_TYPE_BYTES,
                               g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream)));

  dex_unref (promise);
}

static void
picture_opened (GObject      *clipboard,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) stream = NULL;
  GError *error = NULL;

  if (!(stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (clipboard), result, NULL, &error)))
    {
      dex_promise_reject (data, error);
      dex_unref (data);
      return;
    }

  g_output_stream_splice_async (memory, stream,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, picture_spliced, data);
}

DexFuture *
cs_gtk_read_picture (GdkClipboard      *clipboard,
                     const char *const *mime_types)
{
  DexPromise *promise = dex_promise_new ();

  gdk_clipboard_read_async (clipboard, (const char **) mime_types, G_PRIORITY_DEFAULT, NULL,
                            picture_opened, dex_ref (promise));

  return DEX_FUTURE (promise);
}

static void
texture_read (GObject      *clipboard,
              GAsyncResult *result,
              gpointer      data)
{
  GError     *error = NULL;
  GdkTexture *texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (clipboard), result, &error);

  settle_object (data, texture, error);
}

DexFuture *
cs_gtk_read_texture (GdkClipboard *clipboard)
{
  DexPromise *promise = dex_promise_new ();

  gdk_clipboard_read_texture_async (clipboard, NULL, texture_read, dex_ref (promise));

  return DEX_FUTURE (promise);
}

gboolean
cs_gtk_is_dismissed (const GError *error)
{
  return g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) ||
         g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED);
}
