/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-error.h"
#include "cs-fiber.h"
#include "cs-hash.h"
#include "cs-teller.h"

Wire wire;

#define TELLER_TYPE (teller_get_type ())

G_DECLARE_FINAL_TYPE (Teller, teller, TELLER, ENGINE, CsModelEngine)

struct _Teller
{
  CsModelEngine parent_instance;
};

G_DEFINE_FINAL_TYPE (Teller, teller, CS_TYPE_MODEL_ENGINE)

static const char *
get_note (CsEngineRequest *request)
{
  const char *note = request->product->values[CS_FIELD_NOTE];

  return note != NULL ? note : "";
}

static guint
count_pictures (Teller *self)
{
  return cs_model_engine_get_parts (CS_MODEL_ENGINE (self))->setup->never_photos ? 0 : 1;
}

static char *
teller_dup_input (CsEngine        *engine,
                  CsEngineRequest *request)
{
  Teller *self = TELLER_ENGINE (engine);
  const CsModelParts *parts = cs_model_engine_get_parts (CS_MODEL_ENGINE (self));
  g_autofree char *all = g_strdup_printf ("%s %s %s %u %" G_GINT64_FORMAT, parts->setup->address, parts->setup->model,
                                          get_note (request), count_pictures (self), request->product->id);

  return cs_hash_data (all, strlen (all));
}

static DexFuture *
teller_plan (CsModelEngine   *model,
             CsEngineRequest *request)
{
  g_autoptr (CsModelPlan) plan = cs_model_plan_new ();

  plan->text = g_strdup (get_note (request));
  plan->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (count_pictures (TELLER_ENGINE (model)) > 0)
    g_ptr_array_add (plan->pictures, g_bytes_new_static ("JPEG", 4));
  plan->input = plan->output = 1000;
  plan->key = teller_dup_input (CS_ENGINE (model), request);

  return dex_future_new_take_boxed (CS_TYPE_MODEL_PLAN, g_steal_pointer (&plan));
}

/* It always says bamboo; whether that is so the facts say */
static DexFuture *
teller_read (CsModelEngine   *model,
             CsEngineRequest *request,
             GBytes          *reply,
             gint64           sent)
{
  static const char *const facts[] = { "note.1", NULL };
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_suggestion_unref);
  CsSuggestion *suggestion = cs_suggestion_new ();
  const char   *note = get_note (request);
  gsize         length;

  suggestion->product = request->product->id;
  suggestion->field = CS_FIELD_TITLE;
  suggestion->engine = g_strdup (cs_engine_get_id (CS_ENGINE (model)));
  suggestion->variant = 1;
  suggestion->text = g_strndup (g_bytes_get_data (reply, &length), g_bytes_get_size (reply));
  suggestion->language = g_strdup ("en");
  suggestion->sent = sent;
  suggestion->evidence = cs_evidence_new ();
  cs_evidence_add_fact (suggestion->evidence, CS_FACT_NOTE, "note.1", note);
  cs_evidence_add_phrase (suggestion->evidence, 0, length,
                          strstr (note, "bamboo") != NULL   ? CS_PHRASE_GROUNDED
                          : strstr (note, "willow") != NULL ? CS_PHRASE_CONTRADICTS
                                                            : CS_PHRASE_UNSOURCED,
                          facts);
  cs_suggestion_seal (suggestion);
  g_ptr_array_add (all, suggestion);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&all));
}

typedef struct
{
  Teller          *self;
  CsEngineRequest *request;
  GCancellable    *cancellable;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_object_unref (ask->self);
  cs_engine_request_unref (ask->request);
  g_clear_object (&ask->cancellable);
  g_free (ask);
}

static DexFuture *
wait_for_answer (Ask *ask)
{
  DexFuture *future = dex_timeout_new_msec (wire.msec);

  return ask->cancellable != NULL ? dex_future_first (future, dex_cancellable_new_from_cancellable (ask->cancellable), NULL) : future;
}

static DexFuture *
ask_fiber (gpointer data)
{
  Ask *ask = data;
  const CsModelParts *parts = cs_model_engine_get_parts (CS_MODEL_ENGINE (ask->self));
  g_autofree char *key = teller_dup_input (CS_ENGINE (ask->self), ask->request);
  g_autoptr (CsPermit) permit = NULL;
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;
  CsOutcome outcome = { .state = CS_SENT_ANSWERED, .input = 1000, .output = 1000 };
  CsSending sending = {
    .product = ask->request->product->id, .key = key, .bytes = 4000, .pictures = count_pictures (ask->self), .input = 1000, .output = 1000,
  };

  if (!(permit = dex_await_boxed (cs_meter_begin (parts->meter, &sending), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (permit->reply != NULL)
    return teller_read (CS_MODEL_ENGINE (ask->self), ask->request, permit->reply, permit->id);

  g_ptr_array_add (wire.sent, g_strdup_printf ("%s %" G_GINT64_FORMAT " %u", parts->setup->id, sending.product, sending.pictures));
  wire.in_flight++;
  wire.most_in_flight = MAX (wire.most_in_flight, wire.in_flight);
  dex_await (wait_for_answer (ask), &error);
  wire.in_flight--;
  if (g_error_matches (error, DEX_ERROR, DEX_ERROR_TIMED_OUT))
    g_clear_error (&error);

  if (wire.hold > 0)
    {
      cs_meter_hold (parts->meter, g_get_monotonic_time () + wire.hold);
      wire.hold = 0;
    }

  if (error != NULL)
    {
      outcome = (CsOutcome) { .state = CS_SENT_LOST, .input = -1, .output = -1, .message = (char *) "Stopped" };
      dex_await (cs_meter_end (parts->meter, permit->id, &outcome), NULL);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  if (wire.n_fail > 0)
    {
      wire.n_fail--;
      outcome = (CsOutcome) { .state = CS_SENT_REFUSED, .input = -1, .output = -1, .message = (char *) "No" };
      dex_await (cs_meter_end (parts->meter, permit->id, &outcome), NULL);
      return dex_future_new_reject (CS_ERROR, wire.code, "No");
    }

  reply = g_bytes_new_static ("Basket of bamboo", 16);
  outcome.reply = reply;
  if (!dex_await (cs_meter_end (parts->meter, permit->id, &outcome), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return teller_read (CS_MODEL_ENGINE (ask->self), ask->request, reply, permit->id);
}

static DexFuture *
teller_suggest (CsEngine        *engine,
                CsEngineRequest *request,
                GCancellable    *cancellable)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->self = g_object_ref (TELLER_ENGINE (engine));
  ask->request = cs_engine_request_ref (request);
  ask->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;

  return cs_fiber_spawn_disowned (ask_fiber, ask, ask_free);
}

static DexFuture *
teller_try (CsModelEngine *model,
            GCancellable  *cancellable)
{
  const CsModelParts *parts = cs_model_engine_get_parts (model);

  g_ptr_array_add (wire.sent, g_strdup_printf ("try %s", parts->secret != NULL ? parts->secret : "none"));

  return dex_future_new_take_string (g_strdup ("It works."));
}

static void
teller_class_init (TellerClass *klass)
{
  CsEngineClass      *engine_class = CS_ENGINE_CLASS (klass);
  CsModelEngineClass *model_class = CS_MODEL_ENGINE_CLASS (klass);

  engine_class->dup_input = teller_dup_input;
  engine_class->suggest = teller_suggest;
  model_class->plan = teller_plan;
  model_class->read = teller_read;
  model_class->try = teller_try;
}

static void
teller_init (Teller *self)
{
}

CsEngine *
make_teller (CsEngineKind kind)
{
  return g_object_new (TELLER_TYPE, NULL);
}
