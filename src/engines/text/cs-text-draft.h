/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-facts.h"

G_BEGIN_DECLS

/**
 * CsTextDraft:
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
} CsTextDraft;

CsTextDraft *cs_text_draft_new (void);
void         cs_text_draft_free (CsTextDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsTextDraft, cs_text_draft_free)

void          cs_text_draft_glue (CsTextDraft *self,
                                  const char  *text);
void          cs_text_draft_term (CsTextDraft *self,
                                  CsTerm      *term,
                                  const char  *shown);
gboolean      cs_text_draft_says (CsTextDraft *self,
                                  const char  *text);
CsSuggestion *cs_text_draft_finish (CsTextDraft     *self,
                                    CsEngineRequest *request,
                                    CsScript         script,
                                    CsField          field,
                                    int              variant);

/* The words that a term is shown with: its own, or its colour in the language */
const char *cs_term_get_shown (CsTerm *term);

G_END_DECLS
