/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-error.h"
#include "cs-fd.h"
#include "cs-fiber.h"
#include "cs-picture-engine.h"
#include "cs-scan.h"
#include "cs-workshop-private.h"

/* One picture, made from a file without a library */

static void
cs_made_picture_clear (CsMadePicture *self)
{
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_clear_pointer (&self->mask, g_bytes_unref);
  g_free (self->extension);
  g_free (self->receipt);
  g_strfreev (self->words);
  g_free (self->finding);
}

CS_DEFINE_RECORD (CsMadePicture, cs_made_picture)

typedef struct
{
  CsWorkshop *workshop;
  char       *path;
  char       *backdrop; /* path, or NULL */
  char       *settings;
  gboolean    with_mask;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  g_clear_object (&making->workshop);
  g_free (making->path);
  g_free (making->backdrop);
  g_free (making->settings);
  g_free (making);
}

static const char *
get_extension (const char *settings)
{
  CsPictureSettings parsed = CS_PICTURE_SETTINGS_DEFAULT;

  cs_picture_settings_from_json (&parsed, settings);

  return cs_picture_format_get_extension (parsed.format);
}

/* One photo, as a product of its own: the same work that the library asks for */
static CsEngineRequest *
make_request (Making  *making,
              GError **error)
{
  CsImage *image = cs_workshop_get_image (making->workshop);
  g_autoptr (CsEngineRequest) request = cs_engine_request_new ();
  g_autoptr (CsImageInfo) info = NULL;
  g_autoptr (CsPhoto) photo = cs_photo_new ();
  CsEnginePhoto *taken;
  g_autofd int   fd = -1;

  if ((fd = cs_fd_open (making->path, error)) == -1 ||
      !(info = dex_await_boxed (cs_image_inspect (image, fd), error)))
    return NULL;

  photo->id = 1;
  photo->hash = g_strdup (info->hash);
  photo->name = g_filename_display_basename (making->path);
  request->product = cs_product_new ();
  request->network = cs_workshop_dup_network (making->workshop);
  taken = cs_engine_request_take_photo (request, photo, g_steal_fd (&fd), NULL, g_strdup (making->settings));
  if (making->backdrop != NULL && (taken->backdrop = cs_fd_open (making->backdrop, error)) == -1)
    return NULL;

  return g_steal_pointer (&request);
}

static DexFuture *
make_picture_fiber (gpointer data)
{
  Making *making = data;
  g_autoptr (CsEngine) engine = cs_picture_engine_new (cs_workshop_get_image (making->workshop));
  g_autoptr (CsMadePicture) made = cs_made_picture_new ();
  g_autoptr (CsEngineRequest) request = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;
  CsEnginePhoto *photo;
  CsSuggestion  *suggestion;

  if (!dex_await (cs_workshop_settle (making->workshop), &error) ||
      !(request = make_request (making, &error)) ||
      !(suggestions = dex_await_boxed (cs_engine_suggest (engine, request, NULL), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  photo = request->photos->pdata[0];
  if (suggestions->len == 0)
    return cs_fiber_refuse (CS_ERROR_UNREADABLE, "%s",
                            photo->trouble != NULL ? photo->trouble : _ ("This file cannot be read as a photo."));

  suggestion = suggestions->pdata[0];
  made->picture = g_bytes_ref (suggestion->picture_bytes);
  made->extension = g_strdup (get_extension (making->settings));
  made->receipt = g_strdup (suggestion->receipt);
  made->words = g_strdupv (suggestion->remarks);
  if (making->with_mask && photo->found != NULL)
    made->mask = g_bytes_ref (photo->found);
  if (photo->sentence != NULL && !photo->sure)
    made->finding = g_strdup (photo->sentence);
  else if (request->network == NULL && made->words[0] != NULL)
    {
      /* The last of the words says the same to somebody at the window */
      g_clear_pointer (&made->words[g_strv_length (made->words) - 1], g_free);
      made->finding = g_strdup (_ ("There is no model to cut the product out with. “countersign-cli models” lists those that can be had."));
    }

  return dex_future_new_take_boxed (CS_TYPE_MADE_PICTURE, g_steal_pointer (&made));
}

DexFuture *
cs_workshop_make_picture (CsWorkshop *self,
                          GFile      *file,
                          GFile      *backdrop,
                          const char *settings,
                          gboolean    with_mask)
{
  Making *making;

  dex_return_error_if_fail (CS_IS_WORKSHOP (self));
  dex_return_error_if_fail (G_IS_FILE (file));
  dex_return_error_if_fail (backdrop == NULL || G_IS_FILE (backdrop));

  if (g_file_peek_path (file) == NULL || (backdrop != NULL && g_file_peek_path (backdrop) == NULL))
    return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", _ ("This file is not on this computer."));

  making = g_new0 (Making, 1);
  making->workshop = g_object_ref (self);
  making->path = g_strdup (g_file_peek_path (file));
  making->backdrop = backdrop != NULL ? g_strdup (g_file_peek_path (backdrop)) : NULL;
  making->settings = g_strdup (settings);
  making->with_mask = with_mask;

  return cs_fiber_spawn_disowned (make_picture_fiber, making, making_free);
}

char *
cs_workshop_change_settings (const char *settings,
                             const char *assignment,
                             GError    **error)
{
  CsPictureSettings parsed = CS_PICTURE_SETTINGS_DEFAULT;
  const char       *value = strchr (assignment, '=');
  g_autofree char  *name = value != NULL ? g_strndup (assignment, value - assignment) : NULL;

  if ((settings != NULL && !cs_picture_settings_from_json (&parsed, settings)))
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_REFUSED, _ ("These picture settings cannot be read."));
      return NULL;
    }

  if (name == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("“%s” is no setting. Write it as NAME=VALUE, for example “air=0.5”."), assignment);
      return NULL;
    }

  if (!cs_picture_settings_set (&parsed, name, value + 1, error))
    return NULL;

  return cs_picture_settings_to_json (&parsed);
}

char *
cs_workshop_describe_settings (void)
{
  return cs_picture_settings_describe ();
}

typedef struct
{
  GPtrArray *files;
  GPtrArray *failures;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_ptr_array_unref (search->files);
  g_ptr_array_unref (search->failures);
  g_free (search);
}

static DexFuture *
search_fiber (gpointer data)
{
  Search *search = data;
  g_autoptr (GPtrArray) scanned = cs_scan (search->files, search->failures, NULL);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < scanned->len; i++)
    g_ptr_array_add (found, g_file_new_for_path (((CsScanFile *) scanned->pdata[i])->path));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, found);
}

DexFuture *
cs_workshop_find_photos (CsWorkshop *self,
                         GPtrArray  *files,
                         GPtrArray  *failures)
{
  Search *search;

  dex_return_error_if_fail (CS_IS_WORKSHOP (self));
  dex_return_error_if_fail (files != NULL && failures != NULL);

  search = g_new0 (Search, 1);
  search->files = g_ptr_array_ref (files);
  search->failures = g_ptr_array_ref (failures);

  return cs_fiber_compute (search_fiber, search, search_free);
}
