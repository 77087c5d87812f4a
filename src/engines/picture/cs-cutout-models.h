/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-cutout-model.h"
#include "cs-image.h"
#include "cs-job.h"

G_BEGIN_DECLS

#define CS_TYPE_CUTOUT_MODELS (cs_cutout_models_get_type ())

/**
 * CsCutoutModels:
 *
 * The networks that cut products out: those that are known, and those whose
 * files are in a folder of the person's. A file is there under its hash; what is
 * said of it and which one is used stands in models.json beside it. Nothing is
 * ever fetched but by cs_cutout_models_download(). Main thread only.
 */
G_DECLARE_FINAL_TYPE (CsCutoutModels, cs_cutout_models, CS, CUTOUT_MODELS, GObject)

CsCutoutModels *cs_cutout_models_new (const char *folder); /* NULL for the person's own */
const char     *cs_cutout_models_get_folder (CsCutoutModels *self);
/* (element-type CsCutoutModel): those that are known, then the seller's own. A file
 * that was touched since it was looked at is not here, until it is looked at again.
 */
GPtrArray      *cs_cutout_models_list (CsCutoutModels *self);
/* Looks at the files that were touched. Resolves to true. */
DexFuture      *cs_cutout_models_check (CsCutoutModels *self) G_GNUC_WARN_UNUSED_RESULT;
/* The one that is used, opened: a descriptor and what it is, or -1 where there is none */
int             cs_cutout_models_open (CsCutoutModels  *self,
                                       CsCutoutModel  **model);
/* Resolves to a CsCutoutModel; see cs_workshop_download_model() */
DexFuture      *cs_cutout_models_download (CsCutoutModels *self,
                                           const char     *id,
                                           CsJob          *job) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsCutoutModel; see cs_workshop_add_model() */
DexFuture      *cs_cutout_models_add (CsCutoutModels *self,
                                      CsImage        *image,
                                      const char     *path) G_GNUC_WARN_UNUSED_RESULT;
/* A file as it is, without keeping anything of it. Resolves to a CsCutoutModel. */
DexFuture      *cs_cutout_models_try (CsCutoutModels *self,
                                      CsImage        *image,
                                      const char     *path) G_GNUC_WARN_UNUSED_RESULT;
gboolean        cs_cutout_models_use (CsCutoutModels *self,
                                      const char     *id, /* NULL: none */
                                      GError        **error);
gboolean        cs_cutout_models_remove (CsCutoutModels *self,
                                         const char     *id,
                                         GError        **error);

G_END_DECLS
