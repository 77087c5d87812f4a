/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "cs-accounts.h"
#include "cs-outbox-private.h"
#include "cs-progress.h"

typedef struct
{
  gint64     account_id;
  CsAccount *account;
  gint64     until;
  char      *message;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_clear_pointer (&args->account, cs_account_unref);
  g_free (args->message);
  g_free (args);
}

/* The practice shop's own name is kept untranslated: each face says it in its language */
#define STOCK_NAME N_("Practice shop")

char *
cs_accounts_dup_name (const char *channel,
                      const char *name)
{
  gboolean is_stock = g_strcmp0 (channel, "practice") == 0 && g_strcmp0 (name, STOCK_NAME) == 0;

  return g_strdup (is_stock ? _(STOCK_NAME) : name);
}

/* The other way round */
static const char *
get_kept_name (CsAccount *account)
{
  if (g_strcmp0 (account->channel, "practice") == 0 && g_strcmp0 (account->name, _(STOCK_NAME)) == 0)
    return STOCK_NAME;

  return account->name != NULL ? account->name : "";
}

#define SELECT_ACCOUNT \
  "SELECT id, channel, name, address, currency, profile, message, paused_until, removed, keyring," \
  " EXISTS (SELECT 1 FROM outbox o WHERE o.account = account.id AND o.state = 'sign-in') FROM account "

static CsAccount *
read_account (CsStmt *stmt)
{
  CsAccount *account = cs_account_new ();

  account->id = cs_stmt_int64 (stmt, 0);
  account->channel = cs_stmt_dup_text (stmt, 1);
  account->name = cs_accounts_dup_name (account->channel, cs_stmt_text (stmt, 2));
  account->address = cs_stmt_dup_text (stmt, 3);
  account->currency = cs_stmt_dup_text (stmt, 4);
  account->profile = cs_stmt_dup_text (stmt, 5);
  account->message = cs_stmt_dup_text (stmt, 6);
  account->paused_until = cs_stmt_int64 (stmt, 7);
  account->removed = cs_stmt_int64 (stmt, 8) != 0;
  account->keyring = cs_stmt_dup_text (stmt, 9);
  account->signed_out = cs_stmt_int64 (stmt, 10) != 0;

  return account;
}

static gboolean
put_account (CsDb      *db,
             CsAccount *account,
             gint64    *id,
             GError   **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO account (id, channel, name, address, currency, profile, message, paused_until)"
                       "  VALUES (:id, :channel, :name, :address, :currency, :profile, :message, :paused)"
                       "  ON CONFLICT (id) DO UPDATE SET channel = :channel, name = :name, address = :address,"
                       "    currency = :currency, profile = :profile, message = :message, paused_until = :paused");

  if (account->id > 0)
    cs_stmt_bind (stmt, ":id", account->id);
  cs_stmt_bind (stmt, ":channel", account->channel != NULL ? account->channel : "");
  cs_stmt_bind (stmt, ":name", get_kept_name (account));
  cs_stmt_bind (stmt, ":address", account->address != NULL ? account->address : "");
  cs_stmt_bind (stmt, ":currency", account->currency != NULL ? account->currency : "");
  cs_stmt_bind (stmt, ":profile", account->profile);
  cs_stmt_bind (stmt, ":message", account->message);
  cs_stmt_bind (stmt, ":paused", account->paused_until);
  if (!cs_stmt_run (stmt, error))
    return FALSE;

  *id = account->id > 0 ? account->id : cs_db_last_id (db);

  return TRUE;
}

/* The money of the place that the person lives in */
static const char *
get_local_currency (char buffer[4])
{
  const struct lconv *local = localeconv ();

  if (strlen (local->int_curr_symbol) < 3)
    return "USD";

  memcpy (buffer, local->int_curr_symbol, 3);
  buffer[3] = '\0';

  return buffer;
}

/* A new library can be published to before there is any account elsewhere */
gboolean
cs_accounts_seed (CsDb    *db,
                  GError **error)
{
  g_autoptr (CsStmt) any = cs_db_prepare (db, "SELECT 1 FROM account LIMIT 1");
  g_autoptr (CsAccount) account = cs_account_new ();
  char   currency[4];
  gint64 found;
  gint64 id;

  if (!cs_stmt_find_int64 (any, &found, 0, error))
    return FALSE;

  if (found)
    return TRUE;

  account->channel = g_strdup ("practice");
  account->name = g_strdup (STOCK_NAME);
  account->currency = g_strdup (get_local_currency (currency));

  return put_account (db, account, &id, error);
}

static DexFuture *
list_accounts (CsDb    *db,
               gpointer data)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, SELECT_ACCOUNT "WHERE removed = 0 ORDER BY id");
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_account_unref);
  g_autoptr (GError) error = NULL;

  while (cs_stmt_next (stmt, &error))
    g_ptr_array_add (accounts, read_account (stmt));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&accounts));
}

DexFuture *
cs_accounts_list (CsStore *store)
{
  dex_return_error_if_fail (CS_IS_STORE (store));

  return cs_store_read (store, list_accounts, NULL, NULL);
}

static DexFuture *
get_account (CsDb    *db,
             gpointer data)
{
  Args *args = data;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, SELECT_ACCOUNT "WHERE id = :id");
  g_autoptr (GError) error = NULL;

  cs_stmt_bind (stmt, ":id", args->account_id);
  if (cs_stmt_next (stmt, &error))
    return dex_future_new_take_boxed (CS_TYPE_ACCOUNT, read_account (stmt));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no such account."));
}

DexFuture *
cs_accounts_get (CsStore *store,
                 gint64   id)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->account_id = id;

  return cs_store_read (store, get_account, args, args_free);
}

static DexFuture *
put_one_account (CsDb    *db,
                 gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (!put_account (db, args->account, &id, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_for_int64 (id);
}

DexFuture *
cs_accounts_put (CsStore   *store,
                 CsAccount *account)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (account != NULL);

  args = g_new0 (Args, 1);
  args->account = cs_account_ref (account);

  return cs_store_write (store, put_one_account, args, args_free);
}

static DexFuture *
set_pause (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE account SET paused_until = :until, message = :message WHERE id = :id");

  cs_stmt_bind (stmt, ":until", args->until);
  cs_stmt_bind (stmt, ":message", args->message);
  cs_stmt_bind (stmt, ":id", args->account_id);

  return cs_store_settle (cs_stmt_run (stmt, &error), &error);
}

DexFuture *
cs_accounts_set_pause (CsStore    *store,
                       gint64      id,
                       gint64      until,
                       const char *message)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->account_id = id;
  args->until = until;
  args->message = g_strdup (message);

  return cs_store_write (store, set_pause, args, args_free);
}

/* Nothing that was approved for it goes out any more */
static gboolean
void_open (CsDb    *db,
           gint64   account,
           GError **error)
{
  g_autoptr (CsStmt) list =
    cs_db_prepare (db, "SELECT DISTINCT product FROM outbox WHERE account = :account"
                       "  AND state NOT IN ('done', 'differs', 'voided')");
  g_autoptr (CsStmt) append =
    cs_db_prepare (db, "INSERT INTO approval_void (approval, reason, made_at)"
                       "  SELECT o.approval, 'removed', :now FROM outbox o"
                       "    WHERE o.account = :account AND o.state NOT IN ('done', 'differs', 'voided')"
                       "      AND NOT EXISTS (SELECT 1 FROM approval_void v WHERE v.approval = o.approval)");
  g_autoptr (CsStmt) stop =
    cs_db_prepare (db, "UPDATE outbox SET state = 'voided', message = :message, next_at = 0, changed_at = :now"
                       "  WHERE account = :account AND state NOT IN ('done', 'differs', 'voided')");
  g_autoptr (GArray) products = g_array_new (FALSE, FALSE, sizeof (gint64));

  cs_stmt_bind (list, ":account", account);
  while (cs_stmt_next (list, error))
    {
      gint64 product = cs_stmt_int64 (list, 0);

      g_array_append_val (products, product);
    }

  cs_stmt_bind (append, ":now", g_get_real_time ());
  cs_stmt_bind (append, ":account", account);
  cs_stmt_bind (stop, ":message", _("The shop was removed before this was sent."));
  cs_stmt_bind (stop, ":now", g_get_real_time ());
  cs_stmt_bind (stop, ":account", account);
  if (!cs_stmt_is_done (list) || !cs_stmt_run (append, error) || !cs_stmt_run (stop, error))
    return FALSE;

  for (guint i = 0; i < products->len; i++)
    {
      if (!cs_progress_update_product (db, g_array_index (products, gint64, i), error))
        return FALSE;
    }

  return TRUE;
}

static DexFuture *
remove_account (CsDb    *db,
                gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "UPDATE account SET removed = 1 WHERE id = :id");
  g_autoptr (CsStmt) open =
    cs_db_prepare (db, "SELECT 1 FROM outbox o WHERE account = :id AND (state IN ('sending', 'unknown') OR"
                       "  (state IN ('waiting', 'sign-in') AND " CS_OUTBOX_HAS_OPEN_STEP ")) LIMIT 1");
  gint64 busy;

  cs_stmt_bind (open, ":id", args->account_id);
  cs_stmt_bind (stmt, ":id", args->account_id);
  if (!cs_stmt_find_int64 (open, &busy, 0, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (busy)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_REFUSED,
                                  _("Something is on its way to this shop, and nobody knows yet how it ended. Remove the shop once that is settled."));

  return cs_store_settle (cs_stmt_run (stmt, &error) && void_open (db, args->account_id, &error), &error);
}

DexFuture *
cs_accounts_remove (CsStore *store,
                    gint64   id)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->account_id = id;

  return cs_store_write (store, remove_account, args, args_free);
}

static DexFuture *
drop_account (CsDb    *db,
              gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "DELETE FROM account WHERE id = :id"
                       "  AND NOT EXISTS (SELECT 1 FROM approval WHERE account = :id)"
                       "  AND NOT EXISTS (SELECT 1 FROM remote_listing WHERE account = :id)"
                       "  AND NOT EXISTS (SELECT 1 FROM pull WHERE account = :id)");

  cs_stmt_bind (stmt, ":id", args->account_id);

  return cs_store_settle (cs_stmt_run (stmt, &error), &error);
}

DexFuture *
cs_accounts_drop (CsStore *store,
                  gint64   id)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->account_id = id;

  return cs_store_write (store, drop_account, args, args_free);
}
