/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-hash.h"
#include "cs-imports.h"
#include "cs-photos.h"
#include "cs-products-private.h"
#include "cs-progress.h"

static void
cs_import_item_clear (CsImportItem *self)
{
  g_free (self->path);
  g_free (self->folder);
  g_free (self->state);
  g_free (self->reason);
  g_clear_pointer (&self->photo, cs_photo_unref);
}

CS_DEFINE_RECORD (CsImportItem, cs_import_item)

typedef struct
{
  gint64     id;
  GPtrArray *items;
  CsPhoto   *photo;
  char      *reason;
  GArray    *ids;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_clear_pointer (&args->items, g_ptr_array_unref);
  g_clear_pointer (&args->photo, cs_photo_unref);
  g_clear_pointer (&args->ids, g_array_unref);
  g_free (args->reason);
  g_free (args);
}

static gboolean
insert_item (CsDb         *db,
             gint64        batch,
             CsImportItem *item,
             GError      **error)
{
  g_autoptr (GBytes) path = g_bytes_new (item->path, strlen (item->path));
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO import_item (batch, path, folder, state) VALUES (:batch, :path, :folder, 'pending')");

  cs_stmt_bind (stmt, ":batch", batch);
  cs_stmt_bind (stmt, ":path", path);
  cs_stmt_bind (stmt, ":folder", item->folder);

  return cs_stmt_run (stmt, error);
}

static DexFuture *
begin_import (CsDb    *db,
              gpointer data)
{
  Args *args = data;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "INSERT INTO import_batch (made_at) VALUES (:now)");
  g_autoptr (GError) error = NULL;
  gint64 batch;

  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  if (!cs_stmt_run (stmt, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  batch = cs_db_last_id (db);
  for (guint i = 0; i < args->items->len; i++)
    {
      if (!insert_item (db, batch, args->items->pdata[i], &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_for_int64 (batch);
}

DexFuture *
cs_imports_begin (CsStore   *store,
                  GPtrArray *items)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (items != NULL);

  args = g_new0 (Args, 1);
  args->items = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_import_item_unref);
  for (guint i = 0; i < items->len; i++)
    {
      CsImportItem *item = items->pdata[i];

      if (item->path == NULL)
        {
          args_free (args);
          return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "An import item has no path");
        }
      g_ptr_array_add (args->items, cs_import_item_ref (item));
    }

  return cs_store_write (store, begin_import, args, args_free);
}

static char *
dup_path (CsStmt *stmt,
          int     column)
{
  g_autoptr (GBytes) bytes = cs_stmt_dup_blob (stmt, column);
  gsize         length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  return g_strndup (data != NULL ? data : "", length);
}

static CsImportItem *
read_item (CsStmt *stmt)
{
  CsImportItem *item = cs_import_item_new ();

  item->id = cs_stmt_int64 (stmt, 0);
  item->batch = cs_stmt_int64 (stmt, 1);
  item->path = dup_path (stmt, 2);
  item->folder = cs_stmt_dup_text (stmt, 3);
  item->state = cs_stmt_dup_text (stmt, 4);
  item->reason = cs_stmt_dup_text (stmt, 5);
  if (g_strcmp0 (item->state, "kept") == 0 && !cs_stmt_is_null (stmt, 6))
    item->photo = cs_photos_read (stmt, 6);

  return item;
}

static DexFuture *
list_items (CsDb    *db,
            gpointer data)
{
  Args *args = data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_import_item_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT i.id, i.batch, i.path, i.folder, i.state, i.reason, " CS_PHOTOS_COLUMNS
                       "  FROM import_item i LEFT JOIN photo ON photo.id = i.photo"
                       "  WHERE i.batch = :batch OR (:batch = 0 AND i.batch IN"
                       "    (SELECT batch FROM import_item WHERE state IN ('pending', 'kept')))"
                       "  ORDER BY i.id");

  cs_stmt_bind (stmt, ":batch", args->id);
  while (cs_stmt_next (stmt, &error))
    g_ptr_array_add (items, read_item (stmt));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&items));
}

DexFuture *
cs_imports_list (CsStore *store,
                 gint64   batch)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->id = batch;

  return cs_store_read (store, list_items, args, args_free);
}

/* Only from "pending": what was settled stays so */
static gboolean
settle_item (CsDb       *db,
             gint64      item,
             const char *state,
             const char *reason,
             gint64      photo,
             GError    **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE import_item SET state = :state, reason = :reason, photo = nullif (:photo, 0)"
                       "  WHERE id = :item AND state IN ('pending', 'kept')");

  cs_stmt_bind (stmt, ":state", state);
  cs_stmt_bind (stmt, ":reason", reason);
  cs_stmt_bind (stmt, ":photo", photo);
  cs_stmt_bind (stmt, ":item", item);
  if (!cs_stmt_run (stmt, error))
    return FALSE;

  if (cs_db_changes (db) == 1)
    return TRUE;

  g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("This file was imported already."));

  return FALSE;
}

/* Who brings a photo in again wants to see its product */
static DexFuture *
keep_twin (CsDb  *db,
           gint64 item,
           gint64 photo)
{
  g_autoptr (GError) error = NULL;
  gboolean back;

  if (!settle_item (db, item, "twin", NULL, photo, &error) ||
      !cs_products_bring_back (db, photo, &back, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_uint (back ? CS_KEPT_BACK : CS_KEPT_TWIN);
}

static DexFuture *
keep_item (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) find = cs_db_prepare (db, "SELECT id FROM photo WHERE hash = :hash");
  g_autoptr (CsStmt) kept = cs_db_prepare (db, "SELECT photo FROM import_item WHERE id = :item");
  gint64 photo;
  gint64 own;

  cs_stmt_bind (find, ":hash", args->photo->hash);
  cs_stmt_bind (kept, ":item", args->id);
  if (!cs_stmt_find_int64 (find, &photo, 0, &error) ||
      !cs_stmt_find_int64 (kept, &own, 0, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* Asked twice, as after a stop */
  if (photo != 0 && photo == own)
    return dex_future_new_for_uint (CS_KEPT_NEW);

  if (photo != 0)
    return keep_twin (db, args->id, photo);

  if (!cs_photos_insert (db, args->photo, &photo, &error) ||
      !settle_item (db, args->id, "kept", NULL, photo, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_uint (CS_KEPT_NEW);
}

DexFuture *
cs_imports_keep (CsStore *store,
                 gint64   item,
                 CsPhoto *photo)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (photo != NULL);
  dex_return_error_if_fail (cs_hash_is_valid (photo->hash));

  args = g_new0 (Args, 1);
  args->id = item;
  args->photo = cs_photo_ref (photo);

  return cs_store_write (store, keep_item, args, args_free);
}

static DexFuture *
fail_item (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;

  return cs_store_settle (settle_item (db, args->id, "failed", args->reason, 0, &error), &error);
}

DexFuture *
cs_imports_fail (CsStore    *store,
                 gint64      item,
                 const char *reason)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->id = item;
  args->reason = g_strdup (reason);

  return cs_store_write (store, fail_item, args, args_free);
}

static gboolean
take_item (CsDb    *db,
           gint64   item,
           gint64   product,
           int      position,
           GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE import_item SET state = 'done' WHERE id = :item AND state = 'kept' RETURNING photo");
  gint64 photo;

  cs_stmt_bind (stmt, ":item", item);
  if (!cs_stmt_find_int64 (stmt, &photo, 0, error))
    return FALSE;

  if (photo == 0)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("This file was imported already."));
      return FALSE;
    }

  return cs_photos_place (db, photo, product, position, error);
}

static DexFuture *
make_product (CsDb    *db,
              gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  gint64 product;

  if (!cs_products_insert (db, &product, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < args->ids->len; i++)
    {
      if (!take_item (db, g_array_index (args->ids, gint64, i), product, i, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  if (!cs_progress_update_product (db, product, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_int64 (product);
}

DexFuture *
cs_imports_make_product (CsStore      *store,
                         const gint64 *items,
                         guint         n_items)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (items != NULL && n_items > 0);

  args = g_new0 (Args, 1);
  args->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (args->ids, items, n_items);

  return cs_store_write (store, make_product, args, args_free);
}
