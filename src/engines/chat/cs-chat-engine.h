/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-model-engine.h"

G_BEGIN_DECLS

#define CS_TYPE_CHAT_ENGINE (cs_chat_engine_get_type ())

/**
 * CsChatEngine:
 *
 * Texts by a chat model, from photos and facts: anybody who speaks the
 * OpenAI-compatible form, with what differs told by the provider's profile. A
 * reply is read with a tolerant parser, and every text of it is held against
 * the facts, whatever the model says it rests on. Nothing of a reply becomes
 * anything but the text of a pending suggestion. Give it its parts before it is
 * used, see cs_model_engine_set_parts().
 *
 * What is kept of a reply is canonical JSON:
 * {"content":"…","finish":"stop","form":1,"input":812,"output":301}
 */
G_DECLARE_FINAL_TYPE (CsChatEngine, cs_chat_engine, CS, CHAT_ENGINE, CsModelEngine)

CsEngine *cs_chat_engine_new (void);

G_END_DECLS
