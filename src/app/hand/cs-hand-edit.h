/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-hand-item.h"
#include "cs-hand.h"

G_BEGIN_DECLS

/* What the page does to a hand before it is kept. Each changes the hand that it is
 * given; what the seller sets is no longer what was learned.
 */

/* A word stands in every title, and is no word that is never used */
void   cs_hand_edit_pin (CsHand     *hand,
                         const char *word);
/* The other way round */
void   cs_hand_edit_ban (CsHand     *hand,
                         const char *word);
/* What was learned is not learned again */
void   cs_hand_edit_take_out (CsHand     *hand,
                              CsHandPart  part,
                              const char *word);
/* The whole order: what is set or learned first, then the rest as it usually is */
char **cs_hand_edit_dup_order (CsHand *hand);
/* One place up or down. Where it is then, or -1 where it cannot. */
int    cs_hand_edit_move (CsHand     *hand,
                          const char *role,
                          gboolean    rise);
void   cs_hand_edit_reset_order (CsHand *hand);

G_END_DECLS
