/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-changes.h"
#include "cs-geometry.h"
#include "cs-hash.h"
#include "cs-image.h"
#include "cs-improve.h"
#include "cs-measure.h"
#include "cs-work-measure.h"

/* Less of a photo is no product: whoever makes a picture goes on as without a mask */
#define LEAST_MASK 0.001

/* A finished picture and all that it is measured against */
typedef struct
{
  CsMeasure measure;
  CsSource  file;
  CsFrame  *finished;
  CsFrame  *original;
  guint8   *alpha;
} Exam;

static void
exam_clear (Exam *self)
{
  cs_source_clear (&self->file);
  g_clear_pointer (&self->finished, cs_frame_free);
  g_clear_pointer (&self->original, cs_frame_free);
  g_clear_pointer (&self->alpha, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exam, exam_clear)

static gboolean
exam_has_product (const CsMatte *mask)
{
  gsize n = (gsize) mask->width * mask->height, found = 0;

  for (gsize i = 0; i < n; i++)
    found += mask->alpha[i] > 127;

  return found > LEAST_MASK * n;
}

static gboolean
exam_init (Exam                *self,
           CsWork              *work,
           const CsWireRequest *request,
           CsSource            *source,
           GError             **error)
{
  const CsWireGeometry *geometry = &request->receipt.geometry;
  g_autoptr (CsMatte) mask = NULL;

  if (!cs_geometry_is_sane (geometry) || request->settings.quality < 0 || request->settings.quality > 100)
    {
      g_set_error_literal (error, CS_PROBLEM_QUARK, CS_PROBLEM_REQUEST, "claims");
      return FALSE;
    }

  if (!cs_improve_read_mask (work->fds, &mask, error) ||
      !cs_source_open (&self->file, work->fds[CS_FD_PICTURE], error) ||
      !(self->finished = cs_source_decode (&self->file, 0, FALSE, error)) ||
      !(self->original = cs_geometry_decode (geometry, source, error)))
    return FALSE;

  if (mask != NULL && !exam_has_product (mask))
    g_clear_pointer (&mask, cs_matte_free);

  self->alpha = cs_geometry_apply_mask (geometry, mask != NULL ? mask->alpha : NULL,
                                        mask != NULL ? mask->width : source->width,
                                        mask != NULL ? mask->height : source->height);
  self->measure = (CsMeasure) {
    .original = self->original,
    .alpha = self->alpha,
    .known = mask != NULL,
    .visible = mask != NULL ? cs_measure_visible (geometry, mask->alpha, mask->width, mask->height) : 1,
    .aspect = (double) source->width / source->height,
    .geometry = *geometry,
    .light = request->receipt.light,
    .settings = request->settings,
  };

  return TRUE;
}

/**
 * cs_work_measure:
 *
 * From the files alone: of what the maker says only where the photo lies in the
 * picture and how it was lit is taken, and both must be what the settings allow.
 */
gboolean
cs_work_measure (CsWork              *self,
                 const CsWireRequest *request,
                 CsSource            *source,
                 GError             **error)
{
  g_auto (Exam) exam = { 0 };
  g_autofree char *hash = NULL;

  if (!exam_init (&exam, self, request, source, error) ||
      !cs_measure_finished (&exam.measure, exam.finished, exam.file.sniff.kind, &self->answer.receipt, error))
    return FALSE;

  hash = cs_hash_data (exam.file.data, exam.file.length);
  g_strlcpy (self->answer.hash, hash, sizeof self->answer.hash);
  self->answer.width = exam.finished->width;
  self->answer.height = exam.finished->height;

  return TRUE;
}

gboolean
cs_work_changes (CsWork              *self,
                 const CsWireRequest *request,
                 CsSource            *source,
                 GError             **error)
{
  g_auto (Exam) exam = { 0 };
  CsFrame *map;

  if (!exam_init (&exam, self, request, source, error) ||
      !(map = cs_changes_draw (&exam.measure, exam.finished, exam.file.sniff.kind, request->max_side, error)))
    return FALSE;

  self->answer.width = map->width;
  self->answer.height = map->height;
  self->answer.stride = map->width * 4;
  self->answer.has_alpha = TRUE;
  self->payload = g_bytes_new_with_free_func (map->data, (gsize) self->answer.stride * map->height,
                                              (GDestroyNotify) cs_frame_free, map);

  return TRUE;
}
