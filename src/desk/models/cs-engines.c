/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-asked.h"
#include "cs-engines-private.h"
#include "cs-ledger.h"
#include "cs-local-servers.h"
#include "cs-text.h"

/* Who there is. A key goes to the keyring before the engine is written down, so
 * that none is kept that cannot be used; the library never sees it.
 */


G_DEFINE_FINAL_TYPE (CsEngines, cs_engines, G_TYPE_OBJECT)

typedef enum
{
  PROP_DRAFTING = 1,
  PROP_UNFINISHED,
} CsEnginesProperty;

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_UNFINISHED + 1];
static guint       signals[N_SIGNALS];

static void
cs_engines_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  CsEngines *self = CS_ENGINES (object);

  switch ((CsEnginesProperty) prop_id)
    {
    case PROP_DRAFTING:
      g_value_set_object (value, self->drafting);
      break;

    case PROP_UNFINISHED:
      g_value_set_uint (value, self->n_unfinished);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_engines_finalize (GObject *object)
{
  CsEngines *self = CS_ENGINES (object);

  g_clear_handle_id (&self->learning, g_source_remove);
  g_clear_pointer (&self->learned, cs_hand_unref);
  g_free (self->learned_from);
  g_clear_weak_pointer (&self->desk);
  g_clear_object (&self->store);
  g_clear_object (&self->secrets);
  g_clear_object (&self->http);
  g_clear_object (&self->drafting);
  g_clear_pointer (&self->catalogue, cs_provider_catalogue_free);
  g_clear_pointer (&self->turns, g_hash_table_unref);
  g_clear_pointer (&self->asking, g_hash_table_unref);
  g_clear_pointer (&self->session, g_hash_table_unref);
  g_clear_pointer (&self->running, g_hash_table_unref);
  g_clear_pointer (&self->face, g_free);

  G_OBJECT_CLASS (cs_engines_parent_class)->finalize (object);
}

static void
cs_engines_class_init (CsEnginesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_engines_finalize;
  object_class->get_property = cs_engines_get_property;

  properties[PROP_DRAFTING] =
    g_param_spec_object ("drafting", NULL, NULL,
                         G_TYPE_LIST_MODEL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_UNFINISHED] =
    g_param_spec_uint ("unfinished", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CHANGED] =
    g_signal_new ("changed",
                  CS_TYPE_ENGINES,
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
cs_engines_init (CsEngines *self)
{
  self->drafting = g_list_store_new (CS_TYPE_DRAFTING);
  self->turns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cs_turns_unref);
  self->asking = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dex_unref);
  self->session = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->running = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->http = cs_http_new ();
  self->catalogue = cs_provider_catalogue_new ();
  self->face = g_strdup ("window");
}

static DexFuture *
settled_cb (DexFuture *future,
            gpointer   data)
{
  if (g_value_get_uint (dex_future_get_value (future, NULL)) > 0)
    cs_engines_emit_changed (data);

  return dex_future_new_true ();
}

CsEngines *
cs_engines_new (CsDesk *desk)
{
  CsEngines *self = g_object_new (CS_TYPE_ENGINES, NULL);

  g_set_weak_pointer (&self->desk, desk);
  self->store = g_object_ref (desk->store);
  self->secrets = g_object_ref (desk->secrets);
  if (!desk->reading)
    {
      dex_future_disown (dex_future_then (cs_ledger_settle_lost (self->store), settled_cb, g_object_ref (self), g_object_unref));
      cs_engines_count_unfinished (self);
    }

  return self;
}

CsStore *
cs_engines_get_store (CsEngines *self)
{
  return self->store;
}

GHashTable *
cs_engines_get_asking (CsEngines *self)
{
  return self->asking;
}

void
cs_engines_emit_changed (CsEngines *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
cs_engines_set_face (CsEngines  *self,
                     const char *face)
{
  g_return_if_fail (CS_IS_ENGINES (self));
  g_return_if_fail (face != NULL);

  g_set_str (&self->face, face);
}

const char *
cs_engines_get_face (CsEngines *self)
{
  return self->face;
}

char *
cs_engines_dup_secret_name (const char *id,
                            const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *host = uri != NULL && g_uri_get_host (uri) != NULL ? g_ascii_strdown (g_uri_get_host (uri), -1) : NULL;

  return g_strdup_printf ("engine/%s@%s://%s:%d", id, uri != NULL ? g_uri_get_scheme (uri) : "", host != NULL ? host : "",
                          uri != NULL ? g_uri_get_port (uri) : -1);
}

CsEnginesCall *
cs_engines_call_new (CsEngines  *self,
                     DexFuture **refusal)
{
  CsEnginesCall *call;

  if (self->desk == NULL || self->desk->closed)
    {
      *refusal = dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CLOSED, "%s", _("The library is closed."));
      return NULL;
    }

  call = g_new0 (CsEnginesCall, 1);
  call->engines = g_object_ref (self);
  call->desk = g_object_ref (self->desk);
  call->budget = -1;

  return call;
}

/* The same of what changes something */
static CsEnginesCall *
call_to_write (CsEngines  *self,
               DexFuture **refusal)
{
  if (self->desk != NULL && (*refusal = cs_desk_refuse_reading (self->desk)))
    return NULL;

  return cs_engines_call_new (self, refusal);
}

void
cs_engines_call_free (CsEnginesCall *call)
{
  g_object_unref (call->engines);
  g_object_unref (call->desk);
  g_clear_pointer (&call->setup, cs_engine_setup_unref);
  g_clear_pointer (&call->ids, g_array_unref);
  g_clear_pointer (&call->hand, cs_hand_unref);
  g_clear_object (&call->cancellable);
  g_free (call->id);
  g_free (call->address);
  if (call->secret != NULL)
    explicit_bzero (call->secret, strlen (call->secret));
  g_free (call->secret);
  g_free (call->settings);
  g_free (call);
}

#define SPAWN(fiber, call) cs_fiber_spawn_disowned (fiber, call, (GDestroyNotify) cs_engines_call_free)

/* Who runs models */

DexFuture *
cs_engines_list_providers (CsEngines *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_provider_unref);

  dex_return_error_if_fail (CS_IS_ENGINES (self));

  for (CsEngineKind kind = CS_ENGINE_WRITES; kind <= CS_ENGINE_PICTURES; kind++)
    {
      g_autoptr (GPtrArray) some = cs_provider_catalogue_list (self->catalogue, kind);

      for (guint i = 0; i < some->len; i++)
        g_ptr_array_add (all, cs_provider_ref (some->pdata[i]));
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&all));
}

static gboolean
is_added (GPtrArray  *setups,
          const char *address,
          const char *model)
{
  for (guint i = 0; i < setups->len; i++)
    {
      CsEngineSetup *setup = setups->pdata[i];

      if (g_strcmp0 (setup->address, address) == 0 && g_strcmp0 (setup->model, model) == 0)
        return TRUE;
    }

  return FALSE;
}

static CsEngineSetup *
make_setup (CsProvider      *provider,
            const char      *address,
            CsProviderModel *model)
{
  CsEngineSetup *setup = cs_engine_setup_new ();

  setup->kind = provider->kind;
  setup->provider = g_strdup (provider->id);
  setup->title = cs_provider_dup_model_title (provider, address, model->id);
  setup->address = g_strdup (address);
  setup->model = g_strdup (model->id);
  setup->price = model->price;
  setup->price_source = g_strdup (model->price_source);
  setup->budget = -1;

  return setup;
}

/* Where a test, or a seller with servers at unusual places, has them instead:
 * "ollama http://127.0.0.1:4000/v1", with semicolons between
 */
static char **
dup_places (void)
{
  const char *places = g_getenv ("CS_MODEL_SERVERS");

  return places != NULL ? g_strsplit (places, ";", -1) : NULL;
}

static DexFuture *
look_around_fiber (gpointer data)
{
  CsEnginesCall *call = data;
  CsEngines     *self = call->engines;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_engine_setup_unref);
  g_autoptr (GPtrArray) servers = NULL;
  g_autoptr (GPtrArray) added = NULL;
  g_auto (GStrv) places = dup_places ();
  g_autoptr (GError) error = NULL;

  if (!(added = dex_await_boxed (cs_engine_setups_list (self->store), &error)) ||
      !(servers = dex_await_boxed (cs_local_servers_find (self->http, self->catalogue, (const char *const *) places), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < servers->len; i++)
    {
      CsLocalServer *server = servers->pdata[i];
      CsProvider    *provider = cs_provider_catalogue_find (self->catalogue, server->provider);

      for (guint j = 0; provider != NULL && j < server->models->len; j++)
        {
          CsProviderModel *model = server->models->pdata[j];

          if (!is_added (added, server->address, model->id))
            g_ptr_array_add (found, make_setup (provider, server->address, model));
        }
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&found));
}

DexFuture *
cs_engines_look_around (CsEngines *self)
{
  CsEnginesCall *call;
  DexFuture     *refusal;

  dex_return_error_if_fail (CS_IS_ENGINES (self));

  if (!(call = cs_engines_call_new (self, &refusal)))
    return refusal;

  return SPAWN (look_around_fiber, call);
}

static DexFuture *
list_models_fiber (gpointer data)
{
  CsEnginesCall *call = data;
  CsEngines     *self = call->engines;
  CsProvider    *provider = cs_provider_catalogue_find (self->catalogue, call->setup->provider);
  g_autoptr (CsEngineSetup) kept = NULL;
  g_autofree char *secret = NULL;
  const char *address;

  if (provider == NULL)
    return cs_fiber_refuse (CS_ERROR_NOT_FOUND, "%s", _("Nobody of that name is known to run models."));

  address = call->setup->address != NULL ? call->setup->address : provider->address;
  /* A key that is kept goes to no address but the one that it is kept for */
  if (call->secret == NULL && call->setup->id != NULL &&
      (kept = dex_await_boxed (cs_engine_setups_get (self->store, call->setup->id), NULL)) &&
      g_strcmp0 (kept->address, address) == 0)
    {
      g_autofree char *name = cs_engines_dup_secret_name (call->setup->id, kept->address);

      secret = dex_await_string (cs_secrets_find (self->secrets, name), NULL);
    }

  return cs_models_at (self->http, provider, address,
                       call->secret != NULL ? call->secret : secret);
}

DexFuture *
cs_engines_list_models (CsEngines     *self,
                        CsEngineSetup *setup,
                        const char    *secret)
{
  CsEnginesCall *call;
  DexFuture     *refusal;

  dex_return_error_if_fail (CS_IS_ENGINES (self));
  dex_return_error_if_fail (setup != NULL && setup->provider != NULL);

  if (!(call = cs_engines_call_new (self, &refusal)))
    return refusal;

  call->setup = cs_engine_setup_ref (setup);
  call->secret = g_strdup (secret);

  return SPAWN (list_models_fiber, call);
}

/* Which of them are here */

static DexFuture *
list_cb (DexFuture *future,
         gpointer   data)
{
  CsEngines *self = data;
  GPtrArray *setups = g_value_get_boxed (dex_future_get_value (future, NULL));

  for (guint i = 0; i < setups->len; i++)
    {
      CsEngineSetup *setup = setups->pdata[i];

      setup->has_key |= g_hash_table_contains (self->session, setup->id);
    }

  return dex_ref (future);
}

DexFuture *
cs_engines_list (CsEngines *self)
{
  dex_return_error_if_fail (CS_IS_ENGINES (self));

  return dex_future_then (cs_engine_setups_list (self->store), list_cb, g_object_ref (self), g_object_unref);
}

static DexFuture *
remove_fiber (gpointer data)
{
  CsEnginesCall   *call = data;
  CsEngines       *self = call->engines;
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  if (!(setup = dex_await_boxed (cs_engine_setups_get (self->store, call->id), &error)) ||
      !dex_await (cs_engine_setups_remove (self->store, call->id), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  name = cs_engines_dup_secret_name (call->id, setup->address);

  /* Where there is no keyring there is nothing in it */
  if (!dex_await (cs_secrets_forget (self->secrets, name), &error))
    g_info ("The key of %s could not be forgotten: %s", call->id, error->message);

  g_hash_table_remove (self->session, call->id);
  g_hash_table_remove (self->turns, call->id);
  cs_engines_count_unfinished (self);
  cs_engines_emit_changed (self);

  return dex_future_new_true ();
}

DexFuture *
cs_engines_remove (CsEngines  *self,
                   const char *id)
{
  CsEnginesCall *call;
  DexFuture     *refusal;

  dex_return_error_if_fail (CS_IS_ENGINES (self));
  dex_return_error_if_fail (id != NULL);

  if (!(call = call_to_write (self, &refusal)))
    return refusal;

  call->id = g_strdup (id);

  return SPAWN (remove_fiber, call);
}

static DexFuture *
try_fiber (gpointer data)
{
  CsEnginesCall *call = data;
  CsEngines     *self = call->engines;
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsModelEngine) model = NULL;
  g_autoptr (CsDeskMeter) meter = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (!(setup = cs_engines_load (self, call->id, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  meter = cs_desk_meter_new (self, setup->id, 0, cs_engines_get_turns (self, setup), call->cancellable);
  if (!(model = cs_engines_make_model (self, setup, CS_METER (meter), &error)) ||
      !(sentence = dex_await_string (cs_model_engine_try (model, call->cancellable), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_string (g_steal_pointer (&sentence));
}

DexFuture *
cs_engines_try (CsEngines    *self,
                const char   *id,
                GCancellable *cancellable)
{
  CsEnginesCall *call;
  DexFuture     *refusal;

  dex_return_error_if_fail (CS_IS_ENGINES (self));
  dex_return_error_if_fail (id != NULL);

  if (!(call = call_to_write (self, &refusal)))
    return refusal;

  call->id = g_strdup (id);
  call->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;

  return SPAWN (try_fiber, call);
}

/* What goes there */

static DexFuture *
allow_fiber (gpointer data)
{
  CsEnginesCall *call = data;
  CsEngines     *self = call->engines;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_engine_setups_allow (self->store, call->id, call->address, call->texts, call->photos, self->face), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  cs_engines_emit_changed (self);

  return dex_future_new_true ();
}

DexFuture *
cs_engines_allow (CsEngines  *self,
                  const char *id,
                  const char *address,
                  gboolean    texts,
                  gboolean    photos)
{
  CsEnginesCall *call;
  DexFuture     *refusal;

  dex_return_error_if_fail (CS_IS_ENGINES (self));
  dex_return_error_if_fail (id != NULL && address != NULL);

  if (!(call = call_to_write (self, &refusal)))
    return refusal;

  call->id = g_strdup (id);
  call->address = g_strdup (address);
  call->texts = texts;
  call->photos = photos;

  return SPAWN (allow_fiber, call);
}

DexFuture *
cs_engines_list_sent (CsEngines *self,
                      gint64     before,
                      guint      most)
{
  dex_return_error_if_fail (CS_IS_ENGINES (self));

  return cs_ledger_list (self->store, before, most);
}

DexFuture *
cs_engines_list_unseen (CsEngines  *self,
                        const char *id)
{
  dex_return_error_if_fail (CS_IS_ENGINES (self));
  dex_return_error_if_fail (id != NULL);

  return cs_asked_list_unseen (self->store, id);
}

guint
cs_engines_get_n_unfinished (CsEngines *self)
{
  g_return_val_if_fail (CS_IS_ENGINES (self), 0);

  return self->n_unfinished;
}

static DexFuture *
count_unfinished_cb (DexFuture *future,
                     gpointer   data)
{
  CsEngines *self = data;
  GPtrArray *batches = g_value_get_boxed (dex_future_get_value (future, NULL));
  guint      n = 0;

  for (guint i = 0; i < batches->len; i++)
    {
      CsAskedBatch *batch = batches->pdata[i];

      if (!g_hash_table_contains (self->running, &batch->id))
        n += batch->products->len;
    }

  if (self->n_unfinished != n)
    {
      self->n_unfinished = n;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNFINISHED]);
    }

  return dex_future_new_true ();
}

void
cs_engines_count_unfinished (CsEngines *self)
{
  dex_future_disown (dex_future_then (cs_asked_list_open (self->store, 0), count_unfinished_cb,
                                      g_object_ref (self), g_object_unref));
}

GListModel *
cs_engines_get_drafting (CsEngines *self)
{
  g_return_val_if_fail (CS_IS_ENGINES (self), NULL);

  return G_LIST_MODEL (self->drafting);
}
