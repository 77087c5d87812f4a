/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"

G_BEGIN_DECLS

CsFrame *cs_jpeg_decode (const guint8 *data,
                         gsize         length,
                         int           wanted_side,
                         GBytes      **profile,
                         gboolean     *cut_short,
                         GError      **error);
GBytes  *cs_jpeg_encode (const CsFrame *frame,
                         int            quality,
                         const char    *xmp,
                         GError       **error);

G_END_DECLS
