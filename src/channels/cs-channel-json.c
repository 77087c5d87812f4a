/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-channel-json.h"
#include "cs-json.h"

/* No price is this high */
#define MOST_DIGITS 12

/**
 * cs_channel_json_make_root:
 * @root: (out): a node that holds the object
 *
 * Returns: (transfer none): the object, to be filled
 */
JsonObject *
cs_channel_json_make_root (JsonNode **root)
{
  JsonObject *object = json_object_new ();

  *root = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (*root, object);

  return object;
}

void
cs_channel_json_set_string (JsonObject *object,
                            const char *member,
                            const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

void
cs_channel_json_set_strings (JsonObject *object,
                             const char *member,
                             char      **strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
  json_object_set_array_member (object, member, array);
}

void
cs_channel_json_set_tree (JsonObject *object,
                          const char *member,
                          const char *json)
{
  JsonNode *node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;

  if (node != NULL)
    json_object_set_member (object, member, node);
}

void
cs_channel_json_set_price (JsonObject    *object,
                           const char    *member,
                           const CsMoney *price)
{
  g_autofree char *decimal = NULL;

  if (price->currency[0] == '\0')
    return;

  decimal = cs_money_to_decimal (price);
  json_object_set_string_member (object, member, decimal);
}

char *
cs_channel_json_dup_id (JsonObject *object,
                        const char *member)
{
  const char *text = cs_json_string (object, member, NULL);
  gint64      number = cs_json_int (object, member, 0);

  if (text != NULL && text[0] != '\0')
    return g_strdup (text);

  return number > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;
}

static gboolean
parse_decimal (const char *text,
               guint       exponent,
               gint64     *minor)
{
  gsize       n_major = strspn (text, "0123456789");
  const char *fraction = text[n_major] == '.' ? text + n_major + 1 : text + n_major;
  gsize       n_minor = strspn (fraction, "0123456789");

  if (n_major == 0 || n_major > MOST_DIGITS || fraction[n_minor] != '\0')
    return FALSE;

  if (n_minor > exponent && strspn (fraction + exponent, "0") != n_minor - exponent)
    return FALSE;

  *minor = 0;
  for (gsize i = 0; i < n_major; i++)
    *minor = *minor * 10 + (text[i] - '0');
  for (gsize i = 0; i < exponent; i++)
    *minor = *minor * 10 + (i < n_minor ? fraction[i] - '0' : 0);

  return TRUE;
}

gboolean
cs_channel_json_get_price (JsonObject *object,
                           const char *member,
                           const char *currency,
                           CsMoney    *price)
{
  const char *text = cs_json_string (object, member, NULL);
  g_autofree char *number = NULL;
  char             buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double           value = cs_json_double (object, member, -1);

  if (text == NULL && value >= 0)
    text = number = g_strdup (g_ascii_dtostr (buffer, sizeof buffer, value));

  if (text == NULL || !parse_decimal (text, cs_money_exponent (currency), &price->minor))
    return FALSE;

  g_strlcpy (price->currency, currency != NULL ? currency : "", sizeof price->currency);

  return TRUE;
}
