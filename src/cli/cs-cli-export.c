/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-cli-terminal.h"
#include "cs-cli.h"

CsCliExit
cs_cli_export (CsCli *cli)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  CsCliExit code = CS_CLI_DONE;
  guint     n;

  if (cli->output == NULL)
    {
      g_set_error_literal (&error, CS_ERROR, CS_ERROR_REFUSED, _("Say where to with “-o DIR”."));
      cs_cli_fail (error);
      return CS_CLI_USAGE;
    }

  if (!(ids = cs_cli_find_products (cli, &code)))
    return code;

  n = dex_await_uint (cs_desk_export (cli->desk, (gint64 *) (gpointer) ids->data, ids->len, cli->output), &error);
  if (error != NULL)
    return cs_cli_fail (error);

  cs_terminal_print (ngettext ("%u product written\n", "%u products written\n", n), n);

  return n == ids->len ? CS_CLI_DONE : CS_CLI_FAILED;
}
