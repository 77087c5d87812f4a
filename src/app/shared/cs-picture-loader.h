/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_PICTURE_LOADER (cs_picture_loader_get_type ())

/**
 * CsPictureLoader:
 *
 * Kept pictures as textures, off the main thread, and the last ones used kept
 * within a bound of bytes. Thumbnails are JPEG that our own helper wrote and
 * are read as files; everything else is decoded in the helper.
 */
G_DECLARE_FINAL_TYPE (CsPictureLoader, cs_picture_loader, CS, PICTURE_LOADER, GObject)

/* max_side of a picture that is a thumbnail blob */
#define CS_PICTURE_THUMBNAIL 0

CsPictureLoader *cs_picture_loader_get (CsDesk *desk);
/* Resolves to a #GdkTexture */
DexFuture *cs_picture_loader_load (CsPictureLoader *self,
                                   const char      *hash,
                                   int              max_side) G_GNUC_WARN_UNUSED_RESULT;
/* The texture if it is at hand, else NULL */
GdkTexture *cs_picture_loader_dup_cached (CsPictureLoader *self,
                                          const char      *hash,
                                          int              max_side);

/* What the desk gives as pixels, a #GVariant (iiib@ay); NULL where it is none */
GdkTexture *cs_picture_texture_new (GVariant *pixels,
                                    GError  **error);

#define CS_TYPE_PICTURE_PAINTABLE (cs_picture_paintable_get_type ())

/**
 * CsPicturePaintable:
 *
 * A kept picture to be drawn: empty at first, loads when it is first drawn, and
 * then invalidates itself. Properties: hash, loaded, and failed (a sentence).
 */
G_DECLARE_FINAL_TYPE (CsPicturePaintable, cs_picture_paintable, CS, PICTURE_PAINTABLE, GObject)

/* NULL hash gives NULL */
GdkPaintable *cs_picture_paintable_new (CsDesk     *desk,
                                        const char *hash,
                                        int         max_side);
const char   *cs_picture_paintable_get_hash (CsPicturePaintable *self);
/* The texture that is shown, or NULL as long as there is none */
GdkTexture *cs_picture_paintable_get_texture (CsPicturePaintable *self);
/* Begins to load before it is drawn */
void cs_picture_paintable_preload (CsPicturePaintable *self);

G_END_DECLS
