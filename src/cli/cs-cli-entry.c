/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

/* What is done about one entry of the outbox. What would go to a shop is shown
 * and signed like any other listing.
 */

CsOutboxEntry *
cs_cli_find_entry (CsCli      *cli,
                   const char *typed,
                   CsCliExit  *code)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  if (!(entries = dex_await_boxed (cs_desk_list_outbox (cli->desk, 0), &error)))
    {
      *code = cs_cli_fail (error);
      return NULL;
    }

  g_ascii_string_to_signed (typed, 10, 1, G_MAXINT64, &id, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      CsOutboxEntry *entry = entries->pdata[i];

      if (entry->id == id)
        return cs_outbox_entry_ref (entry);
    }

  g_set_error (&error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no entry “%s”. “countersign-cli outbox” lists them."), typed);
  *code = cs_cli_fail (error);

  return NULL;
}

CsCliExit
cs_cli_retry (CsCli *cli)
{
  CsCliExit code = CS_CLI_DONE;

  for (guint i = 0; cli->arguments[i] != NULL; i++)
    {
      g_autoptr (CsOutboxEntry) entry = cs_cli_find_entry (cli, cli->arguments[i], &code);
      g_autoptr (GError) error = NULL;

      if (entry == NULL)
        return code;

      if (!dex_await (cs_desk_retry (cli->desk, entry->id), &error))
        return cs_cli_fail_about (cli->arguments[i], error);
    }

  cs_terminal_end_watch ();
  cs_terminal_print ("%s\n", _("It will be tried again. “countersign-cli sync” sends it."));

  return code;
}

typedef DexFuture *(*Prepare) (CsDesk *desk,
                               gint64  entry);

static CsCliExit
prepare_and_sign (CsCli  *cli,
                  Prepare prepare)
{
  CsCliExit code = CS_CLI_DONE;
  g_autoptr (CsOutboxEntry) entry = cs_cli_find_entry (cli, cli->arguments[0], &code);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_draft_unref);
  g_autoptr (GError) error = NULL;
  CsDraft *draft;

  if (entry == NULL)
    return code;

  if (cli->arguments[1] != NULL)
    return cs_cli_complain (_("One entry at a time: each is read before it is signed."));

  if (!(draft = dex_await_boxed (prepare (cli->desk, entry->id), &error)))
    return cs_cli_fail_about (cli->arguments[0], error);

  g_ptr_array_add (drafts, draft);

  return cs_cli_show_and_sign (cli, drafts);
}

CsCliExit
cs_cli_rollback (CsCli *cli)
{
  return prepare_and_sign (cli, cs_desk_prepare_rollback);
}

CsCliExit
cs_cli_withdraw (CsCli *cli)
{
  return prepare_and_sign (cli, cs_desk_prepare_withdrawal);
}
