/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-frame.h"

G_BEGIN_DECLS

/* Pixels on the longer side at which text is read best for its time */
#define CS_READING_SIDE 1600

void        cs_reading_prepare (gboolean now);
const char *cs_reading_get_folder (void);
const char *cs_reading_get_languages (void);
char       *cs_reading_to_json (const CsFrame *frame);

G_END_DECLS
