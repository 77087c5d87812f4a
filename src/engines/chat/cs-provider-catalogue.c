/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "cs-error.h"
#include "cs-http.h"
#include "cs-json.h"
#include "cs-provider-catalogue.h"
#include "cs-providers-data.h"

#define FOLDER CS_RESOURCE_PATH "/providers/"

/* Bounds for what a file may say */
#define MOST_BYTES  (256 * 1024)
#define MOST_MODELS 200
#define MOST_LIKE   4

typedef struct
{
  char     *id;
  gint64    place;
  JsonNode *node;
} File;

struct _CsProviderCatalogue
{
  GPtrArray *files;     /* (element-type File) */
  GPtrArray *providers; /* (element-type CsProvider), in order; NULL until asked for */
};

static void
file_free (File *file)
{
  g_free (file->id);
  g_clear_pointer (&file->node, json_node_unref);
  g_free (file);
}

static File *
find_file (CsProviderCatalogue *self,
           const char          *id)
{
  for (guint i = 0; id != NULL && i < self->files->len; i++)
    {
      File *file = self->files->pdata[i];

      if (g_str_equal (file->id, id))
        return file;
    }

  return NULL;
}

static JsonNode *
get_own (JsonObject *object,
         const char *member)
{
  return object != NULL ? json_object_get_member (object, member) : NULL;
}

/* A part's member: its own, the file's, or that of what the file is like */
static JsonNode *
get_member (CsProviderCatalogue *self,
            File                *file,
            const char          *part,
            const char          *member)
{
  for (guint i = 0; file != NULL && i < MOST_LIKE; i++)
    {
      JsonObject *object = cs_json_node_object (file->node);
      JsonNode   *node = get_own (cs_json_object (object, part), member);

      if (node == NULL)
        node = get_own (object, member);
      if (node != NULL)
        return node;

      file = find_file (self, cs_json_string (object, "like", NULL));
    }

  return NULL;
}

static const char *
get_string (CsProviderCatalogue *self,
            File                *file,
            const char          *part,
            const char          *member)
{
  JsonNode *node = get_member (self, file, part, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
get_bool (CsProviderCatalogue *self,
          File                *file,
          const char          *part,
          const char          *member)
{
  JsonNode *node = get_member (self, file, part, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/* In the language that the program speaks */
static char *
dup_words (JsonObject *by_language)
{
  const char *const *languages = g_get_language_names ();
  const char *words = NULL;

  for (guint i = 0; languages[i] != NULL && words == NULL; i++)
    words = cs_json_string (by_language, languages[i], NULL);

  return g_strdup (words != NULL ? words : cs_json_string (by_language, "en", ""));
}

/* As a setup has it: absolute, without a slash at its end; plain http for this
 * computer only. NULL where it is no such address.
 */
static char *
dup_address (const char *typed)
{
  g_autoptr (GUri) uri = typed != NULL ? g_uri_parse (typed, G_URI_FLAGS_ENCODED, NULL) : NULL;
  char *address;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;
  if (g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 &&
      !(g_strcmp0 (g_uri_get_scheme (uri), "http") == 0 && cs_http_is_loopback (uri)))
    return NULL;

  address = g_strdup (typed);
  while (g_str_has_suffix (address, "/"))
    address[strlen (address) - 1] = '\0';

  return address;
}

static void
read_price (JsonObject *object,
            gint64     *micros,
            const char *member)
{
  const char *text = cs_json_string (object, member, NULL);

  if (text != NULL && !cs_price_parse (text, NULL, micros, NULL))
    *micros = CS_PRICE_UNKNOWN;
}

static void
read_models (CsProvider *provider,
             JsonNode   *node)
{
  JsonArray *models = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; models != NULL && i < MIN (json_array_get_length (models), MOST_MODELS); i++)
    {
      JsonObject      *entry = cs_json_array_object (models, i);
      JsonObject      *price = cs_json_object (entry, "price");
      const char      *id = cs_json_string (entry, "id", "");
      CsProviderModel *model;

      if (*id == '\0' || strlen (id) > 200)
        continue;

      model = cs_provider_add_model (provider, id);
      model->sees = cs_json_bool (entry, "sees", FALSE);
      g_strlcpy (model->price.currency, cs_json_string (price, "currency", ""), sizeof model->price.currency);
      read_price (price, &model->price.input, "input");
      read_price (price, &model->price.output, "output");
      read_price (price, &model->price.picture, "picture");
      model->price_source = g_strdup (cs_json_string (price, "source", NULL));
    }
}

static char *
dup_profile (JsonNode *node)
{
  return cs_json_node_object (node) != NULL ? cs_json_canonical (node) : g_strdup ("{}");
}

static CsProvider *
make_provider (CsProviderCatalogue *self,
               File                *file,
               CsEngineKind         kind)
{
  const char *part = kind == CS_ENGINE_WRITES ? "chat" : "edit";
  JsonObject *own = cs_json_object (cs_json_node_object (file->node), part);
  CsProvider *provider;

  /* A part is never inherited: its address would be another's */
  if (own == NULL)
    return NULL;

  provider = cs_provider_new ();
  provider->kind = kind;
  /* Never another file's */
  provider->id = g_strdup (cs_json_string (own, "id", NULL));
  if (provider->id == NULL)
    provider->id = kind == CS_ENGINE_WRITES ? g_strdup (file->id) : g_strdup_printf ("%s-pictures", file->id);
  provider->title = g_strdup (get_string (self, file, part, "title"));
  if (provider->title == NULL)
    provider->title = g_strdup (file->id);
  provider->words = dup_words (cs_json_node_object (get_member (self, file, part, "words")));
  provider->address = dup_address (get_string (self, file, part, "address"));
  provider->wants_key = get_bool (self, file, part, "wants_key");
  provider->key_page = g_strdup (get_string (self, file, part, "key_page"));
  provider->is_here = get_bool (self, file, part, "here");
  provider->marks = get_bool (self, file, part, "marks");
  read_models (provider, get_member (self, file, part, "models"));
  provider->profile = dup_profile (get_member (self, file, part, "profile"));

  return provider;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const File *left = *(const File *const *) a;
  const File *right = *(const File *const *) b;

  if (left->place != right->place)
    return left->place < right->place ? -1 : 1;

  return strcmp (left->id, right->id);
}

static GPtrArray *
get_providers (CsProviderCatalogue *self)
{
  if (self->providers != NULL)
    return self->providers;

  g_ptr_array_sort (self->files, compare_places);
  self->providers = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_provider_unref);
  for (guint i = 0; i < self->files->len; i++)
    {
      static const CsEngineKind kinds[] = { CS_ENGINE_WRITES, CS_ENGINE_PICTURES };

      for (guint j = 0; j < G_N_ELEMENTS (kinds); j++)
        {
          CsProvider *provider = make_provider (self, self->files->pdata[i], kinds[j]);

          if (provider != NULL)
            g_ptr_array_add (self->providers, provider);
        }
    }

  return self->providers;
}

CsProviderCatalogue *
cs_provider_catalogue_new_empty (void)
{
  CsProviderCatalogue *self = g_new0 (CsProviderCatalogue, 1);

  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);

  return self;
}

CsProviderCatalogue *
cs_provider_catalogue_new (void)
{
  CsProviderCatalogue *self = cs_provider_catalogue_new_empty ();
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;

  /* Named, so that the linker keeps it; looked up among all, so that
   * G_RESOURCE_OVERLAYS can put another in its place
   */
  cs_providers_data_get_resource ();
  names = g_resources_enumerate_children (FOLDER, 0, &error);
  if (names == NULL)
    g_warning ("The catalogue of providers cannot be read: %s", error->message);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, NULL);

      g_clear_error (&error);
      if (bytes != NULL &&
          !cs_provider_catalogue_add (self, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error))
        g_warning ("%s: %s", names[i], error->message);
    }

  return self;
}

void
cs_provider_catalogue_free (CsProviderCatalogue *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->providers, g_ptr_array_unref);
  g_free (self);
}

/* Names that a setup keeps for ever, and that stand in a file's name */
static gboolean
is_id (const char *id)
{
  gsize length = strlen (id);

  return length > 0 && length <= 40 && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

gboolean
cs_provider_catalogue_add (CsProviderCatalogue *self,
                           const char          *json,
                           gssize               length,
                           GError             **error)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  const char *id;
  File       *file;

  g_return_val_if_fail (self != NULL && json != NULL, FALSE);

  if ((length < 0 ? strlen (json) : (gsize) length) <= MOST_BYTES)
    node = cs_json_parse (json, length, NULL);
  object = cs_json_node_object (node);
  id = cs_json_string (object, "id", "");

  if (object == NULL || !is_id (id) || find_file (self, id) != NULL ||
      !is_id (cs_json_string (cs_json_object (object, "edit"), "id", "edit")) ||
      !is_id (cs_json_string (cs_json_object (object, "chat"), "id", "chat")))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_UNREADABLE, _("This is no description of a provider of models"));
      return FALSE;
    }

  file = g_new0 (File, 1);
  file->id = g_strdup (id);
  file->place = cs_json_int (object, "place", 500);
  file->node = g_steal_pointer (&node);
  g_ptr_array_add (self->files, file);
  g_clear_pointer (&self->providers, g_ptr_array_unref);

  return TRUE;
}

GPtrArray *
cs_provider_catalogue_list (CsProviderCatalogue *self,
                            CsEngineKind         kind)
{
  GPtrArray *all = get_providers (self);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_provider_unref);

  for (guint i = 0; i < all->len; i++)
    {
      CsProvider *provider = all->pdata[i];

      if (provider->kind == kind)
        g_ptr_array_add (list, cs_provider_ref (provider));
    }

  return list;
}

CsProvider *
cs_provider_catalogue_find (CsProviderCatalogue *self,
                            const char          *id)
{
  GPtrArray *all = get_providers (self);

  for (guint i = 0; i < all->len; i++)
    {
      CsProvider *provider = all->pdata[i];

      if (g_strcmp0 (provider->id, id) == 0)
        return provider;
    }

  return NULL;
}
