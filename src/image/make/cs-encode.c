/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <setjmp.h>
#include <string.h>

#include <png.h>
#include <webp/encode.h>

#include "cs-encode.h"
#include "cs-jpeg.h"

/* The finished picture as a file: sRGB, and no metadata but the labels */
#define PNG_LEVEL 4 /* half the time of the usual 6, and a few hundredths larger */

static void
encode_fail (GError    **error,
             CsProblem   problem,
             const char *what)
{
  g_set_error_literal (error, CS_PROBLEM_QUARK, problem, what);
}

static void
png_take (png_structp png,
          png_bytep   data,
          size_t      length)
{
  g_byte_array_append (png_get_io_ptr (png), data, length);
}

static void
png_flush_nothing (png_structp png)
{
}

static void
png_write_xmp (png_structp png,
               png_infop   info,
               const char *xmp)
{
  png_text text = {
    .compression = PNG_ITXT_COMPRESSION_NONE,
    .key = (char *) "XML:com.adobe.xmp",
    .text = (char *) xmp,
    .itxt_length = strlen (xmp),
  };

  png_set_text (png, info, &text, 1);
}

static GBytes *
encode_png (const CsFrame *frame,
            const char    *xmp,
            GError       **error)
{
  GByteArray *bytes = g_byte_array_new ();
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop   info = png != NULL ? png_create_info_struct (png) : NULL;

  if (info == NULL || setjmp (png_jmpbuf (png)))
    {
      png_destroy_write_struct (&png, &info);
      g_byte_array_unref (bytes);
      encode_fail (error, CS_PROBLEM_MEMORY, "png");
      return NULL;
    }

  png_set_write_fn (png, bytes, png_take, png_flush_nothing);
  png_set_user_limits (png, 0x7fffffff, 0x7fffffff);
  png_set_compression_level (png, PNG_LEVEL);
  png_set_IHDR (png, info, frame->width, frame->height, 8,
                frame->channels == 4 ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB (png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  if (xmp != NULL)
    png_write_xmp (png, info, xmp);
  png_write_info (png, info);
  for (int y = 0; y < frame->height; y++)
    png_write_row (png, cs_frame_at (frame, 0, y));
  png_write_end (png, info);
  png_destroy_write_struct (&png, &info);

  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
cs_encode_png_alpha (const CsFrame *frame,
                     GError       **error)
{
  g_return_val_if_fail (frame->channels == 4, NULL);

  return encode_png (frame, NULL, error);
}

static void
append_number (GByteArray *bytes,
               guint32     number,
               int         length)
{
  guint8 data[4] = { number, number >> 8, number >> 16, number >> 24 };

  g_byte_array_append (bytes, data, length);
}

static void
append_chunk (GByteArray *bytes,
              const char *name,
              const void *data,
              gsize       length)
{
  g_byte_array_append (bytes, (const guint8 *) name, 4);
  append_number (bytes, length, 4);
  g_byte_array_append (bytes, data, length);
  if (length % 2 != 0)
    g_byte_array_append (bytes, (const guint8 *) "", 1);
}

/* The extended form of the file, with the packet beside the picture */
static GBytes *
webp_with_xmp (const guint8  *file,
               gsize          length,
               const CsFrame *frame,
               const char    *xmp)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8      size[4];

  g_byte_array_append (bytes, (const guint8 *) "RIFF\0\0\0\0WEBPVP8X", 16);
  append_number (bytes, 10, 4);
  append_number (bytes, 0x04, 4);
  append_number (bytes, frame->width - 1, 3);
  append_number (bytes, frame->height - 1, 3);
  g_byte_array_append (bytes, file + 12, length - 12);
  append_chunk (bytes, "XMP ", xmp, strlen (xmp));

  for (int i = 0; i < 4; i++)
    size[i] = (bytes->len - 8) >> (8 * i);
  memcpy (bytes->data + 4, size, 4);

  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
encode_webp (const CsFrame *frame,
             int            quality,
             const char    *xmp,
             GError       **error)
{
  WebPConfig       config;
  WebPPicture      picture;
  WebPMemoryWriter writer;
  GBytes          *result = NULL;
  gboolean         made;

  if (!WebPConfigPreset (&config, WEBP_PRESET_PICTURE, CLAMP (quality, 1, 100)) || !WebPPictureInit (&picture) ||
      frame->width > CS_ENCODE_WEBP_SIDE || frame->height > CS_ENCODE_WEBP_SIDE)
    {
      encode_fail (error, CS_PROBLEM_REQUEST, "webp");
      return NULL;
    }

  config.use_sharp_yuv = quality > 88;
  picture.width = frame->width;
  picture.height = frame->height;
  picture.writer = WebPMemoryWrite;
  picture.custom_ptr = &writer;
  WebPMemoryWriterInit (&writer);
  made = WebPPictureImportRGB (&picture, frame->data, frame->width * 3) && WebPEncode (&config, &picture);

  if (!made || writer.size < 12)
    encode_fail (error, CS_PROBLEM_MEMORY, "webp");
  else
    result = xmp != NULL ? webp_with_xmp (writer.mem, writer.size, frame, xmp) : g_bytes_new (writer.mem, writer.size);

  WebPPictureFree (&picture);
  WebPMemoryWriterClear (&writer);

  return result;
}

/**
 * cs_encode:
 * @format: a CsPictureFormat
 * @xmp: (nullable): an XMP packet to write into the file
 * @kind: (out): what it is
 */
GBytes *
cs_encode (const CsFrame *frame,
           guint32        format,
           int            quality,
           const char    *xmp,
           CsKind        *kind,
           GError       **error)
{
  switch ((CsPictureFormat) format)
    {
    case CS_FORMAT_PNG:
      *kind = CS_KIND_PNG;
      return encode_png (frame, xmp, error);

    case CS_FORMAT_WEBP:
      *kind = CS_KIND_WEBP;
      return encode_webp (frame, quality, xmp, error);

    case CS_FORMAT_JPEG:
    case CS_N_FORMATS:
    default:
      *kind = CS_KIND_JPEG;
      return cs_jpeg_encode (frame, quality, xmp, error);
    }
}
