/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-limits.h"

/* What a picture may do to its product, by its settings */

#define FULL_LIGHT   0.35 /* polish from which on the light is at its full strength */
#define CLEAN_BEGINS 0.5
#define NEARLY       1e-4

/* In octaves */
#define MOST_GAIN  0.5
#define MOST_STOPS 0.75

/* In degrees */
#define MOST_TURN 5.5

/* What cannot be told from the encoder's own work, in ΔE2000 */
#define BASE_MEAN  0.10
#define BASE_P99   0.50
#define BASE_WORST 1.50

/* What cleaning may add at its strongest: noise goes, edges become clearer */
#define CLEAN_MEAN  4.5
#define CLEAN_P99   16.0
#define CLEAN_WORST 11.0

static gboolean
is_on (const CsWireSettings *settings,
       CsPart                part)
{
  return (settings->switches >> part) & 1;
}

static double
strength (const CsWireSettings *settings)
{
  return CLAMP (settings->polish / FULL_LIGHT, 0, 1);
}

/**
 * cs_limits_find:
 *
 * What may be left of a picture's differences to its photo once the light is
 * taken off and what encoding adds is known.
 */
void
cs_limits_find (const CsWireSettings *settings,
                CsWireChange         *limit)
{
  double clean = is_on (settings, CS_PART_CLEAN) ? CLAMP ((settings->polish - CLEAN_BEGINS) / (1 - CLEAN_BEGINS), 0, 1) : 0;

  limit->mean = BASE_MEAN + CLEAN_MEAN * clean;
  limit->p99 = BASE_P99 + CLEAN_P99 * clean;
  limit->worst = BASE_WORST + CLEAN_WORST * clean;
}

/**
 * cs_limits_allow_light:
 *
 * Whether @light, which may come from anywhere, is a light that @settings ask
 * for: with "true to life" fully on there is none, and what is switched off is
 * not done.
 */
gboolean
cs_limits_allow_light (const CsWireSettings *settings,
                       const CsWireLight    *light)
{
  double most_gain = is_on (settings, CS_PART_WHITE_BALANCE) ? MOST_GAIN * strength (settings) : 0;
  double most_lift = is_on (settings, CS_PART_EXPOSURE) ? MOST_STOPS * strength (settings) : 0;

  for (int c = 0; c < 3; c++)
    if (!isfinite (light->gains[c]) || light->gains[c] <= 0 || fabs (log2 (light->gains[c])) > most_gain + NEARLY)
      return FALSE;

  return isfinite (light->lift) && light->lift > 0 && fabs (log2 (light->lift)) <= most_lift + NEARLY &&
         isfinite (light->stops) && fabs (light->stops) <= most_lift + 0.01;
}

/**
 * cs_limits_allow_geometry:
 * @aspect: the photo's width by its height, upright
 *
 * Whether @geometry shows things in their own proportions and nearly upright
 */
gboolean
cs_limits_allow_geometry (const CsWireGeometry *geometry,
                          double                aspect)
{
  /* How much wider than high a square of the photo is in the picture */
  double squeeze = (geometry->out_width / geometry->width) / (geometry->out_height / geometry->height) / aspect;

  /* Sides are whole pixels */
  double slack = 1.5 / geometry->out_width + 1.5 / geometry->out_height + 2e-4;

  return fabs (geometry->turn) <= MOST_TURN && isfinite (squeeze) && fabs (squeeze - 1) <= slack;
}
