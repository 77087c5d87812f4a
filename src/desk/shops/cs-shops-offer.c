/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-json.h"
#include "cs-products.h"
#include "cs-remotes.h"
#include "cs-shops-private.h"

/* Price and stock alone: a listing that holds nothing else, signed with the
 * numbers that stood there when the person looked.
 */

static char *
write_seen (CsRemoteListing *remote)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) variants = remote->variants != NULL ? cs_json_parse (remote->variants, -1, NULL) : NULL;
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  if (remote->price != NULL)
    json_object_set_string_member (object, "price", remote->price);
  json_object_set_int_member (object, "stock", remote->stock);
  if (variants != NULL && JSON_NODE_HOLDS_ARRAY (variants) && json_array_get_length (json_node_get_array (variants)) > 0)
    json_object_set_member (object, "variants", json_node_copy (variants));

  return cs_json_canonical (node);
}

CsDraft *
cs_draft_context_make_offer (CsDraftContext *self,
                             gint64          product,
                             GError        **error)
{
  g_autoptr (CsDraft) draft = cs_draft_new ();
  g_autoptr (CsListing) listing = cs_listing_new ();
  g_autoptr (CsProduct) loaded = NULL;
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (GPtrArray) items = NULL;

  draft->product = product;
  draft->account = self->account->id;
  draft->findings = g_ptr_array_new_with_free_func (g_free);
  if (!(loaded = dex_await_boxed (cs_products_get (self->desk->store, product), error)) ||
      !cs_draft_context_find_remote (self, product, &remote, error))
    return NULL;

  if (remote == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("The shop has no listing for this product."));
      return NULL;
    }

  cs_draft_context_fill_place (self, listing, remote);
  listing->operation = CS_OPERATION_OFFER;
  cs_draft_fill_offer (listing, loaded, draft, self->account);
  listing->title = g_strdup (remote->title);
  listing->seen = write_seen (remote);
  cs_listing_freeze (listing);

  draft->listing = g_steal_pointer (&listing);
  draft->title = g_strdup (draft->listing->title);
  cs_draft_context_check_outbox (self, draft);

  return g_steal_pointer (&draft);
}

/* The numbers as they are there at this moment */
static gboolean
refresh (CsDraftContext *self,
         gint64          product,
         GError        **error)
{
  g_autoptr (CsRemoteListing) known = NULL;
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (GError) reason = NULL;

  if (!cs_draft_context_find_remote (self, product, &known, error))
    return FALSE;

  if (known == NULL || self->channel == NULL)
    return TRUE;

  if ((remote = dex_await_boxed (cs_channel_read (self->channel, known->remote_id), &reason)))
    return dex_await (cs_remotes_put (self->desk->store, remote, product), error);

  if (g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND))
    return dex_await (cs_remotes_forget (self->desk->store, self->account->id, known->remote_id), error);

  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}

/* NULL without an error where there is nothing to change */
static CsDraft *
make (CsDraftContext *self,
      gint64          product,
      GError        **error)
{
  g_autoptr (CsRemoteListing) remote = NULL;
  g_autoptr (CsDraft) draft = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GError) reason = NULL;

  if (!refresh (self, product, error) || !cs_draft_context_find_remote (self, product, &remote, error) || remote == NULL)
    return NULL;

  if (!(draft = cs_draft_context_make_offer (self, product, error)))
    return NULL;

  differences = cs_shops_compare (NULL, NULL, remote, draft->listing);

  return differences->len > 0 ? g_steal_pointer (&draft) : NULL;
}

static DexFuture *
prepare_offers_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_draft_unref);
  g_autoptr (CsDraftContext) context = NULL;
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  if (!(context = cs_draft_context_new (call->desk, call->account, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  job = cs_desk_begin_job (call->desk, _("Looking at prices and stock"));
  cs_job_set_total (job, call->ids->len);
  for (guint i = 0; i < call->ids->len && error == NULL; i++)
    {
      CsDraft *draft = NULL;

      if (cs_job_is_stopped (job))
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was stopped"));
      else if ((draft = make (context, g_array_index (call->ids, gint64, i), &error)))
        g_ptr_array_add (drafts, draft);
      cs_job_advance (job, 1);
    }
  cs_desk_end_job (call->desk, job);

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&drafts));
}

DexFuture *
cs_shops_prepare_offers (CsShops      *self,
                         gint64        account,
                         const gint64 *products,
                         guint         n_products)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));
  dex_return_error_if_fail (products != NULL || n_products == 0);

  if (!(call = cs_shops_call_to_write (self, &refusal)))
    return refusal;

  call->account = account;
  call->ids = cs_desk_copy_ids (products, n_products);

  return cs_fiber_spawn_disowned (prepare_offers_fiber, call, (GDestroyNotify) cs_shops_call_free);
}
