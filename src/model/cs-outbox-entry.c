/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-outbox-entry.h"

static const struct
{
  const char *name;  /* stored: never changes */
  const char *label; /* shown */
} states[CS_N_OUTBOX_STATES] = {
  [CS_OUTBOX_READY] = { "ready", N_("Ready to send") },
  [CS_OUTBOX_SENDING] = { "sending", N_("Sending") },
  [CS_OUTBOX_UNKNOWN] = { "unknown", N_("Not known yet") },
  [CS_OUTBOX_WAITING] = { "waiting", N_("Waiting") },
  [CS_OUTBOX_DONE] = { "done", N_("Published") },
  [CS_OUTBOX_DIFFERS] = { "differs", N_("Published, but different") },
  [CS_OUTBOX_FAILED] = { "failed", N_("Not published") },
  [CS_OUTBOX_SIGN_IN] = { "sign-in", N_("Sign in needed") },
  [CS_OUTBOX_CONFLICT] = { "conflict", N_("Your decision needed") },
  [CS_OUTBOX_VOIDED] = { "voided", N_("Changed since you approved it") },
};

static void
cs_outbox_entry_clear (CsOutboxEntry *self)
{
  g_free (self->payload);
  g_free (self->remote_id);
  g_free (self->url);
  g_free (self->message);
  g_free (self->title);
  g_free (self->thumbnail);
  g_free (self->account_name);
}

CS_DEFINE_RECORD (CsOutboxEntry, cs_outbox_entry)

static gboolean
is_settled (CsOutboxEntry *self)
{
  return self->state == CS_OUTBOX_DONE || self->state == CS_OUTBOX_DIFFERS;
}

const char *
cs_outbox_entry_get_label (CsOutboxEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (is_settled (self) && self->is_past)
    return self->later == CS_OPERATION_WITHDRAW ? _("Taken off since") : _("Replaced since");
  if (self->state == CS_OUTBOX_DONE && self->operation == CS_OPERATION_WITHDRAW)
    return _("Withdrawn");

  return cs_outbox_state_get_label (self->state);
}

gboolean
cs_outbox_entry_is_there (CsOutboxEntry *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return is_settled (self) && !self->is_past && self->operation != CS_OPERATION_WITHDRAW;
}

static void
cs_outbox_step_clear (CsOutboxStep *self)
{
  g_free (self->step);
  g_free (self->body);
  g_free (self->outcome);
  g_free (self->detail);
}

CS_DEFINE_RECORD (CsOutboxStep, cs_outbox_step)

const char *
cs_outbox_state_get_name (CsOutboxState state)
{
  g_return_val_if_fail (state < CS_N_OUTBOX_STATES, NULL);

  return states[state].name;
}

const char *
cs_outbox_state_get_label (CsOutboxState state)
{
  g_return_val_if_fail (state < CS_N_OUTBOX_STATES, NULL);

  return _(states[state].label);
}

gboolean
cs_outbox_state_from_name (const char    *name,
                           CsOutboxState *state)
{
  for (guint i = 0; i < CS_N_OUTBOX_STATES; i++)
    {
      if (g_strcmp0 (states[i].name, name) == 0)
        {
          *state = i;
          return TRUE;
        }
    }

  return FALSE;
}
