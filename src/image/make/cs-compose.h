/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-plan.h"

G_BEGIN_DECLS

CsFrame *cs_compose (const CsPlan  *plan,
                     const CsScene *scene,
                     CsFrame       *product,
                     const guint8  *alpha,
                     const CsFrame *backdrop);

G_END_DECLS
