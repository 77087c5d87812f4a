/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-image.h"

static void
cs_image_info_clear (CsImageInfo *self)
{
  g_free (self->hash);
  g_free (self->mime);
  g_free (self->labels);
  g_free (self->finding);
  g_clear_pointer (&self->thumbnail, g_bytes_unref);
}

CS_DEFINE_RECORD (CsImageInfo, cs_image_info)

static void
cs_pixels_clear (CsPixels *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

CS_DEFINE_RECORD (CsPixels, cs_pixels)

static void
cs_picture_clear (CsPicture *self)
{
  g_clear_pointer (&self->file, g_bytes_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self->hash);
  g_free (self->mime);
  g_free (self->receipt);
}

CS_DEFINE_RECORD (CsPicture, cs_picture)

static void
cs_picture_light_clear (CsPictureLight *self)
{
}

CS_DEFINE_RECORD (CsPictureLight, cs_picture_light)

static void
cs_staging_clear (CsStaging *self)
{
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_clear_pointer (&self->mask, g_bytes_unref);
  g_free (self->hash);
}

CS_DEFINE_RECORD (CsStaging, cs_staging)

static void
cs_painted_scene_clear (CsPaintedScene *self)
{
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self->hash);
  g_free (self->sentence);
}

CS_DEFINE_RECORD (CsPaintedScene, cs_painted_scene)

static void
cs_cutout_clear (CsCutout *self)
{
  g_clear_pointer (&self->mask, g_bytes_unref);
  g_free (self->hash);
  g_free (self->sentence);
}

CS_DEFINE_RECORD (CsCutout, cs_cutout)
