/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-desk-private.h"
#include "cs-engines-private.h"
#include "cs-fiber.h"
#include "cs-hand-learn.h"
#include "cs-lessons.h"

/* How the seller writes follows from what was set and from decisions. It is asked
 * for with every product that is drafted, so it is learned once for each state of
 * both, away from the main thread; and where decisions made something else of it,
 * what waits for review is drafted anew.
 */

#define HAND "hand"

/* What a habit is read from: years of work for most */
#define MOST_LESSONS 20000
/* After the last of several decisions (ms): nobody waits for it */
#define SETTLED 2500

#define SPAWN(fiber, call) cs_fiber_spawn_disowned (fiber, call, (GDestroyNotify) cs_engines_call_free)

typedef struct
{
  GPtrArray *lessons;
  CsHand    *set;
} Learn;

static void
learn_free (Learn *learn)
{
  g_clear_pointer (&learn->lessons, g_ptr_array_unref);
  g_clear_pointer (&learn->set, cs_hand_unref);
  g_free (learn);
}

static DexFuture *
learn_work (gpointer data)
{
  Learn *learn = data;

  return dex_future_new_take_boxed (CS_TYPE_HAND, cs_hand_learn (learn->lessons, learn->set));
}

static DexFuture *
get_hand_fiber (gpointer data)
{
  CsEnginesCall *call = data;
  CsEngines     *self = call->engines;
  g_autofree char *json = NULL;
  g_autoptr (CsHand) hand = NULL;
  g_autoptr (GError) error = NULL;
  Learn *learn;
  gint64 last;

  json = dex_await_string (cs_store_get_setting (self->store, HAND), &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  last = dex_await_int64 (cs_lessons_get_last (self->store), &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (self->learned != NULL && self->learned_at == last && g_strcmp0 (self->learned_from, json) == 0)
    return dex_future_new_take_boxed (CS_TYPE_HAND, cs_hand_ref (self->learned));

  learn = g_new0 (Learn, 1);
  learn->set = json != NULL ? cs_hand_from_json (json) : NULL;
  if (!(learn->lessons = dex_await_boxed (cs_lessons_list (self->store, MOST_LESSONS), &error)))
    {
      learn_free (learn);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  if (!(hand = dex_await_boxed (cs_fiber_compute (learn_work, learn, (GDestroyNotify) learn_free), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  g_clear_pointer (&self->learned, cs_hand_unref);
  self->learned = cs_hand_ref (hand);
  self->learned_at = last;
  g_set_str (&self->learned_from, json);

  return dex_future_new_take_boxed (CS_TYPE_HAND, g_steal_pointer (&hand));
}

DexFuture *
cs_engines_get_hand (CsEngines *self)
{
  CsEnginesCall *call;
  DexFuture     *refusal;

  dex_return_error_if_fail (CS_IS_ENGINES (self));

  if (!(call = cs_engines_call_new (self, &refusal)))
    return refusal;

  return SPAWN (get_hand_fiber, call);
}

/* What waits for review is drafted anew, as far as it would be written differently. Waits. */
static gboolean
draft_anew (CsEnginesCall *call,
            GError       **error)
{
  g_autoptr (GArray) queue = dex_await_boxed (cs_desk_list_queue (call->desk), error);

  if (queue == NULL)
    return FALSE;

  dex_future_disown (cs_desk_want_suggestions (call->desk, (gint64 *) (gpointer) queue->data, queue->len));
  cs_engines_emit_changed (call->engines);

  return TRUE;
}

static DexFuture *
set_hand_fiber (gpointer data)
{
  CsEnginesCall *call = data;
  g_autofree char *json = cs_hand_to_json (call->hand);
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_store_set_setting (call->engines->store, HAND, json), &error) || !draft_anew (call, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_true ();
}

DexFuture *
cs_engines_set_hand (CsEngines *self,
                     CsHand    *hand)
{
  CsEnginesCall *call;
  DexFuture     *refusal;

  dex_return_error_if_fail (CS_IS_ENGINES (self));
  dex_return_error_if_fail (hand != NULL);

  if (self->desk != NULL && (refusal = cs_desk_refuse_reading (self->desk)))
    return refusal;

  if (!(call = cs_engines_call_new (self, &refusal)))
    return refusal;

  call->hand = cs_hand_ref (hand);

  return SPAWN (set_hand_fiber, call);
}

/* Learning while the seller decides */

static DexFuture *
learn_fiber (gpointer data)
{
  CsEnginesCall *call = data;
  CsEngines     *self = call->engines;
  g_autofree char *before = self->learned != NULL ? cs_hand_to_json (self->learned) : NULL;
  g_autofree char *after = NULL;
  g_autoptr (CsHand) hand = NULL;
  g_autoptr (GError) error = NULL;

  if (!(hand = dex_await_boxed (cs_engines_get_hand (self), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* The first of a session says how it stood when the drafts were made */
  after = cs_hand_to_json (hand);
  if (before != NULL && strcmp (before, after) != 0 && !draft_anew (call, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_true ();
}

static gboolean
learn_cb (gpointer data)
{
  CsEngines     *self = data;
  CsEnginesCall *call;
  DexFuture     *refusal;

  self->learning = 0;
  if ((call = cs_engines_call_new (self, &refusal)) != NULL)
    dex_future_disown (SPAWN (learn_fiber, call));
  else
    dex_unref (refusal);

  return G_SOURCE_REMOVE;
}

void
cs_engines_note_decisions (CsEngines *self)
{
  g_return_if_fail (CS_IS_ENGINES (self));

  g_clear_handle_id (&self->learning, g_source_remove);
  self->learning = g_timeout_add (SETTLED, learn_cb, self);
}
