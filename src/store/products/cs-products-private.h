/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-products.h"
#include "cs-store-private.h"

G_BEGIN_DECLS

/* Between the files that deal with products */

gboolean cs_products_refuse_missing (GError **error);
gboolean cs_products_exists (CsDb    *db,
                             gint64   id,
                             GError **error);
gboolean cs_products_insert (CsDb    *db,
                             gint64  *id,
                             GError **error);
/* The product of @photo, if it is archived */
gboolean cs_products_bring_back (CsDb     *db,
                                 gint64    photo,
                                 gboolean *back,
                                 GError  **error);
gboolean cs_products_write_value (CsDb       *db,
                                  gint64      id,
                                  CsField     field,
                                  const char *value,
                                  gboolean   *changed,
                                  GError    **error);

G_END_DECLS
