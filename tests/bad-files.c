/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bad-files DIR: makes the files that a photo import has to survive, and the
 * good ones that are easily got wrong. What is to become of each is written in
 * tests/image/test-bad-files.c.
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gexiv2/gexiv2.h>
#include <gio/gio.h>
#include <jpeglib.h>
#include <lcms2.h>

#include "bad-files-data.h"

#define WIDTH  60
#define HEIGHT 40

/* Four colours, so that each way of turning or mirroring shows */
static const guint8 quarters[4][3] = { { 220, 30, 30 }, { 30, 200, 30 }, { 30, 30, 220 }, { 240, 240, 240 } };

static const char *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
put (const char   *name,
     gconstpointer data,
     gsize         length)
{
  g_autofree char *path = path_of (name);
  FILE            *file = fopen (path, "wb");

  if (file == NULL || fwrite (data, 1, length, file) != length || fclose (file) != 0)
    g_error ("%s: cannot be written", name);
}

static const guint8 *
quarter (int x,
         int y,
         int width,
         int height)
{
  return quarters[(y >= height / 2) * 2 + (x >= width / 2)];
}

typedef struct
{
  int         width;
  int         height;
  int         orientation; /* of EXIF, 0 for none */
  gboolean    cmyk;
  gboolean    many_scans;
  GByteArray *icc;
} Jpeg;

/* Where a pixel of the upright picture is stored under an EXIF orientation */
static void
stored_at (int  orientation,
           int  width,
           int  height,
           int  sx,
           int  sy,
           int *x,
           int *y)
{
  gboolean swap = orientation >= 5;
  int      w = swap ? height : width, h = swap ? width : height;

  if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
    sx = w - 1 - sx;
  if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
    sy = h - 1 - sy;
  *x = swap ? sy : sx;
  *y = swap ? sx : sy;
}

static void
write_orientation (struct jpeg_compress_struct *jpeg,
                   int                          orientation)
{
  guint8 marker[] = {
    'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0,
    0x12, 1, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  marker[24] = orientation;
  jpeg_write_marker (jpeg, JPEG_APP0 + 1, marker, sizeof marker);
}

/* A scan for each coefficient of each colour: 190 of them, all allowed */
static jpeg_scan_info *
make_scans (int *n)
{
  jpeg_scan_info *scans = g_new0 (jpeg_scan_info, 1 + 3 * 63);

  scans[0] = (jpeg_scan_info) { 3, { 0, 1, 2 }, 0, 0, 0, 0 };
  *n = 1;
  for (int c = 0; c < 3; c++)
    for (int i = 1; i < 64; i++)
      scans[(*n)++] = (jpeg_scan_info) { 1, { c }, i, i, 0, 0 };

  return scans;
}

static void
fill_row (const Jpeg *what,
          guint8     *row,
          int         stored_width,
          int         y)
{
  for (int x = 0; x < stored_width; x++)
    {
      int           ux = x, uy = y;
      const guint8 *rgb;

      if (what->orientation > 0)
        stored_at (what->orientation, what->width, what->height, x, y, &ux, &uy);
      rgb = quarter (ux, uy, what->width, what->height);

      if (what->cmyk)
        {
          /* As Photoshop writes it: 255 is no ink */
          memcpy (row + x * 4, rgb, 3);
          row[x * 4 + 3] = 255;
        }
      else
        {
          memcpy (row + x * 3, rgb, 3);
        }
    }
}

static GByteArray *
make_jpeg (const Jpeg *what)
{
  struct jpeg_compress_struct jpeg = { 0 };
  struct jpeg_error_mgr       errors;
  gboolean                    swap = what->orientation >= 5;
  g_autofree guint8          *row = g_malloc0_n (MAX (what->width, what->height), 4);
  g_autofree jpeg_scan_info  *scans = NULL;
  unsigned char              *data = NULL;
  unsigned long               length = 0;
  GByteArray                 *result;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &length);
  jpeg.image_width = swap ? what->height : what->width;
  jpeg.image_height = swap ? what->width : what->height;
  jpeg.input_components = what->cmyk ? 4 : 3;
  jpeg.in_color_space = what->cmyk ? JCS_CMYK : JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, 95, TRUE);
  jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
  jpeg.write_Adobe_marker = what->cmyk;
  if (what->many_scans)
    jpeg.scan_info = scans = make_scans (&jpeg.num_scans);
  jpeg_start_compress (&jpeg, TRUE);
  if (what->orientation > 0)
    write_orientation (&jpeg, what->orientation);
  if (what->icc != NULL)
    jpeg_write_icc_profile (&jpeg, what->icc->data, what->icc->len);

  while (jpeg.next_scanline < jpeg.image_height)
    {
      JSAMPROW rows[] = { row };

      fill_row (what, row, jpeg.image_width, jpeg.next_scanline);
      jpeg_write_scanlines (&jpeg, rows, 1);
    }

  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  result = g_byte_array_new ();
  g_byte_array_append (result, data, length);
  free (data);

  return result;
}

static guint32
crc32_of (const guint8 *data,
          gsize         length)
{
  guint32 crc = ~0u;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }

  return ~crc;
}

static void
append_be32 (GByteArray *array,
             guint32     value)
{
  guint32 be = GUINT32_TO_BE (value);

  g_byte_array_append (array, (guint8 *) &be, 4);
}

static void
append_chunk (GByteArray   *png,
              const char   *type,
              gconstpointer data,
              gsize         length)
{
  guint begin;

  append_be32 (png, length);
  begin = png->len;
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, data, length);
  append_be32 (png, crc32_of (png->data + begin, png->len - begin));
}

static GByteArray *
begin_png (guint32 width,
           guint32 height,
           guint8  depth,
           guint8  type)
{
  GByteArray *png = g_byte_array_new ();
  g_autoptr (GByteArray) header = g_byte_array_new ();
  guint8 rest[] = { depth, type, 0, 0, 0 };

  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_be32 (header, width);
  append_be32 (header, height);
  g_byte_array_append (header, rest, sizeof rest);
  append_chunk (png, "IHDR", header->data, header->len);

  return png;
}

/* @rows times the same @row, packed */
static void
append_pixels (GByteArray   *png,
               const guint8 *row,
               gsize         length,
               guint         rows)
{
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, packer);

  for (guint i = 0; i < rows; i++)
    g_output_stream_write_all (stream, row, length, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);

  append_chunk (png, "IDAT", g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
                g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)));
}

static void
put_png (const char *name,
         GByteArray *png)
{
  append_chunk (png, "IEND", "", 0);
  put (name, png->data, png->len);
  g_byte_array_unref (png);
}

/* One bit a pixel, all black */
static void
make_black_png (const char *name,
                guint32     side)
{
  GByteArray        *png = begin_png (side, side, 1, 0);
  g_autofree guint8 *row = g_malloc0 (side / 8 + 2);

  append_pixels (png, row, (side + 7) / 8 + 1, side);
  put_png (name, png);
}

static void
make_16_bit_png (void)
{
  GByteArray *png = begin_png (64, 48, 16, 2);
  guint8      row[1 + 64 * 6] = { 0 };

  /* 0xc0de, 0x40ff, 0x2001: the high bytes are what is to be seen */
  for (int x = 0; x < 64; x++)
    memcpy (row + 1 + x * 6, "\xc0\xde\x40\xff\x20\x01", 6);
  append_pixels (png, row, sizeof row, 48);
  put_png ("sixteen-bit.png", png);
}

static void
make_labelled_png (void)
{
  static const char label[] = "AIGC\0{\"AIGC\":{\"Label\":\"1\",\"ContentProducer\":\"001191110102MAD55U9H0F10002\"}}";
  GByteArray       *png = begin_png (16, 16, 8, 0);
  guint8            row[17] = { 0 };

  append_chunk (png, "tEXt", label, sizeof label - 1);
  append_pixels (png, row, sizeof row, 16);
  put_png ("labelled.png", png);
}

static GdkPixbuf *
make_pixbuf (gboolean alpha)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, WIDTH, HEIGHT);
  int        channels = gdk_pixbuf_get_n_channels (pixbuf), stride = gdk_pixbuf_get_rowstride (pixbuf);
  guint8    *pixels = gdk_pixbuf_get_pixels (pixbuf);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        memcpy (pixels + y * stride + x * channels, quarter (x, y, WIDTH, HEIGHT), 3);
        if (alpha)
          pixels[y * stride + x * channels + 3] = x < WIDTH / 2 ? 0 : 255;
      }

  return pixbuf;
}

static void
save (const char *name,
      const char *type,
      gboolean    alpha)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (alpha);
  g_autofree char *path = path_of (name);
  g_autoptr (GError) error = NULL;

  if (!gdk_pixbuf_save (pixbuf, path, type, &error, NULL))
    g_error ("%s: %s", name, error->message);
}

static void
make_animations (void)
{
  g_autoptr (GByteArray) gif = g_byte_array_new ();
  const guint8 head[] = "GIF89a\x08\x00\x08\x00\x80\x00\x00\xdc\x1e\x1e\x1e\x1e\xdc"
                        "!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00";
  const guint8 control[] = { '!', 0xf9, 4, 0, 10, 0, 0, 0, ',', 0, 0, 0, 0, 8, 0, 8, 0, 0, 2 };

  g_byte_array_append (gif, head, sizeof head - 1);
  for (int frame = 0; frame < 2; frame++)
    {
      g_autoptr (GByteArray) codes = g_byte_array_new ();
      guint32 bits = 0;
      int     n = 0;

      /* Clear (4) before every pixel keeps all codes at three bits */
      for (int i = 0; i < 64 * 2 + 1; i++)
        {
          bits |= (guint32) (i == 128 ? 5 : i % 2 == 0 ? 4
                                                       : frame)
                  << n;
          for (n += 3; n >= 8; n -= 8, bits >>= 8)
            g_byte_array_append (codes, &(guint8) { bits }, 1);
        }
      g_byte_array_append (codes, &(guint8) { bits }, 1);

      g_byte_array_append (gif, control, sizeof control);
      g_byte_array_append (gif, &(guint8) { codes->len }, 1);
      g_byte_array_append (gif, codes->data, codes->len);
      g_byte_array_append (gif, &(guint8) { 0 }, 1);
    }
  g_byte_array_append (gif, (const guint8 *) ";", 1);
  put ("animated.gif", gif->data, gif->len);
  put ("animated.webp", animated_webp, sizeof animated_webp);
  put ("picture.avif", picture_avif, sizeof picture_avif);
}

static void
make_drawings (void)
{
  static const char drawing[] =
    "<?xml version=\"1.0\"?>\n"
    "<!DOCTYPE svg [<!ENTITY out SYSTEM \"file:///etc/passwd\">]>\n"
    "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"100\" height=\"100\">\n"
    "<image xlink:href=\"file:///etc/passwd\" width=\"100\" height=\"100\"/><text>&out;</text></svg>\n";

  put ("drawing.svg", drawing, sizeof drawing - 1);
  put ("drawing-that-lies.jpg", drawing, sizeof drawing - 1);
}

static void
make_strange_names (GByteArray *jpeg)
{
  g_autofree char *long_name = g_strnfill (246, 'n');
  g_autofree char *longest = g_strconcat (long_name, ".jpg", NULL);

  put ("two\nlines.jpg", jpeg->data, jpeg->len);
  put ("not-utf-8-\xff\xfe.jpg", jpeg->data, jpeg->len);
  put ("-rf.jpg", jpeg->data, jpeg->len);
  put ("right-to-left-\u202egpj.exe.jpg", jpeg->data, jpeg->len);
  put ("竹编果篮 直径28cm.jpg", jpeg->data, jpeg->len);
  put (longest, jpeg->data, jpeg->len);
}

static void
make_no_files (void)
{
  g_autofree char *pipe_path = path_of ("pipe.jpg");
  g_autofree char *link_path = path_of ("zero.jpg");
  g_autofree char *folder_path = path_of ("folder.jpg");

  if (mkfifo (pipe_path, 0600) != 0 || symlink ("/dev/zero", link_path) != 0 || mkdir (folder_path, 0700) != 0)
    g_error ("pipe, link or folder cannot be made");
}

/* A phone's photo: where, when and with what it was taken; and what made it */
static void
make_tagged (GByteArray *jpeg)
{
  g_autofree char *path = path_of ("tagged.jpg");
  g_autoptr (GExiv2Metadata) exif = gexiv2_metadata_new ();
  g_autoptr (GError) error = NULL;

  put ("tagged.jpg", jpeg->data, jpeg->len);
  gexiv2_metadata_try_register_xmp_namespace ("http://www.tc260.org.cn/ns/AIGC/1.0/", "TC260", NULL);

  if (!gexiv2_metadata_open_path (exif, path, &error) ||
      !gexiv2_metadata_try_set_tag_string (exif, "Exif.Image.Make", "CameraMaker", &error) ||
      !gexiv2_metadata_try_set_tag_string (exif, "Exif.Photo.DateTimeOriginal", "2026:02:03 04:05:06", &error) ||
      !gexiv2_metadata_try_set_tag_string (exif, "Exif.Photo.BodySerialNumber", "SERIAL123", &error) ||
      !gexiv2_metadata_try_set_gps_info (exif, 103.5, 30.25, 500, &error) ||
      !gexiv2_metadata_try_set_tag_string (exif, "Xmp.dc.creator", "A Person", &error) ||
      !gexiv2_metadata_try_set_tag_string (exif, "Xmp.iptcExt.DigitalSourceType",
                                           "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", &error) ||
      !gexiv2_metadata_try_set_tag_string (exif, "Xmp.TC260.AIGC", "{\"AIGC\":{\"Label\":\"1\"}}", &error) ||
      !gexiv2_metadata_save_file (exif, path, &error))
    g_error ("tagged.jpg: %s", error->message);
}

/* Colours that mean more than sRGB's: the same numbers are stronger */
static void
make_wide_gamut (void)
{
  cmsCIExyY       white = { 0.3127, 0.3290, 1 };
  cmsCIExyYTRIPLE primaries = { { 0.64, 0.33, 1 }, { 0.21, 0.71, 1 }, { 0.15, 0.06, 1 } };
  cmsToneCurve   *gamma = cmsBuildGamma (NULL, 2.2);
  cmsHPROFILE     profile = cmsCreateRGBProfile (&white, &primaries, (cmsToneCurve *[]) { gamma, gamma, gamma });
  g_autoptr (GByteArray) icc = g_byte_array_new ();
  g_autoptr (GByteArray) jpeg = NULL;
  cmsUInt32Number length = 0;

  cmsSaveProfileToMem (profile, NULL, &length);
  g_byte_array_set_size (icc, length);
  cmsSaveProfileToMem (profile, icc->data, &length);
  cmsCloseProfile (profile);
  cmsFreeToneCurve (gamma);

  jpeg = make_jpeg (&(Jpeg) { .width = WIDTH, .height = HEIGHT, .icc = icc });
  put ("wide-gamut.jpg", jpeg->data, jpeg->len);
}

static void
make_jpegs (void)
{
  g_autoptr (GByteArray) good = make_jpeg (&(Jpeg) { .width = 640, .height = 480 });
  g_autoptr (GByteArray) cmyk = make_jpeg (&(Jpeg) { .width = WIDTH, .height = HEIGHT, .cmyk = TRUE });
  g_autoptr (GByteArray) scans = make_jpeg (&(Jpeg) { .width = 640, .height = 480, .many_scans = TRUE });

  put ("good.jpg", good->data, good->len);
  put ("cut-short.jpg", good->data, good->len * 6 / 10);
  put ("head-only.jpg", good->data, 24);
  put ("cmyk.jpg", cmyk->data, cmyk->len);
  put ("many-scans.jpg", scans->data, scans->len);
  make_strange_names (good);
  make_tagged (good);

  for (int orientation = 1; orientation <= 8; orientation++)
    {
      g_autofree char *name = g_strdup_printf ("turned-%d.jpg", orientation);
      g_autoptr (GByteArray) jpeg = make_jpeg (&(Jpeg) { .width = WIDTH, .height = HEIGHT, .orientation = orientation });

      put (name, jpeg->data, jpeg->len);
    }

  /* The frame header is at a fixed place, after JFIF's and two tables */
  for (guint i = 0; i + 9 < good->len; i++)
    if (good->data[i] == 0xff && good->data[i + 1] == 0xc0)
      {
        memcpy (good->data + i + 5, "\xff\xdc\xff\xdc", 4);
        break;
      }
  put ("giant.jpg", good->data, good->len);
}

static void
cut (const char *from,
     const char *to,
     double      share)
{
  g_autofree char *path = path_of (from);
  g_autofree char *data = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &data, &length, NULL))
    g_error ("%s: cannot be read", from);
  put (to, data, length * share);
}

int
main (int   argc,
      char *argv[])
{
  static const guint8 noise[] = "\xff\xd8\xff\xe0 this is not what it says";

  if (argc != 2)
    {
      g_printerr ("bad-files DIR\n");
      return 2;
    }

  folder = argv[1];
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return 1;

  put ("empty.jpg", "", 0);
  put ("text.jpg", "This is a letter, not a photo.", 30);
  put ("lies.jpg", noise, sizeof noise);
  make_jpegs ();
  make_wide_gamut ();
  make_16_bit_png ();
  make_labelled_png ();
  make_black_png ("giant.png", 50000);
  make_black_png ("bomb.png", 14000);
  save ("clear.png", "png", TRUE);
  save ("png-that-lies.jpg", "png", FALSE);
  save ("picture.tiff", "tiff", FALSE);
  save ("picture.bmp", "bmp", FALSE);
  cut ("sixteen-bit.png", "cut-short.png", 0.7);
  make_animations ();
  make_drawings ();
  make_no_files ();

  return 0;
}
