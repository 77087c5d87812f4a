/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-http.h"
#include "cs-products.h"
#include "cs-pulls.h"
#include "cs-remotes.h"
#include "cs-shops-private.h"

/* What is in the shop already comes in: page by page, each one journalled with
 * where the next one begins; then the pictures of what is new.
 */

#define SPAWN(fiber, call) cs_fiber_spawn_disowned (fiber, call, (GDestroyNotify) cs_shops_call_free)

static void
cs_pull_clear (CsPull *self)
{
  g_clear_object (&self->shops);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->account, cs_account_unref);
  g_clear_object (&self->channel);
  g_clear_object (&self->job);
  g_clear_pointer (&self->summary, cs_pull_summary_unref);
  g_clear_pointer (&self->products, g_array_unref);
}

/* What cannot even be named cannot be kept */
static GPtrArray *
drop_nameless (CsPull       *self,
               CsRemotePage *page)
{
  GPtrArray *listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);

  for (guint i = 0; i < page->listings->len; i++)
    {
      CsRemoteListing *remote = page->listings->pdata[i];

      if (remote->remote_id != NULL && remote->remote_id[0] != '\0')
        g_ptr_array_add (listings, cs_remote_listing_ref (remote));
      else
        g_ptr_array_add (self->summary->failures,
                         g_strdup_printf ("%s: %s", remote->title != NULL ? remote->title : "",
                                          _("The shop does not say which listing this is.")));
    }

  return listings;
}

static gboolean
take_page (CsPull       *self,
           CsRemotePage *page,
           const char   *next,
           GError      **error)
{
  CsPullSummary *summary = self->summary;
  g_autoptr (GPtrArray) listings = drop_nameless (self, page);
  g_autoptr (CsAdoption) adoption =
    dex_await_boxed (cs_pulls_take (self->shops->store, self->account->id, self->account->currency, listings, next), error);

  if (adoption == NULL)
    return FALSE;

  summary->n_listings += listings->len;
  summary->n_new += adoption->n_new;
  summary->n_matched += adoption->n_matched;
  summary->n_known += adoption->n_known;
  summary->n_moved += adoption->n_moved;
  summary->n_doubtful += adoption->n_doubtful;
  g_array_append_vals (self->products, adoption->products->data, adoption->products->len);
  cs_job_set_total (self->job, cs_job_get_total (self->job) + listings->len);
  cs_job_advance (self->job, listings->len);
  if (adoption->products->len > 0)
    cs_desk_changed (self->desk, CS_DESK_PRODUCTS, 0);

  return TRUE;
}

/* A shop that has forgotten the place where we stopped is read from its beginning */
static gboolean
is_lost (const char *cursor,
         guint       n_pages,
         GError     *error)
{
  return cursor != NULL && n_pages == 0 &&
         (g_error_matches (error, CS_ERROR, CS_ERROR_REFUSED) || g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND));
}

static gboolean
read_pages (CsPull  *self,
            GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) reason = NULL;
  g_autofree char *cursor = dex_await_string (cs_pulls_begin (self->shops->store, self->account->id), &reason);
  guint n_pages = 0;

  while (reason == NULL && !cs_job_is_stopped (self->job))
    {
      g_autoptr (CsRemotePage) page =
        dex_await_boxed (cs_desk_or_stopped (cs_channel_pull (self->channel, cursor), cs_job_get_cancellable (self->job)), &reason);
      const char *next;

      if (page == NULL && is_lost (cursor, n_pages, reason))
        {
          g_clear_error (&reason);
          g_clear_pointer (&cursor, g_free);
          continue;
        }

      if (page == NULL)
        break;

      /* A shop that sends us in circles is left */
      g_hash_table_add (seen, g_strdup (cursor != NULL ? cursor : ""));
      next = page->next != NULL && !g_hash_table_contains (seen, page->next) ? page->next : NULL;
      if (!take_page (self, page, next, &reason) || next == NULL)
        break;

      n_pages++;
      g_set_str (&cursor, next);
    }

  if (reason == NULL || cs_desk_is_stop (reason, cs_job_get_cancellable (self->job)))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}

static gboolean
is_here (const char *address)
{
  g_autoptr (GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri != NULL && cs_http_is_loopback (uri);
}

static gboolean
pull (CsPull  *self,
      GError **error)
{
  g_autofree char *address = dex_await_string (cs_channel_open (self->channel), error);

  if (address == NULL)
    return FALSE;

  self->is_here = is_here (address);
  if (!read_pages (self, error) || (!cs_job_is_stopped (self->job) && !cs_shops_await_photos (self, error)))
    return FALSE;

  self->summary->stopped = cs_job_is_stopped (self->job);

  return TRUE;
}

static DexFuture *
pull_fiber (gpointer data)
{
  CsShopsCall     *call = data;
  CsPull           self = { 0 };
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture       *result;
  CsChannel       *channel;

  if (!(channel = cs_shops_await_channel (call->shops, call->account, &self.account, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  title = g_strdup_printf (_("Reading %s"), self.account->name);
  self.shops = g_object_ref (call->shops);
  self.desk = g_object_ref (call->desk);
  self.channel = g_object_ref (channel);
  self.job = cs_desk_begin_job (call->desk, title);
  self.products = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.summary = cs_pull_summary_new ();
  self.summary->failures = g_ptr_array_new_with_free_func (g_free);

  if (pull (&self, &error))
    result = dex_future_new_take_boxed (CS_TYPE_PULL_SUMMARY, cs_pull_summary_ref (self.summary));
  else
    result = dex_future_new_for_error (g_steal_pointer (&error));

  cs_desk_end_job (call->desk, self.job);
  cs_desk_changed (call->desk, CS_DESK_PRODUCTS, 0);
  cs_desk_changed (call->desk, CS_DESK_OUTBOX, 0);
  if (self.products->len > 0 && !cs_job_is_stopped (self.job))
    dex_future_disown (cs_desk_want_suggestions (call->desk, (gint64 *) (gpointer) self.products->data, self.products->len));
  cs_pull_clear (&self);

  return result;
}

DexFuture *
cs_shops_pull (CsShops *self,
               gint64   account)
{
  CsShopsCall *call;
  DexFuture   *refusal;
  DexFuture   *future;

  dex_return_error_if_fail (CS_IS_SHOPS (self));

  /* Who asks twice waits for the same */
  future = g_hash_table_lookup (self->pulling, &account);
  if (future != NULL && dex_future_is_pending (future))
    return dex_ref (future);

  if (!(call = cs_shops_call_to_write (self, &refusal)))
    return refusal;

  call->account = account;
  future = SPAWN (pull_fiber, call);
  g_hash_table_replace (self->pulling, g_memdup2 (&account, sizeof account), dex_ref (future));

  return future;
}

/* One that was never read is read now: what it bears tells whose it is */
static gboolean
check_listing (CsShopsCall *call,
               GError     **error)
{
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (CsProduct) product = dex_await_boxed (cs_products_get (call->shops->store, call->product), error);
  CsChannel *channel;

  if (product == NULL)
    return FALSE;

  remote = dex_await_boxed (cs_remotes_get_one (call->shops->store, call->account, call->text), NULL);
  if (remote == NULL &&
      (!(channel = cs_shops_await_channel (call->shops, call->account, NULL, error)) ||
       !(remote = dex_await_boxed (cs_channel_read (channel, call->text), error)) ||
       !dex_await (cs_remotes_put (call->shops->store, remote, 0), error)))
    return FALSE;

  if (remote->key == NULL || g_str_equal (remote->key, product->key))
    return TRUE;

  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
               _("This listing bears the mark of another product, so it is not this one."));

  return FALSE;
}

static DexFuture *
link_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_autoptr (GError) error = NULL;

  if ((call->text != NULL && !check_listing (call, &error)) ||
      !dex_await (cs_remotes_link (call->shops->store, call->account, call->product, call->text), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  cs_desk_changed (call->desk, CS_DESK_PRODUCT, call->product);
  cs_desk_changed (call->desk, CS_DESK_PRODUCTS, 0);
  cs_desk_changed (call->desk, CS_DESK_OUTBOX, 0);

  return dex_future_new_true ();
}

DexFuture *
cs_shops_link (CsShops    *self,
               gint64      account,
               gint64      product,
               const char *remote_id)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));

  if (!(call = cs_shops_call_to_write (self, &refusal)))
    return refusal;

  call->account = account;
  call->product = product;
  call->text = g_strdup (remote_id);

  return SPAWN (link_fiber, call);
}
