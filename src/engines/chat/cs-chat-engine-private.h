/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-chat-engine.h"

G_BEGIN_DECLS

/* How long it waits before it asks a busy provider again the first time; a second
 * unless told otherwise. For tests.
 */
void cs_chat_engine_set_pace (CsChatEngine *self,
                              guint         msec);

G_END_DECLS
