/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-draft-words.h"
#include "cs-json.h"
#include "cs-listing-words.h"

static char *
dup_number (gint64 number)
{
  return number >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;
}

/* Takes both */
static char *
dup_change (char *was,
            char *is)
{
  g_autofree char *before = was;
  g_autofree char *after = is;

  if (before == NULL || after == NULL || g_str_equal (before, after))
    return g_steal_pointer (&after);

  return g_strdup_printf ("%s → %s", before, after);
}

char *
cs_draft_words_price (CsListing *listing)
{
  g_autoptr (JsonNode) node = listing->seen != NULL ? cs_json_parse (listing->seen, -1, NULL) : NULL;

  return dup_change (cs_listing_words_price (cs_json_string (cs_json_node_object (node), "price", NULL), listing->price.currency),
                     *listing->price.currency != '\0' ? cs_money_to_display (&listing->price) : NULL);
}

char *
cs_draft_words_stock (CsListing *listing)
{
  g_autoptr (JsonNode) node = listing->seen != NULL ? cs_json_parse (listing->seen, -1, NULL) : NULL;

  return dup_change (dup_number (cs_json_int (cs_json_node_object (node), "stock", -1)), dup_number (listing->stock));
}
