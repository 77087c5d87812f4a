/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The practice shop as a customer sees it: HTML without scripts, every text of
 * a product escaped. Products are as CsPracticeShelf keeps them.
 */
char *cs_practice_page_front (JsonArray *products,
                              guint      n_live,
                              gint64     next);
char *cs_practice_page_product (JsonObject *product);
char *cs_practice_page_missing (void);

G_END_DECLS
