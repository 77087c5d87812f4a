/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "cs-engines.h"

G_BEGIN_DECLS

/* What one month came to, in one currency */
typedef struct
{
  int      year;
  int      month; /* from 1, of this computer's calendar */
  char     currency[4];
  gint64   cost;      /* micros, of what has a price */
  gboolean unpriced;  /* some of it has none */
  gboolean estimated; /* some of it is an estimate */
  guint    n_sent;
  guint    n_suggestions;
  guint    n_accepted;
} CsSentMonth;

typedef struct
{
  GArray     *months;   /* (element-type CsSentMonth), newest first */
  GHashTable *spent;    /* engine's id → gint64 *, micros of this month */
  GHashTable *unpriced; /* engine's id, where some of this month has no price */
} CsSentSums;

#define CS_TYPE_SENT_SUMS (cs_sent_sums_get_type ())

CS_DECLARE_RECORD (CsSentSums, cs_sent_sums)

/* this_month: look no further back. Resolves to a CsSentSums. */
DexFuture *cs_sent_sums_read (CsEngines *engines,
                              gboolean   this_month) G_GNUC_WARN_UNUSED_RESULT;
/* "November 2026: 12 requests, 0.42 CNY, 0.03 CNY for each accepted suggestion" */
char      *cs_sent_month_to_text (const CsSentMonth *self);
/* of: (element-type CsSent); for a test, and for whoever has them already */
void       cs_sent_sums_add (CsSentSums *self,
                             GPtrArray  *of,
                             gint64      month_start);

G_END_DECLS
