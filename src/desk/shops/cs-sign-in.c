/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <sys/random.h>

#include "cs-browser-return.h"
#include "cs-json.h"
#include "cs-shops-private.h"

/* Signing in with the browser (OAuth 2 with PKCE, RFC 7636). What the
 * marketplace is told is a hash; what it hashes stays here until the browser has
 * come back, so that a code that somebody else sees is worth nothing.
 */

#define VERIFIER_BYTES 48
#define STATE_BYTES    24

struct _CsSignIn
{
  GObject parent_instance;

  CsBrowserReturn *back;
  CsChannel       *channel;
  JsonObject      *typed;
  char            *address;
  char            *redirect;
  char            *verifier;
};

G_DEFINE_FINAL_TYPE (CsSignIn, cs_sign_in, G_TYPE_OBJECT)

static void
cs_sign_in_finalize (GObject *object)
{
  CsSignIn *self = CS_SIGN_IN (object);

  if (self->back != NULL)
    cs_browser_return_stop (self->back);
  g_clear_object (&self->back);
  g_clear_object (&self->channel);
  g_clear_pointer (&self->typed, json_object_unref);
  g_free (self->address);
  g_free (self->redirect);
  cs_secret_free (self->verifier);

  G_OBJECT_CLASS (cs_sign_in_parent_class)->finalize (object);
}

static void
cs_sign_in_class_init (CsSignInClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_sign_in_finalize;
}

static void
cs_sign_in_init (CsSignIn *self)
{
}

/* base64url without padding, RFC 7636 appendix A */
static char *
encode (const guint8 *bytes,
        gsize         length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (g_strdelimit (text, "+", '-'), "/", '_');
  for (char *end = text + strlen (text); end > text && end[-1] == '='; end--)
    end[-1] = '\0';

  return text;
}

/* From the system's own source, and from no other */
static char *
make_random (gsize    length,
             GError **error)
{
  guint8 bytes[64];
  char  *text;

  g_assert (length <= sizeof bytes);
  if (getrandom (bytes, length, 0) != (gssize) length)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("This computer gave no random number to sign in with. Try again."));
      return NULL;
    }

  text = encode (bytes, length);
  explicit_bzero (bytes, sizeof bytes);

  return text;
}

static char *
make_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize  length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);

  return encode (digest, length);
}

/* What the seller has entered at the marketplace is the usual address, letter by
 * letter: a marketplace that is told another one shows the browser an error
 */
static gboolean
check_port (CsSignIn   *self,
            const char *state,
            const char *challenge,
            GError    **error)
{
  g_autofree char *usual = cs_channel_dup_authorize_address (self->channel, CS_BROWSER_RETURN_ADDRESS, state, challenge);

  if (g_str_equal (usual, self->address))
    return TRUE;

  g_set_error (error, CS_ERROR, CS_ERROR_LATER,
               _("The browser could not come back: another program, perhaps another Countersign, uses port %d of this computer. Close it, then sign in again."),
               CS_BROWSER_RETURN_PORT);

  return FALSE;
}

/* Where no port can be had, the address that the browser ends at is pasted */
static gboolean
prepare (CsSignIn *self,
         GError  **error)
{
  g_autofree char *state = make_random (STATE_BYTES, error);
  g_autofree char *challenge = NULL;

  if (state == NULL || !(self->verifier = make_random (VERIFIER_BYTES, error)))
    return FALSE;

  challenge = make_challenge (self->verifier);
  self->back = cs_browser_return_new (state);
  cs_browser_return_listen (self->back, NULL);
  self->redirect = g_strdup (cs_browser_return_get_named_address (self->back));
  if (self->redirect == NULL)
    self->redirect = g_strdup (CS_BROWSER_RETURN_ADDRESS);

  self->address = cs_channel_dup_authorize_address (self->channel, self->redirect, state, challenge);
  if (self->address == NULL)
    g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("This marketplace has no way to sign in with the browser. Paste its keys instead."));

  return self->address != NULL && check_port (self, state, challenge, error);
}

/* Who begins anew has left the one before, perhaps in a browser that was closed */
static void
take_over (CsSignIn *self,
           CsShops  *shops)
{
  if (shops->signing_in != NULL && shops->signing_in->back != NULL)
    cs_browser_return_stop (shops->signing_in->back);

  g_set_weak_pointer (&shops->signing_in, self);
}

static DexFuture *
begin_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_autoptr (CsSignIn) self = g_object_new (CS_TYPE_SIGN_IN, NULL);
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (JsonObject) secrets = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  if (!cs_shops_check_typed (call->kind, call->typed, FALSE, &error) ||
      !(account = cs_shops_read_typed (call->kind, call->typed, &error)) ||
      !(self->channel = cs_channel_kinds_make (account, NULL, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  secrets = cs_shops_read_secrets (call->kind, call->typed);
  cs_channel_set_secrets (self->channel, secrets);
  self->typed = json_object_ref (call->typed);
  if (!(address = dex_await_string (cs_channel_open (self->channel), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  take_over (self, call->shops);
  if (!prepare (self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_object (g_steal_pointer (&self));
}

DexFuture *
cs_shops_begin_sign_in (CsShops    *self,
                        const char *kind,
                        JsonObject *typed)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));
  dex_return_error_if_fail (kind != NULL && typed != NULL);

  if (!(call = cs_shops_call_to_write (self, &refusal)))
    return refusal;

  call->typed = json_object_ref (typed);
  if (!(call->kind = cs_channel_kinds_find (kind)))
    {
      cs_shops_call_free (call);
      return cs_fiber_refuse (CS_ERROR_NOT_FOUND, _("This version of Countersign knows no marketplace called “%s”."), kind);
    }

  return cs_fiber_spawn (begin_fiber, call, (GDestroyNotify) cs_shops_call_free);
}

const char *
cs_sign_in_get_address (CsSignIn *self)
{
  g_return_val_if_fail (CS_IS_SIGN_IN (self), NULL);

  return self->address;
}

const char *
cs_sign_in_get_redirect (CsSignIn *self)
{
  g_return_val_if_fail (CS_IS_SIGN_IN (self), NULL);

  return self->redirect;
}

/* What waiting needs of it: letting the sign-in go ends the waiting */
typedef struct
{
  CsBrowserReturn *back;
  CsChannel       *channel;
  JsonObject      *typed;
  char            *redirect;
  char            *verifier;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_object_unref (wait->back);
  g_object_unref (wait->channel);
  json_object_unref (wait->typed);
  g_free (wait->redirect);
  cs_secret_free (wait->verifier);
  g_free (wait);
}

static void
copy_members (JsonObject *from,
              JsonObject *to)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &name, &value))
    json_object_set_member (to, name, json_node_copy (value));
}

static DexFuture *
wait_fiber (gpointer data)
{
  Wait *wait = data;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) secrets = NULL;
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;

  if (!(code = dex_await_string (cs_browser_return_wait (wait->back), &error)) ||
      !dex_await (cs_channel_exchange (wait->channel, wait->redirect, code, wait->verifier), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  json_node_take_object (node, json_object_new ());
  secrets = cs_channel_dup_secrets (wait->channel);
  copy_members (wait->typed, json_node_get_object (node));
  copy_members (secrets, json_node_get_object (node));

  return dex_future_new_take_boxed (JSON_TYPE_NODE, g_steal_pointer (&node));
}

DexFuture *
cs_sign_in_wait (CsSignIn *self)
{
  Wait *wait;

  dex_return_error_if_fail (CS_IS_SIGN_IN (self));

  wait = g_new0 (Wait, 1);
  wait->back = g_object_ref (self->back);
  wait->channel = g_object_ref (self->channel);
  wait->typed = json_object_ref (self->typed);
  wait->redirect = g_strdup (self->redirect);
  wait->verifier = g_strdup (self->verifier);

  return cs_fiber_spawn (wait_fiber, wait, wait_free);
}

gboolean
cs_sign_in_paste (CsSignIn   *self,
                  const char *address,
                  GError    **error)
{
  g_return_val_if_fail (CS_IS_SIGN_IN (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  return cs_browser_return_paste (self->back, address, error);
}
