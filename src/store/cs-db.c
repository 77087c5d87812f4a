/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sqlite3.h>

#include "cs-db.h"
#include "cs-hash.h"
#include "cs-trace.h"

/* The only file that includes sqlite3.h.
 *
 * Blocking, one thread, no GObject. A failed prepare or bind is remembered in
 * the statement and reported once, by the call that runs it; so building a
 * statement needs no checks and running it needs exactly one. A name that is
 * not in the statement is such a failure, so a typo is loud.
 *
 * Statements are literals: prepared once for each connection and kept. Freeing
 * one gives it back.
 *
 * Two functions of SQL are ours. cs_sha256() is what the release of an outbox
 * row recomputes, and cs_signing() is true only while a person's approval is
 * being stored. The triggers that guard what was signed call them, so a client
 * that does not have them cannot even prepare a statement against it.
 */

#define BUSY_MS 5000
#define CACHE_KIB 16384

struct _CsDb
{
  sqlite3    *handle;
  GHashTable *statements;
  gboolean    signing;
  CsDbLogFunc log_func;
  gpointer    log_data;

  gpointer       data;
  GDestroyNotify data_destroy;
};

struct _CsStmt
{
  CsDb         *db;
  sqlite3_stmt *handle;
  const char   *sql;
  int           rc;
  gboolean      kept;
  gboolean      in_use;
};

/* What happened to the library and what to do about it, in words for a seller.
 * SQLite's own are for the trace.
 */
static void
set_error (GError    **error,
           sqlite3    *handle,
           int         rc,
           const char *sql)
{
  cs_trace (CS_TRACE_STORE, "%s (%d) in “%s”",
            rc == SQLITE_RANGE ? "no such parameter" : sqlite3_errmsg (handle), rc, sql);

  /* Reading wants a little room, too */
  if (rc == SQLITE_IOERR_SHMSIZE || ((rc & 0xff) == SQLITE_IOERR && handle != NULL && sqlite3_system_errno (handle) == ENOSPC))
    rc = SQLITE_FULL;

  switch (rc & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error_literal (error, CS_ERROR, CS_ERROR_CORRUPT,
                           _("The library is damaged. Put back a backup of it."));
      break;

    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      g_set_error_literal (error, CS_ERROR, CS_ERROR_READ_ONLY,
                           _("The library cannot be written to. Check that its folder is there and yours to change."));
      break;

    case SQLITE_FULL:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                           _("The disk is full. Nothing was changed. Make room, then try again."));
      break;

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                           _("Another program is holding the library up. Try again."));
      break;

    case SQLITE_CONSTRAINT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                           _("The library did not take this change, because it does not fit what is there. Nothing was changed."));
      break;

    default:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _("The library could not be read or written. Try again; if it stays so, “countersign-cli doctor” says more."));
    }
}

/**
 * cs_db_refuse_damage:
 * @what: (nullable): what stands where it cannot be
 *
 * Always FALSE, with an error: what was read was not written by this program.
 */
gboolean
cs_db_refuse_damage (const char *what,
                     GError    **error)
{
  cs_trace (CS_TRACE_STORE, "there is no “%s”", what != NULL ? what : "NULL");
  g_set_error_literal (error, CS_ERROR, CS_ERROR_CORRUPT, _("The library is damaged. Put back a backup of it."));

  return FALSE;
}

static void
sql_sha256 (sqlite3_context *context,
            int              n_values,
            sqlite3_value  **values)
{
  gconstpointer    data;
  g_autofree char *hash = NULL;

  if (sqlite3_value_type (values[0]) == SQLITE_NULL)
    return;

  /* In this order: asking for the bytes may move them */
  data = sqlite3_value_blob (values[0]);
  hash = cs_hash_data (data != NULL ? data : "", sqlite3_value_bytes (values[0]));
  sqlite3_result_text (context, hash, -1, SQLITE_TRANSIENT);
}

static void
sql_signing (sqlite3_context *context,
             int              n_values,
             sqlite3_value  **values)
{
  CsDb *self = sqlite3_user_data (context);

  sqlite3_result_int (context, self->signing);
}

static int
on_log (void       *data,
        sqlite3    *handle,
        const char *name,
        int         pages)
{
  CsDb *self = data;

  if (self->log_func != NULL)
    self->log_func (pages, self->log_data);

  return SQLITE_OK;
}

/* The schema is not trusted: of all functions, triggers and views may call only
 * those that are marked innocuous, as ours are.
 */
static int
configure (CsDb *self)
{
  int rc;

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);

  rc = sqlite3_create_function_v2 (self->handle, "cs_sha256", 1,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                   self, sql_sha256, NULL, NULL, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_create_function_v2 (self->handle, "cs_signing", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS,
                                     self, sql_signing, NULL, NULL, NULL);

  return rc;
}

static char *
dup_look_uri (const char *path)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

  return g_strdup_printf ("file:%s?immutable=1", escaped);
}

CsDb *
cs_db_open (const char *path,
            CsDbMode    mode,
            GError    **error)
{
  static const int flags[] = {
    [CS_DB_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    [CS_DB_WRITE] = SQLITE_OPEN_READWRITE,
    [CS_DB_READ] = SQLITE_OPEN_READONLY,
    [CS_DB_LOOK] = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
  };
  g_autoptr (CsDb) self = g_new0 (CsDb, 1);
  g_autofree char *name = mode == CS_DB_LOOK ? dup_look_uri (path) : g_strdup (path);
  g_autofree char *cache = g_strdup_printf ("PRAGMA cache_size = -%d", CACHE_KIB);
  int rc;

  rc = sqlite3_open_v2 (name, &self->handle, flags[mode] | SQLITE_OPEN_NOMUTEX, NULL);
  if (rc == SQLITE_OK)
    rc = configure (self);

  if (rc != SQLITE_OK)
    {
      set_error (error, self->handle, rc, path);
      return NULL;
    }

  self->statements = g_hash_table_new (g_str_hash, g_str_equal);
  if (!cs_db_exec (self, cache, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
destroy_statement (CsStmt *stmt)
{
  sqlite3_finalize (stmt->handle);
  g_free (stmt);
}

void
cs_db_close (CsDb *self)
{
  g_return_if_fail (self != NULL);

  cs_db_set_data (self, NULL, NULL);
  if (self->statements != NULL)
    {
      GHashTableIter iter;
      gpointer       stmt;

      g_hash_table_iter_init (&iter, self->statements);
      while (g_hash_table_iter_next (&iter, NULL, &stmt))
        destroy_statement (stmt);
      g_hash_table_unref (self->statements);
    }

  sqlite3_close_v2 (self->handle);
  g_free (self);
}

gboolean
cs_db_exec (CsDb       *self,
            const char *sql,
            GError    **error)
{
  int rc;

  g_return_val_if_fail (self != NULL, FALSE);

  rc = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (rc != SQLITE_OK)
    set_error (error, self->handle, rc, sql);

  return rc == SQLITE_OK;
}

/* What SQLite says of the last call, where it failed, else NULL: for the doctor, not for the seller */
const char *
cs_db_get_message (CsDb *self)
{
  int rc = sqlite3_errcode (self->handle);

  return rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE ? NULL : sqlite3_errmsg (self->handle);
}

gint64
cs_db_last_id (CsDb *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

/* How many rows the last statement changed */
int
cs_db_changes (CsDb *self)
{
  return sqlite3_changes (self->handle);
}

/**
 * cs_db_set_signing:
 *
 * What cs_signing() answers, and with it whether an approval can be inserted.
 * Called by cs_outbox_approve() alone, for the length of its one job.
 */
void
cs_db_set_signing (CsDb    *self,
                   gboolean signing)
{
  self->signing = signing;
}

/**
 * cs_db_set_log_func:
 *
 * Tells @func how long the log is after each commit, in place of SQLite's own
 * habit of emptying it in the middle of some commit, which would then take ten
 * times as long as the others.
 */
void
cs_db_set_log_func (CsDb       *self,
                    CsDbLogFunc func,
                    gpointer    data)
{
  self->log_func = func;
  self->log_data = data;
  sqlite3_wal_hook (self->handle, on_log, self);
}

/* An untouched library is not even tidied up when it is closed */
void
cs_db_set_untouched (CsDb    *self,
                     gboolean untouched)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, (int) untouched, NULL);
}

/* What is kept beside the connection, and goes with it: see cs-roster.c */
gpointer
cs_db_get_data (CsDb *self)
{
  return self->data;
}

void
cs_db_set_data (CsDb          *self,
                gpointer       data,
                GDestroyNotify data_destroy)
{
  if (self->data_destroy != NULL)
    self->data_destroy (self->data);

  self->data = data;
  self->data_destroy = data_destroy;
}

/**
 * cs_db_checkpoint:
 * @whole: waits for the others and leaves an empty log; else it takes over what
 *   it can and holds nobody up
 */
gboolean
cs_db_checkpoint (CsDb    *self,
                  gboolean whole,
                  GError **error)
{
  int rc = sqlite3_wal_checkpoint_v2 (self->handle, NULL,
                                      whole ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
                                      NULL, NULL);

  if (rc != SQLITE_OK && (whole || (rc & 0xff) != SQLITE_BUSY))
    {
      set_error (error, self->handle, rc, "checkpoint");
      return FALSE;
    }

  return TRUE;
}

/**
 * cs_db_prepare:
 * @sql: one statement, a literal: it is kept under its text
 *
 * Only a statement that is running already, further up the stack, is prepared
 * anew and not kept.
 */
CsStmt *
cs_db_prepare (CsDb       *self,
               const char *sql)
{
  CsStmt *stmt = g_hash_table_lookup (self->statements, sql);

  if (stmt != NULL && !stmt->in_use)
    {
      stmt->in_use = TRUE;
      stmt->rc = SQLITE_OK;
      return stmt;
    }

  stmt = g_new0 (CsStmt, 1);
  stmt->db = self;
  stmt->sql = sql;
  stmt->in_use = TRUE;
  stmt->rc = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt->handle, NULL);

  if (stmt->rc == SQLITE_OK && !g_hash_table_contains (self->statements, sql))
    {
      stmt->sql = sqlite3_sql (stmt->handle);
      stmt->kept = TRUE;
      g_hash_table_insert (self->statements, (gpointer) stmt->sql, stmt);
    }

  return stmt;
}

void
cs_stmt_free (CsStmt *self)
{
  if (!self->kept)
    {
      destroy_statement (self);
      return;
    }

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->in_use = FALSE;
}

static int
cs_stmt_parameter (CsStmt     *self,
                   const char *name)
{
  if (self->rc != SQLITE_OK)
    return 0;

  return sqlite3_bind_parameter_index (self->handle, name);
}

void
cs_stmt_bind_int64 (CsStmt     *self,
                    const char *name,
                    gint64      value)
{
  int index = cs_stmt_parameter (self, name);

  if (self->rc == SQLITE_OK)
    self->rc = sqlite3_bind_int64 (self->handle, index, value);
}

/* %NULL is NULL */
void
cs_stmt_bind_text (CsStmt     *self,
                   const char *name,
                   const char *value)
{
  int index = cs_stmt_parameter (self, name);

  if (self->rc == SQLITE_OK)
    self->rc = sqlite3_bind_text (self->handle, index, value, -1, SQLITE_TRANSIENT);
}

void
cs_stmt_bind_blob (CsStmt     *self,
                   const char *name,
                   GBytes     *value)
{
  int           index = cs_stmt_parameter (self, name);
  gsize         length = 0;
  gconstpointer data = value != NULL ? g_bytes_get_data (value, &length) : NULL;

  if (self->rc != SQLITE_OK)
    return;

  if (value == NULL)
    self->rc = sqlite3_bind_null (self->handle, index);
  else
    self->rc = sqlite3_bind_blob64 (self->handle, index, data != NULL ? data : "", length, SQLITE_TRANSIENT);
}

/* To bind and run it once more */
void
cs_stmt_rewind (CsStmt *self)
{
  if (self->rc != SQLITE_ROW && self->rc != SQLITE_DONE)
    return;

  sqlite3_reset (self->handle);
  self->rc = SQLITE_OK;
}

/* TRUE while there is a row; after that cs_stmt_is_done() tells the end from a failure */
gboolean
cs_stmt_next (CsStmt  *self,
              GError **error)
{
  if (self->rc == SQLITE_OK || self->rc == SQLITE_ROW)
    self->rc = sqlite3_step (self->handle);

  if (self->rc != SQLITE_ROW && self->rc != SQLITE_DONE)
    set_error (error, self->db->handle, self->rc, self->sql);

  return self->rc == SQLITE_ROW;
}

gboolean
cs_stmt_is_done (CsStmt *self)
{
  return self->rc == SQLITE_DONE;
}

gboolean
cs_stmt_run (CsStmt  *self,
             GError **error)
{
  while (cs_stmt_next (self, error))
    continue;

  return cs_stmt_is_done (self);
}

/* The first column of the first row, or @otherwise where there is none or it is NULL */
gboolean
cs_stmt_find_int64 (CsStmt  *self,
                    gint64  *value,
                    gint64   otherwise,
                    GError **error)
{
  *value = otherwise;

  if (!cs_stmt_next (self, error))
    return cs_stmt_is_done (self);

  if (!cs_stmt_is_null (self, 0))
    *value = cs_stmt_int64 (self, 0);

  return TRUE;
}

gint64
cs_stmt_int64 (CsStmt *self,
               int     column)
{
  return sqlite3_column_int64 (self->handle, column);
}

gboolean
cs_stmt_is_null (CsStmt *self,
                 int     column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

const char *
cs_stmt_text (CsStmt *self,
              int     column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

char *
cs_stmt_dup_text (CsStmt *self,
                  int     column)
{
  return g_strdup (cs_stmt_text (self, column));
}

GBytes *
cs_stmt_dup_blob (CsStmt *self,
                  int     column)
{
  gconstpointer data = sqlite3_column_blob (self->handle, column);

  return g_bytes_new (data, sqlite3_column_bytes (self->handle, column));
}
