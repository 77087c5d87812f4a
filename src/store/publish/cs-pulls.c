/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-photos.h"
#include "cs-products-private.h"
#include "cs-progress.h"
#include "cs-pulls-private.h"

/* The journal of reading a shop */

typedef struct
{
  gint64     account;
  gint64     id;
  guint      n;
  char      *currency;
  GPtrArray *listings;
  char      *next;
  CsPhoto   *photo;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_free (args->currency);
  g_clear_pointer (&args->listings, g_ptr_array_unref);
  g_free (args->next);
  g_clear_pointer (&args->photo, cs_photo_unref);
  g_free (args);
}

static void
cs_adoption_clear (CsAdoption *self)
{
  g_clear_pointer (&self->products, g_array_unref);
}

CS_DEFINE_RECORD (CsAdoption, cs_adoption)

static void
cs_pull_picture_clear (CsPullPicture *self)
{
  g_free (self->address);
  g_free (self->title);
}

CS_DEFINE_RECORD (CsPullPicture, cs_pull_picture)

static DexFuture *
begin_pull (CsDb    *db,
            gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO pull (account, begun_at) VALUES (:account, :now)"
                       "  ON CONFLICT (account) DO UPDATE SET"
                       "    cursor = CASE WHEN ended_at = 0 THEN cursor END,"
                       "    begun_at = CASE WHEN ended_at = 0 THEN begun_at ELSE :now END, ended_at = 0"
                       "  RETURNING cursor");

  cs_stmt_bind (stmt, ":account", args->account);
  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  if (cs_stmt_next (stmt, &error))
    {
      char *cursor = cs_stmt_dup_text (stmt, 0);

      if (!cs_stmt_next (stmt, &error) && cs_stmt_is_done (stmt))
        return dex_future_new_take_string (cursor);
      g_free (cursor);
    }

  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
cs_pulls_begin (CsStore *store,
                gint64   account)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->account = account;

  return cs_store_write (store, begin_pull, args, args_free);
}

static DexFuture *
take_page (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (CsAdoption) adoption = cs_adoption_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE pull SET cursor = :next, ended_at = CASE WHEN :next IS NULL THEN :now ELSE 0 END"
                       "  WHERE account = :account");

  adoption->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < args->listings->len; i++)
    {
      if (!cs_pulls_adopt (db, args->listings->pdata[i], args->currency, adoption, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  cs_stmt_bind (stmt, ":next", args->next);
  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  cs_stmt_bind (stmt, ":account", args->account);
  if (!cs_stmt_run (stmt, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_ADOPTION, g_steal_pointer (&adoption));
}

DexFuture *
cs_pulls_take (CsStore    *store,
               gint64      account,
               const char *currency,
               GPtrArray  *listings,
               const char *next)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (listings != NULL);

  args = g_new0 (Args, 1);
  args->account = account;
  args->currency = g_strdup (currency);
  args->next = g_strdup (next);
  args->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  for (guint i = 0; i < listings->len; i++)
    g_ptr_array_add (args->listings, cs_remote_listing_ref (listings->pdata[i]));

  return cs_store_write (store, take_page, args, args_free);
}

static DexFuture *
list_pictures (CsDb    *db,
               gpointer data)
{
  Args *args = data;
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_pull_picture_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT i.id, i.product, i.position, i.address, p.title FROM pull_picture i"
                       "  JOIN product p ON p.id = i.product"
                       "  WHERE i.account = :account AND i.id > :after ORDER BY i.id LIMIT :n");

  cs_stmt_bind (stmt, ":account", args->account);
  cs_stmt_bind (stmt, ":after", args->id);
  cs_stmt_bind (stmt, ":n", args->n);
  while (cs_stmt_next (stmt, &error))
    {
      CsPullPicture *picture = cs_pull_picture_new ();

      picture->id = cs_stmt_int64 (stmt, 0);
      picture->product = cs_stmt_int64 (stmt, 1);
      picture->position = cs_stmt_int64 (stmt, 2);
      picture->address = cs_stmt_dup_text (stmt, 3);
      picture->title = cs_stmt_dup_text (stmt, 4);
      g_ptr_array_add (pictures, picture);
    }

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&pictures));
}

DexFuture *
cs_pulls_list_pictures (CsStore *store,
                        gint64   account,
                        gint64   after,
                        guint    n)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->account = account;
  args->id = after;
  args->n = n;

  return cs_store_read (store, list_pictures, args, args_free);
}

static DexFuture *
count_pictures (CsDb    *db,
                gpointer data)
{
  Args *args = data;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT count(*) FROM pull_picture WHERE account = :account");
  g_autoptr (GError) error = NULL;
  gint64 n;

  cs_stmt_bind (stmt, ":account", args->account);
  if (!cs_stmt_find_int64 (stmt, &n, 0, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_uint (n);
}

DexFuture *
cs_pulls_count_pictures (CsStore *store,
                         gint64   account)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->account = account;

  return cs_store_read (store, count_pictures, args, args_free);
}

/* One with the same bytes is somebody's already: it stays there */
static gboolean
keep_photo (CsDb          *db,
            const CsPhoto *photo,
            gint64         product,
            int            position,
            gboolean      *is_new,
            GError       **error)
{
  g_autoptr (CsStmt) find = cs_db_prepare (db, "SELECT 1 FROM photo WHERE hash = :hash");
  gint64 known;
  gint64 id;

  cs_stmt_bind (find, ":hash", photo->hash);
  if (!cs_stmt_find_int64 (find, &known, 0, error))
    return FALSE;

  *is_new = !known;

  return known || (cs_photos_insert (db, photo, &id, error) &&
                   cs_photos_place (db, id, product, position, error) &&
                   cs_progress_edit (db, product, CS_EDIT_FACTS, error) &&
                   cs_progress_update_product (db, product, error));
}

/* They come in any order. As long as some are on their way, each has the place
 * that it has in the shop; then the gaps are closed.
 */
static gboolean
close_gaps (CsDb    *db,
            gint64   product,
            GError **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT 1 FROM pull_picture WHERE product = :product LIMIT 1");
  gint64 waits;

  cs_stmt_bind (stmt, ":product", product);

  return cs_stmt_find_int64 (stmt, &waits, 0, error) && (waits || cs_photos_renumber (db, product, error));
}

static DexFuture *
settle_picture (CsDb    *db,
                gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT product, position FROM pull_picture WHERE id = :id");
  g_autoptr (CsStmt) done = cs_db_prepare (db, "DELETE FROM pull_picture WHERE id = :id");
  gboolean is_new = FALSE;
  gint64   product = 0;

  cs_stmt_bind (stmt, ":id", args->id);
  cs_stmt_bind (done, ":id", args->id);
  if (cs_stmt_next (stmt, &error))
    product = cs_stmt_int64 (stmt, 0);

  if (product != 0 && args->photo != NULL &&
      !keep_photo (db, args->photo, product, cs_stmt_int64 (stmt, 1), &is_new, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (error != NULL || !cs_stmt_run (done, &error) || (product != 0 && !close_gaps (db, product, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_boolean (is_new);
}

DexFuture *
cs_pulls_settle_picture (CsStore *store,
                         gint64   picture,
                         CsPhoto *photo)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->id = picture;
  args->photo = photo != NULL ? cs_photo_ref (photo) : NULL;

  return cs_store_write (store, settle_picture, args, args_free);
}
