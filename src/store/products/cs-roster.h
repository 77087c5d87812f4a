/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-db.h"

G_BEGIN_DECLS

/* Every product in a few bytes, in memory beside the reading connection: lists
 * are asked for after each key press, and walking an index of 100,000 each time
 * takes more than a frame. What changed since the last time is read and no more.
 */
typedef struct
{
  gint64 id;
  guint8 stage;
  gint8  queue; /* -1 look here first, 0 pending, 1 put off, 2 nothing to review */
  guint8 archived;
} CsRosterEntry;

/* (element-type CsRosterEntry), by id; borrowed, until the next call */
GArray *cs_roster_get (CsDb    *db,
                       GError **error);

G_END_DECLS
