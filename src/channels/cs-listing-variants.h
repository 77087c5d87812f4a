/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-listing.h"

G_BEGIN_DECLS

/* A variant of a listing, as it is sent */
typedef struct
{
  char   *sku;      /* its own, else one made of the listing's */
  char  **names;    /* of its options: "Size" */
  char  **values;   /* "M", as many */
  CsMoney price;    /* its own, else the listing's; currency "" where none was given */
  gint64  stock;    /* or -1 */
  int     picture;  /* of the listing's, or -1 */
} CsListingVariant;

#define CS_TYPE_LISTING_VARIANT (cs_listing_variant_get_type ())

CS_DECLARE_RECORD (CsListingVariant, cs_listing_variant)

/* (element-type CsListingVariant): those of the listing; empty where it has none. NULL with
 * CS_ERROR_REFUSED where one cannot be sent: another option, a price that is none.
 */
GPtrArray *cs_listing_variants_read (CsListing *listing,
                             GError   **error);
/* (element-type CsListingVariant): the same, but a listing without variants is one of its own */
GPtrArray *cs_listing_variants_read_all (CsListing *listing,
                                 GError   **error);
gboolean   cs_listing_variants_has_any (CsListing *listing);
/* The option's value, or NULL */
const char *cs_listing_variant_get_value (CsListingVariant  *self,
                                  const char *name);
/* (element-type utf8): the values that the variants have of an option, each once, in their order */
GPtrArray *cs_listing_variants_get_values (GPtrArray  *variants,
                                   const char *name);

G_END_DECLS
