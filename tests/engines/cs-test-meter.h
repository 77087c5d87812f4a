/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-meter.h"

G_BEGIN_DECLS

/* A meter that counts, keeps replies, and can refuse: for the engines' tests */
#define CS_TYPE_TEST_METER (cs_test_meter_get_type ())

G_DECLARE_FINAL_TYPE (CsTestMeter, cs_test_meter, CS, TEST_METER, GObject)

struct _CsTestMeter
{
  GObject parent_instance;

  guint       n_begun;   /* permits that were given, those with a reply among them */
  guint       n_kept;    /* of those, with a reply */
  guint       n_ended;
  guint       n_held;
  guint       by_state[CS_SENT_REFUSED + 1];
  gint64      held_for;  /* microseconds, the last time */
  int         refuse;    /* a CsError that begin rejects with, or -1 */
  guint       delay;     /* milliseconds before a permit is given */
  GHashTable *replies;   /* key → GBytes */
  GHashTable *open;      /* id → key */
  char       *last_key;
  gint64      last_input;  /* tokens of the last answer */
  gint64      last_output;
  guint       last_pictures;
  char       *last_message;
};

CsTestMeter *cs_test_meter_new (void);

G_END_DECLS
