/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-channel-private.h"
#include "cs-fiber.h"
#include "cs-json.h"

/* Secrets of an account: from the keyring, made new in time, wiped in the end */

/* Tokens are made new this long before they expire, and not oftener than this */
#define EARLY_SECONDS 60
#define REST_SECONDS  60

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

char *
cs_channel_dup_keyring_name (CsAccount *account)
{
  return account->keyring != NULL ? g_strdup_printf ("channel/%" G_GINT64_FORMAT "@%s", account->id, account->keyring)
                                  : g_strdup_printf ("channel/%" G_GINT64_FORMAT, account->id);
}

const char *
cs_channel_get_secret (CsChannel  *self,
                       const char *name)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);

  return priv->secrets != NULL ? g_hash_table_lookup (priv->secrets, name) : NULL;
}

void
cs_channel_set_secrets (CsChannel  *self,
                        JsonObject *secrets)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);
  JsonObjectIter    iter;
  const char       *name;
  JsonNode         *node;

  if (priv->secrets == NULL)
    priv->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cs_secret_free);

  json_object_iter_init (&iter, secrets);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_hash_table_replace (priv->secrets, g_strdup (name), g_strdup (json_node_get_string (node)));
    }
}

JsonObject *
cs_channel_dup_secrets (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);
  JsonObject    *secrets = json_object_new ();
  GHashTableIter iter;
  gpointer name, secret;

  if (priv->secrets == NULL)
    return secrets;

  g_hash_table_iter_init (&iter, priv->secrets);
  while (g_hash_table_iter_next (&iter, &name, &secret))
    json_object_set_string_member (secrets, name, secret);

  return secrets;
}

static char *
write_secrets (CsChannel *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, cs_channel_dup_secrets (self));

  return cs_json_canonical (node);
}

/* What a reply brought joins what is known, and goes where that is kept */
static gboolean
await_kept (CsChannel *self,
            gboolean   session,
            GError   **error)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);
  g_autofree char  *name = cs_channel_dup_keyring_name (priv->account);
  g_autofree char  *label = g_strdup_printf (_("Countersign: %s"), cs_channel_get_name (self));
  char             *secret;
  gboolean          kept = TRUE;

  if (priv->secrets == NULL || priv->keyring == NULL)
    return TRUE;

  secret = write_secrets (self);
  if (session)
    cs_secrets_keep_for_session (priv->keyring, name, secret);
  else
    kept = dex_await (cs_secrets_keep (priv->keyring, name, label, secret), error);
  cs_secret_free (secret);

  return kept;
}

typedef struct
{
  CsChannel *self;
  CsRequest *request;
  gboolean   session;
} Call;

static void
call_free (Call *call)
{
  g_clear_object (&call->self);
  g_clear_pointer (&call->request, cs_request_unref);
  g_free (call);
}

static Call *
call_new (CsChannel *self)
{
  Call *call = g_new0 (Call, 1);

  call->self = g_object_ref (self);

  return call;
}

static DexFuture *
keep_fiber (gpointer data)
{
  Call *call = data;
  g_autoptr (GError) error = NULL;

  if (!await_kept (call->self, call->session, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_true ();
}

DexFuture *
cs_channel_keep_secrets (CsChannel *self,
                         gboolean   session)
{
  Call *call;

  dex_return_error_if_fail (CS_IS_CHANNEL (self));

  call = call_new (self);
  call->session = session;

  return cs_fiber_spawn_disowned (keep_fiber, call, (GDestroyNotify) call_free);
}

static gboolean
parse_tokens (CsChannel  *self,
              CsReply    *reply,
              JsonObject *secrets)
{
  CsChannelClass *klass = CS_CHANNEL_GET_CLASS (self);
  g_autoptr (JsonNode) json = NULL;

  if (klass->parse_token_reply != NULL)
    return klass->parse_token_reply (self, reply, get_now (), secrets, NULL);

  json = cs_reply_dup_json (reply, NULL);

  return json != NULL && klass->parse_tokens (self, json, get_now (), secrets, NULL);
}

static gint64
read_expiry (const char *text)
{
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* Another program of ours may have made them new since we read them: a refresh
 * token that is for one use is gone then. TRUE where those that it kept are good.
 */
static gboolean
await_newer (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);
  g_autofree char  *name = cs_channel_dup_keyring_name (priv->account);
  g_autoptr (JsonNode) node = NULL;
  char  *secret = priv->keyring != NULL ? dex_await_string (cs_secrets_find (priv->keyring, name), NULL) : NULL;
  gint64 expires_at;

  node = secret != NULL ? cs_json_parse (secret, -1, NULL) : NULL;
  cs_secret_free (secret);
  expires_at = read_expiry (cs_json_string (cs_json_node_object (node), "expires_at", NULL));
  if (expires_at <= read_expiry (cs_channel_get_secret (self, "expires_at")))
    return FALSE;

  cs_channel_set_secrets (self, cs_json_node_object (node));

  return expires_at > get_now () + EARLY_SECONDS;
}

/* Asks for tokens and keeps them before anything is done with them: a refresh
 * token that is for one use is gone once it was sent.
 */
static DexFuture *
tokens_fiber (gpointer data)
{
  Call             *call = data;
  CsChannelPrivate *priv = cs_channel_get_private (call->self);
  CsChannelClass   *klass = CS_CHANNEL_GET_CLASS (call->self);
  CsHttpLimits      limits = { 0 };
  g_autoptr (CsRequest) copy = NULL;
  g_autoptr (JsonObject) secrets = json_object_new ();
  g_autoptr (CsReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  /* Of a code tokens are made; else they are made new */
  if (call->request == NULL && await_newer (call->self))
    return dex_future_new_true ();

  if (call->request == NULL && !(call->request = klass->build_refresh (call->self)))
    return cs_fiber_refuse (CS_ERROR_SIGN_IN, _("%s wants you to sign in again."), cs_channel_get_name (call->self));

  copy = cs_request_copy (call->request);
  if (klass->traits.signs_tokens && klass->sign != NULL)
    klass->sign (call->self, copy, get_now ());

  if (!(reply = dex_await_boxed (cs_http_send (priv->http, copy, &limits), &error)))
    return cs_fiber_refuse (CS_ERROR_LATER, "%s", error->message);

  if (!cs_reply_is_success (reply) && (reply->status >= 500 || reply->status == 429))
    return cs_fiber_refuse (CS_ERROR_LATER, _("%s is busy."), cs_channel_get_name (call->self));

  if (!cs_reply_is_success (reply) || !parse_tokens (call->self, reply, secrets))
    return cs_fiber_refuse (CS_ERROR_SIGN_IN, _("%s wants you to sign in again."), cs_channel_get_name (call->self));

  cs_channel_set_secrets (call->self, secrets);
  priv->refreshed_at = get_now ();
  if (!await_kept (call->self, FALSE, NULL))
    await_kept (call->self, TRUE, NULL);

  return dex_future_new_true ();
}

gboolean
cs_channel_can_refresh (CsChannel *self)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);

  return CS_CHANNEL_GET_CLASS (self)->build_refresh != NULL && get_now () > priv->refreshed_at + REST_SECONDS;
}

/* Several may need it at once: it is asked for once */
gboolean
cs_channel_await_refresh (CsChannel *self,
                          GError   **error)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);
  g_autoptr (DexFuture) refreshing = NULL;

  if (priv->refreshing == NULL || !dex_future_is_pending (priv->refreshing))
    {
      dex_clear (&priv->refreshing);
      priv->refreshing = cs_fiber_spawn_disowned (tokens_fiber, call_new (self), (GDestroyNotify) call_free);
    }

  refreshing = dex_ref (priv->refreshing);

  return dex_await (g_steal_pointer (&refreshing), error);
}

static gboolean
await_first_secrets (CsChannel *self,
                     GError   **error)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);
  g_autofree char  *name = cs_channel_dup_keyring_name (priv->account);
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) node = NULL;
  char *secret = dex_await_string (cs_secrets_find (priv->keyring, name), &reason);

  node = secret != NULL ? cs_json_parse (secret, -1, NULL) : NULL;
  cs_secret_free (secret);
  if (reason != NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_SIGN_IN, "%s", reason->message);
      return FALSE;
    }

  if (cs_json_node_object (node) == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_SIGN_IN,
                   _("The keys of %s are not on this computer. Sign in to the shop again, then press “Try again”."),
                   cs_channel_get_name (self));
      return FALSE;
    }

  cs_channel_set_secrets (self, cs_json_node_object (node));

  return TRUE;
}

gboolean
cs_channel_await_secrets (CsChannel *self,
                          GError   **error)
{
  CsChannelPrivate *priv = cs_channel_get_private (self);
  const char       *expires_at;

  if (priv->secrets == NULL && priv->keyring != NULL && !cs_channel_get_traits (self)->has_no_rest &&
      !await_first_secrets (self, error))
    return FALSE;

  expires_at = cs_channel_get_secret (self, "expires_at");
  if (expires_at != NULL && read_expiry (expires_at) < get_now () + EARLY_SECONDS &&
      cs_channel_can_refresh (self))
    return cs_channel_await_refresh (self, error);

  return TRUE;
}

char *
cs_channel_dup_authorize_address (CsChannel  *self,
                                  const char *redirect,
                                  const char *state,
                                  const char *challenge)
{
  g_return_val_if_fail (CS_IS_CHANNEL (self), NULL);

  if (CS_CHANNEL_GET_CLASS (self)->build_authorize == NULL)
    return NULL;

  return CS_CHANNEL_GET_CLASS (self)->build_authorize (self, redirect, state, challenge);
}

DexFuture *
cs_channel_exchange (CsChannel  *self,
                     const char *redirect,
                     const char *code,
                     const char *verifier)
{
  Call *call;

  dex_return_error_if_fail (CS_IS_CHANNEL (self));
  dex_return_error_if_fail (CS_CHANNEL_GET_CLASS (self)->build_exchange != NULL);

  call = call_new (self);
  call->request = CS_CHANNEL_GET_CLASS (self)->build_exchange (self, redirect, code, verifier);

  return cs_fiber_spawn_disowned (tokens_fiber, call, (GDestroyNotify) call_free);
}
