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
  guint silence; /* seconds without a byte, of a stream; 0 for 60 */
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

/* An answer that is read while it comes */
#define CS_TYPE_HTTP_STREAM (cs_http_stream_get_type ())

G_DECLARE_FINAL_TYPE (CsHttpStream, cs_http_stream, CS, HTTP_STREAM, GObject)

/* Resolves to a CsHttpStream once its head is there, whatever its status; rejects
 * as cs_http_send() does. Letting the stream go closes the connection.
 */
DexFuture          *cs_http_open (CsHttp             *self,
                                  CsRequest          *request,
                                  const CsHttpLimits *limits) G_GNUC_WARN_UNUSED_RESULT;
guint               cs_http_stream_get_status (CsHttpStream *self);
SoupMessageHeaders *cs_http_stream_get_headers (CsHttpStream *self);
/* Resolves to #GBytes, empty at the end; rejects with CS_ERROR_UNKNOWN where it
 * broke off, fell silent, took too long or is far too long. One at a time.
 */
DexFuture          *cs_http_stream_read (CsHttpStream *self) G_GNUC_WARN_UNUSED_RESULT;

gboolean   cs_http_is_loopback (GUri *uri);

G_END_DECLS
