/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "cs-lane.h"

/* One connection, one thread, one queue: statements never overlap, so there is
 * nothing to lock. A job's data is used and freed on that thread.
 */

typedef struct
{
  CsLaneFunc     func;
  gpointer       data;
  GDestroyNotify data_destroy;
  DexPromise    *promise;
} Job;

struct _CsLane
{
  char        *path;
  CsDb        *db;
  CsLaneMode   mode;
  GStatBuf     seen; /* LOOK: the file as it was when db was opened */
  GAsyncQueue *jobs;
  GThread     *thread;
};

static void
job_free (Job *job)
{
  if (job->data_destroy != NULL)
    job->data_destroy (job->data);
  dex_clear (&job->promise);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* A library that nobody has open is read without locks and without its log, so
 * as to leave no file beside it. That holds only while the file stays as it is
 * and no log appears: then somebody has opened it, and it is read like any
 * other from there on.
 */
static gboolean
has_moved (CsLane *self)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  GStatBuf now;

  return g_file_test (log, G_FILE_TEST_EXISTS) ||
         g_stat (self->path, &now) != 0 ||
         now.st_ino != self->seen.st_ino ||
         now.st_size != self->seen.st_size ||
         now.st_mtim.tv_sec != self->seen.st_mtim.tv_sec ||
         now.st_mtim.tv_nsec != self->seen.st_mtim.tv_nsec;
}

static gboolean
follow (CsLane  *self,
        GError **error)
{
  g_autoptr (CsDb) db = cs_db_open (self->path, CS_DB_READ, error);

  if (db == NULL)
    return FALSE;

  g_clear_pointer (&self->db, cs_db_close);
  self->db = g_steal_pointer (&db);
  self->mode = CS_LANE_READ;

  return TRUE;
}

static DexFuture *
run_in_transaction (CsLane *self,
                    Job    *job)
{
  g_autoptr (DexFuture) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!cs_db_exec (self->db, self->mode == CS_LANE_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  result = job->func (self->db, job->data);

  if (dex_future_get_value (result, &error) && cs_db_exec (self->db, "COMMIT", &error))
    return g_steal_pointer (&result);

  cs_db_exec (self->db, "ROLLBACK", NULL);

  return dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
run_looking (CsLane *self,
             Job    *job)
{
  g_autoptr (DexFuture) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!has_moved (self))
    {
      result = run_in_transaction (self, job);
      if (!has_moved (self))
        return g_steal_pointer (&result);
    }

  if (!follow (self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return run_in_transaction (self, job);
}

static gpointer
cs_lane_thread (gpointer data)
{
  CsLane *self = data;

  for (;;)
    {
      g_autoptr (Job) job = g_async_queue_pop (self->jobs);
      g_autoptr (DexFuture) result = NULL;
      g_autoptr (GError) error = NULL;
      const GValue *value;

      /* A job without a function is the end of the queue */
      if (job->func == NULL)
        return NULL;

      result = self->mode == CS_LANE_LOOK ? run_looking (self, job) : run_in_transaction (self, job);

      if ((value = dex_future_get_value (result, &error)))
        dex_promise_resolve (job->promise, value);
      else
        dex_promise_reject (job->promise, g_steal_pointer (&error));
    }
}

/**
 * cs_lane_new:
 * @db: (transfer full): a connection that only the lane's thread uses from here on
 */
CsLane *
cs_lane_new (const char *path,
             CsDb       *db,
             CsLaneMode  mode)
{
  static const char *const names[] = { "[cs-writer]", "[cs-reader]", "[cs-reader]" };
  CsLane *self = g_new0 (CsLane, 1);

  self->path = g_strdup (path);
  self->db = db;
  self->mode = mode;
  self->jobs = g_async_queue_new_full ((GDestroyNotify) job_free);
  if (mode == CS_LANE_LOOK && g_stat (path, &self->seen) != 0)
    self->seen.st_size = -1;
  self->thread = g_thread_new (names[mode], cs_lane_thread, self);

  return self;
}

/* Runs what is in the queue and ends */
void
cs_lane_free (CsLane *self)
{
  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_thread_join (self->thread);

  g_async_queue_unref (self->jobs);
  cs_db_close (self->db);
  g_free (self->path);
  g_free (self);
}

DexFuture *
cs_lane_run (CsLane        *self,
             CsLaneFunc     func,
             gpointer       data,
             GDestroyNotify data_destroy)
{
  DexPromise *promise = dex_promise_new ();
  Job        *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  job->data_destroy = data_destroy;
  job->promise = dex_ref (promise);
  g_async_queue_push (self->jobs, job);

  return DEX_FUTURE (promise);
}
