/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-accounts.h"
#include "cs-desk-private.h"
#include "cs-outbox.h"

/* What was signed goes out, and what is there is looked at */

/* How far publishing is: each entry counts once it waits for nothing but a
 * person or a later time.
 */
typedef struct
{
  CsDesk     *desk;
  CsJob      *job;
  GHashTable *counted; /* gint64 */
} Progress;

static void
progress_clear (gpointer data)
{
  Progress *progress = data;

  g_object_unref (progress->desk);
  g_object_unref (progress->job);
  g_hash_table_unref (progress->counted);
}

static void
progress_unref (gpointer data)
{
  g_rc_box_release_full (data, progress_clear);
}

static Progress *
progress_new (CsDesk *self,
              CsJob  *job)
{
  Progress *progress = g_rc_box_new0 (Progress);

  progress->desk = g_object_ref (self);
  progress->job = g_object_ref (job);
  progress->counted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return progress;
}

static DexFuture *
count_entry_fiber (gpointer data)
{
  CsDeskCall *call = data;
  Progress   *progress = call->record;
  g_autoptr (CsOutboxEntry) entry = dex_await_boxed (cs_outbox_get (call->desk->store, call->id), NULL);

  if (entry != NULL && entry->state != CS_OUTBOX_READY && entry->state != CS_OUTBOX_SENDING &&
      entry->state != CS_OUTBOX_UNKNOWN && cs_job_get_done (progress->job) < cs_job_get_total (progress->job) &&
      g_hash_table_add (progress->counted, g_memdup2 (&call->id, sizeof call->id)))
    cs_job_advance (progress->job, 1);

  return dex_future_new_true ();
}

static void
entry_changed_cb (CsPublisher *publisher,
                  gint64       entry,
                  Progress    *progress)
{
  CsDeskCall *call = cs_desk_call_new (progress->desk);

  call->id = entry;
  call->record = g_rc_box_acquire (progress);
  call->record_free = progress_unref;
  dex_future_disown (cs_fiber_spawn (count_entry_fiber, call, (GDestroyNotify) cs_desk_call_free));
}

static guint
publish (CsDesk  *self,
         CsJob   *job,
         gint64   account,
         GError **error)
{
  Progress *progress = progress_new (self, job);
  gulong    handler = g_signal_connect (self->publisher, "entry-changed", G_CALLBACK (entry_changed_cb), progress);
  guint     n_settled;

  n_settled = dex_await_uint (cs_publisher_run (self->publisher, account, cs_job_get_cancellable (job)), error);
  g_signal_handler_disconnect (self->publisher, handler);
  progress_unref (progress);

  return n_settled;
}

static gboolean
wake_cb (gpointer data)
{
  CsDesk *self = CS_DESK (data);

  self->publishing_source = 0;
  dex_future_disown (cs_desk_sync (self, 0));

  return G_SOURCE_REMOVE;
}

/* What a shop asked to be sent later is sent then, as long as the program runs.
 * Not where the person has stopped it: that is gone on with when asked to.
 */
static void
wake_for_later (CsDesk *self)
{
  g_autoptr (GPtrArray) open = dex_await_boxed (cs_outbox_list (self->store, 0, TRUE), NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 first = G_MAXINT64;

  for (guint i = 0; open != NULL && i < open->len; i++)
    {
      CsOutboxEntry *entry = open->pdata[i];

      if (entry->next_at > 0 && (entry->state == CS_OUTBOX_WAITING || entry->state == CS_OUTBOX_UNKNOWN))
        first = MIN (first, entry->next_at);
    }

  g_clear_handle_id (&self->publishing_source, g_source_remove);
  if (first < G_MAXINT64 && !self->closed)
    self->publishing_source = g_timeout_add_seconds (CLAMP (first - now, 5, 24 * 60 * 60), wake_cb, self);
}

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
  n_settled = publish (self, job, call->id, &error);
  cs_desk_end_job (self, job);
  if (!cs_job_is_stopped (job))
    wake_for_later (self);
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

/* The shop's present address and the listing's own path: the practice shop's
 * port changes, and what was stored is where it was then.
 */
static DexFuture *
cs_desk_get_listing_address_fiber (gpointer data)
{
  CsDeskCall *call = data;
  g_autoptr (CsOutboxEntry) entry = NULL;
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shop = NULL;

  if (!(entry = dex_await_boxed (cs_outbox_get (call->desk->store, call->id), &error)) ||
      !(account = dex_await_boxed (cs_accounts_get (call->desk->store, entry->account), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  uri = entry->url != NULL ? g_uri_parse (entry->url, G_URI_FLAGS_ENCODED, NULL) : NULL;
  if (uri == NULL)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, _("This listing has no page in the shop yet."));

  if (account->address != NULL && account->address[0] != '\0')
    return dex_future_new_for_string (entry->url);

  if (!(shop = dex_await_string (cs_desk_get_shop_address (call->desk, account->id), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_string (g_strconcat (shop, g_uri_get_path (uri), NULL));
}

DexFuture *
cs_desk_get_listing_address (CsDesk *self,
                             gint64  entry)
{
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));

  call = cs_desk_call_new (self);
  call->id = entry;

  return cs_fiber_spawn (cs_desk_get_listing_address_fiber, call, (GDestroyNotify) cs_desk_call_free);
}
