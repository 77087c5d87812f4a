/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-matte.h"

G_BEGIN_DECLS

void cs_outline_follow (CsMatte       *matte,
                        const CsFrame *frame,
                        int            reach);

G_END_DECLS
