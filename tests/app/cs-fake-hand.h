/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-desk.h"
#include "cs-engines.h"

G_BEGIN_DECLS

/* How the seller of the desk in memory writes: kept as it is set, and nothing learned */
void    cs_fake_hand_set (CsDesk *desk,
                          CsHand *hand);
CsHand *cs_fake_hand_get (CsDesk *desk);
/* The next time it is kept, or read, it does not come about */
void    cs_fake_hand_fail_next (CsDesk     *desk,
                                const char *sentence);

G_END_DECLS
