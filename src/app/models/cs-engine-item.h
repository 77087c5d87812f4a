/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "cs-engine-setup.h"

G_BEGIN_DECLS

#define CS_TYPE_ENGINE_ITEM (cs_engine_item_get_type ())

/**
 * CsEngineItem:
 *
 * A model that the seller added, as its row shows it. Properties, all to read:
 * title, where, agreed, cost, fraction, has-budget, never-photos, writes, said,
 * trouble, busy, idle, label.
 */
G_DECLARE_FINAL_TYPE (CsEngineItem, cs_engine_item, CS, ENGINE_ITEM, GObject)

CsEngineItem  *cs_engine_item_new (CsEngineSetup *setup);
CsEngineSetup *cs_engine_item_get_setup (CsEngineItem *self);
const char    *cs_engine_item_get_id (CsEngineItem *self);
void           cs_engine_item_set_setup (CsEngineItem  *self,
                                         CsEngineSetup *setup);
/* micros of this month, see CsSentSums; unpriced: some of it has no price */
void           cs_engine_item_set_spent (CsEngineItem *self,
                                         gint64        spent,
                                         gboolean      unpriced);
/* Something is being done with it: nothing else can be, until it is done */
void           cs_engine_item_set_busy (CsEngineItem *self,
                                        gboolean      busy);
/* What a test came to, or why what was wanted last did not come about; or NULL */
void           cs_engine_item_set_said (CsEngineItem *self,
                                        const char   *said,
                                        const char   *trouble);

/* The name of the computer that an address leads to, "api.deepseek.com" */
char          *cs_engine_setup_dup_host (CsEngineSetup *setup);

G_END_DECLS
