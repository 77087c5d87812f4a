/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-cutout-model.h"
#include "cs-job.h"
#include "cs-receipt.h"

G_BEGIN_DECLS

/**
 * CsWorkshop:
 *
 * The picture work and the networks that it cuts products out with, without a
 * library: what "picture" and "models" on the command line stand on. A desk has
 * one of its own. Networks are kept in the person's data folder, not in a
 * library. Lives on the main thread.
 *
 * Signals:
 * "models-changed": a network came, went, or another one is used.
 */
#define CS_TYPE_WORKSHOP (cs_workshop_get_type ())

G_DECLARE_FINAL_TYPE (CsWorkshop, cs_workshop, CS, WORKSHOP, GObject)

CsWorkshop *cs_workshop_new (void);
/* Whether there is a network to cut products out with */
gboolean    cs_workshop_has_model (CsWorkshop *self);
/* Resolves to a #GPtrArray of CsCutoutModel: those that are known, then the seller's own */
DexFuture  *cs_workshop_list_models (CsWorkshop *self) G_GNUC_WARN_UNUSED_RESULT;
/* Goes on where an earlier one was broken off; checks size and hash; job shows
 * bytes and stops it. The first one that may be used for selling is used from
 * then on. Resolves to a CsCutoutModel.
 */
DexFuture  *cs_workshop_download_model (CsWorkshop *self,
                                        const char *id,
                                        CsJob      *job) G_GNUC_WARN_UNUSED_RESULT;
/* A network's file as it is, for this workshop alone, and nothing is kept. Resolves to true. */
DexFuture  *cs_workshop_borrow_model (CsWorkshop *self,
                                      GFile      *file) G_GNUC_WARN_UNUSED_RESULT;
/* A file that the seller has; tried before it is kept. Resolves to a CsCutoutModel. */
DexFuture  *cs_workshop_add_model (CsWorkshop *self,
                                   GFile      *file) G_GNUC_WARN_UNUSED_RESULT;
/* id NULL: none from now on. Resolves to true. */
DexFuture  *cs_workshop_use_model (CsWorkshop *self,
                                   const char *id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture  *cs_workshop_remove_model (CsWorkshop *self,
                                      const char *id) G_GNUC_WARN_UNUSED_RESULT;

/* One picture, made from a file */
typedef struct
{
  GBytes *picture;
  char   *extension; /* "jpg", "png", "webp" */
  GBytes *mask;      /* PNG of the photo's own size, or NULL */
  char   *receipt;   /* JSON, see CsReceipt */
  char  **words;     /* what was done, a sentence each */
  char   *finding;   /* why there is no cut-out, or NULL */
} CsMadePicture;

#define CS_TYPE_MADE_PICTURE (cs_made_picture_get_type ())

CS_DECLARE_RECORD (CsMadePicture, cs_made_picture)

/* backdrop: the seller's own background, or NULL. settings: JSON, see
 * CsPictureSettings; NULL for the usual. Resolves to a CsMadePicture.
 */
DexFuture *cs_workshop_make_picture (CsWorkshop *self,
                                     GFile      *file,
                                     GFile      *backdrop,
                                     const char *settings,
                                     gboolean    with_mask) G_GNUC_WARN_UNUSED_RESULT;
/* Photos in files and folders (element-type GFile), as importing finds them; what
 * cannot be listed is added to failures as "name: reason". Resolves to a #GPtrArray of GFile.
 */
DexFuture *cs_workshop_find_photos (CsWorkshop *self,
                                    GPtrArray  *files,
                                    GPtrArray  *failures) G_GNUC_WARN_UNUSED_RESULT;
/* What can be set, a line each: name, what it may be, what it usually is */
char      *cs_workshop_describe_settings (void);
/* "NAME=VALUE", as typed, put into settings (JSON). NULL with a sentence where it cannot be. */
char      *cs_workshop_change_settings (const char *settings,
                                        const char *assignment,
                                        GError    **error);

G_END_DECLS
