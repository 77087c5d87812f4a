/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-db.h"

G_BEGIN_DECLS

/**
 * CsLaneFunc:
 *
 * Runs on the lane's thread, inside one transaction, and returns a future that
 * is already settled: resolved commits, rejected rolls back. It holds no
 * GObject.
 */
typedef DexFuture *(*CsLaneFunc) (CsDb    *db,
                                  gpointer data);

typedef enum
{
  CS_LANE_WRITE,
  CS_LANE_READ,
  CS_LANE_LOOK, /* reads a library that nobody has open, or whoever opens it meanwhile */
} CsLaneMode;

typedef struct _CsLane CsLane;

CsLane    *cs_lane_new (const char *path,
                        CsDb       *db,
                        CsLaneMode  mode);
void       cs_lane_free (CsLane *self);
DexFuture *cs_lane_run (CsLane        *self,
                        CsLaneFunc     func,
                        gpointer       data,
                        GDestroyNotify data_destroy) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
