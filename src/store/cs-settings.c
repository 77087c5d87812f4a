/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-store-private.h"

/* What is said of the library as a whole: its settings and its health */

typedef struct
{
  char *name;
  char *value;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_free (args->name);
  g_free (args->value);
  g_free (args);
}

static DexFuture *
get_setting (CsDb    *db,
             gpointer data)
{
  Args *args = data;
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, "SELECT value FROM setting WHERE name = :name");
  g_autoptr (GError) error = NULL;

  cs_stmt_bind (stmt, ":name", args->name);
  if (cs_stmt_next (stmt, &error))
    return dex_future_new_take_string (cs_stmt_dup_text (stmt, 0));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_string (NULL);
}

DexFuture *
cs_store_get_setting (CsStore    *self,
                      const char *name)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (self));
  dex_return_error_if_fail (name != NULL);

  args = g_new0 (Args, 1);
  args->name = g_strdup (name);

  return cs_store_read (self, get_setting, args, args_free);
}

static DexFuture *
set_setting (CsDb    *db,
             gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) put = cs_db_prepare (db, "INSERT OR REPLACE INTO setting (name, value) VALUES (:name, :value)");
  g_autoptr (CsStmt) clear = cs_db_prepare (db, "DELETE FROM setting WHERE name = :name");
  CsStmt *stmt = args->value != NULL ? put : clear;

  cs_stmt_bind (stmt, ":name", args->name);
  if (args->value != NULL)
    cs_stmt_bind (stmt, ":value", args->value);

  return cs_store_settle (cs_stmt_run (stmt, &error), &error);
}

DexFuture *
cs_store_set_setting (CsStore    *self,
                      const char *name,
                      const char *value)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (self));
  dex_return_error_if_fail (name != NULL);

  args = g_new0 (Args, 1);
  args->name = g_strdup (name);
  args->value = g_strdup (value);

  return cs_store_write (self, set_setting, args, args_free);
}

/* Runs a check of which each row is a finding; "ok" is none */
static gboolean
check_rows (CsDb       *db,
            const char *sql,
            const char *sentence,
            GError    **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, sql);

  while (cs_stmt_next (stmt, error))
    {
      const char *finding = cs_stmt_text (stmt, 0);

      if (g_strcmp0 (finding, "ok") == 0)
        continue;

      g_set_error (error, CS_ERROR, CS_ERROR_CORRUPT, "%s (%s)", sentence, finding);
      return FALSE;
    }

  return cs_stmt_is_done (stmt);
}

static gboolean
check_all (CsDb    *db,
           GError **error)
{
  return check_rows (db, "PRAGMA quick_check (1)", _("The library is damaged."), error) &&
         check_rows (db, "PRAGMA foreign_key_check", _("Something in the library is missing."), error) &&
         check_rows (db, "SELECT hash FROM payload WHERE cs_sha256 (bytes) IS NOT hash",
                     _("Something that was approved has been changed since. It is not sent."), error);
}

/* Who asks for this wants SQLite's own words too */
static DexFuture *
check (CsDb    *db,
       gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (check_all (db, &error))
    return dex_future_new_true ();

  if (cs_db_get_message (db) != NULL)
    {
      g_autofree char *sentence = g_strdup (error->message);

      g_free (error->message);
      error->message = g_strdup_printf ("%s (%s)", sentence, cs_db_get_message (db));
    }

  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
cs_store_check (CsStore *self)
{
  dex_return_error_if_fail (CS_IS_STORE (self));

  return cs_store_read (self, check, NULL, NULL);
}
