/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-accounts.h"
#include "cs-json.h"
#include "cs-outbox.h"
#include "cs-shops-private.h"
#include "cs-text.h"

/* Accounts: tried before they are kept, and kept with their keys elsewhere. The
 * library knows where a shop is and what it said of itself; the keyring knows
 * its keys.
 */

#define LONGEST_NAME 120

#define SPAWN(fiber, call) cs_fiber_spawn_disowned (fiber, call, (GDestroyNotify) cs_shops_call_free)

/* What a shop says of itself comes from outside like anything else */
static void
tidy_shop (CsShop    *shop,
           CsAccount *account)
{
  g_autofree char *name = cs_text_clean (shop->name != NULL ? shop->name : "", FALSE);
  g_autofree char *remark = shop->remark != NULL ? cs_text_clean (shop->remark, FALSE) : NULL;

  g_strstrip (name);
  if (g_utf8_strlen (name, -1) > LONGEST_NAME)
    *g_utf8_offset_to_pointer (name, LONGEST_NAME) = '\0';
  g_set_str (&shop->name, name[0] != '\0' ? name : account->name);
  g_set_str (&shop->remark, remark);
  if (shop->currency == NULL || strlen (shop->currency) != 3)
    g_set_str (&shop->currency, account->currency);
}

/* Asks the shop who it is. (transfer full) */
static CsShop *
await_shop (CsChannel *channel,
            GError   **error)
{
  CsAccount *account = cs_channel_get_account (channel);
  g_autoptr (CsInquiry) inquiry = NULL;

  if (!(inquiry = dex_await_boxed (cs_channel_inquire (channel, CS_INQUIRY_SHOP, NULL, NULL), error)))
    return NULL;

  tidy_shop (inquiry->shop, account);

  return cs_shop_ref (inquiry->shop);
}

/* A channel for what was just typed, of which nothing is kept */
static CsChannel *
make_trial_channel (const CsChannelKind *kind,
                    CsAccount           *account,
                    JsonObject          *typed,
                    GError             **error)
{
  g_autoptr (JsonObject) secrets = cs_shops_read_secrets (kind, typed);
  CsChannel *channel;

  if (kind->way == CS_SIGN_IN_BROWSER && !json_object_has_member (secrets, "access_token") &&
      !json_object_has_member (secrets, "refresh_token"))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_SIGN_IN, _("Sign in at %s in the browser first."), _(kind->name));
      return NULL;
    }

  if ((channel = cs_channel_kinds_make (account, NULL, error)))
    cs_channel_set_secrets (channel, secrets);

  return channel;
}

static DexFuture *
test_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (CsChannel) channel = NULL;
  g_autoptr (CsShop) shop = NULL;
  g_autoptr (GError) error = NULL;

  if (!cs_shops_check_typed (call->kind, call->typed, TRUE, &error) ||
      !(account = cs_shops_read_typed (call->kind, call->typed, &error)) ||
      !(channel = make_trial_channel (call->kind, account, call->typed, &error)) ||
      !(shop = await_shop (channel, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_SHOP, g_steal_pointer (&shop));
}

/* FALSE with refusal where there is no such kind */
static gboolean
find_kind (CsShopsCall *call,
           const char  *kind,
           JsonObject  *typed,
           DexFuture  **refusal)
{
  call->typed = json_object_ref (typed);
  if ((call->kind = cs_channel_kinds_find (kind)))
    return TRUE;

  *refusal = cs_fiber_refuse (CS_ERROR_NOT_FOUND, _("This version of Countersign knows no marketplace called “%s”."), kind);

  return FALSE;
}

DexFuture *
cs_shops_test (CsShops    *self,
               const char *kind,
               JsonObject *typed)
{
  g_autoptr (CsShopsCall) call = NULL;
  DexFuture *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));
  dex_return_error_if_fail (kind != NULL && typed != NULL);

  if (!(call = cs_shops_call_new (self, &refusal)) || !find_kind (call, kind, typed, &refusal))
    return refusal;

  return SPAWN (test_fiber, g_steal_pointer (&call));
}

/* Whether all that the shop said of itself is what an account says already */
static gboolean
says_the_same (CsAccount *account,
               CsShop    *shop)
{
  g_autofree char *now = cs_shops_join_profiles (account->profile, NULL);
  g_autofree char *joined = cs_shops_join_profiles (account->profile, shop->profile);

  return g_str_equal (now, joined);
}

/* The same shop twice would have every product twice in the lists */
static gboolean
refuse_twin (CsShops             *self,
             const CsChannelKind *kind,
             CsAccount           *account,
             CsShop              *shop,
             GError             **error)
{
  g_autoptr (GPtrArray) accounts = dex_await_boxed (cs_accounts_list (self->store), error);

  if (accounts == NULL)
    return FALSE;

  for (guint i = 0; i < accounts->len; i++)
    {
      CsAccount *other = accounts->pdata[i];

      if (g_strcmp0 (other->channel, account->channel) != 0 || g_strcmp0 (other->address, account->address) != 0 ||
          account->address[0] == '\0' || (kind->address != NULL && !says_the_same (other, shop)))
        continue;

      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("This shop is here already: “%s”. To give it new keys, sign in to it again."), other->name);
      return FALSE;
    }

  return TRUE;
}

static void
fill_account (CsAccount *account,
              CsShop    *shop)
{
  g_autofree char *profile = cs_shops_join_profiles (account->profile, shop->profile);

  if (account->name[0] == '\0')
    g_set_str (&account->name, shop->name != NULL && shop->name[0] != '\0' ? shop->name : account->address);
  if (account->currency[0] == '\0')
    g_set_str (&account->currency, shop->currency != NULL ? shop->currency : "");
  g_set_str (&account->profile, profile);
}

/* Takes back what was begun, so that nothing is kept that cannot be used */
static void
undo_add (CsShops *self,
          gint64   account)
{
  if (self->desk != NULL)
    cs_publisher_forget_channel (self->desk->publisher, account);
  dex_await (cs_accounts_drop (self->store, account), NULL);
}

/* The account first: a key has to be kept under its number. Without keys it
 * says that it wants them.
 */
static gint64
keep_account (CsShopsCall *call,
              CsAccount   *account,
              CsChannel   *trial,
              GError     **error)
{
  CsShops *self = call->shops;
  g_autoptr (JsonObject) secrets = cs_channel_dup_secrets (trial);
  g_autoptr (CsAccount) kept = NULL;
  g_autoptr (GError) reason = NULL;
  CsChannel *channel;
  gint64     id = dex_await_int64 (cs_accounts_put (self->store, account), &reason);

  if (reason == NULL &&
      (kept = dex_await_boxed (cs_accounts_get (self->store, id), &reason)) &&
      (channel = cs_publisher_get_channel (call->desk->publisher, kept, &reason)))
    {
      cs_channel_set_secrets (channel, secrets);
      if (json_object_get_size (secrets) == 0 || dex_await (cs_channel_keep_secrets (channel, call->session), &reason))
        return id;
    }

  if (id != 0)
    undo_add (self, id);
  g_propagate_error (error, g_steal_pointer (&reason));

  return 0;
}

static DexFuture *
add_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (CsChannel) channel = NULL;
  g_autoptr (CsShop) shop = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (call->before != NULL)
    dex_await (dex_ref (call->before), NULL);

  if (!cs_shops_check_typed (call->kind, call->typed, TRUE, &error) ||
      !(account = cs_shops_read_typed (call->kind, call->typed, &error)) ||
      !(channel = make_trial_channel (call->kind, account, call->typed, &error)) ||
      !(shop = await_shop (channel, &error)) ||
      !refuse_twin (call->shops, call->kind, account, shop, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  fill_account (account, shop);
  if ((id = keep_account (call, account, channel, &error)) == 0)
    return dex_future_new_for_error (g_steal_pointer (&error));

  cs_desk_changed (call->desk, CS_DESK_ACCOUNTS, 0);

  return dex_future_new_for_int64 (id);
}

DexFuture *
cs_shops_add (CsShops    *self,
              const char *kind,
              JsonObject *typed,
              gboolean    session)
{
  g_autoptr (CsShopsCall) call = NULL;
  DexFuture *refusal;
  DexFuture *future;

  dex_return_error_if_fail (CS_IS_SHOPS (self));
  dex_return_error_if_fail (kind != NULL && typed != NULL);

  if (!(call = cs_shops_call_to_write (self, &refusal)) || !find_kind (call, kind, typed, &refusal))
    return refusal;

  call->session = session;
  call->before = g_steal_pointer (&self->adding);
  future = SPAWN (add_fiber, g_steal_pointer (&call));
  self->adding = dex_ref (future);

  return future;
}

/* What the shop says of itself now joins what is known of it */
static gboolean
keep_news (CsShops   *self,
           CsAccount *account,
           CsShop    *shop,
           GError   **error)
{
  g_autoptr (CsAccount) now = NULL;

  if (!says_the_same (account, shop))
    {
      if (!(now = dex_await_boxed (cs_accounts_get (self->store, account->id), error)))
        return FALSE;

      fill_account (now, shop);
      if (!dex_await (cs_accounts_put (self->store, now), error))
        return FALSE;

      if (self->desk != NULL)
        cs_publisher_forget_channel (self->desk->publisher, account->id);
    }

  return TRUE;
}

/* It works again: what waited for that goes on */
static gboolean
go_on (CsShopsCall *call,
       GError     **error)
{
  g_autoptr (GError) reason = NULL;
  guint n = dex_await_uint (cs_outbox_retry_account (call->shops->store, call->account), &reason);

  if (reason != NULL || !dex_await (cs_accounts_set_pause (call->shops->store, call->account, 0, NULL), &reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  cs_desk_changed (call->desk, CS_DESK_ACCOUNTS, 0);
  if (n > 0)
    {
      cs_desk_changed (call->desk, CS_DESK_OUTBOX, 0);
      cs_desk_changed (call->desk, CS_DESK_PRODUCTS, 0);
      dex_future_disown (cs_desk_sync (call->desk, call->account));
    }

  return TRUE;
}

/* Keys of another shop would send there what was signed for this one. What a
 * marketplace calls a shop by is in its profile as "…id".
 */
static gboolean
refuse_other_shop (CsAccount *account,
                   CsShop    *shop,
                   GError   **error)
{
  g_autoptr (JsonNode) known = account->profile != NULL ? cs_json_parse (account->profile, -1, NULL) : NULL;
  g_autoptr (JsonNode) told = shop->profile != NULL ? cs_json_parse (shop->profile, -1, NULL) : NULL;
  JsonObject    *object = cs_json_node_object (told);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  if (object == NULL)
    return TRUE;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value))
    {
      const char *before = cs_json_string (cs_json_node_object (known), name, NULL);
      const char *now = cs_json_string (object, name, NULL);

      if (!g_str_has_suffix (name, "id") || before == NULL || now == NULL || g_str_equal (before, now))
        continue;

      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("These keys are of another shop (%s) than “%s”. Add it as a shop of its own."), shop->name, account->name);
      return FALSE;
    }

  return TRUE;
}

static DexFuture *
sign_in_again_fiber (gpointer data)
{
  CsShopsCall *call = data;
  CsShops     *self = call->shops;
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (CsChannel) trial = NULL;
  g_autoptr (JsonObject) secrets = NULL;
  g_autoptr (CsShop) shop = NULL;
  g_autoptr (GError) error = NULL;
  CsChannel *channel;

  if (!(account = cs_shops_await_account (self, call->account, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!(call->kind = cs_channel_kinds_find (account->channel)))
    return cs_fiber_refuse (CS_ERROR_REFUSED, _("There is nothing to sign in to at “%s”."), account->name);

  if (!cs_shops_check_typed (call->kind, call->typed, FALSE, &error) ||
      !(trial = make_trial_channel (call->kind, account, call->typed, &error)) ||
      !(shop = await_shop (trial, &error)) ||
      !refuse_other_shop (account, shop, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  secrets = cs_channel_dup_secrets (trial);
  cs_publisher_forget_channel (call->desk->publisher, account->id);
  if (!(channel = cs_publisher_get_channel (call->desk->publisher, account, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  cs_channel_set_secrets (channel, secrets);
  if (!dex_await (cs_channel_keep_secrets (channel, call->session), &error))
    {
      cs_publisher_forget_channel (call->desk->publisher, account->id);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  if (!keep_news (self, account, shop, &error) || !go_on (call, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_SHOP, g_steal_pointer (&shop));
}

DexFuture *
cs_shops_sign_in_again (CsShops    *self,
                        gint64      account,
                        JsonObject *typed,
                        gboolean    session)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));
  dex_return_error_if_fail (typed != NULL);

  if (!(call = cs_shops_call_to_write (self, &refusal)))
    return refusal;

  call->account = account;
  call->typed = json_object_ref (typed);
  call->session = session;

  return SPAWN (sign_in_again_fiber, call);
}

static DexFuture *
lend_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (JsonObject) secrets = NULL;
  g_autoptr (GError) error = NULL;
  CsChannel *channel;

  if (!(channel = cs_shops_await_channel (call->shops, call->account, &account, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!(call->kind = cs_channel_kinds_find (account->channel)))
    return cs_fiber_refuse (CS_ERROR_REFUSED, _("There is nothing to sign in to at “%s”."), account->name);

  if (!cs_shops_check_typed (call->kind, call->typed, FALSE, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  secrets = cs_shops_read_secrets (call->kind, call->typed);
  cs_channel_set_secrets (channel, secrets);

  return cs_channel_keep_secrets (channel, TRUE);
}

DexFuture *
cs_shops_lend (CsShops    *self,
               gint64      account,
               JsonObject *typed)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));
  dex_return_error_if_fail (typed != NULL);

  if (!(call = cs_shops_call_new (self, &refusal)))
    return refusal;

  call->account = account;
  call->typed = json_object_ref (typed);

  return SPAWN (lend_fiber, call);
}

static DexFuture *
check_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (CsShop) shop = NULL;
  g_autoptr (GError) error = NULL;
  CsChannel *channel;

  if (!(channel = cs_shops_await_channel (call->shops, call->account, &account, &error)) ||
      !(shop = await_shop (channel, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!call->desk->reading && (!keep_news (call->shops, account, shop, &error) || !go_on (call, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_SHOP, g_steal_pointer (&shop));
}

DexFuture *
cs_shops_check (CsShops *self,
                gint64   account)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));

  if (!(call = cs_shops_call_new (self, &refusal)))
    return refusal;

  call->account = account;

  return SPAWN (check_fiber, call);
}

static DexFuture *
remove_fiber (gpointer data)
{
  CsShopsCall *call = data;
  CsShops     *self = call->shops;
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  if (!(account = cs_shops_await_account (self, call->account, &error)) ||
      !dex_await (cs_accounts_remove (self->store, call->account), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  cs_publisher_forget_channel (call->desk->publisher, call->account);
  cs_desk_changed (call->desk, CS_DESK_ACCOUNTS, 0);
  cs_desk_changed (call->desk, CS_DESK_OUTBOX, 0);
  cs_desk_changed (call->desk, CS_DESK_PRODUCTS, 0);

  name = cs_channel_dup_keyring_name (account);
  if (!dex_await (cs_secrets_forget (self->secrets, name), &error))
    return cs_fiber_refuse (CS_ERROR_NO_KEYRING,
                            _("“%s” was removed, but its keys are still in the keyring: %s"), account->name, error->message);

  return dex_future_new_true ();
}

DexFuture *
cs_shops_remove (CsShops *self,
                 gint64   account)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));

  if (!(call = cs_shops_call_to_write (self, &refusal)))
    return refusal;

  call->account = account;

  return SPAWN (remove_fiber, call);
}
