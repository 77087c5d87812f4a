/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-asked.h"
#include "cs-product.h"
#include "cs-store-private.h"

static void
cs_asked_batch_clear (CsAskedBatch *self)
{
  g_free (self->engine);
  g_free (self->settings);
  g_clear_pointer (&self->products, g_array_unref);
}

CS_DEFINE_RECORD (CsAskedBatch, cs_asked_batch)

static const char *const states[] = {
  [CS_ASKED_DONE] = "done",
  [CS_ASKED_FAILED] = "failed",
  [CS_ASKED_DROPPED] = "dropped",
};

typedef struct
{
  gint64       batch;
  gint64       product;
  char        *engine;
  char        *text;
  gint64       budget;
  CsAskedState state;
  GArray      *products;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_free (args->engine);
  g_free (args->text);
  g_clear_pointer (&args->products, g_array_unref);
  g_free (args);
}

static gboolean
add_product (CsDb       *db,
             const Args *args,
             gint64      batch,
             guint       position,
             GError    **error)
{
  gint64 product = g_array_index (args->products, gint64, position);
  g_autoptr (CsStmt) move =
    cs_db_prepare (db, "UPDATE asked_product SET state = 'dropped' WHERE product = :product AND state = 'open'"
                       "  AND batch IN (SELECT id FROM asked WHERE engine = :engine)");
  g_autoptr (CsStmt) add =
    cs_db_prepare (db, "INSERT INTO asked_product (batch, position, product, state)"
                       "  VALUES (:batch, :position, :product, 'open')");

  cs_stmt_bind (move, ":product", product);
  cs_stmt_bind (move, ":engine", args->engine);
  cs_stmt_bind (add, ":batch", batch);
  cs_stmt_bind (add, ":position", position);
  cs_stmt_bind (add, ":product", product);

  return cs_stmt_run (move, error) && cs_stmt_run (add, error);
}

static DexFuture *
begin (CsDb    *db,
       gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO asked (engine, budget, settings, made_at) VALUES (:engine, :budget, :settings, :now)");
  gint64 batch;

  cs_stmt_bind (stmt, ":engine", args->engine);
  cs_stmt_bind (stmt, ":budget", MAX (args->budget, (gint64) -1));
  cs_stmt_bind (stmt, ":settings", args->text);
  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  if (!cs_stmt_run (stmt, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  batch = cs_db_last_id (db);
  for (guint i = 0; i < args->products->len; i++)
    {
      if (!add_product (db, args, batch, i, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_for_int64 (batch);
}

DexFuture *
cs_asked_begin (CsStore      *store,
                const char   *engine,
                const gint64 *products,
                guint         n_products,
                gint64        budget,
                const char   *settings)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (engine != NULL);

  args = g_new0 (Args, 1);
  args->engine = g_strdup (engine);
  args->text = g_strdup (settings);
  args->budget = budget;
  args->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (args->products, products, n_products);

  return cs_store_write (store, begin, args, args_free);
}

static DexFuture *
settle (CsDb    *db,
        gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE asked_product SET state = :state, message = :message"
                       "  WHERE batch = :batch AND (:product = 0 OR product = :product) AND state = 'open'");

  cs_stmt_bind (stmt, ":batch", args->batch);
  cs_stmt_bind (stmt, ":product", args->product);
  cs_stmt_bind (stmt, ":state", states[args->state]);
  cs_stmt_bind (stmt, ":message", args->text);

  return cs_store_settle (cs_stmt_run (stmt, &error), &error);
}

DexFuture *
cs_asked_settle (CsStore     *store,
                 gint64       batch,
                 gint64       product,
                 CsAskedState state,
                 const char  *message)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (state < G_N_ELEMENTS (states));

  args = g_new0 (Args, 1);
  args->batch = batch;
  args->product = product;
  args->state = state;
  args->text = g_strdup (message);

  return cs_store_write (store, settle, args, args_free);
}

static DexFuture *
list_open (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (GPtrArray) batches = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_asked_batch_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT a.id, a.engine, a.budget, a.settings, p.product"
                       "  FROM asked_product p JOIN asked a ON a.id = p.batch JOIN engine_setup e ON e.id = a.engine"
                       "  JOIN product o ON o.id = p.product"
                       "  WHERE p.state = 'open' AND e.removed = 0 AND o.archived = 0 AND (:batch = 0 OR a.id = :batch)"
                       "  ORDER BY a.id, p.position");
  CsAskedBatch *batch = NULL;

  cs_stmt_bind (stmt, ":batch", args->batch);
  while (cs_stmt_next (stmt, &error))
    {
      gint64 product = cs_stmt_int64 (stmt, 4);

      if (batch == NULL || batch->id != cs_stmt_int64 (stmt, 0))
        {
          batch = cs_asked_batch_new ();
          batch->id = cs_stmt_int64 (stmt, 0);
          batch->engine = cs_stmt_dup_text (stmt, 1);
          batch->budget = cs_stmt_int64 (stmt, 2);
          batch->settings = cs_stmt_dup_text (stmt, 3);
          batch->products = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_ptr_array_add (batches, batch);
        }
      g_array_append_val (batch->products, product);
    }

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&batches));
}

DexFuture *
cs_asked_list_open (CsStore *store,
                    gint64   batch)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->batch = batch;

  return cs_store_read (store, list_open, args, args_free);
}

static DexFuture *
list_unseen (CsDb    *db,
             gpointer data)
{
  const char *engine = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT p.id FROM product p WHERE p.archived = 0 AND p.stage < :ready AND NOT EXISTS"
                       "  (SELECT 1 FROM engine_run r WHERE r.product = p.id AND r.engine = :engine"
                       "     AND r.facts = p.facts AND r.input IS NOT NULL)"
                       "  ORDER BY p.id");

  cs_stmt_bind (stmt, ":engine", engine);
  cs_stmt_bind (stmt, ":ready", CS_STAGE_READY);
  while (cs_stmt_next (stmt, &error))
    {
      gint64 id = cs_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_ARRAY, g_steal_pointer (&ids));
}

DexFuture *
cs_asked_list_unseen (CsStore    *store,
                      const char *engine)
{
  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (engine != NULL);

  return cs_store_read (store, list_unseen, g_strdup (engine), g_free);
}

static DexFuture *
list_stale (CsDb    *db,
            gpointer data)
{
  Args *args = data;
  g_autoptr (GStrvBuilder) engines = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT r.engine FROM engine_run r JOIN engine_setup e ON e.id = r.engine JOIN product p ON p.id = r.product"
                       "  WHERE r.product = :product AND r.facts <> p.facts AND e.kind = 'writes' ORDER BY e.position");

  cs_stmt_bind (stmt, ":product", args->product);
  while (cs_stmt_next (stmt, &error))
    g_strv_builder_add (engines, cs_stmt_text (stmt, 0));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_STRV, g_strv_builder_end (engines));
}

DexFuture *
cs_asked_list_stale (CsStore *store,
                     gint64   product)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->product = product;

  return cs_store_read (store, list_stale, args, args_free);
}
