/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

/* Entries that wait for a person now, with their reasons */
static guint
print_trouble (GPtrArray *entries)
{
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      CsOutboxEntry *entry = entries->pdata[i];

      if (entry->state == CS_OUTBOX_DONE || entry->state == CS_OUTBOX_VOIDED)
        continue;

      n++;
      cs_terminal_print ("%s · %s\n", entry->title != NULL ? entry->title : "",
                         cs_outbox_state_get_label (entry->state));
      if (entry->message != NULL)
        cs_terminal_print_text ("    ", CS_STYLE_WARNING, entry->message);
    }

  return n;
}

/* Of the entries of now those that were still to be sent before */
static GPtrArray *
keep_sent (GPtrArray *before,
           GPtrArray *now)
{
  GPtrArray *sent = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_outbox_entry_unref);

  for (guint i = 0; i < now->len; i++)
    {
      CsOutboxEntry *entry = now->pdata[i];

      for (guint j = 0; j < before->len; j++)
        {
          CsOutboxEntry *old = before->pdata[j];

          if (old->id == entry->id && old->state != CS_OUTBOX_DONE && old->state != CS_OUTBOX_DIFFERS &&
              old->state != CS_OUTBOX_VOIDED)
            g_ptr_array_add (sent, cs_outbox_entry_ref (entry));
        }
    }

  return sent;
}

CsCliExit
cs_cli_sync (CsCli *cli)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) now = NULL;
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (GError) error = NULL;
  guint n_settled;
  guint n_trouble;

  if (!(before = dex_await_boxed (cs_desk_list_outbox (cli->desk, cli->channel), &error)))
    return cs_cli_fail (error);

  n_settled = dex_await_uint (cs_desk_sync (cli->desk, cli->channel), &error);
  if (error != NULL)
    return cs_cli_fail (error);

  if (!(now = dex_await_boxed (cs_desk_list_outbox (cli->desk, cli->channel), &error)))
    return cs_cli_fail (error);

  cs_terminal_end_watch ();
  cs_terminal_print (ngettext ("%u sent\n", "%u sent\n", n_settled), n_settled);
  sent = keep_sent (before, now);
  n_trouble = print_trouble (sent);

  if (g_cancellable_is_cancelled (cli->stopped))
    return CS_CLI_STOPPED;

  return n_trouble == 0 ? CS_CLI_DONE : CS_CLI_FAILED;
}
