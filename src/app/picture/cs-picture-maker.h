/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-review-sheet.h"

G_BEGIN_DECLS

#define CS_TYPE_PICTURE_MAKER (cs_picture_maker_get_type ())

/**
 * CsPictureMaker:
 *
 * Has the picture of one item made anew: small and at once for a hand that is
 * on a slider, and whole when it let go. Of each kind there is never more than
 * one under way, and what was asked for last is what counts. While the whole
 * one is made the item is busy, and its review sheet is read anew before
 * "made"; that goes on when another item is taken meanwhile.
 *
 * Signals:
 * "previewed" (GdkTexture): how it would be
 * "preview-failed" (string): a sentence
 * "made" (string settings, string): a sentence where it could not be, else NULL
 */
G_DECLARE_FINAL_TYPE (CsPictureMaker, cs_picture_maker, CS, PICTURE_MAKER, GObject)

CsPictureMaker *cs_picture_maker_new (void);
/* sheet and item NULL: none */
void cs_picture_maker_take (CsPictureMaker *self,
                            CsReviewSheet  *sheet,
                            CsReviewItem   *item);
void cs_picture_maker_preview (CsPictureMaker *self,
                               const char     *settings,
                               int             max_side);
/* What is on its way is not shown any more */
void     cs_picture_maker_drop_preview (CsPictureMaker *self);
void     cs_picture_maker_make (CsPictureMaker *self,
                                const char     *settings);
gboolean cs_picture_maker_is_making (CsPictureMaker *self);

G_END_DECLS
