/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cs-fd.h"
#include "cs-jpeg.h"
#include "cs-profile.h"
#include "cs-raster.h"
#include "cs-source.h"

static gboolean
source_fail (GError  **error,
             CsProblem problem)
{
  g_set_error_literal (error, CS_PROBLEM_QUARK, problem, "source");

  return FALSE;
}

static gboolean
source_read (CsSource *self,
             int       fd,
             GError  **error)
{
  struct stat st;
  gssize      n;

  if (fstat (fd, &st) < 0 || !S_ISREG (st.st_mode) || st.st_size > CS_WIRE_MAX_FILE)
    return source_fail (error, CS_PROBLEM_FILE);
  if (st.st_size == 0)
    return source_fail (error, CS_PROBLEM_EMPTY);

  self->data = g_malloc (st.st_size);
  if ((n = cs_fd_read_at (fd, self->data, st.st_size, 0)) < 0)
    return source_fail (error, CS_PROBLEM_FILE);
  self->length = n;

  return self->length > 0 || source_fail (error, CS_PROBLEM_EMPTY);
}

/* Reads the file behind @fd, looks at its header and its metadata, and refuses
 * what would not be a photo or would not fit
 */
gboolean
cs_source_open (CsSource *self,
                int       fd,
                GError  **error)
{
  *self = (CsSource) { 0 };

  if (!source_read (self, fd, error))
    return FALSE;

  cs_sniff (&self->sniff, self->data, self->length);
  if (self->sniff.kind == CS_KIND_SVG)
    return source_fail (error, CS_PROBLEM_SVG);
  if (self->sniff.kind == CS_KIND_UNKNOWN)
    return source_fail (error, CS_PROBLEM_NOT_A_PHOTO);
  if (self->sniff.width < 0 || self->sniff.height < 0 ||
      (double) self->sniff.width * self->sniff.height > CS_WIRE_MAX_MEGAPIXELS * 1e6)
    return source_fail (error, CS_PROBLEM_MEGAPIXELS);

  cs_metadata_read (&self->metadata, self->data, self->length);
  self->cut_short = self->sniff.cut_short;

  return TRUE;
}

/* At a size that costs little and is about @wanted_side; sRGB only once @profile is applied */
static CsFrame *
source_decode_raw (CsSource *self,
                   int       wanted_side,
                   int      *orientation,
                   GBytes  **profile,
                   GError  **error)
{
  CsFrame *frame;

  *orientation = self->metadata.orientation;
  if (self->sniff.kind == CS_KIND_JPEG)
    frame = cs_jpeg_decode (self->data, self->length, wanted_side, profile, &self->cut_short, error);
  else
    frame = cs_raster_decode (self->sniff.kind, self->data, self->length, profile, orientation,
                              &self->cut_short, error);
  if (frame == NULL)
    return NULL;

  self->width = self->sniff.kind == CS_KIND_JPEG ? self->sniff.width : frame->width;
  self->height = self->sniff.kind == CS_KIND_JPEG ? self->sniff.height : frame->height;
  if (*orientation >= 5 && *orientation <= 8)
    {
      int width = self->width;

      self->width = self->height;
      self->height = width;
    }

  return frame;
}

/**
 * cs_source_decode:
 * @wanted_side: pixels that the longer side should have about, 0 for all of them;
 *   what comes may be larger, or smaller where the photo is
 *
 * Returns: (nullable): sRGB, upright
 */
CsFrame *
cs_source_decode (CsSource *self,
                  int       wanted_side,
                  gboolean  keep_alpha,
                  GError  **error)
{
  g_autoptr (GBytes) profile = NULL;
  int      orientation;
  CsFrame *frame = source_decode_raw (self, wanted_side, &orientation, &profile, error);

  if (frame == NULL)
    return NULL;

  if (!keep_alpha || cs_frame_is_opaque (frame))
    frame = cs_frame_on_white (frame);
  if (wanted_side > 0 && cs_frame_side (frame) > wanted_side)
    frame = cs_frame_fit (frame, wanted_side);
  cs_profile_to_srgb (frame, profile);

  return cs_frame_upright (frame, orientation);
}

/* Without alpha, and not resampled: the smallest size that decoding itself gives
 * that has at least @side pixels on its longer side, or all that there are
 */
CsFrame *
cs_source_decode_no_smaller (CsSource *self,
                             int       side,
                             GError  **error)
{
  g_autoptr (GBytes) profile = NULL;
  int      orientation;
  CsFrame *frame = source_decode_raw (self, side * 10 / 9 + 1, &orientation, &profile, error);

  if (frame == NULL)
    return NULL;

  frame = cs_frame_on_white (frame);
  cs_profile_to_srgb (frame, profile);

  return cs_frame_upright (frame, orientation);
}

/* As cs_source_decode() without alpha, but never less than there is up to
 * @max_side: for what leaves, where a tenth of the size would be missed
 */
CsFrame *
cs_source_decode_at_least (CsSource *self,
                           int       max_side,
                           GError  **error)
{
  CsFrame *frame = cs_source_decode (self, max_side * 10 / 9 + 1, FALSE, error);

  return frame != NULL ? cs_frame_fit (frame, max_side) : NULL;
}

void
cs_source_clear (CsSource *self)
{
  g_clear_pointer (&self->data, g_free);
  cs_metadata_clear (&self->metadata);
}
