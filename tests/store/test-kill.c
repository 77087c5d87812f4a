/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cs-store-test.h"

/* A decision is never lost: a program that decides, approves, takes back and
 * keeps pictures is killed at random moments (as often as CS_KILLS says). What
 * it had told of before must be there, and nothing half-done.
 *
 * The writer tells in lines, each after its future has resolved:
 * "kept HASH", "decided PRODUCT", "approved PRODUCT ENTRY", and around taking
 * back "undoing PRODUCT" and "undone PRODUCT".
 */

#define KILLS 40

static void G_GNUC_PRINTF (1, 2)
tell (const char *format,
      ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);

  /* One write is whole or not there at all */
  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    _exit (1);
}

static void
keep_picture (CsStore *store)
{
  g_autofree char *data = g_strnfill (100 * 1000, 'x');
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *hash = NULL;

  for (guint i = 0; i < 16; i++)
    data[i * 1000] = 'a' + g_random_int_range (0, 26);
  bytes = g_bytes_new (data, 100 * 1000);
  hash = cs_test_string (cs_blobs_put_bytes (store, bytes));
  tell ("kept %s\n", hash);
}

static void
decide_three (CsStore *store,
              gint64   product)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_decision_unref);

  cs_test_suggest (store, product, "a",
                   cs_test_make_suggestion (product, CS_FIELD_TITLE, 1, "竹编果篮 Basket"),
                   cs_test_make_suggestion (product, CS_FIELD_DESCRIPTION, 1, "Woven by hand."),
                   cs_test_make_suggestion (product, CS_FIELD_BULLETS, 1, "28 cm"), NULL);
  items = cs_test_boxed (cs_items_list (store, product));
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (decisions, cs_test_make_decision (items->pdata[i], CS_VERDICT_ACCEPT, NULL));
  cs_test_true (cs_decisions_add (store, decisions));
  tell ("decided %" G_GINT64_FORMAT "\n", product);
}

static void
write_on (gpointer data)
{
  g_autoptr (CsStore) store = cs_store_open (data, CS_STORE_WRITE, NULL);

  g_assert_nonnull (store);
  for (guint round = 0;; round++)
    {
      gint64 product = cs_test_make_product (store, 0);

      keep_picture (store);
      decide_three (store, product);
      tell ("approved %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", product, cs_test_approve (store, product, "Basket"));
      if (round % 3 == 2)
        {
          g_autoptr (GPtrArray) undone = NULL;

          tell ("undoing %" G_GINT64_FORMAT "\n", product);
          undone = cs_test_boxed (cs_decisions_undo (store, "window"));
          tell ("undone %" G_GINT64_FORMAT "\n", product);
        }
    }
}

static DexFuture *
writer_fiber (gpointer data)
{
  write_on (data);

  return NULL;
}

static int
run_writer (const char *folder)
{
  g_autoptr (DexFuture) future = dex_scheduler_spawn (NULL, 0, writer_fiber, (gpointer) folder, NULL);

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  return 1;
}

/* Reads for a while, kills, and reads what was still in the pipe */
static char *
run_and_kill (const char *folder)
{
  g_autoptr (GString) told = g_string_new (NULL);
  char  buffer[4096];
  int   ends[2];
  pid_t child;
  gssize n;

  g_assert_no_errno (pipe (ends));
  if ((child = fork ()) == 0)
    {
      dup2 (ends[1], STDOUT_FILENO);
      close (ends[0]);
      close (ends[1]);
      execl ("/proc/self/exe", "writer", "--writer", folder, NULL);
      _exit (1);
    }

  close (ends[1]);
  n = read (ends[0], buffer, sizeof buffer);
  g_assert_cmpint (n, >, 0);
  g_string_append_len (told, buffer, n);
  g_usleep (g_random_int_range (0, 100 * 1000));
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  while ((n = read (ends[0], buffer, sizeof buffer)) > 0)
    g_string_append_len (told, buffer, n);
  close (ends[0]);

  return g_strdup (told->str);
}

typedef enum
{
  STANDS,
  MAYBE,
  TAKEN_BACK,
} Expected;

static void
check_product (CsStore *store,
               gint64   product,
               Expected expected)
{
  CsItemState title = cs_test_get_state (store, product, CS_FIELD_TITLE);

  /* All three or none */
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_BULLETS), ==, title);
  g_assert_cmpint (cs_test_get_state (store, product, CS_FIELD_DESCRIPTION), ==, title);
  if (expected != MAYBE)
    g_assert_cmpint (title, ==, expected == STANDS ? CS_ITEM_ACCEPTED : CS_ITEM_PENDING);
}

static void
check_line (CsStore    *store,
            char      **words,
            GHashTable *expected)
{
  g_autoptr (GError) error = NULL;
  gint64 product = g_ascii_strtoll (words[1], NULL, 10);

  if (g_str_equal (words[0], "kept"))
    {
      g_autofd int fd = cs_blobs_open (store, words[1], &error);
      g_autofree char *hash = cs_hash_fd (fd, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (hash, ==, words[1]);
    }
  else if (g_str_equal (words[0], "approved"))
    {
      g_autoptr (CsOutboxEntry) entry = cs_test_boxed (cs_outbox_get (store, g_ascii_strtoll (words[2], NULL, 10)));
      g_autoptr (CsListing) listing = cs_test_boxed (cs_outbox_get_payload (store, entry->payload));

      g_assert_cmpint (entry->product, ==, product);
    }
  else
    {
      Expected now = g_str_equal (words[0], "decided") ? STANDS : g_str_equal (words[0], "undoing") ? MAYBE : TAKEN_BACK;

      g_hash_table_insert (expected, g_memdup2 (&product, sizeof product), GINT_TO_POINTER (now));
    }
}

static void
check_told (CsStore    *store,
            const char *told)
{
  g_auto (GStrv) lines = g_strsplit (told, "\n", -1);
  g_autoptr (GHashTable) expected = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer       product;
  gpointer       value;

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

      check_line (store, words, expected);
    }

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &product, &value))
    check_product (store, *(gint64 *) product, GPOINTER_TO_INT (value));
}

/* Each of these finds something half-done */
static const char *const halves[] = {
  "SELECT press FROM decision GROUP BY press HAVING count (*) <> 3",
  "SELECT o.id FROM outbox o WHERE NOT EXISTS (SELECT 1 FROM approval a JOIN payload p ON p.hash = a.payload WHERE a.id = o.approval)",
  "SELECT a.id FROM approval a WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.approval = a.id)",
  "SELECT id FROM outbox o WHERE state = 'ready' AND EXISTS (SELECT 1 FROM approval_void v WHERE v.approval = o.approval)",
  "SELECT id FROM product p WHERE n_pending <> (SELECT count (*) FROM item i WHERE i.product = p.id AND i.state = 'pending')",
  "SELECT id FROM product p WHERE EXISTS (SELECT 1 FROM item i WHERE i.product = p.id GROUP BY i.product HAVING count (*) <> 3)",
  "SELECT stage FROM stage_count c WHERE n <> (SELECT count (*) FROM product p WHERE p.stage = c.stage AND archived = 0)",
  "SELECT id FROM product p WHERE terms <> 0 AND NOT EXISTS (SELECT 1 FROM search s WHERE s.rowid = p.id)",
};

static void
check_halves (CsTestLibrary *library)
{
  g_autofree char *path = cs_test_library_dup_path (library, "library.db");
  g_autofree char *incoming = cs_test_library_dup_path (library, "photos/incoming");
  g_autoptr (GDir) dir = g_dir_open (incoming, 0, NULL);
  sqlite3 *handle;

  g_assert_null (g_dir_read_name (dir));
  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      sqlite3_stmt *stmt;

      g_assert_cmpint (sqlite3_prepare_v2 (handle, halves[i], -1, &stmt, NULL), ==, SQLITE_OK);
      if (sqlite3_step (stmt) != SQLITE_DONE)
        g_error ("%s: %s", halves[i], (const char *) sqlite3_column_text (stmt, 0));
      sqlite3_finalize (stmt);
    }
  sqlite3_close (handle);
}

static void
test_kill (void)
{
  CS_TEST_LIBRARY (library);
  const char *wanted = g_getenv ("CS_KILLS");
  guint64     kills = KILLS;
  guint       n_lines = 0;

  if (wanted != NULL)
    g_assert_true (g_ascii_string_to_unsigned (wanted, 10, 1, 100000, &kills, NULL));

  for (guint i = 0; i < kills; i++)
    {
      g_autofree char *told = NULL;

      cs_test_library_close (&library);
      told = run_and_kill (library.folder);
      for (const char *p = told; (p = strchr (p, '\n')); p++)
        n_lines++;

      cs_test_library_reopen (&library);
      check_told (library.store, told);
      check_halves (&library);
    }

  cs_test_true (cs_store_check (library.store));
  g_test_message ("Killed %u times; all of %u things told of were there", (guint) kills, n_lines);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--writer"))
    {
      dex_init ();
      return run_writer (argv[2]);
    }

  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/store/kill", test_kill);

  return g_test_run ();
}
