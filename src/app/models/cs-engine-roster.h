/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "cs-engines.h"

G_BEGIN_DECLS

#define CS_TYPE_ENGINE_ROSTER (cs_engine_roster_get_type ())

/**
 * CsEngineRoster:
 *
 * The models that were added, at hand: what each is called, and which is asked
 * where the person does not say. One for each CsEngines. Emits "changed".
 */
G_DECLARE_FINAL_TYPE (CsEngineRoster, cs_engine_roster, CS, ENGINE_ROSTER, GObject)

/* Borrowed; engines may be NULL, and so is what comes back then */
CsEngineRoster *cs_engine_roster_get (CsEngines *engines);
guint           cs_engine_roster_get_n (CsEngineRoster *self);
CsEngineSetup  *cs_engine_roster_get_nth (CsEngineRoster *self,
                                          guint           index);
/* NULL where it is not there any more */
CsEngineSetup  *cs_engine_roster_find (CsEngineRoster *self,
                                       const char     *id);
/* The one that was asked last, else the first that writes; or NULL */
CsEngineSetup  *cs_engine_roster_get_usual (CsEngineRoster *self);
/* Of those that paint scenes the one that was asked last, else the first; or NULL */
CsEngineSetup  *cs_engine_roster_get_painter (CsEngineRoster *self);
void            cs_engine_roster_set_usual (CsEngineRoster *self,
                                            const char     *id);
/* What a suggestion's engine is called, in few words: "Countersign", "Qwen" */
char           *cs_engine_roster_dup_name (CsEngineRoster *self,
                                           const char     *engine);

G_END_DECLS
