/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cs-money.h"

G_BEGIN_DECLS

/* What adapters write and read JSON with. Where the value is NULL, nothing is set. */
JsonObject *cs_channel_json_make_root (JsonNode **root);
void        cs_channel_json_set_string (JsonObject *object,
                                        const char *member,
                                        const char *text);
/* strings: NULL is an empty list */
void        cs_channel_json_set_strings (JsonObject *object,
                                         const char *member,
                                         char      **strings);
/* json: canonical JSON that becomes part of the whole */
void        cs_channel_json_set_tree (JsonObject *object,
                                      const char *member,
                                      const char *json);
/* "12.50" as a string; nothing where no price was given */
void        cs_channel_json_set_price (JsonObject    *object,
                                       const char    *member,
                                       const CsMoney *price);
/* Of what a channel names with a number or with a string: "17", or NULL */
char       *cs_channel_json_dup_id (JsonObject *object,
                                    const char *member);
/* A decimal as machines write it, "1234.5", or a whole number: never read with a
 * person's separators. FALSE where it is none, or has more decimals than the currency.
 */
gboolean    cs_channel_json_get_price (JsonObject *object,
                                       const char *member,
                                       const char *currency,
                                       CsMoney    *price);
/* "12.50 EUR", rounded where a channel says it with more decimals than the currency
 * has; as it is where it is no decimal; NULL where there is none
 */
char       *cs_channel_json_dup_price (JsonObject *object,
                                       const char *member,
                                       const char *currency);

G_END_DECLS
