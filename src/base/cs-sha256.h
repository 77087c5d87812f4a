/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SHA-256 in pieces, by the processor's own instructions where it has them:
 * photos are hashed as they come in, and GLib's way takes a third as long as
 * decoding them.
 */
typedef struct
{
  GChecksum *checksum; /* NULL where the processor does it */
  guint32    state[8];
  guint64    length;
  guint8     rest[64];
} CsSha256;

void  cs_sha256_init (CsSha256 *self);
void  cs_sha256_update (CsSha256     *self,
                        const guint8 *data,
                        gsize         length);
char *cs_sha256_finish (CsSha256 *self);
void  cs_sha256_clear (CsSha256 *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsSha256, cs_sha256_clear)

G_END_DECLS
