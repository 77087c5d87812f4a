/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-chat-body.h"
#include "cs-chat-plain.h"
#include "cs-hash.h"
#include "cs-json.h"
#include "cs-text.h"

/* One picture of 1536 pixels: a token for 28 by 28 of them is what the most
 * greedy take [Qwen2-VL, arXiv 2409.12191]
 */
#define PATCH         (28 * 28)
#define MOST_PICTURE  4096
#define MOST_BAD      12000

/* The strict subset that all who take schemas take: all members required, nothing
 * else allowed, no lengths, no patterns
 */
static const char schema[] =
  "{\"name\":\"listing\",\"strict\":true,\"schema\":{\"type\":\"object\",\"additionalProperties\":false,"
  "\"required\":[\"titles\",\"description\",\"bullets\",\"keywords\",\"alt_texts\",\"missing\",\"warnings\"],"
  "\"properties\":{\"titles\":TEXTS,\"description\":TEXTS,\"bullets\":TEXTS,\"keywords\":TEXTS,"
  "\"alt_texts\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"additionalProperties\":false,"
  "\"required\":[\"photo\",\"text\",\"facts\"],\"properties\":{\"photo\":{\"type\":\"integer\"},"
  "\"text\":{\"type\":\"string\"},\"facts\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}}},"
  "\"missing\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
  "\"warnings\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}}";
static const char texts[] =
  "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"text\",\"facts\"],"
  "\"properties\":{\"text\":{\"type\":\"string\"},\"facts\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}}}";

static JsonNode *
make_schema (void)
{
  g_autoptr (GString) whole = g_string_new (schema);

  g_string_replace (whole, "TEXTS", texts, 0);

  return cs_json_parse (whole->str, whole->len, NULL);
}

static void
add_string (JsonBuilder *builder,
            const char  *member,
            const char  *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
add_text_message (JsonBuilder *builder,
                  const char  *role,
                  const char  *text)
{
  json_builder_begin_object (builder);
  add_string (builder, "role", role);
  add_string (builder, "content", text);
  json_builder_end_object (builder);
}

static void
add_picture (JsonBuilder   *builder,
             CsChatProfile *profile,
             GBytes        *picture)
{
  gsize            length;
  const guchar    *data = g_bytes_get_data (picture, &length);
  g_autofree char *base64 = g_base64_encode (data, length);
  g_autofree char *url = g_strconcat ("data:image/jpeg;base64,", base64, NULL);

  json_builder_begin_object (builder);
  add_string (builder, "type", "image_url");
  if (profile->plain_urls)
    add_string (builder, "image_url", url);
  else
    {
      json_builder_set_member_name (builder, "image_url");
      json_builder_begin_object (builder);
      add_string (builder, "url", url);
      if (profile->detail != NULL)
        add_string (builder, "detail", profile->detail);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
add_user_message (JsonBuilder          *builder,
                  CsChatProfile        *profile,
                  const CsChatQuestion *question)
{
  if (question->pictures == NULL || question->pictures->len == 0)
    {
      add_text_message (builder, "user", question->prompt->user);
      return;
    }

  json_builder_begin_object (builder);
  add_string (builder, "role", "user");
  json_builder_set_member_name (builder, "content");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  add_string (builder, "type", "text");
  add_string (builder, "text", question->prompt->user);
  json_builder_end_object (builder);
  for (guint i = 0; i < question->pictures->len; i++)
    add_picture (builder, profile, question->pictures->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static char *
dup_bad (const char *bad)
{
  g_autofree char *bounded = g_strndup (bad, MOST_BAD);

  return g_utf8_make_valid (bounded, -1);
}

static void
add_messages (JsonBuilder          *builder,
              CsChatProfile        *profile,
              const CsChatQuestion *question)
{
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  if (question->prompt->system != NULL)
    add_text_message (builder, "system", question->prompt->system);
  add_user_message (builder, profile, question);
  if (question->bad != NULL)
    {
      g_autofree char *bad = dup_bad (question->bad);

      add_text_message (builder, "assistant", bad);
      add_text_message (builder, "user", question->repair);
    }
  json_builder_end_array (builder);
}

static void
add_form (JsonBuilder   *builder,
          CsChatProfile *profile)
{
  CsChatForm form = cs_chat_profile_get_form (profile);

  if (form == CS_CHAT_FORM_PROMPT || cs_chat_profile_leaves_out (profile, "response_format"))
    return;

  json_builder_set_member_name (builder, "response_format");
  json_builder_begin_object (builder);
  add_string (builder, "type", form == CS_CHAT_FORM_SCHEMA ? "json_schema" : "json_object");
  if (form == CS_CHAT_FORM_SCHEMA)
    {
      json_builder_set_member_name (builder, "json_schema");
      json_builder_add_value (builder, make_schema ());
    }
  json_builder_end_object (builder);
}

/* Members of the profile's own, which stand in nobody else's way */
static void
add_members (JsonBuilder   *builder,
             CsChatProfile *profile,
             JsonNode      *node)
{
  JsonObject    *object = cs_json_node_object (node);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  if (object == NULL)
    return;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value))
    if (!cs_chat_profile_leaves_out (profile, name) && !g_str_equal (name, "model") && !g_str_equal (name, "messages") &&
        !g_str_equal (name, "stream"))
      {
        json_builder_set_member_name (builder, name);
        json_builder_add_value (builder, json_node_copy (value));
      }
}

GBytes *
cs_chat_body_make (CsChatProfile        *profile,
                   const CsChatQuestion *question)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  gboolean streams = !cs_chat_profile_leaves_out (profile, "stream");
  char    *body;

  json_builder_begin_object (builder);
  add_string (builder, "model", question->model);
  add_messages (builder, profile, question);
  if (!question->free_form)
    add_form (builder, profile);
  json_builder_set_member_name (builder, "stream");
  json_builder_add_boolean_value (builder, streams);
  if (streams && !cs_chat_profile_leaves_out (profile, "stream_options"))
    {
      json_builder_set_member_name (builder, "stream_options");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "include_usage");
      json_builder_add_boolean_value (builder, TRUE);
      json_builder_end_object (builder);
    }
  if (!cs_chat_profile_leaves_out (profile, profile->limit))
    {
      json_builder_set_member_name (builder, profile->limit);
      json_builder_add_int_value (builder, question->output);
    }
  add_members (builder, profile, profile->extra);
  add_members (builder, profile, profile->thinking);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  body = cs_json_canonical (root);

  return g_bytes_new_take (body, strlen (body));
}

static gint64
estimate_text (const char *text)
{
  return cs_chat_count_tenths (text) / 10 + 8;
}

gint64
cs_chat_body_estimate (CsChatProfile        *profile,
                       const CsChatQuestion *question,
                       GArray               *sizes)
{
  gint64 tokens = estimate_text (question->prompt->system) + estimate_text (question->prompt->user) +
                  estimate_text (question->bad) + estimate_text (question->repair);

  for (guint i = 0; question->pictures != NULL && i < question->pictures->len; i++)
    {
      gint64 pixels = sizes != NULL && i < sizes->len ? g_array_index (sizes, gint64, i) : 0;
      gint64 picture = pixels > 0 ? MIN (pixels / PATCH + 16, MOST_PICTURE) : MOST_PICTURE;

      tokens += profile->picture_tokens > 0 ? MIN (picture, profile->picture_tokens) : picture;
    }

  return tokens;
}

char *
cs_chat_body_dup_key (const char *address,
                      GBytes     *body)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize         length;
  gconstpointer data = g_bytes_get_data (body, &length);

  g_checksum_update (sum, (const guchar *) address, strlen (address) + 1);
  g_checksum_update (sum, data, length);

  return g_strdup (g_checksum_get_string (sum));
}
