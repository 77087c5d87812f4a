/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-photo.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* Imports are journalled file by file, so that one that was stopped or killed
 * goes on where it was.
 */
typedef struct
{
  gint64   id;
  gint64   batch;
  char    *path;   /* bytes of the file name as the system gave it */
  char    *folder; /* the dropped folder's own name and below, or NULL for a single file */
  char    *state;  /* "pending", "kept" (blob and facts are there, no product yet), "done", "twin", "failed" */
  char    *reason; /* "failed": in words */
  CsPhoto *photo;  /* "kept": what was measured */
} CsImportItem;

#define CS_TYPE_IMPORT_ITEM (cs_import_item_get_type ())

CS_DECLARE_RECORD (CsImportItem, cs_import_item)

/* What became of a file that was read */
typedef enum
{
  CS_KEPT_NEW,
  CS_KEPT_TWIN, /* a photo with the same bytes is here already */
  CS_KEPT_BACK, /* the same, and its product was archived and is back */
} CsKept;

/* items: (element-type CsImportItem), path and folder set. Resolves to the batch (gint64). */
DexFuture *cs_imports_begin (CsStore   *store,
                             GPtrArray *items) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsImportItem: a batch's, or with 0 those of all unfinished batches */
DexFuture *cs_imports_list (CsStore *store,
                            gint64   batch) G_GNUC_WARN_UNUSED_RESULT;
/* A file is read and its blob kept. Resolves to a CsKept as a guint. */
DexFuture *cs_imports_keep (CsStore *store,
                            gint64   item,
                            CsPhoto *photo) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_imports_fail (CsStore    *store,
                            gint64      item,
                            const char *reason) G_GNUC_WARN_UNUSED_RESULT;
/* Makes one product of kept items, in this order, and marks them done. Resolves to its id (gint64). */
DexFuture *cs_imports_make_product (CsStore      *store,
                                    const gint64 *items,
                                    guint         n_items) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
