/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-turns.h"

/* Nobody is made to wait longer than this by what a provider says */
#define LONGEST_HOLD (10 * 60 * G_USEC_PER_SEC)

struct _CsTurns
{
  GQueue waiting;  /* DexPromise */
  guint  in_use;
  guint  most;
  guint  at_once;  /* of those, what the provider has shown that it bears */
  guint  well;     /* answers since at_once changed */
  gint64 held;     /* nobody before then */
  guint  source;
};

CsTurns *
cs_turns_new (void)
{
  CsTurns *self = g_rc_box_new0 (CsTurns);

  g_queue_init (&self->waiting);
  self->most = self->at_once = 1;

  return self;
}

CsTurns *
cs_turns_ref (CsTurns *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  CsTurns *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_queue_clear_full (&self->waiting, dex_unref);
}

void
cs_turns_unref (CsTurns *self)
{
  g_rc_box_release_full (self, clear);
}

static void let_go (CsTurns *self);

static gboolean
held_cb (gpointer data)
{
  CsTurns *self = data;

  self->source = 0;
  let_go (self);

  return G_SOURCE_REMOVE;
}

static void
let_go (CsTurns *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now < self->held)
    {
      g_clear_handle_id (&self->source, g_source_remove);
      self->source = g_timeout_add ((self->held - now) / 1000 + 1, held_cb, self);
      return;
    }

  while (self->in_use < self->at_once && !g_queue_is_empty (&self->waiting))
    {
      DexPromise *promise = g_queue_pop_head (&self->waiting);

      self->in_use++;
      dex_promise_resolve_boolean (promise, TRUE);
      dex_unref (promise);
    }
}

void
cs_turns_set_most (CsTurns *self,
                   guint    most)
{
  most = CLAMP (most, 1, 64);
  if (self->most == most)
    return;

  self->most = self->at_once = most;
  let_go (self);
}

guint
cs_turns_get_most (CsTurns *self)
{
  return self->most;
}

DexFuture *
cs_turns_take (CsTurns *self)
{
  DexPromise *promise = dex_promise_new ();

  g_queue_push_tail (&self->waiting, dex_ref (promise));
  let_go (self);

  return DEX_FUTURE (promise);
}

void
cs_turns_forget (CsTurns   *self,
                 DexFuture *turn)
{
  if (g_queue_remove (&self->waiting, turn))
    dex_unref (turn);
  else
    cs_turns_give_back (self, FALSE);
}

void
cs_turns_give_back (CsTurns *self,
                    gboolean well)
{
  g_return_if_fail (self->in_use > 0);

  self->in_use--;
  if (well && ++self->well >= 4 * self->at_once && self->at_once < self->most)
    {
      self->at_once++;
      self->well = 0;
    }
  let_go (self);
}

void
cs_turns_hold (CsTurns *self,
               gint64   until)
{
  self->held = MAX (self->held, MIN (until, g_get_monotonic_time () + LONGEST_HOLD));
  self->at_once = MAX (self->at_once / 2, 1);
  self->well = 0;
}
