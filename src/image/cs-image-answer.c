/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-hash.h"
#include "cs-image-answer.h"
#include "cs-image-words.h"
#include "cs-json.h"

/* Answers */

static void
cs_picture_part_free (gpointer data)
{
  CsPicturePart *self = data;

  g_free (self->sentence);
  g_free (self);
}

static GBytes *
answer_payload (const CsWireAnswer *answer,
                GBytes             *bytes)
{
  return bytes != NULL ? g_bytes_new_from_bytes (bytes, 0, answer->payload) : g_bytes_new (NULL, 0);
}

static char *
answer_labels (const CsWireAnswer *answer,
               GBytes             *bytes)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  const char *data;

  if (answer->labels == 0)
    return NULL;

  data = g_bytes_get_data (bytes, NULL);
  text = g_strndup (data + answer->payload, answer->labels);
  node = cs_json_parse (text, -1, NULL);

  return cs_json_node_object (node) != NULL ? cs_json_canonical (node) : NULL;
}

static CsImageInfo *
answer_to_info (const CsWireAnswer *answer,
                GBytes             *bytes)
{
  g_autoptr (CsImageInfo) info = cs_image_info_new ();

  info->hash = g_strdup (answer->hash);
  info->mime = g_strdup (cs_image_words_mime (answer->kind));
  info->width = answer->width;
  info->height = answer->height;
  info->taken_at = answer->taken_at;
  info->likeness = answer->likeness;
  info->thumbnail = answer_payload (answer, bytes);
  info->labels = answer_labels (answer, bytes);
  info->finding = cs_image_words_finding (answer->finding);

  return cs_hash_is_valid (info->hash) && answer->payload > 0 && answer->width > 0 && answer->height > 0 ? g_steal_pointer (&info) : NULL;
}

static CsPixels *
answer_to_pixels (const CsWireAnswer *answer,
                  GBytes             *bytes)
{
  g_autoptr (CsPixels) pixels = cs_pixels_new ();

  pixels->width = answer->width;
  pixels->height = answer->height;
  pixels->stride = answer->stride;
  pixels->has_alpha = answer->has_alpha != 0;
  pixels->bytes = answer_payload (answer, bytes);

  if (answer->width == 0 || answer->height == 0 ||
      (gint64) answer->stride != (gint64) answer->width * (pixels->has_alpha ? 4 : 3) ||
      (guint64) answer->stride * answer->height != answer->payload)
    return NULL;

  return g_steal_pointer (&pixels);
}

static CsPicture *
answer_to_picture (const CsWireAnswer  *answer,
                   GBytes              *bytes,
                   const CsWireRequest *request)
{
  gboolean improved = request->op == CS_OP_IMPROVE;
  g_autoptr (CsPicture) picture = cs_picture_new ();

  picture->file = answer_payload (answer, bytes);
  picture->mime = g_strdup (cs_image_words_mime (answer->kind));
  picture->hash = cs_hash_bytes (picture->file);
  picture->width = answer->width;
  picture->height = answer->height;
  picture->parts = g_ptr_array_new_with_free_func (cs_picture_part_free);
  for (CsPart part = 0; improved && part < CS_WIRE_N_PARTS; part++)
    g_ptr_array_add (picture->parts, cs_image_words_part (part, &answer->parts[part]));
  if (improved)
    picture->receipt = cs_image_receipt_to_json (&answer->receipt, request, picture->hash);

  return answer->width > 0 && answer->height > 0 && g_str_equal (picture->hash, answer->hash) ? g_steal_pointer (&picture) : NULL;
}

static char *
answer_to_reading (const CsWireAnswer *answer,
                   GBytes             *bytes)
{
  g_autoptr (GBytes) payload = answer_payload (answer, bytes);
  g_autoptr (JsonNode) node = NULL;
  gsize       length;
  const char *text = g_bytes_get_data (payload, &length);

  if (text == NULL)
    return NULL;

  node = cs_json_parse (text, length, NULL);

  return cs_json_node_object (node) != NULL ? cs_json_canonical (node) : NULL;
}

/* Light that no helper of ours would find is no light */
static gboolean
light_is_sane (const CsWireLight *light)
{
  for (int c = 0; c < 3; c++)
    if (!isfinite (light->gains[c]) || light->gains[c] <= 0 || light->gains[c] > 8)
      return FALSE;

  return isfinite (light->lift) && light->lift > 0 && light->lift <= 8;
}

static CsPictureLight *
answer_to_light (const CsWireAnswer *answer)
{
  g_autoptr (CsPictureLight) light = cs_picture_light_new ();

  memcpy (light->gains, answer->light.gains, sizeof light->gains);
  light->lift = answer->light.lift;
  light->sure = answer->light.sure != 0;

  return light_is_sane (&answer->light) ? g_steal_pointer (&light) : NULL;
}

static CsCutout *
answer_to_cutout (const CsWireAnswer *answer,
                  GBytes             *bytes)
{
  g_autoptr (CsCutout) cutout = cs_cutout_new ();

  cutout->mask = answer_payload (answer, bytes);
  cutout->hash = cs_hash_bytes (cutout->mask);
  cutout->width = answer->width;
  cutout->height = answer->height;
  cutout->sure = answer->verdict == CS_MASK_SURE;
  cutout->sentence = cs_image_words_verdict (answer->verdict);

  return g_str_equal (cutout->hash, answer->hash) ? g_steal_pointer (&cutout) : NULL;
}

static CsStaging *
answer_to_staging (const CsWireAnswer  *answer,
                   GBytes              *bytes,
                   const CsWireRequest *request)
{
  g_autoptr (CsStaging) staging = cs_staging_new ();

  if (bytes == NULL || answer->payload == 0 || answer->labels == 0 ||
      answer->width != request->width || answer->height != request->height)
    return NULL;

  staging->picture = answer_payload (answer, bytes);
  staging->mask = g_bytes_new_from_bytes (bytes, answer->payload, answer->labels);
  staging->hash = cs_hash_bytes (staging->picture);
  staging->width = answer->width;
  staging->height = answer->height;

  return g_str_equal (staging->hash, answer->hash) ? g_steal_pointer (&staging) : NULL;
}

static CsPaintedScene *
answer_to_painted (const CsWireAnswer *answer,
                   GBytes             *bytes)
{
  g_autoptr (CsPaintedScene) scene = cs_painted_scene_new ();
  const CsWirePainted *painted = &answer->painted;

  if (!isfinite (painted->dx) || !isfinite (painted->dy) || !isfinite (painted->scale) || !isfinite (painted->difference))
    return NULL;

  scene->file = answer_payload (answer, bytes);
  scene->hash = cs_hash_bytes (scene->file);
  scene->usable = painted->verdict == CS_PAINTED_GOOD || painted->verdict == CS_PAINTED_MENDED;
  scene->sentence = cs_image_words_painted (painted);
  scene->moved = hypot (painted->dx, painted->dy);
  scene->difference = painted->difference;

  return answer->payload > 0 && g_str_equal (scene->hash, answer->hash) ? g_steal_pointer (&scene) : NULL;
}

gboolean
cs_image_answer_resolve (DexPromise          *promise,
                         const CsWireRequest *request,
                         const CsWireAnswer  *answer,
                         GBytes              *bytes)
{
  g_autofree char *text = NULL;
  gpointer boxed = NULL;
  GType    type = G_TYPE_NONE;

  if (answer->width < 0 || answer->height < 0)
    return FALSE;

  switch ((CsOp) request->op)
    {
    case CS_OP_READ:
      text = answer_to_reading (answer, bytes);
      break;

    case CS_OP_MEASURE:
      text = cs_image_receipt_to_json (&answer->receipt, request, answer->hash);
      break;

    case CS_OP_PLAN:
      boxed = answer_to_light (answer);
      type = CS_TYPE_PICTURE_LIGHT;
      break;

    case CS_OP_INSPECT:
      boxed = answer_to_info (answer, bytes);
      type = CS_TYPE_IMAGE_INFO;
      break;

    case CS_OP_DECODE:
    case CS_OP_PREVIEW:
    case CS_OP_CHANGES:
      boxed = answer_to_pixels (answer, bytes);
      type = CS_TYPE_PIXELS;
      break;

    case CS_OP_CUTOUT:
    case CS_OP_MASK:
      boxed = answer_to_cutout (answer, bytes);
      type = CS_TYPE_CUTOUT;
      break;

    case CS_OP_STAGE:
      boxed = answer_to_staging (answer, bytes, request);
      type = CS_TYPE_STAGING;
      break;

    case CS_OP_PAINTED:
      boxed = answer_to_painted (answer, bytes);
      type = CS_TYPE_PAINTED_SCENE;
      break;

    case CS_OP_IMPROVE:
    case CS_OP_RENDER:
    default:
      boxed = answer_to_picture (answer, bytes, request);
      type = CS_TYPE_PICTURE;
      break;
    }

  if (text != NULL)
    dex_promise_resolve_string (promise, g_steal_pointer (&text));
  else if (boxed != NULL)
    dex_promise_resolve_boxed (promise, type, boxed);
  else
    return FALSE;

  return TRUE;
}
