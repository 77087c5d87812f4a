/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-http-private.h"

#define DEFAULT_BYTES   (8 * 1024 * 1024)
#define DEFAULT_SECONDS 60
#define CHUNK           (16 * 1024)

struct _CsHttpStream
{
  GObject parent_instance;

  SoupSession  *session;
  SoupMessage  *message;
  GInputStream *stream; /* NULL once it is at its end or broken */
  char         *host;
  gint64        deadline; /* of the monotonic clock */
  guint         silence;  /* seconds */
  gsize         left;     /* bytes that may still come */
  gboolean      begun;    /* libsoup began to write: from here on it may have arrived */
  gboolean      broken;
  gboolean      reading;
  DexFuture    *quiet; /* while the head is waited for: rejects after a silence */
};

G_DEFINE_FINAL_TYPE (CsHttpStream, cs_http_stream, G_TYPE_OBJECT)

static void
cs_http_stream_dispose (GObject *object)
{
  CsHttpStream *self = CS_HTTP_STREAM (object);

  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  /* Its last reference closes it, and the connection that was not read out with it */
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  dex_clear (&self->quiet);

  G_OBJECT_CLASS (cs_http_stream_parent_class)->dispose (object);
}

static void
cs_http_stream_finalize (GObject *object)
{
  CsHttpStream *self = CS_HTTP_STREAM (object);

  g_free (self->host);

  G_OBJECT_CLASS (cs_http_stream_parent_class)->finalize (object);
}

static void
cs_http_stream_class_init (CsHttpStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_http_stream_dispose;
  object_class->finalize = cs_http_stream_finalize;
}

static void
cs_http_stream_init (CsHttpStream *self)
{
}

static void
starting_cb (CsHttpStream *self)
{
  self->begun = TRUE;
}

/* Photos on a slow line are not silence */
static void
wrote_body_data_cb (CsHttpStream *self,
                    guint         size)
{
  if (self->quiet != NULL)
    dex_timeout_postpone_until (DEX_TIMEOUT (self->quiet), g_get_monotonic_time () + self->silence * G_USEC_PER_SEC);
}

/* Resolves to the CsHttpStream itself */
static DexFuture *
open_fiber (gpointer user_data)
{
  CsHttpStream *self = user_data;
  g_autoptr (GError) error = NULL;

  self->quiet = dex_timeout_new_seconds (self->silence);
  self->stream = dex_await_object (dex_future_first (cs_http_begin (self->session, self->message),
                                                     dex_ref (self->quiet),
                                                     dex_timeout_new_deadline (self->deadline),
                                                     NULL),
                                   &error);
  dex_clear (&self->quiet);
  if (self->stream == NULL)
    return dex_future_new_for_error (cs_http_explain (self->host, self->begun, error));

  return dex_future_new_take_object (g_object_ref (self));
}

/**
 * cs_http_open:
 *
 * A silence counts from the last byte that went or came. limits->seconds is of
 * all of it, up to the answer's last byte.
 */
DexFuture *
cs_http_open (CsHttp             *http,
              CsRequest          *request,
              const CsHttpLimits *limits)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (CsHttpStream) self = NULL;
  g_autoptr (GError) error = NULL;
  guint seconds;

  dex_return_error_if_fail (CS_IS_HTTP (http));
  dex_return_error_if_fail (request != NULL);

  if (!(message = cs_http_make_message (request, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  seconds = limits != NULL && limits->seconds > 0 ? limits->seconds : DEFAULT_SECONDS;
  self = g_object_new (CS_TYPE_HTTP_STREAM, NULL);
  self->session = g_object_ref (cs_http_get_session (http, soup_message_get_uri (message)));
  self->host = g_strdup (g_uri_get_host (soup_message_get_uri (message)));
  self->deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  self->silence = limits != NULL && limits->silence > 0 ? limits->silence : DEFAULT_SECONDS;
  self->left = limits != NULL && limits->bytes > 0 ? limits->bytes : DEFAULT_BYTES;
  self->message = g_steal_pointer (&message);
  g_signal_connect_swapped (self->message, "starting", G_CALLBACK (starting_cb), self);
  g_signal_connect_swapped (self->message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), self);

  return cs_fiber_spawn (open_fiber, g_steal_pointer (&self), g_object_unref);
}

guint
cs_http_stream_get_status (CsHttpStream *self)
{
  g_return_val_if_fail (CS_IS_HTTP_STREAM (self), 0);

  return soup_message_get_status (self->message);
}

SoupMessageHeaders *
cs_http_stream_get_headers (CsHttpStream *self)
{
  g_return_val_if_fail (CS_IS_HTTP_STREAM (self), NULL);

  return soup_message_get_response_headers (self->message);
}

static GError *
explain_break (CsHttpStream *self,
               GError       *error)
{
  if (error == NULL || (error->domain != DEX_ERROR && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE)))
    return g_error_new (CS_ERROR, CS_ERROR_UNKNOWN,
                        _("The connection to %s broke off in the middle of its answer."), self->host);

  return cs_http_explain (self->host, TRUE, error);
}

static void
reading_end (gpointer data)
{
  CsHttpStream *self = data;

  self->reading = FALSE;
  g_object_unref (self);
}

static DexFuture *
read_fiber (gpointer user_data)
{
  CsHttpStream *self = user_data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  /* Whoever takes the future back takes bytes back that may have come: what
   * follows them would make no sense
   */
  self->broken = TRUE;
  bytes = dex_await_boxed (dex_future_first (dex_input_stream_read_bytes (self->stream, CHUNK, G_PRIORITY_DEFAULT),
                                             dex_timeout_new_seconds (self->silence),
                                             dex_timeout_new_deadline (self->deadline),
                                             NULL),
                           &error);
  if (bytes != NULL && g_bytes_get_size (bytes) > self->left)
    {
      g_clear_pointer (&bytes, g_bytes_unref);
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "Too long");
    }

  if (bytes == NULL)
    {
      g_clear_object (&self->stream);
      return dex_future_new_for_error (explain_break (self, error));
    }

  self->broken = FALSE;
  self->left -= g_bytes_get_size (bytes);
  if (g_bytes_get_size (bytes) == 0)
    g_clear_object (&self->stream);

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_steal_pointer (&bytes));
}

DexFuture *
cs_http_stream_read (CsHttpStream *self)
{
  dex_return_error_if_fail (CS_IS_HTTP_STREAM (self));
  dex_return_error_if_fail (!self->reading);

  if (self->broken)
    return dex_future_new_for_error (explain_break (self, NULL));

  if (self->stream == NULL)
    return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new_static ("", 0));

  self->reading = TRUE;

  return cs_fiber_spawn (read_fiber, g_object_ref (self), reading_end);
}
