/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-image-look.h"

/* A network sees a photo as a few hundred pixels. Where the product does not
 * fill it, a second look at the product alone sees its thin parts better; and
 * where the two looks disagree, neither is to be trusted.
 */
#define THERE   76   /* of 255: found well enough to look closer */
#define AROUND  0.12 /* of the product's longer side, that is looked at around it */
#define FILLS   0.80 /* of the photo: looking closer would show nothing new */
#define TOO_FAR 0.02 /* of the photo's side: a speck is no product */

static gboolean
look_box (const CsPixels *rough,
          double          box[4])
{
  const guint8 *bytes = g_bytes_get_data (rough->bytes, NULL);
  int           left = rough->width, top = rough->height, right = -1, bottom = -1;

  for (int y = 0; y < rough->height; y++)
    for (int x = 0; x < rough->width; x++)
      if (bytes[(gsize) y * rough->stride + x] > THERE)
        {
          left = MIN (left, x);
          right = MAX (right, x);
          top = MIN (top, y);
          bottom = MAX (bottom, y);
        }

  box[0] = (double) left / rough->width;
  box[1] = (double) top / rough->height;
  box[2] = (right + 1.0) / rough->width;
  box[3] = (bottom + 1.0) / rough->height;

  return right >= 0;
}

/* Where in @photo a second look is worth its time. FALSE where it is not. */
gboolean
cs_image_look_closer (const CsPixels *rough,
                      const CsPixels *photo,
                      CsWireCrop     *crop)
{
  double box[4], air;
  int    left, top, right, bottom;

  if (!look_box (rough, box) || MAX (box[2] - box[0], box[3] - box[1]) < TOO_FAR)
    return FALSE;

  air = AROUND * MAX ((box[2] - box[0]) * photo->width, (box[3] - box[1]) * photo->height);
  left = MAX (0, floor (box[0] * photo->width - air));
  top = MAX (0, floor (box[1] * photo->height - air));
  right = MIN (photo->width, ceil (box[2] * photo->width + air));
  bottom = MIN (photo->height, ceil (box[3] * photo->height + air));

  *crop = (CsWireCrop) {
    (double) left / photo->width,
    (double) top / photo->height,
    (double) (right - left) / photo->width,
    (double) (bottom - top) / photo->height,
  };

  if (crop->width * crop->height < FILLS)
    return TRUE;

  *crop = (CsWireCrop) { 0 };

  return FALSE;
}

CsPixels *
cs_image_look_crop (const CsPixels   *photo,
                    const CsWireCrop *crop)
{
  int           channels = photo->has_alpha ? 4 : 3;
  int           left = CLAMP (round (crop->x * photo->width), 0, photo->width - 1);
  int           top = CLAMP (round (crop->y * photo->height), 0, photo->height - 1);
  int           width = CLAMP (round (crop->width * photo->width), 1, photo->width - left);
  int           height = CLAMP (round (crop->height * photo->height), 1, photo->height - top);
  const guint8 *from = g_bytes_get_data (photo->bytes, NULL);
  GByteArray   *to = g_byte_array_sized_new ((guint) width * height * channels);
  CsPixels     *part = cs_pixels_new ();

  for (int y = 0; y < height; y++)
    g_byte_array_append (to, from + (gsize) (top + y) * photo->stride + (gsize) left * channels, width * channels);

  part->width = width;
  part->height = height;
  part->stride = width * channels;
  part->has_alpha = photo->has_alpha;
  part->bytes = g_byte_array_free_to_bytes (to);

  return part;
}
