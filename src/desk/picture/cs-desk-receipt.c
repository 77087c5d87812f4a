/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-blobs.h"
#include "cs-desk-private.h"
#include "cs-products.h"
#include "cs-receipt-page.h"

/* What a suggested picture changed of its photo: shown, and handed out */

static DexFuture *
refuse_unmeasured (void)
{
  return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", _("Nobody measured what this picture changes. Make it anew with its switches, or keep the original."));
}

/* Waits, so for fibers only */
static CsPhoto *
find_photo (CsDesk        *self,
            CsSuggestion  *suggestion,
            GError       **error)
{
  g_autoptr (CsProduct) product = dex_await_boxed (cs_products_get (self->store, suggestion->product), error);

  if (product == NULL)
    return NULL;

  for (guint i = 0; i < product->photos->len; i++)
    {
      CsPhoto *photo = product->photos->pdata[i];

      if (photo->id == suggestion->photo)
        return cs_photo_ref (photo);
    }

  g_set_error_literal (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("This photo is not here any more."));

  return NULL;
}

static DexFuture *
cs_desk_load_changes_fiber (gpointer data)
{
  CsDeskCall   *call = data;
  CsDesk       *self = call->desk;
  CsSuggestion *suggestion = call->record;
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  g_autoptr (CsPhoto) photo = NULL;
  g_autoptr (CsPixels) pixels = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = -1;
  g_autofd int mask = -1;
  g_autofd int picture = -1;
  CsPictureInput input;

  if (!(photo = find_photo (self, suggestion, &error)) ||
      (fd = cs_blobs_open (self->store, photo->hash, &error)) == -1 ||
      (suggestion->mask != NULL && (mask = cs_blobs_open (self->store, suggestion->mask, &error)) == -1) ||
      (picture = cs_blobs_open (self->store, suggestion->picture, &error)) == -1)
    return dex_future_new_for_error (g_steal_pointer (&error));

  cs_picture_settings_from_json (&settings, suggestion->settings);
  input = (CsPictureInput) { .photo = fd, .mask = mask, .backdrop = -1 };
  if (!(pixels = dex_await_boxed (cs_image_changes (self->image, &input, &settings, picture, suggestion->receipt, call->number), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return cs_desk_wrap_pixels (pixels);
}

DexFuture *
cs_desk_load_changes (CsDesk       *self,
                      CsSuggestion *suggestion,
                      int           max_side)
{
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (suggestion != NULL);
  dex_return_error_if_fail (max_side > 0);

  if (suggestion->picture == NULL || suggestion->receipt == NULL)
    return refuse_unmeasured ();

  call = cs_desk_call_new (self);
  call->record = cs_suggestion_ref (suggestion);
  call->record_free = (GDestroyNotify) cs_suggestion_unref;
  call->number = max_side;

  /* Not stopped half-way: the helper reads from our descriptors until it answers */
  return cs_fiber_spawn_disowned (cs_desk_load_changes_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

static DexFuture *
load_blob_fiber (gpointer data)
{
  const char *path = data;
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new_take (contents, length));
}

static CsPictureFormat
find_format (CsSuggestion *suggestion)
{
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;

  cs_picture_settings_from_json (&settings, suggestion->settings);

  return settings.format;
}

/* The picture, what was measured of it, and both as a page */
static gboolean
write_receipt (CsDesk       *self,
               CsSuggestion *suggestion,
               CsReceipt    *receipt,
               const char   *folder,
               GError      **error)
{
  g_autofree char *path = cs_blobs_dup_path (self->store, suggestion->picture);
  CsPictureFormat  format = find_format (suggestion);
  g_autofree char *name = g_strconcat ("picture.", cs_picture_format_get_extension (format), NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (GBytes) json = g_bytes_new (suggestion->receipt, strlen (suggestion->receipt));
  g_autoptr (GBytes) page = NULL;

  if (!(picture = dex_await_boxed (cs_fiber_compute (load_blob_fiber, g_steal_pointer (&path), g_free), error)))
    return FALSE;

  text = cs_receipt_page_write (receipt, suggestion, picture, cs_picture_format_get_mime (format));
  page = g_bytes_new (text, strlen (text));

  return cs_desk_write_file (folder, name, -1, picture, error) &&
         cs_desk_write_file (folder, "receipt.json", -1, json, error) &&
         cs_desk_write_file (folder, "receipt.html", -1, page, error);
}

static DexFuture *
cs_desk_export_receipt_fiber (gpointer data)
{
  CsDeskCall   *call = data;
  CsSuggestion *suggestion = call->record;
  g_autoptr (CsReceipt) receipt = cs_receipt_from_json (suggestion->receipt);
  g_autoptr (CsPhoto) photo = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *folder = NULL;
  char *dot;

  if (receipt == NULL || g_strcmp0 (receipt->picture, suggestion->picture) != 0)
    return refuse_unmeasured ();

  if (!(photo = find_photo (call->desk, suggestion, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  name = g_strdup (photo->name != NULL ? photo->name : "picture");
  if ((dot = strrchr (name, '.')) != NULL && dot > name)
    *dot = '\0';

  if (!(folder = cs_desk_make_folder (call->text, name, &error)) ||
      !write_receipt (call->desk, suggestion, receipt, folder, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_true ();
}

DexFuture *
cs_desk_export_receipt (CsDesk       *self,
                        CsSuggestion *suggestion,
                        GFile        *folder)
{
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (suggestion != NULL);
  dex_return_error_if_fail (G_IS_FILE (folder));

  if (suggestion->picture == NULL || suggestion->receipt == NULL)
    return refuse_unmeasured ();

  if (g_file_peek_path (folder) == NULL)
    return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", _("This folder is not on this computer."));

  call = cs_desk_call_new (self);
  call->record = cs_suggestion_ref (suggestion);
  call->record_free = (GDestroyNotify) cs_suggestion_unref;
  call->text = g_strdup (g_file_peek_path (folder));

  return cs_fiber_spawn_disowned (cs_desk_export_receipt_fiber, call, (GDestroyNotify) cs_desk_call_free);
}
