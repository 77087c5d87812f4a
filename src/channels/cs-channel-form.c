/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-channel-form.h"

#define KEY_LENGTH 16

/* Within a string a quotation mark stands behind a backslash, so what is found
 * is a member and never a seller's text
 */
void
cs_channel_form_bare_decimals (CsRequest  *request,
                               const char *member)
{
  g_autofree char *escaped = g_regex_escape_string (member, -1);
  g_autofree char *pattern = g_strdup_printf ("\"%s\":\"(-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?)\"", escaped);
  g_autofree char *replacement = g_strdup_printf ("\"%s\":\\1", member);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autofree char *content_type = g_strdup (request->content_type);
  g_autoptr (GBytes) body = NULL;
  gsize       length;
  const char *text = g_bytes_get_data (request->body, &length);
  char       *bare;

  if (!(bare = g_regex_replace (regex, text, length, 0, replacement, G_REGEX_MATCH_DEFAULT, NULL)))
    return;

  body = g_bytes_new_take (bare, strlen (bare));
  cs_request_set_body (request, content_type, body);
}

char *
cs_channel_form_dup_amount (gint64 amount,
                            gint64 divisor)
{
  gboolean is_negative = amount < 0;
  guint64  units = is_negative ? -(guint64) amount : (guint64) amount;
  int      n_digits = 0;

  for (gint64 rest = divisor; rest > 1; rest /= 10)
    {
      if (rest % 10 != 0)
        return NULL;
      n_digits++;
    }

  if (divisor < 1)
    return NULL;

  if (n_digits == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, is_negative ? "-" : "", units);

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, is_negative ? "-" : "",
                          units / (guint64) divisor, n_digits, units % (guint64) divisor);
}

void
cs_channel_form_add (GString    *form,
                     const char *name,
                     const char *value)
{
  g_autofree char *escaped_name = NULL;
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;

  escaped_name = g_uri_escape_string (name, NULL, FALSE);
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (form, "%s%s=%s", form->len > 0 ? "&" : "", escaped_name, escaped);
}

void
cs_channel_form_send (GString   *form,
                      CsRequest *request)
{
  g_autoptr (GBytes) body = g_bytes_new (form->str, form->len);

  cs_request_set_body (request, "application/x-www-form-urlencoded", body);
}

/* The character that the text begins with an entity for, and where that ends; 0 where it does not */
static gunichar
read_entity (const char  *text,
             const char **end)
{
  static const struct
  {
    const char *name;
    gunichar    character;
  } entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' }, { "&nbsp;", ' ' } };
  guint64 number;
  char   *stop;

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      if (g_str_has_prefix (text, entities[i].name))
        {
          *end = text + strlen (entities[i].name);
          return entities[i].character;
        }
    }

  if (text[1] != '#')
    return 0;

  number = text[2] == 'x' || text[2] == 'X' ? g_ascii_strtoull (text + 3, &stop, 16) : g_ascii_strtoull (text + 2, &stop, 10);
  if (*stop != ';' || number < ' ' || number > 0x10ffff || !g_unichar_validate (number))
    return 0;

  *end = stop + 1;

  return number;
}

char *
cs_channel_form_decode (const char *text)
{
  GString *plain;

  if (text == NULL)
    return NULL;

  plain = g_string_new (NULL);
  for (const char *c = text; *c != '\0';)
    {
      const char *end = NULL;
      gunichar    character = *c == '&' ? read_entity (c, &end) : 0;

      if (character != 0)
        g_string_append_unichar (plain, character);
      else
        g_string_append_c (plain, *c);
      c = character != 0 ? end : c + 1;
    }

  return g_string_free_and_steal (plain);
}

gboolean
cs_channel_form_is_key (const char *sku)
{
  return sku != NULL && g_str_has_prefix (sku, "CS-") && strlen (sku) == strlen ("CS-") + KEY_LENGTH &&
         strspn (sku + strlen ("CS-"), "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == KEY_LENGTH;
}
