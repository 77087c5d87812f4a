/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-hand.h"
#include "cs-lexicon.h"

G_BEGIN_DECLS

/* The role of the pinned words, beside those of CsRole */
#define CS_ROLE_PINNED 31

/* How the roles of a hand's order are called in CsRole; -1 where it is none */
int cs_hand_role_from_name (const char *name);
/* Where it stands in the order, from 0; G_MAXUINT where it is not named there */
guint cs_hand_get_rank (CsHand *self,
                        guint   role);

G_END_DECLS
