/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-chat-fault.h"
#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-json.h"
#include "cs-local-servers.h"
#include "cs-text.h"

#define MOST_MODELS 500
#define MOST_ASKED  24
#define MOST_BYTES  (2 * 1024 * 1024)
/* Nobody waits for a server that is not there */
#define LOOK_SECONDS 2
#define LIST_SECONDS 20

static void
cs_local_server_clear (CsLocalServer *self)
{
  g_free (self->provider);
  g_free (self->address);
  g_clear_pointer (&self->models, g_ptr_array_unref);
}

CS_DEFINE_RECORD (CsLocalServer, cs_local_server)

/* Ids that cannot be what is asked for: they make vectors, sounds or pictures */
static gboolean
writes_texts (const char *id)
{
  static const char *const others[] = { "embed", "rerank", "whisper", "tts", "audio", "moderation", "dall-e", "image",
                                        "bge-", "asr", "transcribe", "realtime", "speech", "video", "seedream", "wanx", NULL };
  g_autofree char *lower = g_ascii_strdown (id, -1);

  for (guint i = 0; others[i] != NULL; i++)
    if (strstr (lower, others[i]) != NULL)
      return FALSE;

  return TRUE;
}

/* By its name, where its server does not say */
static gboolean
seems_to_see (const char *id)
{
  static const char *const eyes[] = { "-vl", "vl:", "vl-", "vision", "llava", "minicpm-v", "4v", "4.5v", "4.6v", "gemma3", "gemma-3",
                                      "gemma4", "gemma-4", "pixtral", "internvl", "moondream", "gpt-4o", "gpt-5", "gemini", "qwen3.5",
                                      "qwen3.6", "mistral-small3", "mistral-medium", "llama4", "kimi-k2.", "deepseek-flash", NULL };
  g_autofree char *lower = g_ascii_strdown (id, -1);

  for (guint i = 0; eyes[i] != NULL; i++)
    if (strstr (lower, eyes[i]) != NULL)
      return TRUE;

  return FALSE;
}

static JsonArray *
get_list (JsonNode *node)
{
  JsonObject *object = cs_json_node_object (node);
  JsonArray  *list = cs_json_array (object, "data");

  if (list == NULL)
    list = cs_json_array (object, "models");
  if (list == NULL && node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    list = json_node_get_array (node);

  return list;
}

/* Does a list of words, or an object of switches, name it? */
static gboolean
has_vision (JsonObject *entry)
{
  JsonArray  *words = cs_json_array (entry, "capabilities");
  JsonObject *switches = cs_json_object (entry, "capabilities");

  for (guint i = 0; words != NULL && i < json_array_get_length (words); i++)
    if (g_strcmp0 (cs_json_array_string (words, i), "vision") == 0 ||
        g_strcmp0 (cs_json_array_string (words, i), "multimodal") == 0)
      return TRUE;

  return cs_json_bool (switches, "vision", FALSE) || g_strcmp0 (cs_json_string (entry, "type", NULL), "vlm") == 0;
}

/* Adds what a list has to provider's models; what it says of seeing stands above the name */
static void
add_models (CsProvider *models,
            JsonNode   *node)
{
  JsonArray *list = get_list (node);

  for (guint i = 0; list != NULL && i < MIN (json_array_get_length (list), MOST_MODELS); i++)
    {
      JsonObject      *entry = cs_json_array_object (list, i);
      const char      *said = cs_json_string (entry, "id", cs_json_string (entry, "key", cs_json_string (entry, "model", cs_json_string (entry, "name", ""))));
      g_autofree char *id = cs_text_clean (said, FALSE);
      CsProviderModel *model;

      /* Gemini's list names its models "models/…", its requests do not */
      if (g_str_has_prefix (id, "models/"))
        memmove (id, id + strlen ("models/"), strlen (id + strlen ("models/")) + 1);
      if (*id == '\0' || strlen (id) > 200 || !writes_texts (id) || g_strcmp0 (cs_json_string (entry, "type", NULL), "embedding") == 0)
        continue;

      model = cs_provider_add_model (models, id);
      model->sees = has_vision (entry) || seems_to_see (id);
    }
}

typedef struct
{
  CsHttp     *http;
  CsProvider *provider;
  char       *address;
  char       *secret;
  guint       seconds;
} Look;

static void
look_free (Look *look)
{
  g_clear_object (&look->http);
  g_clear_pointer (&look->provider, cs_provider_unref);
  g_free (look->address);
  g_free (look->secret);
  g_free (look);
}

static Look *
look_new (CsHttp     *http,
          CsProvider *provider,
          const char *address,
          const char *secret,
          guint       seconds)
{
  Look *look = g_new0 (Look, 1);

  look->http = g_object_ref (http);
  look->provider = cs_provider_ref (provider);
  look->address = g_strdup (address);
  while (g_str_has_suffix (look->address, "/"))
    look->address[strlen (look->address) - 1] = '\0';
  look->secret = g_strdup (secret);
  look->seconds = seconds;

  return look;
}

/* Resolves to a CsReply */
static DexFuture *
get (Look       *look,
     const char *base,
     const char *path)
{
  g_autofree char      *address = g_strconcat (base, path, NULL);
  g_autoptr (CsRequest) request = cs_request_make ("GET", address);
  CsHttpLimits          limits = { .bytes = MOST_BYTES, .seconds = look->seconds };
  g_autofree char      *bearer = cs_chat_dup_bearer (look->secret);

  cs_request_set_header (request, "Accept", "application/json");
  if (bearer != NULL)
    cs_request_set_header (request, "Authorization", bearer);

  return cs_http_send (look->http, request, &limits);
}

/* What a provider's own way of asking is, beside /models */
static char *
dup_way (CsProvider *provider)
{
  g_autoptr (JsonNode) profile = cs_json_parse (provider->profile != NULL ? provider->profile : "{}", -1, NULL);

  return g_strdup (cs_json_string (cs_json_node_object (profile), "find", "models"));
}

/* Without what comes after the host: where a server's own paths begin */
static char *
dup_root (const char *address)
{
  g_autofree char *root = g_strdup (address);

  if (g_str_has_suffix (root, "/v1"))
    root[strlen (root) - strlen ("/v1")] = '\0';

  return g_steal_pointer (&root);
}

static JsonNode *
await_json (Look       *look,
            const char *base,
            const char *path)
{
  g_autoptr (CsReply) reply = dex_await_boxed (get (look, base, path), NULL);

  return reply != NULL && cs_reply_is_success (reply) ? cs_reply_dup_json (reply, NULL) : NULL;
}

/* LM Studio's own list tells kinds and eyes; the shared one does not */
static void
look_at_lmstudio (Look       *look,
                  const char *root,
                  CsProvider *models)
{
  g_autoptr (JsonNode) list = await_json (look, root, "/api/v1/models");

  add_models (models, list);
}

/* What Ollama says that a model can do; NULL where it says nothing */
static JsonNode *
await_abilities (Look       *look,
                 const char *root,
                 const char *model)
{
  g_autofree char      *address = g_strconcat (root, "/api/show", NULL);
  g_autoptr (CsRequest) request = cs_request_make ("POST", address);
  g_autoptr (JsonNode)  body = json_node_new (JSON_NODE_OBJECT);
  CsHttpLimits          limits = { .bytes = MOST_BYTES, .seconds = look->seconds };
  g_autoptr (CsReply)   reply = NULL;

  json_node_take_object (body, json_object_new ());
  json_object_set_string_member (json_node_get_object (body), "model", model);
  cs_request_set_json (request, body);
  reply = dex_await_boxed (cs_http_send (look->http, request, &limits), NULL);

  return reply != NULL && cs_reply_is_success (reply) ? cs_reply_dup_json (reply, NULL) : NULL;
}

/* Its list does not say who sees: it is asked of each, as long as it answers */
static void
look_at_ollama (Look       *look,
                const char *root,
                CsProvider *models)
{
  g_autoptr (JsonNode) list = await_json (look, root, "/api/tags");

  add_models (models, list);
  for (guint i = 0; models->models != NULL && i < MIN (models->models->len, MOST_ASKED); i++)
    {
      CsProviderModel     *model = models->models->pdata[i];
      g_autoptr (JsonNode) abilities = await_abilities (look, root, model->id);

      if (abilities == NULL)
        break;
      if (cs_json_array (cs_json_node_object (abilities), "capabilities") != NULL)
        model->sees = has_vision (cs_json_node_object (abilities));
    }
}

/* One model, whose eyes stand in /props */
static void
look_at_llamacpp (Look       *look,
                  const char *root,
                  CsProvider *models)
{
  g_autoptr (JsonNode) props = await_json (look, root, "/props");
  JsonObject *modalities = cs_json_object (cs_json_node_object (props), "modalities");

  for (guint i = 0; modalities != NULL && models->models != NULL && i < models->models->len; i++)
    {
      CsProviderModel *model = models->models->pdata[i];

      model->sees = cs_json_bool (modalities, "vision", model->sees);
    }
}

/* Which of the servers it is: several of them like the same ports */
static gboolean
is_other_house (const char *way,
                JsonNode   *list)
{
  JsonArray  *data = cs_json_array (cs_json_node_object (list), "data");
  JsonObject *first = cs_json_array_object (data, 0);
  const char *owner = cs_json_string (first, "owned_by", "");

  if (g_str_equal (way, "llamacpp"))
    return g_strcmp0 (owner, "vllm") == 0;
  if (g_str_equal (way, "models"))
    return g_strcmp0 (owner, "llamacpp") == 0 || g_strcmp0 (owner, "library") == 0;

  return FALSE;
}

static DexFuture *
look_fiber (gpointer data)
{
  Look            *look = data;
  g_autofree char *root = dup_root (look->address);
  g_autofree char *way = dup_way (look->provider);
  g_autoptr (CsProvider) models = cs_provider_new ();
  g_autoptr (CsLocalServer) server = cs_local_server_new ();

  if (g_str_equal (way, "ollama"))
    look_at_ollama (look, root, models);
  else if (g_str_equal (way, "lmstudio"))
    look_at_lmstudio (look, root, models);

  if (models->models == NULL)
    {
      g_autoptr (JsonNode) list = await_json (look, look->address, "/models");

      if (!is_other_house (way, list))
        add_models (models, list);
    }
  if (g_str_equal (way, "llamacpp") && models->models != NULL)
    look_at_llamacpp (look, root, models);

  if (models->models == NULL)
    return cs_fiber_refuse (CS_ERROR_NOT_FOUND, "Nobody is there");

  for (guint i = 0; i < models->models->len; i++)
    {
      CsProviderModel *model = models->models->pdata[i];

      /* The electricity is not counted */
      model->price.input = model->price.output = model->price.picture = 0;
    }
  server->provider = g_strdup (look->provider->id);
  server->address = g_strdup (look->address);
  server->models = g_steal_pointer (&models->models);

  return dex_future_new_take_boxed (CS_TYPE_LOCAL_SERVER, g_steal_pointer (&server));
}

static gboolean
is_loopback (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && cs_http_is_loopback (uri);
}

typedef struct
{
  GPtrArray *futures; /* (element-type DexFuture) */
} Round;

static void
round_free (Round *round)
{
  g_clear_pointer (&round->futures, g_ptr_array_unref);
  g_free (round);
}

static DexFuture *
round_fiber (gpointer data)
{
  Round     *round = data;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_local_server_unref);
  gint64     last = g_get_monotonic_time () + (LOOK_SECONDS + 1) * G_USEC_PER_SEC;

  for (guint i = 0; i < round->futures->len; i++)
    {
      CsLocalServer *server = dex_await_boxed (dex_future_first (dex_ref (round->futures->pdata[i]),
                                                                 dex_timeout_new_deadline (last),
                                                                 NULL),
                                               NULL);

      if (server != NULL)
        g_ptr_array_add (found, server);
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&found));
}

static void
begin_look (Round      *round,
            CsHttp     *http,
            CsProvider *provider,
            const char *address)
{
  if (provider != NULL && address != NULL && is_loopback (address))
    g_ptr_array_add (round->futures,
                     cs_fiber_spawn (look_fiber, look_new (http, provider, address, NULL, LOOK_SECONDS),
                                     (GDestroyNotify) look_free));
}

DexFuture *
cs_local_servers_find (CsHttp              *http,
                       CsProviderCatalogue *catalogue,
                       const char *const   *places)
{
  g_autoptr (GPtrArray) providers = NULL;
  Round *round;

  dex_return_error_if_fail (CS_IS_HTTP (http));
  dex_return_error_if_fail (catalogue != NULL);

  round = g_new0 (Round, 1);
  round->futures = g_ptr_array_new_with_free_func (dex_unref);
  providers = cs_provider_catalogue_list (catalogue, CS_ENGINE_WRITES);

  for (guint i = 0; places == NULL && i < providers->len; i++)
    {
      CsProvider *provider = providers->pdata[i];

      if (provider->is_here)
        begin_look (round, http, provider, provider->address);
    }
  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (places[i], " ", 2);

      if (g_strv_length (parts) == 2)
        begin_look (round, http, cs_provider_catalogue_find (catalogue, parts[0]), parts[1]);
    }

  return cs_fiber_spawn (round_fiber, round, (GDestroyNotify) round_free);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const char *left = *(const char *const *) a;
  const char *right = *(const char *const *) b;
  int         order = seems_to_see (right) - seems_to_see (left);

  return order != 0 ? order : strcmp (left, right);
}

static DexFuture *
models_fiber (gpointer data)
{
  Look  *look = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsReply) reply = NULL;
  g_autoptr (JsonNode) list = NULL;
  g_autoptr (CsProvider) models = cs_provider_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (!(reply = dex_await_boxed (get (look, look->address, "/models"), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!cs_reply_is_success (reply))
    {
      g_autoptr (CsChatFault) fault = cs_chat_fault_new (reply->status, reply->body != NULL ? g_bytes_get_data (reply->body, NULL) : NULL,
                                                         reply->body != NULL ? g_bytes_get_size (reply->body) : 0);

      cs_chat_fault_hide (fault, look->secret);
      if (reply->status == 404 || reply->status == 405)
        return cs_fiber_refuse (CS_ERROR_REFUSED, _("%s gives no list of its models. Type the model’s name."), look->provider->title);
      return dex_future_new_for_error (cs_chat_fault_to_error (fault, look->provider->title, ""));
    }

  list = cs_reply_dup_json (reply, NULL);
  add_models (models, list);
  for (guint i = 0; models->models != NULL && i < models->models->len; i++)
    {
      CsProviderModel *model = models->models->pdata[i];

      g_ptr_array_add (ids, g_strdup (model->id));
    }
  if (ids->len == 0)
    return cs_fiber_refuse (CS_ERROR_REFUSED, _("%s gives no list of its models. Type the model’s name."), look->provider->title);
  g_ptr_array_sort (ids, compare_ids);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&ids));
}

DexFuture *
cs_models_at (CsHttp     *http,
              CsProvider *provider,
              const char *address,
              const char *secret)
{
  dex_return_error_if_fail (CS_IS_HTTP (http));
  dex_return_error_if_fail (provider != NULL);
  dex_return_error_if_fail (address != NULL);

  return cs_fiber_spawn (models_fiber, look_new (http, provider, address, secret, LIST_SECONDS), (GDestroyNotify) look_free);
}
