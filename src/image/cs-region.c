/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-lab.h"
#include "cs-region.h"

/* How far each pixel is from the colours of the border, 0 to 1, more in the
 * middle than at the edge
 */
float *
cs_region_weights (const CsFrame *frame)
{
  float *weights = g_new (float, (gsize) frame->width * frame->height);

  for (int y = 0; y < frame->height; y++)
    for (int x = 0; x < frame->width; x++)
      {
        float dx = (x + 0.5f) / frame->width - 0.5f, dy = (y + 0.5f) / frame->height - 0.5f;

        weights[y * frame->width + x] = expf (-(dx * dx + dy * dy) * 8);
      }

  return weights;
}
