/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-evidence.h"

G_BEGIN_DECLS

/* What one chip stands for: a fact and the phrases that rest on it, or a phrase that rests on nothing */
typedef struct
{
  CsEvidence   *evidence;
  CsFact       *fact; /* within evidence; NULL where there is no source */
  CsPhraseState state;
  GArray       *phrases; /* (element-type guint), in order */
  char         *words;   /* the first phrase as it stands in the suggestion */
} CsEvidenceSource;

#define CS_TYPE_EVIDENCE_SOURCE (cs_evidence_source_get_type ())

CS_DECLARE_RECORD (CsEvidenceSource, cs_evidence_source)

/* Returns: (element-type CsEvidenceSource): in the order of the phrases */
GPtrArray  *cs_evidence_sources (CsEvidence *evidence,
                                 const char *text);
char       *cs_evidence_source_dup_label (CsEvidenceSource *self);
char       *cs_evidence_source_dup_heading (CsEvidenceSource *self);
const char *cs_evidence_source_get_icon (CsEvidenceSource *self);
const char *cs_evidence_source_get_style (CsEvidenceSource *self);
const char *cs_evidence_source_get_remark (CsEvidenceSource *self);
gboolean    cs_evidence_source_has_phrase (CsEvidenceSource *self,
                                           guint             phrase);

G_END_DECLS
