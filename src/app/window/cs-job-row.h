/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-job.h"

G_BEGIN_DECLS

#define CS_TYPE_JOB_ROW (cs_job_row_get_type ())

/**
 * CsJobRow:
 *
 * Work under way: what it is, how far, how long still, and a button to stop it.
 */
G_DECLARE_FINAL_TYPE (CsJobRow, cs_job_row, CS, JOB_ROW, AdwBin)

GtkWidget *cs_job_row_new (CsJob *job);

G_END_DECLS
