/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-stage.h"

G_BEGIN_DECLS

void     cs_ghost_find (const CsStage *stage,
                        const CsFrame *painted,
                        CsWirePainted *found);
CsFrame *cs_ghost_mend (const CsStage       *stage,
                        const CsWirePainted *found,
                        CsFrame             *painted);

G_END_DECLS
