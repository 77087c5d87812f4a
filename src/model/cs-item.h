/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-decision.h"
#include "cs-field.h"
#include "cs-suggestion.h"

G_BEGIN_DECLS

/**
 * CsItemState:
 * @CS_ITEM_EMPTY: nothing suggested yet
 * @CS_ITEM_PENDING: a suggestion waits for a decision
 * @CS_ITEM_LATER: put off; comes back after the pending ones
 * @CS_ITEM_OPEN: rejected with no original to keep, or a question: holds the product back
 * @CS_ITEM_ACCEPTED: as suggested
 * @CS_ITEM_EDITED: the person's own
 * @CS_ITEM_KEPT: rejected, the original stands
 */
typedef enum
{
  CS_ITEM_EMPTY,
  CS_ITEM_PENDING,
  CS_ITEM_LATER,
  CS_ITEM_OPEN,
  CS_ITEM_ACCEPTED,
  CS_ITEM_EDITED,
  CS_ITEM_KEPT,
} CsItemState;

/* One thing to decide on: a field of a product, or a field of one of its photos */
typedef struct
{
  gint64      product;
  gint64      photo; /* ALT_TEXT and PICTURE, else 0 */
  CsField     field;
  CsItemState state;
  char       *original;    /* what stands there now (text, or the photo's hash), or NULL */
  char       *value;       /* what was decided (text, or a picture's hash), or NULL */
  gint64      decision;    /* the decision that stands, or 0 */
  GPtrArray  *suggestions; /* (element-type CsSuggestion), the current ones by variant */
} CsItem;

#define CS_TYPE_ITEM (cs_item_get_type ())

CS_DECLARE_RECORD (CsItem, cs_item)

const char *cs_item_state_get_name (CsItemState state);
const char *cs_item_state_get_label (CsItemState state);
gboolean    cs_item_state_is_decided (CsItemState state);

G_END_DECLS
