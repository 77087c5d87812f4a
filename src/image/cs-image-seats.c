/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-image-private.h"

/* A picture helper holds the one photo that it is at, and there are so many
 * helpers. Photos that lie decoded on their way to the network come on top; so
 * that a folder of a thousand does not all lie there, each waits for its turn.
 */

void
cs_image_seats_init (CsImageSeats *self)
{
  self->n_free = CS_IMAGE_MAX_DECODED - cs_image_max_helpers ();
  g_queue_init (&self->waiting);
}

/* Resolves when a photo may be decoded for the network. Whoever asked says
 * cs_image_seats_leave() in any case, also where it no longer waits.
 */
DexFuture *
cs_image_seats_enter (CsImageSeats *self,
                      CsImageSeat  *seat)
{
  seat->turn = dex_promise_new ();

  if (self->n_free > 0)
    {
      self->n_free--;
      seat->taken = TRUE;
      dex_promise_resolve_boolean (seat->turn, TRUE);
    }
  else
    {
      g_queue_push_tail (&self->waiting, seat);
    }

  return dex_ref (DEX_FUTURE (seat->turn));
}

void
cs_image_seats_leave (CsImageSeats *self,
                      CsImageSeat  *seat)
{
  CsImageSeat *next;

  if (!seat->taken)
    {
      g_queue_remove (&self->waiting, seat);
    }
  else if ((next = g_queue_pop_head (&self->waiting)))
    {
      next->taken = TRUE;
      dex_promise_resolve_boolean (next->turn, TRUE);
    }
  else
    {
      self->n_free++;
    }

  seat->taken = FALSE;
  dex_clear (&seat->turn);
}
