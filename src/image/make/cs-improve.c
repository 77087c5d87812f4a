/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-framing.h"
#include "cs-improve.h"
#include "cs-light.h"
#include "cs-region.h"
#include "cs-straighten.h"

/* The suggested picture. Everything is decided on a small copy, in parts of the
 * whole, and then done once at the size that goes out. The product's own pixels
 * are only turned, scaled and lit; nothing is drawn over them.
 */
#define PROXY_SIDE 640

typedef struct
{
  double    degrees;
  CsFraming framing;
  gboolean  square;
  CsLight   light;
} Recipe;

static gboolean
improve_wants (const CsWireRequest *request,
               CsPart               part)
{
  return (request->settings.switches & (1u << part)) != 0;
}

/* Turned by @degrees, without the corners that this brings in */
static CsFrame *
improve_turn (CsFrame *frame,
              double   degrees)
{
  g_autoptr (CsFrame) from = frame;
  g_autoptr (CsFrame) turned = NULL;
  CsRect inside;

  if (degrees == 0)
    return g_steal_pointer (&from);

  turned = cs_frame_rotate (from, degrees);
  cs_straighten_inside (from->width, from->height, degrees, &inside);

  return cs_frame_crop (turned, &inside);
}

/* Turning costs the rim of the photo: only where the product keeps clear of it */
static gboolean
improve_may_turn (const CsFrame *proxy,
                  double         degrees)
{
  g_auto (CsRegion) region = { 0 };
  CsRect inside;
  double reach;

  cs_region_find (&region, proxy);
  if (!region.sure)
    return FALSE;

  cs_straighten_inside (region.width, region.height, degrees, &inside);
  reach = fabs (degrees) * G_PI / 180 * MAX (region.box.width, region.box.height) / 2;

  return region.box.x - reach >= inside.x + 1 &&
         region.box.y - reach >= inside.y + 1 &&
         region.box.x + region.box.width + reach <= inside.x + inside.width - 1 &&
         region.box.y + region.box.height + reach <= inside.y + inside.height - 1;
}

static void
improve_straighten (Recipe        *recipe,
                    const CsFrame *proxy,
                    CsWirePart    *part)
{
  double degrees;

  part->outcome = CS_OUTCOME_NOTHING;
  if (!cs_straighten_find (proxy, &degrees) || degrees == 0)
    return;

  if (!improve_may_turn (proxy, degrees))
    {
      part->outcome = CS_OUTCOME_UNSURE;
      return;
    }

  recipe->degrees = degrees;
  part->outcome = CS_OUTCOME_DONE;
  part->amount = degrees;
}

static void
improve_decide (Recipe              *recipe,
                CsFrame             *proxy,
                const CsWireRequest *request,
                int                  source_side,
                CsWirePart          *parts)
{
  g_autoptr (CsFrame) small = proxy;
  g_auto (CsRegion) region = { 0 };

  if (improve_wants (request, CS_PART_STRAIGHTEN))
    improve_straighten (recipe, small, &parts[CS_PART_STRAIGHTEN]);

  small = improve_turn (g_steal_pointer (&small), recipe->degrees);
  cs_region_find (&region, small);
  cs_framing_find (&recipe->framing, small, &region, request->settings.switches, 0.02 + 0.3 * request->settings.air, source_side, parts);
  recipe->square = parts[CS_PART_SHAPE].outcome == CS_OUTCOME_DONE;
  cs_light_find (&recipe->light, small, &region, request->settings.switches, parts);
}

/* The size at which the photo has to be decoded for what is shown of it to have
 * @max_side pixels
 */
static int
improve_decode_side (const Recipe   *recipe,
                     const CsSource *source,
                     int             max_side)
{
  double width = source->width * recipe->framing.width;
  double height = source->height * recipe->framing.height;
  double side = MAX (source->width, source->height);
  double turned = cos (recipe->degrees * G_PI / 180) - fabs (sin (recipe->degrees * G_PI / 180));

  return MIN (side, max_side * side / MAX (width, height) / MAX (turned, 0.5) + 1);
}

/**
 * cs_improve:
 * @parts: (out): what was done of each part
 *
 * Returns: (nullable): the suggested picture, sRGB
 */
CsFrame *
cs_improve (CsSource            *source,
            const CsWireRequest *request,
            CsWirePart          *parts,
            GError             **error)
{
  Recipe   recipe = { .framing = { 0, 0, 1, 1 } };
  CsFrame *proxy = cs_source_decode (source, PROXY_SIDE, FALSE, error);
  g_autoptr (CsFrame) frame = NULL;
  CsFrame *result;

  if (proxy == NULL)
    return NULL;

  for (CsPart part = 0; part < CS_WIRE_N_PARTS; part++)
    parts[part].outcome = CS_OUTCOME_OFF;
  improve_decide (&recipe, proxy, request, MAX (source->width, source->height), parts);

  frame = cs_source_decode_at_least (source, improve_decode_side (&recipe, source, request->settings.max_side), error);
  if (frame == NULL)
    return NULL;

  frame = improve_turn (g_steal_pointer (&frame), recipe.degrees);
  result = cs_framing_cut (&recipe.framing, frame, recipe.square);
  result = cs_frame_fit (result, request->settings.max_side);
  cs_light_apply (&recipe.light, result);

  return result;
}
