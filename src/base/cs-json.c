/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-error.h"
#include "cs-json.h"

#define MAX_DEPTH 64

JsonNode *
cs_json_parse (const char *text,
               gssize      length,
               GError    **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;

  g_return_val_if_fail (text != NULL, NULL);

  /* Without it, what follows the first value becomes an array with it, and
   * json-glib ends the program over a root that it has not sealed.
   */
  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, text, length, error))
    return NULL;

  if (!(root = json_parser_steal_root (parser)))
    g_set_error (error, CS_ERROR, CS_ERROR_UNREADABLE, "There is nothing in this JSON");

  return root;
}

JsonObject *
cs_json_node_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonNode *
get_member (JsonObject *object,
            const char *member)
{
  return object != NULL ? json_object_get_member (object, member) : NULL;
}

static JsonNode *
get_element (JsonArray *array,
             guint      index)
{
  return array != NULL && index < json_array_get_length (array)
           ? json_array_get_element (array, index)
           : NULL;
}

JsonObject *
cs_json_object (JsonObject *object,
                const char *member)
{
  return cs_json_node_object (get_member (object, member));
}

JsonArray *
cs_json_array (JsonObject *object,
               const char *member)
{
  JsonNode *node = get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
cs_json_array_object (JsonArray *array,
                      guint      index)
{
  return cs_json_node_object (get_element (array, index));
}

static const char *
node_string (JsonNode   *node,
             const char *otherwise)
{
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : otherwise;
}

const char *
cs_json_array_string (JsonArray *array,
                      guint      index)
{
  return node_string (get_element (array, index), NULL);
}

const char *
cs_json_string (JsonObject *object,
                const char *member,
                const char *otherwise)
{
  return node_string (get_member (object, member), otherwise);
}

static gboolean
holds_number (JsonNode *node)
{
  return node != NULL &&
         (json_node_get_value_type (node) == G_TYPE_INT64 ||
          json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

gint64
cs_json_int (JsonObject *object,
             const char *member,
             gint64      otherwise)
{
  JsonNode *node = get_member (object, member);

  return holds_number (node) ? json_node_get_int (node) : otherwise;
}

double
cs_json_double (JsonObject *object,
                const char *member,
                double      otherwise)
{
  JsonNode *node = get_member (object, member);

  return holds_number (node) ? json_node_get_double (node) : otherwise;
}

gboolean
cs_json_bool (JsonObject *object,
              const char *member,
              gboolean    otherwise)
{
  JsonNode *node = get_member (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
           ? json_node_get_boolean (node)
           : otherwise;
}

static void
append_string (GString    *out,
               const char *text)
{
  g_string_append_c (out, '"');

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (out, "\\%c", *p);
      else if ((guchar) *p < 0x20)
        g_string_append_printf (out, "\\u%04x", (guchar) *p);
      else
        g_string_append_c (out, *p);
    }

  g_string_append_c (out, '"');
}

static void append_node (GString  *out,
                         JsonNode *node,
                         guint     depth);

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
append_object (GString    *out,
               JsonObject *object,
               guint       depth)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonObjectIter iter;
  const char    *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_sort (names, compare_names);

  g_string_append_c (out, '{');
  for (guint i = 0; i < names->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_string (out, names->pdata[i]);
      g_string_append_c (out, ':');
      append_node (out, json_object_get_member (object, names->pdata[i]), depth + 1);
    }
  g_string_append_c (out, '}');
}

static void
append_value (GString  *out,
              JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    append_string (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append (out, g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
    }
}

static void
append_node (GString  *out,
             JsonNode *node,
             guint     depth)
{
  if (depth > MAX_DEPTH || JSON_NODE_HOLDS_NULL (node))
    g_string_append (out, "null");
  else if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (out, json_node_get_object (node), depth);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      g_string_append_c (out, '[');
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          if (i > 0)
            g_string_append_c (out, ',');
          append_node (out, json_array_get_element (array, i), depth + 1);
        }
      g_string_append_c (out, ']');
    }
  else
    append_value (out, node);
}

/**
 * cs_json_canonical:
 *
 * Writes @node in the one form that has one hash: members sorted by their
 * bytes, no white space, UTF-8 as it is, only what must be escaped escaped.
 * What is signed holds whole numbers and strings only, so that no number has
 * two spellings.
 */
char *
cs_json_canonical (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (node != NULL, NULL);

  append_node (out, node, 0);

  return g_string_free_and_steal (out);
}
