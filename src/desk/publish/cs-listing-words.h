/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Parts of a listing that are kept as JSON, in words and lines for a person who
 * signs them. Each (transfer full); NULL where there is nothing to say.
 */

/* As the channel wrote it, where it is no price */
char *cs_listing_words_price (const char *price,
                              const char *currency);
/* A variant a line: "B-1-M: M, blue · 12.50 EUR · 3" */
char *cs_listing_words_variants (const char *variants,
                                 const char *currency);
/* Of terms, attributes and labels: "Shipping class: parcels", one a line */
char *cs_listing_words_members (const char *json);

G_END_DECLS
