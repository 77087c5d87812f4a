/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-lab.h"
#include "cs-source.h"
#include "cs-wire.h"

G_BEGIN_DECLS

CsHow    cs_ground_choose (guint32 background,
                           CsLab   product,
                           guint8 *rgb);
CsFrame *cs_ground_decode (int      fd,
                           int      width,
                           int      height,
                           char   **labels,
                           GError **error);

G_END_DECLS
