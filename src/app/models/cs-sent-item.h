/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "cs-sent.h"

G_BEGIN_DECLS

#define CS_TYPE_SENT_ITEM (cs_sent_item_get_type ())

/**
 * CsSentItem:
 *
 * One request that went to a model, as its row shows it. Properties, all to
 * read: when, title, where, amount, cost, state, message, is-trouble, product (a
 * title), has-product, target (a variant for "window.show-product"), label.
 */
G_DECLARE_FINAL_TYPE (CsSentItem, cs_sent_item, CS, SENT_ITEM, GObject)

/* product: what it is called, or NULL where it is not known */
CsSentItem *cs_sent_item_new (CsSent     *sent,
                              const char *product);
CsSent     *cs_sent_item_get_sent (CsSentItem *self);

G_END_DECLS
