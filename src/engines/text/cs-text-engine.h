/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine.h"

G_BEGIN_DECLS

#define CS_TYPE_TEXT_ENGINE (cs_text_engine_get_type ())

/**
 * CsTextEngine:
 *
 * Suggests titles, a description, bullet points, keywords and picture
 * descriptions from what the seller gave and nothing else. No model and no
 * network: facts are gathered, each with where it comes from, and put together.
 */
G_DECLARE_FINAL_TYPE (CsTextEngine, cs_text_engine, CS, TEXT_ENGINE, CsEngine)

CsEngine *cs_text_engine_new (void);

G_END_DECLS
