/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

CsCliExit
cs_cli_suggest (CsCli *cli)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  CsCliExit code = CS_CLI_DONE;
  gboolean  all = cli->arguments[0] == NULL;
  guint     n_done;

  if (!(ids = cs_cli_find_products (cli, &code)))
    return code;

  n_done = dex_await_uint (cs_desk_suggest (cli->desk, all ? NULL : (gint64 *) (gpointer) ids->data, ids->len), &error);
  if (error != NULL)
    return cs_cli_fail (error);

  cs_terminal_end_watch ();
  cs_terminal_print (ngettext ("Suggestions for %u product\n", "Suggestions for %u products\n", n_done), n_done);

  if (g_cancellable_is_cancelled (cli->stopped))
    return CS_CLI_STOPPED;

  return all || n_done == ids->len ? CS_CLI_DONE : CS_CLI_FAILED;
}
