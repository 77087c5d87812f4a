/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-cutout-catalogue.h"
#include "cs-cutout-data.h"
#include "cs-hash.h"
#include "cs-json.h"

#define PATH CS_RESOURCE_PATH "/models/cutout.json"

struct _CsCutoutCatalogue
{
  JsonNode  *node;
  JsonArray *models; /* borrowed of node, or NULL */
};

CsCutoutCatalogue *
cs_cutout_catalogue_new (void)
{
  CsCutoutCatalogue *self = g_new0 (CsCutoutCatalogue, 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  /* Named, so that the linker keeps it; looked up among all, so that
   * G_RESOURCE_OVERLAYS can put another in its place
   */
  cs_cutout_data_get_resource ();
  if ((bytes = g_resources_lookup_data (PATH, 0, &error)))
    self->node = cs_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  if (self->node == NULL)
    g_warning ("The catalogue of networks cannot be read: %s", error->message);

  self->models = cs_json_array (cs_json_node_object (self->node), "models");

  return self;
}

void
cs_cutout_catalogue_free (CsCutoutCatalogue *self)
{
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self);
}

guint
cs_cutout_catalogue_get_length (CsCutoutCatalogue *self)
{
  return self->models != NULL ? json_array_get_length (self->models) : 0;
}

/* In the language that the program speaks */
static const char *
pick_words (JsonObject *by_language)
{
  const char *const *languages = g_get_language_names ();
  const char *words = NULL;

  for (guint i = 0; languages[i] != NULL && words == NULL; i++)
    words = cs_json_string (by_language, languages[i], NULL);

  return words != NULL ? words : cs_json_string (by_language, "en", "");
}

static char *
dup_profile (JsonObject *entry)
{
  JsonObject          *profile = cs_json_object (entry, "profile");
  g_autoptr (JsonNode) node = NULL;

  if (profile == NULL)
    return g_strdup ("{}");

  node = json_node_init_object (json_node_alloc (), profile);

  return cs_json_canonical (node);
}

static const char *
get_hash (JsonObject *entry)
{
  const char *hash = cs_json_string (entry, "sha256", NULL);

  return hash != NULL && cs_hash_is_valid (hash) ? hash : NULL;
}

CsCutoutModel *
cs_cutout_catalogue_make (CsCutoutCatalogue *self,
                          guint              index)
{
  JsonObject    *entry = cs_json_array_object (self->models, index);
  CsCutoutModel *model = cs_cutout_model_new ();
  gint64         size = cs_json_int (entry, "size", 0);

  model->id = g_strdup (cs_json_string (entry, "id", ""));
  model->title = g_strdup (cs_json_string (entry, "title", model->id));
  model->licence = g_strdup (pick_words (cs_json_object (entry, "licence")));
  model->commercial = cs_json_bool (entry, "commercial", FALSE);
  model->size = CLAMP (size, 0, G_MAXUINT);
  model->sha256 = g_strdup (get_hash (entry));
  model->profile = dup_profile (entry);

  /* What cannot be checked is not fetched */
  if (model->sha256 != NULL && model->size > 0)
    model->address = g_strdup (cs_json_string (entry, "address", NULL));
  if (model->address != NULL)
    model->words = g_strdup (pick_words (cs_json_object (entry, "words")));
  else
    model->words = g_strdup_printf ("%s %s", pick_words (cs_json_object (entry, "words")),
                                    _ ("It can only be added from a file that you have."));

  return model;
}

static gboolean
has_hash (JsonObject *entry,
          const char *sha256,
          gint64     *size)
{
  JsonArray *also = cs_json_array (entry, "also");

  *size = cs_json_int (entry, "size", 0);
  if (g_strcmp0 (get_hash (entry), sha256) == 0)
    return TRUE;

  for (guint i = 0; also != NULL && i < json_array_get_length (also); i++)
    {
      JsonObject *other = cs_json_array_object (also, i);

      *size = cs_json_int (other, "size", 0);
      if (g_strcmp0 (get_hash (other), sha256) == 0)
        return TRUE;
    }

  return FALSE;
}

int
cs_cutout_catalogue_find (CsCutoutCatalogue *self,
                          const char        *sha256,
                          gint64            *size)
{
  for (guint i = 0; i < cs_cutout_catalogue_get_length (self); i++)
    if (has_hash (cs_json_array_object (self->models, i), sha256, size))
      return i;

  return -1;
}

char *
cs_cutout_catalogue_guess (CsCutoutCatalogue *self,
                           const char        *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < cs_cutout_catalogue_get_length (self); i++)
    {
      JsonObject *entry = cs_json_array_object (self->models, i);
      JsonArray  *names = cs_json_array (entry, "names");

      for (guint j = 0; names != NULL && j < json_array_get_length (names); j++)
        if (cs_json_array_string (names, j) != NULL && strstr (lower, cs_json_array_string (names, j)) != NULL)
          return dup_profile (entry);
    }

  return g_strdup ("{}");
}
