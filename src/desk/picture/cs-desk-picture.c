/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-decisions.h"
#include "cs-desk-private.h"

/* Suggested pictures with the settings that the person gave them */

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

/* A mask is of its own photo: for all photos, the settings but for it */
static void
set_for_all (CsEnginePhoto *photo,
             const char    *settings)
{
  CsPictureSettings own = CS_PICTURE_SETTINGS_DEFAULT;
  CsPictureSettings wanted;

  cs_picture_settings_from_json (&own, photo->settings);
  cs_picture_settings_from_json (&wanted, settings);
  g_strlcpy (wanted.mask, own.mask, sizeof wanted.mask);
  g_free (photo->settings);
  photo->settings = cs_picture_settings_to_json (&wanted);
}

/* The photos whose pictures are made with these settings: one, or with photo 0
 * all that are not decided. Returns how many.
 */
static guint
choose_photos (CsDesk          *self,
               CsEngineRequest *request,
               GPtrArray       *items,
               gint64           photo,
               const char      *settings)
{
  guint n = 0;

  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto *one = request->photos->pdata[i];

      one->wanted = photo != 0 ? one->photo->id == photo : may_change (items, one->photo->id, NULL);
      if (!one->wanted)
        continue;

      n++;
      if (photo != 0)
        g_set_str (&one->settings, settings);
      else
        set_for_all (one, settings);
      cs_desk_equip_photo (self, request, one);
    }

  return n;
}

/* The product's other pictures stay as they are */
static void
add_others (GPtrArray       *suggestions,
            CsEngineRequest *request,
            GPtrArray       *items)
{
  for (guint i = 0; i < request->photos->len; i++)
    {
      CsEnginePhoto *photo = request->photos->pdata[i];
      CsItem        *item = photo->wanted ? NULL : find_picture (items, photo->photo->id);

      for (guint j = 0; item != NULL && j < item->suggestions->len; j++)
        g_ptr_array_add (suggestions, cs_suggestion_ref (item->suggestions->pdata[j]));
    }
}

/* What could be made nothing of says why */
static gboolean
was_made (CsEngineRequest *request,
          gint64           photo,
          GError         **error)
{
  for (guint i = 0; i < request->photos->len; i++)
    {
      CsEnginePhoto *one = request->photos->pdata[i];

      if (one->photo->id != photo || one->trouble == NULL)
        continue;

      g_set_error_literal (error, CS_ERROR, CS_ERROR_UNREADABLE, one->trouble);
      return FALSE;
    }

  return TRUE;
}

/* Makes the pictures and keeps them in the place of the pending ones; waits, so
 * for fibers only. photo 0 for all. Returns how many were made, or -1.
 */
static int
make_pictures (CsDesk     *self,
               gint64      product,
               GPtrArray  *items,
               gint64      photo,
               const char *settings,
               GError    **error)
{
  CsEngine *engine = self->engines[1];
  g_autoptr (CsEngineRequest) request = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autofree char *input = NULL;
  guint n;

  if (!(request = dex_await_boxed (cs_desk_make_request (self, product, NULL), error)))
    return -1;

  if (choose_photos (self, request, items, photo, settings) == 0)
    return 0;

  input = cs_engine_dup_input (engine, request);
  if (!(suggestions = dex_await_boxed (cs_engine_suggest (engine, request, NULL), error)) ||
      !cs_desk_keep_pictures (self, request, suggestions, error) ||
      !was_made (request, photo, error))
    return -1;

  n = suggestions->len;
  add_others (suggestions, request, items);
  if (!dex_await (cs_suggestions_put (self->store, product, request->product->facts,
                                      cs_engine_get_id (engine), input, suggestions),
                  error))
    return -1;

  cs_desk_changed (self, CS_DESK_PRODUCT, product);

  return n;
}

static DexFuture *
cs_desk_suggest_picture_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) now = NULL;
  g_autoptr (GError) error = NULL;
  CsItem *item;

  if (!(items = dex_await_boxed (cs_items_list (self->store, call->id), &error)) ||
      !may_change (items, call->other, &error) ||
      make_pictures (self, call->id, items, call->other, call->text, &error) < 0 ||
      !(now = dex_await_boxed (cs_items_list (self->store, call->id), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!(item = find_picture (now, call->other)) || item->suggestions->len == 0)
    return cs_fiber_refuse (CS_ERROR_STALE, "%s", _("This photo was moved meanwhile."));

  return dex_future_new_take_boxed (CS_TYPE_SUGGESTION, cs_suggestion_ref (item->suggestions->pdata[0]));
}

static DexFuture *
cs_desk_suggest_pictures_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  int n;

  if (!(items = dex_await_boxed (cs_items_list (self->store, call->id), &error)) ||
      (n = make_pictures (self, call->id, items, 0, call->text, &error)) < 0)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_uint (n);
}

/* photo 0 for all that are not decided */
static DexFuture *
suggest_with (CsDesk      *self,
              gint64       product,
              gint64       photo,
              const char  *settings,
              DexFiberFunc fiber)
{
  CsPictureSettings parsed;
  DexFuture        *refusal;
  CsDeskCall       *call;

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  if (!cs_picture_settings_from_json (&parsed, settings))
    return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", _("These picture settings cannot be read."));

  call = cs_desk_call_new (self);
  call->id = product;
  call->other = photo;
  call->text = cs_picture_settings_to_json (&parsed);

  return cs_fiber_spawn_disowned (fiber, call, (GDestroyNotify) cs_desk_call_free);
}

DexFuture *
cs_desk_suggest_picture (CsDesk     *self,
                         gint64      product,
                         gint64      photo,
                         const char *settings)
{
  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (photo > 0);
  dex_return_error_if_fail (settings != NULL);

  return suggest_with (self, product, photo, settings, cs_desk_suggest_picture_fiber);
}

DexFuture *
cs_desk_suggest_pictures (CsDesk     *self,
                          gint64      product,
                          const char *settings)
{
  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (settings != NULL);

  return suggest_with (self, product, 0, settings, cs_desk_suggest_pictures_fiber);
}
