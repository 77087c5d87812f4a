/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_BRUSH_VIEW (cs_brush_view_get_type ())

/**
 * CsBrushView:
 *
 * One photo under the brush: the canvas and what belongs to it. Emits "done"
 * (string hash) with the hash of the mask that was kept, for a recipe's "mask",
 * and "cancelled" where all is left as it was; either way it has let go of the
 * photo then. What goes wrong is reported to the window.
 */
G_DECLARE_FINAL_TYPE (CsBrushView, cs_brush_view, CS, BRUSH_VIEW, AdwBin)

void cs_brush_view_open (CsBrushView *self,
                         CsDesk      *desk,
                         gint64       product,
                         CsPhoto     *photo);
/* Leaves all as it was */
void cs_brush_view_cancel (CsBrushView *self);

G_END_DECLS
