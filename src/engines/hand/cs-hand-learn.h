/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-hand.h"

G_BEGIN_DECLS

/* What decisions tell of how the seller writes, without training: words that were
 * taken out again and again, the order that titles were brought into, and
 * accepted and edited texts as examples. A pure function of its arguments.
 * lessons: (element-type CsLesson), newest first. set: what the seller set by
 * hand, or NULL; it stands above what is learned, and what was unlearned stays out.
 */
CsHand *cs_hand_learn (GPtrArray *lessons,
                       CsHand    *set);

/* Those of the examples that are nearest: the same field and language, the same
 * kind of product first; at most n. (transfer full)
 */
GPtrArray *cs_hand_pick_examples (CsHand     *self,
                                  CsField     field,
                                  const char *language,
                                  const char *kind,
                                  guint       n);

G_END_DECLS
