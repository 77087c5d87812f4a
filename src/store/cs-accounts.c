/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "cs-accounts.h"
#include "cs-json.h"
#include "cs-store-private.h"

typedef struct
{
  gint64           account_id;
  gint64           product;
  CsAccount       *account;
  CsRemoteListing *remote;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_clear_pointer (&args->account, cs_account_unref);
  g_clear_pointer (&args->remote, cs_remote_listing_unref);
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
  "SELECT id, channel, name, address, currency, profile, message, paused_until FROM account "

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

  return account;
}

static gboolean
put_account (CsDb      *db,
             CsAccount *account,
             gint64    *id,
             GError   **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO account VALUES (:id, :channel, :name, :address, :currency, :profile, :message, :paused)"
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
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, SELECT_ACCOUNT "ORDER BY id");
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

static char *
dup_list_json (char **list)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), NULL);
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    json_array_add_string_element (array, list[i]);
  json_node_set_array (node, array);

  return cs_json_canonical (node);
}

static char **
dup_json_list (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = cs_json_array_string (array, i);

      if (text != NULL)
        g_strv_builder_add (list, text);
    }

  return g_strv_builder_end (list);
}

static DexFuture *
put_remote (CsDb    *db,
            gpointer data)
{
  Args *args = data;
  CsRemoteListing *remote = args->remote;
  g_autofree char *pictures = dup_list_json (remote->pictures);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT OR REPLACE INTO remote_listing"
                       "  (account, remote_id, product, key, sku, version, url, live, title, description, price, body, pictures, pulled_at)"
                       "  VALUES (:account, :remote_id,"
                       "          coalesce (nullif (:product, 0), (SELECT product FROM remote_listing"
                       "                                             WHERE account = :account AND remote_id = :remote_id)),"
                       "          :key, :sku, :version, :url, :live, :title, :description,"
                       "          :price, :body, :pictures, :pulled_at)");

  cs_stmt_bind (stmt, ":account", remote->account);
  cs_stmt_bind (stmt, ":remote_id", remote->remote_id);
  cs_stmt_bind (stmt, ":product", args->product);
  cs_stmt_bind (stmt, ":key", remote->key);
  cs_stmt_bind (stmt, ":sku", remote->sku);
  cs_stmt_bind (stmt, ":version", remote->version);
  cs_stmt_bind (stmt, ":url", remote->url);
  cs_stmt_bind (stmt, ":live", remote->live != FALSE);
  cs_stmt_bind (stmt, ":title", remote->title);
  cs_stmt_bind (stmt, ":description", remote->description);
  cs_stmt_bind (stmt, ":price", remote->price);
  cs_stmt_bind (stmt, ":body", remote->body);
  cs_stmt_bind (stmt, ":pictures", pictures);
  cs_stmt_bind (stmt, ":pulled_at", remote->pulled_at);

  return cs_store_settle (cs_stmt_run (stmt, &error), &error);
}

DexFuture *
cs_remotes_put (CsStore         *store,
                CsRemoteListing *remote,
                gint64           product)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (remote != NULL);

  args = g_new0 (Args, 1);
  args->remote = cs_remote_listing_ref (remote);
  args->product = product;

  return cs_store_write (store, put_remote, args, args_free);
}

static DexFuture *
forget_remote (CsDb    *db,
               gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "DELETE FROM remote_listing WHERE account = :account AND remote_id = :remote_id");

  cs_stmt_bind (stmt, ":account", args->remote->account);
  cs_stmt_bind (stmt, ":remote_id", args->remote->remote_id);

  return cs_store_settle (cs_stmt_run (stmt, &error), &error);
}

DexFuture *
cs_remotes_forget (CsStore    *store,
                   gint64      account,
                   const char *remote_id)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (remote_id != NULL);

  args = g_new0 (Args, 1);
  args->remote = cs_remote_listing_new ();
  args->remote->account = account;
  args->remote->remote_id = g_strdup (remote_id);

  return cs_store_write (store, forget_remote, args, args_free);
}

#define SELECT_REMOTE                                                                          \
  "SELECT account, remote_id, key, sku, version, url, live, title, description, price, body, " \
  "  pictures, pulled_at FROM remote_listing "

static CsRemoteListing *
read_remote (CsStmt *stmt)
{
  CsRemoteListing *remote = cs_remote_listing_new ();

  remote->account = cs_stmt_int64 (stmt, 0);
  remote->remote_id = cs_stmt_dup_text (stmt, 1);
  remote->key = cs_stmt_dup_text (stmt, 2);
  remote->sku = cs_stmt_dup_text (stmt, 3);
  remote->version = cs_stmt_dup_text (stmt, 4);
  remote->url = cs_stmt_dup_text (stmt, 5);
  remote->live = cs_stmt_int64 (stmt, 6) != 0;
  remote->title = cs_stmt_dup_text (stmt, 7);
  remote->description = cs_stmt_dup_text (stmt, 8);
  remote->price = cs_stmt_dup_text (stmt, 9);
  remote->body = cs_stmt_dup_text (stmt, 10);
  remote->pictures = dup_json_list (cs_stmt_text (stmt, 11));
  remote->pulled_at = cs_stmt_int64 (stmt, 12);

  return remote;
}

static DexFuture *
get_remote (CsDb    *db,
            gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, SELECT_REMOTE "WHERE account = :account AND product = :product ORDER BY pulled_at DESC LIMIT 1");

  cs_stmt_bind (stmt, ":account", args->account_id);
  cs_stmt_bind (stmt, ":product", args->product);
  if (cs_stmt_next (stmt, &error))
    return dex_future_new_take_boxed (CS_TYPE_REMOTE_LISTING, read_remote (stmt));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, _("The shop has no listing for this product."));
}

DexFuture *
cs_remotes_get (CsStore *store,
                gint64   account,
                gint64   product)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->account_id = account;
  args->product = product;

  return cs_store_read (store, get_remote, args, args_free);
}

static DexFuture *
list_remotes (CsDb    *db,
              gpointer data)
{
  Args *args = data;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, SELECT_REMOTE "WHERE account = :account ORDER BY remote_id");
  g_autoptr (GPtrArray) remotes = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  g_autoptr (GError) error = NULL;

  cs_stmt_bind (stmt, ":account", args->account_id);
  while (cs_stmt_next (stmt, &error))
    g_ptr_array_add (remotes, read_remote (stmt));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&remotes));
}

DexFuture *
cs_remotes_list (CsStore *store,
                 gint64   account)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->account_id = account;

  return cs_store_read (store, list_remotes, args, args_free);
}
