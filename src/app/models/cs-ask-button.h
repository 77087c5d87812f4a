/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_ASK_BUTTON (cs_ask_button_get_type ())

/**
 * CsAskButton:
 *
 * "Ask Qwen", with the other models behind it; not there where none was added.
 * It activates PREFIX.ask (s: the engine) and, where has-all is set, offers
 * PREFIX.ask-all. Properties: prefix, has-all, compact (no words), hint.
 */
G_DECLARE_FINAL_TYPE (CsAskButton, cs_ask_button, CS, ASK_BUTTON, AdwBin)

void cs_ask_button_set_desk (CsAskButton *self,
                             CsDesk      *desk);

G_END_DECLS
