/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-ledger.h"
#include "cs-price.h"

G_BEGIN_DECLS

/* What a request is booked as: arithmetic alone */

typedef struct
{
  CsPrice price;
  gint64  input;  /* as expected before */
  gint64  output; /* at most */
  guint   makes;
  gint64  estimate;
} CsExpected;

typedef struct
{
  gint64   input;
  gint64   output;
  guint    made;
  gboolean estimated;
  gint64   cost;
} CsBooked;

gint64   cs_ledger_estimate (const CsPrice *price,
                             gint64         input,
                             gint64         output,
                             guint          makes);
CsBooked cs_ledger_book (const CsExpected   *expected,
                         const CsSettlement *settlement);

G_END_DECLS
