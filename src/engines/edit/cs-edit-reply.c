/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-edit-reply.h"
#include "cs-hash.h"
#include "cs-json.h"

#define LONGEST_HEAD 16384
#define MOST_SIDE    8192

GBytes *
cs_edit_reply_pack (const CsEditReply *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *head = NULL;
  GByteArray *bytes = g_byte_array_new ();

  json_object_set_int_member (object, "version", 1);
  json_object_set_string_member (object, "photo", self->photo);
  json_object_set_string_member (object, "mask", self->mask);
  json_object_set_string_member (object, "settings", self->settings);
  json_object_set_string_member (object, "model", self->model);
  json_object_set_int_member (object, "width", self->width);
  json_object_set_int_member (object, "height", self->height);
  json_node_set_object (node, object);
  head = cs_json_canonical (node);
  g_byte_array_append (bytes, (const guint8 *) head, strlen (head));
  g_byte_array_append (bytes, (const guint8 *) "\n", 1);
  g_byte_array_append (bytes, g_bytes_get_data (self->picture, NULL), g_bytes_get_size (self->picture));

  return g_byte_array_free_to_bytes (bytes);
}

gboolean
cs_edit_reply_unpack (CsEditReply *self,
                      GBytes      *kept)
{
  gsize       length;
  const char *data = g_bytes_get_data (kept, &length);
  const char *end = data != NULL ? memchr (data, '\n', MIN (length, LONGEST_HEAD)) : NULL;
  g_autoptr (JsonNode) node = end != NULL ? cs_json_parse (data, end - data, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);

  *self = (CsEditReply) { 0 };
  if (object == NULL || cs_json_int (object, "version", 0) != 1)
    return FALSE;

  self->photo = g_strdup (cs_json_string (object, "photo", ""));
  self->mask = g_strdup (cs_json_string (object, "mask", ""));
  self->settings = g_strdup (cs_json_string (object, "settings", "{}"));
  self->model = g_strdup (cs_json_string (object, "model", ""));
  self->width = cs_json_int (object, "width", 0);
  self->height = cs_json_int (object, "height", 0);
  self->picture = g_bytes_new_from_bytes (kept, end + 1 - data, length - (end + 1 - data));

  return cs_hash_is_valid (self->photo) && self->width > 0 && self->width <= MOST_SIDE &&
         self->height > 0 && self->height <= MOST_SIDE && cs_edit_reply_is_picture (self->picture);
}

void
cs_edit_reply_clear (CsEditReply *self)
{
  g_clear_pointer (&self->photo, g_free);
  g_clear_pointer (&self->mask, g_free);
  g_clear_pointer (&self->settings, g_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->picture, g_bytes_unref);
}

gboolean
cs_edit_reply_is_picture (GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return length > 16 &&
         (memcmp (data, "\xff\xd8\xff", 3) == 0 ||
          memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0 ||
          (memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0));
}
