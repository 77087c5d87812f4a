/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-http-private.h"

#define DEFAULT_BYTES   (8 * 1024 * 1024)
#define DEFAULT_SECONDS 60
#define CHUNK           (64 * 1024)

#define MOST_CONNECTIONS 64

struct _CsHttp
{
  GObject parent_instance;

  SoupSession *outside;
  SoupSession *loopback; /* past any proxy */
};

G_DEFINE_FINAL_TYPE (CsHttp, cs_http, G_TYPE_OBJECT)

/* One request on its way; shared by the fiber that talks and the one that
 * watches the clock.
 */
typedef struct
{
  CsHttp      *http;
  SoupMessage *message;
  char        *host;
  gsize        bytes;
  guint        seconds;
  gboolean     begun; /* libsoup began to write: from here on it may have arrived */
} Exchange;

static void
exchange_clear (Exchange *self)
{
  g_clear_object (&self->http);
  g_clear_object (&self->message);
  g_free (self->host);
}

static void
exchange_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, (GDestroyNotify) exchange_clear);
}

static void
exchange_unref_closure (gpointer  data,
                        GClosure *closure)
{
  exchange_unref (data);
}

static void
cs_http_dispose (GObject *object)
{
  CsHttp *self = CS_HTTP (object);

  g_clear_object (&self->outside);
  g_clear_object (&self->loopback);

  G_OBJECT_CLASS (cs_http_parent_class)->dispose (object);
}

static void
cs_http_class_init (CsHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_http_dispose;
}

static void
cs_http_init (CsHttp *self)
{
  /* How long and how many at once is for the caller to say: a model may think
   * for minutes, and its limit is not that of a browser
   */
  self->outside = soup_session_new_with_options ("user-agent", "Countersign/" CS_VERSION,
                                                 "timeout", 0,
                                                 "max-conns", MOST_CONNECTIONS,
                                                 "max-conns-per-host", MOST_CONNECTIONS,
                                                 NULL);
  self->loopback = soup_session_new_with_options ("user-agent", "Countersign/" CS_VERSION,
                                                  "timeout", 0,
                                                  "max-conns", MOST_CONNECTIONS,
                                                  "max-conns-per-host", MOST_CONNECTIONS,
                                                  "proxy-resolver", NULL,
                                                  NULL);
}

CsHttp *
cs_http_new (void)
{
  return g_object_new (CS_TYPE_HTTP, NULL);
}

/**
 * cs_http_is_loopback:
 *
 * Looks at the address as it is written; no name is looked up, so that none
 * can be made to point here.
 */
gboolean
cs_http_is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") == 0 ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

SoupSession *
cs_http_get_session (CsHttp *self,
                     GUri   *uri)
{
  return cs_http_is_loopback (uri) ? self->loopback : self->outside;
}

static void
starting_cb (SoupMessage *message,
             Exchange    *exchange)
{
  exchange->begun = TRUE;
}

static void
send_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  GInputStream *stream;

  if ((stream = soup_session_send_finish (SOUP_SESSION (object), result, &error)))
    dex_promise_resolve_object (promise, stream);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

DexFuture *
cs_http_begin (SoupSession *session,
               SoupMessage *message)
{
  DexPromise *promise = dex_promise_new_cancellable ();

  soup_session_send_async (session, message, G_PRIORITY_DEFAULT,
                           dex_promise_get_cancellable (promise),
                           send_cb, dex_ref (promise));

  return DEX_FUTURE (promise);
}

/* Resolves to a CsReply */
static DexFuture *
exchange_fiber (gpointer user_data)
{
  Exchange    *self = user_data;
  SoupSession *session = cs_http_get_session (self->http, soup_message_get_uri (self->message));
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (CsReply) reply = cs_reply_new ();
  g_autoptr (GError) error = NULL;

  if (!(stream = dex_await_object (cs_http_begin (session, self->message), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (;;)
    {
      g_autoptr (GBytes) chunk = NULL;

      if (!(chunk = dex_await_boxed (dex_input_stream_read_bytes (stream, CHUNK, G_PRIORITY_DEFAULT), &error)))
        return dex_future_new_for_error (g_steal_pointer (&error));

      if (g_bytes_get_size (chunk) == 0)
        break;

      if (body->len + g_bytes_get_size (chunk) > self->bytes)
        return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "Too long");

      g_byte_array_append (body, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
    }

  reply->status = soup_message_get_status (self->message);
  reply->headers = soup_message_headers_ref (soup_message_get_response_headers (self->message));
  reply->body = g_byte_array_free_to_bytes (g_steal_pointer (&body));

  return dex_future_new_take_boxed (CS_TYPE_REPLY, g_steal_pointer (&reply));
}

/**
 * cs_http_explain:
 * @begun: whether libsoup began to write
 *
 * Returns: (transfer full): who must act, now that there is no answer
 */
GError *
cs_http_explain (const char   *host,
                 gboolean      begun,
                 const GError *error)
{
  if (!begun && error->domain == G_TLS_ERROR)
    return g_error_new (CS_ERROR, CS_ERROR_LATER,
                        _("%s could not be reached safely: its certificate is not valid. Nothing was sent. Check the address and this computer's clock."),
                        host);

  if (!begun)
    return g_error_new (CS_ERROR, CS_ERROR_LATER,
                        _("%s could not be reached. Nothing was sent. Check the connection to the internet."),
                        host);

  if (g_error_matches (error, DEX_ERROR, DEX_ERROR_TIMED_OUT))
    return g_error_new (CS_ERROR, CS_ERROR_UNKNOWN, _("%s did not answer in time."), host);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return g_error_new (CS_ERROR, CS_ERROR_UNKNOWN, _("The answer of %s is far too long."), host);

  return g_error_new (CS_ERROR, CS_ERROR_UNKNOWN,
                      _("The connection to %s broke off before it answered."), host);
}

static DexFuture *
watch_fiber (gpointer user_data)
{
  Exchange *self = user_data;
  g_autoptr (CsReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = dex_await_boxed (dex_future_first (cs_fiber_spawn (exchange_fiber,
                                                             g_atomic_rc_box_acquire (self),
                                                             exchange_unref),
                                             dex_timeout_new_seconds (self->seconds),
                                             NULL),
                           &error);

  if (reply == NULL)
    return dex_future_new_for_error (cs_http_explain (self->host, self->begun, error));

  return dex_future_new_take_boxed (CS_TYPE_REPLY, g_steal_pointer (&reply));
}

static void
copy_header_cb (const char *name,
                const char *value,
                gpointer    headers)
{
  soup_message_headers_replace (headers, name, value);
}

/**
 * cs_http_make_message:
 *
 * Returns: (transfer full): the message, or NULL with CS_ERROR_REFUSED where its
 *   address may not be sent to
 */
SoupMessage *
cs_http_make_message (CsRequest *request,
                      GError   **error)
{
  g_autoptr (GUri) uri = g_uri_parse (request->address, SOUP_HTTP_URI_FLAGS, NULL);
  const char  *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  SoupMessage *message;
  guint        flags = SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE | SOUP_MESSAGE_NEW_CONNECTION;

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0' ||
      (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http")))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("“%s” is not a web address."), request->address);
      return NULL;
    }

  if (g_str_equal (scheme, "http") && !cs_http_is_loopback (uri))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("“%s” does not encrypt what is sent. Use its address that begins with https."),
                   g_uri_get_host (uri));
      return NULL;
    }

  message = soup_message_new_from_uri (request->method, uri);
  /* A connection that has lain idle may be closed by the other side at the
   * very moment that we write to it. For a POST that would leave an outcome
   * that nobody knows, and a PUT libsoup would send a second time by itself,
   * without its body. A GET it sends again, too, and where that one is reset
   * before its answer, libsoup 3.6.5 uses memory that it has given back. So
   * each request has a connection of its own, and that ends with its answer:
   * idle ones would pile up, each with a descriptor.
   */
  soup_message_set_flags (message, flags);
  soup_message_headers_foreach (request->headers, copy_header_cb, soup_message_get_request_headers (message));
  soup_message_headers_replace (soup_message_get_request_headers (message), "Connection", "close");
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);

  return message;
}

DexFuture *
cs_http_send (CsHttp             *self,
              CsRequest          *request,
              const CsHttpLimits *limits)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  Exchange *exchange;

  dex_return_error_if_fail (CS_IS_HTTP (self));
  dex_return_error_if_fail (request != NULL);

  if (!(message = cs_http_make_message (request, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  exchange = g_atomic_rc_box_new0 (Exchange);
  exchange->http = g_object_ref (self);
  exchange->message = g_object_ref (message);
  exchange->host = g_strdup (g_uri_get_host (soup_message_get_uri (message)));
  exchange->bytes = limits != NULL && limits->bytes > 0 ? limits->bytes : DEFAULT_BYTES;
  exchange->seconds = limits != NULL && limits->seconds > 0 ? limits->seconds : DEFAULT_SECONDS;
  g_signal_connect_data (message, "starting", G_CALLBACK (starting_cb),
                         g_atomic_rc_box_acquire (exchange), exchange_unref_closure, 0);

  return cs_fiber_spawn (watch_fiber, exchange, exchange_unref);
}
