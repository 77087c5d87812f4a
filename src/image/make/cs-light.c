/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "cs-light.h"

/* Colour and brightness, gently. The colour of the light is taken from a bright,
 * even and nearly neutral background and from nothing else: a coloured wall or
 * a wooden floor would tint the product. Brightness follows a curve that bends
 * before white, so that nothing is blown out.
 */
#define MAX_STOPS    0.7
#define MAX_GAIN     0.5 /* octaves */
#define MIN_STOPS    0.15
#define MIN_CAST     0.009f /* chroma in OKLab; less is not seen */
#define MAX_CAST     0.036f /* more is a colour, not a cast */
#define MAX_ODD_CAST 0.015f
#define MIN_LIGHT    0.74f
#define MAX_SHADOWS  0.09f
#define MAX_TINTS    0.012f

/* The same where a mask tells what is background */
#define MIN_LIGHT_MASKED  0.70f
#define MIN_LIGHT_OF_LAMP 0.78f
#define MAX_CAST_MASKED   0.07f

#define WHITE_WANTED 0.86 /* linear: 238 of 255 */
#define DIM_BELOW    0.30 /* linear, of the brightest tenth: 149 of 255 */
#define MIDDLE_GREY  0.18
#define MOST_LIGHT   8

typedef struct
{
  double gains[3];
  double lift; /* of the curve at black */
} Curve;

/* A background that tells the colour of the light. Where a mask leaves no doubt
 * what is background, more of a cast is taken for one: if it is bright, and of
 * the colours that lamps and skies have. Wood is redder than any lamp.
 */
static gboolean
light_has_neutral (const CsRegion *region,
                   gboolean        masked)
{
  float cast = cs_lab_chroma (region->background), hue = cs_lab_hue (region->background);

  if (!region->sure || region->uneven >= MAX_SHADOWS || region->colourful >= MAX_TINTS)
    return FALSE;
  if (cast < MAX_CAST)
    return region->background.l > (masked ? MIN_LIGHT_MASKED : MIN_LIGHT);

  return masked && cast < MAX_CAST_MASKED && region->background.l > MIN_LIGHT_OF_LAMP &&
         ((hue > 82 && hue < 112) || (hue > 235 && hue < 275));
}

/* Linear means of the background */
static void
light_background (const CsFrame  *proxy,
                  const CsRegion *region,
                  double          mean[3])
{
  int n = 0;

  mean[0] = mean[1] = mean[2] = 0;
  for (int i = 0; i < region->width * region->height; i++)
    if (region->mask[i] == 0)
      {
        for (int c = 0; c < 3; c++)
          mean[c] += cs_lab_linear (proxy->data[(gsize) i * 3 + c]);
        n++;
      }

  for (int c = 0; c < 3; c++)
    mean[c] = n > 0 ? mean[c] / n : 1;
}

static double
luminance (const double rgb[3])
{
  return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

static CsHow
light_name_cast (CsLab background)
{
  float hue = cs_lab_hue (background);

  return hue < 20 || hue >= 300 ? CS_HOW_PINK
         : hue < 45             ? CS_HOW_RED
         : hue < 115            ? CS_HOW_YELLOW
         : hue < 170            ? CS_HOW_GREEN
         : hue < 220            ? CS_HOW_CYAN
                                : CS_HOW_BLUE;
}

static void
light_balance (CsWireLight    *light,
               const double    background[3],
               const CsRegion *region,
               gboolean        masked,
               CsWirePart     *part)
{
  float cast = cs_lab_chroma (region->background);
  CsHow hue;

  if (!light_has_neutral (region, masked))
    {
      part->outcome = CS_OUTCOME_UNSURE;
      return;
    }

  part->outcome = CS_OUTCOME_NOTHING;
  if (cast < MIN_CAST)
    return;

  /* Lamps and shade are yellow or blue; a green or pink wall is painted so */
  part->outcome = CS_OUTCOME_UNSURE;
  hue = light_name_cast (region->background);
  if (cast > MAX_ODD_CAST && hue != CS_HOW_YELLOW && hue != CS_HOW_BLUE)
    return;

  for (int c = 0; c < 3; c++)
    light->gains[c] = luminance (background) / background[c];
  light->cast = cast;
  light->how = hue;
  part->outcome = CS_OUTCOME_DONE;
  part->how = hue;
  part->amount = cast;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The value that a tenth of the photo is above. Of the strongest channel: a
 * bright red is not dim.
 */
static double
light_brightest_tenth (const CsFrame *proxy)
{
  int                n = proxy->width * proxy->height;
  g_autofree double *values = g_new (double, n);

  for (int i = 0; i < n; i++)
    {
      const guint8 *p = proxy->data + (gsize) i * 3;

      values[i] = cs_lab_linear (MAX (MAX (p[0], p[1]), p[2]));
    }

  qsort (values, n, sizeof *values, compare_doubles);

  return values[n * 9 / 10];
}

static double
curve_bend (double value,
            double lift)
{
  return lift * value / (1 + (lift - 1) * value);
}

/* What a lift does to a middle grey, in stops */
static double
curve_stops (double lift)
{
  return log2 (curve_bend (MIDDLE_GREY, lift) / MIDDLE_GREY);
}

static void
light_expose (CsWireLight    *light,
              const double    background[3],
              const CsFrame  *proxy,
              const CsRegion *region,
              gboolean        masked,
              CsWirePart     *part)
{
  gboolean has_white = light_has_neutral (region, masked);
  double   is = has_white ? luminance (background) : light_brightest_tenth (proxy);
  double   wanted = has_white ? WHITE_WANTED : DIM_BELOW;
  double   lift;

  part->outcome = CS_OUTCOME_NOTHING;
  if (is >= wanted || is <= 0)
    return;

  /* The lift whose curve takes what is to what is wanted, within bounds */
  lift = MIN (wanted * (1 - is) / (is * (1 - wanted)), exp2 (MAX_STOPS));
  if (curve_stops (lift) < MIN_STOPS)
    return;

  light->lift = lift;
  light->stops = curve_stops (lift);
  part->outcome = CS_OUTCOME_DONE;
  part->amount = light->stops;
}

/* Near white the gains fade out: what is white stays white */
static double
curve_gain (double gain,
            int    value)
{
  double t = CLAMP ((value - 225) / 30.0, 0, 1);

  return 1 + (gain - 1) * (1 - t * t * (3 - 2 * t));
}

static void
light_tabulate (CsLight     *self,
                const Curve *curve)
{
  for (int c = 0; c < 3; c++)
    for (int i = 0; i < 256; i++)
      {
        double value = MIN (cs_lab_linear (i) * curve_gain (curve->gains[c], i), 1);

        self->table[c][i] = cs_lab_encode (curve_bend (value, curve->lift));
        self->changes |= self->table[c][i] != i;
      }
}

/**
 * cs_light_from_wire:
 *
 * The table that gains and lift stand for, which may come from anywhere: what is
 * no light at all leaves everything as it is.
 */
void
cs_light_from_wire (CsLight           *self,
                    const CsWireLight *wire)
{
  Curve curve = { { 1, 1, 1 }, 1 };

  for (int c = 0; c < 3; c++)
    if (isfinite (wire->gains[c]) && wire->gains[c] > 0 && wire->gains[c] <= MOST_LIGHT)
      curve.gains[c] = wire->gains[c];
  if (isfinite (wire->lift) && wire->lift > 0 && wire->lift <= MOST_LIGHT)
    curve.lift = wire->lift;

  *self = (CsLight) { 0 };
  light_tabulate (self, &curve);
}

/**
 * cs_light_find:
 * @frame: the photo, at any size
 * @region: of @frame
 * @masked: @region is a network's or a person's
 * @light: (out): the whole of the correction
 */
void
cs_light_find (CsWireLight    *light,
               const CsFrame  *frame,
               const CsRegion *region,
               gboolean        masked,
               CsWirePart     *balance,
               CsWirePart     *exposure)
{
  g_autoptr (CsFrame) proxy = cs_frame_scale (frame, region->width, region->height);
  double background[3];

  *light = (CsWireLight) { .gains = { 1, 1, 1 }, .lift = 1, .sure = light_has_neutral (region, masked) };
  light_background (proxy, region, background);
  light_balance (light, background, region, masked, balance);
  light_expose (light, background, proxy, region, masked, exposure);
}

/* At that strength, and never more than @octaves of it */
static double
light_number (double value,
              double strength,
              double octaves)
{
  if (!isfinite (value) || value <= 0 || value > MOST_LIGHT)
    return 1;

  return round (exp2 (CLAMP (log2 (value), -octaves, octaves) * strength) * 1e6) / 1e6;
}

/**
 * cs_light_weaken:
 * @strength: 0 none of it, 1 all
 *
 * In numbers that can be written down and read again.
 */
void
cs_light_weaken (CsWireLight *self,
                 gboolean     balance,
                 gboolean     exposure,
                 double       strength)
{
  for (int c = 0; c < 3; c++)
    self->gains[c] = balance ? light_number (self->gains[c], strength, MAX_GAIN) : 1;
  self->lift = exposure ? light_number (self->lift, strength, MAX_STOPS) : 1;
  self->stops = round (curve_stops (self->lift) * 1e6) / 1e6;
}

void
cs_light_apply (const CsLight *self,
                CsFrame       *frame)
{
  gsize n = (gsize) frame->width * frame->height;

  if (!self->changes)
    return;

  for (gsize i = 0; i < n; i++)
    for (int c = 0; c < 3; c++)
      frame->data[i * 3 + c] = self->table[c][frame->data[i * 3 + c]];
}
