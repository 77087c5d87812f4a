/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cs-colours.h"
#include "cs-region.h"

/* The colours of a product as a buyer would name them. Lightness, strength and
 * hue of OKLab decide, in bounds set by looking at real clothes: a navy jacket
 * is nearly grey to a camera, and a beige hat nearly white.
 */

#define MAX_NAMES 4
#define MIN_SHARE 0.10

typedef enum
{
  BLACK,
  DARK_GREY,
  GREY,
  LIGHT_GREY,
  WHITE,
  CREAM,
  BEIGE,
  BROWN,
  DARK_BROWN,
  RED,
  DARK_RED,
  PINK,
  ROSE,
  ORANGE,
  GOLD,
  YELLOW,
  OLIVE,
  GREEN,
  DARK_GREEN,
  LIGHT_GREEN,
  TEAL,
  TURQUOISE,
  BLUE,
  LIGHT_BLUE,
  NAVY,
  PURPLE,
  LILAC,
  MAGENTA,
  N_COLOURS,
} Colour;

static const char *const names[N_COLOURS] = {
  [BLACK] = "black",
  [DARK_GREY] = "dark grey",
  [GREY] = "grey",
  [LIGHT_GREY] = "light grey",
  [WHITE] = "white",
  [CREAM] = "cream",
  [BEIGE] = "beige",
  [BROWN] = "brown",
  [DARK_BROWN] = "dark brown",
  [RED] = "red",
  [DARK_RED] = "dark red",
  [PINK] = "pink",
  [ROSE] = "rose",
  [ORANGE] = "orange",
  [GOLD] = "gold",
  [YELLOW] = "yellow",
  [OLIVE] = "olive",
  [GREEN] = "green",
  [DARK_GREEN] = "dark green",
  [LIGHT_GREEN] = "light green",
  [TEAL] = "teal",
  [TURQUOISE] = "turquoise",
  [BLUE] = "blue",
  [LIGHT_BLUE] = "light blue",
  [NAVY] = "navy",
  [PURPLE] = "purple",
  [LILAC] = "lilac",
  [MAGENTA] = "magenta",
};

static Colour
neutral (float l)
{
  return l < 0.27f ? BLACK : l < 0.46f ? DARK_GREY
                           : l < 0.72f ? GREY
                           : l < 0.87f ? LIGHT_GREY
                                       : WHITE;
}

static Colour
brownish (float l)
{
  return l > 0.92f ? CREAM : l > 0.66f ? BEIGE
                           : l > 0.40f ? BROWN
                                       : DARK_BROWN;
}

static Colour
reddish (float l,
         float c,
         float h)
{
  if (h >= 330 && h < 350 && l < 0.55f)
    return c > 0.13f ? MAGENTA : PURPLE;
  if (h >= 330 || h < 18)
    return l < 0.40f ? DARK_RED : l < 0.58f && c > 0.12f ? RED
                                : l < 0.74f              ? ROSE
                                                         : PINK;

  return l < 0.42f   ? (c > 0.06f ? DARK_RED : DARK_BROWN)
         : c < 0.07f ? brownish (l)
         : l > 0.76f ? PINK
         : c < 0.11f ? (l > 0.6f ? ROSE : BROWN)
                     : RED;
}

static Colour
yellowish (float l,
           float c,
           float h)
{
  if (h < 72)
    return c > 0.125f && l > 0.58f ? ORANGE : brownish (l);
  if (h < 100)
    return c < 0.095f ? brownish (l) : l > 0.82f ? YELLOW
                                     : l > 0.60f ? GOLD
                                                 : brownish (l);

  return c < 0.05f   ? (l > 0.92f ? CREAM : l > 0.70f ? BEIGE
                                                      : OLIVE)
         : l > 0.80f ? (c > 0.09f ? YELLOW : CREAM)
         : l > 0.34f ? OLIVE
                     : DARK_GREEN;
}

static Colour
greenish (float l,
          float c,
          float h)
{
  if (h < 135 && c < 0.10f && l < 0.62f)
    return OLIVE;
  if (h < 166)
    return l > 0.76f ? LIGHT_GREEN : l < 0.42f ? DARK_GREEN
                                               : GREEN;
  if (h < 182)
    return l > 0.76f ? TURQUOISE : l < 0.40f ? DARK_GREEN
                                             : TEAL;

  return l > 0.70f ? TURQUOISE : TEAL;
}

static Colour
colour_of (CsLab lab)
{
  float l = lab.l, c = cs_lab_chroma (lab), h = cs_lab_hue (lab);
  /* Cameras give blue to shade and yellow to lamps: these take more to count */
  float least = h > 210 && h < 290 ? 0.026f : h > 50 && h < 115 ? 0.030f
                                                                : 0.024f;

  if (c < least || (l < 0.22f && c < 0.045f) || (l > 0.93f && c < 0.035f))
    return neutral (l);
  if (h < 38 || h >= 330)
    return reddish (l, c, h);
  if (h < 122)
    return yellowish (l, c, h);
  if (h < 212)
    return greenish (l, c, h);
  if (h < 285)
    return l > 0.72f ? LIGHT_BLUE : l < 0.37f  ? NAVY
                                  : c < 0.035f ? neutral (l)
                                               : BLUE;

  return l > 0.68f ? LILAC : c > 0.20f && h > 315 ? MAGENTA
                                                  : PURPLE;
}

const char *
cs_colours_name (CsLab lab)
{
  return names[colour_of (lab)];
}

typedef struct
{
  double weight;
  double rgb[3]; /* linear */
  Colour colour;
} Bucket;

static int
compare_buckets (gconstpointer a,
                 gconstpointer b)
{
  const Bucket *x = a, *y = b;

  return (y->weight > x->weight) - (y->weight < x->weight);
}

/* What each channel is multiplied by so that a bright, nearly neutral border is
 * white. A coloured wall says nothing about the light.
 */
static void
colours_balance (const CsFrame *frame,
                 float          gains[3])
{
  double sums[3] = { 0 };
  CsLab  lab;
  float  mean[3];
  int    n = 0;

  for (int y = 0; y < frame->height; y++)
    for (int x = 0; x < frame->width; x++)
      {
        const guint8 *p = cs_frame_at (frame, x, y);

        if (x > 4 && y > 4 && x < frame->width - 5 && y < frame->height - 5)
          continue;
        for (int c = 0; c < 3; c++)
          sums[c] += cs_lab_linear (p[c]);
        n++;
      }

  for (int c = 0; c < 3; c++)
    mean[c] = sums[c] / MAX (n, 1);
  lab = cs_lab_from_linear (mean);

  for (int c = 0; c < 3; c++)
    gains[c] = 1;
  if (lab.l > 0.7f && cs_lab_chroma (lab) < 0.06f)
    for (int c = 0; c < 3; c++)
      gains[c] = MAX (MAX (mean[0], mean[1]), mean[2]) / mean[c];
}

JsonArray *
cs_colours_read (const CsFrame *frame)
{
  g_auto (CsRegion) region = { 0 };
  g_autoptr (CsFrame) proxy = NULL;
  g_autofree float *mask = NULL;
  JsonArray        *array = json_array_new ();
  Bucket            buckets[N_COLOURS] = { 0 };
  double            total = 0;
  float             gains[3];

  /* Where the product cannot be told from what it stands on, the table's colour
   * would be taken for its own: then none is named.
   */
  cs_region_find (&region, frame);
  if (!region.sure)
    return array;

  proxy = cs_frame_scale (frame, region.width, region.height);
  mask = cs_region_weights (&region);
  colours_balance (proxy, gains);

  for (int i = 0; i < proxy->width * proxy->height; i++)
    {
      const guint8 *p = proxy->data + (gsize) i * 3;
      float         rgb[3] = { cs_lab_linear (p[0]) * gains[0], cs_lab_linear (p[1]) * gains[1], cs_lab_linear (p[2]) * gains[2] };
      Colour        colour = colour_of (cs_lab_from_linear (rgb));

      buckets[colour].weight += mask[i];
      for (int c = 0; c < 3; c++)
        buckets[colour].rgb[c] += rgb[c] * mask[i];
      total += mask[i];
    }

  for (Colour colour = 0; colour < N_COLOURS; colour++)
    buckets[colour].colour = colour;
  qsort (buckets, N_COLOURS, sizeof *buckets, compare_buckets);

  for (int i = 0; i < MAX_NAMES && total > 0 && buckets[i].weight / total >= MIN_SHARE; i++)
    {
      JsonObject *object = json_object_new ();
      char        rgb[8];

      g_snprintf (rgb, sizeof rgb, "#%02x%02x%02x",
                  cs_lab_encode (buckets[i].rgb[0] / buckets[i].weight),
                  cs_lab_encode (buckets[i].rgb[1] / buckets[i].weight),
                  cs_lab_encode (buckets[i].rgb[2] / buckets[i].weight));
      json_object_set_string_member (object, "name", names[buckets[i].colour]);
      json_object_set_string_member (object, "rgb", rgb);
      json_object_set_double_member (object, "share", (int) (buckets[i].weight / total * 100 + 0.5) / 100.0);
      json_array_add_object_element (array, object);
    }

  return array;
}
