/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pixels in memory: rows without padding, 3 bytes (RGB) or 4 (RGBA) a pixel */
typedef struct
{
  int            width;
  int            height;
  int            channels;
  guint8        *data;
  gpointer       owner; /* of data, where it is not ours to free */
  GDestroyNotify release;
} CsFrame;

typedef struct
{
  int x;
  int y;
  int width;
  int height;
} CsRect;

CsFrame *cs_frame_new (int width,
                       int height,
                       int channels);
void     cs_frame_free (CsFrame *self);
CsFrame *cs_frame_scale (const CsFrame *self,
                         int            width,
                         int            height);
CsFrame *cs_frame_fit (CsFrame *self,
                       int      max_side);
CsFrame *cs_frame_upright (CsFrame *self,
                           int      orientation);
CsFrame *cs_frame_crop (const CsFrame *self,
                        const CsRect  *rect);
CsFrame *cs_frame_rotate (const CsFrame *self,
                          double         degrees);
CsFrame *cs_frame_on_white (CsFrame *self);
gboolean cs_frame_is_opaque (const CsFrame *self);

static inline guint8 *
cs_frame_at (const CsFrame *self,
             int            x,
             int            y)
{
  return self->data + ((gsize) y * self->width + x) * self->channels;
}

static inline int
cs_frame_side (const CsFrame *self)
{
  return MAX (self->width, self->height);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsFrame, cs_frame_free)

G_END_DECLS
