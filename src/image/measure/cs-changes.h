/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-measure.h"

G_BEGIN_DECLS

CsFrame *cs_changes_draw (const CsMeasure *self,
                          const CsFrame   *finished,
                          CsKind           kind,
                          int              max_side,
                          GError         **error);

G_END_DECLS
