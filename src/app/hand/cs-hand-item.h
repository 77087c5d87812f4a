/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Stored by name in what the page does: "pinned", "offer", "never", "order", "example" */
typedef enum
{
  CS_HAND_PINNED,
  CS_HAND_OFFER,
  CS_HAND_NEVER,
  CS_HAND_ORDER,
  CS_HAND_EXAMPLE,
} CsHandPart;

#define CS_TYPE_HAND_ITEM (cs_hand_item_get_type ())

/**
 * CsHandItem:
 *
 * One line of how the seller writes: a word, what may come in a title, or an
 * example. Properties: title, words (under it, or NULL), learned, can-remove,
 * can-pin, is-order, can-rise, can-sink.
 */
G_DECLARE_FINAL_TYPE (CsHandItem, cs_hand_item, CS, HAND_ITEM, GObject)

/* word: as it is stored; title, words: as they are shown */
CsHandItem *cs_hand_item_new (CsHandPart  part,
                              const char *word,
                              const char *title,
                              const char *words,
                              gboolean    learned);
const char *cs_hand_item_get_word (CsHandItem *self);
CsHandPart  cs_hand_item_get_part (CsHandItem *self);
gboolean    cs_hand_item_equal (CsHandItem *self,
                                CsHandItem *other);
/* Where it stands among those of the order */
void        cs_hand_item_set_place (CsHandItem *self,
                                    gboolean    first,
                                    gboolean    last);

G_END_DECLS
