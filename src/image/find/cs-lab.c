/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-lab.h"

/* Björn Ottosson, "A perceptual color space for image processing", 2020 */

float
cs_lab_linear (guint8 value)
{
  static float table[256];

  if (table[255] == 0)
    for (int i = 0; i < 256; i++)
      table[i] = i <= 10 ? i / 255.0 / 12.92 : pow ((i / 255.0 + 0.055) / 1.055, 2.4);

  return table[value];
}

guint8
cs_lab_encode (float linear)
{
  double value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * pow (linear, 1 / 2.4) - 0.055;

  return CLAMP (value * 255 + 0.5, 0, 255);
}

CsLab
cs_lab_from_linear (const float *rgb)
{
  float l = cbrtf (0.4122214708f * rgb[0] + 0.5363325363f * rgb[1] + 0.0514459929f * rgb[2]);
  float m = cbrtf (0.2119034982f * rgb[0] + 0.6806995451f * rgb[1] + 0.1073969566f * rgb[2]);
  float s = cbrtf (0.0883024619f * rgb[0] + 0.2817188376f * rgb[1] + 0.6299787005f * rgb[2]);

  return (CsLab) {
    0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s,
    1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s,
    0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s,
  };
}

CsLab
cs_lab_from_srgb (const guint8 *rgb)
{
  float linear[3] = { cs_lab_linear (rgb[0]), cs_lab_linear (rgb[1]), cs_lab_linear (rgb[2]) };

  return cs_lab_from_linear (linear);
}

float
cs_lab_chroma (CsLab lab)
{
  return sqrtf (lab.a * lab.a + lab.b * lab.b);
}

/* Degrees: red is near 29, yellow 110, green 142, blue 264 */
float
cs_lab_hue (CsLab lab)
{
  float hue = atan2f (lab.b, lab.a) * 180 / (float) G_PI;

  return hue < 0 ? hue + 360 : hue;
}

float
cs_lab_distance (CsLab a,
                 CsLab b)
{
  return sqrtf ((a.l - b.l) * (a.l - b.l) + (a.a - b.a) * (a.a - b.a) + (a.b - b.b) * (a.b - b.b));
}
