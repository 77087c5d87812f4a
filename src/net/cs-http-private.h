/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-http.h"

G_BEGIN_DECLS

/* What sending and fetching share */

/* Past any proxy where the address is this computer's; borrowed */
SoupSession *cs_http_get_session (CsHttp *self,
                                  GUri   *uri);
/* Resolves to the stream of the answer, once its head is there */
DexFuture   *cs_http_begin (SoupSession *session,
                            SoupMessage *message) G_GNUC_WARN_UNUSED_RESULT;

SoupMessage *cs_http_make_message (CsRequest *request,
                                   GError   **error);
GError      *cs_http_explain (const char   *host,
                              gboolean      begun,
                              const GError *error);

G_END_DECLS
