/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-facts.h"

G_BEGIN_DECLS

/**
 * CsDraft:
 *
 * A text on its way: every piece that goes in is either glue, which claims
 * nothing, or rests on a term, so that the phrases cover the text by
 * construction.
 */
typedef struct
{
  GString    *text;
  CsEvidence *evidence;
  GPtrArray  *said; /* (element-type CsTerm): what is in it */
} CsDraft;

CsDraft *cs_draft_new (void);
void     cs_draft_free (CsDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDraft, cs_draft_free)

void          cs_draft_glue (CsDraft    *self,
                             const char *text);
void          cs_draft_term (CsDraft    *self,
                             CsTerm     *term,
                             const char *shown);
gboolean      cs_draft_says (CsDraft    *self,
                             const char *text);
CsSuggestion *cs_draft_finish (CsDraft         *self,
                               CsEngineRequest *request,
                               CsScript         script,
                               CsField          field,
                               int              variant);

/* The words that a term is shown with: its own, or its colour in the language */
const char *cs_term_get_shown (CsTerm *term);

G_END_DECLS
