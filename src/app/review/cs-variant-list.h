/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"
#include "cs-review-item.h"

G_BEGIN_DECLS

#define CS_TYPE_VARIANT_LIST (cs_variant_list_get_type ())

/* As many of one engine stand as numbers in the row's head */
#define CS_VARIANTS_IN_HEAD 3

/**
 * CsVariantList:
 *
 * What several engines suggest for one item, a line each, beside each other. It
 * is not there where one engine alone suggests. Emits "chosen" (uint index).
 */
G_DECLARE_FINAL_TYPE (CsVariantList, cs_variant_list, CS, VARIANT_LIST, AdwBin)

/* Returns whether there is anything to choose between several engines */
gboolean cs_variant_list_set_item (CsVariantList *self,
                                   CsDesk        *desk,
                                   CsReviewItem  *item);

G_END_DECLS
