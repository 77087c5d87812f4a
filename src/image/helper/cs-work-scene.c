/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cs-ghost.h"
#include "cs-hash.h"
#include "cs-image.h"
#include "cs-jpeg.h"
#include "cs-label.h"
#include "cs-stage.h"
#include "cs-work-make.h"
#include "cs-work-scene.h"

#define QUALITY 95

/* Of what comes back: more is nothing that was asked for */
#define LEAST_SIDE      256
#define MOST_MEGAPIXELS 40
#define SAME_SHAPE      0.02

static gboolean
scene_refuse (CsProblem   problem,
              const char *what,
              GError    **error)
{
  g_set_error_literal (error, CS_PROBLEM_QUARK, problem, what);

  return FALSE;
}

static gboolean
take_frame (CsWork        *self,
            const CsFrame *frame,
            const char    *xmp,
            GError       **error)
{
  g_autofree char *hash = NULL;

  if (!(self->payload = cs_jpeg_encode (frame, QUALITY, xmp, error)))
    return FALSE;

  hash = cs_hash_bytes (self->payload);
  g_strlcpy (self->answer.hash, hash, sizeof self->answer.hash);
  self->answer.width = frame->width;
  self->answer.height = frame->height;
  self->answer.kind = CS_KIND_JPEG;

  return TRUE;
}

/* What goes out to have a scene painted around it: nothing of the photo's file but pixels */
gboolean
cs_work_stage (CsWork              *self,
               const CsWireRequest *request,
               CsSource            *source,
               GError             **error)
{
  g_auto (CsStage) stage = { 0 };

  return cs_work_settings_are_sane (&request->settings, error) &&
         cs_stage_make (&stage, source, request, self->fds, error) &&
         (self->labels = cs_stage_write_mask (&stage, error)) &&
         take_frame (self, stage.canvas, NULL, error);
}

static gboolean
open_painted (CsWork        *self,
              const CsStage *stage,
              CsSource      *file,
              CsFrame      **painted,
              GError       **error)
{
  double wanted = (double) stage->canvas->width / stage->canvas->height;

  if (!cs_source_open (file, self->fds[CS_FD_PICTURE], error))
    return FALSE;
  if ((double) file->sniff.width * file->sniff.height > MOST_MEGAPIXELS * 1e6)
    return scene_refuse (CS_PROBLEM_MEGAPIXELS, "painted", error);
  if (!(*painted = cs_source_decode (file, 0, FALSE, error)))
    return FALSE;
  if (file->cut_short)
    return scene_refuse (CS_PROBLEM_DAMAGED, "painted", error);
  if (MIN ((*painted)->width, (*painted)->height) < LEAST_SIDE ||
      fabs ((double) (*painted)->width / (*painted)->height / wanted - 1) > SAME_SHAPE)
    return scene_refuse (CS_PROBLEM_SHAPE, "painted", error);

  return TRUE;
}

/* Of what was painted, what lies behind the picture */
static CsFrame *
cut_inside (const CsStage *stage,
            const CsFrame *painted)
{
  double across = (double) painted->width / stage->canvas->width, down = (double) painted->height / stage->canvas->height;
  CsRect rect = { (int) (stage->inside.x * across + 0.5), (int) (stage->inside.y * down + 0.5),
                  (int) (stage->inside.width * across + 0.5), (int) (stage->inside.height * down + 0.5) };

  rect.x = CLAMP (rect.x, 0, painted->width - 1);
  rect.y = CLAMP (rect.y, 0, painted->height - 1);
  rect.width = CLAMP (rect.width, 1, painted->width - rect.x);
  rect.height = CLAMP (rect.height, 1, painted->height - rect.y);

  return cs_frame_crop (painted, &rect);
}

/**
 * cs_work_painted:
 *
 * What a model sent back, made into a background for the picture that it was
 * painted for: measured against what was sent, the model's own product taken out
 * of it, cut to the picture, and labelled as generated.
 */
gboolean
cs_work_painted (CsWork              *self,
                 const CsWireRequest *request,
                 CsSource            *source,
                 GError             **error)
{
  g_auto (CsStage) stage = { 0 };
  g_auto (CsSource) file = { 0 };
  g_autoptr (CsFrame) painted = NULL;
  g_autoptr (CsFrame) scene = NULL;
  g_autofree char *number = NULL;
  g_autofree char *labels = NULL;
  g_autofree char *xmp = NULL;

  if (!cs_work_settings_are_sane (&request->settings, error) ||
      !cs_stage_make (&stage, source, request, self->fds, error) ||
      !open_painted (self, &stage, &file, &painted, error))
    return FALSE;

  cs_ghost_find (&stage, painted, &self->answer.painted);
  if (self->answer.painted.verdict == CS_PAINTED_GOOD || self->answer.painted.verdict == CS_PAINTED_MENDED)
    painted = cs_ghost_mend (&stage, &self->answer.painted, g_steal_pointer (&painted));

  scene = cut_inside (&stage, painted);
  number = cs_label_number (scene);
  labels = cs_label_whole (file.metadata.labels, request->settings.producer, number);
  xmp = cs_metadata_labels_to_xmp (labels);

  return take_frame (self, scene, xmp, error);
}
