/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-fiber.h"
#include "cs-shortcuts-dialog.h"
#include "cs-window-private.h"

static void
shortcuts_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  adw_dialog_present (cs_shortcuts_dialog_new (), widget);
}

/* What it was built with and what it runs with, then what the desk finds */
static char *
dup_debug_info (CsWindow *self)
{
  g_autoptr (GString) info = g_string_new (NULL);
  g_autoptr (GPtrArray) lines = NULL;

  g_string_append_printf (info, "Countersign %s\n", CS_VERSION);
  g_string_append_printf (info, "GTK: built with %d.%d.%d, running %u.%u.%u\n",
                          GTK_MAJOR_VERSION, GTK_MINOR_VERSION, GTK_MICRO_VERSION,
                          gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version ());
  g_string_append_printf (info, "libadwaita: built with %d.%d.%d, running %u.%u.%u\n",
                          ADW_MAJOR_VERSION, ADW_MINOR_VERSION, ADW_MICRO_VERSION,
                          adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ());
  g_string_append_printf (info, "GLib: built with %d.%d.%d, running %u.%u.%u\n",
                          GLIB_MAJOR_VERSION, GLIB_MINOR_VERSION, GLIB_MICRO_VERSION,
                          glib_major_version, glib_minor_version, glib_micro_version);
  g_string_append_printf (info, "Display: %s, renderer: %s\n",
                          G_OBJECT_TYPE_NAME (gtk_widget_get_display (GTK_WIDGET (self))),
                          G_OBJECT_TYPE_NAME (gtk_native_get_renderer (GTK_NATIVE (self))));

  if (self->desk != NULL && (lines = dex_await_boxed (cs_desk_examine (self->desk), NULL)) != NULL)
    {
      for (guint i = 0; i < lines->len; i++)
        g_string_append_printf (info, "%s\n", (const char *) g_ptr_array_index (lines, i));
    }

  return g_string_free (g_steal_pointer (&info), FALSE);
}

static DexFuture *
about_fiber (gpointer data)
{
  CsWindow        *self = data;
  g_autofree char *debug_info = dup_debug_info (self);
  AdwDialog       *dialog = adw_about_dialog_new ();

  g_object_set (dialog,
                "application-icon", CS_APP_ID,
                "application-name", _("Countersign"),
                "version", CS_VERSION,
                "comments", _("Drafts beside your own words and pictures. You decide, you sign, and nothing else leaves this computer."),
                "license-type", GTK_LICENSE_GPL_3_0,
                "debug-info", debug_info,
                "debug-info-filename", "countersign.txt",
                NULL);
  adw_dialog_present (dialog, GTK_WIDGET (self));

  return dex_future_new_true ();
}

static void
about_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  dex_future_disown (cs_fiber_spawn (about_fiber, g_object_ref (widget), g_object_unref));
}

void
cs_window_class_init_help (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "help.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "help.about", NULL, about_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK, "help.shortcuts", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_slash, GDK_CONTROL_MASK, "help.shortcuts", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "help.shortcuts", NULL);
}
