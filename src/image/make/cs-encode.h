/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-image.h"
#include "cs-wire.h"

G_BEGIN_DECLS

#define CS_ENCODE_WEBP_SIDE 16383 /* the most that the format can say */

GBytes *cs_encode (const CsFrame *frame,
                   guint32        format,
                   int            quality,
                   const char    *xmp,
                   CsKind        *kind,
                   GError       **error);

/* Four bytes a pixel, lossless, no metadata */
GBytes *cs_encode_png_alpha (const CsFrame *frame,
                             GError       **error);

G_END_DECLS
