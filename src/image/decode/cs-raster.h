/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-wire.h"

G_BEGIN_DECLS

/* A bit for each CsKind that can be read; loads what reading them needs */
guint32  cs_raster_prepare (void);
CsFrame *cs_raster_decode (CsKind        kind,
                           const guint8 *data,
                           gsize         length,
                           GBytes      **profile,
                           int          *orientation,
                           gboolean     *cut_short,
                           GError      **error);

G_END_DECLS
