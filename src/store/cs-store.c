/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "cs-schema.h"
#include "cs-store-private.h"

/* A lane that writes, a lane that reads beside it (WAL), a pool that copies
 * pictures, and a keeper that takes the log over into the file: on a connection
 * of its own, so that no decision waits for it.
 *
 * Opening goes from what leaves no trace to what does: look at the file, take
 * the lock, open, migrate. Whoever is refused on the way has touched nothing.
 */

#define LOG_PAGES 1000
#define COPY_THREADS 4

struct _CsStore
{
  GObject parent_instance;

  char        *folder;
  char        *path;
  int          lock;
  CsLane      *writer; /* NULL: for reading only */
  CsLane      *reader; /* NULL: closed */
  CsDb        *keeper_db;
  GThreadPool *keeper;
  GThreadPool *copies;
};

G_DEFINE_FINAL_TYPE (CsStore, cs_store, G_TYPE_OBJECT)

static void
cs_store_dispose (GObject *object)
{
  cs_store_close (CS_STORE (object));

  G_OBJECT_CLASS (cs_store_parent_class)->dispose (object);
}

static void
cs_store_finalize (GObject *object)
{
  CsStore *self = CS_STORE (object);

  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (cs_store_parent_class)->finalize (object);
}

static void
cs_store_class_init (CsStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_store_dispose;
  object_class->finalize = cs_store_finalize;
}

static void
cs_store_init (CsStore *self)
{
  self->lock = -1;
}

static gboolean
refuse_errno (int      code,
              GError **error)
{
  if (code == EACCES || code == EROFS || code == EPERM)
    g_set_error (error, CS_ERROR, CS_ERROR_READ_ONLY,
                 _("This library can only be read. Ask for the right to change its folder, or open another library."));
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                 _("The library cannot be opened: %s"), g_strerror (code));

  return FALSE;
}

/* The lock goes with the process, however it ends */
static gboolean
take_lock (CsStore *self,
           int      flags,
           GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "lock", NULL);

  if (self->lock >= 0)
    return TRUE;

  self->lock = g_open (path, O_RDWR | O_CLOEXEC | flags, 0600);
  if (self->lock < 0)
    return errno == ENOENT ? TRUE : refuse_errno (errno, error);

  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  if (errno != EWOULDBLOCK)
    return refuse_errno (errno, error);

  g_set_error (error, CS_ERROR, CS_ERROR_IN_USE, _("Countersign has this library open already."));

  return FALSE;
}

static gboolean
check_writable (CsStore *self,
                GError **error)
{
  if (faccessat (AT_FDCWD, self->folder, W_OK | X_OK, AT_EACCESS) != 0)
    return refuse_errno (errno, error);

  if (faccessat (AT_FDCWD, self->path, W_OK, AT_EACCESS) != 0 && errno != ENOENT)
    return refuse_errno (errno, error);

  return TRUE;
}

static void
on_keep (gpointer token,
         gpointer data)
{
  CsStore *self = data;
  g_autoptr (GError) error = NULL;

  if (!cs_db_checkpoint (self->keeper_db, FALSE, &error))
    g_warning ("The log was not taken over: %s", error->message);
}

/* On the writer's thread, after a commit */
static void
on_log (int      pages,
        gpointer data)
{
  CsStore *self = data;

  if (pages >= LOG_PAGES && g_thread_pool_unprocessed (self->keeper) == 0)
    g_thread_pool_push (self->keeper, self, NULL);
}

static CsDb *
open_for_writing (CsStore           *self,
                  const char *const *steps,
                  GError           **error)
{
  g_autoptr (CsDb) db = cs_db_open (self->path, CS_DB_CREATE, error);

  if (db == NULL)
    return NULL;

  cs_db_set_untouched (db, TRUE);
  if (!cs_schema_check (db, self->path, steps, error))
    return NULL;

  cs_db_set_untouched (db, FALSE);
  if (!cs_db_exec (db, "PRAGMA synchronous = FULL", error) ||
      !cs_schema_migrate (db, self->path, steps, error) ||
      !cs_accounts_seed (db, error))
    return NULL;

  return g_steal_pointer (&db);
}

static gboolean
open_writer (CsStore           *self,
             const char *const *steps,
             GError           **error)
{
  g_autoptr (CsDb) db = NULL;
  CsDb *reader;

  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    return refuse_errno (errno, error);

  if (!take_lock (self, 0, error) ||
      !cs_schema_look (self->path, steps, TRUE, error) ||
      !check_writable (self, error) ||
      !take_lock (self, O_CREAT, error) ||
      !cs_blobs_make_folders (self->folder, error) ||
      !(db = open_for_writing (self, steps, error)) ||
      !(self->keeper_db = cs_db_open (self->path, CS_DB_WRITE, error)) ||
      !(reader = cs_db_open (self->path, CS_DB_READ, error)))
    return FALSE;

  self->keeper = g_thread_pool_new (on_keep, self, 1, FALSE, NULL);
  self->copies = g_thread_pool_new (cs_blobs_copy_thread, self->folder, COPY_THREADS, FALSE, NULL);
  cs_db_set_log_func (db, on_log, self);
  self->reader = cs_lane_new (self->path, reader, CS_LANE_READ);
  self->writer = cs_lane_new (self->path, g_steal_pointer (&db), CS_LANE_WRITE);

  return TRUE;
}

static gboolean
open_reader (CsStore           *self,
             const char *const *steps,
             GError           **error)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  gboolean alone = !g_file_test (log, G_FILE_TEST_EXISTS);
  g_autoptr (CsDb) db = NULL;

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no library in “%s”."), self->folder);
      return FALSE;
    }

  if (!cs_schema_look (self->path, steps, FALSE, error) ||
      !(db = cs_db_open (self->path, alone ? CS_DB_LOOK : CS_DB_READ, error)) ||
      !cs_schema_check_readable (db, steps, error))
    return FALSE;

  self->reader = cs_lane_new (self->path, g_steal_pointer (&db), alone ? CS_LANE_LOOK : CS_LANE_READ);

  return TRUE;
}

/* For tests, which have steps of their own */
CsStore *
cs_store_open_with_steps (const char        *folder,
                          CsStoreMode        mode,
                          const char *const *steps,
                          GError           **error)
{
  g_autoptr (CsStore) self = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (CS_TYPE_STORE, NULL);
  self->folder = g_canonicalize_filename (folder, NULL);
  self->path = g_build_filename (self->folder, "library.db", NULL);

  if (mode == CS_STORE_WRITE ? !open_writer (self, steps, error) : !open_reader (self, steps, error))
    return NULL;

  return g_steal_pointer (&self);
}

CsStore *
cs_store_open (const char *folder,
               CsStoreMode mode,
               GError    **error)
{
  return cs_store_open_with_steps (folder, mode, cs_schema_steps, error);
}

const char *
cs_store_get_folder (CsStore *self)
{
  g_return_val_if_fail (CS_IS_STORE (self), NULL);

  return self->folder;
}

static void
finish_pool (GThreadPool *pool)
{
  g_thread_pool_free (pool, FALSE, TRUE);
}

/* The writer last: whoever closes last tidies the log up */
void
cs_store_close (CsStore *self)
{
  g_return_if_fail (CS_IS_STORE (self));

  g_clear_pointer (&self->reader, cs_lane_free);
  g_clear_pointer (&self->copies, finish_pool);
  g_clear_pointer (&self->writer, cs_lane_free);
  g_clear_pointer (&self->keeper, finish_pool);
  g_clear_pointer (&self->keeper_db, cs_db_close);
  g_clear_fd (&self->lock, NULL);
}

static gboolean
check_open (CsStore *self,
            GError **error)
{
  if (self->reader != NULL)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The library is closed");

  return FALSE;
}

static gboolean
check_open_for_writing (CsStore *self,
                        GError **error)
{
  if (!check_open (self, error))
    return FALSE;

  if (self->writer != NULL)
    return TRUE;

  g_set_error (error, CS_ERROR, CS_ERROR_READ_ONLY, _("The library was opened for reading only."));

  return FALSE;
}

static DexFuture *
refuse_job (GError        *error,
            gpointer       data,
            GDestroyNotify data_destroy)
{
  if (data_destroy != NULL)
    data_destroy (data);

  return dex_future_new_for_error (error);
}

DexFuture *
cs_store_write (CsStore       *self,
                CsLaneFunc     func,
                gpointer       data,
                GDestroyNotify data_destroy)
{
  g_autoptr (GError) error = NULL;

  if (!check_open_for_writing (self, &error))
    return refuse_job (g_steal_pointer (&error), data, data_destroy);

  return cs_lane_run (self->writer, func, data, data_destroy);
}

DexFuture *
cs_store_read (CsStore       *self,
               CsLaneFunc     func,
               gpointer       data,
               GDestroyNotify data_destroy)
{
  g_autoptr (GError) error = NULL;

  if (!check_open (self, &error))
    return refuse_job (g_steal_pointer (&error), data, data_destroy);

  return cs_lane_run (self->reader, func, data, data_destroy);
}

gboolean
cs_store_push_copy (CsStore  *self,
                    gpointer  copy,
                    GError  **error)
{
  return check_open_for_writing (self, error) &&
         g_thread_pool_push (self->copies, copy, error);
}
