/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine.h"
#include "cs-image.h"

G_BEGIN_DECLS

#define CS_TYPE_PICTURE_ENGINE (cs_picture_engine_get_type ())

/**
 * CsPictureEngine:
 *
 * Suggests a picture beside each photo: upright, straight, cropped, with gentle
 * corrections of light. What it did stands in the remarks.
 */
G_DECLARE_FINAL_TYPE (CsPictureEngine, cs_picture_engine, CS, PICTURE_ENGINE, CsEngine)

CsEngine *cs_picture_engine_new (CsImage *image);

G_END_DECLS
