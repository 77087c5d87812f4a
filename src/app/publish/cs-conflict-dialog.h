/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_CONFLICT_DIALOG (cs_conflict_dialog_get_type ())

/**
 * CsConflictDialog:
 *
 * What only a person can tell: the listing as it was, as it is in the shop now
 * and as it was approved, and the answers as buttons with a key each. What is
 * to be sent over it is shown again and signed like anything else.
 */
G_DECLARE_FINAL_TYPE (CsConflictDialog, cs_conflict_dialog, CS, CONFLICT_DIALOG, AdwDialog)

AdwDialog *cs_conflict_dialog_new (CsDesk        *desk,
                                   CsOutboxEntry *entry);

G_END_DECLS
