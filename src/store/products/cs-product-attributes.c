/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-json.h"
#include "cs-products-private.h"
#include "cs-progress.h"

/* What a marketplace's category wants to know of products */

typedef struct
{
  GArray *ids;
  char   *account;
  char   *category;
  char   *label;
  char   *values;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_array_unref (args->ids);
  g_free (args->account);
  g_free (args->category);
  g_free (args->label);
  g_free (args->values);
  g_free (args);
}

/* What was chosen joins what was chosen for other accounts */
static char *
join (const Args *args,
      const char *attributes)
{
  g_autoptr (JsonNode) node = attributes != NULL ? cs_json_parse (attributes, -1, NULL) : NULL;
  g_autoptr (JsonNode) values = args->values != NULL ? cs_json_parse (args->values, -1, NULL) : NULL;
  JsonObject *mine = json_object_new ();

  if (cs_json_node_object (node) == NULL)
    {
      g_clear_pointer (&node, json_node_unref);
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, json_object_new ());
    }

  if (args->category != NULL)
    json_object_set_string_member (mine, "category", args->category);
  if (args->label != NULL)
    json_object_set_string_member (mine, "label", args->label);
  json_object_set_object_member (mine, "values",
                                 cs_json_node_object (values) != NULL ? json_object_ref (cs_json_node_object (values))
                                                                      : json_object_new ());
  json_object_set_object_member (json_node_get_object (node), args->account, mine);

  return cs_json_canonical (node);
}

static gboolean
set_one (CsDb       *db,
         const Args *args,
         gint64      id,
         GError    **error)
{
  g_autoptr (CsStmt) find = cs_db_prepare (db, "SELECT attributes FROM product WHERE id = :id");
  g_autoptr (CsStmt) put = cs_db_prepare (db, "UPDATE product SET attributes = :attributes WHERE id = :id");
  g_autofree char *joined = NULL;

  cs_stmt_bind (find, ":id", id);
  if (!cs_stmt_next (find, error))
    {
      if (cs_stmt_is_done (find))
        cs_products_refuse_missing (error);
      return FALSE;
    }

  joined = join (args, cs_stmt_text (find, 0));
  if (g_strcmp0 (joined, cs_stmt_text (find, 0)) == 0)
    return TRUE;

  cs_stmt_bind (put, ":attributes", joined);
  cs_stmt_bind (put, ":id", id);

  return cs_stmt_run (put, error) &&
         cs_progress_edit (db, id, CS_EDIT_OUTGOING, error) &&
         cs_progress_update_product (db, id, error);
}

static DexFuture *
set_attributes (CsDb    *db,
                gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < args->ids->len; i++)
    {
      if (!set_one (db, args, g_array_index (args->ids, gint64, i), &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_true ();
}

DexFuture *
cs_products_set_attributes (CsStore      *store,
                            const gint64 *ids,
                            guint         n_ids,
                            gint64        account,
                            const char   *category,
                            const char   *label,
                            const char   *values)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (ids != NULL || n_ids == 0);

  args = g_new0 (Args, 1);
  args->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (args->ids, ids, n_ids);
  args->account = g_strdup_printf ("%" G_GINT64_FORMAT, account);
  args->category = g_strdup (category);
  args->label = g_strdup (label);
  args->values = g_strdup (values);

  return cs_store_write (store, set_attributes, args, args_free);
}
