/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_FACT_ROW (cs_fact_row_get_type ())

/**
 * CsFactRow:
 *
 * One field that the seller fills in, saved by itself a moment after the last
 * key, when it is left, and when the window closes. What the desk refuses
 * stays in the entry with the reason below it.
 * Properties: field (its name), placeholder, multi-line, error.
 */
G_DECLARE_FINAL_TYPE (CsFactRow, cs_fact_row, CS, FACT_ROW, AdwPreferencesRow)

void cs_fact_row_show (CsFactRow *self,
                       CsDesk    *desk,
                       CsProduct *product);
void cs_fact_row_save (CsFactRow *self);

G_END_DECLS
