/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-network-profile.h"

/* A model's file says what its input is called and how large it is, but not how
 * the photo is to be put into numbers. Those who train them publish that
 * beside the file; here it is told by the names that their exports bear.
 */

#define LEAST_SIDE 8
#define MOST_SIDE  4096

/* Above it a network was made for fine outlines */
#define LARGE_SIDE 512

typedef struct
{
  int          side;
  float        mean[3];
  float        deviation[3];
  gboolean     divide_by_max;
  gboolean     last; /* of several outputs the last is the finished one */
  CsWireOutput output;
} Family;

/* github.com/xuebinqin/U-2-Net: its small one, its full one, those for people */
static const Family u2net = {
  .side = 320,
  .mean = { 0.485f, 0.456f, 0.406f },
  .deviation = { 0.229f, 0.224f, 0.225f },
  .divide_by_max = TRUE,
  .output = CS_OUTPUT_LINEAR,
};

/* github.com/xuebinqin/DIS, and RMBG 1.4 which is built as it is */
static const Family isnet = {
  .side = 1024,
  .mean = { 0.5f, 0.5f, 0.5f },
  .deviation = { 1, 1, 1 },
  .output = CS_OUTPUT_STRETCH,
};

/* github.com/ZhengPeng7/BiRefNet, and RMBG 2.0 which is built as it is; some
 * exports end with the sigmoid and some before it
 */
static const Family birefnet = {
  .side = 1024,
  .mean = { 0.485f, 0.456f, 0.406f },
  .deviation = { 0.229f, 0.224f, 0.225f },
  .last = TRUE,
  .output = CS_OUTPUT_EITHER,
};

static const Family *
profile_recognise (const CsNetworkShape *shape,
                   const CsWireProfile  *told)
{
  int told_side = (told->told & CS_TOLD_SIDE) ? told->side : 0;
  int side = shape->width > 0 ? shape->width : told_side;

  if (g_str_equal (shape->input, "pixel_values") || g_str_equal (shape->output, "alphas"))
    return &birefnet;
  if (g_str_equal (shape->input, "input_image") && shape->n_outputs == 1)
    return &birefnet;
  if (side >= LARGE_SIDE)
    return &isnet;
  /* RMBG 1.4 takes any size, and says no more than that */
  if (side == 0 && g_str_equal (shape->input, "input") && g_str_equal (shape->output, "output"))
    return &isnet;

  return &u2net;
}

static gboolean
side_is_sane (int side)
{
  return side >= LEAST_SIDE && side <= MOST_SIDE;
}

/* FALSE where no photo can be put in like that */
gboolean
cs_network_profile_init (CsNetworkProfile     *self,
                         const CsNetworkShape *shape,
                         const CsWireProfile  *told)
{
  const Family *family = profile_recognise (shape, told);
  int           side = (told->told & CS_TOLD_SIDE) ? told->side : family->side;
  const float  *mean = (told->told & CS_TOLD_MEAN) ? told->mean : family->mean;
  const float  *deviation = (told->told & CS_TOLD_DEVIATION) ? told->deviation : family->deviation;

  self->width = shape->width > 0 ? shape->width : side;
  self->height = shape->height > 0 ? shape->height : side;
  self->mask = family->last ? shape->n_outputs - 1 : 0;
  memcpy (self->mean, mean, sizeof self->mean);
  memcpy (self->deviation, deviation, sizeof self->deviation);
  self->divide_by_max = (told->told & CS_TOLD_DIVIDE) ? told->divide_by_max != 0 : family->divide_by_max;
  self->output = (told->told & CS_TOLD_OUTPUT) ? (CsWireOutput) told->output : family->output;

  for (int c = 0; c < 3; c++)
    if (!isfinite (self->mean[c]) || !isfinite (self->deviation[c]) || self->deviation[c] <= 0)
      return FALSE;

  return side_is_sane (self->width) && side_is_sane (self->height) && self->output < CS_N_OUTPUTS;
}
