/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"

G_BEGIN_DECLS

guint64 cs_likeness (const CsFrame *frame);

G_END_DECLS
