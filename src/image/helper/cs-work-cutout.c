/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cs-cutout.h"
#include "cs-fd.h"
#include "cs-hash.h"
#include "cs-mask-file.h"
#include "cs-work-cutout.h"

#define MAX_ROUGH_SIDE 4096
#define MAX_MASK_SIDE  32767

static gboolean
work_refuse (GError  **error,
             CsProblem problem)
{
  g_set_error_literal (error, CS_PROBLEM_QUARK, problem, "mask");

  return FALSE;
}

/* The bytes that came along: as many masks as the request says, and no more */
static CsMatte *
work_read_mask (CsWork              *self,
                const CsWireRequest *request,
                int                  max_side,
                guint                which,
                guint                n_masks,
                GError             **error)
{
  g_autoptr (CsMatte) mask = NULL;
  int         fd = self->fds[CS_FD_MASK];
  gsize       length = (gsize) MAX (request->width, 0) * MAX (request->height, 0);
  struct stat st;

  if (request->width <= 0 || request->height <= 0 || request->width > max_side || request->height > max_side ||
      length > CS_WIRE_MAX_MEGAPIXELS * G_GUINT64_CONSTANT (1000000))
    {
      work_refuse (error, CS_PROBLEM_REQUEST);
      return NULL;
    }
  if (fd < 0 || fstat (fd, &st) < 0 || !S_ISREG (st.st_mode) || (gsize) st.st_size != length * n_masks)
    {
      work_refuse (error, CS_PROBLEM_FILE);
      return NULL;
    }

  mask = cs_matte_new (request->width, request->height);
  if (cs_fd_read_at (fd, mask->alpha, length, which * length) != (gssize) length)
    {
      work_refuse (error, CS_PROBLEM_FILE);
      return NULL;
    }

  return g_steal_pointer (&mask);
}

static gboolean
work_take_matte (CsWork        *self,
                 const CsMatte *matte,
                 GError       **error)
{
  g_autofree char *hash = NULL;

  if (!(self->payload = cs_mask_file_write (matte, error)))
    return FALSE;

  hash = cs_hash_bytes (self->payload);
  g_strlcpy (self->answer.hash, hash, sizeof self->answer.hash);
  self->answer.width = matte->width;
  self->answer.height = matte->height;
  self->answer.kind = CS_KIND_PNG;

  return TRUE;
}

static gboolean
crop_is_sane (const CsWireCrop *crop)
{
  return crop->x >= 0 && crop->y >= 0 && crop->width > 0 && crop->height > 0 &&
         crop->x + crop->width <= 1.001 && crop->y + crop->height <= 1.001;
}

gboolean
cs_work_cutout (CsWork              *self,
                const CsWireRequest *request,
                CsSource            *source,
                GError             **error)
{
  guint         n_looks = request->closer.width > 0 ? 2 : 1;
  CsCutoutLooks looks = { .crop = request->closer };
  CsMaskVerdict verdict;
  g_autoptr (CsMatte) rough = NULL;
  g_autoptr (CsMatte) closer = NULL;
  g_autoptr (CsMatte) matte = NULL;
  g_autoptr (CsFrame) frame = NULL;
  int width, height, side;

  if (n_looks == 2 && !crop_is_sane (&request->closer))
    return work_refuse (error, CS_PROBLEM_REQUEST);
  if (!(rough = work_read_mask (self, request, MAX_ROUGH_SIDE, 0, n_looks, error)) ||
      (n_looks == 2 && !(closer = work_read_mask (self, request, MAX_ROUGH_SIDE, 1, n_looks, error))) ||
      !(frame = cs_source_decode (source, CS_CUTOUT_SIDE, FALSE, error)))
    return FALSE;

  width = source->width;
  height = source->height;
  side = MAX (width, height);
  if (request->max_side > 0 && side > request->max_side)
    {
      width = MAX (1, (int) (((gint64) width * request->max_side + side / 2) / side));
      height = MAX (1, (int) (((gint64) height * request->max_side + side / 2) / side));
    }

  looks.rough = rough;
  looks.closer = closer;
  matte = cs_cutout_make (&looks, frame, width, height, &verdict);
  self->answer.verdict = verdict;

  return work_take_matte (self, matte, error);
}

/* What a person brushed: kept as it is */
gboolean
cs_work_mask (CsWork              *self,
              const CsWireRequest *request,
              GError             **error)
{
  g_autoptr (CsMatte) mask = work_read_mask (self, request, MAX_MASK_SIDE, 0, 1, error);

  self->answer.verdict = CS_MASK_SURE;

  return mask != NULL && work_take_matte (self, mask, error);
}
