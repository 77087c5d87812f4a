/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-clean.h"
#include "cs-compose.h"
#include "cs-encode.h"
#include "cs-geometry.h"
#include "cs-ground.h"
#include "cs-image.h"
#include "cs-improve.h"
#include "cs-label.h"
#include "cs-mark.h"
#include "cs-mask-file.h"
#include "cs-measure.h"
#include "cs-spill.h"

/* The suggested picture. Everything is decided on a small copy, in parts of the
 * whole, and then done once at the size that goes out. The product's own pixels
 * are turned, cut, scaled and lit, and beyond that only touched where the seller
 * wants it polished; nothing is drawn over them.
 */

/* A mask, where there is one. FALSE where it cannot be read. */
gboolean
cs_improve_read_mask (const int *fds,
                      CsMatte  **mask,
                      GError   **error)
{
  *mask = NULL;

  return fds[CS_FD_MASK] < 0 || (*mask = cs_mask_file_read (fds[CS_FD_MASK], error));
}

/**
 * cs_improve_look:
 * @whole: (out): the photo in full, where it had to be decoded for a look at
 *   it; only a JPEG can be decoded small
 *
 * The same look for each way to a picture, so that all come to the same decisions
 */
gboolean
cs_improve_look (CsScene       *scene,
                 CsSource      *source,
                 const CsMatte *mask,
                 CsFrame      **whole,
                 GError       **error)
{
  CsFrame *small;

  *whole = NULL;
  if (source->sniff.kind == CS_KIND_JPEG)
    {
      if (!(small = cs_source_decode (source, CS_SCENE_SIDE, FALSE, error)))
        return FALSE;
    }
  else
    {
      if (!(*whole = cs_source_decode_no_smaller (source, CS_SCENE_SIDE, error)))
        return FALSE;
      small = cs_frame_scale (*whole,
                              MAX (1, (int) MIN ((*whole)->width, (gint64) (*whole)->width * CS_SCENE_SIDE / cs_frame_side (*whole))),
                              MAX (1, (int) MIN ((*whole)->height, (gint64) (*whole)->height * CS_SCENE_SIDE / cs_frame_side (*whole))));
    }

  cs_scene_init (scene, small, mask, source->width, source->height);

  return TRUE;
}

/* What the seller's own backdrop shows behind this picture; white where it
 * cannot be read
 */
static CsFrame *
improve_backdrop (CsPlan    *plan,
                  const int *fds,
                  char     **labels)
{
  CsFrame *backdrop = NULL;

  if (!plan->own)
    return NULL;

  if (fds[CS_FD_BACKDROP] >= 0)
    backdrop = cs_ground_decode (fds[CS_FD_BACKDROP], plan->geometry.out_width, plan->geometry.out_height, labels, NULL);
  if (backdrop == NULL)
    plan->parts[CS_PART_BACKGROUND].how = CS_HOW_NO_BACKDROP;

  return backdrop;
}

/* The product's pixels before they are lit and laid on the ground */
static CsFrame *
improve_product (const CsPlan  *plan,
                 const CsFrame *original,
                 const guint8  *alpha)
{
  CsFrame *product = cs_frame_crop (original, &(CsRect) { 0, 0, original->width, original->height });

  if (plan->replace)
    cs_spill_remove (product, alpha);
  if (plan->clean > 0)
    {
      g_autoptr (CsFrame) clean = cs_clean (product);

      cs_clean_blend (product, clean, plan->clean);
    }

  return product;
}

#define AIRIER 0.1 /* at a time */

/**
 * cs_improve_plan:
 * @mask: (nullable): of the photo, at any size
 *
 * Where a mark is to stand on the picture and the product covers all corners,
 * the picture is made airier until it has one
 */
void
cs_improve_plan (CsPlan              *plan,
                 CsScene             *scene,
                 const CsWireRequest *request,
                 const CsMatte       *mask,
                 int                  max_side)
{
  CsWireRequest airier = *request;

  cs_plan_make (plan, scene, request, max_side);
  if (!plan->painted || request->settings.mark == CS_MARK_OFF || mask == NULL)
    return;

  plan->parts[CS_PART_MARK] = (CsWirePart) { CS_OUTCOME_UNSURE, CS_HOW_PLAIN, 0 };
  while (!cs_mark_fits (request->settings.mark, &plan->geometry, mask) && airier.settings.air < 1)
    {
      airier.settings.air = MIN (1, airier.settings.air + AIRIER);
      cs_plan_make (plan, scene, &airier, max_side);
      plan->parts[CS_PART_MARK] = (CsWirePart) { CS_OUTCOME_UNSURE, CS_HOW_AIRIER, 0 };
    }
}

void
cs_improve_mark (CsPlan       *plan,
                 guint32       mark,
                 CsFrame      *picture,
                 const guint8 *alpha)
{
  CsWirePart *part = &plan->parts[CS_PART_MARK];
  CsRect      plate;
  CsHow       corner;

  if (part->outcome != CS_OUTCOME_UNSURE || !cs_mark_find_place (mark, alpha, picture->width, picture->height, &plate, &corner))
    return;

  cs_mark_draw (mark, picture, &plate);
  *part = (CsWirePart) { CS_OUTCOME_DONE, part->how == CS_HOW_AIRIER ? part->how : corner, 0 };
}

gboolean
cs_improve (CsMade              *self,
            CsSource            *source,
            const CsWireRequest *request,
            const int           *fds,
            GError             **error)
{
  g_auto (CsScene) scene = { 0 };
  g_autoptr (CsMatte) mask = NULL;
  g_autoptr (CsFrame) whole = NULL;
  g_autoptr (CsFrame) backdrop = NULL;
  int max_side = request->settings.max_side;

  if (request->settings.format == CS_FORMAT_WEBP)
    max_side = MIN (max_side, CS_ENCODE_WEBP_SIDE);

  if (!cs_improve_read_mask (fds, &mask, error) || !cs_improve_look (&scene, source, mask, &whole, error))
    return FALSE;

  cs_improve_plan (&self->plan, &scene, request, scene.mask != NULL ? mask : NULL, max_side);
  self->known = scene.mask != NULL;

  self->original = whole != NULL ? cs_geometry_apply (&self->plan.geometry, whole)
                                 : cs_geometry_decode (&self->plan.geometry, source, error);
  if (self->original == NULL)
    return FALSE;
  g_clear_pointer (&whole, cs_frame_free);

  self->alpha = cs_geometry_apply_mask (&self->plan.geometry, self->known ? mask->alpha : NULL,
                                        self->known ? mask->width : scene.small->width,
                                        self->known ? mask->height : scene.small->height);
  self->visible = self->known ? cs_measure_visible (&self->plan.geometry, mask->alpha, mask->width, mask->height) : 1;
  g_clear_pointer (&mask, cs_matte_free);
  backdrop = improve_backdrop (&self->plan, fds, &self->painted);
  self->picture = cs_compose (&self->plan, &scene, improve_product (&self->plan, self->original, self->alpha), self->alpha, backdrop);
  self->generated = backdrop != NULL && (self->plan.painted || cs_label_is_generated (self->painted));
  if (self->plan.painted && backdrop != NULL)
    cs_improve_mark (&self->plan, request->settings.mark, self->picture, self->alpha);
  else
    self->plan.parts[CS_PART_MARK].outcome = CS_OUTCOME_OFF;

  return TRUE;
}

void
cs_made_clear (CsMade *self)
{
  g_clear_pointer (&self->original, cs_frame_free);
  g_clear_pointer (&self->picture, cs_frame_free);
  g_clear_pointer (&self->alpha, g_free);
  g_clear_pointer (&self->painted, g_free);
}
