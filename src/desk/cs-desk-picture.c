/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>

#include "cs-blobs.h"
#include "cs-decisions.h"
#include "cs-desk-private.h"

/* A suggested picture with the switches that the person set */

static CsItem *
find_picture (GPtrArray *items,
              gint64     photo)
{
  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      if (item->field == CS_FIELD_PICTURE && item->photo == photo)
        return item;
    }

  return NULL;
}

/* The same request, with one photo in it, so that only its picture is made */
static CsEngineRequest *
narrow (CsEngineRequest *request,
        gint64           photo,
        const char      *settings)
{
  g_autoptr (CsEngineRequest) narrowed = NULL;

  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto *one = request->photos->pdata[i];

      if (one->photo->id != photo)
        continue;

      /* What went into the whole, with this in it, is what it is known by */
      g_free (one->settings);
      one->settings = g_strdup (settings);

      narrowed = cs_engine_request_new ();
      narrowed->product = cs_product_ref (request->product);
      cs_engine_request_take_photo (narrowed, one->photo,
                                    fcntl (one->fd, F_DUPFD_CLOEXEC, 3),
                                    g_strdup (one->reading), g_strdup (settings));
    }

  return g_steal_pointer (&narrowed);
}

/* The product's other pictures stay as they are */
static void
add_others (GPtrArray *suggestions,
            GPtrArray *items,
            gint64     photo)
{
  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      if (item->field != CS_FIELD_PICTURE || item->photo == photo)
        continue;

      for (guint j = 0; j < item->suggestions->len; j++)
        g_ptr_array_add (suggestions, cs_suggestion_ref (item->suggestions->pdata[j]));
    }
}

static gboolean
may_change (GPtrArray *items,
            gint64     photo,
            GError   **error)
{
  CsItem *item = find_picture (items, photo);

  if (item == NULL)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("This photo is not here any more."));
      return FALSE;
    }

  if (cs_item_state_is_decided (item->state))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED,
                           _("You have decided on this picture already. Undo that first."));
      return FALSE;
    }

  return TRUE;
}

static DexFuture *
make_picture (CsDesk          *self,
              CsEngineRequest *request,
              GPtrArray       *items,
              gint64           photo,
              const char      *settings,
              GError         **error)
{
  CsEngine *engine = self->engines[1];
  g_autoptr (CsEngineRequest) narrowed = narrow (request, photo, settings);
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autofree char *input = cs_engine_dup_input (engine, request);

  if (narrowed == NULL)
    return cs_fiber_refuse (CS_ERROR_NOT_FOUND, "%s", _("This photo is not here any more."));

  if (!(suggestions = dex_await_boxed (cs_engine_suggest (engine, narrowed, NULL), error)) ||
      !cs_desk_keep_pictures (self, suggestions, error))
    return NULL;

  add_others (suggestions, items, photo);

  return cs_suggestions_put (self->store, request->product->id, request->product->facts,
                             cs_engine_get_id (engine), input, suggestions);
}

static DexFuture *
cs_desk_suggest_picture_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (CsEngineRequest) request = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) now = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *kept;
  CsItem    *item;

  if (!(items = dex_await_boxed (cs_items_list (self->store, call->id), &error)) ||
      !may_change (items, call->other, &error) ||
      !(request = dex_await_boxed (cs_desk_make_request (self, call->id, NULL), &error)) ||
      !(kept = make_picture (self, request, items, call->other, call->text, &error)) ||
      !dex_await (kept, &error) ||
      !(now = dex_await_boxed (cs_items_list (self->store, call->id), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  cs_desk_changed (self, CS_DESK_PRODUCT, call->id);

  if (!(item = find_picture (now, call->other)) || item->suggestions->len == 0)
    return cs_fiber_refuse (CS_ERROR_STALE, "%s", _("This photo was moved meanwhile."));

  return dex_future_new_take_boxed (CS_TYPE_SUGGESTION, cs_suggestion_ref (item->suggestions->pdata[0]));
}

DexFuture *
cs_desk_suggest_picture (CsDesk     *self,
                         gint64      product,
                         gint64      photo,
                         const char *settings)
{
  CsPictureSettings parsed;
  DexFuture        *refusal;
  CsDeskCall       *call;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (settings != NULL);

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  if (!cs_picture_settings_from_json (&parsed, settings))
    return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", _("These picture settings cannot be read."));

  call = cs_desk_call_new (self);
  call->id = product;
  call->other = photo;
  call->text = cs_picture_settings_to_json (&parsed);

  return cs_fiber_spawn_disowned (cs_desk_suggest_picture_fiber, call, (GDestroyNotify) cs_desk_call_free);
}
