/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-model-item.h"

G_BEGIN_DECLS

#define CS_TYPE_MODEL_ROW (cs_model_row_get_type ())

/* A network in the list. Property: item (CsModelItem). */
G_DECLARE_FINAL_TYPE (CsModelRow, cs_model_row, CS, MODEL_ROW, GtkListBoxRow)

GtkWidget *cs_model_row_new (CsModelItem *item);

G_END_DECLS
