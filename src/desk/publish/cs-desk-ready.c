/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-accounts.h"
#include "cs-desk-private.h"
#include "cs-outbox.h"

/* What has been decided is read once more, and signed */

DexFuture *
cs_desk_list_accounts (CsDesk *self)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_accounts_list (self->store);
}

static DexFuture *
cs_desk_prepare_fiber (gpointer data)
{
  CsDeskCall *call = data;
  g_autoptr (CsDraftContext) context = NULL;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_draft_unref);
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  if (!(context = cs_draft_context_new (call->desk, call->id, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* One product is read at once; many are work that can be watched and stopped */
  job = call->ids->len > 1 ? cs_desk_begin_job (call->desk, _("Preparing what is ready"))
                           : cs_job_new (NULL);
  cs_job_set_total (job, call->ids->len);
  for (guint i = 0; i < call->ids->len && error == NULL; i++)
    {
      CsDraft *draft = NULL;

      if (cs_job_is_stopped (job))
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was stopped"));
      else if ((draft = cs_draft_context_make (context, g_array_index (call->ids, gint64, i), &error)))
        g_ptr_array_add (drafts, draft);
      cs_job_advance (job, 1);
    }
  cs_desk_end_job (call->desk, job);

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&drafts));
}

DexFuture *
cs_desk_prepare (CsDesk       *self,
                 gint64        account,
                 const gint64 *ids,
                 guint         n_ids)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  call = cs_desk_call_new (self);
  call->id = account;
  call->ids = cs_desk_copy_ids (ids, n_ids);

  return cs_fiber_spawn_disowned (cs_desk_prepare_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

/* What was shown, made again from what is there now */
static CsDraft *
make_again (CsDraftContext *context,
            CsDraft        *shown,
            GError        **error)
{
  g_autoptr (CsOutboxEntry) entry = NULL;

  if (shown->listing->operation == CS_OPERATION_OFFER)
    return cs_draft_context_make_offer (context, shown->product, error);

  if (shown->entry == 0)
    return cs_draft_context_make (context, shown->product, error);

  if (!(entry = dex_await_boxed (cs_outbox_get (context->desk->store, shown->entry), error)))
    return NULL;

  if (shown->listing->operation == CS_OPERATION_WITHDRAW)
    return cs_draft_context_make_withdrawal (context, entry, error);

  return cs_draft_context_make_rollback (context, entry, error);
}

static CsDraft *
check_draft (CsDraftContext *context,
             CsDraft        *shown,
             GError        **error)
{
  g_autoptr (CsDraft) fresh = make_again (context, shown, error);
  const char *title = shown->title != NULL ? shown->title : "";

  if (fresh == NULL)
    return NULL;

  if (g_strcmp0 (fresh->listing->hash, shown->listing->hash) != 0)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_STALE,
                   _("“%s” has changed since it was shown. Nothing was approved; read it again."), title);
      return NULL;
    }

  if (fresh->findings->len > 0)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _("“%s” cannot be approved: %s"),
                   title, (char *) fresh->findings->pdata[0]);
      return NULL;
    }

  return g_steal_pointer (&fresh);
}

static CsDraftContext *
get_context (CsDesk     *self,
             GHashTable *contexts,
             gint64      account,
             GError    **error)
{
  CsDraftContext *context = g_hash_table_lookup (contexts, &account);

  if (context == NULL && (context = cs_draft_context_new (self, account, error)))
    g_hash_table_insert (contexts, &context->account->id, context);

  return context;
}

/* All are looked at before the first is signed, so that a stale screen signs nothing */
static GPtrArray *
check_drafts (CsDesk    *self,
              GPtrArray *shown,
              GError   **error)
{
  g_autoptr (GHashTable) contexts = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                                           (GDestroyNotify) cs_draft_context_free);
  g_autoptr (GPtrArray) checked = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_draft_unref);

  for (guint i = 0; i < shown->len; i++)
    {
      CsDraft        *draft = shown->pdata[i];
      CsDraftContext *context = get_context (self, contexts, draft->account, error);
      CsDraft        *fresh;

      if (context == NULL || !(fresh = check_draft (context, draft, error)))
        return NULL;

      g_ptr_array_add (checked, fresh);
    }

  return g_steal_pointer (&checked);
}

static DexFuture *
cs_desk_approve_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (GPtrArray) checked = NULL;
  g_autoptr (GError) error = NULL;
  guint n_approved = 0;

  if (!(checked = check_drafts (self, call->records, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < checked->len && error == NULL; i++)
    {
      CsDraft *shown = call->records->pdata[i];
      CsDraft *fresh = checked->pdata[i];

      dex_await_int64 (cs_outbox_approve (self->store, fresh->product, fresh->listing,
                                          shown->listing->hash, call->face),
                       &error);
      n_approved += error == NULL;
      cs_desk_changed (self, CS_DESK_PRODUCT, fresh->product);
    }

  cs_desk_changed (self, CS_DESK_PRODUCTS, 0);
  cs_desk_changed (self, CS_DESK_OUTBOX, 0);

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_uint (n_approved);
}

DexFuture *
cs_desk_approve (CsDesk     *self,
                 GPtrArray  *drafts,
                 const char *face)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (drafts != NULL);
  dex_return_error_if_fail (face != NULL);

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  call = cs_desk_call_new (self);
  call->records = g_ptr_array_copy (drafts, (GCopyFunc) (gpointer) cs_draft_ref, NULL);
  g_ptr_array_set_free_func (call->records, (GDestroyNotify) cs_draft_unref);
  call->face = g_strdup (face);

  return cs_fiber_spawn_disowned (cs_desk_approve_fiber, call, (GDestroyNotify) cs_desk_call_free);
}
