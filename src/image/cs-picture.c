/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-image.h"
#include "cs-json.h"

static void
cs_image_info_clear (CsImageInfo *self)
{
  g_free (self->hash);
  g_free (self->mime);
  g_free (self->labels);
  g_free (self->finding);
  g_clear_pointer (&self->thumbnail, g_bytes_unref);
}

CS_DEFINE_RECORD (CsImageInfo, cs_image_info)

static void
cs_pixels_clear (CsPixels *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

CS_DEFINE_RECORD (CsPixels, cs_pixels)

static void
cs_picture_clear (CsPicture *self)
{
  g_clear_pointer (&self->file, g_bytes_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self->hash);
}

CS_DEFINE_RECORD (CsPicture, cs_picture)

char *
cs_picture_settings_to_json (const CsPictureSettings *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_boolean_member (object, "straighten", self->straighten);
  json_object_set_boolean_member (object, "crop", self->crop);
  json_object_set_boolean_member (object, "square", self->square);
  json_object_set_boolean_member (object, "white_balance", self->white_balance);
  json_object_set_boolean_member (object, "exposure", self->exposure);
  json_object_set_double_member (object, "margin", self->margin);
  json_object_set_int_member (object, "max_side", self->max_side);
  json_object_set_int_member (object, "quality", self->quality);
  json_node_set_object (node, object);

  return cs_json_canonical (node);
}

/**
 * cs_picture_settings_from_json:
 *
 * What @json does not say, or says out of bounds, is as in
 * %CS_PICTURE_SETTINGS_DEFAULT.
 *
 * Returns: whether @json was an object at all
 */
gboolean
cs_picture_settings_from_json (CsPictureSettings *self,
                               const char        *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);

  *self = CS_PICTURE_SETTINGS_DEFAULT;
  if (object == NULL)
    return FALSE;

  self->straighten = cs_json_bool (object, "straighten", self->straighten);
  self->crop = cs_json_bool (object, "crop", self->crop);
  self->square = cs_json_bool (object, "square", self->square);
  self->white_balance = cs_json_bool (object, "white_balance", self->white_balance);
  self->exposure = cs_json_bool (object, "exposure", self->exposure);
  self->margin = CLAMP (cs_json_double (object, "margin", self->margin), 0, 0.5);
  self->max_side = CLAMP (cs_json_int (object, "max_side", self->max_side), 16, 20000);
  self->quality = CLAMP (cs_json_int (object, "quality", self->quality), 1, 100);

  return TRUE;
}
