/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* OAuth 1.0a without a token ("one-legged"), RFC 5849, with HMAC-SHA256 */

/* What is signed: method, address without its query, and all parameters sorted */
char *cs_oauth1_dup_base_string (const char *method,
                                 const char *address);
/* The address with the parameters and their signature in its query. now: seconds
 * since 1970; nonce: never used before with that key. NULL where the address is none.
 */
char *cs_oauth1_sign_address (const char *method,
                              const char *address,
                              const char *key,
                              const char *secret,
                              const char *nonce,
                              gint64      now);

G_END_DECLS
