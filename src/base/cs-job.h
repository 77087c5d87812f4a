/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CS_TYPE_JOB (cs_job_get_type ())

/**
 * CsJob:
 *
 * Long work as the person sees it: what it is, how far it is, how to stop it.
 * Properties: title, done, total, stopped, finished. Lives on the main thread;
 * whoever does the work asks its cancellable between two pieces.
 */
G_DECLARE_FINAL_TYPE (CsJob, cs_job, CS, JOB, GObject)

CsJob        *cs_job_new (const char *title);
const char   *cs_job_get_title (CsJob *self);
guint         cs_job_get_done (CsJob *self);
guint         cs_job_get_total (CsJob *self);
void          cs_job_set_total (CsJob *self,
                                guint  total);
void          cs_job_advance (CsJob *self,
                              guint  by);
/* Where it goes on from: what was done before does not tell its pace */
void          cs_job_start_from (CsJob *self,
                                 guint  done);
gint64        cs_job_get_seconds_left (CsJob *self);
void          cs_job_stop (CsJob *self);
gboolean      cs_job_is_stopped (CsJob *self);
void          cs_job_finish (CsJob *self);
gboolean      cs_job_is_finished (CsJob *self);
GCancellable *cs_job_get_cancellable (CsJob *self);

G_END_DECLS
