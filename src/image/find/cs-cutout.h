/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-matte.h"
#include "cs-wire.h"

G_BEGIN_DECLS

/* The photo's longer side, in pixels, that the outline is looked for in */
#define CS_CUTOUT_SIDE 1280

CsMatte      *cs_cutout_refine (const CsMatte *rough,
                                const CsFrame *frame,
                                int            width,
                                int            height);
CsMaskVerdict cs_cutout_judge (const CsMatte *rough);

G_END_DECLS
