/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much of each pixel is product: 255 all of it, 0 none; rows without padding */
typedef struct
{
  int     width;
  int     height;
  guint8 *alpha;
} CsMatte;

CsMatte *cs_matte_new (int width,
                       int height);
void     cs_matte_free (CsMatte *self);
CsMatte *cs_matte_scale (const CsMatte *self,
                         int            width,
                         int            height);

static inline guint8 *
cs_matte_at (const CsMatte *self,
             int            x,
             int            y)
{
  return self->alpha + (gsize) y * self->width + x;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsMatte, cs_matte_free)

G_END_DECLS
