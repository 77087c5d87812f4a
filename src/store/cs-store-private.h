/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-lane.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* For the query files of this folder */

CsStore   *cs_store_open_with_steps (const char        *folder,
                                     CsStoreMode        mode,
                                     const char *const *steps,
                                     GError           **error);
DexFuture *cs_store_write (CsStore       *self,
                           CsLaneFunc     func,
                           gpointer       data,
                           GDestroyNotify data_destroy) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_store_read (CsStore       *self,
                          CsLaneFunc     func,
                          gpointer       data,
                          GDestroyNotify data_destroy) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE with an error where the store is closed or for reading only */
gboolean   cs_store_push_copy (CsStore  *self,
                               gpointer  copy,
                               GError  **error);

/* In cs-blobs.c: one copy of the pool */
void     cs_blobs_copy_thread (gpointer copy,
                               gpointer folder);
gboolean cs_blobs_make_folders (const char *folder,
                                GError    **error);

/* In cs-accounts.c */
gboolean cs_accounts_seed (CsDb    *db,
                           GError **error);
/* An account's name as it is kept → as it is said */
char    *cs_accounts_dup_name (const char *channel,
                               const char *name);

/* What a job that yields nothing returns; takes the error */
static inline DexFuture *
cs_store_settle (gboolean ok,
                 GError **error)
{
  return ok ? dex_future_new_true () : dex_future_new_for_error (g_steal_pointer (error));
}

G_END_DECLS
