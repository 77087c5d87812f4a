/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-compose.h"
#include "cs-image.h"
#include "cs-light.h"

/* The new ground, its shadow, and the product over them, line by line */

static inline int
divide_by_255 (int value)
{
  value += 128;

  return (value + (value >> 8)) >> 8;
}

/* One line: @row holds the product's pixels, lit
 * @ground: three bytes, or a line of them that are @step apart
 */
static void
compose_row (guint8        *row,
             const guint8  *alpha,
             const guint8  *ground,
             int            step,
             const guint16 *dark,
             int            width)
{
  for (int x = 0; x < width; x++, row += 3, ground += step)
    {
      guint32 light = 65536 - dark[x];
      int     a = alpha[x];

      if (a == 255)
        continue;
      for (int c = 0; c < 3; c++)
        {
          int below = (ground[c] * light + 32768) >> 16;

          row[c] = a == 0 ? below : divide_by_255 (row[c] * a + below * (255 - a));
        }
    }
}

static CsShade *
compose_shade (const CsPlan  *plan,
               const CsScene *scene,
               const guint8  *alpha)
{
  if (plan->shadow == CS_SHADOW_DRAWN)
    return cs_shade_draw (alpha, plan->geometry.out_width, plan->geometry.out_height);
  if (plan->shadow == CS_SHADOW_KEEP && scene->shade != NULL)
    return cs_shade_place (scene->shade, &plan->geometry);

  return NULL;
}

/**
 * cs_compose:
 * @product: (transfer full): the photo as it lies in the picture, its rim free of
 *   the old background
 * @alpha: (nullable): how much of each pixel is product
 * @backdrop: (nullable): in place of one colour; of the picture's size
 *
 * Returns: the picture
 */
CsFrame *
cs_compose (const CsPlan  *plan,
            const CsScene *scene,
            CsFrame       *product,
            const guint8  *alpha,
            const CsFrame *backdrop)
{
  CsLight light;
  g_autoptr (CsShade) shade = NULL;
  g_autofree guint16 *dark = NULL;

  cs_light_from_wire (&light, &plan->light);
  cs_light_apply (&light, product);
  if (!plan->replace)
    return cs_framing_extend (product, &plan->inside);

  shade = compose_shade (plan, scene, alpha);
  dark = g_new0 (guint16, product->width);

  for (int y = 0; y < product->height; y++)
    {
      if (shade != NULL)
        cs_shade_get_row (shade, product->width, product->height, y, dark);
      compose_row (cs_frame_at (product, 0, y), alpha + (gsize) y * product->width,
                   backdrop != NULL ? cs_frame_at (backdrop, 0, y) : plan->ground, backdrop != NULL ? 3 : 0,
                   dark, product->width);
    }

  return product;
}
