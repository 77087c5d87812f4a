/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-accounts.h"
#include "cs-blobs.h"
#include "cs-cutouts.h"
#include "cs-decisions.h"
#include "cs-desk-private.h"
#include "cs-json.h"
#include "cs-products.h"

/* What engines are given of a product, and what is kept of what they found:
 * the engines themselves read no database.
 */

/* Goes up when what cs_image_read() finds in a photo changes */
#define READING_VERSION 1

/* Masks are kept at this size: enough for the edge of a picture of 2,000 pixels */
#define MASK_SIDE 1600

DexFuture *
cs_desk_or_stopped (DexFuture    *future,
                    GCancellable *cancellable)
{
  if (cancellable == NULL)
    return future;

  return dex_future_first (future, dex_cancellable_new_from_cancellable (cancellable), NULL);
}

gboolean
cs_desk_is_stop (GError       *error,
                 GCancellable *cancellable)
{
  return g_cancellable_is_cancelled (cancellable) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Reads one photo: what text and which colours are on it. Kept with the photo,
 * so that each is read once.
 */
static DexFuture *
read_photo_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (GError) error = NULL;
  g_autofree char *reading = NULL;
  g_autofd int     fd = -1;

  reading = dex_await_string (cs_products_get_reading (self->store, call->text, READING_VERSION), &error);
  if (error != NULL || reading != NULL)
    return error ? dex_future_new_for_error (g_steal_pointer (&error))
                 : dex_future_new_take_string (g_steal_pointer (&reading));

  if ((fd = cs_blobs_open (self->store, call->text, &error)) == -1 ||
      !(reading = dex_await_string (cs_image_read (self->image, fd), &error)) ||
      !dex_await (cs_products_put_reading (self->store, call->text, READING_VERSION, reading), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_string (g_steal_pointer (&reading));
}

static DexFuture *
read_photo (CsDesk     *self,
            const char *hash)
{
  CsDeskCall *call = cs_desk_call_new (self);

  call->text = g_strdup (hash);

  return cs_fiber_spawn_disowned (read_photo_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

/* What pictures are made with where the person set nothing: as the first
 * account wants them. See CsAccount for the members of its profile.
 */
static char *
find_standard (CsDesk *self)
{
  static const char *const members[][2] = {
    { "picture_shape", "shape" }, { "picture_background", "background" }, { "picture_format", "format" },
    { "picture_mark", "mark" },
  };
  g_autoptr (GPtrArray) accounts = dex_await_boxed (cs_accounts_list (self->store), NULL);
  CsAccount        *account = accounts != NULL && accounts->len > 0 ? accounts->pdata[0] : NULL;
  g_autoptr (JsonNode) node = account != NULL && account->profile != NULL ? cs_json_parse (account->profile, -1, NULL) : NULL;
  JsonObject       *profile = cs_json_node_object (node);
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *value = cs_json_string (profile, members[i][0], NULL);

      /* A value that there is not leaves the usual one */
      if (value != NULL)
        cs_picture_settings_set (&settings, members[i][1], value, NULL);
    }

  settings.max_side = CLAMP (cs_json_int (profile, "picture_side", settings.max_side), 100, 10000);

  return cs_picture_settings_to_json (&settings);
}

/* What the person set for a photo's picture: the recipe of its present
 * suggestion, or NULL where that is what every photo gets.
 */
static char *
find_settings (GPtrArray  *items,
               gint64      photo,
               const char *standard)
{
  for (guint i = 0; i < items->len; i++)
    {
      CsItem           *item = items->pdata[i];
      CsSuggestion     *suggestion;
      CsPictureSettings settings;
      g_autofree char  *recipe = NULL;

      if (item->field != CS_FIELD_PICTURE || item->photo != photo || item->suggestions->len == 0)
        continue;

      /* One of an older version says the same in other words */
      suggestion = item->suggestions->pdata[0];
      if (!cs_picture_settings_from_json (&settings, suggestion->settings))
        return NULL;

      recipe = cs_picture_settings_to_json (&settings);

      return g_strcmp0 (recipe, standard) == 0 ? NULL : g_steal_pointer (&recipe);
    }

  return NULL;
}

static gboolean
is_decided (GPtrArray *items,
            gint64     photo)
{
  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      if (item->field == CS_FIELD_PICTURE && item->photo == photo)
        return cs_item_state_is_decided (item->state);
    }

  return FALSE;
}

/* The mask that the person brushed, else the kept one; and the person's background */
void
cs_desk_equip_photo (CsDesk          *self,
                     CsEngineRequest *request,
                     CsEnginePhoto   *photo)
{
  const char       *recipe = photo->settings != NULL ? photo->settings : request->standard;
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  g_autoptr (CsKeptCutout) kept = NULL;
  int               mask;

  cs_picture_settings_from_json (&settings, recipe);
  g_clear_fd (&photo->backdrop, NULL);
  if (settings.backdrop[0] != '\0')
    photo->backdrop = cs_blobs_open (self->store, settings.backdrop, NULL);

  cs_engine_photo_set_mask (photo, -1, NULL, FALSE, NULL);
  if (settings.mask[0] != '\0' && (mask = cs_blobs_open (self->store, settings.mask, NULL)) != -1)
    cs_engine_photo_set_mask (photo, mask, settings.mask, TRUE, NULL);
  else if (request->network != NULL &&
           (kept = dex_await_boxed (cs_cutouts_get (self->store, photo->photo->hash, request->network), NULL)) &&
           (mask = cs_blobs_open (self->store, kept->mask, NULL)) != -1)
    cs_engine_photo_set_mask (photo, mask, kept->mask, kept->sure, kept->sentence);
}

static DexFuture *
cs_desk_make_request_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (CsEngineRequest) request = cs_engine_request_new ();
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_workshop_settle (self->workshop), &error) ||
      !(request->product = dex_await_boxed (cs_products_get (self->store, call->id), &error)) ||
      !(items = dex_await_boxed (cs_items_list (self->store, call->id), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  request->network = cs_workshop_dup_network (self->workshop);
  request->mask_side = MASK_SIDE;
  request->standard = find_standard (self);
  if (!(request->hand = dex_await_boxed (cs_engines_get_hand (self->models), &error)))
    {
      if (self->closed)
        return dex_future_new_for_error (g_steal_pointer (&error));
      g_warning ("It is not known how the seller writes: %s", error->message);
      g_clear_error (&error);
    }

  for (guint i = 0; i < request->product->photos->len; i++)
    {
      CsPhoto         *photo = request->product->photos->pdata[i];
      g_autofree char *reading = NULL;
      CsEnginePhoto   *taken;
      int              fd;

      /* A photo that cannot be read for text still gets its picture */
      reading = dex_await_string (cs_desk_or_stopped (read_photo (self, photo->hash), call->record), &error);
      if (cs_desk_is_stop (error, call->record))
        return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("It was stopped"));
      g_clear_error (&error);

      if ((fd = cs_blobs_open (self->store, photo->hash, &error)) == -1)
        return dex_future_new_for_error (g_steal_pointer (&error));

      taken = cs_engine_request_take_photo (request, photo, fd, g_steal_pointer (&reading),
                                            find_settings (items, photo->id, request->standard));
      taken->decided = is_decided (items, photo->id);
      cs_desk_equip_photo (self, request, taken);
    }

  return dex_future_new_take_boxed (CS_TYPE_ENGINE_REQUEST, g_steal_pointer (&request));
}

DexFuture *
cs_desk_make_request (CsDesk       *self,
                      gint64        product,
                      GCancellable *cancellable)
{
  CsDeskCall *call = cs_desk_call_new (self);

  call->id = product;
  if (cancellable != NULL)
    {
      call->record = g_object_ref (cancellable);
      call->record_free = g_object_unref;
    }

  return cs_fiber_spawn_disowned (cs_desk_make_request_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

/* What a model painted behind a product: the recipe names it */
static gboolean
keep_painted (CsDesk          *self,
              CsEngineRequest *request,
              GError         **error)
{
  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto   *photo = request->photos->pdata[i];
      g_autofree char *hash = NULL;

      if (photo->painted != NULL && !(hash = dex_await_string (cs_blobs_put_bytes (self->store, photo->painted), error)))
        return FALSE;
    }

  return TRUE;
}

/* Each photo is cut out once by each network */
gboolean
cs_desk_keep_cutouts (CsDesk          *self,
                      CsEngineRequest *request,
                      GError         **error)
{
  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto    *photo = request->photos->pdata[i];
      g_autoptr (CsKeptCutout) kept = cs_kept_cutout_new ();
      g_autoptr (GBytes) found = g_steal_pointer (&photo->found);

      if (found == NULL || request->network == NULL)
        continue;

      kept->photo = g_strdup (photo->photo->hash);
      kept->network = g_strdup (request->network);
      kept->sure = photo->sure;
      kept->sentence = g_strdup (photo->sentence);
      if (!(kept->mask = dex_await_string (cs_blobs_put_bytes (self->store, found), error)) ||
          !dex_await (cs_cutouts_put (self->store, kept), error))
        return FALSE;
    }

  return TRUE;
}

static CsEnginePhoto *
find_photo (CsEngineRequest *request,
            gint64           id)
{
  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto *photo = request->photos->pdata[i];

      if (photo->photo->id == id)
        return photo;
    }

  return NULL;
}

/* What the file itself shows, whatever its maker says: only where the photo lies
 * in it and how it was lit is taken from there, and measured against. NULL where
 * it cannot be measured: then it cannot be accepted.
 */
static char *
measure_picture (CsDesk        *self,
                 CsEnginePhoto *photo,
                 CsSuggestion  *suggestion,
                 GError       **error)
{
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  g_autofd int      fd = cs_blobs_open (self->store, suggestion->picture, error);
  CsPictureInput    input = { .photo = photo->fd, .mask = photo->sure ? photo->mask : -1, .backdrop = -1 };

  if (fd == -1)
    return NULL;

  cs_picture_settings_from_json (&settings, suggestion->settings);

  return dex_await_string (cs_image_measure (self->image, &input, &settings, fd, suggestion->receipt), error);
}

/* FALSE where it was stopped */
static gboolean
write_receipt (CsDesk          *self,
               CsEngineRequest *request,
               CsSuggestion    *suggestion,
               GError         **error)
{
  CsEnginePhoto   *photo = find_photo (request, suggestion->photo);
  g_autofree char *receipt = NULL;
  g_autoptr (GError) reason = NULL;

  if (photo != NULL && photo->fd >= 0 && suggestion->picture_bytes != NULL)
    receipt = measure_picture (self, photo, suggestion, &reason);

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  if (reason != NULL)
    g_info ("The picture of %s could not be measured: %s", photo->photo->name, reason->message);

  g_set_str (&suggestion->receipt, receipt);
  g_set_str (&suggestion->mask, photo != NULL && photo->sure ? photo->mask_hash : NULL);
  cs_suggestion_seal (suggestion);

  return TRUE;
}

static gboolean
keep_picture (CsDesk       *self,
              CsSuggestion *suggestion,
              GError      **error)
{
  g_autofree char *hash = NULL;

  if (suggestion->picture_bytes == NULL)
    return TRUE;

  if (!(hash = dex_await_string (cs_blobs_put_bytes (self->store, suggestion->picture_bytes), error)))
    return FALSE;

  if (g_strcmp0 (hash, suggestion->picture) != 0)
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_CORRUPT,
                           _("A suggested picture is not the one that was made."));
      return FALSE;
    }

  return TRUE;
}

/* The engine hands over the picture's bytes; the store keeps them before the
 * suggestion that names them. Whichever engine it was, the receipt that goes with
 * it is our own.
 */
gboolean
cs_desk_keep_pictures (CsDesk          *self,
                       CsEngineRequest *request,
                       GPtrArray       *suggestions,
                       GError         **error)
{
  if (!cs_desk_keep_cutouts (self, request, error) || !keep_painted (self, request, error))
    return FALSE;

  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion *suggestion = suggestions->pdata[i];

      if (suggestion->field == CS_FIELD_PICTURE &&
          (!keep_picture (self, suggestion, error) || !write_receipt (self, request, suggestion, error)))
        return FALSE;
    }

  return TRUE;
}
