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

static char *
dup_number (JsonObject *object,
            const char *member)
{
  const char *text = cs_json_string (object, member, NULL);
  double      value = cs_json_double (object, member, -1);
  char        buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return text == NULL && value >= 0 ? g_strdup (g_ascii_dtostr (buffer, sizeof buffer, value)) : g_strdup (text);
}

/* "12.505": to the currency's coins, as a shop shows it */
static gboolean
parse_rounded (const char *text,
               guint       exponent,
               gint64     *minor)
{
  const char *point = strchr (text, '.');
  gsize       n_kept = point != NULL ? point - text + 1 + exponent : 0;
  g_autofree char *kept = point != NULL ? g_strndup (text, n_kept) : NULL;

  if (point == NULL || strlen (text) <= n_kept || strspn (point + 1, "0123456789") != strlen (point + 1) ||
      !parse_decimal (kept, exponent, minor))
    return FALSE;

  *minor += text[n_kept] >= '5';

  return TRUE;
}

char *
cs_channel_json_dup_price (JsonObject *object,
                           const char *member,
                           const char *currency)
{
  g_autofree char *text = dup_number (object, member);
  g_autofree char *decimal = NULL;
  guint   exponent = cs_money_exponent (currency);
  CsMoney price = { 0 };

  if (text == NULL || text[0] == '\0')
    return NULL;

  if (!parse_decimal (text, exponent, &price.minor) && !parse_rounded (text, exponent, &price.minor))
    return g_steal_pointer (&text);

  g_strlcpy (price.currency, currency != NULL ? currency : "", sizeof price.currency);
  decimal = cs_money_to_decimal (&price);

  return price.currency[0] != '\0' ? g_strdup_printf ("%s %s", decimal, price.currency) : g_steal_pointer (&decimal);
}

gboolean
cs_channel_json_get_price (JsonObject *object,
                           const char *member,
                           const char *currency,
                           CsMoney    *price)
{
  g_autofree char *text = dup_number (object, member);

  if (text == NULL || !parse_decimal (text, cs_money_exponent (currency), &price->minor))
    return FALSE;

  g_strlcpy (price->currency, currency != NULL ? currency : "", sizeof price->currency);

  return TRUE;
}
