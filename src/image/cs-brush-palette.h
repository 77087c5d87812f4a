/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A colour as light and two differences, 0..255 wide each: near enough to what
 * the eye tells apart, and made with a few additions
 */
typedef struct
{
  float y;
  float u;
  float v;
} CsTint;

static inline CsTint
cs_tint (float red,
         float green,
         float blue)
{
  return (CsTint) { 0.30f * red + 0.59f * green + 0.11f * blue, red - green, blue - 0.5f * (red + green) };
}

/* Colour counts for less than light: cameras tell it less exactly */
static inline float
cs_tint_distance_squared (CsTint a,
                          CsTint b)
{
  float y = a.y - b.y;
  float u = a.u - b.u;
  float v = a.v - b.v;

  return y * y + 0.5f * u * u + 0.3f * v * v;
}

#define CS_PALETTE_COLOURS 6

/* The colours that the middle of a stroke went over lately, and how rough they are */
typedef struct
{
  struct
  {
    CsTint mean;
    float  spread; /* mean squared distance from it */
    float  weight; /* of all, together 1 */
  } colours[CS_PALETTE_COLOURS];
  float grain; /* mean difference of neighbours */
  float total;
} CsPalette;

/* What was seen before counts by this much from now on */
void  cs_palette_fade (CsPalette *self,
                       float      left);
void  cs_palette_add (CsPalette *self,
                      CsTint     colour,
                      float      grain,
                      float      weight);
/* How far a colour is from those that were seen: 0 one of them, from 1 on none */
float cs_palette_strangeness (const CsPalette *self,
                              CsTint           colour);

G_END_DECLS
