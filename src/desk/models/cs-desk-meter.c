/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-desk-meter.h"
#include "cs-engines-private.h"
#include "cs-fiber.h"
#include "cs-ledger.h"

struct _CsDeskMeter
{
  GObject parent_instance;

  CsEngines    *engines;
  char         *engine;
  gint64        batch;
  CsTurns      *turns;
  GCancellable *cancellable;
  GHashTable   *open; /* gint64 id of a CsSent → its key: what was begun and has not ended */
  GHashTable   *sent; /* gint64 product → how many */
};

static void cs_desk_meter_iface_init (CsMeterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsDeskMeter, cs_desk_meter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_METER, cs_desk_meter_iface_init))

typedef struct
{
  CsDeskMeter *meter;
  CsSending    sending;
  gint64       id;
  CsOutcome    outcome;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_object_unref (call->meter);
  g_free (call->sending.key);
  g_clear_pointer (&call->outcome.reply, g_bytes_unref);
  g_free (call->outcome.message);
  g_free (call);
}

static Call *
call_new (CsDeskMeter *self)
{
  Call *call = g_new0 (Call, 1);

  call->meter = g_object_ref (self);

  return call;
}

/* A request that was never asked for in vain: whoever asks for the very same
 * meanwhile waits for its answer
 */
static void
settle_key (CsDeskMeter *self,
            const char  *key)
{
  GHashTable *asking = cs_engines_get_asking (self->engines);
  gpointer    name, promise;

  if (!g_hash_table_steal_extended (asking, key, &name, &promise))
    return;

  dex_promise_resolve_boolean (promise, TRUE);
  dex_unref (promise);
  g_free (name);
}

/* The kept reply, or NULL where the request has to go: then it is ours to ask */
static CsKeptReply *
find_kept (CsDeskMeter     *self,
           const CsSending *sending,
           GError         **error)
{
  GHashTable *asking = cs_engines_get_asking (self->engines);
  DexPromise *other;

  for (;;)
    {
      g_autoptr (CsKeptReply) kept = NULL;
      g_autoptr (GError) reason = NULL;

      if ((kept = dex_await_boxed (cs_ledger_find_reply (cs_engines_get_store (self->engines), sending->key), &reason)))
        return g_steal_pointer (&kept);

      if (!g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }

      if (!(other = g_hash_table_lookup (asking, sending->key)))
        break;

      if (!dex_await (cs_desk_or_stopped (dex_ref (DEX_FUTURE (other)), self->cancellable), error))
        return NULL;
    }

  g_hash_table_insert (asking, g_strdup (sending->key), dex_promise_new ());

  return NULL;
}

static gboolean
wait_for_turn (CsDeskMeter *self,
               GError     **error)
{
  g_autoptr (DexFuture) turn = cs_turns_take (self->turns);

  if (dex_await (cs_desk_or_stopped (dex_ref (turn), self->cancellable), error) &&
      !g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return TRUE;

  cs_turns_forget (self->turns, turn);

  return FALSE;
}

static gint64
write_intent (CsDeskMeter     *self,
              const CsSending *sending,
              GError         **error)
{
  CsIntent intent = {
    .engine = self->engine,
    .batch = self->batch,
    .product = sending->product,
    .key = sending->key,
    .bytes = MAX (sending->bytes, 0),
    .pictures = sending->pictures,
    .input = MAX (sending->input, 0),
    .output = MAX (sending->output, 0),
    .makes = sending->makes,
  };
  g_autoptr (GError) reason = NULL;
  gint64 id;

  if (!wait_for_turn (self, error))
    return 0;

  id = dex_await_int64 (cs_ledger_begin (cs_engines_get_store (self->engines), &intent), &reason);
  if (reason != NULL)
    {
      cs_turns_give_back (self->turns, FALSE);
      g_propagate_error (error, g_steal_pointer (&reason));
      return 0;
    }

  return id;
}

static DexFuture *
begin_fiber (gpointer data)
{
  Call        *call = data;
  CsDeskMeter *self = call->meter;
  gboolean     trial = call->sending.product == 0;
  g_autoptr (CsPermit) permit = cs_permit_new ();
  g_autoptr (CsKeptReply) kept = NULL;
  g_autoptr (GError) error = NULL;

  if (trial != (self->batch == 0))
    return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_ALLOWED, "%s", _("It is not known which product this is about."));

  if (!trial && (kept = find_kept (self, &call->sending, &error)))
    {
      permit->id = kept->sent;
      permit->reply = g_bytes_ref (kept->bytes);
      return dex_future_new_take_boxed (CS_TYPE_PERMIT, g_steal_pointer (&permit));
    }

  if (error == NULL && (permit->id = write_intent (self, &call->sending, &error)) == 0)
    {
      if (!trial)
        settle_key (self, call->sending.key);
    }
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  g_hash_table_insert (self->open, g_memdup2 (&permit->id, sizeof permit->id), g_strdup (call->sending.key));
  g_hash_table_insert (self->sent, g_memdup2 (&call->sending.product, sizeof call->sending.product),
                       GUINT_TO_POINTER (cs_desk_meter_get_n_sent (self, call->sending.product) + 1));
  cs_engines_emit_changed (self->engines);

  return dex_future_new_take_boxed (CS_TYPE_PERMIT, g_steal_pointer (&permit));
}

static DexFuture *
cs_desk_meter_begin (CsMeter         *meter,
                     const CsSending *sending)
{
  Call *call = call_new (CS_DESK_METER (meter));

  call->sending = *sending;
  call->sending.key = g_strdup (sending->key);

  return cs_fiber_spawn_disowned (begin_fiber, call, call_free);
}

static DexFuture *
end_fiber (gpointer data)
{
  Call        *call = data;
  CsDeskMeter *self = call->meter;
  CsSettlement settlement = {
    .state = call->outcome.state,
    .reply = call->outcome.reply,
    .input = call->outcome.input,
    .output = call->outcome.output,
    .bytes = call->outcome.bytes,
    .made = call->outcome.made,
    .message = call->outcome.message,
  };
  g_autofree char *key = NULL;
  g_autofree gint64 *id = NULL;
  g_autoptr (GError) error = NULL;
  gboolean written;

  if (!g_hash_table_steal_extended (self->open, &call->id, (gpointer *) &id, (gpointer *) &key))
    return dex_future_new_reject (CS_ERROR, CS_ERROR_STALE, "%s", _("What became of this request is written down already."));

  /* Nobody knows more than that it is over */
  if (settlement.state == CS_SENT_IN_FLIGHT)
    settlement.state = CS_SENT_LOST;

  cs_turns_give_back (self->turns, settlement.state == CS_SENT_ANSWERED);
  written = dex_await (cs_ledger_end (cs_engines_get_store (self->engines), call->id, &settlement), &error);
  settle_key (self, key);
  cs_engines_emit_changed (self->engines);

  return written ? dex_future_new_true () : dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
cs_desk_meter_end (CsMeter         *meter,
                   gint64           id,
                   const CsOutcome *outcome)
{
  Call *call = call_new (CS_DESK_METER (meter));

  call->id = id;
  call->outcome = *outcome;
  call->outcome.reply = outcome->reply != NULL ? g_bytes_ref (outcome->reply) : NULL;
  call->outcome.message = g_strdup (outcome->message);

  return cs_fiber_spawn_disowned (end_fiber, call, call_free);
}

static void
cs_desk_meter_hold (CsMeter *meter,
                    gint64   until)
{
  cs_turns_hold (CS_DESK_METER (meter)->turns, until);
}

static void
cs_desk_meter_iface_init (CsMeterInterface *iface)
{
  iface->begin = cs_desk_meter_begin;
  iface->end = cs_desk_meter_end;
  iface->hold = cs_desk_meter_hold;
}

/* What nobody will tell the end of any more */
static void
cs_desk_meter_dispose (GObject *object)
{
  CsDeskMeter   *self = CS_DESK_METER (object);
  CsSettlement   settlement = { .state = CS_SENT_LOST, .input = -1, .output = -1 };
  GHashTableIter iter;
  gpointer       id, key;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &id, &key))
    {
      cs_turns_give_back (self->turns, FALSE);
      dex_future_disown (cs_ledger_end (cs_engines_get_store (self->engines), *(gint64 *) id, &settlement));
      settle_key (self, key);
    }
  g_hash_table_remove_all (self->open);

  G_OBJECT_CLASS (cs_desk_meter_parent_class)->dispose (object);
}

static void
cs_desk_meter_finalize (GObject *object)
{
  CsDeskMeter *self = CS_DESK_METER (object);

  g_clear_object (&self->engines);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->turns, cs_turns_unref);
  g_clear_pointer (&self->engine, g_free);
  g_clear_pointer (&self->open, g_hash_table_unref);
  g_clear_pointer (&self->sent, g_hash_table_unref);

  G_OBJECT_CLASS (cs_desk_meter_parent_class)->finalize (object);
}

static void
cs_desk_meter_class_init (CsDeskMeterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_desk_meter_dispose;
  object_class->finalize = cs_desk_meter_finalize;
}

static void
cs_desk_meter_init (CsDeskMeter *self)
{
  self->open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->sent = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

CsDeskMeter *
cs_desk_meter_new (CsEngines    *engines,
                   const char   *engine,
                   gint64        batch,
                   CsTurns      *turns,
                   GCancellable *cancellable)
{
  CsDeskMeter *self = g_object_new (CS_TYPE_DESK_METER, NULL);

  self->engines = g_object_ref (engines);
  self->engine = g_strdup (engine);
  self->batch = batch;
  self->turns = cs_turns_ref (turns);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;

  return self;
}

guint
cs_desk_meter_get_n_sent (CsDeskMeter *self,
                          gint64       product)
{
  g_return_val_if_fail (CS_IS_DESK_METER (self), 0);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->sent, &product));
}
