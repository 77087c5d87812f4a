/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file found for import */
typedef struct
{
  char *path;   /* bytes as the system gave them */
  char *folder; /* the dropped folder's name and what is below it, or NULL for a single file */
} CsScanFile;

void cs_scan_file_free (CsScanFile *self);

/* Walks the files and folders (element-type GFile), sorted naturally (2 before
 * 10), hidden files left out, no links followed out, at most 64 folders deep.
 * Blocking: runs on a pool. Returns (element-type CsScanFile); what cannot be
 * listed is added to failures as "name: reason".
 */
GPtrArray *cs_scan (GPtrArray    *files,
                    GPtrArray    *failures,
                    GCancellable *cancellable);

G_END_DECLS
