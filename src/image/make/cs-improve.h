/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-source.h"

G_BEGIN_DECLS

CsFrame *cs_improve (CsSource            *source,
                     const CsWireRequest *request,
                     CsWirePart          *parts,
                     GError             **error);

G_END_DECLS
