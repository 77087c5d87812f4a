/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-photos.h"

CsPhoto *
cs_photos_read (CsStmt *stmt,
                int     first)
{
  CsPhoto *photo = cs_photo_new ();

  photo->id = cs_stmt_int64 (stmt, first);
  photo->product = cs_stmt_int64 (stmt, first + 1);
  photo->position = cs_stmt_int64 (stmt, first + 2);
  photo->hash = cs_stmt_dup_text (stmt, first + 3);
  photo->thumbnail = cs_stmt_dup_text (stmt, first + 4);
  photo->name = cs_stmt_dup_text (stmt, first + 5);
  photo->folder = cs_stmt_dup_text (stmt, first + 6);
  photo->mime = cs_stmt_dup_text (stmt, first + 7);
  photo->width = cs_stmt_int64 (stmt, first + 8);
  photo->height = cs_stmt_int64 (stmt, first + 9);
  photo->taken_at = cs_stmt_int64 (stmt, first + 10);
  photo->likeness = (guint64) cs_stmt_int64 (stmt, first + 11);
  photo->labels = cs_stmt_dup_text (stmt, first + 12);
  photo->finding = cs_stmt_dup_text (stmt, first + 13);

  return photo;
}

/* Without a product: cs_photos_place() gives it one */
gboolean
cs_photos_insert (CsDb          *db,
                  const CsPhoto *photo,
                  gint64        *id,
                  GError       **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO photo (hash, thumbnail, name, folder, mime, width, height, taken_at, likeness, labels, finding)"
                       "  VALUES (:hash, :thumbnail, :name, :folder, :mime, :width, :height, :taken_at, :likeness, :labels, :finding)");

  cs_stmt_bind (stmt, ":hash", photo->hash);
  cs_stmt_bind (stmt, ":thumbnail", photo->thumbnail);
  cs_stmt_bind (stmt, ":name", photo->name);
  cs_stmt_bind (stmt, ":folder", photo->folder);
  cs_stmt_bind (stmt, ":mime", photo->mime);
  cs_stmt_bind (stmt, ":width", photo->width);
  cs_stmt_bind (stmt, ":height", photo->height);
  cs_stmt_bind (stmt, ":taken_at", photo->taken_at);
  cs_stmt_bind (stmt, ":likeness", (gint64) photo->likeness);
  cs_stmt_bind (stmt, ":labels", photo->labels);
  cs_stmt_bind (stmt, ":finding", photo->finding);
  if (!cs_stmt_run (stmt, error))
    return FALSE;

  *id = cs_db_last_id (db);

  return TRUE;
}

/* Its items go with it: what was decided on a photo stays decided */
gboolean
cs_photos_place (CsDb    *db,
                 gint64   photo,
                 gint64   product,
                 int      position,
                 GError **error)
{
  g_autoptr (CsStmt) move =
    cs_db_prepare (db, "UPDATE photo SET product = :product, position = :position WHERE id = :photo");
  g_autoptr (CsStmt) items =
    cs_db_prepare (db, "UPDATE item SET product = :product WHERE photo = :photo AND photo <> 0 AND product <> :product");
  g_autoptr (CsStmt) variants =
    cs_db_prepare (db, "UPDATE variant SET photo = NULL WHERE photo = :photo AND product <> :product");

  cs_stmt_bind (move, ":product", product);
  cs_stmt_bind (move, ":position", position);
  cs_stmt_bind (move, ":photo", photo);
  cs_stmt_bind (items, ":product", product);
  cs_stmt_bind (items, ":photo", photo);
  cs_stmt_bind (variants, ":product", product);
  cs_stmt_bind (variants, ":photo", photo);

  return cs_stmt_run (move, error) &&
         cs_stmt_run (items, error) &&
         cs_stmt_run (variants, error);
}

/* Closes the gaps: 0, 1, 2, … */
gboolean
cs_photos_renumber (CsDb    *db,
                    gint64   product,
                    GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE photo SET position = n.position FROM"
                       "  (SELECT id, row_number () OVER (ORDER BY position, id) - 1 AS position"
                       "     FROM photo WHERE product = :product) AS n"
                       "  WHERE photo.id = n.id AND photo.position <> n.position");

  cs_stmt_bind (stmt, ":product", product);

  return cs_stmt_run (stmt, error);
}
