/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-engines.h"

G_BEGIN_DECLS

#define CS_TYPE_ENGINE_FORM (cs_engine_form_get_type ())

/**
 * CsEngineForm:
 *
 * What a model takes to be asked: key, address, name, price, budget. It is kept
 * and tried at once, and what came of that is said in words. Emits "done".
 */
G_DECLARE_FINAL_TYPE (CsEngineForm, cs_engine_form, CS, ENGINE_FORM, AdwNavigationPage)

/* setup: what is changed, or NULL for a new one */
AdwNavigationPage *cs_engine_form_new (CsEngines     *engines,
                                       CsProvider    *provider,
                                       CsEngineSetup *setup);

G_END_DECLS
