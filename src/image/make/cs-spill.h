/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"

G_BEGIN_DECLS

void cs_spill_remove (CsFrame      *frame,
                      const guint8 *alpha);

G_END_DECLS
