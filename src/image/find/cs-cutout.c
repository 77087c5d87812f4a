/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-cutout.h"
#include "cs-mask.h"
#include "cs-outline.h"
#include "cs-strands.h"
#include "cs-verdict.h"

/* From a network's mask of some hundred pixels a side to the product's own
 * outline. The network's values are taken up smoothly and made steeper
 * afterwards, at the size that is wanted; then the photo's own colours say
 * within about one of the network's pixels where the outline runs. Farther than
 * that they are not asked: whatever looked wider than that made masks worse.
 */
#define CURVE_FROM 0.10
#define CURVE_TO   0.90
#define FOUND      25    /* of 255 */
#define SPECK      0.003 /* of all that was found */
#define LOOK_SIDE  640   /* pixels of what two looks make together */
#define SEAM       6     /* of these, from the one look to the other */
#define AGREE      0.85  /* overlap, for the second look to be taken */

static void
cutout_make_steeper (CsMatte *matte)
{
  guint8 curve[256];

  for (int i = 0; i < 256; i++)
    {
      double t = CLAMP ((i / 255.0 - CURVE_FROM) / (CURVE_TO - CURVE_FROM), 0, 1);

      curve[i] = t * t * (3 - 2 * t) * 255 + 0.5;
    }
  for (gsize i = 0; i < (gsize) matte->width * matte->height; i++)
    matte->alpha[i] = curve[matte->alpha[i]];
}

static void
cutout_drop_specks (CsMatte *matte)
{
  int                n = matte->width * matte->height;
  g_autofree guint8 *found = g_new (guint8, n);

  for (int i = 0; i < n; i++)
    found[i] = matte->alpha[i] > FOUND ? 255 : 0;
  cs_mask_drop_specks (found, matte->width, matte->height, SPECK);
  for (int i = 0; i < n; i++)
    if (found[i] == 0 && matte->alpha[i] > FOUND)
      matte->alpha[i] = 0;
}

/* Puts the second look over the first where they agree.
 *
 * Returns: how far they do: what both have of what either has
 */
static double
cutout_join (CsMatte             *matte,
             const CsCutoutLooks *looks)
{
  CsRect rect = {
    CLAMP (looks->crop.x * matte->width + 0.5, 0, matte->width - 1),
    CLAMP (looks->crop.y * matte->height + 0.5, 0, matte->height - 1),
  };
  g_autoptr (CsMatte) closer = NULL;
  gint64 both = 0, either = 0;
  double agreement;

  rect.width = CLAMP (looks->crop.width * matte->width + 0.5, 1, matte->width - rect.x);
  rect.height = CLAMP (looks->crop.height * matte->height + 0.5, 1, matte->height - rect.y);
  closer = cs_matte_scale (looks->closer, rect.width, rect.height);

  for (int y = 0; y < rect.height; y++)
    for (int x = 0; x < rect.width; x++)
      {
        gboolean first = *cs_matte_at (matte, rect.x + x, rect.y + y) > 127, second = *cs_matte_at (closer, x, y) > 127;

        both += first && second;
        either += first || second;
      }

  agreement = either > 0 ? (double) both / either : 0;
  if (agreement < AGREE)
    return agreement;

  for (int y = 0; y < rect.height; y++)
    for (int x = 0; x < rect.width; x++)
      {
        guint8 *alpha = cs_matte_at (matte, rect.x + x, rect.y + y);
        int     seam = MIN (SEAM, MIN (MIN (x, rect.width - 1 - x), MIN (y, rect.height - 1 - y)));

        *alpha = (*alpha * (SEAM - seam) + *cs_matte_at (closer, x, y) * seam + SEAM / 2) / SEAM;
      }

  return agreement;
}

/**
 * cs_cutout_make:
 * @frame: the photo, about %CS_CUTOUT_SIDE on its longer side
 * @width: of what comes
 * @verdict: (out): whether it can be right
 */
CsMatte *
cs_cutout_make (const CsCutoutLooks *looks,
                const CsFrame       *frame,
                int                  width,
                int                  height,
                CsMaskVerdict       *verdict)
{
  int    side = cs_frame_side (frame), reach;
  double agreement = 1;
  g_autoptr (CsMatte) rough = NULL;
  g_autoptr (CsMatte) matte = NULL;

  if (looks->closer != NULL)
    {
      rough = cs_matte_scale (looks->rough, MAX (1, frame->width * LOOK_SIDE / side), MAX (1, frame->height * LOOK_SIDE / side));
      agreement = cutout_join (rough, looks);
    }
  else
    rough = cs_matte_scale (looks->rough, looks->rough->width, looks->rough->height);

  *verdict = cs_verdict_find (agreement < AGREE ? looks->rough : rough, frame, agreement);
  cutout_drop_specks (rough);
  cs_strands_drop (rough);

  matte = cs_matte_scale (rough, frame->width, frame->height);
  reach = MAX (2, (side + MAX (rough->width, rough->height) / 2) / MAX (rough->width, rough->height));
  cutout_make_steeper (matte);
  cs_outline_follow (matte, frame, reach);

  return width == matte->width && height == matte->height ? g_steal_pointer (&matte)
                                                          : cs_matte_scale (matte, width, height);
}
