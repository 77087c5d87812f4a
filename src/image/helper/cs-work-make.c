/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-encode.h"
#include "cs-hash.h"
#include "cs-improve.h"
#include "cs-label.h"
#include "cs-measure.h"
#include "cs-preview.h"
#include "cs-work-make.h"

#define MAX_SIDE 32767

gboolean
cs_work_settings_are_sane (const CsWireSettings *settings,
                           GError              **error)
{
  if (settings->max_side > 0 && settings->max_side <= MAX_SIDE && settings->quality >= 0 && settings->quality <= 100 &&
      settings->shape < CS_N_SHAPES && settings->background < CS_N_BACKGROUNDS &&
      settings->shadow < CS_N_SHADOWS && settings->format < CS_N_FORMATS &&
      settings->mark < CS_N_MARKS && memchr (settings->producer, 0, sizeof settings->producer) != NULL)
    return TRUE;

  g_set_error_literal (error, CS_PROBLEM_QUARK, CS_PROBLEM_REQUEST, "settings");

  return FALSE;
}

/* The labels that the file carries: the photo's, and ours where a model painted part of it */
static char *
work_labels (const CsMade        *made,
             const CsWireRequest *request,
             const CsSource      *source)
{
  g_autofree char *number = made->generated ? cs_label_number (made->picture) : NULL;

  return made->generated ? cs_label_merge (source->metadata.labels, made->painted, request->settings.producer, number)
                         : g_strdup (source->metadata.labels);
}

gboolean
cs_work_improve (CsWork              *self,
                 const CsWireRequest *request,
                 CsSource            *source,
                 GError             **error)
{
  g_autofree char *labels = NULL;
  g_autofree char *xmp = NULL;
  g_autofree char *hash = NULL;
  g_auto (CsMade) made = { 0 };
  CsMeasure measure;
  CsKind    kind;

  if (!cs_work_settings_are_sane (&request->settings, error) ||
      !cs_improve (&made, source, request, self->fds, error))
    return FALSE;

  labels = work_labels (&made, request, source);
  xmp = cs_metadata_labels_to_xmp (labels);
  if (!(self->payload = cs_encode (made.picture, request->settings.format, request->settings.quality, xmp, &kind, error)))
    return FALSE;

  hash = cs_hash_bytes (self->payload);
  g_strlcpy (self->answer.hash, hash, sizeof self->answer.hash);
  self->answer.width = made.picture->width;
  self->answer.height = made.picture->height;
  self->answer.kind = kind;
  memcpy (self->answer.parts, made.plan.parts, sizeof self->answer.parts);

  self->answer.light = made.plan.light;
  measure = (CsMeasure) {
    .original = made.original,
    .alpha = made.alpha,
    .known = made.known,
    .visible = made.visible,
    .aspect = (double) source->width / source->height,
    .geometry = made.plan.geometry,
    .light = made.plan.light,
    .settings = request->settings,
  };

  return cs_measure_made (&measure, made.picture, self->payload, &self->answer.receipt, error);
}

/* The photo's own light, in full, whatever is wanted of it here */
gboolean
cs_work_plan (CsWork              *self,
              const CsWireRequest *request,
              CsSource            *source,
              GError             **error)
{
  g_auto (CsScene) scene = { 0 };
  g_autoptr (CsMatte) mask = NULL;
  g_autoptr (CsFrame) whole = NULL;
  CsPlan plan;

  if (!cs_work_settings_are_sane (&request->settings, error) ||
      !cs_improve_read_mask (self->fds, &mask, error) ||
      !cs_improve_look (&scene, source, mask, &whole, error))
    return FALSE;

  cs_plan_make (&plan, &scene, request, request->settings.max_side);
  memcpy (self->answer.parts, plan.parts, sizeof self->answer.parts);
  self->answer.light = scene.light;
  self->answer.width = plan.geometry.out_width;
  self->answer.height = plan.geometry.out_height;

  return TRUE;
}

gboolean
cs_work_preview (CsWork              *self,
                 const CsWireRequest *request,
                 GError             **error)
{
  CsFrame *frame;

  if (!cs_work_settings_are_sane (&request->settings, error) || request->max_side <= 0 || request->max_side > MAX_SIDE ||
      !(frame = cs_preview (request, self->fds, error)))
    return FALSE;

  self->answer.width = frame->width;
  self->answer.height = frame->height;
  self->answer.stride = frame->width * 3;
  self->payload = g_bytes_new_with_free_func (frame->data, (gsize) self->answer.stride * frame->height,
                                              (GDestroyNotify) cs_frame_free, frame);

  return TRUE;
}
