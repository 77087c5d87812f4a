/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-review-page.h"
#include "cs-window.h"

struct _CsWindow
{
  AdwApplicationWindow parent_instance;

  CsDesk *desk;

  /* Template */
  AdwToastOverlay   *toasts;
  AdwNavigationView *navigation;
};

G_DEFINE_FINAL_TYPE (CsWindow, cs_window, ADW_TYPE_APPLICATION_WINDOW)

static void
toast_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CsWindow *self = CS_WINDOW (widget);
  AdwToast *toast = adw_toast_new (g_variant_get_string (parameter, NULL));

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
cs_window_dispose (GObject *object)
{
  CsWindow *self = CS_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_WINDOW);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_window_parent_class)->dispose (object);
}

static void
cs_window_class_init (CsWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, navigation);
  gtk_widget_class_install_action (widget_class, "window.toast", "s", toast_action);
}

static void
cs_window_init (CsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CsWindow *
cs_window_new (CsApplication *application,
               CsDesk        *desk,
               const GError  *error)
{
  CsWindow *self = g_object_new (CS_TYPE_WINDOW, "application", application, NULL);

  if (g_set_object (&self->desk, desk))
    adw_navigation_view_push (self->navigation, g_object_new (CS_TYPE_REVIEW_PAGE, "desk", desk, NULL));

  return self;
}

void
cs_window_import (CsWindow  *self,
                  GPtrArray *files)
{
  g_return_if_fail (CS_IS_WINDOW (self));
}

void
cs_window_report (GtkWidget    *widget,
                  const GError *error)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (error != NULL);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, DEX_ERROR, DEX_ERROR_FIBER_CANCELLED))
    gtk_widget_activate_action (widget, "window.toast", "s", error->message);
}
