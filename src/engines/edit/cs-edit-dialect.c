/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-edit-dialect.h"

const CsEditDialect *
cs_edit_dialect_find (const char *name)
{
  static const CsEditDialect *const dialects[] = {
    &cs_edit_openai_json, &cs_edit_openai_form, &cs_edit_qwen, &cs_edit_dashscope, &cs_edit_seedream, &cs_edit_gemini,
  };

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    if (g_strcmp0 (dialects[i]->name, name) == 0)
      return dialects[i];

  return dialects[0];
}

/* Takes body */
CsRequest *
cs_edit_dialect_make_json (const char *address,
                           JsonObject *body)
{
  CsRequest *request = cs_request_make ("POST", address);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, body);
  cs_request_set_json (request, node);

  return request;
}

/* Strict: what is no base64 is no picture either */
gboolean
cs_edit_answer_take_base64 (CsEditAnswer *self,
                            const char   *text)
{
  const char *comma = g_str_has_prefix (text, "data:") ? strchr (text, ',') : NULL;
  guchar     *data;
  gsize       length;

  if (comma != NULL)
    text = comma + 1;

  if (*text == '\0' || text[strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n")] != '\0')
    return FALSE;

  data = g_base64_decode (text, &length);
  g_clear_pointer (&self->picture, g_bytes_unref);
  self->picture = g_bytes_new_take (data, length);

  return length > 0;
}

void
cs_edit_answer_clear (CsEditAnswer *self)
{
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->task, g_free);
  g_clear_pointer (&self->words, g_free);
}
