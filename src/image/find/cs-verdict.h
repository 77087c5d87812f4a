/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"
#include "cs-matte.h"
#include "cs-wire.h"

G_BEGIN_DECLS

CsMaskVerdict cs_verdict_find (const CsMatte *rough,
                               const CsFrame *frame,
                               double         agreement);

G_END_DECLS
