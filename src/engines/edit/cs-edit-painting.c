/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cs-edit-painting.h"
#include "cs-edit-scenes.h"
#include "cs-error.h"
#include "cs-fd.h"
#include "cs-json.h"

/* "OpenAI/gpt-image-1.5": who made it, for a label; titles say more in brackets */
static void
set_producer (CsPictureSettings  *settings,
              const CsModelParts *parts)
{
  const char      *title = parts->provider->title != NULL ? parts->provider->title : parts->provider->id;
  const char      *bracket = strstr (title, " (");
  g_autofree char *name = bracket != NULL ? g_strndup (title, bracket - title) : g_strdup (title);
  g_autofree char *producer = g_strconcat (name, "/", parts->setup->model, NULL);

  cs_picture_settings_set_producer (settings, producer);
}

/* Off is not told in a recipe: only somebody who asked for it just now can have said so */
static gboolean
says_mark (const char *recipe)
{
  g_autoptr (JsonNode) node = recipe != NULL ? cs_json_parse (recipe, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);

  return object != NULL && json_object_has_member (object, "mark");
}

static void
fill_settings (CsEditPainting     *self,
               const CsModelParts *parts,
               CsEngineRequest    *request)
{
  const char        *recipe = self->photo->settings != NULL ? self->photo->settings : request->standard;
  CsPictureSettings *settings = &self->settings;

  if (recipe == NULL || !cs_picture_settings_from_json (settings, recipe))
    *settings = CS_PICTURE_SETTINGS_DEFAULT;

  settings->background = CS_BACKGROUND_OWN;
  /* The scene has its own */
  settings->shadow = CS_SHADOW_NONE;
  settings->backdrop[0] = '\0';
  set_producer (settings, parts);
  if (parts->provider->marks && settings->mark == CS_MARK_OFF && !says_mark (recipe))
    settings->mark = CS_MARK_ZH;
}

static double
find_aspect (CsEditPainting *self)
{
  CsPhoto *photo = self->photo->photo;

  switch (self->settings.shape)
    {
    case CS_SHAPE_PORTRAIT:
      return 0.75;

    case CS_SHAPE_PHOTO:
      return photo->width > 0 && photo->height > 0 ? (double) photo->width / photo->height : 1;

    case CS_SHAPE_SQUARE:
    case CS_N_SHAPES:
    default:
      return 1;
    }
}

CsEditPainting *
cs_edit_painting_new (const CsModelParts  *parts,
                      const CsEditProfile *profile,
                      CsEngineRequest     *request,
                      CsEnginePhoto       *photo)
{
  CsEditPainting *self = g_new0 (CsEditPainting, 1);

  self->photo = photo;
  fill_settings (self, parts, request);
  self->order.profile = profile;
  self->order.address = g_strdup (parts->setup->address);
  self->order.model = g_strdup (parts->setup->model);
  self->order.prompt = cs_edit_scenes_make_prompt (self->settings.scene, profile->language);
  /* The provider's own mark stands where the market asks for one and ours was taken away */
  self->order.watermark = parts->provider->marks && self->settings.mark == CS_MARK_OFF;
  cs_edit_profile_choose_size (profile, find_aspect (self), &self->order.width, &self->order.height);

  return self;
}

void
cs_edit_painting_free (CsEditPainting *self)
{
  cs_edit_order_clear (&self->order);
  g_free (self->sentence);
  g_free (self);
}

char *
cs_edit_painting_find_obstacle (CsEditPainting  *self,
                                CsEngineRequest *request)
{
  CsEnginePhoto *photo = self->photo;

  if (photo->fd < 0)
    return g_strdup (_ ("This photo cannot be opened."));
  if (photo->mask >= 0 && photo->sure)
    return NULL;
  if (photo->mask < 0 && request->network == NULL)
    return g_strdup (_ ("No scene was asked for: nothing tells yet where the product is. Get a model under Cut-out Models, or brush over the product."));

  return g_strdup_printf (_ ("No scene was asked for “%s”: it is not sure where the product is. Brush over the product first."), photo->photo->name);
}

static CsPictureInput
make_input (CsEditPainting *self)
{
  return (CsPictureInput) { .photo = self->photo->fd, .mask = self->photo->mask, .backdrop = -1 };
}

gboolean
cs_edit_painting_prepare (CsEditPainting *self,
                          CsImage        *image,
                          GError        **error)
{
  CsPictureInput       input = make_input (self);
  g_autoptr (CsStaging) staging = NULL;

  if (self->order.picture != NULL)
    return TRUE;

  staging = dex_await_boxed (cs_image_stage (image, &input, &self->settings, self->order.width, self->order.height), error);
  if (staging == NULL)
    return FALSE;

  self->order.picture = g_bytes_ref (staging->picture);
  if (self->order.profile->mask)
    self->order.mask = g_bytes_ref (staging->mask);

  return TRUE;
}

/* The photo as it is stands in place of a scene that cannot be used */
static void
leave_as_it_is (CsEditPainting *self)
{
  CsPictureSettings settings = {
    .shape = CS_SHAPE_PHOTO, .background = CS_BACKGROUND_KEEP, .shadow = CS_SHADOW_KEEP,
    .max_side = self->settings.max_side, .quality = self->settings.quality, .format = self->settings.format,
  };

  g_strlcpy (settings.mask, self->settings.mask, sizeof settings.mask);
  g_strlcpy (settings.scene, self->settings.scene, sizeof settings.scene);
  g_free (self->photo->settings);
  self->photo->settings = cs_picture_settings_to_json (&settings);
}

gboolean
cs_edit_painting_take (CsEditPainting    *self,
                       CsImage           *image,
                       const CsEditReply *reply,
                       GError           **error)
{
  CsPictureInput            input = make_input (self);
  g_autoptr (CsPaintedScene) scene = NULL;
  g_autofd int              fd = cs_fd_from_bytes (reply->picture, error);
  g_autoptr (GError)        reason = NULL;

  if (fd == -1)
    return FALSE;

  scene = dex_await_boxed (cs_image_take_painted (image, &input, &self->settings, reply->width, reply->height, fd), &reason);
  if (scene == NULL && reason->domain == CS_ERROR)
    g_set_error (error, CS_ERROR, reason->code, _ ("What the model sent back cannot be used. %s."), reason->message);
  else if (scene == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  if (scene == NULL)
    return FALSE;

  self->usable = scene->usable;
  g_set_str (&self->sentence, scene->sentence);
  if (!scene->usable)
    {
      leave_as_it_is (self);
      return TRUE;
    }

  g_clear_fd (&self->photo->backdrop, NULL);
  if ((self->photo->backdrop = cs_fd_from_bytes (scene->file, error)) == -1)
    return FALSE;

  g_clear_pointer (&self->photo->painted, g_bytes_unref);
  self->photo->painted = g_bytes_ref (scene->file);
  g_strlcpy (self->settings.backdrop, scene->hash, sizeof self->settings.backdrop);
  g_free (self->photo->settings);
  self->photo->settings = cs_picture_settings_to_json (&self->settings);

  return TRUE;
}
