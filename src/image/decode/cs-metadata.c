/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include <gexiv2/gexiv2.h>

#include "cs-json.h"
#include "cs-metadata.h"

/* Where the law asks for a label in the file (GB 45438-2025 and its practice
 * guide TC260-PG-20259A; IPTC's digital source type elsewhere)
 */
#define TC260_URI "http://www.tc260.org.cn/ns/AIGC/1.0/"
#define IPTC_URI  "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"

#define MAX_LABEL 16384

void
cs_metadata_prepare (void)
{
  gexiv2_initialize ();
  gexiv2_log_set_level (GEXIV2_LOG_LEVEL_MUTE);
  gexiv2_metadata_try_register_xmp_namespace (TC260_URI, "TC260", NULL);
}

static char *
metadata_dup (GExiv2Metadata *exif,
              const char     *tag)
{
  g_autofree char *value = NULL;

  if (!gexiv2_metadata_try_has_tag (exif, tag, NULL))
    return NULL;

  value = gexiv2_metadata_try_get_tag_string (exif, tag, NULL);
  if (value == NULL || *value == '\0' || strlen (value) > MAX_LABEL || !g_utf8_validate (value, -1, NULL))
    return NULL;

  return g_steal_pointer (&value);
}

/* "2026:11:22 09:30:00", in the camera's own time */
static gint64
metadata_time (const char *text)
{
  int year, month, day, hour, minute, second;
  g_autoptr (GDateTime) date = NULL;

  if (text == NULL ||
      sscanf (text, "%4d%*1[:-]%2d%*1[:-]%2d%*1[ T]%2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second) != 6)
    return 0;

  date = g_date_time_new_utc (year, month, day, hour, minute, second);

  return date != NULL ? g_date_time_to_unix (date) : 0;
}

static gint64
metadata_taken_at (GExiv2Metadata *exif)
{
  const char *tags[] = {
    "Exif.Photo.DateTimeOriginal",
    "Exif.Photo.DateTimeDigitized",
    "Xmp.exif.DateTimeOriginal",
    "Xmp.photoshop.DateCreated",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autofree char *text = metadata_dup (exif, tags[i]);
      gint64           taken_at = metadata_time (text);

      if (taken_at > 0)
        return taken_at;
    }

  return 0;
}

/* The property of its own, or the comment that the guide allows instead:
 * {"AIGC":{…}}, possibly behind a note of its character set
 */
static char *
metadata_aigc (GExiv2Metadata *exif)
{
  g_autofree char *value = metadata_dup (exif, "Xmp.TC260.AIGC");
  g_autofree char *comment = NULL;
  const char      *begin;

  if (value != NULL)
    return g_steal_pointer (&value);

  comment = metadata_dup (exif, "Exif.Photo.UserComment");
  begin = comment != NULL ? strchr (comment, '{') : NULL;
  if (begin == NULL || strstr (begin, "\"AIGC\"") == NULL)
    return NULL;

  return g_strdup (begin);
}

/* PNG may carry the label in a text chunk named AIGC */
static char *
metadata_aigc_in_png (const guint8 *data,
                      gsize         length)
{
  gsize offset = 8;

  if (length < 8 || memcmp (data, "\x89PNG", 4) != 0)
    return NULL;

  while (length - offset >= 12)
    {
      const guint8 *chunk = data + offset;
      gsize         size = (gsize) chunk[0] << 24 | chunk[1] << 16 | chunk[2] << 8 | chunk[3];

      if (size > length - offset - 12)
        return NULL;
      if (memcmp (chunk + 4, "tEXt", 4) == 0 && size > 5 && size < MAX_LABEL && memcmp (chunk + 8, "AIGC", 5) == 0)
        {
          g_autofree char *text = g_strndup ((const char *) chunk + 13, size - 5);

          return g_utf8_validate (text, -1, NULL) ? g_steal_pointer (&text) : NULL;
        }
      offset += 12 + size;
    }

  return NULL;
}

static char *
metadata_labels (GExiv2Metadata *exif,
                 const guint8   *data,
                 gsize           length)
{
  g_autofree char *source = metadata_dup (exif, "Xmp.iptcExt.DigitalSourceType");
  g_autofree char *aigc = metadata_aigc (exif);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  if (aigc == NULL)
    aigc = metadata_aigc_in_png (data, length);
  if (source == NULL && aigc == NULL)
    return NULL;

  if (source != NULL)
    json_object_set_string_member (object, "digital_source_type", source);
  if (aigc != NULL)
    json_object_set_string_member (object, "tc260_aigc", aigc);
  json_node_set_object (node, object);

  return cs_json_canonical (node);
}

void
cs_metadata_read (CsMetadata   *self,
                  const guint8 *data,
                  gsize         length)
{
  g_autoptr (GExiv2Metadata) exif = gexiv2_metadata_new ();

  *self = (CsMetadata) { .orientation = 1 };

  /* No or broken metadata is no reason to refuse a photo */
  if (!gexiv2_metadata_open_buf (exif, data, length, NULL))
    return;

  self->orientation = gexiv2_metadata_try_get_orientation (exif, NULL);
  if (self->orientation < 1 || self->orientation > 8)
    self->orientation = 1;
  self->taken_at = metadata_taken_at (exif);
  self->labels = metadata_labels (exif, data, length);
}

void
cs_metadata_clear (CsMetadata *self)
{
  g_clear_pointer (&self->labels, g_free);
}

/**
 * cs_metadata_labels_to_xmp:
 * @labels: (nullable): as cs_metadata_read() found them
 *
 * Returns: (nullable): an XMP packet with these and nothing else
 */
char *
cs_metadata_labels_to_xmp (const char *labels)
{
  g_autoptr (JsonNode) node = labels != NULL ? cs_json_parse (labels, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);
  const char *source = cs_json_string (object, "digital_source_type", NULL);
  const char *aigc = cs_json_string (object, "tc260_aigc", NULL);
  GString    *xmp;

  if (source == NULL && aigc == NULL)
    return NULL;

  xmp = g_string_new ("<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                      " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                      "  <rdf:Description rdf:about=\"\" xmlns:Iptc4xmpExt=\"" IPTC_URI "\""
                      " xmlns:TC260=\"" TC260_URI "\">\n");

  if (source != NULL)
    {
      g_autofree char *text = g_markup_escape_text (source, -1);

      g_string_append_printf (xmp, "   <Iptc4xmpExt:DigitalSourceType>%s</Iptc4xmpExt:DigitalSourceType>\n", text);
    }
  if (aigc != NULL)
    {
      g_autofree char *text = g_markup_escape_text (aigc, -1);

      g_string_append_printf (xmp, "   <TC260:AIGC>%s</TC260:AIGC>\n", text);
    }

  g_string_append (xmp, "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");

  return g_string_free (xmp, FALSE);
}
