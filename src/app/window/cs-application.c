/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-application.h"
#include "cs-window.h"

struct _CsApplication
{
  AdwApplication parent_instance;

  char   *folder; /* --library, or NULL for the default one */
  CsDesk *desk;
};

G_DEFINE_FINAL_TYPE (CsApplication, cs_application, ADW_TYPE_APPLICATION)

static CsWindow *
ensure_window (CsApplication *self)
{
  g_autoptr (GError) error = NULL;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window != NULL)
    return CS_WINDOW (window);

  cs_application_open_desk (self, &error);

  return cs_window_new (self, self->desk, error);
}

static void
cs_application_activate (GApplication *application)
{
  CsApplication *self = CS_APPLICATION (application);

  gtk_window_present (GTK_WINDOW (ensure_window (self)));
}

static void
cs_application_open (GApplication *application,
                     GFile       **files,
                     int           n_files,
                     const char   *hint)
{
  CsApplication *self = CS_APPLICATION (application);
  CsWindow      *window = ensure_window (self);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (list, g_object_ref (files[i]));

  gtk_window_present (GTK_WINDOW (window));
  cs_window_import (window, list);
}

/* A library of one's own is a process of its own: the id under which a running
 * program is found carries it.
 */
static void
choose_library (CsApplication *self,
                const char    *folder)
{
  g_autofree char *other = cs_desk_dup_default_folder ();
  g_autofree char *checksum = NULL;
  g_autofree char *id = NULL;

  self->folder = g_canonicalize_filename (folder, NULL);
  if (g_strcmp0 (self->folder, other) == 0)
    return;

  checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->folder, -1);
  id = g_strdup_printf ("%s.L%.12s", CS_APP_ID, checksum);
  g_application_set_application_id (G_APPLICATION (self), id);
}

static int
cs_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  g_autofree char *folder = NULL;

  if (g_variant_dict_lookup (options, "library", "^ay", &folder))
    choose_library (CS_APPLICATION (application), folder);

  return -1;
}

static void
cs_application_shutdown (GApplication *application)
{
  CsApplication *self = CS_APPLICATION (application);

  if (self->desk != NULL)
    cs_desk_close (self->desk);
  g_clear_object (&self->desk);

  G_APPLICATION_CLASS (cs_application_parent_class)->shutdown (application);
}

static void
cs_application_finalize (GObject *object)
{
  CsApplication *self = CS_APPLICATION (object);

  g_clear_pointer (&self->folder, g_free);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_application_parent_class)->finalize (object);
}

static void
cs_application_class_init (CsApplicationClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = cs_application_finalize;
  application_class->activate = cs_application_activate;
  application_class->open = cs_application_open;
  application_class->handle_local_options = cs_application_handle_local_options;
  application_class->shutdown = cs_application_shutdown;
}

static const GOptionEntry options[] = {
  { "library", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Use the library in DIR"), N_("DIR") },
  { NULL },
};

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  /* Closing the window lets its pages save what was typed last */
  if (window != NULL)
    gtk_window_close (window);
}

static const GActionEntry actions[] = {
  { "quit", quit_action },
};

static void
cs_application_init (CsApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", (const char *[]) { "<Control>q", NULL });
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[PHOTO OR FOLDER…]"));
}

CsApplication *
cs_application_new (void)
{
  return g_object_new (CS_TYPE_APPLICATION,
                       "application-id", CS_APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", CS_RESOURCE_PATH,
                       NULL);
}

/**
 * cs_application_open_desk:
 *
 * Returns: (transfer none): the library, opened if it is not yet, or NULL with
 * an error that the window explains
 */
CsDesk *
cs_application_open_desk (CsApplication *self,
                          GError       **error)
{
  g_return_val_if_fail (CS_IS_APPLICATION (self), NULL);

  if (self->desk == NULL)
    self->desk = cs_desk_open (self->folder, CS_DESK_OPEN_FOR_ALL, error);

  return self->desk;
}
