/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-account.h"
#include "cs-decision.h"
#include "cs-engines.h"
#include "cs-error.h"
#include "cs-item.h"
#include "cs-job.h"
#include "cs-mask-edit.h"
#include "cs-outbox-entry.h"
#include "cs-product.h"
#include "cs-receipt.h"
#include "cs-shops.h"
#include "cs-workshop.h"

G_BEGIN_DECLS

/**
 * CsDesk:
 *
 * What the program does, in one header: the seller's desk. The window and the
 * command line call this and nothing below it. Lives on the main thread; every
 * future settles there. Lists are #GPtrArray of records, or #GArray of ids.
 *
 * Signals:
 * "changed" (CsDeskChange what, gint64 product): something of the library is
 *   different now; product is 0 where it concerns more than one.
 * Properties: "jobs" (a #GListModel of CsJob: the work under way).
 */
#define CS_TYPE_DESK (cs_desk_get_type ())

G_DECLARE_FINAL_TYPE (CsDesk, cs_desk, CS, DESK, GObject)

typedef enum
{
  CS_DESK_PRODUCTS, /* products came, went or moved between stages */
  CS_DESK_PRODUCT,  /* one product's values, photos or items */
  CS_DESK_OUTBOX,
  CS_DESK_ACCOUNTS,
} CsDeskChange;

typedef enum
{
  CS_DESK_OPEN_FOR_ALL,     /* holds the library: one process at a time */
  CS_DESK_OPEN_FOR_READING, /* beside the process that holds it */
} CsDeskOpen;

/* Opening */
char       *cs_desk_dup_default_folder (void);
CsDesk     *cs_desk_open (const char *folder, /* NULL for the default */
                          CsDeskOpen  how,
                          GError    **error);
void        cs_desk_close (CsDesk *self);
const char *cs_desk_get_folder (CsDesk *self);
GListModel *cs_desk_get_jobs (CsDesk *self);
/* Takes up what a stop or a kill left: imports, suggestions and, with publish, the outbox */
DexFuture  *cs_desk_resume (CsDesk  *self,
                            gboolean publish) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of strings, one finding a line: versions, health, what is installed */
DexFuture  *cs_desk_examine (CsDesk *self) G_GNUC_WARN_UNUSED_RESULT;

/* Bringing things in */
typedef struct
{
  guint      n_photos;
  guint      n_products;
  guint      n_twins;     /* the same bytes are here already */
  guint      n_back;      /* products that were archived, and are back with their photo */
  guint      n_failed;
  gboolean   stopped;
  GPtrArray *failures;    /* (element-type utf8) "name: reason" */
  GArray    *products;    /* (element-type gint64) */
} CsImportSummary;

#define CS_TYPE_IMPORT_SUMMARY (cs_import_summary_get_type ())

CS_DECLARE_RECORD (CsImportSummary, cs_import_summary)

char      *cs_import_summary_to_text (CsImportSummary *self);
/* files: (element-type GFile), photos and folders. Resolves to a CsImportSummary. */
DexFuture *cs_desk_import (CsDesk    *self,
                           GPtrArray *files) G_GNUC_WARN_UNUSED_RESULT;
/* A picture from the clipboard. Resolves to a CsImportSummary. */
DexFuture *cs_desk_import_bytes (CsDesk     *self,
                                 GBytes     *bytes,
                                 const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* The sample products that come with the program. Resolves to a CsImportSummary. */
DexFuture *cs_desk_import_samples (CsDesk *self) G_GNUC_WARN_UNUSED_RESULT;

/* Products */
/* search as typed or NULL; stages: bits 1 << CsStage, 0 for all. Resolves to a #GArray of gint64. */
DexFuture *cs_desk_list_products (CsDesk     *self,
                                  const char *search,
                                  guint       stages) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsProductRow */
DexFuture *cs_desk_get_rows (CsDesk       *self,
                             const gint64 *ids,
                             guint         n_ids) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsProduct */
DexFuture *cs_desk_get_product (CsDesk *self,
                                gint64  id) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the id (gint64) of what was typed: an id, a key or a SKU */
DexFuture *cs_desk_find_product (CsDesk     *self,
                                 const char *typed) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GArray of CS_N_STAGES guint */
DexFuture *cs_desk_count_products (CsDesk *self) G_GNUC_WARN_UNUSED_RESULT;
/* Checks the value as its field wants it (CS_ERROR_REFUSED with a sentence),
 * stores it and suggests anew in the background. Resolves to true.
 */
DexFuture *cs_desk_set_value (CsDesk     *self,
                              gint64      product,
                              CsField     field,
                              const char *value) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_desk_merge_products (CsDesk       *self,
                                   gint64        into,
                                   const gint64 *others,
                                   guint         n_others) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the new product's id (gint64) */
DexFuture *cs_desk_split_product (CsDesk       *self,
                                  const gint64 *photos,
                                  guint         n_photos) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_desk_move_photo (CsDesk *self,
                               gint64  photo,
                               gint64  product,
                               int     position) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_desk_archive_products (CsDesk       *self,
                                     const gint64 *ids,
                                     guint         n_ids,
                                     gboolean      archived) G_GNUC_WARN_UNUSED_RESULT;
/* A kept picture's file, to be read only (thumbnails: 512 px JPEG, sRGB, upright); NULL hash gives NULL */
char      *cs_desk_dup_picture_path (CsDesk     *self,
                                     const char *hash);
/* Any kept picture as pixels, decoded in the helper; at most max_side. Resolves
 * to a #GVariant (iiib@ay): width, height, stride, has alpha, 8-bit sRGB pixels.
 */
DexFuture *cs_desk_load_pixels (CsDesk     *self,
                                const char *hash,
                                int         max_side) G_GNUC_WARN_UNUSED_RESULT;

/* Suggestions */
/* ids NULL for all that were not suggested in their present form. Resolves to
 * the number of products done as a guint. One job in "jobs"; stops within two seconds.
 */
DexFuture *cs_desk_suggest (CsDesk       *self,
                            const gint64 *ids,
                            guint         n_ids) G_GNUC_WARN_UNUSED_RESULT;
/* A picture with other switches (JSON, see CsPictureSettings). Resolves to the
 * new CsSuggestion, which stands in the place of the pending one.
 */
DexFuture *cs_desk_suggest_picture (CsDesk     *self,
                                    gint64      product,
                                    gint64      photo,
                                    const char *settings) G_GNUC_WARN_UNUSED_RESULT;

/* Pictures */
CsWorkshop *cs_desk_get_workshop (CsDesk *self);
/* The models that the seller added. Where the library is open for reading only, nothing is changed or sent. */
CsEngines  *cs_desk_get_engines (CsDesk *self);
/* Marketplaces beside sending: accounts, what is there already, dry runs, conflicts */
CsShops    *cs_desk_get_shops (CsDesk *self);
/* With other settings, at once and small, for a hand that is on a slider;
 * nothing is kept. Resolves to a #GVariant as cs_desk_load_pixels() does.
 */
DexFuture *cs_desk_preview_picture (CsDesk     *self,
                                    gint64      product,
                                    gint64      photo,
                                    const char *settings,
                                    int         max_side) G_GNUC_WARN_UNUSED_RESULT;
/* What a suggested picture changed of its photo, as a heat map to lay over it.
 * Resolves to a #GVariant as cs_desk_load_pixels() does, with alpha.
 */
DexFuture *cs_desk_load_changes (CsDesk       *self,
                                 CsSuggestion *suggestion,
                                 int           max_side) G_GNUC_WARN_UNUSED_RESULT;
/* The same settings (but for the mask) for all of a product's pictures that are
 * not decided. Resolves to how many were made anew, as a guint.
 */
DexFuture *cs_desk_suggest_pictures (CsDesk     *self,
                                     gint64      product,
                                     const char *settings) G_GNUC_WARN_UNUSED_RESULT;
/* Those of the picture that was accepted last, of any product. Resolves to
 * JSON; rejects with CS_ERROR_NOT_FOUND where there is none yet.
 */
DexFuture *cs_desk_get_last_picture_settings (CsDesk *self) G_GNUC_WARN_UNUSED_RESULT;
/* The seller's own background. Resolves to its hash, for a recipe's "backdrop". */
DexFuture *cs_desk_keep_backdrop (CsDesk *self,
                                  GFile  *file) G_GNUC_WARN_UNUSED_RESULT;
/* A photo's mask under a brush; an empty one where there is none. Resolves to a CsMaskEdit. */
DexFuture *cs_desk_edit_mask (CsDesk *self,
                              gint64  product,
                              gint64  photo) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the mask's hash, for a recipe's "mask" */
DexFuture *cs_desk_keep_mask (CsDesk     *self,
                              CsMaskEdit *edit) G_GNUC_WARN_UNUSED_RESULT;
/* A picture and its receipt, in words and as JSON, into a folder. Resolves to true. */
DexFuture *cs_desk_export_receipt (CsDesk       *self,
                                   CsSuggestion *suggestion,
                                   GFile        *folder) G_GNUC_WARN_UNUSED_RESULT;

/* Review */
/* Resolves to a #GPtrArray of CsItem in the review's order */
DexFuture *cs_desk_get_items (CsDesk *self,
                              gint64  product) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GArray of gint64: products with pending items, those put off last */
DexFuture *cs_desk_list_queue (CsDesk *self) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to true once the decision is on disk; rejects with CS_ERROR_STALE
 * where the item moved since it was shown, CS_ERROR_REFUSED where it cannot be
 * decided so. item is what was shown; suggestion the variant, or NULL; value
 * only for EDIT. face: "window" or "terminal".
 */
DexFuture *cs_desk_decide (CsDesk       *self,
                           CsItem       *item,
                           CsSuggestion *suggestion,
                           CsVerdict     verdict,
                           const char   *value,
                           const char   *face) G_GNUC_WARN_UNUSED_RESULT;
/* Accepts every pending item of what was shown whose phrases all have a source.
 * Resolves to the number accepted as a guint.
 */
DexFuture *cs_desk_accept_grounded (CsDesk     *self,
                                    GPtrArray  *items,
                                    const char *face) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsDecision: what was taken back, empty where nothing is left */
DexFuture *cs_desk_undo (CsDesk     *self,
                         const char *face) G_GNUC_WARN_UNUSED_RESULT;

/* Ready */
/* What would be sent, frozen: pictures rendered, stripped and kept */
typedef struct
{
  gint64     product;
  gint64     account;
  CsListing *listing;
  char      *title;
  GPtrArray *findings; /* (element-type utf8) why it cannot be approved, in words; empty where it can */
  gboolean   is_new;   /* else it changes what is there */
  gboolean   lacks_terms; /* the marketplace wants a category, or to know more about it: see cs_shops_get_attributes() */
  gint64     entry;    /* of a rollback or a withdrawal: the entry that it is about; else 0 */
} CsDraft;

#define CS_TYPE_DRAFT (cs_draft_get_type ())

CS_DECLARE_RECORD (CsDraft, cs_draft)

/* Resolves to a #GPtrArray of CsAccount */
DexFuture *cs_desk_list_accounts (CsDesk *self) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsDraft, in the order of ids */
DexFuture *cs_desk_prepare (CsDesk       *self,
                            gint64        account,
                            const gint64 *ids,
                            guint         n_ids) G_GNUC_WARN_UNUSED_RESULT;
/* A person signs what was shown. drafts: (element-type CsDraft) exactly as
 * shown; each is frozen anew and refused with CS_ERROR_STALE where its hash
 * differs. Called from two places only: the Ready page's button and the
 * terminal's typed answer. Resolves to the number approved as a guint.
 */
DexFuture *cs_desk_approve (CsDesk     *self,
                            GPtrArray  *drafts,
                            const char *face) G_GNUC_WARN_UNUSED_RESULT;

/* Published */
/* account 0 for all. Resolves to the number of entries settled as a guint. One job in "jobs". */
DexFuture *cs_desk_sync (CsDesk *self,
                         gint64  account) G_GNUC_WARN_UNUSED_RESULT;
/* Reads what is there already. Resolves to the number of listings as a guint. */
DexFuture *cs_desk_pull (CsDesk *self,
                         gint64  account) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsOutboxEntry, newest first */
DexFuture *cs_desk_list_outbox (CsDesk *self,
                                gint64  account) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #GPtrArray of CsOutboxStep */
DexFuture *cs_desk_get_steps (CsDesk *self,
                              gint64  entry) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_desk_retry (CsDesk *self,
                          gint64  entry) G_GNUC_WARN_UNUSED_RESULT;
/* What was there before the entry, as a new listing to be signed. Resolves to a CsDraft. */
DexFuture *cs_desk_prepare_rollback (CsDesk *self,
                                     gint64  entry) G_GNUC_WARN_UNUSED_RESULT;
/* Taking the listing off the channel, to be signed. Resolves to a CsDraft. */
DexFuture *cs_desk_prepare_withdrawal (CsDesk *self,
                                       gint64  entry) G_GNUC_WARN_UNUSED_RESULT;
/* Where a customer sees an account's shop; starts the practice shop. Resolves to a string. */
DexFuture *cs_desk_get_shop_address (CsDesk *self,
                                     gint64  account) G_GNUC_WARN_UNUSED_RESULT;
/* Where a customer sees an entry's listing now; starts the practice shop. Resolves
 * to a string; rejects with CS_ERROR_NOT_FOUND where it was never there.
 */
DexFuture *cs_desk_get_listing_address (CsDesk *self,
                                        gint64  entry) G_GNUC_WARN_UNUSED_RESULT;
/* Approved payloads and their pictures into a folder. Resolves to the number of products as a guint. */
DexFuture *cs_desk_export (CsDesk       *self,
                           const gint64 *ids,
                           guint         n_ids,
                           const char   *folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
