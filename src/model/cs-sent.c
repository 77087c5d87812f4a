/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-sent.h"

static const struct
{
  const char *name; /* stored: never changes */
  const char *label;
} states[] = {
  [CS_SENT_IN_FLIGHT] = { "in-flight", N_ ("Under way") },
  [CS_SENT_ANSWERED] = { "answered", N_ ("Answered") },
  [CS_SENT_FAILED] = { "failed", N_ ("No use") },
  [CS_SENT_LOST] = { "lost", N_ ("Answer lost") },
  [CS_SENT_REFUSED] = { "refused", N_ ("Refused") },
};

static void
cs_sent_clear (CsSent *self)
{
  g_free (self->engine);
  g_free (self->title);
  g_free (self->address);
  g_free (self->model);
  g_free (self->key);
  g_free (self->message);
}

CS_DEFINE_RECORD (CsSent, cs_sent)

const char *
cs_sent_state_get_name (CsSentState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return states[state].name;
}

const char *
cs_sent_state_get_label (CsSentState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return _ (states[state].label);
}

gboolean
cs_sent_state_from_name (const char  *name,
                         CsSentState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_strcmp0 (states[i].name, name) == 0)
        {
          *state = i;
          return TRUE;
        }
    }

  return FALSE;
}
