/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-decision.h"

/* Stored: never changes */
static const char *const verdicts[] = {
  [CS_VERDICT_ACCEPT] = "accept",
  [CS_VERDICT_EDIT] = "edit",
  [CS_VERDICT_REJECT] = "reject",
  [CS_VERDICT_LATER] = "later",
  [CS_VERDICT_UNDO] = "undo",
};

static void
cs_decision_clear (CsDecision *self)
{
  g_free (self->shown);
  g_free (self->value);
  g_free (self->face);
}

CS_DEFINE_RECORD (CsDecision, cs_decision)

const char *
cs_verdict_get_name (CsVerdict verdict)
{
  g_return_val_if_fail (verdict < G_N_ELEMENTS (verdicts), NULL);

  return verdicts[verdict];
}

gboolean
cs_verdict_from_name (const char *name,
                      CsVerdict  *verdict)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      if (g_strcmp0 (verdicts[i], name) == 0)
        {
          *verdict = i;
          return TRUE;
        }
    }

  return FALSE;
}
