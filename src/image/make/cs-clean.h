/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"

G_BEGIN_DECLS

CsFrame *cs_clean (const CsFrame *frame);
void     cs_clean_blend (CsFrame       *frame,
                         const CsFrame *clean,
                         double         strength);

G_END_DECLS
