/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-json.h"
#include "cs-products-private.h"
#include "cs-progress.h"
#include "cs-remotes-private.h"

typedef struct
{
  gint64           account_id;
  gint64           product;
  CsRemoteListing *remote;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_clear_pointer (&args->remote, cs_remote_listing_unref);
  g_free (args);
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

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static void
set_tree (JsonObject *object,
          const char *member,
          const char *json)
{
  JsonNode *node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;

  if (node != NULL)
    json_object_set_member (object, member, node);
}

static void
set_list (JsonObject *object,
          const char *member,
          char      **list)
{
  g_autofree char *json = list != NULL ? dup_list_json (list) : NULL;

  set_tree (object, member, json);
}

/* What has no column of its own */
static char *
write_more (CsRemoteListing *remote)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  set_text (object, "brand", remote->brand);
  set_text (object, "category", remote->category);
  set_text (object, "category_id", remote->category_id);
  set_list (object, "bullets", remote->bullets);
  set_list (object, "keywords", remote->keywords);
  set_tree (object, "attributes", remote->attributes);
  set_tree (object, "variants", remote->variants);

  return cs_json_canonical (node);
}

static char **
read_list (JsonObject *object,
           const char *member)
{
  JsonNode        *node = object != NULL ? json_object_get_member (object, member) : NULL;
  g_autofree char *json = node != NULL ? cs_json_canonical (node) : NULL;

  return json != NULL ? dup_json_list (json) : NULL;
}

static char *
read_tree (JsonObject *object,
           const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL ? cs_json_canonical (node) : NULL;
}

static void
read_more (CsRemoteListing *remote,
           const char      *more)
{
  g_autoptr (JsonNode) node = more != NULL ? cs_json_parse (more, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);

  remote->brand = g_strdup (cs_json_string (object, "brand", NULL));
  remote->category = g_strdup (cs_json_string (object, "category", NULL));
  remote->category_id = g_strdup (cs_json_string (object, "category_id", NULL));
  remote->bullets = read_list (object, "bullets");
  remote->keywords = read_list (object, "keywords");
  remote->attributes = read_tree (object, "attributes");
  remote->variants = read_tree (object, "variants");
}

gboolean
cs_remotes_write (CsDb            *db,
                  CsRemoteListing *remote,
                  gint64           product,
                  GError         **error)
{
  g_autofree char *pictures = dup_list_json (remote->pictures);
  g_autofree char *more = write_more (remote);
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT OR REPLACE INTO remote_listing"
                       "  (account, remote_id, product, key, sku, version, url, live, title, description, price, body, pictures,"
                       "   pulled_at, stock, more)"
                       "  VALUES (:account, :remote_id,"
                       "          coalesce (nullif (:product, 0), (SELECT product FROM remote_listing"
                       "                                             WHERE account = :account AND remote_id = :remote_id)),"
                       "          :key, :sku, :version, :url, :live, :title, :description,"
                       "          :price, :body, :pictures, :pulled_at, :stock, :more)");

  cs_stmt_bind (stmt, ":account", remote->account);
  cs_stmt_bind (stmt, ":remote_id", remote->remote_id);
  cs_stmt_bind (stmt, ":product", product);
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
  cs_stmt_bind (stmt, ":stock", remote->stock);
  cs_stmt_bind (stmt, ":more", more);

  return cs_stmt_run (stmt, error);
}

static DexFuture *
put_remote (CsDb    *db,
            gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;

  return cs_store_settle (cs_remotes_write (db, args->remote, args->product, &error), &error);
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

CsRemoteListing *
cs_remotes_read (CsStmt *stmt)
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
  remote->stock = cs_stmt_int64 (stmt, 13);
  read_more (remote, cs_stmt_text (stmt, 14));

  return remote;
}

static DexFuture *
get_remote (CsDb    *db,
            gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, CS_REMOTES_SELECT "WHERE account = :account AND product = :product ORDER BY pulled_at DESC LIMIT 1");

  cs_stmt_bind (stmt, ":account", args->account_id);
  cs_stmt_bind (stmt, ":product", args->product);
  if (cs_stmt_next (stmt, &error))
    return dex_future_new_take_boxed (CS_TYPE_REMOTE_LISTING, cs_remotes_read (stmt));

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
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, CS_REMOTES_SELECT "WHERE account = :account ORDER BY remote_id");
  g_autoptr (GPtrArray) remotes = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_remote_listing_unref);
  g_autoptr (GError) error = NULL;

  cs_stmt_bind (stmt, ":account", args->account_id);
  while (cs_stmt_next (stmt, &error))
    g_ptr_array_add (remotes, cs_remotes_read (stmt));

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

static DexFuture *
get_one (CsDb    *db,
         gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, CS_REMOTES_SELECT "WHERE account = :account AND remote_id = :remote_id");

  cs_stmt_bind (stmt, ":account", args->remote->account);
  cs_stmt_bind (stmt, ":remote_id", args->remote->remote_id);
  if (cs_stmt_next (stmt, &error))
    return dex_future_new_take_boxed (CS_TYPE_REMOTE_LISTING, cs_remotes_read (stmt));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, _("This was not seen in the shop. Read the shop again."));
}

DexFuture *
cs_remotes_get_one (CsStore    *store,
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

  return cs_store_read (store, get_one, args, args_free);
}

/* One product, one listing of an account: what was linked before is loose again */
static DexFuture *
link_remote (CsDb    *db,
             gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) loosen =
    cs_db_prepare (db, "UPDATE remote_listing SET product = NULL WHERE account = :account AND product = :product");
  g_autoptr (CsStmt) bind =
    cs_db_prepare (db, "UPDATE remote_listing SET product = :product WHERE account = :account AND remote_id = :remote_id");

  cs_stmt_bind (loosen, ":account", args->account_id);
  cs_stmt_bind (loosen, ":product", args->product);
  if (!cs_products_exists (db, args->product, &error) || !cs_stmt_run (loosen, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (args->remote != NULL)
    {
      cs_stmt_bind (bind, ":account", args->account_id);
      cs_stmt_bind (bind, ":product", args->product);
      cs_stmt_bind (bind, ":remote_id", args->remote->remote_id);
      if (!cs_stmt_run (bind, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));

      if (cs_db_changes (db) == 0)
        return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, _("This was not seen in the shop. Read the shop again."));
    }

  /* What was signed for the other listing must not go to this one */
  return cs_store_settle (cs_progress_edit (db, args->product, CS_EDIT_OUTGOING, &error) &&
                            cs_progress_update_product (db, args->product, &error),
                          &error);
}

DexFuture *
cs_remotes_link (CsStore    *store,
                 gint64      account,
                 gint64      product,
                 const char *remote_id)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->account_id = account;
  args->product = product;
  if (remote_id != NULL)
    {
      args->remote = cs_remote_listing_new ();
      args->remote->remote_id = g_strdup (remote_id);
    }

  return cs_store_write (store, link_remote, args, args_free);
}
