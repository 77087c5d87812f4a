/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cutouts.h"
#include "cs-store-private.h"

static void
cs_kept_cutout_clear (CsKeptCutout *self)
{
  g_free (self->photo);
  g_free (self->network);
  g_free (self->mask);
  g_free (self->sentence);
}

CS_DEFINE_RECORD (CsKeptCutout, cs_kept_cutout)

static DexFuture *
put_cutout (CsDb    *db,
            gpointer data)
{
  CsKeptCutout *cutout = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT OR REPLACE INTO cutout (photo, network, mask, sure, sentence)"
                       "  VALUES (:photo, :network, :mask, :sure, :sentence)");

  cs_stmt_bind (stmt, ":photo", cutout->photo);
  cs_stmt_bind (stmt, ":network", cutout->network);
  cs_stmt_bind (stmt, ":mask", cutout->mask);
  cs_stmt_bind (stmt, ":sure", cutout->sure != FALSE);
  cs_stmt_bind (stmt, ":sentence", cutout->sentence);

  return cs_store_settle (cs_stmt_run (stmt, &error), &error);
}

DexFuture *
cs_cutouts_put (CsStore      *store,
                CsKeptCutout *cutout)
{
  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (cutout != NULL && cutout->photo != NULL && cutout->network != NULL && cutout->mask != NULL);

  return cs_store_write (store, put_cutout, cs_kept_cutout_ref (cutout), (GDestroyNotify) cs_kept_cutout_unref);
}

static DexFuture *
get_cutout (CsDb    *db,
            gpointer data)
{
  CsKeptCutout *wanted = data;
  g_autoptr (CsKeptCutout) found = cs_kept_cutout_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT mask, sure, sentence FROM cutout WHERE photo = :photo AND network = :network");

  cs_stmt_bind (stmt, ":photo", wanted->photo);
  cs_stmt_bind (stmt, ":network", wanted->network);
  if (!cs_stmt_next (stmt, &error))
    return cs_stmt_is_done (stmt)
             ? dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, _ ("The product was not looked for in this photo yet."))
             : dex_future_new_for_error (g_steal_pointer (&error));

  found->photo = g_strdup (wanted->photo);
  found->network = g_strdup (wanted->network);
  found->mask = cs_stmt_dup_text (stmt, 0);
  found->sure = cs_stmt_int64 (stmt, 1) != 0;
  found->sentence = cs_stmt_dup_text (stmt, 2);

  return dex_future_new_take_boxed (CS_TYPE_KEPT_CUTOUT, g_steal_pointer (&found));
}

DexFuture *
cs_cutouts_get (CsStore    *store,
                const char *photo,
                const char *network)
{
  CsKeptCutout *wanted;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (photo != NULL && network != NULL);

  wanted = cs_kept_cutout_new ();
  wanted->photo = g_strdup (photo);
  wanted->network = g_strdup (network);

  return cs_store_read (store, get_cutout, wanted, (GDestroyNotify) cs_kept_cutout_unref);
}
