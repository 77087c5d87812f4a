/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-hand.h"
#include "cs-text.h"

G_BEGIN_DECLS

/* For the files of this folder */

/* One edit teaches nothing: so many, of different products, do */
#define CS_HAND_ENOUGH 3

/* Not looked at beyond */
#define CS_HAND_MAX_TEXT 8000

/* (element-type utf8): words that the seller took out again and again and never
 * left in; of all texts
 */
GPtrArray *cs_hand_find_taken_out (GPtrArray *lessons,
                                   CsHand    *set);
/* (element-type utf8): words that the seller puts into titles again and again */
GPtrArray *cs_hand_find_put_in (GPtrArray *lessons,
                                CsHand    *set);
/* Role names in the order that titles were brought into, or NULL where none was */
char     **cs_hand_find_order (GPtrArray *lessons,
                               CsHand    *set);

/* Did a person change it? */
gboolean cs_hand_is_edit (CsLesson *lesson);

/* Does the folded text say the folded word, as one of its own? */
gboolean cs_hand_says (const char *folded_text,
                       const char *folded_word);

G_END_DECLS
