/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-private.h"
#include "cs-fiber.h"
#include "cs-json.h"
#include "cs-retry.h"
#include "cs-trace.h"

#define TOO_MANY_REQUESTS 429

/* Reading is safe to repeat; more than this is for the publisher's own waiting */
#define READ_ATTEMPTS 3
#define READ_WAIT     8

/* Bytes of an answer that is looked for between warnings */
#define MOST_CHATTER (4 * 1024 * 1024)
#define MOST_TRIES   8

/* Where a channel cannot be asked by key, everything there is read */
#define MOST_PAGES 1000
/* Of one listing */
#define MOST_PARTS 300

/* What goes on between us and the shop: one request, and whom its answer concerns */
typedef struct
{
  CsChannel     *self;
  CsListing     *listing;
  CsChannelStep *step; /* NULL: read */
  CsRequest     *request;
  char          *remote_id;
  char          *cursor;
  CsInquiry     *inquiry;
  CsChannelGate  gate; /* NULL: open */
  gpointer       data;
  GDestroyNotify destroy;
} Talk;

static Talk *
talk_new (CsChannel *self)
{
  Talk *talk = g_new0 (Talk, 1);

  talk->self = g_object_ref (self);

  return talk;
}

static void
talk_free (Talk *talk)
{
  if (talk->destroy != NULL)
    talk->destroy (talk->data);
  g_clear_object (&talk->self);
  g_clear_pointer (&talk->listing, cs_listing_unref);
  g_clear_pointer (&talk->step, cs_channel_step_unref);
  g_clear_pointer (&talk->request, cs_request_unref);
  g_clear_pointer (&talk->inquiry, cs_inquiry_unref);
  g_free (talk->remote_id);
  g_free (talk->cursor);
  g_free (talk);
}

static void
learn (CsChannel *self,
       CsReply   *reply,
       JsonNode  *json)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);
  CsChannelClass   *klass = CS_CHANNEL_GET_CLASS (self);
  gint64            now = g_get_real_time () / G_USEC_PER_SEC;
  gint64            after = cs_retry_after (cs_reply_get_header (reply, "Retry-After"), now);

  cs_rate_limit_learn (priv->limit, reply->status, reply->headers, g_get_monotonic_time ());

  if (klass->learn != NULL)
    klass->learn (self, reply, json, priv->limit, g_get_monotonic_time ());

  if (after > 0 && (reply->status == TOO_MANY_REQUESTS || reply->status == SOUP_STATUS_SERVICE_UNAVAILABLE))
    priv->held_until = now + after;
}

/* FALSE where nobody waits for us any more: then nothing more may be sent */
static gboolean
await_time (gint64   wait,
            GError **error)
{
  g_autoptr (GError) reason = NULL;

  dex_await (dex_timeout_new_usec (wait), &reason);
  if (g_error_matches (reason, DEX_ERROR, DEX_ERROR_TIMED_OUT))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/* Waits for its turn. FALSE where that is too long to be waited for here. */
static gboolean
await_turn (CsChannel *self,
            GError   **error)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);
  gint64            wait = cs_rate_limit_take (priv->limit, g_get_monotonic_time ());

  if (wait > READ_WAIT * G_USEC_PER_SEC)
    {
      priv->held_until = MAX (priv->held_until, (g_get_real_time () + wait) / G_USEC_PER_SEC);
      g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s is busy."), cs_channel_get_name (self));
      return FALSE;
    }

  return wait <= 0 || await_time (wait, error);
}

static gboolean
is_reading (CsChannelStep *step)
{
  return step == NULL || step->reads;
}

/* Credentials go into a copy, so that what is journalled and sent again holds none */
static CsReply *
await_sent (Talk      *talk,
            CsRequest *request,
            GError   **error)
{
  CsChannel        *self = talk->self;
  CsChannelStep    *step = talk->step;
  CsChannelPrivate *priv = cs_channel_get_private (self);
  CsChannelClass   *klass = CS_CHANNEL_GET_CLASS (self);
  CsHttpLimits      limits = { .seconds = klass->traits.answer_seconds };
  const char       *name = step != NULL ? step->name : "read";
  g_autoptr (CsRequest) copy = NULL;
  g_autoptr (GError) reason = NULL;
  CsReply *reply;

  if (!await_turn (self, error) ||
      (talk->gate != NULL && !dex_await (talk->gate (talk->data), error)))
    return NULL;

  if (klass->perform != NULL)
    return dex_await_boxed (klass->perform (self, step, request), error);

  copy = cs_request_copy (request);
  if (klass->sign != NULL && (step == NULL || !step->foreign))
    klass->sign (self, copy, g_get_real_time () / G_USEC_PER_SEC);

  if (!(reply = dex_await_boxed (cs_http_send (priv->http, copy, &limits), &reason)))
    {
      cs_trace (CS_TRACE_CHANNEL, "%s: %s %s: %s", klass->traits.kind, name, request->method, reason->message);
      if (is_reading (step) && g_error_matches (reason, CS_ERROR, CS_ERROR_UNKNOWN))
        reason->code = CS_ERROR_LATER;
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  cs_trace (CS_TRACE_CHANNEL, "%s: %s %s: %u", klass->traits.kind, name, request->method, reply->status);

  return reply;
}

/* A page that a network shows before it lets anybody out, or a shop that is being mended */
static gboolean
is_page (CsReply *reply)
{
  gsize       length = 0;
  const char *text = reply->body != NULL ? g_bytes_get_data (reply->body, &length) : NULL;
  gsize       i = 0;

  while (i < length && g_ascii_isspace (text[i]))
    i++;

  return i < length && text[i] == '<';
}

/* Shops that run PHP show its warnings before what they answer, and caches write a
 * comment behind it. What stands between, on a line of its own, is the answer.
 */
static JsonNode *
read_json (CsReply *reply)
{
  static const char *const words[] = { "Warning", "Notice", "Deprecated", "Strict Standards", NULL };
  JsonNode        *json = cs_reply_dup_json (reply, NULL);
  gsize            length = 0;
  const char      *text = reply->body != NULL ? g_bytes_get_data (reply->body, &length) : NULL;
  g_autofree char *copy = NULL;
  char            *comment;
  char            *line;
  guint            n_tries = 0;
  gboolean         is_chatter = FALSE;

  if (json != NULL || length == 0 || length > MOST_CHATTER)
    return json;

  copy = g_strndup (text, length);
  g_strchomp (copy);
  comment = g_str_has_suffix (copy, "-->") ? g_strrstr (copy, "<!--") : NULL;
  if (comment != NULL)
    *comment = '\0';

  for (line = copy; line != NULL && json == NULL && n_tries < MOST_TRIES; line = strchr (line, '\n') != NULL ? strchr (line, '\n') + 1 : NULL)
    {
      if ((*line == '{' || *line == '[') && (line == copy || is_chatter))
        {
          json = cs_json_parse (line, -1, NULL);
          n_tries++;
        }
      for (guint i = 0; words[i] != NULL; i++)
        is_chatter = is_chatter || g_strstr_len (line, strcspn (line, "\n"), words[i]) != NULL;
    }

  return json;
}

/* Why a reply is no answer, or NULL. A 2xx that is no JSON is none, but for a bare step. */
static GError *
judge (CsChannel     *self,
       CsChannelStep *step,
       CsReply       *reply,
       JsonNode      *json)
{
  if (!cs_reply_is_success (reply))
    return cs_channel_explain (self, step, reply, json);

  if (json == NULL && (step == NULL || !step->bare) && is_page (reply))
    return g_error_new (CS_ERROR, step != NULL ? CS_ERROR_UNKNOWN : CS_ERROR_LATER,
                        _("Where %s should answer there is a web page. Open the shop in the browser: perhaps this network wants you to sign in first, or the shop's host asks whether you are human."),
                        cs_channel_get_name (self));

  if (json == NULL && (step == NULL || !step->bare))
    return g_error_new (CS_ERROR, step != NULL ? CS_ERROR_UNKNOWN : CS_ERROR_LATER,
                        _("%s gave an answer that cannot be read."), cs_channel_get_name (self));

  return json != NULL ? cs_channel_find_fault (self, step, reply, json) : NULL;
}

/* Waits for its turn and sends once; a second time only where the first was
 * turned away at the door because a token had expired. Returns the JSON of a 2xx
 * reply; NULL with @error, or without one after a bare step's answer that held
 * none. The whole of it is in @reply.
 */
static JsonNode *
await_answer (Talk      *talk,
              CsRequest *request,
              CsReply  **reply,
              GError   **error)
{
  CsChannel     *self = talk->self;
  CsChannelStep *step = talk->step;

  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (CsReply) answer = NULL;
      g_autoptr (JsonNode) json = NULL;
      g_autoptr (GError) reason = NULL;
      g_autoptr (GError) refusal = NULL;

      if (!(answer = await_sent (talk, request, error)))
        return NULL;

      json = read_json (answer);
      learn (self, answer, json);
      if ((reason = judge (self, is_reading (step) ? NULL : step, answer, json)) == NULL)
        {
          if (reply != NULL)
            *reply = g_steal_pointer (&answer);
          return g_steal_pointer (&json);
        }

      if (attempt > 1 || !g_error_matches (reason, CS_ERROR, CS_ERROR_SIGN_IN) || !cs_channel_can_refresh (self))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }

      /* Where there is nothing to ask for tokens with, or it is taken no more, what the shop said is the reason */
      if (!cs_channel_await_refresh (self, &refusal))
        {
          g_propagate_error (error, g_error_matches (refusal, CS_ERROR, CS_ERROR_SIGN_IN) ? g_steal_pointer (&reason) : g_steal_pointer (&refusal));
          return NULL;
        }
    }
}

static JsonNode *
await_read (CsChannel *self,
            CsRequest *request,
            CsReply  **reply,
            GError   **error)
{
  Talk reading = { .self = self };

  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (GError) reason = NULL;
      JsonNode *json = await_answer (&reading, request, reply, &reason);

      if (json != NULL)
        return json;

      if (!g_error_matches (reason, CS_ERROR, CS_ERROR_LATER) || attempt == READ_ATTEMPTS ||
          cs_channel_get_held_until (self) > 0)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }

      if (!await_time (cs_retry_delay (attempt, g_random_double ()) * G_USEC_PER_SEC, error))
        return NULL;
    }
}

/* The rest of a listing that takes several requests */
static gboolean
await_more (CsChannel       *self,
            CsRemoteListing *remote,
            GError         **error)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (self);

  for (guint i = 0; klass->build_more != NULL && i < MOST_PARTS; i++)
    {
      g_autoptr (CsRequest) request = klass->build_more (self, remote);
      g_autoptr (JsonNode) json = NULL;

      g_autoptr (GError) reason = NULL;

      if (request == NULL)
        return TRUE;

      if (!(json = await_read (self, request, NULL, &reason)) && !g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }

      if (!klass->parse_more (self, remote, json, error))
        return FALSE;
    }

  return TRUE;
}

/* whole: with the rest of each listing */
static CsRemotePage *
await_page (CsChannel *self,
            CsRequest *request,
            gboolean   whole,
            GError   **error)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (CsRemotePage) page = NULL;
  g_autoptr (CsReply) reply = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (!(json = await_read (self, request, &reply, error)))
    return NULL;

  priv->asked = request->address;
  priv->answer = reply;
  page = CS_CHANNEL_GET_CLASS (self)->parse_listings (self, json, error);
  priv->asked = NULL;
  priv->answer = NULL;
  if (page == NULL)
    return NULL;

  for (guint i = 0; i < page->listings->len; i++)
    {
      CsRemoteListing *remote = page->listings->pdata[i];

      remote->account = cs_channel_get_account (self)->id;
      remote->pulled_at = now;
      if (whole && !await_more (self, remote, error))
        return NULL;
    }

  return g_steal_pointer (&page);
}

static gboolean
await_open (CsChannel *self,
            GError   **error)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);
  g_autofree char  *address = dex_await_string (CS_CHANNEL_GET_CLASS (self)->open (self), error);
  gsize             length = address != NULL ? strlen (address) : 0;

  if (address == NULL || !cs_channel_await_secrets (self, error))
    return FALSE;

  if (length > 0 && address[length - 1] == '/')
    address[length - 1] = '\0';
  g_set_str (&priv->address, address);

  return TRUE;
}

static DexFuture *
open_fiber (gpointer user_data)
{
  Talk *talk = user_data;
  g_autoptr (GError) error = NULL;

  if (!await_open (talk->self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_string (cs_channel_get_address (talk->self));
}

DexFuture *
cs_channel_open (CsChannel *self)
{
  dex_return_error_if_fail (CS_IS_CHANNEL (self));

  return cs_fiber_spawn (open_fiber, talk_new (self), (GDestroyNotify) talk_free);
}

static DexFuture *
send_fiber (gpointer user_data)
{
  Talk *talk = user_data;
  g_autoptr (CsReply) reply = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (JsonNode) detail = NULL;
  g_autoptr (GError) error = NULL;

  json = await_answer (talk, talk->request, &reply, &error);
  if (reply == NULL ||
      !(detail = CS_CHANNEL_GET_CLASS (talk->self)->parse (talk->self, talk->listing, talk->step, reply, json, &error)))
    {
      if (talk->step->reads && g_error_matches (error, CS_ERROR, CS_ERROR_UNKNOWN))
        error->code = CS_ERROR_LATER;
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_take_boxed (JSON_TYPE_NODE, g_steal_pointer (&detail));
}

DexFuture *
cs_channel_send (CsChannel     *self,
                 CsListing     *listing,
                 CsChannelStep *step,
                 CsRequest     *request,
                 CsChannelGate  gate,
                 gpointer       data,
                 GDestroyNotify destroy)
{
  Talk *talk;

  dex_return_error_if_fail (CS_IS_CHANNEL (self));
  dex_return_error_if_fail (step != NULL && request != NULL);

  talk = talk_new (self);
  talk->listing = cs_listing_ref (listing);
  talk->step = cs_channel_step_ref (step);
  talk->request = cs_request_ref (request);
  talk->gate = gate;
  talk->data = data;
  talk->destroy = destroy;

  return cs_fiber_spawn (send_fiber, talk, (GDestroyNotify) talk_free);
}

static gboolean
is_match (CsChannel       *self,
          CsListing       *listing,
          CsRemoteListing *remote)
{
  if (g_strcmp0 (remote->key, listing->key) == 0 ||
      (listing->sku != NULL && listing->sku[0] != '\0' && g_strcmp0 (remote->sku, listing->sku) == 0))
    return TRUE;

  return !cs_channel_get_traits (self)->bears_key && remote->key == NULL && listing->title != NULL &&
         g_strcmp0 (remote->title, listing->title) == 0;
}

/* The same listing may answer to several questions */
static void
keep_matches (CsChannel    *self,
              CsListing    *listing,
              CsRemotePage *page,
              GPtrArray    *found)
{
  for (guint i = 0; i < page->listings->len; i++)
    {
      CsRemoteListing *remote = page->listings->pdata[i];
      gboolean         is_known = FALSE;

      for (guint k = 0; k < found->len; k++)
        is_known = is_known || g_strcmp0 (((CsRemoteListing *) found->pdata[k])->remote_id, remote->remote_id) == 0;

      if (!is_known && is_match (self, listing, remote))
        g_ptr_array_add (found, cs_remote_listing_ref (remote));
    }
}

static DexFuture *
look_up_fiber (gpointer user_data)
{
  Talk           *talk = user_data;
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (talk->self);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL;

  if (!await_open (talk->self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < MOST_PAGES; i++)
    {
      g_autoptr (CsRequest) request = klass->traits.finds_by_key
                                        ? klass->build_look_up (talk->self, talk->listing, i)
                                        : klass->build_pull (talk->self, cursor);
      g_autoptr (CsRemotePage) page = NULL;
      guint n_known;

      if (request == NULL)
        return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&found));

      /* Where what is asked for has an address of its own, there may be nothing at it */
      if (!(page = await_page (talk->self, request, klass->traits.finds_by_key, &error)) && klass->traits.finds_by_key &&
          g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
        {
          g_clear_error (&error);
          continue;
        }

      if (page == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));

      n_known = found->len;
      keep_matches (talk->self, talk->listing, page, found);

      /* Of all that is there only what may be ours is worth the requests for the rest of it */
      for (guint k = n_known; !klass->traits.finds_by_key && k < found->len; k++)
        {
          if (!await_more (talk->self, found->pdata[k], &error))
            return dex_future_new_for_error (g_steal_pointer (&error));
        }

      if (!klass->traits.finds_by_key && page->next == NULL)
        return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&found));

      g_set_str (&cursor, page->next);
    }

  /* Not having seen all of it proves nothing */
  return cs_fiber_refuse (CS_ERROR_CONFLICT,
                          _("%s has too many products to be looked through. Look there whether this one is in it already."),
                          cs_channel_get_name (talk->self));
}

DexFuture *
cs_channel_look_up (CsChannel *self,
                    CsListing *listing)
{
  Talk *talk;

  dex_return_error_if_fail (CS_IS_CHANNEL (self));
  dex_return_error_if_fail (listing != NULL);

  talk = talk_new (self);
  talk->listing = cs_listing_ref (listing);

  return cs_fiber_spawn (look_up_fiber, talk, (GDestroyNotify) talk_free);
}

static DexFuture *
read_fiber (gpointer user_data)
{
  Talk *talk = user_data;
  g_autoptr (CsRemotePage) page = NULL;
  g_autoptr (CsRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  if (!await_open (talk->self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  request = CS_CHANNEL_GET_CLASS (talk->self)->build_read (talk->self, talk->remote_id);
  if (!(page = await_page (talk->self, request, TRUE, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (page->listings->len == 0)
    return cs_fiber_refuse (CS_ERROR_NOT_FOUND, _("This product is not in %s any more."), cs_channel_get_name (talk->self));

  return dex_future_new_take_boxed (CS_TYPE_REMOTE_LISTING, cs_remote_listing_ref (page->listings->pdata[0]));
}

DexFuture *
cs_channel_read (CsChannel  *self,
                 const char *remote_id)
{
  Talk *talk;

  dex_return_error_if_fail (CS_IS_CHANNEL (self));
  dex_return_error_if_fail (remote_id != NULL);

  talk = talk_new (self);
  talk->remote_id = g_strdup (remote_id);

  return cs_fiber_spawn (read_fiber, talk, (GDestroyNotify) talk_free);
}

static DexFuture *
pull_fiber (gpointer user_data)
{
  Talk *talk = user_data;
  g_autoptr (CsRemotePage) page = NULL;
  g_autoptr (CsRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  if (!await_open (talk->self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  request = CS_CHANNEL_GET_CLASS (talk->self)->build_pull (talk->self, talk->cursor);
  if (!(page = await_page (talk->self, request, TRUE, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_REMOTE_PAGE, g_steal_pointer (&page));
}

DexFuture *
cs_channel_pull (CsChannel  *self,
                 const char *cursor)
{
  Talk *talk;

  dex_return_error_if_fail (CS_IS_CHANNEL (self));

  talk = talk_new (self);
  talk->cursor = g_strdup (cursor);

  return cs_fiber_spawn (pull_fiber, talk, (GDestroyNotify) talk_free);
}

static DexFuture *
try_fiber (gpointer user_data)
{
  Talk           *talk = user_data;
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (talk->self);
  g_autoptr (GPtrArray) findings = cs_channel_check (talk->self, talk->listing);
  g_autoptr (CsRequest) request = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GError) error = NULL;

  if (klass->build_trial == NULL)
    return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&findings));

  if (!await_open (talk->self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if ((request = klass->build_trial (talk->self, talk->listing)) &&
      (!(json = await_read (talk->self, request, NULL, &error)) ||
       !klass->parse_trial (talk->self, talk->listing, json, findings, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&findings));
}

DexFuture *
cs_channel_try (CsChannel *self,
                CsListing *listing)
{
  Talk *talk;

  dex_return_error_if_fail (CS_IS_CHANNEL (self));
  dex_return_error_if_fail (listing != NULL);

  talk = talk_new (self);
  talk->listing = cs_listing_ref (listing);

  return cs_fiber_spawn (try_fiber, talk, (GDestroyNotify) talk_free);
}

/* Where the other way leads nowhere either, the first reason is the one to tell,
 * unless there is somebody there who does not take the keys
 */
static JsonNode *
await_inquiry (CsChannel *self,
               CsInquiry *inquiry,
               CsRequest *request,
               GError   **error)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (self);
  g_autoptr (CsRequest) other = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GError) later = NULL;
  JsonNode *json = await_read (self, request, NULL, &reason);

  if (json == NULL && inquiry->n_answers == 0 && klass->ask_otherwise != NULL && klass->ask_otherwise (self, inquiry) &&
      (other = klass->build_inquiry (self, inquiry)))
    json = await_read (self, other, NULL, &later);

  if (json == NULL)
    g_propagate_error (error, g_error_matches (later, CS_ERROR, CS_ERROR_SIGN_IN) ? g_steal_pointer (&later) : g_steal_pointer (&reason));

  return json;
}

static DexFuture *
inquire_fiber (gpointer user_data)
{
  Talk           *talk = user_data;
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (talk->self);
  g_autoptr (GError) error = NULL;

  if (!await_open (talk->self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (; klass->build_inquiry != NULL && talk->inquiry->n_answers < MOST_PAGES; talk->inquiry->n_answers++)
    {
      g_autoptr (CsRequest) request = klass->build_inquiry (talk->self, talk->inquiry);
      g_autoptr (JsonNode) json = NULL;

      if (request == NULL)
        break;

      if (!(json = await_inquiry (talk->self, talk->inquiry, request, &error)) ||
          !klass->parse_inquiry (talk->self, talk->inquiry, json, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  if (talk->inquiry->kind != CS_INQUIRY_SHOP && talk->inquiry->form->fields->len == 0)
    return cs_fiber_refuse (CS_ERROR_NOT_FOUND, _("%s does not say anything about this."), cs_channel_get_name (talk->self));

  return dex_future_new_take_boxed (CS_TYPE_INQUIRY, g_steal_pointer (&talk->inquiry));
}

DexFuture *
cs_channel_inquire (CsChannel    *self,
                    CsInquiryKind kind,
                    const char   *category,
                    const char   *search)
{
  Talk *talk;

  dex_return_error_if_fail (CS_IS_CHANNEL (self));

  talk = talk_new (self);
  talk->inquiry = cs_inquiry_make (kind, category, search);

  return cs_fiber_spawn (inquire_fiber, talk, (GDestroyNotify) talk_free);
}

DexFuture *
cs_channel_finish (CsChannel *self)
{
  dex_return_error_if_fail (CS_IS_CHANNEL (self));

  if (CS_CHANNEL_GET_CLASS (self)->finish == NULL)
    return dex_future_new_true ();

  return CS_CHANNEL_GET_CLASS (self)->finish (self);
}
