/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-wire.h"
#include "cs-frame.h"

G_BEGIN_DECLS

CsFrame *cs_preview (const CsWireRequest *request,
                     const int           *fds,
                     GError             **error);
void     cs_preview_forget (void);

G_END_DECLS
