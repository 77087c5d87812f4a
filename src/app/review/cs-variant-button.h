/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-suggestion.h"

G_BEGIN_DECLS

#define CS_TYPE_VARIANT_BUTTON (cs_variant_button_get_type ())

/**
 * CsVariantButton:
 *
 * One of the suggestions that stand beside each other: its key, whose it is, how
 * it begins, what it cost, and whether something in it is marked.
 */
G_DECLARE_FINAL_TYPE (CsVariantButton, cs_variant_button, CS, VARIANT_BUTTON, GtkToggleButton)

GtkWidget *cs_variant_button_new (void);
/* number: from 1; engine: what it is called */
void       cs_variant_button_set (CsVariantButton *self,
                                  guint            number,
                                  const char      *engine,
                                  CsSuggestion    *suggestion);

G_END_DECLS
