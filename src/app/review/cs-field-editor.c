/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-field-editor.h"
#include "cs-key-button.h"

struct _CsFieldEditor
{
  AdwBin parent_instance;

  gboolean is_composing;
  gboolean is_beginning;

  /* Template */
  GtkTextView   *view;
  GtkTextBuffer *buffer;
};

G_DEFINE_FINAL_TYPE (CsFieldEditor, cs_field_editor, ADW_TYPE_BIN)

enum
{
  SAVED,
  LEFT,
  WRITTEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
preedit_cb (CsFieldEditor *self,
            const char    *preedit)
{
  self->is_composing = preedit != NULL && *preedit != '\0';
}

static void
buffer_changed_cb (CsFieldEditor *self)
{
  if (!self->is_beginning)
    g_signal_emit (self, signals[WRITTEN], 0);
}

static void
save_cb (CsFieldEditor *self)
{
  g_signal_emit (self, signals[SAVED], 0);
}

static void
leave_cb (CsFieldEditor *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

/* Before the text view, which would take Ctrl+Enter as a new line */
static gboolean
key_pressed_cb (CsFieldEditor  *self,
                guint           keyval,
                guint           keycode,
                GdkModifierType state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (self->is_composing)
    return GDK_EVENT_PROPAGATE;

  if (modifiers == GDK_CONTROL_MASK &&
      (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter))
    {
      save_cb (self);
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

/* After the input method, which closes its list of candidates with Esc */
static gboolean
key_left_over_cb (CsFieldEditor  *self,
                  guint           keyval,
                  guint           keycode,
                  GdkModifierType state)
{
  if (keyval != GDK_KEY_Escape || self->is_composing)
    return GDK_EVENT_PROPAGATE;

  leave_cb (self);
  return GDK_EVENT_STOP;
}

static gboolean
cs_field_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CS_FIELD_EDITOR (widget)->view));
}

static void
cs_field_editor_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_FIELD_EDITOR);

  G_OBJECT_CLASS (cs_field_editor_parent_class)->dispose (object);
}

static void
cs_field_editor_class_init (CsFieldEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const char     *names[N_SIGNALS] = { "saved", "left", "written" };

  G_OBJECT_CLASS (klass)->dispose = cs_field_editor_dispose;
  widget_class->grab_focus = cs_field_editor_grab_focus;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], CS_TYPE_FIELD_EDITOR, G_SIGNAL_RUN_LAST,
                               0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CS_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-field-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, CsFieldEditor, view);
  gtk_widget_class_bind_template_child (widget_class, CsFieldEditor, buffer);
  gtk_widget_class_bind_template_callback (widget_class, preedit_cb);
  gtk_widget_class_bind_template_callback (widget_class, buffer_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_left_over_cb);
}

static void
cs_field_editor_init (CsFieldEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* name: what a screen reader calls it */
void
cs_field_editor_begin (CsFieldEditor *self,
                       const char    *text,
                       const char    *name)
{
  GtkTextIter end;

  g_return_if_fail (CS_IS_FIELD_EDITOR (self));

  self->is_beginning = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, text != NULL ? text : "", -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->is_beginning = FALSE;
  self->is_composing = FALSE;
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_place_cursor (self->buffer, &end);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

char *
cs_field_editor_dup_text (CsFieldEditor *self)
{
  GtkTextIter start;
  GtkTextIter end;

  g_return_val_if_fail (CS_IS_FIELD_EDITOR (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}
