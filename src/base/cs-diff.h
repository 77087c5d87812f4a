/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CS_DIFF_SAME,
  CS_DIFF_REMOVED,
  CS_DIFF_ADDED,
} CsDiffKind;

/* A run of the diff: bytes [start, end) of the old text where it is REMOVED,
 * of the new text where it is SAME or ADDED.
 */
typedef struct
{
  CsDiffKind kind;
  guint      start;
  guint      end;
} CsDiffRun;

/* (element-type CsDiffRun) */
GArray *cs_diff_words (const char *before,
                       const char *after);

G_END_DECLS
