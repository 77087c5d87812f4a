/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-blobs.h"
#include "cs-desk-private.h"
#include "cs-fd.h"
#include "cs-text.h"

/* A picture from the clipboard has no file: it is handed to the helper as a
 * file in memory, and goes on like any other photo once it is kept.
 */

/* One item of a batch of its own, with the kept copy as its path */
static gint64
begin_one (CsDesk     *self,
           const char *hash,
           GError    **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_import_item_unref);
  g_autoptr (GPtrArray) begun = NULL;
  CsImportItem *item = cs_import_item_new ();
  gint64        batch;

  item->path = cs_blobs_dup_path (self->store, hash);
  g_ptr_array_add (items, item);

  batch = dex_await_int64 (cs_imports_begin (self->store, items), error);
  if (batch == 0 || !(begun = dex_await_boxed (cs_imports_list (self->store, batch), error)) || begun->len == 0)
    return 0;

  return ((CsImportItem *) begun->pdata[0])->id;
}

static CsPhoto *
keep_pasted (CsDesk     *self,
             GBytes     *bytes,
             const char *name,
             GError    **error)
{
  g_autoptr (CsImageInfo) info = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *thumbnail = NULL;
  g_autofd int     fd = -1;
  CsPhoto         *photo;

  if ((fd = cs_fd_from_bytes (bytes, error)) == -1 ||
      !(info = dex_await_boxed (cs_image_inspect (self->image, fd), error)) ||
      !(hash = dex_await_string (cs_blobs_put_bytes (self->store, bytes), error)) ||
      !(thumbnail = dex_await_string (cs_blobs_put_bytes (self->store, info->thumbnail), error)))
    return NULL;

  photo = cs_desk_new_photo (info, hash, thumbnail);
  photo->name = cs_text_clean (name, FALSE);

  return photo;
}

static DexFuture *
import_bytes_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (CsImportSummary) summary = cs_desk_new_summary ();
  g_autoptr (CsPhoto) photo = NULL;
  g_autoptr (GError) error = NULL;
  gint64 item;
  gint64 product;
  CsKept kept;

  if (!(photo = keep_pasted (self, call->record, call->text, &error)))
    {
      summary->n_failed = 1;
      g_ptr_array_add (summary->failures, g_strdup_printf ("%s: %s", call->text, error->message));
      return dex_future_new_take_boxed (CS_TYPE_IMPORT_SUMMARY, g_steal_pointer (&summary));
    }

  if ((item = begin_one (self, photo->hash, &error)) == 0)
    return dex_future_new_for_error (g_steal_pointer (&error));

  kept = dex_await_uint (cs_imports_keep (self->store, item, photo), &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  summary->n_photos = kept == CS_KEPT_NEW;
  summary->n_twins = kept != CS_KEPT_NEW;
  summary->n_back = kept == CS_KEPT_BACK;
  if (kept == CS_KEPT_BACK)
    {
      cs_desk_changed (self, CS_DESK_PRODUCTS, 0);
      dex_future_disown (cs_desk_suggest (self, NULL, 0));
    }
  else if (kept == CS_KEPT_NEW)
    {
      product = dex_await_int64 (cs_imports_make_product (self->store, &item, 1), &error);
      if (error != NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));

      summary->n_products = 1;
      g_array_append_val (summary->products, product);
      cs_desk_changed (self, CS_DESK_PRODUCTS, 0);
      cs_desk_suggest_later (self, product);
    }

  return dex_future_new_take_boxed (CS_TYPE_IMPORT_SUMMARY, g_steal_pointer (&summary));
}

DexFuture *
cs_desk_import_bytes (CsDesk     *self,
                      GBytes     *bytes,
                      const char *name)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (bytes != NULL);

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  call = cs_desk_call_new (self);
  call->text = g_strdup (name != NULL ? name : _("Pasted picture"));
  call->record = g_bytes_ref (bytes);
  call->record_free = (GDestroyNotify) g_bytes_unref;

  return cs_fiber_spawn_disowned (import_bytes_fiber, call, (GDestroyNotify) cs_desk_call_free);
}
