/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-evidence-source.h"

G_BEGIN_DECLS

#define CS_TYPE_EVIDENCE_CHIP (cs_evidence_chip_get_type ())

/**
 * CsEvidenceChip:
 *
 * Where a phrase comes from, in a few words. Property pointed: the pointer is
 * over it, or it has the focus.
 */
G_DECLARE_FINAL_TYPE (CsEvidenceChip, cs_evidence_chip, CS, EVIDENCE_CHIP, GtkButton)

GtkWidget        *cs_evidence_chip_new (CsEvidenceSource *source);
CsEvidenceSource *cs_evidence_chip_get_source (CsEvidenceChip *self);
gboolean          cs_evidence_chip_get_pointed (CsEvidenceChip *self);

G_END_DECLS
