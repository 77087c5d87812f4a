/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"

G_BEGIN_DECLS

float *cs_region_weights (const CsFrame *frame);

G_END_DECLS
