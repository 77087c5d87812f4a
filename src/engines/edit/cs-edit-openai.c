/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-edit-dialect.h"
#include "cs-json.h"

/* POST /v1/images/edits, as JSON (GPT image models) or as a form, which its
 * clones know only (openai-openapi of 2026-08-21)
 */

static char *
make_address (const CsEditOrder *order)
{
  return g_strconcat (order->address, "/images/edits", NULL);
}

static JsonObject *
make_image (GBytes     *file,
            const char *mime)
{
  JsonObject      *object = json_object_new ();
  g_autofree char *address = cs_edit_order_dup_data_address (file, mime);

  json_object_set_string_member (object, "image_url", address);

  return object;
}

static CsRequest *
make_json (const CsEditOrder *order)
{
  g_autofree char *address = make_address (order);
  g_autofree char *size = g_strdup_printf ("%dx%d", order->width, order->height);
  JsonObject *body = json_object_new ();
  JsonArray  *images = json_array_new ();

  if (order->picture != NULL)
    json_array_add_object_element (images, make_image (order->picture, "image/jpeg"));
  json_object_set_array_member (body, "images", images);
  if (order->mask != NULL)
    json_object_set_object_member (body, "mask", make_image (order->mask, "image/png"));
  json_object_set_string_member (body, "model", order->model);
  json_object_set_string_member (body, "prompt", order->prompt);
  json_object_set_string_member (body, "size", size);
  if (order->profile->quality != NULL)
    json_object_set_string_member (body, "quality", order->profile->quality);

  return cs_edit_dialect_make_json (address, body);
}

static CsRequest *
make_form (const CsEditOrder *order)
{
  g_autofree char *address = make_address (order);
  g_autofree char *size = g_strdup_printf ("%dx%d", order->width, order->height);
  CsRequest       *request = cs_request_make ("POST", address);
  CsFormPart       parts[6];
  guint            n = 0;
  g_autoptr (GBytes) model = g_bytes_new (order->model, strlen (order->model));
  g_autoptr (GBytes) prompt = g_bytes_new (order->prompt, strlen (order->prompt));
  g_autoptr (GBytes) wanted = g_bytes_new (size, strlen (size));
  g_autoptr (GBytes) quality = NULL;

  parts[n++] = (CsFormPart) { .name = "model", .data = model };
  parts[n++] = (CsFormPart) { .name = "prompt", .data = prompt };
  parts[n++] = (CsFormPart) { .name = "size", .data = wanted };
  if (order->profile->quality != NULL)
    {
      quality = g_bytes_new (order->profile->quality, strlen (order->profile->quality));
      parts[n++] = (CsFormPart) { .name = "quality", .data = quality };
    }
  if (order->picture != NULL)
    parts[n++] = (CsFormPart) { "image[]", "product.jpg", "image/jpeg", order->picture };
  if (order->mask != NULL)
    parts[n++] = (CsFormPart) { "mask", "mask.png", "image/png", order->mask };
  cs_request_set_multipart (request, parts, n);

  return request;
}

static gboolean
read_reply (JsonObject   *reply,
            CsEditAnswer *answer)
{
  JsonArray  *data = cs_json_array (reply, "data");
  JsonObject *first = data != NULL && json_array_get_length (data) > 0 ? cs_json_array_object (data, 0) : NULL;
  JsonObject *usage = cs_json_object (reply, "usage");
  const char *coded, *address;

  answer->input = usage != NULL ? cs_json_int (usage, "input_tokens", -1) : -1;
  answer->output = usage != NULL ? cs_json_int (usage, "output_tokens", -1) : -1;
  if (first == NULL)
    return FALSE;

  if ((coded = cs_json_string (first, "b64_json", NULL)))
    return cs_edit_answer_take_base64 (answer, coded);

  if ((address = cs_json_string (first, "url", NULL)))
    answer->address = g_strdup (address);

  return address != NULL;
}

const CsEditDialect cs_edit_openai_json = { .name = "openai-json", .make = make_json, .read = read_reply };
const CsEditDialect cs_edit_openai_form = { .name = "openai-form", .make = make_form, .read = read_reply };
