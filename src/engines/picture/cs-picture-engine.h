/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine.h"
#include "cs-image.h"

G_BEGIN_DECLS

/* Part of every input hash: raise it when the same photo would come out differently */
#define CS_PICTURE_ENGINE_VERSION "picture/2"

#define CS_TYPE_PICTURE_ENGINE (cs_picture_engine_get_type ())

/**
 * CsPictureEngine:
 *
 * Suggests a picture beside each photo: the product cut out and put on a quiet
 * background, straight, framed, in gentle light, and alike on all of a product's
 * photos. What it did stands in the remarks. Where it cannot tell where the
 * product is, the photo as it is stands as the suggestion.
 */
G_DECLARE_FINAL_TYPE (CsPictureEngine, cs_picture_engine, CS, PICTURE_ENGINE, CsEngine)

CsEngine  *cs_picture_engine_new (CsImage *image);
/* What suggest would make of one photo with these settings, small, as fast as a
 * hand moves. Resolves to CsPixels.
 */
DexFuture *cs_picture_engine_preview (CsPictureEngine *self,
                                      CsEngineRequest *request,
                                      gint64           photo,
                                      const char      *settings,
                                      int              max_side) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
