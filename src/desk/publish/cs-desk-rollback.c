/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-desk-private.h"
#include "cs-outbox.h"

/* Going back is going forward: what was there before is a new listing, signed
 * like any other.
 */

static CsDraft *
new_draft (CsDraftContext *self,
           CsOutboxEntry  *entry)
{
  CsDraft *draft = cs_draft_new ();

  draft->product = entry->product;
  draft->account = self->account->id;
  draft->entry = entry->id;
  draft->findings = g_ptr_array_new_with_free_func (g_free);

  return draft;
}

/* Where the listing is now, and what was last seen there */
static gboolean
aim (CsDraftContext *self,
     CsOutboxEntry  *entry,
     CsListing      *listing,
     CsOperation     operation,
     GError        **error)
{
  g_autoptr (CsRemoteListing) remote = NULL;

  if (!cs_draft_context_find_remote (self, entry->product, &remote, error))
    return FALSE;

  listing->operation = operation;
  g_set_str (&listing->address, self->account->address);
  if (self->channel != NULL)
    g_set_str (&listing->adapter, cs_channel_get_traits (self->channel)->version);
  g_set_str (&listing->remote_id, remote != NULL ? remote->remote_id : NULL);
  g_set_str (&listing->remote_version, remote != NULL ? remote->version : NULL);

  if (remote == NULL && operation == CS_OPERATION_WITHDRAW)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_NOT_FOUND,
                           _("This listing is not in the shop."));
      return FALSE;
    }

  if (remote == NULL)
    listing->operation = CS_OPERATION_CREATE;
  cs_listing_freeze (listing);

  return TRUE;
}

static CsDraft *
finish (CsDraftContext *self,
        CsOutboxEntry  *entry,
        CsListing      *listing)
{
  CsDraft *draft = new_draft (self, entry);

  draft->listing = cs_listing_ref (listing);
  draft->title = g_strdup (listing->title);
  draft->is_new = listing->operation == CS_OPERATION_CREATE;
  cs_draft_context_check_outbox (self, draft);

  return draft;
}

CsDraft *
cs_draft_context_make_withdrawal (CsDraftContext *self,
                                  CsOutboxEntry  *entry,
                                  GError        **error)
{
  g_autoptr (CsListing) listing = NULL;

  if (!(listing = dex_await_boxed (cs_outbox_get_payload (self->desk->store, entry->payload), error)) ||
      !aim (self, entry, listing, CS_OPERATION_WITHDRAW, error))
    return NULL;

  return finish (self, entry, listing);
}

CsDraft *
cs_draft_context_make_rollback (CsDraftContext *self,
                                CsOutboxEntry  *entry,
                                GError        **error)
{
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (GError) reason = NULL;

  if (!(listing = dex_await_boxed (cs_outbox_get_previous (self->desk->store, entry->id), &reason)))
    {
      /* Before the first listing there was none */
      if (g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND) && entry->operation == CS_OPERATION_CREATE)
        return cs_draft_context_make_withdrawal (self, entry, error);

      if (g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND))
        g_set_error_literal (error, CS_ERROR, CS_ERROR_NOT_FOUND,
                             _("There is nothing from before that was sent from here."));
      else
        g_propagate_error (error, g_steal_pointer (&reason));

      return NULL;
    }

  if (!aim (self, entry, listing, CS_OPERATION_UPDATE, error))
    return NULL;

  return finish (self, entry, listing);
}

typedef CsDraft *(*MakeDraft) (CsDraftContext *self,
                               CsOutboxEntry  *entry,
                               GError        **error);

static DexFuture *
prepare_entry_fiber (gpointer data)
{
  CsDeskCall *call = data;
  MakeDraft   make = call->number ? cs_draft_context_make_rollback : cs_draft_context_make_withdrawal;
  g_autoptr (CsOutboxEntry) entry = NULL;
  g_autoptr (CsDraftContext) context = NULL;
  g_autoptr (CsDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  if (!(entry = dex_await_boxed (cs_outbox_get (call->desk->store, call->id), &error)) ||
      !(context = cs_draft_context_new (call->desk, entry->account, &error)) ||
      !(draft = make (context, entry, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_DRAFT, g_steal_pointer (&draft));
}

static DexFuture *
prepare_entry (CsDesk  *self,
               gint64   entry,
               gboolean rollback)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  call = cs_desk_call_new (self);
  call->id = entry;
  call->number = rollback;

  return cs_fiber_spawn_disowned (prepare_entry_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

DexFuture *
cs_desk_prepare_rollback (CsDesk *self,
                          gint64  entry)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return prepare_entry (self, entry, TRUE);
}

DexFuture *
cs_desk_prepare_withdrawal (CsDesk *self,
                            gint64  entry)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return prepare_entry (self, entry, FALSE);
}
