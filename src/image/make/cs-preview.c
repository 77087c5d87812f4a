/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "cs-clean.h"
#include "cs-compose.h"
#include "cs-geometry.h"
#include "cs-ground.h"
#include "cs-image.h"
#include "cs-improve.h"
#include "cs-preview.h"
#include "cs-spill.h"

/* The suggested picture at screen size, for a hand that is on a slider. The
 * last photo is kept as far as it does not depend on where the sliders are, and
 * the last cut as far as it does not depend on the light: a step is then little
 * more than the light and the ground.
 */
#define LARGEST 2 /* times what is shown, that the copy may be, for a small product */

typedef struct
{
  char     key[72];
  int      max_side;
  CsScene  scene;
  CsFrame *photo; /* a copy, its rim free of the old background */
  CsFrame *bare;  /* the same with its rim as it is; where the background is kept */
  CsFrame *clean;
  CsMatte *mask;

  /* As they lie in the picture of the step before */
  gboolean       replace;
  CsWireGeometry geometry;
  CsFrame       *cut;
  CsFrame       *cut_clean;
  guint8        *alpha;

  struct stat backdrop_file;
  CsFrame    *backdrop;
} Preview;

static Preview last;

static void
preview_forget_cut (Preview *self)
{
  g_clear_pointer (&self->cut, cs_frame_free);
  g_clear_pointer (&self->cut_clean, cs_frame_free);
  g_clear_pointer (&self->alpha, g_free);
  g_clear_pointer (&self->backdrop, cs_frame_free);
}

/* Whatever of the last photo is still held */
void
cs_preview_forget (void)
{
  preview_forget_cut (&last);
  cs_scene_clear (&last.scene);
  g_clear_pointer (&last.photo, cs_frame_free);
  g_clear_pointer (&last.bare, cs_frame_free);
  g_clear_pointer (&last.clean, cs_frame_free);
  g_clear_pointer (&last.mask, cs_matte_free);
  last = (Preview) { 0 };
}

/* A small product is cut from a larger copy, so that it is not blown up */
static int
preview_side (const CsScene *scene,
              int            max_side)
{
  const CsStaged *product = &scene->as_it_is.product;
  double          part = 1;

  if (scene->mask != NULL)
    part = MAX ((product->x1 - product->x0) * scene->width, (product->y1 - product->y0) * scene->height) /
           MAX (scene->width, scene->height);

  return MIN (max_side / MAX (part * 1.1, 1.0 / LARGEST), max_side * LARGEST);
}

static gboolean
preview_load (Preview             *self,
              const CsWireRequest *request,
              const int           *fds,
              GError             **error)
{
  g_auto (CsSource) source = { 0 };
  g_autoptr (CsMatte) mask = NULL;
  g_autoptr (CsFrame) whole = NULL;
  int side;

  if (!cs_source_open (&source, fds[CS_FD_PHOTO], error) ||
      !cs_improve_read_mask (fds, &mask, error) ||
      !cs_improve_look (&self->scene, &source, mask, &whole, error))
    return FALSE;

  side = preview_side (&self->scene, request->max_side);
  if (whole == NULL && !(whole = cs_source_decode_no_smaller (&source, side, error)))
    return FALSE;

  self->bare = cs_frame_fit (g_steal_pointer (&whole), side);
  self->photo = cs_frame_crop (self->bare, &(CsRect) { 0, 0, self->bare->width, self->bare->height });
  if (self->scene.mask != NULL)
    {
      self->mask = cs_matte_scale (mask, self->bare->width, self->bare->height);
      cs_spill_remove (self->photo, self->mask->alpha);
    }

  self->max_side = request->max_side;
  g_strlcpy (self->key, request->key, sizeof self->key);

  return TRUE;
}

static void
preview_cut (Preview      *self,
             const CsPlan *plan)
{
  const CsFrame *from = plan->replace ? self->photo : self->bare;

  if (self->replace != plan->replace || memcmp (&self->geometry, &plan->geometry, sizeof plan->geometry) != 0)
    preview_forget_cut (self);

  self->replace = plan->replace;
  self->geometry = plan->geometry;
  if (self->cut == NULL)
    {
      self->cut = cs_geometry_apply (&plan->geometry, from);
      self->alpha = cs_geometry_apply_mask (&plan->geometry, self->mask != NULL ? self->mask->alpha : NULL,
                                            from->width, from->height);
    }

  if (plan->clean > 0 && self->clean == NULL)
    self->clean = cs_clean (self->photo);
  if (plan->clean > 0 && self->cut_clean == NULL)
    self->cut_clean = cs_geometry_apply (&plan->geometry, self->clean);
}

static const CsFrame *
preview_backdrop (Preview      *self,
                  const CsPlan *plan,
                  const int    *fds)
{
  struct stat st;

  if (!plan->own || fds[CS_FD_BACKDROP] < 0 || fstat (fds[CS_FD_BACKDROP], &st) < 0)
    return NULL;

  if (self->backdrop != NULL && (st.st_ino != self->backdrop_file.st_ino || st.st_dev != self->backdrop_file.st_dev))
    g_clear_pointer (&self->backdrop, cs_frame_free);
  if (self->backdrop == NULL)
    self->backdrop = cs_ground_decode (fds[CS_FD_BACKDROP], plan->geometry.out_width, plan->geometry.out_height, NULL, NULL);
  self->backdrop_file = st;

  return self->backdrop;
}

/**
 * cs_preview:
 *
 * Returns: (nullable): the suggested picture, at most @request's max_side
 */
CsFrame *
cs_preview (const CsWireRequest *request,
            const int           *fds,
            GError             **error)
{
  const CsFrame *backdrop;
  CsFrame       *product;
  CsPlan         plan;

  if (request->key[0] == '\0' || strncmp (request->key, last.key, sizeof last.key) != 0 ||
      request->max_side != last.max_side)
    {
      cs_preview_forget ();
      if (!preview_load (&last, request, fds, error))
        {
          cs_preview_forget ();
          return NULL;
        }
    }

  cs_improve_plan (&plan, &last.scene, request, last.mask, request->settings.max_side);
  cs_plan_shrink (&plan, request->max_side);
  preview_cut (&last, &plan);

  product = cs_frame_crop (last.cut, &(CsRect) { 0, 0, last.cut->width, last.cut->height });
  if (plan.clean > 0)
    cs_clean_blend (product, last.cut_clean, plan.clean);

  backdrop = preview_backdrop (&last, &plan, fds);
  product = cs_compose (&plan, &last.scene, product, last.alpha, backdrop);
  if (plan.painted && backdrop != NULL)
    cs_improve_mark (&plan, request->settings.mark, product, last.alpha);

  return product;
}
