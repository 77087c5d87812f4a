/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-fact-row.h"
#include "cs-fiber.h"

/* From the last key press to saving, in milliseconds */
#define PAUSE 800

struct _CsFactRow
{
  AdwPreferencesRow parent_instance;

  CsDesk  *desk;
  gint64   product;
  CsField  field;
  char    *placeholder;
  char    *saved; /* what the library holds, as last seen */
  char    *error;
  gboolean multi_line;
  gboolean filling; /* the text changes, but nobody types */
  guint    pause;

  /* Template */
  GtkText       *text;
  GtkTextView   *view;
  GtkTextBuffer *buffer;
};

G_DEFINE_FINAL_TYPE (CsFactRow, cs_fact_row, ADW_TYPE_PREFERENCES_ROW)

typedef enum
{
  PROP_FIELD = 1,
  PROP_PLACEHOLDER,
  PROP_MULTI_LINE,
  PROP_ERROR,
  PROP_HAS_ERROR,
  PROP_EMPTY,
} CsFactRowProperty;

static GParamSpec *properties[PROP_EMPTY + 1];

static char *
dup_text (CsFactRow *self)
{
  GtkTextIter start, end;

  if (!self->multi_line)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text)));

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static gboolean
is_typed (CsFactRow *self)
{
  g_autofree char *text = dup_text (self);

  return g_strcmp0 (text, self->saved != NULL ? self->saved : "") != 0;
}

static void
set_error (CsFactRow  *self,
           const char *error)
{
  GtkWidget *entry = self->multi_line ? GTK_WIDGET (self->view) : GTK_WIDGET (self->text);

  if (!g_set_str (&self->error, error))
    return;

  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (error != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), error, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_ERROR]);
}

/* Saving */

typedef struct
{
  CsFactRow *row;
  CsDesk    *desk;
  gint64     product;
  char      *value;
} Save;

static void
save_free (Save *save)
{
  g_clear_object (&save->row);
  g_clear_object (&save->desk);
  g_clear_pointer (&save->value, g_free);
  g_free (save);
  g_application_release (g_application_get_default ());
}

static DexFuture *
save_fiber (gpointer data)
{
  Save      *save = data;
  CsFactRow *self = save->row;
  g_autoptr (GError) error = NULL;
  gboolean done = dex_await (cs_desk_set_value (save->desk, save->product, self->field, save->value), &error);

  /* The row may show another product by now, or be gone */
  if (self->desk == NULL || self->product != save->product)
    return dex_future_new_for_boolean (done);

  if (done)
    g_set_str (&self->saved, save->value);
  set_error (self, done ? NULL : error->message);

  return dex_future_new_for_boolean (done);
}

void
cs_fact_row_save (CsFactRow *self)
{
  Save *save;

  g_return_if_fail (CS_IS_FACT_ROW (self));

  g_clear_handle_id (&self->pause, g_source_remove);

  if (self->desk == NULL || !is_typed (self))
    return;

  save = g_new0 (Save, 1);
  save->row = g_object_ref (self);
  save->desk = g_object_ref (self->desk);
  save->product = self->product;
  save->value = dup_text (self);

  /* Closing the window does not end the program before it is on disk */
  g_application_hold (g_application_get_default ());
  dex_future_disown (cs_fiber_spawn (save_fiber, save, (GDestroyNotify) save_free));
}

static gboolean
paused (gpointer data)
{
  CsFactRow *self = data;

  self->pause = 0;
  cs_fact_row_save (self);

  return G_SOURCE_REMOVE;
}

static void
typed (CsFactRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);

  if (self->filling)
    return;

  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE, paused, self);
}

static void
left (CsFactRow *self)
{
  cs_fact_row_save (self);
}

static void
cs_fact_row_unmap (GtkWidget *widget)
{
  cs_fact_row_save (CS_FACT_ROW (widget));

  GTK_WIDGET_CLASS (cs_fact_row_parent_class)->unmap (widget);
}

static gboolean
cs_fact_row_grab_focus (GtkWidget *widget)
{
  CsFactRow *self = CS_FACT_ROW (widget);

  return gtk_widget_grab_focus (self->multi_line ? GTK_WIDGET (self->view) : GTK_WIDGET (self->text));
}

static void
fill (CsFactRow  *self,
      const char *value)
{
  self->filling = TRUE;
  if (self->multi_line)
    gtk_text_buffer_set_text (self->buffer, value != NULL ? value : "", -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->text), value != NULL ? value : "");
  self->filling = FALSE;
}

static gboolean
has_focus_within (CsFactRow *self)
{
  return gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN;
}

/**
 * cs_fact_row_show:
 *
 * Fills the row with what the library holds; what is being typed stays.
 */
void
cs_fact_row_show (CsFactRow *self,
                  CsDesk    *desk,
                  CsProduct *product)
{
  const char *value;
  gboolean    is_other;

  g_return_if_fail (CS_IS_FACT_ROW (self));
  g_return_if_fail (product != NULL);

  is_other = self->product != product->id;
  g_set_object (&self->desk, desk);
  self->product = product->id;
  value = product->values[self->field];

  if (!is_other && (is_typed (self) || has_focus_within (self)))
    return;

  g_set_str (&self->saved, value);
  fill (self, value);
  set_error (self, NULL);
}

static void
set_field (CsFactRow  *self,
           const char *name)
{
  if (name == NULL || !cs_field_from_name (name, &self->field))
    g_return_if_reached ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), cs_field_get_label (self->field));
}

static void
cs_fact_row_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  CsFactRow       *self = CS_FACT_ROW (object);
  g_autofree char *text = NULL;

  switch ((CsFactRowProperty) prop_id)
    {
    case PROP_FIELD:
      g_value_set_string (value, cs_field_get_name (self->field));
      break;

    case PROP_PLACEHOLDER:
      g_value_set_string (value, self->placeholder);
      break;

    case PROP_MULTI_LINE:
      g_value_set_boolean (value, self->multi_line);
      break;

    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;

    case PROP_HAS_ERROR:
      g_value_set_boolean (value, self->error != NULL);
      break;

    case PROP_EMPTY:
      text = self->text != NULL ? dup_text (self) : NULL;
      g_value_set_boolean (value, text == NULL || *text == '\0');
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_fact_row_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  CsFactRow *self = CS_FACT_ROW (object);

  switch ((CsFactRowProperty) prop_id)
    {
    case PROP_FIELD:
      set_field (self, g_value_get_string (value));
      break;

    case PROP_PLACEHOLDER:
      if (g_set_str (&self->placeholder, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;

    case PROP_MULTI_LINE:
      self->multi_line = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;

    case PROP_ERROR:
    case PROP_HAS_ERROR:
    case PROP_EMPTY:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_fact_row_dispose (GObject *object)
{
  CsFactRow *self = CS_FACT_ROW (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_FACT_ROW);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_fact_row_parent_class)->dispose (object);
}

static void
cs_fact_row_finalize (GObject *object)
{
  CsFactRow *self = CS_FACT_ROW (object);

  g_clear_pointer (&self->placeholder, g_free);
  g_clear_pointer (&self->saved, g_free);
  g_clear_pointer (&self->error, g_free);

  G_OBJECT_CLASS (cs_fact_row_parent_class)->finalize (object);
}

static void
cs_fact_row_class_init (CsFactRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_fact_row_dispose;
  object_class->finalize = cs_fact_row_finalize;
  object_class->get_property = cs_fact_row_get_property;
  object_class->set_property = cs_fact_row_set_property;
  widget_class->unmap = cs_fact_row_unmap;
  widget_class->grab_focus = cs_fact_row_grab_focus;

  properties[PROP_FIELD] =
    g_param_spec_string ("field", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PLACEHOLDER] =
    g_param_spec_string ("placeholder", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MULTI_LINE] =
    g_param_spec_boolean ("multi-line", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR] =
    g_param_spec_string ("error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HAS_ERROR] =
    g_param_spec_boolean ("has-error", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_EMPTY] =
    g_param_spec_boolean ("empty", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-fact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsFactRow, text);
  gtk_widget_class_bind_template_child (widget_class, CsFactRow, view);
  gtk_widget_class_bind_template_child (widget_class, CsFactRow, buffer);
  gtk_widget_class_bind_template_callback (widget_class, typed);
  gtk_widget_class_bind_template_callback (widget_class, left);
}

static void
cs_fact_row_init (CsFactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
