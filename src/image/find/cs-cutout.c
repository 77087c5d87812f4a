/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-cutout.h"

/* From a network's mask of some hundred pixels a side to the product's own
 * outline. The network's values are taken up smoothly and made steeper
 * afterwards, at the size that is wanted: what lies between its pixels is then
 * as sharp as the photo.
 */
#define LEAST_MASS 0.004 /* of the photo, that a product has at least */
#define MUCH_FRAME 0.60  /* of the photo's edge, that no product covers */
#define SOFT       0.30  /* of what was found at all, that may be neither here nor there */
#define MAX_PIECES 6

CsMatte *
cs_cutout_refine (const CsMatte *rough,
                  const CsFrame *frame,
                  int            width,
                  int            height)
{
  CsMatte *matte = cs_matte_scale (rough, width, height);
  guint8   curve[256];

  for (int i = 0; i < 256; i++)
    {
      double t = CLAMP ((i / 255.0 - 0.1) / 0.8, 0, 1);

      curve[i] = t * t * (3 - 2 * t) * 255 + 0.5;
    }
  for (gsize i = 0; i < (gsize) width * height; i++)
    matte->alpha[i] = curve[matte->alpha[i]];

  return matte;
}

static double
cutout_on_frame (const CsMatte *rough)
{
  int n = 0;

  for (int x = 0; x < rough->width; x++)
    n += (*cs_matte_at (rough, x, 0) > 127) + (*cs_matte_at (rough, x, rough->height - 1) > 127);
  for (int y = 0; y < rough->height; y++)
    n += (*cs_matte_at (rough, 0, y) > 127) + (*cs_matte_at (rough, rough->width - 1, y) > 127);

  return n / (2.0 * (rough->width + rough->height));
}

CsMaskVerdict
cs_cutout_judge (const CsMatte *rough)
{
  int n = rough->width * rough->height, found = 0, half = 0, soft = 0;

  for (int i = 0; i < n; i++)
    {
      found += rough->alpha[i] > 25;
      half += rough->alpha[i] > 127;
      soft += rough->alpha[i] > 25 && rough->alpha[i] < 230;
    }

  if (half < LEAST_MASS * n)
    return CS_MASK_EMPTY;
  if (soft > SOFT * found)
    return CS_MASK_SOFT;
  if (cutout_on_frame (rough) > MUCH_FRAME)
    return CS_MASK_FRAME;

  return CS_MASK_SURE;
}
