/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cs-schema.h"
#include "cs-store-private.h"
#include "cs-store-test.h"

/* Everything in a folder by name, size, time and content: what "touched
 * nothing" is measured against
 */
static char *
dup_picture (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *hash = NULL;
      g_autofd int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
      GStatBuf status;

      g_assert_no_errno (g_stat (path, &status));
      hash = S_ISREG (status.st_mode) ? cs_hash_fd (fd, NULL) : NULL;
      g_ptr_array_add (lines, g_strdup_printf ("%s %d %ld.%09ld %s", name, (int) status.st_size,
                                               status.st_mtim.tv_sec, status.st_mtim.tv_nsec, hash));
    }

  g_ptr_array_sort_values (lines, (GCompareFunc) g_strcmp0);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
assert_refused (const char *folder,
                CsStoreMode mode,
                int         code)
{
  g_autofree char *before = dup_picture (folder);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStore) store = cs_store_open (folder, mode, &error);

  g_assert_null (store);
  g_assert_error (error, CS_ERROR, code);
  g_test_message ("%s", error->message);
  after = dup_picture (folder);
  g_assert_cmpstr (before, ==, after);
}

/* A closed library, to be spoilt */
static void
run_sql (CsTestLibrary *library,
         const char    *sql)
{
  g_autofree char *path = cs_test_library_dup_path (library, "library.db");
  sqlite3 *handle;
  char    *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

static void
remove_lock (CsTestLibrary *library)
{
  g_autofree char *lock = cs_test_library_dup_path (library, "lock");

  g_remove (lock);
}

static void
test_new (void)
{
  CS_TEST_LIBRARY (library);
  g_autofree char *path = cs_test_library_dup_path (&library, "library.db");
  g_autoptr (GPtrArray) accounts = cs_test_boxed (cs_accounts_list (library.store));

  g_assert_cmpint (accounts->len, ==, 1);
  g_assert_cmpstr (((CsAccount *) accounts->pdata[0])->channel, ==, "practice");
  g_assert_cmpint (strlen (((CsAccount *) accounts->pdata[0])->currency), ==, 3);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpstr (cs_store_get_folder (library.store), ==, library.folder);
  cs_test_true (cs_store_check (library.store));
}

static void
test_settings (void)
{
  CS_TEST_LIBRARY (library);
  g_autofree char *none = cs_test_string (cs_store_get_setting (library.store, "language"));
  g_autofree char *one = NULL;
  g_autofree char *cleared = NULL;

  g_assert_null (none);
  cs_test_true (cs_store_set_setting (library.store, "language", "zh"));
  cs_test_library_reopen (&library);
  one = cs_test_string (cs_store_get_setting (library.store, "language"));
  g_assert_cmpstr (one, ==, "zh");
  cs_test_true (cs_store_set_setting (library.store, "language", NULL));
  cleared = cs_test_string (cs_store_get_setting (library.store, "language"));
  g_assert_null (cleared);
}

/* A future that is asked of a closed store, and those that are waiting when it closes */
static void
test_close (void)
{
  CS_TEST_LIBRARY (library);
  g_autoptr (DexFuture) waiting = cs_store_set_setting (library.store, "a", "b");

  cs_store_close (library.store);
  cs_test_true (g_steal_pointer (&waiting));
  cs_test_rejects (cs_store_get_setting (library.store, "a"), G_IO_ERROR, G_IO_ERROR_CLOSED);
  cs_test_rejects (cs_store_set_setting (library.store, "a", "c"), G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static void
test_in_use (void)
{
  CS_TEST_LIBRARY (library);
  g_autoptr (CsStore) reader = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsProduct) product = NULL;
  gint64 id;

  assert_refused (library.folder, CS_STORE_WRITE, CS_ERROR_IN_USE);

  /* Reading goes on beside it, and sees what is committed after it was opened */
  reader = cs_store_open (library.folder, CS_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  id = cs_test_make_product (library.store, 1);
  product = cs_test_boxed (cs_products_get (reader, id));
  g_assert_cmpint (product->photos->len, ==, 1);
  cs_test_rejects (cs_products_add (reader), CS_ERROR, CS_ERROR_READ_ONLY);
  cs_test_rejects (cs_blobs_put_bytes (reader, bytes), CS_ERROR, CS_ERROR_READ_ONLY);
  cs_store_close (reader);

  cs_test_library_reopen (&library);
}

/* Reading a library that nobody has open leaves nothing in the folder, and still
 * follows whoever opens it
 */
static void
test_read_alone (void)
{
  CS_TEST_LIBRARY (library);
  g_autoptr (CsStore) reader = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GArray) ids = NULL;
  CsProductQuery query = { 0 };

  cs_test_make_product (library.store, 1);
  cs_test_library_close (&library);
  before = dup_picture (library.folder);
  reader = cs_store_open (library.folder, CS_STORE_READ_ONLY, NULL);
  ids = cs_test_boxed (cs_products_list (reader, &query));
  g_assert_cmpint (ids->len, ==, 1);
  g_clear_pointer (&ids, g_array_unref);
  after = dup_picture (library.folder);
  g_assert_cmpstr (before, ==, after);

  cs_test_library_reopen (&library);
  cs_test_make_product (library.store, 1);
  ids = cs_test_boxed (cs_products_list (reader, &query));
  g_assert_cmpint (ids->len, ==, 2);
  cs_store_close (reader);
}

static void
test_newer (void)
{
  CS_TEST_LIBRARY (library);

  cs_test_library_close (&library);
  run_sql (&library, "PRAGMA user_version = 999");
  assert_refused (library.folder, CS_STORE_WRITE, CS_ERROR_NEWER);
  assert_refused (library.folder, CS_STORE_READ_ONLY, CS_ERROR_NEWER);

  /* Also where nobody ever took the lock, as in a copy */
  remove_lock (&library);
  assert_refused (library.folder, CS_STORE_WRITE, CS_ERROR_NEWER);
}

static void
test_foreign (void)
{
  CS_TEST_LIBRARY (library);
  g_autofree char *path = cs_test_library_dup_path (&library, "library.db");

  cs_test_library_close (&library);
  remove_lock (&library);

  g_assert_true (g_file_set_contents (path, "Dear diary, this is long enough to be a header of a file, but it is none. "
                                            "And it goes on and on, so that there are a hundred bytes of it.", -1, NULL));
  assert_refused (library.folder, CS_STORE_WRITE, CS_ERROR_CORRUPT);
  assert_refused (library.folder, CS_STORE_READ_ONLY, CS_ERROR_CORRUPT);

  g_assert_true (g_file_set_contents (path, "short", -1, NULL));
  assert_refused (library.folder, CS_STORE_WRITE, CS_ERROR_CORRUPT);

  /* Some other program's database */
  g_remove (path);
  run_sql (&library, "CREATE TABLE song (name TEXT)");
  assert_refused (library.folder, CS_STORE_WRITE, CS_ERROR_CORRUPT);
  run_sql (&library, "PRAGMA application_id = 77; PRAGMA user_version = 1");
  assert_refused (library.folder, CS_STORE_WRITE, CS_ERROR_CORRUPT);

  /* Nothing at all is a new library */
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  cs_test_library_reopen (&library);
}

static void
test_corrupt (void)
{
  CS_TEST_LIBRARY (library);
  g_autofree char *path = cs_test_library_dup_path (&library, "library.db");
  g_autofree char *whole = NULL;
  gsize length;

  for (guint i = 0; i < 20; i++)
    cs_test_make_product (library.store, 1);
  cs_test_library_close (&library);
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));

  g_assert_true (g_file_set_contents (path, whole, length / 2, NULL));
  assert_refused (library.folder, CS_STORE_WRITE, CS_ERROR_CORRUPT);

  /* Every page but the first */
  for (gsize at = 4096; at < length; at += 4096)
    memset (whole + at, 0xa5, 256);
  g_assert_true (g_file_set_contents (path, whole, length, NULL));
  assert_refused (library.folder, CS_STORE_WRITE, CS_ERROR_CORRUPT);
}

/* The header says whose it is, so a damaged schema is found behind it */
static void
test_check (void)
{
  CS_TEST_LIBRARY (library);

  cs_test_make_product (library.store, 1);
  cs_test_library_close (&library);
  run_sql (&library, "PRAGMA foreign_keys = OFF; INSERT INTO product_value VALUES (77, 'note', 'nobody''s')");
  cs_test_library_reopen (&library);
  cs_test_rejects (cs_store_check (library.store), CS_ERROR, CS_ERROR_CORRUPT);
}

/* Whatever SQLite says, the seller reads a sentence */
static void
test_sentences (void)
{
  CS_TEST_LIBRARY (library);
  g_autoptr (GError) error = NULL;

  run_sql (&library, "DROP TABLE setting");
  g_assert_false (dex_await (cs_store_set_setting (library.store, "name", "value"), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_null (strstr (error->message, "setting"));
  g_assert_null (strstr (error->message, "INSERT"));
  g_assert_nonnull (strstr (error->message, "The library could not be read or written."));
}

/* As root every folder can be written to, so another user looks at it */
static void
test_read_only (void)
{
  CS_TEST_LIBRARY (library);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  int   status = -1;
  pid_t child;

  cs_test_library_close (&library);
  remove_lock (&library);
  g_assert_no_errno (g_chmod (library.folder, 0555));
  before = dup_picture (library.folder);

  if ((child = fork ()) == 0)
    {
      g_autofree char *path = cs_test_library_dup_path (&library, "library.db");
      g_autoptr (GError) error = NULL;

      g_chmod (path, 0444);
      if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
        _exit (77);

      if (cs_store_open (library.folder, CS_STORE_WRITE, &error) != NULL ||
          !g_error_matches (error, CS_ERROR, CS_ERROR_READ_ONLY))
        _exit (1);

      g_clear_error (&error);
      _exit (cs_store_open (library.folder, CS_STORE_READ_ONLY, &error) != NULL ? 0 : 2);
    }

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_chmod (library.folder, 0755);
  if (WEXITSTATUS (status) == 77)
    {
      g_test_skip ("Running as root with no right to become somebody else");
      return;
    }

  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  after = dup_picture (library.folder);
  g_assert_cmpstr (before, ==, after);
}

static char *
find_backup (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      if (g_str_has_prefix (name, "library-6-") && g_str_has_suffix (name, ".db.bak"))
        return g_build_filename (folder, name, NULL);
    }

  return NULL;
}

static void
test_migrate (void)
{
  CS_TEST_LIBRARY (library);
  const char *const steps[] = { cs_schema_steps[0], cs_schema_steps[1], cs_schema_steps[2], cs_schema_steps[3], cs_schema_steps[4], cs_schema_steps[5], "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT", NULL };
  g_autofree char *backup = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsProduct) product = NULL;
  gint64   id = cs_test_make_product (library.store, 1);
  sqlite3 *handle;
  sqlite3_stmt *stmt;

  cs_test_library_close (&library);
  library.store = cs_store_open_with_steps (library.folder, CS_STORE_READ_ONLY, steps, &error);
  g_assert_error (error, CS_ERROR, CS_ERROR_READ_ONLY);
  g_clear_error (&error);

  library.store = cs_store_open_with_steps (library.folder, CS_STORE_WRITE, steps, &error);
  g_assert_no_error (error);
  product = cs_test_boxed (cs_products_get (library.store, id));
  g_assert_nonnull ((backup = find_backup (library.folder)));

  g_assert_cmpint (sqlite3_open_v2 (backup, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "SELECT key FROM product", -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (stmt, 0), ==, product->key);
  sqlite3_finalize (stmt);
  sqlite3_close (handle);

  /* Once is enough, and the version before it now is too old for it */
  g_remove (backup);
  cs_test_library_close (&library);
  library.store = cs_store_open_with_steps (library.folder, CS_STORE_WRITE, steps, &error);
  g_assert_no_error (error);
  g_clear_pointer (&backup, g_free);
  g_assert_null ((backup = find_backup (library.folder)));
  cs_test_library_close (&library);
  assert_refused (library.folder, CS_STORE_WRITE, CS_ERROR_NEWER);
}

/* A step that fails leaves the library as it was */
static void
test_migrate_fails (void)
{
  CS_TEST_LIBRARY (library);
  const char *const steps[] = { cs_schema_steps[0], cs_schema_steps[1], cs_schema_steps[2], cs_schema_steps[3], cs_schema_steps[4], cs_schema_steps[5], "CREATE TABLE more (id INTEGER) STRICT; CREATE TABLE product (id)", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStore) store = NULL;
  gint64 id = cs_test_make_product (library.store, 1);

  cs_test_library_close (&library);
  store = cs_store_open_with_steps (library.folder, CS_STORE_WRITE, steps, &error);
  g_assert_null (store);
  g_assert_nonnull (error);

  cs_test_library_reopen (&library);
  g_assert_cmpint (cs_test_get_stage (library.store, id), ==, CS_STAGE_NEW);
}

static void
test_blobs (void)
{
  CS_TEST_LIBRARY (library);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("not really a photo", 18);
  g_autofree char *expected = cs_hash_bytes (bytes);
  g_autofree char *first = cs_test_string (cs_blobs_put_bytes (library.store, bytes));
  g_autofree char *again = cs_test_string (cs_blobs_put_bytes (library.store, bytes));
  g_autofree char *path = cs_blobs_dup_path (library.store, first);
  g_autofree char *incoming = cs_test_library_dup_path (&library, "photos/incoming");
  g_autofree char *from_file = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  int      fd;

  g_assert_cmpstr (first, ==, expected);
  g_assert_cmpstr (again, ==, expected);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "not really a photo");
  g_assert_no_errno (g_stat (path, &status));
  g_assert_cmpint (status.st_mode & 0777, ==, 0444);

  /* The descriptor is the caller's, its offset is left alone */
  fd = cs_blobs_open (library.store, first, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lseek (fd, 5, SEEK_SET), ==, 5);
  from_file = cs_test_string (cs_blobs_put_file (library.store, fd));
  g_assert_cmpstr (from_file, ==, expected);
  g_assert_cmpint (lseek (fd, 0, SEEK_CUR), ==, 5);
  close (fd);

  /* A blob that lost its end, as after a power cut on a bad disk, is put right */
  g_assert_no_errno (g_chmod (path, 0644));
  g_assert_true (g_file_set_contents (path, "not", 3, NULL));
  g_clear_pointer (&again, g_free);
  again = cs_test_string (cs_blobs_put_bytes (library.store, bytes));
  g_clear_pointer (&contents, g_free);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "not really a photo");

  dir = g_dir_open (incoming, 0, NULL);
  g_assert_null (g_dir_read_name (dir));

  g_assert_cmpint (cs_blobs_open (library.store, "../library.db", &error), ==, -1);
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

static void
test_blobs_many (void)
{
  CS_TEST_LIBRARY (library);
  g_autoptr (GPtrArray) futures = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < 64; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i % 32);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      g_ptr_array_add (futures, cs_blobs_put_bytes (library.store, bytes));
    }
  cs_test_true (dex_future_allv ((DexFuture **) futures->pdata, futures->len));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/store/new", test_new);
  cs_test_add_fiber ("/store/settings", test_settings);
  cs_test_add_fiber ("/store/close", test_close);
  cs_test_add_fiber ("/store/in-use", test_in_use);
  cs_test_add_fiber ("/store/read-alone", test_read_alone);
  cs_test_add_fiber ("/store/newer", test_newer);
  cs_test_add_fiber ("/store/foreign", test_foreign);
  cs_test_add_fiber ("/store/corrupt", test_corrupt);
  cs_test_add_fiber ("/store/check", test_check);
  cs_test_add_fiber ("/store/sentences", test_sentences);
  cs_test_add_fiber ("/store/read-only", test_read_only);
  cs_test_add_fiber ("/store/migrate", test_migrate);
  cs_test_add_fiber ("/store/migrate-fails", test_migrate_fails);
  cs_test_add_fiber ("/store/blobs", test_blobs);
  cs_test_add_fiber ("/store/blobs-many", test_blobs_many);

  return g_test_run ();
}
