/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-accounts.h"
#include "cs-shops-private.h"

/* The object itself; what it does is in the other cs-shops-*.c */

G_DEFINE_FINAL_TYPE (CsShops, cs_shops, G_TYPE_OBJECT)

static void
cs_shops_finalize (GObject *object)
{
  CsShops *self = CS_SHOPS (object);

  g_clear_weak_pointer (&self->desk);
  g_clear_weak_pointer (&self->signing_in);
  g_clear_object (&self->store);
  g_clear_object (&self->secrets);
  g_clear_pointer (&self->pulling, g_hash_table_unref);
  dex_clear (&self->adding);

  G_OBJECT_CLASS (cs_shops_parent_class)->finalize (object);
}

static void
cs_shops_class_init (CsShopsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_shops_finalize;
}

static void
cs_shops_init (CsShops *self)
{
  self->pulling = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, dex_unref);
}

CsShops *
cs_shops_new (CsDesk *desk)
{
  CsShops *self = g_object_new (CS_TYPE_SHOPS, NULL);

  g_set_weak_pointer (&self->desk, desk);
  self->store = g_object_ref (desk->store);
  self->secrets = g_object_ref (desk->secrets);

  return self;
}

CsShopsCall *
cs_shops_call_new (CsShops    *self,
                   DexFuture **refusal)
{
  CsShopsCall *call;

  if (self->desk == NULL || self->desk->closed)
    {
      *refusal = dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CLOSED, "%s", _("The library is closed."));
      return NULL;
    }

  call = g_new0 (CsShopsCall, 1);
  call->shops = g_object_ref (self);
  call->desk = g_object_ref (self->desk);

  return call;
}

CsShopsCall *
cs_shops_call_to_write (CsShops    *self,
                        DexFuture **refusal)
{
  if (self->desk != NULL && (*refusal = cs_desk_refuse_reading (self->desk)))
    return NULL;

  return cs_shops_call_new (self, refusal);
}

void
cs_shops_call_free (CsShopsCall *call)
{
  g_object_unref (call->shops);
  g_object_unref (call->desk);
  g_clear_pointer (&call->ids, g_array_unref);
  g_clear_pointer (&call->typed, json_object_unref);
  g_clear_pointer (&call->conflict, cs_conflict_unref);
  g_free (call->text);
  g_free (call->other);
  g_free (call->label);
  dex_clear (&call->before);
  g_free (call);
}

GPtrArray *
cs_shops_list_kinds (CsShops *self)
{
  g_return_val_if_fail (CS_IS_SHOPS (self), NULL);

  return cs_channel_kinds_list ();
}

const CsChannelKind *
cs_shops_find_kind (CsShops    *self,
                    const char *kind)
{
  g_return_val_if_fail (CS_IS_SHOPS (self), NULL);

  return cs_channel_kinds_find (kind);
}

CsAccount *
cs_shops_await_account (CsShops *self,
                        gint64   account,
                        GError **error)
{
  g_autoptr (CsAccount) found = dex_await_boxed (cs_accounts_get (self->store, account), error);

  if (found != NULL && found->removed)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("The shop “%s” was removed here."), found->name);
      return NULL;
    }

  return g_steal_pointer (&found);
}

CsChannel *
cs_shops_await_channel (CsShops    *self,
                        gint64      id,
                        CsAccount **account,
                        GError    **error)
{
  g_autoptr (CsAccount) found = cs_shops_await_account (self, id, error);
  CsChannel *channel;

  if (found == NULL || self->desk == NULL ||
      !(channel = cs_publisher_get_channel (self->desk->publisher, found, error)))
    return NULL;

  if (account != NULL)
    *account = g_steal_pointer (&found);

  return channel;
}
