/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-http.h"
#include "cs-job.h"

G_BEGIN_DECLS

/* A large file, whose size is known, into a file of our own. What is in the
 * file at path already is gone on with (beside it, in path.tag, stands which
 * version of the file it is of), and a stop or a break leaves what came so far.
 * Redirects are followed, never from https to anything else. job, or NULL, counts
 * bytes and stops it at once. Whether it is the right file is the caller's to
 * check: nothing here is believed but the size.
 *
 * Resolves to true once all size bytes are on the disk. Rejects with
 * CS_ERROR_LATER where trying again may do, CS_ERROR_REFUSED where the address
 * or what is there is wrong, CS_ERROR_IN_USE where it is being fetched already.
 */
DexFuture *cs_download_file (CsHttp     *http,
                             const char *address,
                             const char *path,
                             gint64      size,
                             CsJob      *job) G_GNUC_WARN_UNUSED_RESULT;
/* Whether uri may be fetched from, having come there from another: https, or from
 * this computer to this computer; from NULL at the beginning
 */
gboolean   cs_download_is_safe (GUri *uri,
                                GUri *from);
/* What an earlier one left; 0 where there is nothing */
gint64     cs_download_get_partial (const char *path);
void       cs_download_forget (const char *path);

G_END_DECLS
