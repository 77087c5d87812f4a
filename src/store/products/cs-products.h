/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-product.h"
#include "cs-store.h"

G_BEGIN_DECLS

typedef enum
{
  CS_ORDER_NEWEST,  /* last added first */
  CS_ORDER_REVIEW,  /* pictures that want a look first, then pending, put off last, each as added: the review's queue */
} CsOrder;

/* Which products a list shows */
typedef struct
{
  const char *search;  /* as typed; words and Chinese bigrams; NULL or "" for all */
  guint       stages;  /* bits 1 << CsStage; 0 for all */
  CsOrder     order;
} CsProductQuery;

/* Resolves to a #GArray of gint64: the ordered ids, nothing else of them */
DexFuture *cs_products_list (CsStore              *store,
                             const CsProductQuery *query) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsProductRow in the order of ids; a product that is gone is left out */
DexFuture *cs_products_get_rows (CsStore      *store,
                                 const gint64 *ids,
                                 guint         n_ids) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsProduct with its photos and variants, or rejects with CS_ERROR_NOT_FOUND */
DexFuture *cs_products_get (CsStore *store,
                            gint64   id) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the id of what the person typed: an id, a key or a SKU */
DexFuture *cs_products_find (CsStore    *store,
                             const char *typed) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GArray of CS_N_STAGES guint: how many products stand at each stage */
DexFuture *cs_products_count (CsStore *store) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the new product's id (gint64) */
DexFuture *cs_products_add (CsStore *store) G_GNUC_WARN_UNUSED_RESULT;
/* Sets what the seller gives (value NULL or "" clears). Voids approvals of the
 * product that have not gone out. Resolves to true where something changed.
 */
DexFuture *cs_products_set (CsStore    *store,
                            gint64      id,
                            CsField     field,
                            const char *value) G_GNUC_WARN_UNUSED_RESULT;
/* variants: (element-type CsVariant) */
DexFuture *cs_products_set_variants (CsStore   *store,
                                     gint64     id,
                                     GPtrArray *variants) G_GNUC_WARN_UNUSED_RESULT;
/* What was chosen for an account's marketplace: category and values (a canonical
 * JSON object) as it knows them. In the product's attributes they stand under the
 * account's number: {"7": {"category", "label", "values"}}. Voids approvals that
 * have not gone out.
 */
DexFuture *cs_products_set_attributes (CsStore      *store,
                                       const gint64 *ids,
                                       guint         n_ids,
                                       gint64        account,
                                       const char   *category,
                                       const char   *label,
                                       const char   *values) G_GNUC_WARN_UNUSED_RESULT;
/* Puts the photos, facts and decisions' history of others into into; others are kept, archived. */
DexFuture *cs_products_merge (CsStore      *store,
                              gint64        into,
                              const gint64 *others,
                              guint         n_others) G_GNUC_WARN_UNUSED_RESULT;
/* Takes photos out of their product into a new one. Resolves to its id (gint64). */
DexFuture *cs_products_split (CsStore      *store,
                              const gint64 *photos,
                              guint         n_photos) G_GNUC_WARN_UNUSED_RESULT;
/* Moves a photo to a position in a product (its own or another) */
DexFuture *cs_products_move_photo (CsStore *store,
                                   gint64   photo,
                                   gint64   product,
                                   int      position) G_GNUC_WARN_UNUSED_RESULT;
/* Hides products from every list, or shows them again; nothing is deleted */
DexFuture *cs_products_archive (CsStore      *store,
                                const gint64 *ids,
                                guint         n_ids,
                                gboolean      archived) G_GNUC_WARN_UNUSED_RESULT;

/* A photo's reading (colours, text), cached by the photo's hash and the reader's version */
DexFuture *cs_products_get_reading (CsStore    *store,
                                    const char *hash,
                                    int         version) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_products_put_reading (CsStore    *store,
                                    const char *hash,
                                    int         version,
                                    const char *reading) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
