/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-lab.h"

G_BEGIN_DECLS

#define CS_BACKDROP_COLOURS 4

typedef enum
{
  CS_SIDE_LEFT,
  CS_SIDE_TOP,
  CS_SIDE_RIGHT,
  CS_SIDE_BOTTOM,
  CS_N_SIDES,
} CsSide;

typedef struct
{
  CsLab mean;
  float spread;
  float share;
  float on_side[CS_N_SIDES]; /* of each side of the border */
} CsBackdropColour;

/* A few colours that stand for all of some chosen pixels: those along the
 * border of a photo, or those of its product
 */
typedef struct
{
  int              width;
  int              height;
  int              band;   /* how wide the border is */
  guint8          *chosen; /* the pixels that colours are learnt from: the border, or the product */
  CsLab           *lab;
  float           *distance;
  CsBackdropColour colours[CS_BACKDROP_COLOURS];
} CsBackdrop;

float cs_backdrop_distance (CsLab a,
                            CsLab b);
void  cs_backdrop_choose_border (CsBackdrop *backdrop);
void  cs_backdrop_drop_strangers (CsBackdrop *backdrop);
void  cs_backdrop_flatten (CsBackdrop *backdrop);
void  cs_backdrop_learn (CsBackdrop *backdrop);
int   cs_backdrop_nearest (const CsBackdrop *backdrop,
                           CsLab             lab,
                           float            *distance);
float cs_backdrop_threshold (CsBackdrop *backdrop);

G_END_DECLS
