/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-id.h"
#include "cs-photos.h"
#include "cs-products-private.h"
#include "cs-progress.h"

/* One product at a time: its values, photos and variants */

typedef struct
{
  gint64     id;
  CsField    field;
  char      *text;
  GPtrArray *variants;
  int        version;
  char      *reading;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_free (args->text);
  g_free (args->reading);
  g_clear_pointer (&args->variants, g_ptr_array_unref);
  g_free (args);
}

static gboolean
read_values (CsDb      *db,
             CsProduct *product,
             GError   **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT field, value FROM product_value WHERE product = :product");
  CsField field;

  cs_stmt_bind (stmt, ":product", product->id);
  while (cs_stmt_next (stmt, error))
    {
      if (cs_field_from_name (cs_stmt_text (stmt, 0), &field) && product->values[field] == NULL)
        product->values[field] = cs_stmt_dup_text (stmt, 1);
    }

  return cs_stmt_is_done (stmt);
}

static gboolean
read_photos (CsDb      *db,
             CsProduct *product,
             GError   **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT " CS_PHOTOS_COLUMNS "FROM photo WHERE product = :product ORDER BY position, id");

  product->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_photo_unref);
  cs_stmt_bind (stmt, ":product", product->id);
  while (cs_stmt_next (stmt, error))
    g_ptr_array_add (product->photos, cs_photos_read (stmt, 0));

  return cs_stmt_is_done (stmt);
}

static gboolean
read_variants (CsDb      *db,
               CsProduct *product,
               GError   **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT id, position, options, sku, price, stock, photo FROM variant"
                       "  WHERE product = :product ORDER BY position");

  product->variants = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_variant_free);
  cs_stmt_bind (stmt, ":product", product->id);
  while (cs_stmt_next (stmt, error))
    {
      CsVariant *variant = cs_variant_new ();

      variant->id = cs_stmt_int64 (stmt, 0);
      variant->position = cs_stmt_int64 (stmt, 1);
      variant->options = cs_stmt_dup_text (stmt, 2);
      variant->sku = cs_stmt_dup_text (stmt, 3);
      variant->price = cs_stmt_dup_text (stmt, 4);
      variant->stock = cs_stmt_int64 (stmt, 5);
      variant->photo = cs_stmt_int64 (stmt, 6);
      g_ptr_array_add (product->variants, variant);
    }

  return cs_stmt_is_done (stmt);
}

gboolean
cs_products_refuse_missing (GError **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no such product."));

  return FALSE;
}

gboolean
cs_products_exists (CsDb    *db,
                    gint64   id,
                    GError **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT 1 FROM product WHERE id = :id");
  gint64 found;

  cs_stmt_bind (stmt, ":id", id);
  if (!cs_stmt_find_int64 (stmt, &found, 0, error))
    return FALSE;

  return found || cs_products_refuse_missing (error);
}

static CsProduct *
read_product (CsDb    *db,
              gint64   id,
              GError **error)
{
  g_autoptr (CsProduct) product = cs_product_new ();
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT key, stage, attributes, n_pending, made_at, changed_at, facts FROM product WHERE id = :id");

  cs_stmt_bind (stmt, ":id", id);
  if (!cs_stmt_next (stmt, error))
    {
      if (cs_stmt_is_done (stmt))
        cs_products_refuse_missing (error);
      return NULL;
    }

  product->id = id;
  product->key = cs_stmt_dup_text (stmt, 0);
  product->stage = CLAMP (cs_stmt_int64 (stmt, 1), 0, CS_N_STAGES - 1);
  product->attributes = cs_stmt_dup_text (stmt, 2);
  product->n_pending = cs_stmt_int64 (stmt, 3);
  product->made_at = cs_stmt_int64 (stmt, 4);
  product->changed_at = cs_stmt_int64 (stmt, 5);
  product->facts = cs_stmt_int64 (stmt, 6);

  if (!read_values (db, product, error) ||
      !read_photos (db, product, error) ||
      !read_variants (db, product, error))
    return NULL;

  return g_steal_pointer (&product);
}

static DexFuture *
get_product (CsDb    *db,
             gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  CsProduct *product;

  if (!(product = read_product (db, args->id, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_PRODUCT, product);
}

DexFuture *
cs_products_get (CsStore *store,
                 gint64   id)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->id = id;

  return cs_store_read (store, get_product, args, args_free);
}

/* What was typed is a number that we gave, or our key, or the seller's own SKU.
 * A SKU that is a number wins over the id: the seller typed it somewhere.
 */
static DexFuture *
find_product (CsDb    *db,
              gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT id FROM ("
                       "  SELECT product AS id, 1 AS rank FROM product_value WHERE field = 'sku' AND value = :typed"
                       "  UNION ALL SELECT product, 2 FROM variant WHERE sku = :typed"
                       "  UNION ALL SELECT id, 3 FROM product WHERE key = upper (:typed)"
                       "  UNION ALL SELECT id, 4 FROM product WHERE id = :id)"
                       "  JOIN product USING (id) ORDER BY archived, rank, id LIMIT 1");
  gint64 id = 0;
  gint64 found;

  g_ascii_string_to_signed (args->text, 10, 1, G_MAXINT64, &id, NULL);
  cs_stmt_bind (stmt, ":typed", args->text);
  cs_stmt_bind (stmt, ":id", id);
  if (!cs_stmt_find_int64 (stmt, &found, 0, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (found == 0)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no product “%s”."), args->text);

  return dex_future_new_for_int64 (found);
}

DexFuture *
cs_products_find (CsStore    *store,
                  const char *typed)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (typed != NULL);

  args = g_new0 (Args, 1);
  args->text = g_strstrip (g_strdup (typed));

  return cs_store_read (store, find_product, args, args_free);
}

gboolean
cs_products_insert (CsDb    *db,
                    gint64  *id,
                    GError **error)
{
  g_autofree char *key = cs_id_new ("CS");
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO product (key, made_at, changed_at) VALUES (:key, :now, :now)");

  cs_stmt_bind (stmt, ":key", key);
  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  if (!cs_stmt_run (stmt, error))
    return FALSE;

  *id = cs_db_last_id (db);

  return TRUE;
}

static DexFuture *
add_product (CsDb    *db,
             gpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (!cs_products_insert (db, &id, &error) ||
      !cs_progress_update_product (db, id, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_int64 (id);
}

DexFuture *
cs_products_add (CsStore *store)
{
  dex_return_error_if_fail (CS_IS_STORE (store));

  return cs_store_write (store, add_product, NULL, NULL);
}

/* An original came or went: what was rejected may now be kept, or not any more */
static gboolean
update_item_of_field (CsDb    *db,
                      gint64   product,
                      CsField  field,
                      GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT id FROM item WHERE product = :product AND photo = 0 AND field = :field");
  gint64 item;

  cs_stmt_bind (stmt, ":product", product);
  cs_stmt_bind (stmt, ":field", cs_field_get_name (field));

  return cs_stmt_find_int64 (stmt, &item, 0, error) &&
         (item == 0 || cs_progress_update_item (db, item, error));
}

/* Tells in changed whether it was another value */
gboolean
cs_products_write_value (CsDb       *db,
                         gint64      id,
                         CsField     field,
                         const char *value,
                         gboolean   *changed,
                         GError    **error)
{
  g_autoptr (CsStmt) put =
    cs_db_prepare (db, "INSERT INTO product_value (product, field, value) VALUES (:product, :field, :value)"
                       "  ON CONFLICT DO UPDATE SET value = :value WHERE value <> :value");
  g_autoptr (CsStmt) clear =
    cs_db_prepare (db, "DELETE FROM product_value WHERE product = :product AND field = :field");
  CsStmt *stmt = value != NULL && value[0] != '\0' ? put : clear;

  cs_stmt_bind (stmt, ":product", id);
  cs_stmt_bind (stmt, ":field", cs_field_get_name (field));
  if (stmt == put)
    cs_stmt_bind (stmt, ":value", value);
  if (!cs_stmt_run (stmt, error))
    return FALSE;

  *changed = cs_db_changes (db) > 0;

  return !*changed || !cs_field_is_reviewed (field) || update_item_of_field (db, id, field, error);
}

static DexFuture *
set_value (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  gboolean changed = FALSE;

  if (!cs_products_exists (db, args->id, &error) ||
      !cs_products_write_value (db, args->id, args->field, args->text, &changed, &error) ||
      (changed && (!cs_progress_edit (db, args->id, CS_EDIT_FACTS, &error) ||
                   !cs_progress_update_product (db, args->id, &error))))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_boolean (changed);
}

DexFuture *
cs_products_set (CsStore    *store,
                 gint64      id,
                 CsField     field,
                 const char *value)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (field < CS_N_FIELDS && !cs_field_is_of_photo (field));

  args = g_new0 (Args, 1);
  args->id = id;
  args->field = field;
  args->text = g_strdup (value);

  return cs_store_write (store, set_value, args, args_free);
}

static gboolean
write_variant (CsDb            *db,
               gint64           product,
               int              position,
               const CsVariant *variant,
               GError         **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO variant (id, product, position, options, sku, price, stock, photo)"
                       "  VALUES (:id, :product, :position, :options, :sku, :price, :stock,"
                       "          (SELECT id FROM photo WHERE id = :photo AND product = :product))");

  if (variant->id > 0)
    cs_stmt_bind (stmt, ":id", variant->id);
  cs_stmt_bind (stmt, ":product", product);
  cs_stmt_bind (stmt, ":position", position);
  cs_stmt_bind (stmt, ":options", variant->options != NULL ? variant->options : "{}");
  cs_stmt_bind (stmt, ":sku", variant->sku);
  cs_stmt_bind (stmt, ":price", variant->price);
  cs_stmt_bind (stmt, ":stock", variant->stock);
  cs_stmt_bind (stmt, ":photo", variant->photo);

  return cs_stmt_run (stmt, error);
}

static DexFuture *
set_variants (CsDb    *db,
              gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) clear = cs_db_prepare (db, "DELETE FROM variant WHERE product = :product");

  cs_stmt_bind (clear, ":product", args->id);
  if (!cs_products_exists (db, args->id, &error) ||
      !cs_stmt_run (clear, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < args->variants->len; i++)
    {
      if (!write_variant (db, args->id, i, args->variants->pdata[i], &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return cs_store_settle (cs_progress_edit (db, args->id, CS_EDIT_FACTS, &error) &&
                            cs_progress_update_product (db, args->id, &error),
                          &error);
}

static GPtrArray *
copy_variants (GPtrArray *variants)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_variant_free);

  for (guint i = 0; i < variants->len; i++)
    {
      const CsVariant *variant = variants->pdata[i];
      CsVariant       *copy = cs_variant_new ();

      copy->id = variant->id;
      copy->options = g_strdup (variant->options);
      copy->sku = g_strdup (variant->sku);
      copy->price = g_strdup (variant->price);
      copy->stock = variant->stock;
      copy->photo = variant->photo;
      g_ptr_array_add (copies, copy);
    }

  return copies;
}

DexFuture *
cs_products_set_variants (CsStore   *store,
                          gint64     id,
                          GPtrArray *variants)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (variants != NULL);

  args = g_new0 (Args, 1);
  args->id = id;
  args->variants = copy_variants (variants);

  return cs_store_write (store, set_variants, args, args_free);
}

static DexFuture *
get_reading (CsDb    *db,
             gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT reading FROM reading WHERE hash = :hash AND version = :version");

  cs_stmt_bind (stmt, ":hash", args->text);
  cs_stmt_bind (stmt, ":version", args->version);
  if (cs_stmt_next (stmt, &error))
    return dex_future_new_take_string (cs_stmt_dup_text (stmt, 0));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_string (NULL);
}

DexFuture *
cs_products_get_reading (CsStore    *store,
                         const char *hash,
                         int         version)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (hash != NULL);

  args = g_new0 (Args, 1);
  args->text = g_strdup (hash);
  args->version = version;

  return cs_store_read (store, get_reading, args, args_free);
}

static DexFuture *
put_reading (CsDb    *db,
             gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT OR REPLACE INTO reading (hash, version, reading) VALUES (:hash, :version, :reading)");

  cs_stmt_bind (stmt, ":hash", args->text);
  cs_stmt_bind (stmt, ":version", args->version);
  cs_stmt_bind (stmt, ":reading", args->reading);

  return cs_store_settle (cs_stmt_run (stmt, &error), &error);
}

DexFuture *
cs_products_put_reading (CsStore    *store,
                         const char *hash,
                         int         version,
                         const char *reading)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (hash != NULL);
  dex_return_error_if_fail (reading != NULL);

  args = g_new0 (Args, 1);
  args->text = g_strdup (hash);
  args->version = version;
  args->reading = g_strdup (reading);

  return cs_store_write (store, put_reading, args, args_free);
}
