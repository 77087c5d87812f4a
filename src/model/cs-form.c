/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-form.h"
#include "cs-json.h"

static void
cs_form_choice_free (CsFormChoice *self)
{
  g_free (self->value);
  g_free (self->label);
  g_free (self->parent);
  g_free (self);
}

static void
cs_form_field_free (CsFormField *self)
{
  g_free (self->name);
  g_free (self->label);
  g_free (self->help);
  g_free (self->unit);
  g_free (self->value);
  g_ptr_array_unref (self->choices);
  g_free (self);
}

static void
cs_form_clear (CsForm *self)
{
  g_free (self->title);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
}

CS_DEFINE_RECORD (CsForm, cs_form)

CsForm *
cs_form_make (void)
{
  CsForm *self = cs_form_new ();

  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_form_field_free);

  return self;
}

/**
 * cs_form_add:
 *
 * Returns: (transfer none): the new last field
 */
CsFormField *
cs_form_add (CsForm     *self,
             CsFormKind  kind,
             const char *name,
             const char *label)
{
  CsFormField *field = g_new0 (CsFormField, 1);

  field->kind = kind;
  field->name = g_strdup (name);
  field->label = g_strdup (label);
  field->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_form_choice_free);
  g_ptr_array_add (self->fields, field);

  return field;
}

/**
 * cs_form_find:
 *
 * Returns: (transfer none) (nullable): the field of that name
 */
CsFormField *
cs_form_find (CsForm     *self,
              const char *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      CsFormField *field = self->fields->pdata[i];

      if (g_strcmp0 (field->name, name) == 0)
        return field;
    }

  return NULL;
}

/**
 * cs_form_field_add_choice:
 *
 * Returns: (transfer none): the new last choice
 */
CsFormChoice *
cs_form_field_add_choice (CsFormField *self,
                          const char  *value,
                          const char  *label,
                          const char  *parent)
{
  CsFormChoice *choice = g_new0 (CsFormChoice, 1);

  choice->value = g_strdup (value);
  choice->label = g_strdup (label != NULL ? label : value);
  choice->parent = g_strdup (parent);
  g_ptr_array_add (self->choices, choice);

  return choice;
}

static gboolean
has_choice (CsFormField *field,
            const char  *value)
{
  for (guint i = 0; i < field->choices->len; i++)
    {
      if (g_strcmp0 (((CsFormChoice *) field->choices->pdata[i])->value, value) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_number (const char *text)
{
  char  *end;
  double number = g_ascii_strtod (text, &end);

  return end != text && *end == '\0' && number - number == 0;
}

/* Of a value that is there */
static char *
find_fault (CsFormField *field,
            const char  *value)
{
  if (field->kind == CS_FORM_NUMBER && !is_number (value))
    return g_strdup_printf (_("“%s” wants a number."), field->label);

  if ((field->kind == CS_FORM_CHOICE || field->kind == CS_FORM_CHOICES) && field->choices->len > 0 &&
      !has_choice (field, value))
    return g_strdup_printf (_("“%s” has no choice “%s” any more. Choose again."), field->label, value);

  if (field->longest > 0 && g_utf8_strlen (value, -1) > (glong) field->longest)
    return g_strdup_printf (ngettext ("“%s” takes at most %u character.", "“%s” takes at most %u characters.",
                                      field->longest),
                            field->label, field->longest);

  return NULL;
}

static char *
check_value (CsFormField *field,
             const char  *value)
{
  if (value != NULL && value[0] != '\0')
    return find_fault (field, value);

  return field->required ? g_strdup_printf (_("“%s” is missing."), field->label) : NULL;
}

char *
cs_form_field_check (CsFormField *self,
                     JsonObject  *values)
{
  JsonArray *list = cs_json_array (values, self->name);
  char      *fault = NULL;

  if (list == NULL || json_array_get_length (list) == 0)
    return check_value (self, cs_json_string (values, self->name, NULL));

  for (guint i = 0; fault == NULL && i < json_array_get_length (list); i++)
    fault = check_value (self, cs_json_array_string (list, i));

  return fault;
}

GPtrArray *
cs_form_check (CsForm     *self,
               const char *values)
{
  g_autoptr (JsonNode) node = values != NULL ? cs_json_parse (values, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);
  GPtrArray  *findings = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->fields->len; i++)
    {
      char *fault = cs_form_field_check (self->fields->pdata[i], object);

      if (fault != NULL)
        g_ptr_array_add (findings, fault);
    }

  return findings;
}
