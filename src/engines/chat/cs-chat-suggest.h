/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine.h"

G_BEGIN_DECLS

/* What a kept answer comes to with the product as it is now, a pure function of
 * both; any thread. Each text is held against the facts. Sealed suggestions, of
 * which the first title is the one with the least that is in no fact. NULL with a
 * sentence where nothing in it can be read.
 */
GPtrArray *cs_chat_suggest (CsEngineRequest *request,
                            GBytes          *kept,
                            const char      *engine,
                            const char      *input,
                            gint64           sent,
                            GError         **error);

G_END_DECLS
