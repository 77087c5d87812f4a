/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A marketplace on this computer that speaks as Etsy does, signs in with the
 * browser, and gives tokens that end. Codes and refresh tokens are for one use.
 * Runs where it was made.
 */
typedef struct _CsTokenMarket CsTokenMarket;

/* What a market did, and what it is told to do */
typedef struct
{
  guint    lifetime;    /* seconds that new tokens are said to be good for */
  gboolean is_down;     /* tokens: 503 */
  gboolean is_garbled;  /* tokens: 200 with a page */
  guint    n_exchanges; /* codes made tokens of */
  guint    n_refreshes;
  guint    n_refused;   /* asked for tokens with what is not good */
  guint    n_requests;  /* of anything but tokens */
  guint    n_turned_away; /* of these: with a token that is not good */
} CsTokenMarketTalk;

CsTokenMarket     *cs_token_market_new (void);
void               cs_token_market_free (CsTokenMarket *self);
char              *cs_token_market_dup_address (CsTokenMarket *self);
CsTokenMarketTalk *cs_token_market_get_talk (CsTokenMarket *self);
/* What the person allowed in the browser. authorize: the address that it was sent
 * to. (transfer full): the address that it is sent back to
 */
char              *cs_token_market_allow (CsTokenMarket *self,
                                          const char    *authorize);
/* The token that is good now is not any more; the one to make new ones with is, unless all */
void               cs_token_market_revoke (CsTokenMarket *self,
                                           gboolean       all);
/* What was told to nobody but the program: the tokens that are good now, after one another */
char             **cs_token_market_dup_secrets (CsTokenMarket *self);
/* (element-type JsonObject) (transfer none) */
GPtrArray         *cs_token_market_get_listings (CsTokenMarket *self);
/* A member of an address's query, decoded; NULL where it has none */
char              *cs_token_market_find_query (const char *address,
                                               const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsTokenMarket, cs_token_market_free)

G_END_DECLS
