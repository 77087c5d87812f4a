/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-chat-fault.h"
#include "cs-chat-plain.h"
#include "cs-edit-sending.h"
#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-json.h"
#include "cs-retry.h"

#define MOST_TRIES    4
#define MOST_BYTES    ((gsize) 64 * 1024 * 1024) /* of a reply: a picture in base64 */
#define MOST_PICTURE  ((gsize) 40 * 1024 * 1024)
#define FETCH_SECONDS 60
#define LONGEST_WAIT  120 /* seconds that a provider may ask for patience: longer is for another day */
#define PICTURE_TOKENS 1600 /* that a picture of this size comes to, where tokens are what costs */

/* What became of one try */
typedef struct
{
  CsOutcome outcome;
  gboolean  again;   /* the same may do it later on */
  gint64    patience; /* seconds that were asked for, or -1 */
} Try;

static DexFuture *
or_stopped (CsEditSending *self,
            DexFuture     *future)
{
  if (self->cancellable == NULL)
    return future;

  return dex_future_first (future, dex_cancellable_new_from_cancellable (self->cancellable), NULL);
}

static gboolean
is_stopped (CsEditSending *self,
            GError       **error)
{
  if (!g_cancellable_is_cancelled (self->cancellable))
    return FALSE;

  g_clear_error (error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("It was stopped"));

  return TRUE;
}

/* A permit that comes after a stop is given back: nothing was sent with it */
typedef struct
{
  CsMeter   *meter;
  DexFuture *permit;
} Late;

static void
late_free (gpointer data)
{
  Late *late = data;

  g_clear_object (&late->meter);
  dex_clear (&late->permit);
  g_free (late);
}

static DexFuture *
late_fiber (gpointer data)
{
  Late     *late = data;
  CsOutcome nothing = { .state = CS_SENT_REFUSED, .input = -1, .output = -1 };
  g_autoptr (CsPermit) permit = dex_await_boxed (dex_ref (late->permit), NULL);

  if (permit != NULL && permit->reply == NULL)
    dex_await (cs_meter_end (late->meter, permit->id, &nothing), NULL);

  return dex_future_new_true ();
}

static CsPermit *
await_permit (CsEditSending   *self,
              const CsSending *sending,
              GError         **error)
{
  g_autoptr (DexFuture) future = NULL;
  CsPermit *permit;

  if (is_stopped (self, error))
    return NULL;

  future = cs_meter_begin (self->parts->meter, sending);
  permit = dex_await_boxed (or_stopped (self, dex_ref (future)), error);
  if (permit == NULL && dex_future_is_pending (future))
    {
      Late *late = g_new0 (Late, 1);

      late->meter = g_object_ref (self->parts->meter);
      late->permit = dex_ref (future);
      dex_future_disown (cs_fiber_spawn_disowned (late_fiber, late, late_free));
      is_stopped (self, error);
    }

  return permit;
}

static void
add_secret (CsEditSending *self,
            CsRequest     *request)
{
  const CsEditDialect *dialect = cs_edit_dialect_find (self->order->profile->dialect);
  g_autofree char     *bearer = NULL;

  if (self->parts->secret == NULL || *self->parts->secret == '\0')
    return;

  bearer = dialect->secret_header == NULL ? g_strconcat ("Bearer ", self->parts->secret, NULL) : NULL;
  cs_request_set_header (request, bearer != NULL ? "Authorization" : dialect->secret_header,
                         bearer != NULL ? bearer : self->parts->secret);
}

static gboolean
refuse (GError    **error,
        int         code,
        const char *format,
        const char *who)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, CS_ERROR, code, format, who);
#pragma GCC diagnostic pop

  return FALSE;
}

static gboolean
is_for_later (guint status)
{
  return status == 408 || status == 409 || status == 429 || status >= 500;
}

/* What is said of texts elsewhere is said of a picture here */
static GError *
make_error (CsEditSending *self,
            CsChatFault   *fault)
{
  const char      *name = self->parts->name;
  /* Translators: what a provider answered, added to a sentence about it */
  g_autofree char *quote = fault->message != NULL ? g_strdup_printf (_ (" It says: “%s”"), fault->message) : g_strdup ("");

  switch (cs_chat_fault_get_kind (fault))
    {
    case CS_CHAT_FAULT_CONTENT:
      return g_error_new (CS_ERROR, CS_ERROR_REFUSED,
                          _ ("%s did not paint this scene: its own rules keep it from doing so. Choose another scene, or ask another model.%s"), name, quote);

    case CS_CHAT_FAULT_TOO_LONG:
      return g_error_new (CS_ERROR, CS_ERROR_REFUSED,
                          _ ("The picture and the words are more than “%s” takes at once. Say the scene in fewer words, or choose another model.%s"),
                          self->order->model, quote);

    case CS_CHAT_FAULT_KEY:
    case CS_CHAT_FAULT_MONEY:
    case CS_CHAT_FAULT_MODEL:
    case CS_CHAT_FAULT_BUSY:
    case CS_CHAT_FAULT_PARAMETER:
    case CS_CHAT_FAULT_OTHER:
    default:
      return cs_chat_fault_to_error (fault, name, self->order->model);
    }
}

/* Says no, in whatever form */
static gboolean
take_fault (CsEditSending *self,
            CsChatFault   *fault,
            guint          status,
            GError       **error)
{
  cs_chat_fault_hide (fault, self->parts->secret);
  g_propagate_error (error, make_error (self, fault));

  return !is_for_later (status) ? FALSE : TRUE;
}

/* Sends it. NULL where there is no reply; whether it may have arrived stands in the try. */
static CsReply *
send_request (CsEditSending *self,
              CsRequest     *request,
              Try           *try,
              GError       **error)
{
  CsHttpLimits limits = { .bytes = MOST_BYTES, .seconds = self->order->profile->seconds };
  CsReply     *reply = dex_await_boxed (or_stopped (self, cs_http_send (self->parts->http, request, &limits)), error);

  if (reply != NULL)
    return reply;

  try->outcome.state = CS_SENT_LOST;
  if (is_stopped (self, error))
    return NULL;
  if (g_error_matches (*error, CS_ERROR, CS_ERROR_LATER) || g_error_matches (*error, CS_ERROR, CS_ERROR_REFUSED))
    try->outcome.state = CS_SENT_REFUSED;
  try->again = g_error_matches (*error, CS_ERROR, CS_ERROR_LATER);

  return NULL;
}

static gboolean
is_page (const char *text,
         gsize       length)
{
  while (length > 0 && g_ascii_isspace (*text))
    {
      text++;
      length--;
    }

  return length > 0 && *text == '<';
}

/* A reply that is no refusal, as an object. NULL with an error. */
static JsonNode *
read_object (CsEditSending *self,
             CsReply       *reply,
             Try           *try,
             GError       **error)
{
  gsize       length;
  const char *text = g_bytes_get_data (reply->body, &length);
  g_autoptr (JsonNode) node = cs_reply_dup_json (reply, NULL);
  g_autoptr (CsChatFault) fault = NULL;

  if (!cs_reply_is_success (reply))
    fault = cs_chat_fault_new (reply->status, text != NULL ? text : "", MIN (length, 65536));
  else if (node != NULL)
    fault = cs_chat_fault_find (node);

  if (fault != NULL)
    {
      try->again = take_fault (self, fault, reply->status, error);
      try->patience = cs_retry_after (cs_reply_get_header (reply, "Retry-After"), g_get_real_time () / G_USEC_PER_SEC);
      try->outcome.state = reply->status == 504 || reply->status == 524 ? CS_SENT_LOST : CS_SENT_REFUSED;
      return NULL;
    }

  if (cs_json_node_object (node) == NULL)
    {
      /* What cannot be read may have been painted; a page was not */
      try->outcome.state = CS_SENT_FAILED;
      try->outcome.made = length > 0 && !is_page (text, length);
      refuse (error, CS_ERROR_REFUSED, _ ("What is at the address of %s is no model server. Check the address in its settings."),
              self->parts->name);
      return NULL;
    }

  return g_steal_pointer (&node);
}

static gboolean
ends_with_any (const char        *host,
               char *const       *suffixes)
{
  for (guint i = 0; suffixes[i] != NULL; i++)
    if (suffixes[i][0] == '.' && g_str_has_suffix (host, suffixes[i]))
      return TRUE;

  return FALSE;
}

char *
cs_edit_sending_check_address (const CsEditOrder *order,
                               const char        *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  g_autoptr (GUri) base = g_uri_parse (order->address, G_URI_FLAGS_ENCODED, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *lower = host != NULL ? g_ascii_strdown (host, -1) : NULL;
  g_autoptr (GUri) safe = NULL;
  gboolean    own;

  if (base == NULL || lower == NULL || *lower == '\0' || g_uri_get_userinfo (uri) != NULL)
    return NULL;

  own = g_ascii_strcasecmp (lower, g_uri_get_host (base)) == 0 && g_uri_get_port (uri) == g_uri_get_port (base);
  if (own && g_str_equal (scheme, g_uri_get_scheme (base)))
    return g_strdup (address);
  if (!own && !ends_with_any (lower, order->profile->hosts))
    return NULL;
  if (g_str_equal (scheme, "https"))
    return g_strdup (address);
  if (!g_str_equal (scheme, "http") || g_uri_get_port (uri) != -1)
    return NULL;

  /* Some still give addresses without encryption: the same is to be had with it */
  safe = g_uri_build (G_URI_FLAGS_ENCODED, "https", NULL, lower, -1, g_uri_get_path (uri), g_uri_get_query (uri), NULL);

  return g_uri_to_string (safe);
}

static gboolean
is_picture_type (const char *type)
{
  return type == NULL || g_str_has_prefix (type, "image/") ||
         g_str_equal (type, "application/octet-stream") || g_str_equal (type, "binary/octet-stream");
}

/* From where the reply says, without the key, and without going on to anywhere else */
static GBytes *
fetch_once (CsEditSending *self,
            const char    *address,
            gboolean      *again,
            GError       **error)
{
  CsHttpLimits limits = { .bytes = MOST_PICTURE, .seconds = FETCH_SECONDS };
  g_autoptr (CsRequest) request = cs_request_make ("GET", address);
  g_autoptr (CsReply) reply = dex_await_boxed (or_stopped (self, cs_http_send (self->parts->http, request, &limits)), error);

  *again = FALSE;
  if (reply == NULL)
    {
      *again = !is_stopped (self, error) && !g_error_matches (*error, CS_ERROR, CS_ERROR_REFUSED);
      return NULL;
    }

  *again = is_for_later (reply->status);
  if (!cs_reply_is_success (reply))
    refuse (error, *again ? CS_ERROR_LATER : CS_ERROR_REFUSED, _ ("The picture that %s painted could not be fetched: it is not where it should be."),
            self->parts->name);
  else if (!is_picture_type (soup_message_headers_get_content_type (reply->headers, NULL)) || !cs_edit_reply_is_picture (reply->body))
    refuse (error, CS_ERROR_REFUSED, _ ("%s sent no picture that can be used."), self->parts->name);
  else
    return g_bytes_ref (reply->body);

  return NULL;
}

static GBytes *
fetch (CsEditSending *self,
       const char    *address,
       GError       **error)
{
  g_autofree char *safe = cs_edit_sending_check_address (self->order, address);

  if (safe == NULL)
    {
      refuse (error, CS_ERROR_REFUSED, _ ("%s would have its picture fetched from an address that is not its own. Nothing was fetched from there."),
              self->parts->name);
      return NULL;
    }

  for (guint i = 1;; i++)
    {
      g_autoptr (GError) reason = NULL;
      gboolean again;
      GBytes  *picture = fetch_once (self, safe, &again, &reason);

      if (picture != NULL)
        return picture;
      if (!again || i == 3)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      dex_await (or_stopped (self, dex_timeout_new_msec (self->order->profile->poll)), NULL);
    }
}

static void
no_picture (CsEditSending *self,
            CsEditAnswer  *answer,
            GError       **error)
{
  g_autofree char *said = answer->words != NULL ? cs_chat_dup_without (answer->words, self->parts->secret) : NULL;
  g_autofree char *words = said != NULL ? cs_chat_plain (said, FALSE) : NULL;
  g_autofree char *part = words != NULL ? g_utf8_substring (words, 0, MIN (g_utf8_strlen (words, -1), 200)) : NULL;

  if (part != NULL && *part != '\0')
    g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("%s painted no picture. It says: “%s”"), self->parts->name, part);
  else
    refuse (error, CS_ERROR_REFUSED, _ ("%s sent no picture that can be used."), self->parts->name);
}

/* Asks after a task until it is done. A question that fails is asked again. */
static gboolean
wait_for_task (CsEditSending *self,
               CsEditAnswer  *answer,
               Try           *try,
               GError       **error)
{
  const CsEditDialect *dialect = cs_edit_dialect_find (self->order->profile->dialect);
  gint64               until = g_get_monotonic_time () + self->order->profile->seconds * G_USEC_PER_SEC;

  try->outcome.state = CS_SENT_LOST;
  while (answer->working)
    {
      g_autoptr (CsRequest) request = dialect->ask != NULL ? dialect->ask (self->order, answer->task) : NULL;
      g_autoptr (CsReply) reply = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) reason = NULL;
      g_auto (CsEditAnswer) next = { 0 };
      CsHttpLimits limits = { .seconds = FETCH_SECONDS };

      dex_await (or_stopped (self, dex_timeout_new_msec (self->order->profile->poll)), NULL);
      if (is_stopped (self, error))
        return FALSE;
      if (request == NULL || g_get_monotonic_time () > until)
        return refuse (error, CS_ERROR_UNKNOWN, _ ("%s took too long to paint. It may have cost something all the same."), self->parts->name);

      add_secret (self, request);
      reply = dex_await_boxed (or_stopped (self, cs_http_send (self->parts->http, request, &limits)), &reason);
      if (reply == NULL || is_for_later (reply->status))
        continue;
      if (!(node = read_object (self, reply, try, error)))
        return FALSE;

      if (!dialect->read (cs_json_node_object (node), &next))
        {
          try->outcome.state = CS_SENT_FAILED;
          no_picture (self, &next, error);
          return FALSE;
        }

      answer->working = next.working;
      g_set_str (&answer->address, next.address);
    }

  return TRUE;
}

/* Out of a reply, or from where it points to */
static GBytes *
take_picture (CsEditSending *self,
              CsEditAnswer  *answer,
              Try           *try,
              GError       **error)
{
  if (answer->working && !wait_for_task (self, answer, try, error))
    return NULL;

  /* Whatever it is: it was painted, and costs */
  try->outcome.state = CS_SENT_FAILED;
  try->outcome.made = 1;
  if (answer->picture == NULL && answer->address != NULL)
    return fetch (self, answer->address, error);

  if (answer->picture == NULL || !cs_edit_reply_is_picture (answer->picture))
    {
      no_picture (self, answer, error);
      return NULL;
    }

  return g_bytes_ref (answer->picture);
}

static gboolean
costs_tokens (CsEditSending *self)
{
  return self->parts->setup->price.input >= 0 && self->parts->setup->price.output >= 0;
}

static gboolean
try_once (CsEditSending *self,
          CsRequest     *request,
          Try           *try,
          GError       **error)
{
  const CsEditDialect *dialect = cs_edit_dialect_find (self->order->profile->dialect);
  g_autoptr (CsReply) reply = send_request (self, request, try, error);
  g_autoptr (JsonNode) node = reply != NULL ? read_object (self, reply, try, error) : NULL;
  g_autoptr (GBytes) picture = NULL;
  g_auto (CsEditAnswer) answer = { .input = -1, .output = -1 };
  CsEditReply kept = self->about;

  if (node == NULL)
    return FALSE;

  try->outcome.state = CS_SENT_FAILED;
  if (!dialect->read (cs_json_node_object (node), &answer))
    no_picture (self, &answer, error);
  else
    picture = take_picture (self, &answer, try, error);

  if (costs_tokens (self))
    {
      try->outcome.input = answer.input;
      try->outcome.output = answer.output;
    }
  if (picture == NULL)
    return FALSE;

  kept.picture = picture;
  try->outcome.state = CS_SENT_ANSWERED;
  try->outcome.reply = self->reply = cs_edit_reply_pack (&kept);

  return TRUE;
}

/* FALSE where it was stopped, or nobody should wait that long */
static gboolean
wait_a_while (CsEditSending *self,
              guint          tries,
              gint64         patience)
{
  gint64 seconds = patience >= 0 ? patience : 1 << (tries - 1);
  gint64 usec = seconds * G_USEC_PER_SEC + (patience > 0 ? 0 : g_random_int_range (0, G_USEC_PER_SEC / 2));

  if (seconds > LONGEST_WAIT)
    return FALSE;
  if (patience > 0)
    cs_meter_hold (self->parts->meter, g_get_monotonic_time () + usec);
  dex_await (or_stopped (self, dex_timeout_new_usec (usec)), NULL);

  return !g_cancellable_is_cancelled (self->cancellable);
}

static CsRequest *
make_request (CsEditSending *self)
{
  CsRequest *request = cs_edit_dialect_find (self->order->profile->dialect)->make (self->order);

  add_secret (self, request);

  return request;
}

/* One try with its permit. FALSE where there is no reply: *go_on, whether another try may do. */
static gboolean
run_once (CsEditSending *self,
          const char    *key,
          Try           *try,
          GError       **error)
{
  g_autoptr (CsRequest) request = make_request (self);
  g_autoptr (CsPermit) permit = NULL;
  g_autoptr (GError) reason = NULL;
  CsSending sending = {
    .product = self->product,
    .key = (char *) key,
    .bytes = g_bytes_get_size (request->body),
    .pictures = self->order->picture != NULL,
    .input = costs_tokens (self) ? PICTURE_TOKENS : 0,
    .output = costs_tokens (self) ? PICTURE_TOKENS * 2 : 0,
    .makes = self->order->picture != NULL,
  };
  gboolean done;

  if (!(permit = await_permit (self, &sending, error)))
    return FALSE;

  self->sent = permit->id;
  if (permit->reply != NULL)
    {
      self->reply = g_bytes_ref (permit->reply);
      return TRUE;
    }

  done = try_once (self, request, try, &reason);
  try->outcome.message = reason != NULL ? reason->message : NULL;
  if (!dex_await (cs_meter_end (self->parts->meter, permit->id, &try->outcome), done ? error : NULL))
    done = FALSE;
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));

  return done;
}

gboolean
cs_edit_sending_run (CsEditSending *self,
                     GError       **error)
{
  g_autofree char *key = cs_edit_order_dup_key (self->order);

  for (guint tries = 1;; tries++)
    {
      Try try = { .outcome = { .state = CS_SENT_LOST, .input = -1, .output = -1 }, .patience = -1 };
      g_autoptr (GError) reason = NULL;

      if (!costs_tokens (self))
        try.outcome.input = try.outcome.output = 0;
      if (run_once (self, key, &try, &reason))
        return TRUE;

      g_clear_pointer (&self->reply, g_bytes_unref);
      if (!try.again || tries == MOST_TRIES || !wait_a_while (self, tries, try.patience))
        {
          if (!is_stopped (self, error))
            g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
    }
}

/* An order without a picture is refused by whoever understands it: after the key
 * and before any work
 */
gboolean
cs_edit_sending_try (CsEditSending *self,
                     GError       **error)
{
  g_autofree char *key = cs_edit_order_dup_key (self->order);
  g_autofree char *fresh = g_strdup_printf ("%s-%" G_GINT64_FORMAT, key, g_get_real_time ());
  g_autoptr (CsRequest) request = make_request (self);
  CsSending sending = { .key = fresh, .bytes = g_bytes_get_size (request->body) };
  CsOutcome outcome = { .state = CS_SENT_REFUSED };
  Try       try = { .outcome = outcome, .patience = -1 };
  g_autoptr (CsPermit) permit = await_permit (self, &sending, error);
  g_autoptr (CsReply) reply = NULL;
  g_autoptr (CsChatFault) fault = NULL;
  g_autoptr (GError) reason = NULL;
  gsize       length = 0;
  const char *text;

  if (permit == NULL)
    return FALSE;

  reply = send_request (self, request, &try, &reason);
  if (reply != NULL)
    {
      text = g_bytes_get_data (reply->body, &length);
      fault = cs_chat_fault_new (reply->status, text != NULL ? text : "", MIN (length, 65536));
      if (!cs_reply_is_success (reply) && fault != NULL)
        {
          CsChatFaultKind kind = cs_chat_fault_get_kind (fault);
          g_autoptr (JsonNode) node = cs_reply_dup_json (reply, NULL);

          /* That something is missing is what it should say */
          if (node == NULL || reply->status == 404 || reply->status / 100 != 4 ||
              (kind != CS_CHAT_FAULT_PARAMETER && kind != CS_CHAT_FAULT_OTHER))
            take_fault (self, fault, reply->status, &reason);
        }
      outcome.state = CS_SENT_REFUSED;
    }
  else
    {
      outcome.state = try.outcome.state;
    }

  outcome.message = reason != NULL ? reason->message : NULL;
  if (!dex_await (cs_meter_end (self->parts->meter, permit->id, &outcome), reason == NULL ? error : NULL) && reason == NULL)
    return FALSE;
  if (reason == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}
