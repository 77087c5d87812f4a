/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-record.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* Where one network found the product in one photo: kept, so that each is asked
 * once. The mask is a blob (cs-blobs.h).
 */
typedef struct
{
  char    *photo;   /* hash of the photo */
  char    *network; /* which network: its id, or whatever else tells one from another */
  char    *mask;    /* hash of the mask, PNG */
  gboolean sure;
  char    *sentence; /* why it cannot be right, or NULL */
} CsKeptCutout;

#define CS_TYPE_KEPT_CUTOUT (cs_kept_cutout_get_type ())

CS_DECLARE_RECORD (CsKeptCutout, cs_kept_cutout)

/* In place of a former one of the same photo and network. Resolves to true. */
DexFuture *cs_cutouts_put (CsStore      *store,
                           CsKeptCutout *cutout) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a CsKeptCutout, or rejects with CS_ERROR_NOT_FOUND */
DexFuture *cs_cutouts_get (CsStore    *store,
                           const char *photo,
                           const char *network) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
