/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-asked.h"
#include "cs-chat-engine.h"
#include "cs-decisions.h"
#include "cs-edit-engine.h"
#include "cs-engines-private.h"
#include "cs-json.h"
#include "cs-ledger.h"

/* What it takes to ask a model, and to read what it once answered. */

CsEngineSetup *
cs_engines_load (CsEngines  *self,
                 const char *id,
                 GError    **error)
{
  g_autoptr (GPtrArray) setups = dex_await_boxed (cs_engines_list (self), error);

  for (guint i = 0; setups != NULL && i < setups->len; i++)
    {
      CsEngineSetup *setup = setups->pdata[i];

      if (g_strcmp0 (setup->id, id) != 0)
        continue;

      if (setup->may_text && !setup->may_photos)
        setup->never_photos = TRUE;

      return cs_engine_setup_ref (setup);
    }

  if (setups != NULL)
    g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no model “%s” here."), id);

  return NULL;
}

CsTurns *
cs_engines_get_turns (CsEngines     *self,
                      CsEngineSetup *setup)
{
  CsTurns    *turns = g_hash_table_lookup (self->turns, setup->id);
  CsProvider *provider = cs_provider_catalogue_find (self->catalogue, setup->provider);
  g_autoptr (JsonNode) node = provider != NULL && provider->profile != NULL ? cs_json_parse (provider->profile, -1, NULL) : NULL;
  gint64      allowed = cs_json_int (cs_json_node_object (node), "at_once", 2);

  if (turns == NULL)
    {
      turns = cs_turns_new ();
      g_hash_table_insert (self->turns, g_strdup (setup->id), turns);
    }

  cs_turns_set_most (turns, setup->at_once > 0 ? setup->at_once : CLAMP (allowed, 1, 64));

  return turns;
}

/* FALSE where it wants a key and there is none */
static gboolean
find_secret (CsEngines     *self,
             CsEngineSetup *setup,
             CsProvider    *provider,
             char         **secret,
             GError       **error)
{
  g_autofree char *name = cs_engines_dup_secret_name (setup->id, setup->address);
  g_autoptr (GError) reason = NULL;

  *secret = setup->has_key ? dex_await_string (cs_secrets_find (self->secrets, name), &reason) : NULL;
  /* Of a server of the seller's own nobody knows, until it says so */
  if (*secret != NULL || !provider->wants_key || provider->address == NULL || cs_engine_setup_is_here (setup))
    return TRUE;

  if (reason != NULL)
    g_set_error (error, CS_ERROR, CS_ERROR_SIGN_IN, _("The key for %s cannot be read: %s"), setup->title, reason->message);
  else
    g_set_error (error, CS_ERROR, CS_ERROR_SIGN_IN, _("%s wants a key. Enter it where the model was added."), setup->title);

  return FALSE;
}

typedef struct
{
  CsStore *store;
  char    *id;
} Learner;

static void
learner_free (gpointer  data,
              GClosure *closure)
{
  Learner *learner = data;

  g_object_unref (learner->store);
  g_free (learner->id);
  g_free (learner);
}

static void
learned_cb (CsModelEngine *model,
            Learner       *learner)
{
  dex_future_disown (cs_engine_setups_set_learned (learner->store, learner->id, cs_model_engine_get_learned (model)));
}

CsModelEngine *
cs_engines_make_model (CsEngines     *self,
                       CsEngineSetup *setup,
                       CsMeter       *meter,
                       GError       **error)
{
  CsProvider      *provider = cs_provider_catalogue_find (self->catalogue, setup->provider);
  g_autofree char *secret = NULL;
  CsModelEngine   *model;
  Learner         *learner;

  if (provider == NULL)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED,
                   _("This version of Countersign does not know how to talk to %s."), setup->title);
      return NULL;
    }

  if (meter != NULL && !find_secret (self, setup, provider, &secret, error))
    return NULL;

  if (self->make != NULL)
    model = CS_MODEL_ENGINE (self->make (setup->kind));
  else
    model = CS_MODEL_ENGINE (setup->kind == CS_ENGINE_PICTURES ? cs_edit_engine_new () : cs_chat_engine_new ());

  cs_model_engine_set_parts (model, &(CsModelParts) {
                                      .setup = setup,
                                      .provider = provider,
                                      .secret = secret,
                                      .http = meter != NULL ? self->http : NULL,
                                      .image = self->desk != NULL ? self->desk->image : NULL,
                                      .meter = meter,
                                    });
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));

  if (meter != NULL)
    {
      learner = g_new0 (Learner, 1);
      learner->store = g_object_ref (self->store);
      learner->id = g_strdup (setup->id);
      g_signal_connect_data (model, "learned-changed", G_CALLBACK (learned_cb), learner, learner_free, 0);
    }

  return model;
}

/* A photo's own recipe, with what was asked for this time. Where the product is in
 * it, and its own background, are the photo's.
 */
static char *
merge_recipe (const char *own,
              JsonObject *asked)
{
  g_autoptr (JsonNode) node = own != NULL ? cs_json_parse (own, -1, NULL) : NULL;
  g_autoptr (JsonNode) merged = json_node_new (JSON_NODE_OBJECT);
  JsonObject    *recipe = json_object_new ();
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  if (cs_json_node_object (node) != NULL)
    {
      json_object_iter_init (&iter, cs_json_node_object (node));
      while (json_object_iter_next (&iter, &name, &value))
        json_object_set_member (recipe, name, json_node_copy (value));
    }

  json_object_iter_init (&iter, asked);
  while (json_object_iter_next (&iter, &name, &value))
    {
      if (!g_str_equal (name, "mask") && !g_str_equal (name, "backdrop"))
        json_object_set_member (recipe, name, json_node_copy (value));
    }

  json_node_take_object (merged, recipe);

  return cs_json_canonical (merged);
}

void
cs_engines_set_recipe (CsEngineRequest *request,
                       const char      *settings)
{
  g_autoptr (JsonNode) node = settings != NULL ? cs_json_parse (settings, -1, NULL) : NULL;
  JsonObject *asked = cs_json_node_object (node);

  for (guint i = 0; asked != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto   *photo = request->photos->pdata[i];
      g_autofree char *recipe = merge_recipe (photo->settings != NULL ? photo->settings : request->standard, asked);

      g_set_str (&photo->settings, recipe);
    }
}

/* --- Reading again -------------------------------------------------------------- */

static void
add_remark (GPtrArray *suggestions)
{
  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion *suggestion = suggestions->pdata[i];
      g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();

      if (suggestion->remarks != NULL)
        g_strv_builder_addv (remarks, (const char **) suggestion->remarks);
      g_strv_builder_add (remarks, _("You changed the product's facts since the model wrote this. It was checked against them as they are now."));
      g_strfreev (suggestion->remarks);
      suggestion->remarks = g_strv_builder_end (remarks);
      cs_suggestion_seal (suggestion);
    }
}

/* All that the kept replies come to now. What cannot be read any more comes to
 * nothing: it may not stay as it was. NULL where it was stopped.
 */
static GPtrArray *
read_replies (CsEngines       *self,
              CsModelEngine   *model,
              CsEngineRequest *request,
              GArray          *sent,
              GCancellable    *cancellable,
              GError         **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);

  for (guint i = 0; i < sent->len; i++)
    {
      gint64 id = g_array_index (sent, gint64, i);
      g_autoptr (CsKeptReply) reply = NULL;
      g_autoptr (GPtrArray) some = NULL;
      g_autoptr (GError) reason = NULL;

      if ((reply = dex_await_boxed (cs_ledger_get_reply (self->store, id), &reason)))
        some = dex_await_boxed (cs_desk_or_stopped (cs_model_engine_read (model, request, reply->bytes, id), cancellable), &reason);

      if (reason != NULL && cs_desk_is_stop (reason, cancellable))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }

      if (some == NULL)
        g_info ("What came of request %" G_GINT64_FORMAT " cannot be read again: %s", id, reason->message);

      for (guint j = 0; some != NULL && j < some->len; j++)
        g_ptr_array_add (all, cs_suggestion_ref (some->pdata[j]));
    }

  return g_steal_pointer (&all);
}

static gboolean
read_one_again (CsEngines       *self,
                const char      *id,
                CsEngineRequest *request,
                GCancellable    *cancellable,
                GError         **error)
{
  gint64 product = request->product->id;
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (CsModelEngine) model = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GArray) sent = NULL;
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;
  g_autoptr (GError) reason = NULL;

  if (!(setup = dex_await_boxed (cs_engine_setups_get (self->store, id), error)) ||
      !(sent = dex_await_boxed (cs_ledger_list_behind (self->store, id, product), error)))
    return FALSE;

  if (sent->len == 0)
    return dex_await (cs_suggestions_put (self->store, product, request->product->facts, id, NULL, NULL), error);

  /* Nobody here can read it any more */
  if (!(model = cs_engines_make_model (self, setup, NULL, &reason)))
    return dex_await (cs_suggestions_put (self->store, product, request->product->facts, id, NULL, NULL), error);

  before = dex_await_string (cs_suggestions_get_input (self->store, product, id), &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  if (!(suggestions = read_replies (self, model, request, sent, cancellable, error)))
    return FALSE;

  /* As long as it would be asked the very same, it has seen the product as it is */
  now = cs_engine_dup_input (CS_ENGINE (model), request);
  if (g_strcmp0 (before, now) != 0)
    add_remark (suggestions);

  return dex_await (cs_suggestions_put (self->store, product, request->product->facts, id,
                                        g_strcmp0 (before, now) == 0 ? now : NULL, suggestions),
                    error);
}

gboolean
cs_engines_read_again (CsEngines       *self,
                       CsEngineRequest *request,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_auto (GStrv) stale = NULL;

  if (!(stale = dex_await_boxed (cs_asked_list_stale (self->store, request->product->id), error)))
    return FALSE;

  for (guint i = 0; stale[i] != NULL; i++)
    {
      if (!read_one_again (self, stale[i], request, cancellable, error))
        return FALSE;
    }

  return TRUE;
}
