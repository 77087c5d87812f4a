/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-ledger.h"
#include "cs-store-private.h"

/* Reading what was sent */

static void
cs_kept_reply_clear (CsKeptReply *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

CS_DEFINE_RECORD (CsKeptReply, cs_kept_reply)

static void
cs_ledger_sum_clear (CsLedgerSum *self)
{
}

CS_DEFINE_RECORD (CsLedgerSum, cs_ledger_sum)

typedef struct
{
  char  **keys;
  char   *engine;
  gint64  id;
  gint64  after;
  guint   most;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_strfreev (args->keys);
  g_free (args->engine);
  g_free (args);
}

static DexFuture *
take_reply (CsStmt *stmt)
{
  g_autoptr (CsKeptReply) reply = cs_kept_reply_new ();
  g_autoptr (GError) error = NULL;

  if (!cs_stmt_next (stmt, &error))
    return cs_stmt_is_done (stmt)
             ? dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, "%s", _("There is no answer to this yet."))
             : dex_future_new_for_error (g_steal_pointer (&error));

  reply->sent = cs_stmt_int64 (stmt, 0);
  reply->bytes = cs_stmt_dup_blob (stmt, 1);

  return dex_future_new_take_boxed (CS_TYPE_KEPT_REPLY, g_steal_pointer (&reply));
}

static DexFuture *
find_reply (CsDb    *db,
            gpointer data)
{
  Args *args = data;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT id, reply FROM sent WHERE key = :key AND state = 'answered' AND reply IS NOT NULL"
                       "  ORDER BY id DESC LIMIT 1");

  cs_stmt_bind (stmt, ":key", args->keys[0]);

  return take_reply (stmt);
}

DexFuture *
cs_ledger_find_reply (CsStore    *store,
                      const char *key)
{
  const char *const keys[] = { key, NULL };
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (key != NULL);

  args = g_new0 (Args, 1);
  args->keys = g_strdupv ((char **) keys);

  return cs_store_read (store, find_reply, args, args_free);
}

static DexFuture *
get_reply (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT id, reply FROM sent WHERE id = :id AND reply IS NOT NULL");

  cs_stmt_bind (stmt, ":id", args->id);

  return take_reply (stmt);
}

DexFuture *
cs_ledger_get_reply (CsStore *store,
                     gint64   id)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->id = id;

  return cs_store_read (store, get_reply, args, args_free);
}

static DexFuture *
sum_batch (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (CsLedgerSum) sum = cs_ledger_sum_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT (SELECT coalesce (max (id), 0) FROM sent), count(*),"
                       "  coalesce (sum (max (CASE state WHEN 'in-flight' THEN estimate ELSE cost END, 0)), 0),"
                       "  coalesce (max (estimated OR state = 'in-flight'), 0),"
                       "  coalesce (max (CASE state WHEN 'in-flight' THEN estimate ELSE cost END < 0), 0), max (currency)"
                       "  FROM sent WHERE batch = :batch AND id > :after");

  cs_stmt_bind (stmt, ":batch", args->id);
  cs_stmt_bind (stmt, ":after", args->after);
  if (!cs_stmt_next (stmt, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  sum->last = cs_stmt_int64 (stmt, 0);
  sum->n = cs_stmt_int64 (stmt, 1);
  sum->cost = cs_stmt_int64 (stmt, 2);
  sum->estimated = cs_stmt_int64 (stmt, 3) != 0;
  sum->unknown = cs_stmt_int64 (stmt, 4) != 0;
  if (!cs_stmt_is_null (stmt, 5))
    g_strlcpy (sum->currency, cs_stmt_text (stmt, 5), sizeof sum->currency);

  return dex_future_new_take_boxed (CS_TYPE_LEDGER_SUM, g_steal_pointer (&sum));
}

DexFuture *
cs_ledger_sum_batch (CsStore *store,
                     gint64   batch,
                     gint64   after)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->id = batch;
  args->after = after;

  return cs_store_read (store, sum_batch, args, args_free);
}

static DexFuture *
list_behind (CsDb    *db,
             gpointer data)
{
  Args *args = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT DISTINCT s.sent FROM item i JOIN suggestion s ON s.item = i.id"
                       "  WHERE i.product = :product AND s.engine = :engine AND s.sent IS NOT NULL"
                       "    AND s.standing IN ('current', 'reserve') ORDER BY s.sent");

  cs_stmt_bind (stmt, ":product", args->id);
  cs_stmt_bind (stmt, ":engine", args->engine);
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
cs_ledger_list_behind (CsStore    *store,
                       const char *engine,
                       gint64      product)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (engine != NULL);

  args = g_new0 (Args, 1);
  args->id = product;
  args->engine = g_strdup (engine);

  return cs_store_read (store, list_behind, args, args_free);
}

static CsSent *
read_sent (CsStmt *stmt)
{
  CsSent *sent = cs_sent_new ();

  sent->id = cs_stmt_int64 (stmt, 0);
  sent->engine = cs_stmt_dup_text (stmt, 1);
  sent->title = cs_stmt_dup_text (stmt, 2);
  sent->address = cs_stmt_dup_text (stmt, 3);
  sent->model = cs_stmt_dup_text (stmt, 4);
  sent->product = cs_stmt_int64 (stmt, 5);
  sent->key = cs_stmt_dup_text (stmt, 6);
  sent->made_at = cs_stmt_int64 (stmt, 7);
  sent->bytes = cs_stmt_int64 (stmt, 8);
  sent->pictures = cs_stmt_int64 (stmt, 9);
  g_strlcpy (sent->currency, cs_stmt_text (stmt, 10), sizeof sent->currency);
  if (!cs_sent_state_from_name (cs_stmt_text (stmt, 11), &sent->state))
    sent->state = CS_SENT_LOST;
  sent->ended_at = cs_stmt_int64 (stmt, 12);
  sent->input = cs_stmt_int64 (stmt, 13);
  sent->output = cs_stmt_int64 (stmt, 14);
  sent->estimated = cs_stmt_int64 (stmt, 15) != 0;
  sent->cost = cs_stmt_int64 (stmt, 16);
  sent->message = cs_stmt_dup_text (stmt, 17);
  sent->n_suggestions = cs_stmt_int64 (stmt, 18);
  sent->n_accepted = cs_stmt_int64 (stmt, 19);

  return sent;
}

/* What is in flight stands with what it is expected to come to. A suggestion that
 * was checked anew with other facts is still the one that was paid for.
 */
static DexFuture *
list_sent (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_sent_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT t.id, t.engine, t.title, t.address, t.model, t.product, t.key, t.made_at, t.bytes, t.pictures,"
                       "  t.currency, t.state, t.ended_at,"
                       "  iif (t.state = 'in-flight', t.expected_input, t.input),"
                       "  iif (t.state = 'in-flight', t.expected_output, t.output),"
                       "  t.estimated OR t.state = 'in-flight',"
                       "  iif (t.state = 'in-flight', t.estimate, t.cost), t.message,"
                       "  (SELECT count(DISTINCT s.item * 100 + s.variant) FROM suggestion s WHERE s.sent = t.id),"
                       "  (SELECT count(*) FROM suggestion s JOIN item i ON i.id = s.item JOIN decision d ON d.id = i.decision"
                       "     WHERE s.sent = t.id AND d.suggestion = s.id AND d.verdict IN ('accept', 'edit'))"
                       "  FROM sent t WHERE :before <= 0 OR t.id < :before ORDER BY t.id DESC LIMIT :most");

  cs_stmt_bind (stmt, ":before", args->id);
  cs_stmt_bind (stmt, ":most", args->most);
  while (cs_stmt_next (stmt, &error))
    g_ptr_array_add (list, read_sent (stmt));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&list));
}

DexFuture *
cs_ledger_list (CsStore *store,
                gint64   before,
                guint    most)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->id = before;
  args->most = most;

  return cs_store_read (store, list_sent, args, args_free);
}
