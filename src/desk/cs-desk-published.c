/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-accounts.h"
#include "cs-desk-private.h"
#include "cs-outbox.h"

/* What was signed goes out, and what is there is looked at */

static DexFuture *
cs_desk_sync_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;
  guint n_settled;

  if (!(open = dex_await_boxed (cs_outbox_list (self->store, call->id, TRUE), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (open->len == 0)
    return dex_future_new_for_uint (0);

  job = cs_desk_begin_job (self, _("Publishing"));
  cs_job_set_total (job, open->len);
  n_settled = dex_await_uint (cs_publisher_run (self->publisher, call->id, cs_job_get_cancellable (job)), &error);
  cs_job_advance (job, MIN (n_settled, open->len));
  cs_desk_end_job (self, job);
  cs_desk_changed (self, CS_DESK_OUTBOX, 0);
  cs_desk_changed (self, CS_DESK_PRODUCTS, 0);

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_uint (n_settled);
}

DexFuture *
cs_desk_sync (CsDesk *self,
              gint64  account)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  call = cs_desk_call_new (self);
  call->id = account;

  return cs_fiber_spawn_disowned (cs_desk_sync_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

DexFuture *
cs_desk_pull (CsDesk *self,
              gint64  account)
{
  DexFuture *refusal;

  dex_return_error_if_fail (CS_IS_DESK (self));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  return cs_desk_announce (self, cs_publisher_pull (self->publisher, account), CS_DESK_OUTBOX, 0);
}

DexFuture *
cs_desk_list_outbox (CsDesk *self,
                     gint64  account)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_outbox_list (self->store, account, FALSE);
}

DexFuture *
cs_desk_get_steps (CsDesk *self,
                   gint64  entry)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_outbox_get_steps (self->store, entry);
}

DexFuture *
cs_desk_retry (CsDesk *self,
               gint64  entry)
{
  DexFuture *refusal;

  dex_return_error_if_fail (CS_IS_DESK (self));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  return cs_desk_announce (self, cs_outbox_retry (self->store, entry), CS_DESK_OUTBOX, 0);
}

static DexFuture *
cs_desk_get_shop_address_fiber (gpointer data)
{
  CsDeskCall *call = data;
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  CsChannel *channel;

  if (!(account = dex_await_boxed (cs_accounts_get (call->desk->store, call->id), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (account->address != NULL && account->address[0] != '\0')
    return dex_future_new_for_string (account->address);

  if (!(channel = cs_publisher_get_channel (call->desk->publisher, account, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return cs_channel_open (channel);
}

DexFuture *
cs_desk_get_shop_address (CsDesk *self,
                          gint64  account)
{
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));

  call = cs_desk_call_new (self);
  call->id = account;

  return cs_fiber_spawn (cs_desk_get_shop_address_fiber, call, (GDestroyNotify) cs_desk_call_free);
}
