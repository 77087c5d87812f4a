/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-outbox-private.h"
#include "cs-progress.h"

/* Where entries stand, and the journal of their steps */

typedef struct
{
  gint64        account;
  gint64        entry;
  gint64        step;
  gboolean      open_only;
  CsOutboxState state;
  char         *remote_id;
  char         *url;
  char         *message;
  gint64        next_at;
  char         *name;
  char         *body;
  char         *outcome;
  char         *detail;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_free (args->remote_id);
  g_free (args->url);
  g_free (args->message);
  g_free (args->name);
  g_free (args->body);
  g_free (args->outcome);
  g_free (args->detail);
  g_free (args);
}

gboolean
cs_outbox_refuse_missing (GError **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("This is not in the outbox."));

  return FALSE;
}

#define SELECT_ENTRY                                                                             \
  "SELECT o.id, o.approval, o.account, o.product, o.payload, o.operation, o.state, o.attempts,"  \
  "  o.next_at, o.remote_id, o.url, o.message, p.title, p.thumbnail, a.name, o.changed_at,"      \
  "  a.channel,"                                                                                  \
  "  (SELECT l.operation FROM outbox l WHERE l.product = o.product AND l.account = o.account"     \
  "     AND l.id > o.id AND l.state IN ('done', 'differs') ORDER BY l.id DESC LIMIT 1)"           \
  "  FROM outbox o JOIN product p ON p.id = o.product JOIN account a ON a.id = o.account "

static CsOutboxEntry *
read_entry (CsStmt  *stmt,
            GError **error)
{
  g_autoptr (CsOutboxEntry) entry = cs_outbox_entry_new ();

  if (!cs_operation_from_name (cs_stmt_text (stmt, 5), &entry->operation) ||
      !cs_outbox_state_from_name (cs_stmt_text (stmt, 6), &entry->state))
    {
      cs_db_refuse_damage (cs_stmt_text (stmt, 6), error);
      return NULL;
    }

  entry->id = cs_stmt_int64 (stmt, 0);
  entry->approval = cs_stmt_int64 (stmt, 1);
  entry->account = cs_stmt_int64 (stmt, 2);
  entry->product = cs_stmt_int64 (stmt, 3);
  entry->payload = cs_stmt_dup_text (stmt, 4);
  entry->attempts = cs_stmt_int64 (stmt, 7);
  entry->next_at = cs_stmt_int64 (stmt, 8);
  entry->remote_id = cs_stmt_dup_text (stmt, 9);
  entry->url = cs_stmt_dup_text (stmt, 10);
  entry->message = cs_stmt_dup_text (stmt, 11);
  entry->title = cs_stmt_dup_text (stmt, 12);
  entry->thumbnail = cs_stmt_dup_text (stmt, 13);
  entry->account_name = cs_accounts_dup_name (cs_stmt_text (stmt, 16), cs_stmt_text (stmt, 14));
  entry->changed_at = cs_stmt_int64 (stmt, 15);
  entry->is_past = !cs_stmt_is_null (stmt, 17) && cs_operation_from_name (cs_stmt_text (stmt, 17), &entry->later);

  return g_steal_pointer (&entry);
}

static DexFuture *
list_entries (CsDb    *db,
              gpointer data)
{
  Args *args = data;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_outbox_entry_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    args->open_only
      ? cs_db_prepare (db, SELECT_ENTRY "WHERE o.state NOT IN ('done', 'differs', 'voided')"
                                        "  AND (o.account = :account OR :account = 0) ORDER BY o.id")
      : cs_db_prepare (db, SELECT_ENTRY "WHERE o.account = :account OR :account = 0 ORDER BY o.id DESC");

  cs_stmt_bind (stmt, ":account", args->account);
  while (cs_stmt_next (stmt, &error))
    {
      CsOutboxEntry *entry = read_entry (stmt, &error);

      if (entry == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
      g_ptr_array_add (entries, entry);
    }

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&entries));
}

DexFuture *
cs_outbox_list (CsStore *store,
                gint64   account,
                gboolean open_only)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->account = account;
  args->open_only = open_only;

  return cs_store_read (store, list_entries, args, args_free);
}

static DexFuture *
get_entry (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, SELECT_ENTRY "WHERE o.id = :entry");
  g_autoptr (CsOutboxEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  cs_stmt_bind (stmt, ":entry", args->entry);
  if (cs_stmt_next (stmt, &error))
    entry = read_entry (stmt, &error);
  else if (cs_stmt_is_done (stmt))
    cs_outbox_refuse_missing (&error);

  if (entry == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_OUTBOX_ENTRY, g_steal_pointer (&entry));
}

DexFuture *
cs_outbox_get (CsStore *store,
               gint64   entry)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->entry = entry;

  return cs_store_read (store, get_entry, args, args_free);
}

static DexFuture *
get_previous (CsDb    *db,
              gpointer data)
{
  Args *args = data;
  g_autoptr (CsListing) listing = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT p.hash, p.bytes FROM outbox o"
                       "  JOIN outbox m ON m.product = o.product AND m.account = o.account AND m.id < o.id"
                       "  JOIN payload p ON p.hash = m.payload"
                       "  WHERE o.id = :entry AND m.state = 'done' AND m.operation NOT IN ('withdraw', 'offer')"
                       "  ORDER BY m.id DESC LIMIT 1");

  cs_stmt_bind (stmt, ":entry", args->entry);
  if (cs_stmt_next (stmt, &error))
    listing = cs_outbox_read_listing (stmt, 0, 1, &error);
  else if (cs_stmt_is_done (stmt))
    g_set_error (&error, CS_ERROR, CS_ERROR_NOT_FOUND, _("Nothing was published before this."));

  if (listing == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_LISTING, g_steal_pointer (&listing));
}

DexFuture *
cs_outbox_get_previous (CsStore *store,
                        gint64   entry)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->entry = entry;

  return cs_store_read (store, get_previous, args, args_free);
}

/* What only looks may be journalled whatever became of the approval: what is
 * there has to be known, above all when something was voided half-way.
 */
static DexFuture *
begin_step (CsDb    *db,
            gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO outbox_step (entry, step, body, begun_at)"
                       "  SELECT id, :step, :body, :now FROM outbox WHERE id = :entry"
                       "    AND (" CS_OUTBOX_IS_LOOK (":step") " OR"
                       "         NOT EXISTS (SELECT 1 FROM approval_void v WHERE v.approval = outbox.approval))");

  cs_stmt_bind (stmt, ":step", args->name);
  cs_stmt_bind (stmt, ":body", args->body);
  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  cs_stmt_bind (stmt, ":entry", args->entry);
  if (!cs_stmt_run (stmt, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (cs_db_changes (db) == 0)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_SIGNED,
                                  _("No approval stands for this, so it is not sent. Approve it again."));

  return dex_future_new_for_int64 (cs_db_last_id (db));
}

DexFuture *
cs_outbox_begin_step (CsStore    *store,
                      gint64      entry,
                      const char *step,
                      const char *body)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (step != NULL);

  args = g_new0 (Args, 1);
  args->entry = entry;
  args->name = g_strdup (step);
  args->body = g_strdup (body);

  return cs_store_write (store, begin_step, args, args_free);
}

static DexFuture *
end_step (CsDb    *db,
          gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE outbox_step SET outcome = :outcome, detail = :detail, ended_at = :now"
                       "  WHERE id = :step AND outcome IS NULL");

  cs_stmt_bind (stmt, ":outcome", args->outcome);
  cs_stmt_bind (stmt, ":detail", args->detail);
  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  cs_stmt_bind (stmt, ":step", args->step);
  if (!cs_stmt_run (stmt, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (cs_db_changes (db) == 0)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_CONFLICT, "This step has its outcome already");

  return dex_future_new_true ();
}

DexFuture *
cs_outbox_end_step (CsStore    *store,
                    gint64      step,
                    const char *outcome,
                    const char *detail)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (outcome != NULL);

  args = g_new0 (Args, 1);
  args->step = step;
  args->outcome = g_strdup (outcome);
  args->detail = g_strdup (detail);

  return cs_store_write (store, end_step, args, args_free);
}

static DexFuture *
get_steps (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_outbox_step_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT id, entry, step, body, outcome, detail, begun_at, ended_at FROM outbox_step"
                       "  WHERE entry = :entry ORDER BY id");

  cs_stmt_bind (stmt, ":entry", args->entry);
  while (cs_stmt_next (stmt, &error))
    {
      CsOutboxStep *step = cs_outbox_step_new ();

      step->id = cs_stmt_int64 (stmt, 0);
      step->entry = cs_stmt_int64 (stmt, 1);
      step->step = cs_stmt_dup_text (stmt, 2);
      step->body = cs_stmt_dup_text (stmt, 3);
      step->outcome = cs_stmt_dup_text (stmt, 4);
      step->detail = cs_stmt_dup_text (stmt, 5);
      step->begun_at = cs_stmt_int64 (stmt, 6);
      step->ended_at = cs_stmt_int64 (stmt, 7);
      g_ptr_array_add (steps, step);
    }

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&steps));
}

DexFuture *
cs_outbox_get_steps (CsStore *store,
                     gint64   entry)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->entry = entry;

  return cs_store_read (store, get_steps, args, args_free);
}

static gboolean
update_owner (CsDb    *db,
              gint64   entry,
              GError **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT product FROM outbox WHERE id = :entry");
  gint64 product;

  cs_stmt_bind (stmt, ":entry", entry);

  return cs_stmt_find_int64 (stmt, &product, 0, error) &&
         (product != 0 || cs_outbox_refuse_missing (error)) &&
         cs_progress_update_product (db, product, error);
}

/* An entry that an edit voided under the sender's hands is not brought back to
 * life, and one that has arrived does not keep the reason why it was late.
 */
static DexFuture *
settle (CsDb    *db,
        gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE outbox SET"
                       "    state = CASE WHEN state = 'voided' AND :state IN ('ready', 'sending', 'waiting', 'sign-in')"
                       "                 THEN state ELSE :state END,"
                       "    remote_id = coalesce (:remote_id, remote_id),"
                       "    url = coalesce (:url, url),"
                       "    message = CASE WHEN :message IS NULL AND :state = 'done' THEN NULL"
                       "                   ELSE nullif (coalesce (:message, message), '') END,"
                       "    next_at = :next_at, changed_at = :now WHERE id = :entry");

  cs_stmt_bind (stmt, ":state", cs_outbox_state_get_name (args->state));
  cs_stmt_bind (stmt, ":remote_id", args->remote_id);
  cs_stmt_bind (stmt, ":url", args->url);
  cs_stmt_bind (stmt, ":message", args->message);
  cs_stmt_bind (stmt, ":next_at", args->next_at);
  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  cs_stmt_bind (stmt, ":entry", args->entry);

  return cs_store_settle (cs_stmt_run (stmt, &error) && update_owner (db, args->entry, &error), &error);
}

DexFuture *
cs_outbox_settle (CsStore       *store,
                  gint64         entry,
                  CsOutboxState  state,
                  const char    *remote_id,
                  const char    *url,
                  const char    *message,
                  gint64         next_at)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->entry = entry;
  args->state = state;
  args->remote_id = g_strdup (remote_id);
  args->url = g_strdup (url);
  args->message = g_strdup (message);
  args->next_at = next_at;

  return cs_store_write (store, settle, args, args_free);
}

/* Where a step's outcome is not known and no look since has told, it is looked
 * up before anything else
 */
static DexFuture *
retry (CsDb    *db,
       gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE outbox AS o SET next_at = 0, message = NULL, changed_at = :now,"
                       "    state = CASE WHEN " CS_OUTBOX_HAS_OPEN_STEP " THEN 'unknown' ELSE 'ready' END"
                       "  WHERE id = :entry AND state IN ('failed', 'conflict', 'sign-in', 'waiting', 'unknown')"
                       "    AND NOT EXISTS (SELECT 1 FROM approval_void v WHERE v.approval = o.approval)");
  /* A shop that is left alone for a while is not, once a person asks */
  g_autoptr (CsStmt) awake =
    cs_db_prepare (db, "UPDATE account SET paused_until = 0, message = NULL"
                       "  WHERE id = (SELECT account FROM outbox WHERE id = :entry) AND paused_until > 0");

  cs_stmt_bind (awake, ":entry", args->entry);
  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  cs_stmt_bind (stmt, ":entry", args->entry);
  if (!cs_stmt_run (stmt, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (cs_db_changes (db) == 0)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_SIGNED,
                                  _("This cannot be tried again as it is. Approve the product again."));

  return cs_store_settle (cs_stmt_run (awake, &error) && update_owner (db, args->entry, &error), &error);
}

DexFuture *
cs_outbox_retry (CsStore *store,
                 gint64   entry)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->entry = entry;

  return cs_store_write (store, retry, args, args_free);
}

static DexFuture *
retry_account (CsDb    *db,
               gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CsStmt) list = cs_db_prepare (db, "SELECT id FROM outbox o WHERE account = :account AND state = 'sign-in'"
                                               "  AND NOT EXISTS (SELECT 1 FROM approval_void v WHERE v.approval = o.approval)");
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "UPDATE outbox AS o SET next_at = 0, message = NULL, changed_at = :now,"
                       "    state = CASE WHEN " CS_OUTBOX_HAS_OPEN_STEP " THEN 'unknown' ELSE 'ready' END"
                       "  WHERE account = :account AND state = 'sign-in'"
                       "    AND NOT EXISTS (SELECT 1 FROM approval_void v WHERE v.approval = o.approval)");

  cs_stmt_bind (list, ":account", args->account);
  while (cs_stmt_next (list, &error))
    {
      gint64 entry = cs_stmt_int64 (list, 0);

      g_array_append_val (entries, entry);
    }

  cs_stmt_bind (stmt, ":now", g_get_real_time ());
  cs_stmt_bind (stmt, ":account", args->account);
  if (!cs_stmt_is_done (list) || !cs_stmt_run (stmt, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint i = 0; i < entries->len; i++)
    {
      if (!update_owner (db, g_array_index (entries, gint64, i), &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_for_uint (entries->len);
}

DexFuture *
cs_outbox_retry_account (CsStore *store,
                         gint64   account)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->account = account;

  return cs_store_write (store, retry_account, args, args_free);
}

static DexFuture *
void_entry (CsDb    *db,
            gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) append =
    cs_db_prepare (db, "INSERT INTO approval_void (approval, reason, made_at)"
                       "  SELECT o.approval, 'dropped', :now FROM outbox o"
                       "    WHERE o.id = :entry AND o.state NOT IN ('done', 'differs')"
                       "      AND NOT EXISTS (SELECT 1 FROM approval_void v WHERE v.approval = o.approval)");
  g_autoptr (CsStmt) stop =
    cs_db_prepare (db, "UPDATE outbox SET state = CASE WHEN state IN ('done', 'differs') THEN 'done' ELSE 'voided' END,"
                       "    message = :message, next_at = 0, changed_at = :now WHERE id = :entry");

  cs_stmt_bind (append, ":now", g_get_real_time ());
  cs_stmt_bind (append, ":entry", args->entry);
  cs_stmt_bind (stop, ":message", args->message);
  cs_stmt_bind (stop, ":now", g_get_real_time ());
  cs_stmt_bind (stop, ":entry", args->entry);

  return cs_store_settle (cs_stmt_run (append, &error) && cs_stmt_run (stop, &error) &&
                            update_owner (db, args->entry, &error),
                          &error);
}

DexFuture *
cs_outbox_void (CsStore    *store,
                gint64      entry,
                const char *message)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));

  args = g_new0 (Args, 1);
  args->entry = entry;
  args->message = g_strdup (message);

  return cs_store_write (store, void_entry, args, args_free);
}
