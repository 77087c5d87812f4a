/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"
#include "cs-diff-label.h"

G_BEGIN_DECLS

#define CS_TYPE_EVIDENCE_VIEW (cs_evidence_view_get_type ())

/**
 * CsEvidenceView:
 *
 * The sources of a suggestion as chips, tied to the label that shows the
 * suggestion: pointing at either marks both and shows the source.
 * Property label: the CsDiffLabel.
 */
G_DECLARE_FINAL_TYPE (CsEvidenceView, cs_evidence_view, CS, EVIDENCE_VIEW, AdwBin)

void cs_evidence_view_set_evidence (CsEvidenceView *self,
                                    CsDesk         *desk,
                                    CsProduct      *product,
                                    CsEvidence     *evidence,
                                    const char     *text);

G_END_DECLS
