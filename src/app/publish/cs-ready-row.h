/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CS_TYPE_READY_ROW (cs_ready_row_get_type ())

/* A product that is decided, with its checkbox and findings. Property: item (a CsRowItem). */
G_DECLARE_FINAL_TYPE (CsReadyRow, cs_ready_row, CS, READY_ROW, AdwBin)

G_END_DECLS
