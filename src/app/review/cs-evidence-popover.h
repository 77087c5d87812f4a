/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-desk.h"
#include "cs-evidence-source.h"

G_BEGIN_DECLS

#define CS_TYPE_EVIDENCE_POPOVER (cs_evidence_popover_get_type ())

/**
 * CsEvidencePopover:
 *
 * Shows a source itself: the piece of the photo, the note with the words in
 * it, the cell. Takes no focus: it comes with pointing and goes with it.
 */
G_DECLARE_FINAL_TYPE (CsEvidencePopover, cs_evidence_popover, CS, EVIDENCE_POPOVER, GtkPopover)

void cs_evidence_popover_show_source (CsEvidencePopover  *self,
                                      CsDesk             *desk,
                                      CsProduct          *product,
                                      CsEvidenceSource   *source,
                                      const GdkRectangle *place);

G_END_DECLS
