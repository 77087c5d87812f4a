/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-matte.h"

G_BEGIN_DECLS

void cs_strands_drop (CsMatte *matte);

G_END_DECLS
