/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_ENGINES_VIEW (cs_engines_view_get_type ())

/**
 * CsEnginesView:
 *
 * The models of one kind that the seller added: what each may be sent and
 * what it cost; to be added, tested, changed and removed. A server on this
 * computer that answers is offered by itself. Properties: desk, state
 * ("loading", "failed" or "list"), trouble, intro, found.
 */
G_DECLARE_FINAL_TYPE (CsEnginesView, cs_engines_view, CS, ENGINES_VIEW, AdwBin)

GtkWidget *cs_engines_view_new (CsDesk      *desk,
                                CsEngineKind kind);

G_END_DECLS
