/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>

#include "cs-edit-prompts-data.h"
#include "cs-edit-scenes.h"
#include "cs-json.h"

#define FOLDER "/app/countersign/Countersign/scenes/"
#define SCENE  "{scene}"

static char *
load (const char *path)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (cs_edit_prompts_data_get_resource (), path, 0, NULL);
  gsize       length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : "";

  return g_strndup (data, length);
}

static JsonArray *
load_scenes (JsonNode **node)
{
  g_autofree char *text = load (FOLDER "scenes.json");
  JsonObject *object;

  *node = cs_json_parse (text, -1, NULL);
  object = cs_json_node_object (*node);

  return object != NULL ? cs_json_array (object, "scenes") : NULL;
}

static void
scene_free (gpointer data)
{
  CsEditScene *scene = data;

  g_free (scene->id);
  g_free (scene->words);
  g_free (scene);
}

static const char *
choose_words (JsonObject *words)
{
  const char *const *languages = g_get_language_names ();

  for (guint i = 0; words != NULL && languages[i] != NULL; i++)
    if (cs_json_string (words, languages[i], NULL) != NULL)
      return cs_json_string (words, languages[i], NULL);

  return words != NULL ? cs_json_string (words, "en", "") : "";
}

GPtrArray *
cs_edit_scenes_list (void)
{
  GPtrArray *scenes = g_ptr_array_new_with_free_func (scene_free);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *listed = load_scenes (&node);

  for (guint i = 0; listed != NULL && i < json_array_get_length (listed); i++)
    {
      JsonObject  *entry = cs_json_array_object (listed, i);
      CsEditScene *scene = g_new0 (CsEditScene, 1);

      scene->id = g_strdup (cs_json_string (entry, "id", ""));
      scene->words = g_strdup (choose_words (cs_json_object (entry, "words")));
      g_ptr_array_add (scenes, scene);
    }

  return scenes;
}

/* The description of a named scene, or the words as they are */
static char *
describe (const char *scene,
          const char *language)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *listed = load_scenes (&node);

  for (guint i = 0; listed != NULL && i < json_array_get_length (listed); i++)
    {
      JsonObject *entry = cs_json_array_object (listed, i);

      if (scene == NULL || *scene == '\0' || g_strcmp0 (cs_json_string (entry, "id", NULL), scene) == 0)
        return g_strdup (cs_json_string (entry, language, cs_json_string (entry, "en", "")));
    }

  return g_strdup (scene != NULL ? scene : "");
}

char *
cs_edit_scenes_make_prompt (const char *scene,
                            const char *language)
{
  gboolean         chinese = g_strcmp0 (language, "zh") == 0;
  g_autofree char *text = load (chinese ? FOLDER "zh/scene.txt" : FOLDER "en/scene.txt");
  g_autofree char *words = describe (scene, chinese ? "zh" : "en");
  g_auto (GStrv)   parts = g_strsplit (g_strstrip (text), SCENE, 2);

  return g_strv_length (parts) == 2 ? g_strconcat (parts[0], words, parts[1], NULL) : g_strconcat (text, "\n\n", words, NULL);
}
