/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"

G_BEGIN_DECLS

#define CS_STRAIGHTEN_MAX 5.0 /* degrees */

gboolean cs_straighten_find (const CsFrame *frame,
                             double        *degrees);
void     cs_straighten_inside (int     width,
                               int     height,
                               double  degrees,
                               CsRect *inside);

G_END_DECLS
