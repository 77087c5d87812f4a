/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-listing.h"

G_BEGIN_DECLS

/* What is signed, as a seller reads it; NULL where there is nothing to say */

/* "€89.00", or "€89.00 → €79.00" where price and stock alone go out and it stands otherwise there */
char *cs_draft_words_price (CsListing *listing);
/* "5", or "7 → 5" */
char *cs_draft_words_stock (CsListing *listing);

G_END_DECLS
