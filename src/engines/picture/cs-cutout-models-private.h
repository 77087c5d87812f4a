/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-cutout-catalogue.h"
#include "cs-cutout-models.h"

G_BEGIN_DECLS

/* What the files of CsCutoutModels share: cs-cutout-models.c keeps what is
 * there, cs-cutout-fetch.c brings files in.
 */
CsCutoutCatalogue *cs_cutout_models_get_catalogue (CsCutoutModels *self);
/* The folder is made where there is none */
gboolean           cs_cutout_models_make_folder (CsCutoutModels *self,
                                                 GError        **error);
/* A name in the folder */
char              *cs_cutout_models_dup_path (CsCutoutModels *self,
                                              const char     *name,
                                              const char     *ending);
/* A file whose content has been checked, at path in the folder: puts it in its
 * place, and says of it what is known. Used from now on where it may be used for
 * selling and none is. NULL with an error where it could not be kept.
 */
CsCutoutModel     *cs_cutout_models_keep (CsCutoutModels *self,
                                          const char     *path,
                                          const char     *sha256,
                                          const char     *title,
                                          const char     *profile,
                                          GError        **error);
/* By id, or by hash: NULL with CS_ERROR_NOT_FOUND where there is none */
CsCutoutModel     *cs_cutout_models_find (CsCutoutModels *self,
                                          const char     *id,
                                          GError        **error);

G_END_DECLS
