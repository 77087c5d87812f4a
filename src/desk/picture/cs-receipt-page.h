/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-receipt.h"
#include "cs-suggestion.h"

G_BEGIN_DECLS

/* A picture and its receipt as one page that a buyer understands: HTML that
 * needs nothing else, and runs nothing
 */
char *cs_receipt_page_write (CsReceipt    *receipt,
                             CsSuggestion *suggestion,
                             GBytes       *picture,
                             const char   *mime);

G_END_DECLS
