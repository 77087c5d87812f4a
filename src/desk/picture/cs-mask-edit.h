/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * CsMaskEdit:
 *
 * The mask of one photo under a brush: what the person brings back or takes
 * away follows the edges that are there. Of the photo's shape, at most 1600
 * pixels on the longer side. Main thread only.
 *
 * Signals:
 * "changed" (int x, int y, int width, int height): these pixels of the mask.
 * Properties: "can-undo", "can-redo".
 */
#define CS_TYPE_MASK_EDIT (cs_mask_edit_get_type ())

G_DECLARE_FINAL_TYPE (CsMaskEdit, cs_mask_edit, CS, MASK_EDIT, GObject)

typedef enum
{
  CS_BRUSH_BRING_BACK,
  CS_BRUSH_TAKE_AWAY,
} CsBrushKind;

int           cs_mask_edit_get_width (CsMaskEdit *self);
int           cs_mask_edit_get_height (CsMaskEdit *self);
/* The photo, 8-bit sRGB, width × height × 3 bytes; borrowed */
const guint8 *cs_mask_edit_get_photo (CsMaskEdit *self);
/* width × height bytes, 255 product; borrowed, changes with each stroke */
const guint8 *cs_mask_edit_get_mask (CsMaskEdit *self);
/* x, y and radius in parts of the photo's width, height and longer side; pressure 0..1 */
void          cs_mask_edit_begin_stroke (CsMaskEdit *self,
                                         CsBrushKind kind,
                                         double      radius,
                                         double      x,
                                         double      y,
                                         double      pressure);
void          cs_mask_edit_move_stroke (CsMaskEdit *self,
                                        double      x,
                                        double      y,
                                        double      pressure);
void          cs_mask_edit_end_stroke (CsMaskEdit *self);
gboolean      cs_mask_edit_can_undo (CsMaskEdit *self);
gboolean      cs_mask_edit_can_redo (CsMaskEdit *self);
void          cs_mask_edit_undo (CsMaskEdit *self);
void          cs_mask_edit_redo (CsMaskEdit *self);

G_END_DECLS
