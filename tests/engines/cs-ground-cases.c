/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-ground-cases.h"
#include "cs-ground-sheet.h"

void
cs_ground_cases_check (const CsGroundCase *cases,
                       guint               n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CsEvidence) evidence = cs_ground_sheet_read (cases[i].facts, -1, &error);
      g_autoptr (CsGroundVerdict) verdict = NULL;

      g_assert_no_error (error);
      verdict = cs_ground_judge (evidence, cases[i].phrase);
      if (verdict->state != cases[i].state)
        g_test_fail_printf ("%s: “%s” is %d, not %d: %s", cases[i].facts, cases[i].phrase, verdict->state, cases[i].state,
                            verdict->remark != NULL ? verdict->remark : "");
      g_assert_cmpint (verdict->remark != NULL, ==, verdict->state == NEW || verdict->state == NOT);
      if (verdict->state == YES || verdict->state == NOT)
        g_assert_nonnull (verdict->facts[0]);
    }
}
