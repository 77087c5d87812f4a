/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-sniff.h"

/* Names say nothing: a file is what its first bytes are. Sizes are read here,
 * before a decoder sees the file, because decoders believe headers and ask for
 * the memory that these promise.
 */

static guint32
be16 (const guint8 *p)
{
  return p[0] << 8 | p[1];
}

static guint32
be32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static guint32
le16 (const guint8 *p)
{
  return p[1] << 8 | p[0];
}

static guint32
le24 (const guint8 *p)
{
  return p[2] << 16 | p[1] << 8 | p[0];
}

static guint32
le32 (const guint8 *p)
{
  return (guint32) p[3] << 24 | p[2] << 16 | p[1] << 8 | p[0];
}

static void
sniff_png (CsSniff      *self,
           const guint8 *data,
           gsize         length)
{
  gsize offset = 8;

  self->kind = CS_KIND_PNG;
  self->cut_short = TRUE;
  if (length < 33 || memcmp (data + 12, "IHDR", 4) != 0)
    return;

  self->width = be32 (data + 16);
  self->height = be32 (data + 20);

  while (length - offset >= 12)
    {
      gsize chunk = be32 (data + offset);

      if (memcmp (data + offset + 4, "IEND", 4) == 0)
        self->cut_short = FALSE;
      if (!self->cut_short || chunk > length - offset - 12)
        return;
      offset += 12 + chunk;
    }
}

static void
sniff_gif (CsSniff      *self,
           const guint8 *data,
           gsize         length)
{
  self->kind = CS_KIND_GIF;
  if (length < 13)
    return;

  self->width = le16 (data + 6);
  self->height = le16 (data + 8);
}

static void
sniff_webp (CsSniff      *self,
            const guint8 *data,
            gsize         length)
{
  self->kind = CS_KIND_WEBP;
  self->cut_short = (guint64) le32 (data + 4) + 8 > length;
  if (length < 30)
    return;

  if (memcmp (data + 12, "VP8X", 4) == 0)
    {
      self->width = 1 + le24 (data + 24);
      self->height = 1 + le24 (data + 27);
    }
  else if (memcmp (data + 12, "VP8L", 4) == 0)
    {
      guint32 bits = le32 (data + 21);

      self->width = 1 + (bits & 0x3fff);
      self->height = 1 + (bits >> 14 & 0x3fff);
    }
  else
    {
      self->width = le16 (data + 26) & 0x3fff;
      self->height = le16 (data + 28) & 0x3fff;
    }
}

static void
sniff_bmp (CsSniff      *self,
           const guint8 *data,
           gsize         length)
{
  gint32 height;

  self->kind = CS_KIND_BMP;
  if (length < 26)
    return;

  self->cut_short = le32 (data + 2) > length;

  if (le32 (data + 14) == 12)
    {
      self->width = le16 (data + 18);
      self->height = le16 (data + 20);
      return;
    }

  height = (gint32) le32 (data + 22);
  self->width = le32 (data + 18);
  self->height = height < 0 ? -(gint64) height : height;
}

static void
sniff_tiff (CsSniff      *self,
            const guint8 *data,
            gsize         length)
{
  gboolean big = data[0] == 'M';
  gsize    offset = big ? be32 (data + 4) : le32 (data + 4);
  guint    n;

  self->kind = CS_KIND_TIFF;
  if (offset > length || length - offset < 2)
    {
      self->cut_short = TRUE;
      return;
    }

  n = big ? be16 (data + offset) : le16 (data + offset);
  offset += 2;

  for (guint i = 0; i < n && length - offset >= 12; i++, offset += 12)
    {
      const guint8 *entry = data + offset;
      guint         tag = big ? be16 (entry) : le16 (entry);
      guint         type = big ? be16 (entry + 2) : le16 (entry + 2);
      gint64        value = type == 3 ? (big ? be16 (entry + 8) : le16 (entry + 8))
                                      : (big ? be32 (entry + 8) : le32 (entry + 8));

      if (tag == 256)
        self->width = value;
      else if (tag == 257)
        self->height = value;
    }
}

/* The image sizes of an ISO container stand in "ispe" boxes, within its first
 * box but one; tiles have theirs too, so the largest is the one that counts.
 */
static void
sniff_heif (CsSniff      *self,
            const guint8 *data,
            gsize         length)
{
  gsize end = MIN (length, 1024 * 1024);

  for (gsize i = 12; i + 16 <= end; i++)
    {
      gint64 width, height;

      if (memcmp (data + i, "ispe", 4) != 0)
        continue;

      width = be32 (data + i + 8);
      height = be32 (data + i + 12);
      if (width * height > self->width * self->height)
        {
          self->width = width;
          self->height = height;
        }
    }
}

static CsKind
heif_kind (const guint8 *data,
           gsize         length)
{
  gsize end = MIN (MIN (length, be32 (data)), 256);

  for (gsize i = 8; i + 4 <= end; i += 4)
    {
      if (memcmp (data + i, "avif", 4) == 0 || memcmp (data + i, "avis", 4) == 0)
        return CS_KIND_AVIF;
      if (memcmp (data + i, "heic", 4) == 0 || memcmp (data + i, "heix", 4) == 0 ||
          memcmp (data + i, "heim", 4) == 0 || memcmp (data + i, "hevc", 4) == 0)
        return CS_KIND_HEIC;
    }

  return CS_KIND_UNKNOWN;
}

/* Only the frame header is looked for; libjpeg itself reads the rest */
static void
sniff_jpeg (CsSniff      *self,
            const guint8 *data,
            gsize         length)
{
  gsize offset = 2;

  self->kind = CS_KIND_JPEG;

  while (length - offset >= 9)
    {
      guint8 marker = data[offset + 1];

      if (data[offset] != 0xff)
        return;
      if (marker == 0xff)
        {
          offset++;
          continue;
        }
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          self->height = be16 (data + offset + 5);
          self->width = be16 (data + offset + 7);
          return;
        }
      if (marker == 0xda)
        return;
      if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8))
        {
          offset += 2;
          continue;
        }
      if (2 + be16 (data + offset + 2) > length - offset)
        return;
      offset += 2 + be16 (data + offset + 2);
    }
}

static gboolean
is_svg (const guint8 *data,
        gsize         length)
{
  gsize            end = MIN (length, 4096);
  g_autofree char *text = NULL;

  /* A packed drawing; no photo begins so */
  if (length > 2 && data[0] == 0x1f && data[1] == 0x8b)
    return TRUE;

  text = g_malloc0 (end + 1);
  for (gsize i = 0, n = 0; i < end; i++)
    if (data[i] != 0)
      text[n++] = g_ascii_tolower (data[i]);

  return strstr (text, "<svg") != NULL || strstr (text, "<!doctype svg") != NULL;
}

void
cs_sniff (CsSniff      *self,
          const guint8 *data,
          gsize         length)
{
  *self = (CsSniff) { 0 };

  if (length >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    sniff_jpeg (self, data, length);
  else if (length >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    sniff_png (self, data, length);
  else if (length >= 6 && (memcmp (data, "GIF87a", 6) == 0 || memcmp (data, "GIF89a", 6) == 0))
    sniff_gif (self, data, length);
  else if (length >= 16 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    sniff_webp (self, data, length);
  else if (length >= 8 && (memcmp (data, "II*\0", 4) == 0 || memcmp (data, "MM\0*", 4) == 0))
    sniff_tiff (self, data, length);
  else if (length >= 18 && memcmp (data, "BM", 2) == 0 && le32 (data + 14) <= 124)
    sniff_bmp (self, data, length);
  else if (length >= 16 && memcmp (data + 4, "ftyp", 4) == 0)
    {
      self->kind = heif_kind (data, length);
      sniff_heif (self, data, length);
    }
  else if (is_svg (data, length))
    self->kind = CS_KIND_SVG;
}
