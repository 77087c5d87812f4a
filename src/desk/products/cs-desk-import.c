/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-desk-private.h"
#include "cs-scan.h"

/* Bringing photos in: what was found is journalled before the first file is
 * opened, and imports go one after the other.
 */

CsImportSummary *
cs_desk_new_summary (void)
{
  CsImportSummary *summary = cs_import_summary_new ();

  summary->failures = g_ptr_array_new_with_free_func (g_free);
  summary->products = g_array_new (FALSE, FALSE, sizeof (gint64));

  return summary;
}

/* Paths on their way to the pool, and what was found there on its way back */
typedef struct
{
  GPtrArray    *files;
  GPtrArray    *failures;
  GCancellable *cancellable;
} ScanCall;

static void
scan_call_free (gpointer data)
{
  ScanCall *scan = data;

  g_ptr_array_unref (scan->files);
  g_ptr_array_unref (scan->failures);
  g_object_unref (scan->cancellable);
  g_free (scan);
}

static DexFuture *
scan_fiber (gpointer data)
{
  ScanCall *scan = data;

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, cs_scan (scan->files, scan->failures, scan->cancellable));
}

static GPtrArray *
scan_files (GPtrArray *files,
            GPtrArray *failures,
            CsJob     *job,
            GError   **error)
{
  ScanCall *scan = g_new0 (ScanCall, 1);

  scan->files = g_ptr_array_ref (files);
  scan->failures = g_ptr_array_ref (failures);
  scan->cancellable = g_object_ref (cs_job_get_cancellable (job));

  return dex_await_boxed (cs_fiber_compute (scan_fiber, scan, scan_call_free), error);
}

static GPtrArray *
make_items (GPtrArray *found)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_import_item_unref);

  for (guint i = 0; i < found->len; i++)
    {
      CsScanFile   *file = found->pdata[i];
      CsImportItem *item = cs_import_item_new ();

      item->path = g_strdup (file->path);
      item->folder = g_strdup (file->folder);
      g_ptr_array_add (items, item);
    }

  return items;
}

/* records: the files; record: the import before this one, or NULL */
static CsImportSummary *
import_files (CsDeskCall *call,
              CsJob      *job,
              GError    **error)
{
  CsDesk *self = call->desk;
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) reason = NULL;
  CsImportSummary *summary;
  gint64           batch = 0;

  if (!(found = scan_files (call->records, failures, job, error)))
    return NULL;

  items = make_items (found);
  if (items->len > 0 && !cs_job_is_stopped (job))
    {
      batch = dex_await_int64 (cs_imports_begin (self->store, items), &reason);
      if (reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
    }

  if (call->record != NULL)
    dex_await (dex_ref (call->record), NULL);

  if (batch == 0)
    {
      summary = cs_desk_new_summary ();
      summary->stopped = cs_job_is_stopped (job);
    }
  else if (!(summary = cs_desk_run_import (self, job, batch, error)))
    {
      return NULL;
    }

  summary->n_failed += failures->len;
  g_ptr_array_extend_and_steal (summary->failures, g_steal_pointer (&failures));

  return summary;
}

static DexFuture *
cs_desk_import_fiber (gpointer data)
{
  CsDeskCall *call = data;
  g_autoptr (CsJob) job = cs_desk_begin_job (call->desk, _("Adding photos"));
  g_autoptr (CsImportSummary) summary = NULL;
  g_autoptr (GError) error = NULL;

  summary = import_files (call, job, &error);
  cs_desk_end_job (call->desk, job);

  if (summary == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_IMPORT_SUMMARY, g_steal_pointer (&summary));
}

/* One import at a time: the next one waits for the last one begun */
static DexFuture *
queue_import (CsDeskCall  *call,
              DexFiberFunc func)
{
  CsDesk    *self = call->desk;
  DexFuture *future;

  call->record = g_steal_pointer (&self->importing);
  call->record_free = dex_unref;
  future = cs_fiber_spawn_disowned (func, call, (GDestroyNotify) cs_desk_call_free);
  self->importing = dex_ref (future);

  return future;
}

DexFuture *
cs_desk_import (CsDesk    *self,
                GPtrArray *files)
{
  DexFuture  *refusal;
  CsDeskCall *call;

  dex_return_error_if_fail (CS_IS_DESK (self));
  dex_return_error_if_fail (files != NULL);

  if ((refusal = cs_desk_refuse_reading (self)))
    return refusal;

  call = cs_desk_call_new (self);
  call->records = g_ptr_array_copy (files, (GCopyFunc) (gpointer) g_object_ref, NULL);
  g_ptr_array_set_free_func (call->records, g_object_unref);

  return queue_import (call, cs_desk_import_fiber);
}

static DexFuture *
resume_imports_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (CsImportSummary) summary = NULL;
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  if (call->record != NULL)
    dex_await (dex_ref (call->record), NULL);

  if (!(left = dex_await_boxed (cs_imports_list (self->store, 0), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (left->len == 0)
    return dex_future_new_take_boxed (CS_TYPE_IMPORT_SUMMARY, cs_desk_new_summary ());

  job = cs_desk_begin_job (self, _("Adding photos"));
  summary = cs_desk_run_import (self, job, 0, &error);
  cs_desk_end_job (self, job);

  if (summary == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_IMPORT_SUMMARY, g_steal_pointer (&summary));
}

DexFuture *
cs_desk_resume_imports (CsDesk *self)
{
  return queue_import (cs_desk_call_new (self), resume_imports_fiber);
}
