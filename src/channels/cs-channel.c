/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-private.h"
#include "cs-fiber.h"
#include "cs-http.h"
#include "cs-json.h"
#include "cs-rate-limit.h"
#include "cs-retry.h"
#include "cs-trace.h"

#define TOO_MANY_REQUESTS 429
#define TOO_EARLY         425

/* Reading is safe to repeat; more than this is for the publisher's own waiting */
#define READ_ATTEMPTS 3
#define READ_WAIT     8

/* Where a channel cannot be asked by key, everything there is read */
#define MOST_PAGES 1000

typedef struct
{
  CsAccount   *account;
  CsHttp      *http;
  CsRateLimit *limit;
  char        *address;
  gint64       held_until;
} CsChannelPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CsChannel, cs_channel, G_TYPE_OBJECT)

typedef enum
{
  PROP_ACCOUNT = 1,
} CsChannelProperty;

static GParamSpec *properties[PROP_ACCOUNT + 1];

static void
cs_channel_step_clear (CsChannelStep *self)
{
  g_free (self->name);
}

CS_DEFINE_RECORD (CsChannelStep, cs_channel_step)

static void
cs_remote_page_clear (CsRemotePage *self)
{
  g_clear_pointer (&self->listings, g_ptr_array_unref);
  g_free (self->next);
}

CS_DEFINE_RECORD (CsRemotePage, cs_remote_page)

/**
 * cs_channel_step_make:
 *
 * What is special about a step is in its name, so that a journalled name says it too
 */
CsChannelStep *
cs_channel_step_make (const char *name)
{
  CsChannelStep *step = cs_channel_step_new ();

  step->name = g_strdup (name);
  step->picture = g_str_has_prefix (name, "picture.") ? (int) MIN (g_ascii_strtoull (name + strlen ("picture."), NULL, 10), G_MAXINT) : -1;
  step->creates = g_str_equal (name, "create");
  step->writes = step->picture < 0 && !step->creates;

  return step;
}

static DexFuture *
cs_channel_real_open (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  return dex_future_new_for_string (priv->account->address);
}

static CsError
cs_channel_real_classify (CsChannel     *self,
                          CsChannelStep *step,
                          CsReply       *reply,
                          JsonNode      *json,
                          char         **sentence)
{
  return cs_channel_classify_status (step, reply);
}

static void
cs_channel_constructed (GObject *object)
{
  CsChannelPrivate      *priv = cs_channel_get_instance_private (CS_CHANNEL (object));
  const CsChannelTraits *traits = &CS_CHANNEL_GET_CLASS (object)->traits;

  G_OBJECT_CLASS (cs_channel_parent_class)->constructed (object);

  if (priv->account == NULL)
    priv->account = cs_account_new ();
  priv->limit = cs_rate_limit_new (traits->per_second, traits->burst);
}

static void
cs_channel_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (CS_CHANNEL (object));

  switch ((CsChannelProperty) prop_id)
    {
    case PROP_ACCOUNT:
      priv->account = g_value_dup_boxed (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_channel_finalize (GObject *object)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (CS_CHANNEL (object));

  g_clear_pointer (&priv->account, cs_account_unref);
  g_clear_object (&priv->http);
  g_clear_pointer (&priv->limit, cs_rate_limit_free);
  g_clear_pointer (&priv->address, g_free);

  G_OBJECT_CLASS (cs_channel_parent_class)->finalize (object);
}

static void
cs_channel_class_init (CsChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = cs_channel_constructed;
  object_class->finalize = cs_channel_finalize;
  object_class->set_property = cs_channel_set_property;

  klass->open = cs_channel_real_open;
  klass->classify = cs_channel_real_classify;
  klass->traits.per_second = 2;
  klass->traits.burst = 2;
  klass->traits.settle_seconds = 60;

  properties[PROP_ACCOUNT] =
    g_param_spec_boxed ("account", NULL, NULL,
                        CS_TYPE_ACCOUNT,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_channel_init (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  priv->http = cs_http_new ();
}

const CsChannelTraits *
cs_channel_get_traits (CsChannel *self)
{
  g_return_val_if_fail (CS_IS_CHANNEL (self), NULL);

  return &CS_CHANNEL_GET_CLASS (self)->traits;
}

CsAccount *
cs_channel_get_account (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  g_return_val_if_fail (CS_IS_CHANNEL (self), NULL);

  return priv->account;
}

gint64
cs_channel_get_held_until (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  g_return_val_if_fail (CS_IS_CHANNEL (self), 0);

  return priv->held_until > g_get_real_time () / G_USEC_PER_SEC ? priv->held_until : 0;
}

gint64
cs_channel_get_next_at (CsChannel *self,
                        guint      n_failures)
{
  gint64 wait = cs_retry_delay (n_failures, g_random_double ());

  return MAX (g_get_real_time () / G_USEC_PER_SEC + wait, cs_channel_get_held_until (self));
}

/**
 * cs_channel_get_address:
 *
 * Returns: what requests are to begin with, without a slash at its end; known
 *   once the channel was opened
 */
const char *
cs_channel_get_address (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  return priv->address != NULL ? priv->address : "";
}

static const char *
get_name (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);

  return priv->account->name != NULL && priv->account->name[0] != '\0' ? priv->account->name : _("The shop");
}

/**
 * cs_channel_classify_status:
 * @step: NULL where something was only read
 *
 * What a status means where the marketplace has no meaning of its own for it
 */
CsError
cs_channel_classify_status (CsChannelStep *step,
                            CsReply       *reply)
{
  switch (reply->status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_FORBIDDEN:
      return CS_ERROR_SIGN_IN;

    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      if (step == NULL)
        return CS_ERROR_NOT_FOUND;
      return step->writes ? CS_ERROR_CONFLICT : CS_ERROR_REFUSED;

    case SOUP_STATUS_CONFLICT:
    case SOUP_STATUS_PRECONDITION_FAILED:
      return CS_ERROR_CONFLICT;

    case TOO_EARLY:
    case TOO_MANY_REQUESTS:
      return CS_ERROR_LATER;

    default:
      break;
    }

  /* With a time to come back at, "unavailable" was said before anything was done */
  if (reply->status == SOUP_STATUS_SERVICE_UNAVAILABLE && cs_reply_get_header (reply, "Retry-After") != NULL)
    return CS_ERROR_LATER;

  if (reply->status >= 500 || reply->status == SOUP_STATUS_REQUEST_TIMEOUT)
    return step != NULL ? CS_ERROR_UNKNOWN : CS_ERROR_LATER;

  return CS_ERROR_REFUSED;
}

static char *
describe (CsChannel *self,
          CsError    code,
          CsReply   *reply)
{
  const char *name = get_name (self);

  switch ((int) code)
    {
    case CS_ERROR_SIGN_IN:
      return g_strdup_printf (_("%s does not accept the sign-in any more. Sign in to the shop again, then press “Try again”."), name);

    case CS_ERROR_LATER:
      return g_strdup_printf (_("%s is busy. It will be tried again by itself."), name);

    case CS_ERROR_CONFLICT:
      return g_strdup_printf (_("Something in %s is not as it was when you approved this. Look at it there, then approve the product again."), name);

    case CS_ERROR_NOT_FOUND:
      return g_strdup_printf (_("This product is not in %s any more."), name);

    case CS_ERROR_UNKNOWN:
      return g_strdup_printf (_("%s did not say whether it took the product."), name);

    default:
      if (SOUP_STATUS_IS_REDIRECTION (reply->status))
        return g_strdup_printf (_("%s has moved to another address. Correct the shop's address, then approve the product again."), name);
      return g_strdup_printf (_("%s did not accept the product (answer %u). Change it, then approve it again."), name, reply->status);
    }
}

/* What goes on between us and the shop: one request, and whom its answer concerns */
typedef struct
{
  CsChannel     *self;
  CsListing     *listing;
  CsChannelStep *step; /* NULL: read */
  CsRequest     *request;
  char          *remote_id;
  char          *cursor;
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
  g_clear_object (&talk->self);
  g_clear_pointer (&talk->listing, cs_listing_unref);
  g_clear_pointer (&talk->step, cs_channel_step_unref);
  g_clear_pointer (&talk->request, cs_request_unref);
  g_free (talk->remote_id);
  g_free (talk->cursor);
  g_free (talk);
}

static void
learn (CsChannel *self,
       CsReply   *reply)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);
  gint64            now = g_get_real_time () / G_USEC_PER_SEC;
  gint64            after = cs_retry_after (cs_reply_get_header (reply, "Retry-After"), now);

  cs_rate_limit_learn (priv->limit, reply->status, reply->headers, g_get_monotonic_time ());

  if (after > 0 && (reply->status == TOO_MANY_REQUESTS || reply->status == SOUP_STATUS_SERVICE_UNAVAILABLE))
    priv->held_until = now + after;
}

static GError *
explain (CsChannel     *self,
         CsChannelStep *step,
         CsReply       *reply)
{
  g_autoptr (JsonNode) json = cs_reply_dup_json (reply, NULL);
  g_autofree char *sentence = NULL;
  CsError          code = CS_CHANNEL_GET_CLASS (self)->classify (self, step, reply, json, &sentence);

  if (sentence == NULL)
    sentence = describe (self, code, reply);

  return g_error_new_literal (CS_ERROR, code, sentence);
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

/* Waits for its turn, sends once. A 2xx answer that is no JSON is no answer. */
static JsonNode *
await_reply (CsChannel     *self,
             CsChannelStep *step,
             CsRequest     *request,
             GError       **error)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);
  CsChannelClass   *klass = CS_CHANNEL_GET_CLASS (self);
  gint64            wait = cs_rate_limit_take (priv->limit, g_get_monotonic_time ());
  const char       *name = step != NULL ? step->name : "read";
  CsHttpLimits      limits = { .seconds = klass->traits.answer_seconds };
  g_autoptr (CsReply) reply = NULL;
  g_autoptr (GError) reason = NULL;
  JsonNode *json;

  if (wait > READ_WAIT * G_USEC_PER_SEC)
    {
      priv->held_until = MAX (priv->held_until, (g_get_real_time () + wait) / G_USEC_PER_SEC);
      g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("%s is busy. It will be tried again by itself."), get_name (self));
      return NULL;
    }

  if (wait > 0 && !await_time (wait, error))
    return NULL;

  if (klass->sign != NULL)
    klass->sign (self, request);

  if (!(reply = dex_await_boxed (cs_http_send (priv->http, request, &limits), &reason)))
    {
      cs_trace (CS_TRACE_CHANNEL, "%s: %s %s: %s", klass->traits.kind, name, request->method, reason->message);
      if (step == NULL && g_error_matches (reason, CS_ERROR, CS_ERROR_UNKNOWN))
        reason->code = CS_ERROR_LATER;
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  cs_trace (CS_TRACE_CHANNEL, "%s: %s %s: %u", klass->traits.kind, name, request->method, reply->status);
  learn (self, reply);

  if (!cs_reply_is_success (reply))
    {
      g_propagate_error (error, explain (self, step, reply));
      return NULL;
    }

  if (!(json = cs_reply_dup_json (reply, NULL)))
    g_set_error (error, CS_ERROR, step != NULL ? CS_ERROR_UNKNOWN : CS_ERROR_LATER,
                 _("%s gave an answer that cannot be read."), get_name (self));

  return json;
}

static JsonNode *
await_read (CsChannel *self,
            CsRequest *request,
            GError   **error)
{
  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (GError) reason = NULL;
      JsonNode *json = await_reply (self, NULL, request, &reason);

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

static CsRemotePage *
await_page (CsChannel *self,
            CsRequest *request,
            GError   **error)
{
  g_autoptr (JsonNode) json = NULL;
  CsRemotePage *page;
  gint64        now = g_get_real_time () / G_USEC_PER_SEC;

  if (!(json = await_read (self, request, error)) ||
      !(page = CS_CHANNEL_GET_CLASS (self)->parse_listings (self, json, error)))
    return NULL;

  for (guint i = 0; i < page->listings->len; i++)
    {
      CsRemoteListing *remote = page->listings->pdata[i];

      remote->account = cs_channel_get_account (self)->id;
      remote->pulled_at = now;
    }

  return page;
}

static gboolean
await_open (CsChannel *self,
            GError   **error)
{
  CsChannelPrivate *priv = cs_channel_get_instance_private (self);
  g_autofree char  *address = dex_await_string (CS_CHANNEL_GET_CLASS (self)->open (self), error);
  gsize             length = address != NULL ? strlen (address) : 0;

  if (address == NULL)
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

CsChannelStep *
cs_channel_next_step (CsChannel *self,
                      CsListing *listing,
                      CsJournal *journal)
{
  g_return_val_if_fail (CS_IS_CHANNEL (self), NULL);

  return CS_CHANNEL_GET_CLASS (self)->next_step (self, listing, journal);
}

CsRequest *
cs_channel_build (CsChannel     *self,
                  CsListing     *listing,
                  CsChannelStep *step,
                  CsJournal     *journal,
                  GBytes        *picture,
                  GError       **error)
{
  g_return_val_if_fail (CS_IS_CHANNEL (self), NULL);
  g_return_val_if_fail (listing != NULL && listing->bytes != NULL, NULL);

  return CS_CHANNEL_GET_CLASS (self)->build (self, listing, step, journal, picture, error);
}

static DexFuture *
send_fiber (gpointer user_data)
{
  Talk *talk = user_data;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (JsonNode) detail = NULL;
  g_autoptr (GError) error = NULL;

  if (!(json = await_reply (talk->self, talk->step, talk->request, &error)) ||
      !(detail = CS_CHANNEL_GET_CLASS (talk->self)->parse (talk->self, talk->listing, talk->step, json, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (JSON_TYPE_NODE, g_steal_pointer (&detail));
}

DexFuture *
cs_channel_send (CsChannel     *self,
                 CsListing     *listing,
                 CsChannelStep *step,
                 CsRequest     *request)
{
  Talk *talk;

  dex_return_error_if_fail (CS_IS_CHANNEL (self));
  dex_return_error_if_fail (step != NULL && request != NULL);

  talk = talk_new (self);
  talk->listing = cs_listing_ref (listing);
  talk->step = cs_channel_step_ref (step);
  talk->request = cs_request_ref (request);

  return cs_fiber_spawn (send_fiber, talk, (GDestroyNotify) talk_free);
}

static void
keep_matches (CsListing    *listing,
              CsRemotePage *page,
              GPtrArray    *found)
{
  for (guint i = 0; i < page->listings->len; i++)
    {
      CsRemoteListing *remote = page->listings->pdata[i];

      if (g_strcmp0 (remote->key, listing->key) == 0 ||
          (listing->sku != NULL && listing->sku[0] != '\0' && g_strcmp0 (remote->sku, listing->sku) == 0))
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
                                        ? klass->build_look_up (talk->self, talk->listing)
                                        : klass->build_pull (talk->self, cursor);
      g_autoptr (CsRemotePage) page = NULL;

      if (!(page = await_page (talk->self, request, &error)))
        return dex_future_new_for_error (g_steal_pointer (&error));

      keep_matches (talk->listing, page, found);
      if (klass->traits.finds_by_key || page->next == NULL)
        return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&found));

      g_set_str (&cursor, page->next);
    }

  /* Not having seen all of it proves nothing */
  return cs_fiber_refuse (CS_ERROR_CONFLICT,
                          _("%s has too many products to be looked through. Look there whether this one is in it already."),
                          get_name (talk->self));
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
  if (!(page = await_page (talk->self, request, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (page->listings->len == 0)
    return cs_fiber_refuse (CS_ERROR_NOT_FOUND, _("This product is not in %s any more."), get_name (talk->self));

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
  if (!(page = await_page (talk->self, request, &error)))
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

/**
 * cs_channel_compare:
 * @with_state: whether it matters if customers see it
 *
 * Returns: (transfer full) (element-type utf8): what is not as it was signed,
 *   a sentence each
 */
GPtrArray *
cs_channel_compare (CsChannel       *self,
                    CsListing       *listing,
                    CsRemoteListing *remote,
                    gboolean         with_state)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (self);
  GPtrArray      *differences = g_ptr_array_new_with_free_func (g_free);

  if (with_state && listing->live && !remote->live)
    g_ptr_array_add (differences, g_strdup (_("You approved it to be on sale; customers do not see it yet.")));
  if (with_state && !listing->live && remote->live)
    g_ptr_array_add (differences, g_strdup (_("You approved a draft; customers see it already.")));

  cs_channel_compare_listing (listing, remote, klass->traits.rewrites, differences);
  if (klass->compare != NULL)
    klass->compare (self, listing, remote, differences);

  return differences;
}
