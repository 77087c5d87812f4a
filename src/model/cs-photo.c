/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-photo.h"

static void
cs_photo_clear (CsPhoto *self)
{
  g_free (self->hash);
  g_free (self->thumbnail);
  g_free (self->name);
  g_free (self->folder);
  g_free (self->mime);
  g_free (self->labels);
  g_free (self->finding);
}

CS_DEFINE_RECORD (CsPhoto, cs_photo)

gboolean
cs_photo_is_like (const CsPhoto *a,
                  const CsPhoto *b)
{
  return __builtin_popcountll (a->likeness ^ b->likeness) <= CS_PHOTO_LIKENESS_DISTANCE;
}
