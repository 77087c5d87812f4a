/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-store.h"

G_BEGIN_DECLS

/* Adds n products as a seller of that many has them: notes in Chinese and
 * English, SKUs, prices, two photos each, a tenth new, three tenths decided, the
 * rest with suggestions that wait. thumbnails: hashes to take in turn, or NULL.
 * Resolves to true.
 */
DexFuture *cs_library_fill (CsStore           *store,
                            guint              n,
                            const char *const *thumbnails) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
