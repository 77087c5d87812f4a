/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-model-engine.h"

static void
cs_model_plan_clear (CsModelPlan *self)
{
  g_free (self->text);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_free (self->key);
}

CS_DEFINE_RECORD (CsModelPlan, cs_model_plan)

typedef struct
{
  CsModelParts parts; /* each of them ours */
  char        *secret;
  char        *name;
  char        *learned;
} CsModelEnginePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CsModelEngine, cs_model_engine, CS_TYPE_ENGINE)

enum
{
  LEARNED_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static CsModelEnginePrivate *
get_private (CsModelEngine *self)
{
  return cs_model_engine_get_instance_private (self);
}

/* A key is not left behind in memory that is given back */
static void
clear_secret (CsModelEnginePrivate *priv)
{
  for (volatile char *c = priv->secret; c != NULL && *c != '\0'; c++)
    *c = '\0';
  g_clear_pointer (&priv->secret, g_free);
  priv->parts.secret = NULL;
}

static void
clear_parts (CsModelEnginePrivate *priv)
{
  clear_secret (priv);
  g_clear_pointer (&priv->name, g_free);
  g_clear_pointer (&priv->parts.setup, cs_engine_setup_unref);
  g_clear_pointer (&priv->parts.provider, cs_provider_unref);
  g_clear_object (&priv->parts.http);
  g_clear_object (&priv->parts.image);
  g_clear_object (&priv->parts.meter);
}

static const char *
cs_model_engine_get_id (CsEngine *engine)
{
  CsModelEnginePrivate *priv = get_private (CS_MODEL_ENGINE (engine));

  return priv->parts.setup != NULL ? priv->parts.setup->id : NULL;
}

static const char *
cs_model_engine_get_title (CsEngine *engine)
{
  CsModelEnginePrivate *priv = get_private (CS_MODEL_ENGINE (engine));

  return priv->parts.setup != NULL ? priv->parts.setup->title : NULL;
}

static void
cs_model_engine_dispose (GObject *object)
{
  clear_parts (get_private (CS_MODEL_ENGINE (object)));

  G_OBJECT_CLASS (cs_model_engine_parent_class)->dispose (object);
}

static void
cs_model_engine_finalize (GObject *object)
{
  g_free (get_private (CS_MODEL_ENGINE (object))->learned);

  G_OBJECT_CLASS (cs_model_engine_parent_class)->finalize (object);
}

static void
cs_model_engine_class_init (CsModelEngineClass *klass)
{
  GObjectClass  *object_class = G_OBJECT_CLASS (klass);
  CsEngineClass *engine_class = CS_ENGINE_CLASS (klass);

  object_class->dispose = cs_model_engine_dispose;
  object_class->finalize = cs_model_engine_finalize;
  engine_class->get_id = cs_model_engine_get_id;
  engine_class->get_title = cs_model_engine_get_title;

  signals[LEARNED_CHANGED] =
    g_signal_new ("learned-changed", CS_TYPE_MODEL_ENGINE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_model_engine_init (CsModelEngine *self)
{
}

/**
 * cs_model_engine_set_parts:
 * @parts: referenced and copied; its setup brings what was learned before
 */
void
cs_model_engine_set_parts (CsModelEngine      *self,
                           const CsModelParts *parts)
{
  CsModelEnginePrivate *priv;

  g_return_if_fail (CS_IS_MODEL_ENGINE (self));
  g_return_if_fail (parts != NULL && parts->setup != NULL && parts->provider != NULL);

  priv = get_private (self);
  if (parts == &priv->parts)
    return;

  clear_parts (priv);
  priv->secret = g_strdup (parts->secret);
  priv->name = cs_provider_dup_name (parts->provider, parts->setup->address);
  priv->parts = (CsModelParts) {
    .setup = cs_engine_setup_ref (parts->setup),
    .provider = cs_provider_ref (parts->provider),
    .secret = priv->secret,
    .name = priv->name,
    .http = parts->http != NULL ? g_object_ref (parts->http) : NULL,
    .image = parts->image != NULL ? g_object_ref (parts->image) : NULL,
    .meter = parts->meter != NULL ? g_object_ref (parts->meter) : NULL,
  };
  g_set_str (&priv->learned, parts->setup->learned);
}

const CsModelParts *
cs_model_engine_get_parts (CsModelEngine *self)
{
  g_return_val_if_fail (CS_IS_MODEL_ENGINE (self), NULL);

  return &get_private (self)->parts;
}

const char *
cs_model_engine_get_learned (CsModelEngine *self)
{
  g_return_val_if_fail (CS_IS_MODEL_ENGINE (self), NULL);

  return get_private (self)->learned;
}

void
cs_model_engine_set_learned (CsModelEngine *self,
                             const char    *json)
{
  g_return_if_fail (CS_IS_MODEL_ENGINE (self));

  if (g_set_str (&get_private (self)->learned, json))
    g_signal_emit (self, signals[LEARNED_CHANGED], 0);
}

DexFuture *
cs_model_engine_plan (CsModelEngine   *self,
                      CsEngineRequest *request)
{
  dex_return_error_if_fail (CS_IS_MODEL_ENGINE (self));
  dex_return_error_if_fail (request != NULL && request->product != NULL);

  return CS_MODEL_ENGINE_GET_CLASS (self)->plan (self, request);
}

DexFuture *
cs_model_engine_read (CsModelEngine   *self,
                      CsEngineRequest *request,
                      GBytes          *reply,
                      gint64           sent)
{
  dex_return_error_if_fail (CS_IS_MODEL_ENGINE (self));
  dex_return_error_if_fail (request != NULL && request->product != NULL);
  dex_return_error_if_fail (reply != NULL);

  return CS_MODEL_ENGINE_GET_CLASS (self)->read (self, request, reply, sent);
}

DexFuture *
cs_model_engine_try (CsModelEngine *self,
                     GCancellable  *cancellable)
{
  dex_return_error_if_fail (CS_IS_MODEL_ENGINE (self));

  return CS_MODEL_ENGINE_GET_CLASS (self)->try (self, cancellable);
}
