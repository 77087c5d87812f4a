/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-fiber.h"
#include "cs-hash.h"
#include "cs-picture-engine.h"

/* Part of every input hash: raise it when the same photo would come out differently */
#define VERSION "picture/1"

struct _CsPictureEngine
{
  CsEngine parent_instance;

  CsImage *image;
};

G_DEFINE_FINAL_TYPE (CsPictureEngine, cs_picture_engine, CS_TYPE_ENGINE)

typedef struct
{
  CsImage         *image;
  CsEngineRequest *request;
  GCancellable    *cancellable;
  char            *input;
} Work;

static void
work_free (Work *work)
{
  g_clear_object (&work->image);
  g_clear_pointer (&work->request, cs_engine_request_unref);
  g_clear_object (&work->cancellable);
  g_free (work->input);
  g_free (work);
}

static CsPictureSettings
read_settings (CsEnginePhoto *photo)
{
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;

  if (photo->settings == NULL || !cs_picture_settings_from_json (&settings, photo->settings))
    settings = CS_PICTURE_SETTINGS_DEFAULT;

  return settings;
}

static char *
cs_picture_engine_dup_input (CsEngine        *engine,
                             CsEngineRequest *request)
{
  g_autoptr (GString) all = g_string_new (VERSION);

  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto    *photo = request->photos->pdata[i];
      CsPictureSettings settings = read_settings (photo);
      g_autofree char  *recipe = cs_picture_settings_to_json (&settings);

      g_string_append_printf (all, "\n%" G_GINT64_FORMAT " %s %s", photo->photo->id, photo->photo->hash, recipe);
    }

  return cs_hash_data (all->str, all->len);
}

static CsSuggestion *
make_suggestion (CsEngineRequest *request,
                 CsEnginePhoto   *photo,
                 CsPicture       *picture,
                 const char      *input)
{
  CsSuggestion     *suggestion = cs_suggestion_new ();
  CsPictureSettings settings = read_settings (photo);
  g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; picture->parts != NULL && i < picture->parts->len; i++)
    {
      CsPicturePart *part = picture->parts->pdata[i];

      if (part->sentence == NULL || *part->sentence == '\0')
        continue;

      g_strv_builder_add (remarks, part->sentence);
      if (part->applied)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", part->sentence);
    }

  if (text->len == 0)
    g_string_append (text, _ ("The photo is good as it is"));

  suggestion->product = request->product->id;
  suggestion->photo = photo->photo->id;
  suggestion->field = CS_FIELD_PICTURE;
  suggestion->engine = g_strdup ("picture");
  suggestion->variant = 1;
  suggestion->text = g_strdup (text->str);
  suggestion->remarks = g_strv_builder_end (remarks);
  suggestion->picture = g_strdup (picture->hash);
  suggestion->picture_bytes = g_bytes_ref (picture->file);
  suggestion->settings = cs_picture_settings_to_json (&settings);
  suggestion->input = g_strdup (input);
  cs_suggestion_seal (suggestion);

  return suggestion;
}

static DexFuture *
suggest_fiber (gpointer data)
{
  Work *work = data;
  g_autoptr (GPtrArray) suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);

  for (guint i = 0; work->request->photos != NULL && i < work->request->photos->len; i++)
    {
      CsEnginePhoto    *photo = work->request->photos->pdata[i];
      CsPictureSettings settings = read_settings (photo);
      g_autoptr (GError) error = NULL;
      g_autoptr (CsPicture) picture = NULL;

      if (g_cancellable_set_error_if_cancelled (work->cancellable, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));

      if (photo->fd < 0)
        continue;

      /* One photo that cannot be improved costs that photo, not the others */
      if ((picture = dex_await_boxed (cs_image_improve (work->image, &(CsPictureInput) { photo->fd, -1, -1 }, &settings), &error)))
        g_ptr_array_add (suggestions, make_suggestion (work->request, photo, picture, work->input));
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return dex_future_new_for_error (g_steal_pointer (&error));
      else
        g_info ("No picture for %s: %s", photo->photo->name, error->message);
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&suggestions));
}

static DexFuture *
cs_picture_engine_suggest (CsEngine        *engine,
                           CsEngineRequest *request,
                           GCancellable    *cancellable)
{
  CsPictureEngine *self = CS_PICTURE_ENGINE (engine);
  Work            *work = g_new0 (Work, 1);

  work->image = g_object_ref (self->image);
  work->request = cs_engine_request_ref (request);
  work->input = cs_picture_engine_dup_input (engine, request);
  work->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;

  return cs_fiber_spawn (suggest_fiber, work, (GDestroyNotify) work_free);
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

  G_OBJECT_CLASS (cs_picture_engine_parent_class)->dispose (object);
}

static void
cs_picture_engine_class_init (CsPictureEngineClass *klass)
{
  GObjectClass  *object_class = G_OBJECT_CLASS (klass);
  CsEngineClass *engine_class = CS_ENGINE_CLASS (klass);

  object_class->dispose = cs_picture_engine_dispose;

  engine_class->id = "picture";
  engine_class->get_title = cs_picture_engine_get_title;
  engine_class->dup_input = cs_picture_engine_dup_input;
  engine_class->suggest = cs_picture_engine_suggest;
}

static void
cs_picture_engine_init (CsPictureEngine *self)
{
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
