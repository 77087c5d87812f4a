/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-photo.h"
#include "cs-suggestion.h"

G_BEGIN_DECLS

#define CS_TYPE_RECEIPT_BADGE (cs_receipt_badge_get_type ())

/**
 * CsReceiptBadge:
 *
 * What a suggested picture changed of its photo, in a few words and a colour;
 * the whole receipt in words when it is pressed. Emits "save" when the person
 * wants to have both as files.
 */
G_DECLARE_FINAL_TYPE (CsReceiptBadge, cs_receipt_badge, CS, RECEIPT_BADGE, AdwBin)

/* Hidden where there is no suggestion, or no receipt with it */
void cs_receipt_badge_set (CsReceiptBadge *self,
                           CsSuggestion   *suggestion,
                           CsPhoto        *photo);

G_END_DECLS
