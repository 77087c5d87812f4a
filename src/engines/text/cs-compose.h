/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-text-draft.h"

G_BEGIN_DECLS

/* How wide a title may be, in display units: sixty for thirty Chinese characters
 * (Taobao, Pinduoduo), eighty letters (eBay)
 */
#define CS_TITLE_UNITS_HAN   60
#define CS_TITLE_UNITS_LATIN 80

/* Each adds its suggestions, unsealed, to @suggestions */
void cs_compose_titles (CsFacts         *facts,
                        CsEngineRequest *request,
                        GPtrArray       *suggestions);
void cs_compose_description (CsFacts         *facts,
                             CsEngineRequest *request,
                             GPtrArray       *suggestions);
void cs_compose_bullets (CsFacts         *facts,
                         CsEngineRequest *request,
                         GPtrArray       *suggestions);
void cs_compose_keywords (CsFacts         *facts,
                          CsEngineRequest *request,
                          GPtrArray       *suggestions);
void cs_compose_alt_texts (CsFacts         *facts,
                           CsEngineRequest *request,
                           GPtrArray       *suggestions);

/* What the seller is told beside a title, one sentence each; NULL-terminated */
char **cs_compose_title_remarks (CsFacts     *facts,
                                 CsTextDraft *draft,
                                 GPtrArray   *left_out);
/* The same beside another text: only what should be checked, and what is never said */
char **cs_compose_remarks (CsFacts     *facts,
                           CsTextDraft *draft);

/* Writing that several of them share */
typedef enum
{
  CS_CASE_AS_IT_IS,
  CS_CASE_TITLE,
  CS_CASE_LOWER,
} CsCase;

void  cs_compose_name (CsTextDraft *draft,
                       CsFacts     *facts,
                       GPtrArray   *name,
                       CsCase       letters);
char *cs_compose_title_case (const char *text,
                             gboolean    first);
/* As it stands, or with its first letter as a capital, or in lower case where the
 * words have no spelling of their own
 */
void  cs_compose_capitalized (CsTextDraft *draft,
                              CsFacts     *facts,
                              CsTerm      *term);
char *cs_compose_lower_case (CsFacts *facts,
                             CsTerm  *term);
char *cs_compose_listed (CsFacts *facts,
                         CsTerm  *term);
/* Does it contain a word for a material? */
gboolean cs_compose_names_material (const char *text);
/* What a size is called in a Chinese list: 尺码, 尺寸 or 规格 */
const char *cs_compose_size_label (CsTerm *term);
/* The name, with the one plain material in front of its noun where it has none */
GPtrArray *cs_compose_dup_full_name (CsFacts *facts);
CsTerm    *cs_compose_find_photo_colour (CsFacts *facts);

G_END_DECLS
