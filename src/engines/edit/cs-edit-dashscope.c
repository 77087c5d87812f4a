/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-edit-dialect.h"
#include "cs-json.h"

/* Alibaba Cloud Model Studio (DashScope): Qwen image edit answers at once; wan and
 * older models give a task to ask after (docs of 2026-10-12)
 */

static JsonObject *
make_parameters (const CsEditOrder *order)
{
  g_autofree char *size = g_strdup_printf ("%d*%d", order->width, order->height);
  JsonObject *parameters = json_object_new ();

  json_object_set_int_member (parameters, "n", 1);
  json_object_set_string_member (parameters, "size", size);
  /* The prompt says what it means: nobody is to add to it */
  json_object_set_boolean_member (parameters, "prompt_extend", FALSE);
  json_object_set_boolean_member (parameters, "watermark", order->watermark);

  return parameters;
}

static CsRequest *
make_qwen (const CsEditOrder *order)
{
  g_autofree char *address = g_strconcat (order->address, "/api/v1/services/aigc/multimodal-generation/generation", NULL);
  JsonObject *body = json_object_new (), *input = json_object_new (), *message = json_object_new ();
  JsonArray  *messages = json_array_new (), *content = json_array_new ();
  JsonObject *text = json_object_new ();

  if (order->picture != NULL)
    {
      g_autofree char *picture = cs_edit_order_dup_data_address (order->picture, "image/jpeg");
      JsonObject      *image = json_object_new ();

      json_object_set_string_member (image, "image", picture);
      json_array_add_object_element (content, image);
    }
  json_object_set_string_member (text, "text", order->prompt);
  json_array_add_object_element (content, text);
  json_object_set_string_member (message, "role", "user");
  json_object_set_array_member (message, "content", content);
  json_array_add_object_element (messages, message);
  json_object_set_array_member (input, "messages", messages);
  json_object_set_string_member (body, "model", order->model);
  json_object_set_object_member (body, "input", input);
  json_object_set_object_member (body, "parameters", make_parameters (order));

  return cs_edit_dialect_make_json (address, body);
}

static CsRequest *
make_task (const CsEditOrder *order)
{
  g_autofree char *address = g_strconcat (order->address, "/api/v1/services/aigc/image2image/image-synthesis", NULL);
  JsonObject *body = json_object_new (), *input = json_object_new ();
  JsonArray  *images = json_array_new ();
  CsRequest  *request;

  if (order->picture != NULL)
    {
      g_autofree char *picture = cs_edit_order_dup_data_address (order->picture, "image/jpeg");

      json_array_add_string_element (images, picture);
    }
  json_object_set_string_member (input, "prompt", order->prompt);
  json_object_set_array_member (input, "images", images);
  json_object_set_string_member (body, "model", order->model);
  json_object_set_object_member (body, "input", input);
  json_object_set_object_member (body, "parameters", make_parameters (order));
  request = cs_edit_dialect_make_json (address, body);
  cs_request_set_header (request, "X-DashScope-Async", "enable");

  return request;
}

/* Of a task's id, which comes from outside and goes into an address */
static CsRequest *
ask (const CsEditOrder *order,
     const char        *task)
{
  g_autofree char *id = g_uri_escape_string (task, NULL, FALSE);
  g_autofree char *address = g_strconcat (order->address, "/api/v1/tasks/", id, NULL);

  return cs_request_make ("GET", address);
}

static const char *
find_image (JsonObject *output)
{
  JsonArray  *choices = cs_json_array (output, "choices");
  JsonArray  *results = cs_json_array (output, "results");
  JsonObject *choice = choices != NULL && json_array_get_length (choices) > 0 ? cs_json_array_object (choices, 0) : NULL;
  JsonObject *message = choice != NULL ? cs_json_object (choice, "message") : NULL;
  JsonArray  *content = message != NULL ? cs_json_array (message, "content") : NULL;

  for (guint i = 0; content != NULL && i < json_array_get_length (content); i++)
    {
      JsonObject *part = cs_json_array_object (content, i);
      const char *image = part != NULL ? cs_json_string (part, "image", NULL) : NULL;

      if (image != NULL)
        return image;
    }

  for (guint i = 0; results != NULL && i < json_array_get_length (results); i++)
    {
      JsonObject *result = cs_json_array_object (results, i);
      const char *image = result != NULL ? cs_json_string (result, "url", NULL) : NULL;

      if (image != NULL)
        return image;
    }

  return NULL;
}

static gboolean
read_reply (JsonObject   *reply,
            CsEditAnswer *answer)
{
  JsonObject *output = cs_json_object (reply, "output");
  const char *status = output != NULL ? cs_json_string (output, "task_status", "") : "";
  const char *image = output != NULL ? find_image (output) : NULL;

  answer->input = answer->output = -1;
  if (image != NULL)
    {
      answer->address = g_strdup (image);
      return TRUE;
    }

  if (g_str_equal (status, "PENDING") || g_str_equal (status, "RUNNING"))
    {
      const char *task = cs_json_string (output, "task_id", "");

      answer->task = strlen (task) > 0 && strlen (task) <= 128 ? g_strdup (task) : NULL;
      answer->working = TRUE;
      return answer->task != NULL;
    }

  if (output != NULL)
    answer->words = g_strdup (cs_json_string (output, "message", NULL));

  return FALSE;
}

const CsEditDialect cs_edit_qwen = { .name = "qwen", .make = make_qwen, .read = read_reply };
const CsEditDialect cs_edit_dashscope = { .name = "dashscope", .make = make_task, .read = read_reply, .ask = ask };
