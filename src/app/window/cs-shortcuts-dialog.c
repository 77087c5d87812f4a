/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-shortcuts-dialog.h"

struct _CsShortcutsDialog
{
  AdwDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (CsShortcutsDialog, cs_shortcuts_dialog, ADW_TYPE_DIALOG)

static void
cs_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_SHORTCUTS_DIALOG);

  G_OBJECT_CLASS (cs_shortcuts_dialog_parent_class)->dispose (object);
}

static void
cs_shortcuts_dialog_class_init (CsShortcutsDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_shortcuts_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-shortcuts-dialog.ui");
}

static void
cs_shortcuts_dialog_init (CsShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
cs_shortcuts_dialog_new (void)
{
  return g_object_new (CS_TYPE_SHORTCUTS_DIALOG, NULL);
}
