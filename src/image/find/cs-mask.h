/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"

G_BEGIN_DECLS

/* A byte a pixel, 255 where something is: what is done to such masks */
void  cs_mask_smooth (guint8 *mask,
                      int     width,
                      int     height,
                      int     least);
GArray *cs_mask_label (const guint8 *mask,
                       int          *labels,
                       int           width,
                       int           height);
float cs_mask_keep_pieces (guint8 *mask,
                           int     width,
                           int     height);
int   cs_mask_drop_specks (guint8 *mask,
                           int     width,
                           int     height,
                           double  share);
void  cs_mask_fill_holes (guint8 *mask,
                          int     width,
                          int     height);
int   cs_mask_box (const guint8 *mask,
                   int           width,
                   int           height,
                   CsRect       *box);

G_END_DECLS
