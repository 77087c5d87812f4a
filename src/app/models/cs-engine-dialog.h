/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-engines.h"

G_BEGIN_DECLS

#define CS_TYPE_ENGINE_DIALOG (cs_engine_dialog_get_type ())

/**
 * CsEngineDialog:
 *
 * A model is added: who runs it, and then what it takes; or one is changed.
 */
G_DECLARE_FINAL_TYPE (CsEngineDialog, cs_engine_dialog, CS, ENGINE_DIALOG, AdwDialog)

AdwDialog *cs_engine_dialog_new (CsEngines   *engines,
                                 CsEngineKind kind);
/* setup: one that was added, or one that was found and has no id yet */
AdwDialog *cs_engine_dialog_new_for (CsEngines     *engines,
                                     CsEngineSetup *setup);

G_END_DECLS
