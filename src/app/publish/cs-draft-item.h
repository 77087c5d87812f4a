/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_DRAFT_ITEM (cs_draft_item_get_type ())

/* What would be sent, in a list. Properties, in words: title, picture, facts
 * (operation, pictures, price), finding, held (it cannot be sent), label.
 */
G_DECLARE_FINAL_TYPE (CsDraftItem, cs_draft_item, CS, DRAFT_ITEM, GObject)

CsDraftItem *cs_draft_item_new (CsDesk  *desk,
                                CsDraft *draft);
CsDraft     *cs_draft_item_get_draft (CsDraftItem *self);
const char  *cs_draft_get_operation (CsDraft *draft);
const char  *cs_draft_operation_get_label (CsOperation operation);
gboolean     cs_draft_fits (CsDraft *draft);
char        *cs_draft_dup_findings (CsDraft *draft);
/* "7 listings · 28 pictures · ¥49 – ¥199"; drafts: (element-type CsDraft), those that fit are counted */
char *cs_drafts_dup_summary (GPtrArray *drafts);
/* "5 new, 2 change what is there, 1 needs a mend" */
char *cs_drafts_dup_kinds (GPtrArray *drafts);

G_END_DECLS
