/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-desk.h"

G_BEGIN_DECLS

#define CS_TYPE_REVIEW_PAGE (cs_review_page_get_type ())

G_DECLARE_FINAL_TYPE (CsReviewPage, cs_review_page, CS, REVIEW_PAGE, AdwNavigationPage)

/* Goes to a product of the queue, or to one that is not in it any more */
void cs_review_page_show_product (CsReviewPage *self,
                                  gint64        product);

G_END_DECLS
