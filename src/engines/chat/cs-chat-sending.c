/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-chat-sending.h"
#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-retry.h"

/* A model on this computer may need minutes for its first word */
#define SECONDS       300
#define SILENCE       120
#define SECONDS_HERE  1800
#define SILENCE_HERE  600
#define MOST_BYTES    (8 * 1024 * 1024)
#define MOST_FAULT    (64 * 1024)
#define DRAFT_USEC    80000         /* between two looks at what is being written */
#define MOST_DRAFT    (48 * 1024)

/* Resolves or rejects as future does, or rejects once it is stopped */
static DexFuture *
until (DexFuture *future,
       DexFuture *stopped)
{
  return stopped != NULL ? dex_future_first (future, dex_ref (stopped), NULL) : future;
}

static gboolean
is_stopped (DexFuture *stopped)
{
  return stopped != NULL && !dex_future_is_pending (stopped);
}

static void
set_stopped (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Stopped"));
}

gboolean
cs_chat_sending_sleep (gint64     usec,
                       DexFuture *stopped,
                       GError   **error)
{
  /* A timeout rejects, and so does the other */
  dex_await (until (dex_timeout_new_usec (usec), stopped), NULL);
  if (!is_stopped (stopped))
    return TRUE;

  set_stopped (error);

  return FALSE;
}

typedef struct
{
  CsMeter   *meter;
  DexFuture *future;
} Late;

static void
late_free (Late *late)
{
  g_clear_object (&late->meter);
  dex_clear (&late->future);
  g_free (late);
}

/* Nobody wants this permit any more; nothing was sent with it */
static DexFuture *
late_fiber (gpointer data)
{
  Late     *late = data;
  CsOutcome outcome = { .state = CS_SENT_REFUSED, .input = -1, .output = -1 };
  g_autoptr (CsPermit) permit = dex_await_boxed (dex_ref (late->future), NULL);

  if (permit != NULL && permit->reply == NULL)
    dex_await (cs_meter_end (late->meter, permit->id, &outcome), NULL);

  return dex_future_new_true ();
}

CsPermit *
cs_chat_sending_await_permit (CsMeter         *meter,
                              const CsSending *sending,
                              DexFuture       *stopped,
                              GError         **error)
{
  g_autoptr (DexFuture) future = NULL;
  CsPermit *permit;

  if (is_stopped (stopped))
    {
      set_stopped (error);
      return NULL;
    }

  future = cs_meter_begin (meter, sending);
  permit = dex_await_boxed (until (dex_ref (future), stopped), error);

  if (permit == NULL && dex_future_is_pending (future))
    {
      Late *late = g_new0 (Late, 1);

      late->meter = g_object_ref (meter);
      late->future = dex_ref (future);
      dex_future_disown (cs_fiber_spawn_disowned (late_fiber, late, (GDestroyNotify) late_free));
      g_clear_error (error);
      set_stopped (error);
    }

  return permit;
}

void
cs_chat_sending_free (CsChatSending *self)
{
  g_clear_pointer (&self->stream, cs_chat_stream_free);
  g_clear_pointer (&self->fault, cs_chat_fault_free);
  g_clear_error (&self->error);
  g_free (self);
}

static CsRequest *
make_request (const CsModelParts *parts,
              GBytes             *body)
{
  g_autofree char *address = g_strconcat (parts->setup->address, "/chat/completions", NULL);
  g_autofree char *bearer = cs_chat_dup_bearer (parts->secret);
  CsRequest       *request = cs_request_make ("POST", address);

  cs_request_set_header (request, "Accept", "text/event-stream, application/json");
  if (bearer != NULL)
    cs_request_set_header (request, "Authorization", bearer);
  cs_request_set_body (request, "application/json", body);

  return request;
}

static void
draft_list (CsDrafting *drafting,
            CsField     field,
            GPtrArray  *list)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", (const char *) list->pdata[i]);
  if (lines->len > 0)
    cs_drafting_set_text (drafting, field, 0, lines->str);
}

/* For the eye: what is there so far */
static void
draft (CsChatTalk   *talk,
       CsChatStream *stream)
{
  g_autoptr (CsChatReply) reply = NULL;

  if (talk->drafting == NULL || cs_chat_stream_get_length (stream) > MOST_DRAFT ||
      !(reply = cs_chat_reply_read (cs_chat_stream_get_content (stream), TRUE)))
    return;

  if (reply->titles->len > 0)
    cs_drafting_set_text (talk->drafting, CS_FIELD_TITLE, 0, reply->titles->pdata[0]);
  if (reply->description != NULL)
    cs_drafting_set_text (talk->drafting, CS_FIELD_DESCRIPTION, 0, reply->description);
  draft_list (talk->drafting, CS_FIELD_BULLETS, reply->bullets);
  draft_list (talk->drafting, CS_FIELD_KEYWORDS, reply->keywords);
  for (guint i = 0; i < reply->alts->len; i++)
    {
      CsChatAlt *alt = reply->alts->pdata[i];

      if (talk->photos != NULL && alt->photo <= talk->photos->len)
        cs_drafting_set_text (talk->drafting, CS_FIELD_ALT_TEXT, g_array_index (talk->photos, gint64, alt->photo - 1), alt->text);
    }
}

/* Reads all of it, or as far as it is wanted. FALSE where it broke off. */
static gboolean
read_stream (CsChatTalk    *talk,
             CsHttpStream  *http,
             CsChatStream  *stream,
             GError       **error)
{
  gint64 drafted = 0;

  while (TRUE)
    {
      g_autoptr (GBytes) bytes = dex_await_boxed (until (cs_http_stream_read (http), talk->stopped), error);
      gsize         length;
      gconstpointer data;

      if (bytes == NULL)
        {
          cs_chat_stream_end (stream);
          return FALSE;
        }

      data = g_bytes_get_data (bytes, &length);
      if (length == 0)
        {
          cs_chat_stream_end (stream);
          draft (talk, stream);
          return TRUE;
        }

      if (!cs_chat_stream_push (stream, data, length))
        {
          draft (talk, stream);
          return TRUE;
        }
      if (g_get_monotonic_time () - drafted > DRAFT_USEC)
        {
          draft (talk, stream);
          drafted = g_get_monotonic_time ();
        }
    }
}

/* The beginning of a body that is an error */
static char *
read_body (CsChatTalk   *talk,
           CsHttpStream *http)
{
  g_autoptr (GString) body = g_string_new (NULL);

  while (body->len < MOST_FAULT)
    {
      g_autoptr (GBytes) bytes = dex_await_boxed (until (cs_http_stream_read (http), talk->stopped), NULL);

      if (bytes == NULL || g_bytes_get_size (bytes) == 0)
        break;
      g_string_append_len (body, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }

  return g_utf8_make_valid (body->str, body->len);
}

static void
take_fault (CsChatSending      *self,
            const CsModelParts *parts,
            CsChatFault        *fault)
{
  self->fault = fault;
  cs_chat_fault_hide (fault, parts->secret);
  self->error = cs_chat_fault_to_error (fault, parts->name, parts->setup->model);
  self->again = cs_chat_fault_get_kind (fault) == CS_CHAT_FAULT_BUSY;
}

static gint64
find_patience (CsHttpStream *http)
{
  const char *header = soup_message_headers_get_one (cs_http_stream_get_headers (http), "Retry-After");
  gint64      seconds = cs_retry_after (header, g_get_real_time () / G_USEC_PER_SEC);

  return seconds > 0 ? seconds * G_USEC_PER_SEC : 0;
}

/* Gateways that gave up waiting: the model may be at work still */
static gboolean
may_be_at_work (guint status)
{
  return status == 408 || status == 504 || status == 524;
}

static void
run_refused (CsChatSending      *self,
             CsChatTalk         *talk,
             const CsModelParts *parts,
             CsHttpStream       *http)
{
  guint            status = cs_http_stream_get_status (http);
  g_autofree char *body = read_body (talk, http);
  CsChatFault     *fault = cs_chat_fault_new (status, body, -1);

  fault->patience = find_patience (http);
  self->state = may_be_at_work (status) ? CS_SENT_LOST : CS_SENT_REFUSED;
  take_fault (self, parts, fault);
}

static CsChatFault *
copy_fault (const CsChatFault *fault)
{
  CsChatFault *copy = g_new0 (CsChatFault, 1);

  *copy = *fault;
  copy->code = g_strdup (fault->code);
  copy->type = g_strdup (fault->type);
  copy->param = g_strdup (fault->param);
  copy->message = g_strdup (fault->message);

  return copy;
}

static void
run_answered (CsChatSending      *self,
              CsChatTalk         *talk,
              const CsModelParts *parts,
              CsHttpStream       *http,
              gint64              output)
{
  g_autoptr (GError) error = NULL;
  gboolean whole;

  /* Who was told a limit counts otherwise than we do; who would not hear of one ends where we say */
  self->stream = cs_chat_stream_new ();
  cs_chat_stream_set_most (self->stream, cs_chat_profile_leaves_out (talk->profile, talk->profile->limit) ? output : output * 2);
  whole = read_stream (talk, http, self->stream, &error);

  if (is_stopped (talk->stopped) && !cs_chat_stream_is_complete (self->stream))
    self->state = CS_SENT_LOST;
  else if (cs_chat_stream_get_fault (self->stream) != NULL)
    {
      /* Before the first word or thought no work was done */
      self->state = cs_chat_stream_get_written (self->stream) > 0 || cs_chat_stream_get_output (self->stream) > 0
                      ? CS_SENT_FAILED
                      : CS_SENT_REFUSED;
      take_fault (self, parts, copy_fault (cs_chat_stream_get_fault (self->stream)));
    }
  else if (cs_chat_stream_is_complete (self->stream))
    self->state = CS_SENT_ANSWERED;
  else if (whole && cs_chat_stream_is_foreign (self->stream))
    {
      /* What cannot be read may have been paid for */
      self->state = cs_chat_stream_is_page (self->stream) ? CS_SENT_REFUSED : CS_SENT_FAILED;
      self->error = g_error_new (CS_ERROR, CS_ERROR_REFUSED,
                                 _("What is at the address of %s is no model server. Check the address in its settings."), parts->name);
    }
  else
    {
      self->state = CS_SENT_LOST;
      self->again = TRUE;
      self->error = error != NULL && error->domain == CS_ERROR
                      ? g_steal_pointer (&error)
                      : g_error_new (CS_ERROR, CS_ERROR_UNKNOWN, _("The answer of %s broke off."), parts->name);
    }
}

CsChatSending *
cs_chat_sending_run (CsChatTalk *talk,
                     GBytes     *body,
                     gint64      output)
{
  const CsModelParts   *parts = cs_model_engine_get_parts (talk->engine);
  CsChatSending        *self = g_new0 (CsChatSending, 1);
  g_autoptr (CsRequest) request = make_request (parts, body);
  CsHttpLimits          limits = {
    .bytes = MOST_BYTES,
    .seconds = parts->provider->is_here ? SECONDS_HERE : SECONDS,
    .silence = parts->provider->is_here ? SILENCE_HERE : SILENCE,
  };
  g_autoptr (CsHttpStream) http = dex_await_object (until (cs_http_open (parts->http, request, &limits), talk->stopped), &self->error);

  if (http == NULL && is_stopped (talk->stopped))
    self->state = CS_SENT_LOST;
  else if (http == NULL)
    {
      gboolean unknown = g_error_matches (self->error, CS_ERROR, CS_ERROR_UNKNOWN);

      self->state = unknown ? CS_SENT_LOST : CS_SENT_REFUSED;
      self->again = unknown || g_error_matches (self->error, CS_ERROR, CS_ERROR_LATER);
    }
  else if (cs_http_stream_get_status (http) / 100 != 2)
    run_refused (self, talk, parts, http);
  else
    run_answered (self, talk, parts, http, output);

  self->stopped = is_stopped (talk->stopped) && self->state != CS_SENT_ANSWERED;
  if (self->stopped)
    {
      g_clear_error (&self->error);
      set_stopped (&self->error);
    }

  return self;
}
