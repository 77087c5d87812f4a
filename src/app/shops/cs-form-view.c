/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-form-row.h"
#include "cs-form-view.h"
#include "cs-json.h"

struct _CsFormView
{
  GtkBox parent_instance;

  GPtrArray *rows; /* (element-type CsFormRow) */
};

G_DEFINE_FINAL_TYPE (CsFormView, cs_form_view, GTK_TYPE_BOX)

static GtkWidget *
add_group (CsFormView *self,
           CsForm     *form,
           gboolean    required,
           const char *title)
{
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < form->fields->len; i++)
    {
      CsFormField *field = form->fields->pdata[i];
      CsFormRow   *row;

      if (field->required != required)
        continue;

      if (group == NULL)
        {
          g_autofree char *markup = g_markup_escape_text (title, -1);

          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, markup);
          gtk_box_append (GTK_BOX (self), GTK_WIDGET (group));
        }
      row = cs_form_row_new (form, field);
      cs_form_row_add_to (row, group);
      g_ptr_array_add (self->rows, row);
    }

  return GTK_WIDGET (group);
}

static void
cs_form_view_finalize (GObject *object)
{
  g_clear_pointer (&CS_FORM_VIEW (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (cs_form_view_parent_class)->finalize (object);
}

static void
cs_form_view_class_init (CsFormViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_form_view_finalize;
}

static void
cs_form_view_init (CsFormView *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
}

void
cs_form_view_set_form (CsFormView *self,
                       CsForm     *form)
{
  GtkWidget *child;
  gboolean   mixed;

  g_return_if_fail (CS_IS_FORM_VIEW (self));

  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);

  if (form == NULL)
    return;

  mixed = add_group (self, form, TRUE, _("Needed There")) != NULL;
  add_group (self, form, FALSE, mixed ? _("May Stay Empty") : "");
}

char *
cs_form_view_dup_values (CsFormView *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *values = json_object_new ();

  g_return_val_if_fail (CS_IS_FORM_VIEW (self), NULL);

  json_node_take_object (node, values);
  for (guint i = 0; i < self->rows->len; i++)
    cs_form_row_write (self->rows->pdata[i], values);

  return cs_json_canonical (node);
}

gboolean
cs_form_view_check (CsFormView *self)
{
  CsFormRow *first = NULL;

  g_return_val_if_fail (CS_IS_FORM_VIEW (self), FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (!cs_form_row_check (self->rows->pdata[i]) && first == NULL)
        first = self->rows->pdata[i];
    }

  if (first != NULL)
    cs_form_row_grab_focus (first);

  return first == NULL;
}
