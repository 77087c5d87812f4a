/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-engine-item.h"

G_BEGIN_DECLS

#define CS_TYPE_ENGINE_ROW (cs_engine_row_get_type ())

/* A model that the seller added, in the list. Property: item (CsEngineItem). */
G_DECLARE_FINAL_TYPE (CsEngineRow, cs_engine_row, CS, ENGINE_ROW, GtkListBoxRow)

GtkWidget *cs_engine_row_new (CsEngineItem *item);

G_END_DECLS
