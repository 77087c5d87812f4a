/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-text-draft.h"

G_BEGIN_DECLS

/* How wide a title may be, in display units: sixty for thirty Chinese characters
 * (Taobao, Pinduoduo), eighty letters (eBay)
 */
#define CS_TITLE_UNITS_HAN 60
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
char **cs_compose_title_remarks (CsFacts   *facts,
                                 CsTextDraft   *draft,
                                 GPtrArray *left_out);

/* Writing that several of them share */
void    cs_compose_name (CsTextDraft   *draft,
                         CsFacts   *facts,
                         GPtrArray *name,
                         gboolean   title_case);
char   *cs_compose_title_case (const char *text,
                               gboolean    first);
/* As it stands, or with its first letter as a capital, or in lower case where the
 * words have no spelling of their own
 */
void    cs_compose_capitalized (CsTextDraft *draft,
                                CsFacts *facts,
                                CsTerm  *term);
char   *cs_compose_lower_case (CsFacts *facts,
                               CsTerm  *term);
CsTerm *cs_compose_find_photo_colour (CsFacts *facts);

G_END_DECLS
