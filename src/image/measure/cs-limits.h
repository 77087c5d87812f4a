/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-wire.h"

G_BEGIN_DECLS

void     cs_limits_find (const CsWireSettings *settings,
                         CsWireChange         *limit);
gboolean cs_limits_allow_light (const CsWireSettings *settings,
                                const CsWireLight    *light);
gboolean cs_limits_allow_geometry (const CsWireGeometry *geometry,
                                   double                aspect);

G_END_DECLS
