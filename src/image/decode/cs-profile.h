/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"

G_BEGIN_DECLS

void     cs_profile_to_srgb (CsFrame *frame,
                             GBytes  *profile);
CsFrame *cs_profile_cmyk_to_srgb (CsFrame *cmyk,
                                  GBytes  *profile);

G_END_DECLS
