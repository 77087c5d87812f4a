/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-channel.h"
#include "cs-http.h"

G_BEGIN_DECLS

typedef struct
{
  CsAccount   *account;
  CsHttp      *http;
  CsRateLimit *limit;
  CsSecrets   *keyring; /* or NULL */
  GHashTable  *secrets; /* name → secret; NULL until they were asked for */
  JsonNode    *profile; /* or NULL */
  DexFuture   *refreshing; /* tokens that are on their way */
  gint64       refreshed_at; /* seconds since 1970 */
  char        *address;
  gint64       held_until;
  const char  *asked; /* borrowed: the address of the request whose reply is being read, or NULL */
  CsReply     *answer; /* borrowed: that reply, or NULL */
} CsChannelPrivate;

CsChannelPrivate *cs_channel_get_private (CsChannel *self);

/* cs-channel-fault.c: what a reply that is none means */
GError *cs_channel_explain (CsChannel     *self,
                            CsChannelStep *step,
                            CsReply       *reply,
                            JsonNode      *json);
/* A 2xx reply with an error inside */
GError *cs_channel_find_fault (CsChannel     *self,
                               CsChannelStep *step,
                               CsReply       *reply,
                               JsonNode      *json);

/* cs-channel-sign-in.c. All of these wait. */
gboolean cs_channel_await_secrets (CsChannel *self,
                                   GError   **error);
gboolean cs_channel_can_refresh (CsChannel *self);
gboolean cs_channel_await_refresh (CsChannel *self,
                                   GError   **error);

/* cs-channel-talk.c: one request, its turn, its answer. Wait. */
/* Comparing what was signed with what a channel shows, apart from any
 * marketplace; see cs_channel_compare()
 */
void cs_channel_compare_listing (CsListing       *listing,
                                 CsRemoteListing *remote,
                                 guint            rewrites,
                                 GPtrArray       *differences);
/* Of price and stock alone */
void cs_channel_compare_offer (CsListing       *listing,
                               CsRemoteListing *remote,
                               guint            rewrites,
                               GPtrArray       *differences);

G_END_DECLS
