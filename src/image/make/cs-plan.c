/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-geometry.h"
#include "cs-ground.h"
#include "cs-light.h"
#include "cs-measure.h"
#include "cs-plan.h"

/* From what is known of a photo and what the seller wants to what is done */
#define FULL_LIGHT  0.35 /* of polish: from here the light is corrected in full */
#define CLEAN_ABOVE 0.5
#define WHOLE       0.003 /* a framing that near to all of the photo is all of it */

static gboolean
wants (const CsWireRequest *request,
       CsPart               part)
{
  return (request->settings.switches & (1u << part)) != 0;
}

static double
share (double value)
{
  return isfinite (value) ? CLAMP (value, 0, 1) : 0;
}

/* Returns: the photo as it lies then */
static const CsView *
plan_straighten (CsPlan              *self,
                 CsScene             *scene,
                 const CsWireRequest *request)
{
  CsWirePart *part = &self->parts[CS_PART_STRAIGHTEN];
  CsTurn      turn = self->replace ? CS_TURN_PRODUCT : CS_TURN_PHOTO;

  if (wants (request, CS_PART_STRAIGHTEN))
    *part = (CsWirePart) { scene->straight[turn], CS_HOW_PLAIN, scene->degrees[turn] };
  if (part->outcome == CS_OUTCOME_DONE)
    self->geometry.turn = scene->degrees[turn];

  return cs_scene_get_view (scene, turn, part->outcome == CS_OUTCOME_DONE);
}

/* In whole pixels of the photo where nothing is scaled, so that nothing is
 * resampled either; and never larger than the photo has it
 */
static void
plan_size (CsPlan          *self,
           const CsFraming *framing,
           const CsScene   *scene,
           double           aspect,
           int              max_side)
{
  CsWireGeometry *geometry = &self->geometry;
  double wide = framing->width * scene->width, high = framing->height * scene->height;
  double scale = MIN (1, max_side / MAX (wide, high));
  double x = framing->x * scene->width, y = framing->y * scene->height;
  int    out_width, out_height;

  out_width = MAX (1, (int) (wide * scale + 0.5));
  out_height = aspect > 0 ? MAX (1, (int) (out_width / aspect + 0.5)) : MAX (1, (int) (high * scale + 0.5));
  if (out_height > max_side)
    {
      out_height = max_side;
      out_width = MAX (1, (int) (out_height * aspect + 0.5));
    }

  /* The rounding is shared by both sides */
  x += (wide - out_width / scale) / 2;
  y += (high - out_height / scale) / 2;
  if (scale == 1)
    {
      x = floor (x + 0.5);
      y = floor (y + 0.5);
    }

  *geometry = (CsWireGeometry) {
    geometry->turn,
    x / scene->width,
    y / scene->height,
    out_width / scale / scene->width,
    out_height / scale / scene->height,
    out_width,
    out_height,
  };
  cs_geometry_round (geometry);
}

static double
plan_margin (const CsWireRequest *request)
{
  return 0.02 + 0.3 * share (request->settings.air);
}

static void
plan_stage (CsPlan              *self,
            const CsScene       *scene,
            const CsView        *view,
            const CsWireRequest *request,
            int                  max_side)
{
  CsShape   shape = request->settings.shape;
  CsFraming framing;

  cs_framing_stage (&framing, &view->product, scene->width, scene->height, wants (request, CS_PART_CROP), shape,
                    plan_margin (request), self->parts);
  plan_size (self, &framing, scene,
             self->parts[CS_PART_SHAPE].outcome == CS_OUTCOME_UNSURE ? 0
             : shape == CS_SHAPE_SQUARE                              ? 1
             : shape == CS_SHAPE_PORTRAIT                            ? 0.75
                                                                     : 0,
             max_side);
}

/* What of the picture the photo covers; less than all of it where background
 * was added on a side
 */
static void
plan_inside (CsPlan          *self,
             const CsFraming *framing)
{
  CsWireGeometry seen = self->geometry;

  seen.turn = 0;
  seen.x = framing->x;
  seen.y = framing->y;
  seen.width = framing->width;
  seen.height = framing->height;
  cs_geometry_inside (&seen, &self->inside);
}

static void
plan_frame (CsPlan              *self,
            const CsScene       *scene,
            const CsView        *view,
            const CsWireRequest *request,
            int                  max_side)
{
  CsShape   shape = wants (request, CS_PART_SHAPE) ? (CsShape) request->settings.shape : CS_SHAPE_PHOTO;
  double    width = scene->small->width, height = scene->small->height;
  CsFraming framing, whole;

  cs_framing_find (&framing, view->frame, &view->region, wants (request, CS_PART_CROP), shape,
                   plan_margin (request), MAX (scene->width, scene->height), self->parts);
  if (fabs (framing.x) < WHOLE && fabs (framing.y) < WHOLE &&
      fabs (framing.width - 1) < WHOLE && fabs (framing.height - 1) < WHOLE)
    framing = (CsFraming) { 0, 0, 1, 1 };

  /* From parts of what turning leaves to parts of the photo */
  whole = (CsFraming) {
    (view->inside.x + framing.x * view->inside.width) / width,
    (view->inside.y + framing.y * view->inside.height) / height,
    framing.width * view->inside.width / width,
    framing.height * view->inside.height / height,
  };
  plan_size (self, &whole, scene,
             self->parts[CS_PART_SHAPE].outcome != CS_OUTCOME_DONE ? 0 : shape == CS_SHAPE_PORTRAIT ? 0.75 : 1,
             max_side);
  plan_inside (self, &framing);
}

static void
plan_light (CsPlan              *self,
            const CsScene       *scene,
            const CsWireRequest *request)
{
  CsWirePart *balance = &self->parts[CS_PART_WHITE_BALANCE], *exposure = &self->parts[CS_PART_EXPOSURE];
  double      strength = MIN (share (request->settings.polish) / FULL_LIGHT, 1);

  self->light = request->has_light ? request->light : scene->light;
  cs_light_weaken (&self->light, wants (request, CS_PART_WHITE_BALANCE), wants (request, CS_PART_EXPOSURE), strength);
  cs_measure_round_light (&self->light);

  if (wants (request, CS_PART_WHITE_BALANCE))
    {
      gboolean changes = self->light.gains[0] != 1 || self->light.gains[1] != 1 || self->light.gains[2] != 1;

      *balance = scene->balance;
      if (request->has_light && strength > 0)
        *balance = (CsWirePart) { changes ? CS_OUTCOME_DONE : CS_OUTCOME_NOTHING, CS_HOW_ALIKE, 0 };
      if (strength == 0 && (request->has_light || balance->outcome == CS_OUTCOME_DONE))
        *balance = (CsWirePart) { CS_OUTCOME_NOTHING, CS_HOW_TRUE, 0 };
    }

  if (wants (request, CS_PART_EXPOSURE))
    {
      gboolean changes = fabs (self->light.stops) >= 0.05;

      *exposure = (CsWirePart) { changes ? CS_OUTCOME_DONE : CS_OUTCOME_NOTHING, CS_HOW_PLAIN, self->light.stops };
      if (strength == 0 && (request->has_light || scene->exposure.outcome == CS_OUTCOME_DONE))
        exposure->how = CS_HOW_TRUE;
    }
}

static void
plan_background (CsPlan              *self,
                 const CsScene       *scene,
                 const CsWireRequest *request)
{
  CsWirePart *part = &self->parts[CS_PART_BACKGROUND];

  part->outcome = CS_OUTCOME_NOTHING;
  if (!wants (request, CS_PART_BACKGROUND) || request->settings.background == CS_BACKGROUND_KEEP)
    return;

  part->outcome = CS_OUTCOME_UNSURE;
  if (scene->mask == NULL)
    return;

  part->outcome = CS_OUTCOME_DONE;
  self->replace = TRUE;
  self->own = request->settings.background == CS_BACKGROUND_OWN;
  part->how = cs_ground_choose (request->settings.background, scene->colour, self->ground);
  self->painted = self->own && request->settings.producer[0] != '\0';
  if (self->painted)
    part->how = CS_HOW_PAINTED;
  if (request->op == CS_OP_STAGE || request->op == CS_OP_PAINTED)
    cs_ground_choose (CS_BACKGROUND_GREY, scene->colour, self->ground);
}

/* The photo's own shadow needs the ground that it falls on: on another one it
 * is laid again where it is soft, and else one is drawn
 */
static void
plan_shadow (CsPlan              *self,
             const CsScene       *scene,
             const CsWireRequest *request)
{
  CsWirePart *part = &self->parts[CS_PART_SHADOW];

  self->shadow = request->settings.shadow;
  *part = (CsWirePart) { CS_OUTCOME_NOTHING, CS_HOW_KEPT, 0 };
  if (!self->replace)
    return;

  part->outcome = CS_OUTCOME_DONE;
  switch ((CsShadow) self->shadow)
    {
    case CS_SHADOW_NONE:
      part->how = CS_HOW_REMOVED;
      break;

    case CS_SHADOW_KEEP:
      part->how = scene->shade != NULL ? CS_HOW_SOFT : CS_HOW_CONTACT;
      if (scene->shade == NULL)
        self->shadow = CS_SHADOW_DRAWN;
      break;

    case CS_SHADOW_DRAWN:
    case CS_N_SHADOWS:
    default:
      self->shadow = CS_SHADOW_DRAWN;
      part->how = CS_HOW_PLAIN;
      break;
    }
}

static void
plan_clean (CsPlan              *self,
            const CsWireRequest *request)
{
  CsWirePart *part = &self->parts[CS_PART_CLEAN];

  if (!wants (request, CS_PART_CLEAN))
    return;

  self->clean = MAX (0, (share (request->settings.polish) - CLEAN_ABOVE) / (1 - CLEAN_ABOVE));
  part->outcome = self->clean > 0 ? CS_OUTCOME_DONE : CS_OUTCOME_NOTHING;
  part->amount = self->clean;
}

/**
 * cs_plan_make:
 * @max_side: of the picture, in pixels
 */
void
cs_plan_make (CsPlan              *self,
              CsScene             *scene,
              const CsWireRequest *request,
              int                  max_side)
{
  const CsView *view;

  *self = (CsPlan) { .ground = { 255, 255, 255 } };
  for (CsPart part = 0; part < CS_WIRE_N_PARTS; part++)
    self->parts[part].outcome = CS_OUTCOME_OFF;

  plan_background (self, scene, request);
  view = plan_straighten (self, scene, request);
  if (self->replace)
    plan_stage (self, scene, view, request, max_side);
  else
    plan_frame (self, scene, view, request, max_side);
  plan_light (self, scene, request);
  plan_shadow (self, scene, request);
  plan_clean (self, request);
}

/* The same picture, smaller: for a look at it */
void
cs_plan_shrink (CsPlan *self,
                int     max_side)
{
  CsWireGeometry *geometry = &self->geometry;
  double          scale = (double) max_side / MAX (geometry->out_width, geometry->out_height);

  if (scale >= 1)
    return;

  self->inside = (CsRect) {
    (int) (self->inside.x * scale + 0.5),
    (int) (self->inside.y * scale + 0.5),
    (int) (self->inside.width * scale + 0.5),
    (int) (self->inside.height * scale + 0.5),
  };
  geometry->out_width = MAX (1, (int) (geometry->out_width * scale + 0.5));
  geometry->out_height = MAX (1, (int) (geometry->out_height * scale + 0.5));
  self->inside.width = CLAMP (self->inside.width, 1, geometry->out_width - self->inside.x);
  self->inside.height = CLAMP (self->inside.height, 1, geometry->out_height - self->inside.y);
}
