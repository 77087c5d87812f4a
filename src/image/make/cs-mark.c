/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>

#include "cs-geometry.h"
#include "cs-image.h"
#include "cs-mark-data.h"
#include "cs-mark.h"
#include "cs-mask-file.h"

/* GB 45438-2025, 5.2: at an edge or a corner, the letters no less than 5 % of the
 * shorter side high. Which height is meant is open: here the smallest capital
 * is that high, so the whole of the letters is a little higher, with English
 * ones, that reach below the line, more so.
 */
#define HEIGHT_ZH 0.060
#define HEIGHT_EN 0.074

/* In parts of the letters' height */
#define PADDING 0.35
#define MARGIN  0.40 /* to the picture's edge */

#define PLATE_COVERS 168 /* of 255: dark enough under white letters on snow, and seen on night */
#define PLATE_GREY   24
#define LETTER_GREY  255

#define TRIAL_SIDE 480 /* pixels: a corner is looked for on a small copy of the mask */

typedef struct
{
  int width; /* of the letters */
  int height;
  int padding;
  int margin;
} Size;

static CsMatte *
read_letters (guint32 mark)
{
  const char *path = mark == CS_MARK_ZH ? "/app/countersign/marks/zh.png" : "/app/countersign/marks/en.png";
  g_autoptr (GBytes) file = NULL;

  if (mark != CS_MARK_ZH && mark != CS_MARK_EN)
    return NULL;

  file = g_resource_lookup_data (cs_mark_data_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return file != NULL ? cs_mask_file_read_data (g_bytes_get_data (file, NULL), g_bytes_get_size (file), NULL) : NULL;
}

static gboolean
find_size (guint32 mark,
           int     width,
           int     height,
           Size   *size)
{
  g_autoptr (CsMatte) letters = read_letters (mark);
  double part = mark == CS_MARK_ZH ? HEIGHT_ZH : HEIGHT_EN;

  if (letters == NULL)
    return FALSE;

  size->height = MAX (1, (int) (part * MIN (width, height) + 0.999));
  size->width = MAX (1, (int) ((double) letters->width / letters->height * size->height + 0.5));
  size->padding = size->height * PADDING + 0.5;
  size->margin = size->height * MARGIN + 0.5;

  return TRUE;
}

static gboolean
is_free (const guint8 *alpha,
         int           width,
         int           height,
         const CsRect *rect,
         int           spare)
{
  for (int y = MAX (0, rect->y - spare); y < MIN (height, rect->y + rect->height + spare); y++)
    for (int x = MAX (0, rect->x - spare); x < MIN (width, rect->x + rect->width + spare); x++)
      if (alpha[(gsize) y * width + x] != 0)
        return FALSE;

  return TRUE;
}

static gboolean
find_place (guint32       mark,
            const guint8 *alpha,
            int           width,
            int           height,
            int           spare,
            CsRect       *plate,
            CsHow        *corner)
{
  static const CsHow corners[] = { CS_HOW_BOTTOM_RIGHT, CS_HOW_BOTTOM_LEFT, CS_HOW_TOP_RIGHT, CS_HOW_TOP_LEFT };
  Size size;

  if (!find_size (mark, width, height, &size))
    return FALSE;

  plate->width = size.width + 2 * size.padding;
  plate->height = size.height + 2 * size.padding;
  if (plate->width + 2 * size.margin > width || plate->height + 2 * size.margin > height)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      gboolean right = corners[i] == CS_HOW_BOTTOM_RIGHT || corners[i] == CS_HOW_TOP_RIGHT;
      gboolean bottom = corners[i] == CS_HOW_BOTTOM_RIGHT || corners[i] == CS_HOW_BOTTOM_LEFT;

      plate->x = right ? width - size.margin - plate->width : size.margin;
      plate->y = bottom ? height - size.margin - plate->height : size.margin;
      *corner = corners[i];
      if (is_free (alpha, width, height, plate, spare))
        return TRUE;
    }

  return FALSE;
}

/**
 * cs_mark_find_place:
 * @alpha: of the product, in the picture
 * @plate: (out): where the mark stands
 * @corner: (out)
 *
 * Returns: whether there is a corner that the product leaves free
 */
gboolean
cs_mark_find_place (guint32       mark,
                    const guint8 *alpha,
                    int           width,
                    int           height,
                    CsRect       *plate,
                    CsHow        *corner)
{
  return find_place (mark, alpha, width, height, 0, plate, corner);
}

/* The same on a small copy: it has to have a pixel of room to spare, since the
 * picture's own pixels decide in the end
 */
gboolean
cs_mark_fits (guint32               mark,
              const CsWireGeometry *geometry,
              const CsMatte        *mask)
{
  CsWireGeometry small = *geometry;
  double scale = MIN (1, (double) TRIAL_SIDE / MAX (geometry->out_width, geometry->out_height));
  g_autofree guint8 *alpha = NULL;
  CsRect plate;
  CsHow  corner;

  small.out_width = MAX (1, (int) (geometry->out_width * scale + 0.5));
  small.out_height = MAX (1, (int) (geometry->out_height * scale + 0.5));
  alpha = cs_geometry_apply_mask (&small, mask->alpha, mask->width, mask->height);

  return find_place (mark, alpha, small.out_width, small.out_height, 1, &plate, &corner);
}

static void
blend (guint8 *pixel,
       int     grey,
       int     part)
{
  for (int c = 0; c < 3; c++)
    pixel[c] = (pixel[c] * (255 - part) + grey * part + 127) / 255;
}

/* Nothing is drawn but on @plate, which holds nothing of the product */
void
cs_mark_draw (guint32       mark,
              CsFrame      *picture,
              const CsRect *plate)
{
  g_autoptr (CsMatte) letters = read_letters (mark);
  g_autoptr (CsMatte) scaled = NULL;
  Size size;

  if (letters == NULL || !find_size (mark, picture->width, picture->height, &size))
    return;

  scaled = cs_matte_scale (letters, size.width, size.height);
  for (int y = 0; y < plate->height; y++)
    for (int x = 0; x < plate->width; x++)
      blend (cs_frame_at (picture, plate->x + x, plate->y + y), PLATE_GREY, PLATE_COVERS);

  for (int y = 0; y < size.height; y++)
    for (int x = 0; x < size.width; x++)
      blend (cs_frame_at (picture, plate->x + size.padding + x, plate->y + size.padding + y), LETTER_GREY,
             *cs_matte_at (scaled, x, y));
}
