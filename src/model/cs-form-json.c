/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-form.h"
#include "cs-json.h"

/* A form as text, so that what a marketplace asked does not have to be asked
 * again. Read like anything from outside: what is of a wrong type is left out.
 */

static const char *const kinds[] = { "text", "number", "switch", "choice", "choices", "secret" };

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static JsonObject *
write_field (CsFormField *field)
{
  JsonObject *object = json_object_new ();
  JsonArray  *choices = json_array_new ();

  set_text (object, "name", field->name);
  set_text (object, "label", field->label);
  set_text (object, "help", field->help);
  set_text (object, "kind", kinds[field->kind]);
  set_text (object, "unit", field->unit);
  set_text (object, "value", field->value);
  json_object_set_boolean_member (object, "required", field->required);
  json_object_set_int_member (object, "longest", field->longest);
  for (guint i = 0; i < field->choices->len; i++)
    {
      CsFormChoice *choice = field->choices->pdata[i];
      JsonObject   *member = json_object_new ();

      set_text (member, "value", choice->value);
      set_text (member, "label", choice->label);
      set_text (member, "parent", choice->parent);
      json_array_add_object_element (choices, member);
    }
  json_object_set_array_member (object, "choices", choices);

  return object;
}

char *
cs_form_to_json (CsForm *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray  *fields = json_array_new ();

  json_node_take_object (node, object);
  set_text (object, "title", self->title);
  for (guint i = 0; i < self->fields->len; i++)
    json_array_add_object_element (fields, write_field (self->fields->pdata[i]));
  json_object_set_array_member (object, "fields", fields);

  return cs_json_canonical (node);
}

static CsFormKind
read_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kinds[i], name) == 0)
        return i;
    }

  return CS_FORM_TEXT;
}

static void
read_field (CsForm     *self,
            JsonObject *object)
{
  const char  *name = cs_json_string (object, "name", NULL);
  JsonArray   *choices = cs_json_array (object, "choices");
  CsFormField *field;

  if (name == NULL)
    return;

  field = cs_form_add (self, read_kind (cs_json_string (object, "kind", NULL)), name, cs_json_string (object, "label", name));
  field->help = g_strdup (cs_json_string (object, "help", NULL));
  field->unit = g_strdup (cs_json_string (object, "unit", NULL));
  field->value = g_strdup (cs_json_string (object, "value", NULL));
  field->required = cs_json_bool (object, "required", FALSE);
  field->longest = CLAMP (cs_json_int (object, "longest", 0), 0, G_MAXINT);
  for (guint i = 0; choices != NULL && i < json_array_get_length (choices); i++)
    {
      JsonObject *choice = cs_json_array_object (choices, i);
      const char *value = cs_json_string (choice, "value", NULL);

      if (value != NULL)
        cs_form_field_add_choice (field, value, cs_json_string (choice, "label", value),
                                  cs_json_string (choice, "parent", NULL));
    }
}

/**
 * cs_form_from_json:
 *
 * Returns: (transfer full) (nullable): the form, or NULL where it is none
 */
CsForm *
cs_form_from_json (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);
  JsonArray  *fields = cs_json_array (object, "fields");
  CsForm     *self;

  if (fields == NULL)
    return NULL;

  self = cs_form_make ();
  self->title = g_strdup (cs_json_string (object, "title", NULL));
  for (guint i = 0; i < json_array_get_length (fields); i++)
    read_field (self, cs_json_array_object (fields, i));

  return self;
}
