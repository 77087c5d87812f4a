/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include <libdex.h>

G_BEGIN_DECLS

/* GTK's own asynchronous calls as futures. A person who closes a dialog makes
 * it reject with GTK_DIALOG_ERROR_DISMISSED, which is nothing to report.
 */

/* Resolves to a #GListModel of GFile */
DexFuture *cs_gtk_choose_files (GtkFileDialog *dialog,
                                GtkWindow     *parent) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_gtk_choose_folders (GtkFileDialog *dialog,
                                  GtkWindow     *parent) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GFile */
DexFuture *cs_gtk_choose_file (GtkFileDialog *dialog,
                               GtkWindow     *parent) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_gtk_choose_folder (GtkFileDialog *dialog,
                                 GtkWindow     *parent) G_GNUC_WARN_UNUSED_RESULT;
/* Opens an address in the browser. Resolves to true. */
DexFuture *cs_gtk_launch (const char *address,
                          GtkWindow  *parent) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GdkFileList */
DexFuture *cs_gtk_read_files (GdkClipboard *clipboard) G_GNUC_WARN_UNUSED_RESULT;
/* A picture as the other program offers it, byte for byte. Resolves to a #GBytes. */
DexFuture *cs_gtk_read_picture (GdkClipboard      *clipboard,
                                const char *const *mime_types) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GdkTexture */
DexFuture *cs_gtk_read_texture (GdkClipboard *clipboard) G_GNUC_WARN_UNUSED_RESULT;

gboolean cs_gtk_is_dismissed (const GError *error);

G_END_DECLS
