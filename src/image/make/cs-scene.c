/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-geometry.h"
#include "cs-light.h"
#include "cs-mask.h"
#include "cs-scene.h"
#include "cs-straighten.h"

#define LEAST_PRODUCT 0.002 /* of the photo's pixels */
#define TOUCHING      0.02  /* of a side of the photo */

static int
count_along (const CsMatte *mask,
             CsSide         side)
{
  gboolean upright = side == CS_SIDE_LEFT || side == CS_SIDE_RIGHT;
  int      n = 0;

  for (int i = 0; i < (upright ? mask->height : mask->width); i++)
    {
      int x = side == CS_SIDE_LEFT ? 0 : side == CS_SIDE_RIGHT ? mask->width - 1 : i;
      int y = side == CS_SIDE_TOP ? 0 : side == CS_SIDE_BOTTOM ? mask->height - 1 : i;

      n += *cs_matte_at (mask, x, y) > 127;
    }

  return n;
}

static void
stage_from_mask (CsStaged      *product,
                 const CsMatte *mask)
{
  int    x0 = mask->width, y0 = mask->height, x1 = 0, y1 = 0;
  double w = mask->width, h = mask->height;

  for (int y = 0; y < mask->height; y++)
    for (int x = 0; x < mask->width; x++)
      if (*cs_matte_at (mask, x, y) > 96)
        {
          x0 = MIN (x0, x);
          y0 = MIN (y0, y);
          x1 = MAX (x1, x + 1);
          y1 = MAX (y1, y + 1);
        }

  *product = (CsStaged) { x0 / w, y0 / h, x1 / w, y1 / h, { FALSE } };
  for (CsSide side = 0; side < CS_N_SIDES; side++)
    {
      double length = side == CS_SIDE_LEFT || side == CS_SIDE_RIGHT ? h : w;

      product->touches[side] = count_along (mask, side) >= MAX (2, TOUCHING * length);
    }
}

static void
view_init (CsView        *self,
           const CsScene *scene,
           double         degrees)
{
  CsWireGeometry geometry = CS_GEOMETRY_WHOLE (scene->small->width, scene->small->height);
  g_autoptr (CsFrame) turned = NULL;
  g_autoptr (CsMatte) mask = NULL;

  geometry.turn = degrees;
  self->known = TRUE;
  turned = cs_geometry_apply (&geometry, scene->small);
  self->inside = (CsRect) { 0, 0, turned->width, turned->height };
  if (degrees != 0)
    cs_straighten_inside (turned->width, turned->height, degrees, &self->inside);
  self->frame = cs_frame_crop (turned, &self->inside);

  if (scene->mask == NULL)
    {
      cs_region_find (&self->region, self->frame);
      return;
    }

  mask = cs_matte_new (turned->width, turned->height);
  g_free (mask->alpha);
  mask->alpha = cs_geometry_apply_mask (&geometry, scene->mask->alpha, scene->mask->width, scene->mask->height);
  stage_from_mask (&self->product, mask);
  {
    g_autoptr (CsMatte) inner = cs_matte_new (self->inside.width, self->inside.height);

    for (int y = 0; y < inner->height; y++)
      memcpy (cs_matte_at (inner, 0, y), cs_matte_at (mask, self->inside.x, self->inside.y + y), inner->width);
    cs_region_from_mask (&self->region, self->frame, inner);
  }
}

static void
view_clear (CsView *self)
{
  g_clear_pointer (&self->frame, cs_frame_free);
  if (self->known)
    cs_region_clear (&self->region);
}

/* For the product's own lines its surroundings are painted over */
static gboolean
scene_find_degrees (const CsScene *self,
                    CsTurn         turn,
                    double        *degrees)
{
  g_autoptr (CsFrame) alone = NULL;
  CsWireGeometry whole = CS_GEOMETRY_WHOLE (self->small->width, self->small->height);

  if (turn == CS_TURN_PHOTO)
    return cs_straighten_find (self->small, degrees);

  alone = cs_geometry_apply (&whole, self->small);
  for (int i = 0; i < alone->width * alone->height; i++)
    if (self->mask->alpha[i] < 128)
      memset (alone->data + (gsize) i * 3, 255, 3);

  return cs_straighten_find (alone, degrees);
}

/* Turning costs the rim of the photo: only where the product keeps clear of it */
static gboolean
scene_may_turn (const CsScene *self,
                CsTurn         turn,
                double         degrees)
{
  const CsRegion *region = &self->as_it_is.region;
  const gboolean *touches = self->as_it_is.product.touches;
  CsRect          inside;
  double          reach;

  if (!region->sure)
    return FALSE;
  if (turn == CS_TURN_PRODUCT)
    return !touches[CS_SIDE_LEFT] && !touches[CS_SIDE_TOP] && !touches[CS_SIDE_RIGHT] && !touches[CS_SIDE_BOTTOM];

  cs_straighten_inside (region->width, region->height, degrees, &inside);
  reach = fabs (degrees) * G_PI / 180 * MAX (region->box.width, region->box.height) / 2;

  return region->box.x - reach >= inside.x + 1 &&
         region->box.y - reach >= inside.y + 1 &&
         region->box.x + region->box.width + reach <= inside.x + inside.width - 1 &&
         region->box.y + region->box.height + reach <= inside.y + inside.height - 1;
}

static void
scene_straighten (CsScene *self,
                  CsTurn   turn)
{
  double degrees;

  self->straight[turn] = CS_OUTCOME_NOTHING;
  if (!scene_find_degrees (self, turn, &degrees) || degrees == 0)
    return;

  self->straight[turn] = CS_OUTCOME_UNSURE;
  if (!scene_may_turn (self, turn, degrees))
    return;

  self->degrees[turn] = degrees;
  self->straight[turn] = CS_OUTCOME_DONE;
}

static void
scene_measure_colour (CsScene *self)
{
  double sums[3] = { 0 }, total = 0;

  for (int i = 0; i < self->small->width * self->small->height; i++)
    if (self->mask->alpha[i] > 200)
      {
        CsLab  lab = cs_lab_from_srgb (self->small->data + (gsize) i * 3);
        double weight = 0.01 + cs_lab_chroma (lab);

        sums[0] += lab.l * weight;
        sums[1] += lab.a * weight;
        sums[2] += lab.b * weight;
        total += weight;
      }

  if (total > 0)
    self->colour = (CsLab) { sums[0] / total, sums[1] / total, sums[2] / total };
}

static gboolean
mask_has_product (const CsMatte *mask)
{
  gsize n = (gsize) mask->width * mask->height, found = 0;

  for (gsize i = 0; i < n; i++)
    found += mask->alpha[i] > 127;

  return found > LEAST_PRODUCT * n;
}

/**
 * cs_scene_init:
 * @small: (transfer full): the photo, about %CS_SCENE_SIDE on its longer side
 * @mask: (nullable): of the photo, of any size
 * @width: of the photo as shown, in pixels
 */
void
cs_scene_init (CsScene       *self,
               CsFrame       *small,
               const CsMatte *mask,
               int            width,
               int            height)
{
  *self = (CsScene) { .width = width, .height = height, .small = small };

  if (mask != NULL)
    {
      self->mask = cs_matte_scale (mask, small->width, small->height);
      if (!mask_has_product (self->mask))
        {
          g_clear_pointer (&self->mask, cs_matte_free);
          self->lost = TRUE;
        }
    }

  view_init (&self->as_it_is, self, 0);
  scene_straighten (self, CS_TURN_PHOTO);
  if (self->mask != NULL)
    scene_straighten (self, CS_TURN_PRODUCT);
  cs_light_find (&self->light, small, &self->as_it_is.region, self->mask != NULL, &self->balance, &self->exposure);
  if (self->mask != NULL)
    {
      scene_measure_colour (self);
      self->shade = cs_shade_find (small, self->mask);
    }
}

const CsView *
cs_scene_get_view (CsScene *self,
                   CsTurn   turn,
                   gboolean straightened)
{
  CsView *view = straightened ? &self->straightened[turn] : &self->as_it_is;

  if (!view->known)
    view_init (view, self, self->degrees[turn]);

  return view;
}

void
cs_scene_clear (CsScene *self)
{
  g_clear_pointer (&self->small, cs_frame_free);
  g_clear_pointer (&self->mask, cs_matte_free);
  g_clear_pointer (&self->shade, cs_shade_free);
  view_clear (&self->as_it_is);
  for (CsTurn turn = 0; turn < CS_N_TURNS; turn++)
    view_clear (&self->straightened[turn]);
}
