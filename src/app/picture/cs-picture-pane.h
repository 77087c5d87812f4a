/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-review-sheet.h"

G_BEGIN_DECLS

#define CS_TYPE_PICTURE_PANE (cs_picture_pane_get_type ())

/**
 * CsPicturePane:
 *
 * The photo beside what is suggested for it, what was done to it in words, and
 * the controls that it is made with. Emits "stepped" (uint photo) when the person
 * goes to another photo. Property scroll-zooms.
 */
G_DECLARE_FINAL_TYPE (CsPicturePane, cs_picture_pane, CS, PICTURE_PANE, AdwBin)

void     cs_picture_pane_set_sheet (CsPicturePane *self,
                                    CsReviewSheet *sheet);
void     cs_picture_pane_set_photo (CsPicturePane *self,
                                    guint          photo);
guint    cs_picture_pane_get_photo (CsPicturePane *self);
gboolean cs_picture_pane_step (CsPicturePane *self,
                               int            step);
void     cs_picture_pane_set_swapped (CsPicturePane *self,
                                      gboolean       swapped);
void     cs_picture_pane_set_marked (CsPicturePane *self,
                                     gboolean       marked);
/* factor 0: fit */
void cs_picture_pane_zoom (CsPicturePane *self,
                           double         factor);
int  cs_picture_pane_get_wanted_side (CsPicturePane *self);
void cs_picture_pane_focus_controls (CsPicturePane *self);
/* Whether there is a picture that can still be made anew */
gboolean cs_picture_pane_is_open (CsPicturePane *self);
/* Whether there is a model that paints scenes ("review.paint" asks it) */
void     cs_picture_pane_set_can_paint (CsPicturePane *self,
                                        gboolean       can_paint);
void     cs_picture_pane_set_mask (CsPicturePane *self,
                                   const char    *mask);
void     cs_picture_pane_same_on_all (CsPicturePane *self);
void     cs_picture_pane_same_as_last (CsPicturePane *self);

G_END_DECLS
