/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-error.h"
#include "cs-fake-hand.h"
#include "cs-fiber.h"

void
cs_fake_hand_set (CsDesk *desk,
                  CsHand *hand)
{
  g_object_set_data_full (G_OBJECT (cs_desk_get_engines (desk)), "hand", cs_hand_ref (hand), (GDestroyNotify) cs_hand_unref);
}

CsHand *
cs_fake_hand_get (CsDesk *desk)
{
  return g_object_get_data (G_OBJECT (cs_desk_get_engines (desk)), "hand");
}

void
cs_fake_hand_fail_next (CsDesk     *desk,
                        const char *sentence)
{
  g_object_set_data_full (G_OBJECT (cs_desk_get_engines (desk)), "failure", g_strdup (sentence), g_free);
}

static DexFuture *
fail (CsEngines *self)
{
  g_autofree char *sentence = g_object_steal_data (G_OBJECT (self), "failure");

  return sentence != NULL ? cs_fiber_refuse (CS_ERROR_REFUSED, "%s", sentence) : NULL;
}

DexFuture *
cs_engines_get_hand (CsEngines *self)
{
  CsHand    *hand = g_object_get_data (G_OBJECT (self), "hand");
  DexFuture *failure = fail (self);

  if (failure != NULL)
    return failure;

  return dex_future_new_take_boxed (CS_TYPE_HAND, hand != NULL ? cs_hand_ref (hand) : cs_hand_from_json (NULL));
}

DexFuture *
cs_engines_set_hand (CsEngines *self,
                     CsHand    *hand)
{
  DexFuture *failure = fail (self);

  if (failure != NULL)
    return failure;

  g_object_set_data_full (G_OBJECT (self), "hand", cs_hand_ref (hand), (GDestroyNotify) cs_hand_unref);
  g_signal_emit_by_name (self, "changed");

  return dex_future_new_true ();
}
