/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-request.h"

G_BEGIN_DECLS

#define CS_TYPE_HTTP (cs_http_get_type ())

/**
 * CsHttp:
 *
 * The one place that sends. Certificates are verified, redirects are not
 * followed (a request may carry a secret, and where it was meant to go is what
 * the person agreed to), plain http goes to this computer only and past any
 * proxy.
 */
G_DECLARE_FINAL_TYPE (CsHttp, cs_http, CS, HTTP, GObject)

/* What an answer may be at most */
typedef struct
{
  gsize bytes;   /* after decompression; 0 for 8 MiB */
  guint seconds; /* from the first to the last byte; 0 for 60 */
} CsHttpLimits;

CsHttp    *cs_http_new (void);
/* Resolves to a CsReply whatever its status. Rejects with CS_ERROR_LATER where
 * nothing was sent, CS_ERROR_UNKNOWN where it may have arrived, and
 * CS_ERROR_REFUSED where the address may not be sent to. Dropping the future
 * cancels the request.
 */
DexFuture *cs_http_send (CsHttp             *self,
                         CsRequest          *request,
                         const CsHttpLimits *limits) G_GNUC_WARN_UNUSED_RESULT;
gboolean   cs_http_is_loopback (GUri *uri);

G_END_DECLS
