/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-model-engine.h"

G_BEGIN_DECLS

/* A model that is a function: it takes a second, or none, says bamboo whatever it is
 * asked, and asks its meter as any other does. What would go over the wire is
 * written into a list.
 */

/* What was sent, in order: "id product pictures"; and how the next answers are */
typedef struct
{
  GPtrArray *sent;
  guint      in_flight;
  guint      most_in_flight;
  guint      msec;      /* how long an answer takes */
  guint      n_fail;    /* so many of the next do not come */
  int        code;      /* of CsError, when they fail */
  gint64     hold;      /* microseconds of patience that the next answer asks for */
} Wire;

extern Wire wire;

CsEngine *make_teller (CsEngineKind kind);

G_END_DECLS
