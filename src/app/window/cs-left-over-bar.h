/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_LEFT_OVER_BAR (cs_left_over_bar_get_type ())

/**
 * CsLeftOverBar:
 *
 * Products that a model was to be asked about and was not, because it was
 * stopped, killed or ran into a budget: to be gone on with, or left. Properties:
 * reveal, text.
 */
G_DECLARE_FINAL_TYPE (CsLeftOverBar, cs_left_over_bar, CS, LEFT_OVER_BAR, AdwBin)

void cs_left_over_bar_set_desk (CsLeftOverBar *self,
                                CsDesk        *desk);
/* Why it did not go on, or "" */
void cs_left_over_bar_set_reason (CsLeftOverBar *self,
                                  const char    *reason);

G_END_DECLS
