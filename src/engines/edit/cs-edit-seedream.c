/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-edit-dialect.h"
#include "cs-json.h"

/* Volcengine Ark, POST {base}/images/generations: one picture in, one out; replies
 * have the form of OpenAI's
 */

static CsRequest *
make (const CsEditOrder *order)
{
  g_autofree char *address = g_strconcat (order->address, "/images/generations", NULL);
  g_autofree char *size = g_strdup_printf ("%dx%d", order->width, order->height);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "model", order->model);
  json_object_set_string_member (body, "prompt", order->prompt);
  if (order->picture != NULL)
    {
      g_autofree char *picture = cs_edit_order_dup_data_address (order->picture, "image/jpeg");

      json_object_set_string_member (body, "image", picture);
    }
  json_object_set_string_member (body, "size", size);
  json_object_set_string_member (body, "response_format", "b64_json");
  json_object_set_string_member (body, "sequential_image_generation", "disabled");
  json_object_set_boolean_member (body, "watermark", order->watermark);

  return cs_edit_dialect_make_json (address, body);
}

static gboolean
read_reply (JsonObject   *reply,
            CsEditAnswer *answer)
{
  return cs_edit_openai_json.read (reply, answer);
}

const CsEditDialect cs_edit_seedream = { .name = "seedream", .make = make, .read = read_reply };
