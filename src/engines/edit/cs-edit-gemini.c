/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-edit-dialect.h"
#include "cs-json.h"

/* POST /v1beta/models/MODEL:generateContent. The picture is in one of the parts,
 * wherever; some gateways put it into a text as a data address.
 */

/* The shape in small numbers: "3:4" */
static char *
make_ratio (int width,
            int height)
{
  int a = width, b = height;

  while (b != 0)
    {
      int rest = a % b;

      a = b;
      b = rest;
    }

  return g_strdup_printf ("%d:%d", width / a, height / a);
}

static JsonObject *
make_config (const CsEditOrder *order)
{
  g_autofree char *ratio = make_ratio (order->width, order->height);
  JsonObject *config = json_object_new (), *image = json_object_new ();
  JsonArray  *wanted = json_array_new ();

  json_array_add_string_element (wanted, "IMAGE");
  json_object_set_array_member (config, "responseModalities", wanted);
  json_object_set_string_member (image, "aspectRatio", ratio);
  json_object_set_object_member (config, "imageConfig", image);

  return config;
}

static CsRequest *
make (const CsEditOrder *order)
{
  g_autofree char *model = g_uri_escape_string (order->model, NULL, FALSE);
  g_autofree char *address = g_strconcat (order->address, "/models/", model, ":generateContent", NULL);
  JsonObject *body = json_object_new (), *content = json_object_new (), *text = json_object_new ();
  JsonArray  *contents = json_array_new (), *parts = json_array_new ();

  json_object_set_string_member (text, "text", order->prompt);
  json_array_add_object_element (parts, text);
  if (order->picture != NULL)
    {
      JsonObject      *part = json_object_new (), *data = json_object_new ();
      gsize            length;
      const guint8    *bytes = g_bytes_get_data (order->picture, &length);
      g_autofree char *coded = g_base64_encode (bytes, length);

      json_object_set_string_member (data, "mime_type", "image/jpeg");
      json_object_set_string_member (data, "data", coded);
      json_object_set_object_member (part, "inline_data", data);
      json_array_add_object_element (parts, part);
    }
  json_object_set_array_member (content, "parts", parts);
  json_array_add_object_element (contents, content);
  json_object_set_array_member (body, "contents", contents);
  json_object_set_object_member (body, "generationConfig", make_config (order));

  return cs_edit_dialect_make_json (address, body);
}

/* "… ![picture](data:image/png;base64,iVBO…)" */
static gboolean
take_from_text (CsEditAnswer *answer,
                const char   *text)
{
  const char      *begin = strstr (text, "data:image/");
  const char      *coded = begin != NULL ? strstr (begin, ";base64,") : NULL;
  g_autofree char *data = NULL;

  if (coded == NULL)
    return FALSE;

  coded += strlen (";base64,");
  data = g_strndup (coded, strspn (coded, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="));

  return cs_edit_answer_take_base64 (answer, data);
}

static gboolean
take_part (CsEditAnswer *answer,
           JsonObject   *part)
{
  JsonObject *data = part != NULL ? cs_json_object (part, "inlineData") : NULL;
  const char *text = part != NULL ? cs_json_string (part, "text", NULL) : NULL;

  if (data == NULL && part != NULL)
    data = cs_json_object (part, "inline_data");
  if (data != NULL && cs_json_string (data, "data", NULL) != NULL)
    return cs_edit_answer_take_base64 (answer, cs_json_string (data, "data", ""));
  if (text == NULL)
    return FALSE;
  if (take_from_text (answer, text))
    return TRUE;

  g_set_str (&answer->words, text);

  return FALSE;
}

static gboolean
read_reply (JsonObject   *reply,
            CsEditAnswer *answer)
{
  JsonArray  *candidates = cs_json_array (reply, "candidates");
  JsonObject *usage = cs_json_object (reply, "usageMetadata");

  answer->input = usage != NULL ? cs_json_int (usage, "promptTokenCount", -1) : -1;
  answer->output = usage != NULL ? cs_json_int (usage, "candidatesTokenCount", -1) : -1;
  for (guint i = 0; candidates != NULL && i < json_array_get_length (candidates); i++)
    {
      JsonObject *candidate = cs_json_array_object (candidates, i);
      JsonObject *content = candidate != NULL ? cs_json_object (candidate, "content") : NULL;
      JsonArray  *parts = content != NULL ? cs_json_array (content, "parts") : NULL;

      for (guint j = 0; parts != NULL && j < json_array_get_length (parts); j++)
        if (take_part (answer, cs_json_array_object (parts, j)))
          return TRUE;
    }

  return FALSE;
}

const CsEditDialect cs_edit_gemini = { .name = "gemini", .secret_header = "x-goog-api-key", .make = make, .read = read_reply };
