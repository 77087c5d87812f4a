/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-store.h"

G_BEGIN_DECLS

/* Pictures by their SHA-256 under photos/ab/abcdef…: originals, thumbnails,
 * suggested and outgoing pictures. Written to a temporary file, synced and
 * renamed; never changed, never deleted. Blocking parts run on a pool.
 */

/* Copies the whole file behind fd. Resolves to its hash as a string. */
DexFuture *cs_blobs_put_file (CsStore *store,
                              int      fd) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the hash as a string. */
DexFuture *cs_blobs_put_bytes (CsStore *store,
                               GBytes  *bytes) G_GNUC_WARN_UNUSED_RESULT;
/* Opens for reading, does not wait: a descriptor for the caller to close, or -1 */
int        cs_blobs_open (CsStore    *store,
                          const char *hash,
                          GError    **error);
char      *cs_blobs_dup_path (CsStore    *store,
                              const char *hash);

G_END_DECLS
