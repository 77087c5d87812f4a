/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-blobs.h"
#include "cs-decisions.h"
#include "cs-desk-private.h"
#include "cs-fd.h"
#include "cs-picture-engine.h"

/* Pictures under a hand that is trying things out, and several at once */

CsWorkshop *
cs_desk_get_workshop (CsDesk *self)
{
  g_return_val_if_fail (CS_IS_DESK (self), NULL);

  return self->workshop;
}

/* What the last preview was made from: while a hand is on a slider it is the
 * same from step to step, and only the settings differ.
 */
void
cs_desk_forget_preview (CsDesk *self,
                        gint64  product)
{
  if (product == 0 || (self->preview.request != NULL && self->preview.request->product->id == product))
    g_clear_pointer (&self->preview.request, cs_engine_request_unref);
}

static CsEnginePhoto *
find_photo (CsEngineRequest *request,
            gint64           photo)
{
  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto *one = request->photos->pdata[i];

      if (one->photo->id == photo)
        return one;
    }

  return NULL;
}

static CsEngineRequest *
get_preview_request (CsDesk     *self,
                     CsDeskCall *call,
                     GError    **error)
{
  CsPictureSettings settings;
  g_autofree char  *equipment = NULL;
  g_autoptr (CsEngineRequest) request = NULL;
  CsEnginePhoto    *photo;

  cs_picture_settings_from_json (&settings, call->text);
  equipment = g_strdup_printf ("%" G_GINT64_FORMAT " %s %s", call->other, settings.mask, settings.backdrop);
  if (self->preview.request != NULL && self->preview.request->product->id == call->id &&
      g_strcmp0 (self->preview.equipment, equipment) == 0)
    return cs_engine_request_ref (self->preview.request);

  if (!(request = dex_await_boxed (cs_desk_make_request (self, call->id, NULL), error)))
    return NULL;

  if ((photo = find_photo (request, call->other)))
    {
      g_set_str (&photo->settings, call->text);
      cs_desk_equip_photo (self, request, photo);
    }

  cs_desk_forget_preview (self, 0);
  self->preview.request = cs_engine_request_ref (request);
  g_set_str (&self->preview.equipment, equipment);

  return g_steal_pointer (&request);
}

static DexFuture *
preview (CsDesk     *self,
         CsDeskCall *call)
{
  g_autoptr (CsEngineRequest) request = NULL;
  g_autoptr (CsPixels) pixels = NULL;
  g_autoptr (GError) error = NULL;

  if (!(request = get_preview_request (self, call, &error)) ||
      !(pixels = dex_await_boxed (cs_picture_engine_preview (CS_PICTURE_ENGINE (self->engines[1]), request,
                                                             call->other, call->text, (int) call->number),
                                  &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* It may have been the first to look where the product is */
  if (!self->reading && !cs_desk_keep_cutouts (self, request, &error))
    g_warning ("A cut-out could not be kept: %s", error->message);

  return cs_desk_wrap_pixels (pixels);
}

/* One at a time, and of those that wait only the latest: a hand is faster */
static DexFuture *
cs_desk_preview_picture_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  guint64     turn = ++self->preview.turn;
  g_autoptr (DexPromise) promise = NULL;
  DexFuture  *made;

  while (self->preview.busy != NULL)
    dex_await (dex_ref (self->preview.busy), NULL);

  if (turn != self->preview.turn || self->closed)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _ ("It was stopped"));

  promise = dex_promise_new ();
  self->preview.busy = DEX_FUTURE (promise);
  made = preview (self, call);
  self->preview.busy = NULL;
  dex_promise_resolve_boolean (promise, TRUE);

  return made;
}

DexFuture *
cs_desk_preview_picture (CsDesk     *self,
                         gint64      product,
                         gint64      photo,
                         const char *settings,
                         int         max_side)
{
  CsPictureSettings parsed;
  CsDeskCall       *call;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (settings != NULL);
  dex_return_error_if_fail (max_side > 0 && max_side <= G_MAXINT16);

  if (!cs_picture_settings_from_json (&parsed, settings))
    return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", _ ("These picture settings cannot be read."));

  call = cs_desk_call_new (self);
  call->id = product;
  call->other = photo;
  call->text = cs_picture_settings_to_json (&parsed);
  call->number = max_side;

  return cs_fiber_spawn_disowned (cs_desk_preview_picture_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

static DexFuture *
cs_desk_get_last_picture_settings_fiber (gpointer data)
{
  CsDeskCall *call = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *settings = dex_await_string (cs_decisions_get_last_picture_settings (call->desk->store), &error);

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (settings == NULL)
    return cs_fiber_refuse (CS_ERROR_NOT_FOUND, "%s", _ ("No picture was accepted yet."));

  return dex_future_new_take_string (g_steal_pointer (&settings));
}

DexFuture *
cs_desk_get_last_picture_settings (CsDesk *self)
{
  dex_return_error_if_fail (CS_IS_DESK (self));

  return cs_fiber_spawn (cs_desk_get_last_picture_settings_fiber, cs_desk_call_new (self),
                         (GDestroyNotify) cs_desk_call_free);
}

static DexFuture *
cs_desk_keep_backdrop_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (CsImageInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  g_autofd int     fd = -1;
  g_autofd int     copy = -1;

  /* What counts is the copy: the file may change while it is looked at */
  if ((fd = cs_fd_open (call->text, &error)) == -1 ||
      !(info = dex_await_boxed (cs_image_inspect (self->image, fd), &error)) ||
      !(hash = dex_await_string (cs_blobs_put_file (self->store, fd), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (g_strcmp0 (info->hash, hash) != 0)
    {
      g_clear_pointer (&info, cs_image_info_unref);
      if ((copy = cs_blobs_open (self->store, hash, &error)) == -1 ||
          !(info = dex_await_boxed (cs_image_inspect (self->image, copy), &error)))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_take_string (g_steal_pointer (&hash));
}

DexFuture *
cs_desk_keep_backdrop (CsDesk *self,
                       GFile  *file)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (G_IS_FILE (file));

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  if (g_file_peek_path (file) == NULL)
    return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", _ ("This file is not on this computer."));

  call = cs_desk_call_new (self);
  call->text = g_strdup (g_file_peek_path (file));

  return cs_fiber_spawn_disowned (cs_desk_keep_backdrop_fiber, call, (GDestroyNotify) cs_desk_call_free);
}
