/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-common-light.h"
#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-find-product.h"
#include "cs-hash.h"
#include "cs-picture-engine.h"

/* For all photos of a product, where the product is in them and in what light
 * they were taken; then the pictures that are wanted, each by what was found of
 * all: so that one made alone is what it would be among the others.
 */

/* A library is gone through once; these are for the products at hand */
#define MAX_LIGHTS 4096

struct _CsPictureEngine
{
  CsEngine parent_instance;

  CsImage    *image;
  GHashTable *lights; /* photo and mask → CsPictureLight: what was measured before */
};

G_DEFINE_FINAL_TYPE (CsPictureEngine, cs_picture_engine, CS_TYPE_ENGINE)

typedef struct
{
  CsPictureEngine *engine;
  CsEngineRequest *request;
  GCancellable    *cancellable;
  GPtrArray       *lights; /* CsPictureLight or NULL, by photo */
  char            *input;

  /* A preview */
  gint64 photo;
  char  *settings;
  int    max_side;
} Work;

static void
work_free (Work *work)
{
  g_clear_object (&work->engine);
  g_clear_pointer (&work->request, cs_engine_request_unref);
  g_clear_object (&work->cancellable);
  g_clear_pointer (&work->lights, g_ptr_array_unref);
  g_free (work->input);
  g_free (work->settings);
  g_free (work);
}

static Work *
work_new (CsPictureEngine *self,
          CsEngineRequest *request)
{
  Work *work = g_new0 (Work, 1);

  work->engine = g_object_ref (self);
  work->request = cs_engine_request_ref (request);

  return work;
}

static CsPictureSettings
read_settings (CsEngineRequest *request,
               CsEnginePhoto   *photo)
{
  const char       *recipe = photo->settings != NULL ? photo->settings : request->standard;
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;

  if (recipe == NULL || !cs_picture_settings_from_json (&settings, recipe))
    settings = CS_PICTURE_SETTINGS_DEFAULT;

  return settings;
}

/* A mask that was found is not part of it: it comes of the photo and the network */
static char *
cs_picture_engine_dup_input (CsEngine        *engine,
                             CsEngineRequest *request)
{
  g_autoptr (GString) all = g_string_new (CS_PICTURE_ENGINE_VERSION);

  g_string_append_printf (all, "\n%s", request->network != NULL ? request->network : "");
  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto    *photo = request->photos->pdata[i];
      CsPictureSettings settings = read_settings (request, photo);
      g_autofree char  *recipe = cs_picture_settings_to_json (&settings);

      g_string_append_printf (all, "\n%" G_GINT64_FORMAT " %s %s", photo->photo->id, photo->photo->hash, recipe);
    }

  return cs_hash_data (all->str, all->len);
}

static gboolean
is_cancelled (GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* No mask is better than one that cannot be right */
static CsPictureInput
make_input (CsEnginePhoto        *photo,
            const CsPictureLight *light,
            const char           *key)
{
  return (CsPictureInput) {
    .photo = photo->fd,
    .mask = photo->sure ? photo->mask : -1,
    .backdrop = photo->backdrop,
    .light = light,
    .key = key,
  };
}

static char *
make_key (CsEnginePhoto *photo)
{
  g_autofree char *both = g_strdup_printf ("%s %s", photo->photo->hash,
                                           photo->sure && photo->mask_hash != NULL ? photo->mask_hash : "");

  return cs_hash_data (both, strlen (both));
}

static CsPictureLight *
measure_light (Work          *work,
               CsEnginePhoto *photo,
               GError       **error)
{
  CsPictureSettings usual = CS_PICTURE_SETTINGS_DEFAULT;
  g_autofree char  *key = make_key (photo);
  CsPictureInput    input = make_input (photo, NULL, key);
  CsPictureLight   *light = g_hash_table_lookup (work->engine->lights, key);

  if (light != NULL)
    return cs_picture_light_ref (light);

  if (!(light = dex_await_boxed (cs_image_plan (work->engine->image, &input, &usual), error)))
    return NULL;

  if (g_hash_table_size (work->engine->lights) >= MAX_LIGHTS)
    g_hash_table_remove_all (work->engine->lights);
  g_hash_table_insert (work->engine->lights, g_steal_pointer (&key), cs_picture_light_ref (light));

  return light;
}

static void
future_free (gpointer future)
{
  if (future != NULL)
    dex_unref (future);
}

static gboolean
is_alike (CsEngineRequest *request,
          CsEnginePhoto   *photo)
{
  CsPictureSettings settings = read_settings (request, photo);

  return photo->fd >= 0 && settings.alike && (settings.white_balance || settings.exposure);
}

static void
light_free (gpointer light)
{
  if (light != NULL)
    cs_picture_light_unref (light);
}

/* One photo has nothing to be like */
static gboolean
find_lights (Work    *work,
             GError **error)
{
  GPtrArray           *photos = work->request->photos;
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (light_free);
  guint                n = 0;

  for (guint i = 0; i < photos->len; i++)
    n += is_alike (work->request, photos->pdata[i]);

  for (guint i = 0; i < photos->len; i++)
    {
      g_autoptr (GError) reason = NULL;
      CsPictureLight    *light = NULL;

      if (n > 1 && is_alike (work->request, photos->pdata[i]) &&
          !(light = measure_light (work, photos->pdata[i], &reason)) &&
          is_cancelled (reason))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }

      g_ptr_array_add (own, light);
    }

  work->lights = cs_common_light_find (own);

  return TRUE;
}

static gboolean
look_at_photos (Work    *work,
                GError **error)
{
  for (guint i = 0; i < work->request->photos->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (work->cancellable, error) ||
          !cs_find_product (work->engine->image, work->request, work->request->photos->pdata[i], error))
        return FALSE;
    }

  return find_lights (work, error);
}

/* Where nobody can tell what the product is and the person said nothing, the
 * photo stands as it is
 */
static gboolean
is_abstaining (CsEnginePhoto *photo)
{
  return photo->sentence != NULL && !photo->sure && photo->settings == NULL;
}

static void
leave_as_it_is (CsPictureSettings *settings)
{
  CsPictureSettings wanted = *settings;

  *settings = (CsPictureSettings) {
    .shape = CS_SHAPE_PHOTO, .background = CS_BACKGROUND_KEEP, .shadow = CS_SHADOW_KEEP,
    .max_side = wanted.max_side, .quality = wanted.quality, .format = wanted.format,
  };
}

static void
add_line (GString    *text,
          const char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
}

static void
describe (Work          *work,
          CsEnginePhoto *photo,
          CsPicture     *picture,
          CsSuggestion  *suggestion)
{
  g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  if (!photo->sure && photo->sentence != NULL)
    {
      g_strv_builder_add (remarks, photo->sentence);
      if (suggestion->abstains)
        add_line (text, photo->sentence);
    }

  for (guint i = 0; !suggestion->abstains && picture->parts != NULL && i < picture->parts->len; i++)
    {
      CsPicturePart *part = picture->parts->pdata[i];

      if (part->sentence == NULL || *part->sentence == '\0')
        continue;

      g_strv_builder_add (remarks, part->sentence);
      if (part->applied)
        add_line (text, part->sentence);
    }

  if (work->request->network == NULL && photo->mask < 0)
    g_strv_builder_add (remarks, _ ("The background stays: there is no model yet to cut the product out with. Get one under Cut-out Models."));

  if (text->len == 0)
    g_string_append (text, _ ("The photo is good as it is"));

  suggestion->text = g_strdup (text->str);
  suggestion->remarks = g_strv_builder_end (remarks);
}

static CsSuggestion *
make_suggestion (Work          *work,
                 CsEnginePhoto *photo,
                 CsPicture     *picture)
{
  CsSuggestion     *suggestion = cs_suggestion_new ();
  CsPictureSettings settings = read_settings (work->request, photo);

  suggestion->product = work->request->product->id;
  suggestion->photo = photo->photo->id;
  suggestion->field = CS_FIELD_PICTURE;
  suggestion->engine = g_strdup ("picture");
  suggestion->variant = 1;
  suggestion->abstains = is_abstaining (photo);
  suggestion->picture = g_strdup (picture->hash);
  suggestion->picture_bytes = g_bytes_ref (picture->file);
  suggestion->settings = cs_picture_settings_to_json (&settings);
  suggestion->receipt = g_strdup (picture->receipt);
  suggestion->mask = photo->sure ? g_strdup (photo->mask_hash) : NULL;
  suggestion->input = g_strdup (work->input);
  describe (work, photo, picture, suggestion);
  cs_suggestion_seal (suggestion);

  return suggestion;
}

/* Resolves to a CsPicture */
static DexFuture *
make_picture (Work *work,
              guint i)
{
  CsEnginePhoto    *photo = work->request->photos->pdata[i];
  CsPictureSettings settings = read_settings (work->request, photo);
  g_autofree char  *key = make_key (photo);
  CsPictureInput    input = make_input (photo, work->lights->pdata[i], key);

  if (is_abstaining (photo))
    {
      leave_as_it_is (&settings);
      input.light = NULL;
    }

  return cs_image_improve (work->engine->image, &input, &settings);
}

/* All that are wanted at once, since there is a helper for each core; NULL for the others */
static GPtrArray *
make_pictures (Work *work)
{
  GPtrArray *photos = work->request->photos;
  GPtrArray *making = g_ptr_array_new_full (photos->len, future_free);

  for (guint i = 0; i < photos->len; i++)
    {
      CsEnginePhoto *photo = photos->pdata[i];

      g_ptr_array_add (making, photo->fd >= 0 && photo->wanted ? make_picture (work, i) : NULL);
    }

  return making;
}

static DexFuture *
suggest_fiber (gpointer data)
{
  Work *work = data;
  GPtrArray *photos = work->request->photos;
  g_autoptr (GPtrArray) suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  g_autoptr (GPtrArray) making = NULL;
  g_autoptr (GError) stop = NULL;

  if (photos != NULL && !look_at_photos (work, &stop))
    return dex_future_new_for_error (g_steal_pointer (&stop));

  making = photos != NULL ? make_pictures (work) : NULL;
  for (guint i = 0; making != NULL && i < making->len; i++)
    {
      CsEnginePhoto *photo = photos->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (CsPicture) picture = NULL;

      if (g_cancellable_set_error_if_cancelled (work->cancellable, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));

      if (making->pdata[i] == NULL)
        continue;

      /* One photo that cannot be improved costs that photo, not the others */
      if ((picture = dex_await_boxed (dex_ref (making->pdata[i]), &error)))
        g_ptr_array_add (suggestions, make_suggestion (work, photo, picture));
      else if (is_cancelled (error))
        return dex_future_new_for_error (g_steal_pointer (&error));
      else
        {
          g_info ("No picture for %s: %s", photo->photo->name, error->message);
          g_set_str (&photo->trouble, error->message);
        }
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&suggestions));
}

static DexFuture *
cs_picture_engine_suggest (CsEngine        *engine,
                           CsEngineRequest *request,
                           GCancellable    *cancellable)
{
  Work *work = work_new (CS_PICTURE_ENGINE (engine), request);

  work->input = cs_picture_engine_dup_input (engine, request);
  work->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;

  return cs_fiber_spawn (suggest_fiber, work, (GDestroyNotify) work_free);
}

static DexFuture *
preview_fiber (gpointer data)
{
  Work      *work = data;
  GPtrArray *photos = work->request->photos;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  guint             i = 0;
  CsPictureInput    input;
  CsPictureSettings settings;
  CsEnginePhoto    *photo;
  CsPixels         *pixels;

  while (photos != NULL && i < photos->len && ((CsEnginePhoto *) photos->pdata[i])->photo->id != work->photo)
    i++;

  if (photos == NULL || i == photos->len)
    return cs_fiber_refuse (CS_ERROR_NOT_FOUND, "%s", _ ("This photo is not here any more."));

  photo = photos->pdata[i];
  g_set_str (&photo->settings, work->settings);
  if (!look_at_photos (work, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  settings = read_settings (work->request, photo);
  key = make_key (photo);
  input = make_input (photo, work->lights->pdata[i], key);
  pixels = dex_await_boxed (cs_image_preview (work->engine->image, &input, &settings, work->max_side), &error);

  return pixels != NULL ? dex_future_new_take_boxed (CS_TYPE_PIXELS, pixels)
                        : dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
cs_picture_engine_preview (CsPictureEngine *self,
                           CsEngineRequest *request,
                           gint64           photo,
                           const char      *settings,
                           int              max_side)
{
  Work *work;

  dex_return_error_if_fail (CS_IS_PICTURE_ENGINE (self));
  dex_return_error_if_fail (request != NULL && request->product != NULL);
  dex_return_error_if_fail (max_side > 0 && max_side <= G_MAXINT16);

  work = work_new (self, request);
  work->photo = photo;
  work->settings = g_strdup (settings);
  work->max_side = max_side;

  return cs_fiber_spawn (preview_fiber, work, (GDestroyNotify) work_free);
}

static const char *
cs_picture_engine_get_id (CsEngine *engine)
{
  return "picture";
}

static const char *
cs_picture_engine_get_title (CsEngine *engine)
{
  return _ ("Built-in pictures");
}

static void
cs_picture_engine_dispose (GObject *object)
{
  CsPictureEngine *self = CS_PICTURE_ENGINE (object);

  g_clear_object (&self->image);
  g_clear_pointer (&self->lights, g_hash_table_unref);

  G_OBJECT_CLASS (cs_picture_engine_parent_class)->dispose (object);
}

static void
cs_picture_engine_class_init (CsPictureEngineClass *klass)
{
  GObjectClass  *object_class = G_OBJECT_CLASS (klass);
  CsEngineClass *engine_class = CS_ENGINE_CLASS (klass);

  object_class->dispose = cs_picture_engine_dispose;

  engine_class->get_id = cs_picture_engine_get_id;
  engine_class->get_title = cs_picture_engine_get_title;
  engine_class->dup_input = cs_picture_engine_dup_input;
  engine_class->suggest = cs_picture_engine_suggest;
}

static void
cs_picture_engine_init (CsPictureEngine *self)
{
  self->lights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cs_picture_light_unref);
}

CsEngine *
cs_picture_engine_new (CsImage *image)
{
  CsPictureEngine *self;

  g_return_val_if_fail (CS_IS_IMAGE (image), NULL);

  self = g_object_new (CS_TYPE_PICTURE_ENGINE, NULL);
  self->image = g_object_ref (image);

  return CS_ENGINE (self);
}
