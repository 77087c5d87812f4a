/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_ENTRY_ITEM (cs_entry_item_get_type ())

/**
 * CsEntryItem:
 *
 * A listing on its way to a channel, or there, as the list of what is
 * published shows it. Properties, in words: title, thumbnail, where (channel
 * and time), pill, pill-classes, message, has-message, busy, mend (the label
 * of the button that mends it), can-mend, can-review, label.
 */
G_DECLARE_FINAL_TYPE (CsEntryItem, cs_entry_item, CS, ENTRY_ITEM, GObject)

CsEntryItem   *cs_entry_item_new (CsDesk        *desk,
                                  CsOutboxEntry *entry);
CsDesk        *cs_entry_item_get_desk (CsEntryItem *self);
CsOutboxEntry *cs_entry_item_get_entry (CsEntryItem *self);
void           cs_entry_item_set_entry (CsEntryItem   *self,
                                        CsOutboxEntry *entry);

G_END_DECLS
