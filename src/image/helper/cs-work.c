/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-hash.h"
#include "cs-jpeg.h"
#include "cs-likeness.h"
#include "cs-reading.h"
#include "cs-source.h"
#include "cs-work-cutout.h"
#include "cs-work-make.h"
#include "cs-work-measure.h"
#include "cs-work-scene.h"

#define THUMBNAIL_SIDE    512
#define THUMBNAIL_QUALITY 85
#define MAX_SIDE          32767

static gboolean
work_take_frame (CsWork  *self,
                 CsFrame *frame,
                 int      quality,
                 char    *labels,
                 GError **error)
{
  g_autofree char *xmp = cs_metadata_labels_to_xmp (labels);
  g_autofree char *hash = NULL;

  self->payload = cs_jpeg_encode (frame, quality, xmp, error);
  if (self->payload == NULL)
    return FALSE;

  hash = cs_hash_bytes (self->payload);
  g_strlcpy (self->answer.hash, hash, sizeof self->answer.hash);
  self->answer.width = frame->width;
  self->answer.height = frame->height;
  self->answer.kind = CS_KIND_JPEG;

  return TRUE;
}

static gboolean
work_inspect (CsWork              *self,
              const CsWireRequest *request,
              CsSource            *source,
              GError             **error)
{
  g_autoptr (CsFrame) frame = cs_source_decode (source, THUMBNAIL_SIDE, FALSE, error);
  g_autofree char *hash = NULL;

  if (frame == NULL)
    return FALSE;

  self->payload = cs_jpeg_encode (frame, THUMBNAIL_QUALITY, NULL, error);
  if (self->payload == NULL)
    return FALSE;

  hash = cs_hash_data (source->data, source->length);
  g_strlcpy (self->answer.hash, hash, sizeof self->answer.hash);
  self->answer.width = source->width;
  self->answer.height = source->height;
  self->answer.taken_at = source->metadata.taken_at;
  self->answer.likeness = cs_likeness (frame);
  if (source->metadata.labels != NULL)
    self->labels = g_bytes_new (source->metadata.labels, strlen (source->metadata.labels));

  return TRUE;
}

static gboolean
work_decode (CsWork              *self,
             const CsWireRequest *request,
             CsSource            *source,
             GError             **error)
{
  CsFrame *frame = cs_source_decode (source, request->max_side, TRUE, error);

  if (frame == NULL)
    return FALSE;

  self->answer.width = frame->width;
  self->answer.height = frame->height;
  self->answer.stride = frame->width * frame->channels;
  self->answer.has_alpha = frame->channels == 4;
  self->payload = g_bytes_new_with_free_func (frame->data, (gsize) self->answer.stride * frame->height,
                                              (GDestroyNotify) cs_frame_free, frame);

  return TRUE;
}

static gboolean
work_read (CsWork              *self,
           const CsWireRequest *request,
           CsSource            *source,
           GError             **error)
{
  g_autoptr (CsFrame) frame = cs_source_decode (source, CS_READING_SIDE, FALSE, error);
  char *json;

  if (frame == NULL)
    return FALSE;

  json = cs_reading_to_json (frame);
  self->payload = g_bytes_new_take (json, strlen (json));

  return TRUE;
}

/* A little more than wanted is decoded, so that what goes out is never blown up */
static gboolean
work_render (CsWork              *self,
             const CsWireRequest *request,
             CsSource            *source,
             GError             **error)
{
  g_autoptr (CsFrame) frame = cs_source_decode_at_least (source, request->max_side, error);

  return frame != NULL && work_take_frame (self, frame, request->quality, source->metadata.labels, error);
}

static gboolean
work_dispatch_photo (CsWork              *self,
                     const CsWireRequest *request,
                     CsSource            *source,
                     GError             **error)
{
  if (request->max_side < 0 || request->max_side > MAX_SIDE)
    return FALSE;

  switch ((CsOp) request->op)
    {
    case CS_OP_INSPECT:
      return work_inspect (self, request, source, error);

    case CS_OP_DECODE:
      return work_decode (self, request, source, error);

    case CS_OP_READ:
      return work_read (self, request, source, error);

    case CS_OP_IMPROVE:
      return cs_work_improve (self, request, source, error);

    case CS_OP_PLAN:
      return cs_work_plan (self, request, source, error);

    case CS_OP_RENDER:
      return work_render (self, request, source, error);

    case CS_OP_CUTOUT:
      return cs_work_cutout (self, request, source, error);

    case CS_OP_MEASURE:
      return cs_work_measure (self, request, source, error);

    case CS_OP_CHANGES:
      return cs_work_changes (self, request, source, error);

    case CS_OP_STAGE:
      return cs_work_stage (self, request, source, error);

    case CS_OP_PAINTED:
      return cs_work_painted (self, request, source, error);

    case CS_OP_PREVIEW:
    case CS_OP_MASK:
    default:
      return FALSE;
    }
}

/* A brushed mask has no photo, and one that is looked at again need not be opened */
static gboolean
work_dispatch (CsWork              *self,
               const CsWireRequest *request,
               CsSource            *source,
               GError             **error)
{
  if (request->op == CS_OP_MASK)
    return cs_work_mask (self, request, error);
  if (request->op == CS_OP_PREVIEW)
    return cs_work_preview (self, request, error);

  return cs_source_open (source, self->fds[CS_FD_PHOTO], error) &&
         work_dispatch_photo (self, request, source, error);
}

void
cs_work_do (CsWork              *self,
            const CsWireRequest *request,
            const int           *fds)
{
  g_auto (CsSource) source = { 0 };
  g_autoptr (GError) error = NULL;

  self->answer.magic = CS_WIRE_MAGIC;
  self->fds = fds;

  if (!work_dispatch (self, request, &source, &error))
    {
      self->answer.problem = error != NULL ? error->code : CS_PROBLEM_REQUEST;
      g_clear_pointer (&self->payload, g_bytes_unref);
    }
  else if (source.cut_short)
    self->answer.finding = CS_FINDING_CUT_SHORT;

  if (self->answer.kind == CS_KIND_UNKNOWN)
    self->answer.kind = source.sniff.kind;
  self->answer.megapixels = MIN ((double) source.sniff.width * source.sniff.height / 1e6, G_MAXUINT32);
}

void
cs_work_clear (CsWork *self)
{
  g_clear_pointer (&self->payload, g_bytes_unref);
  g_clear_pointer (&self->labels, g_bytes_unref);
}
