/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "cs-schema.h"

/* A library is looked at before it is opened: its file's header by ourselves,
 * the rest through a connection that leaves nothing beside it. Only what this
 * version understands is then opened for writing, and copied before it is
 * migrated.
 */

/* Of this size and below every page is checked at opening; larger ones when asked to */
#define SMALL_LIBRARY (16 * 1024 * 1024)

typedef struct
{
  gboolean is_empty; /* not there yet, or made a moment before the program was killed */
  guint32  version;
  guint32  application;
} Header;

static guint32
read_big_endian (const guint8 *bytes)
{
  return ((guint32) bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
}

static int
count_steps (const char *const *steps)
{
  return g_strv_length ((char **) steps);
}

static gboolean
refuse_foreign (GError **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_CORRUPT,
               _("The file library.db in this folder is damaged, or it is not a Countersign library. It was left as it is."));

  return FALSE;
}

/* In place of what SQLite says of it */
static gboolean
explain_damage (gboolean ok,
                GError **error)
{
  if (ok || error == NULL || !g_error_matches (*error, CS_ERROR, CS_ERROR_CORRUPT))
    return ok;

  g_clear_error (error);
  g_set_error (error, CS_ERROR, CS_ERROR_CORRUPT,
               _("This library is damaged. It was left as it is. If there is a copy beside it whose name ends in “.db.bak”, that is an older state of it."));

  return FALSE;
}

static gboolean
refuse_newer (GError **error)
{
  g_set_error (error, CS_ERROR, CS_ERROR_NEWER,
               _("This library was made by a newer version of Countersign. It was left as it is. Update Countersign to open it."));

  return FALSE;
}

/* https://www.sqlite.org/fileformat2.html#the_database_header */
static gboolean
read_header (const char *path,
             Header     *header,
             GError    **error)
{
  guint8 bytes[100];
  int    fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize n;

  if (fd < 0 && errno == ENOENT)
    {
      header->is_empty = TRUE;
      return TRUE;
    }

  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                   _("The library cannot be read: %s"), g_strerror (code));
      return FALSE;
    }

  n = pread (fd, bytes, sizeof bytes, 0);
  close (fd);

  if (n == 0)
    {
      header->is_empty = TRUE;
      return TRUE;
    }

  if (n != sizeof bytes || memcmp (bytes, "SQLite format 3", 16) != 0)
    return refuse_foreign (error);

  header->version = read_big_endian (bytes + 60);
  header->application = read_big_endian (bytes + 68);

  return TRUE;
}

static gboolean
get_int64 (CsDb       *db,
           const char *sql,
           gint64     *value,
           GError    **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, sql);

  return cs_stmt_find_int64 (stmt, value, 0, error);
}

static gboolean
check_pages (CsDb       *db,
             const char *path,
             GError    **error)
{
  g_autoptr (CsStmt) tables = cs_db_prepare (db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'");
  GStatBuf status;

  while (cs_stmt_next (tables, error))
    {
      g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM \"%s\" LIMIT 1", cs_stmt_text (tables, 0));

      if (!cs_db_exec (db, sql, error))
        return FALSE;
    }

  if (!cs_stmt_is_done (tables))
    return FALSE;

  if (g_stat (path, &status) == 0 && status.st_size <= SMALL_LIBRARY)
    {
      g_autoptr (CsStmt) check = cs_db_prepare (db, "PRAGMA quick_check (1)");

      if (!cs_stmt_next (check, error))
        return FALSE;

      if (g_strcmp0 (cs_stmt_text (check, 0), "ok") != 0)
        {
          g_set_error_literal (error, CS_ERROR, CS_ERROR_CORRUPT, cs_stmt_text (check, 0));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
is_quiet (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf status;

  return g_stat (log, &status) != 0 || status.st_size == 0;
}

static gboolean
check_version (CsDb              *db,
               const char *const *steps,
               gint64            *version,
               GError           **error)
{
  gint64 application;
  gint64 n_tables;

  if (!explain_damage (get_int64 (db, "PRAGMA user_version", version, error) &&
                         get_int64 (db, "PRAGMA application_id", &application, error) &&
                         get_int64 (db, "SELECT count(*) FROM sqlite_schema", &n_tables, error),
                       error))
    return FALSE;

  if (*version == 0 && application == 0 && n_tables == 0)
    return TRUE;

  if (application != CS_SCHEMA_APPLICATION_ID || *version <= 0)
    return refuse_foreign (error);

  if (*version > count_steps (steps))
    return refuse_newer (error);

  return TRUE;
}

/**
 * cs_schema_look:
 * @deep: whether nobody else has it open, so that its pages can be looked at
 *
 * Tells whether the library at @path is one that this version can open, or is
 * not there yet, without leaving a trace. Where it was not closed properly its
 * pages are only whole together with its log: then cs_schema_check() looks at
 * them.
 */
gboolean
cs_schema_look (const char        *path,
                const char *const *steps,
                gboolean           deep,
                GError           **error)
{
  g_autoptr (CsDb) db = NULL;
  Header header = { 0 };
  gint64 version;

  if (!read_header (path, &header, error))
    return FALSE;

  if (header.is_empty)
    return TRUE;

  if (header.application == CS_SCHEMA_APPLICATION_ID && header.version > (guint32) count_steps (steps))
    return refuse_newer (error);

  if (header.application != CS_SCHEMA_APPLICATION_ID && header.application != 0)
    return refuse_foreign (error);

  if (!deep || !is_quiet (path))
    return TRUE;

  return explain_damage ((db = cs_db_open (path, CS_DB_LOOK, error)) != NULL, error) &&
         check_version (db, steps, &version, error) &&
         explain_damage (check_pages (db, path, error), error);
}

/* The same of a library that was opened for writing, with what stands in its log */
gboolean
cs_schema_check (CsDb              *db,
                 const char        *path,
                 const char *const *steps,
                 GError           **error)
{
  gint64 version;

  return check_version (db, steps, &version, error) &&
         (is_quiet (path) || explain_damage (check_pages (db, path, error), error));
}

/* For reading, it must be exactly what we know: it cannot be migrated */
gboolean
cs_schema_check_readable (CsDb              *db,
                          const char *const *steps,
                          GError           **error)
{
  gint64 version;

  if (!check_version (db, steps, &version, error))
    return FALSE;

  if (version < count_steps (steps))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_READ_ONLY,
                   _("This library was made by an older version of Countersign. Open it once in the window to bring it up to date."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
sync_path (const char *path,
           int         flags,
           GError    **error)
{
  int fd = g_open (path, flags | O_RDONLY | O_CLOEXEC, 0);
  int result = fd < 0 ? -1 : fsync (fd);
  int code = errno;

  if (fd >= 0)
    close (fd);

  if (result != 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                 _("No backup of the library could be made: %s"), g_strerror (code));

  return result == 0;
}

static char *
dup_backup_path (const char *path,
                 gint64      version)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");

  for (guint i = 1;; i++)
    {
      g_autofree char *again = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *backup = g_strdup_printf ("%s/library-%d-%s%s.db.bak", folder, (int) version, date, again);

      if (!g_file_test (backup, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&backup);
    }
}

/* Whole or not there at all: under its own name only once it is on disk */
static gboolean
back_up (CsDb       *db,
         const char *path,
         gint64      version,
         GError    **error)
{
  g_autofree char *backup = dup_backup_path (path, version);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *partial = g_strconcat (backup, ".part", NULL);
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "VACUUM INTO :path");

  g_unlink (partial);
  cs_stmt_bind (stmt, ":path", partial);
  if (!cs_stmt_run (stmt, error) || !sync_path (partial, 0, error))
    return FALSE;

  if (g_rename (partial, backup) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                   _("No backup of the library could be made: %s"), g_strerror (code));
      return FALSE;
    }

  return sync_path (folder, O_DIRECTORY, error);
}

/**
 * cs_schema_migrate:
 * @steps: steps[n] takes a library from version n to n + 1; only appended
 *
 * All or nothing, and after a backup where there was a library before.
 */
gboolean
cs_schema_migrate (CsDb              *db,
                   const char        *path,
                   const char *const *steps,
                   GError           **error)
{
  g_autoptr (GString) sql = g_string_new ("BEGIN EXCLUSIVE;\n");
  gint64 version;
  int    n_steps = count_steps (steps);

  if (!check_version (db, steps, &version, error))
    return FALSE;

  if (version == n_steps)
    return TRUE;

  if (version > 0 && !back_up (db, path, version, error))
    return FALSE;

  if (version == 0 && !cs_db_exec (db, "PRAGMA journal_mode = WAL", error))
    return FALSE;

  for (int i = version; i < n_steps; i++)
    g_string_append_printf (sql, "%s;\n", steps[i]);
  g_string_append_printf (sql, "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT;",
                          CS_SCHEMA_APPLICATION_ID, n_steps);

  if (!cs_db_exec (db, sql->str, error))
    {
      cs_db_exec (db, "ROLLBACK", NULL);
      return FALSE;
    }

  /* Into the file itself, where the next look finds the version */
  return cs_db_checkpoint (db, TRUE, error);
}
