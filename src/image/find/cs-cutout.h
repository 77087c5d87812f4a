/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-matte.h"
#include "cs-wire.h"

G_BEGIN_DECLS

/* The photo's longer side, in pixels, that the outline is looked for in */
#define CS_CUTOUT_SIDE 1280

/* What a network made of a photo, and at a second look of a part of it */
typedef struct
{
  const CsMatte *rough;
  const CsMatte *closer; /* or NULL */
  CsWireCrop     crop;   /* of the photo, that it is of */
} CsCutoutLooks;

CsMatte *cs_cutout_make (const CsCutoutLooks *looks,
                         const CsFrame       *frame,
                         int                  width,
                         int                  height,
                         CsMaskVerdict       *verdict);

G_END_DECLS
