/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-outbox.h"
#include "cs-products.h"
#include "cs-shops-private.h"

/* The dry run: everything that sending would look at, and nothing that it would
 * do. What stands there is read, what the marketplace would say is asked where it
 * has a way to be asked, and no row of the library moves.
 */

#define SPAWN(fiber, call) cs_fiber_spawn_disowned (fiber, call, (GDestroyNotify) cs_shops_call_free)

static CsTrial *
trial_make (CsListing *listing,
            gint64     product)
{
  CsTrial *trial = cs_trial_new ();

  trial->product = product;
  trial->account = listing->account;
  trial->title = g_strdup (listing->title);
  trial->operation = listing->operation;
  trial->findings = g_ptr_array_new_with_free_func (g_free);

  return trial;
}

static void
add_finding (CsTrial    *trial,
             const char *sentence)
{
  for (guint i = 0; i < trial->findings->len; i++)
    {
      if (g_str_equal (trial->findings->pdata[i], sentence))
        return;
    }

  g_ptr_array_add (trial->findings, g_strdup (sentence));
}

static void
set_obstacle (CsTrial    *trial,
              const char *format,
              ...) G_GNUC_PRINTF (2, 3);

static void
set_obstacle (CsTrial    *trial,
              const char *format,
              ...)
{
  va_list args;

  va_start (args, format);
  g_free (trial->obstacle);
  trial->obstacle = g_strdup_vprintf (format, args);
  va_end (args);
}

/* What is there under our key, or what stands in the way of a new listing */
static CsRemoteListing *
judge_found (CsTrial   *trial,
             CsListing *listing,
             GPtrArray *found)
{
  CsRemoteListing *ours = NULL;
  guint n_ours = 0;

  for (guint i = 0; i < found->len; i++)
    {
      CsRemoteListing *remote = found->pdata[i];

      if (g_strcmp0 (remote->key, listing->key) != 0)
        continue;
      ours = remote;
      n_ours++;
    }

  if (n_ours > 1)
    set_obstacle (trial, _("This product is there %u times already. Keep one of them there."), n_ours);
  else if (ours == NULL && found->len > 0 && listing->sku != NULL &&
           g_strcmp0 (((CsRemoteListing *) found->pdata[0])->sku, listing->sku) == 0)
    set_obstacle (trial, _("Another product there has the SKU “%s”."), listing->sku);
  else if (ours == NULL && found->len > 0)
    set_obstacle (trial, _("There is one that looks the same: “%s”. You will be asked whether it is this product."),
                  ((CsRemoteListing *) found->pdata[0])->title);

  return ours != NULL ? cs_remote_listing_ref (ours) : NULL;
}

/* Something went wrong that concerns this one alone */
static gboolean
note_failure (CsTrial *trial,
              GError  *reason,
              GError **error)
{
  if (!g_error_matches (reason, CS_ERROR, CS_ERROR_LATER) && !g_error_matches (reason, CS_ERROR, CS_ERROR_CONFLICT) &&
      !g_error_matches (reason, CS_ERROR, CS_ERROR_REFUSED) && !g_error_matches (reason, CS_ERROR, CS_ERROR_UNKNOWN))
    {
      g_propagate_error (error, g_error_copy (reason));
      return FALSE;
    }

  set_obstacle (trial, "%s", reason->message);

  return TRUE;
}

static gboolean
read_there (CsChannel        *channel,
            CsListing        *listing,
            CsTrial          *trial,
            CsRemoteListing **remote,
            GError          **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (listing->remote_id == NULL)
    {
      if (!(found = dex_await_boxed (cs_channel_look_up (channel, listing), &reason)))
        return note_failure (trial, reason, error);

      *remote = judge_found (trial, listing, found);
      return TRUE;
    }

  *remote = dex_await_boxed (cs_channel_read (channel, listing->remote_id), &reason);
  if (g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND))
    {
      set_obstacle (trial, _("It is not in the shop any more."));
      return TRUE;
    }

  if (*remote == NULL)
    return note_failure (trial, reason, error);

  if ((*remote)->key != NULL && !g_str_equal ((*remote)->key, listing->key))
    set_obstacle (trial, _("What is at its place in the shop is another product."));
  else if (listing->operation == CS_OPERATION_OFFER ? !cs_channel_is_as_seen (listing, *remote)
                                                    : listing->remote_version != NULL && g_strcmp0 ((*remote)->version, listing->remote_version) != 0)
    set_obstacle (trial, _("It was changed in the shop after you looked at it. You will be asked which of the two is right."));

  return TRUE;
}

/* Everything about one listing. FALSE where the whole dry run has to end. */
static gboolean
try_listing (CsShops    *self,
             CsAccount  *account,
             CsChannel  *channel,
             CsListing  *listing,
             CsListing  *before,
             CsTrial    *trial,
             GError    **error)
{
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (GPtrArray) missing = cs_shops_await_missing (self, account, listing);
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GError) reason = NULL;

  if (g_strcmp0 (listing->address, account->address) != 0)
    set_obstacle (trial, _("The shop's address is not the one that this was approved for."));
  else if (g_strcmp0 (listing->adapter, cs_channel_get_traits (channel)->version) != 0)
    set_obstacle (trial, _("This was approved with another version of Countersign. Approve it again."));
  else if (!read_there (channel, listing, trial, &remote, error))
    return FALSE;

  trial->differences = cs_shops_compare (before, NULL, remote, listing);
  for (guint i = 0; i < missing->len; i++)
    add_finding (trial, missing->pdata[i]);

  if (listing->operation == CS_OPERATION_WITHDRAW)
    return TRUE;

  if (!(refused = dex_await_boxed (cs_channel_try (channel, listing), &reason)))
    return note_failure (trial, reason, error);

  for (guint i = 0; i < refused->len; i++)
    add_finding (trial, refused->pdata[i]);

  return TRUE;
}

/* What is signed and has not begun to go */
static gboolean
is_waiting (CsOutboxEntry *entry)
{
  return entry->state == CS_OUTBOX_READY || entry->state == CS_OUTBOX_WAITING || entry->state == CS_OUTBOX_SIGN_IN;
}

static gboolean
try_entry (CsShopsCall   *call,
           CsOutboxEntry *entry,
           GPtrArray     *trials,
           GError       **error)
{
  CsShops *self = call->shops;
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (CsListing) before = NULL;
  g_autoptr (CsTrial) trial = NULL;
  CsChannel *channel;

  if (!(listing = dex_await_boxed (cs_outbox_get_payload (self->store, entry->payload), error)) ||
      !(channel = cs_shops_await_channel (self, entry->account, &account, error)))
    return FALSE;

  before = dex_await_boxed (cs_outbox_get_previous (self->store, entry->id), NULL);
  trial = trial_make (listing, entry->product);
  trial->entry = entry->id;
  if (!try_listing (self, account, channel, listing, before, trial, error))
    return FALSE;

  g_ptr_array_add (trials, g_steal_pointer (&trial));

  return TRUE;
}

static DexFuture *
yield_trials (CsJob     *job,
              GPtrArray *trials,
              GError    *error)
{
  if (error == NULL && cs_job_is_stopped (job))
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("It was stopped"));

  if (error != NULL)
    return dex_future_new_for_error (g_error_copy (error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_ref (trials));
}

static DexFuture *
try_outbox_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_autoptr (GPtrArray) trials = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_trial_unref);
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  if (!(open = dex_await_boxed (cs_outbox_list (call->shops->store, call->account, TRUE), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  job = cs_desk_begin_job (call->desk, _("Looking what would change"));
  cs_job_set_total (job, open->len);
  for (guint i = 0; i < open->len && error == NULL && !cs_job_is_stopped (job); i++)
    {
      if (is_waiting (open->pdata[i]))
        try_entry (call, open->pdata[i], trials, &error);
      cs_job_advance (job, 1);
    }
  cs_desk_end_job (call->desk, job);

  return yield_trials (job, trials, error);
}

DexFuture *
cs_shops_try_outbox (CsShops *self,
                     gint64   account)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));

  if (!(call = cs_shops_call_new (self, &refusal)))
    return refusal;

  call->account = account;

  return SPAWN (try_outbox_fiber, call);
}

static gboolean
try_product (CsShopsCall    *call,
             CsDraftContext *context,
             gint64          product,
             GPtrArray      *trials,
             GError        **error)
{
  CsOutboxEntry *newest = g_hash_table_lookup (context->newest, &product);
  g_autoptr (CsDraft) draft = cs_draft_context_make (context, product, error);
  g_autoptr (CsListing) before = NULL;
  g_autoptr (CsTrial) trial = NULL;

  if (draft == NULL)
    return FALSE;

  if (newest != NULL && (newest->state == CS_OUTBOX_DONE || newest->state == CS_OUTBOX_DIFFERS))
    before = dex_await_boxed (cs_outbox_get_payload (call->shops->store, newest->payload), NULL);

  trial = trial_make (draft->listing, product);
  for (guint i = 0; i < draft->findings->len; i++)
    add_finding (trial, draft->findings->pdata[i]);
  if (context->channel == NULL)
    trial->differences = cs_shops_compare (before, NULL, NULL, draft->listing);
  else if (!try_listing (call->shops, context->account, context->channel, draft->listing, before, trial, error))
    return FALSE;

  g_ptr_array_add (trials, g_steal_pointer (&trial));

  return TRUE;
}

static DexFuture *
try_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_autoptr (GPtrArray) trials = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_trial_unref);
  g_autoptr (CsDraftContext) context = NULL;
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  if (!(context = cs_draft_context_new (call->desk, call->account, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  job = cs_desk_begin_job (call->desk, _("Looking what would change"));
  cs_job_set_total (job, call->ids->len);
  for (guint i = 0; i < call->ids->len && error == NULL && !cs_job_is_stopped (job); i++)
    {
      try_product (call, context, g_array_index (call->ids, gint64, i), trials, &error);
      cs_job_advance (job, 1);
    }
  cs_desk_end_job (call->desk, job);

  return yield_trials (job, trials, error);
}

DexFuture *
cs_shops_try (CsShops      *self,
              gint64        account,
              const gint64 *products,
              guint         n_products)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));
  dex_return_error_if_fail (products != NULL || n_products == 0);

  /* Outgoing pictures are rendered and kept */
  if (!(call = cs_shops_call_to_write (self, &refusal)))
    return refusal;

  call->account = account;
  call->ids = cs_desk_copy_ids (products, n_products);

  return SPAWN (try_fiber, call);
}
