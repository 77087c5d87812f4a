/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-error.h"

G_BEGIN_DECLS

#define CS_TYPE_STORE (cs_store_get_type ())

/**
 * CsStore:
 *
 * One library folder: library.db and photos/. Writing jobs run one after the
 * other on the store thread, each in one transaction, committed to disk
 * (synchronous=FULL) before its future resolves. Reading runs on a thread and
 * connection of its own beside it (WAL). Every function in this folder that
 * returns a future is one such job.
 *
 * Opening rejects with %CS_ERROR_IN_USE, %CS_ERROR_NEWER, %CS_ERROR_CORRUPT or
 * %CS_ERROR_READ_ONLY and then has touched nothing.
 */
G_DECLARE_FINAL_TYPE (CsStore, cs_store, CS, STORE, GObject)

typedef enum
{
  CS_STORE_WRITE,     /* holds the library: one process at a time; made where there is none */
  CS_STORE_READ_ONLY, /* beside the process that holds it; writes nothing */
} CsStoreMode;

CsStore    *cs_store_open (const char *folder,
                           CsStoreMode mode,
                           GError    **error);
const char *cs_store_get_folder (CsStore *self);
/* Waits for the queue to empty, closes both connections and lets the library go */
void        cs_store_close (CsStore *self);
/* Resolves to true, or rejects with CS_ERROR_CORRUPT: PRAGMA quick_check, foreign keys, every payload's hash */
DexFuture  *cs_store_check (CsStore *self) G_GNUC_WARN_UNUSED_RESULT;

/* Library-wide settings. Resolves to the value, or NULL as a string future of NULL. */
DexFuture  *cs_store_get_setting (CsStore    *self,
                                  const char *name) G_GNUC_WARN_UNUSED_RESULT;
DexFuture  *cs_store_set_setting (CsStore    *self,
                                  const char *name,
                                  const char *value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
