/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cs-frame.h"
#include "cs-lab.h"

G_BEGIN_DECLS

const char *cs_colours_name (CsLab lab);
JsonArray  *cs_colours_read (const CsFrame *frame);

G_END_DECLS
