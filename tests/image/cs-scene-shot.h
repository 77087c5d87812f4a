/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gexiv2/gexiv2.h>
#include <glib/gstdio.h>

#include "cs-fd.h"
#include "cs-image.h"
#include "cs-json.h"
#include "cs-test.h"

G_BEGIN_DECLS

/* A product, and what a model may paint around it: the good and the bad */
#define PHOTO  800
#define CANVAS 512

#define TC260_URI "http://www.tc260.org.cn/ns/AIGC/1.0/"

static CsImage *image;

typedef void (*Painter) (guint8 *rgb, int x, int y, int side);

static inline GBytes *
save (GdkPixbuf  *pixbuf,
      const char *type)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, type, &error, NULL);
  g_assert_no_error (error);

  return g_bytes_new_take (data, length);
}

static inline GdkPixbuf *
paint (int     width,
       int     height,
       Painter painter)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      painter (gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3, x, y, width);

  return pixbuf;
}

static inline gboolean
in_product (int x,
            int y)
{
  return hypot ((x - 390) / 210.0, (y - 420) / 250.0) < 1;
}

/* A patterned vase on a grey table */
static inline void
paint_photo (guint8 *rgb,
             int     x,
             int     y,
             int     side)
{
  if (in_product (x, y))
    {
      rgb[0] = 150 + 60 * sin (x / 17.0);
      rgb[1] = 70 + 40 * sin (y / 11.0 + x / 40.0);
      rgb[2] = 60 + (x * y) % 30;
    }
  else
    rgb[0] = rgb[1] = rgb[2] = 170 + y / 20;
}

static inline void
paint_mask (guint8 *rgb,
            int     x,
            int     y,
            int     side)
{
  rgb[0] = rgb[1] = rgb[2] = in_product (x, y) ? 255 : 0;
}

/* A garden: sky, bushes, a wooden board */
static inline void
paint_garden (guint8 *rgb,
              int     x,
              int     y,
              int     side)
{
  if (y > side * 3 / 4)
    {
      rgb[0] = 176 + 12 * sin (x / 9.0);
      rgb[1] = 138;
      rgb[2] = 90;
    }
  else
    {
      rgb[0] = 120 + 20 * sin (x / 31.0);
      rgb[1] = 190 - y * 60 / side;
      rgb[2] = 140 + 15 * sin (y / 23.0);
    }
}

typedef struct
{
  int photo;
  int mask;
} Shot;

static inline void
shot_clear (Shot *self)
{
  g_clear_fd (&self->photo, NULL);
  g_clear_fd (&self->mask, NULL);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shot, shot_clear)

static inline int
to_fd (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  int fd = cs_fd_from_bytes (bytes, &error);

  g_assert_no_error (error);

  return fd;
}

static inline int
painted_fd (Painter painter)
{
  g_autoptr (GdkPixbuf) pixbuf = paint (PHOTO, PHOTO, painter);
  g_autoptr (GBytes) bytes = save (pixbuf, "png");

  return to_fd (bytes);
}

static inline Shot
make_shot (void)
{
  return (Shot) { painted_fd (paint_photo), painted_fd (paint_mask) };
}

static inline CsPictureSettings
make_settings (void)
{
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;

  settings.background = CS_BACKGROUND_OWN;
  settings.shadow = CS_SHADOW_NONE;
  settings.polish = 0;
  settings.max_side = 700;
  cs_picture_settings_set_producer (&settings, "OpenAI gpt-image-1.5 \"é\\");

  return settings;
}

static inline CsPictureInput
make_input (const Shot *shot,
            int         backdrop)
{
  return (CsPictureInput) { .photo = shot->photo, .mask = shot->mask, .backdrop = backdrop };
}

static inline CsStaging *
stage (const Shot              *shot,
       const CsPictureSettings *settings)
{
  CsPictureInput input = make_input (shot, -1);
  g_autoptr (GError) error = NULL;
  CsStaging *staging = dex_await_boxed (cs_image_stage (image, &input, settings, CANVAS, CANVAS), &error);

  g_assert_no_error (error);

  return staging;
}

static inline GdkPixbuf *
load (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);

  g_assert_no_error (error);

  return pixbuf;
}

/* The product as it was sent, laid into a garden: dx to the right, larger by scale */
static inline void
lay (GdkPixbuf *garden,
     CsStaging *staging,
     int        dx,
     int        dy,
     double     scale)
{
  g_autoptr (GdkPixbuf) sent = load (staging->picture);
  g_autoptr (GdkPixbuf) mask = load (staging->mask);
  int side = gdk_pixbuf_get_width (garden);

  g_assert_cmpint (gdk_pixbuf_get_n_channels (mask), ==, 4);
  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        int from_x = (int) ((x - dx * side / CANVAS - side / 2) / scale * CANVAS / side + CANVAS / 2.0);
        int from_y = (int) ((y - dy * side / CANVAS - side / 2) / scale * CANVAS / side + CANVAS / 2.0);

        if (from_x < 0 || from_y < 0 || from_x >= CANVAS || from_y >= CANVAS ||
            gdk_pixbuf_get_pixels (mask)[from_y * gdk_pixbuf_get_rowstride (mask) + from_x * 4 + 3] == 0)
          continue;
        memcpy (gdk_pixbuf_get_pixels (garden) + y * gdk_pixbuf_get_rowstride (garden) + x * 3,
                gdk_pixbuf_get_pixels (sent) + from_y * gdk_pixbuf_get_rowstride (sent) + from_x * 3, 3);
      }
}

static inline void
keep (const char *name,
      GBytes     *bytes)
{
  g_autofree char *path = g_getenv ("CS_KEEP") != NULL ? g_build_filename (g_getenv ("CS_KEEP"), name, NULL) : NULL;

  if (path != NULL)
    g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
}

static inline CsPaintedScene *
take (const Shot              *shot,
      const CsPictureSettings *settings,
      GdkPixbuf               *answer,
      const char              *type,
      GError                 **error)
{
  CsPictureInput input = make_input (shot, -1);
  g_autoptr (GBytes) bytes = save (answer, type);
  g_autofd int fd = to_fd (bytes);

  return dex_await_boxed (cs_image_take_painted (image, &input, settings, CANVAS, CANVAS, fd), error);
}

/* The finished picture with this behind the product, measured as the desk does */
static inline CsPicture *
finish (const Shot              *shot,
        const CsPictureSettings *settings,
        GBytes                  *backdrop)
{
  g_autofd int     behind = to_fd (backdrop);
  CsPictureInput   input = make_input (shot, behind);
  g_autoptr (GError) error = NULL;
  CsPicture       *picture = dex_await_boxed (cs_image_improve (image, &input, settings), &error);
  CsPictureInput   bare = make_input (shot, -1);
  g_autofd int     fd = -1;
  g_autofree char *receipt = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  fd = to_fd (picture->file);
  receipt = dex_await_string (cs_image_measure (image, &bare, settings, fd, picture->receipt), &error);
  g_assert_no_error (error);
  node = cs_json_parse (receipt, -1, NULL);
  g_assert_true (cs_json_bool (cs_json_node_object (node), "within", FALSE));
  if (settings->polish == 0)
    g_assert_cmpfloat (cs_json_double (cs_json_node_object (node), "changed", 1), ==, 0);

  return picture;
}

static inline GBytes *
garden_file (const Shot              *shot,
             const CsPictureSettings *settings)
{
  g_autoptr (CsStaging) staging = stage (shot, settings);
  g_autoptr (GdkPixbuf) garden = paint (CANVAS * 2, CANVAS * 2, paint_garden);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPaintedScene) scene = NULL;

  lay (garden, staging, 0, 0, 1);
  scene = take (shot, settings, garden, "png", &error);
  g_assert_no_error (error);
  g_assert_true (scene->usable);

  return g_bytes_ref (scene->file);
}

static inline guint
count (GBytes     *file,
       const char *text)
{
  gsize       length, n = strlen (text);
  const char *data = g_bytes_get_data (file, &length);
  guint       found = 0;

  for (gsize i = 0; i + n <= length; i++)
    found += memcmp (data + i, text, n) == 0;

  return found;
}

static inline char *
read_tag (GBytes     *file,
          const char *name)
{
  g_autoptr (GExiv2Metadata) tags = gexiv2_metadata_new ();

  g_assert_true (gexiv2_metadata_open_buf (tags, g_bytes_get_data (file, NULL), g_bytes_get_size (file), NULL));

  return gexiv2_metadata_try_get_tag_string (tags, name, NULL);
}

G_END_DECLS
