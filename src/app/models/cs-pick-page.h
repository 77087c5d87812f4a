/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CS_TYPE_PICK_PAGE (cs_pick_page_get_type ())

/**
 * CsPickPage:
 *
 * A list to pick one of, with a search over it. Emits "picked" (string id).
 */
G_DECLARE_FINAL_TYPE (CsPickPage, cs_pick_page, CS, PICK_PAGE, AdwNavigationPage)

CsPickPage *cs_pick_page_new (const char *title,
                              const char *hint);
/* words: a sentence about it, or NULL */
void        cs_pick_page_add (CsPickPage *self,
                              const char *id,
                              const char *title,
                              const char *words);
gboolean    cs_pick_page_has (CsPickPage *self,
                              const char *id);
/* All that there is was added; trouble: why there is no more, or NULL */
void        cs_pick_page_finish (CsPickPage *self,
                                 const char *trouble);

G_END_DECLS
