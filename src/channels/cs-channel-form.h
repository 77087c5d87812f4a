/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-request.h"

G_BEGIN_DECLS

/* Requests that are forms, amounts and texts, as marketplaces want and give them */
/* For marketplaces that want an amount as a number: in the request's body each
 * member of that name that is a decimal in quotes ("12.50") loses them, so
 * that no amount ever was a floating point number.
 */
void     cs_channel_form_bare_decimals (CsRequest  *request,
                                        const char *member);
/* 1250 of 100 parts → "12.50"; NULL where it cannot be said in decimals */
char    *cs_channel_form_dup_amount (gint64 amount,
                                     gint64 divisor);
/* name=value of application/x-www-form-urlencoded; a NULL value adds nothing */
void     cs_channel_form_add (GString    *form,
                              const char *name,
                              const char *value);
void     cs_channel_form_send (GString   *form,
                               CsRequest *request);

/* &amp; &lt; &gt; &quot; and numbers, as marketplaces put them into plain texts */
char    *cs_channel_form_decode (const char *text);
/* Whether a SKU is a key that we minted: it stands in for a missing one */
gboolean cs_channel_form_is_key (const char *sku);

G_END_DECLS
