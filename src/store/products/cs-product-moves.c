/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-photos.h"
#include "cs-products-private.h"
#include "cs-progress.h"

/* Which photo belongs to which product. Nothing is deleted: a product that was
 * merged into another is archived and says where it went.
 */

typedef struct
{
  gint64   product;
  gint64   photo;
  int      position;
  gboolean archived;
  GArray  *ids;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_clear_pointer (&args->ids, g_array_unref);
  g_free (args);
}

static GArray *
copy_ids (const gint64 *ids,
          guint         n_ids)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (copy, ids, n_ids);

  return copy;
}

static gboolean
edited (CsDb    *db,
        gint64   product,
        GError **error)
{
  return cs_progress_edit (db, product, CS_EDIT_FACTS, error) &&
         cs_progress_update_product (db, product, error);
}

static gboolean
list_photos (CsDb    *db,
             gint64   product,
             GArray  *photos,
             GError **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT id FROM photo WHERE product = :product ORDER BY position, id");

  cs_stmt_bind (stmt, ":product", product);
  while (cs_stmt_next (stmt, error))
    {
      gint64 id = cs_stmt_int64 (stmt, 0);

      g_array_append_val (photos, id);
    }

  return cs_stmt_is_done (stmt);
}

static gboolean
place_all (CsDb    *db,
           gint64   product,
           GArray  *photos,
           GError **error)
{
  for (guint i = 0; i < photos->len; i++)
    {
      if (!cs_photos_place (db, g_array_index (photos, gint64, i), product, i, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_archived (CsDb    *db,
              gint64   product,
              gboolean archived,
              gint64   merged_into,
              GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE product SET archived = :archived, merged_into = nullif (:into, 0) WHERE id = :product");

  cs_stmt_bind (stmt, ":archived", archived != FALSE);
  cs_stmt_bind (stmt, ":into", merged_into);
  cs_stmt_bind (stmt, ":product", product);

  return cs_stmt_run (stmt, error);
}

/* What the one does not say is taken from the other; notes are put below each other */
static gboolean
take_values (CsDb    *db,
             gint64   into,
             gint64   other,
             GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT o.field, o.value, i.value FROM product_value o"
                       "  LEFT JOIN product_value i ON i.product = :into AND i.field = o.field"
                       "  WHERE o.product = :other AND (i.value IS NULL OR (o.field = 'note' AND instr (i.value, o.value) = 0))");
  gboolean changed;
  CsField  field;

  cs_stmt_bind (stmt, ":into", into);
  cs_stmt_bind (stmt, ":other", other);
  while (cs_stmt_next (stmt, error))
    {
      const char      *value = cs_stmt_text (stmt, 1);
      const char      *own = cs_stmt_text (stmt, 2);
      g_autofree char *both = own != NULL ? g_strconcat (own, "\n", value, NULL) : g_strdup (value);

      if (cs_field_from_name (cs_stmt_text (stmt, 0), &field) &&
          !cs_products_write_value (db, into, field, both, &changed, error))
        return FALSE;
    }

  return cs_stmt_is_done (stmt);
}

static gboolean
take_variants (CsDb    *db,
               gint64   into,
               gint64   other,
               GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE variant SET product = :into, position = position + "
                       "  (SELECT count(*) FROM variant WHERE product = :into) WHERE product = :other");

  cs_stmt_bind (stmt, ":into", into);
  cs_stmt_bind (stmt, ":other", other);

  return cs_stmt_run (stmt, error);
}

static gboolean
merge_one (CsDb    *db,
           gint64   into,
           gint64   other,
           GArray  *photos,
           GError **error)
{
  return cs_products_exists (db, other, error) &&
         list_photos (db, other, photos, error) &&
         place_all (db, into, photos, error) &&
         take_values (db, into, other, error) &&
         take_variants (db, into, other, error) &&
         set_archived (db, other, TRUE, into, error) &&
         edited (db, other, error);
}

static DexFuture *
merge_products (CsDb    *db,
                gpointer data)
{
  Args *args = data;
  g_autoptr (GArray) photos = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  if (!cs_products_exists (db, args->product, &error) ||
      !list_photos (db, args->product, photos, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < args->ids->len; i++)
    {
      gint64 other = g_array_index (args->ids, gint64, i);

      if (other != args->product &&
          !merge_one (db, args->product, other, photos, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return cs_store_settle (edited (db, args->product, &error), &error);
}

DexFuture *
cs_products_merge (CsStore      *store,
                   gint64        into,
                   const gint64 *others,
                   guint         n_others)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (others != NULL || n_others == 0);

  args = g_new0 (Args, 1);
  args->product = into;
  args->ids = copy_ids (others, n_others);

  return cs_store_write (store, merge_products, args, args_free);
}

static gboolean
get_owner (CsDb    *db,
           gint64   photo,
           gint64  *product,
           GError **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT product FROM photo WHERE id = :photo");

  cs_stmt_bind (stmt, ":photo", photo);
  if (!cs_stmt_find_int64 (stmt, product, 0, error))
    return FALSE;

  if (*product == 0)
    g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no such photo."));

  return *product != 0;
}

/* A product that lost its last photo and has nothing of its own is not left lying about */
static gboolean
leave_owner (CsDb    *db,
             gint64   owner,
             gint64   into,
             GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT EXISTS (SELECT 1 FROM photo WHERE product = :product) OR"
                       "  EXISTS (SELECT 1 FROM product_value WHERE product = :product) OR"
                       "  EXISTS (SELECT 1 FROM variant WHERE product = :product) OR"
                       "  EXISTS (SELECT 1 FROM outbox WHERE product = :product)");
  gint64 has_something;

  cs_stmt_bind (stmt, ":product", owner);
  if (!cs_stmt_find_int64 (stmt, &has_something, 0, error) ||
      (!has_something && !set_archived (db, owner, TRUE, into, error)))
    return FALSE;

  return cs_photos_renumber (db, owner, error) && edited (db, owner, error);
}

static DexFuture *
split_product (CsDb    *db,
               gpointer data)
{
  Args *args = data;
  g_autoptr (GArray) owners = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  gint64 product;
  gint64 owner;

  if (args->ids->len == 0)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_REFUSED, _("No photo is selected."));

  for (guint i = 0; i < args->ids->len; i++)
    {
      if (!get_owner (db, g_array_index (args->ids, gint64, i), &owner, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
      g_array_append_val (owners, owner);
    }

  if (!cs_products_insert (db, &product, &error) ||
      !place_all (db, product, args->ids, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < owners->len; i++)
    {
      if (!leave_owner (db, g_array_index (owners, gint64, i), product, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  if (!edited (db, product, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_int64 (product);
}

DexFuture *
cs_products_split (CsStore      *store,
                   const gint64 *photos,
                   guint         n_photos)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (photos != NULL || n_photos == 0);

  args = g_new0 (Args, 1);
  args->ids = copy_ids (photos, n_photos);

  return cs_store_write (store, split_product, args, args_free);
}

static void
insert_at (GArray *photos,
           gint64  photo,
           int     position)
{
  for (guint i = 0; i < photos->len; i++)
    {
      if (g_array_index (photos, gint64, i) == photo)
        {
          g_array_remove_index (photos, i);
          break;
        }
    }

  g_array_insert_val (photos, (guint) CLAMP (position, 0, (int) photos->len), photo);
}

static DexFuture *
move_photo (CsDb    *db,
            gpointer data)
{
  Args *args = data;
  g_autoptr (GArray) photos = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  gint64 owner;

  if (!cs_products_exists (db, args->product, &error) ||
      !get_owner (db, args->photo, &owner, &error) ||
      !list_photos (db, args->product, photos, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  insert_at (photos, args->photo, args->position);
  if (!place_all (db, args->product, photos, &error) ||
      (owner != args->product && !leave_owner (db, owner, args->product, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return cs_store_settle (edited (db, args->product, &error), &error);
}

DexFuture *
cs_products_move_photo (CsStore *store,
                        gint64   photo,
                        gint64   product,
                        int      position)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->photo = photo;
  args->product = product;
  args->position = position;

  return cs_store_write (store, move_photo, args, args_free);
}

gboolean
cs_products_bring_back (CsDb     *db,
                        gint64    photo,
                        gboolean *back,
                        GError  **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT p.id FROM photo f JOIN product p ON p.id = f.product WHERE f.id = :photo AND p.archived = 1");
  gint64 product;

  cs_stmt_bind (stmt, ":photo", photo);
  if (!cs_stmt_find_int64 (stmt, &product, 0, error))
    return FALSE;

  *back = product != 0;

  return product == 0 ||
         (set_archived (db, product, FALSE, 0, error) && cs_progress_update_product (db, product, error));
}

/* What was approved and has not gone out does not go out from the archive */
static DexFuture *
archive_products (CsDb    *db,
                  gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < args->ids->len; i++)
    {
      gint64 product = g_array_index (args->ids, gint64, i);

      if (!cs_products_exists (db, product, &error) ||
          !set_archived (db, product, args->archived, 0, &error) ||
          (args->archived && !cs_progress_edit (db, product, CS_EDIT_OUTGOING, &error)) ||
          !cs_progress_update_product (db, product, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_true ();
}

DexFuture *
cs_products_archive (CsStore      *store,
                     const gint64 *ids,
                     guint         n_ids,
                     gboolean      archived)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (ids != NULL || n_ids == 0);

  args = g_new0 (Args, 1);
  args->ids = copy_ids (ids, n_ids);
  args->archived = archived;

  return cs_store_write (store, archive_products, args, args_free);
}
