/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-matte.h"
#include "cs-source.h"
#include "cs-wire.h"

G_BEGIN_DECLS

/* The product as it lies in the outgoing picture, on a plain ground, on a canvas
 * of the size that a model takes: what a scene is to be painted around
 */
typedef struct
{
  CsFrame *canvas;
  CsMatte *alpha;  /* of the product, on the canvas */
  CsRect   inside; /* of the canvas, what is the picture; the rest is ground */
} CsStage;

gboolean cs_stage_make (CsStage             *self,
                        CsSource            *source,
                        const CsWireRequest *request,
                        const int           *fds,
                        GError             **error);
void     cs_stage_clear (CsStage *self);
/* PNG with alpha: 0 where may be painted, 255 where the product is */
GBytes  *cs_stage_write_mask (const CsStage *self,
                              GError       **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsStage, cs_stage_clear)

G_END_DECLS
