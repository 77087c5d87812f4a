/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-item.h"

static const struct
{
  const char *name;  /* for scripts: never changes */
  const char *label; /* shown */
} states[] = {
  [CS_ITEM_EMPTY] = { "empty", N_("Nothing suggested yet") },
  [CS_ITEM_PENDING] = { "pending", N_("To review") },
  [CS_ITEM_LATER] = { "later", N_("Put off") },
  [CS_ITEM_OPEN] = { "open", N_("Still missing") },
  [CS_ITEM_ACCEPTED] = { "accepted", N_("Accepted") },
  [CS_ITEM_EDITED] = { "edited", N_("In your own words") },
  [CS_ITEM_KEPT] = { "kept", N_("Kept as it was") },
};

static void
cs_item_clear (CsItem *self)
{
  g_free (self->original);
  g_free (self->value);
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
}

CS_DEFINE_RECORD (CsItem, cs_item)

const char *
cs_item_state_get_name (CsItemState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return states[state].name;
}

const char *
cs_item_state_get_label (CsItemState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return _(states[state].label);
}

/* A decision stands that says what goes out */
gboolean
cs_item_state_is_decided (CsItemState state)
{
  return state == CS_ITEM_ACCEPTED || state == CS_ITEM_EDITED || state == CS_ITEM_KEPT;
}
