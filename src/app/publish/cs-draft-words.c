/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-draft-words.h"
#include "cs-json.h"

static char *
dup_money (const char *price,
           const char *currency)
{
  CsMoney money;

  if (price == NULL || !cs_money_parse (price, currency, &money, NULL) || *money.currency == '\0')
    return g_strdup (price);

  return cs_money_to_display (&money);
}

static char *
dup_number (gint64 number)
{
  return number >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;
}

/* Takes both */
static char *
dup_change (char *was,
            char *is)
{
  g_autofree char *before = was;
  g_autofree char *after = is;

  if (before == NULL || after == NULL || g_str_equal (before, after))
    return g_steal_pointer (&after);

  return g_strdup_printf ("%s → %s", before, after);
}

char *
cs_draft_words_price (CsListing *listing)
{
  g_autoptr (JsonNode) node = listing->seen != NULL ? cs_json_parse (listing->seen, -1, NULL) : NULL;

  return dup_change (dup_money (cs_json_string (cs_json_node_object (node), "price", NULL), listing->price.currency),
                     *listing->price.currency != '\0' ? cs_money_to_display (&listing->price) : NULL);
}

char *
cs_draft_words_stock (CsListing *listing)
{
  g_autoptr (JsonNode) node = listing->seen != NULL ? cs_json_parse (listing->seen, -1, NULL) : NULL;

  return dup_change (dup_number (cs_json_int (cs_json_node_object (node), "stock", -1)), dup_number (listing->stock));
}

/* "country_of_origin" is how a marketplace writes it */
static char *
dup_name (const char *name)
{
  char *words = g_strdup (name);

  g_strdelimit (words, "_", ' ');
  *words = g_ascii_toupper (*words);

  return words;
}

/* A value, a list of them, or an object of either, each in words */
static void
append_value (GString  *text,
              JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_string_append (text, i > 0 ? _(", ") : "");
          append_value (text, json_array_get_element (array, i));
        }
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) members = g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp);

      for (GList *member = members; member != NULL; member = member->next)
        {
          g_string_append (text, member != members ? _(", ") : "");
          append_value (text, json_object_get_member (object, member->data));
        }
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? _("yes") : _("no"));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    g_string_append (text, json_node_get_string (node));
  else if (JSON_NODE_HOLDS_VALUE (node))
    {
      g_autofree char *number = json_to_string (node, FALSE);

      g_string_append (text, number);
    }
}

static char *
free_to_words (GString *text)
{
  if (text->len > 0)
    return g_string_free_and_steal (text);

  g_string_free (text, TRUE);

  return NULL;
}

char *
cs_draft_words_attributes (const char *attributes)
{
  g_autoptr (JsonNode) node = attributes != NULL ? cs_json_parse (attributes, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);
  g_autoptr (GList) members = object != NULL ? g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp) : NULL;
  GString *text = g_string_new (NULL);

  for (GList *member = members; member != NULL; member = member->next)
    {
      g_autofree char *name = dup_name (member->data);

      g_string_append_printf (text, "%s%s: ", text->len > 0 ? "\n" : "", name);
      append_value (text, json_object_get_member (object, member->data));
    }

  return free_to_words (text);
}

char *
cs_draft_words_variants (const char *variants,
                         const char *currency)
{
  g_autoptr (JsonNode) node = variants != NULL ? cs_json_parse (variants, -1, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  GString   *text = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject      *variant = cs_json_array_object (array, i);
      JsonObject      *options = cs_json_object (variant, "options");
      g_autofree char *price = dup_money (cs_json_string (variant, "price", NULL), currency);
      g_autofree char *stock = dup_number (cs_json_int (variant, "stock", -1));

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", cs_json_string (variant, "sku", ""));
      if (options != NULL && json_object_get_size (options) > 0)
        {
          g_string_append (text, ": ");
          append_value (text, json_object_get_member (variant, "options"));
        }
      if (price != NULL)
        g_string_append_printf (text, " · %s", price);
      if (stock != NULL)
        g_string_append_printf (text, " · %s", stock);
    }

  return free_to_words (text);
}
