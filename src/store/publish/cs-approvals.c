/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-hash.h"
#include "cs-outbox-private.h"
#include "cs-products-private.h"
#include "cs-progress.h"

/* The signature, and the one statement that lets out what was signed */

typedef struct
{
  gint64     product;
  gint64     account;
  gint64     entry;
  CsListing *listing;
  char      *hash;
  char      *face;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_clear_pointer (&args->listing, cs_listing_unref);
  g_free (args->hash);
  g_free (args->face);
  g_free (args);
}

/* From the payload as it is stored; one that is not what its hash says is nobody's */
CsListing *
cs_outbox_read_listing (CsStmt  *stmt,
                        int      hash,
                        int      bytes,
                        GError **error)
{
  g_autoptr (GBytes) payload = cs_stmt_dup_blob (stmt, bytes);
  g_autofree char *actual = cs_hash_bytes (payload);

  if (g_strcmp0 (actual, cs_stmt_text (stmt, hash)) != 0)
    {
      g_set_error (error, CS_ERROR, CS_ERROR_CORRUPT,
                   _("What was approved is damaged in the library, so it is not sent. Approve it again."));
      return NULL;
    }

  return cs_listing_parse (payload, error);
}

/* Also what waits and left a question open: a new entry would not know of it */
static gboolean
refuse_while_under_way (CsDb       *db,
                        const Args *args,
                        GError    **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT 1 FROM outbox o WHERE product = :product AND account = :account"
                       "  AND (state IN ('sending', 'unknown') OR"
                       "       (state IN ('waiting', 'sign-in') AND " CS_OUTBOX_HAS_OPEN_STEP ")) LIMIT 1");
  gint64 found;

  cs_stmt_bind (stmt, ":product", args->product);
  cs_stmt_bind (stmt, ":account", args->account);
  if (!cs_stmt_find_int64 (stmt, &found, 0, error))
    return FALSE;

  if (found)
    g_set_error (error, CS_ERROR, CS_ERROR_CONFLICT,
                 _("The version before this one is still on its way. Wait until it has arrived, then approve again."));

  return !found;
}

/* A new signature stands in the place of those before it that did not go out */
static gboolean
replace_former (CsDb       *db,
                const Args *args,
                GError    **error)
{
  g_autoptr (CsStmt) append =
    cs_db_prepare (db, "INSERT INTO approval_void (approval, reason, made_at)"
                       "  SELECT o.approval, 'replaced', :now FROM outbox o"
                       "    WHERE o.product = :product AND o.account = :account"
                       "      AND o.state NOT IN ('done', 'differs', 'voided')"
                       "      AND NOT EXISTS (SELECT 1 FROM approval_void v WHERE v.approval = o.approval)");
  g_autoptr (CsStmt) stop =
    cs_db_prepare (db, "UPDATE outbox SET state = 'voided', message = :message, next_at = 0, changed_at = :now"
                       "  WHERE product = :product AND account = :account AND state NOT IN ('done', 'differs', 'voided')");

  cs_stmt_bind (append, ":now", g_get_real_time ());
  cs_stmt_bind (append, ":product", args->product);
  cs_stmt_bind (append, ":account", args->account);
  cs_stmt_bind (stop, ":message", _("You approved a newer version."));
  cs_stmt_bind (stop, ":now", g_get_real_time ());
  cs_stmt_bind (stop, ":product", args->product);
  cs_stmt_bind (stop, ":account", args->account);

  return cs_stmt_run (append, error) && cs_stmt_run (stop, error);
}

static gboolean
insert_payload (CsDb       *db,
                const Args *args,
                GError    **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO payload (hash, bytes) SELECT :hash, :bytes"
                       "  WHERE NOT EXISTS (SELECT 1 FROM payload WHERE hash = :hash)");

  cs_stmt_bind (stmt, ":hash", args->hash);
  cs_stmt_bind (stmt, ":bytes", args->listing->bytes);

  return cs_stmt_run (stmt, error);
}

/* The only INSERT INTO approval there is; its trigger refuses every other moment */
static gboolean
insert_approval (CsDb       *db,
                 const Args *args,
                 gint64     *approval,
                 GError    **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO approval (product, account, payload, revision, face, made_at)"
                       "  SELECT id, :account, :payload, revision, :face, :now FROM product WHERE id = :product");
  gboolean inserted;

  cs_stmt_bind (stmt, ":account", args->account);
  cs_stmt_bind (stmt, ":payload", args->hash);
  cs_stmt_bind (stmt, ":face", args->face);
  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  cs_stmt_bind (stmt, ":product", args->product);

  cs_db_set_signing (db, TRUE);
  inserted = cs_stmt_run (stmt, error);
  cs_db_set_signing (db, FALSE);

  *approval = cs_db_last_id (db);

  return inserted;
}

static gboolean
insert_entry (CsDb       *db,
              const Args *args,
              gint64      approval,
              gint64     *entry,
              GError    **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO outbox (approval, account, product, payload, operation, state, changed_at)"
                       "  VALUES (:approval, :account, :product, :payload, :operation, 'ready', :now)");

  cs_stmt_bind (stmt, ":approval", approval);
  cs_stmt_bind (stmt, ":account", args->account);
  cs_stmt_bind (stmt, ":product", args->product);
  cs_stmt_bind (stmt, ":payload", args->hash);
  cs_stmt_bind (stmt, ":operation", cs_operation_get_name (args->listing->operation));
  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  if (!cs_stmt_run (stmt, error))
    return FALSE;

  *entry = cs_db_last_id (db);

  return TRUE;
}

static DexFuture *
approve (CsDb    *db,
         gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  gint64 approval;
  gint64 entry;

  if (!cs_products_exists (db, args->product, &error) ||
      !refuse_while_under_way (db, args, &error) ||
      !replace_former (db, args, &error) ||
      !insert_payload (db, args, &error) ||
      !insert_approval (db, args, &approval, &error) ||
      !insert_entry (db, args, approval, &entry, &error) ||
      !cs_progress_update_product (db, args->product, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_int64 (entry);
}

DexFuture *
cs_outbox_approve (CsStore    *store,
                   gint64      product,
                   CsListing  *listing,
                   const char *shown,
                   const char *face)
{
  g_autofree char *hash = NULL;
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (listing != NULL && listing->bytes != NULL);
  dex_return_error_if_fail (shown != NULL);
  dex_return_error_if_fail (g_strcmp0 (face, "window") == 0 || g_strcmp0 (face, "terminal") == 0);

  hash = cs_hash_bytes (listing->bytes);
  if (g_strcmp0 (hash, shown) != 0 || g_strcmp0 (hash, listing->hash) != 0)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_STALE,
                                  _("This has changed since it was shown. Look at it again before you approve it."));

  args = g_new0 (Args, 1);
  args->product = product;
  args->account = listing->account;
  args->listing = cs_listing_ref (listing);
  args->hash = g_steal_pointer (&hash);
  args->face = g_strdup (face);

  return cs_store_write (store, approve, args, args_free);
}

static DexFuture *
get_payload (CsDb    *db,
             gpointer data)
{
  Args *args = data;
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT hash, bytes FROM payload WHERE hash = :hash");

  cs_stmt_bind (stmt, ":hash", args->hash);
  if (cs_stmt_next (stmt, &error))
    listing = cs_outbox_read_listing (stmt, 0, 1, &error);
  else if (cs_stmt_is_done (stmt))
    cs_outbox_refuse_missing (&error);

  if (listing == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_LISTING, g_steal_pointer (&listing));
}

DexFuture *
cs_outbox_get_payload (CsStore    *store,
                       const char *hash)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (hash != NULL);

  args = g_new0 (Args, 1);
  args->hash = g_strdup (hash);

  return cs_store_read (store, get_payload, args, args_free);
}

static DexFuture *
get_approved (CsDb    *db,
              gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT payload FROM approval a WHERE product = :product AND account = :account"
                       "  AND NOT EXISTS (SELECT 1 FROM approval_void v WHERE v.approval = a.id)"
                       "  ORDER BY id DESC LIMIT 1");

  cs_stmt_bind (stmt, ":product", args->product);
  cs_stmt_bind (stmt, ":account", args->account);
  if (cs_stmt_next (stmt, &error))
    return dex_future_new_take_string (cs_stmt_dup_text (stmt, 0));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_string (NULL);
}

DexFuture *
cs_outbox_get_approved (CsStore *store,
                        gint64   product,
                        gint64   account)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->product = product;
  args->account = account;

  return cs_store_read (store, get_approved, args, args_free);
}

/* Nothing goes out but through this statement. It believes neither a trigger
 * nor an earlier look: the hash of the stored payload is computed again, its
 * approval must be over that hash, for this product and account, and must not
 * have been voided; and what is sent is what this very statement read.
 */
#define RELEASE                                                                                 \
  "UPDATE outbox SET state = 'sending', attempts = attempts + (state <> 'sending'),"            \
  "    next_at = 0, changed_at = :now"                                                          \
  "  WHERE id = :entry AND state IN ('ready', 'sending', 'unknown', 'waiting')"                 \
  "    AND EXISTS (SELECT 1 FROM approval a JOIN payload p ON p.hash = a.payload"               \
  "                  WHERE a.id = outbox.approval AND a.payload = outbox.payload"               \
  "                    AND a.product = outbox.product AND a.account = outbox.account"           \
  "                    AND cs_sha256 (p.bytes) = a.payload"                                     \
  "                    AND NOT EXISTS (SELECT 1 FROM approval_void v WHERE v.approval = a.id))" \
  "  RETURNING payload, (SELECT p.bytes FROM payload p WHERE p.hash = outbox.payload), account"

static DexFuture *
release (CsDb    *db,
         gpointer data)
{
  Args *args = data;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, RELEASE);
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (GError) error = NULL;

  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  cs_stmt_bind (stmt, ":entry", args->entry);
  if (cs_stmt_next (stmt, &error))
    listing = cs_outbox_read_listing (stmt, 0, 1, &error);
  else if (cs_stmt_is_done (stmt))
    return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_SIGNED,
                                  _("No approval stands for this, so it is not sent. Approve it again."));

  if (listing == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* What was signed names its account itself */
  if (listing->account != cs_stmt_int64 (stmt, 2))
    return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_SIGNED,
                                  _("This was approved for another account, so it is not sent."));

  return dex_future_new_take_boxed (CS_TYPE_LISTING, g_steal_pointer (&listing));
}

DexFuture *
cs_outbox_release (CsStore *store,
                   gint64   entry)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->entry = entry;

  return cs_store_write (store, release, args, args_free);
}
