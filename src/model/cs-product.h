/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-field.h"
#include "cs-photo.h"
#include "cs-record.h"

G_BEGIN_DECLS

/* Where a product stands on its way; derived from its items, approvals and outbox */
typedef enum
{
  CS_STAGE_NEW,       /* nothing suggested yet */
  CS_STAGE_REVIEW,    /* suggestions wait for a decision */
  CS_STAGE_BLOCKED,   /* nothing pending, but something is missing: a note, a title */
  CS_STAGE_READY,     /* all decided; can be approved */
  CS_STAGE_APPROVED,  /* signed, on its way */
  CS_STAGE_PUBLISHED, /* there, as signed */
  CS_STAGE_FAILED,    /* could not be published; a person is asked */
} CsStage;

#define CS_N_STAGES (CS_STAGE_FAILED + 1)

/* One combination of options with its own SKU, price, stock and photo */
typedef struct
{
  gint64 id;
  int    position;
  char  *options; /* canonical JSON object: {"size":"M","colour":"blue"} */
  char  *sku;
  char  *price;   /* decimal with currency, "12.50 EUR", or NULL */
  gint64 stock;   /* or -1 where not said */
  gint64 photo;   /* or 0 */
} CsVariant;

/* One thing for sale, as the seller sees it, before any marketplace does */
typedef struct
{
  gint64     id;
  char      *key;    /* minted by us; goes out with every listing; stands in for a missing SKU */
  CsStage    stage;
  char      *values[CS_N_FIELDS]; /* what the seller gave or what was imported; NULL where nothing */
  GPtrArray *photos;     /* (element-type CsPhoto), in order */
  GPtrArray *variants;   /* (element-type CsVariant) */
  char      *attributes; /* canonical JSON object of category attributes, or NULL */
  guint      n_pending;  /* items that wait for a decision */
  gint64     facts;      /* goes up when what engines go by changes */
  gint64     made_at;
  gint64     changed_at;
} CsProduct;

#define CS_TYPE_PRODUCT (cs_product_get_type ())

CS_DECLARE_RECORD (CsProduct, cs_product)

CsVariant  *cs_variant_new (void);
void        cs_variant_free (CsVariant *self);
const char *cs_stage_get_name (CsStage stage);
const char *cs_stage_get_label (CsStage stage);
gboolean    cs_stage_from_name (const char *name,
                                CsStage    *stage);

/* What a list shows of a product */
typedef struct
{
  gint64  id;
  char   *title; /* decided, else original, else suggested, else the first photo's folder or file */
  char   *sku;
  char   *price;     /* to be shown, or NULL */
  char   *thumbnail; /* hash, or NULL */
  CsStage stage;
  guint   n_photos;
  guint   n_pending;
  char   *message; /* FAILED, BLOCKED: why, in words; or NULL */
} CsProductRow;

#define CS_TYPE_PRODUCT_ROW (cs_product_row_get_type ())

CS_DECLARE_RECORD (CsProductRow, cs_product_row)

G_END_DECLS
