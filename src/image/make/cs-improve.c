/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-clean.h"
#include "cs-compose.h"
#include "cs-encode.h"
#include "cs-geometry.h"
#include "cs-ground.h"
#include "cs-image.h"
#include "cs-improve.h"
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
                  const int *fds)
{
  CsFrame *backdrop = NULL;

  if (!plan->own)
    return NULL;

  if (fds[CS_FD_BACKDROP] >= 0)
    backdrop = cs_ground_decode (fds[CS_FD_BACKDROP], plan->geometry.out_width, plan->geometry.out_height, NULL);
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

  cs_plan_make (&self->plan, &scene, request, max_side);
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
  backdrop = improve_backdrop (&self->plan, fds);
  self->picture = cs_compose (&self->plan, &scene, improve_product (&self->plan, self->original, self->alpha), self->alpha, backdrop);

  return TRUE;
}

void
cs_made_clear (CsMade *self)
{
  g_clear_pointer (&self->original, cs_frame_free);
  g_clear_pointer (&self->picture, cs_frame_free);
  g_clear_pointer (&self->alpha, g_free);
}
